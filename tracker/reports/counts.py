"""What one count says about progress, in words."""

from tracker.entry import Entry
from tracker.groups import value_of
from tracker.quantities import in_words as quantity
from tracker.reports.delivered import basis_in_words, by_then, the_cut
from tracker.reports.frame import amount
from tracker.reports.pace import counts_of, target_in_words
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import Series, reaches, share
from tracker.rules.progress import Count


def so_far(view: View, entry: Entry) -> str | None:
    """Return the state of a reading's series: `8 of 12 MMT sold, 67%`.

    If it is from after the deadline, it also says what had been counted by then.
    """
    if (found := measured(view, entry)) is None:
        return None
    position, count = found
    one = count.latest
    reached = quantity(one.delivered)
    basis = basis_in_words(one.basis)
    if one.unit != position.unit:
        target = target_in_words(position)
        return f"{reached} {one.unit}{basis}, in a different unit from the target, {target}"
    whole = _whole(position)
    then = by_then(position, count, f", {view.period(position.due_on)}")
    if position.is_cut and (done := share(position, one.delivered)) is not None:
        return f"{amount(one.delivered, one.unit)}{basis}, {done.words}% of {whole}{then}"
    return f"{reached} of {whole}{basis}{_share(view, position, count)}{then}"


def _whole(position: DeadlinePosition) -> str:
    """Return what is counted: a target, a limit, or the cut from a base to a target."""
    if position.is_limit or not position.is_cut:
        return target_in_words(position)
    return the_cut(position.base, amount(position.target, position.unit))


def is_of(one: Series | Entry, entry: Entry) -> bool:
    """Return whether a reading belongs to a series."""
    return (one.counted_by, one.basis, one.unit) == (entry.counted_by, entry.basis, entry.unit)


def measured(view: View, entry: Entry) -> tuple[DeadlinePosition, Count] | None:
    """Return the deadline and the count of a reading, if there is a target."""
    position = value_of(view.judged.deadlines, entry.deadline)
    if entry.value is None or position is None or position.target is None:
        return None
    binds = not position.is_limit or view.judged.window(position).covers(entry.effective_on.last)
    if entry.unit == position.unit and not binds:
        return None
    own = (one for one in counts_of(view, position) if is_of(one.latest, entry))
    return next(((position, one) for one in own), None)


def is_above(position: DeadlinePosition, count: Count) -> bool:
    """Return whether a count is above a limit."""
    return position.is_limit and reaches(position, count.latest)


def _share(view: View, position: DeadlinePosition, count: Count) -> str:
    """Return a count's share in percent, or that it or another one exceeds a limit."""
    found = share(position, count.latest.delivered)
    if found is not None:
        return f", {found.words}%"
    if is_above(position, count):
        return ", above the limit"
    exceeded = view.judged.progress[position.deadline.slug].over_by
    return ", but another count is above the limit" if exceeded else ""

"""What counts say about progress: of one reading, and of a week's, in sentences."""

from collections.abc import Sequence

from tracker.facts import Entry, Reading
from tracker.groups import value_of
from tracker.quantities import in_prose
from tracker.quantities import in_words as quantity
from tracker.reports.delivered import along, basis_in_words, by_then, in_brief, the_cut, towards
from tracker.reports.frame import amount, late_in_words
from tracker.reports.history import in_short
from tracker.reports.pace import counts_of, target_in_words
from tracker.reports.prose import LONGEST, number, titles
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import reaches, share
from tracker.rules.progress import Count
from tracker.rules.series import Series
from tracker.tables import TIE
from tracker.vocabulary import Basis


def so_far(view: View, entry: Entry, *, exact: bool = True) -> str | None:
    """Return the state of a reading's series: `8 of 12 MMT sold, 67 %`.

    If it is from after the deadline, it also says what had been counted by then.
    """
    if (found := measured(view, entry)) is None:
        return None
    position, count = found
    one = count.latest
    reached = quantity(one.delivered) if exact else in_prose(one.delivered, position.target)
    basis = basis_in_words(one.basis)
    if one.unit != position.unit:
        target = target_in_words(position)
        return f"{reached} {one.unit}{basis}, in a different unit from the target, {target}"
    whole = _whole(position)
    then = by_then(position, count, f", {view.period(position.due_on)}")
    if position.is_cut and (done := share(position, one.delivered)) is not None:
        return f"{amount(one.delivered, one.unit)}{basis}, {done.words} % of {whole}{then}"
    return f"{reached} of {whole}{basis}{_share(view, position, count)}{then}"


def share_so_far(view: View, entry: Entry) -> str | None:
    """Return it in percent with the counter: `67 % of 12 MMT sold, USDA`.

    For a limit, it is the level; None if its unit is not the target's.
    """
    found = measured(view, entry)
    if found is None or entry.unit != found[0].unit:
        return None
    position, count = found
    one = count.latest
    if (reached := share(position, one.delivered)) is None:
        level = f"{amount(one.delivered, one.unit)}{basis_in_words(one.basis)}, {one.counted_by}"
        return f"{level}{_share(view, position, count)}"
    whole = f"{reached.words}{TIE}% of {_whole(position)}"
    return f"{whole}{basis_in_words(one.basis)}, {one.counted_by}{by_then(*found)}"


def _whole(position: DeadlinePosition) -> str:
    """Return what is counted: a target, a limit, or the cut from a base to a target."""
    if position.is_limit or not position.is_cut:
        return target_in_words(position)
    return the_cut(position.deadline.base, amount(position.target, position.unit))


def is_of(one: Series | Reading | Entry, entry: Entry) -> bool:
    """Return whether a reading belongs to a series."""
    return (one.counted_by, one.basis, one.unit) == (entry.counted_by, entry.basis, entry.unit)


def measured(view: View, entry: Entry) -> tuple[DeadlinePosition, Count] | None:
    """Return the deadline and the count of a reading, if there is a target."""
    position = value_of(view.deadline_positions, entry.deadline)
    if entry.value is None or position is None or position.target is None:
        return None
    if entry.unit == position.unit and is_outside(view, entry):
        return None
    own = (one for one in counts_of(view, position) if is_of(one.latest, entry))
    return next(((position, one) for one in own), None)


def is_outside(view: View, entry: Entry) -> bool:
    """Return whether a reading does not count: its unit differs, or its limit did not bind."""
    position = value_of(view.deadline_positions, entry.deadline)
    if position is None or position.target is None:
        return False
    binds = not position.is_limit or view.window(position).covers(entry.effective_on.last)
    return entry.unit != position.unit or not binds


def is_above(position: DeadlinePosition, count: Count) -> bool:
    """Return whether a count is above a limit."""
    return position.is_limit and reaches(position, count.latest)


def _share(view: View, position: DeadlinePosition, count: Count) -> str:
    """Return a count's share in percent, or that it or another one exceeds a limit."""
    found = share(position, count.latest.delivered)
    if found is not None:
        return f", {found.words} %"
    if is_above(position, count):
        return ", above the limit"
    exceeded = view.progress[position.deadline.slug].over_by
    return ", but another count is above the limit" if exceeded else ""


def news_of(view: View, read: Sequence[Entry]) -> str:
    """Return one counter's figure, several counters' figures for one concession, or a count."""
    from tracker.reports.days import named  # loads the weekly page, which no receipt needs

    of = {
        one.concession or one.deadline: named(view, view.deadlines[str(one.deadline)])
        for one in read
    }
    if len(of) > 1 and of_exceeded(view, read):
        return f"counts are above the limits of {titles([*of.values()])}"
    if len(of) > 1:
        words = f"there are new figures for {titles([*of.values()])}"
        what = "concessions" if all(one.concession for one in read) else "targets"
        many = f"there are new figures for {number(len(of))} {what}"
        return words if len(words) <= LONGEST else many
    told = furthest(view, read)
    title = named(view, view.deadlines[str(told.deadline)])
    if len({one.counted_by for one in read}) == 1 and (counted := _count(view, told)):
        return f"{title}: {counted}"
    return progress(view, told, title)


def of_exceeded(view: View, read: Sequence[Entry]) -> list[Entry]:
    """Return the readings for limits that some count exceeds."""
    found = view.progress
    return [one for one in read if one.deadline in found and found[one.deadline].over_by]


def latest(view: View, entries: Sequence[Entry]) -> list[Entry]:
    """Return the readings among entries that their series' later ones do not replace."""
    found = [(one, measured(view, one)) for one in entries]
    return [one for one, of in found if of and of[1].latest.through == one.effective_on.last]


def reaching(view: View, read: Sequence[Entry]) -> list[Entry]:
    """Return the readings of counts that have reached their targets."""
    found = [(one, measured(view, one)) for one in read]
    return [one for one, of in found if of and reaches(of[0], of[1].latest)]


def furthest(view: View, read: Sequence[Entry]) -> Entry:
    """Return the latest reading of the official count that is furthest along.

    One that is above a limit comes first.
    """

    def key(one: Entry) -> tuple[object, ...]:
        found = measured(view, one)
        return (is_above(*found), *along(view, found[0], found[1].latest)) if found else ()

    return sorted(read, key=key)[-1]


def progress(view: View, read: Entry, subject: str | None) -> str:
    """Return a concession's progress or, without a target, this figure.

    After the deadline, it is this figure, too, unless counts of that day differ.
    """
    counted = _count(view, read)
    position = view.deadline_positions[str(read.deadline)]
    whole = None if is_outside(view, read) else towards(view, position)
    differ = whole is not None and whole.low != whole.high
    alone = position.past and not (differ and read.effective_on.last <= position.last)
    if whole and read.concession and not (counted and alone):
        then = "by then" if position.past else "so far"
        return f"{subject or then}: {in_brief(view, whole, named=True)}"
    said = counted or in_short(view, read)
    return f"{subject}: {said}" if subject else said


def _count(view: View, read: Entry) -> str | None:
    """Return what one counter has counted, and how late it reached the target."""
    found = so_far(view, read, exact=False)
    if found is None and is_outside(view, read) and read.value is not None:
        value = f"{amount(read.value, read.unit)}{basis_in_words(read.basis or Basis.OTHER)}"
        return f"{read.counted_by} counts {value}, on a day on which the limit does not bind"
    if found is None:
        return None
    whole = view.progress[str(read.deadline)]
    late = ""
    if whole.late_days and whole.reached_on == read.effective_on.last:
        late = f"; the target was reached {late_in_words(whole.late_days)}"
    return f"{read.counted_by} counts {found}{late}"

"""Remarks on what was just recorded: new totals, and whether a day moved."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.facts import Entry, Reading
from tracker.quantities import in_prose
from tracker.quantities import in_words as quantity
from tracker.reports.delivered import basis_in_words, by_then
from tracker.reports.frame import amount, late_in_words
from tracker.reports.pace import counts_of, target_in_words
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import is_beyond, share
from tracker.rules.progress import Count, binding_on
from tracker.rules.series import Series
from tracker.tables import TIE
from tracker.vocabulary import DeadlineVerdict, Outcome


def remarks(view: View, entries: Sequence[Entry]) -> list[str]:
    """Return a line for each remark on new entries."""
    of_each = (
        (counted(view, entry), heard(view, entry), late(view, entry), _reworded(view, entry))
        for entry in entries
    )
    return [line for lines in of_each for line in lines if line]


def counted(view: View, entry: Entry) -> str | None:
    """Return a reading's effect: its series' share of the target, through its last day.

    A reading in another unit than the target's has none; a warning says so.
    """
    found = measured(view, entry)
    if found is None or found[0].unit != entry.unit:
        return None
    through = found[1].latest.through
    later = "" if through == entry.effective_on.last else f", by {view.day(through)}"
    return f"{entry.deadline}: {so_far(view, entry)}{later}"


def so_far(view: View, entry: Entry, *, exact: bool = True) -> str | None:
    """Return the state of a reading's series: `8 of 12 MMT sold, 67 %`.

    If it is from after the deadline, it also says what had been counted by then.
    """
    if (found := measured(view, entry)) is None:
        return None
    position, count = found
    one = count.latest
    reached = quantity(one.delivered) if exact else in_prose(one.delivered, position.target)
    target, basis = target_in_words(position), basis_in_words(one.basis)
    if one.unit != position.unit:
        return f"{reached} {one.unit}{basis}, in a different unit from the target, {target}"
    then = by_then(position, count, f", {view.period(position.due_on)}")
    if position.is_cut and (done := share(position, one.delivered)) is not None:
        start = quantity(position.deadline.base or Decimal())
        end = amount(position.target, position.unit)
        level = f"{amount(one.delivered, one.unit)}{basis}"
        return f"{level}, {done.words} % of the cut from {start} to {end}{then}"
    return f"{reached} of {target}{basis}{_share(view, position, count)}{then}"


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
    whole = f"{reached.words}{TIE}% of {target_in_words(position)}"
    return f"{whole}{basis_in_words(one.basis)}, {one.counted_by}{by_then(*found)}"


def is_of(one: Series | Reading, entry: Entry) -> bool:
    """Return whether a reading belongs to a series."""
    return (one.counted_by, one.basis, one.unit) == (entry.counted_by, entry.basis, entry.unit)


def measured(view: View, entry: Entry) -> tuple[DeadlinePosition, Count] | None:
    """Return the deadline and the count of a reading, if there is a target."""
    position = view.deadline_positions.get(entry.deadline or "")
    if entry.value is None or position is None or position.target is None:
        return None
    if entry.unit == position.unit and is_outside(view, entry):
        return None
    own = (one for one in counts_of(view, position) if is_of(one.latest, entry))
    return next(((position, one) for one in own), None)


def is_outside(view: View, entry: Entry) -> bool:
    """Return whether a reading does not count: its unit differs, or its limit did not bind."""
    position = view.deadline_positions.get(entry.deadline or "")
    if position is None or position.target is None:
        return False
    binds = not position.is_limit or binding_on(view.window(position), entry.effective_on.last)
    return entry.unit != position.unit or not binds


def is_above(position: DeadlinePosition, count: Count) -> bool:
    """Return whether a count is above a limit."""
    return position.is_limit and is_beyond(position, count.latest)


def _share(view: View, position: DeadlinePosition, count: Count) -> str:
    """Return a count's share in percent, or that it or another one exceeds a limit."""
    found = share(position, count.latest.delivered)
    if found is not None:
        return f", {found.words} %"
    if is_above(position, count):
        return ", above the limit"
    exceeded = view.progress[position.deadline.slug].over_by
    return ", but another count is above the limit" if exceeded else ""


def heard(view: View, entry: Entry) -> str | None:
    """Return the day and the target of a deadline after a party's statement."""
    position = view.deadline_positions.get(entry.deadline or "")
    if entry.due_on is None or entry.says is None or position is None:
        return None
    if position.verdict is DeadlineVerdict.WAITING:
        return f"{entry.deadline}: still waiting; this statement alone does not set its day"
    first = position.deadline.awaits_first_day
    held = view.day(position.opens_on) if first else view.period(position.due_on, entry.due_on)
    target = "" if entry.value is None else f", target {amount(position.target, position.unit)}"
    closed = f", closed as {position.verdict}" if position.closed else ""
    words = f"{held}{target}{closed}"
    if any(moves_it for move, moves_it in position.moves if move.entry == entry.entry):
        return f"{entry.deadline}: now {words}"
    named = entry.due_on.first == position.opens_on if first else entry.due_on == position.due_on
    if named and entry.value in (None, position.target):
        return f"{entry.deadline}: {words}, as before"
    return f"{entry.deadline}: stays {words}; this statement alone does not move it"


def late(view: View, entry: Entry) -> str | None:
    """Return how many days after its day a deadline was met."""
    position = view.deadline_positions.get(entry.deadline or "")
    if entry.outcome is not Outcome.MET or position is None or not position.is_delivery:
        return None
    days = (entry.effective_on.first - position.last).days
    return f"{entry.deadline}: {late_in_words(days)}" if days > 0 else None


def _reworded(view: View, entry: Entry) -> str | None:
    """Return whether a new text has the same words as the one before it."""
    if entry.text is None:
        return None
    texts = view.texts_of(entry.subject)
    place = next((at for at, one in enumerate(texts) if one.entry == entry.entry), 0)
    if not place:
        return None
    before = texts[place - 1]
    text = f"the text of {view.day(before.seen_on)} (#{before.entry})"
    if before.fingerprint.words_sha256 == entry.text["words_sha256"]:
        return f"{entry.subject}: the same words as {text}"
    see = f"see 'tracker source diff {entry.subject}'"
    return f"{entry.subject}: words changed since {text}; {see}"

"""Remarks on what was just recorded: new totals, and whether a day moved."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from tracker.entry import Entry
from tracker.groups import value_of
from tracker.reports.counts import is_of, measured, so_far
from tracker.reports.frame import amount, late_in_words
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition, late_days
from tracker.vocabulary import DeadlineVerdict, EntryKind, Outcome


def remarks(
    before: View, view: View, entries: Sequence[Entry], corrected: Iterable[Entry] = ()
) -> list[str]:
    """Return a line for each remark on new entries, and on what they correct."""
    of_each = (
        (counted(view, entry), heard(view, entry), late(view, entry), _reworded(view, entry))
        for entry in entries
    )
    left = [one for one in corrected if not _continues(one, entries)]
    lines = [line for one in left for line in (_counts_now(view, one), _due_now(before, view, one))]
    return [line for found in (lines, *of_each) for line in dict.fromkeys(found) if line]


def _continues(corrected: Entry, entries: Sequence[Entry]) -> bool:
    """Return whether a new entry is about the series, or moves or closes the same deadline."""
    own = [
        one for one in entries if (one.kind, one.deadline) == (corrected.kind, corrected.deadline)
    ]
    return any(one.kind is EntryKind.DEADLINE or is_of(one, corrected) for one in own)


def _due_now(before: View, view: View, corrected: Entry) -> str | None:
    """Return a deadline's day and outcome, if the correction of a move or a closing changed it."""
    was, now = (value_of(one.judged.deadlines, corrected.deadline) for one in (before, view))
    if was is None or now is None or corrected.kind is not EntryKind.DEADLINE:
        return None
    words = _held(view, now, corrected)
    return f"{corrected.deadline}: now {words}" if words != _held(before, was, corrected) else None


def _counts_now(view: View, corrected: Entry) -> str | None:
    """Return the state of a corrected reading's series, with its counter and its last day."""
    if (through := _through(view, corrected)) is None:
        return None
    found = f"{corrected.counted_by} counts {so_far(view, corrected)}"
    return f"{corrected.deadline}: {found}, by {view.day(through)}"


def counted(view: View, entry: Entry) -> str | None:
    """Return a reading's effect: its series' share of the target, through its last day."""
    if (through := _through(view, entry)) is None:
        return None
    later = "" if through == entry.effective_on.last else f", by {view.day(through)}"
    return f"{entry.deadline}: {so_far(view, entry)}{later}"


def _through(view: View, entry: Entry) -> date | None:
    """Return the last day of a reading's series; None if its unit is not that of the target.

    Then a warning says so.
    """
    found = measured(view, entry)
    return None if found is None or found[0].unit != entry.unit else found[1].latest.through


def heard(view: View, entry: Entry) -> str | None:
    """Return the day and the target of a deadline after a party's statement."""
    position = value_of(view.judged.deadlines, entry.deadline)
    if entry.due_on is None or entry.says is None or position is None:
        return None
    if position.verdict is DeadlineVerdict.WAITING:
        return f"{entry.deadline}: still waiting; this statement alone does not set its day"
    words = _held(view, position, entry)
    if (found := view.heard.get(entry.entry)) and found.moves_it:
        return f"{entry.deadline}: now {words}"
    first, day = position.deadline.awaits_first_day, entry.due_on
    named = day.first == position.opens_on if first else day == position.due_on
    if named and entry.value in (None, position.target):
        return f"{entry.deadline}: {words}, as before"
    return f"{entry.deadline}: stays {words}; this statement alone does not move it"


def _held(view: View, position: DeadlinePosition, entry: Entry) -> str:
    """Return a deadline's day, its target if an entry restated one, and how it was closed."""
    if position.verdict is DeadlineVerdict.WAITING:
        return "waiting for its day"
    first = position.deadline.awaits_first_day
    held = view.day(position.opens_on) if first else view.period(position.due_on, entry.due_on)
    target = "" if entry.value is None else f", target {amount(position.target, position.unit)}"
    closed = f", closed as {position.verdict}" if position.closed else ""
    return f"{held}{target}{closed}"


def late(view: View, entry: Entry) -> str | None:
    """Return how many days after its day a deadline was met."""
    position = value_of(view.judged.deadlines, entry.deadline)
    if entry.outcome is not Outcome.MET or position is None or not position.is_delivery:
        return None
    days = late_days(position.due_on, entry.effective_on.first)
    return f"{entry.deadline}: {late_in_words(days)}" if days else None


def _reworded(view: View, entry: Entry) -> str | None:
    """Return whether a new text has the same words as the one before it."""
    if entry.text is None:
        return None
    pairs = pairwise(view.state.texts_of(entry.subject))
    before = next((one for one, own in pairs if own.entry == entry.entry), None)
    if before is None:
        return None
    text = f"the text of {view.day(before.seen_on)} (#{before.entry})"
    if before.fingerprint.words_sha256 == entry.text["words_sha256"]:
        return f"{entry.subject}: the same words as {text}"
    is_comparable = before.fingerprint.reader == entry.text["reader"]
    changed = "changed" if is_comparable else "may have changed"
    see = f"see 'tracker source diff {entry.subject}'"
    return f"{entry.subject}: words {changed} since {text}; {see}"

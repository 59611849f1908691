"""What moved a deadline in a week, in sentences."""

from collections.abc import Iterable

from tracker.dates import exactly
from tracker.facts import Entry
from tracker.reports.frame import plural
from tracker.reports.prose import parties, quoted
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.vocabulary import DeadlineKind, EntryKind


def moved(view: View, entries: Iterable[Entry]) -> list[Entry]:
    """Return the last of the entries that moved each deadline."""
    return [*{one.deadline: one for one in entries if _moves_its_deadline(view, one)}.values()]


def _moves_its_deadline(view: View, entry: Entry) -> bool:
    """Return whether an entry changed the day or the target of its deadline."""
    if entry.kind is not EntryKind.DEADLINE or not entry.due_on:
        return False
    position = view.deadline_positions.get(str(entry.deadline))
    heard = position.moves if position else ()
    return any(one.moves_it for one in heard if one.move.entry == entry.entry)


def is_moved(view: View, entry: Entry) -> str:
    """Return what was moved, to when, and by whose statements if parties moved it."""
    position = view.deadline_positions[str(entry.deadline)]
    deadline = position.deadline
    binds = exactly(position.opens_on) if deadline.awaits_first_day and position.opens_on else None
    day = binds or position.due_on
    _, _, when = view.in_prose(day).partition(" ") if day else ("", "", "")
    says = position.moved_by
    by = f", as {parties(view, says)} {plural(len(says), 'says', 'say')}" if says else ""
    if binds:
        named = quoted(view, deadline.concession) if deadline.concession else f"“{deadline.label}”"
        return f"{named} binds from {when}{by}"
    verb = "set for" if deadline.awaits and len(position.moves) == 1 else "moved to"
    return f"{_what_moves(view, position)} was {verb} {when}{by}"


def _what_moves(view: View, position: DeadlinePosition) -> str:
    """Return a deadline by its concession's title, by label, or as the end of an agreement."""
    deadline = position.deadline
    if deadline.concession:
        return f"the deadline of {quoted(view, deadline.concession)}"
    if deadline.kind is not DeadlineKind.EXPIRY:
        return f"“{deadline.label}”"
    if len(view.agreements) == 1:
        return "the end of the agreement"
    return f"the end of “{view.agreements[str(deadline.agreement)].title}”"

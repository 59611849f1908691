"""What falls due on a day, and what was moved, in sentences."""

from collections.abc import Iterable, Sequence

from tracker.dates import Period, exactly
from tracker.facts import Deadline, Entry
from tracker.reports.prose import labelled, number, quoted, the_agreement, they_say
from tracker.reports.view import View
from tracker.vocabulary import EVENTS, DeadlineKind


def moved(view: View, entries: Iterable[Entry]) -> list[Entry]:
    """Return the last of the entries that moved each deadline."""
    found, last = view.deadline_positions, dict[str, Entry]()
    for entry in entries:
        heard = found[entry.deadline].moves if entry.due_on and entry.deadline in found else ()
        if any(one.moves_it and one.move.entry == entry.entry for one in heard):
            last[str(entry.deadline)] = entry
    return [*last.values()]


def is_moved(view: View, entry: Entry) -> str:
    """Return what was moved, to when, and by whose statements if parties moved it."""
    position = view.deadline_positions[str(entry.deadline)]
    deadline = position.deadline
    binds = exactly(position.opens_on) if deadline.awaits_first_day and position.opens_on else None
    movers = position.moved_by
    by = f", as {they_say(view, movers)}" if movers else ""
    if binds:
        return f"{falls_due(view, deadline, binds, entry.effective_on)}{by}"
    verb = "set for" if deadline.awaits and len(position.moves) == 1 else "moved to"
    when = _day(view, position.due_on, entry.effective_on) if position.due_on else ""
    return f"{_what_moves(view, deadline)} was {verb} {when}{by}"


def are_moved(view: View, days: Sequence[Entry]) -> str:
    """Return what was moved or, of several deadlines, how many were."""
    if len(days) > 1:
        return f"{number(len(days))} deadlines were moved"
    return is_moved(view, days[0])


def _day(view: View, on: Period, told_on: Period | None) -> str:
    """Return a day in a sentence, without its preposition."""
    return view.in_prose(on, told_on).partition(" ")[2]


def _what_moves(view: View, deadline: Deadline) -> str:
    """Return a deadline as the end of a term, by its concession's title, or by its label."""
    if deadline.kind is DeadlineKind.EXPIRY:
        return f"the end of {_term(view, deadline)}"
    if deadline.concession:
        return f"the deadline of {quoted(view, deadline.concession)}"
    return labelled(view, deadline)


def _term(view: View, deadline: Deadline) -> str:
    """Return what an expiry ends: a concession's term or an agreement."""
    if deadline.concession:
        return f"the term of {quoted(view, deadline.concession)}"
    return the_agreement(view, deadline.agreement)


def falls_due(view: View, deadline: Deadline, on: Period, told_on: Period | None = None) -> str:
    """Return what happens on a deadline's day: `the agreement ends on 10 November`."""
    if deadline.awaits_first_day:
        return f"{named(view, deadline)} binds from {_day(view, on, told_on)}"
    when = view.in_prose(on, told_on)
    if deadline.kind is DeadlineKind.EXPIRY:
        return f"{_term(view, deadline)} ends {when}"
    return f"{named(view, deadline)} is due {when}"


def named(view: View, deadline: Deadline) -> str:
    """Return the title of what is delivered or ends, or the label of what happens on a day.

    A label whose words are all in the title is left out.
    """
    if deadline.concession is None:
        return labelled(view, deadline)
    title = quoted(view, deadline.concession)
    words = view.concessions[deadline.concession].title.casefold()
    repeats = {*deadline.label.casefold().split()} <= {*words.split()}
    return f"“{deadline.label}” for {title}" if deadline.kind in EVENTS and not repeats else title

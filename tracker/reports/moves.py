"""What moved deadlines, and the days that parties name for them, in sentences."""

from collections.abc import Iterable, Sequence

from tracker.dates import Period, exactly
from tracker.facts import Deadline, Entry
from tracker.groups import by_key
from tracker.reports.ahead import HAPPENS
from tracker.reports.frame import amount
from tracker.reports.prose import labelled, quoted, they_say
from tracker.reports.view import View
from tracker.vocabulary import DeadlineKind


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
    alone = len(view.agreements) == 1
    return "the agreement" if alone else f"“{view.agreements[deadline.agreement].title}”"


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
    return f"“{deadline.label}” for {title}" if deadline.kind in HAPPENS and not repeats else title


def days_named(view: View, entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return each day that parties last named for a deadline and that did not move it.

    Each is a list of the statements that name it; days of agreements come first.
    """
    days = {one.deadline: one.due_on for one in moved(view, entries)}
    words = {(one.deadline, one.says): one for one in entries if one.says and one.due_on}
    others = (one for one in words.values() if days.get(one.deadline) != one.due_on)
    groups = by_key(((one.deadline, one.due_on), one) for one in others)
    return sorted(groups.values(), key=lambda own: own[0].concession is not None)


def is_named(view: View, own: Sequence[Entry]) -> str:
    """Return who names a day: `the US says the agreement ends on 10 November 2027`."""
    first, says = own[0], [str(one.says) for one in own]
    deadline = view.deadlines[str(first.deadline)]
    what = falls_due(view, deadline, first.due_on, first.effective_on) if first.due_on else ""
    target = "" if first.value is None else f", with a target of {amount(first.value, first.unit)}"
    return f"{they_say(view, says)} {what}{target}"

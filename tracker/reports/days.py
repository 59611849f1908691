"""The days of deadlines, in sentences: what was moved, what has passed, and what is due next."""

from collections.abc import Iterable, Sequence

from tracker.dates import Period, exactly, shifted
from tracker.facts import Deadline, Entry
from tracker.reports.ahead import own_label
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import amount, plural
from tracker.reports.prose import according_to, labelled, number, quoted, the_agreement
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.vocabulary import EVENTS, Bound, DeadlineKind

SOON = 14
"""A deadline within this many days is in the headline of a week without news."""


def moved(view: View, entries: Iterable[Entry]) -> list[Entry]:
    """Return the last of the entries that moved each deadline."""
    found = ((one, view.heard.get(one.entry)) for one in entries)
    last = {entry.deadline: entry for entry, how in found if how and how.moves_it}
    return [*last.values()]


def is_moved(view: View, entry: Entry) -> str:
    """Return what was moved, to when, and by whose statements if parties moved it.

    If only its target changed, it gives that.
    """
    position = view.deadline_positions[str(entry.deadline)]
    deadline = position.deadline
    if only_restates(view, entry):
        by = according_to(view, [entry.says] if entry.says else [])
        target = amount(position.target, position.unit)
        return f"{its_target(view, deadline)} was restated as {target}{by}"
    binds = exactly(position.opens_on) if deadline.awaits_first_day and position.opens_on else None
    by = according_to(view, position.moved_by)
    if binds:
        return f"{falls_due(view, deadline, binds, entry.effective_on)}{by}"
    how = view.heard.get(entry.entry)
    verb = "set for" if how and how.sets_day else "moved to"
    when = _day(view, position.due_on, entry.effective_on) if position.due_on else ""
    restated = entry.value is not None and entry.value == position.target
    target = f", with a target of {amount(entry.value, entry.unit)}" if restated else ""
    if target and any(one.party in position.moved_by for one in position.said):
        target, by = f"{by}{target}", according_to(view, [str(entry.says)])
    return f"{what_moves(view, deadline)} was {verb} {when}{target}{by}"


def only_restates(view: View, entry: Entry) -> bool:
    """Return whether an entry restated the target of a deadline, and left its day as it was."""
    found = view.heard.get(entry.entry)
    return entry.value is not None and not (found and found.moves_day)


def are_moved(view: View, days: Sequence[Entry]) -> str:
    """Return what was moved or, if several deadlines were, how many."""
    if len(days) == 1:
        return is_moved(view, days[0])
    went = "changed" if any(only_restates(view, one) for one in days) else "moved"
    return f"{number(len(days))} deadlines were {went}"


def _day(view: View, on: Period | None, told_on: Period | None) -> str:
    """Return a day in a sentence, without its preposition."""
    return view.in_prose(on, told_on).partition(" ")[2]


def what_moves(view: View, deadline: Deadline) -> str:
    """Return a deadline as the end of a term, by its concession's title, or as an event."""
    if view.ends_term(deadline):
        return f"the end of {_what_ends(view, deadline)}"
    title = named(view, deadline)
    is_promise = deadline.concession is not None and deadline.kind not in EVENTS
    return f"the deadline of {title}" if is_promise else title


def _what_ends(view: View, deadline: Deadline) -> str:
    """Return what an expiry ends: a concession's term or an agreement."""
    if deadline.concession:
        return f"the term of {quoted(view, deadline.concession)}"
    return the_agreement(view, deadline.agreement)


def falls_due(
    view: View, deadline: Deadline, on: Period | None, told_on: Period | None = None
) -> str:
    """Return what happens on a day that is named for a deadline: a limit can await its first."""
    if deadline.awaits_first_day:
        return f"{named(view, deadline)} binds from {_day(view, on, told_on)}"
    return _happens(view, deadline, view.in_prose(on, told_on))


def _happens(view: View, deadline: Deadline, when: str) -> str:
    """Return what happens on a deadline's last day: `the agreement ends on 10 November`."""
    if view.ends_term(deadline):
        return f"{_what_ends(view, deadline)} ends {when}"
    if deadline.is_limit:
        return f"{its_target(view, deadline)} ends {when}"
    return f"{named(view, deadline)} is due {when}"


def its_target(view: View, deadline: Deadline) -> str:
    """Return the target or the limit of a deadline in words, not its figure."""
    return f"the {'limit' if deadline.is_limit else 'target'} of {named(view, deadline)}"


def named(view: View, deadline: Deadline) -> str:
    """Return the title of what is delivered or ends, or the label of what happens on a day.

    A label that its title needs comes with it.
    """
    if deadline.concession is None:
        return labelled(view, deadline)
    title, label = quoted(view, deadline.concession), own_label(view, deadline)
    return f"“{label}” for {title}" if label else title


def passed(found: WeekDocument) -> list[DeadlineRow]:
    """Return what has passed without an outcome since the week before, except ends of concessions.

    A day that was the last one of that week was not over yet on its page. Events come last.
    """
    since = shifted(found.period.start, -1)
    gone = [
        one
        for one in found.overdue
        if one.due_on and one.due_on.last >= since
        if one.kind is not DeadlineKind.EXPIRY or one.concession is None
    ]
    return sorted(gone, key=lambda one: one.kind in EVENTS)


def is_passed(view: View, row: DeadlineRow) -> str:
    """Return in a sentence that an agreement has ended, or that something was due."""
    when = view.in_prose(row.due_on)
    if row.kind is DeadlineKind.EXPIRY:
        return f"{the_agreement(view, row.agreement)} ended {when}"
    return f"{_named(view, row)} was due {when} and is not yet settled"


def soon(found: WeekDocument) -> list[DeadlineRow]:
    """Return what is due so soon that a week without news leads with it; of a day, ends last."""
    near = [one for one in found.due if one.days_left is not None and one.days_left <= SOON]
    return sorted(near, key=lambda one: (one.days_left, bool(_ends(one))))


def is_soon(view: View, due: Sequence[DeadlineRow]) -> str:
    """Return that nothing changed, and what is due; of terms that end on one day, their number."""
    first, many = due[0], _alike(due[0], due)
    when = view.in_prose(first.due_on)
    if many == 1:
        return f"nothing changed; {_happens(view, view.deadlines[first.deadline], when)}"
    if ends := _ends(first):
        return f"nothing changed; {number(many)} {ends}s end {when}"
    others = f"{number(many - 1)} {plural(many - 1, 'other', 'others')}"
    return f"nothing changed; {_named(view, first)} and {others} are due {when}"


def _named(view: View, row: DeadlineRow) -> str:
    return named(view, view.deadlines[row.deadline])


def _ends(row: DeadlineRow) -> str:
    """Return whether a term or a limit ends with a deadline; anything else is due on its day."""
    if row.kind is DeadlineKind.EXPIRY:
        return "term"
    return "limit" if row.bound is Bound.AT_MOST else ""


def _alike(row: DeadlineRow, due: Sequence[DeadlineRow]) -> int:
    """Return how many things are due, or end, on the day of a deadline, with itself."""
    return sum((one.due_on, _ends(one)) == (row.due_on, _ends(row)) for one in due)

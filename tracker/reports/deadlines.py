"""Deadlines by day: original day, current day, verdict, and who loses by what ends."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from tracker.dates import Span, in_words
from tracker.reports.frame import (
    Contract,
    DeadlineRow,
    by_agreement,
    deadline_row,
    in_order,
    report,
    title_of,
)
from tracker.reports.view import View
from tracker.reports.wording import (
    excess_in_words,
    said_in_words,
    target_in_words,
    verdict_in_words,
)
from tracker.rules.deadlines import DECIDED, DeadlinePosition, is_due_within
from tracker.state import State
from tracker.tables import (
    NOTHING,
    TIE,
    CalendarEvent,
    Cell,
    Column,
    EventCalendar,
    Report,
    Section,
    Tone,
    counted,
)
from tracker.vocabulary import (
    EVENTS,
    UNDATED,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
    Precision,
)

DEADLINES = Contract(
    "deadlines",
    "The deadlines, one row each.",
    DeadlineRow,
)


def deadlines(
    view: View,
    of: str | None = None,
    due: Span | None = None,
    within: int | None = None,
) -> Report:
    """Report the deadlines of one thing or of all, due in a span or at any time.

    With `within`, only what has passed without an outcome, and the open ones that are due within
    that many days. With a filter, an agreement's end is among them if a matching concession ends
    with it.
    """
    slug = of and view.named(of)
    ends = [view.due[slug] for slug in view.ending_with]
    listed = [*view.listed_deadlines, *ends]
    if within is not None:
        near = [end for end in (*view.coming, *ends) if is_due_within(end, within)]
        listed = [*(passed for passed, _ in view.passed), *near]
    rows = []
    for position in {position.slug: position for position in listed}.values():
        row = deadline_row(view, position)
        is_named = slug in (None, row.deadline, row.concession, row.agreement)
        is_due = position.due_on and due and due.start <= position.last <= due.end
        if is_named and (due is None or is_due):
            rows.append(row)
    rows = in_order(rows)
    empty = "none"
    coming = [position.due_on for position in view.coming if position.due_on]
    if coming:
        following = min(coming, key=lambda day: day.last)
        empty = f"none; next: {view.period(following)} ({coming.count(following)})"
    table = deadlines_section(view, rows)._replace(empty=empty)
    sections = by_agreement(view, table, lambda row: row.deadline)
    return report(view, DEADLINES, rows, sections)._replace(
        calendar=partial(calendar_of, view)
    )


def deadlines_section(
    view: View, rows: Sequence[DeadlineRow], title: str = ""
) -> Section:
    """Return a table of deadlines."""

    def verdict(row: DeadlineRow) -> Cell:
        late = row.position.late_days
        words = verdict_in_words(row.kind, row.position.verdict, late)
        first = row.position.late_days_first
        if first and first != late and row.kind not in EVENTS:
            days = str(first) if late else counted(first, "day")
            words = f"{words} ({days} after the first day)"
        silent = [slug for slug in row.ends if view.positions[slug].is_unknown]
        if silent and row.position.verdict is DeadlineVerdict.ENDED:
            is_all = len(silent) == len(row.ends)
            on = "" if is_all else f" on {len(silent)} of {len(row.ends)}"
            words = f"{words}, no word since{on}"
        return Cell(words, tone(row))

    columns = [
        Column("Due", lambda row: view.period(row.position.due_on), right=True),
        Column("Left", partial(left, view), right=True),
        Column(
            "What",
            lambda row: Cell(
                what_falls_due(view, row), below=besides(view, row), about=row.deadline
            ),
        ),
        Column("Kind", kind_of, varying=True, spare=True, key="kind", whole=True),
        Column("Verdict", verdict, key="verdict"),
        Column("Loses", lambda row: view.shorts(row.loses), key="loses", whole=True),
    ]
    return Section(columns, rows, title)


def kind_of(row: DeadlineRow) -> str:
    """Return the kind of a deadline, which is a limit if its target is not to be exceeded."""
    return "limit" if row.position.is_limit else row.kind


def left(view: View, row: DeadlineRow) -> str:
    """Return how many days are left or ago: `5 d`, `1 d ago`; nothing if it has an outcome.

    For the current month or year it is nothing, too: what is due then has no day yet.
    """
    position = row.position
    is_running = view.running(position.due_on)
    if is_running or position.verdict in DECIDED or position.days_left is None:
        return NOTHING
    if position.days_left == 0:
        return "today"
    ago = "" if position.days_left > 0 else f"{TIE}ago"
    return f"{abs(position.days_left)}{TIE}d{ago}"


def what_falls_due(view: View, row: DeadlineRow) -> str:
    """Return what falls due: what is to be delivered, and how much of it, or what ends."""
    position = row.position
    title = row.label
    if row.concession and row.kind not in EVENTS:
        title = view.concessions[row.concession].title
    return title if position.target is None else f"{title} ({target_in_words(position)})"


def besides(view: View, row: DeadlineRow) -> str | None:
    """Return what else there is to know: what it waits for, how far it moved, and what is said."""
    notes = []
    position = row.position
    if row.awaits and position.verdict is DeadlineVerdict.WAITING:
        notes.append(f"awaits {row.awaits}")
    if position.is_limit and position.opens_on:
        notes.append(f"binds from {in_words(position.opens_on, date.min)}")
    if row.counted_by:
        notes.append(
            ", ".join(filter(None, (f"counted by {row.counted_by}", row.basis)))
        )
    if row.ends and not row.concession:
        notes.append(f"ends {counted(len(row.ends), 'concession')}")
    if position.slip_days:
        first = f"first due {view.period(position.original_due_on)}"
        notes.append(f"{first} ({position.slip_days:+}{TIE}d)")
    notes += [excess_in_words(view, position), *said_in_words(view, position)]
    return "; ".join(filter(None, notes)) or None


def tone(row: DeadlineRow) -> Tone | None:
    """Return how a terminal highlights a verdict."""
    if row.position.verdict in (DeadlineVerdict.MISSED, DeadlineVerdict.OVERDUE):
        return Tone.BAD
    return Tone.GOOD if row.position.verdict is DeadlineVerdict.MET else None


# --- the calendar ---------------------------------------------------------------------------------

ENDS = re.compile(r"\b(?:end|expire|lapse)s?\b")
"""What says that something ends."""
SUSPENDS = "Suspend "
"""How the title of a promise to suspend something begins."""


def calendar_of(view: View, rows: Sequence[DeadlineRow]) -> EventCalendar:
    """Return deadlines as events; those whose day is not known are only counted."""
    turns = turns_of(view)
    events = []
    for row in rows:
        if _has_a_day(row.position):
            events.append(_event(view, row, turns[row.deadline]))
    left_out = len(rows) - len(events)
    note = ""
    if left_out:
        are = "is" if left_out == 1 else "are"
        note = f"{counted(left_out, 'deadline')} without a known day {are} left out."
    title = f"{title_of(view)}: deadlines"
    return EventCalendar(title, view.as_of, events, note)


def turns_of(state: State) -> dict[str, int]:
    """Return how often each deadline was moved, closed or corrected: a number that only rises.

    Declarations and retractions count whatever the day: they have none of their own.
    """
    counts = Counter[str]()
    for entry in state.record.entries.values():
        is_past = entry.on <= state.as_of and state.is_public(entry)
        is_move = entry.kind is EntryKind.DEADLINE and is_past
        if entry.deadline and (entry.kind in UNDATED or is_move):
            counts[entry.deadline] += 1
    # The first declaration is not a turn.
    return {slug: count - 1 for slug, count in counts.items()}


def _has_a_day(position: DeadlinePosition) -> bool:
    """Return whether a deadline is due on a day, not in a month, or was met before its last one."""
    due_on = position.due_on
    if due_on is None:
        return False
    was_met_before = position.happens_on < due_on.last
    return due_on.precision is Precision.DAY or was_met_before


def _event(view: View, row: DeadlineRow, sequence: int) -> CalendarEvent:
    """Return an event: a meeting has all its days, whatever else is due has its last one."""
    position = row.position
    last = position.happens_on
    first = last
    if row.kind in EVENTS and position.opens_on and not position.closed:
        first = position.opens_on
    subject = view.agreements[row.agreement].title
    if row.concession:
        subject = f"{row.concession}: {row.label} ({view.parties_line(row.concession)})"
    verdict = verdict_in_words(row.kind, position.verdict, position.late_days)
    sentence = f"{kind_of(row).capitalize()}, {verdict} as of {in_words(view.as_of)}."
    lines = [subject, besides(view, row) or "", sentence]
    return CalendarEvent(
        f"{row.deadline}.{row.agreement}@truce-tracker",
        sequence,
        first,
        last,
        what_happens(view, row),
        [line for line in lines if line],
        row.kind,
        position.verdict is DeadlineVerdict.CANCELLED,
        view.sources[position.deadline.source].url,
    )


def what_happens(view: View, row: DeadlineRow) -> str:
    """Return what happens on a day, after who gives: `US: pause of the 50% Affiliates Rule ends`.

    What an agreement itself has, such as a summit, is everybody's, and is called as it is.
    """
    if row.concession is None:
        return row.label
    concession = view.concessions[row.concession]
    title = concession.title
    happens = f"{what_falls_due(view, row)} is due"
    if row.kind in EVENTS:
        happens = row.label
    elif row.position.is_limit:
        happens = f"limit ends ({what_falls_due(view, row)})"
    elif row.kind is DeadlineKind.EXPIRY and title.startswith(SUSPENDS):
        happens = f"pause of {title.removeprefix(SUSPENDS)} ends"
    elif row.kind is DeadlineKind.EXPIRY:
        label, _, _ = row.label.partition(";")
        happens = f"{label if ENDS.search(label) else f'{label} ends'} ({title})"
    return f"{view.shorts(concession.giver)}: {happens}"

"""What falls due, in the order of the days: original day, current day and verdict."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from tracker.dates import Period, in_words
from tracker.reports.contract import document_of
from tracker.reports.frame import amount, distance, period, report
from tracker.reports.grouping import grouped
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.tables import NOTHING, Column, Report, Section, Tone, table
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Outcome


class DeadlineMove(NamedTuple):
    """One move of a deadline, and who said it."""

    entry: int
    due_on: Period
    announced_on: date
    says: str | None
    source: str | None


class DeadlineRow(NamedTuple):
    """One deadline, in the words of the JSON contract."""

    deadline: str
    label: str
    kind: DeadlineKind
    agreement: str
    concession: str | None
    original_due_on: Period
    """The day first declared."""
    due_on: Period
    """The day by which it is due after all moves."""
    slip_days: int
    """By how many days it has moved."""
    days_left: int
    """Days until it is due; negative once that day has passed."""
    moves: tuple[DeadlineMove, ...]
    """Each move of the deadline."""
    verdict_original: DeadlineVerdict
    """The verdict against the day first declared."""
    verdict: DeadlineVerdict
    """The verdict against the current day."""
    outcome_on: date | None
    """The day it ended."""
    target: Decimal | None
    unit: str | None


@document_of("deadlines")
class DeadlinesDocument(NamedTuple):
    """What falls due, one row for each deadline."""

    rows: list[DeadlineRow]


def deadlines(view: View, within: int | None = None) -> Report:
    """Report every deadline, or the open and overdue ones that end within so many days."""
    rows = [
        row
        for row in in_order(deadline_rows(view))
        if within is None or (row.outcome_on is None and row.days_left <= within)
    ]
    sections = deadlines_sections(view, rows)
    return report(view, DeadlinesDocument(rows), sections)


def deadline_rows(view: View) -> list[DeadlineRow]:
    """Return every deadline in view, with all its moves."""
    return [deadline_row(position) for position in view.deadline_histories.values()]


def deadline_row(position: DeadlinePosition) -> DeadlineRow:
    """Return one deadline's row."""
    deadline = position.deadline
    return DeadlineRow(
        deadline=deadline.slug,
        label=deadline.label,
        kind=deadline.kind,
        agreement=deadline.agreement,
        concession=deadline.concession,
        original_due_on=deadline.due_on,
        due_on=position.due_on,
        slip_days=position.slip_days,
        days_left=position.days_left,
        moves=tuple(
            DeadlineMove(move.entry, move.due_on, move.announced_on, move.says, move.source)
            for move in position.moves
        ),
        verdict_original=position.verdict_original,
        verdict=position.verdict,
        outcome_on=position.outcome_on,
        target=position.target,
        unit=position.unit,
    )


def in_order(rows: Sequence[DeadlineRow]) -> list[DeadlineRow]:
    """Return deadlines by their current days."""
    return sorted(rows, key=lambda row: (row.due_on.last, row.deadline))


# --- for people -------------------------------------------------------------------------------


def deadlines_sections(view: View, rows: Sequence[DeadlineRow], title: str = "") -> list[Section]:
    """Return a table of deadlines, or one for each agreement."""
    return grouped(view, rows, partial(deadlines_section, view), title)


def deadlines_section(view: View, rows: Sequence[DeadlineRow], title: str = "") -> Section:
    """Return a table of deadlines."""
    near = view.clocks.as_of
    columns = [
        Column("Due", lambda row: period(row.due_on, near), right=True),
        Column("Left", lambda row: left(row), right=True),
        Column("Deadline", lambda row: row.deadline, wraps=True),
        Column("Kind", lambda row: row.kind),
        Column("Of", lambda row: row.concession or row.agreement, wraps=True),
        Column("What", lambda row: with_target(row), wraps=True),
        Column("Verdict", lambda row: verdict_in_words(row) + _closed_late(view, row), tone=tone),
        Column("First due", lambda row: slip_in_words(row, near), wraps=True, sparse=True),
    ]
    return table(columns, rows, title)


def left(row: DeadlineRow) -> str:
    """Return how many days are left, or since when it is over; of what was closed neither."""
    if row.outcome_on is not None:
        return NOTHING
    return distance(row.days_left)


def with_target(row: DeadlineRow) -> str:
    """Return the label, and the target where there is one."""
    if row.target is None:
        return row.label
    return f"{row.label} ({amount(row.target, row.unit)})"


def verdict_in_words(row: DeadlineRow) -> str:
    """Return the verdict; the end of a term that has passed is `ended`, not overdue."""
    if row.verdict is DeadlineVerdict.OVERDUE and row.kind is DeadlineKind.EXPIRY:
        return "ended"
    return row.verdict


def _closed_late(view: View, row: DeadlineRow) -> str:
    """Return that what was met was met late, and so was missed."""
    closing = max(view.closings.get(row.deadline, ()), key=lambda one: one.on, default=None)
    if closing is None or closing.outcome is not Outcome.MET or row.verdict is DeadlineVerdict.MET:
        return ""
    return f", met {in_words(closing.on, view.clocks.as_of)}"


def slip_in_words(row: DeadlineRow, near: date) -> str:
    """Return the first day, how far it slipped and the verdict against it, if it was moved."""
    if not row.slip_days:
        return NOTHING
    return f"{period(row.original_due_on, near)} ({row.slip_days:+} d, then {row.verdict_original})"


def tone(row: DeadlineRow) -> Tone | None:
    """Return how a terminal sets a verdict off."""
    if row.verdict in (DeadlineVerdict.MISSED, DeadlineVerdict.OVERDUE):
        return Tone.BAD
    return Tone.GOOD if row.verdict is DeadlineVerdict.MET else None

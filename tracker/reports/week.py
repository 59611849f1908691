"""The weekly table: where each concession stands, what changed, what is due, who gained what."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.dates import Week, in_words, shifted
from tracker.errors import OutsideWeek
from tracker.facts import Entry
from tracker.reports.citations import Citations, SourceRow
from tracker.reports.contract import document_of
from tracker.reports.corrections import Corrections, corrections_section, corrections_since
from tracker.reports.deadlines import (
    DeadlineRow,
    deadline_row,
    deadlines_sections,
    in_order,
)
from tracker.reports.diff import MARKS
from tracker.reports.frame import day, report
from tracker.reports.gains import GainsRow, gains_rows, gains_sections
from tracker.reports.grouping import by_agreement, grouped
from tracker.reports.history import NEWS, entries_sections, standing
from tracker.reports.status import StatusRow, columns, status_rows
from tracker.reports.view import View
from tracker.rules import deadlines, risk
from tracker.rules.stages import change_of
from tracker.tables import Column, Report, Section, table
from tracker.tables.rows import Flattened
from tracker.vocabulary import Change, DeadlineKind, Stage

HORIZON_DAYS = 30
"""How far ahead a week looks for what is due."""
SILENCE_DAYS = 14
"""After how many days without a word a concession is listed as silent."""
SILENT = f"No word for {SILENCE_DAYS} days or more"


class WeekSpan(NamedTuple):
    """The week of the report, both days included."""

    week: str
    """The week: `2026-W02`."""
    start: date
    """Its Monday."""
    end: date
    """Its Sunday."""


class WeekRow(NamedTuple):
    """One concession in a week, in the words of the JSON contract."""

    status_: Flattened[StatusRow]
    previous_stage: Stage | None
    """The stage on the day before the week."""
    change: Change


class Silent(NamedTuple):
    """A concession that nothing was heard of for long."""

    concession: str
    last_word_on: date | None
    last_checked_on: date | None
    days: int
    """Days without news."""


@document_of("week")
class WeekDocument(NamedTuple):
    """Where things stand and what happened in the week, one row for each concession."""

    rows: list[WeekRow]
    period: WeekSpan
    """The week, from Monday to Sunday."""
    gains: list[GainsRow]
    """The rows of `gains`."""
    changes: list[Entry]
    """What happened in the week, checks left out."""
    late: list[Entry]
    """What was logged by hand in the week and happened before it."""
    due: list[DeadlineRow]
    """What falls due in the next 30 days."""
    overdue: list[DeadlineRow]
    """What has passed without an outcome."""
    corrections: list[Entry]
    """What was taken back or changed in the week."""
    silent: list[Silent]
    """The concessions without news for 14 days or more."""
    sources: list[SourceRow]

    @property
    def statuses(self) -> list[StatusRow]:
        """The concessions, as they stand."""
        return [row.status_ for row in self.rows]


def week(view: View, of: Week) -> Report:
    """Report one week; the view stands at its end, or at today in the current week."""
    if view.clocks.as_of < of.start:
        raise OutsideWeek(
            week=str(of), start=of.start.isoformat(), as_of=view.clocks.as_of.isoformat()
        )
    found, corrections = gathered(view, of)
    citations = Citations(view)
    sections = [*week_sections(view, found, corrections, citations), citations.section()]
    found = found._replace(sources=citations.rows)
    return report(view, found, sections, title=week_in_words(of))


def gathered(view: View, of: Week) -> tuple[WeekDocument, Corrections]:
    """Return what a week holds; its sources are known once it has been written."""
    rows = week_rows(view, view.at(shifted(of.start, -1)).stages)
    statuses = [row.status_ for row in rows]
    happened = view.history(since=of.start)
    corrections = corrections_since(view, happened, of.start)
    found = WeekDocument(
        rows=rows,
        period=WeekSpan(str(of), of.start, of.end),
        gains=gains_rows(view, statuses),
        changes=[one for one in standing(happened) if one.kind in NEWS],
        late=standing(view.late(of.start, of.end)),
        due=_due(view),
        overdue=_overdue(view),
        corrections=corrections.entries,
        silent=silent_rows(view, statuses),
        sources=[],
    )
    return found, corrections


def week_rows(view: View, before: Mapping[str, Stage]) -> list[WeekRow]:
    """Return where each concession stands, compared with the stages before the week."""
    return [
        WeekRow(
            row,
            before.get(row.concession),
            change_of(before.get(row.concession), row.stage),
        )
        for row in status_rows(view)
    ]


def week_sections(
    view: View, found: WeekDocument, corrections: Corrections, citations: Citations
) -> list[Section]:
    """Return the parts of a week, the sources left out, in the order of their reading."""
    marks = {row.status_.concession: MARKS[row.change] for row in found.rows}
    status_columns = columns(view, citations, found.statuses, lambda row: marks[row.concession])
    return [
        *by_agreement(view, found.statuses, status_columns),
        *gains_sections(view, found.statuses),
        *entries_sections(view, found.changes, citations, "Changed this week"),
        *entries_sections(view, found.late, citations, "Logged this week, of earlier days"),
        *deadlines_sections(view, found.due, f"Due in the next {HORIZON_DAYS} days"),
        *deadlines_sections(view, found.overdue, "Overdue or ended"),
        corrections_section(view, corrections, "Corrections this week"),
        *grouped(view, found.silent, partial(silent_section, view), SILENT),
    ]


def week_in_words(of: Week) -> str:
    """Return a week with both its days: `week 2026-W02 · Mon 5 Jan – Sun 11 Jan 2026`."""
    return f"week {of} · Mon {in_words(of.start, of.end)} – Sun {in_words(of.end, date.min)}"


def _due(view: View) -> list[DeadlineRow]:
    coming = [
        deadline_row(position)
        for position in view.deadline_positions.values()
        if deadlines.is_due_within(position, HORIZON_DAYS)
    ]
    return in_order(coming)


def _overdue(view: View) -> list[DeadlineRow]:
    passed = [one for one in view.overdue if one.deadline.kind is not DeadlineKind.EXPIRY]
    return in_order([deadline_row(position) for position in (*passed, *view.expired)])


def silent_rows(view: View, rows: Sequence[StatusRow]) -> list[Silent]:
    """Return the concessions without a word for long, and when somebody last looked."""
    silent = [
        Silent(row.concession, row.last_word_on, row.last_checked_on, view.silence(row.concession))
        for row in rows
        if row.bucket not in risk.SETTLED
    ]
    return [one for one in silent if one.days >= SILENCE_DAYS]


def silent_section(view: View, rows: Sequence[Silent], title: str) -> Section:
    """Return the table of silent concessions."""
    near = view.clocks.as_of
    columns = [
        Column("Concession", lambda row: row.concession),
        Column("Last word", lambda row: day(row.last_word_on, near), right=True),
        Column("Days", lambda row: str(row.days), right=True),
        Column("Last checked", lambda row: day(row.last_checked_on, near), right=True, sparse=True),
    ]
    return table(columns, rows, title)

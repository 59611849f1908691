"""Everything about one deadline: its day, its moves, its counts, and restated figures."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.facts import Entry
from tracker.quantities import in_words as quantity
from tracker.reports.citations import Citations, SourceRow
from tracker.reports.deadlines import DeadlineRow, deadline_row, deadlines_section
from tracker.reports.frame import amount, report, rows_of
from tracker.reports.history import entries_section, standing
from tracker.reports.pace import PaceRow, measured, pace_sections
from tracker.reports.view import View
from tracker.rules.series import restated
from tracker.tables import Column, Report, Section, table
from tracker.tables.rows import Flattened
from tracker.vocabulary import Basis


class Restated(NamedTuple):
    """A figure that was counted again for the same day."""

    on: date
    """The day that the figure is for."""
    counted_by: str
    basis: Basis
    unit: str
    was: Decimal
    """The figure before."""
    value: Decimal
    """The figure that replaced it."""
    public_on: date | None
    """The day on which the new figure was made public."""
    entry: int


class DeadlineShown(NamedTuple):
    """One deadline with everything about it, in the words of the JSON contract."""

    row: Flattened[DeadlineRow]
    pace: tuple[PaceRow, ...]
    restated: tuple[Restated, ...]
    """The figures that were counted again for the same day."""
    history: tuple[Entry, ...]
    sources: tuple[SourceRow, ...]


DeadlineDocument = rows_of(
    "show deadline", DeadlineShown, "Everything about one deadline, in one row."
)


def deadline(view: View, slug: str) -> Report:
    """Report all that the book holds about one deadline."""
    position = view.deadline_positions[slug]
    row, citations = deadline_row(view, position), Citations(view)
    entries = standing(view.history(slug))
    again = tuple(
        Restated(now.on, *now[2:4], now.unit, was.value, now.value, now.public_on, now.entry)
        for was, now in restated(view.tracks([slug]).get(slug, ()))
    )
    paces, pace_tables = pace_sections(view, measured(view, slug), citations)
    sections = [
        deadlines_section(view, [row]),
        *pace_tables,
        *([_restated_section(view, again)] if again else []),
        entries_section(view, citations, entries, "History"),
        citations.section(),
    ]
    shown = DeadlineShown(row, tuple(paces), again, tuple(entries), tuple(citations.rows))
    title = f"{slug}: {row.label}"
    found, about = DeadlineDocument([shown]), row.agreement
    return report(view, found, sections, title=title, about=about)


def _restated_section(view: View, rows: tuple[Restated, ...]) -> Section:
    columns = [
        Column("Of", lambda row: view.day(row.on), right=True),
        Column("Counted by", lambda row: row.counted_by, wraps=True),
        Column("Basis", lambda row: row.basis),
        Column("Was", lambda row: quantity(row.was), right=True),
        Column("Now", lambda row: amount(row.value, row.unit), right=True),
        Column("Public", lambda row: view.day(row.public_on), right=True),
        Column("Entry", lambda row: f"#{row.entry}", right=True),
    ]
    return table(columns, rows, "Restated figures")

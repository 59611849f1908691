"""What changed between two days, concession by concession."""

from collections import defaultdict
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.dates import in_words, shifted
from tracker.facts import Entry
from tracker.reports.citations import Citations
from tracker.reports.contract import document_of
from tracker.reports.deadlines import DeadlineRow, deadline_rows, deadlines_sections, in_order
from tracker.reports.frame import report
from tracker.reports.grouping import grouped
from tracker.reports.history import entries_sections, standing
from tracker.reports.view import View
from tracker.rules.stages import change_of
from tracker.tables import NOTHING, Column, Report, table
from tracker.vocabulary import Change, EntryKind, Stage

CHANGING = (EntryKind.STAGE, EntryKind.READING, EntryKind.DEADLINE)
"""Entries that change where a concession stands; notes and checks do not."""

MARKS = {Change.UP: "▲ ", Change.DOWN: "▼ ", Change.NEW: "+ ", Change.SAME: ""}
"""How tables mark a change."""


class DiffRow(NamedTuple):
    """One concession that changed, in the words of the JSON contract."""

    concession: str
    from_stage: Stage | None
    """The stage on the first day."""
    to_stage: Stage
    """The stage on the last day."""
    change: Change
    """How the stage compares with the earlier one."""
    entries: tuple[int, ...]
    """The numbers of the entries on it."""


@document_of("diff")
class DiffDocument(NamedTuple):
    """What changed between two days, one row for each concession."""

    rows: list[DiffRow]
    fell_due: list[DeadlineRow]
    """What fell due or ended between the two days."""


def diff(view: View, start: date) -> Report:
    """Report what changed after a day, up to the day of the view."""
    before, near = view.at(start), view.clocks.as_of
    happened = [
        entry
        for entry in standing(view.history(since=shifted(start, 1)))
        if entry.effective_on > start
        and entry.kind in CHANGING
        and entry.concession in view.positions
    ]
    rows = diff_rows(view, before, happened)
    due = [row for row in in_order(deadline_rows(view)) if start < row.due_on.last <= near]
    citations = Citations(view)
    columns = [
        Column("Concession", lambda row: row.concession, wraps=True),
        Column("Gives → gets", lambda row: view.parties_line(view.concessions[row.concession])),
        Column("Before", lambda row: row.from_stage or NOTHING),
        Column("After", lambda row: MARKS[row.change] + row.to_stage),
        Column("Entries", lambda row: " ".join(f"#{entry}" for entry in row.entries), wraps=True),
    ]
    sections = [
        *grouped(view, rows, partial(table, columns, empty="nothing"), "Changed"),
        *deadlines_sections(view, due, "Fell due or ended"),
        *entries_sections(view, happened, citations, "Entries"),
        citations.section(),
    ]
    title = f"changes after {in_words(start, date.min)}, up to {in_words(near, date.min)}"
    return report(view, DiffDocument(rows, due), sections, title=title)


def diff_rows(view: View, before: View, happened: list[Entry]) -> list[DiffRow]:
    """Return the concessions whose stage differs, or on which something was recorded."""
    entries: dict[str, list[int]] = defaultdict(list)
    for entry in happened:
        entries[str(entry.concession)].append(entry.entry)
    return [
        DiffRow(slug, earlier.stage if earlier else None, after.stage, change, tuple(entries[slug]))
        for slug, after in view.positions.items()
        if (change := change_of(earlier := before.positions.get(slug), after)) is not Change.SAME
        or entries[slug]
    ]

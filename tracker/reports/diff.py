"""What changed between two days, concession by concession."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from tracker.dates import Period, in_words, shifted
from tracker.facts import Entry
from tracker.groups import by_key
from tracker.quantities import in_words as quantity
from tracker.reports.deadlines import DeadlineRow, deadline_rows, deadlines_section, in_order
from tracker.reports.delivered import grown
from tracker.reports.frame import MARKS, amount, document_of, grouped, report
from tracker.reports.history import entries_section, standing
from tracker.reports.shifts import turn
from tracker.reports.sources import Citations
from tracker.reports.versions import changing, with_declared
from tracker.reports.view import View
from tracker.rules.stages import change_of
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.vocabulary import Bucket, Change, EntryKind, Stage


class DiffRow(NamedTuple):
    """One concession that changed, in the words of the JSON contract."""

    concession: str
    from_stage: Stage | None
    """The stage on the first day."""
    to_stage: Stage
    """The stage on the last day."""
    from_bucket: Bucket | None
    """The bucket on the first day."""
    to_bucket: Bucket
    """The bucket on the last day."""
    change: Change
    """How the stage compares with the earlier one."""
    entries: tuple[int, ...]
    """The numbers of the entries about it, without checks."""


class MovedRow(NamedTuple):
    """A deadline whose day or target differs."""

    deadline: str
    concession: str | None
    from_due_on: Period | None
    """Its day on the first day."""
    to_due_on: Period | None
    """Its day on the last day."""
    slip_days: int
    """How many days it moved between them."""
    from_target: Decimal | None
    """Its target on the first day."""
    to_target: Decimal | None
    """Its target on the last day."""
    unit: str | None


@document_of("diff")
class DiffDocument(NamedTuple):
    """What changed between two days, one row for each concession."""

    rows: list[DiffRow]
    moved: list[MovedRow]
    """The deadlines whose day or target differs."""
    fell_due: list[DeadlineRow]
    """The deadlines that fell due or ended between the two days."""
    happened: list[Entry]
    """The entries of the days between."""


def diff(view: View, start: date) -> Report:
    """Report what changed after a day, up to the day of the view."""
    before, end = view.at(start), view.clocks.as_of
    entries = view.state.history(since=shifted(start, 1), declared=True)
    entries = with_declared(view, view.among_listed(entries))
    happened = [entry for entry in standing(entries) if changing(entry)]
    rows = _diff_rows(view, before, happened)
    rows_due = in_order(deadline_rows(view))
    due = [row for row in rows_due if row.due_on and start < row.due_on.last <= end]
    moved = _moved_rows(view, before)
    citations = Citations(view)
    columns = [
        Column("Concession", lambda row: row.concession, wraps=True),
        Column("Gives → gets", lambda row: view.parties_line(row.concession)),
        Column("Before", lambda row: _step(row)[0] or NOTHING),
        Column("After", _after),
        Column(
            "Delivered", lambda row: grown(before, view, row.concession), wraps=True, sparse=True
        ),
        Column("Entries", lambda row: " ".join(f"#{entry}" for entry in row.entries), wraps=True),
    ]
    sections = [
        *grouped(view, rows, partial(table, columns, empty="nothing"), "Changed"),
        *_moved_sections(view, moved),
        *grouped(view, due, partial(deadlines_section, view), "Fell due or ended"),
        *grouped(view, happened, partial(entries_section, view, citations), "Entries"),
        citations.section(),
    ]
    title = f"changes after {in_words(start, date.min)}, up to {in_words(end, date.min)}"
    return report(view, DiffDocument(rows, moved, due, happened), sections, title=title)


def _diff_rows(view: View, before: View, happened: list[Entry]) -> list[DiffRow]:
    """Return the concessions whose stage or bucket differs, or that have news."""
    told = (one for one in happened if one.kind is not EntryKind.CHECK)
    entries = by_key((one.concession or one.subject, one.entry) for one in told)
    found = []
    for slug, now in view.listed_positions.items():
        was = before.judged.positions.get(slug)
        stage, bucket = (was.stage, was.bucket) if was else (None, None)
        if (stage, bucket) != (now.stage, now.bucket) or entries[slug]:
            change, numbers = change_of(stage, now.stage), tuple(entries[slug])
            found.append(DiffRow(slug, stage, now.stage, bucket, now.bucket, change, numbers))
    return found


def _step(row: DiffRow) -> tuple[str | None, str]:
    """Return the stages, or the buckets if only these differ."""
    if row.from_stage is row.to_stage and row.from_bucket is not row.to_bucket:
        return row.from_bucket, row.to_bucket
    return row.from_stage, row.to_stage


def _after(row: DiffRow) -> str:
    return MARKS[turn(row.change, row.from_bucket, row.to_bucket)] + _step(row)[1]


def _moved_rows(view: View, before: View) -> list[MovedRow]:
    rows = []
    for now in view.listed_deadlines:
        was = before.judged.deadlines.get(now.deadline.slug)
        if was and (was.due_on, was.target) != (now.due_on, now.target):
            slip_days = (now.last - was.last).days if now.due_on and was.due_on else 0
            moved = (was.due_on, now.due_on, slip_days, was.target, now.target, now.unit)
            rows.append(MovedRow(now.deadline.slug, now.deadline.concession, *moved))
    return rows


def _moved_sections(view: View, rows: Sequence[MovedRow]) -> list[Section]:
    columns = [
        Column("Deadline", lambda row: row.deadline, wraps=True),
        Column("Before", lambda row: view.period(row.from_due_on, row.to_due_on), right=True),
        Column("After", lambda row: view.period(row.to_due_on, row.from_due_on), right=True),
        Column("Moved", lambda row: f"{row.slip_days:+} d" if row.slip_days else NOTHING),
        Column("Target", _restated, wraps=True, sparse=True),
    ]
    return grouped(view, rows, partial(table, columns), "Deadlines moved") if rows else []


def _restated(row: MovedRow) -> str:
    if row.from_target is None or row.to_target is None or row.from_target == row.to_target:
        return NOTHING
    return f"{quantity(row.from_target)} → {amount(row.to_target, row.unit)}"

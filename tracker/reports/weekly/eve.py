"""The book on the eve of a week, and what was recorded in the week."""

from collections.abc import Sequence, Set
from datetime import timedelta
from typing import Any

from tracker.dates import Span, shifted
from tracker.entry import Entry
from tracker.record import SEED_AUTHOR, Record
from tracker.reports.view import View
from tracker.state import State
from tracker.vocabulary import NEWS, Command, EntryKind

KEPT = ("party", "source", "agreement")
"""The kinds of things whose declaration is in both states: it is not news by itself."""


def eve_of(view: View, span: Span, rows: Sequence[Any]) -> View:
    """Return the view on the last day before a week, of all that counts as known by then.

    Of the rows that came in the week, these are what a file declares for the first time, with its
    updates, a first import, and what corrects an older entry: the book was wrong on the eve, too.
    """
    record = view.state.record
    eve = shifted(span.start, -1)
    learnt = _learnt(record, rows)
    if not learnt:
        return view.at(eve)
    clocks = view.clocks._replace(as_of=eve)
    return View(State(_without(record, learnt), clocks, view.state.agreement))


def rows_of(record: Record, span: Span) -> list[Any]:
    """Return the rows of the entries that came into this book in a week, by the writer's clock."""
    batches = set()
    for batch in record.batches.values():
        recorded_on = (batch.recorded_at + timedelta(minutes=batch.utc_offset)).date()
        if span.start <= recorded_on <= span.end:
            batches.add(batch.id)
    return (
        [row for row in record.rows.values() if row.batch in batches] if batches else []
    )


def _learnt(record: Record, rows: Sequence[Any]) -> set[int]:
    """Return which entries of the week say something that was not known before."""
    whole = {
        number for number in {row.batch for row in rows} if _is_whole(record, number)
    }
    learnt = {row.id for row in rows}
    for row in rows:
        corrects = corrected_by(record, row)
        if corrects:
            was_known = corrects[-1] not in learnt
        elif row.kind == EntryKind.DECLARATION:
            is_kept = record.declares(row.id)["what"] in KEPT
            was_known = is_kept or row.batch in whole
        else:
            was_known = row.batch in whole
        if was_known:
            learnt.remove(row.id)
    return learnt


def corrected_by(record: Record, row: Any) -> list[int]:
    """Return what an entry corrects: what it retracts, replaces, or declares differently."""
    if row.kind == EntryKind.RETRACTION:
        return [row.refers_to]
    if row.kind == EntryKind.DECLARATION:
        return record.before(row.id)
    if record.batches[row.batch].command != Command.AMEND:
        return []
    before = record.replaced(record.entries[row.id])
    return [] if before is None else [before]


def _is_whole(record: Record, number: int) -> bool:
    """Return whether a batch is of a file, or an import into a book that had no updates."""
    batch = record.batches[number]
    if batch.command in (None, Command.APPLY):
        return True
    if batch.command != Command.IMPORT and not batch.merged_by:
        return False
    for row in record.rows.values():
        if row.kind in NEWS:
            return _import_of(record.batches[row.batch]) == _import_of(batch)
    return True


def _import_of(batch: Any) -> object:
    """Return what the batches of one command have in common: an import's, their moment."""
    return batch.recorded_at if batch.merged_by else batch.id


def _without(record: Record, learnt: Set[int]) -> Record:
    """Return a record without some entries, and without what is about things so left out."""
    declared = [*record.tables["concession"], *record.tables["deadline"]]
    known = {row.thing_id for row in declared if row.entry_id not in learnt}
    lost = {row.thing_id for row in declared} - known
    gone = {*learnt}
    for row in record.tables["entry"]:
        if row.subject_id in lost or row.concession_id in lost:
            gone.add(row.id)
    tables = {}
    for name, rows in record.tables.items():
        tables[name] = [
            row for row in rows if getattr(row, "entry_id", None) not in gone
        ]
    tables["entry"] = [row for row in tables["entry"] if row.id not in gone]
    tables["exchange"] = [
        row for row in tables["exchange"] if row.in_return_for_id not in lost
    ]
    return Record(tables, record.book, record.known)


def added(view: View, rows: Sequence[Any]) -> list[str]:
    """Return the concessions that files declared in a week; those of a new book are not named."""
    slugs = []
    record = view.state.record
    for entry in recorded(record, rows, EntryKind.DECLARATION):
        is_of_file = entry.command is Command.APPLY and entry.author != SEED_AUTHOR
        is_listed = entry.batch > 1 and entry.subject in view.listed_positions
        if is_of_file and is_listed and not record.before(entry.entry):
            slugs.append(entry.subject)
    return slugs


def recorded(record: Record, rows: Sequence[Any], *kinds: EntryKind) -> list[Entry]:
    """Return the entries of some rows of some kinds."""
    return [record.entries[row.id] for row in rows if row.kind in kinds]

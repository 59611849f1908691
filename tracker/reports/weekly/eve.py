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


def eve_of(view: View, week: Span, rows: Sequence[Any]) -> View:
    """Return the view on the last day before a week, of all that counts as known by then.

    Of the rows that came in the week, these are what a file declares for the first time, with its
    updates, and a first import. What was taken back leaves no trace.
    """
    record = view.state.record
    whole = {
        number for number in {row.batch for row in rows} if _is_whole(record, number)
    }
    new = {row.id for row in rows if not _was_there(record, row, row.batch in whole)}
    eve = shifted(week.start, -1)
    if not new:
        return view.at(eve)
    clocks = view.clocks._replace(as_of=eve)
    return View(State(_without(record, new), clocks, view.state.agreement))


def rows_of(record: Record, week: Span) -> list[Any]:
    """Return the rows of the entries that came into this book in a week, by the writer's clock."""
    batches = set()
    for batch in record.batches.values():
        recorded_on = (batch.recorded_at + timedelta(minutes=batch.utc_offset)).date()
        if week.start <= recorded_on <= week.end:
            batches.add(batch.id)
    return (
        [row for row in record.rows.values() if row.batch in batches] if batches else []
    )


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


def _was_there(record: Record, row: Any, is_of_whole: bool) -> bool:
    """Return whether an entry of the week counts as if it had been there before."""
    if row.id in record.undone or row.kind == EntryKind.RETRACTION:
        return False
    if row.kind != EntryKind.DECLARATION:
        return is_of_whole
    is_known = is_of_whole or record.declares(row.id)["what"] in KEPT
    return is_known and not record.before(row.id)


def _without(record: Record, new: Set[int]) -> Record:
    """Return a record without some entries, and without what is about things so left out."""
    declared = [*record.tables["concession"], *record.tables["deadline"]]
    known = {row.thing_id for row in declared if row.entry_id not in new}
    lost = {row.thing_id for row in declared} - known
    gone = {*new}
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


def corrections(view: View, recorded: Sequence[Entry]) -> list[Entry]:
    """Return those of a week's entries that correct the book, and still do.

    To take back a retraction of the week corrects nothing.
    """
    retractions = {entry.entry for entry in recorded if entry.refers_to}
    corrected = []
    for entry in recorded:
        replaces = entry.refers_to or view.state.record.before(entry.entry)
        is_live = entry.retracted_by is None and entry.refers_to not in retractions
        if is_live and replaces and view.lists(entry):
            corrected.append(entry)
    return corrected


def added(view: View, recorded: Sequence[Entry]) -> list[str]:
    """Return the concessions that files declared in a week; those of a new book are not named."""
    slugs = []
    for entry in recorded:
        is_of_file = entry.command is Command.APPLY and entry.author != SEED_AUTHOR
        is_listed = entry.batch > 1 and entry.subject in view.listed_positions
        if is_of_file and is_listed and not view.state.record.before(entry.entry):
            slugs.append(entry.subject)
    return slugs

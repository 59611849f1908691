"""What was recorded in a week: what it corrected and added, and the book on the eve of it."""

from collections.abc import Iterator, Sequence, Set
from datetime import timedelta
from typing import Any, NamedTuple

from tracker.compare import NAMES, place
from tracker.dates import Span, shifted
from tracker.entry import Entry
from tracker.record import SEED_AUTHOR, Record
from tracker.reports.history import in_full, in_short
from tracker.reports.view import View
from tracker.things import in_words
from tracker.vocabulary import NEWS, Command, EntryKind, Namespace

KEPT = ("party", "source", "agreement")
"""The kinds of things whose declaration is in both states: it is not news by itself."""
WITHDRAWN = "withdrawn"
"""The value of what does not count."""
DETAILS = {"effective_on": "day", "note": "note", "source": "source", "says": "speaker"}
"""What an amendment can change beside the value, and what that is called."""


def recorded_in(record: Record, span: Span) -> list[Entry]:
    """Return the entries that came into this book in a week, by the writer's clock."""
    batches = set()
    for batch in record.batches.values():
        recorded_on = (batch.recorded_at + timedelta(minutes=batch.utc_offset)).date()
        if span.start <= recorded_on <= span.end:
            batches.add(batch.id)
    if not batches:
        return []
    return [entry for entry in record.entries.values() if entry.batch in batches]


def corrected_by(record: Record, entry: Entry) -> int | None:
    """Return what an entry corrects: what it retracts, replaces, or declares differently."""
    if entry.kind is EntryKind.RETRACTION:
        return entry.refers_to
    if entry.kind is EntryKind.DECLARATION:
        earlier = record.before(entry.entry)
        return earlier[-1] if earlier else None
    return record.replaced(entry)


def added(view: View, entries: Sequence[Entry]) -> int:
    """Return how many concessions files declared in a week; those of a new book do not count."""
    many = 0
    for entry in entries:
        is_of_file = entry.command is Command.APPLY and entry.author != SEED_AUTHOR
        is_first = corrected_by(view.record, entry) is None
        is_declared = entry.kind is EntryKind.DECLARATION and is_first
        if is_of_file and is_declared and entry.batch > 1:
            many += entry.subject in view.listed_positions
    return many


# --- the eve --------------------------------------------------------------------------------------


def eve_of(view: View, span: Span, entries: Sequence[Entry]) -> View:
    """Return the view on the last day before a week, of all that counts as known by then.

    Of the entries that came in the week, these are what a file declares for the first time, with
    its updates, a first import, and what corrects an older entry: the book was wrong on the eve,
    too.
    """
    record = view.record
    eve = shifted(span.start, -1)
    batches = {entry.batch for entry in entries}
    whole = {number for number in batches if _is_whole(record, number)}
    learnt = {entry.entry for entry in entries}
    for entry in entries:
        wrong = corrected_by(record, entry)
        was_known = entry.batch in whole
        if wrong is not None:
            was_known = wrong not in learnt
        elif entry.kind is EntryKind.DECLARATION:
            was_known = was_known or record.declares(entry.entry)["what"] in KEPT
        if was_known:
            learnt.remove(entry.entry)
    if not learnt:
        return view.at(eve)
    clocks = view.clocks._replace(as_of=eve)
    return View(_without(record, learnt), clocks, view.agreement)


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
    tables = {**record.tables}
    declared = [*tables["concession"], *tables["deadline"]]
    known = {row.thing_id for row in declared if row.entry_id not in learnt}
    lost = {row.thing_id for row in declared} - known
    gone = {*learnt}
    for row in tables["entry"]:
        if row.subject_id in lost or row.concession_id in lost:
            gone.add(row.id)
    for name, rows in tables.items():
        number = "id" if name == "entry" else "entry_id"
        tables[name] = [row for row in rows if getattr(row, number, None) not in gone]
    exchanges = tables["exchange"]
    tables["exchange"] = [row for row in exchanges if row.in_return_for_id not in lost]
    return Record(tables, record.book, record.known)


# --- corrections ----------------------------------------------------------------------------------


class CorrectedRow(NamedTuple):
    """What was wrong in this book, and what it says now."""

    entry: int
    """The entry that corrects it."""
    subject: str
    """The slug of what was corrected."""
    title: str
    """Its title, label or name."""
    what: str
    """The kind of entry, or the declared field."""
    before: str | None
    """What the book said; null for the old words of a note, which are not repeated."""
    after: str | None
    """What it says now, or `withdrawn`."""
    reason: str | None
    """Why it was corrected, if somebody said so."""


def corrections(view: View, entries: Sequence[Entry]) -> list[CorrectedRow]:
    """Return what the entries of a week corrected, in their order, if they still do.

    What was both recorded and taken back in the week leaves no trace.
    """
    record = view.record
    of_week = {entry.entry for entry in entries}
    found = []
    replaced = set[int]()
    for entry in reversed(entries):
        # An amendment follows the retraction that belongs to it.
        wrong = corrected_by(record, entry)
        if record.replaced(entry):
            replaced.add(entry.entry - 1)
        while wrong in of_week:
            wrong = corrected_by(record, record.entries[wrong])
        counts = entry.retracted_by is None and entry.entry not in replaced
        if wrong is not None and counts and view.lists(entry):
            found += [*_rows(view, entry, record.entries[wrong])]
    return found[::-1]


def _rows(view: View, entry: Entry, wrong: Entry) -> Iterator[CorrectedRow]:
    """Yield what an entry corrects; a declaration may change several fields."""
    record = view.record
    about = (entry.entry, entry.subject, _title(view, entry.subject))
    if entry.kind is EntryKind.DECLARATION:
        (declaration,) = in_full(record, [entry])
        declares = declaration.declares or {}
        for name, was in declares.get("was", {}).items():
            now = in_words(declares.get(name))
            yield CorrectedRow(*about, name, in_words(was), now, entry.note)
    elif entry.kind is not EntryKind.RETRACTION:
        before, after = _amended(view, wrong, entry)
        reason = record.entries[entry.entry - 1].note
        yield CorrectedRow(*about, wrong.kind, before, after, reason)
    elif wrong.kind is EntryKind.RETRACTION:  # what it took back counts again
        restored = record.entries[wrong.referent]
        value = _value(view, restored)
        yield CorrectedRow(*about, restored.kind, WITHDRAWN, value, entry.note)
    else:
        value = _value(view, wrong)
        yield CorrectedRow(*about, wrong.kind, value, WITHDRAWN, entry.note)


def _title(view: View, slug: str) -> str:
    """Return the title of a thing; of one that was withdrawn, the last that it had."""
    record = view.record
    title = place(view, slug).title
    number = record.numbers.get((Namespace.SUBJECT.value, slug), 0)
    declared = record.declarations[number]
    if title != slug or not declared:
        return title
    declares = record.declares(declared[-1])
    return next((str(declares[name]) for name in NAMES if name in declares), slug)


def _amended(view: View, old: Entry, new: Entry) -> tuple[str | None, str]:
    """Return the old and the new value; of what has the same value, what else is another one."""
    before = _value(view, old)
    after = _value(view, new)
    if before != after:
        return before, after
    if old.effective_on != new.effective_on:
        was = view.period(old.effective_on)
        return f"{before}, {was}", f"{after}, {view.period(new.effective_on)}"
    others = []
    for field, word in DETAILS.items():
        if getattr(old, field) != getattr(new, field):
            others.append(word)
    return None, f"another {' and '.join(others) or 'detail'}"


def _value(view: View, entry: Entry) -> str:
    """Return what an entry says, in words; the words of a note are not repeated."""
    match entry.kind:
        case EntryKind.NOTE | EntryKind.TEXT:
            return str(entry.kind)
        case EntryKind.DECLARATION:
            return "declared"
    return in_short(view, entry)

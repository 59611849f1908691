"""What a week corrected in the book: the old value, the new one, and the reason."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tracker.compare import NAMES
from tracker.differences import place
from tracker.entry import Entry
from tracker.record import Record
from tracker.reports.history import in_full, in_short
from tracker.reports.view import View
from tracker.reports.weekly.eve import corrected_by
from tracker.things import in_words
from tracker.vocabulary import EntryKind, Namespace

WITHDRAWN = "withdrawn"
"""The value of what does not count."""
DETAILS = {"effective_on": "day", "note": "note", "source": "source", "says": "speaker"}
"""What an amendment can change beside the value, and what that is called."""


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


def corrections(view: View, rows: Sequence[Any]) -> list[CorrectedRow]:
    """Return what the entries of a week corrected, in their order, if they still do.

    What was both recorded and taken back in the week leaves no trace.
    """
    record = view.state.record
    of_week = {row.id for row in rows}
    found = []
    replaced = set[int]()
    for row in reversed(rows):  # an amendment follows the retraction that belongs to it
        wrong = corrected_by(record, row)
        if wrong and row.kind not in (EntryKind.RETRACTION, EntryKind.DECLARATION):
            replaced.add(row.id - 1)
        entry = record.entries[row.id]
        first = _first_wrong(record, wrong, of_week)
        if first is None or entry.retracted_by or row.id in replaced:
            continue
        if view.lists(entry):
            found += [*_rows(view, entry, first)]
    return found[::-1]


def _first_wrong(record: Record, wrong: Sequence[int], of_week: set[int]) -> int | None:
    """Return the entry before the week that a chain of corrections goes back to, if any."""
    while wrong and wrong[-1] in of_week:
        wrong = corrected_by(record, record.rows[wrong[-1]])
    return wrong[-1] if wrong else None


def _rows(view: View, entry: Entry, wrong: int) -> Iterator[CorrectedRow]:
    """Yield what an entry corrects; a declaration may change several fields."""
    record = view.state.record
    title = _title(view, entry.subject)
    if entry.kind is EntryKind.DECLARATION:
        (declaration,) = in_full(record, [entry])
        declares = declaration.declares or {}
        for name, was in declares.get("was", {}).items():
            old, new = in_words(was), in_words(declares.get(name))
            yield CorrectedRow(
                entry.entry, entry.subject, title, name, old, new, entry.note
            )
        return
    old_entry = record.entries[wrong]
    what = old_entry.kind
    reason = entry.note
    before: str | None = _value(view, old_entry)
    after = WITHDRAWN
    if entry.kind is not EntryKind.RETRACTION:
        before, after = _amended(view, old_entry, entry)
        reason = record.entries[entry.entry - 1].note
    elif old_entry.kind is EntryKind.RETRACTION:  # what it took back counts again
        restored = record.entries[old_entry.referent]
        what, before, after = restored.kind, WITHDRAWN, _value(view, restored)
    yield CorrectedRow(entry.entry, entry.subject, title, what, before, after, reason)


def _title(view: View, slug: str) -> str:
    """Return the title of a thing; of one that was withdrawn, the last that it had."""
    title = place(view.state, slug).title
    record = view.state.record
    declared = record.declarations[
        record.numbers.get((Namespace.SUBJECT.value, slug), 0)
    ]
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
        days = (view.period(old.effective_on), view.period(new.effective_on))
        return f"{before}, {days[0]}", f"{after}, {days[1]}"
    others = [
        word
        for field, word in DETAILS.items()
        if getattr(old, field) != getattr(new, field)
    ]
    return None, f"another {' and '.join(others) or 'detail'}"


def _value(view: View, entry: Entry) -> str:
    """Return what an entry says, in words; the words of a note are not repeated."""
    match entry.kind:
        case EntryKind.NOTE | EntryKind.TEXT:
            return str(entry.kind)
        case EntryKind.DECLARATION:
            return "declared"
    return in_short(view, entry)

"""Corrections: nothing is changed or deleted; a retraction takes an entry out of the account."""

from collections.abc import Iterator
from typing import Any

from tracker.dates import END_OF_TIME
from tracker.errors import (
    AlreadyRetracted,
    CannotAmend,
    NoSuchEntry,
    NothingToAmend,
    NothingToUndo,
    OptionNotOfKind,
    RetractionStands,
)
from tracker.facts import Clocks, Entry
from tracker.journal import deliveries
from tracker.journal.draft import Draft, about, draft_of
from tracker.journal.updates import require_passed_deadline, require_past
from tracker.journal.writer import Writer, require_text
from tracker.queries import Reader
from tracker.vocabulary import EntryKind, Outcome, Stage

OPTIONS = {
    "stage": "--stage",
    "effective_on": "--on",
    "says": "--says",
    "value": "--value",
    "unit": "--unit",
    "counted_by": "--by",
    "basis": "--basis",
    "flow": "--flow/--total",
    "due_on": "--to",
    "target": "--target",
    "outcome": "--outcome",
    "source": "--source",
    "note": "--note",
}
"""The option that corrects each part of an entry."""

COMMON = ("effective_on", "source", "note")
AMENDABLE = {
    "stage": ("stage", "says", *COMMON),
    "reading": ("value", "unit", "counted_by", "basis", "flow", *COMMON),
    "move": ("due_on", "target", "says", *COMMON),
    "outcome": ("outcome", *COMMON),
    "note": ("says", *COMMON),
}
"""Which parts an amendment may correct in an entry of each shape."""

NUMBERS_END = 2**31
"""Beyond this a number is no entry's in any database."""


def retract(writer: Writer, entry: int, reason: str) -> range:
    """Take one entry out of the account, from now on."""
    require_text("reason", reason)
    return writer.append([retraction(writer, standing_entry(writer, entry), reason)])


def amend(
    writer: Writer, entry: int, corrections: dict[str, Any], reason: str | None = None
) -> range:
    """Replace an entry: its retraction and the corrected entry, in one batch."""
    wrong = standing_entry(writer, entry)
    shape = _shape(wrong)
    if shape not in AMENDABLE:
        raise CannotAmend(entry=entry, kind=shape)
    offered = ", ".join(OPTIONS[part] for part in AMENDABLE[shape])
    for part in corrections:
        if part not in AMENDABLE[shape]:
            raise OptionNotOfKind(option=OPTIONS[part], entry=entry, kind=shape, options=offered)
    corrected = _corrected(draft_of(wrong), corrections)
    if corrected == draft_of(wrong):
        raise NothingToAmend(entry=entry, kind=shape, options=offered)
    numbers = writer.append([retraction(writer, wrong, reason)])
    writer.append([_sound(writer, corrected)], batch=numbers.start)
    return range(numbers.start, numbers.start + 2)


def undo(writer: Writer) -> range:
    """Take back the author's latest command that still stands.

    What it retracted counts again. An undo is not itself undone: the next one goes a command
    further back.
    """
    for batch in _batches(writer):
        standing = {entry for entry, _, stands in batch if stands}
        if standing and any(not undoing for _, undoing, _ in batch):
            entries = _entries(writer, min(standing), max(standing))
            return writer.append(
                [retraction(writer, one, None) for one in entries if one.entry in standing]
            )
    raise NothingToUndo(author=writer.author)


def retraction(writer: Writer, wrong: Entry, reason: str | None) -> Draft:
    """Return the draft that retracts an entry; `undo` gives no reason, `amend` may."""
    return Draft(
        EntryKind.RETRACTION, about(wrong), writer.today, note=reason, retracts=wrong.entry
    )


def standing_entry(writer: Writer, entry: int) -> Entry:
    """Return an entry that may be corrected."""
    found = _entries(writer, entry, entry) if 0 < entry < NUMBERS_END else []
    if not found:
        tail = writer.connection.rows("tail")
        raise NoSuchEntry(entry=entry, head=tail[0][0] if tail else 0)
    if found[0].kind is EntryKind.RETRACTION:
        raise RetractionStands(entry=entry)
    if found[0].retracted_by:
        raise AlreadyRetracted(entry=entry, retracted_by=found[0].retracted_by)
    return found[0]


def _shape(entry: Entry) -> str:
    """Return what an entry is called when it is amended: a deadline's is a move or an outcome."""
    if entry.kind is EntryKind.DEADLINE:
        return "outcome" if entry.outcome else "move"
    return entry.kind.value


def _corrected(draft: Draft, corrections: dict[str, Any]) -> Draft:
    fields = {"value" if part == "target" else part: value for part, value in corrections.items()}
    return draft._replace(**fields)


def _sound(writer: Writer, corrected: Draft) -> Draft:
    """Hold a corrected entry to what its command would have asked, the wrong one set aside.

    A move comes back with the unit of the target that it restates now.
    """
    on = corrected.effective_on
    require_past(writer, on)
    if corrected.kind is EntryKind.NOTE:
        require_text("note", corrected.note or "")
    if corrected.stage is Stage.MISSED:
        require_passed_deadline(writer, corrected.about, on)
    if corrected.kind is EntryKind.READING:
        deliveries.unit_of(writer, deliveries.current(writer, corrected.about, on), corrected.unit)
    if corrected.outcome is Outcome.MISSED:
        deliveries.require_passed(deliveries.current(writer, corrected.about, on), on)
    if corrected.due_on:
        position = deliveries.current(writer, corrected.about, on)
        deliveries.require_in_window(position, corrected.due_on)
        unit = deliveries.restated_unit(position, corrected.value)
        return corrected._replace(unit=unit)
    return corrected


def _entries(writer: Writer, first: int, last: int) -> list[Entry]:
    return Reader(writer.connection, Clocks(writer.today, END_OF_TIME)).entries(first, last)


def _batches(writer: Writer) -> Iterator[list[tuple[int, bool, bool]]]:
    """Yield the author's batches, latest first: entry, whether an undo's, whether it stands."""
    batch: list[tuple[int, bool, bool]] = []
    number = None
    for entry, of_batch, kind, reason, stands in writer.connection.stream(
        "entries_by", author=writer.author
    ):
        if batch and of_batch != number:
            yield batch
            batch = []
        number = of_batch
        batch.append((entry, kind == EntryKind.RETRACTION and reason is None, bool(stands)))
    if batch:
        yield batch

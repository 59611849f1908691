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
from tracker.journal.draft import Draft, about, draft_of
from tracker.journal.updates import require_passed_deadline, require_past
from tracker.journal.writer import Writer
from tracker.queries import Reader
from tracker.vocabulary import EntryKind, Stage

AMENDABLE = {
    EntryKind.STAGE: {
        "stage": "--stage",
        "effective_on": "--on",
        "says": "--says",
        "source": "--source",
        "note": "--note",
    },
    EntryKind.NOTE: {"note": "--note", "effective_on": "--on", "source": "--source"},
}
"""What an amendment may correct in an entry of each kind, and the option that does."""


NUMBERS_END = 2**31
"""Beyond this a number is no entry's in any database."""


def retract(writer: Writer, entry: int, reason: str) -> range:
    """Take one entry out of the account, from now on."""
    return writer.append([retraction(writer, standing_entry(writer, entry), reason)])


def amend(writer: Writer, entry: int, corrections: dict[str, Any]) -> range:
    """Replace an entry: its retraction and the corrected entry, in one batch."""
    wrong = standing_entry(writer, entry)
    options = AMENDABLE.get(wrong.kind)
    if options is None:
        raise CannotAmend(entry, wrong.kind)
    offered = ", ".join(options.values())
    for field in corrections:
        if field not in options:
            raise OptionNotOfKind(_option(field), entry, wrong.kind, offered)
    corrected = draft_of(wrong)._replace(**corrections)
    if corrected == draft_of(wrong):
        raise NothingToAmend(entry, wrong.kind, offered)
    require_past(writer, corrected.effective_on)
    if corrected.stage is Stage.MISSED:
        require_passed_deadline(writer, corrected.about, corrected.effective_on)
    return writer.append([retraction(writer, wrong, None), corrected])


def undo(writer: Writer) -> range:
    """Take back the author's latest command that still stands.

    What it retracted counts again. An undo is not itself undone: the next one goes a command
    further back.
    """
    for batch in _batches(writer):
        standing = [entry for entry, _, stands in batch if stands]
        if standing and any(not undoing for _, undoing, _ in batch):
            entries = _entries(writer, min(standing), max(standing))
            return writer.append(
                [retraction(writer, one, None) for one in entries if one.entry in standing]
            )
    raise NothingToUndo(writer.author)


def retraction(writer: Writer, wrong: Entry, reason: str | None) -> Draft:
    """Return the draft that retracts an entry; without a reason it belongs to an undo."""
    return Draft(
        EntryKind.RETRACTION, about(wrong), writer.today, note=reason, retracts=wrong.entry
    )


def standing_entry(writer: Writer, entry: int) -> Entry:
    """Return an entry that may be corrected."""
    found = _entries(writer, entry, entry) if 0 < entry < NUMBERS_END else []
    if not found:
        tail = writer.connection.rows("tail")
        raise NoSuchEntry(entry, tail[0][0] if tail else 0)
    if found[0].kind is EntryKind.RETRACTION:
        raise RetractionStands(entry)
    if found[0].retracted_by:
        raise AlreadyRetracted(entry, found[0].retracted_by)
    return found[0]


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


def _option(field: str) -> str:
    for options in AMENDABLE.values():
        if field in options:
            return options[field]
    return f"--{field}"

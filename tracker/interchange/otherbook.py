"""Another book, read and verified as a whole before this one is locked."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cached_property
from io import BufferedReader
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from tracker.database import Connection, Target, open_book
from tracker.database.contents import contents
from tracker.dates import exactly
from tracker.entry import Entry, said_again, unwritten
from tracker.interchange.exports import export, make_again
from tracker.journal.batch import content_key, moment_before
from tracker.journal.chain import LAST, batches
from tracker.record import Record, written_at
from tracker.vocabulary import Command, EntryKind, ThingKind

ANY_DAY = exactly(date.min)

Origin = tuple[str, int]
"""Where an entry was recorded: the seal of its batch there, and its number there."""


class Traced:
    """A book whose entries are known by where they were recorded.

    The seal covers the author, the moment and everything before it. The number alone is not
    enough: copies of one book that diverged use the same numbers again.
    """

    def __init__(self, connection: Connection, name: str = "this book") -> None:
        self.name = name
        self.record = Record(contents(connection))
        self.batches: dict[int, dict[str, Any]] = {one["batch"]: one for one in batches(connection)}
        """The words of each batch, and its seal."""
        self.last_moment = moment_before(connection, LAST)
        """When the last of its commands that count was recorded."""
        self._contents: dict[int, bytes] = {}

    @cached_property
    def origins(self) -> dict[int, Origin]:
        """The origin of each entry, except for what an import decided, which stays in its book."""
        found = {}
        for number, row in self.record.rows.items():
            batch = self.batches[row.batch]
            if batch["merged_by"] is None:
                found[number] = batch["seal"].hex(), number
            elif batch["origin"] is not None:
                found[number] = batch["origin"], row.origin or number
        return found

    @cached_property
    def undone(self) -> set[int]:
        """What came by imports that were undone, and what undid it: as if it had never come."""
        return self._taken_back(_is_undo)

    @cached_property
    def own(self) -> dict[int, Origin]:
        """The origins of what this book itself holds: without what it undid or put aside."""
        gone = self.undone | self._taken_back(_is_decision)
        return {number: origin for number, origin in self.origins.items() if number not in gone}

    def _taken_back(self, by: Callable[[dict[str, Any]], bool]) -> set[int]:
        """Return what came by imports and was retracted by some batches, and its retractions."""
        found = set()
        for number, retraction in self.record.retracted.items():
            came = self.batches[self.record.rows[number].batch]["merged_by"] is not None
            if came and by(self.batches[self.record.rows[retraction].batch]):
                found |= {number, retraction}
        return found

    # --- what an entry says -------------------------------------------------------------------

    def said(self, number: int) -> Entry:
        """Return the entry that would say again what one says."""
        record, entry = self.record, self.record.entries[number]
        is_declaration = entry.kind is EntryKind.DECLARATION
        declares = record.declares(number) if is_declaration else None
        text = record.texts.get(number)
        return said_again(entry)._replace(declares=declares, text=text and text._asdict())

    def content(self, number: int) -> bytes:
        """Return a hash of what an entry says, whatever its sources are called in its book.

        A declaration says its fields, on whichever day and for whatever reason.
        """
        if number not in self._contents:
            said = self.said(number)._replace(source=())
            if said.declares is not None:
                declares = {key: one for key, one in said.declares.items() if key != "source"}
                said = unwritten(said.kind, said.subject, ANY_DAY, declares=declares)
            elif said.text is not None:
                said = said._replace(subject="")
            target = said.refers_to and self.content(said.refers_to).hex()
            self._contents[number] = content_key(said, target or None)
        return self._contents[number]

    def sources(self, number: int) -> list[str]:
        """Return the sources that an entry names: its own, a declared one, that of a text."""
        said = self.said(number)
        declared = said.fields.get("source")
        found = (*said.source, declared, said.subject if said.text else None)
        return [*filter(None, found)]

    def pages(self, source: str) -> set[str]:
        """Return all that has ever named a source: its key, and the addresses that it had."""
        return {source} | self._addresses.get(source, set())

    @cached_property
    def _addresses(self) -> dict[str, set[str]]:
        slugs, versions = self.record.slugs, self.record.versions(ThingKind.SOURCE)
        return {
            slugs[thing]: {row.url for row in rows if row.url} for thing, rows in versions.items()
        }

    def says_the_same(self, number: int, other: "Traced", its: int) -> bool:
        """Return whether an entry says what an entry of another book says."""
        ours, theirs = self.sources(number), other.sources(its)
        return (
            self.content(number) == other.content(its)
            and self.record.texts.get(number) == other.record.texts.get(its)
            and len(ours) == len(theirs)
            and all(self.pages(a) & other.pages(b) for a, b in zip(ours, theirs, strict=True))
        )

    def is_the_same(self, number: int, other: "Traced", its: int) -> bool:
        """Return whether an entry is one of another book, with its author and its moment."""
        said = self.says_the_same(number, other, its)
        return said and self._bookkeeping(number) == other._bookkeeping(its)

    def _bookkeeping(self, number: int) -> tuple[Any, ...]:
        entry = self.record.entries[number]
        batch = self.record.batches[entry.batch]
        return entry.effective_on, entry.note, batch.author, batch.command, written_at(batch)


class Keys:
    """Our keys for the sources of another book."""

    def __init__(self, ours: Traced, theirs: Traced) -> None:
        self._theirs = theirs
        record = ours.record
        rows = record.in_force(ThingKind.SOURCE).values()
        self._declared = {record.slugs[row.thing_id]: row.url for row in rows}
        there = theirs.record
        self._declared_there = {there.slugs[thing] for thing in there.versions(ThingKind.SOURCE)}

    def ours(self, key: str) -> str:
        """Return our key for one of their sources: the same, or else the one of its address."""
        if key in self._declared:
            return key
        pages = self._theirs.pages(key)
        named = (ours for ours, url in self._declared.items() if url in pages)
        return next((ours for ours in named if ours not in self._declared_there), key)


def _is_undo(batch: dict[str, Any]) -> bool:
    """Return whether a batch took back a command in this book."""
    return bool(batch["command"] == Command.UNDO and batch["merged_by"] is None)


def _is_decision(batch: dict[str, Any]) -> bool:
    """Return whether an import wrote a batch to put aside what it did not accept."""
    return batch["merged_by"] is not None and batch["origin"] is None


def exported(file: BufferedReader, name: str) -> Traced:
    """Read a book from its export, which is restored into a temporary file."""
    with TemporaryDirectory() as folder:
        copy = Target("sqlite", f"{folder}/other.db")
        make_again(copy, file, name)
        with closing(open_book(copy)) as connection:
            return Traced(connection, name)


def opened(target: Target) -> Traced:
    """Read a book from its database, as of now: others may go on writing in it."""
    with closing(open_book(target)) as connection, TemporaryFile() as lines:
        lines.writelines(line.encode() for line in export(connection))
        lines.seek(0)
        return exported(lines, str(target))  # type: ignore[arg-type]

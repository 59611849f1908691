"""Another book, read and verified as a whole before this one is locked."""

from contextlib import closing
from functools import cached_property
from io import BufferedReader
from typing import Any

from tracker.database import Connection, Target, open_book
from tracker.files import temporary_folder
from tracker.interchange.disputes import is_decision
from tracker.interchange.exports import make_again
from tracker.journal.batch import canonical, content_key, moment_before
from tracker.journal.chain import LAST, follow
from tracker.journal.corrections import STAYS
from tracker.record import Record, written_at
from tracker.vocabulary import Command, EntryKind

Origin = tuple[str, int]
"""Where an entry was recorded: the seal of its batch there, and its number there."""


class TracedBook:
    """A book whose entries are known by where they were recorded.

    The seal covers the author, the moment and everything before it. The number alone is not
    enough: copies of one book that diverged use the same numbers again.
    """

    def __init__(self, connection: Connection, name: str = "this book") -> None:
        self.name = name
        self.record = Record.read(connection)
        self.last_moment = moment_before(connection, LAST)
        """When the last of its commands that count was recorded."""

    @cached_property
    def origins(self) -> dict[int, Origin]:
        """The origin of each entry; what an import by version 0.3 decided stays in its book."""
        origins = {}
        for number, row in self.record.rows.items():
            batch = self.record.batches[row.batch]
            if batch.origin is not None:
                origins[number] = batch.origin, row.origin or number
            elif batch.merged_by is None or row.note != STAYS:
                origins[number] = bytes(batch.seal).hex(), number
        return origins

    def without_undone_imports(self, *, put_aside: bool) -> dict[int, Origin]:
        """Return the origins of its entries, with or without what version 0.3 put aside here.

        What came by imports that were undone, and what undid it, is as if it had never come.
        """
        record = self.record
        origins = dict(self.origins)
        for number, by in record.retracted.items():
            came_with = record.batches[record.rows[number].batch]
            taken_with = record.batches[record.rows[by].batch]
            is_undone = (
                taken_with.command == Command.UNDO and taken_with.merged_by is None
            )
            is_aside = record.rows[by].note == STAYS and is_decision(taken_with)
            if came_with.merged_by and (is_undone or (is_aside and not put_aside)):
                origins.pop(number, None)
                origins.pop(by, None)
        return origins

    def statement(self, number: int) -> tuple[Any, ...]:
        """Return what an entry says, in a form in which two books can be compared.

        A declaration says its fields, on whichever day and for whatever reason. What a retraction
        takes back has another number in the other book, and is left out.
        """
        entry = self.record.entries[number]
        if entry.kind is EntryKind.DECLARATION:
            return entry.kind, entry.subject, canonical(self.record.declares(number))
        if entry.kind is EntryKind.RETRACTION:
            return entry.kind, entry.subject, entry.effective_on, entry.note
        key = content_key(
            self.record.said_again(number)
        )  # one that a book claims may be wrong
        return entry.kind, key, entry.source, self.record.texts.get(number)

    def testimony(self, number: int) -> tuple[Any, ...]:
        """Return all that an entry known by its origin must agree in: also who said it, and when.

        Of a retraction that includes the origin of what it takes back.
        """
        entry = self.record.entries[number]
        batch = self.record.batches[entry.batch]
        recorded = (
            entry.effective_on,
            entry.note,
            batch.author,
            batch.command,
            written_at(batch),
        )
        return self.statement(number), self.origins.get(entry.referent), recorded


def exported(file: BufferedReader, name: str) -> TracedBook:
    """Read a book from its export, which is restored into a temporary file."""
    with temporary_folder() as folder:
        copy = Target("sqlite", f"{folder}/other.db")
        make_again(copy, file, name)
        with closing(open_book(copy)) as connection:
            return TracedBook(connection, name)


def opened(target: Target) -> TracedBook:
    """Read a book from its database, as of now: others may go on writing in it.

    What is read is what is verified: both see one state, of tables as this program makes them.
    """
    from tracker import schema  # heavy

    with closing(open_book(target)) as connection, connection.reading():
        schema.require_own(connection)
        for _ in follow(connection):
            pass  # up to the first entry that does not fit, which it refuses
        return TracedBook(connection, str(target))

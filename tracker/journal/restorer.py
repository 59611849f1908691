"""Writes a book again from its export, with the same entries, batches and seals."""

from collections.abc import Mapping
from typing import Any

from tracker.database import Connection
from tracker.dates import parse_iso_moment
from tracker.errors import NoSuch
from tracker.journal.chain import GENESIS
from tracker.journal.corrections import named, targets_of
from tracker.journal.draft import Draft, content_key
from tracker.journal.rows import EntryRow
from tracker.journal.shapes import REFERRING
from tracker.journal.writer import Batch, Writer, holds_more

CHUNK = 1_000
"""How many rows are written at once."""


class KeyUnfit(ValueError):
    """A key that does not match what its entry says."""


class Restorer:
    """Writes entries one by one, and each batch after its entries."""

    def __init__(self, connection: Connection) -> None:
        moment = parse_iso_moment("1970-01-01T00:00Z")
        self._connection = connection
        self._writer = Writer(connection, "restored", moment.date(), moment)
        self._batch = Batch({"batch": 1, "first_entry": 1}, GENESIS)
        self._recorded_at = ""
        self._rows: list[EntryRow] = []

    @property
    def first(self) -> int:
        """The first entry of the batch that is being written."""
        return self._batch.first

    @property
    def open(self) -> bool:
        """Whether entries have been written that no batch has sealed."""
        return self._batch.next > self._batch.first

    @property
    def seal(self) -> bytes:
        """The last digest."""
        return self._batch.previous

    def entry(self, draft: Draft, origin: int | None) -> bytes:
        """Write an entry, and return its digest."""
        if draft.kind in REFERRING:
            self._flush()
            (target,) = targets_of(self._writer, [draft.refers_to])
            draft = draft._replace(subject=target.subject)
            key = content_key(draft, named(target))
        else:
            key = content_key(draft)
        if key != draft.key:
            raise KeyUnfit(draft.key)
        self._add(draft._replace(origin=origin))
        return self.seal

    def sealed(self, words: Mapping[str, Any]) -> bytes:
        """Write a batch, with the words of its seal, after its entries; return its seal."""
        follows = words["batch"] == self._batch.words["batch"] and self.open
        if not follows or words["recorded_at"] < self._recorded_at:
            raise ValueError(words)
        self._recorded_at = words["recorded_at"]
        self._flush()
        self._batch.words |= words
        row = self._batch.sealed()
        self._connection.insert("batch", [row])
        self._batch = self._batch.following(row["seal"])
        return self.seal

    def _add(self, draft: Draft) -> None:
        """Buffer the row of an entry; write what is buffered if it is much, or holds more."""
        try:
            row = self._writer.row(self._batch, draft)
        except NoSuch as error:
            self._flush()
            self._writer.names.recall(error.name)
            row = self._writer.row(self._batch, draft)
        self._rows.append(row)
        if holds_more(draft) or len(self._rows) >= CHUNK:
            self._flush(draft)

    def _flush(self, last: Draft | None = None) -> None:
        """Write the buffered rows, and what the last one declares, or its text."""
        self._connection.insert_plain("entry", EntryRow._fields, self._rows)
        if last is not None and holds_more(last):
            self._writer.insert_more(self._rows[-1], last)
        self._rows = []

"""A file that declares an agreement, into the book: its catalog, and its opening entries."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from tracker import catalog, schema
from tracker.database import Connection
from tracker.errors import BadDocument, ConflictingDocument, TrackerError
from tracker.interchange import documents, seeds
from tracker.interchange.faults import told
from tracker.journal import Draft, Terms, Writer
from tracker.vocabulary import EntryKind

SEED_AUTHOR = "seed"
"""Who writes the entries of a shipped seed, so that no user's `undo` takes them back."""


class Applied(NamedTuple):
    """What a file changed: lines on the catalog, and the numbers of the new entries.

    Of those that the book has already `taken_back` no longer count, and stay so.
    """

    changes: tuple[str, ...]
    entries: range
    taken_back: int


class Occasion(NamedTuple):
    """Who writes, on which day, at which moment."""

    author: str
    today: date
    now: datetime


def apply(connection: Connection, path: Path, occasion: Occasion) -> Applied:
    """Declare a file's catalog and append its new entries; the caller holds the write lock.

    Applying twice changes nothing: things are known by their slugs, entries by their content.
    """
    from sqlmodel import Session

    document = documents.load(path)
    documents.check(document, _known(connection), path)
    with schema.borrowed(connection) as alchemy:
        declared = catalog.Catalog(Session(alchemy), occasion.now)
        declared.declare(document.declaration)
    if declared.conflicts:
        raise ConflictingDocument(path=path, complaints=declared.conflicts)
    opening = _Opening(_writer(connection, path, occasion), path)
    entries = opening.append(document)
    return Applied(tuple(declared.changes), entries, opening.taken_back)


def _writer(connection: Connection, path: Path, occasion: Occasion) -> Writer:
    """Return who writes the entries; a shipped seed tells the past, whatever day is meant."""
    author, today = occasion.author, max(occasion.today, occasion.now.date())
    if seeds.is_shipped(path):
        author, today = SEED_AUTHOR, date.max
    return Writer(connection, author, today, occasion.now)


def _known(connection: Connection) -> documents.Known:
    return documents.Known(
        parties={row[0] for row in connection.rows("parties")},
        sources={row[0] for row in connection.rows("sources")},
        subjects={row[1]: row[0] for row in connection.rows("slugs")},
    )


class _Opening:
    """A file's entries, each held to what its command would ask; every mistake is named."""

    def __init__(self, writer: Writer, path: Path) -> None:
        self._writer = writer
        self._path = path
        self._terms = Terms(writer)
        self._complaints: list[str] = []
        self.taken_back = 0

    def append(self, document: documents.Document) -> range:
        """Append the entries that the book does not hold, as one batch."""
        admitted = list(self._admitted(document))
        if self._complaints:
            raise BadDocument(path=self._path, complaints=self._complaints)
        return self._writer.append(admitted)

    def _admitted(self, document: documents.Document) -> Iterator[Draft]:
        tail = self._writer.connection.rows("tail")
        number = tail[0][0] + 1 if tail else 1
        rows = self._writer.connection.rows("import_keys")
        held = {bytes(key): bool(gone) for key, gone in rows}
        for place, draft in enumerate(documents.drafts(document), 1):
            if draft.import_key in held:
                self.taken_back += held[draft.import_key]
                continue
            try:
                yield self._terms.admitted(draft, number)
            except TrackerError as error:
                key = _key_of(draft, error)
                self._complaints.append(f"[[entry]] {place}{key}: {told(error)}")
            number += 1


def _key_of(draft: Draft, error: TrackerError) -> str:
    """Return the key that a refusal speaks of."""
    column = error.column
    if column == "effective_on":
        column = "on"
    if column == "value" and draft.kind is EntryKind.DEADLINE:
        column = "target"
    return f", key '{column}'" if column else ""

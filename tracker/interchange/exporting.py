"""The whole book as JSONL: a header, every entry with its digest, every batch with its seal."""

from collections.abc import Iterator, Mapping
from json import JSONEncoder
from typing import Any

from tracker.database import Connection
from tracker.journal.chain import SPAN, WORDS, Stored
from tracker.known_by import held_by

FORMAT = "truce-tracker"
SCHEMA = 3
ENTRY = frozenset({*WORDS, "concession", "source", "declares", "text", "digest"})
"""The keys that an entry's line may have."""


def export(connection: Connection) -> Iterator[str]:
    """Yield a book's lines in the order of its journal.

    Each span is read in a transaction of its own, which ends before its lines are yielded, so that
    a slow reader blocks no writer. The export ends where the book ended at the start.
    """
    entries, head, _ = held_by(connection)
    yield _line("book", {"format": FORMAT, "schema": SCHEMA, "entries": entries, "head": head})
    yield from (_line(what, words) for what, words in walk(connection, 1, entries))


def walk(connection: Connection, start: int, end: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the words of some whole batches: their entries, and each batch after its own."""
    stored, batch = Stored(connection), None
    for first in range(start, end + 1, SPAN):
        with connection.reading():
            span = stored.span(first, min(first + SPAN - 1, end))
        for row in span.rows:
            if row[0] in span.batches:
                yield from _sealed(batch)
                batch = span.batches[row[0]]
            digest = {"digest": bytes(row[-1]).hex()}
            yield "entry", stored.words(row) | span.more.get(row[0], {}) | digest
    yield from _sealed(batch)


def _line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    held = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **held}) + "\n"


_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _sealed(batch: dict[str, Any] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if batch is not None:
        yield "batch", batch | {"seal": batch["seal"].hex()}

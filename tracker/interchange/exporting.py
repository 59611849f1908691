"""The whole book as JSONL: a header, every entry with its digest, every batch with its seal."""

from collections.abc import Iterator, Mapping
from json import JSONEncoder
from typing import Any

from tracker.database import Connection, Row
from tracker.facts import LATEST
from tracker.journal.chain import WORDS, batch_words, links, words_of
from tracker.journal.versions import more_between

FORMAT = "truce-tracker"
SCHEMA = 2
ENTRY = frozenset({*WORDS, "concession", "declares", "text", "digest"})
"""The keys that an entry's line may have."""
SPAN = 10_000
"""How many entries' declarations and texts are read at a time."""


def export(connection: Connection) -> Iterator[str]:
    """Yield a book's lines in the order of its journal.

    Each span is read in a transaction of its own, which ends before its lines are yielded, so that
    a slow reader blocks no writer. The export ends where the book ended at the start.
    """
    rows = connection.rows("known", known=LATEST)
    entries, head = (rows[0][0], bytes(rows[0][1]).hex()) if rows else (0, None)
    yield _line("book", {"format": FORMAT, "schema": SCHEMA, "entries": entries, "head": head})
    yield from (_line(what, words) for what, words in walk(connection, 1, entries))


def walk(connection: Connection, start: int, end: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the words of some whole batches: their entries, and each batch after its own."""
    batch: Row | None = None
    for first in range(start, end + 1, SPAN):
        last = min(first + SPAN - 1, end)
        with connection.reading():
            batches = {row[5]: row for row in connection.rows("batches", first=first, last=last)}
            more = more_between(connection, first, last)
            rows = [*links(connection, first, last)]
        for row in rows:
            if (begun := batches.get(row[0])) is not None:
                yield from _sealed(batch)
                batch = begun
            yield "entry", words_of(row) | more.get(row[0], {}) | {"digest": bytes(row[-1]).hex()}
    yield from _sealed(batch)


def _line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    held = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **held}) + "\n"


_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _sealed(batch: Row | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if batch is not None:
        yield "batch", batch_words(batch) | {"seal": bytes(batch[-1]).hex()}

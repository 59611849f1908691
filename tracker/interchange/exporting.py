"""The whole book as JSONL: a header, every entry with its digest, every batch with its seal."""

from collections.abc import Iterator, Mapping
from json import JSONEncoder
from typing import Any

from tracker.database import Connection
from tracker.errors import Unavailable
from tracker.journal.chain import WORDS, follow
from tracker.record import held_by

FORMAT = "truce-tracker"
SCHEMA = 3
ENTRY = frozenset({*WORDS, "concession", "source", "declares", "text", "digest"})
"""The keys that an entry's line may have."""


def export(connection: Connection) -> Iterator[str]:
    """Yield a book's lines in the order of its journal; raise Unavailable if they do not fit.

    The export ends where the book ended at the start, whoever goes on writing.
    """
    entries, head, _ = held_by(connection)
    yield _line("book", {"format": FORMAT, "schema": SCHEMA, "entries": entries, "head": head})
    last, seal = 0, None
    for what, words in follow(connection):
        if what == "entry" and words["entry"] > entries:
            break
        if what == "entry":
            last = words["entry"]
        else:
            seal = words["seal"]
        yield _line(what, words)
    if (last, seal) != (entries, head):
        reason = "its last entry or its head is not the one that an index says"
        raise Unavailable("book damaged", book=connection.target, reason=reason)


def _line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    held = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **held}) + "\n"


_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

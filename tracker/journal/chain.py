"""The chain of digests: SHA-256 over the digest before and the entry's canonical JSON."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from tracker.database import Connection, Row
from tracker.dates import LENGTHS, iso_moment
from tracker.journal.encoding import canonical_writer

GENESIS = bytes(32)
"""What the first entry follows."""

FIRST, LAST = -(2**63), 2**63 - 1
"""The lowest and the highest number there is: somebody may have put an entry before the first."""

WORDS = (
    "entry", "kind", "agreement", "concession", "deadline", "effective_on", "recorded_at",
    "author", "says", "stage", "value", "unit", "counted_by", "basis", "flow", "due_on",
    "outcome", "source", "note", "retracts", "batch", "import_key",
)  # fmt: skip
"""The keys of an entry's canonical JSON: slugs, keys and the journal's own numbers."""

COLUMNS = (*WORDS, "due_on_precision", "digest")
"""The columns of the statement `chain`."""

_write = canonical_writer(WORDS)
_moment = lru_cache(4096)(iso_moment)  # a whole batch has one


def digest(previous: bytes, words: Mapping[str, object]) -> bytes:
    """Return an entry's digest, from its words."""
    return sha256(previous + _write(words).encode()).digest()


def links(connection: Connection, first: int = FIRST, last: int = LAST) -> Iterator[Row]:
    """Hand out the journal's rows from one entry to another, as `words_of` reads them."""
    return connection.stream("chain", first=first, last=last)


def words_of(row: Row) -> dict[str, Any]:
    """Return a row of the statement `chain` as the words of the chain.

    SQLite keeps these very words; of other databases' values they are written anew.
    """
    words = dict(zip(COLUMNS, row, strict=True))
    words["effective_on"] = str(words["effective_on"])
    if words["recorded_at"].__class__ is not str:
        words["recorded_at"] = _moment(words["recorded_at"])
    if words["value"].__class__ is Decimal:
        words["value"] = format(words["value"], "f")
    if words["flow"] is not None:
        words["flow"] = bool(words["flow"])
    if words["due_on"] is not None:
        words["due_on"] = str(words["due_on"])[: LENGTHS[words["due_on_precision"]]]
    if words["import_key"] is not None:
        words["import_key"] = bytes(words["import_key"]).hex()
    return words

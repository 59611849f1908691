"""The chain of digests: SHA-256 over the digest before and the entry's canonical JSON."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.dates import LENGTHS, iso_moment
from tracker.errors import BookDamaged
from tracker.journal.encoding import canonical_writer

GENESIS = bytes(32)
"""What the first entry follows."""

WORDS = (
    "entry", "kind", "agreement", "concession", "deadline", "effective_on", "recorded_at",
    "author", "says", "stage", "value", "unit", "counted_by", "basis", "flow", "due_on",
    "outcome", "source", "note", "retracts", "batch", "import_key",
)  # fmt: skip
"""The keys of an entry's canonical JSON: slugs, keys and the journal's own numbers."""

RECORDED_AT = WORDS.index("recorded_at")
BACKDATED = "its moment is before that of the entry before it"

UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, BookDamaged)
"""What comes of a day, a number or a text that no program of ours wrote."""

COLUMNS = (*WORDS, "due_on_precision", "digest")
"""The columns of the statement `chain`."""

_write = canonical_writer(WORDS)
_moment = lru_cache(4096)(iso_moment)  # a whole batch has one


class Verification(NamedTuple):
    """What a walk along the chain found; `broken` is the first entry that does not fit."""

    entries: int
    head: str | None
    broken: int | None = None
    reason: str | None = None


def digest(previous: bytes, words: Mapping[str, object]) -> bytes:
    """Return an entry's digest, from its words."""
    return sha256(previous + _write(words).encode()).digest()


def verify(connection: Connection) -> Verification:
    """Walk the whole chain and stop at the first entry that does not fit."""
    previous, held, moment = GENESIS, 0, None
    try:
        for row in connection.stream("chain"):
            if row[0] != held + 1:
                return Verification(held, None, held + 1, "it is missing")
            if digest(previous, words_of(row)) != row[-1]:
                return Verification(held, None, held + 1, "its digest does not fit")
            if moment and row[RECORDED_AT] < moment:
                # It would count in reports known by earlier moments, and their head not show it.
                return Verification(held, None, held + 1, BACKDATED)
            previous, held, moment = bytes(row[-1]), held + 1, row[RECORDED_AT]
    except UNREADABLE:
        return Verification(held, None, held + 1, "it cannot be read")
    return Verification(held, previous.hex() if held else None)


def words_of(row: tuple[Any, ...]) -> dict[str, Any]:
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

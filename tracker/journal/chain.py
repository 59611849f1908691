"""The chain of digests: SHA-256 over the digest before and the entry's canonical JSON."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from tracker.database import Connection
from tracker.dates import Period, iso_moment
from tracker.errors import BookDamaged
from tracker.journal.encoding import canonical_encoder
from tracker.vocabulary import Precision

GENESIS = bytes(32)
"""What the first entry follows."""

WORDS = (
    "entry", "kind", "agreement", "concession", "deadline", "effective_on", "recorded_at",
    "author", "says", "stage", "value", "unit", "counted_by", "basis", "flow", "due_on",
    "outcome", "source", "note", "retracts", "batch", "import_key",
)  # fmt: skip
"""The keys of an entry's canonical JSON: slugs, keys and the journal's own numbers."""

UNREADABLE = (ValueError, TypeError, ArithmeticError, BookDamaged)
"""What comes of a day, a number or a text that no program of ours wrote."""

_encode = canonical_encoder(sort_keys=True)
_moment = lru_cache(4096)(iso_moment)  # a whole batch has one


class Verification(NamedTuple):
    """What a walk along the chain found; `broken` is the first entry that does not fit."""

    entries: int
    head: str | None
    broken: int | None = None
    reason: str | None = None


def digest(previous: bytes, words: Mapping[str, object]) -> bytes:
    """Return an entry's digest, from its words that are not None."""
    return sha256(previous + _encode(words).encode()).digest()


def verify(connection: Connection) -> Verification:
    """Walk the whole chain and stop at the first entry that does not fit."""
    previous, held = GENESIS, 0
    try:
        for row in connection.stream("chain"):
            if row[0] != held + 1:
                return Verification(held, None, held + 1, "it is missing")
            if digest(previous, words_of(row)) != row[-1]:
                return Verification(held, None, held + 1, "its digest does not fit")
            previous, held = bytes(row[-1]), held + 1
    except UNREADABLE:
        return Verification(held, None, held + 1, "it cannot be read")
    return Verification(held, previous.hex() if held else None)


def words_of(row: tuple[object, ...]) -> dict[str, object]:
    """Return a row of the statement `chain` in the words of the chain, those that it has."""
    *plain, due_on, precision, outcome, source, note, retracts, batch, import_key, _ = row
    if due_on is not None:
        due_on = str(Period(due_on, Precision(precision)))  # type: ignore[arg-type]
    if isinstance(import_key, (bytes, memoryview)):
        import_key = bytes(import_key).hex()
    values = (*plain, due_on, outcome, source, note, retracts, batch, import_key)
    words = {key: value for key, value in zip(WORDS, values, strict=True) if value is not None}
    words["effective_on"] = str(words["effective_on"])
    words["recorded_at"] = _moment(words["recorded_at"])
    if "value" in words:
        words["value"] = format(words["value"], "f")
    return words

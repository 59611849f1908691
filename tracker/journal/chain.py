"""The chain of digests: SHA-256 over the previous digest and the canonical JSON of an entry.

The canonical JSON is that of RFC 8785: sorted keys, minimal escapes, no whitespace; absent fields
are left out. Quantities and days are text, so that no number loses a digit.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any

from tracker.database import Connection, Row
from tracker.dates import as_given, iso_moment
from tracker.journal.hashes import sha256

GENESIS = bytes(32)
"""The digest before the first entry."""

FIRST, LAST = -(2**63), 2**63 - 1
"""The lowest and highest numbers possible: an intruder may have put an entry before the first."""

WORDS = (
    "entry", "batch", "kind", "subject", "effective_on", "public_on", "says", "source", "note",
    "stage", "value", "unit", "counted_by", "basis", "flow", "due_on", "outcome", "refers_to",
    "key", "nth", "origin",
)  # fmt: skip
"""The keys of an entry's canonical JSON, except `concession`, `declares` and `text`."""

COLUMNS = (*WORDS, "due_on_precision", "effective_on_precision", "concession", "digest")
"""The columns of the statement `chain`."""

BATCH = (
    "batch", "command", "author", "recorded_at", "utc_offset", "first_entry", "origin",
    "origin_at", "merged_by",
)  # fmt: skip
"""The keys of a batch's canonical JSON."""

quoted: Callable[[str], str] = encode_basestring
"""Writes the canonical JSON of a text."""

canonical = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
"""Writes canonical JSON, if all values are text, whole numbers, flags, or lists of these."""


def digest(previous: bytes, words: Mapping[str, object]) -> bytes:
    """Return the digest of an entry, or the seal of a batch; words that are None are left out."""
    held = {key: value for key, value in words.items() if value is not None}
    return sha256(previous + canonical(held).encode()).digest()


def links(connection: Connection, first: int = FIRST, last: int = LAST) -> Iterator[Row]:
    """Yield the journal's rows from one entry to another, as `words_of` reads them."""
    return connection.stream("chain", first=first, last=last)


def words_of(row: Row) -> dict[str, Any]:
    """Return a row of the statement `chain`, without its last column, as the words of the chain.

    SQLite stores the canonical text; other databases' values are reformatted.
    """
    words = dict(zip(COLUMNS, row, strict=True))
    exact = words.pop("effective_on_precision") or "day"
    words["effective_on"] = as_given(str(words["effective_on"]), exact)
    if words["public_on"] is not None:
        words["public_on"] = str(words["public_on"])
    if words["value"].__class__ is Decimal:
        words["value"] = format(words["value"], "f")
    if words["flow"] is not None:
        words["flow"] = bool(words["flow"])
    precision = words.pop("due_on_precision")
    if words["due_on"] is not None:
        words["due_on"] = as_given(str(words["due_on"]), precision)
    words["key"] = bytes(words["key"]).hex()
    del words["digest"]
    return words


def batch_words(row: Row) -> dict[str, Any]:
    """Return a row of the statement `batches` as the words of its seal."""
    words = dict(zip(BATCH, row, strict=False))
    for moment in ("recorded_at", "origin_at"):
        if isinstance(words[moment], datetime):
            words[moment] = iso_moment(words[moment])
    return words

"""The chain of digests: SHA-256 over the previous digest and the canonical JSON of an entry.

It is verified up to the first entry that does not fit, and compared with what a page once printed.
The canonical JSON is that of RFC 8785: sorted keys, minimal escapes, no whitespace; absent fields
are left out. Quantities and days are text, so that no number loses a digit.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from json import JSONEncoder
from typing import Any, NamedTuple

from tracker.database import Connection, Row
from tracker.dates import as_given, iso_moment
from tracker.errors import BookDamaged
from tracker.facts import LATEST
from tracker.journal.hashes import sha256
from tracker.journal.versions import more_between

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


class Verification(NamedTuple):
    """The result of verifying the chain; `broken` is the first entry that does not fit."""

    entries: int
    head: str | None
    broken: int | None = None
    reason: str | None = None


UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, BookDamaged)
"""What a day, a number or a text can raise that this program did not write."""


def verify(connection: Connection) -> Verification:
    """Verify the whole chain, up to the first entry that does not fit."""
    walked = _walked(connection, LAST)
    if walked is not None:
        return walked
    # Something cannot be read: find the entry from which on a walk fails.
    ((total,),) = connection.rows("entry_count")
    entry = bisect_left(range(total + 1), True, key=lambda last: _walked(connection, last) is None)
    before = _walked(connection, entry - 1) if entry else None
    if before is not None and before.broken is not None:
        return before
    return _broken(max(entry, 1), "it cannot be read")


def _walked(connection: Connection, last: int) -> Verification | None:
    """Return the result of a walk up to an entry; None if something there cannot be read."""
    try:
        with connection.reading():
            return _walk(connection, last)
    except UNREADABLE:
        return None


def _broken(entry: int, reason: str) -> Verification:
    return Verification(entry - 1, None, entry, reason)


def _walk(connection: Connection, last: int) -> Verification:
    """Follow the chain up to an entry; only at the very end, the last batch must be sealed."""
    batches = {row[5]: row for row in connection.rows("batches", first=FIRST, last=last)}
    more = more_between(connection, FIRST, last)
    if min((*batches, *more), default=1) < 1:
        return _broken(1, "a row before it belongs to no entry")
    held, previous, batch = 0, GENESIS, None
    for row in links(connection, FIRST, last):
        entry = held + 1
        if row[0] != entry:
            return _broken(entry, "it is missing")
        if entry in batches:
            begun = batches.pop(entry)
            if reason := _misplaced(begun, batch, previous):
                return _broken(entry, reason)
            previous = bytes(batch[-1]) if batch else GENESIS
            batch = begun
        words = words_of(row) | more.pop(entry, {})
        if batch is None or words["batch"] != batch[0]:
            return _broken(entry, "it is in no batch")
        if digest(previous, words) != row[-1]:
            return _broken(entry, "its digest does not fit")
        held, previous = entry, bytes(row[-1])
    if batches or more:
        return _broken(held + 1, "it is missing")
    if last == LAST and batch and not _is_sealed(batch, previous):
        return _broken(held, f"the seal of batch {batch[0]} does not fit")
    return Verification(held, bytes(batch[-1]).hex() if batch else None)


def _misplaced(batch: Row, before: Row | None, last: bytes) -> str | None:
    """Return why a batch cannot follow the one before it, which ended with a digest."""
    if before and not _is_sealed(before, last):
        return f"the seal of batch {before[0]} before it does not fit"
    if batch[0] != (before[0] if before else 0) + 1:
        return "its batch is not the next one"
    if before and batch[3] < before[3]:
        return "its moment is before that of the batch before it"
    return None


def _is_sealed(batch: Row, last: bytes) -> bool:
    return digest(last, batch_words(batch)) == bytes(batch[-1])


MARK = re.compile(r"#?([1-9][0-9]{0,9})(?::| entries · head )([0-9a-f]{7,64})")


class Mark(NamedTuple):
    """The number of entries and the head that the last line of a page prints."""

    entry: int
    head: str

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """Parse `88:9f3c2d410b7e`, or a report's last line; return None for anything else."""
        found = MARK.fullmatch(text.strip().lower())
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{self.entry}:{self.head}"


def difference(connection: Connection, mark: Mark) -> str | None:
    """Return how the beginning of an intact book differs from a mark, or None if it does not."""
    rows = connection.rows("known", known=min(mark.entry, LATEST))
    last = int(rows[0][0]) if rows else 0
    if last < mark.entry:
        return f"it has only {last} entries"
    if last > mark.entry:
        return f"entry {mark.entry} is not the last of its batch, which ends at entry {last}"
    seal = bytes(rows[0][1]).hex()
    if not seal.startswith(mark.head):
        return f"its head at entry {mark.entry} is {seal[: max(len(mark.head), 12)]}"
    return None

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

from tracker.database import Connection, Row, contents
from tracker.dates import as_given, iso_moment
from tracker.errors import Unavailable
from tracker.journal.hashes import sha256
from tracker.journal.versions import Slugs, more_between
from tracker.known_by import held_by
from tracker.vocabulary import EntryKind, Namespace

GENESIS = bytes(32)
"""The digest before the first entry."""

FIRST, LAST = -(2**63), 2**63 - 1
"""The lowest and highest numbers possible: an intruder may have put an entry before the first."""

SPAN = 10_000
"""How many entries are read at a time."""

WORDS = (
    "entry", "batch", "kind", "subject", "effective_on", "public_on", "says", "note",
    "headline", "stage", "value", "base", "unit", "counted_by", "basis", "flow", "due_on",
    "outcome", "refers_to", "key", "nth", "origin",
)  # fmt: skip
"""The keys of an entry's canonical JSON, except `concession` and what `more_between` adds."""

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


class Span(NamedTuple):
    """What a book stores of some entries that follow each other."""

    rows: list[Row]
    """The rows of the journal, which `Stored.words` reads."""
    batches: dict[int, dict[str, Any]]
    """The words of each batch that begins there, and its seal, by its first entry."""
    more: dict[int, dict[str, Any]]
    """What other tables hold of an entry: its sources, what it declares, or its text."""


class Stored:
    """The journal of a book as it is stored: nothing but the chain shows whether it is sound."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._slugs = Slugs(connection)

    def span(self, first: int, last: int) -> Span:
        """Return what is stored of the entries from one to another."""
        rows = self._connection.text(
            f"SELECT {', '.join(COLUMNS)} FROM entry WHERE id BETWEEN {first} AND {last}"
            " ORDER BY id"
        )
        begun = {words["first_entry"]: words for words in batches(self._connection, first, last)}
        return Span(rows, begun, more_between(self._connection, self._slugs, first, last))

    def words(self, row: Row) -> dict[str, Any]:
        """Return a row of the journal as the words of the chain.

        SQLite stores the canonical text; other databases' values are reformatted.
        """
        held: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        wide = ANYTHING.get(held["kind"], (Namespace.SUBJECT,))
        held["entry"] = held["id"]
        held["subject"] = self._slugs.of(held["subject_id"], *wide)
        held["concession"] = self._slugs.of(held["concession_id"], Namespace.SUBJECT)
        held["says"] = self._slugs.of(held["says_id"], Namespace.PARTY)
        exact = held["effective_on_precision"] or "day"
        held["effective_on"] = as_given(str(held["effective_on"]), exact)
        if held["public_on"] is not None:
            held["public_on"] = str(held["public_on"])
        for quantity in ("value", "base"):
            if held[quantity].__class__ is Decimal:
                held[quantity] = format(held[quantity], "f")
        for flag in ("flow", "headline"):
            if held[flag] is not None:
                held[flag] = bool(held[flag])
        if held["due_on"] is not None:
            held["due_on"] = as_given(str(held["due_on"]), held["due_on_precision"])
        held["key"] = bytes(held["key"]).hex()
        return {word: held[word] for word in (*WORDS, "concession")}


COLUMNS = (*contents.COLUMNS["entry"].split(), "digest")
"""The columns of an entry."""

ANYTHING = {
    **dict.fromkeys((EntryKind.DECLARATION, EntryKind.RETRACTION), (*Namespace,)),
    EntryKind.TEXT: (Namespace.SUBJECT, Namespace.SOURCE),
}
"""What an entry of a kind can be about, if not only agreements, concessions and deadlines."""


def batches(
    connection: Connection, first: int = FIRST, last: int = LAST
) -> Iterator[dict[str, Any]]:
    """Yield the batches that begin in a span of entries: the words of their seals, and these."""
    rows = connection.text(
        f"SELECT id, {', '.join(BATCH[1:])}, seal FROM batch"
        f" WHERE first_entry BETWEEN {first} AND {last} ORDER BY first_entry"
    )
    for row in rows:
        words = dict(zip((*BATCH, "seal"), row, strict=True))
        for moment in ("recorded_at", "origin_at"):
            if isinstance(words[moment], datetime):
                words[moment] = iso_moment(words[moment])
        yield words | {"seal": bytes(words["seal"])}


class Verification(NamedTuple):
    """The result of verifying the chain; `broken` is the first entry that does not fit."""

    entries: int
    head: str | None
    broken: int | None = None
    reason: str | None = None


UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError)
"""What a day, a number or a text can raise that this program did not write."""


def verify(connection: Connection) -> Verification:
    """Verify the whole chain, up to the first entry that does not fit."""
    walked = _walked(connection, LAST)
    if walked is not None:
        return walked
    # Something cannot be read: find the entry from which on a walk fails.
    total = count(connection)
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
    except Unavailable as error:
        if error.problem != "book damaged":
            raise
        return None


def _broken(entry: int, reason: str) -> Verification:
    return Verification(entry - 1, None, entry, reason)


def count(connection: Connection) -> int:
    """Return how many entries a book holds."""
    ((entries,),) = connection.text("SELECT COUNT(*) FROM entry")
    return int(entries)


def _walk(connection: Connection, last: int) -> Verification:
    """Follow the chain up to an entry; only at the very end, the last batch must be sealed."""
    stored, walked = Stored(connection), _Walked()
    for span in (stored.span(*ends) for ends in _ends(connection, last)):
        if min((*span.batches, *span.more), default=1) < 1:
            return _broken(1, "a row before it belongs to no entry")
        for row in span.rows:
            if reason := walked.step(stored, span, row):
                return _broken(walked.held + 1, reason)
        if span.batches or span.more:
            return _broken(walked.held + 1, "it is missing")
    batch = walked.batch
    if last == LAST and batch and not _is_sealed(batch, walked.previous):
        return _broken(walked.held, f"the seal of batch {batch['batch']} does not fit")
    return Verification(walked.held, batch["seal"].hex() if batch else None)


class _Walked:
    """The part of the chain that fits: how many entries, the last digest, and the batch."""

    def __init__(self) -> None:
        self.held = 0
        self.previous = GENESIS
        self.batch: dict[str, Any] | None = None

    def step(self, stored: Stored, span: Span, row: Row) -> str | None:
        """Take in the next entry; return why it does not fit, if it does not."""
        entry, batch = self.held + 1, self.batch
        if row[0] != entry:
            return "it is missing"
        if begun := span.batches.pop(entry, None):
            if reason := _misplaced(begun, batch, self.previous):
                return reason
            self.previous = batch["seal"] if batch else GENESIS
            self.batch = batch = begun
        words = stored.words(row) | span.more.pop(entry, {})
        if batch is None or words["batch"] != batch["batch"]:
            return "it is in no batch"
        if digest(self.previous, words) != row[-1]:
            return "its digest does not fit"
        self.held, self.previous = entry, bytes(row[-1])
        return None


def _ends(connection: Connection, last: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last entry of each span up to an entry.

    The first span also holds what was put before all entries, and the last one what is beyond.
    """
    firsts = [FIRST, *range(SPAN + 1, min(count(connection), last) + 1, SPAN)]
    yield from zip(firsts, [*(first - 1 for first in firsts[1:]), last], strict=True)


def _misplaced(
    batch: Mapping[str, Any], before: Mapping[str, Any] | None, last: bytes
) -> str | None:
    """Return why a batch cannot follow the one before it, which ended with a digest."""
    if before and not _is_sealed(before, last):
        return f"the seal of batch {before['batch']} before it does not fit"
    if batch["batch"] != (before["batch"] if before else 0) + 1:
        return "its batch is not the next one"
    if before and batch["recorded_at"] < before["recorded_at"]:
        return "its moment is before that of the batch before it"
    return None


def _is_sealed(batch: Mapping[str, Any], last: bytes) -> bool:
    return digest(last, {word: batch[word] for word in BATCH}) == bytes(batch["seal"])


MARK = re.compile(r"(?:[0-9-]{10})?#?([1-9][0-9]{0,9})(?::| .*· head )([0-9a-f]{7,64})")


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
    last, head, _ = held_by(connection, mark.entry)
    if last < mark.entry:
        return f"it has only {last} entries"
    if last > mark.entry:
        return f"entry {mark.entry} is not the last of its batch, which ends at entry {last}"
    if head is None or not head.startswith(mark.head):
        return f"its head at entry {mark.entry} is {(head or '')[: max(len(mark.head), 12)]}"
    return None

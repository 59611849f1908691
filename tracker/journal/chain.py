"""The chain of digests: SHA-256 over the previous digest and the canonical JSON of an entry.

It is verified up to the first entry that does not fit.
The canonical JSON is that of RFC 8785: sorted keys, minimal escapes, no whitespace; absent fields
are left out. Quantities and days are text, so that no number loses a digit.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tracker.database import Connection, Row, contents
from tracker.dates import iso_moment
from tracker.errors import Unavailable
from tracker.journal.batch import (
    BATCH,
    COLUMNS,
    GENESIS,
    EntryRow,
    digest,
    is_too_early,
    words_of_row,
)
from tracker.record import fingerprint_of
from tracker.things import REFERENCES, values_of, words_of
from tracker.vocabulary import EntryKind, Namespace, ThingKind

FIRST, LAST = -(2**63), 2**63 - 1
"""The lowest and highest numbers possible: an intruder may have put an entry before the first."""

SPAN = 10_000
"""How many entries are read at a time."""


UNFIT = {"what": "none"}
"""Stands for what belongs to the wrong thing or to no entry, and for an entry's second version."""


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
        self.connection = connection
        self._things: dict[int | None, tuple[str | None, str | None]] = {None: (None, None)}

    def span(self, first: int, last: int) -> Span:
        """Return what is stored of the entries from one to another."""
        rows = self.connection.text(
            f"SELECT {', '.join(COLUMNS)} FROM entry WHERE id BETWEEN {first} AND {last}"
            " ORDER BY id"
        )
        begun = {words["first_entry"]: words for words in batches(self.connection, first, last)}
        return Span(rows, begun, self._more(first, last, {row[0]: row[3] for row in rows}))

    def words(self, row: Row) -> dict[str, Any]:
        """Return a row of the journal as the words of the chain."""
        held: Any = EntryRow._make(row)
        wide = ANYTHING.get(held.kind, (Namespace.SUBJECT,))
        return words_of_row(
            held,
            self._slug(held.subject_id, *wide),
            self._slug(held.concession_id, Namespace.SUBJECT),
            self._slug(held.says_id, Namespace.PARTY),
        )

    def _more(self, first: int, last: int, about: Mapping[int, int]) -> dict[int, dict[str, Any]]:
        """Return what entries hold in other tables, in the words of the chain.

        These are what they declare, their sources, or a text; `about` has their things.
        """

        def held_in(table: str) -> list[Any]:
            condition = f"entry_id BETWEEN {first} AND {last}"
            return contents.rows(self.connection, table, condition)

        found = defaultdict[int, dict[str, Any]](lambda: {"declares": {**UNFIT}})
        for what in ThingKind:
            for row in held_in(what):
                fits = (
                    about.get(row.entry_id) == row.thing_id
                    and self._slug(row.thing_id, what.namespace)
                    and row.entry_id not in found
                )
                words = words_of(what, values_of(what, row, self._named)) if fits else {**UNFIT}
                found[row.entry_id] = {"declares": words}
        for row in held_in("concession_party"):
            party = self._slug(row.party_id, Namespace.PARTY)
            found[row.entry_id]["declares"].setdefault(row.role, []).append(party)
        for row in held_in("exchange"):
            other = self._slug(row.in_return_for_id, Namespace.SUBJECT)
            found[row.entry_id]["declares"].setdefault("in_return_for", []).append(other)
        for held in found.values():
            held["declares"].get("in_return_for", []).sort()
        for row in held_in("source_text"):
            is_own = about.get(row.entry_id) == row.thing_id
            source = self._slug(row.thing_id, Namespace.SOURCE) if is_own else None
            text = fingerprint_of(row)._asdict() if source else UNFIT
            found.setdefault(row.entry_id, {})["text"] = text
        for row in held_in("entry_source"):
            sources = found.setdefault(row.entry_id, {}).setdefault("source", [])
            is_next = row.place == len(sources) + 1
            sources.append(self._slug(row.source_id, Namespace.SOURCE) if is_next else None)
        return {**found}

    def _slug(self, number: int | None, *namespaces: str) -> str | None:
        """Return the slug of a thing, if it is in one of these namespaces."""
        if number not in self._things:  # it may have been declared meanwhile
            rows = self.connection.query("SELECT id, namespace, slug FROM thing")
            self._things |= {thing: (namespace, slug) for thing, namespace, slug in rows}
        namespace, slug = self._things.get(number, (None, None))
        return slug if namespace in namespaces else None

    def _named(self, field: str, number: int) -> str | None:
        """Return the slug of a thing that a version names in a field."""
        return self._slug(number, REFERENCES[field].namespace)


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


UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, Unavailable)
"""What a damaged page can raise, and a day, a number or a text that this program did not write."""


def verify(connection: Connection) -> Verification:
    """Verify the whole chain, up to the first entry that does not fit."""
    entries, head = 0, None
    try:
        for what, words in follow(connection):
            if what == "entry":
                entries = words["entry"]
            else:
                head = words["seal"]
    except Unavailable as error:
        if error.problem != "chain broken":
            raise
        return Verification(error.entry - 1, None, error.entry, error.why)
    return Verification(entries, head)


def follow(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the words of a book as long as its chain fits: entries, each batch after its own.

    Raise Unavailable at the first entry that does not fit. What is yielded is read in transactions
    that have ended by then, so that a slow reader blocks no writer.
    """
    stored = Stored(connection)
    walked = _Walked(stored)
    for first, last in _spans(count(connection)):
        for span in _read(stored, first, last):
            yield from walked.entries(span)
    yield from walked.sealed(walked.held)


def _spans(entries: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last entry of each span of a book.

    The first span also holds what was put before all entries, and the last one what is beyond.
    """
    firsts = [FIRST, *range(SPAN + 1, entries + 1, SPAN)]
    yield from zip(firsts, [*(first - 1 for first in firsts[1:]), LAST], strict=True)


def _read(stored: Stored, first: int, last: int) -> Iterator[Span]:
    """Yield a span, in halves if something in it cannot be read: which entry, is known at last."""
    try:
        with stored.connection.reading():
            span = stored.span(first, last)
    except UNREADABLE as error:
        if isinstance(error, Unavailable) and error.problem != "book damaged":
            raise
        if first == last or last < 1:
            raise _broken(stored, max(first, 1), "it cannot be read") from error
        middle = (first + last) // 2
        yield from _read(stored, first, middle)
        yield from _read(stored, middle + 1, last)
    else:
        yield span


def _broken(stored: Stored, entry: int, why: str) -> Unavailable:
    return Unavailable("chain broken", book=stored.connection.target, entry=entry, why=why)


def count(connection: Connection) -> int:
    """Return how many entries a book holds."""
    ((entries,),) = connection.text("SELECT COUNT(*) FROM entry")
    return int(entries)


class _Walked:
    """The part of the chain that fits: how many entries, the last digest, and the batch."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.held = 0
        self.previous = GENESIS
        self.batch: dict[str, Any] | None = None

    def entries(self, span: Span) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the entries of the next span, and what batches end in it."""
        if min((*span.batches, *span.more), default=1) < 1:
            raise _broken(self.stored, 1, "a row before it belongs to no entry")
        for row in span.rows:
            entry = self.held + 1
            if row[0] != entry:
                raise self._broken("it is missing")
            if begun := span.batches.pop(entry, None):
                yield from self.sealed(entry)
                self._begin(begun)
            words, fitting = self._digested(row, span.more.pop(entry, {}))
            if self.batch is None or words["batch"] != self.batch["batch"]:
                raise self._broken("it is in no batch")
            if fitting != row[-1]:
                raise self._broken("its digest does not fit")
            self.held, self.previous = entry, fitting
            yield "entry", words | {"digest": fitting.hex()}
        if span.batches or span.more:
            raise self._broken("it is missing")

    def _digested(self, row: Row, more: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return the words of the next entry, and the digest that fits it."""
        try:
            words = self.stored.words(row) | more
            return words, digest(self.previous, words)
        except UNREADABLE as error:
            raise self._broken("it cannot be read") from error

    def _broken(self, why: str) -> Unavailable:
        return _broken(self.stored, self.held + 1, why)

    def _begin(self, batch: dict[str, Any]) -> None:
        """Begin the next batch; refuse one that does not follow the last one."""
        last, number = self.batch, self.batch["batch"] if self.batch else 0
        if batch["batch"] != number + 1:
            raise self._broken("its batch is not the next one")
        if last and is_too_early(self.stored.connection, batch, last["recorded_at"]):
            raise self._broken("its moment is before that of the batch before it")
        self.batch = batch

    def sealed(self, noticed: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the batch that ended, whose seal the next one follows.

        A seal that does not fit is noticed at an entry: its own last one, or the next.
        """
        if self.batch is None:
            return
        if not _is_sealed(self.batch, self.previous):
            before = " before it" if noticed > self.held else ""
            why = f"the seal of batch {self.batch['batch']}{before} does not fit"
            raise _broken(self.stored, noticed, why)
        self.previous = self.batch["seal"]
        yield "batch", self.batch | {"seal": self.previous.hex()}


def _is_sealed(batch: Mapping[str, Any], last: bytes) -> bool:
    try:
        return digest(last, {word: batch[word] for word in BATCH}) == bytes(batch["seal"])
    except UNREADABLE:
        return False

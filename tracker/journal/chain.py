"""The chain of digests: SHA-256 over the previous digest and the canonical JSON of an entry.

It is verified up to the first entry that does not fit.
The canonical JSON is that of RFC 8785: sorted keys, minimal escapes, no whitespace; absent fields
are left out. Quantities and days are text, so that no number loses a digit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from itertools import chain, pairwise
from typing import Any, NamedTuple

from tracker.database import Connection, contents
from tracker.dates import iso_moment
from tracker.errors import Unavailable
from tracker.journal.batch import (
    BATCH,
    COLUMNS,
    GENESIS,
    StoredFields,
    digest,
    entry_of,
    moment_before,
    words_of,
)
from tracker.record import BookState, Record
from tracker.vocabulary import UNDATED, EntryKind, Namespace, ThingKind

FIRST, LAST = -(2**63), 2**63 - 1
"""The lowest and highest numbers possible: an intruder may have put an entry before the first."""
SPAN = 10_000
"""How many entries are read at a time."""
UNFIT = {"what": "none"}
"""Stands for what belongs to the wrong thing or to no entry, and for an entry's second version."""
UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, Unavailable)
"""What a damaged page can raise, and a day, a number or a text that this program did not write."""
ANYTHING = {
    **dict.fromkeys(UNDATED, (*Namespace,)),
    EntryKind.TEXT: (Namespace.SUBJECT, Namespace.SOURCE),
}
"""What an entry of a kind can be about, if not only agreements, concessions and deadlines."""
NUMBERS = {
    table: columns.split()[0]
    for table, columns in contents.COLUMNS.items()
    if table not in ("thing", "batch")
}
"""The tables that hold what entries say, each with its column of the entry's number."""
NAMESPACES = {
    **dict.fromkeys(("says_id", "party_id", "part_of_id"), Namespace.PARTY),
    **dict.fromkeys(
        ("agreement_id", "concession_id", "in_return_for_id"), Namespace.SUBJECT
    ),
    "source_id": Namespace.SOURCE,
}
"""In which namespace a column names a thing; of others that follows from the kind of entry."""
ORDER = (
    "entry",
    *(column.removesuffix("_id") for column in COLUMNS[1:-1]),
    "declares",
    "text",
    "source",
)
"""The words of an entry, in the order in which an export has them."""
THINGS = "SELECT id, namespace, slug FROM thing"


def verify(connection: Connection) -> BookState:
    """Return how much a book holds, and its head; raise Unavailable as `follow` does."""
    last: dict[str, StoredFields] = {"entry": {"entry": 0}, "batch": {"seal": None}}
    for what, words in follow(connection):
        last[what] = words
    return BookState(last["entry"]["entry"], last["batch"]["seal"])


def follow(connection: Connection) -> Iterator[tuple[str, StoredFields]]:
    """Yield the words of a book as long as its chain fits: entries, each batch after its own.

    Raise Unavailable at the first entry that does not fit. What is yielded is read in transactions
    that have ended by then, so that a slow reader blocks no writer.
    """
    walk = _Walk(connection)
    for first, last in _spans(connection):
        yield from walk.span(first, last)
    yield from walk.sealed()


def _spans(connection: Connection) -> list[tuple[int, int]]:
    """Return the first and last entries of what is read at a time.

    The first span also holds what was put before all entries, and the last one what is beyond.
    """
    ((entries,),) = connection.text("SELECT COUNT(*) FROM entry")
    starts = [FIRST, *range(SPAN + 1, entries + 1, SPAN), LAST + 1]
    return [(first, following - 1) for first, following in pairwise(starts)]


def salvage(connection: Connection) -> Iterator[tuple[str, StoredFields]]:
    """Yield the words of all that can be read of a book, whether or not its chain fits.

    Entries have the digest, and batches the seal, that is stored. What is missing or cannot be read
    is `lost`: the numbers of its first and last entry, and why.
    """
    walk = _Walk(connection)
    next_entry = 1
    batch: StoredFields | None = None
    spans = (walk.parts(first, last) for first, last in _spans(connection))
    for part in chain.from_iterable(spans):
        begun = dict(part.begun)
        entries = part.entries
        if part.error is not None:
            begun = walk.readable_batch(part.first)
            entries = [({"entry": part.first}, None)]
        for words, proof in entries:
            number = words["entry"]
            for first in sorted(first for first in begun if first <= number):
                yield from _written(batch)
                batch = begun.pop(first)
            if number > next_entry:
                yield _lost(next_entry, number - 1, "it is missing")
            next_entry = number + 1
            if part.error is None and _can_be_written(words):
                digest_held = proof.hex() if isinstance(proof, bytes) else None
                yield "entry", words | {"digest": digest_held}
            elif number > 0:
                yield _lost(number, number, "it cannot be read")
    yield from _written(batch)


def _lost(first: int, last: int, reason: str) -> tuple[str, StoredFields]:
    return "lost", {"first": first, "last": last, "reason": reason}


def _written(batch: StoredFields | None) -> Iterator[tuple[str, StoredFields]]:
    """Yield a batch that has ended, if it can be written."""
    if batch is None:
        return
    words = batch | {"seal": batch["seal"].hex()}
    if _can_be_written(words):
        yield "batch", words


def _can_be_written(words: StoredFields) -> bool:
    """Return whether words are such that JSON can hold them: a hand may have put any there."""
    try:
        digest(GENESIS, words)
    except UNREADABLE:
        return False
    return True


class _Part(NamedTuple):
    """What is stored of the entries from one to another, or why the only one cannot be read."""

    first: int
    entries: list[tuple[StoredFields, object]]
    """The words of each entry, and its digest."""
    begun: dict[int, StoredFields]
    """The batches that begin there, by their first entry."""
    strays: Iterable[int]
    """The entries that only other tables name."""
    error: Exception | None = None


class _Walk:
    """The part of the chain that fits: how many entries, the last digest, and the batch.

    All of the book is read as it is stored: nothing but the chain shows whether it is sound.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.held = 0
        self.previous = GENESIS
        self.batch: StoredFields | None = None
        self._things: dict[int, Any] = {}

    def span(self, first: int, last: int) -> Iterator[tuple[str, StoredFields]]:
        """Yield what fits of the entries from one to another, and what batches end there."""
        for part in self.parts(first, last):
            if part.error is not None:
                raise self._broken(
                    "it cannot be read", max(part.first, 1)
                ) from part.error
            if min((*part.begun, *part.strays), default=1) < 1:
                raise self._broken("a row before it belongs to no entry", 1)
            for words, proof in part.entries:
                yield from self._entry(words, proof, part.begun.pop(self.held + 1, None))
            if part.begun or part.strays:
                raise self._broken("it is missing")

    def parts(self, first: int, last: int) -> Iterator["_Part"]:
        """Yield what is stored of the entries from one to another.

        If something cannot be read, it is read in halves: so the entry is known at last.
        """
        try:
            with self.connection.reading():
                part = self._read(first, last)
        except UNREADABLE as error:
            if isinstance(error, Unavailable) and error.problem != "book damaged":
                raise
            if first == last or last < 1:
                yield _Part(first, [], {}, (), error)
                return
        else:
            yield part
            return
        # Not in the handler: the error holds all that was read, and the halves are read again.
        middle = (first + last) // 2
        yield from self.parts(first, middle)
        yield from self.parts(middle + 1, last)

    def _entry(
        self, words: StoredFields, proof: object, begun: StoredFields | None
    ) -> Iterator[tuple[str, StoredFields]]:
        """Yield the next entry and, if it begins a batch, first the batch that ended."""
        number = self.held + 1
        if words["entry"] != number:
            raise self._broken("it is missing")
        if begun:
            yield from self.sealed()
            self._begin(begun)
        if self.batch is None or words["batch"] != self.batch["batch"]:
            raise self._broken("it is in no batch")
        try:
            fitting = digest(self.previous, words)
        except UNREADABLE as error:
            raise self._broken("it cannot be read") from error
        if fitting != proof:
            raise self._broken("its digest does not fit")
        if "declares" in words and not _is_valid(words):
            raise self._broken("what it declares is not valid")
        self.held = number
        self.previous = fitting
        yield "entry", words | {"digest": fitting.hex()}

    def _begin(self, batch: StoredFields) -> None:
        """Begin the next batch; refuse one that does not follow the last one."""
        last = self.batch
        number = self.batch["batch"] if self.batch else 0
        if batch["batch"] != number + 1:
            raise self._broken("its batch is not the next one")
        if last and batch["recorded_at"] < last["recorded_at"]:
            after = moment_before(self.connection, batch["batch"])
            if after is not None and batch["recorded_at"] < iso_moment(after):
                raise self._broken("its moment is before that of the batch before it")
        self.batch = batch

    def sealed(self) -> Iterator[tuple[str, StoredFields]]:
        """Yield the batch that ended, whose seal the next one follows."""
        if self.batch is None:
            return
        seal = self.batch["seal"]
        words = {word: self.batch[word] for word in BATCH}
        try:
            fits = digest(self.previous, words) == seal
        except UNREADABLE:
            fits = False
        if not fits:
            raise self._broken(
                f"the seal of batch {self.batch['batch']} does not fit", self.held
            )
        try:
            for moment in (words["recorded_at"], words["origin_at"]):
                if moment:
                    datetime.fromisoformat(moment) + timedelta(
                        minutes=words["utc_offset"]
                    )
        except UNREADABLE as error:
            why = "its batch has a moment on no day of the calendar"
            raise self._broken(why, self.held) from error
        self.previous = seal
        yield "batch", self.batch | {"seal": seal.hex()}

    def _broken(self, why: str, entry: int | None = None) -> Unavailable:
        """Return the refusal of the chain at an entry; by default, the next one."""
        book = self.connection.target
        entry = self.held + 1 if entry is None else entry
        reason = f"the chain breaks at entry {entry}: {why}"
        return Unavailable("book damaged", book=book, reason=reason, entry=entry)

    # --- what is stored -----------------------------------------------------------------------

    def _read(self, first: int, last: int) -> "_Part":
        """Return what is stored of the entries from one to another."""
        within = f"BETWEEN {first} AND {last}"
        tables = {
            table: contents.rows(self.connection, table, f"{number} {within}")
            for table, number in NUMBERS.items()
        }
        self._look_up(contents.things_in(tables))
        named = {
            getattr(row, NUMBERS[table]) for table in tables for row in tables[table]
        }
        things = [*self._things.values()]
        record = Record({**tables, "thing": things, "batch": []}, self.connection.target)
        misfits = {*self._misfits(record)}
        entries = []
        sql = f"SELECT id, nth, digest FROM entry WHERE id {within} ORDER BY id"
        for number, nth, proof in self.connection.text(sql):
            row = record.rows[number]
            concession = record.slugs.get(row.concession_id)
            said = record.said_again(number)._replace(key=row.key, origin=row.origin)
            words = words_of(said, concession)
            words |= {"entry": number, "batch": row.batch, "nth": nth}
            if number in misfits:
                words["declares"] = UNFIT
            entries.append(
                (
                    {word: words[word] for word in ORDER if words.get(word) is not None},
                    proof,
                )
            )
        return _Part(first, entries, self.begun(within), named - record.rows.keys())

    def begun(self, within: str) -> dict[int, StoredFields]:
        """Return the batches that begin with some entries, by their first entry."""
        sql = f"SELECT id, {', '.join(BATCH[1:])}, seal FROM batch WHERE first_entry {within}"
        begun = {}
        for row in self.connection.text(sql):
            words: StoredFields = dict(zip((*BATCH, "seal"), row, strict=True))
            for moment in ("recorded_at", "origin_at"):
                if isinstance(words[moment], datetime):
                    words[moment] = iso_moment(words[moment])
            begun[words["first_entry"]] = words | {
                "seal": memoryview(words["seal"]).tobytes()
            }
        return begun

    def readable_batch(self, first: int) -> dict[int, StoredFields]:
        """Return the batch that begins with an entry, by its number, if there is one to be read."""
        try:
            return self.begun(f"= {first}")
        except UNREADABLE:
            return {}

    def _look_up(self, numbers: Set[int]) -> None:
        """Look up all things unless these are known: they may have been declared meanwhile."""
        if not numbers <= self._things.keys():
            rows = self.connection.query(THINGS, contents.ROWS["thing"]._make)
            self._things = {row.id: row for row in rows}

    def _misfits(self, record: Record) -> Iterator[int]:
        """Yield the entries with a row that is not theirs, or names a thing of another kind."""
        seen = Counter[tuple[str, int]]()
        for table, number in NUMBERS.items():
            for row in record.tables[table]:
                entry = record.rows.get(getattr(row, number))
                if entry is not None and not self._is_fit(table, row, entry, seen):
                    yield entry.id

    def _is_fit(
        self, table: str, row: Any, entry: Any, seen: Counter[tuple[str, int]]
    ) -> bool:
        """Return whether a row is its entry's; `seen` counts the rows before it."""
        for column, namespace in NAMESPACES.items():
            thing = getattr(row, column, None)
            if thing is not None and self._things[thing].namespace != namespace:
                return False
        if table == "entry":
            allowed = ANYTHING.get(entry.kind, (Namespace.SUBJECT,))
            return self._things[entry.subject_id].namespace in allowed
        if table == "entry_source":
            seen[table, entry.id] += 1
            return bool(row.place == seen[table, entry.id])
        if table in ("concession_party", "exchange"):
            return bool(entry.kind == EntryKind.DECLARATION)
        kind = EntryKind.DECLARATION
        namespace = ThingKind.SOURCE.namespace
        if table == "source_text":
            kind = EntryKind.TEXT
        else:
            namespace = ThingKind(table).namespace
        seen["thing", entry.id] += 1
        is_own = entry.kind == kind and row.thing_id == entry.subject_id
        is_only = seen["thing", entry.id] == 1
        return is_own and is_only and self._things[row.thing_id].namespace == namespace


def _is_valid(declaration: StoredFields) -> bool:
    """Return whether a declaration has the fields of its kind, each as this program writes it."""
    try:
        entry_of(declaration)
    except UNREADABLE:
        return False
    return True

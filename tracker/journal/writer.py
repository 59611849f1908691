"""Appends entries to the journal under the write lock: numbers, digests, and the batch's seal."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from tracker.database import Connection
from tracker.dates import iso_moment
from tracker.entry import Entry, Subject
from tracker.errors import BadInput, Refused
from tracker.journal.batch import BATCH, GENESIS, Batch, EntryRow, moment_before
from tracker.journal.names import Names
from tracker.things import SIDES, Words, row_of
from tracker.vocabulary import Command, Media, Namespace, ThingKind

Clock = Callable[[], datetime]

Held = tuple[int, int, str | None]
"""An entry that says the same: its number, its nth, and what retracted it, if anything."""

PATIENCE = timedelta(days=1)
"""How far a clock may be behind the last batch."""
WORD_BYTES = 1_000
"""The longest author, unit or counter: PostgreSQL's indexes hold two of these and little more."""
TEXT_BYTES = 200_000
"""The longest note or reason: as a cell of CSV, escapes included, it can be imported again."""


SOURCE_COLUMNS = ("entry_id", "place", "source_id")
"""The columns of the sources of entries."""
KEYS_AT_ONCE = 500
"""How many keys are looked up with one statement."""
HELD = """
SELECT e.key, e.id, e.nth, (
    SELECT MIN(CASE WHEN b.command = 'undo' THEN 'undo' ELSE 'import' END)
    FROM retracted AS r
    JOIN entry AS x ON x.id = r.from_id
    LEFT JOIN batch AS b ON b.id = x.batch
    WHERE r.entry_id = e.id
)
FROM entry AS e
WHERE e.key IN ({})
ORDER BY e.id
"""
"""The entries with some keys and how each was retracted, if it was: by undos alone, or not."""


class Writer:
    """Writes in a book, for one author, on one day.

    If `now` is a clock, it is read when a batch is sealed: reports made while the batch was being
    written did not include it. The caller holds `connection.writing()` around every use, which
    decides what is one command and whether it is committed.
    """

    def __init__(
        self, connection: Connection, author: str, today: date, now: datetime | Clock
    ) -> None:
        self.connection = connection
        self.names = Names(connection)
        self.author = author
        self.today = today
        self._now = now
        self._open: Batch | None = None

    def as_author(self, author: str) -> "Writer":
        """Return a writer like this one, for another author."""
        return Writer(self.connection, author, self.today, self._now)

    @property
    def next(self) -> int:
        """The number of the next entry."""
        return (self._open or self.begun(Command.LOG)).next

    @contextmanager
    def batch(self, command: Command, told: Callable[[], dict[str, Any]] = dict) -> Iterator[None]:
        """Hold the entries of one command together; the block's end seals them.

        Inside another such block they are part of that one's batch. Fields of the batch that are
        `told` at its end are not taken from the clock.
        """
        if self._open is not None:
            yield
            return
        self._open = self.begun(command)
        try:
            yield
            if self._open.next > self._open.first:
                offset = self.now.utcoffset() or timedelta()
                own: dict[str, Any] = {"utc_offset": offset // timedelta(minutes=1)}
                own["recorded_at"] = iso_moment(self.moment(self._open))
                self._open.words |= own | told()
                self.connection.insert("batch", [self._open.sealed()])
        finally:
            self._open = None

    def append(self, command: Command, entries: Iterable[Entry]) -> range:
        """Write admitted entries into the open batch, or else as a batch; return their numbers."""
        with self.batch(command):
            batch = self._open
            assert batch is not None
            first = batch.next
            self.insert([(self.row(batch, entry), entry) for entry in entries])
            return range(first, batch.next)

    def insert(self, written: Sequence[tuple[Any, Entry]]) -> None:
        """Write the rows of some entries, and what these hold in other tables."""
        stated = [
            (row.id, place, self.names.declared(ThingKind.SOURCE, key))
            for row, entry in written
            for place, key in enumerate(entry.source, 1)
        ]
        self.connection.insert_plain("entry", EntryRow._fields, [row for row, _ in written])
        self.connection.insert_plain("entry_source", SOURCE_COLUMNS, stated)
        for row, entry in written:
            if holds_more(entry):
                self._insert_more(row, entry)

    def held(self, keys: Iterable[bytes]) -> dict[bytes, list[Held]]:
        """Return the entries of the book with these keys."""
        found: dict[bytes, list[Held]] = defaultdict(list)
        whole = iter(dict.fromkeys(keys))
        while some := [*islice(whole, KEYS_AT_ONCE)]:
            named = {f"key{place}": key for place, key in enumerate(some)}
            sql = HELD.format(", ".join(f":{name}" for name in named))
            for key, entry, nth, taken_by in self.connection.query(sql, **named):
                found[bytes(key)].append((entry, nth, taken_by))
        return found

    def begun(self, command: Command) -> Batch:
        """Return a new batch that follows the last one; refuse an author without a name."""
        require_author(self.author)
        number, seal, _, last = tail(self.connection) or (0, GENESIS, None, 0)
        own = {"batch": number + 1, "command": command.value, "author": self.author}
        return Batch(dict.fromkeys(BATCH) | own | {"first_entry": last + 1}, bytes(seal))

    @property
    def now(self) -> datetime:
        """The moment, by the writer's clock."""
        return self._now() if callable(self._now) else self._now

    def moment(self, batch: Batch) -> datetime:
        """Return when a batch is sealed: never before the moment of an earlier one that counts."""
        now, after = self.now, moment_before(self.connection, batch.words["batch"])
        if batch.words["command"] != Command.UNDO:  # an undo takes back what a wrong clock did
            require_clock(after, now)
        return max(now.astimezone(UTC), after or datetime.min.replace(tzinfo=UTC))

    def row(self, batch: Batch, entry: Entry) -> Any:
        """Return the row of the next entry of a batch, with its digest."""
        require_text("note", entry.note, None)  # one from another book may be longer
        says_id = None
        if entry.says is not None:
            entry = entry._replace(says=self.names.party(entry.says))
            says_id = self.names.thing(str(entry.says), Namespace.PARTY)
        nth = entry.nth or batch.nth(entry.key, self.connection)
        return batch.row(entry, self._subject(entry), says_id, nth)

    def _subject(self, entry: Entry) -> Subject:
        """Return what an entry is about; for a party or a source, only the thing itself."""
        if entry.declares is not None:
            thing = self.names.thing(entry.subject, entry.what.namespace)
            own = entry.subject if entry.what is ThingKind.CONCESSION else None
            if (concession := entry.fields.get("concession", own)) is None:
                return Subject(entry.what.value, thing, entry.subject)
            owner = thing if own else self.names.declared(ThingKind.CONCESSION, concession)
            return Subject(entry.what.value, thing, entry.subject, None, owner, concession)
        if entry.about is not None:
            return entry.about
        if entry.text is not None:
            source = self.names.declared(ThingKind.SOURCE, entry.subject)
            return Subject(ThingKind.SOURCE.value, source, entry.subject)
        return self.names.subject(entry.subject)

    def _insert_more(self, row: Any, entry: Entry) -> None:
        """Write what an entry holds besides its row: the version that it declares, or its text."""
        version = {"entry_id": row.id, "entry_kind": row.kind, "thing_id": row.subject_id}
        if entry.text is not None:
            hashes = {
                name: bytes.fromhex(entry.text[name]) for name in ("file_sha256", "words_sha256")
            }
            media = {"media": Media(entry.text["media"]).value}
            self.connection.insert("source_text", [version | {**entry.text} | hashes | media])
            return
        what, fields = entry.what, entry.fields
        self.connection.insert(what.value, [version | row_of(what, fields, self.names.declared)])
        if what is ThingKind.CONCESSION:
            self._insert_lists(row.id, fields)
        self.names.learn(what, entry.subject)

    def _insert_lists(self, entry: int, fields: Words) -> None:
        """Write what a concession's version holds in tables of their own."""
        party = partial(self.names.declared, ThingKind.PARTY)
        parties = [
            {"entry_id": entry, "role": side, "place": place, "party_id": party(slug)}
            for side in SIDES
            for place, slug in enumerate(fields[side], 1)
        ]
        self.connection.insert("concession_party", parties)
        others = [
            {"entry_id": entry, "in_return_for_id": self.names.thing(slug, Namespace.SUBJECT)}
            for slug in fields.get("in_return_for", ())
        ]
        if others:
            self.connection.insert("exchange", others)


def holds_more(entry: Entry) -> bool:
    """Return whether an entry has a row in another table, too."""
    return entry.declares is not None or entry.text is not None


def tail(connection: Connection) -> tuple[int, bytes, datetime, int] | None:
    """Return the last batch with its seal and moment, and the last entry; None if there is none."""
    rows = connection.query(
        "SELECT b.id, b.seal, b.recorded_at, (SELECT MAX(e.id) FROM entry AS e) FROM batch AS b"
        " ORDER BY b.id DESC LIMIT 1"
    )
    return rows[0] if rows else None


def require_clock(after: datetime | None, now: datetime, book: str = "this book") -> None:
    """Refuse a clock that is far behind a book's last batch: one of the two is wrong."""
    moment = now.astimezone(UTC)
    if after is not None and moment < after - PATIENCE:
        said, last = iso_moment(moment)[:16], iso_moment(after)[:16]
        raise Refused("clock behind", now=said, book=book, last=last)


def require_author(author: str | None) -> None:
    """Refuse an author whose name is blank, too long, or not on one line."""
    require_text("author", author, WORD_BYTES)
    if author and not author.isprintable():
        reason = "contains a line break or another control character"
        raise BadInput("bad text", part="author", reason=reason)


def require_text(what: str, text: str | None, longest: int | None = TEXT_BYTES) -> None:
    """Refuse text that is blank, that a database cannot store, or that is too long as UTF-8."""
    if text is None:
        return
    is_short = longest is None or 4 * len(text) <= longest
    if is_short and text.isprintable() and text.strip():
        return
    if longest is not None and len(text.encode(errors="replace")) > longest:
        raise BadInput("bad text", part=what, reason=f"is longer than {longest:,} bytes")
    if not text.strip():
        raise BadInput("bad text", part=what, reason="is empty")
    if "\0" in text:
        raise BadInput("bad text", part=what, reason="contains a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput("bad text", part=what, reason="is not valid UTF-8") from None

"""Appends entries to the journal under the write lock, and looks up what their words name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from tracker.database import Connection
from tracker.database.contents import ROWS, around, contents, declared, parties_of, with_owners
from tracker.dates import iso_moment
from tracker.entry import Entry, Subject
from tracker.errors import BadInput, NotFound
from tracker.forms import web_address
from tracker.journal.batch import (
    BATCH,
    GENESIS,
    Batch,
    EntryRow,
    moment_before,
    require_author,
    require_clock,
    require_text,
)
from tracker.record import Record
from tracker.resolver import Resolver
from tracker.state import Clocks, State
from tracker.things import SIDES, Source, Words, row_of
from tracker.vocabulary import Command, Media, Namespace, ThingKind

Clock = Callable[[], datetime]

MANY = 20
"""After so many reads around things, a read of the whole book is faster."""
ADDRESS_BYTES = 2_000
"""The longest address of a source: PostgreSQL's indexes hold little more."""

TAIL = """
SELECT b.id, b.seal, (SELECT MAX(e.id) FROM entry AS e) FROM batch AS b ORDER BY b.id DESC LIMIT 1
"""
"""The last batch with its seal, and the last entry."""


class Names:
    """What words name in one book, during one transaction.

    The writer tells it what it declares and retracts.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._whole: Record | None = None
        self._near: dict[tuple[str, str], Record | ThingKind | None] = {}
        """What is declared around a slug, if that is not as in the whole; "" is all parties.

        It is the kind of what was declared since, and None if it has to be looked up again.
        """
        self._things: dict[tuple[str, str], int] = {}
        self.deadlines: dict[str, Any] = {}
        """What `admission` keeps of deadlines until they are looked up again."""
        self._reads = 0
        self._everything: Record | None = None

    def record(self, slug: str, space: Namespace = Namespace.SUBJECT) -> Record:
        """Return what is declared under a slug and of the owners of that, and all parties."""
        found = self._near.get((space.value, slug), self._whole)
        if not isinstance(found, Record):
            things = with_owners(self.connection, self._numbers(slug, space))
            things |= parties_of(self.connection)
            found = self._near[space.value, slug] = Record(declared(self.connection, things))
        return found

    def whole(self) -> Record:
        """Return everything that is declared."""
        return Record(declared(self.connection))

    def read_whole(self) -> Record:
        """Return everything that is declared, and look things up there from now on."""
        self._whole = self.whole()
        self._near.clear()
        return self._whole

    def around(self, slug: str) -> Record:
        """Return all that the book holds around a thing or, once many were asked for, all of it."""
        self._reads += 1
        is_changed = self._whole is not None and (Namespace.SUBJECT.value, slug) in self._near
        if self._reads <= MANY or is_changed:
            thing = self.thing(slug, Namespace.SUBJECT)
            return Record(contents(self.connection, around(self.connection, [thing])))
        if self._everything is None:
            self._everything = Record(contents(self.connection))
        return self._everything

    def forget(self, *slugs: str) -> None:
        """Look some slugs up again, and all parties: what they name was changed or retracted."""
        changed = {(space.value, slug) for space in Namespace for slug in slugs}
        self._near = dict.fromkeys({*self._near, *changed, (Namespace.PARTY.value, "")})
        for slug in slugs:
            self.deadlines.pop(slug, None)

    def learn(self, what: ThingKind, slug: str) -> None:
        """Take in that a thing was declared; what it says is looked up when it is needed."""
        self._near[what.namespace.value, slug] = what
        if what is ThingKind.PARTY:
            self._near[what.namespace.value, ""] = None
        self.deadlines.pop(slug, None)

    def find(self, slug: str) -> Subject | None:
        """Return the agreement, concession or deadline that a slug names, if any."""
        return self.record(slug).subject(slug)

    def subject(self, slug: str, *allowed: str) -> Subject:
        """Return what a slug names; with kinds given, one of those."""
        found = self.find(slug)
        if found is not None and (not allowed or found.what in allowed):
            return found
        raise Resolver(self.whole()).refusal(slug, *allowed)

    def meant(self, word: str, *allowed: str) -> str:
        """Return the slug of what a person's word names, of the allowed kinds; refuse others."""
        found = self.find(word)
        if found is None:
            return Resolver(self.whole()).slug(word, *allowed)
        if not allowed or found.what in allowed:
            return word
        near = self.around(word)
        return Resolver(near, closed=State(near, Clocks(date.max)).closings).slug(word, *allowed)

    def party(self, name: str) -> str:
        """Return the slug of a party by its slug, else by its name or short name."""
        return self.record("", Namespace.PARTY).party(name)

    def source(self, key: str) -> Source | None:
        """Return what is declared under a source's key; a web address need not be declared."""
        found = self.record(key, Namespace.SOURCE).sources.get(key)
        if found is not None and found.declared and found.key == key:
            return found
        if "://" not in key:
            if "." in key:
                raise BadInput("bad URL", url=key)
            known = [one.key for one in self.whole().sources.values() if one.declared]
            raise NotFound("no such source", name=key, known=[*dict.fromkeys(known)])
        web_address(key)
        self.thing(key, Namespace.SOURCE)  # refuses what is too long
        return None

    def thing(self, slug: str, namespace: Namespace) -> int:
        """Return the thing of a slug; create it if necessary."""
        if (namespace.value, slug) in self._things:
            return self._things[namespace.value, slug]
        if len(slug.encode(errors="replace")) > ADDRESS_BYTES:
            raise BadInput(
                "bad text", part="address", reason=f"is longer than {ADDRESS_BYTES:,} bytes"
            )
        found = self._numbers(slug, namespace)
        if not found:
            self.connection.insert("thing", [{"namespace": namespace.value, "slug": slug}])
            found = self._numbers(slug, namespace)
        self._things[namespace.value, slug] = found[0]
        return found[0]

    def _numbers(self, slug: str, space: Namespace) -> list[int]:
        """Return the number of a slug's thing, if there is one."""
        sql = "SELECT id FROM thing WHERE slug = :slug AND namespace = :space"
        return [number for (number,) in self.connection.query(sql, slug=slug, space=space.value)]

    def declared(self, what: ThingKind, slug: str) -> int:
        """Return the thing of this kind that is declared under this slug."""
        if self._near.get((what.namespace.value, slug)) is not what:
            if what is ThingKind.SOURCE:
                self.source(slug)
            elif what is ThingKind.PARTY:
                if self.party(slug) != slug:  # another party is called so
                    raise NotFound("no such thing", kind="party", name=slug, known=())
            else:
                self.subject(slug, what.value)
        return self.thing(slug, what.namespace)


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
        self.connection.insert_plain("entry_source", ROWS["entry_source"]._fields, stated)
        for row, entry in written:
            if holds_more(entry):
                self._insert_more(row, entry)

    def begun(self, command: Command) -> Batch:
        """Return a new batch that follows the last one; refuse an author without a name."""
        require_author(self.author)
        rows = self.connection.query(TAIL)
        number, seal, last = rows[0] if rows else (0, GENESIS, 0)
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
        says = entry.says and self.names.declared(ThingKind.PARTY, entry.says)
        nth = entry.nth or batch.nth(entry.key, self.connection)
        return batch.row(entry, self._subject(entry), says or None, nth)

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

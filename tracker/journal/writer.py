"""Appends entries to the journal under the write lock, and looks up what their words name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.database import Connection
from tracker.database.contents import (
    around,
    in_list,
    named_around,
    read_back,
    touched,
    with_owners,
)
from tracker.dates import iso_moment
from tracker.entry import Entry, Fingerprint, Subject
from tracker.errors import BadInput, NotFound, Unavailable
from tracker.forms import plain, web_address
from tracker.journal.batch import (
    BATCH,
    GENESIS,
    OpenBatch,
    StoredFields,
    batch_row,
    entry_row,
    moment_before,
    require_author,
    require_clock,
    require_text,
    times_said,
    words_of,
)
from tracker.record import Record, by_key
from tracker.resolver import Resolver, party_named
from tracker.state import Clocks, State
from tracker.things import SIDES, Source, folded, row_of
from tracker.vocabulary import Command, Namespace, ThingKind

Clock = Callable[[], datetime]

Name = tuple[str, str]
"""A namespace and a slug."""
PARTIES: Name = (Namespace.PARTY.value, "")
"""Stands for all parties."""
ADDRESS_BYTES = 2_000
"""The longest address of a source: PostgreSQL's indexes hold little more."""

TAIL = """
SELECT b.id, b.seal, (SELECT MAX(e.id) FROM entry AS e) FROM batch AS b ORDER BY b.id DESC LIMIT 1
"""
"""The last batch with its seal, and the last entry."""


class Names:
    """What words name in one book, during one transaction.

    It is read once, around some things or whole; what was not read then, or has changed since, is
    read when it is asked for. The writer tells it what it writes.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._read: Record | None = None
        """What was read at once, before anything was written."""
        self._asked_for: Set[str] | None = None
        """The slugs around which it was read, whether or not there are such; None if it is all."""
        self._written = defaultdict[str, list[Any]](list)
        """The rows that were written since, by table."""
        self._changed: dict[Name, ThingKind | None] = {}
        """What is not as it was read, and as what it was declared since, if it was."""
        self._near: dict[Name, Record] = {}
        """What else is declared, as far as it was asked for."""
        self._things: dict[Name, int] = {}
        self.deadlines: dict[str, Any] = {}
        """What `admission` keeps of deadlines until they are looked up again."""
        self.by_title: dict[str, str] = {}
        """The slugs of what was named by a word of its title, which the receipt says."""

    def read(self, slugs: Set[str]) -> None:
        """Read all that a command can touch which names some things and sources."""
        self._begin(named_around(self.connection, slugs), slugs | {""})

    def read_whole(self) -> Record:
        """Read everything that the book holds, and return it."""
        return self._begin(None, None)

    def _begin(self, things: Iterable[int] | None, asked_for: Set[str] | None) -> Record:
        self._written.clear()
        self._changed.clear()
        self._near.clear()
        self._asked_for = asked_for
        self._read = Record.read(self.connection, things)
        return self._read

    def _known(self, name: Name) -> Record | None:
        """Return what was read at once, if what is declared under a name is still as it says."""
        is_read = self._asked_for is None or name[1] in self._asked_for
        return self._read if is_read and name not in self._changed else None

    def record(self, slug: str, space: Namespace = Namespace.SUBJECT) -> Record:
        """Return what is declared under a slug and of the owners of that, and all parties."""
        name = (space.value, slug)
        if (known := self._known(name)) is not None:
            return known
        if name not in self._near:
            things = with_owners(self.connection, [self._number(name)])
            self._near[name] = Record.read(self.connection, things, declared=True)
        return self._near[name]

    def around(self, slug: str) -> Record:
        """Return all that a change of a thing can touch."""
        if (known := self._known((Namespace.SUBJECT.value, slug))) is not None:
            return known
        number = self.thing(slug, Namespace.SUBJECT)
        return Record.read(self.connection, around(self.connection, [number]))

    def touched_by(self, entries: Iterable[int]) -> Record:
        """Return all that the book holds around what some entries are about."""
        return Record.read(self.connection, touched(self.connection, entries))

    def around_written(self, numbers: range, whole: bool) -> tuple[Record, Record]:
        """Return what new entries can touch, or the `whole` book: before them, and with them.

        If that was read before they were written, it is not read again.
        """
        if (before := self._read_before(numbers, whole)) is not None:
            tables = {
                table: rows + self._written[table]
                for table, rows in before.tables.items()
            }
            return before, Record(tables, self.connection.target)
        record = Record.read(self.connection) if whole else self.touched_by(numbers)
        return record.up_to(numbers.start - 1), record

    def _read_before(self, numbers: range, whole: bool) -> Record | None:
        """Return what was read, if with what was written since it is all that entries touch."""
        entries = self._written["entry"]
        if self._read is None or [entry.id for entry in entries] != [*numbers]:
            return None
        if self._asked_for is None:
            return self._read if whole else None
        about = {self._read.slugs.get(entry.subject_id) for entry in entries}
        return self._read if about <= self._asked_for and not self._changed else None

    def whole(self) -> Record:
        """Return everything that is declared."""
        return Record.read(self.connection, declared=True)

    def forget(self, *slugs: str) -> None:
        """Look some slugs up again, and all parties: what they name was changed or retracted."""
        names = [(space.value, slug) for slug in slugs for space in Namespace]
        self._changed = dict.fromkeys([*self._changed, PARTIES, *names])
        self._near.clear()
        for slug in slugs:
            self.deadlines.pop(slug, None)

    def learn(self, what: ThingKind, slug: str) -> None:
        """Take in that a thing was declared; what it says is looked up when it is needed."""
        names = [(what.namespace.value, slug)]
        if what is ThingKind.PARTY:
            names.append(PARTIES)
        for name in names:
            self._near.pop(name, None)
            self._changed[name] = what
        self.deadlines.pop(slug, None)

    def find(self, slug: str) -> Subject | None:
        """Return the agreement, concession or deadline that a slug names, if any."""
        return self.record(slug).subject(slug)

    def subject(self, slug: str, *allowed: str) -> Subject:
        """Return what a slug names; with kinds given, one of those."""
        subject = self.find(slug)
        if subject is not None and (not allowed or subject.what in allowed):
            return subject
        raise Resolver(self.whole()).refusal(slug, *allowed)

    def meant(self, word: str, *allowed: str) -> str:
        """Return the slug of what a person's word names, of the allowed kinds; refuse others."""
        subject = self.find(word)
        if subject is None:
            slug = Resolver(self.whole()).slug(word, *allowed)
            if folded(word) not in slug:
                self.by_title[word] = slug
            return slug
        if not allowed or subject.what in allowed:
            return word
        near = self.around(word)
        state = State(near, Clocks(date.max))
        closed = {slug for slug in state.deadlines if state.closings(slug)}
        return Resolver(near, closed=closed).slug(word, *allowed)

    def party(self, name: str) -> str:
        """Return the slug of a party by its slug, else by its name or short name."""
        return party_named(self.record("", Namespace.PARTY), name)

    def source(self, key: str) -> Source | None:
        """Return what is declared under a source's key; a web address need not be declared."""
        candidate = self.record(key, Namespace.SOURCE).sources.get(key)
        if candidate and candidate.declared and candidate.key == key:
            return candidate
        if "://" not in key:
            if "." in key:
                raise BadInput("bad URL", url=key)
            known = [
                source.key for source in self.whole().sources.values() if source.declared
            ]
            raise NotFound("no such source", name=key, known=[*dict.fromkeys(known)])
        self.thing(key, Namespace.SOURCE)  # refuses what is not an address
        return None

    def thing(self, slug: str, namespace: Namespace, new: bool = False) -> int:
        """Return the thing of a slug; create a `new` one, or an address, if necessary."""
        name = (namespace.value, slug)
        if name in self._things:
            return self._things[name]
        if len(slug.encode(errors="replace")) > ADDRESS_BYTES:
            raise BadInput(
                "bad text",
                part="address",
                reason=f"is longer than {ADDRESS_BYTES:,} bytes",
            )
        number = self._number(name)
        if not number:
            if namespace is Namespace.SOURCE and not new:
                web_address(slug)
            elif not new:
                raise NotFound("no such thing", kind="thing", name=slug, known=())
            number = self._new_thing(slug, namespace)
        self._things[name] = number
        return number

    def _number(self, name: Name) -> int:
        """Return the number of the thing with a name; 0 if there is none."""
        if self._read is not None and name in self._read.numbers:
            return self._read.numbers[name]
        if self._known(name) is not None:
            return 0
        sql = "SELECT id FROM thing WHERE namespace = :space AND slug = :slug"
        rows = self.connection.query(sql, space=name[0], slug=name[1])
        return rows[0][0] if rows else 0

    def _new_thing(self, slug: str, space: Namespace) -> int:
        sql = "INSERT INTO thing (namespace, slug) VALUES (:space, :slug) RETURNING id"
        rows = self.connection.query(sql, space=space.value, slug=slug)
        if not rows:
            book = self.connection.target
            raise Unavailable("rows dropped", book=book, wanted=1, written=0)
        number: int = rows[0][0]
        self.keep("thing", [{"id": number, "namespace": space.value, "slug": slug}])
        return number

    def keep(self, table: str, rows: Iterable[StoredFields]) -> None:
        """Keep rows that were written."""
        self._written[table] += [read_back(table, row) for row in rows]

    def declared(self, what: ThingKind, slug: str) -> int:
        """Return the thing of this kind that is declared under this slug."""
        if self._changed.get((what.namespace.value, slug)) is not what:
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
        self._open: OpenBatch | None = None

    def as_author(self, author: str) -> "Writer":
        """Return a writer like this one, for another author."""
        return Writer(self.connection, author, self.today, self._now)

    @property
    def next(self) -> int:
        """The number of the next entry."""
        return (self._open or self.begun(Command.LOG)).next

    @contextmanager
    def batch(
        self, command: Command, told: Callable[[], dict[str, Any]] = dict
    ) -> Iterator[None]:
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
                by_clock: dict[str, Any] = {"utc_offset": offset // timedelta(minutes=1)}
                by_clock["recorded_at"] = iso_moment(self.moment(self._open))
                self._open.words |= by_clock | told()
                row = batch_row(self._open.sealed())
                self.connection.insert("batch", [row])
                self.names.keep("batch", [row])
        finally:
            self._open = None

    def append(self, command: Command, entries: Iterable[Entry]) -> range:
        """Write admitted entries into the open batch, or else as a batch; return their numbers."""
        with self.batch(command):
            batch = self._open
            assert batch is not None
            first = batch.next
            appended = [*entries]
            times = times_said(self.connection, {entry.key for entry in appended})
            lines = []
            for entry in appended:
                times[entry.key] += 1
                words = words_of(entry, self._concession(entry))
                words["nth"] = times[entry.key]
                lines.append(batch.added(words))
            self.store(lines)
            return range(first, batch.next)

    def _concession(self, entry: Entry) -> str | None:
        """Return the concession that an entry is about; a retraction is about its target's."""
        if entry.declares is not None:
            slug = entry.subject if entry.what is ThingKind.CONCESSION else None
            return entry.fields.get("concession", slug)
        if (
            entry.text is not None
            or entry.refers_to is not None
            or entry.origin is not None
        ):
            return entry.concession
        return self.names.subject(entry.subject).concession

    def store(self, lines: Sequence[StoredFields]) -> None:
        """Write the rows of some entries, from the words of the chain with the digests."""
        targets = [words["refers_to"] for words in lines if words.get("refers_to")]
        sql = f"SELECT id, subject_id, concession_id FROM entry WHERE id IN ({in_list(targets)})"
        target_rows = self.connection.query(sql) if targets else ()
        about = {entry: things for entry, *things in target_rows}
        tables = by_key(row for words in lines for row in self._rows(words, about))
        for table, rows in tables.items():
            self.connection.insert(table, rows)
            self.names.keep(table, rows)
        for words in lines:
            if declares := words.get("declares"):
                self.names.learn(ThingKind(declares["what"]), words["subject"])

    def _rows(
        self, words: StoredFields, about: Mapping[int, Sequence[Any]]
    ) -> Iterator[tuple[str, StoredFields]]:
        """Yield the rows of an entry with their tables; `about` has the things of its target."""
        # One from another book may be longer.
        require_text("note", words.get("note"), None)
        entry = words["entry"]
        thing = self.names.thing
        owner = words.get("concession")
        text = words.get("text")
        declares = words.get("declares")
        what = ThingKind(declares["what"]) if declares else None
        if words.get("refers_to"):
            subject, owner = about[words["refers_to"]]
        else:
            space = (
                what.namespace
                if what
                else Namespace.SOURCE
                if text
                else Namespace.SUBJECT
            )
            subject = thing(words["subject"], space, new=bool(what))
            owner = owner and thing(owner, Namespace.SUBJECT)
        says = words.get("says") and thing(words["says"], Namespace.PARTY)
        yield "entry", entry_row(words, subject, owner, says)
        for place, key in enumerate(words.get("source") or (), 1):
            source = thing(key, Namespace.SOURCE)
            yield (
                "entry_source",
                {"entry_id": entry, "place": place, "source_id": source},
            )
        version = {"entry_id": entry, "entry_kind": words["kind"], "thing_id": subject}
        if text:
            fingerprint = {name: plain(text[name]) for name in Fingerprint._fields}
            hashes = {
                name: bytes.fromhex(text[name])
                for name in ("file_sha256", "words_sha256")
            }
            yield "source_text", version | fingerprint | hashes
        if declares and what:
            columns = row_of(
                what, declares, lambda kind, slug: thing(slug, kind.namespace)
            )
            yield what.value, version | columns
            yield from self._lists(entry, declares)

    def _lists(
        self, entry: int, declares: StoredFields
    ) -> Iterator[tuple[str, StoredFields]]:
        """Yield what a concession's version holds in tables of their own."""
        for side in SIDES:
            for place, slug in enumerate(declares.get(side, ()), 1):
                party = self.names.thing(slug, Namespace.PARTY)
                columns = {"role": side, "place": place, "party_id": party}
                yield "concession_party", {"entry_id": entry, **columns}
        for slug in declares.get("in_return_for", ()):
            concession = self.names.thing(slug, Namespace.SUBJECT, new=True)
            yield "exchange", {"entry_id": entry, "in_return_for_id": concession}

    def begun(self, command: Command) -> OpenBatch:
        """Return a new batch that follows the last one; refuse an author without a name."""
        require_author(self.author)
        rows = self.connection.query(TAIL)
        number, seal, last = rows[0] if rows else (0, GENESIS, 0)
        words = {"batch": number + 1, "command": command.value, "author": self.author}
        previous = memoryview(
            seal
        ).tobytes()  # `bytes` of a damaged one might be very long
        return OpenBatch(
            dict.fromkeys(BATCH) | words | {"first_entry": last + 1}, previous
        )

    @property
    def now(self) -> datetime:
        """The moment, by the writer's clock."""
        return self._now() if callable(self._now) else self._now

    def moment(self, batch: OpenBatch) -> datetime:
        """Return when a batch is sealed: never before the moment of an earlier one that counts."""
        now = self.now
        after = moment_before(self.connection, batch.words["batch"])
        if batch.words["command"] != Command.UNDO:
            # An undo takes back what a wrong clock did.
            require_clock(after, now)
        return max(now.astimezone(UTC), after or datetime.min.replace(tzinfo=UTC))

"""Appends entries to the journal under the write lock, and looks up what their words name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from tracker.errors import BadInput, NotFound
from tracker.forms import plain, web_address
from tracker.journal.batch import (
    BATCH,
    GENESIS,
    Batch,
    Words,
    batch_row,
    entry_row,
    moment_before,
    require_author,
    require_clock,
    require_text,
    times_said,
    words_of,
)
from tracker.mappings import by_key
from tracker.record import Record
from tracker.resolver import Resolver, party_named
from tracker.state import Clocks, State
from tracker.things import SIDES, Source, row_of
from tracker.vocabulary import Command, Namespace, ThingKind

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
        self._near: dict[tuple[str, str], Record] = {}
        """What was read around a slug, by its namespace and itself; "" is all parties."""
        self._changed: set[tuple[str, str]] = set()
        """The slugs that are not as in the whole any more."""
        self._new: dict[tuple[str, str], ThingKind] = {}
        """What was declared in this transaction, until it is read."""
        self._things: dict[tuple[str, str], int] = {}
        self.deadlines: dict[str, Any] = {}
        """What `admission` keeps of deadlines until they are looked up again."""
        self._reads = 0
        self._everything: Record | None = None
        self._read: Record | None = None
        """All that the book held around what a command is about, before its entries."""
        self._around: set[int] = set()
        """The things that it is about."""
        self._asked_for: set[str] = set()
        """The slugs of these, and of the sources that it cites, whether or not there are such."""
        self.written: defaultdict[str, list[Any]] = defaultdict(list)
        """The rows that were written since, by table."""

    def record(self, slug: str, space: Namespace = Namespace.SUBJECT) -> Record:
        """Return what is declared under a slug and of the owners of that, and all parties."""
        name = (space.value, slug)
        if self._read is not None and slug in self._asked_for:
            return self._read
        if name in self._near:
            return self._near[name]
        if self._whole is not None and name not in self._changed:
            return self._whole
        number = self._numbered([slug]).get(name)
        things = with_owners(self.connection, [number] if number else ())
        self._new.pop(name, None)
        self._near[name] = Record.read(self.connection, things, declared=True)
        return self._near[name]

    def read(self, words: Iterable[str], cited: Iterable[str]) -> None:
        """Read once all that a command can touch which is about some things and cites sources."""
        self.written.clear()
        subjects = {*words}
        self._asked_for = {"", *subjects, *cited}
        self._read = Record.read(
            self.connection, named_around(self.connection, self._asked_for)
        )
        numbers = self._read.numbers
        self._around = {
            numbers[Namespace.SUBJECT.value, word]
            for word in subjects
            if (Namespace.SUBJECT.value, word) in numbers
        }

    def around_written(self, numbers: range, whole: bool) -> tuple[Record, Record]:
        """Return what the book held around new entries before them, and what it holds with them.

        What was read before they were written is not read again.
        """
        entries = self.written["entry"]
        is_read = (
            len(entries) == len(numbers)
            and {row.subject_id for row in entries} <= self._around
        )
        if self._read is not None and is_read:
            tables = {}
            for table, rows in self._read.tables.items():
                tables[table] = [*rows, *self.written[table]]
            return self._read, Record(tables, self.connection.target)
        things = None if whole else touched(self.connection, numbers)
        record = Record.read(self.connection, things)
        return record.up_to(numbers.start - 1), record

    def whole(self) -> Record:
        """Return everything that is declared."""
        return Record.read(self.connection, declared=True)

    def read_whole(self) -> Record:
        """Return everything that is declared, and look things up there from now on."""
        self._whole = self.whole()
        self._near.clear()
        self._changed.clear()
        self._new.clear()
        return self._whole

    def around(self, slug: str) -> Record:
        """Return all that the book holds around a thing or, once many were asked for, all of it."""
        number = self.thing(slug, Namespace.SUBJECT)
        if self._read is not None and number in self._around:
            return self._read
        self._reads += 1
        is_changed = (
            self._whole is not None and (Namespace.SUBJECT.value, slug) in self._changed
        )
        if self._reads <= MANY or is_changed:
            return Record.read(self.connection, around(self.connection, [number]))
        if self._everything is None:
            self._everything = Record.read(self.connection)
        return self._everything

    def forget(self, *slugs: str) -> None:
        """Look some slugs up again, and all parties: what they name was changed or retracted."""
        self._read = None
        self._near.clear()
        self._new.clear()
        self._changed.add((Namespace.PARTY.value, ""))
        for slug in slugs:
            self._changed.update((space.value, slug) for space in Namespace)
            self.deadlines.pop(slug, None)

    def learn(self, what: ThingKind, slug: str) -> None:
        """Take in that a thing was declared; what it says is looked up when it is needed."""
        name = (what.namespace.value, slug)
        self._new[name] = what
        self._look_up_again(name)
        if what is ThingKind.PARTY:
            self._look_up_again((what.namespace.value, ""))
        self.deadlines.pop(slug, None)

    def _look_up_again(self, name: tuple[str, str]) -> None:
        self._read = None
        self._near.pop(name, None)
        self._changed.add(name)

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
            return Resolver(self.whole()).slug(word, *allowed)
        if not allowed or subject.what in allowed:
            return word
        near = self.around(word)
        return Resolver(near, closed=State(near, Clocks(date.max)).closings).slug(
            word, *allowed
        )

    def party(self, name: str) -> str:
        """Return the slug of a party by its slug, else by its name or short name."""
        return party_named(self.record("", Namespace.PARTY), name)

    def source(self, key: str) -> Source | None:
        """Return what is declared under a source's key; a web address need not be declared."""
        candidate = self.record(key, Namespace.SOURCE).sources.get(key)
        if candidate is not None and candidate.declared and candidate.key == key:
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
        if self._read is not None and slug in self._asked_for:
            number = self._read.numbers.get(name)
        else:
            number = self._numbered([slug]).get(name)
        if number is None:
            if namespace is Namespace.SOURCE and not new:
                web_address(slug)
            elif not new:
                raise NotFound("no such thing", kind="thing", name=slug, known=())
            number = self._new_thing(slug, namespace)
        self._things[name] = number
        return number

    def _new_thing(self, slug: str, space: Namespace) -> int:
        sql = "INSERT INTO thing (namespace, slug) VALUES (:space, :slug) RETURNING id"
        ((number,),) = self.connection.query(sql, space=space.value, slug=slug)
        self.keep("thing", [{"id": number, "namespace": space.value, "slug": slug}])
        return int(number)

    def keep(self, table: str, rows: Iterable[Words]) -> None:
        """Keep rows that were written, if those before them were read."""
        if self._read is not None:
            self.written[table] += [read_back(table, row) for row in rows]

    def _numbered(self, slugs: Iterable[str]) -> dict[tuple[str, str], int]:
        """Return the numbers of the things with some slugs, by namespace and slug."""
        values = {f"slug{place}": slug for place, slug in enumerate(slugs)}
        listed = ", ".join(f":{name}" for name in values) or "NULL"
        sql = f"SELECT namespace, slug, id FROM thing WHERE slug IN ({listed})"
        rows = self.connection.query(sql, tuple, **values)
        return {(space, slug): number for space, slug, number in rows}

    def declared(self, what: ThingKind, slug: str) -> int:
        """Return the thing of this kind that is declared under this slug."""
        if self._new.get((what.namespace.value, slug)) is not what:
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

    def store(self, lines: Sequence[Words]) -> None:
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
        self, words: Words, about: Mapping[int, Sequence[Any]]
    ) -> Iterator[tuple[str, Words]]:
        """Yield the rows of an entry with their tables; `about` has the things of its target."""
        require_text(
            "note", words.get("note"), None
        )  # one from another book may be longer
        entry, thing, owner = words["entry"], self.names.thing, words.get("concession")
        text, declares = words.get("text"), words.get("declares")
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

    def _lists(self, entry: int, declares: Words) -> Iterator[tuple[str, Words]]:
        """Yield what a concession's version holds in tables of their own."""
        for side in SIDES:
            for place, slug in enumerate(declares.get(side, ()), 1):
                party = self.names.thing(slug, Namespace.PARTY)
                columns = {"role": side, "place": place, "party_id": party}
                yield "concession_party", {"entry_id": entry, **columns}
        for slug in declares.get("in_return_for", ()):
            concession = self.names.thing(slug, Namespace.SUBJECT, new=True)
            yield "exchange", {"entry_id": entry, "in_return_for_id": concession}

    def begun(self, command: Command) -> Batch:
        """Return a new batch that follows the last one; refuse an author without a name."""
        require_author(self.author)
        rows = self.connection.query(TAIL)
        number, seal, last = rows[0] if rows else (0, GENESIS, 0)
        words = {"batch": number + 1, "command": command.value, "author": self.author}
        previous = memoryview(
            seal
        ).tobytes()  # `bytes` of a damaged one might be very long
        return Batch(dict.fromkeys(BATCH) | words | {"first_entry": last + 1}, previous)

    @property
    def now(self) -> datetime:
        """The moment, by the writer's clock."""
        return self._now() if callable(self._now) else self._now

    def moment(self, batch: Batch) -> datetime:
        """Return when a batch is sealed: never before the moment of an earlier one that counts."""
        now, after = self.now, moment_before(self.connection, batch.words["batch"])
        if (
            batch.words["command"] != Command.UNDO
        ):  # an undo takes back what a wrong clock did
            require_clock(after, now)
        return max(now.astimezone(UTC), after or datetime.min.replace(tzinfo=UTC))

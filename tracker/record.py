"""What a book holds up to an entry, whatever the day: what it declares, and every entry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from tracker.database import Connection, Target
from tracker.database.contents import ROWS, Tables, tables_of, tables_of_agreement
from tracker.dates import period_of
from tracker.entry import Entry, Fingerprint, Subject, unwritten
from tracker.errors import damaged
from tracker.forms import plain
from tracker.rules.deadlines import OUTCOMES
from tracker.things import (
    KINDS,
    LISTS,
    Agreement,
    Concession,
    Deadline,
    Party,
    Source,
    columns_of,
    folded,
    name_of,
)
from tracker.vocabulary import (
    NEWS,
    Basis,
    Command,
    DeadlineKind,
    EntryKind,
    Media,
    Namespace,
    Outcome,
    Stage,
    ThingKind,
)

K = TypeVar("K")
V = TypeVar("V")
BySlug = Mapping[str, list[Entry]]
"""Entries by what they are about."""

SEED_AUTHOR = "seed"
"""The author of a shipped seed's entries, so that no user's `undo` takes them back."""
HEAD_DIGITS = 32
"""How many digits of a head a page prints: so many that nobody can make another book with them."""

LATEST = 2**31 - 1
"""More than the number of any entry: everything that the book holds now."""
PENDING = ROWS["batch"](
    0, None, "", datetime.max.replace(tzinfo=UTC), 0, 0, *[None] * 3, b""
)
"""Stands in for a batch that is not written yet: its entries come last."""


class BookState(NamedTuple):
    """How much a book held, and its head: the seal of the last batch."""

    entries: int
    """How many entries the book held."""
    head: str | None
    """The seal of the last batch."""
    evidence_on: date | None = None
    """In a report, the latest day of which it says anything that counts."""


def held_by(connection: Connection, entry: int = LATEST) -> BookState:
    """Return what the book held with the batch that holds an entry; by default, the last one."""
    rows = connection.query(
        "SELECT COALESCE("
        " (SELECT MIN(n.first_entry) - 1 FROM batch AS n WHERE n.first_entry > b.first_entry),"
        " (SELECT MAX(e.id) FROM entry AS e), 0), b.seal"
        " FROM batch AS b WHERE b.first_entry <= :entry ORDER BY b.first_entry DESC LIMIT 1",
        entry=min(entry, LATEST),
    )
    if not rows:
        return BookState(0, None)
    entries, seal = rows[0]
    if not isinstance(seal, bytes):  # whose length a number would be taken for
        reason = f"the seal of entry {entries} cannot be read"
        raise damaged(connection.target, reason)
    return BookState(entries, seal.hex())


class OnlyAPart(Exception):
    """What is asked for depends on more than what was read of the book."""


class Record:
    """What a book, or a part of it, holds up to an entry: what it declares, and every entry."""

    def __init__(
        self,
        tables: Tables,
        book: Target,
        known: int = LATEST,
        cut_from: BookState | None = None,
    ) -> None:
        self.tables = tables
        self.book = book
        self.known = known
        self.cut_from = cut_from
        """How much the book holds, if this is no more than what reports on an agreement need."""
        self.slugs: dict[int, str] = {row.id: row.slug for row in tables["thing"]}
        """The slug of each thing."""
        self.rows = {row.id: row for row in tables["entry"] if row.id <= known}
        """The entries as they are stored, by number."""
        self.batches = {
            row.id: row for row in tables["batch"] if row.first_entry <= known
        }
        self._known_owners: dict[int, tuple[str | None, str | None, str | None]] = {}

    @classmethod
    def read(
        cls,
        connection: Connection,
        things: Iterable[int] | None = None,
        *,
        declared: bool = False,
    ) -> "Record":
        """Read a whole book or, with `things`, only what is about these; or what is `declared`."""
        return cls(tables_of(connection, things, declared=declared), connection.target)

    @classmethod
    def of_agreement(
        cls, connection: Connection, agreement: str, known: int
    ) -> "Record":
        """Read an agreement, what is exchanged with it, and their parties and sources.

        That is all that reports on it need; what they ask for beyond it raises OnlyAPart.
        """
        tables = tables_of_agreement(connection, agreement, known)
        return cls(tables, connection.target, known, held_by(connection, known))

    def up_to(self, known: int) -> "Record":
        """Return what the book held up to an earlier entry."""
        if known >= self.known:
            return self
        return Record(self.tables, self.book, known, self.cut_from)

    def require_whole(self) -> None:
        """Raise OnlyAPart if this is not the whole book."""
        if self.cut_from:
            raise OnlyAPart

    @cached_property
    def is_merged(self) -> bool:
        """Whether a batch came from another book, so that numbers do not give the order."""
        return any(batch.origin_at for batch in self.batches.values())

    def place(self, entry: int) -> tuple[Any, ...]:
        """Return the order of recording of an entry, in whichever book that was."""
        if not self.is_merged:
            return (entry,)
        row = self.rows[entry]
        batch = self.batches.get(row.batch, PENDING)
        return written_at(batch), row.origin or row.id, row.key, row.id

    @cached_property
    def retracted(self) -> dict[int, int]:
        """The retraction of each entry that was retracted by one that counts."""
        retracted: dict[int, int] = {}
        for row in reversed(self.rows.values()):
            # What takes a retraction back was seen before.
            if row.kind == EntryKind.RETRACTION and row.id not in retracted:
                retracted[row.refers_to] = row.id
        return retracted

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of every thing by its namespace and slug."""
        return {(row.namespace, row.slug): row.id for row in self.tables["thing"]}

    @cached_property
    def versions(self) -> Mapping[ThingKind, Mapping[int, list[Any]]]:
        """The versions of every thing, by kind, in the order in which they were recorded."""
        versions = {}
        for what in ThingKind:
            rows = [row for row in self.tables[what] if row.entry_id <= self.known]
            if self.is_merged:
                rows.sort(key=lambda row: self.place(row.entry_id))
            versions[what] = by_key((row.thing_id, row) for row in rows)
        return versions

    def in_force(self, what: ThingKind) -> dict[int, Any]:
        """Return the latest live version of each thing of a kind."""
        return {
            thing: live[-1]
            for thing, rows in self.versions[what].items()
            if (live := [row for row in rows if row.entry_id not in self.retracted])
        }

    def _things(self, what: ThingKind) -> dict[str, Any]:
        """Return the things of a kind in force, by slug."""
        # A large book has so many that they are made column by column.
        versions = self.in_force(what)
        kind = KINDS[what]
        columns = columns_of(what, [*versions.values()], self.slugs)
        columns[name_of(what)] = [self.slugs[thing] for thing in versions]
        if what is ThingKind.CONCESSION:
            members = [self.lists[row.entry_id] for row in versions.values()]
            for field in LISTS:
                columns[field] = [fields.get(field, ()) for fields in members]
        absent = dict.fromkeys(kind._fields) | kind._field_defaults
        fields = [
            [absent[name] if value is None else value for value in columns[name]]
            for name in kind._fields
            if name in columns
        ]
        return {thing[0]: thing for thing in map(kind, *fields)}

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug; one that is part of a withdrawn bloc is part of none."""
        parties = self._things(ThingKind.PARTY)
        return {
            slug: party if party.part_of in parties else party._replace(part_of=None)
            for slug, party in parties.items()
        }

    @cached_property
    def parties_by_name(self) -> Mapping[str, list[Party]]:
        """The parties by their slugs, names and short names, whatever the case."""
        named = defaultdict[str, list[Party]](list)
        for party in self.parties.values():
            for name in {folded(party.slug), folded(party.name), folded(party.short)}:
                named[name].append(party)
        return named

    @cached_property
    def part_of(self) -> dict[str, str | None]:
        """The bloc of each party, if it is part of one."""
        return {slug: party.part_of for slug, party in self.parties.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key; an undeclared one has only its address.

        The address of a declared source names that source, too.
        """
        sources: dict[str, Source] = self._things(ThingKind.SOURCE)
        by_url = {
            source.url: source for source in reversed(sources.values()) if source.url
        }
        for row in self.tables["thing"]:
            if row.namespace == Namespace.SOURCE and row.slug not in sources:
                url = row.slug if "://" in row.slug else None
                lone = Source(row.slug, None, None, url, declared=False)
                sources[row.slug] = by_url.get(row.slug, lone)
        return sources | {
            url: sources.get(url, source) for url, source in by_url.items()
        }

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """Every agreement by its slug."""
        return self._things(ThingKind.AGREEMENT)

    @cached_property
    def concessions(self) -> dict[str, Concession]:
        """Every concession by its slug, in the order of declaration.

        One without its agreement, a giver or a receiver counts as withdrawn with what it names, and
        so does what was given in return.
        """
        parties = self.parties.keys()
        concessions = self._things(ThingKind.CONCESSION)
        for slug, concession in [*concessions.items()]:
            givers = concession.giver
            receivers = concession.receiver
            sides = givers and receivers and {*givers, *receivers} <= parties
            if not sides or concession.agreement not in self.agreements:
                del concessions[slug]
        order = {slug: place for place, slug in enumerate(concessions)}
        for slug, concession in concessions.items():
            if concession.in_return_for:
                returned = sorted(
                    order.keys() & {*concession.in_return_for}, key=order.__getitem__
                )
                concessions[slug] = concession._replace(in_return_for=tuple(returned))
        return concessions

    @cached_property
    def lists(self) -> Mapping[int, dict[str, tuple[str, ...]]]:
        """The fields of concessions that are lists, by the entry that declares them."""
        slugs = self.slugs
        lists = defaultdict[int, dict[str, tuple[str, ...]]](dict)
        members = [
            (row.entry_id, row.role, slugs[row.party_id])
            for row in self.tables["concession_party"]
        ]
        links = [
            (row.entry_id, "in_return_for", slugs[row.in_return_for_id])
            for row in self.tables["exchange"]
        ]
        for entry, field, slug in members + sorted(links):
            lists[entry][field] = (*lists[entry].get(field, ()), slug)
        return lists

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """Every deadline of an agreement or a concession in force, by its slug, as declared."""
        deadlines = {}
        for slug, deadline in self._things(ThingKind.DEADLINE).items():
            if owner := self.concessions.get(deadline.concession):
                deadline = deadline._replace(agreement=owner.agreement)
            if deadline.agreement in self.agreements:
                deadlines[slug] = deadline
        return deadlines

    @cached_property
    def of_kind(self) -> dict[str, dict[str, Any]]:
        """The agreements, the concessions and the deadlines by their slugs."""
        return {
            "agreement": self.agreements,
            "concession": self.concessions,
            "deadline": self.deadlines,
        }

    @cached_property
    def subjects(self) -> dict[str, str]:
        """What each slug names: an agreement, a concession or a deadline."""
        return {slug: what for what, things in self.of_kind.items() for slug in things}

    def subject(self, slug: str) -> Subject | None:
        """Return what a slug names, with its owners: an agreement, concession or deadline."""
        if slug in self.agreements:
            return Subject("agreement", slug, slug)
        if (concession := self.concessions.get(slug)) is not None:
            return Subject("concession", slug, concession.agreement, slug)
        if (deadline := self.deadlines.get(slug)) is not None:
            return Subject("deadline", slug, deadline.agreement, deadline.concession)
        return None

    def declares(self, number: int) -> dict[str, Any]:
        """Return what an entry declares, in the words of the chain: plain values by field."""
        what, row = self.declared_by[number]
        fields: dict[str, Any] = {"what": what.value}
        for field, (value,) in columns_of(what, [row], self.slugs).items():
            if value is not None:
                fields[field] = plain(value)
        for field, slugs in self.lists.get(number, {}).items():
            fields[field] = [*slugs]
        return fields

    @cached_property
    def declared_by(self) -> dict[int, tuple[ThingKind, Any]]:
        """The version that each declaration made, with the kind of its thing."""
        declared = {}
        for what, things in self.versions.items():
            for rows in things.values():
                for row in rows:
                    declared[row.entry_id] = (what, row)
        return declared

    def before(self, declaration: int) -> list[int]:
        """Return the declarations of its thing before a declaration, in order."""
        declared = self.declarations[self.rows[declaration].subject_id]
        return declared[: declared.index(declaration)]

    @cached_property
    def declarations(self) -> Mapping[int, list[int]]:
        """The declarations of each thing by its number, in order, whatever it was declared as."""
        declared = sorted(self.declared_by, key=self.place)
        return by_key((self.rows[entry].subject_id, entry) for entry in declared)

    def live_declarations(
        self, slug: str, space: Namespace = Namespace.SUBJECT
    ) -> list[int]:
        """Return the declarations of a thing that were not retracted, in order."""
        declarations = self.declarations[self.numbers.get((space.value, slug), 0)]
        return [number for number in declarations if number not in self.retracted]

    @cached_property
    def texts(self) -> dict[int, Fingerprint]:
        """The fingerprint of each kept text, by its entry."""
        return {
            row.entry_id: Fingerprint(
                bytes(row.file_sha256).hex(),
                bytes(row.words_sha256).hex(),
                row.words,
                Media(row.media),
                row.reader,
            )
            for row in self.tables["source_text"]
            if row.entry_id <= self.known
        }

    @cached_property
    def updates(self) -> dict[int, Entry]:
        """Every entry but declarations, of which a large book may have as many, by its number."""
        updates = {}
        for number, row in self.rows.items():
            if row.kind != EntryKind.DECLARATION:
                updates[number] = self._entry(row)
        stated = by_key(
            (entry.subject, entry) for entry in updates.values() if entry.stage
        )
        for number, entry in updates.items():
            if entry.stage is Stage.LAPSED:
                stage = self._ended_as(entry, stated[entry.subject])
                updates[number] = entry._replace(stage=stage)
        return updates

    def _ended_as(self, lapsed: Entry, stated: Iterable[Entry]) -> Stage:
        """Return what `lapsed`, a word of version 0.3, means.

        That is kept or partly if that was the last of what was stated before it, else missed. A
        verdict outranks what parties said.
        """
        before: dict[bool, Stage | None] = {}
        for entry in self.in_order(stated):
            is_live = entry.retracted_by is None and entry.stage is not Stage.LAPSED
            if is_live and entry.on <= lapsed.on:
                before[entry.is_verdict] = entry.stage
        last = before.get(True, before.get(False))
        return last if last in (Stage.MET, Stage.PARTIAL) else Stage.MISSED

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """Every entry by its number, in words; those of a batch that is still open, too."""
        updates = self.updates
        return {
            number: updates.get(number) or self._entry(row)
            for number, row in self.rows.items()
        }

    def _entry(self, row: Any) -> Entry:
        batch = self.batches.get(row.batch, PENDING)
        agreement, concession, deadline = self._owners(row)
        return Entry(
            entry=row.id,
            agreement=agreement,
            concession=concession,
            deadline=deadline,
            recorded_at=batch.recorded_at,
            author=batch.author,
            source=self.sources_of.get(row.id, ()),
            retracted_by=self.retracted.get(row.id),
            batch=row.batch,
            command=COMMAND.get(batch.command),  # type: ignore[arg-type]
            **self._said(row),
        )

    def said_again(self, number: int) -> Entry:
        """Return the unwritten entry that would say again what one says."""
        row = self.rows[number]
        text = self.texts.get(number)
        is_declared = row.kind == EntryKind.DECLARATION
        return unwritten(
            **self._said(row),
            source=self.sources_of.get(number, ()),
            declares=self.declares(number) if is_declared else None,
            text=text and text._asdict(),
        )

    @cached_property
    def sources_of(self) -> dict[int, tuple[str, ...]]:
        """The keys of the sources of each entry that has any, in order."""
        sources: dict[int, tuple[str, ...]] = {}
        for row in sorted(self.tables["entry_source"]):
            keys = sources.get(row.entry_id, ())
            sources[row.entry_id] = (*keys, self.slugs[row.source_id])
        return sources

    def _said(self, row: Any) -> dict[str, Any]:
        """Return the fields of what an entry says, its sources apart."""
        slugs = self.slugs
        return {
            "kind": KIND[row.kind],
            "subject": slugs[row.subject_id],
            "effective_on": period_of(row.effective_on, row.effective_on_precision),
            "public_on": row.public_on,
            "says": slugs.get(row.says_id),
            "stage": STAGE.get(row.stage),
            "value": row.value,
            "base": row.base,
            "unit": row.unit,
            "counted_by": row.counted_by,
            "basis": BASIS.get(row.basis),
            "flow": row.flow,
            "due_on": period_of(row.due_on, row.due_on_precision)
            if row.due_on
            else None,
            "outcome": OUTCOME.get(row.outcome),
            "note": row.note,
            "headline": row.headline,
            "inferred": row.inferred,
            "refers_to": row.refers_to,
        }

    def _owners(self, row: Any) -> tuple[str | None, str | None, str | None]:
        """Return the agreement, the concession and the deadline that an entry is about.

        Its owners are those by the versions that held when it was written.
        """
        thing = row.subject_id
        if thing in self._known_owners:
            return self._known_owners[thing]
        deadlines = self.versions[ThingKind.DEADLINE].get(thing, ())
        concessions = self.versions[ThingKind.CONCESSION].get(row.concession_id, ())
        deadline = self._last_by(row.id, deadlines)
        owner = self._last_by(row.id, concessions) or deadline
        agreement = thing if thing in self.versions[ThingKind.AGREEMENT] else 0
        slug = self.slugs.get
        owners = (
            slug(owner.agreement_id if owner else agreement),
            slug(row.concession_id),
            slug(thing if deadline and thing != row.concession_id else 0),
        )
        if len(deadlines) < 2 and len(concessions) < 2:  # the same for all entries
            self._known_owners[thing] = owners
        return owners

    def _last_by(self, entry: int, versions: Sequence[Any]) -> Any:
        """Return the last of some versions that was recorded by an entry, retracted or not."""
        place = self.place(entry)
        for row in reversed(versions):
            if self.place(row.entry_id) <= place:
                return row
        return None

    @cached_property
    def live(self) -> Mapping[EntryKind, BySlug]:
        """The updates of each kind that were not retracted, by what they are about, in order.

        What a party said counts as withdrawn with the party.
        """
        live: dict[EntryKind, dict[str, list[Entry]]] = {kind: {} for kind in EntryKind}
        for entry in self.in_order(self.updates.values()):
            if self.is_live(entry.entry):
                live[entry.kind].setdefault(entry.subject, []).append(entry)
        return live

    def is_live(self, number: int) -> bool:
        """Return whether an update was not retracted, and neither was the party that says so."""
        entry = self.updates.get(number)
        if entry is None or entry.retracted_by is not None:
            return False
        return entry.says is None or entry.says in self.parties

    @cached_property
    def dated(self) -> Mapping[EntryKind, BySlug]:
        """The live moves and readings by their day, then by the day on which they were public."""
        return {
            kind: {
                slug: sorted(
                    (entry for entry in entries if entry.outcome is None),
                    key=lambda entry: (entry.on, self.made_public(entry)),
                )
                for slug, entries in self.live[kind].items()
            }
            for kind in (EntryKind.DEADLINE, EntryKind.READING)
        }

    @cached_property
    def settles(self) -> dict[int, str]:
        """The delivery that a verdict or a claim can settle, whatever the day.

        It is the only one of its concession that was declared, and not cancelled, before that.
        """
        deliveries = defaultdict[str | None, list[str]](list)
        for slug, deadline in self.deadlines.items():
            if deadline.kind is DeadlineKind.DELIVERY and not deadline.is_limit:
                deliveries[deadline.concession].append(slug)
        settles = {}
        for concession, words in self.live[EntryKind.STAGE].items():
            for word in words:
                if word.stage not in OUTCOMES:
                    continue
                place = self.place(self.first_recorded(word))
                there = [
                    slug
                    for slug in deliveries[concession]
                    if self._was_open(slug, place)
                ]
                if len(there) == 1:
                    settles[word.entry] = there[0]
        return settles

    def _was_open(self, deadline: str, place: tuple[Any, ...]) -> bool:
        """Return whether a deadline was declared, and not cancelled, before a place."""
        for closing in self.live[EntryKind.DEADLINE].get(deadline, ()):
            is_cancelled = closing.outcome is Outcome.CANCELLED
            if is_cancelled and self.place(closing.entry) < place:
                return False
        return self.place(self.live_declarations(deadline)[0]) < place

    @cached_property
    def news(self) -> BySlug:
        """The live entries that say what happened, by concession, else by agreement, in order."""
        news = list[Entry]()
        for kind in NEWS:
            for entries in self.live[kind].values():
                news += entries
        ordered = self.in_order(sorted(news))
        return by_key(
            (entry.concession or str(entry.agreement), entry) for entry in ordered
        )

    @cached_property
    def about(self) -> BySlug:
        """The entries about each concession and its deadlines."""
        entries = self.entries.values()
        return by_key((entry.concession, entry) for entry in entries if entry.concession)

    def lines(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers, if their batch is written."""
        entries = (self.entries.get(number) for number in sorted({*numbers}))
        return [
            entry
            for entry in entries
            if entry is not None and entry.batch in self.batches
        ]

    def replaced(self, entry: Entry) -> int | None:
        """Return what an amendment took back to write an entry."""
        if entry.command is not Command.AMEND or entry.kind is EntryKind.RETRACTION:
            return None
        before = self.updates.get(entry.entry - 1)
        if before is None or before.batch != entry.batch:
            return None
        return before.refers_to

    def first_recorded(self, entry: Entry) -> int:
        """Return the number of an entry or, if it is an amendment, of what was recorded first."""
        while (before := self.replaced(entry)) is not None:
            entry = self.updates[before]
        return entry.entry

    @cached_property
    def things_in_force(self) -> set[int]:
        """The things of which a version is in force."""
        return {thing for what in ThingKind for thing in self.in_force(what)}

    def counts(self, row: Any) -> bool:
        """Return whether an entry counts and is not a retraction."""
        return row.kind != EntryKind.RETRACTION and row.id not in self.retracted

    @cached_property
    def undone(self) -> set[int]:
        """The entries that an undo took back."""
        undos = {
            number for number, row in self.batches.items() if row.command == Command.UNDO
        }
        return {
            entry for entry, by in self.retracted.items() if self.rows[by].batch in undos
        }

    def in_order(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries by day and, within a day, in the order of recording."""
        if not self.is_merged:
            return sorted(entries, key=lambda entry: entry.effective_on.last)
        place = self.place
        return sorted(
            entries, key=lambda entry: (entry.effective_on.last, *place(entry.entry))
        )

    def made_public(self, entry: Entry) -> date:
        """Return the day on which an entry was public: as it says, else as its sources were.

        Without such a day it is its own. A source that names no day of publication was public
        then, too.
        """
        return self.published_later.get(entry.entry, entry.public_on or entry.on)

    @cached_property
    def published_later(self) -> Mapping[int, date]:
        """The news that was made public after its own day, and when."""
        later = {}
        sources = self.sources
        published_on = {
            keys: min(sources[key].published_on or date.min for key in keys)
            for keys in {*self.sources_of.values()}
        }
        for entry in self.updates.values():
            public_on = entry.public_on or published_on.get(entry.source, date.min)
            if public_on > entry.on and entry.kind in NEWS:
                later[entry.entry] = public_on
        return later

    def end_of(self, number: int) -> int:
        """Return the last entry of the batch that holds an entry; 0 if there is none."""
        if not 0 < number <= self.last.entries:
            return 0
        starts = [batch.first_entry for batch in self.batches.values()]
        following = [first for first in starts if first > number]
        return min(following, default=self.last.entries + 1) - 1

    @property
    def recorded_on(self) -> date:
        """The day on which the last batch was recorded, by its writer's clock."""
        if not self.batches:
            return date.max
        batch = self.batches[max(self.batches)]
        return (written_at(batch) + timedelta(minutes=batch.utc_offset)).date()

    @cached_property
    def last(self) -> BookState:
        """How many entries the book held, and its head."""
        if self.cut_from:
            return self.cut_from
        if not self.batches:
            return BookState(0, None)
        seal = self.batches[max(self.batches)].seal
        return BookState(max(self.rows), bytes(seal).hex())


# --- what stored rows mean --------------------------------------------------------------------


def written_at(batch: Any) -> datetime:
    """Return when a batch was recorded, in whichever book that was."""
    return batch.origin_at or batch.recorded_at  # type: ignore[no-any-return]


KIND, STAGE, BASIS, OUTCOME, COMMAND = (
    words._value2member_map_ for words in (EntryKind, Stage, Basis, Outcome, Command)
)
"""Words by their text: an enumeration's own call takes ten times as long."""


def by_key(pairs: Iterable[tuple[K, V]]) -> defaultdict[K, list[V]]:
    """Return the values of each key in their order; a key without values has an empty list."""
    grouped: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def value_of(values: Mapping[K, V], key: K | None) -> V | None:
    """Return the value of a key; None if it has none, or if there is no key."""
    return None if key is None else values.get(key)

"""What a book declares up to an entry: things, their versions, and which of these are in force."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from tracker.database.contents import ROWS, Contents
from tracker.entry import Subject
from tracker.errors import NotFound
from tracker.things import (
    KINDS,
    LISTS,
    Agreement,
    Concession,
    Deadline,
    Party,
    Source,
    columns_of,
    declares_of,
    name_of,
)
from tracker.vocabulary import EntryKind, Namespace, ThingKind

Key = TypeVar("Key")
Value = TypeVar("Value")
LATEST = 2**31 - 1
"""More than the number of any entry: everything that the book holds now."""


PENDING = ROWS["batch"](0, None, "", datetime.max.replace(tzinfo=UTC), 0, 0, *[None] * 3, b"")
"""Stands in for a batch that is not written yet: its entries come last."""


def written_at(batch: Any) -> datetime:
    """Return when a batch was recorded, in whichever book that was."""
    return batch.origin_at or batch.recorded_at  # type: ignore[no-any-return]


def by_key(pairs: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    """Return the values of each key in their order; a key without values has an empty list."""
    grouped: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def value_of(values: Mapping[Key, Value], key: Key | None) -> Value | None:
    """Return the value of a key; None if it has none, or if there is no key."""
    return None if key is None else values.get(key)


def spelled(name: str) -> str:
    """Return a name in one of the spellings that look the same: composed, with single spaces."""
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFC", name)
    return " ".join(name.split())


def folded(name: str) -> str:
    """Return what is the same for all spellings and cases of a name."""
    return spelled(name).casefold()


class Declared:
    """What the contents of a book declare up to an entry; they may be only of some things."""

    def __init__(self, contents: Contents, known: int = LATEST) -> None:
        self.contents = contents
        self.known = known
        self.slugs: dict[int, str] = {row.id: row.slug for row in contents.rows["thing"]}
        """The slug of each thing."""
        self.rows = {row.id: row for row in contents.rows["entry"] if row.id <= known}
        """The entries as they are stored, by number."""
        self.batches = {row.id: row for row in contents.rows["batch"] if row.first_entry <= known}

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
        for row in reversed(self.rows.values()):  # what takes a retraction back was seen before
            if row.kind == EntryKind.RETRACTION and row.id not in retracted:
                retracted[row.refers_to] = row.id
        return retracted

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of every thing by its namespace and slug."""
        return {(row.namespace, row.slug): row.id for row in self.contents.rows["thing"]}

    @cached_property
    def versions(self) -> Mapping[ThingKind, Mapping[int, list[Any]]]:
        """The versions of every thing, by kind, in the order in which they were recorded."""
        versions = {}
        for what in ThingKind:
            rows = [row for row in self.contents.rows[what] if row.entry_id <= self.known]
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
        kind = KINDS[what]
        in_force = self.in_force(what)
        columns = columns_of(what, [*in_force.values()], self._slug_of)
        columns[name_of(what)] = [self.slugs[thing] for thing in in_force]
        if what is ThingKind.CONCESSION:
            lists = [self.lists[row.entry_id] for row in in_force.values()]
            columns |= {field: [fields.get(field, ()) for fields in lists] for field in LISTS}
        elif what is ThingKind.DEADLINE:  # a concession's deadline is one of its agreement, too
            owners = map(self.concessions.get, columns["concession"])
            pairs = zip(owners, columns["agreement"], strict=True)
            columns["agreement"] = [owner.agreement if owner else own for owner, own in pairs]
        absent = dict.fromkeys(kind._fields) | kind._field_defaults
        fields = [
            [absent[name] if value is None else value for value in columns[name]]
            for name in kind._fields
            if name in columns
        ]
        return {thing[0]: thing for thing in map(kind, *fields)}

    def _slug_of(self, _: str, thing: int) -> str:
        return self.slugs[thing]

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug; one that is part of a withdrawn bloc is part of none."""
        parties = self._things(ThingKind.PARTY)
        return {
            slug: party if party.part_of in parties else party._replace(part_of=None)
            for slug, party in parties.items()
        }

    @cached_property
    def _named(self) -> Mapping[str, list[Party]]:
        """The parties by their slugs, names and short names, whatever the case."""
        named = defaultdict[str, list[Party]](list)
        for party in self.parties.values():
            for name in {folded(party.slug), folded(party.name), folded(party.short)}:
                named[name].append(party)
        return named

    def parties_named(self, word: str) -> list[Party]:
        """Return the parties that a word names: by slug, which comes first, or by a name."""
        wanted = folded(word)
        parties = self._named.get(wanted, ())
        return sorted(parties, key=lambda party: (party.slug != word, party.slug != wanted))

    def party(self, name: str) -> str:
        """Return the slug of a party, given its slug, name or short name in any case."""
        if not (parties := self.parties_named(name)):
            raise NotFound("no such thing", kind="party", name=name, known=self.parties)
        return parties[0].slug

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
        by_url = {source.url: source for source in reversed(sources.values()) if source.url}
        for row in self.contents.rows["thing"]:
            if row.namespace == Namespace.SOURCE and row.slug not in sources:
                url = row.slug if "://" in row.slug else None
                lone = Source(row.slug, None, None, url, declared=False)
                sources[row.slug] = by_url.get(row.slug, lone)
        return sources | {url: sources.get(url, source) for url, source in by_url.items()}

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
                returned = sorted(order.keys() & {*concession.in_return_for}, key=order.__getitem__)
                concessions[slug] = concession._replace(in_return_for=tuple(returned))
        return concessions

    @cached_property
    def lists(self) -> Mapping[int, dict[str, tuple[str, ...]]]:
        """The fields of concessions that are lists, by the entry that declares them."""
        slugs = self.slugs
        lists = defaultdict[int, dict[str, tuple[str, ...]]](dict)
        rows = self.contents.rows
        sides = rows["concession_party"]
        members = [(row.entry_id, row.role, slugs[row.party_id]) for row in sides]
        links = sorted((slugs[row.in_return_for_id], row.entry_id) for row in rows["exchange"])
        members += [(entry, "in_return_for", slug) for slug, entry in links]
        for entry, field, slug in members:
            lists[entry][field] = (*lists[entry].get(field, ()), slug)
        return lists

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """Every deadline of an agreement or a concession in force, by its slug, as declared."""
        deadlines = self._things(ThingKind.DEADLINE).items()
        known = self.agreements
        return {slug: deadline for slug, deadline in deadlines if deadline.agreement in known}

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
        lists = {field: [*slugs] for field, slugs in self.lists.get(number, {}).items()}
        return declares_of(what, row, self._slug_of) | lists

    @cached_property
    def declared_by(self) -> dict[int, tuple[ThingKind, Any]]:
        """The version that each declaration made, with the kind of its thing."""
        versions = self.versions.items()
        pairs = (
            (what, row) for what, things in versions for rows in things.values() for row in rows
        )
        return {row.entry_id: (what, row) for what, row in pairs}

    def earlier(self, declaration: int) -> int | None:
        """Return the declaration that counted before another one; of a retracted one, until then.

        None if the thing had not been declared before.
        """
        retracted = self.retracted
        until = self.retracted.get(declaration, LATEST)
        before = reversed(self.before(declaration))
        return next((entry for entry in before if retracted.get(entry, LATEST) >= until), None)

    def before(self, declaration: int) -> list[int]:
        """Return the declarations of its thing before a declaration, in order."""
        declared = self.declarations[self.rows[declaration].subject_id]
        return declared[: declared.index(declaration)]

    @cached_property
    def declarations(self) -> Mapping[int, list[int]]:
        """The declarations of each thing by its number, in order, whatever it was declared as."""
        declared = sorted(self.declared_by, key=self.place)
        return by_key((self.rows[entry].subject_id, entry) for entry in declared)

    def live_declarations(self, slug: str, space: Namespace = Namespace.SUBJECT) -> list[int]:
        """Return the declarations of a thing that were not retracted, in order."""
        declarations = self.declarations[self.numbers.get((space.value, slug), 0)]
        return [number for number in declarations if number not in self.retracted]

"""What a book declares up to an entry: things, their versions, and which of these are in force."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from tracker.database.contents import Contents
from tracker.dates import Period, as_given
from tracker.entry import Subject
from tracker.facts import (
    LATEST,
    Agreement,
    Concession,
    Deadline,
    Exchange,
    Fingerprint,
    Party,
    Source,
)
from tracker.groups import by_key
from tracker.rules.names import PartyNames
from tracker.vocabulary import (
    Bound,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Media,
    Namespace,
    Precision,
    Role,
    TermWord,
    ThingKind,
)


class Declared:
    """What the contents of a book declare up to an entry; they may be only of some things."""

    def __init__(self, contents: Contents, known: int = LATEST) -> None:
        self.contents = contents
        self.known = known
        self.slugs: dict[int, str] = {row.id: row.slug for row in contents.thing}
        """The slug of each thing."""
        self.rows = {row.id: row for row in contents.entry if row.id <= known}
        """The entries as they are stored, by number."""
        self.retracted = self._retracted()
        """The retraction of each entry that was retracted by one that counts."""
        self._versions: dict[ThingKind, dict[int, list[Any]]] = {}

    def _retracted(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for row in reversed(self.rows.values()):  # what takes a retraction back was seen before
            if row.kind == EntryKind.RETRACTION and row.id not in found:
                found[row.refers_to] = row.id
        return found

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of every thing by its namespace and slug."""
        return {(row.namespace, row.slug): row.id for row in self.contents.thing}

    def versions(self, what: ThingKind) -> dict[int, list[Any]]:
        """Return the versions of every thing of a kind, in order of their first declaration."""
        if what not in self._versions:
            found: dict[int, list[Any]] = {}
            for row in getattr(self.contents, what.value):
                if row.entry_id <= self.known:
                    found.setdefault(row.thing_id, []).append(row)
            self._versions[what] = found
        return self._versions[what]

    def _unretracted(self, rows: Iterable[Any]) -> list[Any]:
        """Return those versions of a thing that were not retracted."""
        return [row for row in rows if row.entry_id not in self.retracted]

    def in_force(self, what: ThingKind) -> dict[int, Any]:
        """Return the latest live version of each thing of a kind."""
        found = {thing: self._unretracted(rows) for thing, rows in self.versions(what).items()}
        return {thing: live[-1] for thing, live in found.items() if live}

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug; one that is part of a withdrawn bloc is part of none."""
        rows = self.in_force(ThingKind.PARTY)
        slugs = {thing: self.slugs[thing] for thing in rows}
        return {
            slugs[thing]: Party(slugs[thing], row.name, row.short, slugs.get(row.part_of_id))
            for thing, row in rows.items()
        }

    @cached_property
    def party_names(self) -> PartyNames:
        """The parties by their slugs and names."""
        return PartyNames(self.parties.values())

    @cached_property
    def part_of(self) -> dict[str, str | None]:
        """The bloc of each party, if it is part of one."""
        return {slug: party.part_of for slug, party in self.parties.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key; an undeclared one has only its address.

        The address of a declared source names that source, too.
        """
        declared = self.in_force(ThingKind.SOURCE)
        found = [
            Source(self.slugs[row.thing_id], row.title, row.publisher, row.url, row.published_on,
                   row.official, row.archived_url)
            for row in declared.values()
        ]  # fmt: skip
        for row in self.contents.thing:
            if row.namespace == "source" and row.id not in declared:
                url = row.slug if "://" in row.slug else None
                found.append(
                    Source(row.slug, None, None, url, None, official=False, declared=False)
                )
        by_url = {one.url: one for one in reversed(found) if one.declared and one.url}
        named = {one.key: one if one.declared else by_url.get(one.key, one) for one in found}
        return named | {url: named.get(url, one) for url, one in by_url.items()}

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """Every agreement by its slug."""
        slugs, rows = self.slugs, self.in_force(ThingKind.AGREEMENT).values()
        found = (
            Agreement(slugs[row.thing_id], row.title, row.place,
                      period_of(row.agreed_on, row.agreed_on_precision), slugs[row.source_id])
            for row in rows
        )  # fmt: skip
        return {agreement.slug: agreement for agreement in found}

    @cached_property
    def concessions(self) -> dict[str, Concession]:
        """Every concession by its slug, in the order of declaration.

        One without its agreement, a giver or a receiver counts as withdrawn with what it names.
        """
        found = map(self._concession, self.in_force(ThingKind.CONCESSION).values())
        return {one.slug: one for one in found if self._is_whole(one)}

    def _is_whole(self, one: Concession) -> bool:
        named = {*one.givers, *one.receivers}
        is_complete = one.givers and one.receivers and named <= self.parties.keys()
        return bool(is_complete) and one.agreement in self.agreements

    def _concession(self, row: Any) -> Concession:
        slugs, sides = self.slugs, self._sides.get(row.entry_id, {})
        givers, receivers = (tuple(sides.get(role, ())) for role in Role)
        promised_on = row.promised_on and period_of(row.promised_on, row.promised_on_precision)
        return Concession(
            slugs[row.thing_id], slugs[row.agreement_id], row.title, givers, receivers, row.sector,
            ConcessionKind(row.kind), Instrument(row.instrument), row.test, slugs[row.source_id],
            row.locator, promised_on, bool(row.hold), row.quote,
            row.term and TermWord(row.term),
        )  # fmt: skip

    @cached_property
    def _sides(self) -> dict[int, dict[str, list[str]]]:
        """Who gives and receives in each version of a concession, by its entry and role."""
        found: dict[int, dict[str, list[str]]] = {}
        for row in sorted(self.contents.concession_party, key=lambda row: row.place):
            sides = found.setdefault(row.entry_id, {})
            sides.setdefault(row.role, []).append(self.slugs[row.party_id])
        return found

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """Every deadline of an agreement or a concession in force, by its slug, as declared."""
        rows = self.in_force(ThingKind.DEADLINE).values()
        found = {self.slugs[row.thing_id]: self._deadline(row) for row in rows}
        return {slug: one for slug, one in found.items() if one.agreement in self.agreements}

    def _deadline(self, row: Any) -> Deadline:
        slugs = self.slugs
        agreement, concession = slugs.get(row.agreement_id, ""), slugs.get(row.concession_id)
        if concession in self.concessions:
            agreement = self.concessions[concession].agreement
        return Deadline(
            slugs[row.thing_id], agreement, concession, DeadlineKind(row.kind), row.label,
            row.opens_on, row.due_on and period_of(row.due_on, row.due_on_precision), row.target,
            row.unit, slugs[row.source_id], row.awaits, row.bound and Bound(row.bound), row.base,
        )  # fmt: skip

    @cached_property
    def subjects(self) -> dict[str, str]:
        """What each slug names: an agreement, a concession or a deadline."""
        kinds: dict[str, Iterable[str]] = {
            "agreement": self.agreements,
            "concession": self.concessions,
            "deadline": self.deadlines,
        }
        return {slug: what for what, slugs in kinds.items() for slug in slugs}

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was given in return for what, if both are in force."""
        rows, slugs = self.in_force(ThingKind.CONCESSION), self.slugs
        owners = {row.entry_id: slugs[row.thing_id] for row in rows.values()}
        order = {slug: place for place, slug in enumerate(self.concessions)}
        found = [
            Exchange(owners[row.entry_id], slugs[row.in_return_for_id])
            for row in self.contents.exchange
            if owners.get(row.entry_id) in order and slugs[row.in_return_for_id] in order
        ]
        return tuple(sorted(found, key=lambda one: (order[one[0]], order[one[1]])))

    def subject(self, slug: str) -> Subject | None:
        """Return what a slug names, with its owners: an agreement, concession or deadline."""
        thing = self.numbers.get(("subject", slug), 0)
        if slug in self.agreements:
            return Subject("agreement", thing, slug, thing, None, slug, None)
        if (concession := self.concessions.get(slug)) is not None:
            of = concession.agreement
            owner = self.numbers["subject", of]
            return Subject("concession", thing, slug, owner, thing, of, slug)
        if (deadline := self.deadlines.get(slug)) is not None:
            owner = self.numbers["subject", deadline.agreement]
            own = self.numbers["subject", deadline.concession] if deadline.concession else None
            return Subject(
                "deadline", thing, slug, owner, own, deadline.agreement, deadline.concession,
                deadline.kind, deadline.unit,
            )  # fmt: skip
        return None

    def declares(self, number: int) -> dict[str, Any]:
        """Return what an entry declares, in the words of the chain: plain values by field."""
        what, row = self._declared[number]
        words = {"what": what.value} | declared_words(row, lambda _, thing: self.slugs[thing])
        if what is ThingKind.CONCESSION:
            words |= self._sides[number]
            if returned := self._returned.get(number):
                words["in_return_for"] = sorted(returned)
        return words

    @cached_property
    def _declared(self) -> dict[int, tuple[ThingKind, Any]]:
        """The version that each declaration made, with the kind of its thing."""
        return {
            row.entry_id: (what, row)
            for what in ThingKind
            for rows in self.versions(what).values()
            for row in rows
        }

    @cached_property
    def _returned(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for row in self.contents.exchange:
            found.setdefault(row.entry_id, []).append(self.slugs[row.in_return_for_id])
        return found

    def earlier(self, declaration: int) -> int | None:
        """Return the declaration that counted before another one; of a retracted one, until then.

        None if the thing had not been declared before.
        """
        retracted, until = self.retracted, self.retracted.get(declaration, LATEST)
        for entry in reversed(self.before(declaration)):
            by = retracted.get(entry)
            if by is None or (declaration in retracted and by >= until):
                return entry
        return None

    def before(self, declaration: int) -> list[int]:
        """Return the declarations of its thing before a declaration, in order."""
        declared = self.declared_as(self.rows[declaration].subject_id)
        return [entry for entry in declared if entry < declaration]

    def declarations_of(self, slug: str, space: Namespace = Namespace.SUBJECT) -> list[int]:
        """Return all declarations of a thing, in order, whatever it was declared as."""
        return self.declared_as(self.numbers.get((space.value, slug), 0))

    def declared_as(self, thing: int) -> list[int]:
        """Return all declarations of a thing by its number, in order."""
        return sorted(self._declarations.get(thing, ()))

    @cached_property
    def _declarations(self) -> Mapping[int, list[int]]:
        """The declarations of each thing by its number."""
        return by_key((row.thing_id, entry) for entry, (_, row) in self._declared.items())

    def named_in(self, declaration: int) -> set[int]:
        """Return the things that a declaration names, but for what it was given in return for."""
        if declaration not in self._declared:
            return set()
        _, row = self._declared[declaration]
        columns = (name for name in row._fields if name.endswith("_id") and name != "entry_id")
        sides = self._sides.get(declaration, {}).values()
        parties = (self.numbers["party", slug] for side in sides for slug in side)
        return {*(getattr(row, name) for name in columns), *parties} - {row.thing_id, None}

    def live_declarations(self, slug: str, space: Namespace = Namespace.SUBJECT) -> list[int]:
        """Return the declarations of a thing that were not retracted, in order."""
        found = self.declarations_of(slug, space)
        return [number for number in found if number not in self.retracted]


@lru_cache(4096)
def period_of(last: date, precision: str | None) -> Period:
    """Return a day, month or year; an entry stores its precision only if that is not a day."""
    return Period(last, Precision(precision) if precision else Precision.DAY)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields that differ, each with both values; None means that it is absent."""
    pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
    return {name: (was, now) for name, (was, now) in pairs.items() if was != now}


def declared_words(row: Any, slug_of: Callable[[str, int], str | None]) -> dict[str, Any]:
    """Return a version as plain values by field, without what is absent.

    `slug_of` names the things whose numbers some columns hold.
    """
    words: dict[str, Any] = {}
    for name, value in row._asdict().items():
        if value is None or name in ("entry_id", "thing_id") or name.endswith("_precision"):
            continue
        if name.endswith("_id"):
            words[name.removesuffix("_id")] = slug_of(name, value)
        elif isinstance(value, date):
            exact = getattr(row, f"{name}_precision", None)
            words[name] = as_given(value.isoformat(), exact or "day")
        else:
            words[name] = format(value, "f") if isinstance(value, Decimal) else value
    return words


def fingerprint_of(row: Any) -> Fingerprint:
    """Return what identifies a kept text."""
    file, words = (bytes(one).hex() for one in (row.file_sha256, row.words_sha256))
    return Fingerprint(file, words, row.words, Media(row.media), row.reader)

"""What a book holds up to an entry, whatever the day: entries, things, and their versions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from tracker.database.contents import ROWS, Contents
from tracker.dates import Period, as_given
from tracker.facts import (
    LATEST,
    Agreement,
    BookState,
    Concession,
    Deadline,
    Entry,
    Exchange,
    Fingerprint,
    Party,
    Source,
)
from tracker.groups import by_key
from tracker.rules.names import PartyNames
from tracker.vocabulary import (
    NEWS,
    Basis,
    Bound,
    Command,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Media,
    Namespace,
    Outcome,
    Precision,
    Role,
    Stage,
    ThingKind,
)

PENDING = ROWS["batch"](0, 0, None, "", datetime.max.replace(tzinfo=UTC), 0, None, None, b"")
"""Stands in for a batch that is not written yet: its entries come last."""


class Subject(NamedTuple):
    """What an entry is about: a thing and its owners, by number and by slug.

    `kind` and `unit` are those of a deadline.
    """

    what: str
    id: int
    slug: str
    agreement_id: int | None
    concession_id: int | None
    agreement: str | None
    concession: str | None
    kind: str | None = None
    unit: str | None = None


class Record:
    """Everything that was recorded up to an entry; `contents` may be only of some things."""

    def __init__(self, contents: Contents, known: int = LATEST) -> None:
        self.contents = contents
        self.known = known
        self.slugs: dict[int, str] = {row.id: row.slug for row in contents.thing}
        """The slug of each thing."""
        self.rows = {row.id: row for row in contents.entry if row.id <= known}
        """The entries as they are stored, by number."""
        self.batches = {row.id: row for row in contents.batch if row.first_entry <= known}
        self.retracted = self._retracted()
        """The retraction of each entry that was retracted by one that counts."""
        self._versions: dict[ThingKind, dict[int, list[Any]]] = {}
        self._known_owners: dict[int, tuple[str | None, str | None, str | None]] = {}

    def up_to(self, known: int) -> "Record":
        """Return what the book held up to an earlier entry."""
        return self if known >= self.known else Record(self.contents, known)

    def _retracted(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for row in reversed(self.rows.values()):  # what takes a retraction back was seen before
            if row.kind == EntryKind.RETRACTION and row.id not in found:
                found[row.refers_to] = row.id
        return found

    # --- things ------------------------------------------------------------------------------

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
        """Every party by its slug."""
        slugs, rows = self.slugs, self.in_force(ThingKind.PARTY).values()
        found = (
            Party(slugs[row.thing_id], row.name, row.short, slugs.get(row.part_of_id))
            for row in rows
        )
        return {party.slug: party for party in found}

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
        """Every concession by its slug, in the order of declaration."""
        rows = self.in_force(ThingKind.CONCESSION).values()
        return {self.slugs[row.thing_id]: self._concession(row) for row in rows}

    def _concession(self, row: Any) -> Concession:
        slugs, sides = self.slugs, self._sides[row.entry_id]
        givers, receivers = (tuple(sides[role]) for role in Role)
        promised_on = row.promised_on and period_of(row.promised_on, row.promised_on_precision)
        return Concession(
            slugs[row.thing_id], slugs[row.agreement_id], row.title, givers, receivers, row.sector,
            ConcessionKind(row.kind), Instrument(row.instrument), row.test, slugs[row.source_id],
            row.locator, promised_on, bool(row.hold), row.quote,
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
    def _party_rows(self) -> Mapping[int, list[Any]]:
        return by_key((row.entry_id, row) for row in self.contents.concession_party)

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
        rows = self.in_force(ThingKind.CONCESSION)
        owners = {row.entry_id: self.slugs[row.thing_id] for row in rows.values()}
        order = {slug: place for place, slug in enumerate(self.concessions)}
        found = [
            Exchange(owners[row.entry_id], self.slugs[row.in_return_for_id])
            for row in self.contents.exchange
            if row.entry_id in owners and row.in_return_for_id in rows
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

    # --- declarations --------------------------------------------------------------------------

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
        for row in reversed(self.before(declaration)):
            by = retracted.get(row.entry_id)
            if by is None or (declaration in retracted and by >= until):
                return int(row.entry_id)
        return None

    def before(self, declaration: int) -> list[Any]:
        """Return the versions of its thing that were declared before a declaration."""
        thing = self.rows[declaration].subject_id
        rows = (row for what in ThingKind for row in self.versions(what).get(thing, ()))
        return [row for row in rows if row.entry_id < declaration]

    def declarations_of(self, slug: str, space: Namespace = Namespace.SUBJECT) -> list[int]:
        """Return all declarations of a thing, in order, whatever it was declared as."""
        return self.declared_as(self.numbers.get((space.value, slug), 0))

    def declaration(self, slug: str) -> Entry:
        """Return the declaration in force of an agreement, a concession or a deadline."""
        return self.entries[self.live_declarations(slug)[-1]]

    def declared_as(self, thing: int) -> list[int]:
        """Return all declarations of a thing by its number, in order."""
        rows = (row for what in ThingKind for row in self.versions(what).get(thing, ()))
        return sorted(row.entry_id for row in rows)

    def named_in(self, declaration: int) -> set[int]:
        """Return the things that a declaration names, but for what it was given in return for."""
        if declaration not in self._declared:
            return set()
        _, row = self._declared[declaration]
        columns = (name for name in row._fields if name.endswith("_id") and name != "entry_id")
        sides = (one.party_id for one in self._party_rows[declaration])
        return {*(getattr(row, name) for name in columns), *sides} - {row.thing_id, None}

    def live_declarations(self, slug: str, space: Namespace = Namespace.SUBJECT) -> list[int]:
        """Return the declarations of a thing that were not retracted, in order."""
        found = self.declarations_of(slug, space)
        return [number for number in found if number not in self.retracted]

    @cached_property
    def texts(self) -> dict[int, Fingerprint]:
        """The fingerprint of each kept text, by its entry."""
        return {
            row.entry_id: fingerprint_of(row)
            for row in self.contents.source_text
            if row.entry_id <= self.known
        }

    # --- entries -------------------------------------------------------------------------------

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """Every entry by its number, in words; those of a batch that is still open, too."""
        return {number: self._entry(row) for number, row in self.rows.items()}

    def _entry(self, row: Any) -> Entry:
        slugs, batch = self.slugs, self.batches.get(row.batch, PENDING)
        return Entry(
            row.id, KINDS[row.kind], slugs[row.subject_id], *self._owners(row),
            period_of(row.effective_on, row.effective_on_precision), row.public_on,
            batch.recorded_at, batch.author, slugs.get(row.says_id), STAGES.get(row.stage),
            row.value, row.unit, row.counted_by, BASES.get(row.basis), row.flow,
            period_of(row.due_on, row.due_on_precision) if row.due_on else None,
            OUTCOMES.get(row.outcome), slugs.get(row.source_id), row.note, row.refers_to,
            self.retracted.get(row.id), row.batch, COMMANDS.get(batch.command),
        )  # fmt: skip

    def _owners(self, row: Any) -> tuple[str | None, str | None, str | None]:
        """Return the agreement, the concession and the deadline that an entry is about.

        Its owners are those by the versions that held when it was written.
        """
        thing, concession_id = row.subject_id, row.concession_id
        if (found := self._known_owners.get(thing)) is not None:
            return found
        deadlines = self.versions(ThingKind.DEADLINE).get(thing, ())
        concessions = self.versions(ThingKind.CONCESSION).get(concession_id, ())
        deadline, concession = (_version_at(rows, row.id) for rows in (deadlines, concessions))
        owner = None
        if concession or deadline:
            owner = (concession or deadline).agreement_id
        elif thing in self.versions(ThingKind.AGREEMENT):
            owner = thing
        is_deadline = deadline is not None and thing != concession_id
        slugs = self.slugs
        own = slugs[thing] if is_deadline else None
        found = slugs.get(owner or 0), slugs.get(concession_id), own
        if len(deadlines) < 2 and len(concessions) < 2:  # then they are the same for all entries
            self._known_owners[thing] = found
        return found

    @cached_property
    def live(self) -> Mapping[EntryKind, Mapping[str, list[Entry]]]:
        """The entries of each kind that were not retracted, by what they are about, in order."""
        found: dict[EntryKind, dict[str, list[Entry]]] = {kind: {} for kind in EntryKind}
        for entry in self.in_order(self.entries.values()):
            if entry.retracted_by is None:
                found[entry.kind].setdefault(entry.subject, []).append(entry)
        return found

    @cached_property
    def news(self) -> Mapping[str, list[Entry]]:
        """The live entries that say what happened, by concession, else by agreement, in order."""
        found = (one for kind in NEWS for own in self.live[kind].values() for one in own)
        ordered = self.in_order(sorted(found))
        return by_key((entry.concession or str(entry.agreement), entry) for entry in ordered)

    @cached_property
    def about(self) -> Mapping[str, list[Entry]]:
        """The entries about each concession and its deadlines."""
        found = self.entries.values()
        return by_key((entry.concession, entry) for entry in found if entry.concession)

    def lines(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers, if their batch is written."""
        found = (self.entries.get(number) for number in sorted({*numbers}))
        return [entry for entry in found if entry is not None and entry.batch in self.batches]

    def repeated(self, numbers: Iterable[int]) -> dict[int, int]:
        """Return those of some entries that say the same as a live one, and which that is."""
        rows = [self.rows[number] for number in numbers if self.rows[number].nth > 1]
        keys = {row.key for row in rows}
        same = by_key((row.key, row) for row in self.rows.values() if row.key in keys)
        found = {}
        for row in rows:
            live = (one for one in same[row.key] if one.id not in self.retracted)
            if first := min((one.id for one in live if one.nth < row.nth), default=None):
                found[row.id] = first
        return found

    def in_order(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries by day and, within a day, in the order of recording."""
        if not self._is_merged:
            return sorted(entries, key=lambda entry: entry.effective_on.last)
        return sorted(entries, key=lambda entry: (entry.effective_on.last, *self.place(entry)))

    @cached_property
    def _is_merged(self) -> bool:
        """Whether a batch came from another book, so that numbers do not give the order."""
        return any(batch.origin_at for batch in self.batches.values())

    def place(self, entry: Entry) -> tuple[Any, ...]:
        """Return the order of recording, in whichever book that was."""
        if not self._is_merged:
            return (entry.entry,)
        row, batch = self.rows[entry.entry], self.batches.get(entry.batch, PENDING)
        return written_at(batch), row.origin or row.id, row.key, row.id

    @cached_property
    def published_on(self) -> Mapping[str, date]:
        """The day on which each source that says so was published."""
        found = self.in_force(ThingKind.SOURCE).values()
        return {self.slugs[row.thing_id]: row.published_on for row in found if row.published_on}

    def made_public(self, entry: Entry) -> date:
        """Return the day on which an entry was public: its own, or the later one of its source."""
        if entry.public_on:
            return entry.public_on
        return max(entry.on, self.published_on.get(entry.source or "", entry.on))

    def end_of(self, number: int) -> int:
        """Return the last entry of the batch that holds an entry; 0 if there is none."""
        if number not in self.rows:
            return 0
        batch = self.rows[number].batch
        return max((one for one, row in self.rows.items() if row.batch == batch), default=0)

    @property
    def recorded_on(self) -> date:
        """The day on which the last batch was recorded, by its writer's clock."""
        if not self.batches:
            return date.max
        return written_on(self.batches[max(self.batches)]).date()

    @cached_property
    def last(self) -> BookState:
        """How many entries the book held, and its head."""
        if not self.batches:
            return BookState(0, None)
        batch = self.batches[max(self.batches)]
        return BookState(self.end_of(batch.first_entry), bytes(batch.seal).hex())


KINDS: dict[str | None, EntryKind] = {kind.value: kind for kind in EntryKind}
STAGES: dict[str | None, Stage] = {stage.value: stage for stage in Stage}
BASES: dict[str | None, Basis] = {basis.value: basis for basis in Basis}
OUTCOMES: dict[str | None, Outcome] = {outcome.value: outcome for outcome in Outcome}
COMMANDS: dict[str | None, Command] = {command.value: command for command in Command}
"""Words by their text: an enumeration's own call takes ten times as long."""


def _version_at(rows: Sequence[Any], entry: int) -> Any:
    """Return the last of some versions up to an entry, retracted or not."""
    return next((row for row in reversed(rows) if row.entry_id <= entry), None)


@lru_cache(4096)
def period_of(last: date, precision: str | None) -> Period:
    """Return a day, month or year; an entry stores its precision only if that is not a day."""
    return Period(last, Precision(precision) if precision else Precision.DAY)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields that differ, each with both values; None means that it is absent."""
    pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
    return {name: (was, now) for name, (was, now) in pairs.items() if was != now}


def written_at(batch: Any) -> datetime:
    """Return when a batch was recorded, in whichever book that was."""
    return batch.origin_at or batch.recorded_at  # type: ignore[no-any-return]


def written_on(batch: Any) -> datetime:
    """Return the same by the writer's clock."""
    return written_at(batch) + timedelta(minutes=batch.utc_offset)


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

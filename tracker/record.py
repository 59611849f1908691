"""What was recorded in a book up to an entry, whatever the day."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from tracker.database.contents import Contents
from tracker.dates import parse_moment, period_of
from tracker.declared import LATEST, PENDING, Declared, by_key, written_at
from tracker.entry import Entry, Fingerprint
from tracker.errors import NotFound
from tracker.things import REFERENCES, SIDES, STORED
from tracker.vocabulary import (
    NEWS,
    Basis,
    Command,
    EntryKind,
    Media,
    Namespace,
    Outcome,
    Stage,
    ThingKind,
)

SEED_AUTHOR = "seed"
"""The author of a shipped seed's entries, so that no user's `undo` takes them back."""
HEAD_DIGITS = 32
"""How many digits of a head a page prints: so many that nobody can make another book with them."""

NUMBER = re.compile(r"#\d{1,10}|\d{1,11}", re.ASCII)
"""An entry's number."""


class BookState(NamedTuple):
    """How much a book held, and its head: the seal of the last batch."""

    entries: int
    """How many entries the book held."""
    head: str | None
    """The seal of the last batch."""
    evidence_on: date | None = None
    """In a report, the latest day of which it says anything that counts."""


class Record(Declared):
    """What a book declares, and every entry; `contents` may be only of some things."""

    def __init__(self, contents: Contents, known: int = LATEST) -> None:
        super().__init__(contents, known)
        self._known_owners: dict[int, tuple[str | None, str | None, str | None]] = {}

    def up_to(self, known: int) -> "Record":
        """Return what the book held up to an earlier entry."""
        return self if known >= self.known else Record(self.contents, known)

    @cached_property
    def texts(self) -> dict[int, Fingerprint]:
        """The fingerprint of each kept text, by its entry."""
        known = (row for row in self.contents.rows["source_text"] if row.entry_id <= self.known)
        return {row.entry_id: fingerprint_of(row) for row in known}

    @cached_property
    def updates(self) -> dict[int, Entry]:
        """Every entry but declarations, of which a large book may have as many, by its number."""
        return {
            number: self._entry(row)
            for number, row in self.rows.items()
            if row.kind != EntryKind.DECLARATION
        }

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """Every entry by its number, in words; those of a batch that is still open, too."""
        updates = self.updates
        return {
            number: updates.get(number) or self._entry(row) for number, row in self.rows.items()
        }

    def _entry(self, row: Any) -> Entry:
        batch = self.batches.get(row.batch, PENDING)
        agreement, concession, deadline = self._owners(row)
        return Entry(
            entry=row.id,
            kind=KINDS[row.kind],
            subject=self.slugs[row.subject_id],
            agreement=agreement,
            concession=concession,
            deadline=deadline,
            effective_on=period_of(row.effective_on, row.effective_on_precision),
            public_on=row.public_on,
            recorded_at=batch.recorded_at,
            author=batch.author,
            says=self.slugs.get(row.says_id),
            stage=STAGES.get(row.stage),
            value=row.value,
            base=row.base,
            unit=row.unit,
            counted_by=row.counted_by,
            basis=BASES.get(row.basis),
            flow=row.flow,
            due_on=period_of(row.due_on, row.due_on_precision) if row.due_on else None,
            outcome=OUTCOMES.get(row.outcome),
            source=self.sources_of.get(row.id, ()),
            note=row.note,
            headline=row.headline,
            refers_to=row.refers_to,
            retracted_by=self.retracted.get(row.id),
            batch=row.batch,
            command=COMMANDS.get(batch.command),
        )

    @cached_property
    def sources_of(self) -> dict[int, tuple[str, ...]]:
        """The keys of the sources of each entry that has any, in order."""
        sources: dict[int, tuple[str, ...]] = {}
        same: dict[tuple[str, ...], tuple[str, ...]] = {}  # what recurs is held once
        for row in sorted(self.contents.rows["entry_source"]):
            keys = (*sources.get(row.entry_id, ()), self.slugs[row.source_id])
            sources[row.entry_id] = same.setdefault(keys, keys)
        return sources

    def _owners(self, row: Any) -> tuple[str | None, str | None, str | None]:
        """Return the agreement, the concession and the deadline that an entry is about.

        Its owners are those by the versions that held when it was written.
        """
        thing = row.subject_id
        concession_id = row.concession_id
        if (owners := self._known_owners.get(thing)) is not None:
            return owners
        deadlines = self.versions[ThingKind.DEADLINE].get(thing, ())
        concessions = self.versions[ThingKind.CONCESSION].get(concession_id, ())
        deadline = self._version_at(deadlines, row.id)
        concession = self._version_at(concessions, row.id)
        agreement_id = None
        if concession or deadline:
            agreement_id = (concession or deadline).agreement_id
        elif thing in self.versions[ThingKind.AGREEMENT]:
            agreement_id = thing
        is_deadline = deadline is not None and thing != concession_id
        slugs = self.slugs
        deadline_slug = slugs[thing] if is_deadline else None
        owners = slugs.get(agreement_id or 0), slugs.get(concession_id), deadline_slug
        if len(deadlines) < 2 and len(concessions) < 2:  # then they are the same for all entries
            self._known_owners[thing] = owners
        return owners

    def _version_at(self, rows: Sequence[Any], entry: int) -> Any:
        """Return the last of some versions that was recorded by an entry, retracted or not."""
        place = self.place(entry)
        for row in reversed(rows):
            if self.place(row.entry_id) <= place:
                return row
        return None

    @cached_property
    def live(self) -> Mapping[EntryKind, Mapping[str, list[Entry]]]:
        """The updates of each kind that were not retracted, by what they are about, in order.

        What a party said counts as withdrawn with the party.
        """
        live: dict[EntryKind, dict[str, list[Entry]]] = {kind: {} for kind in EntryKind}
        speakers = {None, *self.parties}
        for entry in self.in_order(self.updates.values()):
            if entry.retracted_by is None and entry.says in speakers:
                live[entry.kind].setdefault(entry.subject, []).append(entry)
        return live

    @cached_property
    def dated(self) -> Mapping[EntryKind, Mapping[str, list[Entry]]]:
        """The live moves and readings by their day, then by the day on which they were public."""
        return {
            kind: {slug: self._dated(entries) for slug, entries in self.live[kind].items()}
            for kind in (EntryKind.DEADLINE, EntryKind.READING)
        }

    def _dated(self, entries: Iterable[Entry]) -> list[Entry]:
        told = (entry for entry in entries if entry.outcome is None)
        return sorted(told, key=lambda entry: (entry.on, self.made_public(entry)))

    @cached_property
    def news(self) -> Mapping[str, list[Entry]]:
        """The live entries that say what happened, by concession, else by agreement, in order."""
        news = list[Entry]()
        for kind in NEWS:
            for entries in self.live[kind].values():
                news += entries
        ordered = self.in_order(sorted(news))
        return by_key((entry.concession or str(entry.agreement), entry) for entry in ordered)

    @cached_property
    def about(self) -> Mapping[str, list[Entry]]:
        """The entries about each concession and its deadlines."""
        entries = self.entries.values()
        return by_key((entry.concession, entry) for entry in entries if entry.concession)

    def lines(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers, if their batch is written."""
        entries = (self.entries.get(number) for number in sorted({*numbers}))
        return [entry for entry in entries if entry is not None and entry.batch in self.batches]

    # --- what rests on what -----------------------------------------------------------------------

    @cached_property
    def things_in_force(self) -> set[int]:
        """The things of which a version is in force."""
        return {thing for what in ThingKind for thing in self.in_force(what)}

    def counts(self, row: Any) -> bool:
        """Return whether an entry counts and is not a retraction."""
        return row.kind != EntryKind.RETRACTION and row.id not in self.retracted

    def named_by(self, row: Any) -> set[int]:
        """Return the things that an entry is about, or names as speaker, as source or in fields."""
        keys = self.sources_of.get(row.id, ())
        sources = {self.numbers[Namespace.SOURCE.value, key] for key in keys}
        things = {row.subject_id, row.says_id} | sources
        if row.id in self.declared_by:  # what it was given in return for may be withdrawn
            what, version = self.declared_by[row.id]
            for column in STORED[what]:
                if column.field in REFERENCES:
                    things.add(getattr(version, column.name))
            for side in SIDES:
                slugs = self.lists[row.id].get(side, ())
                things.update(self.numbers["party", slug] for slug in slugs)
        return things - {None}

    @cached_property
    def undone(self) -> set[int]:
        """The entries that an undo took back."""
        undos = {number for number, row in self.batches.items() if row.command == Command.UNDO}
        return {entry for entry, by in self.retracted.items() if self.rows[by].batch in undos}

    def resting(self, things: Set[int]) -> dict[int, set[int]]:
        """Return the live entries that rest on some things, and on which of them."""
        resting = {}
        for number, row in self.rows.items():
            if self.counts(row) and (on := self.named_by(row) & things):
                resting[number] = on | ({row.concession_id} & things)
        return resting

    def without(self, entries: Iterable[int]) -> "Record":
        """Return a book in which some entries have been retracted."""
        rows = [*self.contents.rows["entry"]]
        kind = EntryKind.RETRACTION.value
        last = rows[-1]
        rows += [
            last._replace(id=number, kind=kind, refers_to=entry, outcome=None)
            for number, entry in enumerate(entries, last.id + 1)
        ]
        return Record(self.contents._replace(rows={**self.contents.rows, "entry": rows}))

    # --- order, and days --------------------------------------------------------------------------

    def in_order(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries by day and, within a day, in the order of recording."""
        if not self.is_merged:
            return sorted(entries, key=lambda entry: entry.effective_on.last)
        place = self.place
        return sorted(entries, key=lambda entry: (entry.effective_on.last, *place(entry.entry)))

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
        if number not in self.rows:
            return 0
        batch = self.rows[number].batch
        return max((entry for entry, row in self.rows.items() if row.batch == batch), default=0)

    def known_by(self, given: str | int | date | None, today: date) -> int:
        """Return the last entry that the book held by a moment or with an entry's batch.

        No entry has the number 0: it is before the first one.
        """
        if given is None:
            return LATEST
        if isinstance(given, datetime):
            return self._at(given)
        words = str(given).strip()
        if NUMBER.fullmatch(words):
            entry = int(words.removeprefix("#"))
            if entry and entry not in self.rows:
                raise NotFound("no such entry", entry=entry, head=self.last.entries)
            return self.end_of(entry)
        return self._at(parse_moment(words, today))

    def _at(self, moment: datetime) -> int:
        batches = [batch for batch in self.batches.values() if batch.recorded_at <= moment]
        return self.end_of(batches[-1].first_entry) if batches else 0

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


def fingerprint_of(row: Any) -> Fingerprint:
    """Return what identifies a kept text."""
    return Fingerprint(
        bytes(row.file_sha256).hex(),
        bytes(row.words_sha256).hex(),
        row.words,
        Media(row.media),
        row.reader,
    )

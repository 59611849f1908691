"""The only reader of the book: what counts as of a day, and as known by an entry."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Annotated, NamedTuple

from tracker.database import Connection
from tracker.database.contents import contents
from tracker.declared import LATEST, by_key
from tracker.entry import Entry, Fingerprint
from tracker.record import BookState, Record
from tracker.resolver import Resolver
from tracker.things import Agreement, Concession, Deadline, Party, Source, differing
from tracker.vocabulary import FLATTENED, UNDATED, EntryKind

DAY = attrgetter("effective_on.last")
"""The day from which an entry counts."""


class Clocks(NamedTuple):
    """The clocks of a report: what had happened and was public by a day, as known by an entry.

    With `hindsight`, what had happened by that day counts even if it was made public later. None
    depends on today.
    """

    as_of: date
    known: int = LATEST
    hindsight: bool = False


class KeptText(NamedTuple):
    """A text of a source on a day."""

    entry: int
    source: str
    seen_on: date
    """The day on which the source had this text."""
    fingerprint: Annotated[Fingerprint, FLATTENED]


class State:
    """The entries that count at the clocks, in order, and the things that they are about.

    With an agreement, only its concessions and deadlines are in view.
    """

    def __init__(self, record: Record, clocks: Clocks, agreement: str | None = None) -> None:
        self.record = record
        self.clocks = clocks
        self.agreement = agreement
        if agreement is not None and agreement not in record.agreements:
            self.agreement = Resolver(record).slug(agreement, "agreement")

    @classmethod
    def read(cls, connection: Connection, clocks: Clocks, agreement: str | None = None) -> "State":
        """Read a whole book."""
        return cls(Record(contents(connection), clocks.known), clocks, agreement)

    def at(self, as_of: date) -> "State":
        """Return the state as of another day."""
        return State(self.record, self.clocks._replace(as_of=as_of), self.agreement)

    def known_by(self, number: int) -> "State":
        """Return the state as known by an earlier entry."""
        clocks = self.clocks._replace(known=number)
        return State(self.record.up_to(number), clocks, self.agreement)

    def whole(self) -> "State":
        """Return the state of all agreements, at the same clocks."""
        return self if self.agreement is None else State(self.record, self.clocks)

    # --- what is declared --------------------------------------------------------------------

    @property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug."""
        return self.record.parties

    @property
    def sources(self) -> dict[str, Source]:
        """Every source by its key."""
        return self.record.sources

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """The agreements in view, by slug."""
        declared = self.record.agreements
        return declared if self.agreement is None else {self.agreement: declared[self.agreement]}

    @cached_property
    def concessions(self) -> dict[str, Concession]:
        """The concessions in view, by slug, in the order of their declaration."""
        concessions = self.record.concessions.items()
        agreements = self.agreements
        return {slug: promise for slug, promise in concessions if promise.agreement in agreements}

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """The deadlines in view, by slug, as declared."""
        deadlines = self.record.deadlines.items()
        agreements = self.agreements
        return {slug: deadline for slug, deadline in deadlines if deadline.agreement in agreements}

    def shows(self, entry: Entry) -> bool:
        """Return whether an entry is in view."""
        return self.agreement in (None, entry.agreement)

    # --- what counts --------------------------------------------------------------------------

    def _public(self, entry: Entry) -> bool:
        """Return whether an entry counts as public: it was by the day, or with hindsight."""
        published_on = self.record.published_later.get(entry.entry)
        return published_on is None or self.clocks.hindsight or published_on <= self.clocks.as_of

    def _counting(self, entries: list[Entry]) -> list[Entry]:
        """Return those of some live entries, in order, that had happened and were public."""
        happened = entries[: bisect_right(entries, self.clocks.as_of, key=DAY)]
        return [*filter(self._public, happened)] if self.record.published_later else happened

    def _last(self, entries: list[Entry]) -> Entry | None:
        """Return the last of some live entries, in order, that had happened and was public."""
        for entry in entries[::-1]:
            if entry.on <= self.clocks.as_of and self._public(entry):
                return entry
        return None

    @cached_property
    def of_kind(self) -> Mapping[EntryKind, Mapping[str, list[Entry]]]:
        """The entries of each kind that count, by what they are about, the latest last."""
        return {
            kind: {slug: counting for slug in live if (counting := self._counting(live[slug]))}
            for kind, live in self.record.live.items()
        }

    @cached_property
    def counting(self) -> dict[int, Entry]:
        """The entries that count, by their numbers."""
        counting = {}
        for by_slug in self.of_kind.values():
            for entries in by_slug.values():
                for entry in entries:
                    counting[entry.entry] = entry
        return counting

    def counts(self, entry: Entry) -> bool:
        """Return whether an entry counts; a declaration does once it is recorded."""
        is_declared = entry.kind is EntryKind.DECLARATION
        return entry.entry in (self.record.entries if is_declared else self.counting)

    @cached_property
    def stages(self) -> dict[str, list[Entry]]:
        """The verdicts and claims on each concession that has any, the latest last."""
        stages = self.of_kind[EntryKind.STAGE].items()
        known = self.record.concessions
        return {slug: entries for slug, entries in stages if slug in known}

    def verdicts(self, slug: str) -> list[Entry]:
        """Return the verdicts on a concession, the latest last."""
        return [entry for entry in self.stages.get(slug, ()) if entry.says is None]

    def claims(self, slug: str) -> list[Entry]:
        """Return what parties claimed about a concession, the latest last."""
        return [entry for entry in self.stages.get(slug, ()) if entry.says is not None]

    @cached_property
    def moves(self) -> dict[str, list[Entry]]:
        """The moves of each deadline by their day, then by the day on which they were public."""
        return self._dated(EntryKind.DEADLINE)

    @cached_property
    def closings(self) -> dict[str, Entry]:
        """The latest outcome of each deadline that was closed."""
        known = self.record.deadlines
        lists = self.of_kind[EntryKind.DEADLINE].values()
        closed = (entry for entry in chain.from_iterable(lists) if entry.outcome)
        return {entry.subject: entry for entry in closed if entry.subject in known}

    @cached_property
    def readings(self) -> dict[str, list[Entry]]:
        """The readings of each deadline by their day, then by the day on which they were public."""
        return self._dated(EntryKind.READING)

    def _dated(self, kind: EntryKind) -> dict[str, list[Entry]]:
        known = self.record.deadlines
        dated = self.record.dated[kind].items()
        counting = {slug: self._counting(entries) for slug, entries in dated if slug in known}
        return {slug: entries for slug, entries in counting.items() if entries}

    @cached_property
    def texts(self) -> dict[str, list[KeptText]]:
        """The live texts of each source that has any, by the day on which they were seen."""
        kept = self.record.texts
        live = chain.from_iterable(self.of_kind[EntryKind.TEXT].values())
        texts = [KeptText(text.entry, text.subject, text.on, kept[text.entry]) for text in live]
        texts.sort(key=attrgetter("seen_on", "entry"))
        return by_key((self.sources[text.source].key, text) for text in texts)

    def texts_of(self, source: str) -> list[KeptText]:
        """Return the live texts of a source by the day on which they were seen."""
        return self.texts.get(self.sources[source].key, [])

    @cached_property
    def stated(self) -> set[str]:
        """The keys of the sources that state what is in view."""
        views = (self.agreements, self.concessions, self.deadlines)
        return {self.sources[thing.source].key for things in views for thing in things.values()}

    @cached_property
    def entry_counts(self) -> Mapping[str, int]:
        """How many live entries in view rest on each source that has any."""
        counts = Counter[str]()
        for entry in self.counting.values():
            shown = 1 if entry.source and entry.agreement in self.agreements else 0
            for source in entry.source:
                counts[self.sources[source].key] += shown
        return counts

    # --- news ----------------------------------------------------------------------------------

    @cached_property
    def turns(self) -> Mapping[str, int]:
        """How often each deadline was moved, closed or corrected: a number that only rises.

        Declarations and retractions count whatever the day: they have none of their own.
        """
        counts = Counter[str]()
        for entry in self.record.entries.values():
            if entry.deadline and (entry.kind in UNDATED or self._is_past_move(entry)):
                counts[entry.deadline] += 1
        # The first declaration is not a turn.
        return {slug: count - 1 for slug, count in counts.items()}

    def _is_past_move(self, entry: Entry) -> bool:
        """Return whether an entry moved or closed a deadline by the day of the report."""
        is_past = entry.on <= self.clocks.as_of
        return entry.kind is EntryKind.DEADLINE and is_past and self._public(entry)

    def last_word(self, slug: str) -> Entry | None:
        """Return the latest news on a concession, or on an agreement itself."""
        return self._last(self.record.news.get(slug, []))

    def checked_on(self, concession: str) -> date | None:
        """Return the day of the last check of a concession or of its agreement."""
        days = []
        for owner in (concession, self.concessions[concession].agreement):
            if check := self._last(self.record.live[EntryKind.CHECK].get(owner, [])):
                days.append(check.on)
        return max(days, default=None)

    @cached_property
    def book(self) -> BookState:
        """How much the book held, and the latest day of which it says anything in view."""
        words = map(self.last_word, (*self.concessions, *self.agreements))
        evidence_on = max((word.on for word in words if word), default=None)
        return self.record.last._replace(evidence_on=evidence_on)

    # --- the journal -----------------------------------------------------------------------------

    def history(
        self, slug: str | None = None, since: date = date.min, *, declared: bool = False
    ) -> list[Entry]:
        """Return the journal from a day on, retracted entries included.

        If asked, with declarations, and in full.
        """
        entries: Iterable[Entry] = self.record.entries.values()
        if slug in self.record.concessions:
            entries = self.record.about[slug]
        elif slug is not None:
            entries = [entry for entry in entries if slug in (entry.agreement, entry.subject)]
        entries = self.listed(
            entry
            for entry in entries
            if since <= entry.on <= self.clocks.as_of
            and (declared or entry.kind is not EntryKind.DECLARATION)
        )
        return self.in_full(entries) if declared else entries

    def in_full(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries, each declaration with what it declares and the values before.

        Kept texts get their hashes.
        """
        record = self.record
        completed = []
        for entry in entries:
            if entry.kind is EntryKind.TEXT:
                entry = entry._replace(text=record.texts[entry.entry]._asdict())
            elif entry.kind is EntryKind.DECLARATION:
                fields = record.declares(entry.entry)
                earlier = record.earlier(entry.entry)
                changed = differing(record.declares(earlier), fields) if earlier else {}
                was = {"was": {name: was for name, (was, _) in changed.items()}} if changed else {}
                entry = entry._replace(declares={**fields, **was})
            completed.append(entry)
        return completed

    def listed(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return those entries that are in view and public, in order; open batches are not."""
        batches = self.record.batches
        shown = [entry for entry in entries if self.shows(entry) and entry.batch in batches]
        return self.record.in_order(filter(self._public, shown))

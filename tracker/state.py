"""What counts in a book as of a day and as known by an entry, and what the rules say about it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, cached_property, partial
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, Self, TypeVar

from tracker.database import Connection
from tracker.dates import Period
from tracker.entry import Entry, Fingerprint
from tracker.record import LATEST, BookState, BySlug, Record, by_key, value_of
from tracker.resolver import Resolver
from tracker.rules.deadlines import (
    NOBODY,
    DeadlinePosition,
    Moved,
    Side,
    Sides,
    judge,
    moved,
    settled_by,
    side_of,
)
from tracker.rules.progress import (
    NEVER,
    Series,
    Track,
    Window,
    figure_of,
    reached_on,
    series_key,
    tracks_of,
)
from tracker.rules.statuses import Position, Term, last_agreed, term_of
from tracker.rules.statuses import position as position_of
from tracker.things import Agreement, Concession, Deadline, Party, Source
from tracker.vocabulary import DeadlineVerdict, EntryKind

Made = TypeVar("Made")
DAY = attrgetter("effective_on.last")
"""The day from which an entry counts."""
THROUGH = attrgetter("through")


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
    fingerprint: Fingerprint


class Figure(NamedTuple):
    """What counts for a target or a limit: the latest count of one series, as of a day."""

    series: Series
    public_on: date
    """The day on which it was made public."""
    reached_on: date | None
    """The first day of its present run at or beyond the target, or above the limit."""


class State:
    """The entries that count at the clocks, the things that they are about, and the rules' answers.

    With an agreement, only its concessions and deadlines are in view.
    """

    def __init__(
        self,
        record: Record,
        clocks: Clocks,
        agreement: str | None = None,
    ) -> None:
        self.record = record
        self.clocks = clocks
        self.agreement = agreement
        self.made: dict[object, tuple[object, Any]] = {}
        """What was last made of entries, and on which grounds; states of other days share it."""
        self._figures: dict[str, Figure | None] = {}
        if agreement is not None and agreement not in record.agreements:
            self.agreement = Resolver(record).slug(agreement, "agreement")

    @classmethod
    def read(
        cls, connection: Connection, clocks: Clocks, agreement: str | None = None
    ) -> Self:
        """Read a whole book."""
        return cls(Record.read(connection).up_to(clocks.known), clocks, agreement)

    def reused(
        self, what: object, grounds: object, make: Callable[..., Made], *given: object
    ) -> Made:
        """Return what was last made on the same grounds, perhaps as of another day; else make it.

        The entries that count only grow with the day, so that their number says which they are.
        """
        last = self.made.get(what)
        if last is None or last[0] != grounds:
            last = grounds, make(*given)
            self.made[what] = last
        made: Made = last[1]
        return made

    @property
    def as_of(self) -> date:
        """The day as of which it is: what had happened by then counts."""
        return self.clocks.as_of

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
        if self.agreement is None:
            return declared
        return {self.agreement: declared[self.agreement]}

    @cached_property
    def concessions(self) -> dict[str, Concession]:
        """The concessions in view, by slug, in the order of their declaration."""
        return self._in_view(self.record.concessions)

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """The deadlines in view, by slug, as declared."""
        return self._in_view(self.record.deadlines)

    def _in_view(self, things: dict[str, Any]) -> dict[str, Any]:
        in_view = self.agreements
        return {
            slug: thing for slug, thing in things.items() if thing.agreement in in_view
        }

    def sees(self, slug: str) -> bool:
        """Return whether an agreement, a concession or a deadline is in view."""
        views = self.agreements, self.concessions, self.deadlines
        return any(slug in view for view in views)

    def shows(self, entry: Entry) -> bool:
        """Return whether an entry is in view."""
        return self.agreement in (None, entry.agreement)

    # --- what counts --------------------------------------------------------------------------

    def is_public(self, entry: Entry) -> bool:
        """Return whether an entry counts as public: it was by the day, or with hindsight."""
        published_on = self.record.published_later.get(entry.entry)
        return (
            published_on is None or self.clocks.hindsight or published_on <= self.as_of
        )

    def _counting(self, entries: list[Entry]) -> list[Entry]:
        """Return those of some live entries, in order, that had happened and were public."""
        happened = entries[: bisect_right(entries, self.as_of, key=DAY)]
        return (
            [*filter(self.is_public, happened)]
            if self.record.published_later
            else happened
        )

    def _last(self, entries: list[Entry]) -> Entry | None:
        """Return the last of some live entries, in order, that had happened and was public."""
        for place in range(bisect_right(entries, self.as_of, key=DAY), 0, -1):
            if self.is_public(entries[place - 1]):
                return entries[place - 1]
        return None

    @cached_property
    def of_kind(self) -> Mapping[EntryKind, BySlug]:
        """The entries of each kind that count, by what they are about, the latest last."""
        return {
            kind: {
                slug: counting
                for slug in live
                if (counting := self._counting(live[slug]))
            }
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
        if entry.kind is EntryKind.DECLARATION:
            return entry.entry in self.record.entries
        has_happened = entry.on <= self.as_of and self.is_public(entry)
        return has_happened and self.record.is_live(entry.entry)

    @cached_property
    def stages(self) -> BySlug:
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
    def moves(self) -> BySlug:
        """The moves of each deadline by their day, then by the day on which they were public."""
        return self._dated(EntryKind.DEADLINE)

    def closings(self, slug: str) -> list[Entry]:
        """Return the outcomes with which a deadline was closed, the latest last."""
        entries = self.of_kind[EntryKind.DEADLINE].get(slug, ())
        return [entry for entry in entries if entry.outcome]

    @cached_property
    def readings(self) -> BySlug:
        """The readings of each deadline by their day, then by the day on which they were public."""
        return self._dated(EntryKind.READING)

    def _dated(self, kind: EntryKind) -> BySlug:
        dated = {}
        for slug, entries in self.record.dated[kind].items():
            counting = self._counting(entries)
            if counting and slug in self.record.deadlines:
                dated[slug] = counting
        return dated

    @cached_property
    def texts(self) -> dict[str, list[KeptText]]:
        """The live texts of each source that has any, by the day on which they were seen."""
        kept = self.record.texts
        live = chain.from_iterable(self.of_kind[EntryKind.TEXT].values())
        texts = [
            KeptText(text.entry, text.subject, text.on, kept[text.entry])
            for text in live
        ]
        texts.sort(key=attrgetter("seen_on", "entry"))
        return by_key((self.sources[text.source].key, text) for text in texts)

    def texts_of(self, source: str) -> list[KeptText]:
        """Return the live texts of a source by the day on which they were seen."""
        return self.texts.get(self.sources[source].key, [])

    @cached_property
    def stated(self) -> set[str]:
        """The keys of the sources that state what is in view."""
        views = (self.agreements, self.concessions, self.deadlines)
        return {
            self.sources[thing.source].key
            for things in views
            for thing in things.values()
        }

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

    def last_word(self, slug: str) -> Entry | None:
        """Return the latest news on a concession, or on an agreement itself."""
        return self._last(self.record.news.get(slug, []))

    def looked_at_on(self, slug: str, since: date = date.min) -> date:
        """Return the day of the last news about a slug, else `since`; or of a later check."""
        last = self.last_word(slug)
        return max(last.on if last else since, self.checked_on(slug) or date.min)

    def last_check(self, concession: str) -> Entry | None:
        """Return the last check of a concession or of its agreement."""
        checks = []
        for owner in (concession, self.concessions[concession].agreement):
            if check := self._last(self.record.live[EntryKind.CHECK].get(owner, [])):
                checks.append(check)
        return max(checks, key=lambda check: (check.on, check.entry), default=None)

    def checked_on(self, concession: str) -> date | None:
        """Return the day of the last check of a concession or of its agreement."""
        check = self.last_check(concession)
        return check.on if check else None

    @cached_property
    def book(self) -> BookState:
        """How much the book held, and the latest day of which it says anything in view."""
        words = map(self.last_word, (*self.concessions, *self.agreements))
        evidence_on = max((word.on for word in words if word), default=None)
        return self.record.last._replace(evidence_on=evidence_on)

    # --- what the rules say ---------------------------------------------------------------------

    def promised_on(self, thing: Concession | Deadline) -> Period:
        """Return the day of a promise, or of that of a deadline: its own, else its agreement's."""
        slug = thing.concession if isinstance(thing, Deadline) else thing.slug
        concession = value_of(self.concessions, slug)
        own = concession.promised_on if concession else None
        return own or self.agreements[thing.agreement].agreed_on

    @cached_property
    def sides(self) -> dict[str, Sides]:
        """The givers and receivers of each concession, with the blocs that may speak for them."""
        side = cache(partial(side_of, part_of=self.record.part_of))
        return {
            slug: Sides(side(concession.giver), side(concession.receiver))
            for slug, concession in self.concessions.items()
        }

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The time for which each concession has to be kept up."""
        owned = _by_owner(self._judged)
        return {
            slug: term_of(concession, owned[slug], owned[concession.agreement])
            for slug, concession in self.concessions.items()
        }

    @cached_property
    def due(self) -> dict[str, DeadlinePosition]:
        """The state of each deadline in view; it has ended if nothing more is expected of it."""
        return {slug: self._ended(position) for slug, position in self._judged.items()}

    @cached_property
    def _judged(self) -> dict[str, DeadlinePosition]:
        positions = {}
        statements = self.of_kind[EntryKind.DEADLINE]
        for slug, deadline in self.deadlines.items():
            words = self.stages.get(str(deadline.concession), ())
            grounds = len(statements.get(slug, ())), len(words)
            after, settled = self.reused(
                ("moves", slug), grounds, self._stated, deadline
            )
            positions[slug] = judge(deadline, after, settled, self.as_of)
        return positions

    def _stated(self, deadline: Deadline) -> tuple[Moved, Entry | None]:
        """Return a deadline after its moves, and what says how it ended."""
        moves = self.moves.get(deadline.slug, ())
        sides = self.sides_of(deadline) if moves else NOBODY
        after = moved(deadline, moves, sides, self.promised_on(deadline).first)
        return after, settled_by(self._settling(deadline))

    def _ended(self, position: DeadlinePosition) -> DeadlinePosition:
        if position.is_limit and position.verdict is DeadlineVerdict.OPEN:
            has_ended = self.window(position).last < self.as_of
        else:
            has_ended = position.overdue and self.is_settled(position)
        return (
            position._replace(verdict=DeadlineVerdict.ENDED) if has_ended else position
        )

    def _settling(self, deadline: Deadline) -> list[Entry]:
        """Return the closings of a deadline, and what can settle it, in order.

        These are the verdicts on its concession; if there is none, what both sides agreed on.
        """
        slug = deadline.slug
        concession = deadline.concession
        closings = self.closings(slug)
        verdicts: list[Entry] = []
        if concession and concession in self.stages:
            claims = self.claims(concession)
            decisions = self.verdicts(concession)
            decisions = decisions or last_agreed(self.sides[concession], claims)
            settles = self.record.settles
            verdicts = [word for word in decisions if settles.get(word.entry) == slug]
        if not (closings and verdicts):
            return closings or verdicts
        return self.record.in_order(sorted(closings + verdicts))

    def sides_of(self, deadline: Deadline) -> Sides:
        """Return who moves a deadline; an agreement's own has all its parties on both sides."""
        if deadline.concession is None:
            everyone = self._everyone[deadline.agreement]
            return Sides(everyone, everyone)
        return self.sides[deadline.concession]

    @cached_property
    def _everyone(self) -> dict[str, Side]:
        """The parties of each agreement's concessions, on both sides."""
        everyone: dict[str, set[str]] = {slug: set() for slug in self.agreements}
        for concession in self.concessions.values():
            everyone[concession.agreement] |= {*concession.giver, *concession.receiver}
        part_of = self.record.part_of
        return {
            slug: side_of(sorted(parties), part_of) for slug, parties in everyone.items()
        }

    @cached_property
    def owned(self) -> Mapping[str, list[DeadlinePosition]]:
        """The state of the deadlines of each concession, and of each agreement itself."""
        return _by_owner(self.due)

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The position of each concession in view that is promised or already has a status."""
        positions = {}
        for slug, concession in self.concessions.items():
            words = self.stages.get(slug, ())
            promised_on = self.promised_on(concession)
            if not words and promised_on.first > self.as_of:
                continue
            term = self.terms[slug]
            positions[slug] = self.reused(
                ("status", slug),
                (len(words), term, term.is_over(self.as_of)),
                position_of,
                concession,
                promised_on,
                self.sides[slug],
                words,
                term,
                self.as_of,
            )
        return positions

    def figure(self, position: DeadlinePosition) -> Figure | None:
        """Return what counts for a target or a limit, if anything does."""
        slug = position.slug
        if slug not in self._figures:
            window = self.window(position) if position.is_limit else None
            many = len(self.readings.get(slug, ()))
            grounds = many, position.target, position.base, window
            figure = self.reused(
                ("figure", slug), grounds, self.figure_by, position, date.max
            )
            self._figures[slug] = figure
        return self._figures[slug]

    def figure_by(self, position: DeadlinePosition, day: date) -> Figure | None:
        """Return what had been counted through a day."""
        tracks = _through(self.tracks(position), day)
        track = figure_of(position, tracks, self._binding(position), self._place)
        return self.latest_of(position, track) if track else None

    def _place(self, reading: Entry) -> object:
        """Return the order of recording of a reading; an amended one keeps its place."""
        return self.record.place(self.record.first_recorded(reading))

    def latest_of(self, position: DeadlinePosition, track: Track) -> Figure:
        """Return the latest count of a series."""
        reading = self.record.updates[track[-1].entry]
        public_on = self.record.made_public(reading)
        return Figure(track[-1], public_on, reached_on(position, track))

    def latest(self, position: DeadlinePosition) -> list[Figure]:
        """Return the latest count of each series of a deadline."""
        return [self.latest_of(position, track) for track in self.tracks(position)]

    def excesses(self, position: DeadlinePosition) -> list[Figure]:
        """Return the counts of all series that are above a limit."""
        latest = self.latest(position) if position.is_limit else []
        return [figure for figure in latest if figure.reached_on]

    def tracks(self, position: DeadlinePosition) -> list[list[Series]]:
        """Return the series of a deadline, each day by day, as far as its readings count."""
        return tracks_of(self._binding(position))

    def _binding(self, position: DeadlinePosition) -> list[Entry]:
        """Return the readings of a deadline; of a limit, only those made while it binds."""
        readings = self.readings.get(position.slug, [])
        if not position.is_limit:
            return readings
        days = self.window(position)
        return [reading for reading in readings if days.first <= reading.on <= days.last]

    def early(self, position: DeadlinePosition) -> list[Series]:
        """Return the series of a limit that were only counted before it binds."""
        if not position.is_limit:
            return []
        first = self.window(position).first
        readings = self.readings.get(position.slug, [])
        counting = {series_key(reading) for reading in readings if reading.on >= first}
        early = [reading for reading in readings if series_key(reading) not in counting]
        return [track[-1] for track in tracks_of(early)]

    def window(self, limit: DeadlinePosition) -> Window:
        """Return the days on which a limit binds: from its first, or its promise's, to its last."""
        if limit.deadline.awaits_first_day and limit.opens_on is None:
            return NEVER
        term = value_of(self.terms, limit.deadline.concession)
        last = limit.due_on or (term.term_ends_on if term else None)
        first = limit.opens_on or self.promised_on(limit.deadline).first
        return Window(first, last.last if last else date.max)

    def is_settled(self, position: DeadlinePosition) -> bool:
        """Return whether nothing more is expected of a deadline's concession."""
        owner = value_of(self.positions, position.deadline.concession)
        return owner is not None and owner.is_settled

    # --- the journal -----------------------------------------------------------------------------

    def history(
        self, slug: str | None = None, since: date = date.min, *, declared: bool = False
    ) -> list[Entry]:
        """Return the journal from a day on, retracted entries included; if asked, declarations."""
        entries: Iterable[Entry] = self.record.entries.values()
        if slug in self.record.concessions:
            entries = self.record.about[slug]
        elif slug is not None:
            entries = [
                entry for entry in entries if slug in (entry.agreement, entry.subject)
            ]
        return self.listed(
            entry
            for entry in entries
            if since <= entry.on <= self.as_of
            and (declared or entry.kind is not EntryKind.DECLARATION)
        )

    def listed(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return those entries that are in view and public, in order; open batches are not."""
        batches = self.record.batches
        return self.record.in_order(
            entry
            for entry in entries
            if self.shows(entry) and entry.batch in batches and self.is_public(entry)
        )


def _through(tracks: Iterable[list[Series]], day: date) -> list[list[Series]]:
    """Return series as far as they had been counted through a day."""
    cut = [track[: bisect_right(track, day, key=THROUGH)] for track in tracks]
    return [track for track in cut if track]


def _by_owner(
    positions: Mapping[str, DeadlinePosition],
) -> Mapping[str, list[DeadlinePosition]]:
    """Return deadlines by their concession, else by their agreement."""
    return by_key(
        (position.deadline.concession or position.deadline.agreement, position)
        for position in positions.values()
    )

"""A view of the book: which concessions reports list, and the words for its days and parties."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tracker.dates import Period, in_words, period_in_words
from tracker.declared import by_key
from tracker.entry import Entry
from tracker.errors import NotFound
from tracker.judged import Judged, Risk
from tracker.resolver import Resolver
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.stages import Position, last_end
from tracker.state import State
from tracker.tables import NOTHING
from tracker.things import Concession
from tracker.vocabulary import EVENTS, ConcessionKind, ConcessionState, DeadlineVerdict


class Choice(NamedTuple):
    """The words of each filter; a concession must match one word of every filter in use."""

    givers: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    kinds: tuple[ConcessionKind, ...] = ()
    states: tuple[ConcessionState, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use."""
        return any(self)

    def named_in(self, state: State) -> "Choice":
        """Return the choice with the slugs of its parties and sectors; refuse unknown ones."""
        sectors = {promise.sector.lower(): promise.sector for promise in state.concessions.values()}
        for word in self.sectors:
            if word.lower() not in sectors:
                raise NotFound("no such thing", kind="sector", name=word, known=sectors.values())
        return self._replace(
            givers=tuple(map(state.record.party, self.givers)),
            receivers=tuple(map(state.record.party, self.receivers)),
            sectors=tuple(sectors[word.lower()] for word in self.sectors),
        )

    def takes(self, concession: Concession, position: Position) -> bool:
        """Return whether a concession matches."""
        return (
            _allows(self.givers, concession.giver)
            and _allows(self.receivers, concession.receiver)
            and _allows(self.sectors, [concession.sector])
            and _allows(self.kinds, [concession.kind])
            and _allows(self.states, [position.state])
        )

    def in_words(self) -> str:
        """Return the filters in use: `giver us, state kept or lost`."""
        filters = []
        for name, words in zip(self._fields, self, strict=True):
            if words:
                filters.append(f"{name.removesuffix('s')} {' or '.join(words)}")
        return ", ".join(filters)


def _allows(wanted: Sequence[str], values: Sequence[str]) -> bool:
    """Return whether a filter is not in use, or names one of some values."""
    return not wanted or any(value in wanted for value in values)


EVERY = Choice()
"""The choice of every concession."""


class View:
    """A state of the book with the rules' answers, as reports list and word it."""

    def __init__(self, state: State, choice: Choice = EVERY) -> None:
        self.state = state
        self.judged = Judged(state)
        self.clocks = state.clocks
        self.choice = choice.named_in(state) if choice.narrows else choice

    def at(self, as_of: date) -> "View":
        """Return the view as of another day."""
        return View(self.state.at(as_of), self.choice)

    def known_by(self, entry: str) -> "View":
        """Return the view as known by the batch of an entry, such as `#415`."""
        last = self.state.record.known_by(entry, self.clocks.as_of)
        if not last:
            raise NotFound("no such entry", entry=0, head=self.state.record.last.entries)
        return View(self.state.known_by(last), self.choice)

    @cached_property
    def listed_positions(self) -> dict[str, Position]:
        """The position of each concession that matches the filters; counterparts may be missing."""
        positions = self.judged.positions
        if not self.choice.narrows:
            return positions
        return {
            slug: position
            for slug, position in positions.items()
            if self.choice.takes(self.state.concessions[slug], position)
        }

    @cached_property
    def listed_deadlines(self) -> list[DeadlinePosition]:
        """The deadlines that reports list: of concessions in them, and of agreements themselves.

        With a filter, only those of matching concessions. An agreement's own are listed once it
        was reached, or one of its concessions is in reports.
        """
        listed = {*self.listed_positions}
        if not self.choice.narrows:
            listed |= {self.state.concessions[slug].agreement for slug in self.judged.positions}
            listed |= {slug for slug in self.state.agreements if self.is_reached(slug)}
        return [
            position
            for position in self.judged.deadlines.values()
            if (position.deadline.concession or position.deadline.agreement) in listed
        ]

    def lists(self, entry: Entry) -> bool:
        """Return whether reports list what an entry is about."""
        is_listed = not self.choice.narrows or entry.concession in self.listed_positions
        return is_listed and self.state.shows(entry)

    def is_reached(self, agreement: str) -> bool:
        """Return whether an agreement had been reached by the day."""
        return self.state.agreements[agreement].agreed_on.first <= self.clocks.as_of

    @cached_property
    def overdue(self) -> list[DeadlinePosition]:
        """The deadlines, except expiries, that have passed and are not settled."""
        report = self.judged.reported
        late = DeadlineVerdict.OVERDUE
        return [position for position in self.listed_deadlines if report(position).verdict is late]

    @cached_property
    def coming(self) -> list[DeadlinePosition]:
        """The open deadlines with a day ahead; if a concession is settled, only its events."""
        return [
            position
            for position in self.listed_deadlines
            if position.due_on and position.ahead
            if position.deadline.kind in EVENTS or not self.judged.is_settled(position)
            if self.judged.reported(position).verdict is DeadlineVerdict.OPEN
        ]

    @cached_property
    def at_risk(self) -> list[Risk]:
        """The concessions at risk; a term of their own counts if it ends soon."""
        return [risk for risk in self.judged.risks if risk.concession in self.listed_positions]

    @cached_property
    def ending_with(self) -> dict[str, list[str]]:
        """The concessions whose terms end with each expiry."""
        ends = self.judged.endings.items()
        listed = self.listed_positions
        return by_key((end.deadline.slug, slug) for slug, end in ends if slug in listed)

    @cached_property
    def expired(self) -> list[tuple[DeadlinePosition, str | None]]:
        """The expiries with no news since; those of concessions come with the concession."""
        expired = list[tuple[DeadlinePosition, str | None]]()
        for end in self.listed_deadlines:
            if self._is_silent_since(end):
                expired.append((end, None))
        for slug, end in self.judged.endings.items():
            if not end.ahead and slug in self.listed_positions:
                expired.append((end, slug))
        return expired

    def _is_silent_since(self, end: DeadlinePosition) -> bool:
        """Return whether an agreement's own end has passed, with no news about it since."""
        agreement = end.deadline.agreement
        if end.deadline.concession or end is not self.end_of(agreement):
            return False
        last = self.state.last_word(agreement)
        return end.overdue and (last is None or last.on <= end.last)

    def end_of(self, owner: str) -> DeadlinePosition | None:
        """Return the expiry with which the term of an agreement or a concession ends."""
        return last_end(self.judged.owned.get(owner, ()))

    def standing_concessions(self, words: Sequence[str] = ()) -> list[Concession]:
        """Return the concessions that some words name, or all, that exist as of the day."""
        concessions = self.state.concessions
        slugs = [word if word in concessions else self.named(word, "concession") for word in words]
        wanted = dict.fromkeys(slugs or concessions)
        return [concessions[slug] for slug in wanted if slug in self.listed_positions]

    def agreement_of(self, slug: str) -> str:
        """Return the agreement that a slug in view is part of, or names."""
        part = self.state.concessions.get(slug) or self.state.deadlines.get(slug)
        return part.agreement if part else slug

    def parties_line(self, slug: str) -> str:
        """Return a concession's sides for a table: `US → China`; `US ↔ China` if both do both."""
        concession = self.state.concessions[slug]
        givers = concession.giver
        receivers = concession.receiver
        if len(givers) == len(receivers) and {*givers} == {*receivers}:
            return " ↔ ".join(self.short(party) for party in givers)
        return f"{self.shorts(givers)} → {self.shorts(receivers)}"

    def short(self, party: str) -> str:
        """Return the name that tables print for a party; if it was retracted, its slug."""
        parties = self.state.parties
        return parties[party].short if party in parties else party

    def shorts(self, parties: Iterable[str]) -> str:
        """Return the names of several parties, as tables print them."""
        return ", ".join([self.short(party) for party in parties])

    def day(self, on: date | None) -> str:
        """Return a day for a table: `7 Jan`, with the year unless that is the report's."""
        return in_words(on, self.clocks.as_of) if on else NOTHING

    def running(self, due_on: Period | None) -> str:
        """Return `this month` of the current month or year, whose last day is not its day."""
        if due_on is None or due_on.first == due_on.last:
            return ""
        is_running = due_on.first <= self.clocks.as_of <= due_on.last
        return f"this {due_on.precision}" if is_running else ""

    def period(self, of: Period | None, beside: Period | None = None) -> str:
        """Return a period for a table; its year is shown beside a day that is not of this year."""
        as_of = self.clocks.as_of
        is_near = beside is None or beside.last.year == as_of.year
        return period_in_words(of, as_of if is_near else date.min) if of else NOTHING

    def named(self, word: str, *wanted: str) -> str:
        """Return the slug of what a word names in view, of the wanted kinds; refuse others."""
        return Resolver(self.state.record, self.state.agreement).slug(word, *wanted)

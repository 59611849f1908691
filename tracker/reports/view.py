"""A view of the book: which concessions reports list, and the words for its days and parties."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from tracker.dates import Period, in_words, parse_moment, period_in_words
from tracker.entry import Entry
from tracker.errors import NotFound, WrongUsage
from tracker.quantities import in_words as quantity
from tracker.record import LATEST, Record, by_key, value_of
from tracker.resolver import Resolver, party_named
from tracker.rules.deadlines import DeadlinePosition, by_day, measured_of, next_of
from tracker.rules.statuses import Position, last_end
from tracker.state import Clocks, State
from tracker.tables import NOTHING
from tracker.things import Concession
from tracker.vocabulary import (
    EVENTS,
    GONE,
    ConcessionKind,
    DeadlineVerdict,
    Status,
)

HORIZON_DAYS = 30
"""How many days ahead pages and findings look for what is due or ends."""


class Risk(NamedTuple):
    """Why a concession is at risk: what it was given in return for is failing."""

    concession: str
    status: Status
    """The status of its counterpart."""
    counterpart: str
    """The concession it was given in return for."""
    on: Period
    """The day the counterpart failed."""


AWAITS = "awaits your verdict"
NUMBER = re.compile(r"#\d{1,10}|\d{1,11}", re.ASCII)
"""An entry's number."""


def last_known_by(record: Record, given: str | int | date | None, today: date) -> int:
    """Return the last entry that a book held by a moment or with an entry's batch.

    No entry has the number 0: it is before the first one.
    """
    if given is None:
        return LATEST
    words = str(given).strip()
    if NUMBER.fullmatch(words):
        entry = int(words.removeprefix("#"))
        if entry > record.last.entries:
            raise NotFound("no such entry", entry=entry, head=record.last.entries)
        return record.end_of(entry)
    moment = given if isinstance(given, datetime) else parse_moment(words, today)
    batches = [batch for batch in record.batches.values() if batch.recorded_at <= moment]
    return record.end_of(batches[-1].first_entry) if batches else 0


class Choice(NamedTuple):
    """The words of each filter; a concession must match one word of every filter in use."""

    giver: tuple[str, ...] = ()
    receiver: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    kind: tuple[ConcessionKind, ...] = ()
    status: tuple[Status, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use."""
        return any(self)

    def named_in(self, state: State) -> "Choice":
        """Return the choice with the slugs of its parties and sectors; refuse unknown ones."""
        sectors = {
            promise.sector.lower(): promise.sector
            for promise in state.concessions.values()
        }
        for word in self.sector:
            if word.lower() not in sectors:
                raise NotFound(
                    "no such thing", kind="sector", name=word, known=sectors.values()
                )
        return self._replace(
            giver=tuple(party_named(state.record, word) for word in self.giver),
            receiver=tuple(party_named(state.record, word) for word in self.receiver),
            sector=tuple(sectors[word.lower()] for word in self.sector),
        )

    def takes(self, concession: Concession, position: Position) -> bool:
        """Return whether a concession matches."""
        values = (
            concession.giver,
            concession.receiver,
            (concession.sector,),
            (concession.kind,),
            (position.status,),
        )
        for wanted, named in zip(self, values, strict=True):
            if wanted and not {*wanted} & {*named}:
                return False
        return True

    def in_words(self) -> str:
        """Return the filters in use: `giver us, status kept or broken`."""
        filters = []
        for name, words in zip(self._fields, self, strict=True):
            if words:
                filters.append(f"{name} {' or '.join(words)}")
        return ", ".join(filters)


EVERY = Choice()
"""The choice of every concession."""


class View(State):
    """A state of the book as one reader asked for it: what reports list, and in which words."""

    def __init__(
        self,
        record: Record,
        clocks: Clocks,
        agreement: str | None = None,
        choice: Choice = EVERY,
        near: "dict[date, View] | None" = None,
    ) -> None:
        super().__init__(record, clocks, agreement)
        self.choice = choice.named_in(self) if choice.narrows else choice
        self._near = {} if near is None else near

    def at(self, as_of: date) -> "View":
        """Return the view as of another day.

        The last two are kept, as the eve of a week is the end of the week before.
        """
        if as_of not in self._near:
            while len(self._near) > 1:
                del self._near[next(iter(self._near))]
            clocks = self.clocks._replace(as_of=as_of)
            about = (self.agreement, self.choice)
            near = View(self.record, clocks, *about, self._near)
            near.made = self.made
            self._near[as_of] = near
        return self._near[as_of]

    def since(self, day: date) -> "View":
        """Return the view as of an earlier day, to compare with; refuse a later one."""
        if day > self.as_of:
            raise WrongUsage("backward span", start=str(day), end=str(self.as_of))
        return self.at(day)

    def known_by(self, entry: str) -> "View":
        """Return the view as known by the batch of an entry, such as `#415`."""
        self.record.require_whole()
        last = last_known_by(self.record, entry, self.as_of)
        if not last:
            raise NotFound("no such entry", entry=0, head=self.record.last.entries)
        clocks = self.clocks._replace(known=last)
        return View(self.record.up_to(last), clocks, self.agreement, self.choice)

    @cached_property
    def listed_positions(self) -> dict[str, Position]:
        """The position of each concession that matches the filters; counterparts may be missing."""
        positions = self.positions
        if not self.choice.narrows:
            return positions
        return {
            slug: position
            for slug, position in positions.items()
            if self.choice.takes(self.concessions[slug], position)
        }

    @cached_property
    def listed_deadlines(self) -> list[DeadlinePosition]:
        """The deadlines that reports list: of concessions in them, and of agreements themselves.

        With a filter, only those of matching concessions. An agreement's own are listed once it
        was reached, or one of its concessions is in reports.
        """
        owners = {*self.listed_positions}
        if not self.choice.narrows:
            owners |= {self.concessions[slug].agreement for slug in self.positions}
            owners |= {slug for slug in self.agreements if self.is_reached(slug)}
        return [
            position
            for position in self.due.values()
            if (position.deadline.concession or position.deadline.agreement) in owners
        ]

    def lists(self, entry: Entry) -> bool:
        """Return whether reports list what an entry is about."""
        is_listed = not self.choice.narrows or entry.concession in self.listed_positions
        return is_listed and self.shows(entry)

    def is_reached(self, agreement: str) -> bool:
        """Return whether an agreement had been reached by the day."""
        return self.agreements[agreement].agreed_on.first <= self.as_of

    @cached_property
    def overdue(self) -> list[DeadlinePosition]:
        """The deadlines, except expiries, that have passed and are not settled."""
        return [position for position in self.listed_deadlines if position.overdue]

    @cached_property
    def coming(self) -> list[DeadlinePosition]:
        """The open deadlines with a day ahead; if a concession is settled, only its events."""
        return [
            position
            for position in self.listed_deadlines
            if position.due_on and position.ahead
            if position.deadline.kind in EVENTS or not self.is_settled(position)
            if position.verdict is DeadlineVerdict.OPEN
        ]

    @cached_property
    def at_risk(self) -> list[Risk]:
        """The listed concessions that are at risk."""
        return [risk for risk in self.risks if risk.concession in self.listed_positions]

    @cached_property
    def ending_with(self) -> dict[str, list[str]]:
        """The concessions whose terms end with each expiry."""
        ends = self.endings.items()
        listed = self.listed_positions
        return by_key((end.slug, slug) for slug, end in ends if slug in listed)

    @cached_property
    def expired(self) -> list[tuple[DeadlinePosition, str | None]]:
        """The expiries with no news since; those of concessions come with the concession."""
        expired = list[tuple[DeadlinePosition, str | None]]()
        for end in self.listed_deadlines:
            if self._is_silent_since(end):
                expired.append((end, None))
        for slug, end in self.endings.items():
            if not end.ahead and slug in self.listed_positions:
                expired.append((end, slug))
        return expired

    @property
    def passed(self) -> list[tuple[DeadlinePosition, str | None]]:
        """What has passed without an outcome, each with the concession that it is about."""
        overdue = [(due, due.deadline.concession) for due in self.overdue]
        return [*overdue, *self.expired]

    def _is_silent_since(self, end: DeadlinePosition) -> bool:
        """Return whether an agreement's own end has passed, with no news about it since."""
        agreement = end.deadline.agreement
        if end.deadline.concession or end is not self.end_of(agreement):
            return False
        last = self.last_word(agreement)
        return end.verdict is DeadlineVerdict.ENDED and (
            last is None or last.on <= end.last
        )

    def next_deadline(self, slug: str) -> DeadlinePosition | None:
        """Return the open deadline that a concession faces next; None if it is over."""
        if self.positions[slug].is_settled:
            return None
        return next_of(self.owned[slug], self.term_end(slug))

    def last_overdue(self, slug: str) -> DeadlinePosition | None:
        """Return the last deadline of a concession that passed unsettled: also its term's end."""
        past = [position for position in self.owned[slug] if position.overdue]
        end = self.term_end(slug)
        if end and self.positions[slug].is_unknown:
            past.append(end)
        return max(past, key=by_day, default=None)

    def term_end(self, slug: str) -> DeadlinePosition | None:
        """Return the expiry that ends the term of a concession: its own, or its agreement's."""
        return value_of(self.due, self.terms[slug].deadline)

    @cached_property
    def endings(self) -> dict[str, DeadlinePosition]:
        """What ends the terms of concessions, by day, if it is ahead or the outcome is unknown.

        What does not have to be kept up does not end; what is gone is left out.
        """
        endings = []
        for slug, position in self.positions.items():
            end = self.term_end(slug)
            is_gone = position.status in GONE
            if end and not is_gone and (end.ahead or position.is_unknown):
                endings.append((end.last, slug, end))
        return {slug: end for _, slug, end in sorted(endings)}

    @cached_property
    def risks(self) -> list[Risk]:
        """The concessions at risk, in their own order.

        What is settled, or past its term, has nothing left to lose.
        """
        risks = []
        for slug, position in self.positions.items():
            if position.is_settled or position.term.is_over(self.as_of):
                continue
            of_concession = []
            for returned in self.concessions[slug].in_return_for:
                failed = self.counterparts.get(returned)
                if failed and failed.fails:
                    risk = Risk(slug, failed.status, returned, failed.status_on)
                    of_concession.append(risk)
            risks += sorted(of_concession, key=lambda risk: risk.on.last)
        return risks

    @cached_property
    def counterparts(self) -> Mapping[str, Position]:
        """The positions in view, and those of what was promised in return in other agreements."""
        concessions = self.concessions
        returned = {
            other for slug in self.positions for other in concessions[slug].in_return_for
        }
        if self.agreement is None or returned <= concessions.keys():
            return self.positions
        return self.whole().positions | self.positions

    @cached_property
    def measured(self) -> dict[str, tuple[DeadlinePosition, ...]]:
        """The deliveries whose targets each concession's progress is measured against."""
        return {
            slug: measured_of(self.owned.get(slug, ()), self.readings)
            for slug in self.concessions
        }

    @cached_property
    def given_for(self) -> Mapping[str, list[str]]:
        """What was given in return for each concession."""
        concessions = self.record.concessions.values()
        return by_key(
            (other, given.slug) for given in concessions for other in given.in_return_for
        )

    @cached_property
    def awaiting(self) -> dict[str, str]:
        """What awaits your verdict, in words; of a limit, by which counts.

        It has reached all its targets, or a count exceeds one of its limits. Once the day of a
        target has passed, what had been counted by then decides.
        """
        awaiting = {}
        for slug, position in self.positions.items():
            if position.is_settled or position.stated is Status.NEGOTIATING:
                continue
            above = []
            for limit in self.owned[slug]:
                for figure in self.excesses(limit):
                    if figure.reached_on and figure.reached_on > position.judged_on:
                        count = figure.series
                        words = f"{count.counted_by} {quantity(count.value)}"
                        target = quantity(limit.target or Decimal(0))
                        above.append(f"{words} of {target}")
            if above:
                awaiting[slug] = f"{AWAITS}: {', '.join(above)}"
            elif self.reached_on(slug, on_the_day=True):
                awaiting[slug] = AWAITS
        return awaiting

    def reached_on(self, slug: str, *, on_the_day: bool) -> date | None:
        """Return since when a concession's targets are all reached, if that is after its verdict.

        If `on_the_day`, what had been counted by a day that has passed decides.
        """
        position = self.positions[slug]
        if position.is_settled or position.stated is Status.KEPT:
            return None
        last = position.judged_on
        for goal in self.owned[slug]:
            if goal.is_delivery and not goal.closed:
                figure = self.figure(goal)
                if on_the_day and goal.past:
                    figure = self.figure_by(goal, goal.last)
                if figure is None or figure.reached_on is None:
                    return None
                last = max(last, figure.reached_on)
        return last if last > position.judged_on else None

    def late_days(self, concession: str) -> int:
        """Return how many days late the deliveries of a concession came; 0 if they were in time."""
        owned = self.owned[concession]
        return max((deadline.late_days or 0 for deadline in owned), default=0)

    def end_of(self, owner: str) -> DeadlinePosition | None:
        """Return the expiry with which the term of an agreement or a concession ends."""
        return last_end(self.owned.get(owner, ()))

    def standing_concessions(self, words: Sequence[str] = ()) -> list[Concession]:
        """Return the concessions that some words name, or all, that exist as of the day."""
        concessions = self.concessions
        slugs = [
            word if word in concessions else self.named(word, "concession")
            for word in words
        ]
        wanted = dict.fromkeys(slugs or concessions)
        return [concessions[slug] for slug in wanted if slug in self.listed_positions]

    def agreement_of(self, slug: str) -> str:
        """Return the agreement that a slug in view is part of, or names."""
        part = self.concessions.get(slug) or self.deadlines.get(slug)
        return part.agreement if part else slug

    def parties_line(self, slug: str) -> str:
        """Return a concession's sides for a table: `US → China`; `US ↔ China` if both do both."""
        concession = self.concessions[slug]
        givers = concession.giver
        receivers = concession.receiver
        if len(givers) == len(receivers) and {*givers} == {*receivers}:
            return " ↔ ".join(self.short(party) for party in givers)
        return f"{self.shorts(givers)} → {self.shorts(receivers)}"

    def short(self, party: str) -> str:
        """Return the name that tables print for a party; if it was retracted, its slug."""
        parties = self.parties
        return parties[party].short if party in parties else party

    def shorts(self, parties: Iterable[str]) -> str:
        """Return the names of several parties, as tables print them."""
        return ", ".join([self.short(party) for party in parties])

    def day(self, on: date | None) -> str:
        """Return a day for a table: `7 Jan`, with the year unless that is the report's."""
        return in_words(on, self.as_of) if on else NOTHING

    def running(self, due_on: Period | None) -> str:
        """Return `this month` of the current month or year, whose last day is not its day."""
        if due_on is None or due_on.first == due_on.last:
            return ""
        is_running = due_on.first <= self.as_of <= due_on.last
        return f"this {due_on.precision}" if is_running else ""

    def period(self, of: Period | None, beside: Period | None = None) -> str:
        """Return a period for a table; its year is shown beside a day that is not of this year."""
        as_of = self.as_of
        is_near = beside is None or beside.last.year == as_of.year
        return period_in_words(of, as_of if is_near else date.min) if of else NOTHING

    def named(self, word: str, *wanted: str) -> str:
        """Return the slug of what a word names in view, of the wanted kinds; refuse others."""
        return Resolver(self.record, self.agreement).slug(word, *wanted)

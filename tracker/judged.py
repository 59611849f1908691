"""What the rules say about a state: each concession, deadline and target."""

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property, partial
from typing import NamedTuple

from tracker.dates import Period
from tracker.declared import by_key, value_of
from tracker.rules import deadlines, progress, stages
from tracker.rules.deadlines import DeadlinePosition, is_due_within, last_delivery, met_with_all
from tracker.rules.moves import NOBODY, Side, Sides, Standpoint, side_of
from tracker.rules.progress import Progress, Series, Window, series_key, tracks_of
from tracker.rules.stages import OVER, Position, Term
from tracker.state import State
from tracker.things import Concession, Deadline
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Stage

ENDS = "ends"
HORIZON_DAYS = 30
"""How many days ahead pages and findings look for what is due or ends."""


class Risk(NamedTuple):
    """Why a concession is at risk: its counterpart's stage, or the end of its own term."""

    concession: str
    because: str
    """Why it is at risk: the counterpart's stage, or `ends`."""
    counterpart: str | None
    """The concession it was given in return for."""
    on: Period
    """The day the counterpart failed, or the day the term ends."""


class Judged:
    """The rules' answers about a state, each worked out when it is first asked for."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.as_of = state.clocks.as_of
        self._progress: dict[str, Progress] = {}

    def promised_on(self, concession: Concession) -> Period:
        """Return the day of a promise: its own, else its agreement's."""
        return concession.promised_on or self.state.agreements[concession.agreement].agreed_on

    @cached_property
    def sides(self) -> dict[str, Sides]:
        """The givers and receivers of each concession, with the blocs that may speak for them."""
        side = cache(partial(side_of, part_of=self.state.record.part_of))
        return {
            slug: Sides(side(concession.giver), side(concession.receiver))
            for slug, concession in self.state.concessions.items()
        }

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The time for which each concession has to be kept up."""
        return {
            slug: stages.term_of(concession, self.owned[slug], self.owned[concession.agreement])
            for slug, concession in self.state.concessions.items()
        }

    @cached_property
    def deadlines(self) -> dict[str, DeadlinePosition]:
        """The state of each deadline in view."""
        positions = {}
        for slug, deadline in self.state.deadlines.items():
            moves = self.state.moves.get(slug, ())
            closing = self.state.closings.get(slug)
            standpoint = self.standpoint(deadline) if moves else NOBODY
            positions[slug] = deadlines.judge(deadline, moves, closing, self.as_of, standpoint)
        return positions

    def standpoint(self, deadline: Deadline) -> Standpoint:
        """Return who can move a deadline."""
        if deadline.concession is None:
            everyone = self._everyone[deadline.agreement]
            agreed_on = self.state.agreements[deadline.agreement].agreed_on.first
            return Standpoint(Sides(everyone, everyone), agreed_on)
        concession = self.state.concessions[deadline.concession]
        return Standpoint(self.sides[concession.slug], self.promised_on(concession).first)

    @cached_property
    def _everyone(self) -> dict[str, Side]:
        """The parties of each agreement's concessions, on both sides."""
        everyone: dict[str, set[str]] = {slug: set() for slug in self.state.agreements}
        for concession in self.state.concessions.values():
            everyone[concession.agreement] |= {*concession.giver, *concession.receiver}
        part_of = self.state.record.part_of
        return {slug: side_of(sorted(parties), part_of) for slug, parties in everyone.items()}

    @cached_property
    def owned(self) -> Mapping[str, list[DeadlinePosition]]:
        """The state of the deadlines of each concession, and of each agreement itself."""
        return by_key(
            (position.deadline.concession or position.deadline.agreement, position)
            for position in self.deadlines.values()
        )

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The position of each concession in view that is promised or already has a stage."""
        positions = {}
        for slug, concession in self.state.concessions.items():
            words = self.state.stages.get(slug, ())
            promised_on = self.promised_on(concession)
            if words or promised_on.first <= self.as_of:
                positions[slug] = stages.position(
                    concession, promised_on, self.sides[slug], words, self.terms[slug], self.as_of
                )
        return positions

    @cached_property
    def counterparts(self) -> Mapping[str, Position]:
        """The positions in view, and those of what was promised in return in other agreements."""
        concessions = self.state.concessions
        returned = {other for slug in self.positions for other in concessions[slug].in_return_for}
        if self.state.agreement is None or returned <= concessions.keys():
            return self.positions
        return Judged(self.state.whole()).positions | self.positions

    def progress_of(self, position: DeadlinePosition) -> Progress:
        """Return the progress of a deadline, over all its series; it is empty without readings."""
        slug = position.deadline.slug
        if slug not in self.state.readings:
            return progress.UNCOUNTED
        if slug not in self._progress:
            position = self.deadlines[slug]
            self._progress[slug] = progress.progress_of(
                position, self.tracks(position), self.is_official, self._early(position)
            )
        return self._progress[slug]

    def tracks(self, position: DeadlinePosition) -> list[list[Series]]:
        """Return the series of a deadline, each day by day, as far as its readings count.

        For a limit, only those count that were made while it binds.
        """
        readings = self.state.readings.get(position.deadline.slug, [])
        if position.is_limit:
            days = self.window(position)
            readings = [reading for reading in readings if days.first <= reading.on <= days.last]
        return tracks_of(readings)

    def _early(self, position: DeadlinePosition) -> list[Series]:
        """Return the series of a limit that were only counted before it binds."""
        if not position.is_limit:
            return []
        first = self.window(position).first
        readings = self.state.readings[position.deadline.slug]
        counting = {series_key(reading) for reading in readings if reading.on >= first}
        early = [reading for reading in readings if series_key(reading) not in counting]
        return [track[-1] for track in tracks_of(early)]

    def window(self, limit: DeadlinePosition) -> Window:
        """Return the days on which a limit binds: from its first, or its promise's, to its last."""
        if limit.deadline.awaits_first_day and limit.opens_on is None:
            return progress.NEVER
        term = value_of(self.terms, limit.deadline.concession)
        last = limit.due_on or (term.term_ends_on if term else None)
        first = limit.opens_on or self.standpoint(limit.deadline).promised_on
        return Window(first, last.last if last else date.max)

    def is_official(self, series: Series) -> bool:
        """Return whether a source of a count is official."""
        return any(self.state.sources[key].official for key in series.sources)

    def reported(self, position: DeadlinePosition) -> DeadlinePosition:
        """Return a deadline: met or missed with its concession, or ended if nothing is due."""
        owner = value_of(self.positions, position.deadline.concession)
        positions = self.owned[position.deadline.concession or position.deadline.agreement]
        is_done = position.rests_on_stage and owner is not None and owner.stage is Stage.MET
        if is_done and owner:
            position = met_with_all(position, positions, owner.since)
        if position.overdue:
            is_expiry = position.deadline.kind is DeadlineKind.EXPIRY
            has_ended = is_done or is_expiry or self.is_settled(position)
        else:
            binds = position.is_limit and position.verdict is DeadlineVerdict.OPEN
            has_ended = binds and self.window(position).last < self.as_of
        if not has_ended:
            return position
        is_missed = owner and owner.stage is Stage.MISSED and last_delivery(positions) == position
        verdict = DeadlineVerdict.MISSED if is_missed else DeadlineVerdict.ENDED
        first = position.verdict_original
        original = verdict if first is position.verdict else first
        return position._replace(verdict=verdict, verdict_original=original)

    def is_settled(self, position: DeadlinePosition) -> bool:
        """Return whether nothing more is expected of a deadline's concession."""
        owner = value_of(self.positions, position.deadline.concession)
        return owner is not None and owner.is_settled

    def next_deadline(self, slug: str) -> DeadlinePosition | None:
        """Return the open deadline that a concession faces next; None if it is over."""
        if self.positions[slug].is_settled:
            return None
        positions = [self.reported(position) for position in self.owned[slug]]
        return deadlines.next_of(positions, self.term_end(slug))

    def overdue(self, slug: str) -> DeadlinePosition | None:
        """Return the last deadline of a concession that passed unsettled: also its term's end."""
        past = [position for position in map(self.reported, self.owned[slug]) if position.overdue]
        end = self.term_end(slug)
        if end and self.positions[slug].is_unknown:
            past.append(end)
        return max(past, key=lambda position: (position.last, position.deadline.slug), default=None)

    def announced(self, slug: str) -> dict[str, Period]:
        """Return the other days that parties name for the end of a concession's term.

        For an expiry of its own, no later than the agreement's first end, a later end of the
        agreement is such a day, also for those who named it before you moved the agreement's end.
        """
        end = self.term_end(slug)
        if end is None:
            return {}
        ends = {claim.party: claim.due_on for claim in end.said}
        agreements_end = stages.last_end(self.owned[end.deadline.agreement])
        if end.deadline.concession is None or agreements_end is None:
            return ends
        first = agreements_end.deadline.due_on
        if agreements_end.due_on is None or first is None or end.last > first.last:
            return ends
        named = {}
        for move, *_ in agreements_end.moves:
            if move.says and move.due_on:
                named[move.says] = move.due_on
        days = {party: day for party, day in named.items() if day.last == agreements_end.last}
        days |= {claim.party: claim.due_on for claim in agreements_end.said}
        return {party: day for party, day in days.items() if day.last > first.last} | ends

    def term_end(self, slug: str) -> DeadlinePosition | None:
        """Return the expiry that ends the term of a concession: its own, or its agreement's."""
        return value_of(self.deadlines, self.terms[slug].deadline)

    @cached_property
    def endings(self) -> dict[str, DeadlinePosition]:
        """What ends the terms of concessions, by day, if it is ahead or the outcome is unknown.

        What does not have to be kept up does not end; what is lost or over is left out.
        """
        endings = []
        for slug, position in self.positions.items():
            end = self.term_end(slug)
            if end and position.state not in OVER and (end.ahead or position.is_unknown):
                endings.append((slug, end))
        endings.sort(key=lambda ending: (ending[1].last, ending[0]))
        return dict(endings)

    @cached_property
    def risks(self) -> list[Risk]:
        """The concessions at risk, in their own order; one of their own terms that ends soon.

        What has ended is not: it is one of the `endings`, until a verdict.
        """
        risks = []
        for slug, end in self.endings.items():
            if end.deadline.concession and end.due_on and is_due_within(end, HORIZON_DAYS):
                risks.append(Risk(slug, ENDS, None, end.due_on))
        for slug, position in self.positions.items():
            if position.state in OVER or position.is_unknown:
                continue
            for returned in self.state.concessions[slug].in_return_for:
                counterpart = self.counterparts.get(returned)
                if counterpart and counterpart.fails:
                    risks.append(Risk(slug, counterpart.stage, returned, counterpart.stage_on))
        order = {slug: place for place, slug in enumerate(self.positions)}
        return sorted(risks, key=lambda risk: (order[risk.concession], risk.on.last, risk.because))

    @cached_property
    def given_for(self) -> Mapping[str, list[str]]:
        """What was given in return for each concession."""
        concessions = self.state.record.concessions.values()
        return by_key((other, given.slug) for given in concessions for other in given.in_return_for)

    @cached_property
    def measured(self) -> dict[str, tuple[DeadlinePosition, ...]]:
        """The deliveries whose targets each concession's progress is measured against."""
        return {
            slug: deadlines.measured_of(self.owned.get(slug, ()), self.state.readings)
            for slug in self.state.concessions
        }

    @cached_property
    def reached(self) -> dict[str, date]:
        """The concessions that have reached all their targets and await your verdict.

        The day is that since which every recent count has been at the last target.
        """
        reached = {}
        for slug, position in self.positions.items():
            if position.is_settled or position.stage is Stage.MET:
                continue
            open_ = [goal for goal in self.owned[slug] if goal.is_delivery and not goal.closed]
            days = [on for goal in open_ if (on := self.progress_of(goal).all_reached_on)]
            if not days or len(days) < len(open_):
                continue
            judged_on = position.verdict.on if position.verdict else date.min
            if judged_on < max(days):
                reached[slug] = max(days)
        return reached

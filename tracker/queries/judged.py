"""The book's facts, with the decisions of the rules about them."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Self

from tracker.dates import Period
from tracker.facts import Concession, Deadline
from tracker.groups import by_key, value_of
from tracker.queries.reader import Reader
from tracker.rules import deadlines, nearest, progress, risk, stages, terms
from tracker.rules.deadlines import DeadlinePosition, Standpoint, last_delivery, met_with_all
from tracker.rules.progress import Progress, Window
from tracker.rules.series import Series, series_of, tracks_of
from tracker.rules.sides import Side, Sides, side_of
from tracker.rules.stages import Position
from tracker.rules.terms import Term
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Stage


class Judged(Reader):
    """The facts as of a day: how far each concession, each deadline and each target has come."""

    def at(self, as_of: date) -> Self:
        """Return the view as of another day; givers and receivers stay the same."""
        _ = self.sides
        return super().at(as_of)

    def promised_on(self, concession: Concession) -> Period:
        """Return the day of a promise: its own, else its agreement's."""
        return concession.promised_on or self.agreements[concession.agreement].agreed_on

    @cached_property
    def sides(self) -> dict[str, Sides]:
        """The givers and receivers of each concession, with the blocs that may speak for them."""
        made: dict[tuple[str, ...], Side] = {}
        for one in self.concessions.values():
            for parties in (one.givers, one.receivers):
                if parties not in made:
                    made[parties] = side_of(parties, self.part_of)
        return {
            slug: Sides(made[one.givers], made[one.receivers])
            for slug, one in self.concessions.items()
        }

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The time for which each concession has to be kept up."""
        return {
            slug: terms.term_of(one, self.owned.get(slug, ()), self.owned.get(one.agreement, ()))
            for slug, one in self.concessions.items()
        }

    @cached_property
    def deadline_positions(self) -> dict[str, DeadlinePosition]:
        """The state of each deadline in view."""
        as_of, moves, closings = self.clocks.as_of, self.moves, self.closings
        return {
            slug: deadlines.judge(
                deadline,
                moved := moves.get(slug, ()),
                closings.get(slug, ()),
                as_of,
                self.standpoint(deadline) if moved else deadlines.NOBODY,
            )
            for slug, deadline in self.deadlines.items()
        }

    def standpoint(self, deadline: Deadline) -> Standpoint:
        """Return who can move a deadline."""
        if deadline.concession is None:
            everyone = self._everyone[deadline.agreement]
            agreed_on = self.agreements[deadline.agreement].agreed_on.first
            return Standpoint(Sides(everyone, everyone), agreed_on)
        concession = self._all_concessions[deadline.concession]
        return Standpoint(self.sides[concession.slug], self.promised_on(concession).first)

    @cached_property
    def _everyone(self) -> dict[str, Side]:
        """The parties of each agreement's concessions, on both sides."""
        named = self.agreement_parties
        return {
            slug: side_of(named.get(slug, ()), self.part_of) for slug in {*self.agreements, *named}
        }

    @cached_property
    def owned(self) -> Mapping[str, list[DeadlinePosition]]:
        """The state of the deadlines of each concession, and of each agreement itself."""
        return by_key(
            (one.deadline.concession or one.deadline.agreement, one)
            for one in self.deadline_positions.values()
        )

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The position of each concession in view that is promised or already has a stage."""
        return {
            slug: self._position(concession)
            for slug, concession in self.concessions.items()
            if self.promised_on(concession).first <= self.clocks.as_of
            or slug in self.verdicts
            or slug in self.claims
        }

    @cached_property
    def counterparts(self) -> Mapping[str, Position]:
        """The positions in view, and those of what was promised in return in other agreements."""
        returned = {one.in_return_for for one in self.exchanges if one.concession in self.positions}
        if self.agreement is None or returned <= self.concessions.keys():
            return self.positions
        return self.whole().positions | self.positions

    def _position(self, concession: Concession) -> Position:
        slug = concession.slug
        return stages.position(
            concession,
            self.promised_on(concession),
            self.sides[slug],
            self.verdicts.get(slug, []),
            self.claims.get(slug, []),
            self.terms[slug],
            self.clocks.as_of,
        )

    def is_outranked(self, slug: str) -> bool:
        """Return whether a verdict outranks what both sides say; one of lapsed does not."""
        verdicts = self.verdicts.get(slug)
        return verdicts is not None and verdicts[-1].stage is not Stage.LAPSED

    def judged_since(self, slug: str) -> Period:
        """Return the day since which the latest verdict on a concession has been the same."""
        return stages.since(self.verdicts[slug]).period

    @cached_property
    def progress(self) -> dict[str, Progress]:
        """The progress of each deadline with readings, over all its series."""
        positions = self.deadline_positions
        read = {slug: found for slug, found in self.readings.items() if slug in positions}
        latest = {slug: series_of(readings) for slug, readings in read.items()}
        whole = [one for one, of in latest.items() if progress.needs_tracks(positions[one], of)]
        tracks = {slug: [[one] for one in counted] for slug, counted in latest.items()}
        tracks |= self.counted({slug: positions[slug] for slug in whole})
        return {
            slug: progress.progress_of(positions[slug], own, self.is_official)
            for slug, own in tracks.items()
        }

    def counted(self, positions: Mapping[str, DeadlinePosition]) -> dict[str, list[list[Series]]]:
        """Return the series of some deadlines, each day by day, as far as their readings count.

        For a limit, only those count that were made while it binds.
        """
        found = {}
        for slug, readings in self.tracks(positions).items():
            if positions[slug].is_limit:
                window = self.window(positions[slug])
                readings = [one for one in readings if window.covers(one.on)]
            found[slug] = tracks_of(readings)
        return found

    def window(self, limit: DeadlinePosition) -> Window:
        """Return the days on which a limit binds: from its first, or its promise's, to its last."""
        if limit.deadline.awaits_first_day and limit.opens_on is None:
            return progress.NEVER
        if concession := value_of(self.concessions, limit.deadline.concession):
            promised_on, ends_on = self.promised_on(concession), self.terms[concession.slug].ends_on
        else:
            promised_on, ends_on = self.agreements[limit.deadline.agreement].agreed_on, None
        last = limit.due_on or ends_on
        return Window(limit.opens_on or promised_on.first, last.last if last else date.max)

    def is_official(self, one: Series) -> bool:
        """Return whether a source of a count is official: its own, or one that was added."""
        found = (one.source, *self.cited.get(one.entry, ()))
        return any(self.sources[key].official for key in found if key is not None)

    def reported(self, position: DeadlinePosition) -> DeadlinePosition:
        """Return a deadline: met or missed with its concession, or ended if nothing is due."""
        owner = self._owner(position)
        is_done = position.rests_on_stage and owner is not None and owner.stage is Stage.MET
        if is_done:
            slug = str(position.deadline.concession)
            position = met_with_all(position, self.owned[slug], self.decided_on(slug))
        if position.overdue:
            is_expiry = position.deadline.kind is DeadlineKind.EXPIRY
            has_ended = is_done or is_expiry or self.is_settled(position)
        else:
            binds = position.is_limit and position.verdict is DeadlineVerdict.OPEN
            has_ended = binds and self.window(position).last < self.clocks.as_of
        if not has_ended:
            return position
        own = self.owned[position.deadline.concession or position.deadline.agreement]
        is_missed = owner and owner.stage is Stage.MISSED and last_delivery(own) == position
        verdict = DeadlineVerdict.MISSED if is_missed else DeadlineVerdict.ENDED
        first = position.verdict_original
        original = verdict if first is position.verdict else first
        return position._replace(verdict=verdict, verdict_original=original)

    def _owner(self, position: DeadlinePosition) -> Position | None:
        return value_of(self.positions, position.deadline.concession)

    def is_settled(self, position: DeadlinePosition) -> bool:
        """Return whether nothing more is expected of a deadline's concession."""
        owner = self._owner(position)
        return owner is not None and owner.bucket in risk.SETTLED

    def decided_on(self, slug: str) -> Period:
        """Return the first day of a concession's stage, even if that was repeated later."""
        position = self.positions[slug]
        return self.judged_since(slug) if position.verdict else position.since

    def next_deadline(self, slug: str) -> DeadlinePosition | None:
        """Return the deadline that a concession faces next; None if it is over.

        The end of its agreement ends only what has to be kept up.
        """
        position = self.positions[slug]
        if position.bucket in risk.SETTLED:
            return None
        own = [self.reported(one) for one in self.owned[slug]]
        agreement = self.concessions[slug].agreement
        return nearest.next_of(own, self.owned[agreement] if position.term.holds else ())

    @cached_property
    def in_return_for(self) -> dict[str, list[str]]:
        """What each concession was given in return for."""
        return by_key(self.exchanges)

    @cached_property
    def given_for(self) -> dict[str, list[str]]:
        """What was given in return for each concession."""
        return by_key((one.in_return_for, one.concession) for one in self.exchanges)

    @cached_property
    def measured(self) -> dict[str, DeadlinePosition | None]:
        """The delivery whose target each concession's progress is measured against."""
        return {
            slug: nearest.measured_of(self.owned.get(slug, ()), self.progress)
            for slug in self.concessions
        }

"""A view of the book with its decisions: where each concession and each deadline stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from tracker.facts import Concession, Move
from tracker.queries import Reader
from tracker.rules import deadlines, pace, risk, stages
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import Band, Series
from tracker.rules.risk import Risk
from tracker.rules.stages import Position
from tracker.vocabulary import DeadlineKind


class View(Reader):
    """What was the case as of a day, as known by an entry: facts, and what the rules say."""

    @cached_property
    def positions(self) -> dict[str, Position]:
        """Where each concession in view stands; one not yet agreed or heard of has no place."""
        decided = {}
        for slug, concession in self.concessions.items():
            agreement = self.agreements[concession.agreement]
            verdicts, claims = self.verdicts.get(slug, ()), self.claims.get(slug, ())
            if agreement.agreed_on.last <= self.clocks.as_of or verdicts or claims:
                decided[slug] = stages.position(concession, agreement, verdicts, claims)
        return decided

    @cached_property
    def deadline_positions(self) -> dict[str, DeadlinePosition]:
        """Where each deadline in view stands; of its moves only those that count today."""
        return self._judged(self.current_moves)

    @cached_property
    def owned(self) -> Mapping[str, list[DeadlinePosition]]:
        """Where the deadlines of each concession, and of each agreement itself, stand."""
        return _by_owner(self.deadline_positions.values())

    @cached_property
    def deadline_histories(self) -> dict[str, DeadlinePosition]:
        """Where each deadline in view stands, with every move."""
        return self._judged(self.moves)

    @cached_property
    def owned_histories(self) -> Mapping[str, list[DeadlinePosition]]:
        """Where the deadlines of each owner stand, with every move."""
        return _by_owner(self.deadline_histories.values())

    @cached_property
    def series(self) -> dict[str, list[Series]]:
        """The series of each deadline that has readings, added up."""
        return {slug: pace.series_of(readings) for slug, readings in self.readings.items()}

    @cached_property
    def bands(self) -> dict[str, Band]:
        """The span of counts of each target that has any."""
        spans = {
            slug: pace.band(self.deadline_positions[slug], counted)
            for slug, counted in self.series.items()
            if slug in self.deadline_positions
        }
        return {slug: span for slug, span in spans.items() if span}

    @cached_property
    def expired(self) -> list[DeadlinePosition]:
        """The terms that ended, and of whose owners nothing was said since."""
        return [
            position
            for position in self.deadline_positions.values()
            if position.deadline.kind is DeadlineKind.EXPIRY
            and position.overdue
            and self._is_silent_since(position)
        ]

    def _is_silent_since(self, term: DeadlinePosition) -> bool:
        owner = term.deadline.concession
        if owner and (owner not in self.positions or self.positions[owner].bucket in risk.OVER):
            return False
        words = self.agreement_words[term.deadline.agreement]
        last = self.last_words[owner].word_on if owner else words
        return last is None or last <= term.due_on.last

    def risks(self, horizon_days: int) -> list[Risk]:
        """Return the concessions at risk, their own terms looked at so many days ahead."""
        return risk.risks(
            self.positions, self.exchanges, self.deadline_positions.values(), horizon_days
        )

    def _judged(self, moves: dict[str, list[Move]]) -> dict[str, DeadlinePosition]:
        return {
            slug: deadlines.judge(
                deadline, moves.get(slug, ()), self.closings.get(slug, ()), self.clocks.as_of
            )
            for slug, deadline in self.deadlines.items()
        }

    def standing_concessions(self, slugs: list[str] | None = None) -> list[Concession]:
        """Return the named concessions, or all, that have a place as of the day."""
        return [one for one in self.concessions_named(slugs or []) if one.slug in self.positions]

    def next_deadline(self, concession: Concession) -> DeadlinePosition | None:
        """Return the deadline that a concession faces next; what is over faces none."""
        if self.positions[concession.slug].bucket in risk.OVER:
            return None
        own, of_agreement = self.owned[concession.slug], self.owned[concession.agreement]
        return deadlines.next_of(own, of_agreement)

    @cached_property
    def exchanged(self) -> "Exchanged":
        """What each concession was given in return for, and what was given for it."""
        found = Exchanged(defaultdict(list), defaultdict(list))
        for one in self.exchanges:
            found.in_return_for[one.concession].append(one.in_return_for)
            found.given_for[one.in_return_for].append(one.concession)
        return found

    def measured_delivery(self, concession: Concession) -> DeadlinePosition | None:
        """Return the delivery whose target a concession's progress is measured against."""
        return self._measured[concession.slug]

    @cached_property
    def _measured(self) -> dict[str, DeadlinePosition | None]:
        return {
            slug: deadlines.measured_of(self.owned.get(slug, ()), self.bands)
            for slug in self.concessions
        }

    def agreement_of(self, slug: str) -> str:
        """Return the agreement that a slug in view is part of, or names."""
        named = self.concessions.get(slug) or self.deadlines.get(slug)
        return named.agreement if named else slug

    def silence(self, slug: str) -> int:
        """Return for how many days nothing was said of a concession, at most since its bargain."""
        agreement = self.agreements[self.concessions[slug].agreement]
        last = self.last_words[slug].word_on or agreement.agreed_on.last
        return max((self.clocks.as_of - last).days, 0)

    def parties_line(self, concession: Concession) -> str:
        """Return who gives and who gets, as tables print it."""
        return f"{self.shorts(concession.givers)} → {self.shorts(concession.receivers)}"

    def shorts(self, parties: Iterable[str]) -> str:
        """Return the names of several parties, as tables print them."""
        return ", ".join(self.short(party) for party in parties)


class Exchanged(NamedTuple):
    """The exchanges, looked up from either side."""

    in_return_for: defaultdict[str, list[str]]
    given_for: defaultdict[str, list[str]]


def _by_owner(positions: Iterable[DeadlinePosition]) -> Mapping[str, list[DeadlinePosition]]:
    found: dict[str, list[DeadlinePosition]] = defaultdict(list)
    for position in positions:
        found[position.deadline.concession or position.deadline.agreement].append(position)
    return found

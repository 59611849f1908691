"""The book's facts, with the decisions that recording also needs: sides, deadlines and terms."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Self

from tracker.dates import Period
from tracker.facts import Concession, Deadline
from tracker.groups import by_key
from tracker.queries.reader import Reader
from tracker.rules import deadlines, terms
from tracker.rules.deadlines import DeadlinePosition, Standpoint
from tracker.rules.sides import Side, Sides, side_of
from tracker.rules.terms import Term


class Judged(Reader):
    """The facts as of a day, and the state of each deadline and each term."""

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
        named = by_key(self._known("agreement_parties"))
        return {slug: side_of(named[slug], self.part_of) for slug in {*self.agreements, *named}}

    @cached_property
    def owned(self) -> Mapping[str, list[DeadlinePosition]]:
        """The state of the deadlines of each concession, and of each agreement itself."""
        return by_key(
            (one.deadline.concession or one.deadline.agreement, one)
            for one in self.deadline_positions.values()
        )

"""Who moves a day or a target: whose word counts for givers and receivers, and what it changes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from tracker.dates import Period
from tracker.entry import Entry
from tracker.things import Deadline
from tracker.vocabulary import DeadlineKind

Word = TypeVar("Word")


class Side(NamedTuple):
    """The parties that give, or those that receive, each with its blocs, the nearest first."""

    voices: tuple[tuple[str, ...], ...]
    """For each party: itself, then the blocs that may speak for it."""

    def speaks(self, party: str) -> bool:
        """Whether a party's word counts for this side: its own, or that of a member's bloc."""
        return any(party in voices for voices in self.voices)

    def is_alone(self, party: str) -> bool:
        """Whether a party or bloc speaks for everyone on this side."""
        return bool(self.voices) and all(party in voices for voices in self.voices)

    def words(self, spoken: Mapping[str, Word]) -> dict[str, Word]:
        """Return the statements that count, by speaker: a party's own, else its nearest bloc's."""
        statements: dict[str, Word] = {}
        for voices in self.voices:
            speaker = next((voice for voice in voices if voice in spoken), None)
            if speaker is not None:
                statements[speaker] = spoken[speaker]
        return statements


class Sides(NamedTuple):
    """The givers and receivers, with the blocs that may speak for them."""

    givers: Side
    receivers: Side

    def speaks(self, party: str | None) -> bool:
        """Whether a party's word counts for one of the sides."""
        return party is not None and (
            self.givers.speaks(party) or self.receivers.speaks(party)
        )


def side_of(parties: Iterable[str], part_of: Mapping[str, str | None]) -> Side:
    """Return a side; `part_of` names the bloc of each party that has one."""
    return Side(tuple(tuple(_voices(party, part_of)) for party in parties))


def with_blocs(parties: Iterable[str], part_of: Mapping[str, str | None]) -> set[str]:
    """Return parties with the blocs that may speak for them."""
    return {voice for party in parties for voice in _voices(party, part_of)}


def have_met(givers: Iterable[str], receivers: Iterable[str]) -> bool:
    """Return whether two different parties spoke, one for each side."""
    giving = {*givers}
    receiving = {*receivers}
    return bool(giving and receiving) and len(giving | receiving) > 1


def _voices(party: str, part_of: Mapping[str, str | None]) -> Iterator[str]:
    seen: dict[str, None] = {}
    voice: str | None = party
    while voice is not None and voice not in seen:
        seen[voice] = None
        voice = part_of.get(voice)
    return iter(seen)


class Standpoint(NamedTuple):
    """Who can move a deadline: the parties of its concession, or of its agreement's concessions.

    For an agreement's own deadlines they are on both sides, so that nobody moves those alone.
    Statements dated before `promised_on` move nothing.
    """

    sides: Sides
    promised_on: date


NOBODY = Standpoint(Sides(Side(()), Side(())), date.min)
"""The standpoint for a deadline about which nobody made a statement."""


class Heard(NamedTuple):
    """One move of a deadline, who said it, and what it changed."""

    move: Entry
    entry: int
    due_on: Period
    target: Decimal | None
    announced_on: Period
    """The day the move was announced."""
    says: str | None
    source: str | None
    moves_it: bool
    """Whether it changed the day or the target."""
    moves_day: bool


class Said(NamedTuple):
    """A day or target that a party named and that is not the deadline's."""

    party: str
    """The party that named it."""
    due_on: Period
    target: Decimal | None


class Words:
    """The statements on one deadline's day and target, taken one by one in the order of days."""

    def __init__(self, deadline: Deadline, standpoint: Standpoint) -> None:
        self.deadline = deadline
        self.standpoint = standpoint
        self.due_on = None if deadline.awaits else deadline.due_on
        self.target, self.base = deadline.target, deadline.base
        self.first = self.due_on
        self._said: dict[str, tuple[Period, Decimal | None]] = {}

    @property
    def said(self) -> tuple[Said, ...]:
        """What parties last said, if it differs from what holds."""
        last_day = self.due_on.last if self.due_on else None
        return tuple(
            Said(party, day, target)
            for party, (day, target) in self._said.items()
            if day.last != last_day or target not in (None, self.target)
        )

    def hear(self, move: Entry) -> Heard:
        """Apply a statement; return what it changed."""
        before = (self.due_on, self.target, self.base)
        day = move.due_on
        assert day is not None
        if move.says is None:
            self._said.clear()
            self.due_on = day
            self._restate(move.value, move.base)
        elif move.on >= self.standpoint.promised_on:
            self._hear_party(move.says, move, day)
        self.first = self.first or self.due_on
        said = (move.value, move.effective_on, move.says, move.first_source)
        moves_it = (self.due_on, self.target, self.base) != before
        return Heard(
            move, move.entry, day, *said, moves_it, moves_day=self.due_on != before[0]
        )

    def _hear_party(self, party: str, move: Entry, due_on: Period) -> None:
        restated = None if self.target is None else move.value
        _, target = self._said.get(party, (None, None))
        self._said[party] = due_on, target if restated is None else restated
        if not self.standpoint.sides.speaks(party):
            return
        statements = self._said.items()
        days = {speaker: day.last for speaker, (day, _) in statements}
        alone = self._costs(party, days, self._later(due_on))
        agreed = self._agreed(days)
        if alone or (agreed and (self.due_on is None or agreed != self.due_on.last)):
            self.due_on = due_on
        if restated is None:
            return
        targets = {
            speaker: target for speaker, (_, target) in statements if target is not None
        }
        alone = self._costs(party, targets, self._easier(restated))
        self._restate(restated if alone else self._agreed(targets), move.base)

    def _restate(self, target: Decimal | None, base: Decimal | None) -> None:
        """Take over a restated target; the base stays if it was not restated along with it."""
        if target is not None:
            self.target = target
            self.base = self.base if base is None else base

    def _costs(
        self, party: str, words: Mapping[str, object], easier: bool | None
    ) -> bool:
        """Return whether a change that makes giving easier, or harder, costs its speaker.

        It does if the speaker is the whole side that loses by it, and its word counts there: a
        member's own word outranks its bloc's.
        """
        givers, receivers = self.standpoint.sides
        if easier is None or (givers.speaks(party) and receivers.speaks(party)):
            return False
        side = receivers if easier else givers
        return side.is_alone(party) and party in side.words(words)

    def _later(self, due_on: Period) -> bool | None:
        """Return whether a day makes giving easier; None if it does not matter.

        A later delivery is easier; for a term or a limit, which must be kept up, an earlier end is.
        """
        if self.due_on is None or due_on.last == self.due_on.last:
            return None
        later = due_on.last > self.due_on.last
        if self.deadline.kind is DeadlineKind.EXPIRY:
            return not later
        if (
            self.deadline.kind is not DeadlineKind.DELIVERY
            or self.deadline.awaits_first_day
        ):
            return None
        return not later if self.deadline.is_limit else later

    def _easier(self, target: Decimal) -> bool | None:
        """Return whether a target makes giving easier: less to deliver, or a higher limit."""
        if self.target is None or target == self.target:
            return None
        down = goes_down(self.base, self.target)
        return (target > self.target) is (self.deadline.is_limit or down)

    def _agreed(self, words: Mapping[str, Word]) -> Word | None:
        """Return what both sides last named, if all who spoke named the same."""
        givers, receivers = (side.words(words) for side in self.standpoint.sides)
        named = {*givers.values(), *receivers.values()}
        return named.pop() if len(named) == 1 and have_met(givers, receivers) else None


def goes_down(base: Decimal | None, target: Decimal) -> bool:
    """Return whether a target is below its base, by default below 0."""
    return target < (base or 0)

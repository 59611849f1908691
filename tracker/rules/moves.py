"""Who moves a day and a target: whose word counts for givers and receivers, what it changes."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from tracker.dates import Period
from tracker.entry import Entry
from tracker.things import Deadline

Word = TypeVar("Word")


class Side(NamedTuple):
    """The parties that give, or those that receive, each with its blocs, the nearest first."""

    voices: tuple[tuple[str, ...], ...]
    """For each party: itself, then the blocs that may speak for it."""

    def speaks(self, party: str) -> bool:
        """Whether a party's word counts for this side: its own, or that of a member's bloc."""
        return any(party in voices for voices in self.voices)

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


NOBODY = Sides(Side(()), Side(()))
"""The sides of a deadline about which nobody made a statement."""


class Aim(NamedTuple):
    """What a deadline asks, or what a statement says that it asks: a day, and a target."""

    due_on: Period | None
    target: Decimal | None
    base: Decimal | None

    def restated_by(self, move: Entry) -> "Aim":
        """Return what a statement names; what it leaves out is as it is here."""
        target = self.target if move.value is None else move.value
        base = self.base if move.base is None else move.base
        return Aim(move.due_on, target, base)

    @property
    def key(self) -> Hashable:
        """What makes two of them the same: a month is the same as its last day."""
        return self.due_on and self.due_on.last, self.target, self.base


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
    due_then: Period | None
    """The day in force after it."""
    moves_day: bool


class Said(NamedTuple):
    """A day or target that a party named and that is not the deadline's."""

    party: str
    """The party that named it."""
    due_on: Period
    target: Decimal | None


class Moved(NamedTuple):
    """A deadline after all that was said about its day and its target."""

    aim: Aim
    first_day: Period | None
    """The day first declared or, if it was awaited, first supplied."""
    heard: tuple[Heard, ...]
    said: tuple[Said, ...]
    """What parties last named, if that is not the deadline's."""

    def due_by(self, on: date) -> Period | None:
        """Return the day in force on a day; None if there was none yet."""
        due_on = self.first_day
        for move in self.heard:
            if move.announced_on.last <= on:
                due_on = move.due_then
        return due_on


def moved(
    deadline: Deadline, moves: Iterable[Entry], sides: Sides, promised_on: date
) -> Moved:
    """Take the statements on a deadline's day and target, in the order of their days.

    The book's own moves it, and clears what parties said before. That of a party moves it, whole,
    once both sides last named the same. What is dated before the promise moves nothing.
    """
    aim = Aim(
        None if deadline.awaits else deadline.due_on, deadline.target, deadline.base
    )
    first_day = aim.due_on
    statements: dict[str, Entry] = {}
    named: dict[str, Aim] = {}
    heard = []
    for move in moves:
        before = aim
        if move.says is None:
            statements = {}
            named = {}
            aim = aim.restated_by(move)
        elif move.on >= promised_on:
            statements[move.says] = move
            named[move.says] = aim.restated_by(move)
            both = agreed(sides, named)
            if both and both.key != aim.key:
                aim = named[move.says]
        first_day = first_day or aim.due_on
        heard.append(_heard(move, before, aim))
    last = aim.due_on and aim.due_on.last
    said = []
    for party, statement in statements.items():
        day = day_of(statement)
        if day.last != last or statement.value not in (None, aim.target):
            said.append(Said(party, day, statement.value))
    return Moved(aim, first_day, tuple(heard), tuple(said))


def _heard(move: Entry, before: Aim, after: Aim) -> Heard:
    return Heard(
        move,
        move.entry,
        day_of(move),
        move.value,
        move.effective_on,
        move.says,
        move.first_source,
        moves_it=after != before,
        due_then=after.due_on,
        moves_day=after.due_on != before.due_on,
    )


def day_of(move: Entry) -> Period:
    """Return the day that a move names."""
    assert move.due_on is not None
    return move.due_on


def agreed(sides: Sides, named: Mapping[str, Aim]) -> Aim | None:
    """Return what a giver and a receiver last named, if nobody on either side names another."""
    givers = sides.givers.words(named)
    receivers = sides.receivers.words(named)
    aims = [*givers.values(), *receivers.values()]
    if not have_met(givers, receivers) or len({aim.key for aim in aims}) > 1:
        return None
    return aims[0]


def goes_down(base: Decimal | None, target: Decimal) -> bool:
    """Return whether a target is below its base, by default below 0."""
    return target < (base or 0)

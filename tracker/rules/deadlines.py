"""Deadlines: who moves a day and a target, how each stands on a day, and which one comes next."""

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from tracker.dates import Period
from tracker.entry import Entry
from tracker.things import Deadline
from tracker.vocabulary import Bound, DeadlineKind, DeadlineVerdict, Outcome, Stage

Statement = TypeVar("Statement")


class Side(NamedTuple):
    """The parties that give, or those that receive, each with its blocs, the nearest first."""

    voices: tuple[tuple[str, ...], ...]
    """For each party: itself, then the blocs that may speak for it."""

    def speaks(self, party: str) -> bool:
        """Whether a party's word counts for this side: its own, or that of a member's bloc."""
        return any(party in voices for voices in self.voices)

    def words(self, spoken: Mapping[str, Statement]) -> dict[str, Statement]:
        """Return the statements that count, by speaker: a party's own, else its nearest bloc's."""
        statements: dict[str, Statement] = {}
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


class Naming(NamedTuple):
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
    said: tuple[Naming, ...]

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
        heard.append(
            Heard(
                move,
                move.entry,
                day_of(move),
                move.value,
                move.effective_on,
                move.says,
                move.first_source,
                moves_it=aim != before,
                due_then=aim.due_on,
                moves_day=aim.due_on != before.due_on,
            )
        )
    last = aim.due_on and aim.due_on.last
    said = []
    for party, statement in statements.items():
        day = day_of(statement)
        if day.last != last or statement.value not in (None, aim.target):
            said.append(Naming(party, day, statement.value))
    return Moved(aim, first_day, tuple(heard), tuple(said))


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


# --- how a deadline stands on a day ---------------------------------------------------------------


class DeadlinePosition(NamedTuple):
    """A deadline as of a day, in the words of the JSON contract."""

    deadline: Deadline
    opens_on: date | None
    """The first day of its window."""
    original_due_on: Period | None
    """The day first declared or, if it was awaited, first supplied."""
    due_on: Period | None
    """The day by which it is due after all moves; null without a day yet."""
    slip_days: int
    """How many days it has moved."""
    days_left: int | None
    """Days until it is due; negative once that day has passed."""
    moves: tuple[Heard, ...]
    """Each move of the deadline."""
    said: tuple[Naming, ...]
    """Days and targets that parties name but that do not count."""
    verdict: DeadlineVerdict
    """How it stands, or how it ended."""
    settled_by: Entry | None
    """The closing, or the verdict on its concession, that says how it ended."""
    outcome_on: Period | None
    """The day it ended."""
    late_days: int | None
    """How many days after the day then in force it was met, at least; 0 if perhaps in time."""
    late_days_first: int | None
    """The same, after the first day."""
    bound: Bound | None
    """Whether the target is to be reached or is a limit; null without a target."""
    target: Decimal | None
    base: Decimal | None
    unit: str | None
    is_limit: bool
    """Whether its target must not be exceeded."""

    @property
    def slug(self) -> str:
        """The slug of the deadline."""
        return self.deadline.slug

    @property
    def closed(self) -> bool:
        """Whether its end is recorded."""
        return self.outcome_on is not None

    @property
    def closed_as(self) -> Outcome | None:
        """The outcome with which it was closed; None if a verdict says how it ended."""
        return self.settled_by.outcome if self.settled_by else None

    @property
    def overdue(self) -> bool:
        """Whether its current day has passed and nobody has recorded how it ended."""
        return self.verdict is DeadlineVerdict.OVERDUE

    @property
    def last(self) -> date:
        """Its last day; if it has no day yet, the last day of the calendar."""
        return self.due_on.last if self.due_on else date.max

    @property
    def ahead(self) -> bool:
        """Whether its day is still to come, or not known yet."""
        return self.days_left is None or self.days_left >= 0

    def has(self, day: Period) -> bool:
        """Return whether a day that somebody names is its own: its first, if that is awaited."""
        return (
            day.first == self.opens_on
            if self.deadline.awaits_first_day
            else day == self.due_on
        )

    @property
    def happens_on(self) -> date:
        """Its last day, or the earlier day on which it was met."""
        met_on = self.outcome_on if self.verdict is DeadlineVerdict.MET else None
        return min(self.last, met_on.last) if met_on else self.last

    @property
    def last_move(self) -> Entry | None:
        """The last statement that moved its day, or your last move."""
        moved = [move.move for move in self.moves if move.moves_day or move.says is None]
        return moved[-1] if moved else None

    @property
    def restated_by(self) -> Entry | None:
        """The last statement that restated its target."""
        moved = [
            move.move for move in self.moves if move.moves_it and move.target is not None
        ]
        return moved[-1] if moved else None

    @property
    def moved_by(self) -> tuple[str, ...]:
        """The parties that last named the day to which they moved it; none if you moved it."""
        last = self.last_move
        if last is None or last.says is None:
            return ()
        days = {move.says: move.due_on for move in self.moves if move.says}
        return tuple(
            party for party, day in days.items() if day.last == day_of(last).last
        )

    @property
    def is_delivery(self) -> bool:
        """Whether something is to be delivered by its day."""
        return self.deadline.kind is DeadlineKind.DELIVERY and not self.is_limit

    @property
    def past(self) -> bool:
        """Whether it is a delivery whose day has passed."""
        return self.is_delivery and not self.ahead

    @property
    def is_cut(self) -> bool:
        """Whether its target is below the base."""
        base = self.base
        target = self.target
        return base is not None and target is not None and goes_down(base, target)


def by_day(position: DeadlinePosition) -> tuple[date, str]:
    """Return what puts deadlines in order: the last day, then the slug."""
    return position.last, position.slug


DECIDED = (DeadlineVerdict.MET, DeadlineVerdict.MISSED, DeadlineVerdict.CANCELLED)
"""The verdicts on deadlines that have an outcome."""


OUTCOMES = {
    Stage.MET: Outcome.MET,
    Stage.MISSED: Outcome.MISSED,
    Stage.MOOT: Outcome.CANCELLED,
}
"""How the delivery of a concession ended by a verdict."""


def settled_by(words: Iterable[Entry]) -> Entry | None:
    """Return what says how a deadline ended: its closing, until a later verdict settles it.

    `words` are its closings, and the verdicts that can settle it, in order. The first verdict by
    which it was kept does so for good; before that it is the latest: missed, or overtaken.
    """
    settling = [word for word in words if word.outcome or word.stage in OUTCOMES]
    if not settling or settling[-1].outcome:
        return settling[-1] if settling else None
    kept = [word for word in settling if word.stage is Stage.MET]
    return kept[0] if kept else settling[-1]


def judge(
    deadline: Deadline, moved: Moved, settled: Entry | None, as_of: date
) -> DeadlinePosition:
    """Judge one deadline from its moves, and from what says how it ended, as of a day."""
    aim = moved.aim
    opens_on = deadline.opens_on
    due_on = aim.due_on
    if deadline.awaits_first_day:
        opens_on = aim.due_on.first if aim.due_on else None
        due_on = deadline.due_on
    original = deadline.due_on or (None if deadline.is_limit else moved.first_day)
    verdict = _verdict(deadline, aim, due_on, settled, as_of)
    met_on = settled.effective_on if settled and verdict is DeadlineVerdict.MET else None
    due_then = due_on
    if met_on and not deadline.awaits_first_day:
        due_then = moved.due_by(met_on.last) or due_on
    return DeadlinePosition(
        deadline=deadline,
        opens_on=opens_on,
        original_due_on=original,
        due_on=due_on,
        slip_days=(due_on.last - original.last).days if due_on and original else 0,
        days_left=(due_on.last - as_of).days if due_on else None,
        moves=moved.heard,
        said=moved.said,
        verdict=verdict,
        settled_by=settled,
        outcome_on=settled and settled.effective_on,
        late_days=late_days(due_then, met_on and met_on.first),
        late_days_first=late_days(original, met_on and met_on.first),
        bound=None if aim.target is None else deadline.bound or Bound.AT_LEAST,
        target=aim.target,
        base=aim.base,
        unit=deadline.unit,
        is_limit=deadline.is_limit,
    )


def _verdict(
    deadline: Deadline,
    aim: Aim,
    due_on: Period | None,
    settled: Entry | None,
    as_of: date,
) -> DeadlineVerdict:
    if settled is not None:
        outcome = OUTCOMES[settled.stage] if settled.stage else settled.outcome
        return DeadlineVerdict(str(outcome))
    if deadline.awaits is not None and aim.due_on is None:
        return DeadlineVerdict.WAITING
    if due_on is None or deadline.is_limit or as_of <= due_on.last:
        return DeadlineVerdict.OPEN
    is_expiry = deadline.kind is DeadlineKind.EXPIRY
    return DeadlineVerdict.ENDED if is_expiry else DeadlineVerdict.OVERDUE


def late_days(due_on: Period | None, on: date | None) -> int | None:
    """Return how many days after its last day something happened; 0 if in time."""
    return max((on - due_on.last).days, 0) if due_on and on else None


def uncancelled(positions: Iterable[DeadlinePosition]) -> list[DeadlinePosition]:
    """Return the deliveries that are not cancelled."""
    deliveries = (position for position in positions if position.is_delivery)
    return [due for due in deliveries if due.verdict is not DeadlineVerdict.CANCELLED]


def is_due_within(position: DeadlinePosition, days: int) -> bool:
    """Return whether a deadline is open and due within some days."""
    left = position.days_left
    return not position.closed and left is not None and 0 <= left <= days


def next_of(
    positions: Iterable[DeadlinePosition], term_end: DeadlinePosition | None = None
) -> DeadlinePosition | None:
    """Return the deadline that a concession faces next.

    It is the nearest one ahead of its own. If none of these is open, it is the end of its term.
    What still waits comes before the end of a term.
    """
    coming = [position for position in positions if _is_coming(position)]
    if any(position.verdict is DeadlineVerdict.WAITING for position in coming):
        expiry = DeadlineKind.EXPIRY
        coming = [
            position for position in coming if position.deadline.kind is not expiry
        ]
    return _nearest(coming) or (term_end if term_end and term_end.ahead else None)


def _is_coming(position: DeadlinePosition) -> bool:
    """Return whether a deadline is open and ahead; a limit without a last day only if it waits."""
    if position.closed or not position.ahead:
        return False
    if position.is_limit and position.due_on is None:
        return position.verdict is DeadlineVerdict.WAITING
    return True


def measured_of(
    positions: Iterable[DeadlinePosition], counted: Container[str] = ()
) -> tuple[DeadlinePosition, ...]:
    """Return the targets that a concession's progress is measured against: the next, else the last.

    They are limits only if nothing is to be delivered. If several are due on one day, it is all of
    these, and those that are `counted` come first.
    """
    targets = [position for position in positions if position.target is not None]
    targets = [position for position in targets if not position.is_limit] or targets
    nearest = _nearest(
        [position for position in targets if not position.closed] or targets
    )
    if nearest is None or len(targets) == 1:  # true of most concessions in a large book
        return tuple(targets)
    live = [
        position
        for position in targets
        if position.days_left == nearest.days_left
        and position.verdict is not DeadlineVerdict.CANCELLED
    ]
    live.sort(
        key=lambda position: (
            position.slug not in counted,
            position.slug,
        )
    )
    return tuple(live) or (nearest,)


def _nearest(positions: Sequence[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the next one ahead, then one without a day, else the latest one past.

    If several are on one day, it is the first by slug.
    """

    def order(position: DeadlinePosition) -> tuple[bool, bool, int, str]:
        left = position.days_left
        slug = position.slug
        past = left is not None and left < 0
        return past, left is None, abs(left or 0), slug

    return min(positions, key=order, default=None)

"""The state of a deadline: who moved it, its slip, and its verdict against both days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from tracker.dates import Period
from tracker.entry import Entry
from tracker.facts import Deadline
from tracker.rules.sides import Side, Sides, have_met
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Outcome

Named = TypeVar("Named")


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
    """A move: whether it changed the day or the target, changed the day, or supplied the first."""

    move: Entry
    moves_it: bool
    moves_day: bool
    sets_day: bool


class Said(NamedTuple):
    """A day or target that a party named and that is not the deadline's."""

    party: str
    """The party that named it."""
    due_on: Period
    target: Decimal | None


class DeadlinePosition(NamedTuple):
    """A deadline as of a day; `slip_days` is the current day minus the original one.

    Without a day yet, `due_on` and `days_left` are None.
    """

    deadline: Deadline
    original: Period | None
    """Its first day: as declared, or as first supplied if it was awaited."""
    opens_on: date | None
    due_on: Period | None
    slip_days: int
    days_left: int | None
    moves: tuple[Heard, ...]
    said: tuple[Said, ...]
    verdict_original: DeadlineVerdict
    verdict: DeadlineVerdict
    outcome: Period | None
    """The day on which it was closed."""
    late_days: int | None
    """How many days late it was met, at least; 0 if it may have been met in time."""
    target: Decimal | None
    base: Decimal | None
    """The level before the promise."""
    unit: str | None
    is_limit: bool
    """Whether its target must not be exceeded."""

    @property
    def closed(self) -> bool:
        """Whether its end is recorded."""
        return self.outcome is not None

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

    @property
    def happens_on(self) -> date:
        """Its last day, or the earlier day on which it was met."""
        met_on = self.outcome if self.verdict is DeadlineVerdict.MET else None
        return min(self.last, met_on.last) if met_on else self.last

    @property
    def last_move(self) -> Entry | None:
        """The last statement that moved its day, or your last move."""
        moved = [one.move for one in self.moves if one.moves_day or one.move.says is None]
        return moved[-1] if moved else None

    @property
    def restated_by(self) -> Entry | None:
        """The last statement that restated its target."""
        moved = [one.move for one in self.moves if one.moves_it and one.move.value is not None]
        return moved[-1] if moved else None

    @property
    def moved_by(self) -> tuple[str, ...]:
        """The parties that last named the day to which they moved it; none if you moved it."""
        last = self.last_move
        moved_to = last.due_on.last if last and last.says and last.due_on else None
        named: dict[str, date] = {}
        for move, *_ in self.moves:
            named = named | {move.says: move.due_on.last} if move.says and move.due_on else {}
        return tuple(one for one, on in named.items() if on == moved_to)

    @property
    def is_delivery(self) -> bool:
        """Whether something is to be delivered by its day."""
        return self.deadline.kind is DeadlineKind.DELIVERY and not self.is_limit

    @property
    def rests_on_stage(self) -> bool:
        """Whether only the stage of its concession says that it was met."""
        return self.is_delivery and self.target is None and not self.closed

    @property
    def past(self) -> bool:
        """Whether it is a delivery whose day has passed."""
        return self.is_delivery and not self.ahead

    @property
    def is_cut(self) -> bool:
        """Whether its target is below the base."""
        base, target = self.base, self.target
        return base is not None and target is not None and goes_down(base, target)


def judge(
    deadline: Deadline,
    moves: Sequence[Entry],
    closing: Entry | None,
    as_of: date,
    standpoint: Standpoint,
) -> DeadlinePosition:
    """Judge one deadline from its live moves, the latest last, and its outcome as of a day."""
    words = _Words(deadline, standpoint)
    judged = tuple(map(words.hear, moves))
    met_on = closing.effective_on if closing and closing.outcome is Outcome.MET else None
    opens_on, due_on = deadline.opens_on, words.due_on
    if deadline.awaits_first_day:
        opens_on, due_on = (words.due_on.first if words.due_on else None), deadline.due_on
    original = deadline.due_on or (None if deadline.is_limit else words.first)
    return DeadlinePosition(
        deadline=deadline,
        original=original,
        opens_on=opens_on,
        due_on=due_on,
        slip_days=(due_on.last - original.last).days if due_on and original else 0,
        days_left=(due_on.last - as_of).days if due_on else None,
        moves=judged,
        said=words.said if moves else (),
        verdict_original=_against_original(deadline, original, due_on, closing, as_of, words.waits),
        verdict=_against(deadline, due_on, closing, as_of, words.waits),
        outcome=closing.effective_on if closing else None,
        late_days=late_days(due_on, met_on.first if met_on else None),
        target=words.target,
        base=words.base,
        unit=deadline.unit,
        is_limit=deadline.is_limit,
    )


class _Words:
    """The statements on one deadline's day and target, taken one by one in the order of days."""

    def __init__(self, deadline: Deadline, standpoint: Standpoint) -> None:
        self.deadline = deadline
        self.standpoint = standpoint
        self.due_on = None if deadline.awaits else deadline.due_on
        self.target, self.base = deadline.target, deadline.base
        self.first = self.due_on
        self._said: dict[str, tuple[Period, Decimal | None]] = {}
        self._days: dict[str, date] = {}
        self._targets: dict[str, Decimal] = {}

    @property
    def waits(self) -> bool:
        """Whether its condition has not been met yet."""
        return self.deadline.awaits is not None and self.due_on is None

    @property
    def said(self) -> tuple[Said, ...]:
        """What parties last said, if it differs from what holds."""
        held = self.due_on.last if self.due_on else None
        return tuple(
            Said(party, day, target)
            for party, (day, target) in self._said.items()
            if day.last != held or target not in (None, self.target)
        )

    def hear(self, move: Entry) -> Heard:
        """Apply a statement; return what it changed."""
        before = self.due_on, self.target, self.base
        if move.says is None:
            for words in (self._said, self._days, self._targets):
                words.clear()
            self.due_on = move.due_on
            self._restate(move.value, move.base)
        elif move.on >= self.standpoint.promised_on:
            self._hear_party(move.says, move)
        self.first = self.first or self.due_on
        moves_day = self.due_on != before[0]
        sets_day = moves_day and before[0] is None
        return Heard(move, (self.due_on, self.target, self.base) != before, moves_day, sets_day)

    def _hear_party(self, party: str, move: Entry) -> None:
        due_on, restated = move.due_on, None if self.target is None else move.value
        assert due_on is not None
        _, target = self._said.get(party, (None, None))
        self._said[party] = due_on, target if restated is None else restated
        if not self.standpoint.sides.speaks(party):
            return
        self._days[party] = due_on.last
        alone = self._costs(party, self._days, self._later(due_on))
        named = self._agreed(self._days)
        if alone or (named and (self.due_on is None or named != self.due_on.last)):
            self.due_on = due_on
        if restated is None:
            return
        self._targets[party] = restated
        alone = self._costs(party, self._targets, self._easier(restated))
        self._restate(restated if alone else self._agreed(self._targets), move.base)

    def _restate(self, target: Decimal | None, base: Decimal | None) -> None:
        """Take over a restated target; the base stays if it was not restated along with it."""
        if target is not None:
            self.target = target
            self.base = self.base if base is None else base

    def _costs(self, party: str, words: Mapping[str, object], easier: bool | None) -> bool:
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
        if self.deadline.kind is not DeadlineKind.DELIVERY or self.deadline.awaits_first_day:
            return None
        return not later if self.deadline.is_limit else later

    def _easier(self, target: Decimal) -> bool | None:
        """Return whether a target makes giving easier: less to deliver, or a higher limit."""
        if self.target is None or target == self.target:
            return None
        down = goes_down(self.base, self.target)
        return (target > self.target) is (self.deadline.is_limit or down)

    def _agreed(self, words: Mapping[str, Named]) -> Named | None:
        """Return what both sides last named, if all who spoke named the same."""
        givers, receivers = (side.words(words) for side in self.standpoint.sides)
        named = {*givers.values(), *receivers.values()}
        return named.pop() if len(named) == 1 and have_met(givers, receivers) else None


def goes_down(base: Decimal | None, target: Decimal) -> bool:
    """Return whether a target is below its base, by default below 0."""
    return target < (base or 0)


def _against(
    deadline: Deadline, due_on: Period | None, closing: Entry | None, as_of: date, waits: bool
) -> DeadlineVerdict:
    if closing is not None:
        return DeadlineVerdict(str(closing.outcome))
    if waits:
        return DeadlineVerdict.WAITING
    is_open = due_on is None or deadline.is_limit or as_of <= due_on.last
    return DeadlineVerdict.OPEN if is_open else DeadlineVerdict.OVERDUE


def _against_original(
    deadline: Deadline,
    original: Period | None,
    current: Period | None,
    closing: Entry | None,
    as_of: date,
    waits: bool,
) -> DeadlineVerdict:
    """Return what the first day came to, if it has passed and the deadline was moved beyond it.

    A delivery missed that day. A term or an event did not end on it: the current day decides.
    """
    if closing is None and original and current and original.last < min(current.last, as_of):
        if deadline.kind is DeadlineKind.DELIVERY and not deadline.is_limit:
            return DeadlineVerdict.MISSED
        original = current
    return _against(deadline, original, closing, as_of, waits)


def late_days(due_on: Period | None, on: date | None) -> int | None:
    """Return how many days after its last day something happened; 0 if in time."""
    return max((on - due_on.last).days, 0) if due_on and on else None


def last_delivery(own: Iterable[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the last delivery that is not cancelled."""
    cancelled = DeadlineVerdict.CANCELLED
    deliveries = [one for one in own if one.is_delivery and one.verdict is not cancelled]
    return max(deliveries, key=lambda one: one.last, default=None)


def met_with_all(
    position: DeadlinePosition, own: Iterable[DeadlinePosition], on: Period
) -> DeadlinePosition:
    """Return a delivery as met with its concession, on the day on which that was met in full.

    If it had passed by then and a later one was still to come, nobody knows when it was met.
    """
    last = last_delivery(own)
    if not position.rests_on_stage or last is None or position.last < min(on.first, last.last):
        return position
    met, late = DeadlineVerdict.MET, late_days(position.due_on, on.first)
    return position._replace(verdict=met, verdict_original=met, outcome=on, late_days=late)

"""The state of a deadline: its slip, its verdict against both days, and which one comes next."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.rules.moves import Aim, Heard, Moved, Said, goes_down
from tracker.things import Deadline
from tracker.vocabulary import Bound, DeadlineKind, DeadlineVerdict, Outcome


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
    said: tuple[Said, ...]
    """Days and targets that parties name but that do not count."""
    verdict_original: DeadlineVerdict
    """The verdict against the day first declared: a term that was extended did not end on it."""
    verdict: DeadlineVerdict
    """The verdict against the current day."""
    outcome_on: Period | None
    """The day it ended."""
    late_days: int | None
    """How many days late it was met, at least; 0 if it may have been met in time."""
    bound: Bound | None
    """Whether the target is to be reached or is a limit; null without a target."""
    target: Decimal | None
    base: Decimal | None
    unit: str | None
    is_limit: bool
    """Whether its target must not be exceeded."""

    @property
    def closed(self) -> bool:
        """Whether its end is recorded."""
        return self.outcome_on is not None

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
        moved_to = last.due_on.last if last and last.says and last.due_on else None
        days: dict[str, date] = {}
        for move, *_ in self.moves:
            days = (
                days | {move.says: move.due_on.last} if move.says and move.due_on else {}
            )
        return tuple(party for party, on in days.items() if on == moved_to)

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
        base = self.base
        target = self.target
        return base is not None and target is not None and goes_down(base, target)


DECIDED = (DeadlineVerdict.MET, DeadlineVerdict.MISSED, DeadlineVerdict.CANCELLED)
"""The verdicts on deadlines that have an outcome."""


def judge(
    deadline: Deadline, moved: Moved, closing: Entry | None, as_of: date
) -> DeadlinePosition:
    """Judge one deadline from its moves, and its outcome as of a day."""
    aim = moved.aim
    met_on = closing.effective_on if closing and closing.outcome is Outcome.MET else None
    opens_on = deadline.opens_on
    due_on = aim.due_on
    if deadline.awaits_first_day:
        opens_on = aim.due_on.first if aim.due_on else None
        due_on = deadline.due_on
    original = deadline.due_on or (None if deadline.is_limit else moved.first_day)
    verdict = _against(deadline, aim, due_on, closing, as_of)
    first = (
        verdict
        if original == due_on
        else _against(deadline, aim, original, closing, as_of)
    )
    if not closing and original and due_on and original.last < min(due_on.last, as_of):
        is_delivery = deadline.kind is DeadlineKind.DELIVERY and not deadline.is_limit
        first = (
            DeadlineVerdict.MISSED if is_delivery else verdict
        )  # nothing else ended then
    return DeadlinePosition(
        deadline=deadline,
        opens_on=opens_on,
        original_due_on=original,
        due_on=due_on,
        slip_days=(due_on.last - original.last).days if due_on and original else 0,
        days_left=(due_on.last - as_of).days if due_on else None,
        moves=moved.heard,
        said=moved.said,
        verdict_original=first,
        verdict=verdict,
        outcome_on=closing and closing.effective_on,
        late_days=late_days(due_on, met_on and met_on.first),
        bound=None if aim.target is None else deadline.bound or Bound.AT_LEAST,
        target=aim.target,
        base=aim.base,
        unit=deadline.unit,
        is_limit=deadline.is_limit,
    )


def _against(
    deadline: Deadline,
    aim: Aim,
    due_on: Period | None,
    closing: Entry | None,
    as_of: date,
) -> DeadlineVerdict:
    if closing is not None:
        return DeadlineVerdict(str(closing.outcome))
    if deadline.awaits is not None and aim.due_on is None:
        return DeadlineVerdict.WAITING
    is_open = due_on is None or deadline.is_limit or as_of <= due_on.last
    return DeadlineVerdict.OPEN if is_open else DeadlineVerdict.OVERDUE


def late_days(due_on: Period | None, on: date | None) -> int | None:
    """Return how many days after its last day something happened; 0 if in time."""
    return max((on - due_on.last).days, 0) if due_on and on else None


def uncancelled(positions: Iterable[DeadlinePosition]) -> list[DeadlinePosition]:
    """Return the deliveries that are not cancelled."""
    deliveries = (position for position in positions if position.is_delivery)
    return [due for due in deliveries if due.verdict is not DeadlineVerdict.CANCELLED]


def last_delivery(positions: Iterable[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the last delivery that is not cancelled."""
    return max(uncancelled(positions), key=lambda position: position.last, default=None)


def met_with_all(
    position: DeadlinePosition, positions: Iterable[DeadlinePosition], on: Period
) -> DeadlinePosition:
    """Return a delivery as met with its concession, on the day on which that was met in full.

    If it had passed by then and a later one was still to come, nobody knows when it was met.
    """
    last = last_delivery(positions)
    if (
        not position.rests_on_stage
        or last is None
        or position.last < min(on.first, last.last)
    ):
        return position
    met = DeadlineVerdict.MET
    late = late_days(position.due_on, on.first)
    return position._replace(
        verdict=met, verdict_original=met, outcome_on=on, late_days=late
    )


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
    if coming:
        return _nearest(coming)
    if term_end is not None and term_end.ahead:
        return term_end
    return None


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
    measurable = [position for position in positions if position.target is not None]
    targets = [
        position for position in measurable if not position.is_limit
    ] or measurable
    nearest = _nearest(
        [position for position in targets if not position.closed] or targets
    )
    if nearest is None or len(targets) == 1:  # true of most concessions in a large book
        return tuple(targets)
    same_day = [
        position for position in targets if position.days_left == nearest.days_left
    ]
    live = [
        position
        for position in same_day
        if position.verdict is not DeadlineVerdict.CANCELLED
    ]
    live.sort(
        key=lambda position: (
            position.deadline.slug not in counted,
            position.deadline.slug,
        )
    )
    return tuple(live) or (nearest,)


def _nearest(positions: Sequence[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the next one ahead, then one without a day, else the latest one past.

    If several are on one day, it is the first by slug.
    """

    def order(position: DeadlinePosition) -> tuple[bool, bool, int, str]:
        left = position.days_left
        slug = position.deadline.slug
        past = left is not None and left < 0
        return past, left is None, abs(left or 0), slug

    return min(positions, key=order, default=None)

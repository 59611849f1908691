"""Where a deadline stands: its current day, its slip, and its verdict against both days."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.facts import Closing, Deadline, Move
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Outcome


class DeadlinePosition(NamedTuple):
    """A deadline as of a day; `slip_days` is current day less original day."""

    deadline: Deadline
    due_on: Period
    slip_days: int
    days_left: int
    moves: tuple[Move, ...]
    verdict_original: DeadlineVerdict
    verdict: DeadlineVerdict
    outcome_on: date | None
    target: Decimal | None
    unit: str | None

    @property
    def closed(self) -> bool:
        """Whether its end is recorded."""
        return self.outcome_on is not None

    @property
    def overdue(self) -> bool:
        """Whether its current day has passed without a word on how it ended."""
        return self.verdict is DeadlineVerdict.OVERDUE


def judge(
    deadline: Deadline, moves: Iterable[Move], closings: Iterable[Closing], as_of: date
) -> DeadlinePosition:
    """Judge one deadline from its live moves and closings as of a day, in any order."""
    in_order = tuple(sorted(moves, key=lambda move: (move.announced_on, move.entry)))
    due_on = in_order[-1].due_on if in_order else deadline.due_on
    restated = next((move for move in reversed(in_order) if move.target is not None), None)
    closing = max(closings, key=lambda closed: (closed.on, closed.entry), default=None)
    return DeadlinePosition(
        deadline=deadline,
        due_on=due_on,
        slip_days=(due_on.last - deadline.due_on.last).days,
        days_left=(due_on.last - as_of).days,
        moves=in_order,
        verdict_original=_against_original(deadline.due_on, due_on, closing, as_of),
        verdict=_against(due_on, closing, as_of),
        outcome_on=closing.on if closing else None,
        target=restated.target if restated else deadline.target,
        unit=(restated.unit if restated else None) or deadline.unit,
    )


def next_of(
    own: Iterable[DeadlinePosition], of_agreement: Iterable[DeadlinePosition]
) -> DeadlinePosition | None:
    """Return the deadline that a concession faces next.

    Its own come first: the nearest one ahead, else the latest one overdue. With none of its
    own still open, the end of its agreement's term is meant.
    """
    return _nearest([one for one in own if not one.closed]) or _nearest(
        [one for one in of_agreement if not one.closed and one.deadline.kind is DeadlineKind.EXPIRY]
    )


def measured_of(
    own: Iterable[DeadlinePosition], counted: Container[str]
) -> DeadlinePosition | None:
    """Return the delivery with a target that a concession works on: the next, else the last.

    Of several that are due on one day it is the one that is `counted`, if one is.
    """
    targets = [position for position in own if position.target is not None]
    return _nearest([one for one in targets if not one.closed], counted) or _nearest(
        targets, counted
    )


def first_missable(
    concession: str, agreement: str, positions: Sequence[DeadlinePosition]
) -> DeadlinePosition | None:
    """Return the deadline that passes first of those that a concession can miss.

    These are its own deliveries; without any, its own and its agreement's ends of term.
    """
    own = [position for position in positions if position.deadline.concession == concession]
    of_agreement = [
        position
        for position in positions
        if position.deadline.concession is None and position.deadline.agreement == agreement
    ]
    deliveries = [one for one in own if one.deadline.kind is DeadlineKind.DELIVERY]
    ends = [
        one
        for one in own + of_agreement
        if one.deadline.kind in (DeadlineKind.DELIVERY, DeadlineKind.EXPIRY)
    ]
    return min(deliveries or ends, key=first_day_to_miss, default=None)


def first_day_to_miss(position: DeadlinePosition) -> date:
    """Return the earlier of a deadline's original and current last days."""
    return min(position.due_on.last, position.deadline.due_on.last)


def _nearest(
    positions: Sequence[DeadlinePosition], preferred: Container[str] = ()
) -> DeadlinePosition | None:
    """Return the next one ahead, else the latest one past; on one day, one that is preferred."""

    def order(position: DeadlinePosition) -> tuple[int, bool, str]:
        slug = position.deadline.slug
        return position.days_left, (slug in preferred) is not ahead, slug

    if len(positions) <= 1:
        return positions[0] if positions else None
    ahead = any(position.days_left >= 0 for position in positions)
    if ahead:
        return min((one for one in positions if one.days_left >= 0), key=order)
    return max(positions, key=order)


def _against(due_on: Period, closing: Closing | None, as_of: date) -> DeadlineVerdict:
    if closing is None:
        return DeadlineVerdict.OPEN if as_of <= due_on.last else DeadlineVerdict.OVERDUE
    if closing.outcome is Outcome.MET and closing.on > due_on.last:
        return DeadlineVerdict.MISSED
    return DeadlineVerdict(closing.outcome.value)


def _against_original(
    original: Period, current: Period, closing: Closing | None, as_of: date
) -> DeadlineVerdict:
    """A deadline put off past its own first day, without delivery by then, missed that day."""
    if closing is None and as_of > original.last and current.last > original.last:
        return DeadlineVerdict.MISSED
    return _against(original, closing, as_of)

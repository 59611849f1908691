"""How reliably promises are kept: what became of each, counted by group."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from tracker.rules.deadlines import DeadlinePosition, last_delivery, late_days
from tracker.rules.stages import Position, stage_of
from tracker.vocabulary import Because, ConcessionState, DeadlineVerdict, Stage


class Result(StrEnum):
    """How a promise had turned out by a day."""

    ON_TIME = "on time"
    LATE = "late"
    IN_PART = "in part"
    LOST = "lost"
    OPEN = "open"
    VOID = "void"


class Kept(NamedTuple):
    """How one promise turned out."""

    result: Result
    due: bool
    """Whether its last delivery day or its term has passed, or it is settled."""
    late_days: int | None
    """How many days late it was met; 0 if in time, None if it was not met or had no day."""


class Tally(NamedTuple):
    """How a group of promises turned out; `void` ones count only as promised."""

    promised: int
    """How many promises there are; overtaken and unkept ones count only here."""
    due: int
    """How many were due: their last delivery day or term has passed, or they are settled."""
    on_time: int
    """How many were met by their first day, or kept up to the end of their term."""
    late: int
    """How many were met after their first day."""
    median_late_days: float | None
    """The median delay of the late ones, in days."""
    in_part: int
    """How many were due and delivered in part, or broken once and then kept up again."""
    lost: int
    """How many were missed, broken or taken back."""
    open: int
    """How many are not decided yet."""


def kept(
    position: Position,
    own: Iterable[DeadlinePosition],
    as_of: date,
    *,
    was_broken: bool = False,
) -> Kept:
    """Return how one promise turned out; `own` are its deadlines.

    What has lapsed counts as it was before. What had to be kept up and `was_broken` once was kept
    in part at best.
    """
    is_early = position.kept is not None and not _is_at_its_end(position)
    position = position._replace(period=position.since)
    if before := position.kept:
        stage = Stage.PARTIAL if is_early else stage_of(before)
        position = position._replace(stage=stage, period=before.effective_on)
    last, holds = last_delivery(own), position.term.holds
    late = _late_days(position, last) if position.stage is Stage.MET and not holds else None
    due = _is_due(position, last, as_of)
    result = _result(position, due, late)
    if was_broken and holds and result is Result.ON_TIME:
        result = Result.IN_PART
    return Kept(result, due and not _is_void(position), late)


def _is_at_its_end(position: Position) -> bool:
    """Return whether what had to be kept up lapsed on the last day of its term, or later."""
    ends_on = position.term.ends_on
    return not position.term.holds or (ends_on is not None and position.on >= ends_on.last)


def _is_due(position: Position, last: DeadlinePosition | None, as_of: date) -> bool:
    settled = position.state in (ConcessionState.KEPT, ConcessionState.LOST)
    settled = settled or position.because is Because.KEPT_TO_END
    return settled or position.term.is_over(as_of) or (last is not None and not last.ahead)


def _late_days(position: Position, last: DeadlinePosition | None) -> int | None:
    """Return how many days after the first day of its last delivery a promise was met, at least."""
    if last is None:
        return None
    met_on = last.outcome if last.verdict is DeadlineVerdict.MET else None
    return late_days(last.original, (met_on or position.period).first)


def _result(position: Position, due: bool, late: int | None) -> Result:
    if _is_void(position):
        return Result.VOID
    if position.state is ConcessionState.LOST:
        return Result.LOST
    over = position.state is ConcessionState.OVER
    if (over or position.state is ConcessionState.KEPT) and position.stage is Stage.MET:
        return Result.LATE if late else Result.ON_TIME
    if due and (over or position.state is ConcessionState.IN_PART):
        return Result.IN_PART
    return Result.OPEN


def _is_void(position: Position) -> bool:
    """Return whether a promise was overtaken, or ran out before it was kept."""
    is_over = position.state is ConcessionState.OVER
    return is_over and position.because is not Because.KEPT_TO_END


def tally(promises: Sequence[Kept]) -> Tally:
    """Count how a group of promises turned out."""
    counts = dict.fromkeys(Result, 0)
    for one in promises:
        counts[one.result] += 1
    late = [one.late_days for one in promises if one.result is Result.LATE and one.late_days]
    return Tally(
        promised=len(promises),
        due=sum(one.due for one in promises),
        on_time=counts[Result.ON_TIME],
        late=counts[Result.LATE],
        median_late_days=median(late) if late else None,
        in_part=counts[Result.IN_PART],
        lost=counts[Result.LOST],
        open=counts[Result.OPEN],
    )

"""How reliably promises are kept: what became of each, and how long it took.

The share kept within a number of years is 1 less the survival function of Kaplan and Meier (1958),
"Nonparametric Estimation from Incomplete Observations": the event is that a promise is met.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from tracker.dates import Period
from tracker.quantities import Percent, percent
from tracker.rules.deadlines import DeadlinePosition, last_delivery, late_days
from tracker.rules.stages import Position
from tracker.vocabulary import Bucket, DeadlineVerdict, Stage

YEARS = (1, 3, 5, 10)
DAYS_A_YEAR = 365.25
FEWEST = 5
"""The fewest promises for which a share over time is shown."""


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
    duration: int | None
    """How many days it was, or has been, open; None if it has to be kept up."""
    met: bool
    """Whether it was met at the end of these days."""


class Share(NamedTuple):
    """The share of promises that is kept within some years.

    It is None if there are too few, or if none was observed for so long and some were still open.
    """

    years: int
    """The number of years."""
    share: Percent | None
    """The share in percent, with one decimal."""
    n: int
    """The number of promises behind it."""


class Tally(NamedTuple):
    """How a group of promises turned out; void ones count only as promised."""

    promised: int
    """How many promises there are; void ones count only here."""
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
    kept_by: tuple[Share, ...]
    """The share that is kept within each number of years."""


def kept(
    position: Position,
    promised_on: date,
    own: Iterable[DeadlinePosition],
    as_of: date,
    on: Period | None = None,
) -> Kept:
    """Return how one promise turned out; `own` are its deadlines.

    `on` is the first day of its stage, if a later verdict repeats it. What has lapsed counts as it
    was before.
    """
    is_early = position.kept is not None and not _is_at_its_end(position)
    position = position._replace(period=on or position.since)
    if before := position.kept:
        stage = Stage.PARTIAL if is_early else before.stage
        position = position._replace(stage=stage, period=before.period)
    last = last_delivery(own)
    met = position.stage is Stage.MET
    late = _late_days(position, last) if met and not position.term.holds else None
    due = _is_due(position, last, as_of)
    return Kept(
        result=_result(position, due, late),
        due=due and position.bucket is not Bucket.VOID,
        late_days=late,
        duration=None if position.term.holds else _duration(position, promised_on, as_of),
        met=met,
    )


def interrupted(one: Kept) -> Kept:
    """Return how a promise turned out that was broken once: it was not kept up all the time."""
    held = one.duration is None and one.result is Result.ON_TIME
    return one._replace(result=Result.IN_PART) if held else one


def _is_at_its_end(position: Position) -> bool:
    """Return whether what had to be kept up lapsed on the last day of its term, or later."""
    ends_on = position.term.ends_on
    return not position.term.holds or (ends_on is not None and position.on >= ends_on.last)


def _is_due(position: Position, last: DeadlinePosition | None, as_of: date) -> bool:
    settled = position.bucket in (Bucket.GAINED, Bucket.LOST, Bucket.EXPIRED)
    return settled or position.term.is_over(as_of) or (last is not None and not last.ahead)


def _late_days(position: Position, last: DeadlinePosition | None) -> int | None:
    """Return how many days after the first day of its last delivery a promise was met, at least."""
    if last is None:
        return None
    met_on = last.outcome if last.verdict is DeadlineVerdict.MET else None
    return late_days(last.original, (met_on or position.period).first)


def _result(position: Position, due: bool, late: int | None) -> Result:
    match position.bucket:
        case Bucket.VOID:
            return Result.VOID
        case Bucket.LOST:
            return Result.LOST
        case Bucket.GAINED | Bucket.EXPIRED if position.stage is Stage.MET:
            return Result.LATE if late else Result.ON_TIME
        case Bucket.IN_PART | Bucket.EXPIRED if due:
            return Result.IN_PART
    return Result.OPEN


def _duration(position: Position, promised_on: date, as_of: date) -> int:
    """Return the days until a promise was met or became void, or until `as_of` for others."""
    ended = position.stage is Stage.MET or position.bucket is Bucket.VOID
    return max(((position.on if ended else as_of) - promised_on).days, 0)


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
        kept_by=tuple(_shares(promises)),
    )


def _shares(promises: Sequence[Kept]) -> Iterator[Share]:
    lives = [(one.duration, one.met) for one in promises if one.duration is not None]
    longest = max((length for length, _ in lives), default=0)
    for years in YEARS:
        share, open_ = None, survival(lives, years * DAYS_A_YEAR)
        if len(lives) >= FEWEST and (longest >= years * DAYS_A_YEAR or not open_):
            kept_by = 1 - open_
            share = percent(Decimal(kept_by.numerator), Decimal(kept_by.denominator))
        yield Share(years, share, len(lives))


def survival(lives: Sequence[tuple[int, bool]], day: float) -> Fraction:
    """Return the share of promises that are still open after a day, by Kaplan and Meier.

    A life is its length in days, and whether the promise was met; one that was not met is at risk
    up to and including its last day.
    """
    ended = Counter(length for length, _ in lives)
    met = Counter(length for length, is_met in lives if is_met)
    at_risk, share = ended.total(), Fraction(1)
    for length in sorted(ended):
        if length > day:
            break
        if met[length]:
            share *= Fraction(at_risk - met[length], at_risk)
        at_risk -= ended[length]
    return share

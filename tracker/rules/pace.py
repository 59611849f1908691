"""A series of counts, and its progress: towards a target, or against a limit.

Pro-rating is linear by days over the window, both ends included: an illustration that trade
economists use for annual purchase targets, not a promise that anyone made. A level, such as a
price or a rate, does not add up, and is not pro-rated.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.groups import by_key
from tracker.quantities import EXACT, Derived, Percent, percent
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.moves import goes_down
from tracker.vocabulary import Basis

SeriesKey = tuple[Basis, str, str]
"""What identifies a series of one deadline: its basis, who counted, and the unit."""


class Series(NamedTuple):
    """Counter × basis × unit, and the total, or the level, through a day."""

    counted_by: str
    basis: Basis
    delivered: Decimal
    unit: str
    through: date
    sources: tuple[str, ...]
    """The sources of its latest reading."""
    entry: int = 0
    """The number of that reading."""
    public_on: date | None = None
    """The day on which its latest reading was made public, if known."""


def tracks_of(readings: Iterable[Entry]) -> list[list[Series]]:
    """Return the growth of each series of one deadline, day by day.

    The readings come by their day, then by the day on which they were public, then as recorded.
    A total through a day includes that day's flows. Of two readings of one day, the last counts.
    """
    grouped = _grouped(readings)
    return [_track(grouped[key]) for key in sorted(grouped, key=_by_basis)]


def vintages_of(readings: Iterable[Entry]) -> list[list[Entry]]:
    """Return the readings of one deadline that restate each other: of each, the last counts.

    They are totals of one series through one day, or flows of one series and one day, month or
    year.
    """
    same = by_key(((series_key(one), one.flow, _counted_for(one)), one) for one in readings)
    return [vintages for vintages in same.values() if len(vintages) > 1]


def _counted_for(reading: Entry) -> Period | date:
    """Return what a reading was counted for: a month's flow is not that of its last day."""
    return reading.effective_on if reading.flow else reading.on


def _grouped(readings: Iterable[Entry]) -> dict[SeriesKey, list[Entry]]:
    return by_key((series_key(one), one) for one in readings)


def series_key(reading: Entry) -> SeriesKey:
    """Return what identifies the series of a reading."""
    assert reading.basis is not None
    return reading.basis, str(reading.counted_by), str(reading.unit)


def _track(readings: Iterable[Entry]) -> list[Series]:
    """Add up a series day by day; each day starts from the sum of the days before."""
    grown: list[Series] = []
    delivered = Decimal(0)
    for on, same_day in groupby(readings, key=lambda one: one.on):
        counted = [*same_day]
        if totals := [one for one in counted if not one.flow]:
            counted, delivered = totals[-1:], Decimal(0)
        else:
            counted = [*{_counted_for(flow): flow for flow in counted}.values()]
        with localcontext(EXACT):
            delivered += sum((value_of(one) for one in counted), Decimal(0))
        last = counted[-1]
        basis, counted_by, unit = series_key(last)
        public_on = last.public_on
        series = Series(counted_by, basis, delivered, unit, on, last.source, last.entry, public_on)
        grown.append(series)
    return grown


def value_of(reading: Entry) -> Decimal:
    """Return the quantity that was counted."""
    assert reading.value is not None
    return reading.value


def _by_basis(key: SeriesKey) -> tuple[int, str, str]:
    basis, counted_by, unit = key
    return list(Basis).index(basis), counted_by, unit


DAYS_A_WEEK = 7


class Pace(NamedTuple):
    """A series against a target; figures that cannot be computed are None."""

    percent_of_target: Percent | None = None
    """`delivered` in percent of the target."""
    percent_of_increase: Percent | None = None
    """How much of the change from `base` to the target is done, in percent.

    It is null for a total that has to grow and is below `base`, until the deadline has passed.
    """
    due_by_then: Derived | None = None
    """The target spread evenly up to `data_through`, as an illustration; null for a level."""
    percent_of_due: Percent | None = None
    """`delivered` in percent of `due_by_then`."""
    due_now: Derived | None = None
    """The target spread evenly up to the as-of day, as an illustration; null for a level."""
    left: Derived | None = None
    """What is left to reach the target, or until the limit is reached."""
    needed_per_week: Derived | None = None
    """What is needed each week to reach the target in time; null for a level."""
    over_by: Derived | None = None
    """By how much a limit is exceeded."""


def pace(position: DeadlinePosition, series: Series, as_of: date) -> Pace:
    """Measure a series against the deadline's current target, day and window."""
    if (target := _target_for(position, series)) is None:
        return Pace()
    reached = reaches(position, series)
    missing = abs(EXACT.subtract(target, series.delivered))
    if position.is_limit:
        return Pace(over_by=Derived(missing)) if reached else Pace(left=Derived(missing))
    left = Decimal(0) if reached else missing
    due_by_then = due_by(position, series.through, series.basis)
    is_level = series.basis is Basis.LEVEL
    return Pace(
        percent_of_target=None if position.is_cut else share(position, series.delivered),
        percent_of_increase=_increase(position, series),
        due_by_then=due_by_then,
        percent_of_due=percent(series.delivered, due_by_then) if due_by_then else None,
        due_now=due_by(position, as_of, series.basis),
        left=Derived(left),
        needed_per_week=None if is_level else _needed_per_week(left, position.days_left),
    )


def due_by(position: DeadlinePosition, day: date, basis: Basis | None = None) -> Derived | None:
    """Return the target pro-rated to a day, up to the day first declared: by then all was due.

    None if the window is not known, and for limits, cuts and levels, which do not add up.
    """
    opens_on, due_on = position.opens_on, position.original or position.due_on
    if position.target is None or opens_on is None or due_on is None:
        return None
    if position.is_limit or position.is_cut or basis is Basis.LEVEL:
        return None
    window = (due_on.last - opens_on).days + 1
    elapsed = min(max((day - opens_on).days + 1, 0), window)
    return Derived(EXACT.divide(EXACT.multiply(position.target, elapsed), window))


def share(position: DeadlinePosition, delivered: Decimal) -> Percent | None:
    """Return a quantity's progress in percent: of the target, or of a cut; None for a limit."""
    if position.target is None or position.is_limit:
        return None
    if position.is_cut:
        return _change(position, delivered)
    return percent(delivered, position.target) if position.target else None


def _increase(position: DeadlinePosition, series: Series) -> Percent | None:
    """Return how much of the increase, or cut, from the base is done.

    None for a total towards an increase, below the base, until the deadline has passed: it grows.
    """
    found = _change(position, series.delivered)
    grows = series.basis is not Basis.LEVEL and not position.past and not position.is_cut
    return None if grows and found is not None and found < 0 else found


def _change(position: DeadlinePosition, delivered: Decimal) -> Percent | None:
    """Return how much of the increase, or cut, from the base is done."""
    base, target = position.base, position.target
    if base is None or target is None or base == target:
        return None
    return percent(EXACT.subtract(delivered, base), EXACT.subtract(target, base))


def reaches(position: DeadlinePosition, series: Series) -> bool:
    """Return whether a count in the target's unit has reached it, or is above the limit."""
    if (target := _target_for(position, series)) is None:
        return False
    if position.is_limit:
        return series.delivered > target
    down = goes_down(position.base, target)
    return series.delivered <= target if down else series.delivered >= target


def fits(position: DeadlinePosition, series: Series) -> bool:
    """Return whether a count is in the unit of the target."""
    return _target_for(position, series) is not None


def _target_for(position: DeadlinePosition, series: Series) -> Decimal | None:
    """Return the target, if there is one and a count is in its unit."""
    return position.target if series.unit == position.unit else None


def _needed_per_week(left: Decimal, days_left: int | None) -> Derived | None:
    """Return what is needed each week; None if less than a week is left."""
    if left == 0:
        return Derived(left)
    if days_left is None or days_left < DAYS_A_WEEK:
        return None
    return Derived(EXACT.divide(EXACT.multiply(left, DAYS_A_WEEK), days_left))

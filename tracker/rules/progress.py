"""Series of counts, and their progress towards a target or against a limit.

Pro-rating is linear by days over the window, both ends included: an illustration that trade
economists use for annual purchase targets, not a promise that anyone made. A level, such as a
price or a rate, does not add up, and is not pro-rated.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from tracker.entry import Entry
from tracker.quantities import EXACT, FULL, Derived, Percent, percent
from tracker.rules.deadlines import DeadlinePosition, late_days
from tracker.rules.moves import goes_down
from tracker.vocabulary import Basis

FRESH_DAYS = 45
"""How many days older than the freshest count another one of the band may be, at least."""
ORDER: dict[str, int] = {basis: place for place, basis in enumerate(Basis)}
"""The order of bases, from a contract to a payment."""
USUAL_READINGS = 6
"""From how many of its last readings the usual interval of a series is taken."""


class Series(NamedTuple):
    """Counter × basis × unit, and the total, or the level, through a day."""

    counted_by: str
    basis: Basis
    value: Decimal
    """The total, or the level."""
    unit: str
    through: date
    """The last day that it covers."""
    sources: tuple[str, ...]
    """The sources of its latest reading."""
    entry: int = 0
    """The number of that reading."""


def tracks_of(readings: Iterable[Entry]) -> list[list[Series]]:
    """Return the growth of each series of one deadline, day by day.

    The readings come by their day, then by the day on which they were public, then as recorded.
    A total through a day includes that day's flows. Of two readings of one day, the last counts.
    """
    series: dict[tuple[Basis, str, str], list[Entry]] = {}
    for reading in readings:
        series.setdefault(series_key(reading), []).append(reading)
    in_order = sorted(series, key=lambda key: (ORDER[key[0]], key))
    return [_track(key, series[key]) for key in in_order]


def vintages_of(readings: Iterable[Entry]) -> list[list[Entry]]:
    """Return the readings of one deadline that restate each other: of each, the last counts.

    They are totals of one series through one day, or flows of one series and one day, month or
    year.
    """
    same: dict[Any, list[Entry]] = {}
    for reading in readings:
        covered = (
            reading.effective_on if reading.flow else reading.on
        )  # a month, or its last day
        same.setdefault((series_key(reading), reading.flow, covered), []).append(reading)
    return [vintages for vintages in same.values() if len(vintages) > 1]


def series_key(reading: Entry) -> tuple[Basis, str, str]:
    """Return what identifies a reading's series of a deadline: basis, who counted, and unit."""
    assert reading.basis is not None
    return reading.basis, str(reading.counted_by), str(reading.unit)


def _track(key: tuple[Basis, str, str], readings: Iterable[Entry]) -> list[Series]:
    """Add up a series day by day; each day starts from the sum of the days before."""
    basis, counted_by, unit = key
    grown: list[Series] = []
    delivered = Decimal(0)
    for on, same_day in groupby(readings, key=attrgetter("effective_on.last")):
        counted = [*same_day]
        if totals := [entry for entry in counted if not entry.flow]:
            counted = totals[-1:]
            delivered = Decimal(0)
        else:
            counted = [*{flow.effective_on: flow for flow in counted}.values()]
        for entry in counted:
            delivered = EXACT.add(delivered, quantity_of(entry))
        last = counted[-1]
        grown.append(
            Series(counted_by, basis, delivered, unit, on, last.source, last.entry)
        )
    return grown


def quantity_of(reading: Entry) -> Decimal:
    """Return the quantity that was counted."""
    assert reading.value is not None
    return reading.value


def due_by(
    position: DeadlinePosition, day: date, basis: Basis | None = None
) -> Derived | None:
    """Return the target pro-rated to a day.

    None if the window is not known, and for limits, cuts and levels, which do not add up.
    """
    opens_on = position.opens_on
    due_on = position.due_on
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
        return change_done(position, delivered)
    return percent(delivered, position.target) if position.target else None


def change_done(position: DeadlinePosition, delivered: Decimal) -> Percent | None:
    """Return how much of the increase, or cut, from the base is done."""
    base = position.base
    target = position.target
    if base is None or target is None or base == target:
        return None
    return percent(EXACT.subtract(delivered, base), EXACT.subtract(target, base))


def reaches(position: DeadlinePosition, series: Series) -> bool:
    """Return whether a count in the target's unit has reached it, or is above the limit."""
    target = position.target
    if target is None or series.unit != position.unit:
        return False
    if position.is_limit:
        return series.value > target
    down = goes_down(position.base, target)
    return series.value <= target if down else series.value >= target


def fits(position: DeadlinePosition, series: Series) -> bool:
    """Return whether there is a target, and a count is in its unit."""
    return position.target is not None and series.unit == position.unit


class Count(NamedTuple):
    """One series of one deadline, judged.

    `series` is what counts: for a delivery whose day has passed, what had been counted by then, or
    None. `latest` is what has been counted by now.
    """

    series: Series | None
    latest: Series
    in_band: bool
    reached_on: date | None
    """The first day of the present run at or beyond the target."""
    late_days: int | None
    over_since: date | None
    """The first day of the present run above a limit."""


class Band(NamedTuple):
    """The lowest and the highest of recent counts; a limit has no percentages."""

    low: Decimal
    high: Decimal
    percent_low: Percent | None
    percent_high: Percent | None
    through: date
    """The last day of the freshest of them."""


class Progress(NamedTuple):
    """The progress of a deadline with a target or readings, over all its series."""

    counts: tuple[Count, ...] = ()
    band: Band | None = None
    older: tuple[Series, ...] = ()
    """Counts in the target's unit that are too old for the band."""
    reached_on: date | None = None
    """The first day on which a fresh count was at the target that has stayed there since."""
    late_days: int | None = None
    """How many days late that is; 0 if it was in time."""
    all_reached_on: date | None = None
    """The day since which every fresh count has been at the target."""
    over_by: Derived | None = None
    """By how much a limit is exceeded, by the fresh count that exceeds it most."""
    over_since: date | None = None
    """The day since which it has been exceeded."""
    early: tuple[Series, ...] = ()
    """Counts of a limit that are all from before it binds: they count for nothing."""
    exceeded: bool = False
    """Whether every fresh count is above the limit."""
    disputed: bool = False
    """Whether some fresh counts are above the limit and others are not."""

    @property
    def short(self) -> Percent | None:
        """The highest count, if it is below the target and none has reached that since."""
        high = self.band.percent_high if self.band else None
        return (
            high
            if high is not None and high < FULL and self.reached_on is None
            else None
        )


UNCOUNTED = Progress()
"""The progress of a deadline without readings."""


class Window(NamedTuple):
    """The days in which a limit binds, both inclusive."""

    first: date
    last: date


NEVER = Window(date.max, date.min)
"""The window of a limit whose first day is not known yet."""


def progress_of(
    position: DeadlinePosition,
    tracks: Iterable[Sequence[Series]],
    is_official: Callable[[Series], bool] = lambda _: False,
    early: Iterable[Series] = (),
) -> Progress:
    """Judge the series of one deadline.

    `tracks` holds each series day by day; for a limit, only the readings in its window, and `early`
    the series that have none there. `is_official` says whether a source of a count is official.
    """
    last = position.last if position.past else date.max
    judged = [
        ([series for series in track if series.through <= last], track)
        for track in tracks
    ]
    fresh = _fresh(
        [counting for counting, _ in judged if counting], position, is_official
    )
    now = (
        _fresh([track for _, track in judged], position, is_official)
        if position.past
        else fresh
    )
    in_band = {*fresh}  # a deadline may have very many series
    latest_in_band = {*now}
    counts = tuple(
        _count(position, counting, track, in_band) for counting, track in judged
    )
    over = [count for count in counts if count.in_band and count.over_since]
    most = max(over, key=lambda count: count.latest.value, default=None)
    days = [
        count.reached_on
        for count in counts
        if count.reached_on and count.latest in latest_in_band
    ]
    reached_on = min(days, default=None)
    target = position.target or Decimal(0)
    older = [count.series for count in counts if count.series and not count.in_band]
    return Progress(
        counts=counts,
        band=_band(position, fresh),
        older=tuple(series for series in older if fits(position, series)),
        early=tuple(early),
        reached_on=reached_on,
        late_days=late_days(position.due_on, reached_on),
        all_reached_on=max(days) if days and len(days) == len(now) else None,
        over_by=Derived(EXACT.subtract(most.latest.value, target)) if most else None,
        over_since=most.over_since if most else None,
        exceeded=bool(over) and len(over) == len(fresh),
        disputed=bool(over) and len(over) < len(fresh),
    )


def _fresh(
    tracks: Iterable[Sequence[Series]],
    position: DeadlinePosition,
    is_official: Callable[[Series], bool],
) -> list[Series]:
    """Return the freshest series in the target's unit, and those of about the same time.

    They include the freshest official one, however old it is.
    """
    fitting = [track for track in tracks if fits(position, track[-1])]
    latest = [track[-1] for track in fitting]
    if len(fitting) <= 1:  # true of most deadlines in a large book
        return latest
    newest = max(series.through for series in latest)
    last_official = max(
        (series.through for series in latest if is_official(series)), default=None
    )
    return [
        series
        for series, track in zip(latest, fitting, strict=True)
        if (newest - series.through).days <= _fresh_days(track)
        or (series.through == last_official and is_official(series))
    ]


def _fresh_days(track: Sequence[Series]) -> int:
    """Return for how many days a count is compared with a fresher one.

    What is counted twice a year is compared for longer: for twice the median interval between the
    last readings, if there are at least three.
    """
    days = [series.through for series in track[-USUAL_READINGS:]]
    intervals = sorted((later - day).days for day, later in pairwise(days))
    if len(intervals) < 2:
        return FRESH_DAYS
    twice_the_median = (
        intervals[(len(intervals) - 1) // 2] + intervals[len(intervals) // 2]
    )
    return max(FRESH_DAYS, twice_the_median)


def _count(
    position: DeadlinePosition,
    counting: Sequence[Series],
    track: Sequence[Series],
    fresh: Set[Series],
) -> Count:
    series = counting[-1] if counting else None
    first = None
    for point in (
        track
    ):  # the first day of the present run at or beyond a target, or above a limit
        first = (first or point.through) if reaches(position, point) else None
    is_in_band = series in fresh
    if position.is_limit:
        return Count(series, track[-1], is_in_band, None, None, over_since=first)
    return Count(
        series, track[-1], is_in_band, first, late_days(position.due_on, first), None
    )


def _band(position: DeadlinePosition, fresh: Sequence[Series]) -> Band | None:
    if not fresh:
        return None
    delivered = [series.value for series in fresh]
    shares = [
        done for quantity in delivered if (done := share(position, quantity)) is not None
    ]
    return Band(
        min(delivered),
        max(delivered),
        min(shares, default=None),
        max(shares, default=None),
        max(series.through for series in fresh),
    )

"""Series of counts, and their progress towards a target or against a limit.

Pro-rating is linear by days over the window, both ends included: an illustration that trade
economists use for annual purchase targets, not a promise that anyone made. A level, such as a
price or a rate, does not add up, and is not pro-rated.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from tracker.entry import Entry
from tracker.quantities import EXACT, Derived, Percent, percent
from tracker.rules.deadlines import DeadlinePosition, goes_down
from tracker.things import Deadline
from tracker.vocabulary import Basis

FRESH_DAYS = 35
"""For how many days a count is fresh: monthly statistics appear about five weeks late."""
ORDER: dict[str, int] = {basis: place for place, basis in enumerate(Basis)}
"""The order of bases, from a contract to a payment."""


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

    @property
    def key(self) -> tuple[Basis, str, str]:
        """What identifies the series of a deadline: basis, who counted, and unit."""
        return self.basis, self.counted_by, self.unit


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
        # A month, or its last day.
        covered = reading.effective_on if reading.flow else reading.on
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
    if position.target == 0:
        return None
    return percent(delivered, position.target)


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


def over_by(position: DeadlinePosition, series: Series) -> Derived | None:
    """Return by how much a count exceeds a limit; None if it does not."""
    if not position.is_limit or not reaches(position, series):
        return None
    return Derived(EXACT.subtract(series.value, position.target or Decimal(0)))


def fits(position: DeadlinePosition, series: Series) -> bool:
    """Return whether there is a target, and a count is in its unit."""
    return position.target is not None and series.unit == position.unit


Track = Sequence[Series]
"""What a series came to, day by day."""


def figure_of(
    position: DeadlinePosition,
    tracks: Iterable[Track],
    readings: Sequence[Entry],
    place: Callable[[Entry], Any],
) -> Track | None:
    """Return the series whose latest count is the figure of a target or a limit, if any counts.

    It is the series that the deadline names. If it names none, or that has no count, it is the one
    counted first among those no more than 35 days behind the freshest: the one with the reading
    that was recorded first, by its `place`. Without a target, any unit counts.
    """
    deadline = position.deadline
    counted = {
        track[-1].key: track
        for track in tracks
        if position.target is None or fits(position, track[-1])
    }
    if len(counted) > 1:  # one is true of most deadlines in a large book
        named = [track for track in counted.values() if names(deadline, track[-1])]
        counted = {track[-1].key: track for track in fresh(named or [*counted.values()])}
    if len(counted) > 1:
        of_these = [reading for reading in readings if series_key(reading) in counted]
        first = min(of_these, key=place)
        return counted[series_key(first)]
    return next(iter(counted.values()), None)


def names(deadline: Deadline, series: Series) -> bool:
    """Return whether a series is the one, or one of those, that a deadline names; or none is."""
    return deadline.counted_by in (None, series.counted_by) and (
        deadline.basis in (None, series.basis)
    )


def fresh(tracks: Sequence[Track]) -> list[Track]:
    """Return the series that are no more than 35 days behind the freshest."""
    newest = max((track[-1].through for track in tracks), default=date.min)
    return [track for track in tracks if (newest - track[-1].through).days <= FRESH_DAYS]


def reached_on(position: DeadlinePosition, track: Track) -> date | None:
    """Return the first day of the present run at or beyond the target, or above the limit."""
    first = None
    for series in track:
        first = (first or series.through) if reaches(position, series) else None
    return first


class Window(NamedTuple):
    """The days in which a limit binds, both inclusive."""

    first: date
    last: date


NEVER = Window(date.max, date.min)
"""The window of a limit whose first day is not known yet."""

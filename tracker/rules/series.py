"""Adds up what was counted, by counter, basis and unit."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.groups import by_key
from tracker.quantities import EXACT
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

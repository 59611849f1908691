"""Adds up what was counted, by counter, basis and unit."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby, pairwise
from typing import NamedTuple

from tracker.facts import Entry
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
    source: str | None
    entry: int = 0
    """The number of its latest reading, which may have more sources."""
    public_on: date | None = None
    """The day on which its latest reading was made public, if known."""


def tracks_of(readings: Iterable[Entry]) -> list[list[Series]]:
    """Return the growth of each series of one deadline, day by day.

    The readings come by their day, then by the day on which they were public, then as recorded.
    A total through a day includes that day's flows; of two totals of one day, the last counts.
    """
    grouped = _grouped(readings)
    return [_track(grouped[key]) for key in sorted(grouped, key=_by_basis)]


def restated(readings: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the totals that replaced another one of the same series and day, in pairs."""
    totals = by_key(
        ((one.basis, one.counted_by, one.unit, one.on), one) for one in readings if not one.flow
    )
    return [
        (was, now)
        for told in totals.values()
        for was, now in pairwise(told)
        if was.value != now.value
    ]


def doubled(readings: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the flows of one deadline that add to another one of their series and day, in pairs.

    Those that a total covers add nothing. The one recorded later comes second.
    """
    found: list[tuple[Entry, Entry]] = []
    for own in _grouped(readings).values():
        covered = max((one.on for one in own if not one.flow), default=date.min)
        flows = (one for one in own if one.flow and one.on > covered)
        of_days = by_key((one.on, one) for one in sorted(flows, key=lambda one: one.entry))
        found += (pair for same in of_days.values() for pair in pairwise(same))
    return found


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

"""Adds up what was counted, by counter, basis and unit."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import NamedTuple

from tracker.facts import Place, Reading
from tracker.groups import by_key
from tracker.quantities import EXACT
from tracker.vocabulary import Basis


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


def series_of(readings: Sequence[Reading]) -> list[Series]:
    """Add up each series of one deadline: its latest total, and the flows of later days.

    A total through a day includes that day's flows. The order of the readings does not matter; of
    two totals of one day, the one made public later counts, then the one recorded later.
    """
    if len(readings) == 1:
        return [_added_up(readings)]
    grouped = _grouped(readings)
    return [_added_up(grouped[key]) for key in sorted(grouped, key=_by_basis)]


def tracks_of(readings: Iterable[Reading]) -> list[list[Series]]:
    """Return the growth of each series of one deadline: `series_of` for each of its days."""
    grouped = _grouped(readings)
    return [_track(grouped[key]) for key in sorted(grouped, key=_by_basis)]


def restated(readings: Iterable[Reading]) -> list[tuple[Reading, Reading]]:
    """Return the totals that replaced another one of the same series and day, in pairs."""
    totals = by_key(
        ((one.basis, one.counted_by, one.unit, one.on), one)
        for one in sorted(readings, key=_order)
        if not one.flow
    )
    return [
        (was, now)
        for told in totals.values()
        for was, now in pairwise(told)
        if was.value != now.value
    ]


def doubled(readings: Iterable[Reading]) -> list[tuple[Reading, Reading]]:
    """Return the flows of one deadline that add to another one of their series and day, in pairs.

    Those that a total covers add nothing. The one recorded later comes second.
    """
    found: list[tuple[Reading, Reading]] = []
    for own in _grouped(readings).values():
        covered = max((one.on for one in own if not one.flow), default=date.min)
        flows = (one for one in own if one.flow and one.on > covered)
        of_days = by_key((one.on, one) for one in sorted(flows, key=lambda one: one.entry))
        found += (pair for same in of_days.values() for pair in pairwise(same))
    return found


def _grouped(readings: Iterable[Reading]) -> dict[tuple[Basis, str, str], list[Reading]]:
    return by_key(((one.basis, one.counted_by, one.unit), one) for one in readings)


def _added_up(readings: Sequence[Reading]) -> Series:
    last, delivered = readings[0], readings[0].value
    if len(readings) > 1:
        total = max((one for one in readings if not one.flow), key=_order, default=None)
        flows = [one for one in readings if one.flow and (not total or one.on > total.on)]
        counted = [*([total] if total else []), *flows]
        last = max(counted, key=_order)
        with localcontext(EXACT):
            delivered = sum((one.value for one in counted), Decimal(0))
    return Series(
        last.counted_by,
        last.basis,
        delivered,
        last.unit,
        last.on,
        last.source,
        last.entry,
        last.public_on,
    )


def _track(readings: list[Reading]) -> list[Series]:
    """Add up a series day by day; each day starts from the sum of the days before."""
    by_day = by_key((reading.on, reading) for reading in readings)
    grown: list[Series] = []
    for on in sorted(by_day):
        so_far = [_as_total(grown[-1])] if grown else []
        grown.append(_added_up([*so_far, *by_day[on]]))
    return grown


def _as_total(series: Series) -> Reading:
    counted_by, basis, delivered, unit, through, source, entry, public_on = series
    return Reading(entry, "", counted_by, basis, delivered, unit, False, through, source, public_on)


def _order(reading: Reading) -> tuple[date, date, Place, int]:
    return reading.on, reading.public_on or reading.on, reading.place, reading.entry


def _by_basis(key: tuple[Basis, str, str]) -> tuple[int, str, str]:
    basis, counted_by, unit = key
    return list(Basis).index(basis), counted_by, unit

"""How much of a target is delivered, by whose count, and how much was due by then.

Pro-rating is flat by days over the window, both ends counted: an illustration, as trade
economists use it for annual purchase targets, and no promise that anyone made.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

from tracker.facts import Reading
from tracker.rules.deadlines import DeadlinePosition
from tracker.vocabulary import Basis

ONE_DECIMAL = Decimal("0.1")
THREE_DECIMALS = Decimal("0.001")
DAYS_A_WEEK = 7
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
"""Wide enough that no sum or share of quantities is rounded before its last step."""


class Series(NamedTuple):
    """Who counted × what was counted, and the total through a day."""

    counted_by: str
    basis: Basis
    delivered: Decimal
    unit: str
    through: date
    source: str | None


class Pace(NamedTuple):
    """A series against a target; what cannot be said is None.

    Percentages have one decimal, derived quantities three. `due_by_then` is the target
    pro-rated to the series' own last day, `due_now` to the as-of day.
    """

    percent_of_target: Decimal | None
    due_by_then: Decimal | None
    percent_of_due: Decimal | None
    due_now: Decimal | None
    left: Decimal | None
    needed_per_week: Decimal | None


class Band(NamedTuple):
    """The lowest and the highest count of a target."""

    low: Decimal
    high: Decimal
    percent_low: Decimal
    percent_high: Decimal


def series_of(readings: Iterable[Reading]) -> list[Series]:
    """Add up each series of one deadline: its latest total, and the flows of later days.

    A total through a day holds that day's flows already. The order of the readings does not
    matter, but for two totals of one day, of which the one written later counts.
    """
    grouped: dict[tuple[Basis, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        grouped[reading.basis, reading.counted_by].append(reading)
    return [_added_up(grouped[key]) for key in sorted(grouped, key=_by_basis)]


def tracks_of(readings: Iterable[Reading]) -> list[list[Series]]:
    """Return how each series of one deadline grew: what `series_of` said on each of its days."""
    grouped: dict[tuple[Basis, str], dict[date, list[Reading]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for reading in readings:
        grouped[reading.basis, reading.counted_by][reading.on].append(reading)
    return [_track(grouped[key]) for key in sorted(grouped, key=_by_basis)]


def pace(position: DeadlinePosition, series: Series, as_of: date) -> Pace:
    """Measure a series against the deadline's current target, day and window."""
    target = position.target
    if target is None:
        return Pace(None, None, None, None, None, None)
    due_by_then = due_by(position, series.through)
    left = _left(target, series.delivered)
    return Pace(
        percent_of_target=percent(series.delivered, target),
        due_by_then=due_by_then,
        percent_of_due=percent(series.delivered, due_by_then) if due_by_then else None,
        due_now=due_by(position, as_of),
        left=left,
        needed_per_week=_needed_per_week(left, position.days_left),
    )


def due_by(position: DeadlinePosition, day: date) -> Decimal | None:
    """Return the target pro-rated to a day; None where the window's first day is not known."""
    opens_on, last = position.deadline.opens_on, position.due_on.last
    if position.target is None or opens_on is None:
        return None
    window = (last - opens_on).days + 1
    elapsed = min(max((day - opens_on).days + 1, 0), window)
    with localcontext(EXACT):
        return (position.target * elapsed / window).quantize(THREE_DECIMALS)


def band(position: DeadlinePosition, counted: Iterable[Series]) -> Band | None:
    """Return the span of all counts of a target; None without a target or a count."""
    if position.target is None:
        return None
    by_percent = sorted((percent(one.delivered, position.target), one.delivered) for one in counted)
    if not by_percent:
        return None
    (percent_low, low), (percent_high, high) = by_percent[0], by_percent[-1]
    return Band(low, high, percent_low, percent_high)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share in percent, rounded half up to one decimal."""
    with localcontext(EXACT):
        return (100 * part / whole).quantize(ONE_DECIMAL)


def _added_up(readings: list[Reading]) -> Series:
    total = max(
        (reading for reading in readings if not reading.flow),
        key=lambda reading: (reading.on, reading.entry),
        default=None,
    )
    flows = [
        reading for reading in readings if reading.flow and (not total or reading.on > total.on)
    ]
    counted = [*([total] if total else []), *flows]
    last = max(counted, key=lambda reading: (reading.on, reading.entry))
    with localcontext(EXACT):
        delivered = sum((reading.value for reading in counted), Decimal(0))
    return Series(last.counted_by, last.basis, delivered, last.unit, last.on, last.source)


def _track(by_day: dict[date, list[Reading]]) -> list[Series]:
    """Add a series up day by day; what it came to stands in for all the days before."""
    grown: list[Series] = []
    for on in sorted(by_day):
        so_far = [_as_total(grown[-1])] if grown else []
        grown.append(_added_up([*so_far, *by_day[on]]))
    return grown


def _as_total(series: Series) -> Reading:
    counted_by, basis, delivered, unit, through, source = series
    return Reading(0, "", counted_by, basis, delivered, unit, False, through, source)


def _by_basis(key: tuple[Basis, str]) -> tuple[int, str]:
    basis, counted_by = key
    return list(Basis).index(basis), counted_by


def _left(target: Decimal, delivered: Decimal) -> Decimal:
    """Return what is missing; nothing once the target is passed, be it upwards or downwards."""
    with localcontext(EXACT):
        missing = target - delivered
        return missing if missing * target > 0 else Decimal(0)


def _needed_per_week(left: Decimal, days_left: int) -> Decimal | None:
    if left == 0:
        return Decimal(0)
    if days_left <= 0:
        return None
    with localcontext(EXACT):
        return (left * DAYS_A_WEEK / days_left).quantize(THREE_DECIMALS)

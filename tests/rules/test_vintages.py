"""Several readings of one series: which of them count, and for how long they are compared."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.rules.entries import reading
from tests.rules.making import day, judged, limit, readings, row
from tracker.dates import parse_period
from tracker.entry import Entry
from tracker.rules.progress import Progress, progress_of, tracks_of, vintages_of
from tracker.vocabulary import Basis

CEILING = limit("2027-11-10")


def counted(words: str) -> list[Entry]:
    """Return readings of one counter in order: `+2.0 2026-02` is the flow of a month."""
    made = []
    for number, (value, on) in enumerate(map(str.split, words.split(", ")), 1):
        flow, period = value.startswith("+"), parse_period(on)
        one = reading(number, "Census", Basis.SHIPPED, Decimal(value), date.min, unit="t")
        made.append(one._replace(flow=flow, effective_on=period))
    return made


@pytest.mark.parametrize(
    ("words", "total", "vintages"),
    [
        row("one flow", "+2.0 2026-02", "2.0", []),
        row("two months", "+2.0 2026-02, +1.5 2026-03", "3.5", []),
        row("a flow that was restated", "+2.0 2026-02, +2.1 2026-02", "2.1", [[1, 2]]),
        row("one that was restated twice", "+2.0 2026-02, +2.1 2026-02, +1.9 2026-02", "1.9",
            [[1, 2, 3]]),
        row("one that was confirmed", "+2.0 2026-02, +2.0 2026-02", "2.0", [[1, 2]]),
        row("a month and its last day", "+2.0 2026-02, +0.1 2026-02-28", "2.1", []),
        row("a total that was restated", "2.0 2026-02-28, 2.1 2026-02-28", "2.1", [[1, 2]]),
        row("the total of a month is that through its last day", "2.0 2026-02, 2.1 2026-02-28",
            "2.1", [[1, 2]]),
        row("a total includes the flow of its day", "2.0 2026-02-28, +0.1 2026-02-28", "2.0", []),
    ],
)  # fmt: skip
def test_of_two_readings_of_one_series_and_day_the_later_one_counts(
    words: str, total: str, vintages: list[list[int]]
) -> None:
    entries = counted(words)
    (track,) = tracks_of(entries)
    assert track[-1].value == Decimal(total)
    assert [[one.entry for one in own] for own in vintages_of(entries)] == vintages


def compared(intervals: list[int], age: int) -> Progress:
    """Return a limit that one counter, read at some intervals, calls exceeded; another does not."""
    days = [day("2026-06-30")]
    for interval in reversed(intervals):
        days.append(days[-1] - timedelta(days=interval))
    lines = [f"{on} 16" for on in reversed(days)]
    newest = day("2026-06-30") + timedelta(days=age)
    by_two = [*readings("WTO", *lines, basis=Basis.LEVEL, unit="%"),
              *readings("CBP", f"{newest} 15", basis=Basis.LEVEL, unit="%")]  # fmt: skip
    return progress_of(judged(CEILING, newest.isoformat()), tracks_of(by_two))


@pytest.mark.parametrize(
    ("intervals", "days"),
    [
        row("one reading", [], 45),
        row("two readings have no usual interval", [182], 45),
        row("three have one", [182, 182], 364),
        row("of two intervals the mean", [91, 182], 273),
        row("the median is not moved by a gap", [30, 30, 300], 60),
        row("weekly counts", [7, 7, 7], 45),
        row("only the last six readings matter", [300, 300, 30, 30, 30, 30, 30], 60),
    ],
)
def test_a_count_is_compared_for_45_days_or_twice_its_usual_interval(
    intervals: list[int], days: int
) -> None:
    assert compared(intervals, days).disputed
    after = compared(intervals, days + 1)
    assert (after.disputed, [one.counted_by for one in after.older]) == (False, ["WTO"])

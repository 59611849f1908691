"""Several readings of one series: which of them count."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.entries import reading
from tests.rules.making import row
from tracker.dates import parse_period
from tracker.entry import Entry
from tracker.rules.progress import tracks_of, vintages_of
from tracker.vocabulary import Basis


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

"""Who gained what over time: the chart, its description and its data."""

import json
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

from tests.publish.conftest import DAY
from tracker.database import Target, open_book
from tracker.dates import Span, week_of
from tracker.publish.charts import Figure, drawn, trend
from tracker.reports import View
from tracker.reports.gains import GainsRow, OverBecause, StateCounts
from tracker.state import Clocks, State

WEEKS = [week_of(date(2021, 11, day)) for day in (1, 8, 15, 22)]
BEFORE, AFTER = {"promised": 3}, {"promised": 1, "kept": 2}


def row(party: str, **counts: int) -> GainsRow:
    return GainsRow(party, StateCounts(*[0] * 8)._replace(**counts), OverBecause(0, 0, 0), 0, None)


def figure(book: Path, tallies: Mapping[Span, list[GainsRow]]) -> list[Figure]:
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        return trend(View(State.read(connection, Clocks(DAY))), tallies)


def test_a_side_is_drawn_with_what_it_had_and_what_it_has_now(farm_goods: Path) -> None:
    before, after = row("us", **BEFORE), row("us", **AFTER)
    tallies = {WEEKS[0]: [before], WEEKS[1]: [before], WEEKS[2]: [after], WEEKS[3]: [after]}

    (found,) = figure(farm_goods, tallies)

    assert '"scale": {"type": "utc"}' in found.spec  # or readers elsewhere would see other days
    drawing = drawn(found.spec).decode()
    for words in (">United States<", ">kept<", ">promised<", " Nov 21<", ">3<"):
        assert words in drawing
    assert ">lost<" not in drawing  # the legend names what is there
    rows = [
        (value["on"][:10], value["state"], value["count"])
        for value in json.loads(found.spec)["datasets"]["counts"]
    ]
    assert ("2021-11-08", "promised", 3) in rows
    assert ("2021-12-28", "kept", 2) in rows  # the steps go on to the day of the site


def test_a_side_that_was_promised_nothing_and_a_single_week_are_not_drawn(
    farm_goods: Path,
) -> None:
    rows = [row("us", promised=1), row("cn")]

    assert not figure(farm_goods, {WEEKS[0]: rows})
    (found,) = figure(farm_goods, {WEEKS[0]: rows, WEEKS[1]: rows})
    assert {value["side"] for value in json.loads(found.spec)["datasets"]["counts"]} == {
        "United States"
    }


def test_the_first_page_and_that_of_gains_have_the_chart(
    farm_site: Mapping[str, bytes],
) -> None:
    for name in ("index.html", "gains.html"):
        assert b"Who gained what, over time" in farm_site[name], name
    assert b"over time" not in farm_site["week-2021-W43.html"]

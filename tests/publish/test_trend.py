"""Who gained what over time: the drawing, the description, and the separate files."""

import json
import re
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

from tests.hostile import Seen
from tests.publish.conftest import DAY
from tracker.database import Target, open_book
from tracker.dates import Week
from tracker.facts import Clocks
from tracker.publish.drawing import drawn
from tracker.publish.figures import Figure
from tracker.publish.trend import HIGH, LINE, Panel, _values, trend
from tracker.reports import View
from tracker.reports.tally import GainsRow

WEEKS = [Week(date(2021, 11, day)) for day in (1, 8, 15, 22)]


def row(party: str, **counts: int) -> GainsRow:
    return GainsRow(party, *(counts.get(name, 0) for name in GainsRow._fields[1:]))


def figure(book: Path, tallies: Mapping[Week, list[GainsRow]], day: date = DAY) -> Figure | None:
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        return trend(View(connection, Clocks(day)), tallies)


def test_a_side_is_drawn_with_what_it_has_now_and_what_it_had(farm_goods: Path) -> None:
    before, after = row("us", promised=3), row("us", promised=1, gained=2)
    tallies = {WEEKS[0]: [before], WEEKS[1]: [before], WEEKS[2]: [after], WEEKS[3]: [after]}

    found = figure(farm_goods, tallies)

    assert found
    for chart in found.charts.values():
        assert '"scale":{"type":"utc",' in chart  # or readers elsewhere would see other days
        drawing = drawn(chart)
        assert drawing
        shapes = Seen(drawing.shapes)
        words = [str(one.text) for one in shapes.named("text")]
        assert {"United States", "2 gained", "1 promised", "today, 27 Dec 2021"} <= {*words}
        fills = {one.attributes.get("fill") for one in shapes.named("path")}
        assert {"var(--gained)", "var(--promised)"} <= fills
    assert found.description.endswith("At the end, United States: 2 gained, 1 promised.")


def test_the_data_has_the_weeks_that_changed_a_side_s_counts(farm_goods: Path) -> None:
    before, after = row("us", promised=3), row("us", promised=1, gained=2)
    tallies = {WEEKS[3]: [after], WEEKS[2]: [after], WEEKS[1]: [before], WEEKS[0]: [before]}

    found = figure(farm_goods, tallies)

    assert found
    assert [header.text for header in found.data.headers] == ["Week", "Side", "gained", "promised"]
    assert [[cell.text for cell in cells] for cells in found.data.cells] == [
        ["2021-W44", "United States", "–", "3"],
        ["2021-W46", "United States", "2", "1"],
    ]


def test_a_side_that_was_promised_nothing_and_a_single_week_are_not_drawn(
    farm_goods: Path,
) -> None:
    rows = [row("us", promised=1), row("cn")]

    assert figure(farm_goods, {WEEKS[0]: rows}) is None
    found = figure(farm_goods, {WEEKS[0]: rows, WEEKS[1]: rows})
    assert found
    assert {cells[1].text for cells in found.data.cells} == {"United States"}


def test_the_eight_sides_that_were_promised_most_are_drawn_from_the_first_week_with_any() -> None:
    promised = [5, 3, 4, 1, 9, 2, 8, 7, 6, 1]
    parties = {f"p{at}": SimpleNamespace(name=f"Party {at}") for at in range(len(promised))}
    rows = [row(slug, promised=n) for slug, n in zip(parties, promised, strict=True)]
    view: Any = SimpleNamespace(parties=parties, clocks=Clocks(DAY))
    tallies = {WEEKS[0]: [row("p0")], WEEKS[1]: rows[1:], WEEKS[2]: rows, WEEKS[3]: rows}

    found = trend(view, tallies)

    assert found
    chart = json.loads(found.charts["wide"])
    assert chart["facet"]["row"]["sort"] == [f"Party {at}" for at in (0, 1, 2, 4, 5, 6, 7, 8)]
    assert chart["spec"]["encoding"]["x"]["scale"]["domain"][0].startswith("2021-11-08")
    assert found.data.cells[0][0].text == "2021-W45"
    assert {cells[1].text for cells in found.data.cells} == {one.name for one in parties.values()}
    assert trend(view, {WEEKS[0]: rows, WEEKS[1]: [row("p0")]}) is None


def test_steps_are_as_high_as_their_counts_and_no_label_is_on_another() -> None:
    panel = Panel("China", [(2, 0, 1, 1, *[0] * 5)])

    steps, labels = [], []
    for one in _values(panel, 12, [date(2021, 11, 1), date(2021, 11, 8)]):
        (labels if "label" in one else steps).append(one)

    assert [(one["low"], one["high"]) for one in steps[:3]] == [(0, 2), (2, 3), (3, 4)]
    levels = [one["low"] for one in labels]
    assert levels[0] == 1
    assert all(above - below >= 12 * LINE / HIGH for below, above in pairwise(levels))


def test_the_first_page_and_that_of_gains_have_it_with_one_tick_a_month(
    farm_site: Mapping[str, bytes],
) -> None:
    for name in ("index.html", "gains.html", "embed-gains.html"):
        page = farm_site[name].decode()
        assert "Who gained what, over time" in page, name
        assert "at the end of each week: counted, not weighed." in page, name
        drawing = page[page.index('aria-labelledby="trend-wide-title"') :]
        words = [
            one.text
            for one in Seen(drawing[drawing.index(">") + 1 :].split("</svg>")[0]).named("text")
        ]
        ticks = [one for one in words if re.fullmatch("[A-Z][a-z]{2} [0-9]{2}", one)]
        assert 2 <= len(ticks) == len({*ticks}) <= 10
    assert "over time" not in farm_site["week-2021-W40.html"].decode()


def test_a_chart_alone_has_colours_and_a_ground_of_its_own(farm_site: Mapping[str, bytes]) -> None:
    pictures = {name: content for name, content in farm_site.items() if name.endswith(".svg")}

    assert {*pictures} == {"gains.svg", "timeline.svg", "target-farm-goods-2021.svg"}
    for content in pictures.values():
        drawing = ElementTree.fromstring(content)
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
        ground = next(drawing.iter("{http://www.w3.org/2000/svg}rect"))
        assert ground.attrib["fill"] == "#fcfbf8"
        assert b"var(" not in content
        assert drawing[0].text


def test_the_data_of_every_week_is_a_file(farm_site: Mapping[str, bytes]) -> None:
    header, *rows = farm_site["gains-weekly.csv"].decode().splitlines()

    assert header == ",".join(["week", *GainsRow._fields])
    weeks = {name for name in farm_site if name.startswith("week-")}
    assert {f"week-{row.partition(',')[0]}.html" for row in rows} == weeks
    assert [row for row in rows if ",us," in row][-3:] == [
        "2021-W50,us,0,0,0,0,1,0,0,0,0",
        "2021-W51,us,0,0,1,0,0,0,0,0,0",
        "2021-W52,us,0,0,1,0,0,0,0,0,0",
    ]


def test_a_chart_alone_is_linked_from_where_it_stands(farm_site: Mapping[str, bytes]) -> None:
    offered = {
        "gains.html": {"gains.svg", "embed-gains.html", "gains-weekly.csv", "gains.csv"},
        "deadlines.html": {"timeline.svg", "deadlines.csv", "cliff.csv"},
        "targets.html": {
            "target-farm-goods-2021.svg", "embed-target-farm-goods-2021.html", "pace.csv"
        },
        "index.html": {
            *("status.csv", "claims.csv", "history.csv", "embed-week.html"),
            *("gains.svg", "embed-gains.html", "gains-weekly.csv"),
        },
        "sources.html": {"sources.csv"},
    }  # fmt: skip
    for name, files in offered.items():
        page = farm_site[name].decode()
        links = "".join(re.findall(r'<p class="files">(.*?)</p>', page))
        assert {one.attributes["href"] for one in Seen(links).named("a")} == files

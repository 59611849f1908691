"""Charts: their drawings, and what those of targets show."""

import json
import re
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.conftest import Run, book_at
from tests.hostile import NOTES, Seen
from tests.publish.conftest import DAY
from tracker.database import Target, open_book
from tracker.publish import charts
from tracker.publish.charts import Picture, drawn, file_of, legible, progresses
from tracker.quantities import in_words
from tracker.reports import View
from tracker.reports.show import show
from tracker.state import Clocks
from tracker.tables import TIE

SVG = "{http://www.w3.org/2000/svg}"


def charts_of(book: Path, day: date, slug: str) -> list[Picture]:
    """Return the charts of a concession's targets."""
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        view = View.read(connection, Clocks(day))
    figures = progresses(view).items()
    return [figure for deadline, figure in figures if view.deadlines[deadline].concession == slug]


def spec_of(figure: Picture) -> str:
    """Return the specification of a chart of one drawing."""
    (spec,) = figure.specs
    return spec


def chart_of(farm_goods: Path) -> Picture:
    """Return the chart of the purchases."""
    (found,) = charts_of(farm_goods, DAY, "farm-goods")
    return found


def test_a_drawing_is_transparent_and_has_colours_for_light_and_dark_screens(
    farm_goods: Path,
) -> None:
    drawing = drawn(spec_of(chart_of(farm_goods))).decode()

    svg = ElementTree.fromstring(drawing)
    assert svg.tag == f"{SVG}svg"
    assert svg.find(f"{SVG}rect") is None
    assert "#1c1b19" in re.findall('(?:fill|stroke)="(#[0-9a-f]{6})"', drawing)
    (dark,) = re.findall(r"@media \(prefers-color-scheme:dark\)(.*?)</style>", drawing)
    for colour in {*re.findall('(?:fill|stroke)="(#[0-9a-f]{6})"', drawing)}:
        assert f'[fill="{colour}"]' in dark, "a colour that dark screens do not replace"
    assert "var(" not in drawing


@pytest.mark.parametrize("name", NOTES[:-1])
def test_no_text_of_the_book_becomes_more_than_text_in_a_drawing(
    farm_goods: Path, name: str
) -> None:
    words = json.dumps(legible(f"US\x01DA \ud800 \ufffe {name}"))[1:-1]
    drawing = drawn(spec_of(chart_of(farm_goods)).replace("USDA", words)).decode()

    seen = {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(drawing).iter()}
    assert seen <= {"svg", "style", "g", "path", "line", "rect", "text"}
    assert not set(drawing) & {*"\x01\x07\x1b\u202e\u2066"}
    for element in Seen(drawing).elements:
        assert not [one for one in element.attributes if one.startswith(("on", "href", "xlink:"))]


def test_a_chart_s_file_is_named_by_what_decides_how_it_looks(
    monkeypatch: pytest.MonkeyPatch, farm_goods: Path
) -> None:
    spec = spec_of(chart_of(farm_goods))
    name = file_of(spec)

    assert re.fullmatch(r"chart-[0-9a-f]{20}\.svg", name)
    assert name == file_of(spec)
    assert name != file_of(spec.replace("USDA", "MOFCOM"))
    monkeypatch.setattr(charts.converter(), "__version__", "99.0")
    assert file_of(spec) != name


@pytest.fixture
def licences(tracker: Run, book: Path) -> Path:
    window = ("--opens", "2025-11-01", "--due", "2026-10-31", "--target", "80", "--unit", "%")
    added = ("deadline", "granted", "--concession", "rare-earths", "--kind", "delivery")
    words = ("--label", "Licences granted", "--source", "article")
    assert tracker("add", *added, *words, *window).code == 0
    return book


def test_a_level_is_due_in_full_all_the_time(tracker: Run, licences: Path) -> None:
    def told(basis: str) -> str:
        for day in ("2025-12-06", "2026-01-06"):
            counted = ("--by", "EU Chamber", "--basis", basis, "--on", day)
            assert tracker("measure", "granted", "62", *counted).code == 0
        (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")
        for _ in range(2):
            assert tracker("undo").code == 0
        return found.description

    assert told("level") == ""
    assert "what was due by each day" in told("issued")


@pytest.mark.parametrize("day", ["--due 2026-10-31", "--awaits the-first-order"])
def test_a_target_without_a_first_day_is_a_flat_line(tracker: Run, book: Path, day: str) -> None:
    of = "--concession soybeans --kind delivery --label Tonnage --source article"
    target = f"{day} --target 25 --unit MMT"
    assert tracker("add", "deadline", "soy-2026", *of.split(), *target.split()).code == 0
    for on in ("2026-01-02", "2026-01-06"):
        counted = ("--by", "USDA", "--basis", "sold", "--on", on)
        assert tracker("measure", "soy-2026", "2", *counted).code == 0

    (found,) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert '"due": []' in spec_of(found)
    assert spec_of(found).count('"y": 25.0') == 2


def test_more_than_six_lines_have_colours_that_repeat(tracker: Run, licences: Path) -> None:
    for number in range(14):
        day = "2026-01-05" if number < 7 else "2026-01-06"
        counted = ("--by", f"Counter {number % 7}", "--basis", "issued", "--on", day)
        assert tracker("measure", "granted", 3 * number, *counted).code == 0

    (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")

    strokes = re.findall('stroke="(#[0-9a-f]{6})" stroke-width="2"', drawn(spec_of(found)).decode())
    assert len({*strokes}) == 6
    assert strokes[0] == strokes[-1]


def test_a_chart_of_a_delivery_without_a_target_has_no_dashed_line(
    tracker: Run, book: Path
) -> None:
    of = "--concession soybeans --kind delivery --label Tonnage --source article --due 2026-10-31"
    assert tracker("add", "deadline", "soy-2026", *of.split()).code == 0
    for on in ("2026-01-02", "2026-01-06"):
        counted = ("2", "MMT", "--by", "USDA", "--basis", "sold", "--on", on)
        assert tracker("measure", "soy-2026", *counted).code == 0

    (found,) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert found.title == "Tonnage, day by day, in MMT"
    assert found.description == ""
    assert '"due": []' in spec_of(found)


def test_of_two_counts_for_a_day_the_line_has_the_one_made_public_later(
    tracker: Run, licences: Path
) -> None:
    for value, on, public_on in (
        ("40", "2025-12-06", "2025-12-07"),
        ("62", "2026-01-06", "2026-01-08"),
        ("58", "2026-01-06", "2026-01-07"),
    ):
        counted = ("--by", "EU Chamber", "--on", on, "--public", public_on)
        assert tracker("measure", "granted", value, *counted).code == 0

    (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")

    assert '"y": 62.0' in spec_of(found)
    assert '"y": 58.0' not in spec_of(found)


def test_a_chart_of_a_limit_has_the_readings_of_the_days_on_which_it_binds(
    tracker: Run, book: Path
) -> None:
    file = Path(__file__).parents[1] / "reports" / "eu-us.toml"
    read = ("measure", "cars-ceiling", "--basis", "level")
    for words in (
        ("apply", file),
        ("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28"),
        (*read, "27.5", "--by", "CBP", "--on", "2025-07-31"),
        (*read, "27.5", "--by", "VDA", "--on", "2025-07-31"),
    ):
        assert tracker("--today", "2026-03-01", *words).code == 0
    assert not charts_of(book, date(2026, 3, 1), "cars")

    for day in ("2025-09-16", "2025-10-16"):
        assert tracker(*read, "15", "--by", "CBP", "--on", day).code == 0

    (found,) = charts_of(book, date(2026, 3, 1), "cars")
    assert "CBP" in spec_of(found)
    assert "VDA" not in spec_of(found)


def test_a_chart_has_only_counts_in_the_unit_of_its_target(tracker: Run, book: Path) -> None:
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-02-28", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("add", "deadline", "tonnage", *delivery).code == 0
    dollars = ("3.1", "bn USD", "--new-series", "--by", "Census")
    for on in ("2026-01-02", "2026-01-06"):
        for counted in (dollars, ("8", "MMT", "--by", "USDA")):
            assert tracker("measure", "tonnage", *counted, "--on", on).code == 0

    (found,) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert "USDA" in spec_of(found)
    assert "Census" not in spec_of(found)


def counts(tracker: Run, book: Path, *days: str) -> dict[str, Any]:
    """Return the data of a chart of counts on some days."""
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-06-30", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("--today", "2026-07-01", "add", "deadline", "tonnage", *delivery).code == 0
    for number, day in enumerate(days):
        counted = ("measure", "tonnage", number + 1, "--by", "USDA", "--on", day)
        assert tracker("--today", "2026-07-01", *counted).code == 0
    (found,) = charts_of(book, date(2026, 7, 1), "soybeans")
    data: dict[str, Any] = json.loads(spec_of(found))["datasets"]
    return data


def test_a_line_is_dashed_where_nobody_counted_for_more_than_35_days(
    tracker: Run, book: Path
) -> None:
    data = counts(tracker, book, "2026-01-01", "2026-02-05", "2026-03-13", "2026-03-20")

    dashed = [point["x"][:10] for point in data["counts"] if point["gap"]]
    solid = {point["part"]: [] for point in data["counts"] if not point["gap"]}
    for point in data["counts"]:
        solid.get(point["part"], []).append(point["x"][:10])
    assert dashed == ["2026-02-05", "2026-03-13"]
    assert [*solid.values()] == [["2026-01-01", "2026-02-05"], ["2026-03-13", "2026-03-20"]]


def test_one_count_makes_no_chart_and_two_on_one_day_neither(tracker: Run, book: Path) -> None:
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-06-30", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("add", "deadline", "tonnage", *delivery).code == 0
    for by in ("USDA", "Customs"):
        assert tracker("measure", "tonnage", 1, "--by", by, "--on", "2026-01-02").code == 0

    assert not charts_of(book, date(2026, 1, 8), "soybeans")


def test_the_due_line_rises_to_the_day_in_force(farm_goods: Path) -> None:
    """Both sides named 28 February 2022 or only one did: the table's day is the chart's."""
    data = json.loads(spec_of(chart_of(farm_goods)))["datasets"]
    with closing(open_book(Target("sqlite", str(farm_goods)))) as connection:
        due = View.read(connection, Clocks(DAY)).due["farm-goods-2021"]

    assert data["due"][-1] == {"x": f"{due.last}T00:00:00Z", "y": 43.5}


def test_each_count_of_a_chart_is_in_the_history_below_it(busan: Path) -> None:
    day = date(2026, 12, 2)
    (found,) = charts_of(busan, day, "cn-soy-2026")
    with book_at(busan) as connection:
        sections = show(View.read(connection, Clocks(day)), "cn-soy-2026").sections
    (history,) = [section for section in sections if section.title == "History"]
    _, cells = history.table()
    in_table = sorted(cell.text.replace(TIE, " ") for _, _, cell, *_ in cells if "MMT" in cell.text)

    data = json.loads(spec_of(found))["datasets"]
    names = {name["line"]: name["words"] for name in data["names"]}
    drawn = []
    for point in data["counts"]:
        by, basis = names[point["line"]].rsplit(", ", 1)
        if not point["gap"]:
            drawn.append(f"{in_words(Decimal(str(point['y'])))} MMT {basis}, {by}")
    assert sorted(drawn) == in_table


def test_names_of_series_do_not_meet(tracker: Run, licences: Path) -> None:
    for number in range(8):
        for day, value in (("2026-01-02", 40), ("2026-01-06", 50)):
            counted = ("--by", f"Counter number {number}", "--basis", "issued", "--on", day)
            assert tracker("measure", "granted", value, *counted).code == 0

    (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")

    names = json.loads(spec_of(found))["datasets"]["names"]
    places = sorted(name["dy"] for name in names)
    assert all(after - before >= 14 for before, after in pairwise(places))

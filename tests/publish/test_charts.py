"""Charts: their drawings, and what those of targets show."""

import json
import re
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Run
from tests.hostile import NOTES, Seen
from tests.publish.conftest import DAY
from tracker.database import Target, open_book
from tracker.publish import charts
from tracker.publish.charts import Figure, drawn, file_of, legible, progresses
from tracker.reports import View
from tracker.state import Clocks, State

SVG = "{http://www.w3.org/2000/svg}"


def charts_of(book: Path, day: date, slug: str) -> list[Figure]:
    """Return the charts of a concession's targets."""
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        return [*progresses(View(State.read(connection, Clocks(day))), slug).values()]


def chart_of(farm_goods: Path) -> Figure:
    """Return the chart of the purchases."""
    (found,) = charts_of(farm_goods, DAY, "farm-goods")
    return found


def test_a_drawing_has_a_ground_and_the_colours_of_pages(farm_goods: Path) -> None:
    drawing = drawn(chart_of(farm_goods).spec).decode()

    svg = ElementTree.fromstring(drawing)
    assert svg.tag == f"{SVG}svg"
    ground = svg.find(f"{SVG}rect")
    assert ground is not None
    assert ground.attrib["fill"] == "#fcfbf8"
    assert "#1c1b19" in re.findall('(?:fill|stroke)="(#[0-9a-f]{6})"', drawing)
    assert "var(" not in drawing


@pytest.mark.parametrize("name", NOTES[:-1])
def test_no_text_of_the_book_becomes_more_than_text_in_a_drawing(
    farm_goods: Path, name: str
) -> None:
    words = json.dumps(legible(f"US\x01DA \ud800 \ufffe {name}"))[1:-1]
    drawing = drawn(chart_of(farm_goods).spec.replace("USDA", words)).decode()

    seen = {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(drawing).iter()}
    assert seen <= {"svg", "style", "g", "path", "line", "rect", "text"}
    assert not set(drawing) & {*"\x01\x07\x1b\u202e\u2066"}
    for element in Seen(drawing).elements:
        assert not [one for one in element.attributes if one.startswith(("on", "href", "xlink:"))]


def test_a_chart_s_file_is_named_by_what_decides_how_it_looks(
    monkeypatch: pytest.MonkeyPatch, farm_goods: Path
) -> None:
    spec = chart_of(farm_goods).spec
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
        counted = ("--by", "EU Chamber", "--basis", basis, "--on", "2026-01-06")
        assert tracker("measure", "granted", "62", *counted).code == 0
        (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")
        assert tracker("undo").code == 0
        return found.description

    assert told("level") == ""
    assert "what was due by each day" in told("issued")


@pytest.mark.parametrize("day", ["--due 2026-10-31", "--awaits the-first-order"])
def test_a_target_without_a_first_day_is_a_flat_line(tracker: Run, book: Path, day: str) -> None:
    of = "--concession soybeans --kind delivery --label Tonnage --source article"
    target = f"{day} --target 25 --unit MMT"
    assert tracker("add", "deadline", "soy-2026", *of.split(), *target.split()).code == 0
    counted = ("--by", "USDA", "--basis", "sold", "--on", "2026-01-06")
    assert tracker("measure", "soy-2026", "2", *counted).code == 0

    (found,) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert '"due": []' in found.spec
    assert found.spec.count('"value": 25.0') == 2


def test_more_than_six_lines_have_colours_that_repeat(tracker: Run, licences: Path) -> None:
    for number in range(7):
        counted = ("--by", f"Counter {number}", "--basis", "issued", "--on", "2026-01-06")
        assert tracker("measure", "granted", 10 * number, *counted).code == 0

    (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")

    strokes = re.findall('stroke="(#[0-9a-f]{6})" stroke-width="2"', drawn(found.spec).decode())
    assert len({*strokes}) == 6
    assert strokes[0] == strokes[-1]


def test_a_chart_of_a_delivery_without_a_target_has_no_dashed_line(
    tracker: Run, book: Path
) -> None:
    of = "--concession soybeans --kind delivery --label Tonnage --source article --due 2026-10-31"
    assert tracker("add", "deadline", "soy-2026", *of.split()).code == 0
    counted = ("2", "MMT", "--by", "USDA", "--basis", "sold", "--on", "2026-01-06")
    assert tracker("measure", "soy-2026", *counted).code == 0

    (found,) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert found.title == "Tonnage · no target by 31 Oct · 2\N{NO-BREAK SPACE}MMT, USDA, 6 Jan"
    assert found.description == ""
    assert '"due": []' in found.spec


def test_of_two_counts_for_a_day_the_line_has_the_one_made_public_later(
    tracker: Run, licences: Path
) -> None:
    for value, public_on in (("62", "2026-01-08"), ("58", "2026-01-07")):
        counted = ("--by", "EU Chamber", "--on", "2026-01-06", "--public", public_on)
        assert tracker("measure", "granted", value, *counted).code == 0

    (found,) = charts_of(licences, date(2026, 1, 8), "rare-earths")

    assert '"value": 62.0' in found.spec
    assert '"value": 58.0' not in found.spec


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

    assert tracker(*read, "15", "--by", "CBP", "--on", "2025-09-16").code == 0

    (found,) = charts_of(book, date(2026, 3, 1), "cars")
    assert "CBP" in found.spec
    assert "VDA" not in found.spec


def test_a_chart_has_only_counts_in_the_unit_of_its_target(tracker: Run, book: Path) -> None:
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-02-28", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("add", "deadline", "tonnage", *delivery).code == 0
    dollars = ("3.1", "bn USD", "--new-series", "--by", "Census")
    for counted in (dollars, ("8", "MMT", "--by", "USDA")):
        assert tracker("measure", "tonnage", *counted, "--on", "2026-01-06").code == 0

    (found,) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert "USDA" in found.spec
    assert "Census" not in found.spec


def test_a_chart_names_today_from_its_first_day_to_its_last(tracker: Run, book: Path) -> None:
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-02-28", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("add", "deadline", "tonnage", *delivery).code == 0
    assert tracker("measure", "tonnage", "8", "--by", "USDA", "--on", "2026-01-08").code == 0

    days = [date(2026, 1, 8), date(2026, 2, 28), date(2027, 3, 1)]
    specs = [charts_of(book, on, "soybeans")[-1].spec for on in days]

    assert ["today," in one for one in specs] == [True, True, False]

"""Where the words of the charts of time and of targets are."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.conftest import Run
from tracker.database import Target, open_book
from tracker.dates import shifted
from tracker.facts import Clocks
from tracker.publish.drawing import drawn
from tracker.publish.figures import Figure, ticks, today
from tracker.publish.illustrations import figures
from tracker.publish.progress import Growth, _points
from tracker.reports import View
from tracker.rules.series import Series
from tracker.tables.bars import WIDTHS
from tracker.vocabulary import Basis

LETTER = 6.6
"""About the width of a letter of a chart."""


def charts_of(book: Path, day: date, slug: str | None) -> list[Figure]:
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        return figures(View(connection, Clocks(day)), slug, in_time=True)


def placed(chart: str) -> Iterator[tuple[str, float]]:
    """Yield the words of a chart, and paths as empty words, with the place of each across."""
    drawing = drawn(chart)
    assert drawing
    yield from _within(ElementTree.fromstring(f"<g>{drawing.shapes}</g>"), 0)


def _within(node: ElementTree.Element, at: float) -> Iterator[tuple[str, float]]:
    if moved := re.match(r"translate\(([-0-9.]+)", node.get("transform", "")):
        at += float(moved[1])
    if node.tag in ("text", "path"):
        yield node.text or "", at
    for child in node:
        yield from _within(child, at)


@pytest.mark.parametrize("back", [0, 5, 90, 140, 180])
def test_the_name_of_today_is_on_the_side_with_more_room(back: int) -> None:
    first, last = date(2025, 11, 1), date(2026, 4, 30)
    (_, words) = today(shifted(last, -back), first, last)

    assert words["mark"]["align"] == ("right" if back < 90 else "left")


def test_the_name_of_today_keeps_to_a_narrow_chart(busan: Path) -> None:
    for figure in charts_of(busan, date(2026, 2, 20), "cn-soy-2025"):
        (x,) = [x for words, x in placed(figure.charts["narrow"]) if words.startswith("today")]
        is_right = '"align":"right"' in figure.charts["narrow"]
        assert x - 18 * LETTER > 0 if is_right else x + 18 * LETTER < 350


def test_rows_of_a_narrow_timeline_have_their_names_above_them(busan: Path) -> None:
    (figure,) = charts_of(busan, date(2026, 11, 26), None)
    names = {words: x for words, x in placed(figure.charts["narrow"]) if len(words) > 24}

    assert names["Lift or suspend the export-control listings of US firms"] < 10
    assert len([one for one in names if one.endswith("…")]) <= 6
    assert not [one for one, _ in placed(figure.charts["wide"]) if one.endswith("…")]


def test_rows_of_the_same_title_are_told_apart_by_their_slugs(tracker: Run, book: Path) -> None:
    for slug in ("soybeans", "chip-sales"):
        assert tracker("change", slug, "--title", "Trade again", "--reason", "Shorter").code == 0

    (figure, *_) = charts_of(book, date(2026, 1, 8), None)

    rows = re.findall(r"Trade again[^\"]*", figure.charts["wide"].partition('"domain":[')[2])
    assert {*rows} >= {"Trade again (soybeans)", "Trade again (chip-sales)"}
    assert "Trade again" not in rows


def test_a_cancelled_deadline_is_a_cross(busan: Path) -> None:
    (figure,) = charts_of(busan, date(2026, 11, 26), "us-reciprocal-suspend")

    assert "-.9L" in figure.charts["wide"]
    assert '"diamond"' not in figure.charts["wide"]
    assert "Suspension ends: cancelled" in [cells[2].text for cells in figure.data.cells]


def test_what_was_met_before_its_day_is_drawn_on_the_day_it_was_met(busan: Path) -> None:
    (figure,) = charts_of(busan, date(2026, 11, 26), None)
    told = {cells[2].text: cells[1].text for cells in figure.data.cells}

    assert told["Xi visits Washington: meeting, met"] == "24 Sep 2026"
    late = "US soybeans bought for 2025: delivery, met, 131 days late"
    assert told[late] == "28 Feb 2026"


@pytest.mark.parametrize(
    ("kept", "bucket", "other"),
    [("met --on 2025-11-10", "expired", "void"), ("started --on 2025-11-10", "void", "expired")],
)
def test_what_was_kept_before_it_lapsed_is_drawn_as_expired(
    tracker: Run, book: Path, kept: str, bucket: str, other: str
) -> None:
    for words in (kept, "lapsed --on 2026-01-06"):
        assert tracker("log", "rare-earths", *words.split()).code == 0

    (figure,) = charts_of(book, date(2026, 1, 8), "rare-earths")

    assert f'"bucket":"{bucket}"' in figure.charts["wide"]
    assert f'"bucket":"{other}"' not in figure.charts["wide"]


def test_what_is_met_after_its_term_is_drawn_as_expired(tracker: Run, busan: Path) -> None:
    words = ("log", "cn-24pct-suspend", "met", "--on", "2026-11-12")
    assert tracker("--today", "2026-11-26", *words, db=busan).code == 0

    (figure,) = charts_of(busan, date(2026, 11, 26), "cn-24pct-suspend")

    assert '"bucket":"expired"' in figure.charts["wide"]


def test_names_of_lines_are_beside_the_chart(busan: Path) -> None:
    *_, figure = charts_of(busan, date(2026, 11, 26), "cn-soy-2025")
    found = [*placed(figure.charts["wide"])]
    names = [x for words, x in found if words.startswith(("USDA", "trade press", "Chinese"))]

    assert len(names) == 6
    squares = sorted(x for words, x in found if not words)[-6:]
    assert min(names) - max(squares) == pytest.approx(10)
    assert min(squares) > sorted(x for words, x in found if not words)[-7]


@pytest.fixture
def licences(tracker: Run, book: Path) -> Path:
    window = ("--opens", "2025-11-01", "--due", "2026-10-31", "--target", "80", "--unit", "%")
    added = ("deadline", "granted", "--concession", "rare-earths", "--kind", "delivery")
    words = ("--label", "Licences granted", "--source", "article")
    assert tracker("add", *added, *words, *window).code == 0
    return book


def test_a_level_is_due_in_full_all_the_time(tracker: Run, licences: Path) -> None:
    def told(basis: str) -> tuple[str, bool]:
        counted = ("--by", "EU Chamber", "--basis", basis, "--on", "2026-01-06")
        assert tracker("measure", "granted", "62", *counted).code == 0
        *_, figure = charts_of(licences, date(2026, 1, 8), "rare-earths")
        assert tracker("undo").code == 0
        return figure.description, "Due by then" in [one.text for one in figure.data.headers]

    caption, has_due = told("level")
    assert (caption.endswith("The dashed line is the target."), has_due) == (True, False)
    caption, has_due = told("issued")
    assert ("what was due by each day" in caption, has_due) == (True, True)


@pytest.mark.parametrize("day", ["--due 2026-10-31", "--awaits the-first-order"])
def test_a_target_without_a_first_day_is_a_flat_line(tracker: Run, book: Path, day: str) -> None:
    of = "--concession soybeans --kind delivery --label Tonnage --source article"
    target = f"{day} --target 25 --unit MMT"
    assert tracker("add", "deadline", "soy-2026", *of.split(), *target.split()).code == 0
    counted = ("--by", "USDA", "--basis", "sold", "--on", "2026-01-06")
    assert tracker("measure", "soy-2026", "2", *counted).code == 0

    *_, figure = charts_of(book, date(2026, 1, 8), "soybeans")

    assert figure.description.endswith("The dashed line is the target.")
    assert figure.charts["wide"].count('"value":25.0') == 2


@pytest.mark.parametrize(
    ("counters", "legend", "narrow"),
    [(6, "null", '"columns":1,'), (7, '{"columns":3,"labelLimit":300}', '"columns":1,')],
)
def test_more_than_six_lines_have_a_legend_and_colours_that_repeat(
    tracker: Run, licences: Path, counters: int, legend: str, narrow: str
) -> None:
    for number in range(counters):
        counted = ("--by", f"Counter {number}", "--basis", "issued", "--on", "2026-01-06")
        assert tracker("measure", "granted", 10 * number, *counted).code == 0

    timeline, figure = charts_of(licences, date(2026, 1, 8), "rare-earths")

    assert '"type":"utc"' in timeline.charts["wide"]  # or readers elsewhere would see other days
    assert '"type":"utc"' in figure.charts["wide"]
    assert f'"legend":{legend}' in figure.charts["wide"]
    assert narrow in figure.charts["narrow"]
    colours = re.findall(r"var\(--line-(\d)\)", figure.charts["narrow"])
    assert colours == [*"1234561"][:counters]


@pytest.mark.parametrize(
    ("first", "last", "wide", "narrow"),
    [
        ("2026-01-01", "2026-03-31", "01 02 03", "01 02 03"),
        ("2026-01-02", "2026-03-31", "02 03", "02 03"),
        ("2026-01-02", "2026-04-01", "02 03 04", "02 03 04"),
        ("2026-01-01", "2026-04-01", "01 02 03 04", "01 03"),
        ("2026-01-01", "2026-10-31", "01 02 03 04 05 06 07 08 09 10", "01 05 09"),
        ("9999-10-31", "9999-12-31", "11 12", "11 12"),
        ("2026-01-01", "2026-11-01", "01 03 05 07 09 11", "01 05 09"),
    ],
)
def test_an_axis_has_up_to_ten_firsts_of_months_or_three_on_a_small_screen(
    first: str, last: str, wide: str, narrow: str
) -> None:
    ends = date.fromisoformat(first), date.fromisoformat(last)

    assert [f"{one:%m}" for one in ticks(*ends, WIDTHS["wide"])] == wide.split()
    assert [f"{one:%m}" for one in ticks(*ends, WIDTHS["narrow"])] == narrow.split()
    assert {one.day for one in ticks(*ends, WIDTHS["wide"])} == {1}


def test_an_axis_of_less_than_two_firsts_of_months_has_its_ends() -> None:
    ends = [date(2026, 1, 2), date(2026, 2, 28)]

    assert ticks(*ends, WIDTHS["wide"]) == ends


def test_a_chart_of_a_delivery_without_a_target_has_no_dashed_line(
    tracker: Run, book: Path
) -> None:
    of = "--concession soybeans --kind delivery --label Tonnage --source article --due 2026-10-31"
    assert tracker("add", "deadline", "soy-2026", *of.split()).code == 0
    counted = ("2", "MMT", "--by", "USDA", "--basis", "sold", "--on", "2026-01-06")
    assert tracker("measure", "soy-2026", *counted).code == 0

    *_, figure = charts_of(book, date(2026, 1, 8), "soybeans")

    assert figure.title == "Tonnage · no target, by 31 Oct"
    assert figure.description == "At last count: 2 MMT sold (USDA)."
    assert "strokeDash" not in figure.charts["wide"]
    heads = [one.text for one in figure.data.headers]
    assert heads == ["Through", "Counted by", "Basis", "Delivered"]


def test_of_two_counts_for_a_day_the_line_has_the_one_made_public_later(
    tracker: Run, licences: Path
) -> None:
    for value, public_on in (("62", "2026-01-08"), ("58", "2026-01-07")):
        counted = ("--by", "EU Chamber", "--on", "2026-01-06", "--public", public_on)
        assert tracker("measure", "granted", value, *counted).code == 0

    *_, figure = charts_of(licences, date(2026, 1, 8), "rare-earths")

    assert "62 % (EU Chamber)" in figure.description


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
    assert not [one for one in charts_of(book, date(2026, 3, 1), "cars") if "progress" in one.key]

    assert tracker(*read, "15", "--by", "CBP", "--on", "2025-09-16").code == 0

    (*_, chart) = charts_of(book, date(2026, 3, 1), "cars")
    assert chart.description.startswith("At last count: 15 % (CBP).")
    assert "VDA" not in str(chart.charts)


def test_a_chart_has_only_counts_in_the_unit_of_its_target(tracker: Run, book: Path) -> None:
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-02-28", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("add", "deadline", "tonnage", *delivery).code == 0
    for counted in (("3.1", "bn USD", "--by", "Census"), ("8", "MMT", "--by", "USDA")):
        assert tracker("measure", "tonnage", *counted, "--on", "2026-01-06").code == 0

    (*_, chart) = charts_of(book, date(2026, 1, 8), "soybeans")

    assert chart.description.startswith("At last count: 8 MMT (USDA).")
    assert "Census" not in f"{chart.charts} {chart.data.cells}"


def test_a_chart_names_today_from_its_first_day_to_its_last(tracker: Run, book: Path) -> None:
    target = ("--target", "12", "--unit", "MMT", "--due", "2026-02-28", "--source", "article")
    delivery = ("--concession", "soybeans", "--kind", "delivery", "--label", "Tonnage", *target)
    assert tracker("add", "deadline", "tonnage", *delivery).code == 0
    assert tracker("measure", "tonnage", "8", "--by", "USDA", "--on", "2026-01-08").code == 0

    days = [date(2026, 1, 8), date(2026, 2, 28), date(2027, 3, 1)]
    charts = [str(charts_of(book, on, "soybeans")[-1].charts) for on in days]

    assert ["today" in one for one in charts] == [True, True, False]


@pytest.mark.parametrize(("counts", "points"), [(200, 200), (201, 101), (400, 201), (401, 135)])
def test_of_a_long_line_some_points_and_always_the_last_are_drawn(counts: int, points: int) -> None:
    first = Series("USDA", Basis.SOLD, Decimal(0), "MMT", date(2025, 1, 1), None)
    track = [
        first._replace(delivered=Decimal(at), through=shifted(first.through, at))
        for at in range(counts)
    ]
    position: Any = None

    drawn = [*_points(Growth(position, [track], date(2026, 1, 8)))]

    assert len(drawn) == points
    assert (drawn[0]["value"], drawn[-1]["value"]) == (0, counts - 1)

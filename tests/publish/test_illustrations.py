"""The charts of targets in reports as HTML, on the command line and in a notebook."""

import re
import sys
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import hostile
from tests.conftest import Run
from tests.hostile import Seen
from tests.publish.conftest import DAY
from tracker import Book
from tracker.tables import TIE


def drawings(page: str) -> list[str]:
    """Return the drawings that a page contains, for narrow and for wide screens in turn."""
    held = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page)
    return [b64decode(one).decode() for one in held]


@pytest.mark.parametrize(
    ("command", "charts"),
    [
        ("show farm-goods", 1),
        ("show farm-goods-2021", 1),
        ("pace", 1),
        ("pace farm-goods", 1),
        ("deadlines", 0),
        ("sources", 0),
    ],
)
def test_a_report_as_html_contains_its_charts(
    tracker: Run, farm_goods: Path, command: str, charts: int
) -> None:
    ran = tracker("--today", DAY, *command.split(), "-f", "html", db=farm_goods)

    assert (ran.code, ran.err) == (0, "")
    titles = [str(one.attributes["alt"]) for one in Seen(ran.out).named("img")]
    assert [one.startswith("Farm goods of 2021") for one in titles] == [True] * charts
    assert len(drawings(ran.out)) == 2 * charts
    hostile.assert_harmless(ran.out)


def test_the_charts_are_those_of_the_site(
    tracker: Run, farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    page = tracker("--today", DAY, "show", "farm-goods", "-f", "html", db=farm_goods).out

    of_site = re.findall(r'"(chart-[^"]*)"', farm_site["concession-farm-goods.html"].decode())
    assert drawings(page) == [farm_site[name].decode() for name in of_site] != []


def test_charts_keep_to_the_clocks_of_their_report(tracker: Run, farm_goods: Path) -> None:
    page = tracker("pace", "--as-of", "2021-07-01", "-f", "html", db=farm_goods).out

    for drawing in drawings(page):
        assert "today, 1 Jul 2021" in drawing
        assert "Customs, arrived" not in drawing


def test_without_the_optional_part_a_page_has_no_charts(
    tracker: Run, farm_goods: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    ran = tracker("--today", DAY, "show", "farm-goods", "-f", "html", db=farm_goods)

    assert (ran.code, ran.err) == (0, "")
    assert "<img" not in ran.out
    assert "Farm goods of 2021" in ran.out


def test_a_notebook_shows_charts_as_long_as_the_book_is_open(farm_goods: Path) -> None:
    with Book.open(farm_goods, today=DAY) as book:
        shown = book.show("farm-goods")._repr_html_()
        later = book.pace()

    assert len(drawings(shown)) == 2
    assert drawings(later._repr_html_()) == []


def test_a_chart_in_a_notebook_is_of_what_the_answer_knew(farm_goods: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(farm_goods.read_bytes())
    with Book.open(path, today=DAY, author="analyst") as book:
        before = book.pace()
        book.measure("farm-goods-2021", "30", by="USDA", basis="shipped", on="2021-12-20")

        assert f"21{TIE}bn USD shipped (USDA)" in before._repr_html_()
        assert f"30{TIE}bn USD shipped (USDA)" in book.pace()._repr_html_()


def test_a_chart_that_ended_lately_goes_on_to_today(tracker: Run, farm_goods: Path) -> None:
    soon, later = (
        "".join(drawings(tracker("pace", "--as-of", day, "-f", "html", db=farm_goods).out))
        for day in ("2022-03-31", "2022-04-01")
    )

    assert "today, 31 Mar 2022" in soon
    assert "today" not in later

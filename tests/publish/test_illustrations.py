"""The charts of reports as HTML, on the command line and in a notebook."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import hostile
from tests.conftest import Run
from tests.hostile import Seen
from tests.publish.conftest import DAY
from tracker import Book


def drawn_on(page: str) -> list[str]:
    """Return the titles of the drawings on a page."""
    return [one.text for one in Seen(page).named("title") if one.attributes.get("id")]


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("show farm-goods", ["Buy farm goods, over time", "Farm goods of 2021"]),
        ("show farm-goods-2021", ["Farm goods of 2021"]),
        ("pace", ["Farm goods of 2021"]),
        ("pace farm-goods", ["Farm goods of 2021"]),
        ("deadlines", ["Concessions, deadlines and moves, over time"]),
        ("deadlines --within 90", []),
        ("deadlines --within 0", []),
        ("week", ["Who gained what"]),
        ("sources", []),
    ],
)
def test_a_report_as_html_has_its_charts(
    tracker: Run, farm_goods: Path, command: str, wanted: list[str]
) -> None:
    ran = tracker("--today", DAY, *command.split(), "-f", "html", db=farm_goods)

    assert (ran.code, ran.err) == (0, "")
    drawn = drawn_on(ran.out)
    assert len(drawn) == 2 * len(wanted)  # for wide and for narrow screens
    for found, title in zip(drawn[::2], wanted, strict=True):
        assert found.startswith(title)
    hostile.assert_harmless(ran.out)


def test_the_charts_are_those_of_the_site(
    tracker: Run, farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    page = tracker("--today", DAY, "show", "farm-goods", "-f", "html", db=farm_goods).out

    assert drawings(page)
    assert drawings(page) == drawings(farm_site["concession-farm-goods.html"].decode())


def drawings(page: str) -> list[str]:
    return [part.partition("</svg>")[0] for part in page.split("<svg ")[1:]]


def test_charts_keep_to_the_clocks_and_filters_of_their_report(
    tracker: Run, farm_goods: Path
) -> None:
    early = tracker("pace", "--as-of", "2021-07-01", "-f", "html", db=farm_goods).out
    other = tracker("--today", DAY, "deadlines", "--sector", "agriculture", "--stage", "met",
                    "-f", "html", db=farm_goods)  # fmt: skip

    assert "today, 1 Jul 2021" in early
    assert "Customs, arrived" not in early
    assert drawn_on(other.out) == []


def test_without_the_optional_part_a_page_has_no_charts(
    tracker: Run, farm_goods: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    ran = tracker("--today", DAY, "show", "farm-goods", "-f", "html", db=farm_goods)

    assert (ran.code, ran.err) == (0, "")
    assert "<svg" not in ran.out
    assert "Farm goods of 2021" in ran.out


def test_a_notebook_shows_charts_in_their_own_colours(farm_goods: Path) -> None:
    with Book.open(farm_goods, today=DAY) as book:
        answers = [book.show("farm-goods"), book.week()]
        shown = [one._repr_html_() for one in answers]
        later = [book.pace(), book.deadlines()]

    for html, drawn in zip(shown, (2, 1), strict=True):
        assert len(drawn_on(html)) == drawn  # there is no style that would hide a narrow one
        assert "var(--" not in html
        assert html.count('<svg style="background: #fcfbf8; ') == drawn
        assert not re.search(r'height="[0-9.]+" viewBox', html)  # it follows from the width
    assert [drawn_on(one._repr_html_()) for one in later] == [[], []]  # the book is closed


def test_a_chart_in_a_notebook_is_of_what_the_answer_knew(farm_goods: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(farm_goods.read_bytes())
    with Book.open(path, today=DAY, author="analyst") as book:
        before = book.pace()
        book.measure("farm-goods-2021", "30", by="USDA", basis="shipped", on="2021-12-20")

        assert "21 bn USD shipped (USDA)" in before._repr_html_()
        assert "30 bn USD shipped (USDA)" in book.pace()._repr_html_()


def test_a_book_without_entries_has_a_page_of_its_deadlines(tracker: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    assert tracker("init", "--empty", db=empty).code == 0

    assert tracker("deadlines", "-f", "html", db=empty).code == 0


def test_a_chart_that_ended_lately_goes_on_to_today(tracker: Run, farm_goods: Path) -> None:
    soon, later = (
        tracker("pace", "--as-of", day, "-f", "html", db=farm_goods).out
        for day in ("2022-03-31", "2022-04-01")
    )

    assert "today, 31 Mar 2022" in soon
    assert "today" not in "".join(drawings(later))

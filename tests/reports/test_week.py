"""The weekly page of the shipped books: how long and wide it is, and what it takes to make it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker import settings
from tracker.database import Target, open_book
from tracker.dates import Span, shifted, week_of
from tracker.reports import View
from tracker.reports.status import StatusRow
from tracker.reports.weekly import page as page_of
from tracker.state import Clocks
from tracker.tables import Surface, render
from tracker.tables.text import height, width

STRUCK_DOWN = "2026-W08"
"""The week in which the Supreme Court struck the emergency tariffs down."""
QUIET = "2026-W33"


@pytest.fixture
def page(tracker: Run, busan: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ask for a week's page, in lines of so many columns."""

    def ask(*words: str, columns: int = 100) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = tracker("--today", "2026-11-25", "week", *words, db=busan)
        assert (ran.code, ran.err) == (0, "")
        return list(ran.out.splitlines())

    return ask


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("week", ["2025-W44", "2025-W49", STRUCK_DOWN, "2026-W20", "2026-W46"])
def test_no_line_is_wider_than_the_page_and_no_word_is_broken(
    page: Any, week: str, columns: int
) -> None:
    lines = page(week, columns=columns)

    wide = [line for line in lines if width(line) > columns and "://" not in line]
    assert not wide
    assert not [line for line in lines if "…" in line]


def test_a_page_is_short(page: Any) -> None:
    assert len(page(STRUCK_DOWN)) <= 65
    assert len(page(STRUCK_DOWN, columns=80)) <= 65
    assert len(page(STRUCK_DOWN, "--brief", columns=80)) <= 24
    assert len(page(QUIET)) <= 21


def test_no_row_of_a_week_is_compared_with_every_other(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week of thousands of calm promises took twice as long when each was sought in a list."""
    compared: list[tuple[object, object]] = []
    monkeypatch.setattr(
        StatusRow, "__eq__", lambda one, other: compared.append((one, other)) or one is other
    )

    assert page(QUIET)
    assert not compared


def weeks_of(book: Path) -> Iterator[tuple[View, Span]]:
    """Yield each week of the truce, with the book as of its end."""
    opened = open_book(Target("sqlite", str(book)))
    view = View.read(opened, Clocks(date(2026, 11, 29)))
    opened.close()
    for count in range(57):
        of = week_of(shifted(date(2025, 10, 27), 7 * count))
        yield view.at(min(of.end, view.clocks.as_of)), of


@pytest.mark.slow
def test_a_brief_page_of_a_shipped_book_fits_a_terminal(busan: Path) -> None:
    pages = (page_of(view, of, brief=height) for view, of in weeks_of(busan))
    heights = [render(one, "text", Surface(80)).count("\n") for one in pages]

    assert sum(height <= 24 for height in heights) >= 0.95 * len(heights)


@pytest.mark.parametrize("period", ["2026-W08", "2025-10", "2026-Q1"])
def test_a_brief_page_with_much_news_fits_a_terminal(
    tracker: Run, portfolio: Path, period: str
) -> None:
    ran = tracker("--today", "2026-11-29", "week", period, "--brief", db=portfolio)

    assert 1 < ran.out.count("\n") <= 24


@pytest.mark.slow
def test_no_page_of_a_past_week_cites_what_was_published_after_it(busan: Path) -> None:
    later = [
        (str(of), row.source_.key)
        for view, of in weeks_of(busan)
        for row in page_of(view, of).document["sources"]
        if (on := row.source_.published_on) and on > view.clocks.as_of
    ]

    assert not later


def test_a_book_shows_the_same_weeks_whenever_it_was_made(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for month in (1, 2):
        now = datetime(2026, month, 20, 9, tzinfo=UTC)
        monkeypatch.setattr(settings, "now", lambda now=now: now)
        book = tmp_path / f"{month}.db"
        assert tracker("init", "article", db=book).code == 0
        ran = tracker("--today", "2026-03-01", "week", "2026-W01", db=book)
        pages.append(ran.out.rpartition("\n\n")[0])

    assert pages[0] == pages[1] != ""

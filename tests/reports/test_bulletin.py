"""The weekly page of the shipped books: its order, its length, and what each part says."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker.tables.widths import width

pytestmark = pytest.mark.on("sqlite")  # test_parity has every report on both

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


def titles_of(lines: list[str]) -> list[str]:
    """Return the titles of the parts of a page: what stands behind an empty line."""
    return [
        line.partition(" (")[0]
        for before, line in zip(["", *lines], lines, strict=False)
        if before == "" and line
    ]


def test_the_news_comes_first_and_the_rest_last(page: Any) -> None:
    titles = titles_of(page(STRUCK_DOWN))

    order = [
        *("Changed", "Also this week", "At risk", "Due within 30 days", "Who gained what"),
        *("Unchanged", "Sources"),
    ]
    assert [title for title in titles if title in order] == order


def test_an_outsider_reads_what_happened_above_the_fold(page: Any) -> None:
    top = " ".join(page(STRUCK_DOWN)[:8])

    assert "Two concessions by the US went from met to moot" in top
    assert "at risk" in top
    assert "“Halve the fentanyl tariff to 10 %”" in top
    assert "Next due: “Buy US soybeans in the last two months of 2025”, on 28 February" in top


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("week", ["2025-W44", "2025-W49", STRUCK_DOWN, "2026-W20", "2026-W46"])
def test_no_line_is_wider_than_the_page_and_no_word_is_broken(
    page: Any, week: str, columns: int
) -> None:
    lines = page(week, columns=columns)

    wide = [line for line in lines if width(line) > columns and "://" not in line]
    assert not wide
    unchanged = lines[next(at for at, line in enumerate(lines) if line.startswith("Unchanged")) :]
    rows = unchanged[1 : unchanged.index("")]
    ends = (at for at, row in enumerate(rows) if row.startswith(("Promised", "Holding", "No news")))
    table = rows[: next(ends, None)]
    assert all(" → " in row or " ↔ " in row for row in table)


def test_a_page_is_short(page: Any) -> None:
    assert len(page(STRUCK_DOWN)) <= 60
    assert len(page(STRUCK_DOWN, columns=80)) <= 72
    assert len(page(STRUCK_DOWN, "--brief")) <= 30
    assert len(page(QUIET)) <= 40


def test_the_brief_page_stops_after_who_gained_what_and_marks_no_source(page: Any) -> None:
    lines = page(STRUCK_DOWN, "--brief")

    assert titles_of(lines)[-2:-1] == ["Who gained what"]
    assert not any("[1]" in line for line in lines)


def test_sources_of_what_did_not_change_are_listed_if_asked_for(page: Any) -> None:
    assert len(page(STRUCK_DOWN, "--sources")) > len(page(STRUCK_DOWN)) + 20


def test_every_side_says_what_it_had_before_the_week(tracker: Run, busan: Path) -> None:
    ran = tracker("--today", "2026-11-25", "week", STRUCK_DOWN, "-f", "json", db=busan)
    china = json.loads(ran.out)["gains"][1]

    assert (china["before"]["holding"] - china["holding"], china["void"]) == (2, 2)


def test_terms_that_ended_on_one_day_share_a_line(page: Any) -> None:
    lines = page("2026-W46")
    (ended,) = [line for line in lines if line.startswith("Ended 9 Nov")]

    assert ended == "Ended 9 Nov: us-301-exclusions, us-affiliates-rule, us-port-fees-suspend"

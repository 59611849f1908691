"""The weekly page of the shipped books: how long and wide it is, and what it takes to make it."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker.reports.status import StatusRow
from tracker.tables.widths import width

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
    assert len(page(STRUCK_DOWN)) <= 60
    assert len(page(STRUCK_DOWN, columns=80)) <= 60
    assert len(page(STRUCK_DOWN, "--brief", columns=80)) <= 24
    assert len(page(QUIET)) <= 20


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

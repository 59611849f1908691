"""The headlines of many weeks, each reviewed against the facts behind it."""

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run

WEEKS = [
    *("2025-W10", "2025-W32", "2025-W43", "2025-W44", "2025-W45", "2025-W46", "2025-W48"),
    *("2025-W49", "2025-W50", "2025-W51", "2025-W52", "2026-W02", "2026-W03", "2026-W04"),
    *("2026-W05", "2026-W07", "2026-W08", "2026-W09", "2026-W10", "2026-W20", "2026-W21"),
    *("2026-W25", "2026-W28", "2026-W33", "2026-W39", "2026-W40", "2026-W42", "2026-W46"),
    "2026-W47",
]
"""Weeks of the truce that differ: many changes or one, a count, a moved day, ends, silence."""


def news(tracker: Run, book: Path, week: str) -> str:
    """Return the headline of a week."""
    ran = tracker("--today", "2026-11-25", "week", week, "-f", "json", db=book)
    return str(json.loads(ran.out)["headline"]["text"])


@pytest.mark.slow
def test_the_news_of_the_truce_is_true_and_reads_well(
    tracker: Run, busan: Path, snapshot: SnapshotAssertion
) -> None:
    assert {week: news(tracker, busan, week) for week in WEEKS} == snapshot


@pytest.mark.slow
@pytest.mark.parametrize("week", ["2026-W08", "2026-W30"])
def test_the_news_of_four_agreements_is_true_and_reads_well(
    tracker: Run, portfolio: Path, snapshot: SnapshotAssertion, week: str
) -> None:
    assert news(tracker, portfolio, week) == snapshot


@pytest.mark.slow
def test_of_several_agreements_the_week_names_the_one_whose_end_moved(
    tracker: Run, portfolio: Path
) -> None:
    said = tracker("--today", "2026-12-02", "week", db=portfolio).out

    named = "named 10 Jan 2027 for “US–China trade truce, 2025–26” as a whole"
    assert f"US and China {named}, but no day for single measures." in " ".join(said.split())

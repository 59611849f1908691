"""The case that the design must survive: what holds of whole pages, on the shipped seed."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker.dates import iso_moment

SOY = "cn-soy-2025-delivery"


def ask(tracker: Run, busan: Path, *arguments: object) -> dict[str, Any]:
    ran = tracker(*arguments, "-f", "json", db=busan)
    assert ran.code in (0, 1), ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return document


def test_nothing_says_zero_percent_where_nobody_counted(tracker: Run, busan: Path) -> None:
    for report in ("status", "week"):
        text = tracker("--today", "2026-01-07", report, db=busan).out
        assert not re.search(r"(?<![\d–.])0(\.0)? ?%(?! of 12)", text), report
    pace = tracker("--today", "2026-01-07", "pace", db=busan).out
    assert len(re.findall(r"(?<![\d–.])0%", pace.split("bought for 2026")[0])) == 1
    assert not re.search(r"\d ?%", pace.split("bought for 2026")[1])
    status = ask(tracker, busan, "status", "cn-soy-2026", "--as-of", "2026-01-07")
    figure = status["rows"][0]["figure"]
    assert (figure["target"], figure["unit"], figure["bound"]) == (25, "MMT", "at-least")
    counted = ("counted_by", "basis", "value", "percent", "through", "public_on", "over_by")
    assert {figure[key] for key in counted} == {None}


@pytest.mark.parametrize("day", ["2025-11-10", "2026-01-07", "2026-02-21", "2026-11-15"])
def test_gains_equal_the_distribution_of_status_rows(tracker: Run, busan: Path, day: str) -> None:
    gains = ask(tracker, busan, "--today", day, "gains")["rows"]
    status = ask(tracker, busan, "--today", day, "status")["rows"]

    counted = Counter(
        (party, one["status"].replace(" ", "_")) for one in status for party in one["receivers"]
    )
    for side in gains:
        party = side.pop("group")
        side.pop("late")
        assert side.pop("before") is None
        assert side == {status: counted[party, status] for status in side}


def test_a_restated_reading_is_a_correction_and_last_weeks_table_keeps_the_old_figure(
    tracker: Run, busan: Path
) -> None:
    last_week = ("week", "2026-W02", "--known-by")
    today = ("--today", "2026-01-16")
    (usda,) = [
        one
        for one in ask(tracker, busan, *today, "history", SOY)["rows"]
        if one["counted_by"] == "USDA"
        and one["effective_on"] == "2026-01-08"
        and one["basis"] == "sold"
    ]
    known_then = iso_moment(datetime.now(UTC))
    before = tracker(*today, *last_week, known_then, db=busan).out

    amended = tracker(*today, "amend", usda["entry"], "--value", "8.06", db=busan)

    assert amended.code == 0, amended.err
    assert tracker(*today, *last_week, known_then, db=busan).out == before
    assert tracker(*today, "week", "2026-W02", db=busan).out != before

"""What changed between two points, one row for each fact, and how each change came about."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, data, held_by

TODAY = ("--today", "2026-11-26")
LAST = held_by("busan-truce").entries
"""The last entry of the seed."""
SOY = "cn-soy-2026-delivery"
COUNT = ("measure", SOY, "19", "--by", "USDA", "--basis", "sold")


def rows(tracker: Run, book: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(tracker, *TODAY, "diff", *words, db=book)["rows"]
    return found


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what differs, its value before and now, and how it came about."""
    return row["what"], row["before"], row["after"], row["kind"]


def test_what_was_only_checked_did_not_change(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, "checked", "cn-semi-probes-end", db=busan)

    page = tracker(*TODAY, "diff", "2026-11-25", "2026-11-26", db=busan).out

    assert "\nChanged: nothing\n" in page


def test_a_count_that_grew_is_shown_before_and_after(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, *COUNT, db=busan)
    tracker(*TODAY, "note", "cn-poultry", "Talks go on", db=busan)

    page = tracker(*TODAY, "diff", "2026-11-25", "2026-11-26", db=busan).out

    (grown,) = (line for line in page.splitlines() if "soybeans" in line)
    (noted,) = (line for line in page.splitlines() if "poultry" in line)
    assert "13.3666 → 19 MMT sold" in grown
    assert noted.split()[-3:] == ["note", "happened", f"#{LAST + 2}"]
    assert "\n  Talks go on\n" in page


def test_a_restated_target_is_shown_before_and_after(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, "move", SOY, "2026-12-31", "--target", "20", db=busan)

    (restated,) = rows(tracker, busan, "2026-11-25", "2026-11-26")

    assert told(restated) == ("target", "25", "20", "happened")
    assert (restated["unit"], restated["entries"]) == ("MMT", [LAST + 1])


def test_what_ended_without_a_word_changed_because_the_day_passed(
    tracker: Run, busan: Path
) -> None:
    page = tracker(*TODAY, "diff", "2026-11-09", "2026-11-10", db=busan).out
    found = rows(tracker, busan, "2026-11-09", "2026-11-10")

    assert re.search("Suspend the port fees and crane tariffs +in force → in doubt +passed", page)
    assert [row["concession"] for row in found if row["what"] == "state"] == [
        *("us-301-exclusions", "us-affiliates-rule", "us-port-fees-suspend")
    ]
    assert told(found[0]) == ("state", "in force", "in doubt", "passed")
    assert (found[0]["stage_before"], found[0]["stage"]) == ("met", "met")
    assert (found[0]["on"], found[0]["entries"]) == ("2026-11-09", [])


def test_filters_narrow_what_changed(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, *COUNT, db=busan)
    tracker(*TODAY, "log", "us-h20-licences", "started", db=busan)
    days = ("2026-11-25", "2026-11-26")

    by_us = rows(tracker, busan, *days, "--giver", "us")
    by_china = rows(tracker, busan, *days, "--giver", "cn")

    assert {*map(str, (row["givers"] for row in by_us))} == {"['us']"}
    assert {*map(str, (row["givers"] for row in by_china))} == {"['cn']"}
    assert len(by_us) + len(by_china) == len(rows(tracker, busan, *days))


def test_an_amended_entry_is_corrected(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, "log", "cn-poultry", "started", "--on", "2026-11-20", db=busan)
    tracker(*TODAY, "amend", str(LAST + 1), "--stage", "partial", db=busan)

    (amended,) = rows(tracker, busan, f"2026-11-26#{LAST + 1}")

    assert told(amended) == ("state", "under way", "in part", "corrected")
    assert amended["entries"] == [LAST + 2, LAST + 3]


def test_what_a_retraction_left_in_force_is_corrected(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, *COUNT, db=busan)
    tracker(*TODAY, "retract", str(LAST + 1), "--reason", "Misread the table", db=busan)

    (fallen,) = rows(tracker, busan, f"2026-11-26#{LAST + 1}")

    assert told(fallen) == ("figure", "19", "13.3666", "corrected")


def test_another_reading_of_the_same_day_is_restated(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, *COUNT, db=busan)
    tracker(*TODAY, *COUNT[:2], "20", *COUNT[3:], db=busan)

    (restated,) = rows(tracker, busan, f"2026-11-26#{LAST + 1}")

    assert told(restated) == ("figure", "19", "20", "restated")
    assert (restated["basis"], restated["party"]) == ("sold", "USDA")


def test_what_was_public_before_and_typed_afterwards_is_late(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, "log", "cn-poultry", "started", "--on", "2026-11-20", db=busan)

    (typed_late,) = rows(tracker, busan, f"2026-11-22#{LAST}")

    assert told(typed_late) == ("state", "promised", "under way", "late")
    assert rows(tracker, busan, "2026-11-22") == []


def test_a_changed_declaration_is_declared(tracker: Run, busan: Path) -> None:
    title = ("--title", "Let US poultry in")
    tracker(*TODAY, "change", "cn-poultry", *title, "--reason", "Shorter", db=busan)

    (renamed,) = rows(tracker, busan, f"2026-11-26#{LAST}")

    before = "Resume imports of US poultry from states free of bird flu"
    assert told(renamed) == ("field", before, "Let US poultry in", "declared")


@pytest.mark.parametrize("before", ["2026-11-22", "W47"])
def test_a_week_means_its_sunday(tracker: Run, busan: Path, before: str) -> None:
    tracker(*TODAY, "log", "cn-poultry", "started", "--on", "2026-11-23", db=busan)

    (logged,) = rows(tracker, busan, before, "W48")

    assert (logged["on"], logged["kind"]) == ("2026-11-23", "happened")


def test_an_entry_alone_means_the_day_on_which_it_was_recorded(tracker: Run, book: Path) -> None:
    on = data(tracker, "history", "--all", db=book)["rows"][0]["recorded_at"][:10]

    assert data(tracker, "--today", on, "diff", "#12", "#13", db=book) == data(
        tracker, "--today", on, "diff", f"{on}#12", f"{on}#13", db=book
    )

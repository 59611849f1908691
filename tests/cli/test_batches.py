"""Commands that record several things at once, and values that look like options."""

from pathlib import Path

import pytest

from tests.conftest import PHASE_ONE, Run, data, held_by

HELD = held_by("busan-truce")


def test_several_concessions_are_logged_at_once_and_taken_back_at_once(tracker: Run) -> None:
    before = tracker("status", "-f", "csv").out

    ran = tracker("log", "soybeans", "tiktok", "chip-sales", "partial", "--on", "2026-01-07")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == [
        "#25 soybeans: partial, 7 Jan 2026",
        "#26 tiktok: partial, 7 Jan 2026",
        "#27 chip-sales: partial, 7 Jan 2026",
    ]
    assert "tiktok: promised → in part" in ran.out
    rows = data(tracker, "history", "--since", "2026-01-07")["rows"]
    assert len({row["batch"] for row in rows}) == 1
    assert tracker("undo").code == 0
    assert tracker("status", "-f", "csv").out == before


def test_every_open_expiry_of_a_day_is_moved_at_once(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-03-22")
    rows = data(tracker, *today, "deadlines", db=busan)["rows"]
    ending = {
        row["deadline"]
        for row in rows
        if row["kind"] == "expiry" and row["due_on"] == "2026-11-10" and not row["outcome_on"]
    }
    closed = ending.pop()
    assert tracker(*today, "close", closed, "cancelled", db=busan).code == 0

    ran = tracker(*today, "move", "--ending", "2026-11-10", "2027-11-10", db=busan)

    assert (ran.code, ran.err) == (0, "")
    rows = data(tracker, *today, "deadlines", db=busan)["rows"]
    assert {row["deadline"] for row in rows if row["due_on"] == "2027-11-10"} == ending
    assert all(f" {slug}: moved to 10 Nov 2027" in ran.out for slug in ending)
    again = tracker(*today, "move", "--ending", "2026-11-10", "2027-11-10", db=busan)
    assert (again.code, again.out) == (3, "")


def test_an_end_that_is_known_to_the_month_is_named_by_the_month(tracker: Run) -> None:
    assert tracker("move", "--ending", "2026-10-31", "2027-10").code == 3

    assert tracker("move", "--ending", "2026-10", "2027-10").out.startswith(
        "#25 truce-year: moved to Oct 2027"
    )


@pytest.mark.parametrize("value", ["-3", "-3.5", "-0.25"])
def test_a_negative_number_is_a_value(tracker: Run, tmp_path: Path, value: str) -> None:
    book = tmp_path / "p1.db"
    assert tracker("init", PHASE_ONE, db=book).code == 0
    words = ("energy-2020-customs", value, "--flow", "--basis", "shipped", "--on", "2020-05-31")

    ran = tracker("measure", *words, "--by", "Census", db=book)

    assert (ran.code, ran.err) == (0, "")
    assert value in ran.out

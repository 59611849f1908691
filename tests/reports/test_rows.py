import csv
import json
from io import StringIO

from tests.conftest import Run


def test_a_list_within_a_row_is_one_column_of_a_spreadsheet(tracker: Run) -> None:
    tracker("log", "soybeans", "met", "--says", "us", "--on", "2026-01-07")

    ran = [tracker(*report, "-f", "csv") for report in (["deadlines"], ["claims"])]

    assert [(one.code, one.err) for one in ran] == [(0, "")] * 2
    deadlines, claims = (list(csv.DictReader(StringIO(one.out))) for one in ran)
    assert {row["moves"] for row in deadlines} == {""}
    (said,) = json.loads(claims[0]["receivers_say"])
    assert (said["party"], said["stage"], claims[0]["others"]) == ("us", "met", "")


def test_a_concession_with_all_that_hangs_on_it_is_one_row_of_a_spreadsheet(tracker: Run) -> None:
    (row,) = csv.DictReader(StringIO(tracker("show", "chip-sales", "-f", "csv").out))

    assert row["in_return_for"] == "soybeans rare-earths"
    assert [entry["entry"] for entry in json.loads(row["history"])] == [15]


def test_marks_that_reorder_text_are_escaped_within_such_a_column_too(tracker: Run) -> None:
    tracker("note", "tiktok", "abc\u202egnp.exe")

    ran = tracker("show", "tiktok", "-f", "csv")

    (row,) = csv.DictReader(StringIO(ran.out))
    assert "\u202e" not in ran.out
    assert json.loads(row["history"])[-1]["note"] == "abc\u202egnp.exe"


def test_a_status_table_has_the_standing_only_if_somebody_claimed_something(tracker: Run) -> None:
    assert "STANDING" not in tracker("status").out

    tracker("log", "soybeans", "started", "--says", "cn")

    assert "STANDING" in tracker("status").out

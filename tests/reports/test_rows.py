import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import Ran, Run


def rows_of(ran: Ran) -> list[dict[str, str]]:
    assert (ran.code, ran.err) == (0, "")
    return list(csv.DictReader(StringIO(ran.out, newline="")))


def test_short_rows_within_a_row_are_one_cell_of_a_spreadsheet(tracker: Run) -> None:
    tracker("log", "soybeans", "met", "--says", "us", "--on", "2026-01-07")

    row = rows_of(tracker("claims", "soybeans", "-f", "csv"))[0]
    (said,) = rows_of(tracker("claims", "-f", "csv", "--section", "receivers_say"))

    assert (row["receivers_say"], row["others"]) == ("us met 2026-01-07", "")
    assert said == {
        "concession": "soybeans", "party": "us", "stage": "met", "on": "2026-01-07",
    }  # fmt: skip


def test_a_concession_with_all_that_hangs_on_it_is_one_row_and_its_lists_are_tables(
    tracker: Run,
) -> None:
    (row,) = rows_of(tracker("show", "chip-sales", "-f", "csv"))
    (entry,) = rows_of(tracker("show", "chip-sales", "-f", "csv", "--section", "history"))

    assert row["in_return_for"] == "soybeans rare-earths"
    assert not {"history", "deadlines", "pace", "versions", "sources"} & row.keys()
    assert entry["entry"] == "15"


def test_marks_that_reorder_text_are_escaped_in_such_a_table_too(tracker: Run) -> None:
    tracker("note", "tiktok", "abc\u202egnp.exe")

    ran = tracker("show", "tiktok", "-f", "csv", "--section", "history")

    assert rows_of(ran)[-1]["note"] == "abc\\u202egnp.exe"


SECTIONS = {
    "week 2026-W02": [
        *("rows", "gains", "changes", "late", "at_risk", "due", "begin", "overdue"),
        *("corrections", "silent", "sources"),
    ],
    "show cn-soy-2025": [
        *("rows", "claims", "deadlines", "pace", "history", "versions", "sources"),
    ],
    "gains": ["rows", "concessions"],
    "deadlines": ["rows", "moves"],
    "pace": ["rows", "bands"],
    "reliability": ["rows", "concessions"],
    "diff 2025-12-01 2026-02-01": ["rows", "moved", "fell_due", "happened"],
}


@pytest.mark.parametrize("report", SECTIONS)
def test_each_list_of_a_report_is_a_table_without_json_in_its_cells(
    tracker: Run, busan: Path, report: str
) -> None:
    tracker("change", "cn-soy-2025", "--title", "Buy soybeans", "--reason", "Shorter", db=busan)

    for section in SECTIONS[report]:
        command = (*report.split(), "-f", "csv")
        ran = tracker(*command, "--section", section, db=busan)
        head, *rows = csv.reader(StringIO(ran.out, newline=""))
        assert ran.code == 0
        assert all(len(row) == len(head) == len(set(head)) for row in rows), section
        assert not [cell for row in rows for cell in row if cell.startswith(("{", "["))], section
    assert tracker(*command, db=busan).out == tracker(*command, "--section", "rows", db=busan).out


def test_the_tables_of_a_week_have_what_its_page_has(tracker: Run, busan: Path) -> None:
    tracker("change", "cn-soy-2025", "--title", "Buy soybeans", "--reason", "Shorter", db=busan)
    document = json.loads(tracker("week", "2026-W02", "-f", "json", db=busan).out)

    tables = {
        section: rows_of(tracker("week", "2026-W02", "-f", "csv", "--section", section, db=busan))
        for section in SECTIONS["week 2026-W02"]
    }

    assert {name: len(rows) for name, rows in tables.items()} == {
        name: len(document[name]) for name in tables
    }
    assert all(tables[name] for name in ("changes", "due", "sources"))
    assert tables["gains"][0]["before"].startswith("gained: ")


@pytest.mark.parametrize("word", ["at-risk", "AT_RISK"])
def test_a_section_is_named_as_its_report_is_too(tracker: Run, busan: Path, word: str) -> None:
    named = tracker("week", "-f", "csv", "--section", word, db=busan)

    assert named == tracker("week", "-f", "csv", "--section", "at_risk", db=busan)
    assert named.code == 0


def test_a_status_table_has_the_standing_only_if_somebody_claimed_something(tracker: Run) -> None:
    assert "STANDING" not in tracker("status").out

    tracker("log", "soybeans", "started", "--says", "cn")

    assert "STANDING" in tracker("status").out

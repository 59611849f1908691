"""Reports of any book: in another process, of nothing, of one row, and without a command."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import Run, data
from tests.questions import BUSAN, every_report
from tracker.cli import run

pytestmark = pytest.mark.on("sqlite")  # test_parity has every report on both


@pytest.mark.slow
def test_another_process_on_another_day_gives_the_same_bytes(
    tracker: Run, program: Run, told: Path
) -> None:
    flags = ["--as-of", "2026-01-11", "--known-by", "2026-01-11", "-f", "markdown"]

    here = tracker("--today", "2026-01-11", "week", "2026-W02", *flags, db=told)
    elsewhere = program(
        "--today", "2026-11-24", "week", "2026-W02", *flags, db=told,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "COLUMNS": "40"},
    )  # fmt: skip

    assert elsewhere.out == here.out


@pytest.mark.parametrize("name", ["text", "csv", "json", "grid"])
def test_an_empty_book_has_every_report(empty: Path, tracker: Run, name: str) -> None:
    for report in (["status"], ["week"], ["gains"], ["history"], ["deadlines"], ["claims"]):
        ran = tracker(*report, "-f", name, db=empty)
        assert (ran.code, ran.err) == (0, ""), report


@pytest.fixture
def empty(tracker: Run, tmp_path: Path) -> Path:
    """A book of nothing."""
    path = tmp_path / "empty.db"
    assert tracker("init", "--empty", db=path).code == 0
    return path


# --- part of a table --------------------------------------------------------------------------

PAGES = ("week", "show")
"""Reports without a main table."""
TABLES = [line for line in every_report(BUSAN) if line.split()[0] not in PAGES]


@pytest.mark.parametrize("report", TABLES)
def test_a_limit_leaves_one_row_of_any_report_with_a_main_table(
    tracker: Run, busan: Path, report: str
) -> None:
    command = ["--today", "2026-03-22", *report.split(), "--limit", "1"]
    text = tracker(*command, db=busan)
    document = data(tracker, *command, db=busan)
    rows = tracker(*command, "-f", "csv", db=busan).out

    assert (text.code in (0, 1), text.err) == (True, "")
    assert len(document["rows"]) == 1
    assert len(list(csv.reader(StringIO(rows)))) == 2
    assert len(text.out) < len(tracker(*command[:-2], db=busan).out)


def test_check_still_fails_for_findings_that_a_limit_leaves_out(tracker: Run) -> None:
    ran = tracker("check", "--stale", "1", "--limit", "1", "--columns", "subject")

    assert (ran.code, ran.err) == (1, "")


# --- no command at all ------------------------------------------------------------------------


def test_without_a_command_the_week_is_printed_in_brief(tracker: Run) -> None:
    assert tracker() == tracker("week", "--brief")
    assert tracker("--today", "2026-03-01") == tracker("--today", "2026-03-01", "week", "--brief")


@pytest.mark.usefixtures("interactive")
def test_without_a_command_and_a_book_the_default_one_is_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, made = run([]), capsys.readouterr()
    again, page = run([]), capsys.readouterr()

    assert (first, again, made.out, page.err) == (0, 0, page.out, "")
    assert "made a new book at" in made.err
    assert page.out.startswith("US–China trade truce · week 2, ")


def test_without_a_command_a_book_that_is_missing_is_refused(tracker: Run, tmp_path: Path) -> None:
    missing = tracker(db=tmp_path / "missing.db")

    assert missing == tracker("week", db=tmp_path / "missing.db")
    assert missing.code == 7

import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.conftest import PHASE_ONE, Ran, Run, data, make_book
from tests.transfer.conftest import Written
from tracker.database import Target
from tracker.interchange import sheet
from tracker.reports import incoming
from tracker.tables import Report

WEEK = """\
kind,concession,deadline,effective_on,says,stage,value,unit,counted_by,basis,flow,due_on,outcome,source,note
stage,soybeans,,2026-01-05,us,partial,,,,,,,,fact-sheet,
stage,soybeans,,2026-01-06,,partial,,,,,,,,trade-press,"Some 8.5 MMT are under contract,
says the trade press."
reading,,soybeans-2025,2026-01-06,,,8.50,MMT,trade press,contracted,false,,,trade-press,
reading,soybeans,soybeans-2025,2026-01-06,,,4,,USDA,sold,,,,,
deadline,,soybeans-2025,2026-01-07,us,,,,,,,2026-02,,https://example.org/briefing,End of February.
deadline,,rare-earth-licences,2026-01-07,,,,,,,,,met,,
note,fentanyl-tariff,,2026-01-07,,,,,,,,,,,'=not a formula
check,soybeans,,2026-01-08,,,,,,,,,,,
"""


def history(tracker: Run, *options: object, db: Path | None = None) -> list[dict[str, Any]]:
    ran = tracker("history", "--all", "-f", "json", *options, db=db)
    assert ran.code == 0, ran.err
    rows: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return sorted(rows, key=lambda row: row["entry"])


def refused(ran: Ran, *parts: str) -> None:
    assert ran.code == 5
    for part in parts:
        assert part in ran.err


def test_a_week_of_updates_is_one_batch_in_the_order_of_the_file(
    tracker: Run, written: Written
) -> None:
    ran = tracker("import", written(WEEK))
    assert (ran.code, ran.out.splitlines()[0]) == (0, "8 entries written, #14 to #21.")
    rows = history(tracker)[13:]
    assert [row["kind"] for row in rows] == [
        *("stage", "stage", "reading", "reading", "deadline", "deadline", "note", "check")
    ]
    assert {row["batch"] for row in rows} == {2}
    assert {row["command"] for row in rows} == {"import"}
    assert rows[2]["value"] == 8.5
    assert rows[3]["unit"] == "MMT"
    assert rows[4]["due_on"] == "2026-02"
    assert rows[6]["note"] == "=not a formula"
    assert tracker("db", "check").code == 0


def test_a_line_is_checked_against_the_lines_before_it(tracker: Run, written: Written) -> None:
    """What the book held is read once, before any line is written."""
    line = "rare-earth-licences,met,2026-01-0"
    twice = f"deadline,outcome,effective_on\n{line}5\n{line}6\n"

    ran = tracker("import", written(twice))

    assert "'rare-earth-licences' is already closed as met" in ran.err
    assert tracker("import", written(WEEK)).out.startswith("8 entries written")


def test_lines_that_say_the_same_are_numbered_and_known_again(
    tracker: Run, written: Written
) -> None:
    head = "kind,concession,effective_on,note\n"
    call = "note,soybeans,2026-01-07,The ministry was called.\n"
    assert "3 entries written" in tracker("import", written(head + call * 3)).out
    assert "0 entries written; 3 were" in tracker("import", written(head + call * 3)).out
    assert "0 entries written; 2 were" in tracker("import", written(head + call * 2)).out
    ran = tracker("import", written(head + call * 5))
    assert ran.out.startswith("2 entries written, #17 to #18; 3 were there already.")


def test_numbers_in_jsonl_stay_as_they_are_written(tracker: Run, written: Written) -> None:
    line = (
        '{"deadline":"soybeans-2025","effective_on":"2026-01-06","value":123456789012345678.10,'
        '"counted_by":"USDA","basis":"sold","flow":true}'
    )
    assert tracker("import", written(f"{line}\n \n\n")).code == 0
    found = tracker("history", "soybeans-2025", "-f", "json").out
    (row,) = json.loads(found, parse_float=Decimal)["rows"]
    assert (str(row["value"]), row["flow"]) == ("123456789012345678.10", True)


def test_the_smallest_quantity_of_a_json_history_is_imported(
    tracker: Run, written: Written, book: Path, tmp_path: Path
) -> None:
    copy = shutil.copy(book, tmp_path / "copy.db")
    tracker("measure", "soybeans-2025", "0.000000001", "--by", "USDA", "--basis", "sold")
    (row,) = re.findall(r"\{[^{}]*USDA[^{}]*\}", tracker("history", "--all", "-f", "json").out)

    came = tracker("import", written(" ".join(row.split())), db=copy)

    assert came.out.startswith("1 entry written"), came.err
    assert history(tracker, db=copy)[-1]["value"] == 1e-9


def test_what_a_history_says_is_retracted_is_left_out(tracker: Run, written: Written) -> None:
    """With the retractions: a table brings what counts."""
    content = """\
entry,kind,concession,deadline,effective_on,stage,outcome,refers_to,retracted_by
70,stage,soybeans,,2026-01-06,met,,,71
71,retraction,,,2026-01-07,,,70,
72,,,,2026-01-07,,,13,
73,deadline,,soybeans-2025,2026-01-07,,cancelled,,74
75,deadline,,soybeans-2025,2026-01-07,,met,,
"""
    ran = tracker("import", written(content))

    assert "1 entry written, #14; 4 lines were left out: declarations (" in ran.out
    assert [row["outcome"] for row in history(tracker)[13:]] == ["met"]
    assert "0 entries written; 1 was there" in tracker("import", written(content)).out


def test_lines_with_numbers_are_read_in_their_order(tracker: Run, written: Written) -> None:
    """A history is sorted by day, and of one day the entry that was recorded last counts."""
    content = """\
entry,concession,effective_on,stage
9,soybeans,2026-01-06,partial
10,soybeans,2026-01-05,stalled
8,soybeans,2026-01-06,met
"""
    assert tracker("import", written(content)).code == 0
    by_number = sorted(history(tracker), key=lambda row: row["entry"])
    assert [row["status"] for row in by_number[13:]] == ["kept", "partly", "stalled"]


def test_lines_of_which_only_some_have_numbers_stay_in_the_order_of_the_file(
    tracker: Run, written: Written
) -> None:
    content = """\
entry,concession,effective_on,stage
9,soybeans,2026-01-06,partial
,soybeans,2026-01-05,stalled
8,soybeans,2026-01-06,met
"""
    assert tracker("import", written(content)).code == 0
    by_number = sorted(history(tracker), key=lambda row: row["entry"])
    assert [row["status"] for row in by_number[13:]] == ["partly", "stalled", "kept"]


@pytest.mark.parametrize(
    "line",
    [
        "stage,soybeans,,met,,,",
        "note,soybeans,,,,,Said.",
        "check,soybeans,,,,,",
        "reading,,soybeans-2025,,4,USDA,",
    ],
)
def test_a_line_about_what_was_withdrawn_is_refused_by_its_number(
    tracker: Run, written: Written, line: str
) -> None:
    assert tracker("retract", "soybeans", "--everything", "--reason", "Never agreed").code == 0
    kind, concession, deadline, rest = line.split(",", 3)
    header = "kind,concession,deadline,effective_on,stage,value,counted_by,note"
    table = f"{header}\n{kind},{concession},{deadline},2026-01-07,{rest}\n"
    refused(tracker("import", written(table)), "has 1 mistake;", "line 2", "'soybeans")


def test_what_spreadsheets_add_to_a_table_is_left_out(tracker: Run, written: Written) -> None:
    """They write empty rows and empty columns."""
    rows = ["concession;effective_on;note;;", "soybeans;2026-01-07;a,b;;", ";;;;"]
    ran = tracker("import", written("\r\n".join(rows)))

    assert ran.out.startswith("1 entry written, #14.")
    assert history(tracker)[-1]["note"] == "a,b"


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
def test_the_line_of_columns_shows_what_separates_cells(
    tracker: Run, written: Written, separator: str
) -> None:
    rows = [["concession", "effective_on", "note"], ["soybeans", "2026-01-07", '"a;b, or c|d"']]
    ran = tracker("import", written("\n".join(map(separator.join, rows))))

    assert ran.out.startswith("1 entry written, #14.")
    assert history(tracker)[-1]["note"] == "a;b, or c|d"


UNDONE = {
    "an amendment": ("amend", "14", "--on", "2026-01-06"),
    "a retraction": ("retract", "14", "--reason", "Misread"),
}


@pytest.mark.parametrize("correction", UNDONE)
def test_an_undone_correction_is_left_out_of_a_history(
    tracker: Run, written: Written, book: Path, tmp_path: Path, correction: str
) -> None:
    copy = shutil.copy(book, tmp_path / "copy.db")
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker(*UNDONE[correction])
    tracker("undo")
    held, stages = len(history(tracker)), tracker("status", "-f", "csv").out
    file = written(tracker("history", "--all", "-f", "csv").out)

    came, again = tracker("import", file, db=copy), tracker("import", file)

    assert came.code == again.code == 0, came.err + again.err
    assert "lines were left out: declarations (" in came.out
    assert tracker("status", "-f", "csv", db=copy).out == stages
    assert len(history(tracker)) == held


def test_what_was_undone_here_and_in_the_file_stays_undone(tracker: Run, written: Written) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker("undo")
    table = tracker("history", "--all", "-f", "csv").out

    ran = tracker("import", written(table))

    assert ran.out.startswith("0 entries written; ")
    assert "taken back since" not in ran.out


def test_what_was_taken_back_here_is_not_imported_again(tracker: Run, written: Written) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    table = tracker("history", "--all", "-f", "csv").out
    tracker("retract", "14", "--reason", "Misread")

    assert tracker("import", written(table)).out.startswith(
        "0 entries written; 2 were there already, 1 of them taken back since: log again what still"
        " counts; "
    )


@pytest.mark.parametrize("many", [100, 101])
def test_of_very_many_entries_only_the_number_is_said(
    tracker: Run, written: Written, many: int
) -> None:
    rows = "".join(f"note,soybeans,2026-01-05,,Cargo {row}\n" for row in range(1, many))
    table = "kind,concession,effective_on,stage,note\nstage,soybeans,2026-01-05,met,Landed\n"

    imported, undone = tracker("import", written(table + rows)), tracker("undo")

    assert ("Warning: soybeans is kept" in imported.out) is (many == 100)
    assert ("retracts #113 " in undone.out) is (many == 100)
    assert ("#115 to #215: 101 entries" in undone.out) is (many == 101)


def test_every_bad_line_is_reported_and_the_rest_counted(tracker: Run, written: Written) -> None:
    lines = [f"soybeans,2026-01-0{number % 9 + 1},partial" for number in range(20)]
    lines[3] = "soybeans,2026-13-01,partial"
    lines[5] = "soybean,0,part"
    ran = tracker("import", written("concession,effective_on,stage\n" + "\n".join(lines)))
    refused(
        ran, "has 5 mistakes", "line 5, column 'effective_on': '2026-13-01' is not a valid date"
    )
    assert ran.err.count("line 7, ") == 2


@pytest.mark.parametrize(("many", "total"), [(99, "99"), (101, "at least 100")])
def test_after_a_hundred_mistakes_no_more_are_looked_for(
    tracker: Run, written: Written, many: int, total: str
) -> None:
    ran = tracker("import", written("concession,effective_on,stage\n" + "soybeans,0,met\n" * many))

    refused(ran, f"has {total} mistakes;")
    assert len(ran.err.splitlines()) == 1 + min(many, 100)


def test_a_byte_order_mark_and_other_separators_are_read(tracker: Run, written: Written) -> None:
    content = "\ufeffstage;concession;effective_on\nmet;soybeans;2026-01-07\n"
    assert "1 entry written" in tracker("import", written(content)).out
    tabs = "stage\tconcession\teffective_on\r\nmet\tsoybeans\t2026-01-06\r\n"
    assert "1 entry written" in tracker("import", written(tabs)).out


def test_missed_is_held_to_moves_of_the_same_file(tracker: Run, written: Written) -> None:
    content = (
        "concession,deadline,effective_on,stage,due_on\n"
        ",soybeans-2025,2025-12-01,,2025-12-10\n"
        "soybeans,,2025-12-11,missed,\n"
    )
    assert tracker("import", written(content)).code == 0


def test_what_the_history_prints_as_csv_imports_to_the_same_content(
    tracker: Run, written: Written, busan_template: Path, tmp_path: Path
) -> None:
    note = '"A, quoted" word;\nand a second line with 大豆'
    tracker("log", "soybeans", "partial", "-m", note, "--on", "2026-01-06", "--says", "us")
    tracker("measure", "soybeans-2025", "-8.50", "--by", "=USDA", "--basis", "sold")
    tracker("measure", "soybeans-2025", "8.50", "--by", "=USDA", "--basis", "sold", "--flow")
    tracker("move", "soybeans-2025", "2026-02", "--target", "10", "--source", "https://a.org/b")
    tracker("note", "busan-truce", "+1 for the deal")
    tracker("close", "soybeans-2026", "cancelled")
    tracker("note", "soybeans", "Two", "--source", "trade-press", "--source", "https://a.org/?b;c")
    csv = tracker("history", "-f", "csv").out
    other = tmp_path / "other.db"
    other.write_bytes(busan_template.read_bytes())
    assert tracker("import", written(csv), db=other).code == 0
    own = ("recorded_at", "batch", "command")
    first, second = (
        [
            {key: value for key, value in row.items() if key not in own}
            for row in data(tracker, "history", db=db)["rows"]
        ]
        for db in (None, other)
    )
    assert first == second


# --- a book's own history --------------------------------------------------------------------


def as_jsonl(document: str) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in json.loads(document)["rows"])


def require_nothing_new(tracker: Run, written: Written, db: Path, *options: str) -> None:
    """Import a book's own history into it, as CSV and as JSONL: nothing is written."""
    before = db.read_bytes()
    csv = tracker("history", *options, "-f", "csv", db=db).out
    jsonl = as_jsonl(tracker("history", *options, "-f", "json", db=db).out)
    for content in (csv, jsonl):
        assert content.count("\n") > 8
        ran = tracker("import", written(content), db=db)
        assert (ran.code, ran.out[:18]) == (0, "0 entries written;"), ran
    assert db.read_bytes() == before


@pytest.mark.parametrize("seed", ["busan-truce", str(PHASE_ONE)])
def test_a_seeds_own_history_adds_nothing(
    tracker: Run, written: Written, tmp_path: Path, seed: str
) -> None:
    require_nothing_new(tracker, written, make_book(tmp_path / "seeded.db", seed), "--all")


@pytest.mark.parametrize("options", [[], ["--all"]])
def test_the_history_of_a_day_of_commands_adds_nothing(
    tracker: Run, written: Written, book: Path, options: list[str]
) -> None:
    press = ["--source", "trade-press", "--source", "https://example.org/cargoes"]
    for command in (
        ["log", "soybeans", "partial", "-m", "=8 MMT; “sold”", "--says", "China", *press],
        ["measure", "soybeans-2025", "8.50", "--by", "USDA", "--basis", "sold", "--flow"],
        ["measure", "soybeans-2025", "8.50", "--by", "usda", "--basis", "sold", "--flow"],
        ["move", "soybeans-2025", "2026-02", "--target", "10", "--says", "us"],
        ["close", "soybeans-2026", "cancelled"],
        ["note", "busan-truce", "+1 for the deal"],
        ["checked", "soybeans"],
        ["note", "soybeans", "Two", "--source", "fact-sheet", "--source", "https://a.org/?b;c"],
        ["amend", "16", "--value", "8.25", "--reason", "Misread"],
        ["retract", "18", "--reason", "It was a draft"],
        ["change", "soybeans", "--title", "Buy soybeans", "--reason", "Shorter"],
    ):
        assert tracker(*command).code == 0

    require_nothing_new(tracker, written, book, *options)


# --- streams ---------------------------------------------------------------------------------


def test_standard_input_is_read_and_its_kind_found(book: Path) -> None:
    def piped(content: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tracker", "--db", str(book), "import", "-"]
        return subprocess.run(command, input=content, capture_output=True, text=True, check=False)

    row = {"stage": "met", "concession": "soybeans", "effective_on": "2026-01-07"}
    table = f"{','.join(row)}\n{','.join(row.values())}\n"
    assert piped(table).stdout.startswith("1 entry written")
    assert piped(json.dumps(row)).stdout.startswith("0 entries written; 1 was there already")
    assert piped("").stderr.startswith("tracker: Cannot read '-': it is empty")
    assert piped("\ufeff").stderr.startswith("tracker: Cannot read '-': it is empty")


@pytest.mark.slow
def test_many_lines_cost_no_more_memory_than_some(written: Written, book: Path) -> None:
    """The peak of an import of 20,000 lines is within 40 MiB of one of 2,000."""
    head = "concession,effective_on,note\n"
    peaks = []
    for count in (2_000, 20_000):
        path = written(head + "".join(f"soybeans,2026-01-07,Call {n}.\n" for n in range(count)))
        code = (
            "import resource, sys; from tracker.cli import run;"
            f"run(['--db', {str(book)!r}, 'import', {str(path)!r}]);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        peaks.append(int(ran.stderr))
    assert peaks[1] - peaks[0] < 40 << 10


@pytest.mark.parametrize("note", ["=x", "'=x", "''=x", "'-1", "'x", "''", "'"])
def test_an_apostrophe_of_the_text_s_own_comes_back_from_csv(
    tracker: Run, written: Written, book: Path, tmp_path: Path, note: str
) -> None:
    """The mark against formulas is one more apostrophe, and an import removes one."""
    copy = shutil.copy(book, tmp_path / "copy.db")
    assert tracker("note", "soybeans", note).code == 0
    table = tracker("history", "--since", "2026-01-08", "-f", "csv").out

    assert tracker("import", written(table), db=copy).code == 0
    assert history(tracker, db=copy)[-1]["note"] == note


# --- nobody waits for it -------------------------------------------------------------------------


def test_a_slow_pipe_keeps_nobody_from_writing(tracker: Run, target: Target) -> None:
    """The file is read before the lock is taken, and checked under it."""
    command = [sys.executable, "-m", "tracker", "--db", target.address, "import", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as importing:  # type: ignore[call-overload]
        importing.stdin.write("concession,effective_on,note\nsoybeans,2026-01-07,Loaded\n")
        importing.stdin.flush()
        time.sleep(1)  # it has begun, and waits for more

        assert tracker("note", "soybeans", "Recorded meanwhile").code == 0
        out, _ = importing.communicate("soybeans,2026-01-08,Sailed\n")
    assert importing.returncode == 0
    assert out.startswith("2 entries written")


@pytest.mark.slow
def test_readers_are_not_locked_out_while_a_large_file_comes_in(
    tracker: Run, written: Written, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that memory had no room for would go to the file before the end."""
    imported_report = incoming.imported_report
    seen = []

    def read_meanwhile(*imported: Any, **options: bool) -> Report:
        driver = sqlite3.connect(book, timeout=0)
        seen.extend(driver.execute("SELECT count(*) FROM entry"))
        driver.close()
        return imported_report(*imported, **options)

    monkeypatch.setattr(incoming, "imported_report", read_meanwhile)
    rows = "".join(f"soybeans,2026-01-07,Cargo {number} left.\n" for number in range(20_000))

    assert tracker("import", written(f"concession,effective_on,note\n{rows}")).code == 0
    assert seen == [(13,)]


TOO_LARGE = {
    "LARGEST": (len(WEEK.encode()), "it is larger than 0 MiB. It should be split"),
    "MOST_ROWS": (9, "it has more than 8 rows or lines. It should be split"),
}


@pytest.mark.parametrize("limit", TOO_LARGE)
def test_a_file_that_is_too_large_is_refused(
    tracker: Run, written: Written, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    most, why = TOO_LARGE[limit]
    said = []
    for number in (most, most - 1):
        monkeypatch.setattr(f"tracker.interchange.lines.{limit}", number)
        said.append(tracker("import", written(WEEK), "--dry-run"))

    assert (said[0].code, said[0].err) == (0, "")
    refused(said[1], why)


def test_a_pipe_that_does_not_end_is_refused_while_it_runs(book: Path) -> None:
    """The other end writes on for as long as somebody reads."""
    endless = subprocess.Popen(["/bin/cat", "/dev/zero"], stdout=subprocess.PIPE)
    with endless:
        ran = subprocess.run(
            [sys.executable, "-m", "tracker", "--db", str(book), "import", "-"],
            stdin=endless.stdout,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        endless.kill()
    assert ran.returncode == 5
    assert ran.stderr.startswith("tracker: Cannot read '-': it is larger than 64 MiB.")


# --- workbooks -----------------------------------------------------------------------------------


def workbook(path: Path, rows: Sequence[Sequence[Any]], **stray: Any) -> Path:
    """Save rows in the first sheet of a workbook, with cells elsewhere."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in stray.items():
        book.active[place] = value
    book.save(path)
    return path


VERDICTS = (("concession", "effective_on", "stage"), ("soybeans", date(2026, 1, 7), "partial"))


def test_a_workbook_is_imported_as_a_table(tracker: Run, tmp_path: Path) -> None:
    columns = (" Deadline", "EFFECTIVE_ON", "value", "counted_by", "flow", "note")
    rows = [
        *([], columns, []),
        ("soybeans-2025", datetime(2026, 1, 6, 16, 30), 4.0, "USDA", True, "'=x"),
        ("soybeans-2025", "2026-01-07", 1234567.25, "USDA", False, "#N/A"),
    ]

    ran = tracker("import", workbook(tmp_path / "week.xlsx", rows))

    assert ran.out.startswith("2 entries written, #14 to #15."), ran.err
    told = ("effective_on", "value", "flow", "note")
    assert [tuple(row[name] for name in told) for row in history(tracker)[13:]] == [
        ("2026-01-06", 4, True, "=x"),
        ("2026-01-07", 1234567.25, False, "#N/A"),
    ]


def test_a_history_comes_back_from_a_workbook(tracker: Run, tmp_path: Path) -> None:
    rows = csv.reader(StringIO(tracker("history", "--all", "-f", "csv").out))

    path = workbook(tmp_path / "history.xlsx", [*rows])
    assert tracker("import", path).out.startswith("0 entries written; 1 was there already")


def test_a_cell_far_away_is_named_with_its_row(tracker: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "stray.xlsx", VERDICTS, XFD1048576="x")

    refused(tracker("import", path), "line 1048576: it has 16,384 cells, but line 1 names 3")


def test_a_cell_far_away_that_holds_nothing_is_harmless(tracker: Run, tmp_path: Path) -> None:
    book = Workbook()
    for row in VERDICTS:
        book.active.append(row)
    book.active["XFD1048576"].font = Font(bold=True)
    book.save(path := tmp_path / "bold.xlsx")

    assert tracker("import", path).out.startswith("1 entry written"), path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("<row r='99999999999'><c r='A1'><v>1</v></c></row>", "has no line that names its columns"),
        ("<row r='x'/>", "not a workbook"),
        (" " * (1 << 20), "it unpacks to more than 1 MiB"),
    ],
    ids=["a row beyond the last", "no number", "a bomb"],
)
def test_a_workbook_made_to_do_harm_is_refused(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: str, said: str
) -> None:
    """With limits that are reached sooner than the program's own."""
    monkeypatch.setattr(sheet, "UNPACKED", 1 << 20)
    good, bad = workbook(tmp_path / "good.xlsx", VERDICTS), tmp_path / "bad.xlsx"
    with ZipFile(good) as before, ZipFile(bad, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == SHEET:
                text = re.sub(
                    "(?s)<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>", text
                )
            after.writestr(name, text)

    refused(tracker("import", bad), said)


@pytest.mark.parametrize("held", [900, 2_000])
def test_a_broken_workbook_is_refused(tracker: Run, tmp_path: Path, held: int) -> None:
    path = workbook(tmp_path / "weeks.xlsx", VERDICTS)
    path.write_bytes(path.read_bytes()[:held])

    refused(tracker("import", path), "it is not a workbook. It should be an XLSX workbook")


# --- many lines about one thing ------------------------------------------------------------------

ALIKE = {
    "counters of one deadline": (
        "deadline,effective_on,value,counted_by,basis,unit",
        "soybeans-2025,2026-01-07,8,Lot {},sold,MMT",
    ),
    "lots of one day": (
        "deadline,effective_on,value,counted_by,basis,unit,flow",
        "soybeans-2025,2026-01-07,8,USDA,sold,MMT,true",
    ),
    "moves of one deadline": (
        "deadline,effective_on,due_on,says,note",
        "soybeans-2025,2026-01-07,2026-03-31,us,Call {}",
    ),
    "identical lines": ("concession,effective_on,note", "soybeans,2026-01-07,A cargo left"),
}
FEW, MANY = 200, 2_000


@pytest.mark.parametrize("kind", ALIKE)
@pytest.mark.slow
def test_ten_times_the_lines_about_one_thing_take_some_ten_times_as_long(
    tracker: Run, book: Path, tmp_path: Path, kind: str
) -> None:
    """To import them, to import them again, and to undo that; squares would take a hundred."""
    head, line = ALIKE[kind]
    seconds = []
    for count in (FEW, MANY):
        copy = shutil.copy(book, tmp_path / f"{count}.db")
        path = tmp_path / f"{count}.csv"
        path.write_text("\n".join([head, *(line.format(number) for number in range(count))]))
        started = time.process_time()
        for command in (["import", path], ["undo"], ["import", path], ["import", path]):
            ran = tracker(*command, db=copy)
            assert (ran.code, ran.err) == (0, "")
        seconds.append(time.process_time() - started)
        assert ran.out.startswith(f"0 entries written; {count:,} were there already.")

    assert seconds[1] < 15 * seconds[0]

import errno
import os
import re
import subprocess
import sys
import termios
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from openpyxl import load_workbook
from wcwidth import wcswidth

from tests.conftest import Run
from tests.refusals import code_of

pytestmark = pytest.mark.on("sqlite")  # test_parity has every report on both

COLOUR = re.compile(r"\x1b\[\d*m")


def test_a_pipe_named_as_output_is_written_into_and_stays_a_pipe(
    tracker: Run, tmp_path: Path
) -> None:
    pipe = tmp_path / "table"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()

    ran = tracker("status", "-o", pipe)
    reader.join(timeout=60)

    assert (ran.code, ran.out) == (0, "")
    assert pipe.is_fifo()
    assert read == [tracker("status").out]


def test_an_output_file_holds_what_would_have_been_printed(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.md"

    ran = tracker("week", "2026-W01", "-f", "markdown", "-o", file)

    assert (ran.code, ran.out) == (0, "")
    assert file.read_text("utf-8") == tracker("week", "2026-W01", "-f", "markdown").out
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("command", ["status", "deadlines"])
def test_a_hyphen_as_output_is_standard_output(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert tracker(command, "-o", "-") == tracker(command)
    assert not Path("-").exists()


def test_an_output_file_keeps_its_mode(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.md"
    file.touch(0o640)

    tracker("week", "-o", file)

    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "mistake", [["status", "soya"], ["status", "--as-of", "0"], ["status", "-f", "jsn"]]
)
def test_a_mistake_leaves_the_old_file(tracker: Run, tmp_path: Path, mistake: list[str]) -> None:
    file = tmp_path / "status.txt"
    file.write_text("as it was")

    assert tracker(*mistake, "-o", file).code != 0
    assert file.read_text() == "as it was"


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "status.txt"
    file.write_text("as it was")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ran = tracker("status", "-o", file)

    complaint = f"Cannot write '{file}': no space left on device; it is unchanged."
    assert ran.code == code_of("no room")
    assert ran.err == f"tracker: {complaint} Make room there and try again\n"
    assert file.read_text() == "as it was"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


# --- the terminal -------------------------------------------------------------------------------


def on_terminal(book: Path, *arguments: str, columns: int, **env: str) -> str:
    """Return what the program prints on a terminal of this width."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (40, columns))
    surroundings = os.environ | {"TRACKER_DB": str(book), "TERM": "xterm", "PAGER": "cat"} | env
    command = [sys.executable, "-m", "tracker", *arguments]
    with subprocess.Popen(command, env=surroundings, stdout=theirs, stdin=theirs) as running:
        os.close(theirs)
        printed = b"".join(iter(lambda: read(ours), b""))
    os.close(ours)
    assert running.returncode == 0
    return printed.decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 160])
def test_text_is_wrapped_to_the_terminals_width(told: Path, columns: int) -> None:
    text = on_terminal(told, "history", columns=columns, NO_COLOR="1")

    widths = [wcswidth(line) for line in text.splitlines()]
    assert columns - 25 < max(widths) <= columns
    assert "\x1b" not in text


@pytest.mark.slow
def test_what_is_longer_than_the_terminal_goes_through_the_pager(told: Path) -> None:
    pager = {"PAGER": "sed 's/^/paged: /'"}

    history = on_terminal(told, "history", columns=80, **pager)
    status = on_terminal(told, "status", columns=80, **pager)

    assert all(line.startswith("paged: ") for line in history.splitlines())
    assert "paged" not in status


@pytest.mark.slow
@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager"])
def test_without_a_pager_that_runs_everything_is_printed(
    tracker: Run, told: Path, pager: str
) -> None:
    on_screen = on_terminal(told, "history", columns=100, PAGER=pager, NO_COLOR="1")

    assert on_screen == tracker("history", db=told).out


@pytest.mark.slow
def test_text_is_coloured_on_a_terminal_only(tracker: Run, told: Path) -> None:
    tracker("log", "tiktok", "stalled", db=told)

    on_screen = on_terminal(told, "history", "--all", columns=100)
    status = on_terminal(told, "status", columns=100)
    in_pipe = tracker("history", "--all", db=told).out

    assert "\x1b[9m" in on_screen
    assert "\x1b[33mstalled\x1b[0m" in status
    assert "\x1b" not in in_pipe
    assert COLOUR.sub("", on_screen) == in_pipe


@pytest.mark.slow
def test_a_width_goes_before_columns_and_the_terminal(told: Path, program: Run) -> None:
    on_screen = on_terminal(told, "history", "--width", "70", columns=160, NO_COLOR="1")
    in_pipe = program("history", "--width", 70, db=told, env={"COLUMNS": "150"}).out

    assert on_screen == in_pipe
    assert 60 < max(map(wcswidth, in_pipe.splitlines())) <= 70


@pytest.mark.parametrize("columns", ["1", "2", "19"])
def test_a_terminal_too_narrow_for_a_table_gets_the_narrowest_one(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    ran = tracker("status")

    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 40


def test_colour_is_kept_in_a_pipe_where_it_is_forced(
    tracker: Run, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tracker("history", "--all", db=told).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = tracker("history", "--all", db=told).out

    assert "\x1b[9m" in coloured
    assert COLOUR.sub("", coloured) == plain
    assert "\x1b" not in tracker("status", "-f", "json").out


@pytest.mark.slow
@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_there_is_no_colour_where_it_is_not_wanted(told: Path, env: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(told, "history", "--all", columns=100, **env)


@pytest.mark.slow
def test_data_is_the_same_on_a_terminal_and_in_a_pipe(tracker: Run, told: Path) -> None:
    for name in ("json", "markdown"):
        command = ("week", "2026-W02", "-f", name)
        assert on_terminal(told, *command, columns=40) == tracker(*command, db=told).out


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[("t.csv", "csv"), ("t.tsv", "tsv"), ("t.MD", "markdown"), ("t.json", "json")],
        *[("t.html", "html"), ("t.htm", "html"), ("t.txt", "text"), ("2026.W02/t", "text")],
    ],
)
def test_a_file_s_name_asks_for_its_format(
    tracker: Run, tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "2026.W02").mkdir()
    ran = tracker("gains", "-o", tmp_path / name)

    assert ran == (0, "", "")
    assert (tmp_path / name).read_text("utf-8") == tracker("gains", "-f", kind).out


@pytest.mark.parametrize("name", ["t.csv", "t.ics"])
@pytest.mark.parametrize("kind", ["json", "text"])
def test_a_format_that_is_named_goes_before_a_file_s_name(
    tracker: Run, tmp_path: Path, name: str, kind: str
) -> None:
    tracker("gains", "-f", kind, "-o", tmp_path / name)

    assert (tmp_path / name).read_text("utf-8") == tracker("gains", "-f", kind).out


@pytest.mark.parametrize("how", [("-o", "week.ics"), ("-f", "ics")])
def test_only_deadlines_have_a_calendar(tracker: Run, tmp_path: Path, how: tuple[str, str]) -> None:
    ran = tracker("week", *how, db=tmp_path / "none.db")

    assert (ran.code, ran.out) == (code_of("no calendar"), "")
    assert ran.err == "tracker: 'week' has no calendar. Write 'tracker deadlines -f ics'\n"


@pytest.mark.parametrize("command", ["week", "check"])
def test_an_ending_without_a_format_is_refused_before_a_book_is_made(
    tracker: Run, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "deadlines.ical"

    ran = tracker(command, "-o", file, db=tmp_path / "none.db")

    assert (ran.code, ran.out) == (code_of("unknown suffix"), "")
    assert ran.err == (
        f"tracker: Cannot write '{file}': '.ical' is not a known format."
        " End the name in .txt, .md,"
        " .csv, .tsv, .json, .html, .htm, .xlsx or .ics, or choose a format with -f."
        " Word opens .html; a browser prints it as PDF\n"
    )
    assert [*tmp_path.glob("*.ics")] == [*tmp_path.glob("none.db")] == []


def test_a_check_without_findings_still_writes_its_table(tracker: Run, tmp_path: Path) -> None:
    tracker("checked", "soybeans")
    findings = tracker("check", "-f", "csv")
    ran = tracker("check", "-o", tmp_path / "findings.csv")

    assert ran.code == findings.code
    assert (tmp_path / "findings.csv").read_text("utf-8") == findings.out


@pytest.mark.parametrize(
    ("form", "written"), [("csv", "finding,"), ("tsv", "finding\t"), ("json", "{"), ("text", "")]
)
def test_a_check_without_findings_prints_data_and_no_text(
    tracker: Run, form: str, written: str
) -> None:
    ran = tracker("check", "--status", "missed", "-f", form)

    assert ran.code == 0
    assert ran.out.startswith(written)
    assert bool(ran.out) is bool(written)


def test_a_check_without_findings_replaces_those_of_yesterday(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "findings.txt"
    file.write_text("Findings: soybeans")

    ran = tracker("check", "--status", "missed", "-o", file)

    assert ran == (0, "", "")
    assert "Findings: none" in file.read_text("utf-8")


@pytest.mark.parametrize(
    "command", [["status", "-f", "text", "-o"], ["export"], ["deadlines", "-f", "ics", "-o"]]
)
@pytest.mark.parametrize(
    "name", ["truce.db", "link.txt", "hard.txt", "truce.db-journal", "other.db"]
)
def test_no_output_replaces_a_book(
    tracker: Run, book: Path, tmp_path: Path, command: list[str], name: str
) -> None:
    (tmp_path / "link.txt").symlink_to(book)
    (tmp_path / "hard.txt").hardlink_to(book)
    (tmp_path / "other.db").write_bytes(book.read_bytes())
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    ran = tracker(*command, tmp_path / name)

    assert ran.code == 4
    assert re.search(r"it (is a database|belongs to a book)\. Name another path", ran.err)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


# --- workbooks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["-o", "t.XLSX"], ["-f", "xlsx", "-o", "t"]])
def test_a_workbook_is_a_file_with_a_sheet_for_each_block_of_the_page(
    tracker: Run, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = tracker("week", "2026-W01", *words, db=told)

    assert ran == (0, "", "")
    about, *sheets = load_workbook(BytesIO(Path(words[-1]).read_bytes())).worksheets
    page = tracker("week", "2026-W01", db=told).out
    titles = [sheet.title for sheet in sheets]
    assert titles == [line for line in page.splitlines() if line in titles]
    assert about["A1"].value == page.splitlines()[0]


@pytest.mark.parametrize("command", ["week", "check"])
def test_a_workbook_is_not_printed(tracker: Run, tmp_path: Path, command: str) -> None:
    ran = tracker(command, "-f", "xlsx", db=tmp_path / "none.db")

    assert (ran.code, ran.out) == (code_of("needs file"), "")
    assert ran.err == (
        "tracker: 'xlsx' is not text and cannot be written to a terminal or a pipe."
        " Name the file with -o, such as -o report.xlsx\n"
    )


@pytest.mark.parametrize(("kind", "library"), [("xlsx", "xlsxwriter"), ("mail", "css_inline")])
def test_without_its_part_a_format_says_what_to_install(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    ran = tracker("week", "-f", kind, "-o", tmp_path / "week")

    assert (ran.code, ran.out) == (code_of("extra missing"), "")
    assert ran.err == (
        f"tracker: '-f {kind}' needs a part that is not installed."
        f" Install it: pip install 'truce-tracker[{kind}]'"
        f" (in a checkout: '.[{kind}]', or 'uv run --extra {kind}')\n"
    )
    assert not (tmp_path / "week").exists()


INVISIBLE = (
    "soft\u00adhyphen, tag\U000e0041\U000e007f, old\u206a\u206fmarks,"
    " fillers\u3164\u115f\u1160\uffa0, joined\u034f\u17b4, beam\U0001d173, none\ufffe\ufdd0"
)


@pytest.mark.usefixtures("undrawn")
def test_invisible_marks_are_shown_in_every_output(tracker: Run, tmp_path: Path) -> None:
    """In JSON they are escaped; an export is exact, for programs."""
    assert tracker("log", "soybeans", "partial", "-m", INVISIBLE).code == 0
    label = ("--label", INVISIBLE, "--kind", "expiry", "--due", "2026-02-01")
    target = ("--concession", "soybeans", "--source", "article")
    assert tracker("add", "deadline", "marked", *target, *label).code == 0
    outputs = [
        tracker(*report, "-f", form).out
        for report in (("week",), ("history",), ("show", "soybeans"), ("deadlines",))
        for form in ("text", "markdown", "grid", "html", "mail", "json")
    ]
    outputs += [tracker(report, "-f", "csv").out for report in ("history", "deadlines")]
    outputs += [tracker("deadlines", "-f", "ics").out, tracker("show", INVISIBLE).err]
    assert tracker("publish", tmp_path / "site").code == 0
    outputs += [path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.*ml")]

    marks = set(INVISIBLE) - set(INVISIBLE.encode("ascii", "ignore").decode())
    assert [output for output in outputs if marks & set(output)] == []
    assert len([output for output in outputs if "hyphen" in output]) > 25

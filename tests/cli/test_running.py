import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import code_of
from tracker import __version__


@pytest.mark.slow
@pytest.mark.parametrize("command", [["status"], ["history", "-f", "json"], ["--help"]])
def test_a_reader_that_leaves_early_is_no_failure(book: Path, command: list[str]) -> None:
    program = [sys.executable, "-m", "tracker", "--db", str(book), *command]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        complaint = running.stderr.read()

    assert (running.returncode, complaint) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("command", [["history", "-f", "json"], ["export"], ["--version"]])
def test_an_output_that_takes_nothing_is_told_in_a_line(
    book: Path, tracker: Run, command: list[str]
) -> None:
    program = [sys.executable, "-m", "tracker", "--db", str(book), *command]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    complaint = "Cannot write to standard output: no space left on device. Send it elsewhere"
    assert (ran.returncode, ran.stderr) == (code_of("output lost"), f"tracker: {complaint}\n")
    assert tracker("db", "check").code == 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize(
    ("command", "done"),
    [
        ("log soybeans partial", "#25 was recorded"),
        ("log soybeans tiktok partial -f json", "#25 to #26 were recorded"),
        ("import {folder}/updates.csv", "#25 was recorded"),
        ("apply us-japan --dry-run", ""),
        ("--db {folder}/new.db init --empty", "Made a book at {folder}/new.db: empty"),
        ("db backup {folder}/copy.db", "{folder}/truce.db: copied to {folder}/copy.db"),
    ],
)
def test_a_receipt_that_is_lost_says_what_was_done(
    book: Path, tmp_path: Path, command: str, done: str
) -> None:
    (tmp_path / "updates.csv").write_text(
        "concession,effective_on,stage\nsoybeans,2026-01-07,met\n"
    )
    program = [sys.executable, "-m", "tracker", *command.format(folder=tmp_path).split()]
    surrounding = os.environ | {"TRACKER_DB": str(book)}
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            program, env=surrounding, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    lost = (
        f"{done.format(folder=tmp_path)}, but the receipt could not be written to standard output"
    )
    expected = f"tracker: {lost}: no space left on device. Do not repeat the command\n"
    assert ran.returncode == code_of("receipt lost")
    assert ran.stderr == expected if done else "Cannot write to standard output" in ran.stderr


def test_a_receipt_that_nobody_reads_is_no_failure(book: Path) -> None:
    command = [sys.executable, "-m", "tracker", "--db", str(book), "log", "soybeans", "partial"]
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_an_interruption_ends_with_130_and_keeps_nothing(
    tracker: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> range:
        raise KeyboardInterrupt

    before = book.read_bytes()
    monkeypatch.setattr("tracker.journal.admission.Admission.record", interrupted)

    ran = tracker("log", "soybeans", "met")

    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err
    assert book.read_bytes() == before


def test_an_interruption_after_the_commit_sends_to_the_history(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is too late to take anything back, and the receipt is lost."""

    def interrupted(*_: object) -> range:
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.cli.build.write", interrupted)

    ran = tracker("note", "soybeans", "A cargo left")

    assert (ran.code, ran.out) == (130, "")
    assert ran.err == (
        "tracker: Interrupted while saving. Look with 'tracker history' before you repeat it.\n"
    )
    monkeypatch.undo()
    assert "A cargo left" in tracker("history").out


def test_an_interruption_while_words_are_read_ends_alike(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.cli.help.extra", interrupted)

    said = "tracker: Interrupted; nothing was recorded.\n"
    assert tracker("undo", "now") == (130, "", said)


def test_a_bug_is_told_in_one_line_and_shown_only_when_asked(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> range:
        raise LookupError("no such shelf")

    monkeypatch.setattr("tracker.journal.corrections.undo", broken)

    ran = tracker("undo")

    complaint = "A bug: LookupError: no such shelf. Please report it; TRACKER_DEBUG=1 shows where."
    assert (ran.code, ran.err) == (70, f"tracker: {complaint}\n")
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    with pytest.raises(LookupError):
        tracker("undo")


def test_a_complaint_obeys_no_escape_sequence(tracker: Run) -> None:
    ran = tracker("show", "soy\x1b[2J\u202ebeans")

    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


MEGA = "soybeans" * 12_500


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "arguments",
    [
        [MEGA],
        [f"--{MEGA}"],
        ["--db", MEGA, "week"],
        ["week", MEGA],
        ["week", "--as-of", MEGA],
        ["week", "--agreement", MEGA],
        ["week", "-f", MEGA],
        ["week", "-o", f"{MEGA}.txt"],
        ["status", "--giver", MEGA],
        ["status", "--columns", MEGA],
        ["status", "--limit", MEGA],
        ["show", MEGA],
        ["log", "soybeans", MEGA],
        ["log", MEGA, "met"],
        ["measure", "truce-year", MEGA],
        ["add", "party", MEGA, "--name", "Japan", "--short", "Japan"],
        ["checked", *[MEGA] * 3],
        ["db", "check", "--against", MEGA],
        ["import", MEGA],
        ["apply", MEGA],
    ],
    ids=lambda arguments: " ".join(one[:12] for one in arguments),
)
def test_a_complaint_quotes_a_long_argument_in_part(tracker: Run, arguments: list[str]) -> None:
    ran = tracker(*arguments)

    assert ran.code in range(2, 8)
    assert len(ran.err.splitlines()) == 1
    assert len(ran.err) < 3000


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["week", "--help"], ["db", "--help"]])
def test_help_opens_no_book(tracker: Run, tmp_path: Path, arguments: list[str]) -> None:
    ran = tracker(*arguments, db=tmp_path / "none.db")

    assert (ran.code, ran.err) == (0, "")
    assert "Usage: tracker" in ran.out


def test_the_version_is_told(tracker: Run) -> None:
    assert tracker("--version").out == f"truce-tracker {__version__}\n"


INTERRUPTING = """\
import os, signal, sys

class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.{handler})
sys.meta_path.insert(0, Interrupting())
from tracker.cli import main
sys.argv = ["tracker", "--db", {book!r}, "status"]
main()
"""
"""The program, which gets a Ctrl-C as it begins to load a module."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")
@pytest.mark.parametrize(
    ("module", "handler", "code", "complaint"),
    [
        ("typer", "default_int_handler", -signal.SIGINT, ""),
        ("tracker.cli.build", "default_int_handler", -signal.SIGINT, ""),
        ("tracker.reports", "default_int_handler", 130,
         "tracker: Interrupted; nothing was recorded.\n"),
        ("typer", "SIG_IGN", 0, ""),
        ("tracker.reports", "SIG_IGN", 0, ""),
    ],
)  # fmt: skip
def test_an_early_interruption_prints_no_traceback(
    book: Path, module: str, handler: str, code: int, complaint: str
) -> None:
    """A shell's background jobs ignore it."""
    program = INTERRUPTING.format(module=module, handler=handler, book=str(book))
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (code, complaint)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell there")
@pytest.mark.parametrize(
    ("command", "closed", "code"),
    [
        ("status", ">&-", code_of("output lost")),
        ("log soybeans partial", ">&-", code_of("output lost")),
        ("export", ">&- 2>&-", code_of("output lost")),
        ("log soybeans partial", "2>&-", 0),
        ("log soybeans partial", "<&-", 0),
        ("note soybeans -", "<&-", 5),
    ],
)
def test_closed_streams_end_in_a_line_and_leave_the_book_whole(
    book: Path, tracker: Run, command: str, closed: str, code: int
) -> None:
    program = f'"{sys.executable}" -m tracker --db "{book}" {command} {closed}'
    ran = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)

    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    if closed == ">&-":
        assert " to standard output: bad file descriptor. " in ran.stderr
    assert tracker("db", "check").code == 0

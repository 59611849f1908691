import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker import __version__
from tracker.errors import OutputLost


@pytest.mark.parametrize("command", [["status"], ["history", "-f", "json"]])
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize(
    "command", [["log", "soybeans", "partial"], ["status"], ["history", "-f", "json"], ["export"]]
)
def test_an_output_that_takes_nothing_is_told_in_a_line(
    book: Path, tracker: Run, command: list[str]
) -> None:
    program = [sys.executable, "-m", "tracker", "--db", str(book), *command]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    complaint = "Cannot write to standard output: no space left on device. Send it elsewhere;"
    assert ran.returncode == OutputLost.exit_code
    assert ran.stderr == f"tracker: {complaint} 'tracker history' shows what is recorded\n"
    assert tracker("db", "check").code == 0


def test_an_interruption_ends_with_130_and_keeps_nothing(
    tracker: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> range:
        raise KeyboardInterrupt

    before = book.read_bytes()
    monkeypatch.setattr("tracker.journal.log", interrupted)

    ran = tracker("log", "soybeans", "met")

    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err
    assert book.read_bytes() == before


def test_a_bug_is_told_in_one_line_and_shown_only_when_asked(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> range:
        raise LookupError("no such shelf")

    monkeypatch.setattr("tracker.journal.undo", broken)

    ran = tracker("undo")

    complaint = "A bug: LookupError: no such shelf. Please report it; TRACKER_DEBUG=1 shows where."
    assert (ran.code, ran.err) == (1, f"tracker: {complaint}\n")
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    with pytest.raises(LookupError):
        tracker("undo")


def test_a_complaint_obeys_no_escape_sequence(tracker: Run) -> None:
    ran = tracker("show", "soy\x1b[2J\u202ebeans")

    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["week", "--help"], ["db", "--help"]])
def test_help_opens_no_book(tracker: Run, tmp_path: Path, arguments: list[str]) -> None:
    ran = tracker(*arguments, db=tmp_path / "none.db")

    assert (ran.code, ran.err) == (0, "")
    assert "Usage: tracker" in ran.out


def test_the_version_is_told(tracker: Run) -> None:
    assert tracker("--version").out == f"truce-tracker {__version__}\n"

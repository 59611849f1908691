"""Any command line gives a documented exit code and one clear line, and the book stays sound."""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.faults.fuzz import Fuzz
from tracker.cli import run

FINDING = re.compile(r"\b(check|verify)\b")
"""Commands whose findings end with exit code 1."""
LISTED = re.compile(r"tracker: [^\n]* these places:\n(  [^\n]*\n)+")
"""A file's mistakes: the one refusal of several lines."""
USAGE = re.compile(r"(?s)Usage: tracker .*\n")
"""The output of a group of commands when none is named."""
LINES, SHARDS = 1_000, 40


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder deep inside the test's own, in memory where there is some, to run in."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tmp_path
    room = Path(tempfile.mkdtemp(dir=memory))
    here = room / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(room))
    monkeypatch.setenv("TRACKER_DB", str(here / "book.db"))
    yield here
    shutil.rmtree(room)


def encoded(arguments: list[str]) -> list[bytes]:
    """Return a command line as the system hands it on; half a surrogate is three bytes there."""
    return [word.encode("utf-8", "surrogatepass") for word in arguments]


def in_process(arguments: list[str], stdin: Path) -> Ran:
    """Run a command line as `main` does, on streams like a pipe's."""
    arguments = [os.fsdecode(word) for word in encoded(arguments)]
    kept = sys.stdin, sys.stdout, sys.stderr
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    sys.stdout, sys.stderr = streams
    try:
        with stdin.open(encoding="utf-8") as sys.stdin:
            code = run(arguments)
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams)  # type: ignore[attr-defined]
    return Ran(code, out, err)


def as_process(arguments: list[str], stdin: Path) -> Ran:
    """Run a command line in a process of its own."""
    command = [*encoded([sys.executable, "-m", "tracker"]), *encoded(arguments)]
    with stdin.open("rb") as file:
        ran = subprocess.run(command, stdin=file, capture_output=True, check=False)
    return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))


def fault(arguments: list[str], ran: Ran) -> str | None:
    """Return what is wrong with how a line ended."""
    if ran.code not in range(8):
        return f"exit code {ran.code}"
    if "Traceback" in ran.err or "A bug:" in ran.err:
        return "a bug"
    if ran.code == 1 and not FINDING.search(" ".join(arguments)):
        return "findings of a command that looks for none"
    if ran.code > 1 and not one_line(ran.err):
        return "an error that is no line"
    if ran.code > 1 and re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", ran.err):
        return "an error that is obeyed"
    return None


def one_line(err: str) -> bool:
    return bool(
        re.fullmatch(r"tracker: [^\n]+\n", err) or LISTED.fullmatch(err) or USAGE.fullmatch(err)
    )


def begin(fuzz: Fuzz, place: Path, book: Path) -> None:
    """Write a new book and the files about it."""
    for path in place.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copy(book, place / "book.db")
    fuzz.lay(place)


def hold(
    fuzz: Fuzz, lines: int, place: Path, book: Path, call: Callable[[list[str], Path], Ran]
) -> None:
    """Run lines on new books, a thousand on each, and look at each book at its end."""
    found: list[str] = []
    for start in range(0, lines, LINES):
        begin(fuzz, place, book)
        for arguments in fuzz.lines(min(LINES, lines - start)):
            ran = call(arguments, place / "updates.csv")
            if what := fault(arguments, ran):
                shown = [word if len(word) < 200 else f"{word[:200]}…" for word in arguments]
                found.append(f"{what}: {shown}: {ran.code} {ran.err[:600]}")
        check = call(["db", "check"], place / "updates.csv")
        assert check.code == 0, check
    assert not found, f"{len(found)} faults\n" + "\n".join(found[:40])


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("lines", [100, pytest.param(400, marks=pytest.mark.slow)])
def test_some_hundred_lines_end_as_documented(
    place: Path, busan_template: Path, lines: int
) -> None:
    hold(Fuzz(2026, busan_template), lines, place, busan_template, in_process)


@pytest.mark.endurance
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_hundred_thousand_lines_end_as_documented(
    place: Path, busan_template: Path, shard: int
) -> None:
    lines = 100_000 // SHARDS
    hold(Fuzz(shard, busan_template), lines, place, busan_template, in_process)


@pytest.mark.endurance
def test_lines_in_processes_of_their_own_end_as_documented(
    place: Path, busan_template: Path
) -> None:
    hold(Fuzz(-500, busan_template), 500, place, busan_template, as_process)

"""Several processes on one book, as on a shared machine."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import Run, book_at
from tracker.journal.chain import verify

TEN_ENTRIES = """
import sys
from tracker.cli import run
for number in range(10):
    code = run(["--db", sys.argv[1], "--author", sys.argv[2], "note", "tiktok", f"Call {number}"])
    if code:
        sys.exit(code)
"""


def start(*arguments: str, data: Path | None = None) -> "subprocess.Popen[str]":
    env = os.environ | ({"XDG_DATA_HOME": str(data)} if data else {})
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_four_processes_at_once_write_one_unbroken_chain(book: Path) -> None:
    authors = ["Beijing desk", "Washington desk", "Geneva desk", "Busan desk"]
    writers = [start("-c", TEN_ENTRIES, str(book), author) for author in authors]

    complaints = [writer.communicate(timeout=120)[1] for writer in writers]

    batches = "SELECT author, COUNT(*) FROM batch WHERE id > 1 GROUP BY author"
    with book_at(book) as opened:
        found, counts = verify(opened), dict(opened.text(batches))
    assert complaints == [""] * 4
    assert (found.entries, found.broken) == (64, None)
    assert counts == dict.fromkeys(authors, 10)


def test_two_processes_at_the_very_first_use_share_one_new_book(
    tmp_path: Path, program: Run
) -> None:
    data = tmp_path / "fresh"
    both = [start("-m", "tracker", "status", "-f", "csv", data=data) for _ in range(2)]

    told = [process.communicate(timeout=120) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert told[0][0] == told[1][0]
    assert any("made a new book" in complaint for _, complaint in told)
    folder = data / "truce-tracker"
    assert [path.name for path in folder.iterdir()] == ["tracker.db"]
    assert program("db", "check", db=folder / "tracker.db").code == 0

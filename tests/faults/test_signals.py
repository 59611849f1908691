"""Commands that get a signal to end: their drafts are gone, and nothing is half-written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.database.later import REVISION, copied
from tracker.cli import INTERRUPTED

pytestmark = pytest.mark.on("sqlite")

# The draft is held open at the moment at which it would get its name: the signal always meets it.
VICTIM = """
import sys, time
from pathlib import Path

from tracker import cli

kind, *words = sys.argv[1:]

def waiting(*_):
    print("waiting", flush=True)
    for _ in range(600):  # a signal just before a sleep does not end it
        time.sleep(0.1)

if kind == "flushing":
    flush, cli._flush = cli._flush, lambda: (
        setattr(cli, "_flush", flush), waiting())
elif kind in ("creating", "upgrading"):
    from tracker.database import sqlite
    sqlite._publish = waiting
elif kind == "swapping":
    from tracker.publish import charts
    charts.drawn = lambda _: b""
    rename = Path.rename
    def renamed(path, to):
        if path.suffix == ".new":
            waiting()
        return rename(path, to)
    Path.rename = renamed
else:
    Path.replace = waiting
if kind == "upgrading":
    from tests.database.later import bring
    bring(Path(words.pop()))
sys.argv = ["tracker", *words]
cli.main()
"""
COMMANDS = {
    "export": ("writing", "export", "{folder}/out.jsonl"),
    "week -o": ("writing", "week", "-o", "{folder}/out.txt"),
    "db backup": ("creating", "db", "backup", "{folder}/out.db"),
    "db upgrade": ("upgrading", "db", "upgrade", "{folder}/migrations"),
    "init": ("creating", "init", "article"),
    "publish": ("swapping", "publish", "{folder}/site"),
}


def stopped(words: list[str], number: signal.Signals) -> "subprocess.CompletedProcess[str]":
    """Run a victim, send it a signal while it holds a draft, and return how it ended."""
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=0,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said == "waiting\n", (said, process.stderr and process.stderr.read())
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("week -o", signal.SIGTERM),
        ("export", signal.SIGHUP),
        *(
            pytest.param(name, signal.SIGTERM, marks=pytest.mark.slow)
            for name in COMMANDS
            if name != "week -o"
        ),
    ],
)
def test_a_command_that_is_told_to_end_leaves_no_draft(
    book: Path, tracker: Run, tmp_path: Path, name: str, number: signal.Signals
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    copied(folder / "migrations").write_text(REVISION, "utf-8")
    kind, *words = (word.format(folder=folder) for word in COMMANDS[name])
    used = folder / "new.db" if name == "init" else book
    if name == "publish":
        assert tracker("publish", folder / "site", "--as-of", "2026-01-01").code == 0
    before = contents(tmp_path)

    ended = stopped([kind, "--db", str(used), *words], number)

    assert (ended.returncode, ended.stdout) == (INTERRUPTED, "")
    assert ended.stderr == "tracker: Interrupted; nothing was recorded.\n"
    assert contents(tmp_path) == before
    assert tracker("db", "check").code == 0


def test_a_command_that_is_told_to_end_when_it_has_ended_says_so_all_the_same(
    book: Path, tmp_path: Path
) -> None:
    words = ["flushing", "--db", str(book), "export", str(tmp_path / "out.jsonl")]

    ended = stopped(words, signal.SIGTERM)

    assert ended.returncode == INTERRUPTED
    assert ended.stderr == "tracker: Interrupted; nothing was recorded.\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Return everything in a folder, except Python's caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_a_command_that_nohup_runs_outlives_its_terminal(book: Path, tmp_path: Path) -> None:
    words = ["writing", "--db", str(book), "export", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, *words],
        stdout=subprocess.PIPE,
        bufsize=0,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        os.kill(process.pid, signal.SIGHUP)
        time.sleep(0.2)
        assert process.poll() is None
        process.kill()

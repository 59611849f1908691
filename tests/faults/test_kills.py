"""Processes killed at any moment: what was acknowledged is there, and nothing is half-written."""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.conftest import Run
from tracker.database import Target, open_book

# Many commands in one process: with one each, most would be killed while they still load.
VICTIM = """
import io, sys
from contextlib import redirect_stdout
from tracker.cli import run
address, kind, mark, folder = sys.argv[1:]
with redirect_stdout(io.TextIOWrapper(io.BytesIO())):
    run(["--db", address, "import", "--dry-run", f"{folder}/warm.csv"])
    run(["--db", address, "status"])
print("ready", flush=True)
for number in range(1000):
    if kind == "log":
        words = ["log", "soybeans", "partial", "-m", f"{mark} {number}"]
    else:
        words = ["import", f"{folder}/{number % 12}.csv"]
    print("begin", number, flush=True)
    if code := run(["--db", address, *words]):
        sys.exit(code)
"""
ROWS = 200
"""The rows of each file that is imported."""
DELAY = {"sqlite": {"log": 0.2, "import": 0.6}, "postgresql": {"log": 0.5, "import": 1.2}}
"""The longest that a victim lives, in seconds from its first command on."""


class Round:
    """One victim: how it is started and killed, and its input."""

    def __init__(self, target: Target, kind: str, mark: str, folder: Path) -> None:
        self.target, self.kind, self.mark = target, kind, mark
        words = [sys.executable, "-c", VICTIM, target.address, kind, mark, str(folder)]
        # Unbuffered: what is read ahead of a line would be lost to `communicate`.
        self._process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def kill(self, random: Random) -> str:
        """Kill the victim at a moment, half of the time in the middle of a write."""
        longest = DELAY[self.target.dialect][self.kind]
        if self.target.dialect == "sqlite" and random.random() < 0.5:
            time.sleep(random.random() * longest / 2)
            journal = Path(f"{self.target.address}-journal")
            until = time.monotonic() + 2
            while not journal.exists() and time.monotonic() < until:
                pass
            time.sleep(random.random() * 0.002)
        else:
            time.sleep(random.random() * longest)
        self._process.kill()
        said, complaints = self._process.communicate(timeout=60)
        assert complaints == b""
        return said.decode()


def updates(folder: Path, mark: str) -> None:
    """Write files for a victim to import."""
    head = "concession,effective_on,kind,note\n"
    for number in range(12):
        lines = [f"soybeans,2026-01-05,note,{mark}/{number} {row}\n" for row in range(ROWS)]
        (folder / f"{number}.csv").write_text(head + "".join(lines))


def require_logged(target: Target, mark: str, said: str) -> int:
    """Compare a book with the receipts of `log`; return how many there were."""
    acknowledged = re.findall(r"^begin (\d+)\n#(\d+) soybeans: partly", said, re.MULTILINE)
    held = {(note, entry) for entry, note in notes(target, mark)}
    assert {(f"{mark} {number}", int(entry)) for number, entry in acknowledged} <= held
    assert len(held) <= len(acknowledged) + 1
    return len(acknowledged)


def require_imported(target: Target, mark: str, said: str) -> int:
    """Compare a book with the receipts of `import`: each file is there whole, or not at all."""
    acknowledged = re.findall(rf"^begin (\d+)\n{ROWS} entries written", said, re.MULTILINE)
    held = Counter(note.partition(" ")[0] for _, note in notes(target, mark))
    assert set(held.values()) <= {ROWS}
    assert {f"{mark}/{number}" for number in acknowledged} <= set(held)
    return len(acknowledged)


REQUIRE: dict[str, Callable[[Target, str, str], int]] = {
    "log": require_logged,
    "import": require_imported,
}


def notes(target: Target, mark: str) -> list[tuple[int, str]]:
    connection = open_book(target)
    rows = connection.text(f"SELECT id, note FROM entry WHERE note LIKE '{mark}%' ORDER BY id")
    connection.close()
    return [(entry, note) for entry, note in rows]


def rounds(count: int, kind: str, target: Target, tracker: Run, folder: Path) -> tuple[int, int]:
    """Kill a number of victims; return their receipts, and how many were interrupted in a write."""
    random = Random(f"{kind} {target.dialect}")
    receipts = broken_off = 0
    for number in range(count):
        mark = f"r{number:03}"
        if kind == "import":
            updates(folder, mark)
        said = Round(target, kind, mark, folder).kill(random)
        journal = Path(f"{target.address}-journal")
        broken_off += target.dialect == "sqlite" and journal.exists() and any(journal.read_bytes())
        after = tracker("note", "tiktok", f"after {number}")
        assert (after.code, after.err) == (0, "")
        receipts += REQUIRE[kind](target, mark, said)
        if number % 10 == 9 or number == count - 1:
            assert tracker("db", "check").out.startswith(f"{target}: sound, ")
    return receipts, broken_off


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "updates"
    made.mkdir()
    (made / "warm.csv").write_text("concession,effective_on,kind,note\ntiktok,2026-01-05,note,x\n")
    return made


@pytest.mark.parametrize("kind", ["log", "import"])
def test_a_killed_process_loses_nothing(
    kind: str, target: Target, tracker: Run, folder: Path
) -> None:
    rounds(1, kind, target, tracker, folder)


@pytest.mark.endurance
@pytest.mark.on("sqlite")
@pytest.mark.parametrize("kind", ["log", "import"])
def test_two_hundred_killed_processes_lose_nothing(
    kind: str, target: Target, tracker: Run, folder: Path
) -> None:
    receipts, broken_off = rounds(200, kind, target, tracker, folder)
    print(f"{kind}: {receipts} receipts, {broken_off} writes broken off")

    assert receipts > 100
    assert broken_off > 10


@pytest.mark.endurance
@pytest.mark.on("postgresql")
@pytest.mark.parametrize("kind", ["log", "import"])
def test_fifty_killed_clients_of_a_server_lose_nothing(
    kind: str, target: Target, tracker: Run, folder: Path
) -> None:
    receipts, _ = rounds(50, kind, target, tracker, folder)

    assert receipts > 10


@pytest.mark.endurance
@pytest.mark.on("sqlite")
def test_commands_of_one_process_each_are_killed_while_they_run(
    target: Target, tracker: Run
) -> None:
    random = Random(9)
    for number in range(60):
        words = ["log", "soybeans", "partial", "-m", f"single {number}"]
        command = [sys.executable, "-m", "tracker", "--db", target.address, *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        time.sleep(random.uniform(0.05, 0.4))
        process.kill()
        said = process.communicate()[0]
        assert tracker("checked", "tiktok").code == 0
        held = notes(target, f"single {number}")
        assert len(held) == 1 if said else len(held) <= 1
    assert tracker("db", "check").code == 0

"""Several processes at once on one book."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TODAY, Ran, Run
from tests.database import deliveries
from tests.database.later import LATER, REVISION, copied, later_program
from tracker.database import HEAD, Connection, Target, open_book

# Modules imported before the fork are loaded only once.
FORKS = """
import os, sys, traceback
from tracker.book import record
from tracker.cli import run

def work(address):
    {work}

children = []
for _ in range({count}):
    if not (child := os.fork()):
        code = 99
        try:
            code = work(sys.argv[1]) or 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    children.append(child)
print("codes", sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""

COMMANDS = """
    for number in range({count}):
        words = ["log", "soybeans", "partial", "-m", f"Cargo {{number}} of {{os.getpid()}}"]
        if code := run(["--db", address, *words]):
            return code
"""


def started(count: int, target: Target, work: str) -> "subprocess.Popen[str]":
    """Start some work in several processes at once."""
    script = FORKS.format(count=count, work=work.strip())
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", script, target.address], text=True, **pipes)


def ended(crowd: "subprocess.Popen[str]") -> tuple[str, str]:
    """Return what processes print and how they end."""
    with crowd:
        out, complaints = crowd.communicate(timeout=600)
    printed, _, codes = out.rpartition("codes ")
    return printed + complaints, codes.strip()


def at_once(count: int, target: Target, work: str) -> tuple[str, str]:
    """Do some work in several processes at once; return what they print and how they end."""
    return ended(started(count, target, work))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("processes", "commands"), [(4, 10), pytest.param(8, 250, marks=pytest.mark.endurance)]
)
def test_processes_that_log_at_once_keep_one_chain(
    target: Target, tracker: Run, processes: int, commands: int
) -> None:
    printed, codes = at_once(processes, target, COMMANDS.format(count=commands))

    receipts = re.findall(r"^#(\d+) soybeans: partly", printed, re.MULTILINE)
    connection = open_book(target)
    held = connection.text("SELECT note FROM entry WHERE note LIKE 'Cargo %'")
    connection.close()
    recorded = processes * commands
    assert codes == str([0] * processes)
    assert "tracker:" not in printed
    assert sorted(map(int, receipts)) == list(range(25, 25 + recorded))
    assert len(set(held)) == recorded
    assert f"sound, {24 + recorded} entries" in tracker("db", "check").out


UNTIL_STOPPED = """
    from itertools import count
    from pathlib import Path
    sys.stdout = open(os.devnull, "w")  # nobody reads the receipts until all have stopped
    for number in count(os.getpid()):
        if Path({stop!r}).exists():
            return 0
        stage = ("started", "partial", "stalled", "met")[number % 4]
        concession = ("soybeans", "rare-earths", "tiktok")[number % 3]
        on = ["--on", f"2026-01-0{{1 + number % 8}}"]
        for words in (
            ["log", concession, stage, "--says", ("us", "cn")[number % 2], *on],
            ["log", concession, stage, "-m", f"Cargo {{number}}", *on],
            ["measure", "soybeans-2025", str(number % 12), "--by", "USDA", *on],
            ["move", "truce-year", f"2026-11-{{1 + number % 28:02}}", *on],
            ["undo"],
        ):
            if code := run(["--db", address, "--author", f"Desk {{os.getpid()}}", *words]):
                return code
"""
REPORTS = ("week", "status", "gains", "history")


@pytest.mark.slow
def test_a_report_made_while_others_write_comes_out_again(
    target: Target, connection: Connection, tracker: Run, tmp_path: Path
) -> None:
    """With the number that it prints, whatever was written meanwhile and since."""
    deliveries.declare(connection)
    stop = tmp_path / "stop"
    made: dict[tuple[str, str], Ran] = {}
    crowd = started(4, target, UNTIL_STOPPED.format(stop=str(stop)))
    while crowd.poll() is None and len({number for _, number in made}) < 12:
        for report in REPORTS:
            printed = tracker(report, "--as-of", TODAY)
            (number,) = re.findall(r"^[0-9-]+#(\d+) · ", printed.out, re.MULTILINE)
            made[report, number] = printed
    stop.touch()
    complaints, codes = ended(crowd)

    again = {
        (report, number): tracker(report, "--as-of", TODAY, "--known-by", number)
        for report, number in made
    }

    assert (complaints, codes) == ("", "[0, 0, 0, 0]")
    assert again == made


UPGRADE = """
    from pathlib import Path
    from tests.database.later import bring
    bring(Path({folder!r}))
    return run(["--db", address, "db", "upgrade"])
"""


@pytest.mark.slow
def test_processes_that_upgrade_at_once_all_succeed(
    target: Target, tracker: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "migrations"
    copied(folder).write_text(REVISION, "utf-8")

    printed, codes = at_once(8, target, UPGRADE.format(folder=str(folder)))

    assert codes == str([0] * 8), printed
    assert printed.count(f"schema {HEAD} → {LATER}") == 1
    assert printed.count("up to date") == 7
    with later_program(folder):
        assert tracker("db", "check").code == 0
    if target.dialect == "sqlite":
        assert len(list(target.path.parent.glob("*.bak"))) == 1


@pytest.mark.slow
@pytest.mark.on("postgresql")
def test_processes_that_make_a_book_at_once_make_one(empty_database: Target, tracker: Run) -> None:
    printed, codes = at_once(3, empty_database, 'return run(["--db", address, "init", "article"])')

    assert codes == "[0, 4, 4]"
    assert printed.count("There is already a book at") == 2
    assert "sound, 24 entries" in tracker("db", "check", db=empty_database.address).out


@pytest.mark.slow
@pytest.mark.on("sqlite")
def test_two_processes_at_the_very_first_use_share_one_new_book(
    tracker: Run, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tracker", "status", "-o"]
    ours, theirs = os.openpty()
    pipes = {"stdin": theirs, "stdout": theirs, "stderr": subprocess.PIPE}
    surroundings = os.environ | {"XDG_DATA_HOME": str(tmp_path)}
    files = [tmp_path / "one.csv", tmp_path / "other.csv"]
    both = [
        subprocess.Popen([*command, str(file)], env=surroundings, text=True, **pipes)
        for file in files
    ]

    complaints = [process.communicate(timeout=120)[1] for process in both]
    os.close(theirs)
    os.close(ours)

    assert [process.returncode for process in both] == [0, 0]
    assert files[0].read_text("utf-8") == files[1].read_text("utf-8")
    assert any("made a new book" in complaint for complaint in complaints)
    (book,) = (tmp_path / "truce-tracker").iterdir()
    assert book.name == "tracker.db"
    assert tracker("db", "check", db=book).code == 0

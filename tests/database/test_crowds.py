"""Several processes at once on one book."""

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
from datetime import UTC, date, datetime
import alembic.command, sqlmodel
from tracker import schema
from tracker.cli import run
from tracker.database import Target, open_book
from tracker.dates import exactly
from tests.recording import Circumstances, log
from tracker.journal.writer import Writer
from tracker.vocabulary import Stage

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

LOG = """
    connection = open_book(Target.parse(address))
    for _ in range(10):
        with connection.writing():
            writer = Writer(connection, "analyst", date(2026, 1, 8), datetime.now(UTC))
            log(writer, "soybeans", Stage.PARTIAL, Circumstances(exactly(date(2026, 1, 8))))
    connection.close()
"""


COMMANDS = """
    for number in range(250):
        words = ["log", "soybeans", "partial", "-m", f"Cargo {number} of {os.getpid()}"]
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


def test_processes_that_log_at_once_keep_one_chain(target: Target, tracker: Run) -> None:
    assert at_once(4, target, LOG) == ("", "[0, 0, 0, 0]")
    assert "sound, 64 entries" in tracker("db", "check").out


@pytest.mark.endurance
def test_eight_processes_of_250_commands_each_keep_one_chain(target: Target, tracker: Run) -> None:
    printed, codes = at_once(8, target, COMMANDS)

    receipts = re.findall(r"^#(\d+) soybeans: partial", printed, re.MULTILINE)
    connection = open_book(target)
    held = connection.text("SELECT note FROM entry WHERE note LIKE 'Cargo %'")
    connection.close()
    assert codes == str([0] * 8)
    assert "tracker:" not in printed
    assert sorted(map(int, receipts)) == list(range(25, 2025))
    assert len(set(held)) == 2000
    assert "sound, 2024 entries" in tracker("db", "check").out


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


@pytest.mark.on("postgresql")
def test_processes_that_make_a_book_at_once_make_one(empty_database: Target, tracker: Run) -> None:
    printed, codes = at_once(3, empty_database, 'return run(["--db", address, "init", "article"])')

    assert codes == "[0, 4, 4]"
    assert printed.count("There is already a book at") == 2
    assert "sound, 24 entries" in tracker("db", "check", db=empty_database.address).out

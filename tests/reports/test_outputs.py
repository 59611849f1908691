"""What the shipped truce says, a specimen of each report; reviewed like code."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run
from tracker.database import Target
from tracker.interchange import applying, seeds
from tracker.journal.writer import Writer
from tracker.schema import creating

SEEDED_AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)

TRUCE = [
    *("week", "week --brief", "week -f markdown", "gains --since 2025-12-31", "status"),
    *("deadlines", "pace", "check --stale 60", "claims", "gains --by sector", "show cn-soy-2025"),
    *("diff 2026-02-15 2026-02-22", "history --limit 4", "sources --limit 4"),
    "status us-h20-licences -f json",
]
"""Each kind of report, and each format that a test of `tracker/tables` does not hold."""
DAY = "2026-02-22"
"""The Sunday of the week in which a court voided two concessions."""


def made(path: Path, *files: Path) -> Path:
    """Make a book of seeds by a fixed clock."""
    with creating(Target("sqlite", str(path))) as connection, connection.writing():
        writer = Writer(connection, "analyst", SEEDED_AT.date(), SEEDED_AT)
        applying.apply(writer, applying.load(files))
    return path


@pytest.fixture(scope="module")
def truce(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("outputs") / "truce.db", seeds.find("busan-truce"))


def read(tracker: Run, book: Path, day: str, command: str) -> str:
    """Return what a report prints, without what differs from book to book."""
    ran = tracker("--today", day, *command.split(), db=book)
    assert (ran.code, ran.err) in {(0, ""), (1, "")}
    return re.sub(r"head [0-9a-f]{32}|\"head\": \"[0-9a-f]+\"", "head …", ran.out)


@pytest.mark.parametrize("command", TRUCE)
def test_a_report_on_the_truce_reads_as_reviewed(
    tracker: Run, truce: Path, snapshot: SnapshotAssertion, command: str
) -> None:
    assert read(tracker, truce, DAY, command) == snapshot


@pytest.mark.parametrize("day", ["2025-11-02", DAY, "2026-08-02", "2026-11-30"])
def test_the_status_of_the_truce_has_two_lines_a_promise_in_a_small_terminal(
    tracker: Run, truce: Path, day: str
) -> None:
    lines = read(tracker, truce, day, "status --width 80").splitlines()

    assert len(lines) <= 2 * 48 + 14  # its slug, and who counted, are below a title
    assert max(map(len, lines)) <= 80

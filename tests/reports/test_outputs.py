"""What the shipped books say, whole and at days that matter; reviewed like code."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import PHASE_ONE, Run
from tracker import schema
from tracker.database import Target, creating
from tracker.interchange import applying, seeds
from tracker.journal.writer import Writer

SEEDED_AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)

TRUCE = [
    *("week", "week --brief", "week last", "week --sources", "gains --by giver"),
    *("gains --since 2025-12-31", "status", "deadlines", "deadlines --within 60", "pace"),
    *("cliff", "at-risk --within 60", "check --stale 60", "claims", "reliability"),
    "show cn-soy-2025",
]
"""Reports on the truce, as of each of the days."""
DAYS = ["2026-01-08", "2026-02-22", "2026-11-26"]
"""A disputed delivery, a ruling that voided two concessions, and after the term."""
ONCE = [
    *("show us-h20-licences", "show us-fentanyl-tariff-cut", "show tiktok-divestiture"),
    *("show busan-truce-end", "show cn-24pct-suspend", "show cn-soy-2025-delivery"),
    *("diff 2025-12-15 2026-01-07", "reliability --by instrument", "reliability --by sector"),
    *("reliability --by kind", "status --giver us --stage met", "status --width 60 --giver us"),
    *("status --bucket in-doubt --sort -last_word_on", "status --columns title,stage --limit 5"),
    *("status cn-soy-2025 us-h20-licences -f json", "pace cn-soy-2025 -f json", "cliff -f json"),
    *("show tiktok-divestiture -f json", "at-risk -f json", "deadlines --within 400 -f csv"),
    *("pace -f csv", "check -f csv", "claims -f csv", "status -f tsv --limit 9", "history -f csv"),
    *("week 2026-W08 -f markdown", "week 2026-W08 -f html --brief", "gains -f grid --giver us"),
    *("week 2026-W08 -f csv --section changes", "show cn-soy-2025 -f markdown"),
    *("week 2026-W09 --as-of 2026-02-28", "week 2026-W08 --public-by 2026-02-21"),
    *("week 2026-W08", "week 2026-W46", "gains --public-by 2026-03-01", "sources -f csv"),
]
"""Reports on the truce as of today."""
TOGETHER = [
    *("week", "week 2026-W08", "week 2025-W33", "status", "gains", "deadlines", "pace", "claims"),
    *("cliff", "at-risk --within 365", "check", "reliability --by agreement", "reliability"),
    *("show us-eu-ceiling-15", "diff 2025-08-20 2025-09-30", "week 2026-W34 -f markdown"),
    *("status --agreement phase-one", "pace --agreement phase-one", "gains --agreement phase-one"),
    *("week --agreement us-eu 2025-W33", "deadlines --agreement us-japan"),
]
"""Reports on three agreements in one book."""


def made(path: Path, *files: Path) -> Path:
    """Make a book of seeds by a fixed clock."""
    with creating(Target("sqlite", str(path))) as connection:
        schema.upgrade(connection)
        with connection.writing():
            writer = Writer(connection, "analyst", SEEDED_AT.date(), SEEDED_AT)
            applying.apply(writer, applying.load(files))
    return path


@pytest.fixture(scope="module")
def truce(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("outputs") / "truce.db", seeds.find("busan-truce"))


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = (seeds.find("us-eu"), seeds.find("us-japan"), PHASE_ONE)
    return made(tmp_path_factory.mktemp("outputs") / "together.db", *files)


def read(tracker: Run, book: Path, day: str, command: str) -> str:
    """Return what a report prints, without what differs from book to book."""
    ran = tracker("--today", day, *command.split(), db=book)
    assert (ran.code, ran.err) in {(0, ""), (1, "")}
    return re.sub(r"head [0-9a-f]{12}|\"head\": \"[0-9a-f]+\"", "head …", ran.out)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("command", TRUCE)
def test_a_report_on_the_truce_reads_as_reviewed(
    tracker: Run, truce: Path, snapshot: SnapshotAssertion, command: str, day: str
) -> None:
    assert read(tracker, truce, day, command) == snapshot


@pytest.mark.parametrize("command", ONCE)
def test_any_form_of_a_report_reads_as_reviewed(
    tracker: Run, truce: Path, snapshot: SnapshotAssertion, command: str
) -> None:
    assert read(tracker, truce, "2026-11-26", command) == snapshot


@pytest.mark.parametrize("command", TOGETHER)
def test_a_report_on_several_agreements_reads_as_reviewed(
    tracker: Run, together: Path, snapshot: SnapshotAssertion, command: str
) -> None:
    assert read(tracker, together, "2026-11-26", command) == snapshot

"""Whole reports as they are read, on a book made by a fixed clock; reviewed like code."""

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run

PAGES = ["week", "show rare-earths", "history --since 2026-01-08 --all"]
"""What `test_outputs` has no specimen of: a running week, claims, and what was retracted."""
DAY, LATER = "2026-01-11", "2026-11-24"


@pytest.mark.parametrize(
    ("command", "day"),
    [*((command, DAY) for command in PAGES), ("week", LATER)],
)
def test_a_report_reads_as_reviewed(
    tracker: Run, told: Path, snapshot: SnapshotAssertion, command: str, day: str
) -> None:
    ran = tracker("--today", day, *command.split(), db=told)

    assert (ran.code, ran.err) == (0, "")
    assert re.sub(r"head [0-9a-f]{32}", "head …", ran.out) == snapshot


def test_the_footer_proves_which_book_a_report_was_made_from(tracker: Run, told: Path) -> None:
    pages = [tracker(*page.split(), db=told).out for page in PAGES]

    heads = {re.findall(r"#32 · .* head ([0-9a-f]{32})\n$", page)[0] for page in pages}

    (head,) = heads
    assert f"head {head}" in tracker("db", "check", db=told).out

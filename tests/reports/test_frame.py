"""In a book of two agreements, reports say which one each row belongs to."""

from pathlib import Path

import pytest

from tests.conftest import PHASE_ONE, Run

BUSAN_TRUCE = Path(__file__).parents[2] / "seeds" / "busan-truce.toml"
TRUCE, PHASE = "US–China trade truce", "US–China Phase One agreement"


@pytest.fixture
def two(tracker: Run) -> Run:
    """The article's book with Phase One in it."""
    assert tracker("apply", PHASE_ONE).code == 0
    return tracker


def test_the_journal_of_a_withdrawn_agreement_is_kept_behind_the_others(two: Run) -> None:
    assert two("apply", BUSAN_TRUCE).code == 0
    assert two("retract", "phase-one", "--everything", "-m", "It belongs in its own book").code == 0

    told = two("history", "--all", "-f", "markdown").out
    others = told.partition("Not part of an agreement in force")[2]

    assert "list-4a" in others
    assert PHASE not in told.partition("Not part of an agreement in force")[0]

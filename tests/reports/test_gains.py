"""How many concessions each side has in each state."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker.reports.gains import OverBecause


def test_a_filter_by_receiver_leaves_out_what_others_receive(tracker: Run, busan: Path) -> None:
    """Also of what several promise each other; nobody gets it from itself."""
    page = tracker("--today", "2026-11-26", "gains", "--receiver", "china", db=busan).out

    assert "China gets from the US" in page
    assert "United States" not in page


def test_gains_say_so_if_no_state_changed_since_a_day(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-11-26", "gains", "--since")

    same, other = (tracker(*today, day, db=busan).out for day in ("friday", "2026-11-01"))

    assert "\nNo change since 20 Nov 2026.\n" in same
    assert "No change" not in other
    assert "since 1 Nov 2026: in force" in other
    page = tracker(*today, "2026-11-01", "-f", "html", db=busan).out
    assert page.count("since 1 Nov 2026: in force") == 2


def test_gains_hold_the_counts_of_an_earlier_day_for_programs(tracker: Run, busan: Path) -> None:
    words = ("--today", "2026-11-26", "gains", "-f", "json")

    (us, china), (same, _) = (
        json.loads(tracker(*words, *since, db=busan).out)["rows"]
        for since in (("--since", "2026-11-01"), ())
    )

    assert (us["before"]["in_force"], us["in_force"]) == (6, 2)
    assert sum(us["before"].values()) == sum(us[key] for key in us["before"])
    assert (china["before"]["in_doubt"], china["in_doubt"]) == (1, 4)
    assert same == {**us, "before": None}


def test_a_week_shows_each_count_that_differs_from_the_week_before(
    tracker: Run, busan: Path
) -> None:
    page = tracker("--today", "2026-02-22", "week", db=busan).out

    assert "2 (+2)" in page


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (OverBecause(1, 0, 2), "1 kept to its end, 2 overtaken"),
        (OverBecause(2, 1, 0), "2 kept to their end, 1 ran out unkept"),
    ],
)
def test_why_concessions_are_over_is_said_in_words(over: OverBecause, words: str) -> None:
    assert str(over) == words

"""The headline and the lead of a week: a test for each rule, on books made by commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PHASE_ONE, Run

Told = Callable[..., tuple[str, list[str]]]


@pytest.fixture
def told(tracker: Run) -> Told:
    """Ask for the headline and the lead of the week of 5 January 2026, or of another one."""

    def ask(week: str = "2026-W02", *more: str, db: Path | None = None) -> tuple[str, list[str]]:
        words = ("--today", "2026-01-11", "week", week, *more, "-f", "json")
        ran = tracker(*words, db=db) if db else tracker(*words)
        assert ran.code == 0, ran.err
        found: dict[str, Any] = json.loads(ran.out)
        return found["headline"], found["lead"]

    return ask


def record(tracker: Run, *commands: str, db: Path | None = None) -> None:
    for command in commands:
        words = ("--today", "2026-01-11", *command.split(" "))
        ran = tracker(*words, db=db) if db else tracker(*words)
        assert ran.code == 0, ran.err


TERM = "The term ends in 293 days, in October 2026."


def test_a_week_without_anything_says_so_and_names_the_last_week_with_news(told: Told) -> None:
    assert told() == ("Nothing changed", ["The last week with news is 2026-W01.", TERM])


def test_one_change_is_told_by_its_title(tracker: Run, told: Told) -> None:
    record(tracker, "log soybeans partial --on 2026-01-07")

    assert told() == ("“Resume soybean purchases” went from started to partial", [TERM])


def test_changes_of_one_giver_are_counted_and_named(tracker: Run, told: Told) -> None:
    record(
        tracker, *(f"log {slug} stalled --on 2026-01-07" for slug in ("soybeans", "rare-earths"))
    )

    headline, lead = told()

    assert headline == (
        "Two concessions by China went from started to stalled; one given in return is now at risk"
    )
    assert lead == [
        "They are “Resume soybean purchases” and “Let rare earths flow again”.",
        "“Let US firms sell chips to China again” was given in return.",
        TERM,
    ]


def test_changes_of_several_givers_name_none(tracker: Run, told: Told) -> None:
    slugs = ("soybeans", "rare-earths", "chip-sales")
    record(tracker, *(f"log {slug} partial --on 2026-01-07" for slug in slugs))

    headline, lead = told()

    assert headline == "Three concessions went from started to partial"
    assert lead[0] == (
        "They are “Resume soybean purchases”, “Let rare earths flow again” and “Let US firms sell"
        " chips to China again”."
    )


def test_what_fell_back_is_told_before_what_moved_forward(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "log soybeans partial --on 2026-01-06",
        "log tiktok moot --on 2026-01-07",
        "log chip-sales met --on 2026-01-08",
    )

    headline, lead = told()

    assert headline == "One concession fell back and two moved forward"
    assert lead[0] == "“Sell the US operations of TikTok” went from negotiating to moot."


def test_a_new_count_is_the_news_where_no_stage_changed(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "measure tonnage 4 --by USDA --basis sold --on 2026-01-10",
        "measure tonnage 3 --by traders --basis sold --on 2026-01-10",
    )

    headline, lead = told()

    assert headline == "“Resume soybean purchases” is at 25–33 % of 12 MMT"
    assert lead == [TERM]


def test_a_moved_day_comes_before_a_claim_and_a_claim_before_a_note(
    tracker: Run, told: Told
) -> None:
    headlines = []
    for command in (
        "note tiktok Talks --on 2026-01-06",
        "log tiktok announced --says us --on 2026-01-07",
        "move truce-year 2026-12-31 --on 2026-01-08",
    ):
        record(tracker, command)
        headlines.append(told()[0])

    assert headlines == [
        "No concession changed; one update was recorded",
        "US says announced: “Sell the US operations of TikTok”",
        "“One year from October 2025 (derived)” was moved to 31 December",
    ]


def test_a_correction_alone_is_no_news_but_is_told(tracker: Run, told: Told) -> None:
    record(tracker, "change tiktok --title Sell --reason Shorter")

    assert told() == ("Nothing changed", ["One correction was made.", TERM])


def test_what_is_due_soon_is_the_headline_of_a_quiet_week(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Delegation --due 2026-01-20 --source article"
    record(tracker, f"add deadline visit --concession tiktok {due}")
    record(tracker, "undo", f"add deadline visit --concession tiktok {due}")

    headline, lead = told("2026-W02")

    assert headline == "Nothing changed; “Sell the US operations of TikTok” is due on 20 January"
    assert "Next due: “Sell the US operations of TikTok”, on 20 January." in lead


def test_what_was_due_in_the_week_and_has_no_outcome_is_told(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Delegation --due 2026-01-08 --source article"
    record(tracker, f"add deadline visit --concession tiktok {due}")

    _, lead = told()

    assert lead[0] == (
        "“Sell the US operations of TikTok” was due on 8 January, and nothing says how it ended."
    )


def test_terms_that_ran_out_without_a_word_are_told_as_that(tracker: Run, busan: Path) -> None:
    ran = tracker("--today", "2026-11-30", "week", "2026-W46", "-f", "json", db=busan)

    headline = json.loads(ran.out)["headline"]

    assert "ran out" in headline


def test_of_several_agreements_a_headline_says_in_how_many(tracker: Run, told: Told) -> None:
    assert tracker("apply", PHASE_ONE).code == 0
    record(
        tracker,
        "log soybeans partial --on 2026-01-06",
        "log tiktok moot --on 2026-01-07",
        "log list-4b broken --on 2026-01-08",
    )

    headline, lead = told()

    assert headline == "In two agreements, two concessions fell back and one moved forward"
    assert not any("term" in sentence for sentence in lead)


def test_new_promises_are_counted(tracker: Run) -> None:
    ran = tracker("--today", "2026-01-11", "week", "2025-W40", "-f", "json")
    assert json.loads(ran.out)["headline"] == "Four concessions were promised"

"""In a book of two agreements, reports say which one each row belongs to."""

import json
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


@pytest.mark.parametrize(
    ("report", "titles"),
    [
        ("deadlines", [TRUCE, PHASE]),
        ("history", [TRUCE, PHASE]),
        ("check", [f"Findings · {TRUCE}", f"Findings · {PHASE}"]),
        ("at-risk", [f"At risk · {PHASE}"]),
        ("diff 2020-12-01 2020-12-31", [f"Fell due or ended · {PHASE}", f"Entries · {PHASE}"]),
    ],
)
def test_rows_stand_under_their_agreement(two: Run, report: str, titles: list[str]) -> None:
    told = two("--today", "2026-01-20", *report.split()).out.splitlines()

    assert [line for line in told if line in titles] == titles


@pytest.mark.parametrize("report", ["status", "claims"])
def test_concessions_named_say_nothing_of_other_agreements(two: Run, report: str) -> None:
    told = two(report, "list-4a", "--as-of", "2020-06-01").out.splitlines()

    assert [line.split(" · ")[0] for line in told if line.startswith("US–China")] == [PHASE]
    not_yet = two(report, "list-4a", "--as-of", "2019-01-01").out
    assert "\nNo concession had been promised or mentioned by then\n" in not_yet


def test_a_target_and_an_end_name_their_agreement(two: Run) -> None:
    pace = two("--today", "2020-06-01", "pace").out
    cliff = two("--today", "2020-06-01", "cliff").out

    assert f"{PHASE} · energy-2020-us · " in pace
    assert "AGREEMENT" in cliff.splitlines()[4]


@pytest.mark.parametrize("command", ["show list-4a", "history list-4a"])
def test_what_is_about_one_thing_is_headed_by_its_agreement(two: Run, command: str) -> None:
    assert two(*command.split()).out.startswith(f"{PHASE} · ")


def test_what_is_at_risk_is_titled_in_two_words(two: Run) -> None:
    titles = (
        two("at-risk", *named).out.splitlines()[0] for named in ((), ("--agreement", "phase-one"))
    )

    assert [*titles] == ["At risk", f"{PHASE} · at risk"]


def test_an_agreement_alone_shows_what_was_given_for_a_promise_of_another(two: Run) -> None:
    words = "change chip-sales --in-return-for list-4a --reason Misread"
    for command in (words, "log list-4a moot --on 2026-01-05"):
        assert two(*command.split()).code == 0
    alone = ("--agreement", "busan-2025", "--as-of", "2026-01-08")

    rows = json.loads(two("at-risk", *alone, "-f", "json").out)["rows"]

    assert [(row["concession"], row["counterpart"]) for row in rows] == [("chip-sales", "list-4a")]
    title = "Halve the tariff on List 4A, from 15 to 7.5 %"
    gains = two("gains", *alone).out
    assert f"in return for “{title}” (void)" in " ".join(gains.split())
    week = two("week", "2026-W02", "--agreement", "busan-2025").out
    assert f"given for “{title}”, now void" in " ".join(week.split())


def test_gains_count_each_agreement_and_all_together(two: Run) -> None:
    alone = json.loads(two("gains", "--agreement", "phase-one", "-f", "json").out)["rows"]
    rows = json.loads(two("gains", "-f", "json").out)["by_agreement"]

    own = [row for row in rows if row["agreement"] == "phase-one"]
    assert own == [{"agreement": "phase-one", **row} for row in alone]
    assert len(rows) > len(own)
    head, first, *_ = two("gains", "--section", "by_agreement", "-f", "csv").out.splitlines()
    assert (head[:16], first[:14]) == ("agreement,party,", "busan-2025,us,")


def test_an_agreement_named_has_its_own_sources_only(two: Run) -> None:
    def sources(*options: str) -> dict[str, int]:
        rows = json.loads(two("sources", *options, "-f", "json").out)["rows"]
        return {row["key"]: row["entries"] for row in rows}

    truce, phase = (sources("--agreement", slug) for slug in ("busan-2025", "phase-one"))

    assert "article" in truce.keys() - phase.keys()
    assert truce | phase == sources()


def test_an_agreement_that_is_not_made_yet_has_no_days_left(two: Run) -> None:
    status = two("status", "--as-of", "2021-01-01", "--agreement", "busan-2025").out

    assert status.splitlines()[1].endswith(" · not yet agreed")


def test_a_diff_tells_what_ended_between_its_days(tracker: Run) -> None:
    found = json.loads(tracker("diff", "2026-10-01", "2026-10-31", "-f", "json").out)

    assert [row["deadline"] for row in found["fell_due"]] == ["truce-year"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--agreement", "busan-2025"), "another agreement, 'phase-one'"),
        (("--known-by", "2020-01-01"), "was not in the book at that moment"),
    ],
)
def test_what_the_book_holds_is_not_denied(two: Run, options: tuple[str, ...], why: str) -> None:
    ran = two("show", "list-4a", *options)

    assert (ran.code, why in ran.err) == (3, True)


def test_what_is_of_no_agreement_stands_behind_the_agreements(two: Run) -> None:
    renamed = ("change", "us", "--name", "The United States", "--reason", "as in the text")
    assert two(*renamed).code == 0

    lines = two("history", "-f", "markdown").out.splitlines()

    titles = [line.lstrip("# ") for line in lines if line.startswith("##")]
    assert titles[:3] == [TRUCE, PHASE, "Not part of an agreement in force"]
    assert any("party, name: The United States" in line for line in lines)


def test_the_journal_of_a_withdrawn_agreement_is_kept_behind_the_others(two: Run) -> None:
    assert two("apply", BUSAN_TRUCE).code == 0
    assert two("withdraw", "phase-one", "--reason", "It belongs in its own book").code == 0

    told = two("history", "--all", "-f", "markdown").out
    others = told.partition("Not part of an agreement in force")[2]

    assert "list-4a" in others
    assert PHASE not in told.partition("Not part of an agreement in force")[0]

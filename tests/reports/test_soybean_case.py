"""The case that the design must survive, and the rest of the truce, on the shipped seed."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker.dates import iso_moment

SOY = "cn-soy-2025-delivery"
ON_THE_SEVENTH = ("--as-of", "2026-01-07", "--public-by", "2026-01-07")


def ask(tracker: Run, busan: Path, *arguments: object) -> dict[str, Any]:
    ran = tracker(*arguments, "-f", "json", db=busan)
    assert ran.code in (0, 1), ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return document


def row(document: dict[str, Any], key: str, value: str) -> dict[str, Any]:
    (found,) = [one for one in document["rows"] if one[key] == value]
    return dict(found)


# --- 7 January 2026: one number, one date and three counts ------------------------------------


def test_the_counts_of_the_twelve_million_tonnes_stand_side_by_side(
    tracker: Run, busan: Path
) -> None:
    pace = ask(tracker, busan, "pace", "cn-soy-2025", *ON_THE_SEVENTH)

    counted = {(one["counted_by"], one["basis"]): one for one in pace["rows"]}
    assert {key: one["delivered"] for key, one in counted.items()} == {
        ("Chinese customs", "arrived"): 0,
        ("USDA", "sold"): 3.794,
        ("USDA flash sales", "sold"): 6.9,
        ("trade press", "contracted"): 8.5,
        ("trade press, high", "contracted"): 10,
    }
    assert counted["USDA", "sold"]["percent_of_target"] == 31.6
    assert counted["USDA", "sold"]["needed_per_week"] == 1.105
    assert pace["bands"] == [
        {"deadline": SOY, "low": 0, "high": 83.3, "through": "2026-01-06", "older": []}
    ]


def test_the_deadline_is_missed_against_its_first_day_and_open_against_its_last(
    tracker: Run, busan: Path
) -> None:
    found = row(ask(tracker, busan, "deadlines", *ON_THE_SEVENTH), "deadline", SOY)

    assert (found["original_due_on"], found["due_on"]) == ("2025-12-31", "2026-02-28")
    assert found["slip_days"] == 59
    assert (found["verdict_original"], found["verdict"]) == ("missed", "open")
    assert [(move["due_on"], move["says"], move["moves_it"]) for move in found["moves"]] == [
        ("2026-01", "us", False),
        ("2026-02-28", "us", True),
    ]


@pytest.mark.parametrize(
    ("day", "due_on", "said"),
    [
        ("2025-12-01", "2025-12-31", "Bessent on television: 12 MMT through January."),
        ("2025-12-05", "2026-02-28", "Bessent at a public event: the end of the season"),
        ("2025-12-10", "2026-02-28", "Greer to a Senate subcommittee: the deadline is the growing"),
    ],
)
def test_the_deadline_shows_what_us_officials_had_said_by_a_day(
    tracker: Run, busan: Path, day: str, due_on: str, said: str
) -> None:
    """Only what was public counts, and what was said before the promise moved nothing."""
    clocks = ("--as-of", day, "--public-by", day)
    found = row(ask(tracker, busan, "deadlines", *clocks), "deadline", SOY)
    history = ask(tracker, busan, "history", SOY, *clocks)["rows"]

    assert found["due_on"] == due_on
    by_the_us = [one for one in history if one["says"] == "us"]
    assert by_the_us[-1]["note"].startswith(said)


def test_nothing_says_zero_percent_where_nobody_counted(tracker: Run, busan: Path) -> None:
    for report in ("status", "week"):
        text = tracker("--today", "2026-01-07", report, db=busan).out
        assert not re.search(r"(?<![\d–.])0(\.0)? %(?! of 12)", text), report
    pace = tracker("--today", "2026-01-07", "pace", db=busan).out
    assert len(re.findall(r"(?<![\d–.])0 %", pace.split("cn-soy-2026")[0])) == 2
    assert not re.search(r"\d %", pace.split("cn-soy-2026")[1])
    status = ask(tracker, busan, "status", "cn-soy-2026", "--as-of", "2026-01-07")
    delivered = status["rows"][0]["delivered"]
    assert (delivered["target"], delivered["unit"], delivered["bound"]) == (25, "MMT", "at-least")
    counted = ("low", "high", "percent_low", "percent_high", "through", "reached_on", "late_days")
    assert {delivered[key] for key in counted} == {None}
    assert delivered["older"] == []


# --- later -------------------------------------------------------------------------------------


def test_met_by_one_sides_word_is_one_sided(tracker: Run, busan: Path) -> None:
    found = row(ask(tracker, busan, "claims", "--as-of", "2026-01-20"), "concession", "cn-soy-2025")

    says_met = {"party": "us", "stage": "met", "on": found["receivers_say"][0]["on"]}
    assert (found["givers_say"], found["receivers_say"]) == ([], [says_met])
    assert found["standing"] == "one-sided"
    assert found["verdict"] != "met"


def test_the_two_tariffs_struck_down_are_neither_gained_nor_lost(tracker: Run, busan: Path) -> None:
    struck = ("us-fentanyl-tariff-cut", "us-reciprocal-suspend")
    status = ask(tracker, busan, "status", *struck, "--as-of", "2026-02-21")
    at_risk = ask(tracker, busan, "at-risk", "--as-of", "2026-02-21")

    assert [(one["stage"], one["bucket"]) for one in status["rows"]] == [("moot", "void")] * 2
    assert {(one["concession"], one["counterpart"]) for one in at_risk["rows"]} == {
        ("cn-fentanyl-precursors", "us-fentanyl-tariff-cut"),
        ("cn-precursors-worldwide", "us-fentanyl-tariff-cut"),
        ("cn-ag-tariff-remove", "us-fentanyl-tariff-cut"),
        ("cn-24pct-suspend", "us-reciprocal-suspend"),
    }


def test_the_cliff_of_november_names_every_day_and_who_loses(tracker: Run, busan: Path) -> None:
    rows = ask(tracker, busan, "cliff", "--as-of", "2026-11-01")["rows"]

    days = list(dict.fromkeys(one["ends_on"] for one in rows))
    assert days[:4] == ["2026-11-09", "2026-11-10", "2026-11-27", "2026-12-31"]
    assert all(one["loses"] in (["us"], ["cn"], ["us", "cn"]) for one in rows)
    on_the_ninth = [one["concession"] for one in rows if one["ends_on"] == "2026-11-09"]
    assert on_the_ninth == ["us-301-exclusions", "us-affiliates-rule", "us-port-fees-suspend"]


def test_after_the_cliff_every_measure_is_expired_and_the_truce_is_not(
    tracker: Run, busan: Path
) -> None:
    week = tracker("--today", "2026-11-15", "week", "2026-W46", db=busan)
    findings = ask(tracker, busan, "--today", "2026-11-15", "check")["rows"]

    assert week.code == 0
    assert "The agreement ends in 56 days, on 10 January 2027." in " ".join(week.out.split())
    assert {one["subject"] for one in findings if one["finding"] == "expired"} == {
        "cn-ree-oct9-suspend",
        "cn-24pct-suspend",
        "cn-entity-lists",
        "cn-port-fees-suspend",
        "cn-hanwha-suspend",
        "us-301-exclusions",
        "us-affiliates-rule",
        "us-port-fees-suspend",
    }


def test_a_word_after_the_end_takes_the_finding_away(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-11-15")
    tracker(*today, "log", "us-affiliates-rule", "lapsed", "--on", "2026-11-10", db=busan)

    findings = ask(tracker, busan, *today, "check")["rows"]

    assert "us-affiliates-rule" not in {
        one["subject"] for one in findings if one["finding"] == "expired"
    }


def test_a_diff_is_what_changed_and_nothing_else(tracker: Run, busan: Path) -> None:
    rows = ask(tracker, busan, "diff", "2025-12-31", "2026-02-01")["rows"]

    changed = {one["concession"]: one for one in rows if one["change"] != "same"}
    stages = {slug: (one["from_stage"], one["to_stage"]) for slug, one in changed.items()}
    assert stages == {
        "cn-soy-2025": ("started", "partial"),
        "cn-soy-2026": ("announced", "started"),
        "tiktok-divestiture": ("started", "met"),
        "us-h200-licences": ("announced", "started"),
    }
    assert all(one["change"] == "up" for one in changed.values())
    assert all(one["entries"] for one in rows)


@pytest.mark.parametrize("day", ["2025-11-10", "2026-01-07", "2026-02-21", "2026-11-15"])
def test_gains_equal_the_distribution_of_status_rows(tracker: Run, busan: Path, day: str) -> None:
    gains = ask(tracker, busan, "--today", day, "gains")["rows"]
    status = ask(tracker, busan, "--today", day, "status")["rows"]

    counted = Counter(
        (party, one["bucket"].replace(" ", "_")) for one in status for party in one["receivers"]
    )
    for side in gains:
        party = side.pop("party")
        assert side == {bucket: counted[party, bucket] for bucket in side}


# --- restated ------------------------------------------------------------------------------------


def test_a_restated_reading_is_a_correction_and_last_weeks_table_keeps_the_old_figure(
    tracker: Run, busan: Path
) -> None:
    last_week = ("week", "2026-W02", "--known-by")
    today = ("--today", "2026-01-16")
    (usda,) = [
        one
        for one in ask(tracker, busan, *today, "history", SOY)["rows"]
        if one["counted_by"] == "USDA"
        and one["effective_on"] == "2026-01-08"
        and one["basis"] == "sold"
    ]
    known_then = iso_moment(datetime.now(UTC))
    before = tracker(*today, *last_week, known_then, db=busan).out

    amended = tracker(*today, "amend", usda["entry"], "--value", "8.06", db=busan)
    week = ask(tracker, busan, *today, "week")

    assert amended.code == 0, amended.err
    assert [one["refers_to"] for one in week["corrections"]] == [usda["entry"]]
    text = tracker(*today, "week", "-f", "markdown", db=busan).out
    was, now = f"#{usda['entry']} 7.8846 MMT sold, USDA, 8 Jan", "8.06 MMT sold, USDA, 8 Jan"
    assert re.search(rf"\\{was} +\| \\#\d+ {re.escape(now)}", text)
    assert tracker(*today, *last_week, known_then, db=busan).out == before
    assert tracker(*today, "week", "2026-W02", db=busan).out != before


# --- two agreements ------------------------------------------------------------------------------


def test_both_seeds_live_in_one_book_each_under_its_own_header(tracker: Run) -> None:
    seed = Path(__file__).parents[2] / "seeds" / "busan-truce.toml"
    assert tracker("apply", seed).code == 0

    status = tracker("status", "--as-of", "2026-01-08")

    assert status.code == 0
    assert "US–China trade truce · expires in 296 days (2026-10)\n" in status.out
    assert "US–China trade truce, 2025–26 · expires in 306 days (2026-11-10)\n" in status.out
    one = tracker("status", "--as-of", "2026-01-08", "--agreement", "busan-2025")
    assert "cn-soy-2025" not in one.out


def test_what_ended_in_silence_counts_as_in_doubt(tracker: Run, busan: Path) -> None:
    before = ask(tracker, busan, "status", "--as-of", "2026-11-08")["rows"]
    after = ask(tracker, busan, "status", "--as-of", "2026-11-24")["rows"]

    ended = {row["concession"] for row in after if (row["term_ends_on"] or "9999") < "2026-11-24"}
    kept_up = {row["concession"]: row["bucket"] for row in before if row["concession"] in ended}
    assert kept_up["cn-ree-oct9-suspend"] == "holding"
    buckets = {row["concession"]: row["bucket"] for row in after if row["concession"] in ended}
    assert set(buckets.values()) <= {"in doubt", "void", "lost"}
    assert buckets["cn-ree-oct9-suspend"] == "in doubt"


def test_a_word_after_the_end_of_a_term_says_what_became_of_it(tracker: Run, busan: Path) -> None:
    ended = ("log", "cn-entity-lists", "lapsed", "--on", "2026-11-12")
    assert tracker("--today", "2026-11-24", *ended, db=busan).code == 0

    (after,) = ask(tracker, busan, "status", "cn-entity-lists", "--as-of", "2026-11-24")["rows"]

    assert (after["stage"], after["bucket"]) == ("lapsed", "expired")


def test_only_a_word_on_an_agreement_itself_breaks_its_silence(tracker: Run, busan: Path) -> None:
    noted = ("note", "busan-truce", "Talks on a second year begin", "--on", "2026-11-12")
    assert tracker("--today", "2026-11-24", *noted, db=busan).code == 0

    found = ask(tracker, busan, "--today", "2026-11-24", "check")["rows"]

    assert "busan-truce" not in [row["subject"] for row in found if row["finding"] == "expired"]

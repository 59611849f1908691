"""Promises of several parties, and to several: who spoke, who gained, and how tables say it."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, parties

TALKS = (
    """
[agreement]
slug = "minerals-2025"
title = "Minerals for chip tools"
agreed_on = "2025-11-07"
source = "readout"

"""
    + parties("us", "eu", "cn", "jp")
    + """[[source]]
key = "readout"
publisher = "MOFCOM"
title = "Readout of the talks"
official = true

[[concession]]
slug = "general-licences"
title = "General licences for rare earths"
giver = "cn"
receiver = ["us", "eu"]
sector = "critical minerals"
kind = "export-control"
instrument = "readout"
test = "Buyers on both sides hold general licences."
source = "readout"
in_return_for = ["chip-tools"]

[[concession.deadline]]
slug = "licences-end"
kind = "expiry"
label = "The licences run out"
due_on = "2026-11-10"
source = "readout"

[[concession]]
slug = "chip-tools"
title = "Renew licences to service chip tools"
giver = ["us", "eu"]
receiver = "cn"
sector = "semiconductors"
kind = "licensing"
instrument = "readout"
test = "Both authorities renew the licences."
source = "readout"
"""
)

Ask = Callable[..., Any]


@pytest.fixture
def talks(tracker: Run, tmp_path: Path) -> Run:
    """A book of one agreement between China and two others."""
    book, path = tmp_path / "talks.db", tmp_path / "talks.toml"
    path.write_text(TALKS, "utf-8")
    assert tracker("init", "--empty", db=book).code == 0
    assert tracker("apply", path, db=book).code == 0
    return lambda *arguments: tracker(*arguments, db=book)


@pytest.fixture
def ask(talks: Run) -> Ask:
    return lambda *report: json.loads(talks(*report, "-f", "json").out)


def say(talks: Run, concession: str, *words: str) -> None:
    """Log claims such as `us met`, one a day from 1 January 2026 on."""
    for day, (party, stage) in enumerate(map(str.split, words), 1):
        said = ("--says", party, "--on", f"2026-01-0{day}")
        assert talks("log", concession, stage, *said).code == 0


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        (["us met", "eu met"], "one-sided"),
        (["cn met", "us met"], "agreed"),
        (["cn met", "us met", "eu partial"], "contested"),
        (["cn met", "us met", "jp stalled"], "agreed"),
    ],
)
def test_the_last_words_of_all_who_gain_or_give_make_the_standing(
    talks: Run, ask: Ask, words: list[str], standing: str
) -> None:
    """What both sides once agreed on stays the stage, even if one of them later disagrees."""
    agreed_before = ("cn met" in words[:1] and "us met" in words[1:2]) or standing == "agreed"
    say(talks, "general-licences", *words)

    (claims,) = ask("claims", "general-licences")["rows"]
    (status,) = ask("status", "general-licences")["rows"]

    assert claims["standing"] == status["standing"] == standing
    assert status["stage_from"] == ("both" if agreed_before else "declared")


def test_an_agreed_stage_is_of_the_day_on_which_the_second_side_spoke(talks: Run, ask: Ask) -> None:
    say(talks, "chip-tools", "us met", "cn met", "eu met")

    (status,) = ask("status", "chip-tools")["rows"]

    assert (status["stage"], status["stage_on"], status["bucket"]) == (
        "met",
        "2026-01-02",
        "gained",
    )


def test_claims_are_listed_by_side_with_who_said_what(talks: Run, ask: Ask) -> None:
    say(talks, "chip-tools", "us met", "eu partial", "cn stalled", "jp started")

    (row,) = ask("claims", "chip-tools")["rows"]
    text = " ".join(talks("claims", "chip-tools", "-f", "markdown").out.split())

    assert row["givers_say"] == [
        {"party": "us", "stage": "met", "on": "2026-01-01"},
        {"party": "eu", "stage": "partial", "on": "2026-01-02"},
    ]
    assert [one["party"] for one in row["receivers_say"]] == ["cn"]
    assert [one["party"] for one in row["others"]] == ["jp"]
    assert (
        "| US, EU → China | contested | – | US: met; EU: partial | stalled | Japan: started |"
        in text
    )


def test_a_promise_to_two_is_counted_once_for_each_of_them(talks: Run, ask: Ask) -> None:
    assert talks("log", "general-licences", "met", "--on", "2026-01-07").code == 0

    gains = ask("gains")

    gained = {row["party"]: (row["holding"], row["promised"]) for row in gains["rows"]}
    assert gained == {"us": (1, 0), "eu": (1, 0), "cn": (0, 1)}
    assert [(one["party"], one["concession"]) for one in gains["concessions"]] == [
        ("us", "general-licences"),
        ("eu", "general-licences"),
        ("cn", "chip-tools"),
    ]


def test_a_narrow_table_names_the_promise_before_who_gave_it(talks: Run) -> None:
    given = ("--agreement", "minerals-2025", "--giver", "us", "--giver", "jp", "--receiver", "eu")
    words = ("--title", "Sell parts for chip tools", "--kind", "purchase", "--test", "Parts arrive")
    about = ("--sector", "chips", "--instrument", "readout", "--source", "readout")
    assert talks("add", "concession", "parts", *given, "--giver", "cn", *words, *about).code == 0

    assert "\nBUCKET    CONCESSION    FROM\n" in talks("gains", "--width", "30").out


def test_a_party_without_any_part_in_it_is_in_no_distribution(ask: Ask) -> None:
    assert "jp" not in [row["party"] for row in ask("gains")["rows"]]


@pytest.mark.parametrize("report", ["status", "claims", "diff 2025-11-01 2026-01-08"])
def test_several_parties_are_joined_in_tables(talks: Run, report: str) -> None:
    text = talks(*report.split(), "-f", "markdown").out

    assert "| US, EU → China " in text
    assert "| China → US, EU " in text


def test_all_who_receive_lose_what_ends_or_fails(talks: Run, ask: Ask) -> None:
    assert talks("log", "chip-tools", "reversed", "--on", "2026-01-07").code == 0

    (ends,), (risked,) = ask("cliff")["rows"], ask("at-risk")["rows"]

    assert (ends["givers"], ends["loses"]) == (["cn"], ["us", "eu"])
    assert (risked["concession"], risked["receivers"]) == ("general-licences", ["us", "eu"])
    assert "US, EU" in talks("cliff").out
    assert "US, EU" in talks("at-risk").out


def test_several_parties_are_one_column_of_a_spreadsheet(talks: Run) -> None:
    rows = list(csv.DictReader(StringIO(talks("status", "-f", "csv").out)))

    assert [(row["givers"], row["receivers"]) for row in rows] == [("cn", "us eu"), ("us eu", "cn")]


def test_a_side_that_was_corrected_counts_for_another_from_then_on(talks: Run, ask: Ask) -> None:
    joined = ("change", "chip-tools", "--giver", "us", "--giver", "jp", "--reason", "a misprint")
    say(talks, "chip-tools", "eu met", "cn met")
    before = ask("claims", "chip-tools")["rows"][0]["standing"]

    assert talks(*joined).code == 0
    (row,) = ask("claims", "chip-tools")["rows"]

    assert (before, row["standing"]) == ("agreed", "one-sided")
    assert [one["party"] for one in row["others"]] == ["eu"]


def test_a_party_in_the_plural_gives_with_a_plural_verb(tracker: Run) -> None:
    assert tracker("change", "us", "--name", "US farmers", "--reason", "Who they are").code == 0

    assert "US farmers give to China" in tracker("gains", "--by", "giver").out

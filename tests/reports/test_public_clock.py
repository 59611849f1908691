"""What the public knew by a day: figures and targets that were counted again later."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, parties

ENERGY = (
    """
[agreement]
slug = "phase-one"
title = "Phase One, energy"
agreed_on = "2020-01-15"
source = "text"

"""
    + parties("cn", "us")
    + """[[source]]
key = "text"
publisher = "USTR"
title = "Economic and trade agreement"
official = true

[[source]]
key = "july-page"
publisher = "Trade war tracker"
title = "Energy, May data"
published_on = "2020-07-02"

[[concession]]
slug = "energy"
title = "Buy US energy"
giver = "cn"
receiver = "us"
sector = "energy"
kind = "purchase"
instrument = "law"
test = "US exports reach the target."
source = "text"

[[concession.deadline]]
slug = "energy-2020"
kind = "delivery"
label = "Energy bought in 2020"
opens_on = "2020-01-01"
due_on = "2020-12-31"
target = "34.426"
unit = "bn USD"
source = "text"

[[entry]]
on = "2020-05-31"
deadline = "energy-2020"
value = "3.506"
counted_by = "Census"
basis = "shipped"
source = "july-page"

[[entry]]
on = "2020-05-31"
public_on = "2020-07-09"
deadline = "energy-2020"
value = "1.974"
counted_by = "Census"
basis = "shipped"
source = "text"

[[entry]]
on = "2020-05-31"
public_on = "2020-07-09"
deadline = "energy-2020"
due_on = "2020-12-31"
target = "26.149"
source = "text"
"""
)

Ask = Callable[..., Any]


@pytest.fixture
def ask(tracker: Run, tmp_path: Path) -> Ask:
    file = tmp_path / "energy.toml"
    file.write_text(ENERGY, "utf-8")
    assert tracker("apply", file).code == 0

    def asked(*words: str) -> Any:
        ran = tracker(*words, "-f", "json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return asked


@pytest.mark.parametrize(
    ("public_by", "delivered", "wanted"),
    [
        ("2020-07-01", None, 34.426),
        ("2020-07-02", 3.506, 34.426),
        ("2020-07-05", 3.506, 34.426),
        ("2020-07-08", 3.506, 34.426),
        ("2020-07-09", 1.974, 26.149),
    ],
)
def test_a_figure_counts_from_the_day_on_which_it_was_public(
    ask: Ask, public_by: str, delivered: float | None, wanted: float
) -> None:
    found = ask("pace", "energy", "--as-of", "2020-05-31", "--public-by", public_by)

    assert found["public_by"] == public_by
    (row,) = found["rows"]
    assert (row["delivered"], row["target"]) == (delivered, wanted)


def test_without_the_clock_the_figure_made_public_last_counts(ask: Ask) -> None:
    (row,) = ask("pace", "energy", "--as-of", "2020-05-31")["rows"]

    assert (row["delivered"], row["target"], row["public_on"]) == (1.974, 26.149, "2020-07-09")


def test_a_restated_figure_is_listed_with_what_it_was_and_when_it_was_public(ask: Ask) -> None:
    (shown,) = ask("show", "energy-2020")["rows"]

    (restated,) = shown["restated"]
    assert (restated["on"], restated["counted_by"]) == ("2020-05-31", "Census")
    assert (restated["was"], restated["value"]) == (3.506, 1.974)
    assert restated["public_on"] == "2020-07-09"


def test_a_figure_recorded_late_and_public_early_goes_before_a_later_one(
    tracker: Run, ask: Ask
) -> None:
    early = ("measure", "energy-2020", "3.9", "--by", "Census", "--basis", "shipped")
    dated = ("--on", "2020-05-31", "--public", "2020-06-30")
    assert tracker(*early, *dated).code == 0

    (row,) = ask("pace", "energy", "--as-of", "2020-05-31")["rows"]
    (before,) = ask("pace", "energy", "--as-of", "2020-05-31", "--public-by", "2020-07-01")["rows"]

    assert (row["delivered"], before["delivered"]) == (1.974, 3.9)


def test_the_history_by_a_day_holds_what_was_public_by_then(ask: Ask) -> None:
    rows = ask("history", "energy", "--as-of", "2020-05-31", "--public-by", "2020-07-05")["rows"]

    assert [row["value"] for row in rows] == [3.506]


@pytest.mark.usefixtures("ask")
def test_a_day_in_the_future_is_not_taken(tracker: Run) -> None:
    ran = tracker("log", "energy", "partial", "--public", "2999-01-01")

    assert (ran.code, ran.out) == (5, "")
    assert "2999-01-01 is still to come" in ran.err
    assert "correct --public" in ran.err

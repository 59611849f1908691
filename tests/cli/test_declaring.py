"""Things declared, corrected and withdrawn from the command line."""

import pytest

from tests.conftest import Run, data
from tracker.vocabulary import ConcessionKind, DeadlineKind

SORGHUM = [
    *("add", "concession", "sorghum", "--agreement", "busan-2025", "--title", "Buy US sorghum"),
    *("--giver", "us", "--receiver", "cn", "--sector", "agriculture", "--kind", "purchase"),
    *("--instrument", "readout", "--test", "Cargoes clear customs", "--source", "article"),
]
"""Declared the wrong way round."""
TARGET = [
    *("add", "deadline", "sorghum-2026", "--concession", "sorghum", "--kind", "delivery"),
    *("--label", "3 MMT", "--due", "2026-12-31", "--target", "3.0", "--unit", "MMT"),
    *("--source", "article"),
]


@pytest.fixture
def sorghum(tracker: Run) -> None:
    """A concession with a target, added to the article's book as #25 and #26."""
    assert tracker(*SORGHUM).code == 0
    assert tracker(*TARGET).code == 0


def test_each_kind_of_thing_is_added_and_told(tracker: Run) -> None:
    for what, options in (
        ("party eu", ["--name", "European Union", "--short", "EU"]),
        ("source ec", ["--publisher", "EC", "--title", "Joint statement", "--official"]),
        ("agreement turnberry", ["--title", "Turnberry", "--agreed", "2025-07", "--source", "ec"]),
    ):
        ran = tracker("add", *what.split(), *options)
        assert ran == (0, f"{what}: added\n", "")
    assert tracker(*SORGHUM).out == "concession sorghum: added\n"
    assert tracker(*TARGET).out.startswith("deadline sorghum-2026: added\n")

    rows = data(tracker, "deadlines")["rows"]
    (added,) = [row for row in rows if row["deadline"] == "sorghum-2026"]
    assert (added["concession"], added["due_on"]) == ("sorghum", "2026-12-31")


@pytest.mark.parametrize("kinds", [ConcessionKind, DeadlineKind])
def test_the_help_of_add_lists_the_kinds(tracker: Run, kinds: type[ConcessionKind]) -> None:
    thing = kinds.__name__.removesuffix("Kind").lower()

    shown = " ".join(tracker("add", thing, "--help").out.split())

    *most, last = kinds
    assert f"--kind KIND {', '.join(most)} or {last}. --" in shown


@pytest.mark.usefixtures("sorghum")
def test_the_wrong_giver_and_receiver_are_corrected_in_every_report(tracker: Run) -> None:
    before = tracker("gains").out

    ran = tracker(
        "change", "sorghum", "--giver", "China", "--receiver", "us", "--reason", "Swapped"
    )

    assert ran.out.splitlines() == [
        "concession sorghum: giver changed from 'us' to 'cn'",
        "concession sorghum: receiver changed from 'cn' to 'us'",
        "sorghum: announced, as before",
    ]
    (row,) = data(tracker, "status", "sorghum")["rows"]
    assert (row["givers"], row["receivers"]) == (["cn"], ["us"])
    assert tracker("gains").out != before
    assert tracker("gains", "--known-by", "#26").out.splitlines()[3:-2] == before.splitlines()[3:-2]


@pytest.mark.usefixtures("sorghum")
def test_a_wrong_day_is_corrected_and_the_receipt_says_what_move_is_for(tracker: Run) -> None:
    ran = tracker("change", "sorghum-2026", "--due", "2026-11", "--reason", "Misread")

    assert ran.out.splitlines()[:2] == [
        "deadline sorghum-2026: due_on changed from '2026-12-31' to '2026-11'",
        "deadline sorghum-2026: this corrects the record; if the day was postponed, use"
        " 'tracker move'",
    ]
    rows = data(tracker, "deadlines")["rows"]
    (row,) = [row for row in rows if row["deadline"] == "sorghum-2026"]
    assert (row["original_due_on"], row["due_on"], row["moves"]) == ("2026-11", "2026-11", [])


@pytest.mark.usefixtures("sorghum")
@pytest.mark.parametrize(
    ("options", "happened"),
    [
        ("--target 4", "the target was restated"),
        ("--due 2026-11 --awaits ", "the day is known now"),
    ],
)
def test_a_changed_target_or_condition_also_points_to_move(
    tracker: Run, options: str, happened: str
) -> None:
    waiting = (
        ["--due", "", "--awaits", "Diet ratifies"] if "awaits" in options else ["--label", "x"]
    )
    tracker("change", "sorghum-2026", *waiting, "--reason", "Misread")

    ran = tracker("change", "sorghum-2026", *options.split(" "), "--reason", "Misread")

    assert f"this corrects the record; if {happened}, use 'tracker move'\n" in ran.out, ran.err


@pytest.mark.usefixtures("sorghum")
def test_a_correction_stands_in_the_week_with_what_was_what_is_now_and_why(tracker: Run) -> None:
    tracker("change", "sorghum", "--title", "Buy sorghum", "--reason", "The readout's words")

    corrections = tracker("week").out.partition("Corrections\n")[2]

    (line,) = [line for line in corrections.splitlines() if "#27" in line]
    assert line.split("  ")[1:] == [
        *("#27", "8 Jan", "Buy sorghum", "title: Buy US sorghum", "title: Buy sorghum"),
        *("The readout's words", "analyst"),
    ]


@pytest.mark.usefixtures("sorghum")
def test_a_limit_that_awaits_its_first_day_is_added_and_changed(tracker: Run) -> None:
    limit = [
        *("add", "deadline", "sorghum-duty", "--concession", "sorghum", "--kind", "delivery"),
        *("--label", "No duty", "--awaits", "the order is signed", "--target", "0"),
        *("--unit", "%", "--bound", "at-most", "--base", "10", "--source", "article"),
    ]

    assert tracker(*limit).out.startswith("deadline sorghum-duty: added\n")
    changed = tracker(
        *("change", "sorghum-duty", "--awaits", "", "--opens", "2026-01-15", "--base", "15"),
        *("--reason", "As the order has it"),
    )

    assert sorted(changed.out.splitlines()[:3]) == [
        "deadline sorghum-duty: awaits changed from 'the order is signed' to nothing",
        "deadline sorghum-duty: base changed from '10' to '15'",
        "deadline sorghum-duty: opens_on changed from nothing to '2026-01-15'",
    ]
    rows = data(tracker, "deadlines")["rows"]
    (row,) = [row for row in rows if row["deadline"] == "sorghum-duty"]
    told = {name: row[name] for name in ("bound", "target", "base", "awaits", "due_on", "verdict")}
    assert told == {
        "bound": "at-most",
        "target": 0,
        "base": 15,
        "awaits": None,
        "due_on": None,
        "verdict": "open",
    }


@pytest.mark.usefixtures("sorghum")
def test_a_promise_has_its_own_day_and_words_and_holds(tracker: Run) -> None:
    own = ["--hold", "--promised", "2025-11", "--quote", "shall buy"]

    tracker("change", "sorghum", *own, "--reason", "The readout of November")
    held = data(tracker, "show", "sorghum")["rows"][0]
    ran = tracker("change", "sorghum", "--no-hold", "--promised", "", "--reason", "Not so")

    assert (held["holds"], held["promised_on"], held["quote"]) == (True, "2025-11", "shall buy")
    assert held["term_ends_on"] == "2026-10"
    assert sorted(ran.out.splitlines()[:2]) == [
        "concession sorghum: hold changed from 'true' to nothing",
        "concession sorghum: promised_on changed from '2025-11' to nothing",
    ]


@pytest.mark.parametrize("name", ["österreich", "O\u0308sterreich", "REPUBLIK\u00a0ÖSTERREICH"])
def test_a_party_is_known_by_its_names_in_any_case_and_encoding(tracker: Run, name: str) -> None:
    names = ("--name", "Republik Österreich", "--short", "Österreich")
    assert tracker("add", "party", "at", *names).code == 0

    assert "Österreich says met" in tracker("log", "soybeans", "met", "--says", name).out
    assert "giver at" in tracker("status", "--giver", name).out
    refused = tracker("add", "party", "oe", "--name", name, "--short", "Oe")
    assert (refused.code, "already names the party 'at'" in refused.err) == (2, True)


def test_a_party_is_added_to_a_bloc_and_taken_out_again(tracker: Run) -> None:
    tracker("add", "party", "eu", "--name", "European Union", "--short", "EU")
    firms = ["--name", "Firms of the EU", "--short", "EU firms", "--part-of", "eu"]
    assert tracker("add", "party", "eu-firms", *firms).out == "party eu-firms: added\n"

    kept = tracker("withdraw", "eu", "--reason", "No party to this")
    changed = tracker("change", "eu-firms", "--part-of", "", "--reason", "On their own")

    assert (kept.code, "'eu' cannot be withdrawn: other entries name it (#26)" in kept.err) == (
        4,
        True,
    )
    assert changed.out == "party eu-firms: part_of changed from 'eu' to nothing\n"


@pytest.mark.usefixtures("sorghum")
def test_declared_days_are_written_as_other_days_are(tracker: Run) -> None:
    line = "change sorghum-2026 --opens yesterday --reason Misread"

    due = tracker("change", "sorghum-2026", "--due", "20 Feb 2027", "--reason", "Misread")
    opens = tracker(*line.split())

    assert "to '2027-02-20'" in due.out
    assert "to '2026-01-07'" in opens.out


@pytest.mark.usefixtures("sorghum")
def test_an_empty_value_removes_what_a_promise_was_given_for(tracker: Run) -> None:
    correct = ("change", "sorghum", "--reason", "Misread", "--in-return-for")
    assert tracker(*correct, "chip-sales", "--in-return-for", "").code == 0

    ran = tracker(*correct, "")

    assert ran.out.splitlines()[0] == (
        "concession sorghum: in_return_for changed from 'chip-sales' to nothing"
    )


@pytest.mark.usefixtures("sorghum")
def test_a_party_that_is_named_twice_counts_once(tracker: Run) -> None:
    correct = ("change", "sorghum", "--reason", "Swapped", "--receiver", "us")

    ran = tracker(*correct, "--giver", "cn", "--giver", "China", "--giver", "CN")

    assert ran.out.splitlines()[0] == "concession sorghum: giver changed from 'us' to 'cn'"

import json
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Run, data, held_by

SOY = "cn-soy-2025-delivery"
DECLARED, ENTRIES = held_by("busan-truce")
STAGE, NEXT = DECLARED + 1, ENTRIES + 1
"""The first entry of the book on what happened, a stage, and the first that a test adds."""
REPORTS = (
    ("week",), ("status",), ("gains",), ("show", "soybeans"), ("history",), ("claims",),
    ("deadlines",), ("pace",), ("cliff",), ("at-risk",), ("check",), ("sources",), ("reliability",),
)  # fmt: skip
loads = partial(json.loads, parse_float=Decimal)
"""Read JSON with exact numbers."""


def recorded(out: str) -> dict[str, object]:
    (entry,) = loads(out)["recorded"]
    return dict(entry)


def deadline(tracker: Run, db: Path, *clock: str) -> dict[str, object]:
    """Return what the report on deadlines says of the soybeans of 2025."""
    rows = loads(tracker(*clock, "deadlines", "-f", "json", db=db).out)["rows"]
    (row,) = [one for one in rows if one["deadline"] == SOY]
    return dict(row)


def test_measure_takes_unit_and_counter_from_deadline_and_source(tracker: Run, busan: Path) -> None:
    ran = tracker("measure", SOY, "8.10", "--basis", "sold", "--source", "wh-fact-sheet",
                  "-f", "json", db=busan)  # fmt: skip

    entry = recorded(ran.out)
    assert (str(entry["value"]), entry["unit"], entry["flow"]) == ("8.10", "MMT", False)
    assert entry["counted_by"] == "White House"


def test_move_keeps_the_first_day_and_restates_the_target(tracker: Run, busan: Path) -> None:
    moved = tracker("move", SOY, "2026-04", "--target", "10", "--says", "US", db=busan)

    row = deadline(tracker, busan)
    assert moved.code == 0, moved.err
    assert moved.out.splitlines()[:2] == [
        f"#{NEXT} {SOY}: US says target 10 MMT, due Apr 2026, 8 Jan 2026",
        f"{SOY}: now Apr 2026, target 10 MMT",
    ]
    assert (row["original_due_on"], row["due_on"], row["target"]) == ("2025-12-31", "2026-04", 10)


def test_a_word_that_does_not_move_the_day_is_shown_beside_it(tracker: Run, busan: Path) -> None:
    """A later day and a smaller target cost the receiver: the giver cannot name them alone."""
    before = deadline(tracker, busan)

    tracker("move", SOY, "2026-04", "--target", "10", "--says", "China", db=busan)

    row = deadline(tracker, busan)
    assert (row["due_on"], row["target"]) == (before["due_on"], before["target"])
    assert isinstance(row["moves"], list)
    said = row["moves"][-1]
    assert (said["says"], said["due_on"], said["target"]) == ("cn", "2026-04", 10)
    assert said["moves_it"] is False
    assert "China says Apr 2026, 10 MMT" in tracker("deadlines", "-f", "md", db=busan).out


def test_a_move_is_amended_with_a_target_that_it_did_not_have(tracker: Run, busan: Path) -> None:
    moved = recorded(tracker("move", SOY, "2026-04", "-f", "json", db=busan).out)

    amended = tracker("amend", moved["entry"], "--target", "10", "-f", "json", db=busan)
    nothing = tracker("amend", int(str(moved["entry"])) + 2, "--target", "0", db=busan)

    assert amended.code == 0, amended.err
    entry = loads(amended.out)["recorded"][1]
    assert (entry["due_on"], entry["value"], entry["unit"]) == ("2026-04", 10, "MMT")
    assert (nothing.code, "target of 0" in nothing.err) == (5, True)


def test_a_moved_day_may_be_written_in_words(tracker: Run) -> None:
    moved = tracker("move", "apec-2026", "14 Nov 2026")
    amended = tracker("amend", "25", "--to", "15 nov 2026")

    assert "#25 apec-2026: moved to 14 Nov" in moved.out
    assert "#27 apec-2026: moved to 15 Nov" in amended.out


def test_the_day_is_told_that_counts_once_a_move_or_a_closing_is_taken_back(
    tracker: Run, busan: Path
) -> None:
    last = 415
    for command in (["move", SOY, "2026-04-30", "--target", "13"], ["close", SOY, "cancelled"]):
        assert tracker(*command, db=busan).code == 0
    retracted = tracker("retract", last + 1, "--reason", "Not its day", db=busan)
    reopened = tracker("retract", last + 2, "--reason", "Still open", db=busan)
    undone = [tracker("undo", db=busan).out for _ in range(2)]

    assert f"{SOY}: now 28 Feb, target 12 MMT, closed as cancelled\n" in retracted.out
    assert f"{SOY}: now 28 Feb\n" in reopened.out
    assert f"{SOY}: now 28 Feb, closed as cancelled\n" in undone[0]
    assert f"{SOY}: now 30 Apr, target 13 MMT, closed as cancelled\n" in undone[1]


def test_close_says_how_it_ended_and_judges_both_days(tracker: Run, busan: Path) -> None:
    before = deadline(tracker, busan, "--today", "2026-01-20")
    closed = tracker("--today", "2026-01-20", "close", SOY, "met", db=busan)

    row = deadline(tracker, busan, "--today", "2026-01-21")
    assert closed.code == 0, closed.err
    assert (before["verdict_original"], before["verdict"]) == ("missed", "open")
    assert (row["verdict_original"], row["verdict"], row["late_days"]) == ("met", "met", 0)
    again = tracker("--today", "2026-01-20", "close", SOY, "missed", db=busan)
    assert again.code == 4
    assert "already closed as met" in again.err


def test_a_negative_flow_is_a_cancelled_sale(tracker: Run, busan: Path) -> None:
    """Typed after `--`, like every argument that begins with a dash."""
    ran = tracker("measure", "--by", "USDA", "--basis", "sold", "--flow", "--", SOY, "-0.2",
                  db=busan)  # fmt: skip

    assert ran.code == 0, ran.err
    rows = loads(tracker("pace", SOY, "-f", "json", db=busan).out)["rows"]
    (usda,) = [one for one in rows if (one["counted_by"], one["basis"]) == ("USDA", "sold")]
    # The flow is of the total's own day, so the total includes it.
    assert usda["delivered"] == Decimal("7.8846")


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        (["--value", "4.5"], {"value": Decimal("4.5")}),
        (["--by", "USDA FAS"], {"counted_by": "USDA FAS"}),
        (["--basis", "shipped", "--flow"], {"basis": "shipped", "flow": True}),
        (["--on", "2026-01-05", "--note", ""], {"effective_on": "2026-01-05", "note": None}),
    ],
)
def test_a_reading_is_amended_in_its_own_parts(
    tracker: Run, busan: Path, options: list[str], changed: dict[str, object]
) -> None:
    (usda,) = [
        one
        for one in loads(tracker("history", SOY, "-f", "json", db=busan).out)["rows"]
        if one["counted_by"] == "USDA" and one["value"] == Decimal("3.794")
    ]

    ran = tracker("amend", usda["entry"], *options, "-f", "json", db=busan)

    retraction, corrected = loads(ran.out)["recorded"]
    assert retraction["refers_to"] == usda["entry"]
    assert retraction["batch"] == corrected["batch"] == usda["batch"] + 1
    unlike = {key for key in usda if usda[key] != corrected[key]}
    assert unlike - {"entry", "recorded_at", "author", "batch", "command"} == set(changed)
    assert {key: corrected[key] for key in changed} == changed


@pytest.mark.parametrize(
    ("on", "late", "told"),
    [
        ("2026-02-28", 0, None),
        ("2026-03-01", 1, "1 day late"),
        ("2026-03-02", 2, "2 days late"),
    ],
)
def test_a_deadline_met_after_its_day_is_met_so_many_days_late(
    tracker: Run, busan: Path, on: str, late: int, told: str | None
) -> None:
    closed = tracker("--today", "2026-03-10", "close", SOY, "met", "--on", on, db=busan).out

    row = deadline(tracker, busan, "--today", "2026-03-10")
    assert (row["verdict"], row["late_days"]) == ("met", late)
    assert (f"{SOY}: {told}" in closed.splitlines()) is (told is not None)
    assert ("late" in closed) is (told is not None)


def test_an_outcome_is_said_not_to_be_a_verdict_while_there_is_none(
    tracker: Run, busan: Path
) -> None:
    due, today = "cn-soy-2026-delivery", ("--today", "2026-01-25")
    hint = f"{due}: closing it is not a verdict; log a stage of cn-soy-2026"
    lacking = tracker(*today, "close", due, "cancelled", db=busan)
    tracker(*today, "undo", db=busan)
    tracker(*today, "log", "cn-soy-2026", "moot", db=busan)

    judged = tracker(*today, "close", due, "cancelled", db=busan)

    assert (hint in lacking.out, hint in judged.out) == (True, False)


def test_check_is_silent_and_0_where_nothing_needs_a_look(tracker: Run, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.db"
    assert tracker("init", "--empty", db=quiet).code == 0

    ran = tracker("check", db=quiet)

    assert ran == (0, "", "")


def test_check_tells_how_many_of_each_and_what_to_do(tracker: Run, busan: Path) -> None:
    printed = tracker("check", db=busan).out
    stale = [line for line in printed.splitlines() if line.startswith("stale ")]

    assert f"{len(stale)}  stale       log the news, or run 'tracker checked SLUG'" in printed


def test_check_sees_what_contradicts_the_readings(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-01-08")
    tracker(*today, "log", "cn-soy-2025", "met", "--on", "2026-01-07", db=busan)
    tracker(*today, "log", "cn-soy-2025", "met", "--says", "us", db=busan)
    tracker(*today, "log", "cn-soy-2025", "partial", "--says", "cn", db=busan)

    found = data(tracker, *today, "check", db=busan)["rows"]

    of_soy = {one["finding"]: one["message"] for one in found if one["subject"] == "cn-soy-2025"}
    assert of_soy["contradicted"].endswith("but the highest count is 83 % of the target")
    assert of_soy["contested"] == "China says partial and US says met"
    assert "names no source" in of_soy["unsourced"]


def test_a_quantity_near_zero_is_kept(tracker: Run, busan: Path) -> None:
    ran = tracker("measure", SOY, "0.000000001", "-f", "json", db=busan)
    since = tracker("history", SOY, "--since", "2026-01-08", "-f", "csv", db=busan)

    assert ran.code == 0, ran.err
    assert recorded(ran.out)["value"] == Decimal("0.000000001")
    assert ",0.000000001,MMT," in since.out


def test_a_table_with_lists_in_its_rows_is_written_as_csv(tracker: Run, busan: Path) -> None:
    tracker("move", SOY, "2026-04", "--says", "China", db=busan)

    deadlines = tracker("deadlines", "-f", "csv", "--section", "moves", db=busan)
    claims = tracker("claims", "-f", "csv", db=busan)

    assert (deadlines.code, claims.code) == (0, 0)
    assert "2026-04" in deadlines.out
    assert claims.out.startswith("concession,verdict,givers_say,receivers_say,others,standing\n")


def test_a_reading_that_a_limit_does_not_count_is_warned_of(tracker: Run) -> None:
    promise = (
        *("add", "concession", "fish", "--agreement", "busan-2025", "--title", "Charge fish 5 %"),
        *("--giver", "cn", "--receiver", "us", "--sector", "tariffs", "--kind", "tariff"),
        *("--instrument", "statement", "--test", "At most 5 %", "--source", "article"),
    )
    ceiling = (
        *("add", "deadline", "cap", "--concession", "fish", "--kind", "delivery", "--label", "Cap"),
        *("--target", "5", "--unit", "percent", "--bound", "at-most", "--source", "article"),
        *("--awaits", "Parliament approves"),
    )
    for words in (promise, ceiling):
        assert tracker(*words).code == 0
    reading = ("measure", "cap", "4", "--by", "customs")

    waiting = tracker(*reading, "--on", "2026-01-05")
    tracker("move", "cap", "2026-01-04")
    before = tracker(*reading, "--on", "2026-01-03")
    within = tracker(*reading, "--on", "2026-01-06")

    assert "#30 cap: 4 percent level, customs, 6 Jan 2026\n" in within.out
    assert "Warning: #27 does not count yet: cap waits for its first day\n" in waiting.out
    assert "Warning: #29 does not count: cap binds from 4 Jan\n" in before.out
    assert "Warning" not in within.out


def test_a_reading_from_before_a_window_is_warned_of(tracker: Run, busan: Path) -> None:
    ran = tracker("measure", "cn-soy-2027-delivery", "1", "--by", "USDA", db=busan)

    window = "the window of cn-soy-2027-delivery opens on 1 Jan 2027"
    assert f"Warning: #416 counts, though it is dated before {window}" in " ".join(ran.out.split())


@pytest.mark.parametrize(("on", "adds"), [("2025-12-20", False), ("2025-12-25", False),
                                          ("2025-12-26", True)])  # fmt: skip
def test_a_flow_of_a_day_that_a_total_includes_is_warned_of(
    tracker: Run, busan: Path, on: str, adds: bool
) -> None:
    measure = ("measure", "cn-soy-2027-delivery")
    tracker(*measure, "10", "--by", "USDA", "--on", "2025-12-25", db=busan)
    tracker(*measure, "3", "--by", "customs", "--on", "2025-12-31", db=busan)

    ran = tracker(*measure, "2", "--by", "USDA", "--flow", "--on", on, db=busan)

    nothing = "Warning: #418 adds nothing: the total of 25 Dec 2025, 10, includes its day"
    assert (nothing in ran.out, "#418 counts" in ran.out) == (not adds, adds)


@pytest.mark.parametrize("entry", ["25", "#25"])
def test_an_entry_is_named_as_reports_print_it(tracker: Run, entry: str) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")

    assert tracker("amend", entry, "--stage", "met").code == 0


@pytest.mark.parametrize("day", ["2026-01-07", "2026-06-30"])
def test_the_smallest_target_and_the_largest_count_end_no_report(
    tracker: Run, database: str, day: str
) -> None:
    target = ("--target", "0.000000001", "--unit", "MMT", "--source", "article")
    window = ("--opens", "2026-01-01", "--due", day)
    added = tracker("add", "deadline", "a-trace", "--concession", "soybeans", "--kind", "delivery",
                    "--label", "A trace of soybeans", *window, *target)  # fmt: skip
    most = "999999999999999999.999999999"
    counted = [
        tracker("measure", "a-trace", most, "--by", "USDA", "--flow", "--on", f"2026-01-0{on}")
        for on in (2, 3)
    ]

    assert (added.code, [one.code for one in counted]) == (0, [0, 0])
    assert "Warning: a-trace: >999,999 % of the target" in counted[1].out
    # Either database gives the same values: what is made of them, one shows for both.
    forms: tuple[str, ...] = ("text", "json", "html")
    if database == "postgresql" or day == "2026-01-07":
        forms = ("json",)
    for report in REPORTS:
        for form in forms:
            ran = tracker(*report, "-f", form)
            assert (ran.code, ran.err) == (1 if report == ("check",) else 0, ""), report
    assert ">999,999 %" in tracker("pace").out
    assert "199999999999999999999999999800.0" in tracker("pace", "-f", "json").out

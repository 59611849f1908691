import json
from pathlib import Path

import pytest

from tests.conftest import Run

TODAY = ("--today", "2026-11-26")
SOY = "cn-soy-2026-delivery"
BELOW_ZERO = "a total below zero; use --flow for what one day added or took away"


def warned(tracker: Run, book: Path, *command: str) -> list[str]:
    """Run a recording command; return its warnings."""
    ran = tracker(*TODAY, *command, "-f", "json", db=book)
    assert ran.code == 0, ran.err
    found: list[str] = json.loads(ran.out)["warnings"]
    return found


def measured(tracker: Run, book: Path, value: str, on: str, *options: str) -> list[str]:
    """Measure soybeans as USDA counts them; the last seeded total is 13.3666 of 27 August."""
    counted = (SOY, value, "--by", "USDA", "--basis", "sold", "--on", on)
    return warned(tracker, book, "measure", *counted, *options)


@pytest.mark.parametrize(
    ("value", "on", "warnings"),
    [
        ("1800", "2026-11-18", ["7,200 % of the target; check the value and its unit",
                                "above the total of 19 Nov, 18"]),
        ("37.75", "2026-11-20", ["151 % of the target; check the value and its unit"]),
        ("37.5", "2026-11-20", []),
        ("-5", "2026-11-20", [BELOW_ZERO, "below the total of 19 Nov, 18"]),
        ("12.0", "2026-11-12", ["below the total of 27 Aug, 13.3666"]),
        ("15", "2026-11-18", []),
        ("4.9", "2026-04-30", ["restates the total of 30 Apr, 4.9091 so far"]),
        ("5.1", "2026-04-15", ["above the total of 30 Apr, 4.9091"]),
        ("1", "2026-01-02", []),
    ],
)  # fmt: skip
def test_an_earlier_days_total_is_compared_with_those_around_it(
    tracker: Run, busan: Path, value: str, on: str, warnings: list[str]
) -> None:
    assert measured(tracker, busan, "18", "2026-11-19") == []

    assert measured(tracker, busan, value, on) == [f"{SOY}: {one}" for one in warnings]


def test_a_total_that_falls_is_what_a_cut_promises(tracker: Run, busan: Path) -> None:
    target = ("--base", "27.5", "--target", "10", "--unit", "%", "--due", "2026-12-31")
    declared = ("--kind", "delivery", "--label", "Duty", *target, "--source", "wh-eo-14352")
    add = ("add", "deadline", "duty", "--concession", "cn-soy-2026", *declared)
    assert tracker(*TODAY, *add, db=busan).code == 0

    for value, day in (("27.5", "18"), ("20", "19")):
        counted = ("duty", value, "--by", "USTR", "--on", f"2026-11-{day}")
        assert warned(tracker, busan, "measure", *counted) == []


def test_a_flow_of_an_earlier_day_can_be_far_too_high(tracker: Run, busan: Path) -> None:
    warnings = measured(tracker, busan, "1900", "2026-08-01", "--flow")

    assert f"{SOY}: 7,600 % of the target; check the value and its unit" in warnings


def test_a_second_flow_of_a_day_is_warned_of_unless_a_total_covers_it(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    """A revised monthly figure would be counted twice."""
    adds = "another flow of Oct 2026; if it restates that, amend"
    revised = tmp_path / "revised.csv"
    revised.write_text(
        "deadline,effective_on,value,counted_by,basis,flow\n"
        f"{SOY},2026-10,3.1,USDA,sold,true\n{SOY},2026-09,1.5,USDA,sold,true\n"
    )

    first, second = (
        measured(tracker, busan, value, "2026-10", "--flow") for value in ("2.6", "3.0")
    )
    imported = warned(tracker, busan, "import", str(revised))
    covered = [measured(tracker, busan, value, "2026-08-03", "--flow") for value in ("1", "1.2")]

    assert (first, second) == ([], [f"#417 adds to #416, {adds} #416"])
    assert imported == [f"#418 adds to #417, {adds} #417"]
    nothing = "adds nothing: the total of 27 Aug, 13.3666, includes its day"
    assert covered == [[f"#{entry} {nothing}"] for entry in (420, 421)]


@pytest.mark.parametrize(
    ("options", "warns"), [((), True), (("--flow",), False), (("--basis", "level"), False)]
)
def test_a_total_below_zero_is_warned_of(
    tracker: Run, busan: Path, options: tuple[str, ...], warns: bool
) -> None:
    """A cancelled sale is a negative flow; a level may be negative."""
    found = warned(tracker, busan, "measure", SOY, "-5", "--by", "customs", *options)

    assert (f"{SOY}: {BELOW_ZERO}" in found) is warns


@pytest.mark.parametrize(
    ("deadline", "day", "warnings"),
    [
        ("cn-soy-2025-delivery", "2027-01-01",
         [" was closed as met on 9 Jul; moving it changes how late that was"]),
        (SOY, "2026-11-01", [": moved to 1 Nov, which had already passed by 26 Nov"]),
        ("busan-truce-end", "2025-01-01",
         [": moved to 1 Jan 2025, before the promise of 30 Oct 2025"]),
        (SOY, "2027-01-31", []),
    ],
)  # fmt: skip
def test_a_day_that_is_likely_to_be_a_mistake_is_warned_of(
    tracker: Run, busan: Path, deadline: str, day: str, warnings: list[str]
) -> None:
    found = warned(tracker, busan, "move", deadline, day)

    assert found == [f"{deadline}{one}" for one in warnings]


def test_a_new_target_with_the_same_day_and_a_partys_passed_day_are_in_order(
    tracker: Run, busan: Path
) -> None:
    moved = ("move", "cn-soy-2025-delivery", "2026-02-28", "--target", "13")

    assert warned(tracker, busan, *moved) == []
    assert warned(tracker, busan, "move", SOY, "2026-11-01", "--says", "us") == []


def test_two_flows_of_a_day_are_warned_of(tracker: Run, busan: Path) -> None:
    assert measured(tracker, busan, "5", "2026-11-26", "--flow") == []
    assert measured(tracker, busan, "6", "2026-11-26", "--flow") == [
        "#417 adds to #416, another flow of 26 Nov; if it restates that, amend #416"
    ]


def test_what_is_met_on_the_last_day_of_its_term_is_warned_of(tracker: Run, busan: Path) -> None:
    last = ("log", "cn-24pct-suspend", "met", "--on", "2026-11-10")
    assert warned(tracker, busan, *last) == [
        "cn-24pct-suspend has to be kept up through 10 Nov;"
        " only a stage with a later day says how it ended"
    ]


def test_a_receipt_says_of_which_day_a_later_total_is(tracker: Run, busan: Path) -> None:
    counted = ("measure", SOY, "5", "--by", "USDA", "--basis", "sold", "--on")

    earlier = tracker(*TODAY, *counted, "2026-05-20", db=busan).out.splitlines()
    sold = tracker(*TODAY, *counted, "2026-11-20", "--flow", db=busan).out.splitlines()
    back = tracker(*TODAY, "amend", "417", "--value", "-5", db=busan).out

    assert f"{SOY}: 13.3666 of 25 MMT sold, 53 %, by 27 Aug" in earlier
    assert f"{SOY}: 18.3666 of 25 MMT sold, 73 %" in sold
    assert f"{SOY}: -5 MMT sold, USDA" in back


def test_a_verdict_that_is_dated_after_today_is_announced(tracker: Run, busan: Path) -> None:
    """A colleague to the east has another day."""
    tracker("--today", "2026-11-27", "log", "cn-poultry", "started", db=busan)

    assert warned(tracker, busan, "log", "cn-poultry", "partial") == [
        "#417 will be replaced by #416 (started, 27 Nov), dated after today"
    ]


def test_what_is_met_below_its_target_is_warned_of_and_found(tracker: Run, busan: Path) -> None:
    short = "but the highest count is 53 % of the target"

    closed = warned(tracker, busan, "close", SOY, "met")
    logged = warned(tracker, busan, "log", "cn-soy-2026", "met")
    assert (closed, logged) == (
        [f"{SOY} is closed as met, {short}"],
        [f"cn-soy-2026 is met, {short}"],
    )
    rows = json.loads(tracker(*TODAY, "check", "-f", "json", db=busan).out)["rows"]
    assert {
        (row["subject"], row["message"]) for row in rows if row["finding"] == "contradicted"
    } == {
        (SOY, f"it was closed as met, {short}"),
        ("cn-soy-2026", f"the verdict is 'met', {short}"),
    }

    counted = ("--by", "customs", "--basis", "arrived")
    assert warned(tracker, busan, "measure", SOY, "25", *counted)[1:] == []
    assert "contradicted" not in tracker(*TODAY, "check", db=busan).out


def test_what_is_met_after_its_day_has_reached_its_target(tracker: Run, busan: Path) -> None:
    """By its day, 88 % had been counted; the target was reached 131 days later."""
    assert warned(tracker, busan, "log", "cn-soy-2025", "met") == []


def test_what_says_the_same_as_a_live_entry_is_warned_of(tracker: Run, busan: Path) -> None:
    """But you may look twice on a day."""
    cited = ("cite", "416", "mofcom-outcomes")
    assert measured(tracker, busan, "18", "2026-11-19") == []
    assert warned(tracker, busan, *cited) == []

    again, twice = measured(tracker, busan, "18.0", "2026-11-19"), warned(tracker, busan, *cited)
    looked = [warned(tracker, busan, "checked", "cn-soy-2026") for _ in range(2)]
    for entry in ("416", "418"):
        assert tracker(*TODAY, "retract", entry, "--reason", "typed twice", db=busan).code == 0

    assert again == ["#418 says the same as #416"]
    assert twice == ["#419 says the same as #417"]
    assert looked == [[], []]
    assert measured(tracker, busan, "18", "2026-11-19") == []

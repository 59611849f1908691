import json
from pathlib import Path

import pytest

from tests.conftest import Run

PROBES = "cn-semi-probes-end"


def findings(tracker: Run, book: Path, kind: str, *options: str) -> dict[str, str]:
    """Return the messages of one kind of finding, by subject."""
    rows = json.loads(tracker(*options, "check", "-f", "json", db=book).out)["rows"]
    return {row["subject"]: row["message"] for row in rows if row["finding"] == kind}


@pytest.mark.parametrize("checked", [PROBES, "busan-truce"])
def test_what_was_checked_is_not_stale_until_the_check_is_old(
    tracker: Run, busan: Path, checked: str
) -> None:
    last = "no news for 390 days, since it was agreed"
    assert findings(tracker, busan, "stale", "--today", "2026-11-26")[PROBES] == last

    tracker("--today", "2026-11-26", "checked", checked, db=busan)

    today, later, after = (
        findings(tracker, busan, "stale", "--today", day).get(PROBES)
        for day in ("2026-11-26", "2026-12-25", "2026-12-26")
    )
    assert (today, later) == (None, None)
    assert after == "no news for 420 days, since it was agreed; last checked 26 Nov"


def test_the_week_says_how_many_silent_ones_were_checked(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-11-26")
    tracker(*today, "checked", PROBES, db=busan)

    page = tracker(*today, "week", "2026-W48", db=busan).out

    assert "(42 of 48, 1 checked): longest us-h20-licences" in " ".join(page.split())


ENDED = "its term ended on 10 Jan (busan-truce-end), outcome unknown"


@pytest.mark.parametrize("silent", [True, False])
def test_what_ended_with_its_agreement_is_found_until_a_verdict(
    tracker: Run, busan: Path, silent: bool
) -> None:
    """In `check`, in the week and in `cliff`; it has no expiry of its own."""
    today = ("--today", "2027-01-20")
    if not silent:
        tracker(*today, "log", "us-no-100pct", "met", db=busan)

    found = findings(tracker, busan, "expired", *today)
    week = json.loads(tracker(*today, "week", "-f", "json", db=busan).out)["overdue"]
    rows = json.loads(tracker(*today, "cliff", "-f", "json", db=busan).out)["rows"]

    assert (found["busan-truce"], found.get("us-no-100pct")) == (ENDED, ENDED if silent else None)
    assert ("us-no-100pct" in [row["concession"] for row in week]) is silent
    ended = [row for row in rows if row["concession"] == "us-no-100pct"]
    assert [(row["deadline"], row["loses"], row["state"]) for row in ended] == (
        [("busan-truce-end", ["cn"], "unknown")] if silent else []
    )


def test_what_to_do_about_an_ended_term_ends_the_finding(tracker: Run, busan: Path) -> None:
    today = ("--today", "2027-01-20")
    remedies = " ".join(tracker(*today, "check", "--width", "300", db=busan).out.split())
    assert "log met if it was kept to its end, else lapsed" in remedies
    assert "if it was extended, run 'tracker move DEADLINE DATE'" in remedies

    tracker(*today, "log", "us-301-exclusions", "lapsed", db=busan)
    tracker(*today, "log", "us-affiliates-rule", "met", db=busan)
    tracker(*today, "move", "us-port-fees-suspend-end", "2027-11-09", db=busan)
    tracker(*today, "note", "busan-truce", "The truce was not renewed", db=busan)

    gone = {"us-301-exclusions", "us-affiliates-rule", "us-port-fees-suspend", "busan-truce"}
    assert not gone & findings(tracker, busan, "expired", *today).keys()


def test_a_verdict_of_missed_beside_a_count_of_the_target_is_contradicted(
    tracker: Run, busan: Path
) -> None:
    today, soy = ("--today", "2027-01-20"), "cn-soy-2026-delivery"
    tracker(*today, "log", "cn-soy-2026", "missed", db=busan)
    said = []
    for count in ("24.99", "25"):
        counted = ("measure", soy, count, "MMT", "--by", "Customs", "--on", "2026-12-30")
        assert tracker(*today, *counted, db=busan).code == 0
        said.append(findings(tracker, busan, "contradicted", *today).get("cn-soy-2026"))

    assert said == [
        None,
        "the verdict is 'missed', but the highest count is 100 % of the target",
    ]
    assert (
        "    1  contradicted  correct the verdict or the closing, or log what is missing\n"
        in tracker(*today, "check", db=busan).out
    )


def test_a_test_that_changed_before_any_verdict_was_not_rewritten(
    tracker: Run, busan: Path
) -> None:
    assert tracker("change", PROBES, "--test", "Closed", "--reason", "Shorter", db=busan).code == 0
    assert findings(tracker, busan, "rewritten") == {}


@pytest.mark.parametrize(("on", "found"), [("2026-11-19", True), ("2026-11-20", False)])
def test_what_is_contested_needs_a_verdict_from_then_on(
    tracker: Run, busan: Path, on: str, found: bool
) -> None:
    today = ("--today", "2026-11-26")
    tracker(*today, "log", PROBES, "met", "--says", "cn", "--on", "2026-11-18", db=busan)
    tracker(*today, "log", PROBES, "started", "--says", "us", "--on", "2026-11-20", db=busan)
    said = {PROBES: "China says met and US says started"}
    assert findings(tracker, busan, "contested", *today).items() >= said.items()
    remedy = "log a verdict dated on or after the day of their last claims"
    assert remedy in " ".join(tracker(*today, "check", db=busan).out.split())

    tracker(*today, "log", PROBES, "partial", "--on", on, db=busan)

    assert (PROBES in findings(tracker, busan, "contested", *today)) is found

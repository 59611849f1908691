"""Filters choose what a report lists, in every format, and change nothing of what it says."""

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PHASE_ONE, Run, data
from tracker.book import Book

pytestmark = pytest.mark.on("sqlite")  # test_parity has every report on both

DAY = ("--today", "2026-03-22")
LISTING = [
    "status",
    "gains",
    "claims",
    "deadlines",
    "pace",
    "reliability",
    "week",
]


def rows(tracker: Run, book: Path, *command: object) -> list[dict[str, Any]]:
    ran = tracker(*DAY, *command, "-f", "json", db=book)
    assert ran.code in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return found


@pytest.mark.parametrize(
    ("option", "key"),
    [
        (("--giver", "cn"), lambda row: "cn" in row["givers"]),
        (("--receiver", "us"), lambda row: "us" in row["receivers"]),
        (("--sector", "agriculture"), lambda row: row["sector"] == "agriculture"),
        (("--kind", "tariff"), lambda row: row["kind"] == "tariff"),
        (("--state", "in part"), lambda row: row["state"] == "in part"),
        (("--state", "kept", "--state", "over"), lambda row: row["state"] in ("kept", "over")),
        (("--giver", "us", "--kind", "tariff"),
         lambda row: [*row["givers"], row["kind"]] == ["us", "tariff"]),
    ],
)  # fmt: skip
def test_status_lists_what_fits_every_filter_and_nothing_else(
    tracker: Run, busan: Path, option: tuple[str, ...], key: Any
) -> None:
    everything = rows(tracker, busan, "status")

    found = rows(tracker, busan, "status", *option)

    assert found == [row for row in everything if key(row)]
    assert 0 < len(found) < len(everything)


@pytest.mark.parametrize("report", [*LISTING, "check"])
def test_every_report_that_lists_concessions_follows(
    tracker: Run, busan: Path, report: str
) -> None:
    theirs = {row["concession"] for row in rows(tracker, busan, "status", "--giver", "us")}

    found = rows(tracker, busan, report, "--giver", "us")

    named = {row.get("concession") or row.get("subject") for row in found} - {None}
    deadlines = {row["deadline"] for row in rows(tracker, busan, "deadlines", "--giver", "us")}
    assert named <= theirs | deadlines
    assert found != rows(tracker, busan, report)


@pytest.mark.parametrize("name", ["china", "China", "CN"])
def test_a_party_has_its_name_too(tracker: Run, busan: Path, name: str) -> None:
    assert rows(tracker, busan, "status", "--giver", name) == rows(
        tracker, busan, "status", "--giver", "cn"
    )


def test_a_state_is_one_word_too(tracker: Run, busan: Path) -> None:
    found = [rows(tracker, busan, "status", "--state", word) for word in ("in-part", "in_part")]

    assert found == [rows(tracker, busan, "status", "--state", "in part")] * 2


def test_a_report_without_rows_says_why(tracker: Run) -> None:
    early = tracker("status", "--as-of", "2024-01-01").out
    assert "\nNo concession had been promised or mentioned by then\n" in early
    assert "\nNo concession matches the filters\n" in tracker("status", "--state", "kept").out


def test_gains_leave_out_agreements_of_which_nothing_fits(tracker: Run, portfolio: Path) -> None:
    found = tracker("gains", "--giver", "kr", db=portfolio).out
    titles = re.findall(r"^Who gained what · (.*)", found, re.MULTILINE)
    assert titles == ["US–Korea strategic trade and investment deal", "all agreements together"]


def test_an_agreement_that_is_no_concession_is_told_with_its_own(
    tracker: Run, portfolio: Path
) -> None:
    refused = tracker("claims", "us-korea", db=portfolio).err
    named = refused.partition("Its concessions: ")[2]

    assert named.startswith("kr-ships-150, ")


def test_a_filter_of_what_is_named_leaves_what_fits(tracker: Run, book: Path) -> None:
    found = rows(tracker, book, "status", "soybeans", "tiktok", "--sector", "agriculture")

    assert [row["concession"] for row in found] == ["soybeans"]


def test_a_row_says_the_same_with_a_filter_as_without(tracker: Run, busan: Path) -> None:
    """The counterpart of what is at risk may be one that the filter leaves out."""
    assert (
        tracker("log", "us-fentanyl-tariff-cut", "reversed", "--on", "2026-01-07", db=busan).code
        == 0
    )
    everything, found = (
        data(tracker, *DAY, "week", *giver, db=busan)["new_at_risk"]
        for giver in ((), ("--giver", "cn"))
    )

    assert found == everything
    assert all(row["concession"].startswith("cn-") for row in found)


def test_gains_since_a_day_compare_the_same_concessions(tracker: Run, busan: Path) -> None:
    command = ["gains", "--since", "2026-01-01", "-f", "json"]
    document = json.loads(tracker(*DAY, *command, "--state", "kept", db=busan).out)

    assert [one["was"] for one in document["concessions"]] == [None, "under way"]


def test_the_heading_names_the_filters(tracker: Run, busan: Path) -> None:
    ran = tracker("status", "--giver", "China", "--state", "kept", "--state", "over", db=busan)

    assert " · giver cn, state kept or over · " in ran.out.splitlines()[1]


def test_csv_is_filtered_too(tracker: Run, book: Path) -> None:
    ran = tracker("status", "--kind", "purchase", "-f", "csv", db=book)

    assert [row["concession"] for row in csv.DictReader(StringIO(ran.out))] == ["soybeans"]


def test_nothing_that_fits_is_said_in_a_line(tracker: Run) -> None:
    ran = tracker("status", "--state", "over")

    assert (ran.code, ran.err) == (0, "")
    assert "\nNo concession matches the filters\n" in ran.out


def test_an_agreements_end_is_listed_with_the_concessions_that_fit_and_end_with_it(
    tracker: Run, busan: Path
) -> None:
    def ends(*options: str) -> list[tuple[list[str], list[str]]]:
        found = rows(tracker, busan, "deadlines", "--within", "300", *options)
        return [
            (row["ends"], row["loses"]) for row in found if row["deadline"] == "busan-truce-end"
        ]

    held = ["cn-soy-licences-logs", "us-h200-licences"]
    for slug in held:
        tracker(*DAY, "change", slug, "--hold", "--reason", "It is kept up", db=busan)

    assert ends() == [(held, ["us", "cn"])]
    assert ends("--giver", "us") == [(["us-h200-licences"], ["cn"])]
    assert ends("--state", "lost") == []


def test_of_several_agreements_those_without_any_are_left_out(tracker: Run) -> None:
    assert tracker("apply", PHASE_ONE).code == 0

    ran = tracker("status", "--sector", "digital")
    none = tracker("status", "--state", "over")

    assert "Phase One" not in ran.out
    assert ran.out.count("CONCESSION") == 1
    assert none.out.count("No concession matches the filters") == 1


def test_python_takes_the_same_filters(busan: Path) -> None:
    with Book.open(busan) as book:
        found = book.status(giver="us", state=["in force", "in part"], as_of="2026-03-22").rows

    assert {(*row["givers"], row["state"]) for row in found} == {("us", "in force")}


def test_a_filtered_week_has_only_what_is_about_the_concessions_that_it_lists(
    tracker: Run, busan: Path
) -> None:
    def lists(*options: str) -> dict[str, set[str]]:
        found = data(tracker, *DAY, "week", "2026-W08", *options, db=busan)
        return {
            name: {one["concession"] for one in found[name]}
            for name in ("rows", "changes", "new_at_risk", "due")
        }

    whole, ours = lists(), lists("--giver", "us")

    assert None in whole["changes"]  # about the agreement itself
    assert "us-fentanyl-tariff-cut" in ours["changes"]
    assert all(slugs <= ours["rows"] for slugs in ours.values())
    page = tracker(*DAY, "week", "2026-W08", "--giver", "us", db=busan).out
    assert page.splitlines()[1].endswith("· giver us")
    assert "Also" not in page


def test_a_filtered_diff_leaves_out_what_others_promised(tracker: Run, busan: Path) -> None:
    days = ("diff", "2026-W06", "2026-W08", "--giver", "us", "-f", "json")
    found = json.loads(tracker(*DAY, *days, db=busan).out)

    assert {row["concession"] for row in found["rows"]} == {
        "us-fentanyl-tariff-cut",
        "us-reciprocal-suspend",
    }

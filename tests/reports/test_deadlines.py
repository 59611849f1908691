"""When promises of a day are kept, missed or over, in every report that says so."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, parties

LICENCES = (
    """
[agreement]
slug = "licences"
title = "Licence accord"
agreed_on = "2026-01-01"
source = "joint"

[[agreement.deadline]]
slug = "licences-end"
kind = "expiry"
label = "The accord ends"
due_on = "2026-12-31"
source = "joint"

"""
    + parties("eu", "jp")
    + """[[source]]
key = "joint"
publisher = "European Commission"
title = "Joint statement"
official = true

[[concession]]
slug = "list"
title = "Publish the list of licences"
giver = "jp"
receiver = "eu"
sector = "licences"
kind = "licensing"
instrument = "joint-text"
test = "The list is public."
source = "joint"

[[concession.deadline]]
slug = "list-public"
kind = "delivery"
label = "List is public"
due_on = "2026-02-15"
source = "joint"

[[concession]]
slug = "fees"
title = "Charge no fees for licences"
giver = "eu"
receiver = "jp"
sector = "licences"
kind = "licensing"
instrument = "joint-text"
test = "No fee is charged."
source = "joint"
"""
)


@pytest.fixture
def licences(tracker: Run, tmp_path: Path) -> Run:
    """A book with a promise for 15 February 2026 and one without a day, on 5 March."""
    file, book = tmp_path / "licences.toml", tmp_path / "licences.db"
    file.write_text(LICENCES, "utf-8")

    def run(*words: object) -> Any:
        ran = tracker("--today", "2026-03-05", *words, db=book)
        assert ran.code in (0, 1), ran.err
        return ran

    run("init", file)
    return run


def row_of(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "-f", "json").out)["rows"][0]
    return found


@pytest.mark.parametrize(
    ("month", "kept", "late"), [("2026-02", "on time", 0), ("2026-03", "late", 14)]
)
def test_what_was_met_in_a_month_is_late_only_if_all_of_the_month_is(
    licences: Run, month: str, kept: str, late: int
) -> None:
    run = partial(licences, "--today", "2026-04-01")
    run("log", "list", "met", "--on", month)

    closed = run("close", "list-public", "met", "--on", month).out

    assert ("late" in closed) is bool(late)
    promise, _ = json.loads(run("reliability", "-f", "json").out)["concessions"]
    assert (promise["result"], promise["late_days"]) == (kept, late)
    assert row_of(run, "deadlines")["late_days"] == late


def test_what_lapsed_counts_from_the_first_day_on_which_it_was_met(licences: Run) -> None:
    run = partial(licences, "--today", "2026-04-01")
    for words in ("met --on 2026-02-10", "met --on 2026-03-01", "lapsed --on 2026-03-20"):
        run("log", "list", *words.split())

    promise, _ = json.loads(run("reliability", "-f", "json").out)["concessions"]

    assert (promise["result"], promise["late_days"]) == ("on time", 0)


@pytest.mark.parametrize("report", ["status", "gains", "week 2026-W09", "show list", "reliability"])
def test_a_month_is_printed_as_it_was_given(licences: Run, report: str) -> None:
    licences("log", "list", "met", "--on", "2026-02")

    page = licences(*report.split()).out

    assert "Feb 2026" in page
    assert "28 Feb" not in page
    assert row_of(licences, "status")["stage_on"] == "2026-02"


def test_what_is_kept_before_its_day_is_met_and_no_longer_due(licences: Run) -> None:
    run = partial(licences, "--today", "2026-01-20")
    assert json.loads(run("week", "-f", "json").out)["due"]
    run("log", "list", "met", "--on", "2026-01-10")
    run("log", "list", "met", "--on", "2026-01-19", "--note", "It is still public")

    row = row_of(run, "deadlines")

    assert (row["verdict"], row["outcome_on"], row["late_days"]) == ("met", "2026-01-10", 0)
    assert json.loads(run("week", "-f", "json").out)["due"] == []
    assert json.loads(run("deadlines", "--within", "30", "-f", "json").out)["rows"] == []
    (event, *_) = run("calendar", "--alarm", "3").out.split("END:VEVENT")
    assert "Delivery\\, met" in event
    assert "VALARM" not in event


@pytest.mark.parametrize("outcome", ["log list missed", "close list-public missed"])
def test_no_days_are_left_of_what_was_missed_by_itself_or_with_its_concession(
    licences: Run, outcome: str
) -> None:
    assert "18 d ago" in licences("deadlines").out

    licences(*outcome.split(), "--on", "2026-02-16")

    assert "missed" in licences("deadlines").out
    assert "d ago" not in licences("deadlines").out


def test_what_has_to_be_kept_up_has_met_the_day_of_its_start(licences: Run) -> None:
    run = partial(licences, "--today", "2026-01-20")
    run("change", "list", "--hold", "--reason", "It has to stay public")
    run("log", "list", "met")

    row = row_of(run, "status")

    assert (row["bucket"], row["next_deadline"]["deadline"]) == ("holding", "licences-end")
    assert row_of(run, "deadlines")["verdict"] == "met"
    assert json.loads(run("week", "-f", "json").out)["due"] == []


@pytest.mark.parametrize("hold", [True, False])
def test_of_what_was_met_only_after_a_later_day_the_earlier_one_has_ended(
    licences: Run, hold: bool
) -> None:
    again = ("--concession", "list", "--kind", "delivery", "--label", "Again", "--source", "joint")
    licences("add", "deadline", "list-again", *again, "--due", "2026-03-01")
    if hold:
        licences("change", "list", "--hold", "--reason", "It has to stay public")
    licences("log", "list", "met", "--on", "2026-03-04")

    rows = json.loads(licences("show", "list", "-f", "json").out)["rows"][0]["deadlines"]

    assert [one["verdict"] for one in rows] == ["ended", "met"]
    assert json.loads(licences("week", "-f", "json").out)["overdue"] == []


@pytest.mark.parametrize("hold", [True, False])
def test_the_end_of_an_agreement_is_the_next_deadline_only_of_what_has_to_be_kept_up(
    licences: Run, hold: bool
) -> None:
    if hold:
        licences("change", "fees", "--hold", "--reason", "No fee may come back")

    row = row_of(licences, "status", "fees")

    assert (row["next_deadline"] is not None, row["term_ends_on"] is not None) == (hold, hold)


def test_an_agreement_with_two_ends_runs_until_the_later_one(licences: Run) -> None:
    own = "--agreement licences --kind expiry --label Prolonged --source joint --due 2027-06-30"
    licences("add", "deadline", "later", *own.split())
    licences("change", "fees", "--hold", "--reason", "No fee may come back")

    for day in ("2026-12-01", "2027-01-15"):
        page = licences("week", "--as-of", day).out
        assert "30 June" in page
        assert "The agreement ended" not in page
        assert "expired" not in licences("status", "--as-of", day).out
        findings = json.loads(licences("check", "--as-of", day, "-f", "json").out)["rows"]
        assert "expired" not in {one["finding"] for one in findings}
        assert (
            row_of(licences, "status", "fees", "--as-of", day)["next_deadline"]["deadline"]
            == "later"
        )


def test_an_expiry_after_which_the_agreement_runs_on_goes_by_its_label(licences: Run) -> None:
    own = "--agreement licences --kind expiry --source joint --due 2026-03-12 --label"
    licences("add", "deadline", "first", *own.split(), "First term")

    soon = licences("week", "--as-of", "2026-02-27").out
    licences("move", "first", "2026-03-20", "--on", "2026-03-02")
    licences("move", "first", "2026-03-25", "--says", "eu", "--on", "2026-03-02")
    moved = licences("week", "--as-of", "2026-03-03").out
    licences("close", "first", "cancelled", "--on", "2026-03-04")
    closed = licences("week", "--as-of", "2026-03-04").out

    assert "“First term” is due on 12 March" in soon
    assert "12 Mar  in 13 days  First term\n" in soon
    assert "“First term” was moved to 20 March" in moved
    assert "The EU says “First term” is due on 25 March" in moved
    assert "“First term” was cancelled" in closed


def test_an_expiry_after_which_a_concession_runs_on_goes_by_its_label(licences: Run) -> None:
    own = "--concession fees --kind expiry --source joint --due"
    licences("add", "deadline", "first", "--label", "First", *own.split(), "2026-03-12")
    licences("add", "deadline", "second", "--label", "Second", *own.split(), "2027-03-12")

    soon = licences("week", "--as-of", "2026-02-27").out
    licences("close", "first", "cancelled", "--on", "2026-03-04")
    closed = licences("week", "--as-of", "2026-03-04").out

    assert "“First” for “Charge no fees for licences” is due on 12 March" in soon
    assert "12 Mar  in 13 days  Charge no fees for licences (First)\n" in soon
    assert "The deadline of “First” for “Charge no fees for licences” was cancelled" in closed


def test_what_was_met_late_says_so_until_its_verdict_is_taken_back(licences: Run) -> None:
    licences("move", "list-public", "2026-02-20", "--on", "2026-02-01")
    licences("log", "list", "met", "--on", "2026-03-01")
    page = licences("deadlines", "--width", "120").out
    assert "met, 9 days late  15 Feb (+5 d; 14 days late)" in page
    assert "met\\, 9 days late" in licences("calendar").out.replace("\r\n ", "")

    licences("log", "list", "reversed", "--on", "2026-03-04")
    assert row_of(licences, "deadlines")["verdict"] == "ended"

    licences("undo")
    licences("log", "list", "missed", "--on", "2026-03-04")
    assert "missed   15 Feb (+5 d; missed)" in licences("deadlines", "--width", "120").out
    again = ("--concession", "list", "--kind", "delivery", "--label", "Again", "--source", "joint")
    licences("add", "deadline", "list-again", *again, "--due", "2026-03-01")
    rows = json.loads(licences("show", "list", "-f", "json").out)["rows"][0]["deadlines"]
    assert [one["verdict"] for one in rows] == ["ended", "missed"]

    for _ in range(3):
        licences("undo")
    assert row_of(licences, "deadlines")["verdict"] == "overdue"


CLOSED = "“Publish the list of licences” was closed as missed"


@pytest.mark.parametrize(
    ("others", "headline", "also"),
    [
        ([], CLOSED, ""),
        ([("note", "list", "Talks go on")], CLOSED, ""),
        ([("log", "fees", "started", "--says", "eu")], CLOSED, "The EU says that “Charge no fees"),
        ([("log", "fees", "started")], "“Charge no fees for licences” went from announced", CLOSED),
    ],
)
def test_what_was_closed_as_missed_comes_before_claims_and_after_changes(
    licences: Run, others: list[tuple[str, ...]], headline: str, also: str
) -> None:
    licences("close", "list-public", "missed", "--on", "2026-03-02")
    for words in others:
        licences(*words)

    week = json.loads(licences("week", "-f", "json").out)

    assert week["headline"].startswith(headline)
    assert (f"{CLOSED}." in week["lead"]) is (headline != CLOSED)
    assert any(sentence.startswith(also) for sentence in week["lead"])
    assert "Japan → EU closed as missed 2 Mar" in " ".join(licences("week").out.split())


@pytest.mark.parametrize(("stage", "found"), [("", True), ("missed", False), ("partial", False)])
def test_what_was_closed_as_missed_needs_a_verdict(licences: Run, stage: str, found: bool) -> None:
    licences("log", "list", "started", "--on", "2026-02-01")
    licences("close", "list-public", "missed", "--on", "2026-03-02")
    if stage:
        licences("log", "list", stage, "--on", "2026-03-02")

    said = "list-public was closed as missed, 2 Mar, and the stage is still 'started'"
    assert (said in " ".join(licences("check", "--width", "200").out.split())) is found


@pytest.mark.parametrize(("outcome", "stage"), [("missed", "met"), ("met", "missed")])
def test_a_verdict_that_the_outcome_of_its_deadline_contradicts_is_found(
    licences: Run, outcome: str, stage: str
) -> None:
    licences("close", "list-public", outcome, "--on", "2026-03-02")
    licences("log", "list", stage, "--on", "2026-03-03")

    said = f"the verdict is '{stage}', and list-public was closed as {outcome}"
    assert said in " ".join(licences("check", "--width", "200").out.split())


def test_an_agreements_own_days_are_listed_once_it_was_reached(tracker: Run) -> None:
    def days(as_of: str) -> tuple[list[str], int]:
        rows = json.loads(tracker("deadlines", "--as-of", as_of, "-f", "json").out)["rows"]
        events = tracker("calendar", "--as-of", as_of).out.count("BEGIN:VEVENT")
        return [row["deadline"] for row in rows], events

    assert days("2025-09-30") == ([], 0)
    assert "truce-year" in days("2025-10-01")[0]
    tracker("log", "soybeans", "negotiating", "--on", "2025-09-20")
    assert days("2025-09-30") == days("2025-10-01")

"""Reports at their two clocks: what had happened by a day, as the book held it at a moment."""

import csv
import json
import time
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import PHASE_ONE, Run, data
from tracker.cli.running import run

pytestmark = pytest.mark.on("sqlite")  # test_parity has every report on both

REPORTS = [
    ["status"],
    ["week", "2026-W01"],
    ["week"],
    ["gains"],
    ["show", "soybeans"],
    ["history", "--all"],
    ["deadlines"],
    ["claims"],
    ["sources"],
]


def moment() -> str:
    """Return the moment now, with the clock's next tick behind it."""
    now = datetime.now(UTC)
    time.sleep(0.002)
    return now.isoformat()


def log_soybeans(tracker: Run) -> None:
    ran = tracker(
        "log",
        "soybeans",
        "partial",
        "-m",
        "8 MMT sold",
        "--on",
        "2026-01-07",
        "--source",
        "article",
    )
    assert ran.code == 0, ran.err


def test_a_logged_stage_moves_its_own_week_and_not_the_one_before(tracker: Run) -> None:
    reports = [["status"], ["gains"], ["week", "2026-W02"], ["week", "2026-W01"]]
    before = [tracker(*report, "-f", "json").out for report in reports]

    log_soybeans(tracker)

    status, gains, this_week, week_before = (data(tracker, *report) for report in reports)
    assert status["rows"][0]["stage"] == "partial"
    assert gains["rows"][0] | {"in_part": 1, "under_way": 1} == gains["rows"][0]
    assert (this_week["rows"][0]["previous_stage"], this_week["rows"][0]["change"]) == (
        "started",
        "up",
    )
    assert [row["entry"] for row in this_week["changes"]] == [25]
    told_before = json.loads(before[3])
    for document in (week_before, told_before):
        del document["book"], document["known_by"]
    assert week_before == told_before


def test_a_retracted_entry_is_gone_from_today_but_not_from_what_was_known_before(
    tracker: Run,
) -> None:
    log_soybeans(tracker)
    known = moment()
    reports = [["status"], ["gains"], ["week", "2026-W02"], ["show", "soybeans"], ["history"]]
    before = [tracker(*report, "--known-by", known).out for report in reports]
    assert all(before)

    assert tracker("retract", 25, "--reason", "Misread the table").code == 0

    assert [tracker(*report, "--known-by", known).out for report in reports] == before
    (today,) = data(tracker, "status", "soybeans")["rows"]
    assert (today["stage"], today["last_word_on"]) == ("started", "2025-12-30")
    assert "8 MMT sold" not in tracker("history").out
    rows = data(tracker, "history", "soybeans", "--all")["rows"]
    told = [row for row in rows if row["kind"] != "declaration"]
    assert [(row["entry"], row["refers_to"], row["retracted_by"]) for row in told][1:] == [
        (25, None, 26),
        (26, 25, None),
    ]
    assert tracker("db", "verify").out.split(": ")[1].startswith("26 entries, unbroken")


def test_a_report_as_of_a_day_before_the_agreement_is_empty_and_no_error(tracker: Run) -> None:
    for report in (["status"], ["gains"], ["week", "2025-W30"], ["show", "soybeans"], ["claims"]):
        ran = tracker(*report, "--as-of", "2025-09-30")
        assert (ran.code, ran.err) == (0, "")
    assert data(tracker, "status", "--as-of", "2025-09-30")["rows"] == []


def test_a_concession_is_in_reports_from_the_first_day_of_its_promise(tracker: Run) -> None:
    since = ["--promised", "2025-12", "--reason", "The readout of December"]
    assert tracker("change", "tiktok", *since).code == 0

    named = {
        on: [row["concession"] for row in data(tracker, "status", "--as-of", on)["rows"]]
        for on in ("2025-10-01", "2025-11-30", "2025-12-01")
    }

    assert named["2025-10-01"] == named["2025-11-30"] == ["soybeans", "rare-earths", "chip-sales"]
    assert named["2025-12-01"] == [*named["2025-11-30"], "tiktok"]


def test_another_process_on_another_day_gives_the_same_bytes(
    tracker: Run, program: Run, told: Path
) -> None:
    flags = ["--as-of", "2026-01-11", "--known-by", "2026-01-11", "-f", "markdown"]

    here = tracker("--today", "2026-01-11", "week", "2026-W02", *flags, db=told)
    elsewhere = program(
        "--today", "2026-11-24", "week", "2026-W02", *flags, db=told,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "COLUMNS": "40"},
    )  # fmt: skip

    assert elsewhere.out == here.out


@pytest.mark.parametrize("name", ["text", "csv", "json", "latex"])
def test_an_empty_book_has_every_report(empty: Path, tracker: Run, name: str) -> None:
    for report in (["status"], ["week"], ["gains"], ["history"], ["deadlines"], ["claims"]):
        ran = tracker(*report, "-f", name, db=empty)
        assert (ran.code, ran.err) == (0, ""), report


@pytest.fixture
def empty(tracker: Run, tmp_path: Path) -> Path:
    """A book of nothing."""
    path = tmp_path / "empty.db"
    assert tracker("init", "--empty", db=path).code == 0
    return path


def test_an_agreement_named_narrows_a_report_to_it(tracker: Run) -> None:
    assert tracker("apply", PHASE_ONE).code == 0

    both = tracker("status")
    one = data(tracker, "status", "--agreement", "phase-one")

    assert both.out.index("US–China trade truce · expires") < both.out.index(
        "US–China Phase One agreement\n"
    )
    assert {row["agreement"] for row in one["rows"]} == {"phase-one"}
    assert one["agreement"] == "phase-one"


def test_with_several_agreements_who_gained_what_is_told_of_each(tracker: Run) -> None:
    tracker("apply", PHASE_ONE)

    told = tracker("gains").out
    titles = [line for line in told.splitlines() if line.startswith("Who gained what ·")]

    assert titles == [
        "Who gained what · US–China trade truce",
        "Who gained what · US–China Phase One agreement",
        "Who gained what · all agreements together",
    ]


def test_a_restated_target_shows_the_first_one(tracker: Run, busan: Path) -> None:
    moved = ("move", "cn-soy-2026-delivery", "2026-12-31", "--target", "20", "--says", "us")
    tracker("--today", "2026-03-20", *moved, db=busan)

    table = tracker("--today", "2026-03-20", "status", "cn-soy-2026", "-f", "md", db=busan).out

    assert "of 20 MMT, first 25" in table


def test_a_moved_end_of_an_agreement_is_told_as_moved(tracker: Run, busan: Path) -> None:
    tracker("--today", "2026-03-20", "move", "busan-truce-end", "2027-11-10", db=busan)

    told = tracker("--today", "2026-03-20", "status", db=busan).out

    assert "(2027-11-10, moved +365)" in told.splitlines()[1]


def test_what_held_and_ended_in_silence_is_in_doubt(tracker: Run) -> None:
    tracker("change", "soybeans", "--hold", "--reason", "While the truce lasts")

    buckets = {
        on: {
            row["concession"]: row["bucket"]
            for row in data(tracker, "gains", "--as-of", on)["concessions"]
        }
        for on in ("2026-10-31", "2026-11-01")
    }

    assert buckets["2026-10-31"]["soybeans"] == "under way"
    assert buckets["2026-11-01"] == buckets["2026-10-31"] | {"soybeans": "in doubt"}


@pytest.mark.parametrize(
    ("by", "counts"),
    [("receiver", {"us": (2, 1), "cn": (1, 0)}), ("giver", {"us": (1, 0), "cn": (2, 1)})],
)
def test_gains_are_told_by_who_received_or_by_who_gave(
    tracker: Run, by: str, counts: dict[str, tuple[int, int]]
) -> None:
    rows = data(tracker, "gains", "--by", by)["rows"]

    assert {row["party"]: (row["under_way"], row["promised"]) for row in rows} == counts


def test_gains_since_a_day_tell_in_which_bucket_each_was_then(tracker: Run) -> None:
    log_soybeans(tracker)

    found = data(tracker, "gains", "--since", "2026-01-06")

    was = {row["concession"]: (row["was"], row["bucket"]) for row in found["concessions"]}
    assert was["soybeans"] == ("under way", "in part")
    assert {one for slug, (one, _) in was.items() if slug != "soybeans"} == {None}


def test_what_both_sides_agree_on_is_told_where_it_is_not_the_stage(tracker: Run) -> None:
    for party in ("us", "cn"):
        tracker("log", "soybeans", "announced", "--says", party)

    assert "started" in tracker("status", "soybeans").out
    assert "agreed on announced" in tracker("status", "soybeans").out


def test_what_was_met_late_shows_the_day_beside_its_verdict(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-04-10")
    tracker(*today, "close", "cn-soy-2025-delivery", "met", "--on", "2026-03-31", db=busan)

    assert "met, 31 days late" in tracker(*today, "deadlines", "-f", "md", db=busan).out


@pytest.mark.parametrize("command", ["show soybeans", "show truce-year", "history soybeans"])
def test_under_the_title_of_one_thing_it_is_the_agreement_that_expires(
    tracker: Run, command: str
) -> None:
    told = tracker("--today", "2026-01-11", *command.split()).out.splitlines()[1]

    assert told == "as of 2026-01-11 · the agreement expires in 293 days (2026-10)"


def test_a_page_as_of_a_day_ahead_says_that_it_is_still_to_come(tracker: Run) -> None:
    ahead, now = ("--as-of", "2026-01-12"), ("--today", "2026-01-11")

    assert "\nas of 2026-01-12 (still to come) · " in tracker(*now, "status", *ahead).out
    assert "as of 12 Jan 2026 (still to come)" in tracker(*now, "week", *ahead).out
    assert tracker(*now, "week", "--as-of", "2026-01-18").out.count("(still to come)") == 1
    assert "still to come" not in tracker(*now, "week").out
    assert "still to come" not in tracker("--today", "2026-01-12", "week", *ahead).out


def test_at_risk_names_the_cliff_if_an_agreement_ends_within_its_days(
    tracker: Run, portfolio: Path
) -> None:
    last_day = ("--today", "2026-06-10", "move", "busan-truce-end", "2026-06-30")
    assert tracker(*last_day, db=portfolio).code == 0

    def told(*words: str) -> str:
        return tracker("--today", "2026-06-10", "at-risk", *words, db=portfolio).out

    assert "end with the agreement on 30 June: see 'tracker cliff'." in told(
        "--agreement", "busan-truce"
    )
    assert "end with “US–China trade truce, 2025–26” on 30 June" in told()
    assert "tracker cliff" not in told("--within", "19")


def test_an_end_that_was_cancelled_no_longer_stands_in_the_header(
    tracker: Run, busan: Path
) -> None:
    today = ("--today", "2026-11-24")
    before = tracker(*today, "gains", db=busan).out.splitlines()[1]

    tracker(*today, "close", "busan-truce-end", "cancelled", "--on", "2026-11-10", db=busan)

    assert before == "as of 2026-11-24 · expires in 47 days (2027-01-10, moved +61)"
    assert tracker(*today, "gains", db=busan).out.splitlines()[1] == "as of 2026-11-24"


def test_a_day_of_known_by_is_one_of_the_machines_clock(tracker: Run) -> None:
    tracker("--today", "2026-01-08", "log", "soybeans", "Partial", "--on", "2026-01-07")

    told = tracker("--today", "2026-01-08", "status", "soybeans", "--known-by", "today")

    assert "partial" in told.out


# --- part of a table --------------------------------------------------------------------------

TABLES = [
    *("status", "gains", "history", "deadlines", "pace", "claims", "cliff", "at-risk", "sources"),
    *("diff 2025-12-01 2026-03-01", "reliability", "check"),
]


@pytest.mark.parametrize("report", TABLES)
def test_a_limit_leaves_one_row_of_any_report_with_a_main_table(
    tracker: Run, busan: Path, report: str
) -> None:
    command = ["--today", "2026-03-22", *report.split(), "--limit", "1"]
    text = tracker(*command, db=busan)
    document = data(tracker, *command, db=busan)
    rows = tracker(*command, "-f", "csv", db=busan).out

    assert (text.code in (0, 1), text.err) == (True, "")
    assert len(document["rows"]) == 1
    assert len(list(csv.reader(StringIO(rows)))) == 2
    assert len(text.out) < len(tracker(*command[:-2], db=busan).out)


def test_columns_of_status_are_named_as_people_see_them_or_as_programs_do(
    tracker: Run, book: Path
) -> None:
    ran = tracker("status", "soybeans", "--columns", "Next deadline,sector,last_word_on", db=book)

    assert "NEXT DEADLINE  SECTOR       LAST WORD\n" in ran.out


def test_check_still_fails_for_findings_that_a_limit_leaves_out(tracker: Run) -> None:
    ran = tracker("check", "--stale", "1", "--limit", "1", "--columns", "subject")

    assert (ran.code, ran.err) == (1, "")


# --- no command at all ------------------------------------------------------------------------


def test_without_a_command_the_week_is_printed_in_brief(tracker: Run) -> None:
    assert tracker() == tracker("week", "--brief")
    assert tracker("--today", "2026-03-01") == tracker("--today", "2026-03-01", "week", "--brief")


def test_without_a_command_and_a_book_the_default_one_is_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, made = run([]), capsys.readouterr()
    again, page = run([]), capsys.readouterr()

    assert (first, again, made.out, page.err) == (0, 0, page.out, "")
    assert "made a new book at" in made.err
    assert "Week 2026-W02" in page.out.splitlines()[0] or "week 2026-W02" in page.out


def test_without_a_command_a_book_that_is_missing_is_refused(tracker: Run, tmp_path: Path) -> None:
    missing = tracker(db=tmp_path / "missing.db")

    assert missing == tracker("week", db=tmp_path / "missing.db")
    assert missing.code == 7

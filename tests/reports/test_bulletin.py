"""The weekly page of the shipped books: its order, its length, and what each part says."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker.reports.status import StatusRow
from tracker.reports.week import WeekDocument
from tracker.tables.widths import width

STRUCK_DOWN = "2026-W08"
"""The week in which the Supreme Court struck the emergency tariffs down."""
QUIET = "2026-W33"


@pytest.fixture
def page(tracker: Run, busan: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ask for a week's page, in lines of so many columns."""

    def ask(*words: str, columns: int = 100) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = tracker("--today", "2026-11-25", "week", *words, db=busan)
        assert (ran.code, ran.err) == (0, "")
        return list(ran.out.splitlines())

    return ask


def titles_of(lines: list[str]) -> list[str]:
    """Return the titles of the parts of a page: the lines after empty ones."""
    return [
        line.partition(" (")[0]
        for before, line in zip(["", *lines], lines, strict=False)
        if before == "" and line
    ]


def test_the_news_comes_first_and_the_rest_last(page: Any) -> None:
    titles = titles_of(page(STRUCK_DOWN))

    order = [
        *("What happened", "Also this week", "At risk", "Due within 30 days", "Who gained what"),
        *("No change this week", "[1]  White House, 20 Feb, official: https://www"),
    ]
    assert [title for title in titles if title in order] == order[:-1]
    assert titles[-2].startswith(order[-1])


def test_an_outsider_reads_what_happened_above_the_fold(page: Any) -> None:
    top = " ".join(page(STRUCK_DOWN)[:8])

    assert "Two concessions by the US became void" in top
    assert "at risk" in top
    assert "“Halve the fentanyl tariff to 10 %”" in top
    assert "Next due: “Buy US soybeans in the last two months of 2025”, on 28 February" in top
    assert "none arrived (Chinese customs, 6 Jan), 87 % sold (USDA)" in top


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("week", ["2025-W44", "2025-W49", STRUCK_DOWN, "2026-W20", "2026-W46"])
def test_no_line_is_wider_than_the_page_and_no_word_is_broken(
    page: Any, week: str, columns: int
) -> None:
    lines = page(week, columns=columns)

    wide = [line for line in lines if width(line) > columns and "://" not in line]
    assert not wide
    assert not [line for line in lines if "…" in line]


def test_a_page_is_short(page: Any) -> None:
    assert len(page(STRUCK_DOWN)) <= 60
    assert len(page(STRUCK_DOWN, columns=80)) <= 72
    assert len(page(STRUCK_DOWN, "--brief")) <= 30
    assert len(page(QUIET)) <= 40


def test_a_new_promise_has_the_source_that_states_it(page: Any) -> None:
    promised = [line for line in page("2025-W44") if line.startswith("+ ")]

    assert len(promised) == 25
    assert all("[" in line for line in promised)


def test_the_brief_page_stops_after_who_gained_what_and_marks_no_source(page: Any) -> None:
    lines = page(STRUCK_DOWN, "--brief")

    assert titles_of(lines)[-2:-1] == ["Who gained what"]
    assert not any("[1]" in line for line in lines)


def test_the_brief_page_tells_how_a_note_begins_if_it_is_the_only_news(tracker: Run) -> None:
    words = ("COFCO buys six cargoes. Sinograin waits.", "--says", "cn", "--on", "2026-01-07")
    assert tracker("note", "soybeans", *words).code == 0
    assert tracker("log", "tiktok", "met", "-m", "The deal closes.", "--on", "2026-01-08").code == 0

    told = " ".join(tracker("--today", "2026-01-11", "week", "--brief").out.split())

    assert "China says 7 Jan COFCO buys six cargoes. Who" in told
    assert "The deal closes" not in told


def test_terms_that_ended_in_the_week_are_told_once_and_are_overdue_later(page: Any) -> None:
    ended, later = page("2026-W46"), page("2026-W47")

    assert not [line for line in ended if line.startswith("Overdue")]
    assert "Overdue, or outcome unknown (8)" in later


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-11-13", "Nov 2026 this month Next exchange on artificial intelligence"),
        ("2026-12-31", "2026 this year APEC summit in China"),
    ],
)
def test_what_is_due_in_a_month_or_a_year_that_runs_is_not_due_on_its_last_day(
    tracker: Run, busan: Path, today: str, due: str
) -> None:
    ran = tracker("--today", today, "week", db=busan)

    assert due in [" ".join(line.split()) for line in ran.out.splitlines()]


def test_sources_of_what_did_not_change_are_listed_if_asked_for(page: Any) -> None:
    assert len(page(STRUCK_DOWN, "--sources")) > len(page(STRUCK_DOWN)) + 20


def test_every_side_says_what_it_had_before_the_week(tracker: Run, busan: Path) -> None:
    ran = tracker("--today", "2026-11-25", "week", STRUCK_DOWN, "-f", "json", db=busan)
    china = json.loads(ran.out)["gains"][1]

    assert (china["before"]["holding"] - china["holding"], china["void"]) == (2, 2)


def test_terms_that_ended_on_one_day_share_a_line(page: Any) -> None:
    lines = page("2026-W47")
    at = next(at for at, line in enumerate(lines) if line.startswith("Ended 9 Nov"))

    assert " ".join(lines[at : at + 2]) == (
        "Ended 9 Nov: “Extend 178 exclusions from Section 301 tariffs”, “Suspend the 50 %"
        " Affiliates Rule”, “Suspend the port fees and crane tariffs”."
    )


def test_what_parties_named_for_the_end_is_told_with_it_once_it_has_passed(tracker: Run) -> None:
    words = ("move", "truce-year", "2027-01-10", "--says", "us", "--on", "2026-01-08")
    assert tracker("--today", "2026-01-11", *words).code == 0
    corn = (
        "add concession corn --agreement busan-2025 --title Corn --giver cn --receiver us --hold"
        " --sector farming --kind purchase --instrument readout --test None --source article"
    )
    assert tracker(*corn.split()).code == 0

    page = tracker("--today", "2026-11-15", "week").out

    ended = "Ended Oct 2026: “US–China trade truce” (US says 10 Jan 2027), “Corn”."
    assert f"\n{ended}\n" in page


def test_terms_that_ended_without_a_word_are_not_listed_again_as_unchanged(page: Any) -> None:
    above, _, below = "\n".join(page("2026-W47")).partition("No change this week")

    assert "“Suspend the port fees and crane tariffs”" in above
    assert "Suspend the port fees" not in below
    assert "ended" not in below


@pytest.mark.parametrize("extended", ["2027-01-10", "2026-11-26"])
def test_a_term_that_is_extended_after_its_end_changed_on_the_day_of_the_news(
    tracker: Run, busan: Path, extended: str
) -> None:
    now, end = ("--today", "2026-11-26"), "cn-24pct-suspend-end"
    moved = tracker(*now, "move", end, extended, "--on", "2026-11-24", db=busan)
    assert moved.code == 0

    news = tracker(*now, "week", "--brief", db=busan).out.splitlines()

    (line,) = [one for one in news if one.startswith("▲")]
    assert line.endswith("in doubt → holding  24 Nov")


@pytest.mark.parametrize(("due", "calm"), [("2026-04-11", True), ("2026-04-10", False)])
def test_what_is_due_in_ninety_days_needs_no_watching_yet(
    tracker: Run, due: str, calm: bool
) -> None:
    kind = ("--kind", "delivery", "--label", "Sale", "--due", due, "--source", "article")
    assert tracker("add", "deadline", "sale", "--concession", "tiktok", *kind).code == 0

    page = tracker("--today", "2026-01-11", "week").out
    assert ("Under negotiation (1): tiktok" in page.replace("\n", " ")) is calm


def test_what_gets_its_term_back_with_the_agreement_has_the_day_of_its_stage(
    tracker: Run, busan: Path
) -> None:
    now, to = ("--today", "2027-01-24"), ("2027-11-10", "--on", "2027-01-19")
    assert tracker(*now, "move", "busan-truce-end", *to, db=busan).code == 0

    news = tracker(*now, "week", "--brief", "--width", "150", db=busan).out.splitlines()

    (line,) = [one for one in news if one.startswith("▲ Stop fentanyl precursors")]
    assert line.endswith("in doubt → under way  10 Nov 2025")


@pytest.mark.parametrize(
    ("kind", "overdue", "passed"),
    [
        ("delivery", "8 Jan 12 days ago Sell the US operations of TikTok", "was due"),
        ("expiry", "Ended 8 Jan: “Sell the US operations of TikTok”", "ended"),
    ],
)
def test_what_has_passed_is_listed_again_with_what_a_party_claims(
    tracker: Run, kind: str, overdue: str, passed: str
) -> None:
    today = ("--today", "2026-01-20")
    due = ["--kind", kind, "--label", "Sale", "--due", "2026-01-08", "--source", "article"]
    assert tracker(*today, "add", "deadline", "sale", "--concession", "tiktok", *due).code == 0
    assert tracker(*today, "log", "tiktok", "met", "--says", "us", "--on", "2026-01-07").code == 0

    page = " ".join(tracker(*today, "week").out.split())
    above, _, below = page.partition("No change this week")

    assert overdue in above
    assert f"{passed} 8 Jan; US says met" in below


def test_an_overdue_delivery_stays_listed_in_a_week_in_which_its_concession_changed(
    tracker: Run,
) -> None:
    today = ("--today", "2026-01-20")
    due = ["--kind", "delivery", "--label", "Sale", "--due", "2026-01-12", "--source", "article"]
    assert tracker(*today, "add", "deadline", "sale", "--concession", "tiktok", *due).code == 0
    assert tracker(*today, "log", "tiktok", "partial", "--on", "2026-01-15").code == 0

    page = tracker(*today, "week", "2026-W03").out

    assert "Sell the US operations" in page.partition("Overdue")[2].partition("\n\n")[0]


@pytest.fixture
def happened(tracker: Run) -> Callable[..., str]:
    """Record commands on a book, and return what its page says of the week of 12 January 2026."""

    def ask(*commands: str) -> str:
        for command in (*commands, "week 2026-W03"):
            ran = tracker("--today", "2026-01-20", *shlex.split(command))
            assert ran.code == 0, ran.err
        return ran.out.partition("What happened")[2].partition("\n\n")[0]

    return ask


def test_a_claim_that_contradicts_an_earlier_one_is_told_with_it(happened: Any) -> None:
    page = happened(
        "log tiktok met --says cn --on 2026-01-09",
        "log tiktok stalled --says us --on 2026-01-13",
    )

    assert "  US says stalled, China says met on 9 Jan  13 Jan" in page


def test_two_claims_of_a_week_that_contradict_each_other_are_told_once(happened: Any) -> None:
    page = happened(
        "log tiktok met --says cn --on 2026-01-13",
        "log tiktok stalled --says us --on 2026-01-14",
    )

    assert page.endswith("  US says stalled, China says met on 13 Jan  14 Jan")


def test_what_becomes_void_after_it_was_lost_does_not_move_up(happened: Any) -> None:
    page = happened(
        "log tiktok reversed --on 2026-01-09",
        "log tiktok moot --on 2026-01-13",
    )

    assert "\n▼ Sell the US operations of TikTok" in page


@pytest.mark.parametrize(
    ("stages", "line"),
    [
        (("reversed", "partial"), "reversed, then partial"),
        (("met", "moot", "moot", "partial"), "met, then void, then partial"),
        (("met", "started"), "met, then started"),
    ],
)
def test_a_verdict_that_did_not_last_the_week_is_told(
    happened: Any, stages: tuple[str, ...], line: str
) -> None:
    page = happened(
        "log tiktok partial --on 2026-01-09",
        *(f"log tiktok {stage} --on 2026-01-13" for stage in stages),
    )

    assert page.endswith(f"\n  {line}")


def test_the_note_of_a_change_is_told_however_much_came_after_it(happened: Any) -> None:
    page = happened(
        "log tiktok partial --on 2026-01-13 -m 'ByteDance signs'",
        *(f"note tiktok 'Comment {number}' --on 2026-01-14" for number in (1, 2, 3, 4)),
    )

    assert page.endswith(
        "\n  ByteDance signs · Comment 2 · Comment 3 · Comment 4 · and 1 earlier entry"
    )


def test_a_note_among_claims_is_marked(happened: Any) -> None:
    note = "note tiktok 'China says the law still applies' --on 2026-01-14"

    assert happened(note).endswith("\n  China says the law still applies")
    assert happened("log tiktok met --says us --on 2026-01-13").endswith(
        "\n  note: China says the law still applies"
    )


def test_what_is_at_risk_says_its_bucket_and_once_for_all_for_what_it_was_given(page: Any) -> None:
    lines = page(STRUCK_DOWN)
    at = next(at for at, line in enumerate(lines) if line.startswith("At risk (4)"))

    assert [
        " ".join(line.replace("China → US", "").split()) for line in lines[at + 1 : at + 7]
    ] == [
        "Stop fentanyl precursors from going to North America under way",
        "Strictly control certain other precursors for all destinations promised",
        "Drop the farm tariffs of March 2025 holding",
        "all 3: given for “Halve the fentanyl tariff to 10 %”, now void",
        "Keep 24 points of the counter-tariff suspended holding",
        "given for “Keep the higher reciprocal tariff suspended”, now void",
    ]


def test_a_page_says_who_is_ahead_and_what_that_was_last_week(page: Any) -> None:
    assert (
        "By number, the US is ahead: the US gained 2 of 21 concessions, with 6 holding; China"
        " gained none of 9, with 5 holding. Last week China had 7 holding and none void."
    ) in " ".join(page(STRUCK_DOWN))


def test_what_is_calm_is_listed_by_what_it_is_and_by_its_slugs(page: Any) -> None:
    told = " ".join(page(STRUCK_DOWN))

    assert "Already gained (2): cn-soy-licences-logs, tiktok-divestiture." in told
    assert "Still holding (9, 3 of them until 9 Nov): us-301-exclusions, us-affiliates-rule" in told
    assert "No news for 14 days or more (25 of 30): longest us-h20-licences, 158 days" in told


def test_what_a_party_disputes_is_not_calm_until_a_later_verdict(tracker: Run) -> None:
    def unchanged(*command: str) -> str:
        for one in (command, ("week",)):
            ran = tracker("--today", "2026-01-20", *one)
            assert ran.code == 0, ran.err
        return " ".join(ran.out.partition("No change this week")[2].split())

    assert "Already gained (1): chip-sales." in unchanged(
        *("log", "chip-sales", "met", "--on", "2026-01-08")
    )
    doubted = unchanged("log", "chip-sales", "broken", "--says", "cn", "--on", "2026-01-09")
    assert "met; China says broken" in doubted
    assert "contested" in unchanged(
        *("log", "chip-sales", "met", "--says", "us", "--on", "2026-01-10")
    )
    assert "Already gained (1): chip-sales." in unchanged(
        *("log", "chip-sales", "met", "--on", "2026-01-11")
    )


def test_a_count_of_the_week_is_a_share_of_its_target_and_says_whose(page: Any) -> None:
    told = page(STRUCK_DOWN)

    assert any("87 % of 12 MMT sold, USDA" in line for line in told)
    assert not any("closed as cancelled" in line for line in told)


@pytest.mark.parametrize(
    ("week", "row"),
    [
        ("2026-W03", "77 % of 12 MMT sold, USDA  15 Jan"),  # traders had contracted 100 %
        ("2026-W09", "88 % of 12 MMT sold, USDA  26 Feb"),  # 55 % were shipped
        ("2026-W10", "89 % of 12 MMT sold, USDA (88 % by the deadline)  5 Mar"),  # and a verdict
    ],
)
def test_a_row_has_the_official_count_furthest_along_and_its_day(
    page: Any, week: str, row: str
) -> None:
    told = page(week, "--brief", columns=140)

    assert any(line.startswith("Buy US soybeans in the last two") and row in line for line in told)


@pytest.mark.parametrize("form", ["markdown", "html", "mail"])
def test_a_page_explains_the_words_that_it_uses_and_no_others(page: Any, form: str) -> None:
    told = "\n".join(page(STRUCK_DOWN, "-f", form))

    assert "Holding: in force, and has to stay so." in told
    assert "Void: overtaken by law, dropped, or lapsed before it was kept." in told
    assert "MMT: million metric tons." in told
    assert "Expired: " not in told


def test_no_row_of_a_week_is_compared_with_every_other(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week of thousands of calm promises took twice as long when each was sought in a list."""
    compared: list[tuple[object, object]] = []
    monkeypatch.setattr(
        StatusRow, "__eq__", lambda one, other: compared.append((one, other)) or one is other
    )

    assert page(QUIET)
    assert not compared


def test_what_changed_is_gathered_as_often_for_many_ended_terms_as_for_none(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The week in which thousands of terms ended took seven times as long."""
    gathered, changed = list[str](), WeekDocument.changed.fget

    def counting(found: WeekDocument) -> set[str]:
        gathered.append(found.period.week)
        return changed(found)  # type: ignore[no-any-return, misc]

    monkeypatch.setattr(WeekDocument, "changed", property(counting))
    assert page("2026-W46")
    assert page(QUIET)

    assert gathered.count("2026-W46") == gathered.count(QUIET)


def test_what_is_due_or_passed_is_not_listed_again_as_unchanged(page: Any) -> None:
    told = page("2026-W46")

    (title,) = [line for line in told if "artificial intelligence" in line and "Nov" in line][-1:]
    assert title.lstrip().startswith("Nov 2026")
    assert told.index(title) < next(at for at, one in enumerate(told) if "No change" in one)


def test_the_end_of_a_promise_that_nobody_has_begun_to_keep_is_no_due_day(page: Any) -> None:
    told = " ".join(page(STRUCK_DOWN, "-f", "markdown"))

    assert "until 31 Dec: “Keep the tariff-exclusion process open”; due 31 Dec 2027:" in told


def test_a_week_in_which_everything_changed_has_no_empty_part(tracker: Run) -> None:
    for slug in ("soybeans", "rare-earths", "chip-sales", "tiktok"):
        assert tracker("log", slug, "broken", "--on", "2026-01-06").code == 0

    assert "No change this week" not in tracker("week").out


def test_of_several_agreements_each_update_says_which_it_is_about(
    tracker: Run, portfolio: Path
) -> None:
    ran = tracker("--today", "2026-11-26", "week", "2026-W41", db=portfolio)

    news = "“US–China trade truce, 2025–26”: The Section 301 duties on China of 2018"
    assert " ".join(ran.out.split()).count(news) == 2  # in the lead and under "Also this week"


def test_of_several_agreements_each_deadline_says_whose_it_is(
    tracker: Run, portfolio: Path
) -> None:
    commands = (
        "add deadline talks --agreement us-eu --kind meeting --label Talks --due 2026-10-20"
        " --source eu-joint-statement",
        "add deadline round --agreement us-eu --kind meeting --label Round --due 2026-11-02"
        " --source eu-joint-statement",
        "move round 2026-11-05 --on 2026-10-07",
        "close talks cancelled --on 2026-10-07",
    )
    for command in commands:
        ran = tracker("--today", "2026-10-10", *command.split(), db=portfolio)
        assert ran.code == 0, ran.err

    page = " ".join(tracker("--today", "2026-10-10", "week", db=portfolio).out.split())

    title = "US–EU framework agreement"
    assert f"“Round” ({title}) was moved to 5 November" in page
    assert f"“Talks” ({title}) was cancelled" in page
    assert f"in 26 days Round ({title})" in page
    due = page.partition("Due within 30 days")[2].partition("Overdue")[0]
    assert re.search(r"\(US → China; ends\)", due)


def test_a_cut_is_counted_by_how_much_of_it_was_made(tracker: Run, portfolio: Path) -> None:
    eu = ("--agreement", "us-eu")
    ran = tracker("--today", "2026-11-26", "week", "2025-W31", *eu, db=portfolio)

    told = " ".join(ran.out.split())
    assert "US notice counts 15 %, 100 % of the cut from 27.5 to 15 %" in told


def test_a_row_says_how_much_of_a_cut_was_made(tracker: Run) -> None:
    cut = ("--target", "10", "--unit", "%", "--base", "27.5", "--due", "2026-03-31")
    declared = ("--kind", "delivery", "--label", "Duty", *cut, "--source", "article")
    for command in (
        ("add", "deadline", "duty", "--concession", "tiktok", *declared),
        ("measure", "duty", "20", "--by", "USITC", "--on", "2026-01-06"),
    ):
        assert tracker("--today", "2026-01-11", *command).code == 0

    page = tracker("--today", "2026-01-11", "week").out

    assert "43 % of the cut from 27.5 to 10 %, USITC" in page


def test_givers_are_named_once_for_two_groups_of_changes(tracker: Run, portfolio: Path) -> None:
    japan = ("--agreement", "us-japan")
    ran = tracker("--today", "2026-11-26", "week", "2025-W38", *japan, db=portfolio)

    assert ran.out.splitlines()[1] == (
        "Two concessions by the US went from started to met; two went from announced to met"
    )


def test_each_of_two_deliveries_is_listed_by_its_label_with_its_own_count(tracker: Run) -> None:
    for slug, due, target in (("crews-1", "2026-01-05", "12"), ("crews-2", "2026-01-20", "30")):
        what = ("--concession", "soybeans", "--kind", "delivery", "--label", f"Crews by {due}")
        target_of = ("--due", due, "--target", target, "--unit", "crews", "--source", "article")
        assert tracker("add", "deadline", slug, *what, *target_of).code == 0
    assert tracker("measure", "crews-1", "7", "--by", "UN", "--on", "2026-01-04").code == 0

    page = " ".join(tracker("week", "--width", "140").out.split())

    title = "Resume soybean purchases"
    assert f"{title} (Crews by 2026-01-05) of 12 crews, 58 % (UN" in page
    assert f"{title} (Crews by 2026-01-20) no data (30 crews)" in page


def test_a_confirmed_day_does_not_hide_a_count(tracker: Run) -> None:
    what = ("--concession", "soybeans", "--kind", "delivery", "--label", "Grain by June")
    due = ("--due", "2026-06-30", "--target", "20", "--unit", "Mt", "--source", "article")
    assert tracker("add", "deadline", "grain", *what, *due).code == 0
    assert tracker("measure", "grain", "5", "--by", "UN", "--on", "2026-01-06").code == 0
    assert tracker("move", "grain", "2026-06-30", "--on", "2026-01-07").code == 0

    page = " ".join(tracker("week", "--width", "140").out.split())

    assert (
        "Resume soybean purchases China → US 25 % of 20 Mt, UN 6 Jan confirmed for 30 Jun" in page
    )


def test_an_earlier_count_of_a_week_is_not_listed_beside_the_later_one(tracker: Run) -> None:
    what = ("--concession", "soybeans", "--kind", "delivery", "--label", "Grain by June")
    due = ("--due", "2026-06-30", "--target", "20", "--unit", "Mt", "--source", "article")
    assert tracker("add", "deadline", "grain", *what, *due).code == 0
    for value, on in (("9.2", "2026-01-06"), ("9.6", "2026-01-07")):
        assert tracker("measure", "grain", value, "--by", "JCC", "--on", on).code == 0

    page = tracker("week", "--width", "140").out

    assert "48 % of 20 Mt, JCC" in page
    assert "9.2" not in page

    assert tracker("log", "soybeans", "partial", "--on", "2026-01-07").code == 0
    page = tracker("week", "--width", "140").out
    assert "started → partial" in page
    assert page.count("9.6 Mt, JCC") == 1
    assert "9.2" not in page
    assert "earlier" not in page

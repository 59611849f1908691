"""The headline and the lead of a week: a test for each rule, on books made by commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PHASE_ONE, Run
from tracker.reports.prose import LONGEST

Told = Callable[..., tuple[str, list[str]]]


@pytest.fixture
def told(tracker: Run) -> Told:
    """Ask for the headline and the lead of the week of 5 January 2026, or of another one."""

    def ask(week: str = "2026-W02", *more: str, db: Path | None = None) -> tuple[str, list[str]]:
        words = ("--today", "2026-01-11", "week", week, *more, "-f", "json")
        ran = tracker(*words, db=db) if db else tracker(*words)
        assert ran.code == 0, ran.err
        found: dict[str, Any] = json.loads(ran.out)
        return found["headline"], found["lead"]

    return ask


def record(tracker: Run, *commands: str, db: Path | None = None) -> None:
    for command in commands:
        words = ("--today", "2026-01-11", *command.split(" "))
        ran = tracker(*words, db=db) if db else tracker(*words)
        assert ran.code == 0, ran.err


TERM = "The agreement ends in 293 days, in October 2026."


def test_a_week_without_anything_says_so_and_names_the_last_week_with_news(told: Told) -> None:
    assert told() == (
        "Nothing changed",
        ["The last week with news began on 29 December 2025 (2026-W01).", TERM],
    )


@pytest.mark.parametrize(
    ("agreements", "said"),
    [
        (["article"], "The agreement has not been reached yet."),
        (["article", PHASE_ONE], "None of the agreements has been reached yet."),
    ],
)
def test_a_week_before_every_agreement_says_so(
    tracker: Run, told: Told, tmp_path: Path, agreements: list[str], said: str
) -> None:
    db = tmp_path / "early.db"
    assert tracker("init", *agreements, db=db).code == 0

    assert told("2019-W02", db=db) == ("Nothing changed", [said])


def test_one_change_is_told_by_its_title(tracker: Run, told: Told) -> None:
    record(tracker, "log soybeans partial --on 2026-01-07")

    assert told() == ("“Resume soybean purchases” went from started to partial", [TERM])


def test_what_is_no_longer_moot_was_void_in_words(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "log soybeans moot --on 2026-01-02",
        "log soybeans partial --on 2026-01-07",
    )

    assert told()[0] == "“Resume soybean purchases” went from void to partial"


def test_changes_of_one_giver_are_counted_and_named(tracker: Run, told: Told) -> None:
    record(
        tracker, *(f"log {slug} stalled --on 2026-01-07" for slug in ("soybeans", "rare-earths"))
    )

    headline, lead = told()

    assert headline == (
        "Two concessions by China went from started to stalled; one given in return is now at risk"
    )
    assert lead == [
        "The two are “Resume soybean purchases” and “Let rare earths flow again”.",
        "“Let US firms sell chips to China again” was given in return.",
        TERM,
    ]


def test_changes_of_several_givers_name_none(tracker: Run, told: Told) -> None:
    slugs = ("soybeans", "rare-earths", "chip-sales")
    record(tracker, *(f"log {slug} partial --on 2026-01-07" for slug in slugs))

    headline, lead = told()

    assert headline == "Three concessions went from started to partial"
    assert lead[0] == (
        "The three are “Resume soybean purchases”, “Let rare earths flow again” and “Let US firms"
        " sell chips to China again”."
    )


def test_what_became_void_is_told_before_what_moved_forward_and_is_no_step_back(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "log soybeans partial --on 2026-01-06",
        "log tiktok moot --on 2026-01-07",
        "log chip-sales met --on 2026-01-08",
    )

    headline, lead = told()

    assert headline == "One concession became void and two moved forward"
    assert lead[0] == "“Sell the US operations of TikTok” became void."


def test_a_new_count_is_the_news_where_no_stage_changed(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "measure tonnage 4 --by USDA --basis sold --on 2026-01-10",
        "measure tonnage 3 --by traders --basis sold --on 2026-01-10",
    )

    headline, lead = told()

    assert headline == (
        "“Resume soybean purchases”: of 12 MMT, 25 % sold (traders), 33 % sold (USDA)"
    )
    assert lead == [TERM]


def test_a_moved_day_comes_before_a_claim_and_a_claim_before_a_note(
    tracker: Run, told: Told
) -> None:
    headlines = []
    for command in (
        "note tiktok Talks --on 2026-01-06",
        "log tiktok announced --says us --on 2026-01-07",
        "move truce-year 2026-12-31 --on 2026-01-08",
    ):
        record(tracker, command)
        headlines.append(told()[0])

    assert headlines == [
        "No concession changed; one update was recorded",
        "The US says that “Sell the US operations of TikTok” is promised",
        "The end of the agreement was moved to 31 December",
    ]


def test_a_day_that_you_confirm_was_not_moved(tracker: Run, told: Told) -> None:
    confirmed = tracker("move", "truce-year", "2026-10", "--on", "2026-01-07")
    assert confirmed.out == "#25 truce-year: confirmed for Oct 2026, 7 Jan 2026\n"

    assert told()[0] == "No concession changed; one update was recorded"

    assert tracker("move", "truce-year", "2026-10-31", "--on", "2026-01-07").code == 0
    assert told()[0].endswith("was moved to 31 October")


def test_a_target_that_is_restated_is_not_a_moved_day(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "move tonnage 2026-03-31 --says us --on 2025-12-30",
        "move tonnage 2026-03-31 --target 10 --on 2026-01-07",
    )

    assert told()[0] == "The target of “Resume soybean purchases” was restated as 10 MMT"

    record(tracker, "move tonnage 2026-04-30 --target 8 --says us --on 2026-01-08")
    assert told()[0] == (
        "The deadline of “Resume soybean purchases” was moved to 30 April,"
        " with a target of 8 MMT, according to the US"
    )

    record(tracker, "undo", "undo", "move tonnage 2026-03-31 --target 9 --says us --on 2026-01-08")
    assert told()[0] == (
        "The target of “Resume soybean purchases” was restated as 9 MMT, according to the US"
    )


def test_who_moved_a_day_is_not_who_restated_the_target_later(tracker: Run) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "move tonnage 2026-01-31 --says us --on 2026-01-02",
        "move tonnage 2026-03-31 --says us --on 2026-01-05",
        "move tonnage 2026-04-30 --target 13 --says cn --on 2026-01-07",
    )

    rows = json.loads(tracker("deadlines", "-f", "json").out)["rows"]
    (row,) = [one for one in rows if one["deadline"] == "tonnage"]
    assert (row["due_on"], row["target"]) == ("2026-03-31", 13)
    page = " ".join(tracker("--today", "2026-03-08", "week").out.split())
    assert "first due 28 Feb, moved on 5 Jan, according to the US" in page


def test_a_target_is_not_said_to_be_that_of_a_party_that_named_only_the_day(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "move tonnage 2026-03-31 --target 11 --says cn --on 2026-01-07",
        "move tonnage 2026-03-31 --target 10 --says us --on 2026-01-08",
    )

    assert told()[0] == (
        "The deadline of “Resume soybean purchases” was moved to 31 March, according to China and"
        " the US, with a target of 10 MMT, according to the US"
    )


def test_each_of_two_moved_days_is_named(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "move truce-year 2026-12-31 --on 2026-01-07",
        "move g20-2026 2026-12-15 --on 2026-01-08",
    )

    assert told() == (
        "Two deadlines were moved",
        [
            "The end of the agreement was moved to 31 December.",
            "“US hosts the Group of 20” was moved to 15 December.",
            "The agreement ends in 354 days, on 31 December.",
        ],
    )


def test_a_day_that_a_party_names_and_you_then_move_to_is_one_moved_day(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "move tonnage 2026-03-31 --says us --on 2026-01-08",
        "move tonnage 2026-03-31 --on 2026-01-09",
    )

    assert told()[0] == "The deadline of “Resume soybean purchases” was moved to 31 March"


def test_a_day_that_both_sides_named_is_moved_by_both_in_the_lead_and_in_what_is_due(
    tracker: Run, told: Told
) -> None:
    due = "--kind review --label Review --due 2026-01-20 --source article"
    record(
        tracker,
        f"add deadline soy-review --concession soybeans {due}",
        "move soy-review 2026-01-30 --says us --on 2026-01-07",
        "move soy-review 2026-01-30 --says cn --on 2026-01-08",
    )

    assert told()[0].endswith("was moved to 30 January, according to the US and China")
    assert (
        "first due 20 Jan, moved on 8 Jan, according to the US and China"
        in tracker("--today", "2026-01-11", "week", "2026-W02").out
    )


def test_a_day_that_a_party_names_for_the_end_is_the_news_even_if_it_moves_nothing(
    tracker: Run, told: Told
) -> None:
    record(tracker, "move truce-year 2027-10-31 --says us --on 2026-01-08 --note Longer")

    assert told() == ("The US says the agreement ends on 31 October 2027", [TERM])
    for brief, line in (
        ((), "8 Jan  The US says the agreement ends on 31 October 2027. Longer"),
        (("--brief",), "8 Jan  The US says the agreement ends on 31 October 2027"),
    ):
        page = tracker("--today", "2026-01-11", "week", "2026-W02", *brief).out
        assert line in page.splitlines()

    record(tracker, "log soybeans partial --on 2026-01-09")
    assert told()[1][0] == "The US says the agreement ends on 31 October 2027."


def test_of_the_days_that_a_party_names_in_a_week_only_the_last_is_told(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "move truce-year 2027-01-10 --says us --on 2026-01-06",
        "move truce-year 2027-10-31 --says cn --on 2026-01-07",
        "move truce-year 2027-01-10 --says cn --on 2026-01-08",
    )

    headline, lead = told()

    assert headline == (
        "The end of the agreement was moved to 10 January 2027, according to the US and China"
    )
    assert lead == ["The agreement ends in 364 days."]


def test_a_day_that_two_parties_name_is_told_once_and_with_its_target(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "move tonnage 2026-02-20 --target 14 --says us --on 2026-01-07",
        "move g20-2026 2026-12-20 --says us --on 2026-01-08",
        "move g20-2026 2026-12-21 --says cn --on 2026-01-08",
    )

    headline, lead = told()

    assert headline == "The US says “US hosts the Group of 20” is due on 20 December"
    assert lead[:2] == [
        "China says “US hosts the Group of 20” is due on 21 December.",
        "The US says “Resume soybean purchases” is due on 20 February, with a target of 14 MMT.",
    ]


def test_of_a_statement_that_names_the_same_day_only_the_target_is_told(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "move tonnage 2026-02-28 --target 10 --says cn --on 2026-01-07",
    )

    assert told()[0] == "China says the target of “Resume soybean purchases” is 10 MMT"
    assert (
        "China says 10 MMT" in tracker("deadlines", "--as-of", "2026-01-11", "--width", "200").out
    )


def test_what_is_known_to_the_year_is_due_by_its_end(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2025 --target 12 --unit MMT --source article"
    record(tracker, f"add deadline tonnage --concession soybeans {due}")

    assert told("2026-W01")[1][1].startswith("“Resume soybean purchases” was due in 2025 ")
    record(tracker, "move tonnage 2026 --on 2026-01-08")
    assert told()[0] == "The deadline of “Resume soybean purchases” was moved to the end of 2026"
    pace = tracker("--today", "2026-01-11", "pace", "tonnage").out
    assert "tonnage · 12 MMT by the end of 2026 (moved +365 d): no data" in pace


def test_a_day_beside_one_of_another_year_has_its_year(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "move g20-2026 2026-12-31 --says us --on 2025-12-30",
        "move truce-year 2026-12-31 --on 2025-12-31",
    )

    _, lead = told("2026-W01")

    assert "The US says “US hosts the Group of 20” is due on 31 December 2026." in lead
    assert "The end of the agreement was moved to 31 December 2026." in lead
    today = ("--today", "2026-01-04")
    for words in ("history", "diff 2025-12-29 2026-01-04", "show g20-2026"):
        assert "US says due 31 Dec 2026" in tracker(*today, *words.split(" ")).out, words
    moved = tracker(*today, "move", "truce-year", "2027-06-30", "--says", "us").out
    assert "truce-year: stays 31 Dec 2026; " in moved


def test_of_several_claims_the_first_is_told_that_differs_from_what_you_say(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "log soybeans started --says us --on 2026-01-07",
        "log tiktok met --says us --on 2026-01-07",
    )

    headline, lead = told()

    assert headline == "The US says that “Sell the US operations of TikTok” is met"
    assert lead[0] == "The US says that “Resume soybean purchases” has started."


def test_claims_that_contradict_each_other_are_told_beside_other_news(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "log soybeans partial --on 2026-01-06",
        "log tiktok met --says cn --on 2026-01-06",
        "log tiktok broken --says us --on 2026-01-07",
        "log rare-earths met --says us --on 2026-01-07",
    )

    _, lead = told()

    title = "Sell the US operations of TikTok"
    assert lead == [f"China says that “{title}” is met, and the US that it is broken.", TERM]


def test_a_claim_that_contradicts_an_earlier_one_is_told_beside_other_news(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "log tiktok met --says cn --on 2026-01-02",
        "log tiktok partial --on 2026-01-06",
        "log tiktok stalled --says us --on 2026-01-08",
    )

    headline, lead = told()

    title = "Sell the US operations of TikTok"
    assert headline == f"“{title}” went from negotiating to partial"
    assert lead == [f"The US says that “{title}” is stalled, and China that it is met.", TERM]


def test_a_claim_that_contradicts_an_earlier_one_is_told_with_it_if_nothing_else_is_new(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "log tiktok met --says cn --on 2026-01-02",
        "log tiktok stalled --says us --on 2026-01-08",
    )

    assert told()[0] == (
        "The US says that “Sell the US operations of TikTok” is stalled, and China that it is met"
    )


def test_of_two_claims_of_one_party_the_last_is_told(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "log soybeans started --says us --on 2026-01-06",
        "log soybeans stalled --says us --on 2026-01-08",
        "log soybeans started --on 2026-01-09",
    )

    assert told()[0] == "The US says that “Resume soybean purchases” is stalled"


@pytest.mark.parametrize(
    ("stage", "said"),
    [("negotiating", "is being negotiated"), ("announced", "is promised"), ("moot", "is void"),
     ("started", "has started"), ("partial", "is met in part"), ("lapsed", "has lapsed")],
)  # fmt: skip
def test_a_claim_is_told_in_the_words_of_its_stage(
    tracker: Run, told: Told, stage: str, said: str
) -> None:
    record(tracker, f"log soybeans {stage} --says us --on 2026-01-07")

    assert told()[0] == f"The US says that “Resume soybean purchases” {said}"


def test_the_end_of_a_term_that_is_cancelled_is_told(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "add deadline halt --concession tiktok --kind expiry --label Halt --due 2026-02-28"
        " --source article",
        "close halt cancelled --on 2026-01-08",
    )

    assert (
        told()[1][0] == "The end of the term of “Sell the US operations of TikTok” was cancelled."
    )
    assert "closed as cancelled (Halt)" in tracker("--today", "2026-01-11", "week").out


def test_a_note_alone_is_told_by_its_first_sentence(tracker: Run, told: Told) -> None:
    words = "Talks go on, by clause 7 of No. 40. A second round follows."
    for slug in ("tiktok", "busan-2025"):
        ran = tracker("--today", "2026-01-11", "note", slug, words, "--on", "2026-01-06")
        assert ran.code == 0, ran.err

    headline, lead = told()

    assert headline == "No concession changed; two updates were recorded"
    assert lead[:2] == [
        "“Sell the US operations of TikTok”: Talks go on, by clause 7 of No. 40.",
        "Talks go on, by clause 7 of No. 40.",
    ]


@pytest.mark.parametrize(
    ("note", "told_by"),
    [
        ("Are the talks over?", "Are the talks over?"),
        ("He said: “We sell.”", "He said: “We sell.”"),
        ("The Trade Rep. said no. The talks go on.", "The Trade Rep. said no."),
        ("交渉は続く。", "交渉は続く。"),
    ],
)
def test_the_sentence_of_a_note_ends_once(
    tracker: Run, told: Told, note: str, told_by: str
) -> None:
    tracker("--today", "2026-01-11", "note", "tiktok", note, "--on", "2026-01-06")

    assert told()[1][0] == f"“Sell the US operations of TikTok”: {told_by}"
    assert f"\n  {told_by}\n" in tracker("--today", "2026-01-11", "week", "--brief").out


def test_a_meeting_of_a_concession_is_moved_or_cancelled_itself(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "add deadline call --concession tiktok --kind meeting --label Call --due 2026-02-28"
        " --source article",
        "move call 2026-03-31 --on 2026-01-08",
    )
    assert told()[0] == "“Call” for “Sell the US operations of TikTok” was moved to 31 March"

    record(tracker, "close call cancelled --on 2026-01-09")
    assert "“Call” for “Sell the US operations of TikTok” was cancelled." in told()[1]


def test_a_meeting_that_was_held_is_told_if_nothing_else_is_new(tracker: Run, told: Told) -> None:
    record(tracker, "close g20-2026 met --on 2026-01-08")

    assert told()[1][0] == "“US hosts the Group of 20” was closed as met."


def test_days_that_moved_are_told_beside_what_changed(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "log soybeans partial --on 2026-01-07",
        "close china-visit-2026 cancelled --on 2026-01-08",
    )
    moved = ("--today", "2026-01-11", "move", "g20-2026", "15 Dec 2026", "--on", "2026-01-09")
    assert tracker(*moved).code == 0

    headline, lead = told()

    assert headline == "“Resume soybean purchases” went from started to partial"
    assert lead[0] == "“US hosts the Group of 20” was moved to 15 December."
    assert lead[1] == "“Trump visits China” was cancelled."


def test_more_than_two_days_that_were_moved_or_cancelled_are_counted(
    tracker: Run, told: Told
) -> None:
    meetings = ("apec-2026", "china-visit-2026", "g20-2026")
    record(tracker, *(f"move {slug} 2026-11-20" for slug in meetings))
    assert "moved" not in " ".join(told()[1])

    record(tracker, "log soybeans met --on 2026-01-07")
    assert told()[1][0] == "Three deadlines were moved."

    record(tracker, *(f"close {slug} cancelled" for slug in meetings))
    assert told()[1][:2] == ["Three deadlines were moved.", "Three deadlines were cancelled."]


def test_a_review_is_due_by_its_own_name_and_a_term_ends(tracker: Run, told: Told) -> None:
    deadline = ("add", "deadline", "soy-review", "--concession", "soybeans", "--kind", "review")
    more = ("--label", "Review of purchases", "--due", "2026-01-20", "--source", "article")
    assert tracker(*deadline, *more).code == 0

    assert told()[0] == (
        "Nothing changed; “Review of purchases” for “Resume soybean purchases” is due on 20 January"
    )

    assert (
        "20 Jan  in 9 days  Review of purchases\n"
        in tracker("--today", "2026-01-11", "week", "2026-W02").out
    )

    ends = ("add", "deadline", "soy-end", "--concession", "soybeans", "--kind", "expiry")
    assert tracker("withdraw", "soy-review", "--reason", "Misread").code == 0
    assert tracker(*ends, *more).code == 0
    assert told()[0].endswith("the term of “Resume soybean purchases” ends on 20 January")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-01-25", "Nothing changed; “Resume soybean purchases” is due on 25 January"),
        ("2026-01-26", "Nothing changed"),
    ],
)
def test_a_calm_week_names_what_is_due_within_two_weeks_without_repeating_the_title(
    tracker: Run, told: Told, due: str, said: str
) -> None:
    deadline = ("add", "deadline", "soy-review", "--concession", "soybeans", "--kind", "meeting")
    more = ("--label", "Soybean purchases", "--due", due, "--source", "article")
    assert tracker(*deadline, *more).code == 0

    assert told()[0] == said


def test_before_the_first_entry_nothing_was_recorded(told: Told) -> None:
    assert told("2026-W02", "--known-by", "2020-01-01")[0] == "Nothing had been recorded yet"


def test_a_correction_alone_is_the_news_unless_no_earlier_page_had_the_wrong_words(
    tracker: Run, told: Told
) -> None:
    record(tracker, "change tiktok --title Sell --reason Shorter")
    assert told() == ("Nothing changed", [TERM])

    later = ("--today", "2026-01-15")
    assert tracker(*later, "change", "tiktok", "--test", "Sold", "--reason", "Shorter").code == 0
    found = json.loads(tracker(*later, "week", "-f", "json").out)

    assert found["headline"] == "Corrected: “Sell” (test)"
    assert len(found["lead"]) == 1


def test_a_change_is_a_correction_even_after_one_that_was_undone(tracker: Run) -> None:
    later = ("--today", "2026-01-15")
    assert tracker(*later, "change", "tiktok", "--title", "Sell", "--reason", "Shorter").code == 0
    assert tracker(*later, "undo").code == 0
    assert tracker(*later, "change", "tiktok", "--test", "Sold", "--reason", "Shorter").code == 0

    found = json.loads(tracker(*later, "week", "-f", "json").out)

    assert found["headline"] == "Corrected: “Sell the US operations of TikTok” (test)"


def test_the_retraction_of_a_change_gives_the_old_field_again(tracker: Run) -> None:
    record(tracker, "change tiktok --title Sell --reason Shorter")
    later = ("--today", "2026-01-15")
    assert tracker(*later, "retract", "25", "--reason", "Too short").code == 0

    page = tracker(*later, "week", "-f", "markdown").out

    assert "| title: Sell the US operations of TikTok |" in page


CORRECTED = {
    "change soybeans --locator p.2 --promised 2025-10-31 --hold --in-return-for tiktok": (
        "“Resume soybean purchases” (place in the source, whether it has to be kept up,"
        " day of the promise, what it was given for)"
    ),
    "change article --url https://x.example/a --archived https://x.example/b"
    " --published 2026-01-02 --official": (
        "“article” (day of publication, whether it is official, address, archived copy)"
    ),
    "change busan-2025 --agreed 2025-10-31": "“US–China trade truce” (day of the agreement)",
    "change us --part-of cn --short USA": "“us” (short name, bloc)",
    "change g20-2026 --due 2026-12-15 --opens 2026-12-14": (
        "“US hosts the Group of 20” (due date, first day)"
    ),
    "change sale --awaits sales": "“Resume soybean purchases” (what its day waits for)",
}


@pytest.mark.parametrize("change", CORRECTED)
def test_a_correction_names_what_it_is_about_and_fields_in_words(tracker: Run, change: str) -> None:
    due = "--awaits talks --source article"
    record(tracker, f"add deadline sale --concession soybeans --kind delivery --label Sale {due}")
    later = ("--today", "2026-01-15")
    assert tracker(*later, *change.split(), "--reason", "Misread").code == 0

    found = json.loads(tracker(*later, "week", "-f", "json").out)

    assert found["headline"] == f"Corrected: {CORRECTED[change]}"


def test_what_is_due_soon_is_the_headline_of_a_quiet_week(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Delegation --due 2026-01-20 --source article"
    record(tracker, f"add deadline visit --concession tiktok {due}")
    record(tracker, "undo", f"add deadline visit --concession tiktok {due}")

    headline, lead = told("2026-W02")

    assert headline == "Nothing changed; “Sell the US operations of TikTok” is due on 20 January"
    assert not any(one.startswith("Next due") for one in lead)


def test_what_is_due_on_one_day_is_counted(tracker: Run, told: Told) -> None:
    for slug, concession in (("visit", "tiktok"), ("buyers", "soybeans")):
        due = "--kind delivery --label Delegation --due 2026-01-25 --source article"
        record(tracker, f"add deadline {slug} --concession {concession} {due}")

    near, _ = told("2026-W03", "--as-of", "2026-01-18")
    _, far = told("2026-W01", "--as-of", "2026-01-04")

    both = "Nothing changed; “Resume soybean purchases” and one other are due on 25 January"
    assert near == both
    assert "Next due: “Resume soybean purchases”, on 25 January; one other on that day." in far


def test_terms_that_end_on_one_day_are_counted(told: Told, busan: Path) -> None:
    quiet, next_due = told("2026-W45", "--as-of", "2026-11-08", db=busan)
    _, busy = told("2026-W41", "--as-of", "2026-10-10", db=busan)

    assert quiet == "Nothing changed; three terms end on 9 November"
    assert next_due[1].endswith(", in November 2026; nine terms end before that.")
    assert "Three terms end next, on 9 November." in busy


@pytest.mark.parametrize(("day", "before"), [("19", "; one term ends before that"), ("20", "")])
def test_only_terms_that_end_on_an_earlier_day_end_before_what_is_due(
    tracker: Run, told: Told, day: str, before: str
) -> None:
    declared = f"--label Talks --source article --due 2026-01-{day}"
    record(
        tracker,
        f"add deadline break --concession chip-sales --kind expiry {declared}",
        f"add deadline talks --concession tiktok --kind meeting {declared[:-2]}20",
        "log soybeans partial --on 2026-01-07",
    )

    lead = told()[1]

    assert lead[0] == (
        f"Next due: “Talks” for “Sell the US operations of TikTok”, on 20 January{before}."
    )


def test_counts_for_two_deliveries_of_one_concession_are_news_of_one(
    tracker: Run, told: Told
) -> None:
    for place, target in enumerate(("12", "25"), 1):
        slug = f"soy-{place}"
        due = f"--due 2026-0{place}-28 --target {target} --unit MMT --source article"
        record(
            tracker,
            f"add deadline {slug} --concession soybeans --kind delivery --label Lot-{place} {due}",
            f"measure {slug} 5 MMT --by USDA --basis sold --on 2026-01-06",
        )

    counted = "USDA counts 5 of 12 MMT sold, 42 %"
    assert told()[0] == f"“Lot-1” for “Resume soybean purchases”: {counted}"


def test_one_of_several_deliveries_is_named_by_its_label(tracker: Run, told: Told) -> None:
    tranche = "add deadline {} --concession tiktok --kind delivery --source article --label {}"
    record(
        tracker,
        f"{tranche.format('first', 'Half')} --due 2026-01-08 --target 5 --unit seats",
        f"{tranche.format('rest', 'Rest')} --due 2026-01-20 --target 9 --unit seats",
        "measure first 4 --by CFIUS --on 2026-01-07",
    )
    half, rest = (f"“{one}” for “Sell the US operations of TikTok”" for one in ("Half", "Rest"))

    assert told() == (
        f"{half} was due on 8 January and is not yet settled",
        [
            "CFIUS counts 4 of 5 seats, 80 %.",
            f"Next due: {rest}, on 20 January; no data (9 seats).",
            TERM,
        ],
    )
    record(tracker, "move rest 2026-01-30 --on 2026-01-08")
    assert told()[0] == f"The deadline of {rest} was moved to 30 January"
    record(tracker, "close first missed --on 2026-01-09")
    assert told()[0] == f"{half} was closed as missed"
    assert "closed as missed (Half)" in tracker("--today", "2026-01-11", "week").out


def test_a_count_for_one_of_several_deliveries_is_named_beside_a_change_of_stage(
    tracker: Run, told: Told
) -> None:
    tranche = "add deadline {} --concession tiktok --kind delivery --source article --label {}"
    record(
        tracker,
        f"{tranche.format('first', 'Half')} --due 2026-01-20 --target 5 --unit seats",
        f"{tranche.format('rest', 'Rest')} --due 2026-02-20 --target 9 --unit seats",
        "measure rest 9 --by CFIUS --on 2026-01-07",
        "log tiktok partial --on 2026-01-07",
    )

    assert told()[1][0] == (
        "“Rest” for “Sell the US operations of TikTok”: of 9 seats, 100 % (CFIUS)."
    )


def test_a_count_and_a_moved_day_come_before_what_parties_say_of_other_things(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Tonnage --due 2026-03-31 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "measure tonnage 6 --by USDA --basis sold --on 2026-01-07",
        "log soybeans partial --on 2026-01-07",
        "log tiktok met --says cn --on 2026-01-06",
        "log tiktok broken --says us --on 2026-01-07",
        "move g20-2026 2026-12-15 --says us --on 2026-01-06",
        "move g20-2026 2026-12-15 --says cn --on 2026-01-07",
        "move g20-2026 2026-12-20 --says us --on 2026-01-08",
    )

    assert told()[1][:4] == [
        "So far: of 12 MMT, 50 % sold (USDA).",
        "“US hosts the Group of 20” was moved to 15 December, according to China.",
        "The US says “US hosts the Group of 20” is due on 20 December.",
        "China says that “Sell the US operations of TikTok” is met, and the US that it is broken.",
    ]


def test_what_was_due_in_the_week_and_has_no_outcome_is_told(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Delegation --due 2026-01-08 --source article"
    record(tracker, f"add deadline visit --concession tiktok {due}")

    headline, lead = told()

    assert headline == (
        "“Sell the US operations of TikTok” was due on 8 January and is not yet settled"
    )
    assert not any("due on 8 January" in one for one in lead)
    record(tracker, "log soybeans partial --on 2026-01-07")
    assert f"{headline}." in told()[1]


def test_what_was_due_on_the_last_day_of_a_week_is_told_in_the_next_one(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Delegation --due 2026-01-04 --source article"
    record(tracker, f"add deadline visit --concession tiktok {due}")

    sunday, _ = told("2026-W01")
    monday, _ = told("2026-W02")

    assert "due today" in sunday or "outcome" not in sunday
    assert monday == (
        "“Sell the US operations of TikTok” was due on 4 January and is not yet settled"
    )


def test_the_end_of_the_only_agreement_is_said_once(told: Told) -> None:
    ends = "The agreement ends in 20 days, in October 2026."
    assert told("2026-W41", "--as-of", "2026-10-11")[1][1:] == [ends]


def test_the_end_of_an_agreement_is_the_news_of_its_week(tracker: Run) -> None:
    ran = tracker("--today", "2026-11-11", "week", "2026-W44", "-f", "json")
    found = json.loads(ran.out)

    assert found["headline"] == "The agreement ended in October 2026"
    assert not any("agreement ended" in sentence for sentence in found["lead"])


def test_terms_that_ran_out_without_a_word_are_told_as_that(tracker: Run, busan: Path) -> None:
    ran = tracker("--today", "2026-11-30", "week", "2026-W46", "-f", "json", db=busan)

    headline = json.loads(ran.out)["headline"]

    assert headline == (
        "Eight concessions reached the end of their terms, and what follows is not yet known"
    )


def test_before_an_agreement_the_lead_does_not_say_when_it_ends(tracker: Run, busan: Path) -> None:
    ask = weeks_of(tracker, busan)

    for week in ("2025-W10", "2025-W32", "2025-W43"):
        assert ask(week)[1][-1] == "The agreement has not been reached yet."
    assert ask("2025-W44")[1][-1] == "The agreement ends in 373 days, on 10 November 2026."


def test_the_last_week_with_news_is_one_in_which_something_happened(
    tracker: Run, busan: Path
) -> None:
    ask = weeks_of(tracker, busan)

    assert ask("2026-W47")[1][0] == "The last week with news began on 9 November (2026-W46)."
    assert ask("2026-W46")[0].startswith("Eight concessions reached the end of their terms")


def test_a_note_on_an_agreement_is_news_unless_some_of_its_concessions_are_chosen(
    tracker: Run,
) -> None:
    today = ("--today", "2026-02-20")
    assert tracker(*today, "note", "busan-2025", "Talks go on", "--on", "2026-01-20").code == 0

    every = tracker(*today, "week", "2026-W07").out
    chosen = tracker(*today, "week", "2026-W07", "--giver", "us").out

    assert "The last week with news began on 19 January" in every
    assert "The last week with news began on 29 December" in chosen


def test_the_last_week_with_news_of_an_agreement_is_its_own(told: Told, portfolio: Path) -> None:
    _, lead = told("2026-W15", "--agreement", "us-japan", "--as-of", "2026-04-12", db=portfolio)

    assert lead[0] == "The last week with news began on 30 March (2026-W14)."


def test_a_promise_is_news_even_if_nothing_was_said_about_it(tracker: Run, told: Told) -> None:
    what = "--giver cn --receiver us --sector energy --kind purchase --instrument readout"
    more = ("--agreement", "busan-2025", "--title", "Buy US coal", "--test", "Customs count coal")
    day = ("--promised", "2026-01-06", "--source", "article")
    ran = tracker("--today", "2026-01-11", "add", "concession", "coal", *what.split(), *more, *day)
    assert ran.code == 0, ran.err

    assert told("2026-W02", "--as-of", "2026-01-07")[0] == "“Buy US coal” was promised"
    ran = tracker("--today", "2026-01-15", "week", "2026-W03")
    assert "The last week with news began on 5 January (2026-W02)" in ran.out


@pytest.mark.parametrize("stage", ["met", "lapsed"])
def test_what_was_kept_to_the_end_of_its_term_did_not_fall_back(
    tracker: Run, busan: Path, stage: str
) -> None:
    today = ("--today", "2026-11-30")
    for slug in ("us-port-fees-suspend", "us-affiliates-rule"):
        assert tracker(*today, "log", slug, stage, "--on", "2026-11-12", db=busan).code == 0

    found = json.loads(tracker(*today, "week", "2026-W46", "-f", "json", db=busan).out)
    page = tracker(*today, "week", "2026-W46", db=busan).out

    assert found["headline"] == (
        "Six concessions reached the end of their terms and two were kept to the end of their terms"
    )
    assert any("were kept to the end of their terms." in one for one in found["lead"])
    assert "▼ Suspend the 50 %" not in page
    assert "Suspend the 50 % Affiliates Rule" in page.partition("Due within")[0]


def test_of_several_agreements_a_headline_says_in_how_many(tracker: Run, told: Told) -> None:
    assert tracker("apply", PHASE_ONE).code == 0
    record(
        tracker,
        "log soybeans partial --on 2026-01-06",
        "log tiktok moot --on 2026-01-07",
        "log list-4b broken --on 2026-01-08",
    )

    headline, lead = told()

    assert (
        headline
        == "In two agreements, one concession fell back, one became void and one moved forward"
    )
    assert not any("agreement ends" in sentence for sentence in lead)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (2, ["“Pact 1” ended on 6 January.", "“Pact 2” ended on 6 January."]),
        (3, ["Three agreements ended."]),
    ],
)
def test_of_several_agreements_the_lead_says_which_ended(
    tracker: Run, told: Told, count: int, said: list[str]
) -> None:
    end = ("--kind", "expiry", "--label", "End", "--due", "2026-01-06", "--source", "article")
    for pact in map(str, range(1, count + 1)):
        terms = ("--title", f"Pact {pact}", "--agreed", "2025-12-01", "--source", "article")
        assert tracker("add", "agreement", f"pact-{pact}", *terms).code == 0
        ran = tracker("add", "deadline", f"end-{pact}", "--agreement", f"pact-{pact}", *end)
        assert ran.code == 0, ran.err
    record(tracker, "log soybeans partial --on 2026-01-07")

    assert told()[1][: len(said)] == said


def test_new_promises_are_counted(tracker: Run) -> None:
    ran = tracker("--today", "2026-01-11", "week", "2025-W40", "-f", "json")
    assert json.loads(ran.out)["headline"] == (
        "Three concessions were promised; “Sell the US operations of TikTok” came under negotiation"
    )


@pytest.mark.parametrize(
    ("stage", "words"),
    [("stalled", "promised, but stalled"), ("broken", "promised, but broken"),
     ("reversed", "promised, but taken back"), ("moot", "promised, and became void"),
     ("started", "promised and started"), ("partial", "promised and met in part"),
     ("met", "promised and met"), ("lapsed", "promised, and lapsed")],
)  # fmt: skip
def test_what_came_about_in_the_week_of_its_promise_was_not_only_promised(
    tracker: Run, told: Told, stage: str, words: str
) -> None:
    assert tracker("log", "chip-sales", stage, "--on", "2025-10-03").code == 0
    assert tracker("log", "soybeans", stage, "--on", "2025-10-03").code == 0

    headline, lead = told("2025-W40")

    in_numbers = "became void" if stage == "moot" else f"were {words}"
    assert in_numbers in f"{headline} {' '.join(lead)}"
    assert f"were {words}" in " ".join(lead)


def test_new_promises_that_failed_at_once_are_counted_apart(tracker: Run, told: Told) -> None:
    record(
        tracker,
        "log soybeans broken --on 2025-10-03",
        "log rare-earths stalled --on 2025-10-03",
        "log chip-sales met --on 2025-10-03",
    )

    assert told("2025-W40")[0] == (
        "One concession was promised, but stalled, one was promised, but broken,"
        " one was promised and one came under negotiation"
    )


def weeks_of(tracker: Run, book: Path) -> Told:
    """Ask for weeks of the book of public facts, with all that it knows."""

    def ask(week: str) -> tuple[str, list[str]]:
        ran = tracker("--today", "2026-11-25", "week", week, "-f", "json", db=book)
        found: dict[str, Any] = json.loads(ran.out)
        return found["headline"], found["lead"]

    return ask


def test_what_is_promised_and_kept_in_one_week_is_not_only_promised(
    tracker: Run, busan: Path
) -> None:
    headline, lead = weeks_of(tracker, busan)("2025-W44")

    assert headline == (
        "24 concessions were promised; “Drop the extra 100 % tariff threatened for 1 November” was"
        " promised and met"
    )
    assert lead[0].endswith(" and 22 others were promised.")


def test_a_count_says_it_of_the_concession_that_the_headline_names(
    tracker: Run, busan: Path
) -> None:
    assert weeks_of(tracker, busan)("2026-W02")[1][0] == (
        "So far: of 12 MMT, none arrived (Chinese customs), 66 % sold (USDA), 83 % contracted"
        " (trade press, high)."
    )


def test_a_missed_deadline_is_told_beside_what_moved_forward_but_not_beside_what_fell_back(
    tracker: Run, told: Told
) -> None:
    due = "--kind delivery --label Tonnage --due 2026-01-06 --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "close tonnage missed --on 2026-01-07",
        "log soybeans partial --on 2026-01-08",
    )

    assert told()[1][0] == "“Resume soybean purchases” was closed as missed."

    record(tracker, "log soybeans stalled --on 2026-01-09")
    assert not any("missed" in one for one in told()[1])


def test_a_count_after_the_day_of_a_delivery_is_the_new_one_beside_the_one_of_that_day(
    tracker: Run, busan: Path
) -> None:
    ask = weeks_of(tracker, busan)

    assert ask("2026-W20")[1][1] == (
        "“Buy US soybeans in the last two months of 2025”: USDA counts 11.64 of 12 MMT sold, 97 %"
        " (88 % by the deadline, 28 Feb)."
    )
    assert ask("2026-W28")[1][0] == (
        "USDA counts 12.13 of 12 MMT sold, 101 % (88 % by the deadline, 28 Feb); the target was"
        " reached 131 days late."
    )


def test_a_first_count_after_the_deadline_had_no_data_by_then(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-01-06 --target 12 --unit MMT --source article"
    record(tracker, f"add deadline tonnage --concession soybeans {due}")
    for on, then in (("2026-01-06", ""), ("2026-01-08", " (no data by the deadline, 6 Jan)")):
        record(tracker, f"measure tonnage 6 --by USDA --basis sold --on {on}")
        headline, lead = told()
        assert headline == "“Resume soybean purchases” was due on 6 January and is not yet settled"
        assert lead[0] == f"USDA counts 6 of 12 MMT sold, 50 %{then}."
        record(tracker, "undo")
    record(tracker, "measure tonnage 12 --by USDA --basis sold --on 2026-01-06")
    assert told()[0] == "“Resume soybean purchases”: USDA counts 12 of 12 MMT sold, 100 %"


def test_of_two_figures_the_one_for_the_passed_deadline_in_the_headline_is_told(
    tracker: Run, busan: Path
) -> None:
    headline, lead = weeks_of(tracker, busan)("2026-W09")

    title = "“Buy US soybeans in the last two months of 2025”"
    assert headline == f"{title} was due on 28 February and is not yet settled"
    assert lead[0] == (
        "By then: of 12 MMT, 55 % shipped (USDA, 26 Feb), 88 % sold (USDA, 26 Feb),"
        " 100 % contracted (trade press, 16 Jan)."
    )


def test_a_new_count_of_shipments_does_not_hide_the_sales(tracker: Run, busan: Path) -> None:
    ask = weeks_of(tracker, busan)

    assert "80 % sold (USDA), 100 % contracted" in ask("2026-W05")[1][1]
    assert "5 % shipped (USDA), 52 % sold (USDA), 58 % contracted" in ask("2025-W52")[1][0]


def test_of_two_equal_counts_the_official_one_is_named(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-03-31 --target 12 --unit MMT --source article"
    record(
        tracker,
        "add source usda --publisher USDA --title Sales --url https://usda.example --official",
        f"add deadline tonnage --concession soybeans {due}",
        "measure tonnage 6 --by traders --basis sold --on 2026-01-06",
        "measure tonnage 6 --by USDA --basis sold --source usda --on 2026-01-07",
        "log soybeans partial --on 2026-01-07",
    )

    assert told()[1][0] == "So far: of 12 MMT, 50 % sold (USDA)."


def test_of_one_counters_figures_the_furthest_along_is_the_news(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(
        tracker,
        f"add deadline tonnage --concession soybeans {due}",
        "measure tonnage 4.12345 --by USDA --basis sold --on 2026-01-09",
        "measure tonnage 1 --by USDA --basis shipped --on 2026-01-10",
    )

    assert told()[0] == "“Resume soybean purchases”: USDA counts 4.12 of 12 MMT sold, 34 %"


def test_figures_for_several_concessions_name_two_of_them(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article"
    headlines = []
    for slug in ("soybeans", "rare-earths", "chip-sales", "tiktok"):
        record(
            tracker,
            f"add deadline of-{slug} --concession {slug} {due}",
            f"measure of-{slug} 4 --by USDA --basis sold --on 2026-01-08",
        )
        headlines.append(told()[0])

    two = "“Resume soybean purchases” and “Let rare earths flow again”"
    assert headlines[1:] == [
        f"There are new figures for {two}",
        "There are new figures for “Resume soybean purchases”, “Let rare earths flow again” and one"
        " more",
        "There are new figures for “Resume soybean purchases”, “Let rare earths flow again” and two"
        " more",
    ]


@pytest.mark.parametrize(
    ("length", "words"),
    [(69, "There are new figures for “{}” and one more"),
     (70, "There are new figures for two concessions")],
)  # fmt: skip
def test_figures_for_long_titles_name_fewer_or_none(
    tracker: Run, told: Told, length: int, words: str
) -> None:
    due = "--kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article"
    title = "B" * length
    for slug in ("soybeans", "rare-earths"):
        record(
            tracker,
            f"change {slug} --title {title} --reason Longer",
            f"add deadline of-{slug} --concession {slug} {due}",
            f"measure of-{slug} 4 --by USDA --basis sold --on 2026-01-08",
        )

    assert told()[0] == words.format(title)


def test_a_count_in_another_unit_is_no_share_of_the_target(tracker: Run, told: Told) -> None:
    due = "--kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article"
    record(tracker, f"add deadline tonnage --concession soybeans {due}")
    value = ("--by", "Census", "--basis", "shipped", "--on", "2026-01-08")
    assert tracker("--today", "2026-01-11", "measure", "tonnage", "9", "bn USD", *value).code == 0

    rows = tracker("--today", "2026-01-11", "week", "2026-W02", "--width", "150").out

    assert "China → US  9 bn USD shipped, Census" in rows
    unit = "9 bn USD shipped, in a different unit from the target, 12 MMT"
    assert told()[0] == f"“Resume soybean purchases”: Census counts {unit}"
    record(tracker, "measure tonnage 1 MMT --by Census --basis shipped --on 2026-01-07")
    assert told()[0] == "“Resume soybean purchases”: Census counts 1 of 12 MMT shipped, 8 %"


def test_a_moved_day_in_the_headline_hides_no_count_and_is_not_told_twice(
    tracker: Run, busan: Path
) -> None:
    headline, lead = weeks_of(tracker, busan)("2026-W10")

    assert headline == "“Trump visits Beijing” was moved to 31 March"
    assert "10.67 of 12 MMT" in lead[0]
    assert not any(one.startswith("Next due") for one in lead)


def test_an_end_that_parties_moved_says_by_whose_word(tracker: Run, busan: Path) -> None:
    headline, lead = weeks_of(tracker, busan)("2026-W40")

    assert headline == (
        "The end of the agreement was moved to 10 January 2027, according to the US and China"
    )
    assert lead == ["The agreement ends in 98 days."]


def test_in_a_book_of_several_agreements_the_end_of_one_names_it(tracker: Run, told: Told) -> None:
    assert tracker("apply", PHASE_ONE).code == 0
    record(tracker, "move truce-year 2026-12-31 --on 2026-01-08")

    assert told()[0] == "The end of “US–China trade truce” was moved to 31 December"


def test_in_a_book_of_several_agreements_a_title_says_who_gives_it_to_whom(
    tracker: Run, told: Told
) -> None:
    assert tracker("apply", PHASE_ONE).code == 0
    record(tracker, "log tiktok announced --on 2026-01-07")

    assert told()[0] == (
        "“Sell the US operations of TikTok” (China → US) went from negotiating to announced"
    )


def test_a_single_change_is_told_by_its_title_however_long(tracker: Run, told: Told) -> None:
    long = "Sell-" * 25
    record(tracker, f"change tiktok --title {long} --reason Longer", "log tiktok announced")

    assert told()[0].startswith(f"“{long}” went from negotiating to announced")


def test_many_changes_name_two_and_do_not_count_the_others(tracker: Run, busan: Path) -> None:
    assert weeks_of(tracker, busan)("2026-W20")[1][0] == (
        "Among them are “Buy 200 Boeing aircraft” and “Buy 17 billion dollars of US farm goods"
        " besides soybeans in 2026, prorated”."
    )


def test_the_first_day_that_a_delivery_gets_is_set_and_not_moved(tracker: Run, told: Told) -> None:
    add = "--concession chip-sales --kind delivery --label Rules --source article"
    ran = tracker("add", "deadline", "chip-rules", *add.split(), "--awaits", "the rules")
    assert ran.code == 0, ran.err
    record(tracker, "move chip-rules 2026-02-28 --says cn --on 2026-01-06")
    record(tracker, "move chip-rules 2026-03-31 --on 2026-01-08")

    assert told()[0].endswith(" was set for 31 March")
    ran = tracker("--today", "2026-01-11", "week")
    assert "set for 31 Mar" in ran.out
    record(tracker, "move chip-rules 2026-04-30 --on 2026-01-09")
    assert "moved to 30 Apr" in tracker("--today", "2026-01-11", "week").out


def test_the_day_on_which_parties_agree_for_a_delivery_without_one_is_set(
    tracker: Run, told: Told
) -> None:
    add = "--concession chip-sales --kind delivery --label Rules --source article"
    ran = tracker("add", "deadline", "chip-rules", *add.split(), "--awaits", "the rules")
    assert ran.code == 0, ran.err
    for party in ("us", "cn"):
        record(tracker, f"move chip-rules 2026-03-31 --says {party} --on 2026-01-08")

    assert told()[0].endswith(" was set for 31 March, according to the US and China")
    record(tracker, "undo", "move chip-rules 2026-03-31 --on 2026-01-09")
    assert "  set for 31 Mar" in tracker("--today", "2026-01-11", "week").out


def test_the_lead_does_not_repeat_the_counts_of_the_headline(tracker: Run, told: Told) -> None:
    terms = "--concession tiktok --kind delivery --due 2026-01-20 --target 100 --unit shares"
    record(tracker, f"add deadline sale {terms} --label Sale --source article")
    record(tracker, "measure sale 20 --by CFIUS --on 2026-01-07")
    sale = "“Sell the US operations of TikTok”"
    assert told()[1][0] == f"Next due: {sale}, on 20 January; of 100 shares, 20 % (CFIUS)."
    record(tracker, "measure sale 30 --by ByteDance --on 2026-01-08")

    headline, lead = told()

    assert headline == f"{sale}: of 100 shares, 20 % (CFIUS), 30 % (ByteDance)"
    assert lead[0] == f"Next due: {sale}, on 20 January."


def test_counts_of_what_is_due_next_are_told_though_another_promise_has_the_same(
    tracker: Run, told: Told
) -> None:
    terms = "--kind delivery --target 100 --unit shares --source article --label Sale"
    record(
        tracker,
        f"add deadline sale --concession tiktok --due 2026-01-20 {terms}",
        f"add deadline chips --concession chip-sales --due 2026-03-20 {terms}",
        *(
            f"measure {slug} {value} --by {by} --on {day}"
            for slug, day in (("sale", "2026-01-02"), ("chips", "2026-01-07"))
            for value, by in ((20, "CFIUS"), (30, "ByteDance"))
        ),
    )
    counts = "of 100 shares, 20 % (CFIUS), 30 % (ByteDance)"

    headline, lead = told()

    assert headline == f"“Let US firms sell chips to China again”: {counts}"
    assert lead[0] == f"Next due: “Sell the US operations of TikTok”, on 20 January; {counts}."


def test_what_parties_dispute_is_one_sentence(tracker: Run, told: Told) -> None:
    record(tracker, "log soybeans broken --says us --on 2026-01-07")
    assert told()[0] == "The US says that “Resume soybean purchases” is broken"
    record(tracker, "log soybeans met --says cn --on 2026-01-08")

    headline, lead = told()

    assert headline == (
        "The US says that “Resume soybean purchases” is broken, and China that it is met"
    )
    assert not any("is met" in one for one in lead)
    record(tracker, "log soybeans broken --says cn --on 2026-01-09")
    assert told()[0] == "The US and China say that “Resume soybean purchases” is broken"


def test_an_agreement_ends_today_if_its_day_is_known_and_in_its_month_if_not(
    tracker: Run, busan: Path
) -> None:
    def said(day: str, db: Path | None = None) -> list[str]:
        ran = tracker("--today", day, "week", "-f", "json", db=db)
        found = json.loads(ran.out)
        return [one for one in (found["headline"], *found["lead"]) if "ends" in one]

    assert said("2027-01-10", busan)[1:] == ["The agreement ends today."]
    assert said("2026-10-30")[1:] == ["The agreement ends in 1 day."]
    assert said("2026-10-31") == ["Nothing changed; the agreement ends in October 2026"]


def test_an_agreement_of_several_that_ends_soon_is_in_the_lead(
    tracker: Run, portfolio: Path
) -> None:
    ran = tracker("--today", "2027-01-05", "week", "-f", "json", db=portfolio)

    (said,) = [one for one in json.loads(ran.out)["lead"] if "truce, 2025–26” ends" in one]

    assert said == "“US–China trade truce, 2025–26” ends in 5 days, on 10 January."


def test_what_lapsed_before_the_end_of_its_term_was_not_kept_to_it(
    tracker: Run, busan: Path
) -> None:
    lapsed = ("log", "cn-ree-oct9-suspend", "lapsed", "--on", "2026-02-24")
    assert tracker("--today", "2026-02-26", *lapsed, db=busan).code == 0

    ran = tracker("--today", "2026-03-26", "week", "2026-W09", "-f", "json", db=busan)

    found = json.loads(ran.out)
    told = f"{found['headline']} {' '.join(found['lead'])}"
    assert "“Suspend the export controls of 9 October 2025” lapsed" in told


def test_only_what_failed_in_the_week_puts_something_newly_at_risk(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        *(f"log soybeans stalled --on 2026-01-0{day}" for day in (2, 6)),
        "log tiktok met --on 2026-01-07",
    )

    headline, lead = told()

    assert headline == "“Sell the US operations of TikTok” went from negotiating to met"
    assert lead == [TERM]


def test_a_page_without_what_failed_does_not_say_what_was_given_for_it(
    tracker: Run, told: Told
) -> None:
    record(tracker, "log soybeans stalled --on 2026-01-07")

    headline, lead = told("2026-W02", "--giver", "us")

    assert (headline, "given in return" in " ".join(lead)) == ("Nothing changed", False)


def test_what_goes_from_one_failure_to_another_puts_nothing_newly_at_risk(
    tracker: Run, told: Told
) -> None:
    record(
        tracker,
        "log soybeans stalled --on 2026-01-02",
        "log soybeans broken --on 2026-01-07",
    )

    assert told()[0] == "“Resume soybean purchases” went from stalled to broken"


@pytest.mark.parametrize(
    ("commands", "shorter"),
    [
        (
            ("log soybeans met --on 2026-01-07", "log tiktok stalled --on 2026-01-07"),
            "One concession fell back and one moved forward",
        ),
        (
            (
                "measure loads 9 MMT --by USDA --basis sold --on 2026-01-07",
                "measure jets 9 jets --by Boeing --on 2026-01-07",
            ),
            "There are new figures for",
        ),
    ],
)
def test_a_headline_of_110_characters_is_the_longest_that_names_two(
    tracker: Run, told: Told, commands: tuple[str, ...], shorter: str
) -> None:
    record(
        tracker,
        "add deadline jets --concession tiktok --kind delivery --label Jets --due 2026-06-30"
        " --target 20 --unit jets --source article",
        "add deadline loads --concession soybeans --kind delivery --label Loads --due 2026-06-30"
        " --target 20 --unit MMT --source article",
        *commands,
    )

    def retitled(length: int) -> str:
        words = ("change", "soybeans", "--title", "S" * length, "--reason", "As told")
        assert tracker("--today", "2026-01-11", *words).code == 0
        return told()[0]

    most = LONGEST - len(retitled(1)) + 1
    named = retitled(most)
    assert len(named) == LONGEST
    assert "TikTok" in named
    assert retitled(most + 1).startswith(shorter)
    assert "TikTok" not in told()[0]

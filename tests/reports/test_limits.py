"""A ceiling with a condition, from its declaration to the day on which it is broken."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from tests.conftest import Run, parties
from tracker.cli.running import run

FRAMEWORK = (
    """
[agreement]
slug = "eu-us"
title = "EU–US framework"
agreed_on = "2025-08-21"
source = "joint"

[[agreement.deadline]]
slug = "eu-us-end"
kind = "expiry"
label = "Framework ends"
due_on = "2028-12-31"
source = "joint"

[[party]]
slug = "de"
name = "Germany"
short = "Germany"
part_of = "eu"

"""
    + parties("eu")
    + """[[source]]
key = "joint"
publisher = "European Commission"
title = "Joint statement"
official = true

[[concession]]
slug = "cars"
title = "No duty above 15 % on cars"
giver = "us"
receiver = ["eu", "de"]
sector = "cars"
kind = "tariff"
instrument = "joint-text"
test = "No car is charged more."
source = "joint"

[[concession.deadline]]
slug = "cars-ceiling"
kind = "delivery"
label = "Ceiling on cars"
awaits = "the EU proposes its law"
bound = "at-most"
target = "15"
base = "27.5"
unit = "%"
source = "joint"
"""
)
LEVEL = ("--basis", "level")

Ask = Callable[..., Any]


def on_march_first(db: Path) -> Callable[..., int]:
    """Return the command line on a book, before any test."""
    given = ("--db", str(db), "--author", "analyst", "--today", "2026-03-01")
    return lambda *words: run([*given, *words])


@pytest.fixture(scope="module")
def with_ceiling(article_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("limits")
    (folder / "eu-us.toml").write_text(FRAMEWORK, "utf-8")
    made = Path(copy(article_template, folder / "ceiling.db"))
    assert on_march_first(made)("apply", str(folder / "eu-us.toml")) == 0
    return made


@pytest.fixture(scope="module")
def with_binding(with_ceiling: Path) -> Path:
    made = Path(copy(with_ceiling, with_ceiling.with_name("binding.db")))
    record = on_march_first(made)
    level = ("measure", "cars-ceiling", "--by", "CBP", *LEVEL)
    assert record("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28") == 0
    assert record(*level, "27.5", "--on", "2025-07-31") == 0
    assert record(*level, "15", "--on", "2025-09-16") == 0
    assert record("log", "cars", "met", "--on", "2025-09-16") == 0
    return made


@pytest.fixture
def ceiling(tracker: Run, book: Path, with_ceiling: Path) -> Run:
    """The article's book with a ceiling of the EU and the US, on 1 March 2026."""
    copy(with_ceiling, book)
    return lambda *words, **more: tracker("--today", "2026-03-01", *words, **more)


@pytest.fixture
def binding(ceiling: Run, book: Path, with_binding: Path) -> Run:
    """The same, once the condition came about and the ceiling was first kept."""
    copy(with_binding, book)
    return ceiling


def read(run: Run, counter: str, value: str, on: str) -> None:
    ran = run("measure", "cars-ceiling", value, "--by", counter, *LEVEL, "--on", on)
    assert ran.code == 0, ran.err


def ask(run: Run, *words: str) -> dict[str, Any]:
    ran = run(*words, "-f", "json")
    assert ran.code in (0, 1), ran.err
    found: dict[str, Any] = json.loads(ran.out)["rows"][0]
    return found


def contradiction(run: Run) -> str | None:
    """Return what `check` finds to contradict the stage of the ceiling."""
    rows = json.loads(run("check", "-f", "json").out)["rows"]
    found = [one for one in rows if one["finding"] == "contradicted"]
    assert [one["subject"] for one in found] in ([], ["cars"])
    return " ".join(found[0]["message"].split()) if found else None


def test_until_its_condition_comes_about_it_waits_and_binds_nobody(ceiling: Run) -> None:
    read(ceiling, "CBP", "27.5", "2025-08-25")

    row = ask(ceiling, "status", "cars")

    assert (row["holds"], row["term_ends_on"], row["promised_on"]) == (
        True,
        "2028-12-31",
        "2025-08-21",
    )
    due = row["next_deadline"]
    assert (due["due_on"], due["awaits"], due["days_left"]) == (
        None,
        "the EU proposes its law",
        None,
    )
    delivered = row["delivered"]
    assert (delivered["bound"], delivered["target"], delivered["base"]) == ("at-most", 15, 27.5)
    assert (delivered["high"], delivered["over_by"]) == (None, None)
    deadlines = json.loads(ceiling("deadlines", "-f", "json").out)["rows"]
    (waiting,) = [one for one in deadlines if one["deadline"] == "cars-ceiling"]
    assert waiting["verdict"] == "waiting"
    assert "cars-ceiling" not in ceiling("calendar").out
    pace = " ".join(ceiling("pace", "cars").out.split())
    assert "no data; awaits the EU proposes its law" in pace


def test_the_week_announces_the_first_day_of_a_limit(ceiling: Run) -> None:
    assert ceiling("move", "cars-ceiling", "2025-09-20", "--on", "2025-08-21").code == 0

    for today, said in (("2025-08-22", True), ("2025-09-19", True), ("2025-09-20", False)):
        ran = ceiling("--today", today, "week")
        line = "From 20 Sep: “No duty above 15 % on cars” (US → EU, Germany)."
        assert ran.code == 0
        assert (line in ran.out) is said

    week = json.loads(ceiling("--today", "2025-08-22", "week", "-f", "json").out)
    assert week["lead"][0] == (
        "“No duty above 15 % on cars” (US → EU, Germany) binds from 20 September."
    )
    assert [(row["deadline"], row["opens_on"]) for row in week["begin"]] == [
        ("cars-ceiling", "2025-09-20")
    ]
    assert not week["due"]


@pytest.mark.parametrize("title", ["No high duty on cars", "No duty above 115 % on cars"])
def test_the_week_says_what_a_limit_is_unless_the_title_does(ceiling: Run, title: str) -> None:
    assert ceiling("move", "cars-ceiling", "2025-09-20", "--on", "2025-08-21").code == 0
    assert ceiling("change", "cars", "--title", title, "--reason", "Other words").code == 0

    page = ceiling("--today", "2025-08-22", "week").out

    assert f"From 20 Sep: “{title}” (US → EU, Germany), at most 15 %." in page


def test_only_a_stage_makes_a_promise_appear_before_its_day(ceiling: Run) -> None:
    read(ceiling, "CBP", "27.5", "2025-08-15")
    assert ceiling("note", "cars", "Talks in Washington", "--on", "2025-08-16").code == 0

    def listed(as_of: str) -> list[str]:
        found = json.loads(ceiling("status", "--as-of", as_of, "-f", "json").out)["rows"]
        return [row["concession"] for row in found]

    assert "cars" not in listed("2025-08-20")
    assert "cars" in listed("2025-08-21")
    assert ceiling("log", "cars", "negotiating", "--says", "us", "--on", "2025-08-15").code == 0
    assert "cars" in listed("2025-08-15")


def test_a_supplied_day_is_no_slip_and_what_was_read_before_it_does_not_count(
    binding: Run,
) -> None:
    row = ask(binding, "status", "cars")
    deadlines = json.loads(binding("deadlines", "-f", "json").out)["rows"]
    (limit,) = [one for one in deadlines if one["deadline"] == "cars-ceiling"]

    assert (row["bucket"], row["delivered"]["high"]) == ("holding", 15)
    assert (row["delivered"]["percent_high"], row["delivered"]["over_by"]) == (None, None)
    assert (limit["opens_on"], limit["slip_days"], limit["verdict"]) == ("2025-08-01", 0, "open")


def test_a_day_supplied_later_can_make_a_limit_exceeded_at_once(ceiling: Run) -> None:
    read(ceiling, "CBP", "27.5", "2025-08-25")

    ran = ceiling("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28")

    warning = "Warning: cars-ceiling is now exceeded by 12.5, since 25 Aug 2025"
    assert (ran.code, warning in ran.out) == (0, True)
    again = ceiling("move", "cars-ceiling", "2025-08-02", "--on", "2025-08-29")
    assert (again.code, "now exceeded" in again.out) == (0, False)


def test_a_statement_of_the_day_that_holds_changes_nothing(ceiling: Run) -> None:
    for party, told in (
        ("us", "still waiting; this statement alone does not set its day"),
        ("eu", "now 1 Aug 2025"),
        ("de", "1 Aug 2025, as before"),
    ):
        ran = ceiling("move", "cars-ceiling", "2025-08-01", "--says", party, "--on", "2025-08-28")
        assert f"cars-ceiling: {told}\n" in ran.out


def test_a_statement_on_a_closed_deadline_is_told_that_it_is_closed(steel: Run) -> None:
    assert steel("close", "steel-by", "cancelled", "--on", "2026-02-12").code == 0

    ran = steel("move", "steel-by", "2026-04-30", "--says", "us")

    assert "steel-by: stays 31 Jan, closed as cancelled; this statement alone" in ran.out


def test_over_by_one_count_and_not_by_another_is_disputed(binding: Run) -> None:
    read(binding, "CBP", "25", "2026-01-10")
    read(binding, "European Commission", "15", "2026-01-12")

    delivered = ask(binding, "status", "cars")["delivered"]
    text = " ".join(binding("status", "cars", "-f", "markdown").out.split())

    assert (delivered["low"], delivered["high"]) == (15, 25)
    assert (delivered["over_by"], delivered["over_since"]) == (10, "2026-01-10")
    assert "disputed: over since 10 Jan, now by 10" in text
    assert contradiction(binding) == (
        "the verdict is 'met', and some counts exceed cars-ceiling by up to 10 points"
    )


def test_over_by_every_fresh_count_it_is_exceeded_and_contradicts_met(binding: Run) -> None:
    read(binding, "CBP", "25", "2026-01-10")
    read(binding, "CBP", "20", "2026-02-10")

    delivered = ask(binding, "status", "cars")["delivered"]

    assert (delivered["over_by"], delivered["over_since"]) == (5, "2026-01-10")
    assert (
        contradiction(binding) == "the verdict is 'met', and cars-ceiling is exceeded by 5 points"
    )
    assert "exceeded" in binding("pace", "cars").out
    gains = binding("gains", "--width", "200").out
    assert "until 31 Dec 2028; over since 10 Jan, now by 5" in gains


@pytest.mark.parametrize(
    ("stage", "found"),
    [
        ((), "the stage is 'announced', and cars-ceiling is exceeded by 10 points"),
        (("started",), "the verdict is 'started', and cars-ceiling is exceeded by 10 points"),
        (("negotiating",), None),
        (("broken",), None),
        (("moot",), None),
    ],
)
def test_an_exceeded_limit_contradicts_every_open_promise(
    ceiling: Run, stage: tuple[str, ...], found: str | None
) -> None:
    assert ceiling("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28").code == 0
    read(ceiling, "CBP", "25", "2026-01-10")
    for one in stage:
        assert ceiling("log", "cars", one, "--on", "2026-01-12").code == 0

    assert contradiction(ceiling) == found


EU_US = ("--agreement", "eu-us")
IN_WORDS = (
    "18 % (European Commission), 25 % (CBP) against a limit of 15 %; over since 24 Feb, now by 10"
)


def test_a_limit_that_two_counts_exceed_is_exceeded_in_the_week(binding: Run) -> None:
    read(binding, "CBP", "25", "2026-02-24")
    read(binding, "European Commission", "18", "2026-02-25")

    assert headline(binding, *EU_US) == f"“No duty above 15 % on cars”: {IN_WORDS}"
    page = binding("week", *EU_US, "--brief", "--width", "150").out
    assert "18 %, European Commission, above the limit  25 Feb" in page


def test_an_exceeded_limit_is_not_calm_a_week_later(binding: Run) -> None:
    def unchanged() -> str:
        page = binding("--today", "2026-03-04", "week", *EU_US, "--width", "200").out
        return str(page.partition("No change this week (1)\n")[2])

    assert unchanged().startswith("Still holding (1, until 31 Dec 2028): cars.")
    read(binding, "CBP", "25", "2026-02-24")
    read(binding, "European Commission", "18", "2026-02-25")
    last = ("--due", "2028-11-30", "--reason", "Annex II")
    assert binding("--today", "2026-02-25", "change", "cars-ceiling", *last).code == 0
    assert f"met; until 30 Nov 2028: {IN_WORDS}" in unchanged()


def test_a_count_below_a_limit_does_not_hide_one_above(binding: Run) -> None:
    read(binding, "CBP", "25", "2026-02-18")
    read(binding, "European Commission", "15", "2026-02-25")

    assert headline(binding, *EU_US) == (
        "“No duty above 15 % on cars”: European Commission counts 15 of at most 15 % (before:"
        " 27.5), but another count is above the limit"
    )


def test_an_exceeded_limit_comes_before_other_figures_and_moved_days(steel: Run) -> None:
    due = ("--kind", "delivery", "--label", "Talks", "--due", "2026-12-31", "--source", "joint")
    target = ("--target", "4", "--unit", "rounds")
    for words in (
        ("add", "deadline", "talks", "--concession", "steel", *due, *target),
        ("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28"),
        ("measure", "cars-ceiling", "25", "--by", "CBP", "--on", "2026-02-24"),
        ("measure", "talks", "1", "--by", "USTR", "--on", "2026-02-26"),
        ("move", "steel-by", "2026-04-30", "--on", "2026-02-27"),
    ):
        assert steel(*words).code == 0

    found = json.loads(steel("week", *EU_US, "-f", "json").out)

    assert found["headline"] == (
        "“No duty above 15 % on cars”: CBP counts 25 of at most 15 % (before: 27.5), above"
        " the limit"
    )
    assert found["lead"][:2] == [
        "“Talks” for “Agree on steel”: of 4 rounds, 25 % (USTR).",
        "The deadline of “Agreed” for “Agree on steel” was moved to 30 April.",
    ]
    limit = ("--kind", "delivery", "--label", "Duty on steel", "--opens", "2025-08-21")
    bound = ("--bound", "at-most", "--target", "50", "--unit", "%", "--source", "joint")
    assert steel("add", "deadline", "duty", "--concession", "steel", *limit, *bound).code == 0
    assert steel("measure", "duty", "55", "--by", "CBP", "--on", "2026-02-26").code == 0
    assert headline(steel, *EU_US) == (
        "Counts are above the limits of “No duty above 15 % on cars” and “Agree on steel”"
    )


def test_it_is_broken_at_once_and_cannot_be_missed_while_it_runs(binding: Run) -> None:
    missed = binding("log", "cars", "missed")
    broken = binding("log", "cars", "broken", "--on", "2026-02-20")

    assert (missed.code, broken.code) == (4, 0)
    gains = json.loads(binding("gains", "--agreement", "eu-us", "-f", "json").out)["rows"]
    assert {row["party"]: row["lost"] for row in gains} == {"eu": 1, "de": 1, "us": 0}


def test_a_blocs_word_is_named_where_it_contests_anothers(binding: Run) -> None:
    for party, stage in (("us", "met"), ("eu", "stalled")):
        assert binding("log", "cars", stage, "--says", party, "--on", "2026-02-01").code == 0

    found = " ".join(binding("check", "-f", "markdown").out.split())

    assert "US says met and EU says stalled" in found


def test_claims_beside_a_declared_stage_have_days_of_their_own(ceiling: Run) -> None:
    for party, stage, on in (("us", "met", "2026-02-01"), ("de", "stalled", "2026-01-05")):
        assert ceiling("log", "cars", stage, "--says", party, "--on", on).code == 0

    claims = "US says met, 1 Feb; Germany says stalled, 5 Jan"

    assert f"announced, 21 Aug 2025; {claims} |" in ceiling("show", "cars", "-f", "markdown").out
    assert f"announced; {claims} |" in ceiling("status", "cars", "-f", "markdown").out


@pytest.fixture
def steel(ceiling: Run) -> Run:
    """The same, with a promise on steel that both sides give and receive, due in January."""
    both = ("--giver", "us", "--giver", "eu", "--receiver", "us", "--receiver", "eu")
    kind = ("--agreement", "eu-us", "--kind", "meeting", "--instrument", "joint-text")
    words = ("--title", "Agree on steel", "--test", "Agreed", "--sector", "steel")
    due = ("--kind", "delivery", "--label", "Agreed", "--due", "2026-01-31")
    for declared in (
        ("concession", "steel", *both, *kind, *words),
        ("deadline", "steel-by", "--concession", "steel", *due),
    ):
        assert ceiling("add", *declared, "--source", "joint").code == 0
    return ceiling


def test_a_party_on_both_sides_is_named_once(steel: Run) -> None:
    for party in ("us", "eu"):
        assert steel("log", "steel", "met", "--says", party).code == 0

    shown = re.sub(" +", " ", steel("show", "steel", "-f", "markdown").out)

    assert "| US says met, EU says met |" in shown
    assert "United States gets from the EU" in steel("gains", "--agreement", "eu-us").out


def test_every_report_agrees_on_what_is_overdue(steel: Run) -> None:
    def verdict() -> tuple[str, bool, bool, bool]:
        listed = json.loads(steel("deadlines", "--within", "0", "-f", "json").out)["rows"]
        week = json.loads(steel("week", "-f", "json").out)["overdue"]
        (shown,) = ask(steel, "show", "steel")["deadlines"]
        in_list, in_week = (
            any(one["deadline"] == "steel-by" for one in rows) for rows in (listed, week)
        )
        return shown["verdict"], in_list, in_week, "overdue" in steel("check").out

    assert verdict() == ("overdue", True, True, True)
    assert steel("log", "steel", "met", "--on", "2026-01-15").code == 0
    assert verdict() == ("met", False, False, False)


def test_only_a_word_from_after_a_term_says_that_it_was_kept_to_its_end(binding: Run) -> None:
    def warned(on: str) -> bool:
        ran = binding("--today", "2029-01-02", "log", "cars", "met", "--on", on)
        assert ran.code == 0
        return "Warning: cars has to be kept up through 31 Dec 2028" in ran.out

    assert [warned(on) for on in ("2028-12-30", "2028-12-31", "2029-01-01")] == [False, True, False]


@pytest.mark.parametrize("ended", [("lapsed", "2028-12-31"), ("met", "2029-01-01")])
def test_what_was_broken_once_was_not_kept_all_the_time(
    binding: Run, ended: tuple[str, str]
) -> None:
    def result() -> str:
        found = json.loads(binding("--today", "2029-01-02", "reliability", "-f", "json").out)
        (own,) = [one for one in found["concessions"] if one["concession"] == "cars"]
        return str(own["result"])

    stage, on = ended
    assert binding("--today", "2029-01-02", "log", "cars", stage, "--on", on).code == 0
    assert result() == "on time"
    assert binding("log", "cars", "broken", "--on", "2026-01-10").code == 0
    assert binding("log", "cars", "met", "--on", "2026-02-10").code == 0
    assert result() == "in part"


@pytest.mark.parametrize(
    ("between", "verdict", "result"),
    [
        ("broken", None, "in part"),
        ("broken", "met", "on time"),
        ("broken", "lapsed", "in part"),
        ("started", None, "on time"),
    ],
)
def test_what_both_sides_called_broken_once_was_not_kept_all_the_time(
    ceiling: Run, between: str, verdict: str | None, result: str
) -> None:
    """Unless a verdict, other than that it lapsed, outranks what they say."""
    said = [("met", "2025-09-01"), (between, "2026-01-10"), ("met", "2029-01-01")]
    told = [(stage, "--says", says, "--on", on) for stage, on in said for says in ("us", "eu")]
    for words in (*told, *([(verdict, "--on", "2029-01-01")] if verdict else [])):
        assert ceiling("--today", "2029-01-02", "log", "cars", *words).code == 0

    found = json.loads(ceiling("--today", "2029-01-02", "reliability", "-f", "json").out)

    (own,) = [one for one in found["concessions"] if one["concession"] == "cars"]
    assert own["result"] == result


def test_what_is_due_or_ends_today_is_not_due_in_0_days(steel: Run) -> None:
    assert "31 Jan (today)" in steel("--today", "2026-01-31", "status", "steel").out
    ends = ("--today", "2028-12-31")
    shown = steel(*ends, "show", "eu-us-end").out
    assert "expires today (2028-12-31)" in shown
    assert "31 Dec  today" in shown
    assert steel(*ends, "log", "cars", "met").code == 0
    assert "31 Dec · today" in steel(*ends, "cliff").out


def test_closing_what_both_sides_call_met_asks_for_no_stage(steel: Run) -> None:
    for party in ("us", "eu"):
        assert steel("log", "steel", "met", "--says", party).code == 0

    assert "log a stage" not in steel("close", "steel-by", "met").out


def test_show_says_when_it_was_last_checked_and_what_is_not_promised_yet(ceiling: Run) -> None:
    assert "not yet promised" in ceiling("show", "cars", "--as-of", "2025-08-01").out
    assert ceiling("checked", "cars").code == 0
    assert "Last checked       1 Mar\n" in ceiling("show", "cars").out


def test_a_limit_that_ended_before_the_term_says_so_beside_it(binding: Run) -> None:
    words = "until 31 Dec 2028, but its limit ended 27 Feb"
    assert words not in binding("gains").out + binding("show", "cars").out
    due = ("--due", "2026-02-27", "--reason", "It was for the winter")
    assert binding("change", "cars-ceiling", *due).code == 0

    assert words in " ".join(binding("gains").out.split())
    assert f"To be kept up      {words}\n" in binding("show", "cars").out


def test_a_limit_is_not_due_on_its_last_day_but_ends(binding: Run) -> None:
    assert binding("change", "cars-ceiling", "--due", "2026-03-10", "--reason", "Annex").code == 0

    page = binding("week", *EU_US, "--width", "150").out
    assert "10 Mar  in 9 days  No duty above 15 % on cars (limit ends)" in page
    assert headline(binding, *EU_US) == (
        "Nothing changed; the limit of “No duty above 15 % on cars” ends on 10 March"
    )
    assert binding("log", "cars", "stalled", "--on", "2026-02-25").code == 0
    assert (
        "Next limit to end: “No duty above 15 % on cars”, on 10 March"
        in binding("week", *EU_US, "--width", "500").out
    )


def test_a_restated_limit_is_not_called_a_target(binding: Run) -> None:
    move = ("move", "cars-ceiling", "2025-08-01", "--target", "20", "--on", "2026-02-25")
    assert binding(*move, "--says", "us").code == 0
    limit = "limit of “No duty above 15 % on cars”"
    assert headline(binding, *EU_US) == f"The US says the {limit} is 20 %"

    assert binding(*move).code == 0
    assert headline(binding, *EU_US) == f"The {limit} was restated as 20 %"


def test_a_limit_that_binds_is_kept_so_far_and_one_that_has_ended_was_kept(binding: Run) -> None:
    assert " · kept so far\n" in binding("pace", "cars").out
    due = ("--due", "2026-02-27", "--reason", "It was for the winter")
    assert binding("change", "cars-ceiling", *due).code == 0

    assert " by 27 Feb · kept\n" in binding("pace", "cars").out


def test_what_one_day_added_against_a_limit_is_no_level(ceiling: Run) -> None:
    counted = ("measure", "cars-ceiling", "5", "--by", "CBP", "--on", "2025-12-31")

    assert "cars-ceiling: 5 % level, CBP" in ceiling(*counted).out
    assert "cars-ceiling: +5 %, CBP" in ceiling(*counted, "--flow").out


def test_a_limit_without_a_last_day_ends_with_its_term(binding: Run) -> None:
    def verdict(today: str) -> str:
        return str(ask(binding, "--today", today, "show", "cars-ceiling")["verdict"])

    assert (verdict("2028-12-31"), verdict("2029-01-01")) == ("open", "ended")


@pytest.fixture
def visit(tracker: Run) -> Run:
    """The article's book, in which China also promised a visit by the end of the year."""
    sides = ("--agreement", "busan-2025", "--giver", "cn", "--receiver", "us", "--sector", "talks")
    kind = ("--kind", "meeting", "--instrument", "readout", "--title", "Visit", "--test", "Seen")
    due = ("--kind", "delivery", "--label", "Visit", "--due", "2025-12-31")
    for words in (
        ("concession", "visit", *sides, *kind),
        ("deadline", "visit-by", "--concession", "visit", *due),
    ):
        assert tracker("add", *words, "--source", "article").code == 0
    return tracker


def test_a_limit_of_the_agreement_itself_binds_from_the_day_of_the_agreement(ceiling: Run) -> None:
    limit = ("--kind", "delivery", "--label", "Duty on all goods", "--due", "2026-12-31")
    words = ("--bound", "at-most", "--target", "15", "--unit", "%", "--source", "joint")
    assert ceiling("add", "deadline", "all-goods", "--agreement", "eu-us", *limit, *words).code == 0
    for counter, on in (("CBP", "2025-08-01"), ("Customs", "2025-09-01")):
        counted = ("measure", "all-goods", "20", "--by", counter, *LEVEL, "--on", on)
        assert ceiling(*counted).code == 0

    rows = json.loads(ceiling("pace", "--agreement", "eu-us", "-f", "json").out)["rows"]

    over = {row["counted_by"]: row["over_by"] for row in rows if row["deadline"] == "all-goods"}
    assert over == {"Customs": 5}


def headline(run: Run, *words: str) -> str:
    return str(json.loads(run("week", *words, "-f", "json").out)["headline"])


def test_a_count_for_a_deadline_of_the_agreement_itself_is_news(ceiling: Run) -> None:
    for slug, label, *more in (
        ("all-goods", "Duty on all goods", "--bound", "at-most", "--target", "15", "--unit", "%"),
        ("rounds", "Rounds of talks"),
    ):
        words = ("--kind", "delivery", "--label", label, "--due", "2026-12-31", "--source", "joint")
        added = ceiling("add", "deadline", slug, "--agreement", "eu-us", *words, *more)
        assert added.code == 0, added.err
    eu_us = ("--agreement", "eu-us")

    assert ceiling("measure", "all-goods", "15.5", "--by", "CBP", "--on", "2026-02-25").code == 0
    assert headline(ceiling, *eu_us) == (
        "“Duty on all goods”: CBP counts 15.5 of at most 15 %, above the limit"
    )
    assert ceiling("undo").code == 0
    assert ceiling("measure", "rounds", "2", "rounds", "--by", "USTR").code == 0
    assert headline(ceiling, *eu_us) == "“Rounds of talks”: 2 rounds, USTR"


@pytest.mark.parametrize("says", [(), ("cn", "us")])
@pytest.mark.parametrize(
    ("stage", "result", "late_days"), [("met", "on time", 0), ("broken", "lost", None)]
)
def test_what_is_said_again_of_a_promise_counts_from_its_first_day(
    visit: Run, says: tuple[str, ...], stage: str, result: str, late_days: int | None
) -> None:
    said = [(stage, "2025-12-01"), ("partial", "2025-12-02"), (stage, "2025-12-30")]
    for word, on in (*said, (stage, "2026-01-06")):
        for party in [("--says", party) for party in says] or [()]:
            options = ("--on", on, *party)
            assert visit("--today", "2026-01-08", "log", "visit", word, *options).code == 0

    listed = json.loads(visit("--today", "2026-01-08", "reliability", "-f", "json").out)

    (own,) = [one for one in listed["concessions"] if one["concession"] == "visit"]
    assert (own["result"], own["late_days"], own["on"]) == (result, late_days, "2025-12-30")


def test_a_bloc_that_spoke_for_its_only_member_is_named_in_the_claims(tracker: Run) -> None:
    assert tracker("add", "party", "eu", "--name", "European Union", "--short", "EU").code == 0
    member = ("--name", "Germany", "--short", "Germany", "--part-of", "eu")
    assert tracker("add", "party", "de", *member).code == 0
    giver = ("change", "soybeans", "--giver", "de", "--reason", "Another book")
    assert tracker(*giver).code == 0
    assert tracker("log", "soybeans", "met", "--says", "eu").code == 0
    assert tracker("log", "rare-earths", "met", "--says", "cn").code == 0

    out = tracker("claims", "-f", "markdown").out

    assert "| EU: met |" in " ".join(out.split())
    assert "China: met" not in out


def test_what_one_party_says_of_a_mutual_promise_has_its_name_on_both_sides(tracker: Run) -> None:
    both = [f"--{side}={party}" for side in ("giver", "receiver") for party in ("us", "cn")]
    assert tracker("change", "soybeans", *both, "--reason", "They promised it together").code == 0
    assert tracker("log", "soybeans", "met", "--says", "us").code == 0

    out = tracker("claims", "soybeans", "-f", "markdown").out

    assert "| US: met | US: met |" in " ".join(out.split())


def test_what_was_read_after_a_limit_is_news_with_its_own_figure(ceiling: Run) -> None:
    assert ceiling("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28").code == 0
    due = ("--due", "2026-01-31", "--reason", "The text says so")
    assert ceiling("change", "cars-ceiling", *due).code == 0
    read(ceiling, "CBP", "15", "2026-01-12")
    read(ceiling, "CBP", "25", "2026-02-03")

    page = ceiling("week", "2026-02-03").out

    news = "CBP counts 25 %, on a day on which the limit does not bind What happened"
    assert f"“No duty above 15 % on cars” (US → EU, Germany): {news}" in " ".join(page.split())
    assert re.search(r"No duty above 15 % on cars +US → EU, Germany +25 % level, CBP +3 Feb", page)


def test_a_limit_of_zero_is_a_target_like_any_other(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "eu-us.toml"
    file.write_text(FRAMEWORK.replace('target = "15"', 'target = "0"'), "utf-8")
    assert tracker("apply", file).code == 0
    assert tracker("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28").code == 0

    ran = tracker("measure", "cars-ceiling", "2.5", "--by", "CBP", *LEVEL, "--on", "2026-01-06")

    assert "cars-ceiling: 2.5 of at most 0 % (before: 27.5), above the limit\n" in ran.out


def test_a_count_is_official_if_any_of_its_sources_is(binding: Run) -> None:
    def older() -> list[str]:
        return [one["counted_by"] for one in ask(binding, "status", "cars")["delivered"]["older"]]

    read(binding, "ACEA", "15", "2026-02-20")
    assert older() == ["CBP"]  # of September, from no source

    ran = binding("history", "cars-ceiling", "-f", "json").out
    (entry,) = [row["entry"] for row in json.loads(ran)["rows"] if row["value"] == 15][:1]
    assert binding("cite", f"#{entry}", "joint").code == 0

    assert older() == []


def test_what_is_known_to_the_month_is_in_the_data_as_it_was_given(ceiling: Run) -> None:
    assert ceiling("log", "cars", "met", "--on", "2025-09").code == 0
    assert (
        ceiling("log", "cars", "met", "--says", "cn", "--on", "2025-10", "--source", "joint").code
        == 0
    )

    assert ask(ceiling, "status", "cars")["stage_on"] == "2025-09"
    others = ask(ceiling, "claims", "cars")["others"]
    assert others == [{"party": "cn", "stage": "met", "on": "2025-10", "source": "joint"}]
    gains = json.loads(ceiling("gains", "--agreement", "eu-us", "-f", "json").out)
    assert {one["since"] for one in gains["concessions"]} == {"2025-09"}


def test_met_before_a_limit_binds_or_a_window_opens_is_warned_of(ceiling: Run) -> None:
    read(ceiling, "CBP", "27.5", "2025-08-25")
    said = ceiling("log", "cars", "met", "--on", "2025-08-26")
    assert (
        "cars is met, but cars-ceiling has no reading that counts; log one" in said.out + said.err
    )
    assert "cars is met, but cars-ceiling does not bind yet" in said.out + said.err

    opens = ("--opens", "2026-02-01", "--due", "2026-06-30", "--source", "joint")
    visit = ("--concession", "cars", "--kind", "delivery", "--label", "Visit of the plants")
    assert ceiling("add", "deadline", "visit", *visit, *opens).code == 0
    said = ceiling("log", "cars", "met", "--on", "2026-01-31")
    assert "cars is met before the window of visit opens on 1 Feb" in said.out + said.err

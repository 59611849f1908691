import csv
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import Run, data


@pytest.mark.parametrize(
    "arguments",
    [
        ["log", "\udcff", "met"],
        ["log", "soybeans", "met", "--source", "\udcff"],
        ["note", "\udcff", "Approval pending"],
    ],
)
def test_words_that_are_not_utf_8_are_refused_as_bad_text(
    tracker: Run, arguments: list[str]
) -> None:
    ran = tracker(*arguments)

    complaint = "tracker: The text is not valid UTF-8. Correct it and try again\n"
    assert (ran.code, ran.err) == (5, complaint)


def test_a_logged_stage_is_told_with_what_it_changed(tracker: Run) -> None:
    ran = tracker("log", "soybeans", "partial", "-m", "8 MMT sold", "--on", "2026-01-07")

    assert ran == (0, "#25 soybeans: partial, 7 Jan 2026\nsoybeans: started → partial\n", "")


def test_a_claim_changes_the_standing_and_not_the_stage(tracker: Run) -> None:
    ran = tracker("log", "soybeans", "met", "--says", "us", "--on", "yesterday")

    told = "#25 soybeans: US says met, 7 Jan 2026\n"
    told += "soybeans: started, as before; standing unclaimed → one-sided\n"
    assert ran == (0, told, "")


def test_each_correction_is_told(tracker: Run) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")

    amended = tracker("amend", 25, "--stage", "met")
    retracted = tracker("retract", 27, "--reason", "Misread the table")
    undone = tracker("undo")

    assert amended.out == (
        "#26 soybeans: retracts #25 (partial, 7 Jan 2026), 8 Jan 2026\n"
        "#27 soybeans: met, 7 Jan 2026\n"
        "soybeans: partial → met\n"
    )
    assert retracted.out == (
        "#28 soybeans: retracts #27 (met, 7 Jan 2026), 8 Jan 2026\nsoybeans: met → started\n"
    )
    assert undone.out == (
        "#29 soybeans: retracts #28, the retraction of #27, 8 Jan 2026\nsoybeans: started → met\n"
    )


def test_looking_at_everything_is_told_for_each_agreement(tracker: Run) -> None:
    assert tracker("checked").out == "#25 busan-2025: checked, 8 Jan 2026\n"


def test_a_note_goes_in_under_its_author_day_and_source(tracker: Run) -> None:
    tracker(
        "--author", "desk", "note", "tiktok", "Pending", "--on", "monday", "--source", "article"
    )

    (row,) = data(tracker, "history", "tiktok", "--since", "2026-01-01")["rows"]
    told = {key: row[key] for key in ("author", "effective_on", "source", "note", "kind")}
    assert told == {
        "author": "desk",
        "effective_on": "2026-01-05",
        "source": "article",
        "note": "Pending",
        "kind": "note",
    }


def test_a_note_can_be_a_partys_statement(tracker: Run) -> None:
    ran = tracker("note", "tiktok", "The licence is on its way", "--says", "cn", "--on", "monday")
    assert ran.out.splitlines()[0] == "#25 tiktok: note by China, 5 Jan 2026"

    (row,) = data(tracker, "history", "tiktok", "--since", "2026-01-01")["rows"]
    assert (row["kind"], row["says"], row["note"]) == ("note", "cn", "The licence is on its way")


def test_every_source_of_an_update_counts_from_the_day_of_the_update(tracker: Run) -> None:
    added = "https://example.org/cargoes"
    tracker(
        *["log", "soybeans", "partial", "--on", "2026-01-02", "--source", "article", "--source"],
        added,
    )

    logged = tracker("show", "soybeans", "--as-of", "2026-01-02").out
    tracker("cite", 25, "https://example.org/port")
    tracker("amend", 25, "--on", "2026-01-01")
    amended = tracker("show", "soybeans", "--as-of", "2026-01-01").out

    assert added in logged
    assert added in amended
    assert "https://example.org/port" not in amended
    assert "https://example.org/port" in tracker("show", "soybeans").out


def test_an_amendment_takes_parts_away(tracker: Run) -> None:
    tracker("log", "soybeans", "met", "--says", "us", "--source", "article", "-m", "On track")

    tracker("amend", 25, "--says", "", "--source", "", "--note", "")

    row = data(tracker, "history", "soybeans")["rows"][-1]
    assert (row["entry"], row["says"], row["source"], row["note"]) == (27, None, None, None)


def test_every_recording_command_answers_in_json(tracker: Run) -> None:
    commands: list[list[object]] = [
        ["log", "soybeans", "partial"],
        ["note", "busan-2025", "Talks go on"],
        ["checked", "tiktok"],
        ["cite", 26, "article"],
        ["undo"],
        ["undo"],
        ["retract", 26, "--reason", "Misread"],
        ["amend", 25, "--stage", "met"],
    ]
    for command in commands:
        document = data(tracker, *command)
        keys = ["schema", "recorded", "before", "after", "warnings", "already"]
        assert list(document) == keys
        assert document["schema"] == 2

    assert [row["kind"] for row in document["recorded"]] == ["retraction", "stage"]
    assert (document["before"]["stage"], document["after"]["stage"]) == ("partial", "met")


# --- several sources -------------------------------------------------------------------------

PRESS = "https://www.reuters.com/markets/soybeans"
USDA = "https://www.usda.gov/export-sales"


def test_each_source_of_an_update_is_cited(tracker: Run) -> None:
    sources = ["--source", "article", "--source", PRESS, "--source", USDA, "--source", PRESS]

    ran = tracker("log", "soybeans", "partial", "--on", "2026-01-07", *sources, "-m", "8 MMT")

    assert ran.out.splitlines() == [
        "#25 soybeans: partial, 7 Jan 2026",
        f"#26 soybeans: adds {PRESS} to #25 (partial, 7 Jan 2026), 7 Jan 2026",
        f"#27 soybeans: adds {USDA} to #25 (partial, 7 Jan 2026), 7 Jan 2026",
        "soybeans: started → partial",
    ]
    for report in (["history", "soybeans"], ["week"], ["show", "soybeans"]):
        out = tracker(*report).out
        assert ("[1][2][3]" if report == ["week"] else "8 MMT [1] [2] [3]") in out
        numbered = [line for line in out.splitlines() if line[:4] in ("[1] ", "[2] ", "[3] ")]
        assert numbered[0].startswith("[1]  The Straits Times (Bloomberg)")
        assert [f"[2]  {PRESS}", f"[3]  {USDA}"] == [one for one in numbered if "  https" in one]


def test_a_source_that_is_found_later_is_cited_with_the_entry_and_counts_for_it(
    tracker: Run,
) -> None:
    tracker("log", "soybeans", "partial", "-m", "8 MMT sold")
    found = tracker("check").out
    unsourced = "unsourced" in found
    assert "use 'tracker cite ENTRY SOURCE', or amend the entry with --source" in found

    cited = tracker("cite", 25, USDA, "article", "-m", "Page 3")

    assert (unsourced, "unsourced" in tracker("check").out) == (True, False)
    assert cited.out.splitlines() == [
        f"#26 soybeans: adds {USDA} to #25 (partial, 8 Jan 2026), 8 Jan 2026",
        "#27 soybeans: adds article to #25 (partial, 8 Jan 2026), 8 Jan 2026",
        "soybeans: partial, as before",
    ]
    assert "[1][2]" in tracker("week").out


def test_an_official_source_among_several_is_enough(tracker: Run) -> None:
    tracker("add", "source", "usda", "--publisher", "USDA", "--title", "Sales", "--official")
    tracker("log", "soybeans", "partial", "--source", "article")
    unofficial = "(#26) rests on no official source" in tracker("check").out

    tracker("cite", 26, "usda")

    assert (unofficial, "(#26)" in tracker("check").out) == (True, False)


def test_a_citation_is_undone_and_retracted_as_any_entry(tracker: Run) -> None:
    tracker("log", "soybeans", "partial", "-m", "8 MMT sold")
    tracker("cite", 25, USDA)
    tracker("undo")
    tracker("cite", 25, PRESS)
    tracker("retract", 28, "--reason", "It is about corn")

    out = tracker("show", "soybeans").out

    assert "8 MMT sold" in out
    assert not [address for address in (USDA, PRESS) if address in out]


# --- hostile text ----------------------------------------------------------------------------

HOSTILE = [
    "first line\nsecond line",
    "a | b || c",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "\x1b[31mred\x1b[0m \x07",
    "中国承诺购买大豆",
    "סחר הוגן",
    "abc\u202egnp.exe",
    "\\ ` * _ <b>bold</b> & ~~struck~~ [link](javascript:alert(1))",
    "a\ttab\r\nand a carriage return",
]


def test_hostile_notes_go_in_unchanged_and_come_out_harmless_in_a_spreadsheet(
    tracker: Run, book: Path
) -> None:
    for text in HOSTILE:
        assert tracker("note", "tiktok", text).code == 0

    with closing(sqlite3.connect(book)) as driver:
        stored = driver.execute("SELECT note FROM entry WHERE id > 24 ORDER BY id").fetchall()
    document = data(tracker, "history", "tiktok")
    rows, raw = (
        [row["note"] for row in csv.DictReader(StringIO(ran.out, newline=""))]
        for ran in (
            tracker("history", "tiktok", "-f", "csv"),
            tracker("history", "tiktok", "-f", "csv", "--raw"),
        )
    )
    assert [note for (note,) in stored] == HOSTILE
    assert [row["note"] for row in document["rows"]][1:] == raw[1:] == HOSTILE
    assert not any(note.startswith(("=", "+", "-", "@", "\t", "\r")) for note in rows)


def test_why_an_entry_was_amended_stands_with_the_weeks_corrections(tracker: Run) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")

    tracker("amend", 25, "--stage", "met", "--reason", "Misread the table")

    corrections = tracker("week").out.partition("Corrections")[2]
    assert "#25 partial, 7 Jan  #27 met, 7 Jan  Misread the table" in corrections


@pytest.mark.parametrize(("on", "told"), [("2025-10-01", False), ("2025-09-30", True)])
def test_an_entry_dated_before_its_agreement_is_told(tracker: Run, on: str, told: bool) -> None:
    out = tracker("log", "soybeans", "partial", "--on", on).out

    assert ("#25 is dated before the agreement of 2025-10" in out) is told


def test_a_party_is_known_by_any_of_its_names_in_any_case(tracker: Run) -> None:
    for name in ("cn", "CN", "china", "CHINA"):
        assert "China says met" in tracker("log", "soybeans", "met", "--says", name).out


def test_a_receipt_says_the_bucket_that_changed_with_the_same_stage(
    tracker: Run, busan: Path
) -> None:
    """The term ended on 10 November, without news since."""
    log, move = "log cn-24pct-suspend met --on 2026-11-20", "move cn-entity-lists-end 2027-11-10"

    logged, moved = (
        tracker("--today", "2026-11-26", *line.split(), db=busan).out for line in (log, move)
    )

    assert "cn-24pct-suspend: met, as before; in doubt → expired\n" in logged
    assert "cn-entity-lists: partial, as before; in doubt → in part\n" in moved


def test_a_receipt_names_the_agreement_that_was_withdrawn_or_came_back(
    tracker: Run, busan: Path
) -> None:
    withdrawn = tracker("withdraw", "busan-truce", "--reason", "Another book has it", db=busan)
    undone = tracker("undo", db=busan)

    agreement = "agreement busan-truce, with 48 concessions and 29 deadlines, is"
    assert f"{agreement} no longer declared\n" in withdrawn.out
    assert f"{agreement} declared again\n" in undone.out


def test_a_receipt_of_more_than_a_hundred_entries_gives_only_their_numbers(
    tracker: Run, portfolio: Path
) -> None:
    rows = csv.DictReader(StringIO(tracker("status", "-f", "csv", db=portfolio).out))
    slugs = [row["concession"] for row in rows][:101]

    _, *told = tracker("checked", *slugs[:100], db=portfolio).out.splitlines()
    first, *_ = tracker("checked", *slugs, db=portfolio).out.splitlines()

    assert told[98].partition(" ")[2] == f"{slugs[99]}: checked, 8 Jan 2026"
    last = int(told[98].split(" ")[0].removeprefix("#"))
    assert first == f"#{last + 1} to #{last + 101}: 101 entries"

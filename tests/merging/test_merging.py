"""Two analysts with copies of one book bring their work together."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Run, data
from tracker import settings
from tracker.cli.running import run
from tracker.database import Target, open_book
from tracker.errors import BooksDisagree, BrokenDump, ClockBehind
from tracker.facts import Clocks
from tracker.journal.chain import digest
from tracker.journal.verification import verify
from tracker.queries import Reader
from tracker.reports import merged

READING = ("measure", "soybeans-2026", "8.5", "--by", "USDA", "--basis", "sold")
USDA = "https://www.usda.gov/export-sales"
DELIVERY = (
    *("add", "deadline", "soybeans-2026", "--concession", "soybeans", "--kind", "delivery"),
    *("--label", "12 MMT", "--due", "2026-12-31", "--target", "12", "--unit", "MMT"),
    *("--source", "article"),
)

Other = Callable[..., Any]


@pytest.fixture(scope="module")
def with_delivery(article_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = shutil.copy(article_template, tmp_path_factory.mktemp("merging") / "truce.db")
    before = ("--db", str(made), "--author", "analyst", "--today", TODAY.isoformat())
    assert run([*before, *DELIVERY]) == 0
    return Path(made)


@pytest.fixture
def theirs(tracker: Run, target: Target, with_delivery: Path, tmp_path: Path) -> Path:
    """A colleague's copy of the book; both have a delivery."""
    theirs = tmp_path / "theirs.db"
    if target.dialect == "sqlite":
        shutil.copy(with_delivery, target.path)
        return Path(shutil.copy(with_delivery, theirs))
    assert tracker(*DELIVERY).code == 0
    tracker("export", export := tmp_path / "copy.jsonl")
    assert tracker("init", export, db=theirs).code == 0
    return theirs


@pytest.fixture
def chen(tracker: Run, theirs: Path) -> Other:
    """The colleague, at the copy."""

    def call(*arguments: object) -> Any:
        return tracker("--author", "chen", *arguments, db=theirs)

    return call


def rows(tracker: Run, slug: str) -> list[tuple[Any, ...]]:
    found = data(tracker, "history", slug)["rows"]
    return [(row["kind"], row["author"], row["stage"] or row["value"]) for row in found]


def is_whole(target: Target) -> bool:
    with closing(open_book(target)) as connection:
        return verify(connection).broken is None


# --- what comes -----------------------------------------------------------------------------------


def test_what_a_colleague_recorded_comes_with_its_author(
    tracker: Run, chen: Other, theirs: Path, target: Target
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07", "-m", "8 MMT sold", "--source", USDA)
    chen("cite", "26", "https://example.org/customs")
    chen("add", "party", "eu", "--name", "European Union", "--short", "EU")

    found = tracker("merge", theirs)

    assert found == (
        0,
        "3 entries of 3 commands merged, #26 to #28; 25 were there already.\n"
        "Kinds: citation 1, declaration 1, stage 1.\n"
        "Authors: chen 3.\n"
        "soybeans: started → partial\n",
        "",
    )
    *_, last, cited = data(tracker, "history", "soybeans")["rows"]
    assert (last["author"], last["command"], last["stage"]) == ("chen", "log", "partial")
    assert (cited["command"], cited["refers_to"]) == ("cite", 26)
    assert is_whole(target)


def test_a_kept_text_comes_to_the_source_of_its_address(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("TRACKER_TEXTS", str(tmp_path / "texts"))
    source = ("--publisher", "USDA", "--title", "Export sales", "--url", USDA)
    assert tracker("add", "source", "usda", *source).code == 0
    assert chen("add", "source", "sales", *source).code == 0
    (tmp_path / "sheet.txt").write_text("China will buy soybeans")
    assert chen("source", "keep", "sales", tmp_path / "sheet.txt").code == 0

    found = tracker("merge", theirs)

    assert (found.code, "Kinds: text 1." in found.out) == (0, True)
    assert (
        "\nKept texts come without their files: copy those from the folder beside the other book,"
        " NAME.d.\n"
    ) in found.out
    (row,) = data(tracker, "show", "usda")["rows"]
    assert [text["words"] for text in row["texts"]] == [4]
    assert is_whole(target)


def test_a_note_longer_than_one_may_be_today_is_restored_and_merged(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, monkeypatch: Any
) -> None:
    with monkeypatch.context() as before:
        before.setattr("tracker.journal.admission.require_text", lambda *_: None)
        assert chen("note", "soybeans", "Cargo by cargo " * 20_000).code == 0
    assert "longer than 200,000 bytes" in chen("note", "soybeans", "Port by port " * 20_000).err
    chen("export", export := tmp_path / "theirs.jsonl")

    restored = tracker("init", export, db=tmp_path / "restored.db")
    found = tracker("merge", theirs)

    assert (restored.code, restored.err) == (0, "")
    assert (found.code, "Kinds: note 1." in found.out) == (0, True)
    assert is_whole(target)


def test_twice_adds_nothing_and_neither_does_a_book_s_own_export(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker("merge", theirs)

    again = tracker("merge", theirs)
    tracker("export", own := tmp_path / "own.jsonl")

    nothing = "0 entries merged; 26 were there already.\n"
    assert again.out == nothing
    assert tracker("merge", own).out == nothing
    assert tracker("merge", target.address).out == nothing


def test_corrections_come_with_their_targets(tracker: Run, chen: Other, theirs: Path) -> None:
    """Common entries keep their numbers; the colleague's own have different ones here."""
    tracker("note", "soybeans", "Our own note")
    tracker("note", "rare-earths", "Another one")
    chen("log", "soybeans", "met", "--on", "2026-01-06")
    chen("amend", "26", "--stage", "partial", "--reason", "Misread")
    chen("retract", "13", "--reason", "It was another cargo")

    tracker("merge", theirs)

    found = data(tracker, "history", "--all")["rows"]
    taken = {row["refers_to"]: row for row in found if row["kind"] == "retraction"}
    assert taken[13]["author"] == "chen"
    assert {taken[28]["note"], taken[28]["command"]} == {"Misread", "amend"}
    assert rows(tracker, "soybeans")[-2:] == [
        ("stage", "chen", "partial"),
        ("note", "analyst", None),
    ]


def test_what_both_took_back_is_taken_back_once_more(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path
) -> None:
    """It counts again only if both corrections are undone."""
    for record in (tracker, chen):
        record("retract", "13", "--reason", "It was another cargo")
        record("retract", "25", "--reason", "Nothing was promised")
    tracker("merge", theirs)
    (history := tmp_path / "history.csv").write_text(
        tracker("history", "--all", "-f", "csv").out, "utf-8"
    )

    again = tracker("import", history)
    undone = tracker("undo")

    assert again.out.startswith("0 entries written")
    assert "retracts #28, the retraction of #13" in undone.out
    assert 13 not in [row["entry"] for row in data(tracker, "history")["rows"]]
    with closing(open_book(target)) as connection:
        declared = connection.text("SELECT entry FROM declared")
    assert len(declared) == len(set(declared))


RETRACTED = ("retract", "26", "--reason", "No such report")
EIGHT = ("amend", "26", "--value", "8")
A_DAY_LATER = ("amend", "26", "--on", "2026-01-08")


@pytest.mark.parametrize(
    ("ours", "their", "listed"),
    [
        (RETRACTED, EIGHT, "#26 retracted (#27), there amended to 8 MMT on 2026-01-07 (#28)"),
        (
            EIGHT,
            A_DAY_LATER,
            "#26 amended to 8 MMT on 2026-01-07 (#28), there amended to 8.5 MMT on 2026-01-08"
            " (#28)",
        ),
        (EIGHT, RETRACTED, "#26 amended to 8 MMT on 2026-01-07 (#28), there retracted (#27)"),
        (EIGHT, EIGHT, None),
        (RETRACTED, RETRACTED, None),
    ],
)
def test_different_corrections_of_one_entry_are_listed(
    tracker: Run,
    chen: Other,
    theirs: Path,
    target: Target,
    ours: tuple[str, ...],
    their: tuple[str, ...],
    listed: str | None,
) -> None:
    assert tracker(*READING, "--on", "2026-01-07").code == 0
    assert chen("merge", target.address).code == 0
    assert (tracker(*ours).code, chen(*their).code) == (0, 0)

    found, again = (corrected_apart(tracker, theirs) for _ in range(2))

    assert found == ([f"correction of soybeans-2026: here {listed}"] if listed else [])
    assert again == []


def corrected_apart(tracker: Run, theirs: Path) -> list[str]:
    """Merge, and return the corrections on which the books disagree."""
    found = data(tracker, "merge", theirs)["disagreements"]
    return [
        f"{one['what']} of {one['subject']}: here {one['ours']}, there {one['theirs']}"
        for one in found
        if one["what"] == "correction"
    ]


def test_what_a_correction_was_amended_to_at_last_is_compared(
    tracker: Run, chen: Other, theirs: Path, target: Target
) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("merge", target.address)
    tracker("retract", "26", "--reason", "No such report")
    chen("amend", "26", "--stage", "met")
    chen("amend", "28", "--stage", "stalled")

    (found,) = corrected_apart(tracker, theirs)

    assert found.endswith("here #26 retracted (#27), there amended to stalled on 2026-01-07 (#30)")


def test_two_verdicts_amended_on_one_day_are_listed_once(
    tracker: Run, chen: Other, theirs: Path, target: Target
) -> None:
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("merge", target.address)
    tracker("amend", "26", "--stage", "stalled")
    chen("amend", "26", "--stage", "met")

    (found,) = data(tracker, "merge", theirs)["disagreements"]

    assert found["what"] == "verdict"


def test_what_was_undone_here_stays_there(tracker: Run, chen: Other, theirs: Path) -> None:
    for record in (tracker, chen):
        record("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker("undo")

    tracker("merge", theirs)

    assert rows(tracker, "soybeans")[-1] == ("stage", "chen", "partial")


def test_a_reading_that_both_state_comes_once(tracker: Run, chen: Other, theirs: Path) -> None:
    """Equal verdicts are both kept: two people judged. A reading of ours covers one of theirs."""
    tracker(*READING)
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    chen(*READING)
    chen(*READING)
    chen("log", "soybeans", "partial", "--on", "2026-01-07")

    found = tracker("merge", theirs).out

    assert "Left out: 1 entry, already stated the same way in this book.\n" in found
    counted = [row for row in rows(tracker, "soybeans") if row[0] == "reading"]
    assert [author for _, author, _ in counted] == ["analyst", "chen"]
    assert [row for row in rows(tracker, "soybeans") if row[2] == "partial"] == [
        ("stage", "analyst", "partial"),
        ("stage", "chen", "partial"),
    ]


def test_a_reading_comes_after_all_once_ours_is_taken_back(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    tracker(*READING)
    chen(*READING)
    tracker("merge", theirs)
    tracker("undo")

    found = tracker("merge", theirs).out

    assert found.startswith("1 entry of 1 command merged")


def test_the_later_recorded_of_one_day_counts_whoever_merges(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    chen("log", "soybeans", "stalled", "--on", "2026-01-07")
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker("export", ours := tmp_path / "ours.jsonl")

    into_ours = tracker("merge", theirs)
    into_theirs = chen("merge", ours)

    assert "soybeans: partial" not in into_ours.out
    assert "soybeans: stalled → partial" in into_theirs.out
    for found in (into_ours, into_theirs):
        assert "The books disagree in 1 place:\n  verdict of soybeans: here " in found.out
    assert chen("status").out.splitlines()[:-1] == tracker("status").out.splitlines()[:-1]


def test_of_two_recorded_at_one_moment_the_greater_key_counts_whoever_merges(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(settings, "now", lambda: now)
    for slug in ("soybeans", "rare-earths", "chip-sales", "tiktok"):
        tracker("log", slug, "stalled", "--on", "2026-01-07")
        chen("log", slug, "partial", "--on", "2026-01-07")
    tracker("export", ours := tmp_path / "ours.jsonl")
    assert (tracker("merge", theirs).code, chen("merge", ours).code) == (0, 0)

    with closing(sqlite3.connect(theirs)) as book:
        found = book.execute(
            "SELECT slug, stage, max(e.key) FROM entry AS e JOIN thing AS t"
            " ON t.id = e.concession_id WHERE e.id > 25 GROUP BY slug"
        ).fetchall()
    for run_one in (tracker, chen):
        stages = {row["concession"]: row["stage"] for row in data(run_one, "status")["rows"]}
        assert stages == {slug: stage for slug, stage, _ in found}


def test_a_source_is_known_by_its_address(tracker: Run, chen: Other, theirs: Path) -> None:
    declared = ("--url", USDA, "--publisher", "USDA", "--title", "Export sales")
    tracker("add", "source", "usda-sales", *declared)
    chen("add", "source", "fas-sales", *declared)
    chen("log", "soybeans", "partial", "--on", "2026-01-07", "--source", "fas-sales")
    chen("note", "soybeans", "As the page says", "--source", USDA)

    found = tracker("merge", theirs).out

    assert "Left out: 1 entry, declaring sources that this book has under another key.\n" in found
    sources = [row["source"] for row in data(tracker, "history", "soybeans")["rows"]]
    assert sources[-2:] == ["usda-sales", "usda-sales"]


PAGE = ("--url", USDA, "--publisher", "USDA", "--title", "Export sales")
FLOW = (*READING, "--flow", "--on", "2026-01-07", "--source")


@pytest.mark.parametrize("also_bare", [False, True])
def test_a_reading_of_one_page_comes_once_whatever_the_page_is_called(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path, also_bare: bool
) -> None:
    tracker(*FLOW, USDA)
    chen("add", "source", "fas-sales", *PAGE)
    chen(*FLOW, USDA if also_bare else "fas-sales")
    tracker("export", ours := tmp_path / "ours.jsonl")

    found = [tracker("merge", theirs), chen("merge", ours)]
    tracker("export", ours := tmp_path / "again.jsonl")
    found.append(chen("merge", ours))

    assert ["already stated the same way" in one.out for one in found] == [True] * 3
    for book in (tracker, chen):
        (row,) = data(book, "pace", "soybeans")["rows"]
        assert row["delivered"] == 8.5


OTHERS_PAGE = {"another key": "fas-sales", "the bare address": USDA}


@pytest.mark.parametrize("theirs_cites", OTHERS_PAGE)
def test_equal_declarations_agree_whatever_their_source_is_called(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path, theirs_cites: str
) -> None:
    """Both analysts cite one page; they declare a new deadline, and change a concession."""
    tracker("add", "source", "usda-sales", *PAGE)
    if theirs_cites == "another key":
        chen("add", "source", "fas-sales", *PAGE)
    for book, source in ((tracker, "usda-sales"), (chen, OTHERS_PAGE[theirs_cites])):
        book("change", "soybeans", "--source", source, "--reason", "The page itself")
        book(*DELIVERY[:2], "soybeans-2027", *DELIVERY[3:-1], source)
    tracker("export", ours := tmp_path / "ours.jsonl")

    found = [tracker("merge", theirs), chen("merge", ours)]

    assert [one.code for one in found] == [0, 0], found
    for one in found:
        assert "Left out: 2 entries, already declared the same way in this book.\n" in one.out


def test_books_that_have_nothing_in_common_meet_too(
    tracker: Run, target: Target, tmp_path: Path
) -> None:
    """A thing that both declare in the same way is one thing; all other entries are merged."""
    other = tmp_path / "other.db"
    tracker("init", "article", db=other)
    tracker("add", "party", "eu", "--name", "European Union", "--short", "EU", db=other)

    found = tracker("merge", other)

    assert found.code == 0
    assert "Left out: 12 entries, already declared the same way in this book.\n" in found.out
    assert tracker("change", "eu", "--short", "Europe", "--reason", "Its usual name").code == 0
    assert is_whole(target)
    assert tracker("merge", other).out.startswith("0 entries")


def test_an_empty_book_takes_all_that_another_one_holds(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    """Entries that say the same are counted again."""
    (table := tmp_path / "calls.csv").write_text(
        "kind,concession,effective_on,note\n" + "note,soybeans,2026-01-07,Called.\n" * 2
    )
    chen("import", table)
    tracker("init", "--empty", db=(empty := tmp_path / "empty.db"))

    found = tracker("merge", theirs, db=empty)

    assert found.out.startswith("27 entries of 3 commands merged")
    assert tracker("import", table, db=empty).out == "0 entries written; 2 were there already.\n"
    assert is_whole(Target("sqlite", str(empty)))


# --- a merge as one command -----------------------------------------------------------------------


def test_undo_takes_back_a_whole_merge_and_it_may_come_again(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    before = tracker("status").out
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("log", "rare-earths", "stalled", "--on", "2026-01-07")
    chen("retract", "13", "--reason", "Misread")
    tracker("merge", theirs)
    after = data(tracker, "status")["rows"]

    undone = tracker("undo")

    assert undone.code == 0
    assert tracker("status").out.splitlines()[:-1] == before.splitlines()[:-1]
    assert tracker("merge", theirs).out.startswith("3 entries of 3 commands merged")
    assert data(tracker, "status")["rows"] == after


def test_undo_takes_back_a_merge_of_which_nothing_counts_and_not_the_command_before(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    tracker("note", "tiktok", "Mine")
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("retract", "26", "--reason", "Misread")
    tracker("merge", theirs)

    undone = tracker("undo")

    assert [line.partition(":")[0] for line in undone.out.splitlines()[:2]] == [
        "#29 soybeans",
        "#30 soybeans",
    ]
    assert rows(tracker, "tiktok")[-1][0] == "note"
    assert tracker("merge", theirs).out.startswith("2 entries of 2 commands merged")


@pytest.mark.parametrize("withdrawn", [False, True])
def test_undo_goes_behind_a_merge_that_it_took_back_already(
    tracker: Run, chen: Other, theirs: Path, *, withdrawn: bool
) -> None:
    tracker("note", "soybeans", "Mine")
    chen("log", "rare-earths", "stalled", "--on", "2026-01-07")
    if withdrawn:
        chen("withdraw", "soybeans", "--reason", "It was never promised")
    else:
        chen("note", "tiktok", "Theirs")
        chen("retract", "26", "--reason", "Misread")
    tracker("merge", theirs, "--keep", "ours")
    assert tracker("undo").code == 0

    undone = tracker("undo")

    assert undone.code == 0
    assert "retracts #26 (note" in undone.out


def test_two_books_that_applied_one_file_do_not_say_everything_twice(
    tracker: Run, tmp_path: Path, busan: Path
) -> None:
    other = tmp_path / "other.db"
    assert tracker("init", "busan-truce", db=other).code == 0
    tracker("--author", "chen", "log", "cn-soy-2025", "partial", "--on", "2026-01-07", db=other)
    before = tracker("week", "2026-W08", db=busan).out.splitlines()[:-1]

    found = tracker("merge", other, db=busan)

    assert found.out.startswith("1 entry of 1 command merged, #416.\n")
    assert "already stated the same way in this book" in found.out
    assert tracker("week", "2026-W08", db=busan).out.splitlines()[:-1] == before


def test_an_undo_names_what_others_rest_on_and_a_remedy_that_works(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    chen("log", "rare-earths", "stalled", "--on", "2026-01-07")
    chen("retract", "26", "--reason", "Misread")
    chen("add", "deadline", "rice-2026", *DELIVERY[3:])
    tracker("merge", theirs)
    chen_here = ("--author", "chen")
    tracker(*chen_here, "measure", "rice-2026", "1", "--by", "USDA", "--on", "2026-01-08")

    refused = tracker("undo")
    tracker(*chen_here, "undo")

    assert refused.err == (
        "tracker: Entry 28 cannot be taken back: other entries rest on it (#29). Let whoever"
        " recorded these undo them first, or take back what should not count with 'tracker retract'"
        " or 'tracker withdraw'\n"
    )
    assert tracker("undo").code == 0


def test_undo_of_a_merge_that_restored_something_is_as_if_that_had_never_been(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    chen("withdraw", "tiktok", "--reason", "It was never promised")
    tracker("merge", theirs)
    withdrawn = counting(tracker)
    chen("undo")
    tracker("merge", theirs)
    restored = counting(tracker)

    undone = tracker("--today", "2026-01-20", "undo")

    assert undone.code == 0
    assert counting(tracker) == withdrawn != restored
    print(tracker("--today", "2026-01-21", "week", "2026-W04").out)
    tracker("export", export := tmp_path / "undone.jsonl")
    assert chen("merge", export).out.startswith("0 entries merged")
    assert tracker("merge", theirs).code == 0
    assert counting(tracker) == restored


def counting(tracker: Run) -> dict[int, int | None]:
    """Return the entries before the first merge, each with what retracted it."""
    found = data(tracker, "history", "--all")["rows"]
    return {row["entry"]: row["retracted_by"] for row in found if row["entry"] <= 25}


def test_another_author_s_undo_leaves_a_merge_alone(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker("merge", theirs)

    found = tracker("--author", "chen", "undo")

    assert found.code == 4
    assert rows(tracker, "soybeans")[-1] == ("stage", "chen", "partial")


def test_an_undone_merge_does_not_travel(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    """What somebody undid does not take the colleague's own entries away elsewhere."""
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    tracker("export", stem := tmp_path / "stem.jsonl")
    tracker("merge", theirs)
    tracker("undo")
    tracker("export", undone := tmp_path / "undone.jsonl")
    third = tmp_path / "third.db"
    tracker("init", stem, db=third)
    tracker("merge", theirs, db=third)

    found = tracker("merge", undone, db=third)

    assert found.out.startswith("0 entries")
    assert "Left out: 1 entry, from a merge that was undone there.\n" in found.out
    last = data(tracker, "status", db=third)["rows"][0]
    assert last["stage"] == "partial"


def test_a_dry_run_says_what_would_come_and_writes_nothing(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    before = tracker("db", "verify").out

    found = tracker("merge", theirs, "--dry-run")

    assert found.out.startswith("1 entry of 1 command would be merged; 25 were there already.\n")
    assert tracker("db", "verify").out == before


def test_the_receipt_in_json_has_what_came_and_what_did_not(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    tracker(*READING)
    chen(*READING)
    chen("log", "soybeans", "partial", "--on", "2026-01-07", "--says", "cn")
    tracker("log", "soybeans", "met", "--on", "2026-01-07", "--says", "cn")

    found = data(tracker, "merge", theirs)

    assert [row["author"] for row in found["recorded"]] == ["chen"]
    assert {name: found[name] for name in ("batches", "kinds", "authors", "known")} == {
        "batches": 1,
        "kinds": {"stage": 1},
        "authors": {"chen": 1},
        "known": 25,
    }
    assert found["omitted"] == {"already stated the same way in this book": 1}
    assert [one["what"] for one in found["disagreements"]] == ["claim by cn"]


def test_readings_and_moves_of_one_day_that_differ_are_listed(
    tracker: Run, chen: Other, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker(*READING, "--on", "2026-01-08")
    chen("measure", "soybeans-2026", "9", "--by", "usda", "--basis", "sold", "--on", "2026-01-08")
    chen("measure", "soybeans-2026", "2", "--by", "customs", "--on", "2026-01-08")
    for record, *moved in ((tracker, "2027-01-31"), (chen, "2027-02-28", "--target", "11")):
        record("move", "soybeans-2026", *moved, "--on", "2026-01-08")
        record("move", "apec-2026", "2026-11-20", "--on", "2026-01-08")

    with monkeypatch.context() as patch:
        patch.setattr(merged, "LISTED", 1)
        short = tracker("merge", theirs, "--dry-run")
    found = tracker("merge", theirs)

    assert "there 2027-02-28, 11 MMT (#28)\n  … and 1 more; -f json lists all\n" in short.out

    assert found.code == 0
    assert (
        "The books disagree in 2 places: move of soybeans-2026:"
        " here 2027-01-31 on 2026-01-08 (#27), there 2027-02-28, 11 MMT (#28)"
        " reading by USDA of soybeans-2026: here 8.5 MMT on 2026-01-08 (#26), there 9 MMT (#26) "
    ) in " ".join(found.out.split())


# --- what conflicts -------------------------------------------------------------------------------


def close_otherwise(tracker: Run, chen: Other) -> None:
    tracker("close", "apec-2026", "cancelled", "--on", "2026-01-06")
    chen("close", "apec-2026", "met", "--on", "2026-01-07")
    tracker("change", "soybeans", "--title", "Buy soybeans", "--reason", "Short")
    chen("change", "soybeans", "--title", "Buy US soybeans", "--reason", "Clear")


def test_conflicts_are_refused_all_at_once(tracker: Run, chen: Other, theirs: Path) -> None:
    close_otherwise(tracker, chen)
    before = tracker("db", "verify").out

    found = tracker("merge", theirs)

    assert (found.code, found.out) == (BooksDisagree.exit_code, "")
    assert found.err == (
        f"tracker: This book and {theirs} conflict in 2 places; nothing was merged. Correct one of"
        " them, or choose a side with --keep ours or --keep theirs in these places:\n"
        "  closing of apec-2026: here cancelled on 2026-01-06 (#26),"
        " there met on 2026-01-07 (#26)\n"
        "  declaration of soybeans: here title 'Buy soybeans' (#27),"
        " there title 'Buy US soybeans' (#27)\n"
    )
    assert tracker("db", "verify").out == before


@pytest.mark.parametrize(
    ("keep", "title", "outcome"),
    [("ours", "Buy soybeans", "cancelled"), ("theirs", "Buy US soybeans", "met")],
)
def test_one_side_is_kept(
    tracker: Run, chen: Other, theirs: Path, target: Target, keep: str, title: str, outcome: str
) -> None:
    close_otherwise(tracker, chen)

    found = tracker("merge", theirs, "--keep", keep)

    assert found.code == 0
    assert " ".join(found.out.split()).count(f"; kept {keep}") == 2
    soybeans = next(
        row for row in data(tracker, "status")["rows"] if row["concession"] == "soybeans"
    )
    assert soybeans["title"] == title
    (apec,) = (row for row in data(tracker, "deadlines")["rows"] if row["deadline"] == "apec-2026")
    assert apec["verdict"] == outcome
    assert is_whole(target)


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_what_was_settled_reaches_the_other_book_and_is_not_asked_again(
    tracker: Run, chen: Other, theirs: Path, target: Target, keep: str
) -> None:
    close_otherwise(tracker, chen)
    tracker("merge", theirs, "--keep", keep)

    again = tracker("merge", theirs)
    back = chen("merge", target.address)

    assert again.out.startswith("0 entries merged")
    assert (back.code, "The books disagree" in back.out) == (0, False)
    assert chen("merge", target.address).out.startswith("0 entries merged")
    assert tracker("merge", theirs).out.startswith("0 entries merged")
    for report in ("status", "deadlines"):
        assert data(tracker, report)["rows"] == data(chen, report)["rows"]


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_who_both_gave_way_to_the_other_are_asked_once_more(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, keep: str
) -> None:
    """By mail, each merged what the other one had before: neither decision may undo the other."""
    close_otherwise(tracker, chen)
    tracker("withdraw", "rare-earths", "--reason", "It was never promised")
    chen("log", "rare-earths", "partial", "--on", "2026-01-07")
    tracker("export", mine := tmp_path / "mine.jsonl")
    chen("export", hers := tmp_path / "hers.jsonl")
    assert tracker("merge", hers, "--keep", "theirs").code == 0
    assert chen("merge", mine, "--keep", "theirs").code == 0
    before = data(tracker, "status")["rows"], data(tracker, "deadlines")["rows"]
    after = before
    if keep == "theirs":
        after = tuple(data(chen, one)["rows"] for one in ("status", "deadlines"))

    refused = tracker("merge", theirs), chen("merge", target.address)
    settled = tracker("merge", theirs, "--keep", keep)
    back = chen("merge", target.address)

    assert {one.code for one in refused} == {BooksDisagree.exit_code}
    sides = {
        "closing of apec-2026": ("met on 2026-01-07 (#30)", "cancelled on 2026-01-06 (#29)"),
        "declaration of soybeans": ("declared by #31", "declared by #30"),
        "withdrawal of rare-earths": ("#10, #14, #32 are about it", "withdrawn"),
    }
    assert [one.err.partition("in these places:\n")[2] for one in refused] == [
        "".join(f"  {name}: here {here}, there {there}\n" for name, (here, there) in sides.items()),
        "".join(f"  {name}: here {here}, there {there}\n" for name, (there, here) in sides.items()),
    ]
    assert (settled.code, back.code) == (0, 0)
    for number, report in enumerate(("status", "deadlines")):
        ours = data(tracker, report)["rows"]
        assert ours == data(chen, report)["rows"] == after[number]
    assert is_whole(target)


def test_a_receipt_counts_what_it_numbers_and_says_what_was_withdrawn(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    close_otherwise(tracker, chen)
    chen("withdraw", "tiktok", "--reason", "It was never promised")

    found = tracker("merge", theirs, "--keep", "theirs").out

    assert found.startswith(
        "4 entries of 3 commands merged, and 2 written to settle conflicts, #28 to #33;"
    )
    assert found.endswith("kept theirs\ntiktok: no longer declared\n")


def test_a_dry_run_with_conflicts_begins_with_the_refusal(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    close_otherwise(tracker, chen)

    found = tracker("merge", theirs, "--dry-run")

    assert found.code == BooksDisagree.exit_code
    assert found.out.replace("\n", " ").startswith(
        "The merge would be refused: the books conflict in 2 places. Choose with --keep ours or"
        " --keep theirs, or correct one of them. "
    )
    assert tracker("merge", theirs, "--dry-run", "--keep", "ours").code == 0


def test_a_dry_run_previews_changes_only_once_it_is_said_whom_to_keep(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    close_otherwise(tracker, chen)
    chen("log", "rare-earths", "stalled", "--on", "2026-01-07")

    refused = tracker("merge", theirs, "--dry-run")
    settled = tracker("merge", theirs, "--dry-run", "--keep", "theirs")

    *_, last = refused.out.splitlines()
    assert last.startswith("  declaration of soybeans: here title")
    assert "kept theirs" in " ".join(settled.out.split())
    assert "rare-earths: started → stalled" in settled.out


def test_an_entry_dated_ahead_is_refused_with_what_can_be_done(
    tracker: Run, chen: Other, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TRACKER_TODAY", "2026-12-20")
        chen("log", "soybeans", "partial", "--on", "2026-12-20")

    found = tracker("merge", theirs, "--keep", "theirs")

    said = "(today is 2026-01-08); merge again after that day, or leave it out with --keep ours"
    assert said in found.err
    assert tracker("merge", theirs, "--keep", "ours").code == 0


def test_books_without_a_common_entry_are_named_so(tracker: Run, tmp_path: Path) -> None:
    assert tracker("init", "us-korea", db=(other := tmp_path / "other.db")).code == 0

    said = "\nThe two books have no entry in common: they were made separately.\n"
    assert said in tracker("merge", other).out


def test_a_database_that_is_no_book_is_not_taken_for_our_own(tracker: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as driver:
        driver.execute("CREATE TABLE note (words TEXT)")

    found = tracker("merge", tmp_path / "notes.db")

    assert (found.code, "--db" in found.err) == (5, False)
    assert "it is a database, but not a book" in found.err


@pytest.mark.parametrize("end", ["\n", "\n \n\n"])
def test_blank_lines_at_the_end_of_an_export_are_no_lines(
    tracker: Run, tmp_path: Path, end: str
) -> None:
    tracker("export", export := tmp_path / "own.jsonl")
    export.write_text(export.read_text("utf-8") + end, "utf-8")

    assert tracker("merge", export).out.startswith("0 entries merged")
    export.write_bytes(export.read_text("utf-8").encode("utf-16"))
    assert "it is UTF-16 text" in tracker("merge", export).err


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_undo_takes_back_what_a_merge_decided_and_it_is_asked_again(
    tracker: Run, chen: Other, theirs: Path, keep: str
) -> None:
    close_otherwise(tracker, chen)
    tracker("withdraw", "rare-earths", "--reason", "It was never promised")
    chen("log", "rare-earths", "partial", "--on", "2026-01-07")
    before = [data(tracker, report)["rows"] for report in ("status", "deadlines")]
    tracker("merge", theirs, "--keep", keep)

    undone = tracker("undo")

    assert undone.code == 0
    assert [data(tracker, report)["rows"] for report in ("status", "deadlines")] == before
    assert tracker("merge", theirs).code == BooksDisagree.exit_code


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_a_decision_that_reached_the_other_book_comes_back_from_there_after_undo(
    tracker: Run, chen: Other, theirs: Path, target: Target, keep: str
) -> None:
    close_otherwise(tracker, chen)
    assert tracker("merge", theirs, "--keep", keep).code == 0
    assert chen("merge", target.address).code == 0
    decided = [data(chen, one)["rows"] for one in ("status", "deadlines")]
    assert tracker("undo").code == 0

    passed_on = chen("merge", target.address)
    again = tracker("merge", theirs)
    back = chen("merge", target.address)

    assert [one.code for one in (passed_on, again, back)] == [0, 0, 0], again.err
    assert passed_on.out.startswith("0 entries merged")
    assert back.out.startswith("0 entries merged")
    for book in (tracker, chen):
        found = [data(book, one)["rows"] for one in ("status", "deadlines")]
        assert found == decided
    assert is_whole(target)


def test_a_conflict_is_asked_again_once_both_books_undid_the_decision(
    tracker: Run, chen: Other, theirs: Path, target: Target
) -> None:
    close_otherwise(tracker, chen)
    tracker("merge", theirs, "--keep", "ours")
    chen("merge", target.address)
    for book in (tracker, chen):
        assert book("undo").code == 0

    assert "conflict in 2 places" in tracker("merge", theirs).err


def test_undo_brings_back_a_declaration_that_yielded_under_our_reading(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    ours = [*DELIVERY[3:], "--base", "1"]
    tracker("add", "deadline", "rice-2026", *ours)
    tracker("measure", "rice-2026", "8", "--by", "USDA", "--on", "2026-01-08")
    chen("add", "deadline", "rice-2026", *DELIVERY[3:])
    before = tracker("deadlines").out.splitlines()[:-1]
    assert tracker("merge", theirs, "--keep", "theirs").code == 0

    undone = tracker("undo")

    assert undone.code == 0, undone.err
    assert tracker("deadlines").out.splitlines()[:-1] == before
    assert data(tracker, "show", "rice-2026")["rows"][0]["base"] == 1


def test_undo_takes_back_what_yielded_too(tracker: Run, chen: Other, theirs: Path) -> None:
    close_otherwise(tracker, chen)
    before = tracker("deadlines").out
    tracker("merge", theirs, "--keep", "theirs")

    tracker("undo")

    assert tracker("deadlines").out.splitlines()[:-1] == before.splitlines()[:-1]


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_what_one_withdrew_and_the_other_used_is_a_conflict(
    tracker: Run, chen: Other, theirs: Path, target: Target, keep: str
) -> None:
    tracker("withdraw", "soybeans", "--reason", "It was never promised")
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen(*READING)

    refused = tracker("merge", theirs)
    found = tracker("merge", theirs, "--keep", keep)

    assert refused.code == 4
    assert "conflict in 1 place" in refused.err
    about = "withdrawal of soybeans: here withdrawn by #26, there #26, #27 are about it"
    assert about in refused.err
    assert found.code == 0
    known = {row["concession"]: row["stage"] for row in data(tracker, "status")["rows"]}
    assert known.get("soybeans") == (None if keep == "ours" else "partial")
    assert is_whole(target)


def test_what_cites_an_entry_does_not_keep_its_subject_from_being_withdrawn(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    chen("withdraw", "soybeans", "--reason", "It was never promised")
    tracker("cite", "13", "https://www.usda.gov/export-sales")
    tracker("export", export := tmp_path / "cited.jsonl")

    here = data(tracker, "merge", theirs)["disagreements"]
    there = data(chen, "merge", export)["disagreements"]

    assert here == there == []


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_what_they_withdrew_and_this_book_uses_is_a_conflict(
    tracker: Run, chen: Other, theirs: Path, target: Target, keep: str
) -> None:
    chen("withdraw", "soybeans", "--reason", "It was never promised")
    tracker("log", "soybeans", "partial", "--on", "2026-01-07")

    refused = tracker("merge", theirs)
    found = tracker("merge", theirs, "--keep", keep)

    assert (refused.code, found.code) == (4, 0)
    known = {row["concession"]: row["stage"] for row in data(tracker, "status")["rows"]}
    assert known.get("soybeans") == ("partial" if keep == "ours" else None)
    assert is_whole(target)


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_a_party_that_one_withdrew_and_the_other_renamed_is_a_conflict(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, keep: str
) -> None:
    tracker("add", "party", "eu", "--name", "European Union", "--short", "EU")
    assert chen("merge", target.address).code == 0
    (table := tmp_path / "table.csv").write_text("effective_on,refers_to\n2026-01-07,26\n")
    assert tracker("import", table).code == 0
    assert chen("change", "eu", "--short", "Europe", "--reason", "Its usual name").code == 0

    refused = tracker("merge", theirs)
    found = tracker("merge", theirs, "--keep", keep)

    assert "declaration of eu: here withdrawn, there declared by #27" in refused.err
    assert (refused.code, found.code) == (BooksDisagree.exit_code, 0)
    assert is_whole(target)
    said = tracker("log", "soybeans", "partial", "--says", "Europe")
    assert (said.code == 0) is (keep == "theirs")


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_a_source_that_a_table_took_back_and_the_other_book_cites_is_a_conflict(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, keep: str
) -> None:
    """The rest of the table stays as it is, whoever is kept."""
    tracker("add", "source", "sheet", "--publisher", "USDA", "--title", "A sheet")
    chen("merge", target.address)
    (table := tmp_path / "table.csv").write_text(
        "kind,concession,effective_on,stage,refers_to\n"
        "retraction,,2026-01-07,,26\n"
        "stage,soybeans,2026-01-07,partial,\n"
    )
    tracker("import", table)
    chen(*READING, "--source", "sheet")

    tracker("merge", theirs, "--keep", keep)

    sources = [row["key"] for row in data(tracker, "sources")["rows"]]
    assert ("sheet" in sources) is (keep == "theirs")
    stages = {row["concession"]: row["stage"] for row in data(tracker, "status")["rows"]}
    assert stages["soybeans"] == "partial"
    assert is_whole(target)


def test_a_source_that_they_took_back_stays_until_this_book_no_longer_cites_it(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path
) -> None:
    tracker("add", "source", "sheet", "--publisher", "USDA", "--title", "A sheet")
    chen("merge", target.address)
    (table := tmp_path / "table.csv").write_text("effective_on,refers_to\n2026-01-07,26\n")
    chen("import", table)
    tracker(*READING, "--source", "sheet")

    refused = [tracker("merge", theirs, *options) for options in ((), ("--keep", "theirs"))]
    assert [one.code for one in refused] == [4, 4]
    assert "withdrawal of sheet: here #27 is about it, there withdrawn by #27" in refused[0].err
    assert "'sheet' cannot be withdrawn: other entries name it (#27)" in refused[1].err

    tracker("amend", 27, "--source", "article")
    assert tracker("merge", theirs).code == 0
    assert "No source 'sheet'" in tracker("cite", 13, "sheet").err


def test_what_both_withdrew_is_no_conflict_whatever_one_said_of_it_before(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    for record in (tracker, chen):
        record("withdraw", "soybeans", "--reason", "It was never promised")

    found = tracker("merge", theirs)

    assert found.code == 0
    assert "The books disagree" not in found.out


def test_what_rests_on_a_thing_of_another_kind_here_is_part_of_its_conflict(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    party = ("--giver", "cn", "--receiver", "us", "--source", "article")
    assert (
        tracker(
            "add",
            "agreement",
            "rice",
            "--title",
            "Rice",
            "--agreed",
            "2026-01-05",
            "--source",
            "article",
        ).code
        == 0
    )
    chen("add", "concession", "rice", "--title", "China buys rice", "--agreement", "busan-2025",
         *party, *("--sector", "farm", "--kind", "purchase", "--instrument", "statement"),
         *("--test", "Rice is bought"))  # fmt: skip
    chen("add", "deadline", "rice-2026", "--concession", "rice", *DELIVERY[5:])
    chen("measure", "rice-2026", "1", "--by", "USDA", "--on", "2026-01-08")

    refused = tracker("merge", theirs)
    found = tracker("merge", theirs, "--keep", "theirs")

    one = "in this place: declaration of rice: here an agreement (#26), there a concession (#26)\n"
    assert (refused.code, refused.err.endswith(one)) == (BooksDisagree.exit_code, True)
    assert found.code == 0
    assert data(tracker, "history", "rice-2026")["rows"][-1]["value"] == 1


@pytest.mark.parametrize("owner", [("--agreement", "busan-2025"), ("--concession", "soybeans")])
def test_a_whole_agreement_whose_slug_is_another_kind_here_is_one_conflict(
    tracker: Run, chen: Other, theirs: Path, owner: Sequence[str]
) -> None:
    party = ("--giver", "cn", "--receiver", "us", "--source", "article")
    source = ("--source", "article")
    tracker("add", "deadline", "rice", *owner, "--kind", "review",
            *("--label", "Review of rice", "--due", "2026-12-31"), *source)  # fmt: skip
    chen("add", "agreement", "rice", "--title", "Rice", "--agreed", "2026-01-05", *source)
    chen("add", "concession", "buy-rice", "--title", "China buys rice", "--agreement", "rice",
         *party, *("--sector", "farm", "--kind", "purchase", "--instrument", "statement"),
         *("--test", "Rice is bought"))  # fmt: skip
    chen("add", "deadline", "rice-2026", "--concession", "buy-rice", *DELIVERY[5:])
    for on in ("2026-01-07", "2026-01-08"):
        chen("measure", "rice-2026", "1", "--by", "USDA", "--on", on)

    refused = tracker("merge", theirs)
    found = tracker("merge", theirs, "--keep", "theirs")

    one = "in this place: declaration of rice: here a deadline (#26), there an agreement (#26)\n"
    assert (refused.code, refused.err.endswith(one)) == (BooksDisagree.exit_code, True)
    assert found.code == 0
    values = [row["value"] for row in data(tracker, "history", "rice-2026")["rows"]]
    assert values[-2:] == [1, 1]


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_blocs_that_would_be_part_of_each_other_are_a_conflict(
    tracker: Run, chen: Other, theirs: Path, target: Target, keep: str
) -> None:
    for slug, name in (("un", "Nations"), ("eu", "Europe"), ("g7", "Seven"), ("jp", "Japan")):
        bloc = ("--part-of", "un") if slug == "g7" else ()
        tracker("add", "party", slug, "--name", name, "--short", slug.upper(), *bloc)
    assert chen("merge", target.address).code == 0
    tracker("change", "eu", "--part-of", "g7", "--reason", "It takes part in every summit")
    chen("change", "un", "--part-of", "eu", "--reason", "Typed the wrong way round")
    chen("change", "jp", "--part-of", "g7", "--reason", "A member")

    refused = tracker("merge", theirs)
    settled = tracker("merge", theirs, "--keep", keep)
    back = chen("merge", target.address)

    assert refused.code == BooksDisagree.exit_code
    assert "declaration of eu: here part_of 'g7' (#30), there part_of nothing (#27)" in refused.err
    assert "declaration of un: here part_of nothing (#26), there part_of 'eu' (#30)" in refused.err
    assert "declaration of g7" not in refused.err
    assert (settled.code, back.code) == (0, 0)
    blocs = {"jp": "g7", "g7": "un"} | ({"eu": "g7"} if keep == "ours" else {"un": "eu"})
    assert blocs_in(target) == blocs_in(Target("sqlite", str(theirs))) == blocs
    assert is_whole(target)


WHY = ("--reason", "As the text has it")


@pytest.mark.parametrize(
    ("ours", "others", "places"),
    [
        (
            [("change", "un", "--part-of", "eu")],
            [("retract", "31")],
            [
                "declaration of eu: here part_of 'g7' (#31), there part_of 'un' (#30)",
                "declaration of un: here part_of 'eu' (#32), there part_of nothing (#26)",
            ],
        ),
        (  # the circle shows only when what names the party that was withdrawn has come
            [("change", "un", "--part-of", "jp"), ("withdraw", "au")],
            [("change", "jp", "--part-of", "au"), ("change", "au", "--part-of", "un")],
            [
                "declaration of au: here withdrawn, there declared by #33",
                "declaration of jp: here part_of nothing (#28), there part_of 'au' (#32)",
                "declaration of un: here part_of 'jp' (#32), there part_of nothing (#26)",
            ],
        ),
    ],
)
def test_a_circle_of_blocs_may_come_from_a_retraction_or_a_withdrawal(
    tracker: Run,
    chen: Other,
    theirs: Path,
    target: Target,
    ours: list[tuple[str, ...]],
    others: list[tuple[str, ...]],
    places: list[str],
) -> None:
    blocs = {"eu": ("--part-of", "un")}
    for slug in ("un", "g7", "jp", "au", "eu"):
        tracker("add", "party", slug, "--name", slug, "--short", slug, *blocs.get(slug, ()))
    tracker("change", "eu", "--part-of", "g7", *WHY)
    assert chen("merge", target.address).code == 0
    assert {tracker(*one, *WHY).code for one in ours} == {0}
    assert {chen(*one, *WHY).code for one in others} == {0}

    done = tracker("merge", theirs, "--keep", "theirs")

    listed = [line.strip() for line in done.out.splitlines() if "; kept theirs" in line]
    assert listed == [f"{place}; kept theirs" for place in places]


def blocs_in(target: Target) -> dict[str, str]:
    """Return the bloc of each party that has one."""
    with closing(open_book(target)) as connection:
        blocs = Reader(connection, Clocks(TODAY)).part_of
    return {party: bloc for party, bloc in blocs.items() if bloc}


# --- what is refused ------------------------------------------------------------------------------


def test_a_slug_of_two_kinds_is_named_so_and_can_be_withdrawn(
    tracker: Run, chen: Other, theirs: Path
) -> None:
    source = ("--source", "article")
    tracker("add", "agreement", "rice", "--title", "Rice", "--agreed", "2026-01-05", *source)
    chen("add", "deadline", "rice", "--agreement", "busan-2025", "--kind", "review",
         *("--label", "Review of rice", "--due", "2026-12-31"), *source)  # fmt: skip

    refused = tracker("merge", theirs)
    kept = [tracker("merge", theirs, "--keep", "ours") for _ in range(2)]
    given_way = tracker("merge", theirs, "--keep", "theirs")

    apart = "declaration of rice: here an agreement (#26), there a deadline (#26)"
    assert (refused.code, apart in refused.err) == (BooksDisagree.exit_code, True)
    assert [f"{apart}; kept ours\n" in one.out for one in kept] == [True, True]
    assert f"{apart}; kept theirs\n" in given_way.out
    assert "rice" in [row["deadline"] for row in data(tracker, "deadlines")["rows"]]
    assert tracker("merge", theirs).code == 0


def test_a_damaged_export_is_refused_with_the_place(
    tracker: Run, chen: Other, tmp_path: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("export", export := tmp_path / "chen.jsonl")
    text = export.read_text("utf-8")
    export.write_text(text.replace('"stage":"partial","key"', '"stage":"met","key"'), "utf-8")

    found = tracker("merge", export)

    assert found == (
        BrokenDump.exit_code,
        "",
        f"tracker: {export} was altered or damaged: entry 26 was changed: its key does not"
        " fit; nothing was written. Use another export, or a backup\n",
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda words: words.pop("author"),
        lambda words: words.update(author=" "),
        lambda words: words.update(utc_offset="x"),
        lambda words: words.update(utc_offset=2000),
        lambda words: words.update(origin="9f" * 32, origin_at="yesterday", merged_by="li"),
        lambda words: words.update(command="sing"),
        lambda words: words.update(batch=words["batch"] + 1),
        lambda words: words.update(recorded_at="2020-01-05T09:00:00.000000Z"),
    ],
    ids=[
        "author",
        "blank author",
        "offset",
        "far offset",
        "origin_at",
        "command",
        "number",
        "hour",
    ],
)
def test_a_batch_that_no_program_wrote_is_refused_though_its_seal_fits(
    tracker: Run, chen: Other, tmp_path: Path, spoil: Callable[[dict[str, Any]], object]
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("export", export := tmp_path / "chen.jsonl")
    header, *lines, entry, last = export.read_text("utf-8").splitlines()
    words = json.loads(last)
    del words["type"], words["seal"]
    spoil(words)
    seal = digest(bytes.fromhex(json.loads(entry)["digest"]), words).hex()
    head = json.dumps(json.loads(header) | {"head": seal})
    sealed = json.dumps({"type": "batch", **words, "seal": seal})
    export.write_text("\n".join((head, *lines, entry, sealed)) + "\n", "utf-8")

    merged = tracker("merge", export)
    restored = tracker("init", export, db=tmp_path / "new.db")

    assert (merged.code, restored.code) == (5, 5)
    assert "entry 26 was changed: its batch cannot be read" in merged.err
    assert "entry 26 was changed: its batch cannot be read" in restored.err


def test_a_damaged_book_is_refused_with_the_place(tracker: Run, chen: Other, theirs: Path) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    with closing(sqlite3.connect(theirs)) as driver:
        driver.execute("DROP TRIGGER entry_no_update")
        driver.execute("UPDATE entry SET note = 'never said' WHERE id = 26")
        driver.commit()

    found = tracker("merge", theirs)

    assert found.code == 5
    assert "entry 26 was changed: its key does not fit" in found.err


def test_a_book_of_a_later_schema_and_a_file_that_is_no_book_are_refused(
    tracker: Run, theirs: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(theirs)) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
        driver.commit()
    (csv := tmp_path / "updates.csv").write_text("concession,stage\n", "utf-8")

    assert tracker("merge", theirs).code == 6
    assert tracker("merge", csv).code == 5
    assert tracker("merge", tmp_path / "nowhere.db").code == 3


def test_a_clock_far_ahead_is_refused(
    tracker: Run, chen: Other, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(settings, "now", lambda: datetime(2040, 1, 1, tzinfo=UTC))
        chen("log", "soybeans", "partial", "--on", "2026-01-07")

    found = tracker("merge", theirs)

    assert found.code == ClockBehind.exit_code
    said = r"says \d{4}-\d\d-\d\dT\d\d:\d\d UTC, .* recorded at 2040-01-01T00:00 UTC\. "
    assert re.search(said, found.err)


# --- from one database to the other ---------------------------------------------------------------


def test_books_meet_across_databases(
    tracker: Run, chen: Other, theirs: Path, empty_database: Target, tmp_path: Path
) -> None:
    """A file into a server, the server into a file: the same reports, and a book that restores."""
    server = empty_database.address
    tracker("log", "rare-earths", "stalled", "--on", "2026-01-06")
    tracker("export", ours := tmp_path / "ours.jsonl")
    tracker("init", ours, db=server)
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("change", "tiktok", "--title", "Let TikTok be sold", "--reason", "As the text has it")

    there = tracker("merge", theirs, db=server)
    back = chen("merge", server)

    assert there.out.startswith("2 entries of 2 commands merged")
    assert back.out.startswith("1 entry of 1 command merged")
    for report in (["status"], ["gains"], ["claims"], ["deadlines"]):
        one, other = tracker(*report, db=server), tracker(*report, db=theirs)
        assert one.out.splitlines()[:-1] == other.out.splitlines()[:-1]
    tracker("export", merged := tmp_path / "merged.jsonl", db=server)
    assert tracker("init", merged, db=tmp_path / "again.db").code == 0
    heads = [
        tracker("db", "verify", db=db).out.split("head ")[1]
        for db in (server, tmp_path / "again.db")
    ]
    assert heads[0] == heads[1]
    assert tracker("db", "check", db=server).code == 0

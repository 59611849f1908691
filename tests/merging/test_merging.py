"""Two analysts with copies of one book bring their work together."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Run, data
from tests.refusals import code_of
from tracker import settings
from tracker.cli.running import run
from tracker.database import Target, open_book
from tracker.journal.chain import digest, verify
from tracker.reports import incoming

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


def test_undo_of_a_merge_that_restored_something_is_as_if_that_had_never_been(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    chen("retract", "tiktok", "--everything", "--reason", "It was never promised")
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


def test_a_list_of_very_many_disagreements_says_where_the_others_are(
    tracker: Run, chen: Other, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LISTED", 1)
    for record, stage in ((tracker, "met"), (chen, "stalled")):
        record("log", "soybeans", stage, "--on", "2026-01-07")
        record("log", "tiktok", stage, "--on", "2026-01-07")

    assert "\n  … and 1 more; -f json lists all\n" in tracker("merge", theirs).out


# --- which books can be merged --------------------------------------------------------------------


def test_books_without_a_common_entry_are_named_so(tracker: Run, tmp_path: Path) -> None:
    assert tracker("init", "us-korea", db=(other := tmp_path / "other.db")).code == 0

    said = "\nThe two books have no entry in common: they were made separately.\n"
    assert said in tracker("merge", other).out


def test_a_database_that_is_no_book_is_not_merged(tracker: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as driver:
        driver.execute("CREATE TABLE note (words TEXT)")

    found = tracker("merge", tmp_path / "notes.db")

    assert found.code == 6
    assert "notes.db is not a book of this program. Name another one, or make" in found.err


@pytest.mark.parametrize("end", ["\n", "\n \n\n"])
def test_blank_lines_at_the_end_of_an_export_are_no_lines(
    tracker: Run, tmp_path: Path, end: str
) -> None:
    tracker("export", export := tmp_path / "own.jsonl")
    export.write_text(export.read_text("utf-8") + end, "utf-8")

    assert tracker("merge", export).out.startswith("0 entries merged")
    export.write_bytes(export.read_text("utf-8").encode("utf-16"))
    assert "it is UTF-16 text" in tracker("merge", export).err


# --- what is refused ------------------------------------------------------------------------------


def test_a_damaged_export_is_refused_with_the_place(
    tracker: Run, chen: Other, tmp_path: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("export", export := tmp_path / "chen.jsonl")
    text = export.read_text("utf-8")
    export.write_text(text.replace('"stage":"partial","key"', '"stage":"met","key"'), "utf-8")

    found = tracker("merge", export)

    assert found == (
        code_of("broken export"),
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

    assert found.code == code_of("clock behind")
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
        tracker("db", "check", db=db).out.split("head ")[1]
        for db in (server, tmp_path / "again.db")
    ]
    assert heads[0] == heads[1]
    assert tracker("db", "check", db=server).code == 0

"""Two analysts with copies of one book bring their work together."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Run, data, held_by
from tests.refusals import code_of, forge
from tracker import Book, settings
from tracker.cli import run
from tracker.database import Target, open_book
from tracker.entry import Entry
from tracker.interchange import union
from tracker.journal.chain import verify
from tracker.vocabulary import EntryKind, Stage

DELIVERY = (
    *("add", "deadline", "soybeans-2026", "--concession", "soybeans", "--kind", "delivery"),
    *("--label", "12 MMT", "--due", "2026-12-31", "--target", "12", "--unit", "MMT"),
    *("--source", "article"),
)

Other = Callable[..., Any]


@pytest.fixture(scope="module")
def with_delivery(article_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = shutil.copy(article_template, tmp_path_factory.mktemp("union") / "truce.db")
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


def is_whole(target: Target) -> bool:
    with closing(open_book(target)) as connection:
        return verify(connection).entries > 0


def test_a_kept_text_comes_without_its_file(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("TRACKER_TEXTS", str(tmp_path / "texts"))
    (tmp_path / "sheet.txt").write_text("China will buy soybeans")
    assert chen("source", "keep", "article", tmp_path / "sheet.txt").code == 0

    found = tracker("import", theirs)

    assert (found.code, "Authors: chen 1." in found.out) == (0, True)
    assert (
        "\nKept texts come without their files: copy those from the folder beside the other book,"
        " NAME.d.\n"
    ) in found.out
    (row,) = data(tracker, "show", "article")["rows"]
    assert [text["words"] for text in row["texts"]] == [4]
    assert is_whole(target)


def test_a_note_longer_than_one_may_be_today_is_restored_and_imported(
    tracker: Run, chen: Other, theirs: Path, target: Target, tmp_path: Path, monkeypatch: Any
) -> None:
    with monkeypatch.context() as before:
        before.setattr("tracker.journal.admission.require_text", lambda *_: None)
        assert chen("note", "soybeans", "Cargo by cargo " * 20_000).code == 0
    assert "longer than 200,000 bytes" in chen("note", "soybeans", "Port by port " * 20_000).err
    chen("export", export := tmp_path / "theirs.jsonl")

    restored = tracker("init", export, db=tmp_path / "restored.db")
    found = tracker("import", theirs)

    assert (restored.code, restored.err) == (0, "")
    assert (found.code, "Authors: chen 1." in found.out) == (0, True)
    assert is_whole(target)


def test_of_two_recorded_at_one_moment_the_greater_key_counts_whoever_imports(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(settings, "now", lambda: now)
    for slug in ("soybeans", "rare-earths", "chip-sales", "tiktok"):
        tracker("log", slug, "stalled", "--on", "2026-01-07")
        chen("log", slug, "partial", "--on", "2026-01-07")
    tracker("export", ours := tmp_path / "ours.jsonl")
    assert (tracker("import", theirs).code, chen("import", ours).code) == (0, 0)

    with closing(sqlite3.connect(theirs)) as book:
        found = book.execute(
            "SELECT slug, stage, max(e.key) FROM entry AS e JOIN thing AS t"
            " ON t.id = e.concession_id WHERE e.id > 25 GROUP BY slug"
        ).fetchall()
    for run_one in (tracker, chen):
        stated = {row["concession"]: row["status"] for row in data(run_one, "status")["rows"]}
        assert stated == {slug: Stage(stage).status for slug, stage, _ in found}


def test_books_that_have_nothing_in_common_meet_too(
    tracker: Run, target: Target, tmp_path: Path
) -> None:
    """A thing that both declare in the same way is one thing; what was withdrawn here stays so."""
    other = tmp_path / "other.db"
    tracker("retract", 13, "--reason", "No sale was named")
    tracker("init", "article", db=other)
    tracker("add", "party", "eu", "--name", "European Union", "--short", "EU", db=other)

    found = tracker("import", other)

    assert found.code == 0
    assert "Left out: 24 entries, already stated the same way in this book.\n" in found.out
    assert tracker("change", "eu", "--short", "Europe", "--reason", "Its usual name").code == 0
    assert is_whole(target)
    assert tracker("import", other).out.startswith("0 entries")


def test_an_empty_book_takes_all_that_another_one_holds(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    """Entries that say the same are counted again."""
    (table := tmp_path / "calls.csv").write_text(
        "kind,concession,effective_on,note\n" + "note,soybeans,2026-01-07,Called.\n" * 2
    )
    chen("import", table)
    tracker("init", "--empty", db=(empty := tmp_path / "empty.db"))

    found = tracker("import", theirs, db=empty)

    assert found.out.startswith("27 entries written, #1 to #27.")
    assert tracker("import", table, db=empty).out == "0 entries written; 2 were there already.\n"
    assert is_whole(Target("sqlite", str(empty)))


def test_two_books_that_applied_one_file_do_not_say_everything_twice(
    tracker: Run, tmp_path: Path, busan: Path
) -> None:
    other = tmp_path / "other.db"
    assert tracker("init", "busan-truce", db=other).code == 0
    tracker("--author", "chen", "log", "cn-soy-2025", "partial", "--on", "2026-01-07", db=other)
    before = tracker("week", "2026-W08", db=busan).out.splitlines()[:-1]

    found = tracker("import", other, db=busan)

    assert found.out.startswith(f"1 entry written, #{held_by('busan-truce').entries + 1}.\n")
    assert "already stated the same way in this book" in found.out
    assert tracker("week", "2026-W08", db=busan).out.splitlines()[:-1] == before


def test_a_database_that_is_no_book_is_not_imported(tracker: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as driver:
        driver.execute("CREATE TABLE note (words TEXT)")

    found = tracker("import", tmp_path / "notes.db")

    assert found.code == 6
    assert "notes.db is not a book of this program. Name another one, or make" in found.err


@pytest.mark.parametrize("end", ["\n", "\n \n\n"])
def test_blank_lines_at_the_end_of_an_export_are_no_lines(
    tracker: Run, tmp_path: Path, end: str
) -> None:
    tracker("export", export := tmp_path / "own.jsonl")
    export.write_text(export.read_text("utf-8") + end, "utf-8")

    assert tracker("import", export).out.startswith("0 entries written")
    export.write_bytes(export.read_text("utf-8").encode("utf-16"))
    assert "it is not UTF-8 text" in tracker("import", export).err


def test_a_damaged_export_is_refused_with_the_place(
    tracker: Run, chen: Other, tmp_path: Path
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("export", export := tmp_path / "chen.jsonl")
    text = export.read_text("utf-8")
    export.write_text(text.replace('"stage":"partial","key"', '"stage":"met","key"'), "utf-8")

    found = tracker("import", export)

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
        lambda words: words.update(origin="9f3c", origin_at=words["recorded_at"], merged_by="li"),
        lambda words: words.update(origin=["9f" * 32]),
        lambda words: words.update(merged_by=5),
        lambda words: words.update(merged_by="li\n"),
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
        "origin",
        "origin in a list",
        "importer",
        "importer in two lines",
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
    forge(export, "batch", spoil)

    imported = tracker("import", export)
    restored = tracker("init", export, db=tmp_path / "new.db")

    assert (imported.code, restored.code) == (5, 5)
    assert "entry 26" in imported.err
    assert "entry 26" in restored.err


@pytest.mark.parametrize(
    "wrong",
    [
        *({"origin": origin} for origin in ("zz", [], True, 1.5, 0, 2**31, 2**63)),
        *({"nth": True}, {"nth": 2**70}, {"stage": "part"}, {"colour": "red"}),
    ],
    ids=str,
)
def test_an_entry_that_no_program_wrote_is_refused_though_its_digest_fits(
    tracker: Run, chen: Other, tmp_path: Path, wrong: dict[str, object]
) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("export", export := tmp_path / "chen.jsonl")
    forge(export, "entry", lambda words: words.update(wrong))

    imported = tracker("import", export)
    restored = tracker("init", export, db=tmp_path / "new.db")

    assert (imported.code, restored.code) == (5, 5)
    assert "entry 26" in imported.err
    assert "entry 26" in restored.err


def test_a_damaged_book_is_refused_with_the_place(tracker: Run, chen: Other, theirs: Path) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    with closing(sqlite3.connect(theirs)) as driver:
        driver.execute("DROP TRIGGER entry_no_update")
        driver.execute("UPDATE entry SET note = 'never said' WHERE id = 26")
        driver.commit()

    found = tracker("import", theirs)

    assert found.code == code_of("book damaged")
    assert "theirs.db is damaged: the chain breaks at entry 26: its digest" in found.err


def test_an_entry_is_known_by_what_it_says_whatever_key_its_book_claims(
    tracker: Run, chen: Other, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker("note", "soybeans", "Sold", "--on", "2026-01-07")
    with monkeypatch.context() as patch:
        patch.setattr("tracker.journal.batch.content_key", lambda *_: bytes(16))
        chen("note", "soybeans", "Sold", "--on", "2026-01-07")

    assert is_whole(Target("sqlite", str(theirs)))
    assert tracker("import", theirs).out.startswith("0 entries written; 25 were there already.")


def test_a_book_of_a_later_schema_and_a_file_that_is_no_book_are_refused(
    tracker: Run, theirs: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(theirs)) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
        driver.commit()

    assert tracker("import", theirs).code == 6
    assert tracker("import", tmp_path / "nowhere.db").code == 3


def test_a_clock_far_ahead_is_refused(
    tracker: Run, chen: Other, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(settings, "now", lambda: datetime(2040, 1, 1, tzinfo=UTC))
        chen("log", "soybeans", "partial", "--on", "2026-01-07")

    found = tracker("import", theirs)

    assert found.code == code_of("clock behind")
    said = r"says \d{4}-\d\d-\d\dT\d\d:\d\d UTC, .* recorded at 2040-01-01T00:00 UTC\. "
    assert re.search(said, found.err)


@pytest.mark.slow
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

    there = tracker("import", theirs, db=server)
    back = chen("import", server)

    assert there.out.startswith("2 entries written")
    assert back.out.startswith("1 entry written")
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


# --- what is altered ------------------------------------------------------------------------------


@pytest.fixture
def forged(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A book with a sound chain that puts another reading into the mouth of the colleague."""
    path = Path(shutil.copy(theirs, tmp_path / "forged.db"))
    chen("measure", "soybeans-2026", "11", "--by", "USDA", "--on", "2026-01-07")
    honest = union.keyed

    def two(said: Entry) -> Entry:
        is_reading = said.kind is EntryKind.READING
        return honest(said._replace(value=Decimal(2)) if is_reading else said)

    with monkeypatch.context() as patch:
        patch.setattr(union, "keyed", two)
        assert tracker("--author", "forger", "import", theirs, db=path).code == 0
    assert tracker("db", "check", db=path).code == 0
    return path


def test_what_is_known_by_its_origin_must_say_the_same(
    tracker: Run, chen: Other, theirs: Path, forged: Path
) -> None:
    assert tracker("import", forged).out.startswith("1 entry written, #26")

    there, back = tracker("import", theirs), chen("import", forged)

    assert (there.code, back.code) == (code_of("forged origin"), code_of("forged origin"))
    assert f"Entry 26 of {theirs} and entry 26 of this book have one origin" in there.err
    assert tracker("undo").code == 0
    assert tracker("import", theirs).out.startswith("1 entry written, #28")
    assert data(tracker, "pace", "soybeans")["rows"][0]["delivered"] == 11


def test_an_export_comes_from_an_open_file(chen: Other, target: Target, tmp_path: Path) -> None:
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    chen("export", export := tmp_path / "theirs.jsonl")

    with export.open("rb") as file:
        found = Book(target.address, TODAY, "li").import_(file)

    assert [row["author"] for row in found.rows] == ["chen"]


def test_a_dry_run_writes_nothing(tracker: Run, chen: Other, theirs: Path) -> None:
    tracker("close", "apec-2026", "cancelled", "--on", "2026-01-06")
    chen("close", "apec-2026", "met", "--on", "2026-01-07")
    before = tracker("db", "check").out

    found = tracker("import", theirs, "--dry-run")

    assert "2 entries would be written" in found.out
    assert tracker("db", "check").out == before

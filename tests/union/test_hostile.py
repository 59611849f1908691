"""Files that somebody made to mislead a reader are refused before they are read."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import code_of, forge
from tests.union.test_union import Other, chen, theirs, with_delivery

__all__ = ["chen", "theirs", "with_delivery"]

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(i) FROM n"
HOSTILE = {
    "a view that answers differently each time": (
        "ALTER TABLE entry RENAME TO held; CREATE VIEW entry AS SELECT * FROM held"
        " WHERE random() > 0 OR id < 20",
        code_of("book damaged"),
        "is damaged: the table entry is missing, or is not a table",
    ),
    "a view without an end in place of the revision": (
        f"DROP TABLE alembic_version; CREATE VIEW alembic_version AS {ENDLESS}",
        code_of("not a book"),
        "is not a book of this program",
    ),
    "a view without an end in place of a table": (
        f"ALTER TABLE party RENAME TO held; CREATE VIEW party AS {ENDLESS}",
        code_of("book damaged"),
        "is damaged: the table party is missing, or is not a table",
    ),
    "a view of the program's own that has no end": (
        f"DROP VIEW retracted; CREATE VIEW retracted AS {ENDLESS}",
        code_of("foreign schema"),
        "the view retracted is not as this program makes it; nothing was imported",
    ),
    "a huge value": (
        "CREATE TABLE huge (id INTEGER, word AS (zeroblob(1900000000)))",
        code_of("foreign schema"),
        "the table huge is not this program's; nothing was imported",
    ),
    "another table": (
        "CREATE TABLE remark (text TEXT)",
        code_of("foreign schema"),
        "the table remark is not this program's; nothing was imported",
    ),
    "another view": (
        "CREATE VIEW ours AS SELECT * FROM reading",
        code_of("foreign schema"),
        "the view ours is not this program's; nothing was imported",
    ),
    "a trigger": (
        "CREATE TRIGGER extra AFTER INSERT ON thing BEGIN SELECT 1; END",
        code_of("foreign schema"),
        "the trigger extra is not this program's; nothing was imported",
    ),
    "a table that a module fills": (
        "DROP TRIGGER source_text_no_update; DROP TABLE source_text;"
        " CREATE VIRTUAL TABLE source_text USING fts5 (entry_id)",
        code_of("book damaged"),
        "is damaged: the table source_text is missing, or is not a table",
    ),
}
"""What is done to a file, and how `import` refuses it: the exit code and its words."""


def spoiled(path: Path, statements: str) -> Path:
    """Change the schema of a book behind the program's back."""
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(f"PRAGMA legacy_alter_table = ON; {statements}")
    return path


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_not_as_this_program_makes_it_is_refused_before_it_is_read(
    tracker: Run, chen: Other, theirs: Path, case: str
) -> None:
    statements, code, words = HOSTILE[case]
    chen("log", "soybeans", "partial", "--on", "2026-01-07")
    spoiled(theirs, statements)

    ran = tracker("import", theirs)

    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert words in ran.err
    assert tracker("import", theirs, "--dry-run").code == code
    assert tracker("db", "check").code == 0


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("table", ["entry", "party", "batch"])
def test_a_table_of_one_s_own_book_that_is_a_view_is_damage(
    tracker: Run, theirs: Path, table: str
) -> None:
    statements = f"ALTER TABLE {table} RENAME TO held; CREATE VIEW {table} AS {ENDLESS}"
    spoiled(theirs, statements)

    for command in (["week"], ["note", "soybeans", "Ships were seen"], ["db", "check"]):
        ran = tracker(*command, db=theirs)
        assert ran.code in (1, 6, 7), ran
        assert f"{table} is missing" in ran.out + ran.err or "is not a book" in ran.out + ran.err


@pytest.mark.on("sqlite")
def test_a_value_of_any_length_is_damage_and_no_bug(tracker: Run, theirs: Path) -> None:
    spoiled(
        theirs,
        "DROP TRIGGER entry_no_update;"
        " UPDATE entry SET note = CAST(zeroblob(80000000) AS TEXT) WHERE id = 13",
    )

    reports = [tracker(command, db=theirs) for command in ("week", "status", "export")]
    imported = tracker("import", theirs)

    for ran in (*reports, imported):
        assert (ran.code, ran.err.count("\n")) == (7, 1)
        assert "is damaged: " in ran.err


def test_a_number_that_a_command_of_this_book_did_not_write_is_refused(
    tracker: Run, chen: Other, theirs: Path, tmp_path: Path
) -> None:
    """The seal is real; its command wrote no entry of that number."""
    assert chen("log", "soybeans", "partial", "--on", "2026-01-07").code == 0
    other = Path(shutil.copy(theirs, tmp_path / "other.db"))
    assert tracker("--author", "li", "note", "tiktok", "Talks go on", db=other).code == 0
    tracker("export", export := tmp_path / "forged.jsonl", db=other)
    seal = export.read_text("utf-8").splitlines()[-3].split('"seal":"')[1][:64]
    forge(export, "entry", lambda words: words.update(origin=4711))
    forge(
        export,
        "batch",
        lambda words: words.update(
            origin=seal, origin_at=words["recorded_at"], merged_by="li", author="chen"
        ),
    )

    ran = tracker("import", export, db=theirs)

    assert ran.code == code_of("forged batch")
    assert ran.err == (
        f"tracker: Entry 27 of {export} claims to come from a command of this book, at entry 26,"
        " that did not write it: it was forged; nothing was imported. Ask its author for the book"
        " in which it was recorded\n"
    )

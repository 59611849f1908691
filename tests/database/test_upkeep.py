"""Upgrades, copies, soundness and roles."""

import os
import re
import sqlite3
from pathlib import Path
from shlex import quote

import psycopg
import pytest

from tests.conftest import Run
from tracker import schema
from tracker.database import Connection, Target, open_book
from tracker.errors import BackupElsewhere, NotPermitted, SchemaBehind

# --- upgrades ---------------------------------------------------------------------------------


@pytest.fixture
def old(target: Target) -> Target:
    """A book that an older program made."""
    connection = open_book(target)
    schema.downgrade(connection, "0001")
    connection.close()
    return target


def test_an_old_book_names_the_command_that_upgrades_it(old: Target, tracker: Run) -> None:
    ran = tracker("week")

    assert ran.code == SchemaBehind.exit_code
    assert ran.err == (
        f"tracker: {old} is at schema 0001 and this program needs 0004."
        f" Run 'tracker --db {quote(str(old))} db upgrade'\n"
    )


def test_an_upgrade_keeps_rows_and_happens_once(old: Target, tracker: Run) -> None:
    first, second = tracker("db", "upgrade"), tracker("db", "upgrade")

    assert first.out.startswith(f"{old}: schema 0001 → 0004.")
    assert second.out == f"{old}: schema 0004, up to date.\n"
    assert "12 entries, unbroken" in tracker("db", "verify").out
    assert tracker("db", "check").out == f"{old}: sound.\n"


@pytest.mark.on("sqlite")
def test_an_upgrade_keeps_a_copy_of_the_file_as_it_was(old: Target, tracker: Run) -> None:
    kept = old.path.with_name("truce.db.schema-0001.bak")

    assert tracker("db", "upgrade").out == f"{old}: schema 0001 → 0004. As it was: {kept}\n"

    copy = open_book(Target("sqlite", str(kept)), at_head=False)
    assert copy.rows("revision") == [("0001",)]
    copy.close()
    assert [one.name for one in kept.parent.glob("*.bak")] == [kept.name]


def test_a_book_of_a_newer_program_is_left_alone(target: Target, tracker: Run) -> None:
    connection = open_book(target)
    connection.text("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    for command in (("week",), ("db", "upgrade")):
        ran = tracker(*command)
        assert ran.code == 6
        assert "was made by a newer tracker (schema 9999)" in ran.err


# --- copies -----------------------------------------------------------------------------------


def test_a_backup_is_a_book(book: Path, tracker: Run, tmp_path: Path) -> None:
    copy = tmp_path / "friday.db"
    copy.write_text("last week's")

    ran = tracker("db", "backup", copy)

    assert ran.out == f"{book}: copied to {copy}.\n"
    assert tracker("week", db=copy) == tracker("week")
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["friday.db", "truce.db"]
    assert not list(tmp_path.glob(".*"))


def test_a_backup_is_made_while_somebody_writes(book: Path, tracker: Run, tmp_path: Path) -> None:
    writing = open_book(Target("sqlite", str(book)))

    with writing.writing():
        assert tracker("db", "backup", tmp_path / "friday.db").code == 0
    writing.close()


@pytest.mark.parametrize(
    ("name", "why"),
    [("truce.db", "it is the book itself"), ("no/x.db", "its folder does not exist"),
     ("truce.db-journal", "it belongs to a database"), (".", "it is a folder")],
)  # fmt: skip
def test_a_backup_that_cannot_be_made_says_why(
    book: Path, tracker: Run, tmp_path: Path, name: str, why: str
) -> None:
    before = book.read_bytes()

    ran = tracker("db", "backup", tmp_path / name)

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.endswith(f": {why}. Name another path\n")
    assert book.read_bytes() == before


def test_a_backup_takes_no_device_s_place(book: Path, tracker: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "tape"
    os.mkfifo(pipe)

    ran = tracker("db", "backup", pipe, db=book)

    assert (ran.code, ran.err) == (
        4,
        f"tracker: Cannot write '{pipe}': it is not a file. Name another path\n",
    )
    assert pipe.is_fifo()


@pytest.mark.on("postgresql")
def test_a_backup_of_a_server_names_the_server_s_own_tool(target: Target, tracker: Run) -> None:
    ran = tracker("db", "backup", "friday.dump")

    assert ran.code == BackupElsewhere.exit_code
    assert ran.err == (
        f"tracker: {target} is not a file that can be copied."
        " Back it up with 'pg_dump', or write it out with 'tracker export FILE'\n"
    )


def test_the_path_of_a_book_is_printed_without_a_password(target: Target, tracker: Run) -> None:
    assert tracker("db", "path").out == f"{target}\n"
    assert tracker("db", "path", db="postgres://wang:s3cret@db/truce").out == (
        "postgresql://wang@db/truce\n"
    )


# --- soundness --------------------------------------------------------------------------------


def test_an_edit_behind_the_program_s_back_is_found(
    connection: Connection, database: str, tracker: Run
) -> None:
    trigger = "entry_no_update" if database == "sqlite" else "entry_no_change"
    on = "" if database == "sqlite" else " ON entry"
    connection.text(f"DROP TRIGGER {trigger}{on}")
    connection.text("UPDATE entry SET note = 'as if' WHERE id = 3")

    ran = tracker("db", "check")

    assert ran.code == 1
    assert ran.out == (
        f"guards: the trigger {trigger}, which keeps the journal append-only, is missing\n"
        "digests: the chain breaks at entry 3: its digest does not fit\n"
    )


ALTERATIONS = {
    "DROP INDEX {index}": "the index {index} is missing",
    "DROP VIEW gains; CREATE VIEW gains AS SELECT 'us' AS party, 9 AS gained": (
        "the view gains is not as this program makes it"
    ),
    "DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry"
    " WHEN OLD.id = 0 BEGIN SELECT RAISE(ABORT, 'no'); END": (
        "the trigger entry_no_update is not as this program makes it"
    ),
    "CREATE TRIGGER flattery AFTER INSERT ON entry BEGIN"
    " INSERT INTO exchange VALUES (1, 2); END": "the trigger flattery is not this program's",
}


@pytest.mark.parametrize(("statements", "finding"), ALTERATIONS.items())
def test_a_schema_that_is_not_the_program_s_is_found(
    book: Path, tracker: Run, statements: str, finding: str
) -> None:
    with sqlite3.connect(book) as raw:
        names = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        index = raw.execute(names).fetchone()[0]
        raw.executescript(statements.format(index=index))
    raw.close()

    ran = tracker("db", "check")

    assert (ran.code, ran.out, ran.err) == (1, f"schema: {finding.format(index=index)}\n", "")


def test_an_edit_is_found_behind_a_guard_that_lets_it_pass(book: Path, tracker: Run) -> None:
    with sqlite3.connect(book) as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET note = 'as if' WHERE id = 3")
        raw.execute("CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    raw.close()

    ran = tracker("db", "check")

    assert ran.out.splitlines() == [
        "schema: the trigger entry_no_update is not as this program makes it",
        "digests: the chain breaks at entry 3: its digest does not fit",
    ]


def test_what_others_add_to_a_book_is_no_damage(book: Path, tracker: Run) -> None:
    with sqlite3.connect(book) as raw:
        raw.execute("CREATE VIEW ours AS SELECT * FROM gains")
        raw.execute("CREATE TABLE remark (entry INTEGER, text TEXT)")
    raw.close()

    assert tracker("db", "check").code == 0


def test_a_row_that_names_nothing_is_found(book: Path, tracker: Run) -> None:
    with sqlite3.connect(book) as raw:
        raw.execute("INSERT INTO exchange VALUES (1, 99)")
    raw.close()

    ran = tracker("db", "check")

    assert ran.code == 1
    assert re.fullmatch(r"foreign keys: row \d of exchange names no row of concession\n", ran.out)


@pytest.mark.parametrize("page", range(1, 24, 3))
def test_a_damaged_file_gives_findings_and_no_traceback(
    book: Path, tracker: Run, page: int
) -> None:
    whole = book.read_bytes()
    torn = page * 4096 % len(whole)
    book.write_bytes(whole[:torn] + bytes(range(256)) * 16 + whole[torn + 4096 :])

    ran = tracker("db", "check")
    copied = tracker("db", "backup", book.with_name("copy.db"))

    assert ran.code == 1, ran.err
    assert ran.err == ""
    for line in ran.out.splitlines():
        assert line.startswith(
            ("integrity: ", "foreign keys: ", "schema: ", "values: ", "digests: ", "guards: ")
        )
    assert (copied.code, copied.err.count("\n")) == (7, 1)
    assert not book.with_name("copy.db").exists()


# --- roles ------------------------------------------------------------------------------------


@pytest.fixture
def granted(target: Target, tracker: Run) -> Target:
    """A book whose server knows a reader and a writer."""
    sql = tracker("db", "grants").out
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute(sql.encode())
        owner.execute(sql.encode())
        for role in ("reader", "writer"):
            owner.execute(f"DROP ROLE IF EXISTS {role}".encode())
            owner.execute(f"CREATE ROLE {role} LOGIN IN ROLE tracker_{role}".encode())
    return target


def as_role(target: Target, role: str) -> str:
    return target.address.replace("keeper@", f"{role}@")


LOG = ("log", "soybeans", "partial", "-m", "8 MMT sold", "--source", "https://usda.example/x")


@pytest.mark.on("postgresql")
def test_a_reader_reads_and_does_nothing_else(granted: Target, tracker: Run) -> None:
    reader = as_role(granted, "reader")

    assert tracker("week", db=reader).code == 0
    assert tracker("db", "check", db=reader).code == 0
    refused(tracker, reader, *LOG)
    refused(tracker, reader, "note", "tiktok", "still pending")


@pytest.mark.on("postgresql")
def test_a_writer_records_and_declares_nothing(granted: Target, tracker: Run) -> None:
    writer = as_role(granted, "writer")

    assert tracker(*LOG, db=writer).code == 0
    assert tracker("undo", db=writer).code == 0
    assert "14 entries, unbroken" in tracker("db", "verify", db=writer).out
    refused(tracker, writer, "apply", "seeds/busan-truce.toml")


@pytest.mark.on("postgresql")
def test_a_writer_cannot_change_the_schema(granted: Target, tracker: Run) -> None:
    owner = open_book(granted)
    schema.downgrade(owner, "0001")
    owner.close()

    refused(tracker, as_role(granted, "writer"), "db", "upgrade")


@pytest.mark.on("postgresql")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE entry SET note = ''", "DELETE FROM source", "TRUNCATE entry", "DROP TABLE entry",
     "INSERT INTO party (slug, name, short) VALUES ('a', 'a', 'a')", "CREATE TABLE t (i int)",
     "UPDATE alembic_version SET version_num = '1'", "ALTER TABLE entry DISABLE TRIGGER ALL"],
)  # fmt: skip
def test_the_server_itself_holds_a_writer_to_that(granted: Target, statement: str) -> None:
    with (
        psycopg.connect(as_role(granted, "writer")) as session,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        session.execute(statement.encode())


def refused(tracker: Run, address: str, *command: str) -> None:
    """Check that a command ends in one clear line."""
    ran = tracker(*command, db=address)
    assert (ran.code, ran.out) == (NotPermitted.exit_code, "")
    assert ran.err.count("\n") == 1
    assert " refuses: " in ran.err
    assert ran.err.endswith(
        "nothing was written."
        " Ask its owner for a role with that right, as 'tracker db grants' makes them\n"
    )

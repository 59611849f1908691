"""Upgrades, copies, soundness and roles."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shlex import quote

import psycopg
import pytest

from tests.conftest import PHASE_ONE, Run, book_at, fill
from tests.database.conftest import ROLES, as_role, with_roles
from tests.database.later import LATER, REVISION, copied, later_program
from tests.refusals import code_of
from tests.server import Server, started
from tracker.database import HEAD, Connection, Target, open_book
from tracker.database.contents import COLUMNS as TABLES
from tracker.errors import shortened
from tracker.record import held_by

# --- upgrades ---------------------------------------------------------------------------------


@pytest.fixture
def old(target: Target, tmp_path: Path) -> Iterator[Target]:
    """A book that an older program made: this one needs a later revision."""
    folder = tmp_path / "migrations"
    copied(folder).write_text(REVISION, "utf-8")
    with later_program(folder):
        yield target


def test_an_old_book_names_the_command_that_upgrades_it(old: Target, tracker: Run) -> None:
    ran, checked, made = tracker("week"), tracker("db", "check"), tracker("init")

    behind = (
        f"{old} was made by version 0.4 of this program (schema {HEAD}), but this one needs"
        f" schema {LATER}"
    )
    told = f"{behind}. Run 'tracker --db {quote(str(old))} db upgrade'\n"
    assert checked.out == f"schema: {told}"
    assert ran.code == code_of("schema behind")
    assert ran.err == made.err == f"tracker: {told}"


@pytest.mark.slow
def test_an_upgrade_keeps_rows_and_happens_once(old: Target, tracker: Run) -> None:
    first, second = tracker("db", "upgrade"), tracker("db", "upgrade")

    assert first.out.startswith(f"{old}: schema {HEAD} → {LATER}.")
    assert ("run roles.sql again" in first.out) == (old.dialect == "postgresql")
    assert second.out == f"{old}: schema {LATER}, up to date.\n"
    assert tracker("db", "check").out.startswith(f"{old}: sound, 24 entries")


@pytest.mark.on("sqlite")
def test_an_upgrade_keeps_a_copy_of_the_file_as_it_was(old: Target, tracker: Run) -> None:
    kept = old.path.with_name(f"truce.db.schema-{HEAD}.bak")

    assert tracker("db", "upgrade").out == (
        f"{old}: schema {HEAD} → {LATER}. The old book is kept at {kept}\n"
    )

    copy = open_book(Target("sqlite", str(kept)), at_head=False)
    assert copy.text("SELECT version_num FROM alembic_version") == [(HEAD,)]
    copy.close()
    assert [one.name for one in kept.parent.glob("*.bak")] == [kept.name]


@pytest.mark.on("sqlite")
def test_an_upgrade_that_failed_left_a_copy_which_stays(old: Target, tracker: Run) -> None:
    left = old.path.with_name(f"truce.db.schema-{HEAD}.bak")
    left.write_bytes(b"of the first try")

    assert tracker("db", "upgrade").out.endswith(f"kept at {left}.bak\n")
    assert left.read_bytes() == b"of the first try"


# --- copies -----------------------------------------------------------------------------------


def test_a_backup_is_a_book(book: Path, tracker: Run, tmp_path: Path) -> None:
    copy = tmp_path / "friday.db"

    ran = tracker("db", "backup", copy)

    assert ran.out == f"{book}: copied to {copy}.\n"
    assert tracker("week", db=copy) == tracker("week")
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["friday.db", "truce.db"]
    assert not list(tmp_path.glob(".*"))


def test_a_backup_is_made_while_somebody_writes(book: Path, tracker: Run, tmp_path: Path) -> None:
    with book_at(book) as somebody, somebody.writing():
        assert tracker("db", "backup", tmp_path / "friday.db").code == 0


@pytest.mark.usefixtures("book")
def test_no_copy_is_made_beside_the_journal_of_another_database(
    tracker: Run, tmp_path: Path
) -> None:
    """SQLite would play it back into the copy when that is first opened."""
    (tmp_path / "copy.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")

    for command in (("db", "backup", tmp_path / "copy.db"), ("--db", tmp_path / "copy.db", "init")):
        ran = tracker(*command)
        assert ran.code != 0
        assert "a journal of another database is beside it; delete that" in ran.err
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("truce.db", "it is there already"),
        ("no/x.db", "no such file or directory"),
        ("truce.db-journal", "it belongs to a book"),
        (".", "it is there already"),
    ],
)
def test_a_backup_that_cannot_be_made_says_why(
    book: Path,
    tracker: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    why: str,
) -> None:
    """Before anything is copied."""
    before = book.read_bytes()
    monkeypatch.delattr("tracker.database.sqlite.file_findings")

    ran = tracker("db", "backup", tmp_path / name)

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.endswith(f": {why}. Name another path\n")
    assert book.read_bytes() == before


@pytest.mark.on("postgresql")
def test_a_backup_of_a_server_names_the_server_s_own_tool(target: Target, tracker: Run) -> None:
    ran = tracker("db", "backup", "friday.dump")

    assert ran.code == code_of("backup elsewhere")
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


@pytest.mark.parametrize("first", [0, 1])
def test_a_guard_that_is_missing_is_found(
    connection: Connection, database: str, tracker: Run, first: int
) -> None:
    held = ("change", "truncate") if database == "postgresql" else ("update", "delete", "replace")
    guards = [f"{table}_no_{what}" for table in TABLES for what in held]
    guards += [
        f"{table}_no_addition" for table in TABLES if table not in ("thing", "entry", "batch")
    ]
    for guard in guards[first::2]:
        on = f" ON {guard.partition('_no_')[0]}" if database == "postgresql" else ""
        connection.text(f"DROP TRIGGER {guard}{on}")

    ran = tracker("db", "check")

    assert ran.code == 1
    assert sorted(ran.out.splitlines()) == sorted(
        f"guards: the trigger {guard}, which keeps the book append-only, is missing"
        for guard in guards[first::2]
    )


def unguarded(connection: Connection, table: str, statement: str) -> str:
    """Edit a table behind the program's back; return the name of the guard that was dropped."""
    on_file = connection.target.dialect == "sqlite"
    guard = f"{table}_no_{'update' if on_file else 'change'}"
    connection.text(f"DROP TRIGGER {guard}" + ("" if on_file else f" ON {table}"))
    connection.text(statement)
    return guard


@pytest.mark.parametrize(
    ("table", "edit", "entry"),
    [
        ("entry", "UPDATE entry SET note = 'as if' WHERE id = 13", "13: its digest does not fit"),
        ("concession", "UPDATE concession SET test = 'as if' WHERE entry_id = 9",
         "9: its digest does not fit"),
        ("thing", "UPDATE thing SET slug = 'soya' WHERE slug = 'soybeans'",
         "9: its digest does not fit"),
        ("batch", "UPDATE batch SET author = 'nobody'", "24: the seal of batch 1 does not fit"),
    ],
    ids=["entry", "version", "slug", "author"],
)  # fmt: skip
def test_an_edit_behind_the_program_s_back_is_found(
    connection: Connection, tracker: Run, table: str, edit: str, entry: str
) -> None:
    guard = unguarded(connection, table, edit)

    ran = tracker("db", "check")

    assert ran.code == 1
    assert ran.out == (
        f"guards: the trigger {guard}, which keeps the book append-only, is missing\n"
        f"digests: the chain breaks at entry {entry}\n"
    )


def test_a_schema_that_is_not_text_is_found(book: Path, tracker: Run) -> None:
    edit = "UPDATE sqlite_master SET sql = sql || CAST(x'2d2dff' AS TEXT) WHERE name = 'reading'"
    with closing(sqlite3.connect(book)) as raw:
        raw.executescript(f"PRAGMA writable_schema = ON; {edit}")

    ran = tracker("db", "check")

    assert ran.code == 1
    assert ran.out.startswith("schema: ")


ALTERATIONS = {
    "DROP INDEX {index}": "the index {index} is missing",
    "DROP VIEW reading; CREATE VIEW reading AS SELECT 9 AS value": (
        "the view reading is not as this program makes it"
    ),
    "DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry"
    " WHEN OLD.id = 0 BEGIN SELECT RAISE(ABORT, 'no'); END": (
        "the trigger entry_no_update is not as this program makes it"
    ),
    "DROP TRIGGER entry_no_update; CREATE TRIGGER Entry_No_Update BEFORE UPDATE ON entry"
    " BEGIN SELECT 1; END": "the trigger entry_no_update is not as this program makes it",
    "CREATE TRIGGER Flattery AFTER INSERT ON entry BEGIN"
    " INSERT INTO exchange VALUES (1, 2); END": "the trigger flattery is not this program's",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET"
    " sql = replace(sql, 'refers_to < id', 'refers_to < 9') WHERE name = 'entry'": (
        "the table entry is not as this program makes it"
    ),
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


@pytest.mark.on("postgresql")
@pytest.mark.parametrize(
    ("statement", "reason", "finding"),
    [
        (
            "DROP TABLE exchange CASCADE",
            "the table exchange is missing, or is not a table",
            "schema: the table exchange is missing, or is not a table",
        ),
        (
            "ALTER TABLE party RENAME COLUMN short TO shorter",
            'column "short" does not exist',
            "digests: the chain breaks at entry 1: it cannot be read",
        ),
    ],
)
def test_a_table_or_a_column_that_is_gone_is_damage_and_no_bug(
    target: Target, tracker: Run, statement: str, reason: str, finding: str
) -> None:
    with psycopg.connect(target.address) as owner:
        owner.execute(statement.encode())

    week, check = tracker("week"), tracker("db", "check")

    assert week.code == code_of("book damaged")
    assert f"is damaged: {reason}. Restore" in week.err
    assert check.code == 1
    assert finding in check.out


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM alembic_version", "its schema revision is missing"),
        ("INSERT INTO alembic_version VALUES ('9999')", "it has two schema revisions"),
        ("UPDATE alembic_version SET version_num = '0000'", "Can't locate revision"),
    ],
)
def test_a_revision_that_no_program_knows_is_damage(
    connection: Connection, tracker: Run, statement: str, said: str
) -> None:
    without_guards_of_revision(connection)
    connection.text(statement)

    ran, checked = tracker("db", "upgrade"), tracker("db", "check")

    assert ran.code == code_of("book damaged")
    assert f"is damaged: {said}" in ran.err
    assert (checked.code, checked.out[:8]) == (1, "schema: ")


def without_guards_of_revision(connection: Connection) -> None:
    if connection.target.dialect == "sqlite":
        connection.text("DROP TRIGGER alembic_version_no_delete")
        connection.text("DROP TRIGGER alembic_version_no_other")
    else:
        connection.text("DROP TRIGGER alembic_version_no_change ON alembic_version")
        connection.text("DROP INDEX alembic_version_no_other")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('9999')",
                  "INSERT INTO alembic_version VALUES ('0000')"],
)  # fmt: skip
def test_a_book_has_one_revision(connection: Connection, tracker: Run, statement: str) -> None:
    with pytest.raises(
        (sqlite3.IntegrityError, psycopg.Error), match=r"append-only|alembic_version_no_other"
    ):
        connection.text(statement)

    assert tracker("db", "check").code == 0


def test_an_edit_is_found_behind_a_guard_that_lets_it_pass(book: Path, tracker: Run) -> None:
    with sqlite3.connect(book) as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET note = 'as if' WHERE id = 13")
        raw.execute("CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    raw.close()

    ran = tracker("db", "check")

    assert ran.out.splitlines() == [
        "schema: the trigger entry_no_update is not as this program makes it",
        "digests: the chain breaks at entry 13: its digest does not fit",
    ]


def test_what_others_add_to_a_book_is_no_damage(book: Path, tracker: Run) -> None:
    with sqlite3.connect(book) as raw:
        raw.execute("CREATE VIEW ours AS SELECT * FROM reading")
        raw.execute("CREATE TABLE remark (entry INTEGER, text TEXT)")
    raw.close()

    assert tracker("db", "check").code == 0


@pytest.mark.parametrize(
    ("index", "finding"),
    [("entry (note COLLATE swedish)", "integrity: no such collation sequence"),
     ("entry (folded(note))", "integrity: unknown function: folded()"),
     ("batch (author)", "schema: the index by_hand is not this program's")],
)  # fmt: skip
def test_an_index_that_ends_the_program_is_found(
    book: Path, tracker: Run, index: str, finding: str
) -> None:
    with sqlite3.connect(book) as raw:
        raw.create_collation("swedish", lambda one, other: (one > other) - (one < other))
        raw.create_function("folded", 1, lambda text: text, deterministic=True)
        unique = "UNIQUE " if index.startswith("batch") else ""
        raw.execute(f"CREATE {unique}INDEX by_hand ON {index}")
    raw.close()

    ran = tracker("db", "check")
    assert (ran.code, ran.out.startswith(finding.format(book=book))) == (1, True), ran.out
    logged = [tracker("log", "soybeans", stage) for stage in ("partial", "met")]
    assert not [ran.err for ran in logged if "A bug" in ran.err]


GUARD = "SELECT sql FROM sqlite_master WHERE name ="


def test_a_row_that_names_nothing_is_found(book: Path, tracker: Run) -> None:
    with sqlite3.connect(book) as raw:
        ((guard,),) = raw.execute(f"{GUARD} 'exchange_no_addition'")
        raw.execute("DROP TRIGGER exchange_no_addition")
        raw.execute("INSERT INTO exchange VALUES (9, 99)")
        raw.execute(guard)
        raw.execute("INSERT INTO party VALUES (99, 'declaration', 1, 'Japan', 'Japan', NULL)")
    raw.close()

    ran, copied = tracker("db", "check"), tracker("db", "backup", book.with_name("copy.db"))

    why = "is damaged: foreign keys: a row of exchange names no row of thing"
    assert (copied.code, why in copied.err) == (code_of("book damaged"), True)
    assert not book.with_name("copy.db").exists()
    assert ran.code == 1
    assert "foreign keys: row 99 of party names no row of entry\n" in ran.out
    assert "foreign keys: a row of exchange names no row of thing\n" in ran.out


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
            ("integrity: ", "foreign keys: ", "schema: ", "digests: ", "guards: ")
        )
    assert (copied.code, copied.err.count("\n")) == (7, 1)
    assert not book.with_name("copy.db").exists()


# --- the chain --------------------------------------------------------------------------------


OTHER = "9f3c2d410b7e5a86c1d2f0e3b4a59687"
"""The head of another book."""


def known_at(connection: Connection, entry: int) -> str:
    """Return the number of entries and the head that a page printed at that time."""
    return f"{entry}:{str(held_by(connection, entry).head)[:32]}"


def test_a_sound_book_says_how_many_entries_it_holds_and_its_head(
    connection: Connection, target: Target, tracker: Run
) -> None:
    ran = tracker("db", "check")

    head = held_by(connection).head
    assert ran == (0, f"{target}: sound, 24 entries, head {head}.\n", "")


def test_an_empty_book_is_sound(tracker: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    assert tracker("init", "--empty", db=empty).code == 0

    assert tracker("db", "check", db=empty) == (0, f"{empty}: sound, 0 entries.\n", "")


def test_a_broken_chain_says_where(connection: Connection, tracker: Run) -> None:
    unguarded(connection, "entry", "UPDATE entry SET note = 'as if' WHERE id = 13")

    ran = tracker("db", "check", "--against", f"24:{OTHER}")

    assert ran.code == 1
    assert ran.out.endswith("digests: the chain breaks at entry 13: its digest does not fit\n")


def test_a_book_begins_with_what_every_page_of_it_once_said(
    connection: Connection, target: Target, tracker: Run
) -> None:
    first_page = tracker("week", "2026-W01").out.splitlines()[-1]
    entries, head = re.fullmatch(r"[0-9-]+#(\d+) · .* head (\w+)", first_page).groups()
    assert tracker(*LOG).code == 0
    assert tracker("retract", "tiktok", "--everything", "--reason", "Sold in January").code == 0

    for mark in (f"{entries}:{head}", known_at(connection, 25), f"#24:{head.upper()}"):
        ran = tracker("db", "check", "--against", mark)
        assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
        assert ran.out.startswith(f"{target}: sound, 27 entries, head ")
        assert ran.out.endswith(f"; begins with {mark.lower().removeprefix('#')}.\n")
    ran = tracker("db", "check", "--against", first_page)
    assert ran.out.endswith(f"; begins with {entries}:{head}.\n")


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("mark", "differs"),
    [
        (f"24:{OTHER}", "its head at entry 24 is {head}"),
        ("25:{head}", "its head at entry 26 is {last}"),
        ("9999999999:{head}", "it has only 26 entries"),
    ],
)
def test_a_book_that_begins_otherwise_says_what_differs(
    connection: Connection, tracker: Run, mark: str, differs: str
) -> None:
    head = known_at(connection, 24).partition(":")[2]
    assert tracker("retract", "tiktok", "--everything", "--reason", "Sold in January").code == 0
    last = known_at(connection, 26).partition(":")[2]
    mark, differs = mark.format(head=head), differs.format(head=head, last=last)

    ran = tracker("db", "check", "--against", mark)

    assert (ran.code, ran.err) == (1, "")
    assert ran.out == f"head: the book does not begin with {mark}: {differs}\n"


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("form", ["text", "markdown", "html", "mail", "json"])
def test_a_report_in_any_form_says_what_the_book_begins_with(tracker: Run, form: str) -> None:
    """The whole report will do, its last line, and the book in its JSON."""
    page = tracker("gains", "-f", form).out
    exported = tracker("export").out.splitlines()[0]
    lines = [line for line in page.splitlines() if "head" in line][-1:]
    marks = [page, exported, *(lines if form in ("text", "markdown") else [])]
    assert tracker(*LOG).code == 0

    for mark in marks:
        ran = tracker("db", "check", "--against", mark)
        assert (ran.code, ran.err) == (0, "")
        assert "; begins with 24:" in ran.out


@pytest.mark.on("sqlite")
def test_a_machine_without_a_folder_for_temporary_files_is_told_what_to_set(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a container whose only writable folder has the book."""

    def homeless(*_: object) -> Path:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr("tempfile.mkdtemp", homeless)

    ran = tracker("db", "check")

    assert (ran.code, ran.out) == (code_of("no temporary folder"), "")
    assert ran.err == (
        "tracker: There is no folder for temporary files: no usable temporary directory found in"
        " ['/tmp']. Set TMPDIR to one in which you may write\n"
    )


@pytest.mark.on("sqlite")
def test_a_table_without_a_head_is_told_where_to_find_one(tracker: Run) -> None:
    ran = tracker("db", "check", "--against", tracker("gains", "-f", "csv").out)

    assert ran.code == code_of("misuse")
    assert "give the last line of a report, or its JSON, in quotes; CSV holds no head" in ran.err


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "mark",
    ["24", "24:", f":{OTHER}", f"24:{OTHER[:31]}", f"24:{OTHER}x", f"0:{OTHER}",
     f"999999999999:{OTHER}",
     f"-1:{OTHER}", f"24 {OTHER}", f"٢٤:{OTHER}", "24:" + "0" * 65, f"24:{OTHER}:1", "last"],
)  # fmt: skip
def test_what_no_page_says_is_wrong_usage(tracker: Run, tmp_path: Path, mark: str) -> None:
    ran = tracker("db", "check", "--against", mark, db=tmp_path / "none.db")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"tracker: Invalid value: '{shortened(mark)}' is not a number and a head of 32 digits;"
        " give the last line of a report, or its JSON, in quotes; CSV holds no head."
        " See 'tracker db check --help'.\n"
    )


# --- roles ------------------------------------------------------------------------------------


LOG = ("log", "soybeans", "partial", "-m", "8 MMT sold", "--source", "https://usda.example/x")


DECLARE = ("add", "party", "jp", "--name", "Japan", "--short", "Japan")
RETRACT = ("retract", "13", "--reason", "Misread")
CHANGE = ("change", "tiktok", "--title", "Let TikTok be sold", "--reason", "As agreed")


@pytest.mark.on("postgresql")
def test_a_reader_reads_and_does_nothing_else(granted: Target, tracker: Run) -> None:
    reader = as_role(granted, "reader")

    assert tracker("week", db=reader).code == 0
    assert tracker("db", "check", db=reader).code == 0
    for command in (LOG, ("note", "tiktok", "still pending"), DECLARE, CHANGE, RETRACT):
        refused(tracker, reader, *command)


@pytest.mark.on("postgresql")
def test_a_writer_records_declares_and_corrects(granted: Target, tracker: Run) -> None:
    writer = as_role(granted, "writer")

    for command in (LOG, ("undo",), DECLARE, CHANGE, ("apply", PHASE_ONE)):
        ran = tracker(*command, db=writer)
        assert ran.code == 0, ran.err

    assert tracker("db", "check", db=writer).out.startswith(f"{Target.parse(writer)}: sound, ")


@pytest.mark.on("postgresql")
def test_whoever_has_neither_role_is_shut_out(target: Target, tracker: Run) -> None:
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
        owner.execute("DROP ROLE IF EXISTS stranger")
        owner.execute("CREATE ROLE stranger LOGIN")
        owner.execute(ROLES.encode())

        assert owner.execute(
            "SELECT has_schema_privilege('public', 'public', 'CREATE')"
        ).fetchall() == [(False,)]
    ran = tracker("week", db=as_role(target, "stranger"))
    assert ran.code == 7
    assert "permission denied for database" in ran.err
    assert "Check the address" in ran.err


@pytest.mark.on("postgresql")
def test_grants_that_shut_nobody_out_are_an_error(target: Target) -> None:
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS half_owner")
        owner.execute("CREATE ROLE half_owner LOGIN CREATEROLE")

        owner.execute("GRANT CREATE ON SCHEMA public TO half_owner")
        owner.execute("ALTER TABLE entry OWNER TO half_owner")  # but not the database
    with (
        psycopg.connect(as_role(target, "half_owner"), autocommit=True) as session,
        pytest.raises(psycopg.errors.RaiseException, match="everybody may still connect to"),
    ):
        session.execute(ROLES.encode())


@pytest.mark.on("postgresql")
def test_grants_by_anybody_but_the_owner_are_an_error(granted: Target) -> None:
    with (
        psycopg.connect(as_role(granted, "writer"), autocommit=True) as session,
        pytest.raises(psycopg.errors.RaiseException, match="only the owner of the book"),
    ):
        session.execute(ROLES.encode())


@pytest.mark.on("sqlite")
def test_the_script_of_the_roles_names_every_table_and_view(connection: Connection) -> None:
    named = re.findall(r"(\w+) text\[\] := ARRAY\[(.*?)\]", ROLES, re.DOTALL)
    lists = {name: re.findall(r"\w+", words) for name, words in named}
    made = connection.text("SELECT name FROM sqlite_master WHERE type = 'view'")

    assert {*lists["tables"]} == {*TABLES}
    assert {*lists["views"]} == {view for (view,) in made}


@pytest.fixture
def second(server: Server) -> Iterator[Target]:
    """Another book on the same server."""
    name = server.create()
    yield with_roles(fill(Target.parse(server.url(name)), "us-eu"), "_of_second")
    server.drop(name)


@pytest.mark.on("postgresql")
@pytest.mark.parametrize("role", ["reader", "writer"])
@pytest.mark.usefixtures("granted")
def test_a_role_of_one_book_has_no_right_to_another(
    second: Target, tracker: Run, role: str
) -> None:
    """Not even if an administrator lets everybody connect to both."""
    theirs = as_role(second, role)
    assert tracker("week", db=as_role(second, f"{role}_of_second")).code == 0

    ran = tracker("week", db=theirs)
    assert (ran.code, "permission denied for database" in ran.err) == (7, True)
    with psycopg.connect(second.address, autocommit=True) as owner:
        owner.execute(f"GRANT CONNECT ON DATABASE {owner.info.dbname} TO PUBLIC".encode())
    for command in (("week",), LOG, ("log", "eu-auto-tariff", "met")):
        ran = tracker(*command, db=theirs)
        assert (ran.code, ran.err.count("\n")) == (code_of("not permitted"), 1)


@pytest.mark.on("postgresql")
def test_the_owner_of_one_book_has_no_right_to_another(second: Target, tracker: Run) -> None:
    with psycopg.connect(second.address, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS other_owner")
        owner.execute("CREATE ROLE other_owner LOGIN CREATEDB CREATEROLE")

    ran = tracker("week", db=as_role(second, "other_owner"))

    assert (ran.code, "permission denied for database" in ran.err) == (7, True)


@pytest.mark.on("postgresql")
def test_the_roles_of_a_server_that_0_3_made_lose_their_rights(target: Target) -> None:
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS tracker_writer")
        owner.execute("CREATE ROLE tracker_writer")
        for granted in ("SELECT, INSERT ON entry", "EXECUTE ON FUNCTION take_turn()",
                        f"CONNECT ON DATABASE {owner.info.dbname}"):  # fmt: skip
            owner.execute(f"GRANT {granted} TO tracker_writer".encode())

        owner.execute(ROLES.encode())

        owner.execute("DROP ROLE tracker_writer")  # which nobody can who has a right
        assert (
            owner.execute("SELECT 1 FROM pg_roles WHERE rolname = 'tracker_writer'").fetchall()
            == []
        )


@pytest.mark.slow
@pytest.mark.on("postgresql")
def test_a_dump_is_restored_on_a_new_server_as_documented(
    granted: Target, server: Server, tracker: Run
) -> None:
    assert tracker(*LOG, db=as_role(granted, "writer")).code == 0
    held = tracker("db", "check", db=granted.address).out.partition(": ")[2]
    dump = server.folder / "truce.dump"
    server.run("pg_dump", "-Fc", "-x", "-f", dump, granted.address)
    other = started()
    try:
        new = Target.parse(other.url(other.create()))
        other.run("pg_restore", "-x", "--exit-on-error", "-d", new.address, dump)
        with_roles(new)

        assert tracker("db", "check", db=new.address).out.partition(": ")[2] == held
        assert tracker("week", db=as_role(new, "reader")).code == 0
        refused(tracker, as_role(new, "reader"), *LOG)
        assert tracker("undo", db=as_role(new, "writer")).code == 0
        assert tracker(*DECLARE, db=as_role(new, "writer")).code == 0
    finally:
        other.stop()


@pytest.mark.on("postgresql")
def test_a_writer_cannot_change_the_schema(old: Target, granted: Target, tracker: Run) -> None:
    assert old == granted

    ran = tracker("db", "upgrade", db=as_role(granted, "writer"))

    assert (ran.code, ran.out) == (code_of("not permitted"), "")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("Ask the owner of the database to do it, or to give you that right\n")


@pytest.mark.on("postgresql")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE entry SET note = ''", "DELETE FROM source", "TRUNCATE entry", "DROP TABLE entry",
     "UPDATE batch SET author = ''", "DELETE FROM thing", "CREATE TABLE t (i int)",
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
    assert (ran.code, ran.out) == (code_of("book read only"), "")
    assert ran.err == (
        f"tracker: {Target.parse(address)} is read-only for you, or its folder is; nothing"
        " was written. Ask for write access; on a server, for the role that may record or, if it is"
        " a standby, for its primary\n"
    )

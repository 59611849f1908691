"""A database that silently drops rows: no receipt is printed for what is not there."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.conftest import Run
from tests.refusals import code_of
from tracker import schema
from tracker.database import Connection, Target, open_book
from tracker.interchange import seeds

TABLES = ("thing", "entry", "concession", "concession_party", "deadline", "batch")
"""Where an `apply` writes; the others write in some of these."""


def drop_rows(target: Target, table: str, when: str = "") -> None:
    """Make the database drop each new row of a table, as somebody else's trigger may do."""
    if target.dialect == "sqlite":
        driver = sqlite3.connect(target.address)
        driver.execute(
            f"CREATE TRIGGER quota BEFORE INSERT ON {table} {when and f'WHEN {when}'}"
            " BEGIN SELECT RAISE(IGNORE); END"
        )
        driver.close()
        return
    with psycopg.connect(target.address) as connection:
        connection.execute(DROPS.format(name="quota"))
        connection.execute(
            f"CREATE TRIGGER quota BEFORE INSERT ON {table} FOR EACH ROW"
            f" {when and f'WHEN ({when})'} EXECUTE FUNCTION quota()".encode()
        )


DROPS = "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"


def rows(target: Target) -> list[object]:
    connection = open_book(target)
    found = [connection.text(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]
    connection.close()
    return found


@pytest.fixture
def refused(target: Target, tracker: Run) -> Callable[..., None]:
    """Run a command, and check that it is refused and wrote nothing."""

    def run(*command: object) -> None:
        before = rows(target)
        ran = tracker(*command)
        assert (ran.code, ran.out) == (code_of("rows dropped"), ""), ran
        assert ran.err.startswith(f"tracker: {target} did not keep every row (")
        assert ran.err.endswith(
            "; nothing was written. Look for a trigger or a rule that is not this program's;"
            " 'tracker db check' may name it\n"
        )
        assert ran.err.count("\n") == 1
        assert rows(target) == before

    return run


@pytest.mark.parametrize("table", ["entry", "batch"])
@pytest.mark.parametrize(
    "command",
    [
        ("log", "soybeans", "rare-earths", "partial"),
        ("checked",),
        ("undo",),
        ("retract", "25", "--reason", "Misread"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.on("sqlite")
def test_a_command_whose_rows_are_dropped_is_refused(
    target: Target,
    tracker: Run,
    refused: Callable[..., None],
    table: str,
    command: tuple[str, ...],
) -> None:
    assert tracker("note", "soybeans", "COFCO signs").code == 0
    drop_rows(target, table)

    refused(*command)


@pytest.fixture
def cargoes(target: Target, tmp_path: Path) -> Path:
    """A file of 3,000 notes, of which the database drops one."""
    lines = [f"soybeans,2026-01-05,note,Cargo {number}\n" for number in range(3_000)]
    updates = tmp_path / "updates.csv"
    updates.write_text("concession,effective_on,kind,note\n" + "".join(lines))
    drop_rows(target, "entry", "NEW.note = 'Cargo 2222'")
    return updates


@pytest.mark.on("sqlite")
@pytest.mark.slow
def test_one_row_of_many_that_is_dropped_is_noticed(
    refused: Callable[..., None], cargoes: Path
) -> None:
    refused("import", cargoes)


@pytest.mark.slow
@pytest.mark.on("postgresql")
def test_a_server_misses_the_number_of_a_row_that_is_dropped(
    target: Target, tracker: Run, cargoes: Path
) -> None:
    before = rows(target)

    ran = tracker("import", cargoes)

    assert (ran.code, ran.out) == (code_of("row refused"), "")
    assert "its number is not the next one; nothing was written" in ran.err
    assert rows(target) == before


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.on("sqlite")
def test_a_file_whose_declarations_are_dropped_is_refused(
    target: Target, refused: Callable[..., None], table: str, tmp_path: Path
) -> None:
    file = tmp_path / "busan.toml"
    file.write_text(seeds.find("us-japan").read_text("utf-8"), "utf-8")
    drop_rows(target, table)

    refused("--today", "2026-11-26", "apply", file)


def test_a_new_source_whose_row_is_dropped_is_refused(
    target: Target, refused: Callable[..., None]
) -> None:
    drop_rows(target, "thing")

    refused("log", "soybeans", "partial", "--source", "https://www.usda.gov/export-sales")


@pytest.fixture
def dropping(empty_database: Target) -> Target:
    """A database in which each new table `entry` drops its rows."""
    with psycopg.connect(empty_database.address) as connection:
        connection.execute(DROPS.format(name="public.quota"))
        connection.execute(
            "CREATE FUNCTION public.ensnare() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity ="
            " 'public.entry') THEN CREATE TRIGGER quota BEFORE INSERT ON public.entry"
            " FOR EACH ROW EXECUTE FUNCTION public.quota(); END IF; END $$"
        )
        connection.execute(
            "CREATE EVENT TRIGGER ensnare ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
            " EXECUTE FUNCTION public.ensnare()"
        )
    return empty_database


@pytest.mark.on("postgresql")
def test_a_new_book_whose_rows_are_dropped_is_not_made(dropping: Target, tracker: Run) -> None:
    ran = tracker("init", "article", db=dropping.address)

    assert (ran.code, ran.out) == (code_of("rows dropped"), "")
    with psycopg.connect(dropping.address) as connection:
        assert connection.execute("SELECT to_regclass('entry')").fetchone() == (None,)


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("export", [False, True])
def test_a_new_file_whose_rows_are_dropped_is_not_made(
    export: bool, tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = schema.migrate

    def ensnared(connection: Connection, direction: str, revision: str) -> None:
        made(connection, direction, revision)
        connection.text(
            "CREATE TRIGGER quota BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END"
        )

    kept = tmp_path / "kept.jsonl"
    assert tracker("export", kept).code == 0
    monkeypatch.setattr(schema, "migrate", ensnared)

    ran = tracker("init", kept if export else "article", db=tmp_path / "new.db")

    assert (ran.code, ran.out) == (code_of("rows dropped"), ""), ran
    assert not (tmp_path / "new.db").exists()

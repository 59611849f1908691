"""The guards in the database itself: no program, ours or another, changes what was recorded."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.conftest import TODAY, book_at
from tracker.database import Connection
from tracker.dates import iso_moment
from tracker.entry import Fingerprint
from tracker.errors import Refused
from tracker.journal.verbs import keep
from tracker.journal.writer import Writer
from tracker.models import metadata
from tracker.vocabulary import Media

REFUSAL = "append-only: log a new entry, or retract"
TABLES = {name: [*table.columns.keys()] for name, table in metadata.tables.items()}
OTHER_KEYS = {
    "thing": {"id": "99"},
    "entry": {"id": "99"},
    "batch": {"id": "99"},
    "concession_party": {"party_id": "3"},
}
"""The tables with a second key, and what a row would have that takes another's place by it."""


def again(table: str, **changed: str) -> str:
    """Return the end of an INSERT that writes a table's first row again, with some other values.

    SQLite takes the upsert of a SELECT for a join, unless the SELECT has a WHERE.
    """
    columns = TABLES[table]
    values = ", ".join(changed.get(column, column) for column in columns)
    first = f"SELECT {values} FROM {table} WHERE true ORDER BY {columns[0]} LIMIT 1"
    return f"INTO {table} ({', '.join(columns)}) {first}"


def upsert(table: str) -> str:
    keys = ", ".join(metadata.tables[table].primary_key.columns.keys())
    column = TABLES[table][-1]
    return f"INSERT {again(table)} ON CONFLICT ({keys}) DO UPDATE SET {column} = excluded.{column}"


ANYWHERE = [
    statement
    for table, columns in TABLES.items()
    for statement in (
        f"UPDATE {table} SET {columns[-1]} = {columns[-1]}",
        f"DELETE FROM {table}",
        upsert(table),
    )
]
ON_SQLITE = [
    *ANYWHERE,
    "UPDATE entry SET note = 'never said' WHERE id = 13",
    "UPDATE OR REPLACE entry SET id = 2 WHERE id = 1",
    "DELETE FROM entry WHERE id = 12",
    *(f"INSERT OR REPLACE {again(table)}" for table in TABLES),
    *(f"REPLACE {again(table, **other)}" for table, other in OTHER_KEYS.items()),
]


WORDS = Fingerprint("ab" * 32, "cd" * 32, 398, Media.HTML, "html 1")


@pytest.fixture
def book(book: Path) -> Path:
    """The article's book with a kept text, so that every table has a row."""
    with book_at(book) as opened:
        with_text(opened)
    return book


@pytest.fixture
def full(connection: Connection) -> Connection:
    """The same, open, on either database."""
    with_text(connection)
    return connection


def with_text(connection: Connection) -> None:
    with connection.writing():
        keep(Writer(connection, "analyst", TODAY, datetime.now(UTC)), "article", WORDS, TODAY)


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: connection.text(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2")
        for table, columns in TABLES.items()
    }


def test_every_table_of_the_book_is_guarded(full: Connection) -> None:
    held = contents(full)

    assert len(held) == 12
    assert all(held.values())  # nothing below is refused for want of a row


def test_another_program_with_default_settings_is_refused(book: Path) -> None:
    before = book.read_bytes()
    with closing(sqlite3.connect(book, isolation_level=None)) as driver:
        for change in ON_SQLITE:
            with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
                driver.execute(change)

    assert book.read_bytes() == before


def test_no_row_is_replaced_by_a_hidden_number(book: Path) -> None:
    with closing(sqlite3.connect(book, isolation_level=None)) as driver:
        for table in TABLES:
            insert = again(table, place="9", party_id="3", in_return_for_id="12")
            by_number = insert.replace("(", "(rowid, ", 1).replace("SELECT ", "SELECT rowid, ", 1)
            with pytest.raises(sqlite3.Error, match=f"{REFUSAL}|no column named rowid"):
                driver.execute(f"REPLACE {by_number}")


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell")
def test_the_sqlite3_shell_is_refused(book: Path) -> None:
    before = book.read_bytes()

    shell = subprocess.run(
        ["sqlite3", str(book)],
        input=";\n".join([*ON_SQLITE, ""]),
        capture_output=True,
        text=True,
        check=False,
    )

    assert shell.returncode != 0
    assert shell.stderr.count(REFUSAL) == len(ON_SQLITE)
    assert book.read_bytes() == before


@pytest.mark.on("postgresql")
def test_another_client_of_the_server_is_refused(full: Connection) -> None:
    before = contents(full)
    truncations = [f"TRUNCATE {table} CASCADE" for table in TABLES]

    for change in [*ANYWHERE, *truncations, f"TRUNCATE {', '.join(TABLES)}"]:
        with (
            psycopg.connect(full.target.address) as client,
            pytest.raises(psycopg.errors.RaiseException, match=REFUSAL),
        ):
            client.execute(change.encode())

    assert contents(full) == before


SOURCE, AGREEMENT, TIKTOK = 3, 4, 12
VERSION = {"entry_id": 26, "entry_kind": "declaration", "thing_id": SOURCE}
TITLED = {"title": "Buy soybeans", "source_id": SOURCE, "agreement_id": AGREEMENT}
ADDITIONS: dict[str, dict[str, object]] = {
    "entry_source": {"entry_id": 26, "place": 1, "source_id": SOURCE},
    "party": VERSION | {"name": "Japan", "short": "Japan"},
    "source": VERSION | {"official": False},
    "source_text": VERSION
    | {"entry_kind": "text", "words": 3, "media": "html", "reader": "html 1"}
    | {"file_sha256": b"f" * 32, "words_sha256": b"w" * 32},
    "agreement": VERSION
    | {"title": "Truce", "source_id": SOURCE}
    | {"agreed_on": "2025-10-31", "agreed_on_precision": "day"},
    "concession": VERSION
    | TITLED
    | {"sector": "farming", "kind": "other", "instrument": "law", "test": "They buy"},
    "concession_party": {"entry_id": 9, "role": "receiver", "place": 2, "party_id": 2},
    "exchange": {"entry_id": 9, "in_return_for_id": TIKTOK},
    "deadline": VERSION
    | {"agreement_id": AGREEMENT, "kind": "review", "label": "Review", "source_id": SOURCE}
    | {"due_on": "2026-06-30", "due_on_precision": "day"},
}
"""A row of each table whose rows belong to an entry, which fits an entry that is sealed."""


@pytest.mark.parametrize("table", ADDITIONS)
def test_nothing_is_added_beside_an_entry_once_its_batch_is_there(
    full: Connection, table: str
) -> None:
    row, moment = ADDITIONS[table], iso_moment(datetime.now(UTC))
    entry = {"id": 26, "batch": 3, "kind": row.get("entry_kind", "check"), "subject_id": SOURCE}
    known = {"effective_on": "2026-01-07", "key": b"k" * 16, "nth": 1, "digest": b"d" * 32}
    batch = {"id": 3, "command": "log", "author": "li", "recorded_at": moment, "utc_offset": 0}
    with full.writing():
        full.insert("entry", [entry | known])
        full.insert("batch", [batch | {"first_entry": 26, "seal": b"s" * 32}])
    held = contents(full)

    with pytest.raises((sqlite3.IntegrityError, Refused), match=r"append-only|entry is sealed"):
        full.insert(table, [row])
    assert contents(full) == held

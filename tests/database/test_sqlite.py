import sqlite3
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import SYNCED, book_at
from tests.database import deliveries
from tests.refusals import raises
from tracker.database import Connection, sqlite
from tracker.dates import iso_moment

pytestmark = pytest.mark.on("sqlite")

EXTRA = 3
"""What SQLite calls the setting with which a commit survives a power failure."""


def test_a_book_is_opened_with_the_settings_that_keep_it_safe(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SETTINGS", SYNCED)
    with book_at(book) as connection:
        names = ("busy_timeout", "foreign_keys", "recursive_triggers", "synchronous")
        settings = [connection.text(f"PRAGMA {name}")[0][0] for name in names]

        assert settings == [10_000, 1, 1, EXTRA]
        assert connection.text("PRAGMA journal_mode") == [("delete",)]


JAPAN = "INSERT INTO thing (namespace, slug) VALUES ('party', 'jp')"
PARTIES = "SELECT slug FROM thing WHERE namespace = 'party' ORDER BY slug"


def test_an_exception_takes_back_all_that_was_written(connection: Connection) -> None:
    with pytest.raises(ZeroDivisionError), connection.writing():
        assert connection.text(JAPAN) or 1 / 0

    assert connection.text(PARTIES) == [("cn",), ("us",)]


def test_a_reader_sees_one_unchanging_book(book: Path, connection: Connection) -> None:
    with book_at(book) as other:
        with connection.reading():
            before = connection.text(PARTIES)
            with raises("book locked"), shortly(other).writing():
                other.text(JAPAN)
            assert connection.text(PARTIES) == before
        with other.writing():
            other.text(JAPAN)

    assert connection.text(PARTIES) == [("cn",), ("jp",), ("us",)]


def test_a_writer_that_holds_the_lock_too_long_is_told_of(
    book: Path, connection: Connection
) -> None:
    complaint = "is locked by another process. Try again in a moment"
    with (
        book_at(book) as other,
        connection.writing(),
        raises("book locked", match=complaint),
        shortly(other).writing(),
    ):
        pass


def test_days_and_decimals_come_back_as_they_went_in(connection: Connection) -> None:
    deliveries.declare(connection, target="12.500000001")

    rows = connection.query("SELECT opens_on, due_on, target FROM deadline ORDER BY entry_id")

    assert rows[-1] == (date(2025, 11, 1), date(2025, 12, 31), Decimal("12.500000001"))


def test_a_moment_is_asked_for_as_it_was_kept(connection: Connection) -> None:
    deliveries.declare(connection)
    ((moment,),) = connection.query("SELECT recorded_at FROM batch WHERE id = 2")
    by_then = "SELECT id FROM batch WHERE recorded_at <= :moment ORDER BY id"

    assert connection.query(by_then, moment=iso_moment(moment)) == [(1,), (2,)]
    before = iso_moment(moment - timedelta(microseconds=1))
    assert connection.query(by_then, moment=before) == [(1,)]


def test_a_migration_that_leaves_a_row_without_what_it_names_is_taken_back(
    connection: Connection,
) -> None:
    with (
        raises("book damaged", match="is damaged: foreign keys of exchange"),
        connection.migrating(),
    ):
        connection.text("DROP TRIGGER exchange_no_addition")
        connection.text("INSERT INTO exchange VALUES (9, 99)")

    assert connection.text("SELECT * FROM exchange WHERE entry_id = 9") == []


def test_a_mistake_in_a_statement_is_a_bug_and_no_refusal(connection: Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table: entries"):
        connection.text("SELECT * FROM entries")


def shortly(connection: Connection) -> Connection:
    """Make a connection wait for a lock no longer than a test should."""
    connection.text("PRAGMA busy_timeout = 20")
    return connection

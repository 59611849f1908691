import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.database import Connection, Target, open_book, sqlite
from tracker.errors import BookLocked

pytestmark = pytest.mark.on("sqlite")


def test_a_book_is_opened_with_the_settings_that_keep_it_safe(connection: Connection) -> None:
    settings = {
        name: connection.text(f"PRAGMA {name}")[0][0]
        for name in ("busy_timeout", "foreign_keys", "recursive_triggers", "synchronous")
    }

    full = 2
    assert settings == {
        "busy_timeout": 10_000,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "synchronous": full,
    }
    assert connection.text("PRAGMA journal_mode") == [("delete",)]


def test_an_exception_takes_back_all_that_was_written(connection: Connection) -> None:
    japan = "INSERT INTO party (slug, name, short) VALUES ('jp', 'Japan', 'Japan')"

    with pytest.raises(ZeroDivisionError), connection.writing():
        assert connection.text(japan) or 1 / 0

    assert connection.text("SELECT slug FROM party ORDER BY slug") == [("cn",), ("us",)]


def test_a_reader_sees_one_unchanging_book(book: Path, connection: Connection) -> None:
    other = open_book(Target("sqlite", str(book)))
    rename = "UPDATE party SET short = 'PRC' WHERE slug = 'cn'"
    with connection.reading():
        before = connection.rows("parties")
        with pytest.raises(BookLocked), shortly(other).writing():
            other.text(rename)
        assert connection.rows("parties") == before
    with other.writing():
        other.text(rename)
    other.close()

    assert connection.rows("parties") != before


def test_a_writer_that_holds_the_lock_too_long_is_told_of(
    book: Path, connection: Connection
) -> None:
    other = open_book(Target("sqlite", str(book)))
    complaint = "is locked by another process. Try again in a moment"
    with connection.writing(), pytest.raises(BookLocked, match=complaint), shortly(other).writing():
        pass
    other.close()


def test_days_moments_and_decimals_come_back_as_they_went_in(connection: Connection) -> None:
    columns = "slug, agreement_id, kind, label, opens_on, due_on, due_on_precision, target, unit"
    with connection.writing():
        connection.driver.execute(
            f"INSERT INTO deadline ({columns}, source_id, recorded_at) VALUES"
            " ('soybeans-2025', 1, 'delivery', '12 MMT', :opens_on, :due_on, 'day', :target,"
            " 'MMT', 1, :recorded_at)",
            sqlite._bound(
                {
                    "opens_on": date(2025, 11, 1),
                    "due_on": date(2025, 12, 31),
                    "target": Decimal("12.5000000000000000001"),
                    "recorded_at": datetime(2026, 1, 8, 9, tzinfo=UTC),
                }
            ),
        )

    row = connection.rows("deadlines", known_by=datetime(2026, 1, 8, 9, tzinfo=UTC))[-1]

    assert row[5:7] == (date(2025, 11, 1), date(2025, 12, 31))
    assert str(row[8]) == "12.5000000000000000001"
    earlier = datetime(2026, 1, 8, 8, 59, 59, 999999, tzinfo=UTC)
    known = [row[0] for row in connection.rows("deadlines", known_by=earlier)]
    assert "soybeans-2025" not in known


def test_statements_are_counted(connection: Connection) -> None:
    before = connection.executed

    connection.rows("parties")
    list(connection.stream("parties"))

    assert connection.executed == before + 2


def test_a_mistake_in_a_statement_is_a_bug_and_no_refusal(connection: Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table: entries"):
        connection.text("SELECT * FROM entries")


def shortly(connection: Connection) -> Connection:
    """Make a connection wait for a lock no longer than a test should."""
    connection.text("PRAGMA busy_timeout = 20")
    return connection

"""A number or a moment: each says how many entries of the book were known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.refusals import raises
from tracker.database import Connection, Target, open_book
from tracker.record import LATEST, Record
from tracker.reports.view import last_known_by

# Batches of the told book: #1 to #24 on 2 January at 9:00; #25 on 6 January at 9:00, #26 at 10:00
# and #27 at 11:00; #28 to #30 on 8 January from 9:00 to 11:00; #31 and #32 on 9 January.


@pytest.fixture
def opened(told: Path) -> Iterator[Connection]:
    connection = open_book(Target("sqlite", str(told)))
    yield connection
    connection.close()


def known_by(connection: Connection, given: str | int | date | None) -> int:
    return last_known_by(Record.read(connection), given, TODAY)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (None, LATEST),
        ("#32", 32),
        ("32", 32),
        (32, 32),
        (" #25 ", 25),
        ("#1", 24),  # a number within a batch means its last entry
        ("#13", 24),
        (23, 24),
        ("#0", 0),
        (0, 0),
        ("2026-01-01", 0),
        ("2026-01-02", 24),
        ("2026-01-02T08:59", 0),
        ("2026-01-02T09:00", 24),
        ("2026-01-06T09:59:59", 25),
        ("2026-01-06T10:00", 26),
        ("2026-01-06T18:00:00+08:00", 26),
        ("2026-01-06", 27),
        ("6 Jan 2026", 27),
        ("yesterday", 27),
        ("today", 30),
        (date(2026, 1, 8), 30),
        (datetime(2026, 1, 8, 10, tzinfo=UTC), 29),
        (datetime(2026, 1, 8, 9, 59, 59, 999999, tzinfo=UTC), 28),
        ("9999-12-31", 32),
    ],
)
def test_whatever_is_given_is_looked_up_to_the_last_entry_of_a_batch(
    opened: Connection, given: str | int | date | None, known: int
) -> None:
    assert known_by(opened, given) == known


@pytest.mark.parametrize("given", ["#33", "33", 33, "#2147483647", "99999999999"])
def test_a_number_beyond_the_last_entry_is_refused(opened: Connection, given: str | int) -> None:
    with raises("no such entry", match="It ends at 32"):
        known_by(opened, given)


@pytest.mark.parametrize(
    "given", ["", "#", "9f3c2d", "9f3c2d71ab04", "head", "#-1", "2026-02-30", "W60"]
)
def test_what_is_neither_a_number_nor_a_moment_is_refused(opened: Connection, given: str) -> None:
    with raises("not a moment"):
        known_by(opened, given)


def test_a_batch_is_known_from_the_moment_of_its_seal(
    connection: Connection,
) -> None:
    ((recorded_at,),) = connection.query("SELECT recorded_at FROM batch")

    assert known_by(connection, recorded_at) == 24
    assert known_by(connection, recorded_at - timedelta(microseconds=1)) == 0

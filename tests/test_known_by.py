"""A number, a head or a moment: each says how many entries of the book were known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.recording import Circumstances, note
from tests.refusals import raises
from tracker.database import Connection, Target, open_book
from tracker.dates import exactly
from tracker.declared import LATEST
from tracker.journal.writer import Writer
from tracker.resolver import known_by

# Batches of the told book: #1 to #24 on 2 January at 9:00; #25 on 6 January at 9:00, #26 at 10:00
# and #27 at 11:00; #28 to #30 on 8 January from 9:00 to 11:00; #31 and #32 on 9 January.


@pytest.fixture
def opened(told: Path) -> Iterator[Connection]:
    connection = open_book(Target("sqlite", str(told)))
    yield connection
    connection.close()


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
    assert known_by(opened, given, TODAY) == known


def test_each_head_names_the_batch_that_it_seals_in_any_case(opened: Connection) -> None:
    heads = opened.text("SELECT lower(hex(seal)) FROM batch ORDER BY id")

    for digits in (7, 12, 64):
        for (head,), last in zip(heads, range(24, 33), strict=True):
            given = head[:digits].upper()
            # Digits alone are the number of an entry.
            assert given.isdecimal() or known_by(opened, given, TODAY) == last


@pytest.mark.parametrize("given", ["#33", "33", 33, "#2147483647", "99999999999"])
def test_a_number_beyond_the_last_entry_is_refused(opened: Connection, given: str | int) -> None:
    with raises("no such entry", match="It ends at 32"):
        known_by(opened, given, TODAY)


def test_a_head_that_no_batch_has_is_refused(opened: Connection) -> None:
    with raises("no such head", match="No head 'abcdef0'"):
        known_by(opened, "abcdef0", TODAY)


def test_digits_with_which_two_heads_begin_are_refused(
    opened: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals = bytes.fromhex("9f3c2d40" * 8), bytes.fromhex("9f3c2d41" * 8)
    taken = iter([bytes(32), seals[0], bytes(32), seals[1]])  # each after that of its entry
    monkeypatch.setattr("tracker.journal.batch.digest", lambda *_: next(taken))
    for number in range(2):
        with opened.writing():
            moment = datetime(2026, 1, 10, 9, number, tzinfo=UTC)
            editor = Writer(opened, "editor", date(2026, 1, 10), moment)
            note(editor, "tiktok", f"Call {number}", Circumstances(exactly(date(2026, 1, 10))))

    with raises("ambiguous head", match="9f3c2d4"):
        known_by(opened, "9f3c2d4", TODAY)
    assert known_by(opened, "9f3c2d40", TODAY) == 33


@pytest.mark.parametrize("given", ["", "#", "9f3c2d", "head", "#-1", "2026-02-30", "W02"])
def test_what_is_neither_a_number_nor_a_head_nor_a_moment_is_refused(
    opened: Connection, given: str
) -> None:
    with raises("not a moment"):
        known_by(opened, given, TODAY)


def test_a_batch_is_known_from_the_moment_of_its_seal(
    connection: Connection,
) -> None:
    ((recorded_at,),) = connection.query("SELECT recorded_at FROM batch")

    assert known_by(connection, recorded_at, TODAY) == 24
    assert known_by(connection, recorded_at - timedelta(microseconds=1), TODAY) == 0

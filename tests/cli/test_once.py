"""What `--once` finds for programs and from Python; `once.story` has the commands."""

from datetime import UTC, date, datetime

from tests.conftest import TODAY, Run, data
from tracker import Book
from tracker.database import Connection, Target
from tracker.journal.writer import Writer


def test_programs_read_the_numbers_of_what_was_there(tracker: Run) -> None:
    note = ("note", "truce-year", "COFCO signs", "--once")
    tracker(*note)

    document = data(tracker, *note)

    assert (document["recorded"], document["already"]) == ([], [25])
    assert tracker(*note, "-f", "csv").out.count("\n") == 1


def test_python_has_it_too(target: Target) -> None:
    with Book.open(target.address, today=date(2026, 1, 8), author="analyst") as book:
        book.log("soybeans", "partial")

        assert book.log("soybeans", "partial", once=True).data["already"] == [25]
        assert [*book.checked(once=True)] != []
        assert [*book.checked(once=True)] == []


def test_what_is_said_already_is_looked_up_in_one_statement(connection: Connection) -> None:
    keys = [bytes(key) for (key,) in connection.text("SELECT key FROM entry ORDER BY id")]
    before = connection.executed

    found = Writer(connection, "analyst", TODAY, datetime.now(UTC)).live(keys)

    assert found == {key: entry for entry, key in enumerate(keys, 1)}
    assert connection.executed - before == 1

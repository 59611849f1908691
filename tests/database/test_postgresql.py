"""A PostgreSQL book that is used well, used badly, or loses its server."""

import sys
from datetime import UTC, date, datetime
from shlex import quote

import psycopg
import pytest

from tests.conftest import Run, fill
from tests.refusals import code_of, raises
from tests.server import Server
from tracker.database import Connection, Target, open_book, postgresql
from tracker.schema import creating
from tracker.state import Clocks, State

WRITE = "INSERT INTO thing (namespace, slug) VALUES ('party', 'eu')"
PARTIES = "SELECT slug FROM thing WHERE namespace = 'party' ORDER BY slug"

pytestmark = pytest.mark.on("postgresql")


# --- making a book ----------------------------------------------------------------------------


def test_init_fills_an_empty_database_and_says_where(tracker: Run, empty_database: Target) -> None:
    made = tracker("init", "article", db=empty_database.address)
    week = tracker("week", db=empty_database.address)

    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"Made a book at {empty_database}: article.\n")
    assert "News on none of 4; " in week.out


def test_init_refuses_a_book_and_a_database_of_somebody_else(
    tracker: Run, empty_database: Target, target: Target
) -> None:
    with psycopg.connect(empty_database.address) as other:
        other.execute("CREATE TABLE alembic_version (version_num text)")

    again = tracker("init")
    elsewhere = tracker("init", db=empty_database.address)

    assert again.code == code_of("book exists")
    assert again.err.startswith(f"tracker: There is already a book at {target}. ")
    assert elsewhere.code == code_of("database in use")
    assert elsewhere.err == (
        f"tracker: {empty_database} already holds other tables (alembic_version)."
        " Make an empty database for the book, with 'createdb NAME'\n"
    )


def test_a_failed_init_leaves_the_database_empty(empty_database: Target) -> None:
    def fail() -> None:
        with creating(empty_database):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with psycopg.connect(empty_database.address) as left:
        assert left.execute("SELECT to_regclass('party')").fetchall() == [(None,)]


def test_an_empty_database_names_the_command_that_makes_a_book(
    tracker: Run, empty_database: Target
) -> None:
    ran = tracker("week", db=empty_database.address)

    assert ran.code == code_of("no book inside")
    assert ran.err == (
        f"tracker: {empty_database} holds no book yet."
        f" Make one with 'tracker --db {quote(str(empty_database))} init'\n"
    )


# --- sessions -----------------------------------------------------------------------------------


def test_days_and_moments_do_not_depend_on_where_the_server_stands(
    connection: Connection,
) -> None:
    moment = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

    assert connection.text("SHOW timezone") == [("UTC",)]
    assert connection.text(f"SELECT timestamptz '{moment.isoformat()}'") == [(moment,)]
    state = State.read(connection, Clocks(date(2026, 1, 8)))
    assert state.agreements["busan-2025"].agreed_on.last == date(2025, 10, 31)


def test_a_report_is_made_from_one_state_of_the_book(
    connection: Connection, target: Target
) -> None:
    with connection.reading():
        before = connection.text(PARTIES)
        with psycopg.connect(target.address) as other:
            other.execute(WRITE.encode())
        assert connection.text(PARTIES) == before

    assert connection.text(PARTIES) == [("cn",), ("eu",), ("us",)]


def test_one_writer_waits_for_another_and_gives_up_in_time(
    connection: Connection, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "LOCK_TIMEOUT", "50ms")
    other = open_book(target)

    assert code_of("server unreachable") == 7
    with connection.writing(), raises("server unreachable"), other.writing():
        pass

    other.close()


def test_what_fails_is_taken_back(connection: Connection) -> None:
    def fail() -> None:
        with connection.writing():
            connection.text(WRITE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert connection.text(PARTIES) == [("cn",), ("us",)]


@pytest.mark.parametrize(
    ("table", "column"),
    [("thing", "slug"), ("entry", "note"), ("batch", "author"), ("concession", "title"),
     ("concession_party", "place"), ("exchange", "in_return_for_id"), ("deadline", "due_on"),
     ("party", "name"), ("source", "title"), ("agreement", "place")],
)  # fmt: skip
def test_the_book_refuses_every_change(connection: Connection, table: str, column: str) -> None:
    update = f"UPDATE {table} SET {column} = {column}"
    for change in (update, f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            connection.text(change)


# --- failures -----------------------------------------------------------------------------------


def test_a_server_that_is_not_there(tracker: Run) -> None:
    ran = tracker("week", db="postgresql://wang:s3cret@127.0.0.1:1/truce")

    assert ran.code == code_of("server unreachable")
    assert ran.err == (
        "tracker: Cannot use postgresql://wang@127.0.0.1:1/truce: Connection refused. Check the"
        " address, the user and the password, and that the server is running;"
        " what was not acknowledged was not written\n"
    )


def test_a_wrong_password_is_refused_and_not_repeated(tracker: Run, server: Server) -> None:
    server.execute("DROP ROLE IF EXISTS locked", "CREATE ROLE locked LOGIN PASSWORD 'right'")
    address = server.url("postgres", user="locked:s3cret")

    ran = tracker("log", "soybeans", "partial", db=address)

    assert ran.code == code_of("server unreachable")
    assert ran.err.count("\n") == 1
    assert (
        'password authentication failed for user "locked". Check the address, the user' in ran.err
    )
    assert "s3cret" not in ran.err + ran.out


def test_a_database_that_is_not_there(tracker: Run, server: Server) -> None:
    ran = tracker("init", db=server.url("nowhere"))

    assert ran.code == code_of("server unreachable")
    assert 'database "nowhere" does not exist. Check the address, the user' in ran.err


@pytest.mark.parametrize(
    "address",
    [
        *("postgresql://db:s3cret/x", "postgresql://db/x?nonsense=s3cret"),
        "postgresql://db/x?application_name=s3cret%",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(tracker: Run, address: str) -> None:
    ran = tracker("week", db=address)

    assert ran.code in (2, 7)
    assert ran.err.count("\n") == 1
    assert "s3cret" not in ran.err


def test_a_missing_driver_names_the_extra(
    tracker: Run, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "tracker.database.postgresql", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    ran = tracker("week")

    assert ran.code == code_of("extra missing")
    assert ran.err == (
        f"tracker: '{target}' needs a part that is not installed."
        " Install it: pip install 'truce-tracker[postgres]'"
        " (in a checkout: '.[postgres]', or 'uv run --extra postgres')\n"
    )


def test_a_read_only_server_takes_nothing(connection: Connection) -> None:
    connection.text("SET default_transaction_read_only = on")

    with raises("book read only"), connection.writing():
        connection.text(WRITE)


def test_words_that_are_not_utf_8_are_refused(tracker: Run) -> None:
    ran = tracker("log", "\udcff", "met")

    complaint = "tracker: The text is not valid UTF-8. Correct it and try again\n"
    assert (ran.code, ran.err) == (5, complaint)


@pytest.mark.parametrize("condition", ["disk_full", "io_error"])
def test_a_server_whose_disk_fails_names_the_disk(connection: Connection, condition: str) -> None:
    said = "could not extend file"
    with raises("server unreachable", match=f"{said}. Check its disk"), connection.writing():
        connection.text(f"DO $$ BEGIN RAISE {condition} USING MESSAGE = '{said}'; END $$")


def test_who_may_make_no_book_is_told_that_there_is_one(
    target: Target, server: Server, tracker: Run
) -> None:
    server.execute("DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN")

    ran = tracker("init", db=target.address.replace("keeper@", "stranger@"))

    assert ran.code == code_of("book exists")


def test_a_stranger_is_told_whom_to_ask(target: Target, server: Server) -> None:
    server.execute("DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN")

    assert code_of("not permitted") == 7
    with raises("not permitted", match="permission denied for table alembic_version"):
        open_book(Target.parse(target.address.replace("keeper@", "stranger@")))


def test_a_database_in_another_encoding_is_refused_before_anything_is_made(
    tracker: Run, server: Server
) -> None:
    server.execute(
        "DROP DATABASE IF EXISTS latin",
        "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'",
    )

    for command in ("init", "week"):
        ran = tracker(command, db=server.url("latin"))

        assert ran.code == code_of("not in UTF-8")
        assert ran.err == (
            f"tracker: {Target.parse(server.url('latin'))} stores its text in LATIN1, not in UTF-8."
            " Make another database with 'createdb -E UTF8 -T template0 NAME'\n"
        )


def test_a_server_without_a_free_connection_is_busy(tracker: Run, server: Server) -> None:
    server.execute("DROP ROLE IF EXISTS crowded", "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")

    ran = tracker("week", db=server.url("postgres", user="crowded"))

    assert ran.code == code_of("server unreachable")
    assert "too many connections for role" in ran.err


@pytest.mark.slow
def test_a_server_stopped_in_mid_command_loses_nothing_that_was_acknowledged(
    own_server: Server, tracker: Run
) -> None:
    target = fill(Target.parse(own_server.url(own_server.create())), "article")
    acknowledged = tracker("log", "soybeans", "partial", "-m", "8 MMT sold", db=target.address)
    connection = open_book(target)

    def write() -> None:
        with connection.writing():
            connection.text(WRITE)
            own_server.halt()
            connection.text("SELECT 1")

    with raises("server unreachable") as stopped:
        write()
    connection.close()
    own_server.resume()

    assert acknowledged.code == 0
    assert "\n" not in str(stopped.value)
    assert "sound, 25 entries" in tracker("db", "check", db=target.address).out
    reopened = open_book(target)
    assert reopened.text(PARTIES) == [("cn",), ("us",)]
    reopened.close()

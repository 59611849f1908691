"""A PostgreSQL session's settings, and what is reported when the server ends it."""

import time
from collections.abc import Callable

import psycopg
import pytest

from tests.conftest import Run, counting
from tests.refusals import code_of, raises
from tracker.database import Connection, Target, open_book, postgresql

pytestmark = pytest.mark.on("postgresql")

ODD = (
    "default_transaction_isolation = 'serializable'",
    "synchronous_commit = off",
    "statement_timeout = '1s'",
    "lock_timeout = '1s'",
    "idle_in_transaction_session_timeout = '1s'",
    "timezone = 'Asia/Shanghai'",
    "datestyle = 'German'",
)
"""What a pooler, or the settings of a database or a role, may leave in a session."""
SET = "SELECT current_setting('{}')"


def settings_of(connection: Connection, *names: str) -> dict[str, str]:
    return {name: connection.text(SET.format(name))[0][0] for name in names}


@pytest.fixture
def odd(connection: Connection) -> Connection:
    """A book in a session that a pooler left in the oddest state."""
    for setting in ODD:
        connection.text(f"SET {setting}")
    return connection


def test_a_writer_sets_what_it_relies_on_in_its_own_transaction(odd: Connection) -> None:
    with odd.writing():
        held = settings_of(
            odd,
            *("transaction_isolation", "synchronous_commit", "statement_timeout", "lock_timeout"),
            *("idle_in_transaction_session_timeout", "timezone", "datestyle"),
        )

    assert held == {
        "transaction_isolation": "read committed",
        "synchronous_commit": "on",
        "statement_timeout": "0",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "1min",
        "timezone": "UTC",
        "datestyle": "ISO, DMY",
    }


def test_a_reader_sets_what_it_relies_on_in_its_own_transaction(odd: Connection) -> None:
    with odd.reading():
        held = settings_of(odd, "transaction_isolation", "statement_timeout", "timezone")

    assert held == {
        "transaction_isolation": "repeatable read",
        "statement_timeout": "0",
        "timezone": "UTC",
    }


def test_a_writer_asks_once_for_all_that_and_for_the_lock(connection: Connection) -> None:
    with counting(connection) as statements, connection.writing():
        pass

    assert len(statements) == 2  # and to commit


def test_a_server_that_vanished_is_given_up_after_a_minute(connection: Connection) -> None:
    asked = connection.driver.info.get_parameters()

    assert (asked["tcp_user_timeout"], asked["keepalives_idle"]) == ("60000", "30")
    assert (asked["keepalives_interval"], asked["keepalives_count"]) == ("10", "3")


def idle(connection: Connection, _: Target) -> None:
    while True:  # a busy server may take its time
        time.sleep(0.2)
        connection.text("SELECT 1")


def terminated(connection: Connection, target: Target) -> None:
    ((process,),) = connection.text("SELECT pg_backend_pid()")
    with psycopg.connect(target.address) as owner:
        owner.execute("SELECT pg_terminate_backend(%s)", (process,))
    connection.text("SELECT 1")


def cancelled(connection: Connection, _: Target) -> None:
    connection.text("SET LOCAL statement_timeout = '20ms'")
    connection.text("SELECT pg_sleep(5)")


def overtaken(connection: Connection, target: Target) -> None:
    connection.text("ROLLBACK")
    connection.text("BEGIN ISOLATION LEVEL REPEATABLE READ")
    connection.text("SELECT FROM alembic_version")
    with psycopg.connect(target.address) as owner:
        owner.execute("UPDATE alembic_version SET version_num = version_num")
    connection.text("UPDATE alembic_version SET version_num = version_num")


ENDINGS: dict[Callable[[Connection, Target], None], str] = {
    idle: "terminating connection due to idle-in-transaction timeout",
    terminated: "terminating connection due to administrator command",
    cancelled: "canceling statement due to statement timeout",
    overtaken: "could not serialize access due to concurrent update",
}


@pytest.mark.parametrize(
    ("end", "reason"), ENDINGS.items(), ids=lambda end: getattr(end, "__name__", "")
)
def test_what_the_server_ends_is_told_as_such(
    connection: Connection,
    target: Target,
    end: Callable[[Connection, Target], None],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgresql, "IDLE_TIMEOUT", "50ms" if end is idle else "60s")

    with raises("server unreachable") as ended, connection.writing():
        end(connection, target)

    assert ended.value.exit_code == code_of("server unreachable") == 7
    assert str(ended.value) == (
        f"Cannot use {target}: {reason}."
        " Try again in a moment; what was not acknowledged was not written"
    )


def test_a_writer_that_was_stopped_in_mid_command_stops_the_others_for_a_minute_at_most(
    target: Target, tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "IDLE_TIMEOUT", "50ms")
    stopped = open_book(target)

    def stop() -> None:
        with stopped.writing():
            assert tracker("log", "soybeans", "partial").code == 0
            stopped.text("SELECT 1")

    with raises("server unreachable"):
        stop()
    stopped.close()


def test_options_of_the_environment_hold_beside_our_own(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = "-c default_transaction_read_only=on -c timezone=Asia/Tokyo"
    with monkeypatch.context() as surroundings:
        surroundings.setenv("PGOPTIONS", options)
        surroundings.setenv("PGAPPNAME", "desk")
        opened = open_book(target)

    held = settings_of(opened, "timezone", "application_name", "synchronous_commit")
    with raises("book read only"), opened.writing():
        opened.text("INSERT INTO thing (namespace, slug) VALUES ('party', 'eu')")
    opened.close()

    assert held == {"timezone": "UTC", "application_name": "desk", "synchronous_commit": "on"}

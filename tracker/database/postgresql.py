"""PostgreSQL: the session's settings, its locks, and what its errors mean."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors, pq
from psycopg.conninfo import conninfo_to_dict

from tracker import settings
from tracker.database import Borrowed, Connection, Make, Row, Target
from tracker.errors import (
    BadInput,
    Refused,
    TrackerError,
    Unavailable,
    WrongSchema,
    WrongUsage,
    damaged,
)

LOCK_TIMEOUT = "10s"
CONNECT_TIMEOUT = 10
"""Seconds to wait for a connection."""
IDLE_TIMEOUT = "60s"
"""The time after which a writer that was suspended in mid-command loses the lock."""
WRITE_LOCK = "SELECT take_turn()"
"""Waits until nobody else writes; only roles that may write can take this lock."""
MIGRATION_LOCK = f"""
DO $$ BEGIN
    PERFORM pg_advisory_xact_lock({0x7472756365});
    IF to_regclass('alembic_version') IS NOT NULL THEN
        LOCK TABLE alembic_version IN EXCLUSIVE MODE;
    END IF;
END $$"""
"""Waits until nobody else writes or makes the book; in a new one there is no table to lock."""
# Moments compare as instants, but the last ones of the year 9999 exist in UTC only. An entry
# that was acknowledged survives a crash, whatever the server is set to.
SESSION = b"SET timezone = 'UTC'; SET datestyle = 'ISO'; SET synchronous_commit = on"
DEFAULTS = {
    "fallback_application_name": "tracker",
    # Give up on a vanished server after a minute, not after the system's quarter of an hour.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
IN_TRANSACTION = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; "
    "SET LOCAL statement_timeout = 0"
)
"""Settings that a connection pooler may have reset after the start of the session."""
WRITING = (
    f"BEGIN ISOLATION LEVEL READ COMMITTED; {IN_TRANSACTION}; SET LOCAL synchronous_commit = on;"
    " SET LOCAL lock_timeout = '{lock}'; SET LOCAL idle_in_transaction_session_timeout = '{idle}'"
)

TABLES = (
    "SELECT c.relname FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    " AND c.relnamespace = current_schema()::regnamespace ORDER BY c.oid"
)
"""The tables and views where a new book would be made."""

# The driver also logs its exceptions, which would print a second line about one failure.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class ServerDriver(Borrowed, psycopg.Connection[Row]):
    """A driver's connection that SQLAlchemy may borrow."""


class PostgresqlConnection(Connection):
    """A book on a PostgreSQL server."""

    dialect = "postgresql"
    mark = "%s"
    reading_begins = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {IN_TRANSACTION}"
    never_writes = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"

    @property
    def writing_begins(self) -> str:
        return f"{WRITING.format(lock=LOCK_TIMEOUT, idle=IDLE_TIMEOUT)}; {WRITE_LOCK}"

    def __init__(self, target: Target) -> None:
        self.target = target
        try:
            self.driver: ServerDriver = ServerDriver.connect(
                **_settings(target), autocommit=True
            )
            self.driver.execute(SESSION)
        except psycopg.OperationalError as error:
            raise unreachable(reason_of(error), target) from error
        except psycopg.ProgrammingError as error:  # a setting after the question mark
            raise WrongUsage(
                "bad connection setting", reason=reason_of(error)
            ) from error

    def query(self, sql: str, make: Make = tuple, **parameters: object) -> list[Any]:
        with self.translating():
            return [
                *map(make, self.driver.execute(_in_dialect(sql), parameters).fetchall())
            ]

    def tables(self) -> list[str]:
        return [name for (name,) in self.text(TABLES)]

    def no_book(self) -> TrackerError:
        """Return the refusal of a database that holds no book, or in which none can be made."""
        ((encoding,),) = self.text("SHOW server_encoding")
        if encoding != "UTF8":
            return Unavailable("not in UTF-8", book=self.target, encoding=encoding)
        if tables := self.tables():
            return Refused("database in use", book=self.target, tables=tables)
        return WrongSchema("no book inside", book=self.target)

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Hold the write lock for a change of schema; the server itself checks foreign keys.

        The data of a new book may come from a slow pipe, so idle time is not limited.
        """
        with self.writing(
            f"{WRITING.format(lock=LOCK_TIMEOUT, idle='0')}; {MIGRATION_LOCK}"
        ):
            yield

    @contextmanager
    def translating(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise refusal(error, self.target) or error from error
        except UnicodeEncodeError:
            raise BadInput(
                "bad text", part="text", reason="is not valid UTF-8"
            ) from None

    def commit(self) -> None:
        """Commit; if the connection is lost meanwhile, nobody knows whether the server did."""
        try:
            super().commit()
        except Unavailable as lost:
            if lost.problem != "server unreachable":
                raise
            reason = "the connection was lost"
            raise Unavailable(
                "outcome unknown", book=self.target, reason=reason
            ) from lost

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; that of a lost connection is over on the server."""
        is_idle = self.driver.info.transaction_status == pq.TransactionStatus.IDLE
        return not (self.driver.closed or is_idle)


def _settings(target: Target) -> dict[str, Any]:
    """Return the connection's parameters: ours only where the user, libpq or a service has none."""
    try:
        given = conninfo_to_dict(target.address)
    except psycopg.Error:
        # The driver's message may quote the address with its password.
        raise WrongUsage("unreadable address") from None
    is_timed = "service" in given or settings.sets_server(
        "PGSERVICE", "PGCONNECT_TIMEOUT"
    )
    timeout = {} if is_timed else {"connect_timeout": CONNECT_TIMEOUT}
    return {**DEFAULTS, **timeout, **given, "client_encoding": "utf8"}


PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")


def _in_dialect(sql: str) -> bytes:
    """Return SQL with its `:name` parameters in the driver's form."""
    return PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


ENDED = ("40001", "57", "25P03", "25P04")
"""Codes, or their beginnings, with which a server or its administrator ends sessions and commands:
a conflict, an intervention, a timeout."""
MISSING = (
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.UndefinedFunction,
    errors.InvalidObjectDefinition,  # a view that reads itself
)
"""What a server says of a book in which a table, a column, a view or a function is gone."""


def refusal(error: psycopg.Error, target: Target) -> TrackerError | None:
    """Translate the errors that a user can act on; others are bugs."""
    if isinstance(error, errors.CheckViolation):
        return _guarded(error, target)
    reason = reason_of(error)
    # An older driver gives no code.
    is_ended = reason.startswith("terminating connection")
    if is_ended or (error.sqlstate or "").startswith(ENDED):
        return unreachable(reason, target, AGAIN)
    if isinstance(error, (errors.LockNotAvailable, errors.DeadlockDetected)):
        return unreachable("another session holds its lock", target, LOCKED)
    if isinstance(error, errors.ReadOnlySqlTransaction) or reason.endswith(
        "function take_turn"
    ):
        return Unavailable("book read only", book=target)
    # The driver itself refuses days and moments that Python's calendar does not have.
    is_misread = isinstance(error, psycopg.DataError) and error.sqlstate is None
    if isinstance(error, MISSING) or (is_misread and " too " in reason):
        return damaged(target, reason)
    if isinstance(error, (errors.InsufficientPrivilege, errors.InvalidSchemaName)):
        return Unavailable("not permitted", book=target, reason=reason)
    if isinstance(error, (errors.DiskFull, errors.IoError)):
        return unreachable(reason, target, "Check its disk")
    if isinstance(error, psycopg.OperationalError):
        return unreachable(reason, target)
    return None


def _guarded(error: psycopg.Error, target: Target) -> TrackerError | None:
    """Return the refusal by a guard of `migrations/versions/0001_guards.sql`."""
    if error.diag.constraint_name == "fits":
        return Refused("row refused", book=target, reason=reason_of(error))
    if error.diag.constraint_name == "recorded_now":
        return Refused("clock apart", book=target, reason=reason_of(error))
    return None


LOCKED = "Try again in a moment; on the server, pg_stat_activity lists the sessions"
AGAIN = "Try again in a moment; what was not acknowledged was not written"
CHECK = (
    "Check the address, the user and the password, and that the server is running; what was not"
    " acknowledged was not written"
)


def unreachable(reason: str, target: Target, remedy: str = CHECK) -> Unavailable:
    """Return why a server cannot be used, and what would help."""
    return Unavailable("server unreachable", book=target, reason=reason, help=remedy)


def reason_of(error: psycopg.Error) -> str:
    """Return the message of the server or the driver, to fit into a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [""]
    # The addresses of a host fail one by one; the last failure comes last.
    message = error.diag.message_primary or lines[-1 if lines[-1].startswith("-") else 0]
    for mark in ("FATAL:", "failed:", "error:"):
        message = message.rpartition(mark)[2]
    return message.strip().rstrip(".") or "no reason given"

"""Translates errors of a PostgreSQL server into the program's own."""

import psycopg
from psycopg import errors

from tracker.database.connection import Target
from tracker.errors import Refused, TrackerError, Unavailable

ENDED = frozenset(
    {
        "40001",  # serialization_failure
        "57014",  # query_canceled
        "57P01",  # admin_shutdown
        "57P02",  # crash_shutdown
        "57P03",  # cannot_connect_now
        "57P05",  # idle_session_timeout
        "25P03",  # idle_in_transaction_session_timeout
        "25P04",  # transaction_timeout
    }
)
"""Codes with which a server, or its administrator, ends sessions and commands."""
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
    if error.sqlstate in ENDED:
        return unreachable(reason_of(error), target, AGAIN)
    if isinstance(error, (errors.LockNotAvailable, errors.DeadlockDetected)):
        return unreachable("another session holds its lock", target, LOCKED)
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return Unavailable("book read only", book=target)
    if isinstance(error, MISSING):
        return Unavailable("book damaged", book=target, reason=reason_of(error))
    if isinstance(error, (errors.InsufficientPrivilege, errors.InvalidSchemaName)):
        return _not_permitted(reason_of(error), target)
    if isinstance(error, (errors.DiskFull, errors.IoError)):
        return unreachable(reason_of(error), target, "Check its disk")
    if isinstance(error, psycopg.OperationalError):
        return unreachable(reason_of(error), target)
    return None


def _guarded(error: psycopg.Error, target: Target) -> TrackerError | None:
    """Return the refusal by a guard of `migrations/versions/0001_guards.sql`."""
    if error.diag.constraint_name == "fits":
        return Refused("row refused", book=target, reason=reason_of(error))
    if error.diag.constraint_name == "recorded_now":
        return Refused("clock apart", book=target, reason=reason_of(error))
    return None


def _not_permitted(reason: str, target: Target) -> TrackerError:
    """Return which right a user lacks: to record, or another one."""
    if reason.endswith("function take_turn"):
        return Unavailable("may only read", book=target)
    return Unavailable("not permitted", book=target, reason=reason)


LOCKED = "Try again in a moment; on the server, pg_stat_activity lists the sessions"
AGAIN = "Try again in a moment; what was not acknowledged was not written"
SAID = {
    AGAIN: (
        *("system is", "too many", "remaining connection slots", "not yet accepting"),
        # The oldest supported drivers keep the server's message but drop its code.
        *("recovery mode", "terminating connection due to"),
    ),
    "Ask its owner for one of the roles that may read it or record in it": (
        "permission denied for database",
    ),
    "Check the user, and the password in the address, PGPASSWORD or ~/.pgpass": (
        *("password", "pg_hba.conf", "permitted to log in", "authentication", "role "),
    ),
    "Check the name, or make it with 'createdb -E UTF8 -T template0 NAME'": ('database "',),
}
"""What would help if connecting fails, and the server's words for which it would."""
CHECK = (
    "Check the address and that the server is running; what was not acknowledged was not written"
)


def unreachable(reason: str, target: Target, remedy: str | None = None) -> Unavailable:
    """Return why a server cannot be used, and what would help."""
    found = (remedy for remedy, said in SAID.items() if any(words in reason for words in said))
    help_ = remedy or next(found, CHECK)
    return Unavailable("server unreachable", book=target, reason=reason, help=help_)


def reason_of(error: psycopg.Error) -> str:
    """Return the message of the server or the driver, to fit into a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [""]
    # The addresses of a host fail one by one; the last failure comes last.
    said = error.diag.message_primary or lines[-1 if lines[-1].startswith("-") else 0]
    for mark in ("FATAL:", "failed:", "error:"):
        said = said.rpartition(mark)[2]
    return said.strip().rstrip(".") or "no reason given"

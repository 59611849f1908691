"""Translates errors of a PostgreSQL server into the program's own."""

from collections.abc import Mapping, Sequence

import psycopg
from psycopg import errors

from tracker.database.target import Target
from tracker.errors import (
    BookDamaged,
    BookReadOnly,
    BookUnreachable,
    ClockApart,
    LockedOnServer,
    LoginRefused,
    MayOnlyRead,
    NoSuchDatabase,
    NotAdmitted,
    NotPermitted,
    RowRefused,
    ServerBusy,
    ServerUnreachable,
    SessionEnded,
    TrackerError,
)

GUARDS = {"fits": RowRefused, "recorded_now": ClockApart}
"""The names of the refusals of the guards in `migrations/versions/0001_guards.sql`."""
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
MISSING = (errors.UndefinedTable, errors.UndefinedFunction)
"""What a server says of a book in which a table, a view or a function is gone."""
TERMINATED = "terminating connection due to"
"""How a server's message begins that it has ended a session."""


def refusal(error: psycopg.Error, target: Target) -> TrackerError | None:
    """Translate the errors that a user can act on; others are bugs."""
    if isinstance(error, errors.CheckViolation):
        guard = GUARDS.get(error.diag.constraint_name or "")
        return guard and guard(book=target, reason=reason_of(error))
    if error.sqlstate in ENDED:
        return SessionEnded(book=target, reason=reason_of(error))
    if isinstance(error, (errors.LockNotAvailable, errors.DeadlockDetected)):
        return LockedOnServer(book=target)
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return BookReadOnly(book=target)
    if isinstance(error, MISSING):
        return BookDamaged(book=target, reason=reason_of(error))
    if isinstance(error, (errors.InsufficientPrivilege, errors.InvalidSchemaName)):
        return _not_permitted(reason_of(error), target)
    if isinstance(error, (errors.DiskFull, errors.IoError)):
        return BookUnreachable(path=target, reason=reason_of(error))
    if isinstance(error, psycopg.OperationalError):
        # The oldest supported drivers keep the server's message but drop its code.
        if TERMINATED in str(error):
            return SessionEnded(book=target, reason=reason_of(error))
        return unreachable(reason_of(error), target)
    return None


def _not_permitted(reason: str, target: Target) -> TrackerError:
    """Return which right a user lacks: to read at all, to record, or another one."""
    if reason.endswith("function take_turn"):
        return MayOnlyRead(book=target)
    if reason.endswith("table alembic_version"):
        return NotAdmitted(book=target, reason=reason)
    return NotPermitted(book=target, reason=reason)


SAID: Mapping[type[ServerBusy | NoSuchDatabase | LoginRefused], Sequence[str]] = {
    ServerBusy: (
        *("system is", "too many", "remaining connection slots", "not yet accepting"),
        "recovery mode",
    ),
    LoginRefused: ("password", "pg_hba.conf", "permitted to log in", "authentication", "role "),
    NoSuchDatabase: ('database "',),
}
"""What a server says on connecting, by what would help; drivers drop its code."""


def unreachable(reason: str, target: Target) -> TrackerError:
    """Return why a server cannot be used, by what would help."""
    if reason.startswith("permission denied for database"):
        return NotAdmitted(book=target, reason=reason)
    for kind, said in SAID.items():
        if any(words in reason for words in said):
            return kind(book=target, reason=reason)
    return ServerUnreachable(book=target, reason=reason)


def reason_of(error: psycopg.Error) -> str:
    """Return the message of the server or the driver, to fit into a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [""]
    # The addresses of a host fail one by one; the last failure comes last.
    said = error.diag.message_primary or lines[-1 if lines[-1].startswith("-") else 0]
    for mark in ("FATAL:", "failed:", "error:"):
        said = said.rpartition(mark)[2]
    return said.strip().rstrip(".") or "no reason given"

"""Whether a book is sound: its database, its schema, and the chain of its digests."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from tempfile import TemporaryDirectory

from tracker import schema
from tracker.database import Connection, Target, connect, creating
from tracker.database import soundness as database
from tracker.dates import iso_moment
from tracker.errors import BookDamaged
from tracker.facts import Clocks
from tracker.journal.chain import FIRST, LAST
from tracker.journal.verification import verify
from tracker.journal.versions import versions_between
from tracker.queries import Reader

DECLARED = ("parties", "sources", "agreements", "concessions", "deadlines", "exchanges")
"""What of the book is read from what is declared."""


UNREADABLE = (BookDamaged, ValueError, ArithmeticError, TypeError, LookupError)
"""What comes of a value that no program of ours wrote."""


def findings(target: Target, now: datetime, cores: int = 1) -> list[str]:
    """Return every finding, a line each; what cannot be read is a finding too."""
    try:
        connection = connect(target)
    except BookDamaged as error:
        return [f"integrity: {error.what}"]
    try:
        found = list(database.findings(connection))
        if any(line.startswith("schema: ") for line in found):
            return found
        altered = [*_altered(connection)] if target.dialect == "sqlite" else []
        found += altered or _unreadable_values(connection)
        found += _broken_digests(connection, cores)
        return [*found, *([] if found else _future_moments(connection, now))]
    finally:
        connection.close()


Schema = dict[tuple[str, str], str]
"""What makes each table, index, trigger and view, by its kind and its name."""


def _altered(connection: Connection) -> Iterator[str]:
    """Yield what of a file's schema is not as the program makes it; others may add to it."""
    try:
        held = _schema(connection)
    except (BookDamaged, UnicodeDecodeError) as error:
        yield f"schema: it cannot be read: {getattr(error, 'what', error)}"
        return
    for (kind, name), made in _fresh_schema().items():
        if (kind, name) not in held:
            if name not in database.GUARDS["sqlite"]:  # they are told of already
                yield f"schema: the {kind} {name} is missing"
        elif held[kind, name] != made:
            yield f"schema: the {kind} {name} is not as this program makes it"
    for kind, name in held.keys() - _fresh_schema().keys():
        if kind == "trigger":
            yield f"schema: the trigger {name} is not this program's"


@cache
def _fresh_schema() -> Schema:
    with TemporaryDirectory() as folder, creating(Target("sqlite", f"{folder}/new.db")) as fresh:
        schema.upgrade(fresh)
        return _schema(fresh)


def _schema(connection: Connection) -> Schema:
    rows = connection.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        (kind.lower(), name.lower()): _in_order(sql) if kind == "table" else sql
        for kind, name, sql in rows
    }


def _in_order(sql: str) -> str:
    """Return a table's words, its constraints in one order: a revision makes them in any."""
    lines = [line.strip().rstrip(",") for line in sql.splitlines()]
    return "\n".join(sorted(lines, key=lambda line: line if line[:11] == "CONSTRAINT " else ""))


def _unreadable_values(connection: Connection) -> Iterator[str]:
    """Yield what was declared in words that no program of ours wrote; digests show the rest.

    One such word keeps from reading all that rests on it, and is told of once.
    """
    reader = Reader(connection, Clocks(date.max))
    told = set()
    for what in (*DECLARED, "declarations"):
        try:
            if what in DECLARED:
                getattr(reader, what)
            else:
                versions_between(connection, FIRST, LAST)
        except UNREADABLE as error:
            reason = str(getattr(error, "what", error))
            if reason not in told:
                yield f"values: the {what} cannot be read: {reason}"
            told.add(reason)


def _future_moments(connection: Connection, now: datetime) -> Iterator[str]:
    """Yield that the last batch was recorded in the future: its writer's clock was wrong."""
    for number, _, recorded_at, _ in connection.rows("tail"):
        if recorded_at > now:
            moment = iso_moment(recorded_at)[:16]
            yield f"moments: batch {number} was recorded at {moment} UTC, which is in the future"


def _broken_digests(connection: Connection, cores: int) -> Iterator[str]:
    try:
        walked = verify(connection, cores)
    except (BookDamaged, ValueError, sqlite3.DatabaseError) as error:
        yield f"digests: the journal cannot be read: {getattr(error, 'what', error)}"
        return
    if walked.broken is not None:
        yield f"digests: the chain breaks at entry {walked.broken}: {walked.reason}"

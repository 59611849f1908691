"""Whether a book is sound: its database, its schema, and the chain of its digests."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache
from tempfile import TemporaryDirectory

from tracker import schema
from tracker.database import Connection, Target, connect, creating
from tracker.database import soundness as database
from tracker.dates import END_OF_TIME
from tracker.errors import BookDamaged
from tracker.facts import Clocks
from tracker.journal.verification import verify
from tracker.queries import Reader

DECLARED = {
    "parties": "parties",
    "sources": "whole_sources",
    "agreements": "agreements",
    "concessions": "whole_concessions",
    "deadlines": "whole_deadlines",
}
"""What was declared, with the statement that reads every column of it."""


def findings(target: Target, cores: int = 1) -> list[str]:
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
        return [*found, *_broken_digests(connection, cores)]
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
    return {(kind, name): sql for kind, name, sql in rows}


def _unreadable_values(connection: Connection) -> Iterator[str]:
    """Yield what was declared in words that no program of ours wrote; digests tell the rest."""
    reader = Reader(connection, Clocks(date.max, END_OF_TIME))
    for what in (*DECLARED, "exchanges"):
        try:
            if what in DECLARED:
                connection.rows(DECLARED[what])
            getattr(reader, what)
        except (BookDamaged, ValueError, ArithmeticError, TypeError, LookupError) as error:
            yield f"values: the {what} cannot be read: {getattr(error, 'what', error)}"


def _broken_digests(connection: Connection, cores: int) -> Iterator[str]:
    try:
        walked = verify(connection, cores)
    except (BookDamaged, ValueError, sqlite3.DatabaseError) as error:
        yield f"digests: the journal cannot be read: {getattr(error, 'what', error)}"
        return
    if walked.broken is not None:
        yield f"digests: the chain breaks at entry {walked.broken}: {walked.reason}"

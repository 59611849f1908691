"""Checks a book's database: its pages, its foreign keys, its schema and its guards."""

from collections.abc import Iterator

from tracker.database.connection import Connection
from tracker.database.opening import HEAD, revision_of
from tracker.errors import BookDamaged, NoBookInside, NotABook

TABLES = (
    *("thing", "entry", "batch", "party", "source", "source_text"),
    *("agreement", "concession"),
    *("concession_party", "exchange", "deadline"),
)
"""The tables of a book."""
GUARDED = {"sqlite": ("update", "delete", "replace"), "postgresql": ("change", "truncate")}
GUARDS = {
    dialect: tuple(f"{table}_no_{what}" for table in TABLES for what in guarded)
    for dialect, guarded in GUARDED.items()
}
"""The triggers that keep the book append-only."""
HELD = {
    "sqlite": "SELECT lower(name) FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid"
    " WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled IN ('O', 'A')",
}


def findings(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with a book's database, apart from its digests."""
    if connection.target.dialect == "sqlite":
        yield from file_findings(connection)
    try:
        yield from _schema_findings(connection)
    except (NotABook, NoBookInside, BookDamaged) as error:
        yield f"schema: {error.what}"


def file_findings(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the file of an SQLite book."""
    try:
        for (text,) in connection.text("PRAGMA integrity_check"):
            yield from (f"integrity: {line}" for line in text.splitlines() if line != "ok")
        rows = connection.text("PRAGMA foreign_key_check")
        for table, row, other, _ in sorted(rows, key=lambda of: (of[0], of[1] or 0, of[2])):
            which = "a row" if row is None else f"row {row}"  # some tables do not number theirs
            yield f"foreign keys: {which} of {table} names no row of {other}"
    except BookDamaged as error:
        yield f"integrity: {error.what}"


def _schema_findings(connection: Connection) -> Iterator[str]:
    revision = revision_of(connection)
    if revision != HEAD:
        yield f"schema: {revision}, where this program needs {HEAD}"
    dialect = connection.target.dialect
    held = {row[0] for row in connection.text(HELD[dialect])}
    for guard in GUARDS[dialect]:
        if guard not in held:
            yield f"guards: the trigger {guard}, which keeps the book append-only, is missing"

"""Opening a book: the right driver, and a schema that this program knows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.database import sqlite
from tracker.database.connection import Connection, one
from tracker.database.target import Target
from tracker.errors import BookExists, BookUnreachable, NotABook, SchemaAhead, SchemaBehind

HEAD = "0001"
"""The schema revision that this program reads and writes."""


def open_book(target: Target, *, at_head: bool = True) -> Connection:
    """Open an existing book; unless told otherwise, one at the schema this program knows."""
    connection = sqlite.SqliteConnection(target)
    try:
        revision = revision_of(connection)
        if at_head and revision != HEAD:
            raise _wrong_schema(target, revision)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def creating(target: Target) -> Iterator[Connection]:
    """Open an empty database for a new book; it appears under its name when the block ends.

    Until then it is a file beside, so that a failure leaves nothing, and of several makers at
    once one wins and the others are told that there is a book.
    """
    if not sqlite.is_free(target):
        raise BookExists(str(target))
    draft = target.path.with_name(f".{target.path.name}.{os.getpid()}.new")
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite.SqliteConnection(Target(target.dialect, str(draft)), create=True)
        try:
            yield connection
        finally:
            connection.close()
        _publish(draft, target)
    except OSError as error:
        raise BookUnreachable(str(target), str(error.strerror or error)) from error
    finally:
        draft.unlink(missing_ok=True)


def revision_of(connection: Connection) -> str:
    """Return the schema revision that a database says it has."""
    row = one(connection.rows("revision")) if connection.has_table("alembic_version") else None
    if row is None or not connection.has_table("entry"):
        raise NotABook(str(connection.target))
    return str(row[0])


def _wrong_schema(target: Target, revision: str) -> SchemaBehind | SchemaAhead:
    if revision.isdigit() and revision < HEAD:
        return SchemaBehind(str(target), revision, HEAD)
    return SchemaAhead(str(target), revision)


def _publish(draft: Path, target: Target) -> None:
    """Give a finished file its name, unless another book has taken it meanwhile."""
    if target.path.exists() and sqlite.is_free(target):
        target.path.unlink()
    try:
        os.link(draft, target.path)
    except FileExistsError:
        raise BookExists(str(target)) from None

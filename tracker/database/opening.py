"""Opening a book: the right driver, and a schema that this program knows."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.database import sqlite
from tracker.database.connection import Connection, Target
from tracker.database.occupancy import has_journal
from tracker.errors import Refused, Unavailable, WrongSchema
from tracker.files import FULL, JOURNAL, LONGEST, drafted, mode_for, reason_of

if TYPE_CHECKING:
    from tracker.database.postgresql import PostgresqlConnection

HEAD = "0001"
"""The schema revision that this program reads and writes."""


def open_book(target: Target, *, at_head: bool = True) -> Connection:
    """Open an existing book at this program's schema or, without `at_head`, at an older one."""
    connection = connect(target)
    try:
        revision = revision_of(connection)
        if revision > HEAD or (at_head and revision != HEAD):
            if revision.isdigit() and revision < HEAD:
                raise WrongSchema("schema behind", book=target, revision=revision, head=HEAD)
            raise WrongSchema("schema ahead", book=target, revision=revision)
    except BaseException:
        connection.close()
        raise
    return connection


def connect(target: Target) -> Connection:
    """Open a database, whatever it holds."""
    return sqlite.SqliteConnection(target) if target.dialect == "sqlite" else _on_server(target)


def creating(target: Target) -> AbstractContextManager[Connection]:
    """Open an empty database for a new book, which exists once the block ends.

    A failure leaves nothing behind. If several processes make it at once, one wins and the others
    are refused, as there is a book.
    """
    making = _creating_file if target.dialect == "sqlite" else _creating_on_server
    return making(target)


@contextmanager
def _creating_file(target: Target) -> Iterator[Connection]:
    """Make a draft beside the target, and rename it when the block ends."""
    with _blaming(target):
        _require_free(target)
        target.path.parent.mkdir(parents=True, exist_ok=True)
        with drafted(target.path) as draft:
            with closing(connect(Target(target.dialect, str(draft)))) as connection:
                yield connection
            draft.chmod(mode_for(target.path))
            _publish(draft, target)


@contextmanager
def _blaming(target: Target) -> Iterator[None]:
    """Report a disk's errors as errors of the book, not of the draft beside it."""
    try:
        yield
    except Unavailable as error:
        if "path" not in error.fields:
            raise
        raise error.naming(path=target) from error
    except OSError as error:
        reason = reason_of(error)
        if error.errno in FULL:
            raise Unavailable("no room", path=target, reason=reason) from error
        raise Unavailable("book unreachable", path=target, reason=reason) from error


def _require_free(target: Target) -> None:
    if target.path.is_dir():
        raise Unavailable("book unreachable", path=target, reason="it is a folder")
    if len(os.fsencode(target.path.name)) > LONGEST - len(JOURNAL):
        raise Unavailable("book unreachable", path=target, reason="its name is too long")
    if target.path.parent.is_dir() and not sqlite.may(target.path.parent, os.W_OK):
        raise Unavailable(
            "book unreachable", path=target, reason="no permission to write in its folder"
        )
    if has_journal(target.path):
        reason = "a journal of another database is beside it; delete that"
        raise Unavailable("book unreachable", path=target, reason=reason)
    if not sqlite.is_free(target):
        _require_book(target)
        raise Refused("book exists", book=target)


def _require_book(target: Target) -> None:
    """Refuse a file that is not a book at all; one that cannot be read now passes."""
    with suppress(Unavailable), closing(connect(target)) as found:
        revision_of(found)


@contextmanager
def _creating_on_server(target: Target) -> Iterator[Connection]:
    """Fill an existing, empty database in one transaction."""
    with closing(connect(target)) as connection:
        _require_room(connection)  # before anybody is refused the right to make one
        with connection.migrating():
            _require_room(connection)
            yield connection


def _require_room(connection: Connection) -> None:
    """Refuse a database on a server in which no book can be made."""
    # Only now is the driver known to be installed.
    from tracker.database.postgresql import tables

    target = connection.target
    ((encoding,),) = connection.text("SHOW server_encoding")
    if encoding != "UTF8":
        raise Unavailable("not in UTF-8", book=target, encoding=encoding)
    held = tables(connection)
    if "alembic_version" in held and "batch" in held:
        raise Refused("book exists", book=target)
    if held:
        raise Refused("database in use", book=target, tables=held)


def revision_of(connection: Connection) -> str:
    """Return the schema revision that a database records."""
    if not (connection.has_table("alembic_version") and connection.has_table("batch")):
        if connection.target.dialect == "sqlite":
            raise WrongSchema("not a book", book=connection.target)
        _require_room(connection)
        raise WrongSchema("no book inside", book=connection.target)
    revisions = connection.text("SELECT version_num FROM alembic_version")
    if len(revisions) != 1:
        reason = "it has two schema revisions" if revisions else "its schema revision is missing"
        raise Unavailable("book damaged", book=connection.target, reason=reason)
    return str(revisions[0][0])


def _on_server(target: Target) -> "PostgresqlConnection":
    """Open a PostgreSQL book; only this imports its driver, which is slow to load."""
    try:
        from tracker.database.postgresql import PostgresqlConnection
    except ImportError as error:
        raise Unavailable("driver missing", book=target) from error
    return PostgresqlConnection(target)


def _publish(draft: Path, target: Target) -> None:
    """Give a finished file its name, unless another book has taken the name meanwhile."""
    if sqlite.is_free(target):
        target.path.unlink(missing_ok=True)
    try:
        _take_name(draft, target.path)
    except FileExistsError:
        raise Refused("book exists", book=target) from None


def _take_name(draft: Path, path: Path) -> None:
    """Give a file a name that no other file has."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # no hard links, as on many USB sticks and network shares
        path.touch(exist_ok=False)
        draft.replace(path)

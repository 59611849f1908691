"""SQLite: the driver's settings, its types and failures, and the files of books."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tracker import settings
from tracker.database import (
    Borrowed,
    Connection,
    Make,
    Target,
    require_schema,
    revision_of,
)
from tracker.database.contents import FROM_TEXT, TYPES
from tracker.dates import iso_moment
from tracker.errors import (
    BadInput,
    Refused,
    TrackerError,
    Unavailable,
    WrongSchema,
    damaged,
)
from tracker.files import (
    EVERYBODY,
    JOURNAL,
    LONGEST,
    blaming,
    drafted,
    mode_for,
    reason_of,
    to_disk,
)

BLOCK = 500
"""The most rows that are read at once."""
# Pages for which there is no room in memory go to the file before the commit, and then nobody can
# read any more: 64 MiB hold the rows of an import of some 100,000.
# Rollback journal, not WAL: see docs/decisions.md. EXTRA: an acknowledged entry survives a power
# failure, because the folder is synced too after the journal is deleted.
SETTINGS = """
PRAGMA busy_timeout = 10000;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA synchronous = EXTRA;
PRAGMA trusted_schema = OFF;
PRAGMA cache_size = -65536;
"""


LONGEST_VALUE = 64 << 20
"""The most bytes of a value that is read: a damaged file may claim any length."""


class FileDriver(Borrowed, sqlite3.Connection):
    """A driver's connection that SQLAlchemy may borrow."""


class SqliteConnection(Connection):
    """An SQLite book."""

    dialect = "sqlite"
    reading_begins = "BEGIN"
    never_writes = "PRAGMA query_only = ON"
    writing_begins = "BEGIN IMMEDIATE"
    mark = "?"

    def __init__(self, target: Target) -> None:
        self.target = target
        path = target.path.absolute()
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise Unavailable("no such book", book=target) from None
        except OSError as error:  # a name that no file can have
            raise Unavailable(
                "book unreachable", path=target, reason=reason_of(error)
            ) from error
        # `as_uri` loads all of `urllib.request` from Python 3.14 on.
        address = quote(os.fsencode(path.as_posix().removeprefix("/")), safe="/:")
        with self.translating():
            # A web service may read the lines of an export in one thread after another.
            self.driver: sqlite3.Connection = sqlite3.connect(
                f"file:///{address}?mode=rw",
                uri=True,
                isolation_level=None,
                factory=FileDriver,
                check_same_thread=False,
            )
        try:
            with self.translating():
                self.driver.executescript(SETTINGS)
                self.driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        except BaseException:
            self.close()
            raise

    def query(self, sql: str, make: Make = tuple, **parameters: object) -> list[Any]:
        with self.translating():
            cursor = self.driver.execute(sql, parameters)
            names = [name for name, *_ in cursor.description or ()]
            readers = [READERS.get(name, READERS.get(name[-3:])) for name in names]
            rows: list[Any] = []
            while block := cursor.fetchmany(BLOCK):
                columns = map(_native, readers, zip(*block, strict=True))
                rows += map(make, zip(*columns, strict=True) if any(readers) else block)
            return rows

    def tables(self) -> list[str]:
        # Views have no root page, and neither have virtual tables, which a module fills.
        rows = self.text(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        )
        return [name for (name,) in rows]

    def no_book(self) -> TrackerError:
        return WrongSchema("not a book", book=self.target)

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Hold the write lock for a migration, and check the foreign keys at its end.

        With foreign keys on, Alembic's batch mode would delete or empty child rows, and it fails
        if a view uses the table that it rebuilds. SQLite accepts the first PRAGMA only outside
        a transaction.
        """
        self.text("PRAGMA foreign_keys = OFF")
        self.text("PRAGMA legacy_alter_table = ON")
        try:
            with self.writing():
                yield
                if broken := self.text("PRAGMA foreign_key_check"):
                    raise damaged(self.target, f"foreign keys of {broken[0][0]}")
        finally:
            self.text("PRAGMA legacy_alter_table = OFF")
            self.text("PRAGMA foreign_keys = ON")

    @contextmanager
    def translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise refusal(error, self.target) or error from error
        except UnicodeEncodeError:
            raise BadInput(
                "bad text", part="text", reason="is not valid UTF-8"
            ) from None
        except (
            UnicodeDecodeError
        ) as error:  # the driver's own failure to quote what is damaged
            reason = "it contains a value that is not text"
            raise damaged(self.target, reason) from error

    @property
    def in_transaction(self) -> bool:
        return self.driver.in_transaction


def file_findings(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the file of a book: its pages and its foreign keys."""
    for (text,) in connection.text("PRAGMA integrity_check"):
        yield from (f"integrity: {line}" for line in text.splitlines() if line != "ok")
    rows = connection.text("PRAGMA foreign_key_check")
    for table, row, parent, _ in sorted(
        rows, key=lambda link: (link[0], link[1] or 0, link[2])
    ):
        # Some tables do not number theirs.
        which = "a row" if row is None else f"row {row}"
        yield f"foreign keys: {which} of {table} names no row of {parent}"


# SQLite keeps days and moments as text of fixed width and quantities as exact text; columns
# are known by the house's names for them: `…_on`, `…_at`, `value`, `target`. Days and moments
# recur from row to row: they are read once each. What is not as this program writes it is damage.


def _exactly(
    parse: Callable[[str], Any], written: Callable[[Any], str]
) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        value = parse(text)
        if written(value) != text:
            raise ValueError(text)
        return value

    return read


READ_AS: dict[type, Callable[[Any], Any]] = {
    Decimal: _exactly(Decimal, "{:f}".format),
    bool: {0: False, 1: True}.__getitem__,
    date: lru_cache(4096)(_exactly(date.fromisoformat, date.isoformat)),
    datetime: lru_cache(4096)(_exactly(FROM_TEXT[datetime], iso_moment)),
}
"""How the values of a type are read, where SQLite has no such type."""
READERS = {name: READ_AS[kind] for name, kind in TYPES.items() if kind in READ_AS}


def _native(reader: Callable[[Any], Any] | None, column: Iterable[Any]) -> Iterable[Any]:
    if reader is None:
        return column
    return [None if value is None else reader(value) for value in column]


def refusal(error: sqlite3.DatabaseError, target: Target) -> TrackerError | None:
    """Translate the driver's errors that a user can act on; others are bugs."""
    exactly = getattr(error, "sqlite_errorcode", 0)
    code = exactly & 0xFF
    message = str(error)
    # The journal is removed, which commits, but a power failure could bring it back.
    if exactly == sqlite3.SQLITE_IOERR_DIR_FSYNC:
        return Unavailable(
            "outcome unknown", book=target, reason="its disk failed at the end"
        )
    if _is_damage(code, message):
        return damaged(target, message)
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Unavailable("book locked", book=target)
        case sqlite3.SQLITE_READONLY if may(target.path, os.R_OK):
            return Unavailable("book read only", book=target)
        case sqlite3.SQLITE_NOTADB:
            return WrongSchema("not a book", book=target)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_READONLY:
            return Unavailable(
                "book unreachable", path=target, reason=_why_not_opened(target)
            )
        case sqlite3.SQLITE_FULL:
            return Unavailable("no room", path=target, reason=message)
        case sqlite3.SQLITE_IOERR:
            return Unavailable("disk failed", path=target, reason=message)
    return None


OF_SCHEMA = (
    "file format",
    "foreign key mismatch",
    # Another program may have added an index that only it can use.
    "no such collation sequence",
    "no such function",
    "unknown function",
)
"""What SQLite says of a schema that it cannot use."""


def _is_damage(code: int, message: str) -> bool:
    if code == sqlite3.SQLITE_ERROR:  # in the text of the schema
        return any(words in message for words in OF_SCHEMA)
    # For text that is not UTF-8, the engine may give no code.
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_TOOBIG) or "decode" in message


def _why_not_opened(target: Target) -> str:
    try:
        target.path.open("rb").close()
    except OSError as error:
        return reason_of(error)
    if not may(target.path.parent, os.W_OK):  # SQLite needs to put a journal beside it
        return "no permission to write in its folder"
    return "the file cannot be opened"


def may(path: Path, mode: int) -> bool:
    """Return whether this process may read, or write, at a path."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


# --- files: what is at a path, which no output may replace, and copies of books ------------------

MAGIC = b"SQLite format 3\0"
"""The first bytes of every SQLite database."""
TEXTS = ".d"
"""The ending of the folder beside a book that holds its kept texts."""


def mode_of(target: Target) -> int:
    """Return the permissions of a book's file; for a book on a server, those for everybody."""
    return (
        EVERYBODY
        if target.dialect != "sqlite"
        else target.path.stat().st_mode & EVERYBODY
    )


def occupied(path: Path) -> str | None:
    """Return why a path, or its link's target, must not be written to, or None if it may be.

    It may be a database, a file that SQLite keeps beside one, or the text of a source.
    """
    if is_database(path):
        return "it is a database"
    real = os.path.realpath(path)  # `resolve` fails at links that lead in a circle
    folder = os.path.dirname(real)  # noqa: PTH120
    texts = settings.texts_folder()
    owners = re.sub("-(journal|wal|shm)$", "", real), folder.removesuffix(TEXTS)
    if any(is_database(Path(owner)) for owner in owners) or (
        texts and folder == os.path.realpath(texts)
    ):
        return "it belongs to a book"
    return None


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database."""
    if not os.path.isfile(path):  # noqa: PTH113, until 3.13 `is_file` fails at too long names
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def back_up(target: Target, path: Path) -> None:
    """Copy an SQLite book to a new file; only those who can read the book can read the copy."""
    if target.dialect != "sqlite":
        raise Refused("backup elsewhere", book=target)
    if problem := "it is there already" if os.path.lexists(path) else occupied(path):
        raise Refused("file in the way", path=path, reason=problem)
    with closing(SqliteConnection(target)) as source:
        revision_of(source)
        with new_file(Target("sqlite", str(path)), mode_of(target)) as draft:
            try:
                with source.translating():
                    source.driver.execute("VACUUM INTO ?", (str(draft),))
            except Unavailable as error:
                if error.problem != "no room":
                    raise
                # The book is only read: it is the copy that lacks room.
                raise Unavailable(
                    "no room", path=path, reason=error.fields["reason"]
                ) from error
            with closing(SqliteConnection(Target("sqlite", str(draft)))) as copy:
                for finding in file_findings(copy):
                    raise damaged(target, finding)


@contextmanager
def new_file(target: Target, mode: int = EVERYBODY) -> Iterator[Path]:
    """Make a draft beside the place of a database, and give it its name when the block ends."""
    path = target.path
    with blaming(path):
        _require_free(target)
        with drafted(path) as draft:
            try:
                yield draft
            except TrackerError as error:
                raise _of_target(error, draft, target) from error
            draft.chmod(mode_for(path) & mode)
            to_disk(draft)
            _publish(draft, target)
        try:
            to_disk(path.absolute().parent)
        except OSError:
            path.unlink(missing_ok=True)  # a crash might lose it
            raise


def _of_target(error: TrackerError, draft: Path, target: Target) -> TrackerError:
    """Return a refusal of a draft as one of the database that it was to be."""
    fields = {
        name: target if str(value) == str(draft) else value
        for name, value in error.fields.items()
    }
    return error if fields == error.fields else type(error)(error.problem, **fields)


def _require_free(target: Target) -> None:
    """Refuse a path at which there is something, or at which SQLite could not use a book."""
    path = target.path
    if not _is_free(path):
        with closing(SqliteConnection(target)) as connection:
            require_schema(connection)
        raise Refused("book exists", book=target)
    if len(os.fsencode(path.name)) > LONGEST - len(JOURNAL):
        raise Unavailable("book unreachable", path=target, reason="its name is too long")
    journal = path.with_name(f"{path.name}{JOURNAL}")
    if not os.path.exists(path) and os.path.exists(journal):  # noqa: PTH110, see `is_database`
        reason = "a journal of another database is beside it; delete that"
        raise Unavailable("book unreachable", path=target, reason=reason)


def _is_free(path: Path) -> bool:
    """Return whether a book can be made at this path: there is no file, or an empty one."""
    return not path.exists() or (path.is_file() and path.stat().st_size == 0)


def _publish(draft: Path, target: Target) -> None:
    """Give a finished file its name, unless another book has taken the name meanwhile."""
    path = target.path
    if _is_free(path):
        path.unlink(missing_ok=True)
    try:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # no hard links, as on many USB sticks and network shares
            path.touch(exist_ok=False)
            draft.replace(path)
    except FileExistsError:
        raise Refused("book exists", book=target) from None

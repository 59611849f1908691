"""The database of a book: its address, how it is opened, and what the program asks of it."""

import os
import re
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol
from urllib.parse import unquote

from tracker import settings
from tracker.errors import (
    NotFound,
    TrackerError,
    Unavailable,
    WrongSchema,
    WrongUsage,
    damaged,
)

Row = tuple[Any, ...]
Make = Callable[[Row], Any]
Parameters = dict[str, Any]

HOST = r"(?:\[[^]@]*\]|[^:@/?#,[]*)(?::\d*)?"
SERVER = re.compile(
    r"(?:(?P<user>[^:@/?#]*)(?::[^@/?#]*)?(?P<at>@))?"  # the password has no group
    rf"(?P<place>{HOST}(?:,{HOST})*(?:/[^@?#]*)?)"
    r"(?P<query>\?[^@#]*)?"
)
"""What comes after the scheme of a whole address: no part of a password can be another part."""


class Target(NamedTuple):
    """A database; `address` is a file's path, or a PostgreSQL URL with all its secrets."""

    dialect: str
    address: str

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read a path or a URL."""
        if settings.is_like_address(text):
            raise WrongUsage("unreadable address")
        if "://" not in text:
            return cls("sqlite", os.path.expanduser(text))  # noqa: PTH111, see below
        scheme, rest = text.split("://", 1)
        kind = scheme.split("+")[0].lower()
        if kind == "sqlite" and settings.PASSWORD.search(rest):
            raise WrongUsage("unreadable address")
        if kind == "sqlite":
            # The same of a path fails where a user has no home.
            return cls("sqlite", os.path.expanduser(unquote(rest.removeprefix("/"))))  # noqa: PTH111
        if kind in ("postgresql", "postgres"):
            if not SERVER.fullmatch(rest):
                raise WrongUsage("unreadable address")
            return cls("postgresql", f"postgresql://{rest}")
        raise WrongUsage("unknown database", scheme=kind.rpartition("@")[2])

    @classmethod
    def meant(cls, named: str | None) -> "Target":
        """Return the database that is named, else the environment's, else the default."""
        if named is not None and not named.strip():
            raise WrongUsage("no book named")
        return cls.parse(settings.database_or(named) or str(settings.default_database()))

    @property
    def path(self) -> Path:
        """The file of an SQLite book."""
        return Path(self.address)

    def __str__(self) -> str:
        """Return the target as messages print it, without passwords."""
        if self.dialect == "sqlite":
            return self.address or "."
        match = SERVER.fullmatch(self.address.removeprefix("postgresql://"))
        assert match is not None
        parts = (match["query"] or "").removeprefix("?").split("&")
        public = [part for part in parts if not settings.PASSWORD.search(unquote(part))]
        query = "&".join(public)
        place = match.expand(r"postgresql://\g<user>\g<at>\g<place>")
        return f"{place}?{query}" if query else place

    def __repr__(self) -> str:
        return f"Target({self.dialect!r}, {str(self)!r})"


class Connection(Protocol):
    """One open database; days, moments, decimals and flags are native Python values."""

    dialect: ClassVar[str]
    reading_begins: ClassVar[str]
    """The statement that begins a read transaction."""
    never_writes: ClassVar[str]
    """The statement after which the connection refuses to write."""
    mark: ClassVar[str]
    """What stands for a value in the driver's SQL."""
    target: Target
    is_saving: ClassVar[bool] = False
    """Whether any connection of this process has begun to commit."""
    driver: Any
    """The driver's connection, for SQLAlchemy to borrow; transactions do not begin or end there."""

    def query(self, sql: str, make: Make = tuple, **parameters: object) -> list[Any]:
        """Run a SELECT with plain `:name` parameters; return what `make` makes of each row.

        The values of a row are native Python ones.
        """

    def insert(self, table: str, rows: Sequence[Parameters]) -> None:
        """Write rows of plain values, possibly very many; refuse if a trigger dropped one.

        All have the same columns in the same order.
        """
        marks = ", ".join([self.mark] * len(rows[0]))
        sql = f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})"
        with self.translating():
            cursor = self.driver.cursor()
            cursor.executemany(sql, [tuple(row.values()) for row in rows])
        if (written := cursor.rowcount) != len(rows):
            raise Unavailable(
                "rows dropped", book=self.target, wanted=len(rows), written=written
            )

    def text(self, sql: str) -> list[Row]:
        """Run a statement without parameters and return its rows as the driver reads them."""
        with self.translating():
            cursor = self.driver.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def tables(self) -> list[str]:
        """Return the names of the database's tables; on a server also those of its views."""

    def no_book(self) -> TrackerError:
        """Return the refusal of a database that holds no book."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a read transaction, which sees one state of the book, while the block runs.

        While a transaction is open, it is part of that one.
        """
        is_own = not self.in_transaction
        try:
            if is_own:
                self.text(self.reading_begins)
            yield
        finally:
            if is_own:
                self.roll_back()

    @property
    def writing_begins(self) -> str:
        """The statements that begin a transaction and take the write lock."""

    @contextmanager
    def writing(self, begins: str = "") -> Iterator[None]:
        """Hold the write lock; the block's end commits, an exception rolls back.

        Inside another such block it joins that one's transaction.
        """
        if self.in_transaction:
            yield
            return
        try:
            self.text(begins or self.writing_begins)
            yield
            self.commit()
        except BaseException:
            self.roll_back()
            raise

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Hold the write lock for a change of schema; foreign keys are checked at the end."""

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Translate the driver's failures into the program's own errors."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def commit(self) -> None:
        """Commit the transaction."""
        Connection.is_saving = True
        self.text("COMMIT")

    def roll_back(self) -> None:
        """Roll back the open transaction, if any."""
        if self.in_transaction:
            self.text("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self.driver.close()


class Borrowed:
    """A driver's connection whose transactions only this package begins and ends."""

    def commit(self) -> None:
        """Leave the transaction open: SQLAlchemy, which borrows the connection, calls this."""

    def rollback(self) -> None:
        """Leave the transaction open, as `commit` does."""


HEAD = "0002"
"""The schema revision that this program reads and writes."""
MADE_BY = {"0001": "version 0.3", "0002": "version 0.4"}
"""Which version of this program made the books of each schema revision."""
MARKS = {"alembic_version", "batch", "thing"}
"""The tables by which a book is known."""
SINCE_0_3 = "entry_source"
"""The table that tells a book of version 0.3 from one of 0.2, which bears `0001`, too."""


def connect(target: Target) -> Connection:
    """Open a database, whatever it holds; only this imports a server's driver, which is slow."""
    if target.dialect == "sqlite":
        from tracker.database.sqlite import SqliteConnection

        return SqliteConnection(target)
    try:
        from tracker.database.postgresql import PostgresqlConnection
    except ImportError as error:
        raise NotFound("extra missing", command=target, extra="postgres") from error
    return PostgresqlConnection(target)


def open_book(target: Target, *, at_head: bool = True) -> Connection:
    """Open an existing book at this program's schema or, without `at_head`, at an older one."""
    connection = connect(target)
    try:
        require_schema(connection, at_head)
    except BaseException:
        connection.close()
        raise
    return connection


def open_damaged(target: Target) -> Connection:
    """Open a book that may be damaged: with all of its tables, it may have lost its revision."""
    from tracker.database.contents import COLUMNS

    connection = connect(target)
    try:
        require_schema(connection)
    except (WrongSchema, Unavailable) as error:
        is_older = error.problem == "schema behind"
        if is_older or not COLUMNS.keys() <= {*connection.tables()}:
            connection.close()
            raise
    return connection


def require_schema(connection: Connection, at_head: bool = True) -> None:
    """Refuse a database without a book of this program's schema or, if need be, an older one.

    So that no view is read in place of a table, the tables must be there as such.
    """
    from tracker.database.contents import COLUMNS

    tables = {*connection.tables()}
    revision = revision_of(connection, tables)
    if revision > HEAD:
        raise WrongSchema(
            "schema ahead",
            book=connection.target,
            revision=revision,
            version=MADE_BY[HEAD],
        )
    if at_head and revision < HEAD:
        raise WrongSchema(
            "schema behind",
            book=connection.target,
            maker=MADE_BY.get(revision, "an older version"),
            revision=revision,
            head=HEAD,
        )
    for table in sorted(COLUMNS.keys() - tables):
        reason = f"the table {table} is missing, or is not a table"
        raise damaged(connection.target, reason)


def revision_of(connection: Connection, tables: Set[str] | None = None) -> str:
    """Return the schema revision that a database records; refuse one that holds no book."""
    if tables is None:
        tables = {*connection.tables()}
    if not tables >= MARKS:
        raise connection.no_book()
    revisions = connection.text("SELECT version_num FROM alembic_version")
    if len(revisions) != 1:
        reason = (
            "it has two schema revisions"
            if revisions
            else "its schema revision is missing"
        )
        raise damaged(connection.target, reason)
    if revisions == [("0001",)] and SINCE_0_3 not in tables:
        raise WrongSchema("book of 0.2", book=connection.target)
    return str(revisions[0][0])

"""The interface of a connection."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Protocol

from tracker.database.target import Target
from tracker.errors import Unavailable

Row = tuple[Any, ...]
Parameters = dict[str, Any]

SEALING = "batch"
"""The table whose new row ends a batch."""


class Connection(Protocol):
    """One open database; days, moments, decimals and flags are native Python values."""

    dialect: ClassVar[str]
    reading_begins: ClassVar[str]
    """The statement that begins a read transaction."""
    target: Target
    driver: Any
    """The driver's connection, for SQLAlchemy to borrow; transactions do not begin or end there."""
    executed: int
    """Statements run so far; each report runs a constant number."""

    def query(self, sql: str, **parameters: object) -> list[Row]:
        """Run a SELECT with `:name` parameters and return its rows in native Python values."""

    def insert(self, table: str, rows: Sequence[Parameters]) -> None:
        """Write rows, which have the same columns, in a table; refuse if one was dropped."""

    def insert_plain(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Write rows of plain values, possibly very many, in some columns of a table."""

    def text(self, sql: str) -> list[Row]:
        """Run a statement without parameters and return its rows as the driver reads them."""

    def has_table(self, name: str) -> bool:
        """Return whether the database has this table."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a read transaction, which sees one state of the book, while the block runs."""
        try:
            self.text(self.reading_begins)
            yield
        finally:
            self._roll_back()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; the block's end commits, an exception rolls back."""

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Hold the write lock for a change of schema; foreign keys are checked at the end."""

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Translate the driver's failures into the program's own errors."""

    def _roll_back(self) -> None: ...

    def close(self) -> None:
        """Close the connection."""
        self.driver.close()


class Borrowed:
    """A driver's connection whose transactions only this package begins and ends."""

    def commit(self) -> None:
        """Leave the transaction open: SQLAlchemy, which borrows the connection, calls this."""

    def rollback(self) -> None:
        """Leave the transaction open, as `commit` does."""


def insertion(table: str, columns: Iterable[str]) -> str:
    """Return the statement that writes a new row, with a `:name` parameter for each column."""
    named = ", ".join(f":{column}" for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({named})"


def require_kept(target: Target, wanted: int, written: int) -> None:
    """Refuse if fewer rows were written than wanted without an error: a trigger may drop rows."""
    if written != wanted:
        raise Unavailable("rows dropped", book=target, wanted=wanted, written=written)

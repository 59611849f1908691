"""The interface of a connection."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Protocol

from tracker.database.statements import MERGED, is_ordered, statement, with_numbers
from tracker.database.target import Target
from tracker.errors import RowsDropped

Row = tuple[Any, ...]
Parameters = dict[str, Any]


class Connection(Protocol):
    """One open database; days, moments, decimals and flags are native Python values."""

    dialect: ClassVar[str]
    reading_begins: ClassVar[str]
    """The statement that begins a read transaction."""
    target: Target
    driver: Any
    """The driver's connection, for SQLAlchemy to borrow; transactions do not begin or end there."""
    executed: int
    """Statements run so far, by name or as text; each report runs a constant number."""
    merged: bool | None = None
    """Whether other books were merged into this one; None until a transaction looks it up."""

    def rows(self, name: str, /, **parameters: object) -> list[Row]:
        """Run the named statement and return its rows."""

    def query(self, sql: str, **parameters: object) -> list[Row]:
        """Run a SELECT with `:name` parameters and return its rows in native Python values."""

    def stream(self, name: str, /, **parameters: object) -> Iterator[Row]:
        """Run the named statement and yield its rows without holding them all in memory."""

    def insert(self, table: str, rows: Sequence[Parameters]) -> None:
        """Write rows, which have the same columns, in a table; refuse if one was dropped."""

    def insert_plain(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Write rows of plain values, possibly very many, in some columns of a table."""

    def text(self, sql: str) -> list[Row]:
        """Run a statement given as text: pragmas, locks, the schema's own tables."""

    def has_table(self, name: str) -> bool:
        """Return whether the database has this table."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a read transaction, which sees one state of the book, while the block runs."""
        self.merged = None
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

    def composed(self, name: str, parameters: Parameters) -> tuple[str, Parameters]:
        """Return a statement with its order and its lists of numbers filled in.

        The caller translates failures.
        """
        merged = is_ordered(name) and self._is_merged()
        sql = statement(name, self.dialect, merged=merged)
        return with_numbers(sql, parameters)

    def _is_merged(self) -> bool:
        if self.merged is None:
            self.merged = self.driver.execute(MERGED).fetchone() is not None
        return self.merged


class Borrowed:
    """A driver's connection whose transactions only this package begins and ends."""

    def commit(self) -> None:
        """Leave the transaction open: SQLAlchemy, which borrows the connection, calls this."""

    def rollback(self) -> None:
        """Leave the transaction open, as `commit` does."""


def require_kept(target: Target, wanted: int, written: int) -> None:
    """Refuse if fewer rows were written than wanted without an error: a trigger may drop rows."""
    if written != wanted:
        raise RowsDropped(book=target, wanted=wanted, written=written)

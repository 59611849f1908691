"""The book as a Python object: each command is a method, each answer a value."""

from datetime import date
from pathlib import Path

from tracker.book.answer import Answer, Done
from tracker.book.declare import Declare
from tracker.book.files import Files
from tracker.book.record import Record
from tracker.book.reports import Reports
from tracker.book.upkeep import Upkeep

__all__ = ["Answer", "Book", "Done"]


class Book(Record, Reports, Declare, Upkeep, Files):
    """A book: its reports, and methods that record in it.

    Methods and options are those of the command line; refusals are the classes of
    `tracker.errors`. Days are ISO text, words such as `"yesterday"`, or `datetime.date`; every
    report takes `as_of`, `known_by`, `hindsight` and `agreement`.

        with Book.open("truce.db") as book:
            book.gains(as_of="2026-03-31")
    """

    @classmethod
    def open(
        cls,
        target: str | Path | None = None,
        today: str | date | None = None,
        author: str | None = None,
    ) -> "Book":
        """Open an existing book and keep it open: a path, `sqlite:///…` or `postgresql://…`.

        Defaults are those of the command line: `TRACKER_DB` or the default path, `TRACKER_TODAY` or
        the calendar, `TRACKER_AUTHOR` or the account's name. `Book(…)` itself opens nothing; it
        opens the book for each call.
        """
        from tracker.database import open_book

        book = cls(target, today, author)
        book._kept = open_book(book.target)
        return book

    def disconnect(self) -> None:
        """Close the connection, as the end of a `with` block does; `close` closes a deadline."""
        if self._kept:
            self._kept.close()
            self._closed = True

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.disconnect()

"""The book as a Python object: each command is a method, each answer a value."""

from datetime import date
from pathlib import Path

from tracker import settings
from tracker.book.access import Lent
from tracker.book.answer import Answer
from tracker.book.questions import Questions
from tracker.book.records import Records
from tracker.book.texts import Texts
from tracker.book.values import day_of

__all__ = ["Answer", "Book"]


class Book(Questions, Records, Texts):
    """A book: its reports, and methods that record in it.

    Methods and options are those of the command line; refusals are the classes of
    `tracker.errors`. Days are ISO text, words such as `"yesterday"`, or `datetime.date`; every
    report takes `as_of`, `known_by`, `public_by` and `agreement`.

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
        """Open an existing book: a path, `sqlite:///…` or `postgresql://…`.

        Defaults are those of the command line: `TRACKER_DB` or the default path, `TRACKER_TODAY` or
        the calendar, `TRACKER_AUTHOR` or the account's name.
        """
        from tracker.database import Target, open_book

        on = settings.today_or(None)
        on = on if today is None else day_of(today, on)
        connection = open_book(Target.meant(None if target is None else str(target)))
        return cls(Lent(connection), on, author)

    def disconnect(self) -> None:
        """Close the connection, as the end of a `with` block does; `close` closes a deadline."""
        if isinstance(self._opened, Lent):
            self._opened.close()

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.disconnect()

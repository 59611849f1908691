"""A session for questions in SQLModel, on either database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tracker.book.access import Access
from tracker.errors import Unavailable, WrongUsage

if TYPE_CHECKING:
    from sqlalchemy.engine import ExceptionContext
    from sqlmodel import Session

    from tracker.database import Connection


class Sessions(Access):
    """Opens a book for questions that no report answers."""

    @contextmanager
    def session(self) -> "Iterator[Session]":
        """Open a session that only reads, and sees one state of the book until the block ends.

        `tracker.models` has the classes, and `in_force`, which selects what counts. While the
        session is open, nobody can record in a book that is a file.
        """
        from sqlalchemy import event
        from sqlmodel import Session

        from tracker.database import open_book
        from tracker.schema import engine_of

        def refuse(*_: object) -> None:
            raise WrongUsage("session reads only")

        def go_on(failure: "ExceptionContext") -> None:
            """Begin again, as a server ends a transaction with its first error."""
            connection.roll_back()
            connection.text(connection.reading_begins)
            if _is_write(connection, failure.original_exception):
                refuse()

        with closing(open_book(self.target)) as connection:
            connection.text(connection.never_writes)
            engine = engine_of(connection)
            event.listen(engine, "handle_error", go_on)
            with (
                connection.reading(),
                Session(engine, autoflush=False, expire_on_commit=False) as session,
            ):
                event.listen(session, "before_flush", refuse)
                yield session


def _is_write(connection: "Connection", error: BaseException) -> bool:
    """Return whether a database refused to write."""
    try:
        with connection.translating():
            raise error
    except Unavailable as refusal:
        return refusal.problem == "book read only"
    except Exception:
        return False

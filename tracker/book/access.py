"""Access to a book: which one, on which day, by whom; opened for each question and command."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from tracker import settings
from tracker.book.values import Day, Moment, Words, choice_of, day_of, point_of
from tracker.errors import BookClosed

if TYPE_CHECKING:
    from tracker.database import Connection
    from tracker.journal.writer import Writer
    from tracker.reports import View

Found = TypeVar("Found")


class Asked(TypedDict, total=False):
    """What every report takes: its clocks, and an agreement to narrow it to."""

    as_of: Day | None
    known_by: Moment | None
    public_by: Day | None
    agreement: str | None


class Filters(TypedDict, total=False):
    """Which concessions a report lists: for each filter in use, the words of which one must fit."""

    giver: Words | None
    receiver: Words | None
    sector: Words | None
    kind: Words | None
    stage: Words | None
    state: Words | None


class Narrowed(Asked, Filters, total=False):
    """What a report that lists concessions takes."""


class Access:
    """Access to one book.

    `opened` opens it, and closes it when the block ends; the author is looked up on first use.
    """

    def __init__(
        self,
        opened: "Callable[[], AbstractContextManager[Connection]]",
        today: date,
        author: str | None = None,
    ) -> None:
        self._opened = opened
        self._author = author
        self.today = today

    @cached_property
    def author(self) -> str:
        """Who writes."""
        return settings.author_or(self._author)

    def day(self, value: Day | None) -> date:
        """Return the day that a caller means; by default, today."""
        return self.today if value is None else day_of(value, self.today)

    def ask(
        self,
        report: "Callable[[View], Found]",
        until: date | None = None,
        *,
        as_of: Day | None = None,
        known_by: Moment | None = None,
        public_by: Day | None = None,
        agreement: str | None = None,
        **filters: Unpack[Filters],
    ) -> Found:
        """Return what a report finds in the book at its clocks; `until` goes before `as_of`."""
        from tracker.facts import Clocks
        from tracker.known_by import known_by as known
        from tracker.reports import View

        day, number = point_of(as_of)
        on, today = until or self.day(day), settings.now().astimezone(UTC).date()
        with self._opened() as connection, connection.reading():
            public = None if public_by is None else self.day(public_by)
            clocks = Clocks(on, known(connection, number or known_by, today), public, self.today)
            view = View.read(connection, clocks, agreement, choice_of(**filters))
            if number and day is None:
                view = view.at(view.state.record.recorded_on)
            return report(view)

    @contextmanager
    def writing(self) -> "Iterator[Writer]":
        """Hold the write lock for one command's entries, committed together or not at all."""
        with self._opened() as connection, connection.writing():
            yield self.writer(connection)

    def writer(self, connection: "Connection") -> "Writer":
        """Return the writer of one command's entries."""
        from tracker.journal.writer import Writer

        return Writer(connection, self.author, self.today, settings.now)


class Lent:
    """A connection that stays open from one use to the next, until `close`."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._open = True

    @contextmanager
    def __call__(self) -> "Iterator[Connection]":
        """Yield the connection."""
        if not self._open:
            raise BookClosed(book=self._connection.target)
        yield self._connection

    def close(self) -> None:
        """Close the connection."""
        self._open = False
        self._connection.close()

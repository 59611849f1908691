"""Access to a book, which is opened for each question and command, and what it answers."""

from _thread import get_ident
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, TypeVar, Unpack

import tracker.settings as settings  # `from tracker` would ask the package for it first
from tracker.book.options import Day, Filters, LastKnown, LooseDay, OneOrMore
from tracker.dates import Period, Span, parse_day, parse_day_or_period, parse_day_or_span
from tracker.errors import NotFound, TrackerError, Unavailable, WrongUsage, damaged
from tracker.forms import parse_word
from tracker.tables import Report
from tracker.vocabulary import ConcessionKind, Status

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.database import Connection, Target
    from tracker.journal.writer import Writer
    from tracker.reports import View

Result = TypeVar("Result")
Method = TypeVar("Method", bound=Callable[..., Any])


class Done(NamedTuple):
    """What a command without a report did, in lines for people."""

    lines: tuple[str, ...]
    exit_code: int = 0
    """1 if the lines are findings."""
    notices: tuple[str, ...] = ()
    """What the command line says on standard error."""

    def __str__(self) -> str:
        return "\n".join(self.lines)


class Answer:
    """An immutable answer: rows for programs, a table for people.

    As text it is the table of the command line; in a notebook it is HTML.
    """

    __slots__ = ("exit_code", "for_programs", "report")

    def __init__(
        self, report: Report, exit_code: int = 0, *, for_programs: bool = False
    ) -> None:
        self.report = report
        """The report that the command line writes in any of its formats."""
        self.exit_code = exit_code
        """What the command line exits with: 1 if `check` found something."""
        self.for_programs = for_programs
        """Whether it holds nothing that people need to read."""

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """The main table, with the keys of the JSON contract and native Python values.

        One key holds one type. Quantities and percentages are `Decimal`, days are `date`,
        moments are `datetime` in UTC; absent values are None. Days that may be known to the
        month or the year only (`due_on`, `original_due_on`, `ends_on`) are ISO text, as given.
        """
        from tracker.tables.data import plain_value

        return tuple(plain_value(row, native=True) for row in self.report.rows)

    @property
    def data(self) -> dict[str, Any]:
        """The whole document of the JSON contract, as `-f json` prints it."""
        from tracker.tables.data import document

        return document(self.report)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.report.rows)

    def __repr__(self) -> str:
        name = self.report.document.get("report", "receipt")
        return f"<Answer: {name}, rows: {len(self)}>"

    def __str__(self) -> str:
        """Return the table that the command line prints, without the last newline."""
        from tracker.tables import Surface, render

        return render(self.report, "text", Surface()).removesuffix("\n")

    def _repr_html_(self) -> str:
        """Return the HTML that a notebook shows."""
        from tracker.tables.html import fragment

        return fragment(self.report)


def command(writes: str = "") -> Callable[[Method], Method]:
    """Return a decorator of a method that is a command; its docstring is the command's help.

    `writes` says which options of `cli.terminal` it takes: those of a `table`, a `page`, a
    `receipt`, or none.
    """

    def marked(method: Method) -> Method:
        vars(method)["writes"] = writes
        return method

    return marked


class RollBack(Exception):
    """Rolls back a whole change, on purpose."""


Db = Annotated[str | Path | None, "--db PATH|URL  The book to use.  [env: TRACKER_DB]"]
Today = Annotated[
    Day | None, "--today DATE  The date to use as today's.  [env: TRACKER_TODAY]"
]
Author = Annotated[
    str | None,
    "--author NAME  Who writes; by default, your account's name.  [env: TRACKER_AUTHOR]",
]


class Access:
    """Access to one book, which is opened for each use unless a connection is kept.

    Where it is and the author are looked up on first use; the calendar is read at each call.
    """

    def __init__(
        self, db: Db = None, today: Today = None, author: Author = None
    ) -> None:
        self._db = None if db is None else str(db)
        self._today = today
        self._author = author
        self._kept: Connection | None = None
        self._thread = get_ident()
        """The thread to which a kept connection belongs."""

    @classmethod
    def open(
        cls,
        target: str | Path | None = None,
        today: str | date | None = None,
        author: str | None = None,
    ) -> Self:
        """Open an existing book and keep it open: a path, `sqlite:///…` or `postgresql://…`.

        Defaults are those of the command line: `TRACKER_DB` or the default path, `TRACKER_TODAY` or
        the calendar, `TRACKER_AUTHOR` or the account's name. An open book belongs to the thread
        that opened it. `Book(…)` itself opens nothing; it opens the book for each call.
        """
        from tracker.database import open_book

        book = cls(target, today, author)
        book._kept = open_book(book.target)
        return book

    def disconnect(self) -> None:
        """Close the connection, as the end of a `with` block does; `close` closes a deadline.

        What is called afterwards opens the book again, for itself.
        """
        if self._kept:
            self._require_own_thread()
            self._kept.close()
            self._kept = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.disconnect()

    @cached_property
    def target(self) -> "Target":
        """The place of the book."""
        from tracker.database import Target

        return Target.meant(self._db)

    @property
    def today(self) -> date:
        """The date to use as today's, which a book that outlives midnight must not remember."""
        return settings.today_or(None if self._today is None else text_of(self._today))

    @cached_property
    def author(self) -> str:
        """Who writes."""
        return settings.author_or(self._author)

    @contextmanager
    def opened(self) -> "Iterator[Connection]":
        """Open the book for one use, or lend the connection that is kept."""
        from tracker.database import open_book

        if self._kept:
            self._require_own_thread()
            yield self._kept
            return
        with closing(open_book(self.target)) as connection:
            yield connection

    def _require_own_thread(self) -> None:
        """Refuse a kept connection to another thread, whose statements would mix with ours."""
        if self._thread != get_ident():
            raise WrongUsage("another thread", book=self.target)

    def day(self, value: Day | None) -> date:
        """Return the day that a caller means; by default, today."""
        return self.today if value is None else parse_day(text_of(value), self.today)

    def last_day(self, value: Day | None) -> date:
        """Return the last day of a day, a week or a longer time; today if that is not over."""
        span = self.span(value or self.today)
        return min(span.end, self.today) if span.start <= self.today else span.end

    def span(self, value: LooseDay, ahead: bool = False) -> Span:
        """Return the days of a day, a week, a month, a quarter or a year."""
        return parse_day_or_span(text_of(value), self.today, ahead)

    def period(self, value: LooseDay) -> Period:
        """Return a day, or a month or a year, as precise as it was given."""
        return parse_day_or_period(text_of(value), self.today)

    def due(self, value: LooseDay) -> Period:
        """Return the same of a deadline, whose day may be ahead and needs its year."""
        return parse_day_or_period(text_of(value), self.today, ahead=True)

    def ask(
        self,
        report: "Callable[[View], Result]",
        until: date | None = None,
        *,
        as_of: Day | None = None,
        known_by: LastKnown | None = None,
        hindsight: bool = False,
        agreement: str | None = None,
        **filters: Unpack[Filters],
    ) -> Result:
        """Return what a report finds in the book at its clocks, but not after `until`.

        Of one agreement, no more is read than it needs, unless it asks for what is elsewhere.
        """
        from tracker.record import OnlyAPart, Record
        from tracker.reports import View
        from tracker.reports.view import Choice
        from tracker.state import Clocks

        day, number = point_of(as_of)
        accepted = taken(Filters, filters).items()
        choice = Choice(**{name: chosen(name, words) for name, words in accepted})

        def found(record: Record) -> Result:
            on = record.recorded_on if number and day is None else self.last_day(day)
            clocks = Clocks(min(on, until or on), record.known, hindsight)
            return report(View(record, clocks, agreement, choice))

        with self.opened() as connection, connection.reading():
            last = _last_known(connection, number or known_by)
            if agreement is not None:
                with suppress(OnlyAPart, NotFound):
                    return found(Record.of_agreement(connection, agreement, last))
            return found(Record.read(connection).up_to(last))

    @contextmanager
    def session(self) -> "Iterator[Session]":
        """Open a session that only reads, and sees one state of the book until the block ends.

        `tracker.models` has the classes, and `in_force`, which selects what counts. While the
        session is open, nobody can record in a book that is a file.
        """
        from sqlmodel import Session

        from tracker.database import open_book
        from tracker.schema import engine_of

        with closing(open_book(self.target)) as connection:
            connection.text(connection.never_writes)
            engine = engine_of(connection)
            with (
                connection.reading(),
                Session(engine, autoflush=False, expire_on_commit=False) as session,
            ):
                yield session

    @contextmanager
    def blaming_damage(self, *expected: type[Exception]) -> Iterator[None]:
        """Raise Unavailable if the block fails unexpectedly and the book is damaged.

        If the book is sound, the failure itself is raised again: it is a bug.
        """
        try:
            yield
        except Exception as error:
            if isinstance(error, (TrackerError, OSError, *expected)):
                raise
            if reason := self._damage():
                raise damaged(self.target, reason) from error
            raise

    def _damage(self) -> str | None:
        """Return what is found first if the book is damaged; one of another version is not."""
        from tracker.database import open_book
        from tracker.soundness import findings

        try:
            with suppress(Unavailable), closing(open_book(self.target)):
                pass
            found = findings(self.target)
        except TrackerError:  # the book is missing, or cannot be read now
            return None
        return found[0] if found else None

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> "Iterator[Writer]":
        """Hold the write lock for one command's entries, committed together or not at all."""
        with self.opened() as connection, suppress(RollBack), connection.writing():
            yield self.writer(connection)
            if dry_run:
                raise RollBack

    def record(self, write: "Callable[[Writer], range]") -> Answer:
        """Return the receipt of one command's entries, which a function writes."""
        from tracker.reports.receipt import receipt

        with self.writing() as writer:
            return Answer(receipt(writer, write(writer)))

    def writer(self, connection: "Connection") -> "Writer":
        """Return the writer of one command's entries."""
        from tracker.journal.writer import Writer

        return Writer(connection, self.author, self.today, settings.now)


def _last_known(connection: "Connection", known_by: LastKnown | None) -> int:
    """Return the last entry that a report knows of."""
    from tracker.database import contents
    from tracker.record import LATEST, Record, held_by
    from tracker.reports.view import last_known_by

    if known_by is None:
        return LATEST
    tables: dict[str, list[Any]] = {table: [] for table in contents.COLUMNS}
    tables["batch"] = contents.rows(connection, "batch", "TRUE")
    batches = Record(tables, connection.target, cut_from=held_by(connection))
    last = last_known_by(batches, known_by, settings.now().astimezone(UTC).date())
    if not last and batches.batches and str(known_by) not in ("0", "#0"):
        raise NotFound("nothing known", moment=known_by)
    return last


def text_of(value: LooseDay) -> str:
    """Return a day in ISO text, or in a caller's words."""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)


def point_of(value: Day | None) -> tuple[Day | None, str | None]:
    """Return the day and the entry of a point: `2026-02-22#415`, a day alone, or `#415` alone."""
    if isinstance(value, str) and "#" in value:
        day, _, number = value.partition("#")
        return day.strip() or None, f"#{number.strip()}"
    return value, None


def chosen(name: str, words: Any) -> tuple[Any, ...]:
    """Return the words of a filter."""
    vocabularies: dict[str, Any] = {"kind": ConcessionKind, "status": Status}
    if name not in vocabularies:
        return several(words)
    return tuple(parse_word(name, word, vocabularies[name]) for word in several(words))


def several(words: OneOrMore | None) -> tuple[str, ...]:
    """Return each of some words once."""
    return (words,) if isinstance(words, str) else tuple(dict.fromkeys(words or ()))


def taken(kind: type, named: Any) -> dict[str, Any]:
    """Return keywords of a method; refuse those that it does not take, as Python does."""
    if stray := ", ".join(sorted(named.keys() - kind.__annotations__.keys())):
        raise TypeError(f"unexpected keyword argument: {stray}")
    return dict(named)

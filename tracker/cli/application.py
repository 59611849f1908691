"""One run of the program: the options before its commands, and the book that these mean."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker import __version__, settings
from tracker.cli import completion
from tracker.cli.commands import Panels
from tracker.cli.options import option
from tracker.errors.wording import called_on

if TYPE_CHECKING:
    from tracker.book import Book
    from tracker.database import Connection, Target
    from tracker.journal.writer import Writer

UNFORESEEN = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError)
"""What a value that this program did not write can raise; otherwise a bug."""


class DryRun(Exception):
    """Rolls back a whole change, on purpose."""


class Invocation:
    """The options before the command."""

    def __init__(self, db: str | None, today: str | None, author: str | None) -> None:
        self._db = db
        self._today = today
        self._author = author

    @cached_property
    def target(self) -> "Target":
        """The book that the user means."""
        from tracker.database import Target

        return Target.meant(self._db)

    @property
    def names_book(self) -> bool:
        """Whether the user named a book, by option or environment."""
        return settings.database_or(self._db) is not None

    @property
    def program(self) -> str:
        """The command that opens this book, for advice."""
        return called_on(self._db) if self._db else "tracker"

    @cached_property
    def today(self) -> date:
        """The date to use as today's."""
        return settings.today_or(self._today)

    @cached_property
    def book(self) -> "Book":
        """The book that the user means, as Python sees it."""
        from tracker.book import Book

        return Book(self.opened, self.today, self._author)

    @contextmanager
    def opened(self) -> Iterator["Connection"]:
        """Open the book; the default one is made on first use."""
        import sqlite3  # not needed by --help

        from tracker.database import open_book

        if not self.names_book and not self.target.path.exists():
            from tracker.cli.book import make_default

            if made := make_default(self.target, self.book.writer):
                self.tell(made)
        connection = open_book(self.target)
        try:
            yield connection
        except (*UNFORESEEN, sqlite3.Error) as error:
            self._require_sound(error)
            raise
        finally:
            connection.close()

    def _require_sound(self, error: Exception) -> None:
        """Raise `BookDamaged` if the book has damage that explains an unexpected error."""
        from tracker.errors import BookDamaged
        from tracker.soundness import findings

        for finding in findings(self.target, settings.now()):
            raise BookDamaged(book=self.target, reason=finding) from error

    @contextmanager
    def changing(self, *, dry_run: bool) -> Iterator["Writer"]:
        """Open the book for one change; an error or a dry run rolls it back."""
        with self.opened() as connection, suppress(DryRun), connection.writing():
            yield self.book.writer(connection)
            if dry_run:
                raise DryRun

    def tell(self, message: str) -> None:
        """Print a message to standard error."""
        print(f"tracker: {message}", file=sys.stderr)


app = typer.Typer(
    name="tracker",
    cls=Panels,
    help="A book of the concessions that the parties to a trade truce promised each other.\n\n"
    "Without a command it prints the week in brief: 'tracker week --brief'.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"truce-tracker {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    db: Annotated[
        str | None, option("--db", "PATH|URL", "The book to use.  [env: TRACKER_DB]")
    ] = None,
    today: Annotated[
        str | None, option("--today", "DATE", "The date to use as today's.  [env: TRACKER_TODAY]")
    ] = None,
    author: Annotated[
        str | None,
        option(
            "--author",
            "NAME",
            "Who writes; by default, your account's name.  [env: TRACKER_AUTHOR]",
            completion.nothing,
        ),
    ] = None,
    _version_shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A book of the concessions that the parties to a trade truce promised each other."""
    context.obj = Invocation(db, today, author)
    if context.invoked_subcommand is None:
        from tracker.cli.output import Wanted, emit  # not needed by --help

        emit(context.obj.book.week(brief=True).report, Wanted())


@cache
def program() -> Any:
    """Return the program; each command is built when it is called."""
    return typer.main.get_command(app)

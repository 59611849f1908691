"""The command that brings another book into this one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.files import read
from tracker.cli.output import Wanted, emit
from tracker.cli.parameters import option, path_argument, word_of
from tracker.errors import BooksDisagree
from tracker.vocabulary import Kept

if TYPE_CHECKING:
    from tracker.cli.invocation import Invocation
    from tracker.interchange.otherbook import OtherBook
    from tracker.tables import Report

commands = typer.Typer()


@commands.command()
def merge(
    context: typer.Context,
    book: Annotated[
        str, path_argument("FILE.jsonl|BOOK.db|URL|-", "The other book, or its export.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be added; write nothing.")
    ] = False,
    keep: Annotated[
        Kept | None,
        option(
            "--keep",
            "ours|theirs",
            "Whose declarations and closings to keep where the books conflict.",
            parser=word_of("choice", Kept),
        ),
    ] = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Merge another book into this one, without duplicates.

    Adds what only the other book holds, with its authors. 'undo' takes all of it back.

    Example: tracker merge colleague.jsonl --dry-run
    """
    # The other book is read and checked before this one is locked.
    with _other(book) as other:
        report, fits = _merged(context.obj, other, keep, dry_run=dry_run, in_full=format != "text")
    emit(report, Wanted(format))
    if not fits:
        raise typer.Exit(BooksDisagree.exit_code)


def _merged(
    invocation: "Invocation", other: "OtherBook", keep: Kept | None, *, dry_run: bool, in_full: bool
) -> "tuple[Report, bool]":
    """Merge a book that was read, or nothing of it; return the receipt, and whether all fits."""
    from tracker.interchange.merging import merge, require_settled
    from tracker.reports.imported import Watch
    from tracker.reports.merged import merged_report

    with invocation.changing(dry_run=dry_run) as writer:
        watch = Watch(writer.connection, invocation.today, in_full=in_full)
        with writer.connection.filling(other.size(), sparing=True):
            merged = merge(writer, other, keep)
        if not dry_run:
            require_settled(merged, other)
        return merged_report(watch, merged, dry_run), not merged.conflicts


@contextmanager
def _other(book: str) -> "Iterator[OtherBook]":
    """Read the other book: an export, a file or a server's."""
    from tracker.database import Target, open_book
    from tracker.database.occupancy import is_database
    from tracker.interchange import otherbook

    if "://" in book or is_database(Path(book)):
        opened = open_book(Target.parse(book))
        with closing(opened) as connection, otherbook.opened(connection) as other:
            yield other
    else:
        with read(book) as file, otherbook.exported(file, book) as other:
            yield other

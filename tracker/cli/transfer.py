"""The commands that bring in updates or another book, and export this one to a file."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.options import option, path_argument, path_of
from tracker.cli.output import Wanted, emit, read, require_ending, write_file
from tracker.errors import BooksDisagree

if TYPE_CHECKING:
    from tracker.database import Connection
    from tracker.interchange.otherbook import OtherBook
    from tracker.interchange.recipe import Recipe

commands = typer.Typer()


@commands.command("import")
def import_(
    context: typer.Context,
    file: Annotated[str, path_argument("FILE|-", "CSV, JSONL, XLSX; - is standard input.")],
    dry_run: options.DryRun = False,
    recipe: Annotated[
        str | None,
        option(
            "--recipe", "FILE.toml", "Says which columns of the table are which.", parser=path_of
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        option("--set", "COLUMN=TEXT", "A text for every row; needs --recipe; can be repeated."),
    ] = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Import updates from a file, without duplicates.

    Its columns are those of 'tracker history -f csv'. A recipe reads a table with other columns.

    Example: tracker import updates.csv --dry-run
    """
    from tracker.interchange import importing
    from tracker.reports.incoming import imported_report

    chosen = _recipe(recipe, given or [])
    # The file is read before the book is locked: a pipe may be slow.
    with read(file) as opened:
        updates = importing.read(opened, file, chosen)
    with context.obj.changing(dry_run=dry_run) as writer:
        imported = importing.import_updates(writer, updates)
        of = writer.connection, context.obj.today, imported
        report = imported_report(*of, dry_run=dry_run, in_full=format != "text")
    emit(report, Wanted(format))


def _recipe(file: str | None, given: list[str]) -> "Recipe | None":
    """Return the recipe in a file, with the texts that were given for whole columns."""
    texts = {}
    for setting in given:
        column, _, text = setting.partition("=")
        if not (column and text):
            raise typer.BadParameter(f"'{setting}' is not COLUMN=TEXT", param_hint="'--set'")
        texts[column] = text
    if file is None:
        if given:
            raise typer.BadParameter("--set needs --recipe")
        return None
    from tracker.interchange.recipe import load

    return load(Path(file), texts)


@commands.command()
def export(
    context: typer.Context,
    file: Annotated[
        str, path_argument("[FILE]", "A file, by default standard output; or an agreement.")
    ] = "-",
    toml: Annotated[
        bool, typer.Option("--toml", help="One agreement as TOML, to edit and apply again.")
    ] = False,
    agreement: options.Agreement = None,
) -> None:
    """Export the whole book, or one agreement.

    As JSONL, or as TOML to edit and apply again. TOML carries no authors and no history: to merge,
    use JSONL or the book itself.

    'tracker init FILE.jsonl' restores the book, byte for byte.

    Example: tracker export truce.jsonl
    """
    from tracker.database.occupancy import mode_of
    from tracker.interchange.exporting import export as lines

    if toml and agreement is None and _is_slug(file):
        agreement, file = file, "-"
    require_ending(file, "TOML" if toml else "JSONL")
    if agreement is not None and not toml:
        raise typer.BadParameter("--agreement needs --toml: an export is the whole book")
    with context.obj.opened() as connection:
        texts = _toml(connection, context.obj.today, agreement) if toml else lines(connection)
        if file != "-":
            write_file(Path(file), texts, mode_of(connection.target))
            return
        # With the same bytes on every system.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        sys.stdout.writelines(texts)


def _is_slug(word: str) -> bool:
    """Return whether a word names an agreement and not a file, which has an ending or a folder."""
    return word != "-" and Path(word).name == word and not Path(word).suffix


def _toml(connection: "Connection", today: date, agreement: str | None) -> list[str]:
    from tracker.facts import Clocks
    from tracker.interchange.outline import outline
    from tracker.state import State

    with connection.reading():
        return [outline(State.read(connection, Clocks(today)), agreement)]


@commands.command()
def merge(
    context: typer.Context,
    book: Annotated[
        str, path_argument("FILE.jsonl|BOOK.db|URL|-", "The other book, or its export.")
    ],
    dry_run: options.DryRun = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Merge another book into this one, without duplicates.

    Adds what only the other book holds, with its authors. 'undo' takes all of it back.

    Example: tracker merge colleague.jsonl --dry-run
    """
    from tracker.interchange import merging
    from tracker.reports.incoming import merged_report

    # The other book is read and checked before this one is locked.
    with _other(book) as other, context.obj.changing(dry_run=dry_run) as writer:
        merged = merging.merge(writer, other)
        if not dry_run:
            merging.require_agreed(merged, other)
        of = writer.connection, context.obj.today, merged
        report = merged_report(*of, dry_run=dry_run, in_full=format != "text")
    emit(report, Wanted(format))
    if merged.conflicts:
        raise typer.Exit(BooksDisagree.exit_code)


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

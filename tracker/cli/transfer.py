"""The commands that carry updates into the book from a file, and the whole book out into one."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.output import emit, write_file
from tracker.errors import NoSuchFile, UnknownWord, UnreadableFile

commands = typer.Typer()

LONG = 4 << 20
"""The bytes from which on a file's progress is shown."""
STEP = 1 << 18


def kind_of(word: str) -> str:
    """Return a file's kind, if it is one that `import` reads."""
    if word not in ("csv", "jsonl"):
        raise UnknownWord("kind of file", word, ("csv", "jsonl"))
    return word


@commands.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE.csv|FILE.jsonl|-", help="Updates; - is standard input.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="csv|jsonl",
            parser=kind_of,
            help="As its first character says if not given.",
        ),
    ] = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Import updates from a file; twice adds nothing.

    Its columns are those of 'tracker history -f csv'.

    Example: tracker import updates.csv --dry-run
    """
    from tracker.interchange.importing import import_file
    from tracker.reports.imported import Watch

    with read(file) as source, context.obj.importing(dry_run=dry_run) as writer:
        watch = Watch(writer.connection, context.obj.today, in_full=format != "text")
        with progress(source) as advance:
            imported = import_file(writer, source, file, kind, advance)
        report = watch.receipt_of(imported.entries, imported.known, dry_run)
    emit(report, format)


@commands.command()
def export(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where to; - is standard output.")
    ] = "-",
) -> None:
    """Export the whole book as JSONL.

    'tracker init FILE.jsonl' makes it again, to the byte.

    Example: tracker export truce.jsonl
    """
    from tracker.interchange.exporting import export as lines

    with context.obj.opened() as connection, connection.reading():
        if file == "-":
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            sys.stdout.writelines(lines(connection))
        else:
            write_file(Path(file), lines(connection))


@contextmanager
def read(file: str) -> Iterator[BufferedReader]:
    """Open a file for reading, or standard input."""
    if file == "-":
        yield sys.stdin.buffer  # type: ignore[misc]
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed below
    except FileNotFoundError:
        raise NoSuchFile(file) from None
    except OSError as error:
        raise UnreadableFile(file, str(error.strerror).lower(), "a file of updates") from error
    with opened:
        yield opened


@contextmanager
def progress(source: BufferedReader) -> Iterator[Callable[[int], None]]:
    """Show how far a long file is read, on a terminal only."""
    size = os.fstat(source.fileno()).st_size if source.seekable() else 0
    if size < LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=size, label="Importing", file=sys.stderr) as bar:
        yield _in_steps(bar.update)


def _in_steps(update: Callable[[int], None]) -> Callable[[int], None]:
    """Return what passes on bytes by the quarter MiB: the bar costs more than a line."""
    gathered = 0

    def advance(read: int) -> None:
        nonlocal gathered
        gathered += read
        if gathered >= STEP:
            update(gathered)
            gathered = 0

    return advance

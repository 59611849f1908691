"""The commands that carry updates into the book from a file, and the whole book out into one."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.files import progress, read, write_file
from tracker.cli.output import emit
from tracker.errors import UnknownWord

commands = typer.Typer()


def kind_of(word: str) -> str:
    """Return a file's kind, if it is one that `import` reads."""
    if word not in ("csv", "jsonl"):
        raise UnknownWord(kind="kind of file", word=word, allowed=("csv", "jsonl"))
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
        report = watch.receipt_of(imported, dry_run)
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

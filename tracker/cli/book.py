"""The commands that make a book and declare what it is about."""

import sys
from typing import Annotated

import typer

from tracker.cli import completion, options
from tracker.cli.output import emit, put

commands = typer.Typer()


@commands.command()
def init(
    context: typer.Context,
    seed: Annotated[
        str | None,
        typer.Argument(
            metavar="[SEED|FILE.toml|FILE.jsonl]",
            help="A seed (see 'tracker seeds'), a file of one's own, or an exported book.",
            autocompletion=completion.seeds,
        ),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Without any seed.")] = False,
) -> None:
    """Make a book, at --db or at the default place.

    Example: tracker --db truce.db init article
    """
    from tracker.cli.making import make, next_steps
    from tracker.interchange import seeds

    if empty and seed is not None:
        raise typer.BadParameter("--empty takes no seed")
    path = None if empty else seeds.find(seed or seeds.DEFAULT)
    count = make(context.obj.target, path, context.obj.occasion)
    print(
        f"Made a book at {context.obj.target}: {path.stem if path else 'empty'}, {count} entries."
    )
    if path and sys.stderr.isatty():
        print(next_steps(context.obj.program, "CONCESSION STAGE"), file=sys.stderr)


@commands.command()
def seeds(
    format: options.Format = "text",  # noqa: A002 - the option's name
    output: options.Output = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="The JSON Schema of their TOML, for editors.")
    ] = False,
) -> None:
    """The seeds that come with the program.

    Example: tracker seeds
    """
    from tracker.interchange import seeds as shipped
    from tracker.reports.seeds import seeds as report

    if schema:
        put(shipped.schema().read_text("utf-8"), output)
    else:
        emit(report(), format, output)


@commands.command()
def apply(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="SEED|FILE.toml", help="What to declare.", autocompletion=completion.seeds
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
) -> None:
    """Add an agreement to the book from a file.

    Applying a file twice changes nothing.

    Example: tracker apply phase-one.toml --dry-run
    """
    from tracker.interchange import seeds
    from tracker.interchange.applying import apply as apply_file
    from tracker.reports.declared import declared

    path = seeds.find(file)
    with context.obj.changing(dry_run=dry_run) as connection:
        applied = apply_file(connection, path, context.obj.occasion)
        report = declared(connection, context.obj.today, applied, dry_run)
    emit(report, "text")

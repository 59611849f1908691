"""The commands that make a book and declare what it is about."""

import sys
from typing import Annotated

import typer

from tracker.cli import completion, options
from tracker.cli.output import Wanted, announce, emit, put
from tracker.cli.parameters import argument, option, path_of

commands = typer.Typer()


def _named(word: str) -> str:
    """Return a seed's name or a path; refuse standard input, which other commands read."""
    if word == "-":
        raise typer.BadParameter("init reads seeds and files, not standard input")
    return path_of(word)


@commands.command()
def init(
    context: typer.Context,
    named: Annotated[
        list[str] | None,
        argument(
            "[SEED|FILE.toml|FILE.jsonl]...",
            "Seeds (see 'tracker seeds'), files of your own, or one exported book.",
            completion.seeds,
            parser=_named,
        ),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Make it without a seed.")] = False,
) -> None:
    """Make a book at --db, or in the default place.

    Example: tracker --db truce.db init busan-truce us-eu
    """
    from tracker.cli.making import EXPORT, make, next_steps
    from tracker.interchange import seeds

    if empty and named:
        raise typer.BadParameter("--empty takes no seed")
    files = [] if empty else [*map(seeds.find, dict.fromkeys(named or [seeds.DEFAULT]))]
    if len(files) > 1 and any(file.suffix == EXPORT for file in files):
        raise typer.BadParameter("an exported book is restored alone")
    count, warned = make(context.obj.target, files, context.obj.book.writer)
    what = ", ".join(file.stem for file in files) or "empty"
    announce(f"Made a book at {context.obj.target}: {what}, {count} entries.", *warned)
    if sys.stderr.isatty():
        subject = "CONCESSION STAGE" if files else ""
        print(next_steps(context.obj.program, subject), file=sys.stderr)


@commands.command()
def seeds(
    seed: Annotated[str | None, argument("[SEED]", "Print its TOML.", completion.seeds)] = None,
    format: options.ReportFormat = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of their TOML, for editors.")
    ] = False,
    toml: Annotated[
        bool, typer.Option("--toml", help="Print the TOML of SEED, to edit and apply.")
    ] = False,
) -> None:
    """The seeds that come with the program.

    Example: tracker seeds article --toml -o mine.toml
    """
    from tracker.interchange import seeds as shipped
    from tracker.reports.seeds import seeds as report

    if toml and seed is None:
        raise typer.BadParameter("--toml needs a SEED")
    if seed is not None:
        put(shipped.find(seed).read_text("utf-8"), output)
    elif schema:
        put(shipped.schema().read_text("utf-8"), output)
    else:
        wanted = Wanted(format, output)
        wanted.require()
        emit(report(), wanted)


@commands.command()
def apply(
    context: typer.Context,
    files: Annotated[
        list[str], argument("SEED|FILE.toml...", "What to apply.", completion.seeds, parser=path_of)
    ],
    reason: Annotated[
        str | None, option("--reason", "TEXT", "Why declarations change; needed if any do.")
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    """Add agreements from files, or bring them up to date.

    All files are one batch, which one 'undo' takes back. Applying is idempotent and removes
    nothing.

    Example: tracker apply phase-one.toml --dry-run
    """
    from tracker.interchange import seeds as shipped
    from tracker.interchange.applying import apply as apply_files
    from tracker.interchange.applying import load
    from tracker.reports.declared import applied_report

    loaded = load([*dict.fromkeys(map(shipped.find, files))])
    with context.obj.changing(dry_run=dry_run) as writer:
        applied = apply_files(writer, loaded, reason)
        report = applied_report(writer.connection, writer.today, applied, dry_run)
    emit(report, Wanted("text"))

"""The commands that make a book and declare what it is about."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion, options
from tracker.cli.options import argument, option, path_of
from tracker.cli.output import Wanted, announce, emit, read
from tracker.errors import BookExists

if TYPE_CHECKING:
    from tracker.database import Connection, Target
    from tracker.journal.writer import Writer
    from tracker.tables import Report

commands = typer.Typer()

EXPORT = ".jsonl"
"""The suffix of an exported book."""

WriterOf = Callable[["Connection"], "Writer"]
"""Returns who writes in a new book."""


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
            "Seeds (see --list), files of your own, or one exported book.",
            completion.seeds,
            parser=_named,
        ),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Make it without a seed.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the shipped seeds.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print a seed's JSON Schema.")] = False,
) -> None:
    """Make a book at --db, or in the default place.

    Example: tracker --db truce.db init busan-truce us-eu
    """
    from tracker.interchange import seeds

    if named and (empty or listed or schema):
        raise typer.BadParameter("--empty, --list and --schema take no seed")
    if listed:
        emit(_seeds(), Wanted("text"))
        return
    if schema:
        print(seeds.schema().read_text("utf-8"), end="")
        return
    files = [] if empty else [*map(seeds.find, dict.fromkeys(named or [seeds.DEFAULT]))]
    if len(files) > 1 and any(file.suffix == EXPORT for file in files):
        raise typer.BadParameter("an exported book is restored alone")
    count, warned = make(context.obj.target, files, context.obj.book.writer)
    what = ", ".join(file.stem for file in files) or "empty"
    announce(f"Made a book at {context.obj.target}: {what}, {count} entries.", *warned)
    if sys.stderr.isatty():
        subject = "CONCESSION STAGE" if files else ""
        print(next_steps(context.obj.program, subject), file=sys.stderr)


def _seeds() -> "Report":
    """Return the shipped seeds, and how much each holds."""
    from tracker.interchange.seeds import Seed, shipped
    from tracker.tables import Column, Report, table

    columns = [
        Column("Seed", lambda seed: seed.seed),
        Column("Agreement", lambda seed: seed.title),
        Column("Agreed", lambda seed: seed.agreed_on),
        Column("Concessions", lambda seed: str(seed.concessions), right=True),
        Column("Updates", lambda seed: str(seed.entries), right=True),
    ]
    rows = shipped()
    return Report({"rows": rows}, Seed, sections=[table(columns, rows)])


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
    from tracker.reports.incoming import applied_report

    loaded = load([*dict.fromkeys(map(shipped.find, files))])
    with context.obj.changing(dry_run=dry_run) as writer:
        applied = apply_files(writer, loaded, reason)
        report = applied_report(writer.connection, writer.today, applied, dry_run)
    emit(report, Wanted("text"))


def make(target: "Target", files: Sequence[Path], writer_of: WriterOf) -> tuple[int, list[str]]:
    """Make a book, from seeds, from one export or empty.

    Return how many entries it holds, and warnings about those of files.
    """
    from tracker import schema
    from tracker.database import creating
    from tracker.interchange import restoring, seeds
    from tracker.interchange.applying import apply as apply_files
    from tracker.interchange.applying import load

    if files and files[0].suffix == EXPORT:
        with read(str(files[0])) as source:
            return restoring.make_again(target, source, str(files[0])), []
    with creating(target) as connection:
        schema.upgrade(connection)
        if not files:
            return 0, []
        with connection.writing():
            writer = writer_of(connection)
            entries = apply_files(writer, load(files)).entries
            if all(map(seeds.is_shipped, files)):
                return len(entries), []
            from tracker.reports.receipt import effect_of

            return len(entries), effect_of(connection, writer.today, entries).warned


def make_default(target: "Target", writer_of: WriterOf) -> str | None:
    """Make the default book, and return what to say about it.

    If another process makes it first, that book is used and None is returned.
    """
    from tracker.interchange import seeds

    try:
        make(target, [seeds.find(seeds.DEFAULT)], writer_of)
    except BookExists:
        return None
    return f"made a new book at {target}, seeded from one news article.\n" + next_steps(
        "tracker", "soybeans partial"
    )


def next_steps(program: str, subject: str) -> str:
    """Return in three lines what to try in a new book; without a subject it is empty."""
    steps = {
        "add --help": "shows how to declare one thing at a time",
        "apply FILE.toml": "declares the agreement that a file describes",
    }
    if subject:
        steps = {
            "status": "shows how far each concession has come",
            f"log {subject} -m '…' --source https://…": "records an update",
        }
    steps["help"] = "explains the words; --help lists the commands"
    widest = max(map(len, steps))
    return "\n".join(f"  {program} {step:{widest}}  {does}" for step, does in steps.items())

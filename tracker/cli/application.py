"""The program, and the options before its commands."""

from functools import cache
from typing import Annotated, Any

import typer

from tracker import __version__
from tracker.cli import completion
from tracker.cli.commands import Panels
from tracker.cli.invocation import Invocation
from tracker.cli.parameters import option

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

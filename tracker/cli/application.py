"""The program with all its commands, and the options before them."""

from typing import Annotated

import typer

from tracker import __version__
from tracker.cli import (
    book,
    completion,
    database,
    guide,
    publishing,
    record,
    reporting,
    transfer,
)
from tracker.cli.invocation import Invocation
from tracker.cli.panels import Panels

app = typer.Typer(
    name="tracker",
    cls=Panels,
    help="A book of the concessions that two parties to a trade truce promised each other.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"truce-tracker {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(metavar="PATH|URL", help="The book to use.  [env: TRACKER_DB]"),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day to take as today.  [env: TRACKER_TODAY]"),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Who writes; the account's name if not given.  [env: TRACKER_AUTHOR]",
            autocompletion=completion.nothing,
        ),
    ] = None,
    _version_shown: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A book of the concessions that two parties to a trade truce promised each other."""
    context.obj = Invocation(db, today, author)


PANELS = {
    "Record": (record,),
    "Report": (reporting,),
    "Book": (book,),
    "Files": (transfer, publishing),
    "Help": (guide,),
}
for panel, groups in PANELS.items():
    for group in groups:
        for command in group.commands.registered_commands:
            command.rich_help_panel = panel
            app.registered_commands.append(command)
app.add_typer(database.commands, name="db", rich_help_panel="Book")

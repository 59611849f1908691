"""The commands that make files for others: a calendar, a site."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tracker import settings
from tracker.cli import options
from tracker.cli.output import put
from tracker.cli.questions import Question

commands = typer.Typer()


@commands.command()
def calendar(
    context: typer.Context,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    agreement: options.Agreement = None,
    alarm: Annotated[
        int | None,
        typer.Option(
            "--alarm", metavar="DAYS", min=0, max=366, help="Add an alarm this many days ahead."
        ),
    ] = None,
    output: options.Output = None,
) -> None:
    """The deadlines, for a calendar program.

    One all-day event each; importing the file again updates what was imported before.

    Example: tracker calendar -o deadlines.ics --alarm 7
    """
    from tracker.calendar import Deadlines, render

    question = Question(context.obj.book, as_of, known_by, None, agreement, {})
    text = question.book.ask(
        lambda view: render(Deadlines(view, [*view.deadline_positions.values()]), alarm),
        **question.asked,
    )
    put(text, output)


@commands.command()
def publish(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="A folder for the site alone; it is made, or replaced whole."
        ),
    ],
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    agreement: options.Agreement = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="ADDRESS", help="The site's address on the web."),
    ] = None,
) -> None:
    """A web site with charts, in a folder.

    It has the week, who gained what, each concession, deadlines, targets and sources; a feed, a
    calendar and the data. Nothing is written if nothing has changed. With --url, pages have
    canonical links and preview pictures, and the feed has full links.

    Example: tracker publish site --as-of 2026-03-22
    """
    from tracker import publish as publishing

    question = Question(context.obj.book, as_of, known_by, None, agreement, {})
    ask = partial(question.book.ask, **question.asked)
    laid = publishing.publish(folder, ask, settings.cores(), settings.site_url_or(url))
    files = f"{laid.files} files"
    print(f"Wrote {files} to {folder}." if laid.written else f"{folder} is up to date: {files}.")

"""The commands that make files for others: a calendar, a site."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tracker import settings
from tracker.cli import options
from tracker.cli.options import option, path_argument
from tracker.cli.output import announce, put, require_ending

commands = typer.Typer()

AHEAD = timedelta(days=366)
"""How far after today a site may be: with a mistyped year it would have thousands of pages."""


@commands.command()
def calendar(
    context: typer.Context,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    agreement: options.Agreement = None,
    alarm: Annotated[
        int | None, option("--alarm", "DAYS", "Add an alarm this many days ahead.", min=0, max=366)
    ] = None,
    output: options.File = None,
) -> None:
    """The deadlines, for a calendar program.

    It has one all-day event for each; importing the file again updates earlier imports.

    Example: tracker calendar -o deadlines.ics --alarm 7
    """
    from tracker.calendar import render

    if output is not None:
        require_ending(output, "iCalendar")
    asked = {"as_of": as_of, "known_by": known_by, "agreement": agreement}
    put(context.obj.book.ask(lambda view: render(view, alarm), **asked), output)


@commands.command()
def publish(
    context: typer.Context,
    folder: Annotated[
        str,
        path_argument("DIR", "A folder for the site alone; it is made, or replaced as a whole."),
    ],
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    agreement: options.Agreement = None,
    url: Annotated[str | None, option("--url", "ADDRESS", "The site's address on the web.")] = None,
) -> None:
    """A website with charts, in a folder.

    It has every week, who gained what, each agreement and concession, deadlines, targets and
    sources; a feed, a calendar and the data. Nothing is written if nothing has changed. With --url,
    pages have canonical links and descriptions, and the feed has full links.

    Example: tracker publish site --as-of 2026-03-22
    """
    from tracker import publish as publishing

    book = context.obj.book
    if (day := book.day(as_of)) > book.today + AHEAD:
        why = f"{day} is more than a year ahead, and each week gets a page; correct the year"
        raise typer.BadParameter(why, param_hint="'--as-of'")
    ask = partial(book.ask, as_of=as_of, known_by=known_by, agreement=agreement)
    laid = publishing.publish(Path(folder), ask, settings.site_url_or(url))
    files = f"{laid.files} files"
    announce(f"Wrote {files} to {folder}." if laid.written else f"{folder} is up to date: {files}.")

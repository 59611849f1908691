"""The commands that report; each is a question to the book and one report as its answer."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion, options
from tracker.cli.answers import reporting
from tracker.cli.options import FILTERS, argument, option, text, toggle, word
from tracker.cli.output import Wanted, emit

if TYPE_CHECKING:
    from tracker.book import Answer, Book
    from tracker.tables import Report

commands = typer.Typer()
report = partial(reporting, commands)
listing = partial(report, FILTERS)


@listing()
def status(book: "Book", concessions: options.Concessions = None, **asked: Any) -> "Answer":
    """How far each concession has come, one line each.

    Example: tracker status soybeans tiktok --as-of 2026-01-07
    """
    return book.status(*(concessions or ()), **asked)


@listing(
    shapes=False,
    week=word("[WEEK]", "2026-W02, W02, a day in it, or 'last'; by default, this week."),
    brief=toggle("--brief", "Leave out sources and most notes; count late updates beyond four."),
)
def week(book: "Book", **asked: Any) -> "Answer":
    """The weekly page, for this week or any past one.

    The news first: what changed, what is at risk or due, what was corrected; then who gained
    what. A past week is shown as of its Sunday.

    Example: tracker week 2026-W02 -f markdown
    """
    return book.week(**asked)


@listing(since=text("--since", "DATE", "Also show each concession's state on this day."))
def gains(
    book: "Book",
    by: Annotated[
        str, option("--by", "SIDE", "By receiver, or by giver: who gave what.")
    ] = "receiver",
    **asked: Any,
) -> "Answer":
    """Which side gained what.

    The distribution for each side, then the list; never one net score.

    Example: tracker gains --as-of 2026-03-31
    """
    return book.gains(by=by, **asked)


@report(shapes=False)
def show(
    book: "Book",
    slug: Annotated[
        str,
        argument(
            "SLUG", "The slug of a concession or a deadline, or a source's key.", completion.shown
        ),
    ],
    **asked: Any,
) -> "Answer":
    """Everything about one concession, deadline or source.

    For a concession: terms, test, claims, deadlines, pace, exchange, history and sources. For a
    deadline: its moves, its counts and restated figures. For a source: its kept texts.

    Example: tracker show soybeans
    """
    return book.show(slug, **asked)


@report(
    slug=word(
        "[SLUG]", "An agreement, a concession or a deadline; by default, all.", completion.slugs
    ),
    since=text("--since", "DATE", "From this day on, inclusive."),
    until=text("--until", "DATE", "Up to this day, inclusive."),
    everything=toggle("--all", "Include retracted entries, struck through."),
)
def history(book: "Book", **asked: Any) -> "Answer":
    """The journal: every update, dated and sourced.

    Example: tracker history soybeans --since 2026-01-01 --all
    """
    return book.history(**asked)


OPEN_WITHIN = "Only what is open or overdue, and due within this many days."


@listing(within=Annotated[int | None, option("--within", "DAYS", OPEN_WITHIN, min=0, max=100_000)])
def deadlines(book: "Book", **asked: Any) -> "Answer":
    """Deadlines by day, with their verdicts.

    An expiry also says what ends with it, and who loses if it is not renewed.

    Example: tracker deadlines --within 60
    """
    return book.deadlines(**asked)


@listing(
    slug=word(
        "[SLUG]",
        "The slug of a concession or a deadline; by default, every target.",
        completion.slugs,
    )
)
def pace(book: "Book", **asked: Any) -> "Answer":
    """Progress towards each target, by everyone who counts.

    Example: tracker pace soybeans-2025
    """
    return book.pace(**asked)


@listing(concession=word("[CONCESSION]", "This concession only.", completion.concessions))
def claims(book: "Book", **asked: Any) -> "Answer":
    """What each side says, beside your verdict.

    Example: tracker claims soybeans
    """
    return book.claims(**asked)


@listing()
def diff(
    book: "Book",
    start: Annotated[str, argument("FROM", "Show changes after this point.")],
    end: Annotated[
        str | None, argument("TO", "Show changes up to this point; by default, up to today.")
    ] = None,
    **asked: Any,
) -> "Answer":
    """What changed between two points: days, weeks, entries, or a day with an entry.

    Example: tracker diff 2025-12-31 2026-02-01
    """
    return book.diff(start, end, **asked)


@listing()
def reliability(
    book: "Book",
    by: Annotated[
        str, option("--by", "WHAT", "By giver, instrument, kind, sector or agreement.")
    ] = "giver",
    **asked: Any,
) -> "Answer":
    """How reliably promises were kept.

    Counts how many were due, on time, late, kept in part and lost, and lists the promises
    behind every figure.

    Example: tracker reliability --by instrument
    """
    return book.reliability(by=by, **asked)


@report()
def sources(book: "Book", **asked: Any) -> "Answer":
    """Every source, and how many entries rest on it.

    Example: tracker sources -f csv
    """
    return book.sources(**asked)


def _emit_if_found(report: "Report", wanted: Wanted) -> None:
    """Write findings and exit with 1; without any, only data and files are written."""
    if report.rows or wanted.output is not None or wanted.name in ("json", "csv", "tsv"):
        emit(report, wanted)
    if report.rows:
        raise typer.Exit(1)


@reporting(commands, FILTERS, _emit_if_found)
def check(
    book: "Book",
    stale: Annotated[
        int,
        option(
            "--stale",
            "DAYS",
            "Call a concession stale after this many days without news or a check.",
            min=1,
            max=100_000,
        ),
    ] = 30,
    **asked: Any,
) -> "Answer":
    """What needs your attention.

    Prints nothing and exits with 0 if nothing does; otherwise exits with 1.

    Example: tracker check --stale 14
    """
    return book.check(stale=stale, **asked)

"""The commands that report; each is a question to the book and one report as its answer."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion, options
from tracker.cli.questions import (
    Question,
    checking,
    commands,
    listing,
    reporting,
    reporting_in_parts,
)

if TYPE_CHECKING:
    from tracker.book import Answer

__all__ = ["commands"]


@listing
def status(question: Question, concessions: options.Concessions = None) -> "Answer":
    """How far each concession has come, one line each.

    Example: tracker status soybeans tiktok --as-of 2026-01-07
    """
    return question.book.status(*(concessions or ()), **question.narrowed)


@reporting_in_parts
def week(
    question: Question,
    week: Annotated[
        str | None,
        typer.Argument(
            metavar="[WEEK]", help="2026-W02, W02, a day in it, or 'last'; by default, this week."
        ),
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help="Leave out notes and what did not change.")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the sources of what did not change, too.")
    ] = False,
) -> "Answer":
    """The weekly page, for this week or any past one.

    The news first: what changed, what is at risk or due, what was corrected; then who gained
    what, and the rest, one line each. A past week is shown as of its Sunday.

    Example: tracker week 2026-W02 -f markdown
    """
    return question.book.week(week, brief=brief, sources=sources, **question.asked)


@listing
def gains(
    question: Question,
    by: Annotated[
        str, typer.Option("--by", metavar="SIDE", help="By receiver, or by giver: who gave what.")
    ] = "receiver",
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DATE", help="Also show each concession's bucket on this day."
        ),
    ] = None,
) -> "Answer":
    """Which side gained what.

    The distribution for each side, then the list; never one net score.

    Example: tracker gains --as-of 2026-03-31
    """
    return question.book.gains(by=by, since=since, **question.narrowed)


@reporting_in_parts
def show(
    question: Question,
    slug: Annotated[
        str,
        typer.Argument(
            metavar="SLUG",
            help="A concession's slug, a deadline's, or a source's key.",
            autocompletion=completion.shown,
        ),
    ],
) -> "Answer":
    """Everything about one concession, deadline or source.

    For a concession: terms, test, claims, deadlines, pace, exchange, history and sources. For a
    deadline: its moves, its counts and restated figures. For a source: its kept texts.

    Example: tracker show soybeans
    """
    return question.book.show(slug, **question.asked)


@reporting
def history(
    question: Question,
    slug: Annotated[
        str | None,
        typer.Argument(
            metavar="[SLUG]",
            help="An agreement, a concession or a deadline; by default, all.",
            autocompletion=completion.slugs,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="From this day on, inclusive.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Up to this day, inclusive.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Include retracted entries, struck through.")
    ] = False,
) -> "Answer":
    """The journal: every update, dated and sourced.

    Example: tracker history soybeans --since 2026-01-01 --all
    """
    return question.book.history(
        slug, since=since, until=until, everything=everything, **question.asked
    )


@listing
def deadlines(
    question: Question,
    within: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS",
            min=0,
            max=100_000,
            help="Only what is open or overdue, and due within this many days.",
        ),
    ] = None,
) -> "Answer":
    """Deadlines by day, with their verdicts.

    Example: tracker deadlines --within 60
    """
    return question.book.deadlines(within=within, **question.narrowed)


@listing
def pace(
    question: Question,
    slug: Annotated[
        str | None,
        typer.Argument(
            metavar="[SLUG]",
            help="A concession's or a deadline's; by default, every target.",
            autocompletion=completion.slugs,
        ),
    ] = None,
) -> "Answer":
    """Progress towards each target, by everyone who counts.

    Example: tracker pace soybeans-2025
    """
    return question.book.pace(slug, **question.narrowed)


@listing
def claims(
    question: Question,
    concession: Annotated[
        str | None,
        typer.Argument(
            metavar="[CONCESSION]",
            help="This concession only.",
            autocompletion=completion.concessions,
        ),
    ] = None,
) -> "Answer":
    """What each side says, beside your verdict.

    Example: tracker claims soybeans
    """
    return question.book.claims(concession, **question.narrowed)


@listing
def cliff(question: Question) -> "Answer":
    """What ends on which day, and who loses if it is not renewed.

    Example: tracker cliff --as-of 2026-11-01
    """
    return question.book.cliff(**question.narrowed)


@listing
def at_risk(question: Question, within: options.Within = 30) -> "Answer":
    """What is at risk, and why.

    A concession is, if its counterpart failed or its own term ends soon.

    Example: tracker at-risk --within 60
    """
    return question.book.at_risk(within=within, **question.narrowed)


@reporting
def diff(
    question: Question,
    start: Annotated[str, typer.Argument(metavar="FROM", help="Changes after this day or week …")],
    end: Annotated[str, typer.Argument(metavar="TO", help="… up to this one, inclusive.")],
) -> "Answer":
    """What changed between two days.

    Example: tracker diff 2025-12-31 2026-02-01
    """
    return question.book.diff(start, end, **question.asked)


@listing
def reliability(
    question: Question,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="WHAT", help="By giver, instrument, kind, sector or agreement."
        ),
    ] = "giver",
) -> "Answer":
    """How reliably promises were kept.

    How many were due, on time, late, kept in part and lost; what share is kept in the end; and
    the list behind every figure.

    Example: tracker reliability --by instrument
    """
    return question.book.reliability(by=by, **question.narrowed)


@reporting
def sources(question: Question) -> "Answer":
    """Every source, and how many entries rest on it.

    Example: tracker sources -f csv
    """
    return question.book.sources(**question.asked)


@checking
def check(
    question: Question,
    stale: Annotated[
        int,
        typer.Option(
            metavar="DAYS",
            min=1,
            max=100_000,
            help="Call a concession stale after this many days without news.",
        ),
    ] = 30,
) -> "Answer":
    """What needs your attention.

    Prints nothing and exits with 0 if nothing does; otherwise exits with 1.

    Example: tracker check --stale 14
    """
    return question.book.check(stale=stale, **question.narrowed)

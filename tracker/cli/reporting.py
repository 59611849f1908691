"""The commands that report; each is a question to the book and one report as its answer."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from tracker import dates
from tracker.cli import completion, options
from tracker.cli.invocation import Invocation
from tracker.cli.output import emit
from tracker.errors import BackwardSpan

if TYPE_CHECKING:
    from tracker.reports import View
    from tracker.tables import Report

Answer = TypeVar("Answer")

commands = typer.Typer()


class Question:
    """What a reporting command asks: its clocks, its agreement and the day it is asked on."""

    def __init__(
        self, invocation: Invocation, as_of: str | None, known_by: str | None, agreement: str | None
    ) -> None:
        self.today = invocation.today
        self.as_of = invocation.day(as_of)
        self.known_by = dates.parse_moment(known_by) if known_by is not None else None
        self.agreement = agreement
        self._invocation = invocation

    def day(self, words: str | None) -> date | None:
        """Return the day that an option's words mean, or None without any."""
        return None if words is None else self._invocation.day(words)

    def answer(self, report: Callable[["View"], Answer], as_of: date | None = None) -> Answer:
        """Open the book at the question's clocks, and return what a report finds there."""
        from tracker.facts import Clocks

        clocks = Clocks(as_of or self.as_of, self.known_by)
        with self._invocation.reading(clocks, self.agreement) as view:
            return report(view)


def reporting(command: Callable[..., "Report"]) -> Callable[..., "Report"]:
    """Register a command that answers a `Question`, and give it the options of every report."""
    return _registered(command, emit)


def checking(command: Callable[..., "Report"]) -> Callable[..., "Report"]:
    """Register a report of findings: for people it is silent without any, else it exits with 1."""

    def emit_findings(report: "Report", format: str, output: str | None, raw: bool) -> None:  # noqa: A002
        if report.rows or format in ("json", "csv", "tsv"):
            emit(report, format, output, raw)
        if report.rows:
            raise typer.Exit(1)

    return _registered(command, emit_findings)


def _registered(
    command: Callable[..., "Report"], emitted: Callable[["Report", str, str | None, bool], None]
) -> Callable[..., "Report"]:
    def run(
        context: typer.Context,
        as_of: options.AsOf = None,
        known_by: options.KnownBy = None,
        agreement: options.Agreement = None,
        format: options.Format = "text",  # noqa: A002 - the option's name
        output: options.Output = None,
        raw: options.Raw = False,
        **own: Any,
    ) -> None:
        question = Question(context.obj, as_of, known_by, agreement)
        emitted(command(question, **own), format, output, raw)

    shared = inspect.signature(run).parameters.values()
    own = [*inspect.signature(command).parameters.values()][1:]
    parameters = [*own, *(one for one in shared if one.kind is not one.VAR_KEYWORD)]
    keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    run.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    commands.command(command.__name__.replace("_", "-"), help=command.__doc__)(run)
    return command


@reporting
def status(question: Question, concessions: options.Concessions = None) -> "Report":
    """Where each concession stands, a line each.

    Example: tracker status soybeans tiktok --as-of 2026-01-07
    """
    from tracker.reports.status import status as report

    return question.answer(lambda view: report(view, concessions or ()))


@reporting
def week(
    question: Question,
    week: Annotated[
        str | None,
        typer.Argument(metavar="[WEEK]", help="2026-W02, a day in it, or 'last'; this week."),
    ] = None,
) -> "Report":
    """The weekly table, for this week or any past one.

    Where concessions stand, who gained what, what changed, what is due, what was corrected.
    A past week is told as of its Sunday.

    Example: tracker week 2026-W02 -f markdown
    """
    from tracker.reports.week import week as report

    of = dates.parse_week(week or question.as_of.isoformat(), question.today)
    return question.answer(lambda view: report(view, of), as_of=min(question.as_of, of.end))


@reporting
def gains(question: Question) -> "Report":
    """Which side gained what.

    The distribution for each side, then the list; never one net score.

    Example: tracker gains --as-of 2026-03-31
    """
    from tracker.reports.gains import gains as report

    return question.answer(report)


@reporting
def show(question: Question, concession: options.Concession) -> "Report":
    """All on one concession.

    Terms, test, claims, deadlines, pace, exchange, history and sources.

    Example: tracker show soybeans
    """
    from tracker.reports.show import show as report

    return question.answer(lambda view: report(view, concession))


@reporting
def history(
    question: Question,
    slug: Annotated[
        str | None,
        typer.Argument(
            metavar="[SLUG]",
            help="An agreement, a concession or a deadline; all without.",
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
        bool, typer.Option("--all", help="With retracted entries, struck through.")
    ] = False,
) -> "Report":
    """The journal: every update, dated and sourced.

    Example: tracker history soybeans --since 2026-01-01 --all
    """
    from tracker.reports.history import history as report

    last = min(question.as_of, question.day(until) or question.as_of)
    return question.answer(
        lambda view: report(view, slug, question.day(since), everything), as_of=last
    )


@reporting
def deadlines(
    question: Question,
    within: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS",
            min=0,
            max=100_000,
            help="Only what is open or overdue, and due within so many days.",
        ),
    ] = None,
) -> "Report":
    """What falls due, by day, with its verdict.

    Example: tracker deadlines --within 60
    """
    from tracker.reports.deadlines import deadlines as report

    return question.answer(lambda view: report(view, within))


@reporting
def pace(
    question: Question,
    slug: Annotated[
        str | None,
        typer.Argument(
            metavar="[SLUG]",
            help="A concession's or a deadline's; every target without.",
            autocompletion=completion.slugs,
        ),
    ] = None,
) -> "Report":
    """How far each target is, by everyone who counts.

    Example: tracker pace soybeans-2025
    """
    from tracker.reports.pace import pace as report

    return question.answer(lambda view: report(view, slug))


@reporting
def cliff(question: Question) -> "Report":
    """What ends on which day, and who loses if it is not renewed.

    Example: tracker cliff --as-of 2026-11-01
    """
    from tracker.reports.cliff import cliff as report

    return question.answer(report)


@reporting
def at_risk(question: Question, within: options.Within = 30) -> "Report":
    """What is at risk, and why.

    Its counterpart failed, or its own term ends soon.

    Example: tracker at-risk --within 60
    """
    from tracker.reports.at_risk import at_risk as report

    return question.answer(lambda view: report(view, within))


@reporting
def diff(
    question: Question,
    start: Annotated[str, typer.Argument(metavar="FROM", help="What is after this day …")],
    end: Annotated[str, typer.Argument(metavar="TO", help="… up to this day, inclusive.")],
) -> "Report":
    """What changed between two days.

    Example: tracker diff 2025-12-31 2026-02-01
    """
    from tracker.reports.diff import diff as report

    first, last = question.day(start), question.day(end)
    if first is None or last is None or first > last:
        raise BackwardSpan(start, end)
    return question.answer(lambda view: report(view, first), as_of=last)


@checking
def check(
    question: Question,
    stale: Annotated[
        int,
        typer.Option(
            metavar="DAYS", min=1, max=100_000, help="After how many days without a word."
        ),
    ] = 30,
) -> "Report":
    """What needs a look.

    Silent, and exit code 0, when nothing does; else exit code 1.

    Example: tracker check --stale 14
    """
    from tracker.reports.check import check as report

    return question.answer(lambda view: report(view, stale))


@reporting
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
) -> "Report":
    """What each side says, beside our verdict.

    Example: tracker claims soybeans
    """
    from tracker.reports.claims import claims as report

    return question.answer(lambda view: report(view, concession))


@reporting
def sources(question: Question) -> "Report":
    """Every source, and how many entries rest on it.

    Example: tracker sources -f csv
    """
    from tracker.reports.sources import sources as report

    return question.answer(report)

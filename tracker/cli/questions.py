"""How a report becomes a command: its own options, then those that all reports share."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast, get_args

import typer

from tracker.cli import options
from tracker.cli.filters import FILTERS
from tracker.cli.output import Wanted, emit

if TYPE_CHECKING:
    from tracker.book import Answer, Book
    from tracker.book.access import Asked, Filters, Narrowed
    from tracker.tables import Report

commands = typer.Typer()


class Question(NamedTuple):
    """What a reporting command asks: which book, at which clocks, of which agreement."""

    book: "Book"
    as_of: str | None
    known_by: str | None
    public_by: str | None
    agreement: str | None
    filters: "Filters"

    @property
    def asked(self) -> "Asked":
        """The options of every report."""
        return {
            "as_of": self.as_of,
            "known_by": self.known_by,
            "public_by": self.public_by,
            "agreement": self.agreement,
        }

    @property
    def narrowed(self) -> "Narrowed":
        """The options of every report, and the filters."""
        return {**self.asked, **self.filters}


Command = Callable[..., "Answer"]


def reporting(command: Command) -> Command:
    """Register a command that answers a `Question`, and give it the options of every report."""
    return _registered(command, emit, {})


def reporting_in_parts(command: Command) -> Command:
    """Register a report without one main table; its help does not offer to shape one."""
    return _registered(command, emit, {}, shapes=False)


def listing(command: Command) -> Command:
    """Register a report that lists concessions, and so takes filters, too."""
    return _registered(command, emit, FILTERS)


def checking(command: Command) -> Command:
    """Register a report that exits with 1 if it has findings; without any, only data is printed."""

    def emit_findings(report: "Report", wanted: Wanted) -> None:
        if report.rows or wanted.name in ("json", "csv", "tsv"):
            emit(report, wanted)
        if report.rows:
            raise typer.Exit(1)

    return _registered(command, emit_findings, FILTERS)


def reporting_in(
    group: typer.Typer, emitted: Callable[["Report", Wanted], None] = emit
) -> Callable[[Command], Command]:
    """Return a decorator that registers a report as a command of a group."""
    return lambda command: _registered(command, emitted, {}, group)


def _registered(
    command: Command,
    emitted: Callable[["Report", Wanted], None],
    filters: dict[str, Any],
    group: typer.Typer = commands,
    shapes: bool = True,
) -> Command:
    def run(
        context: typer.Context,
        as_of: options.AsOf = None,
        known_by: options.KnownBy = None,
        public_by: options.PublicBy = None,
        agreement: options.Agreement = None,
        format: options.ReportFormat = None,  # noqa: A002 - the option's name
        output: options.Output = None,
        raw: options.Raw = False,
        width: options.Width = None,
        color: options.Color = None,
        columns: options.Columns = None,
        sort: options.Sort = None,
        limit: options.Limit = None,
        section: options.Section = None,
        **own: Any,
    ) -> None:
        wanted = Wanted(format, output, raw, width, color, columns, sort, limit, section)
        wanted.require()
        chosen = cast("Filters", {name: own.pop(name) for name in filters})
        question = Question(context.obj.book, as_of, known_by, public_by, agreement, chosen)
        emitted(command(question, **own).report, wanted)

    shared = _shared(run) if shapes else map(_unlisted, _shared(run))
    _give(run, [*_own(command), *_narrowing(filters), *shared])
    group.command(command.__name__.replace("_", "-"), help=command.__doc__)(run)
    return command


def _own(command: Command) -> Iterable[inspect.Parameter]:
    return [*inspect.signature(command).parameters.values()][1:]


def _narrowing(filters: dict[str, Any]) -> Iterable[inspect.Parameter]:
    for name, annotation in filters.items():
        yield inspect.Parameter(name, KEYWORD, default=None, annotation=annotation)


def _shared(run: Callable[..., None]) -> Iterable[inspect.Parameter]:
    shared = inspect.signature(run).parameters.values()
    return (one for one in shared if one.kind is not one.VAR_KEYWORD)


def _unlisted(parameter: inspect.Parameter) -> inspect.Parameter:
    """Return an option that shapes a table so that help leaves it out; others as they are.

    It is still read, so that a command that is given one can say why it does not take it.
    """
    if parameter.name not in ("columns", "sort", "limit"):
        return parameter
    option = copy(get_args(parameter.annotation)[1])
    option.hidden = True
    kind = get_args(parameter.annotation)[0]
    return parameter.replace(annotation=Annotated[kind, option])


KEYWORD = inspect.Parameter.KEYWORD_ONLY


def _give(run: Any, parameters: Sequence[inspect.Parameter]) -> None:
    """Give a command its options, in the signature that typer reads."""
    run.__signature__ = inspect.Signature([one.replace(kind=KEYWORD) for one in parameters])
    run.__annotations__ = {one.name: one.annotation for one in parameters}

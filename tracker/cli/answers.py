"""How a method of the book becomes a command: its own options, then those that it shares."""

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature, signature
from itertools import starmap
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli import options
from tracker.cli.output import Wanted, emit

if TYPE_CHECKING:
    from tracker.book import Answer
    from tracker.tables import Report

Command = Callable[..., "Answer"]
"""A function of a book and of the options, whose docstring is the command's help."""
Emit = Callable[["Report", Wanted], None]


def reporting(
    group: typer.Typer,
    filters: Mapping[str, Any] = {},
    emitted: Emit = emit,
    *,
    shapes: bool = True,
    **own: Any,
) -> Callable[[Command], Command]:
    """Return a decorator that registers a report, which takes its own options, filters and clocks.

    One without a main table does not take the options that shape it.
    """
    every = signature(Wanted).parameters.values()
    forms = [one for one in every if shapes or one.name not in ("columns", "sort", "limit")]
    return _registered(group, {**own, **filters, **options.CLOCKS}, forms, emitted)


def recording(
    group: typer.Typer, shared: Mapping[str, Any] = {}, **own: Any
) -> Callable[[Command], Command]:
    """Return a decorator that registers a command which records, and so prints a receipt."""
    form = Parameter("format", KEYWORD, default="text", annotation=options.Format)
    return _registered(group, {**own, **shared}, [form])


KEYWORD = Parameter.KEYWORD_ONLY


def _registered(
    group: typer.Typer, shared: Mapping[str, Any], forms: Sequence[Parameter], emitted: Emit = emit
) -> Callable[[Command], Command]:
    """Return a decorator that registers a command of a function.

    `shared` are the options that the function takes as further keywords; `forms` are those that
    say how its answer is written.
    """

    def registered(command: Command) -> Command:
        def run(context: typer.Context, **given: Any) -> None:
            form = {one.name: given.pop(one.name) for one in forms}
            wanted = Wanted(**form)
            wanted.require()
            named = {name: value for name, value in given.items() if value is not None}
            emitted(command(context.obj.book, **named).report, wanted)

        context, _ = signature(run).parameters.values()
        _, *own = signature(command).parameters.values()
        named = [one for one in own if one.kind is not one.VAR_KEYWORD]
        _give(run, [context, *named, *starmap(_option, shared.items()), *forms])
        group.command(command.__name__.replace("_", "-"), help=command.__doc__)(run)
        return command

    return registered


def _option(name: str, hint: Any) -> Parameter:
    """Return an option as a parameter: a flag is off by default, others are not given."""
    default = False if hint.__origin__ is bool else None
    return Parameter(name, KEYWORD, default=default, annotation=hint)


def _give(run: Any, parameters: Sequence[Parameter]) -> None:
    """Give a command its options, in the signature that typer reads."""
    run.__signature__ = Signature([one.replace(kind=KEYWORD) for one in parameters])
    run.__annotations__ = {one.name: one.annotation for one in parameters}

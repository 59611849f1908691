"""The commands that correct what is declared."""

import inspect
from typing import Any

import typer

from tracker.cli import fields
from tracker.cli.output import Wanted, emit

commands = typer.Typer()

CHANGEABLE = {
    "name": fields.Name,
    "short": fields.Short,
    "part_of": fields.PartOf,
    "url": fields.Url,
    "publisher": fields.Publisher,
    "title": fields.Title,
    "published": fields.Published,
    "official": fields.Official,
    "archived": fields.Archived,
    "place": fields.Place,
    "agreed": fields.Agreed,
    "agreement": fields.Agreement,
    "concession": fields.Concession,
    "giver": fields.Giver,
    "receiver": fields.Receiver,
    "sector": fields.Sector,
    "kind": fields.Kind,
    "instrument": fields.Instrument,
    "test": fields.Test,
    "locator": fields.Locator,
    "quote": fields.Quote,
    "promised": fields.Promised,
    "hold": fields.Hold,
    "in_return_for": fields.InReturnFor,
    "label": fields.Label,
    "opens": fields.Opens,
    "due": fields.Due,
    "awaits": fields.Awaits,
    "target": fields.Target,
    "unit": fields.Unit,
    "bound": fields.Bound,
    "base": fields.Base,
    "source": fields.Source,
}
"""The option of each field that a version may hold."""


def change(
    context: typer.Context, slug: fields.AnySlug, reason: fields.Reason, **options: Any
) -> None:
    """Correct a declaration; the other fields stay as they are.

    An empty value removes a field. Reports known by an earlier entry keep the old declaration; the
    week's corrections list what changed. A postponed day is not a correction: see 'move'.

    Example: tracker change soybeans --test "Customs count 12 MMT" --reason "the fact sheet's words"
    """
    changed = fields.given(**options)
    emit(context.obj.book.change(slug, reason=reason, **changed).report, Wanted("text"))


def _with_options(command: Any, options: dict[str, Any]) -> Any:
    """Give a command an option for each field, as if its signature named them."""
    own = [
        one
        for one in inspect.signature(command).parameters.values()
        if one.kind is not one.VAR_KEYWORD
    ]
    further = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
        for name, hint in options.items()
    ]
    command.__signature__ = inspect.Signature([*own, *further])
    command.__annotations__ = {one.name: one.annotation for one in [*own, *further]}
    return command


commands.command()(_with_options(change, CHANGEABLE))


@commands.command()
def withdraw(context: typer.Context, slug: fields.AnySlug, reason: fields.Reason) -> None:
    """Withdraw a declaration, with all that rests on it.

    What is declared under it goes with it, and so do all entries about any of these. Reports known
    by an earlier entry keep it. Its slug can be declared again.

    Example: tracker withdraw sorghum --reason "the readout does not mention it"
    """
    emit(context.obj.book.withdraw(slug, reason=reason).report, Wanted("text"))

"""The commands that declare one thing each."""

import typer

from tracker.cli import fields
from tracker.cli.fields import given
from tracker.cli.output import Wanted, emit

commands = typer.Typer(
    name="add", help="Declare a new thing.", no_args_is_help=True, rich_markup_mode=None
)


def _add(context: typer.Context, what: str, slug: str, declared: dict[str, object]) -> None:
    emit(context.obj.book.add(what, slug, **declared).report, Wanted("text"))


@commands.command()
def party(
    context: typer.Context,
    slug: fields.Slug,
    name: fields.Name = None,
    short: fields.Short = None,
    part_of: fields.PartOf = None,
) -> None:
    """Declare a party: a state, a bloc or a firm.

    Example: tracker add party eu --name "European Union" --short EU
    """
    _add(context, "party", slug, given(name=name, short=short, part_of=part_of))


@commands.command()
def source(
    context: typer.Context,
    slug: fields.Slug,
    publisher: fields.Publisher = None,
    title: fields.Title = None,
    url: fields.Url = None,
    published: fields.Published = None,
    official: fields.Official = None,
    archived: fields.Archived = None,
) -> None:
    """Declare a source; its slug is its key.

    Example: tracker add source ustr-2026 --publisher USTR --title "Fact sheet" --official
    """
    stated = given(publisher=publisher, title=title, url=url, published=published)
    _add(context, "source", slug, stated | given(official=official, archived=archived))


@commands.command()
def agreement(
    context: typer.Context,
    slug: fields.Slug,
    title: fields.Title = None,
    agreed: fields.Agreed = None,
    source: fields.Source = None,
    place: fields.Place = None,
) -> None:
    """Declare an agreement.

    Example: tracker add agreement eu-us-2025 --title "Turnberry" --agreed 2025-07-27 --source ec
    """
    stated = given(title=title, agreed=agreed, source=source, place=place)
    _add(context, "agreement", slug, stated)


@commands.command()
def concession(
    context: typer.Context,
    slug: fields.Slug,
    agreement: fields.Agreement = None,
    title: fields.Title = None,
    giver: fields.Giver = None,
    receiver: fields.Receiver = None,
    sector: fields.Sector = None,
    kind: fields.Kind = None,
    instrument: fields.Instrument = None,
    test: fields.Test = None,
    source: fields.Source = None,
    locator: fields.Locator = None,
    quote: fields.Quote = None,
    promised: fields.Promised = None,
    hold: fields.Hold = None,
    in_return_for: fields.InReturnFor = None,
) -> None:
    """Declare a concession of an agreement.

    Example: tracker add concession sorghum --agreement busan-2025 --title "Buy sorghum"
    --giver cn --receiver us --sector agriculture --kind purchase --instrument readout
    --test "Cargoes clear customs" --source article
    """
    parties = given(agreement=agreement, title=title, giver=giver, receiver=receiver, test=test)
    sort = given(sector=sector, kind=kind, instrument=instrument, in_return_for=in_return_for)
    stated = given(source=source, locator=locator, quote=quote, promised=promised, hold=hold)
    _add(context, "concession", slug, parties | sort | stated)


@commands.command()
def deadline(
    context: typer.Context,
    slug: fields.Slug,
    concession: fields.Concession = None,
    agreement: fields.Agreement = None,
    kind: fields.Kind = None,
    label: fields.Label = None,
    due: fields.Due = None,
    opens: fields.Opens = None,
    awaits: fields.Awaits = None,
    target: fields.Target = None,
    unit: fields.Unit = None,
    bound: fields.Bound = None,
    base: fields.Base = None,
    source: fields.Source = None,
) -> None:
    """Declare a deadline of a concession or of an agreement.

    Example: tracker add deadline sorghum-2026 --concession sorghum --kind delivery
    --label "3 MMT" --due 2026-12-31 --target 3 --unit MMT --source article
    """
    owner = given(concession=concession, agreement=agreement)
    days = given(kind=kind, label=label, due=due, opens=opens, awaits=awaits)
    counted = given(target=target, unit=unit, bound=bound, base=base, source=source)
    _add(context, "deadline", slug, owner | days | counted)

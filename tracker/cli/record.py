"""The commands that record: each appends to the journal and says what it did."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion, options
from tracker.cli.invocation import Invocation
from tracker.cli.output import emit

if TYPE_CHECKING:
    from tracker.journal import Writer

commands = typer.Typer()


def record(
    invocation: Invocation,
    format: str,  # noqa: A002 - the option's name
    write: Callable[["Writer"], range],
) -> None:
    """Write one command's entries, and print them with what they changed."""
    from tracker.reports.receipt import Witness

    with invocation.writing() as writer:
        witness = Witness(writer.connection, invocation.today)
        receipt = witness.receipt(write(writer))
    emit(receipt, format)


@commands.command()
def log(
    context: typer.Context,
    concession: options.Concession,
    stage: options.StageWord,
    note: options.Note = None,
    on: options.On = None,
    says: options.Says = None,
    source: options.SourceKey = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Log how far a concession has come: your verdict, or, with --says, a party's claim.

    Example: tracker log soybeans partial -m "8 MMT sold" --on 2026-01-08 --source usda
    """
    from tracker import journal

    circumstances = journal.Circumstances(context.obj.day(on), says, source, note)
    record(
        context.obj, format, lambda writer: journal.log(writer, concession, stage, circumstances)
    )


@commands.command()
def note(
    context: typer.Context,
    slug: options.Slug,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="In your own words.")],
    on: options.On = None,
    source: options.SourceKey = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Note something on an agreement, a concession or a deadline.

    Example: tracker note tiktok "Beijing's approval still pending" --on yesterday
    """
    from tracker import journal

    circumstances = journal.Circumstances(context.obj.day(on), source=source)
    record(context.obj, format, lambda writer: journal.note(writer, slug, text, circumstances))


@commands.command()
def checked(
    context: typer.Context,
    slugs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SLUG]...",
            help="What you looked at; everything without.",
            autocompletion=completion.slugs,
        ),
    ] = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Record that you looked today and found nothing new.

    Example: tracker checked soybeans rare-earths
    """
    from tracker import journal

    record(context.obj, format, lambda writer: journal.checked(writer, slugs or ()))


@commands.command()
def amend(
    context: typer.Context,
    entry: options.EntryNumber,
    stage: Annotated[
        str | None,
        typer.Option(metavar="STAGE", help="The stage.", autocompletion=completion.stages),
    ] = None,
    note: options.Note = None,
    on: options.On = None,
    says: options.Says = None,
    source: options.SourceKey = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Correct an entry: it is retracted and written again as it should read.

    An empty --says, --source or --note takes that part away.
    Example: tracker amend 14 --on 2026-01-08
    """
    from tracker import journal

    given: dict[str, Any] = {
        "stage": stage and options.stage_of(stage),
        "effective_on": on and context.obj.day(on),
        "says": says,
        "source": source,
        "note": note,
    }
    corrections = {field: value or None for field, value in given.items() if value is not None}
    record(context.obj, format, lambda writer: journal.amend(writer, entry, corrections))


@commands.command()
def retract(
    context: typer.Context,
    entry: options.EntryNumber,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it no longer counts.")],
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Take an entry out of the account; it stays in the journal, struck through.

    Example: tracker retract 14 --reason "misread the table"
    """
    from tracker import journal

    record(context.obj, format, lambda writer: journal.retract(writer, entry, reason))


@commands.command()
def undo(context: typer.Context, format: options.Format = "text") -> None:  # noqa: A002
    """Take back your last command that still stands; again, and the one before it.

    Example: tracker undo
    """
    from tracker import journal

    record(context.obj, format, journal.undo)

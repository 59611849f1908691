"""The commands that record: each appends to the journal and says what it did."""

from typing import Annotated

import typer

from tracker.cli import completion, options
from tracker.cli.output import Wanted, emit
from tracker.cli.writing import words_of
from tracker.vocabulary import Basis

commands = typer.Typer()


@commands.command()
def log(
    context: typer.Context,
    concessions: options.Logged,
    stage: options.StageWord,
    note: options.Note = None,
    on: options.On = None,
    says: options.Says = None,
    source: options.SourceKeys = None,
    public: options.Public = None,
    once: options.Once = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Log how far a concession has come, or several.

    It is your own verdict or, with --says, what a party claims. The stage comes last.

    Example: tracker log soybeans partial -m "8 MMT sold" --on 2026-01-08 --source usda
    """
    receipt = context.obj.book.log(
        concessions, stage, note=note, on=on, says=says, source=source, public=public, once=once
    )
    emit(receipt.report, Wanted(format))


@commands.command()
def measure(
    context: typer.Context,
    deadline: options.Deadline,
    value: options.Value,
    unit: Annotated[
        str | None, typer.Argument(metavar="[UNIT]", help="The unit; by default, the target's.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHO", help="Who counted; by default, the source's publisher, else you."
        ),
    ] = None,
    basis: options.BasisWord = Basis.OTHER,
    flow: Annotated[
        bool, typer.Option("--flow", help="What that day added, not the total so far.")
    ] = False,
    on: options.On = None,
    source: options.SourceKeys = None,
    note: options.Note = None,
    public: options.Public = None,
    once: options.Once = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Measure what was delivered towards a target.

    Who counted, the basis and the unit make up a series. The value is the total so far, or a
    --flow.

    Example: tracker measure soybeans-2025 8.5 MMT --by "USDA" --basis sold --on 2026-01-08
    """
    counted = {"by": by, "basis": basis, "flow": flow}
    happened = {"on": on, "source": source, "note": note, "public": public}
    receipt = context.obj.book.measure(deadline, value, unit, once=once, **counted, **happened)
    emit(receipt.report, Wanted(format))


@commands.command()
def move(
    context: typer.Context,
    deadline: options.MaybeDeadline = None,
    date: Annotated[
        str | None,
        typer.Argument(metavar="DATE", help="The new day: 2026-02-28, 2026-02 or 2026."),
    ] = None,
    ending: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="In place of DEADLINE: every open expiry that now ends on this day."
        ),
    ] = None,
    target: options.TargetOption = None,
    says: options.Says = None,
    source: options.SourceKeys = None,
    on: options.On = None,
    note: options.Note = None,
    public: options.Public = None,
    once: options.Once = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Move a deadline to a new day; its first day is kept.

    To restate only the target, give the current day.

    Example: tracker move soybeans-2025 2026-02-28 --says us --source briefing
    """
    happened = {"says": says, "source": source, "on": on, "note": note, "public": public}
    if ending is None:
        if deadline is None or date is None:
            raise typer.BadParameter("give a DEADLINE and its new DATE")
        receipt = context.obj.book.move(deadline, date, target=target, once=once, **happened)
    else:
        if deadline is None or date is not None or target is not None:
            raise typer.BadParameter("give only the new DATE with --ending DAY")
        receipt = context.obj.book.move_ending(ending, deadline, once=once, **happened)
    emit(receipt.report, Wanted(format))


@commands.command()
def close(
    context: typer.Context,
    deadline: options.Deadline,
    outcome: options.OutcomeWord,
    on: options.On = None,
    source: options.SourceKeys = None,
    note: options.Note = None,
    public: options.Public = None,
    once: options.Once = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Close a deadline: met, missed or cancelled.

    Example: tracker close tiktok-closing met --on 2026-01-22
    """
    receipt = context.obj.book.close(
        deadline, outcome, on=on, source=source, note=note, public=public, once=once
    )
    emit(receipt.report, Wanted(format))


@commands.command()
def note(
    context: typer.Context,
    slug: options.Slug,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT]",
            help="In your own words; - reads standard input; without TEXT, your editor opens.",
        ),
    ] = None,
    on: options.On = None,
    source: options.SourceKeys = None,
    public: options.Public = None,
    once: options.Once = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Add a note to an agreement, a concession or a deadline.

    Example: tracker note tiktok "Beijing's approval still pending" --on yesterday
    """
    words = words_of(slug, text)
    receipt = context.obj.book.note(slug, words, on=on, source=source, public=public, once=once)
    emit(receipt.report, Wanted(format))


@commands.command()
def checked(
    context: typer.Context,
    slugs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SLUG]...",
            help="What you looked at; by default, everything.",
            autocompletion=completion.slugs,
        ),
    ] = None,
    once: options.Once = False,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Record that you looked today and found nothing new.

    Example: tracker checked soybeans rare-earths
    """
    emit(context.obj.book.checked(*(slugs or ()), once=once).report, Wanted(format))


@commands.command()
def cite(
    context: typer.Context,
    entry: options.EntryNumber,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY|URL...",
            help="Sources that state the same.",
            autocompletion=completion.sources,
        ),
    ],
    note: options.Note = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Add sources to an entry.

    Example: tracker cite 14 usda https://www.reuters.com/…
    """
    emit(context.obj.book.cite(entry, *sources, note=note).report, Wanted(format))


@commands.command()
def amend(
    context: typer.Context,
    entry: options.EntryNumber,
    stage: options.StageOption = None,
    value: options.ValueOption = None,
    unit: options.UnitOption = None,
    by: options.ByOption = None,
    basis: options.BasisOption = None,
    flow: options.FlowOption = None,
    to: options.ToOption = None,
    target: options.TargetOption = None,
    outcome: options.OutcomeOption = None,
    note: options.Note = None,
    on: options.On = None,
    public: options.Public = None,
    says: options.Says = None,
    source: options.SourceKey = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why, for the week's corrections.")
    ] = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Correct an entry: retract it and record it again.

    An empty --says, --source or --note removes that part.

    Example: tracker amend 14 --on 2026-01-08
    """
    counted = {"value": value, "unit": unit, "by": by, "basis": basis, "flow": flow}
    due = {"to": to, "target": target, "outcome": outcome}
    said = {"stage": stage, "note": note, "says": says, "source": source}
    corrections = counted | due | said | {"on": on, "public": public}
    emit(context.obj.book.amend(entry, reason=reason, **corrections).report, Wanted(format))


@commands.command()
def retract(
    context: typer.Context,
    entry: options.EntryNumber,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it no longer counts.")],
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Retract an entry, so that it no longer counts.

    It stays in the journal, and reports known by an earlier moment still count it.

    Example: tracker retract 14 --reason "misread the table"
    """
    emit(context.obj.book.retract(entry, reason).report, Wanted(format))


@commands.command()
def undo(context: typer.Context, format: options.Format = "text") -> None:  # noqa: A002
    """Take back the entries of your last command.

    Repeat it for the command before that. What a command retracted counts again, and what it
    declared is no longer declared. An undo cannot be undone: record the entries again.

    Example: tracker undo
    """
    emit(context.obj.book.undo().report, Wanted(format))

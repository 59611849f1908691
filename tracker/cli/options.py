"""Options and arguments that several commands share."""

from decimal import Decimal
from typing import Annotated

import typer

from tracker.cli import completion
from tracker.errors import BadEntryNumber, NoStageLast, UnknownWord
from tracker.quantities import parse_quantity
from tracker.settings import NARROWEST, WIDEST
from tracker.vocabulary import (
    EXTRA_FORMATS,
    FORMATS,
    Basis,
    ColorChoice,
    Outcome,
    Stage,
    format_of,
    parse_word,
)


def stage_of(word: str) -> Stage:
    """Return the stage of this name."""
    return parse_word("stage", word, Stage)


def last_stage_of(word: str) -> Stage:
    """Return the stage that ends a command's words."""
    try:
        return stage_of(word)
    except UnknownWord:
        raise NoStageLast(word=word, stages=Stage) from None


def basis_of(word: str) -> Basis:
    """Return the basis of this name."""
    return parse_word("basis", word, Basis)


def outcome_of(word: str) -> Outcome:
    """Return the outcome of this name."""
    return parse_word("outcome", word, Outcome)


def color_of(word: str) -> ColorChoice:
    """Return the choice of colour of this name."""
    return parse_word("color choice", word, ColorChoice)


def report_format_of(word: str) -> str:
    """Return the format's name, if reports can be written in it."""
    return format_of(word, (*FORMATS, *EXTRA_FORMATS))


def section_of(word: str) -> str:
    """Return the key of a list in a report's document."""
    return word.lower().replace("-", "_")


def entry_of(word: str) -> int:
    """Return an entry's number, written with or without '#'."""
    number = word.removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        raise BadEntryNumber(word=word)
    return int(number)


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What had happened by this day."),
]
KnownBy = Annotated[
    str | None,
    typer.Option(
        "--known-by",
        metavar="ENTRY|MOMENT",
        help="What the book held at this entry (88), head or moment.",
    ),
]
PublicBy = Annotated[
    str | None,
    typer.Option("--public-by", metavar="DATE", help="Only what was public by this day."),
]
Agreement = Annotated[
    str | None,
    typer.Option(
        "--agreement",
        metavar="SLUG",
        help="This agreement only.",
        autocompletion=completion.agreements,
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT",
        parser=format_of,
        help="text, markdown, csv, json, html, or a table format such as grid.",
        autocompletion=completion.formats,
    ),
]
ReportFormat = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT",
        parser=report_format_of,
        help="text, markdown, csv, json, html, mail, xlsx, or a table format (grid, …); else text.",
        autocompletion=completion.report_formats,
    ),
]
Width = Annotated[
    int | None,
    typer.Option(
        "--width",
        metavar="COLUMNS",
        min=NARROWEST,
        max=WIDEST,
        help="Wrap text to this width; else to COLUMNS or the terminal, and to 100 in a pipe.",
    ),
]
Color = Annotated[
    ColorChoice | None,
    typer.Option(
        "--color",
        metavar="WHEN",
        parser=color_of,
        help="auto (on a terminal, without NO_COLOR), always or never.",
        autocompletion=completion.color_choices,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAME,...",
        help="Only these columns, in this order: headers or keys of the JSON. JSON keeps all.",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort", metavar="KEY", help="Sort rows by a key of the JSON; descending after a '-'."
    ),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, max=100_000, help="Only the first N rows."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to this file; without -f its ending chooses the format, such as .csv or .md.",
    ),
]
Section = Annotated[
    str | None,
    typer.Option(
        "--section",
        metavar="NAME",
        parser=section_of,
        help="In CSV or TSV, write this list instead of the rows, such as changes or sources.",
    ),
]
Raw = Annotated[
    bool,
    typer.Option("--raw", help="In CSV, write text exactly as it was recorded."),
]

Concession = Annotated[
    str,
    typer.Argument(
        metavar="CONCESSION", help="A concession's slug.", autocompletion=completion.concessions
    ),
]
Logged = Annotated[
    list[str],
    typer.Argument(
        metavar="CONCESSION...",
        help="A concession's slug, or several.",
        autocompletion=completion.logged,
    ),
]
Concessions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CONCESSION]...",
        help="These concessions only.",
        autocompletion=completion.concessions,
    ),
]
Slug = Annotated[
    str,
    typer.Argument(
        metavar="SLUG",
        help="An agreement, a concession or a deadline.",
        autocompletion=completion.slugs,
    ),
]
StageWord = Annotated[
    Stage,
    typer.Argument(
        metavar="STAGE",
        parser=last_stage_of,
        help=", ".join(Stage),
        autocompletion=completion.stages,
    ),
]
Note = Annotated[
    str | None, typer.Option("-m", "--note", metavar="TEXT", help="In your own words.")
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="When it happened: 2026-01-07, yesterday, friday, '3 days ago', 2026-01; else today.",
    ),
]
Public = Annotated[
    str | None,
    typer.Option(
        "--public", metavar="DATE", help="When it was made public, if that was another day."
    ),
]
Says = Annotated[
    str | None,
    typer.Option(
        "--says",
        metavar="PARTY",
        help="The party that asserts it; by default, it is your own verdict.",
        autocompletion=completion.parties,
    ),
]
SourceKey = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="KEY|URL",
        help="Where it is stated: a source's key, or a web address.",
        autocompletion=completion.sources,
    ),
]
SourceKeys = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="KEY|URL",
        help="Where it is stated: a source's key, or a web address; repeat it for several.",
        autocompletion=completion.sources,
    ),
]
Once = Annotated[
    bool,
    typer.Option("--once", help="Add nothing if the same is already recorded; for scripts."),
]
Deadline = Annotated[
    str,
    typer.Argument(
        metavar="DEADLINE", help="A deadline's slug.", autocompletion=completion.deadlines
    ),
]
MaybeDeadline = Annotated[
    str | None,
    typer.Argument(
        metavar="DEADLINE", help="A deadline's slug.", autocompletion=completion.deadlines
    ),
]
Value = Annotated[
    Decimal,
    typer.Argument(metavar="VALUE", parser=parse_quantity, help="A plain decimal such as 8.5."),
]
BasisWord = Annotated[
    Basis,
    typer.Option(
        "--basis",
        metavar="BASIS",
        parser=basis_of,
        help=", ".join(Basis),
        autocompletion=completion.bases,
    ),
]
OutcomeWord = Annotated[
    Outcome,
    typer.Argument(
        metavar="OUTCOME",
        parser=outcome_of,
        help=", ".join(Outcome),
        autocompletion=completion.outcomes,
    ),
]
StageOption = Annotated[
    Stage | None,
    typer.Option(
        "--stage",
        metavar="STAGE",
        parser=stage_of,
        help="The stage.",
        autocompletion=completion.stages,
    ),
]
ValueOption = Annotated[
    Decimal | None,
    typer.Option("--value", metavar="VALUE", parser=parse_quantity, help="A reading's value."),
]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="A reading's unit.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who counted.")]
FlowOption = Annotated[
    bool | None, typer.Option("--flow/--total", help="A day's flow, or the total so far.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="A move's new day.")]
TargetOption = Annotated[
    Decimal | None,
    typer.Option("--target", metavar="VALUE", parser=parse_quantity, help="The restated target."),
]
BasisOption = Annotated[
    Basis | None,
    typer.Option(
        "--basis",
        metavar="BASIS",
        parser=basis_of,
        help="What a reading counts.",
        autocompletion=completion.bases,
    ),
]
OutcomeOption = Annotated[
    Outcome | None,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        parser=outcome_of,
        help="How a deadline ended.",
        autocompletion=completion.outcomes,
    ),
]
Within = Annotated[
    int,
    typer.Option("--within", metavar="DAYS", min=0, max=100_000, help="How many days ahead."),
]
EntryNumber = Annotated[
    int, typer.Argument(metavar="ENTRY", parser=entry_of, help="An entry's number.")
]

"""Options and arguments: how they are declared, and those that several commands share."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.completion import Candidates, Offers
from tracker.errors import BadEntryNumber, NotLast, UnknownWord
from tracker.quantities import parse_quantity
from tracker.settings import NARROWEST, WIDEST
from tracker.vocabulary import (
    EXTRA_FORMATS,
    FORMATS,
    Basis,
    ColorChoice,
    ConcessionKind,
    ConcessionState,
    Outcome,
    Stage,
    format_of,
    parse_word,
)


def _completer(offers: Offers) -> Callable[..., Candidates] | None:
    return completion.words_of(offers) if isinstance(offers, Iterable) else offers


def option(names: str, metavar: str, about: str, offers: Offers = None, **more: Any) -> Any:
    """Return an option that takes a value; `names` are separated by spaces."""
    return typer.Option(
        *names.split(), metavar=metavar, help=about, autocompletion=_completer(offers), **more
    )


def argument(metavar: str, about: str, offers: Offers = None, **further: Any) -> Any:
    """Return an argument."""
    return typer.Argument(metavar=metavar, help=about, autocompletion=_completer(offers), **further)


def path_argument(metavar: str, about: str) -> Any:
    """Return an argument that names a file or a folder."""
    return argument(metavar, about, parser=path_of)


def word(*described: Any) -> Any:
    """Return the annotation of an `argument` that may be left out, for a table of options."""
    return Annotated[str | None, argument(*described)]


def text(*described: Any, **further: Any) -> Any:
    """Return the annotation of an `option` that is text, for a table of options."""
    return Annotated[str | None, option(*described, **further)]


def texts(*described: Any) -> Any:
    """Return the annotation of an `option` that is text and can be repeated."""
    return Annotated[list[str] | None, option(*described)]


def toggle(name: str, about: str) -> Any:
    """Return the annotation of an option that is given or left out."""
    return Annotated[bool, typer.Option(name, help=about)]


def flag(names: str, about: str) -> Any:
    """Return the annotation of an option that is given, negated or left out."""
    return Annotated[bool | None, typer.Option(names, help=about)]


def word_of(what: str, words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a parser of the words of one enumeration."""

    def parsed(text: str) -> StrEnum:
        return parse_word(what, text, words)

    return parsed


def path_of(word: str) -> str:
    """Return a path; refuse an empty one, which would mean the current folder."""
    if not word:
        raise typer.BadParameter("it is empty; name a file or a folder")
    return word


def output_of(word: str) -> str | None:
    """Return the path of a file to write; None for `-`, standard output."""
    return None if path_of(word) == "-" else word


def chosen(options: Mapping[str, Any], names: str) -> dict[str, Any]:
    """Return some options of a table, in the order of their names."""
    return {name: options[name] for name in names.split()}


stage_of = word_of("stage", Stage)
basis_of = word_of("basis", Basis)
outcome_of = word_of("outcome", Outcome)


def _last_of(what: str, words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a parser of the word that ends a command's words."""

    def last(word: str) -> StrEnum:
        try:
            return parse_word(what, word, words)
        except UnknownWord:
            raise NotLast(kind=what, word=word, allowed=words) from None

    return last


def _report_format_of(word: str) -> str:
    return format_of(word, (*FORMATS, *EXTRA_FORMATS))


def entry_of(word: str) -> int:
    """Return an entry's number, written with or without '#'."""
    number = word.removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        raise BadEntryNumber(word=word)
    return int(number)


# What a report is asked, and how it is written.

AsOf = Annotated[str | None, option("--as-of", "DATE", "What had happened by this day.")]
KnownBy = Annotated[
    str | None,
    option("--known-by", "ENTRY|MOMENT", "What the book held at this entry (88), head or moment."),
]
PublicBy = Annotated[str | None, option("--public-by", "DATE", "Only what was public by this day.")]
Agreement = Annotated[
    str | None, option("--agreement", "SLUG", "This agreement only.", completion.agreements)
]
CLOCKS = {"as_of": AsOf, "known_by": KnownBy, "public_by": PublicBy, "agreement": Agreement}
"""What every report takes: its clocks, and an agreement to narrow it to."""

FILTERS = {
    "giver": texts(
        "--giver",
        "PARTY",
        "Only what this party gives; filters can be repeated.",
        completion.parties,
    ),
    "receiver": texts("--receiver", "PARTY", "Only what this party gets.", completion.parties),
    "sector": texts("--sector", "SECTOR", "Only this sector.", completion.sectors),
    "kind": texts("--kind", "KIND", "Only this kind.", ConcessionKind),
    "stage": texts("--stage", "STAGE", "Only at this stage.", Stage),
    "state": texts(
        "--state",
        "STATE",
        "Only in this state.",
        [state.replace(" ", "-") for state in ConcessionState],
    ),
}
"""The options that choose which concessions a report lists."""

Format = Annotated[
    str,
    option(
        "-f --format",
        "FORMAT",
        "text, markdown, csv, json, html, or a table format such as grid.",
        FORMATS,
        parser=format_of,
    ),
]
ReportFormat = Annotated[
    str | None,
    option(
        "-f --format",
        "FORMAT",
        "text, markdown, csv, json, html, mail, xlsx, or a table format (grid, …);"
        " by default, text.",
        (*FORMATS, *EXTRA_FORMATS),
        parser=_report_format_of,
    ),
]
Width = Annotated[
    int | None,
    option(
        "--width",
        "COLUMNS",
        "Wrap text to this width; by default, to COLUMNS or the terminal, or to 100 in a pipe.",
        min=NARROWEST,
        max=WIDEST,
    ),
]
Color = Annotated[
    ColorChoice | None,
    option(
        "--color",
        "WHEN",
        "auto (on a terminal, without NO_COLOR), always or never.",
        ColorChoice,
        parser=word_of("color choice", ColorChoice),
    ),
]
Columns = Annotated[
    str | None,
    option(
        "--columns",
        "NAME,...",
        "Only these columns, in this order: headers of the table or of its CSV. JSON keeps all.",
    ),
]
Sort = Annotated[
    str | None, option("--sort", "KEY", "Sort rows by a key of the JSON; descending after a '-'.")
]
Limit = Annotated[int | None, option("--limit", "N", "Only the first N rows.", min=1, max=100_000)]
Output = Annotated[
    str | None,
    option(
        "-o --output",
        "FILE",
        "Write to this file; without -f its suffix chooses the format, such as .csv or .md.",
        parser=output_of,
    ),
]
File = Annotated[str | None, option("-o --output", "FILE", "Write to this file.", parser=output_of)]

Concessions = Annotated[
    list[str] | None, argument("[CONCESSION]...", "These concessions only.", completion.concessions)
]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]

# What is recorded.

Logged = Annotated[
    list[str], argument("CONCESSION...", "A concession's slug, or several.", completion.logged)
]
Slug = Annotated[
    str, argument("SLUG", "An agreement, a concession or a deadline.", completion.slugs)
]
Deadline = Annotated[str, argument("DEADLINE", "A deadline's slug.", completion.deadlines)]
MaybeDeadline = Annotated[
    str | None, argument("DEADLINE", "A deadline's slug.", completion.deadlines)
]
EntryNumber = Annotated[int, argument("ENTRY", "An entry's number.", parser=entry_of)]
StageWord = Annotated[
    Stage, argument("STAGE", ", ".join(Stage), Stage, parser=_last_of("stage", Stage))
]
OutcomeWord = Annotated[
    Outcome,
    argument("OUTCOME", ", ".join(Outcome), Outcome, parser=_last_of("outcome", Outcome)),
]
Value = Annotated[Decimal, argument("VALUE", "A plain decimal such as 8.5.", parser=parse_quantity)]
BasisWord = Annotated[
    Basis | None,
    option(
        "--basis",
        "BASIS",
        f"{', '.join(Basis)}; by default, level for a limit without --flow, else other.",
        Basis,
        parser=basis_of,
    ),
]
Target = Annotated[
    Decimal | None, option("--target", "VALUE", "The restated target.", parser=parse_quantity)
]
Note = Annotated[str | None, option("-m --note", "TEXT", "A note in your own words.")]
HAPPENED = {
    "on": text(
        "--on",
        "DATE",
        "When it happened: 2026-01-07, yesterday, friday, '3 days ago', 2026-01;"
        " by default, today.",
    ),
    "says": text(
        "--says",
        "PARTY",
        "The party that says so, if it is not you.",
        completion.parties,
    ),
    "source": texts(
        "--source",
        "KEY|URL",
        "Where it is stated: a source's key, or a web address; repeat it for several.",
        completion.sources,
    ),
    "note": Note,
    "public": text("--public", "DATE", "When it was made public, if that was another day."),
    "once": Annotated[
        bool,
        typer.Option("--once", help="Add nothing if the same is already recorded; for scripts."),
    ],
}
"""What a command records of an event; each takes some of it."""

CORRECTIONS = {
    "stage": text("--stage", "STAGE", "The stage.", Stage, parser=stage_of),
    "value": text("--value", "VALUE", "A reading's value.", parser=parse_quantity),
    "unit": text("--unit", "UNIT", "A reading's unit."),
    "by": text("--by", "WHO", "Who counted."),
    "basis": text("--basis", "BASIS", "What a reading counts.", Basis, parser=basis_of),
    "flow": flag("--flow/--total", "A day's flow, or the total so far."),
    "to": text("--to", "DATE", "A move's new day."),
    "target": Target,
    "outcome": text("--outcome", "OUTCOME", "How a deadline ended.", Outcome, parser=outcome_of),
    **chosen(HAPPENED, "note on public says"),
    "source": text(
        "--source",
        "KEY|URL",
        "Where it is stated: a source's key, or a web address.",
        completion.sources,
    ),
    "reason": text("--reason", "TEXT", "The reason, for the week's corrections."),
}
"""What an amendment takes: a correction of each part, and why."""

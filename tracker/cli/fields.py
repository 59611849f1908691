"""The options that declare the fields of things; `add` and `change` share them."""

from typing import Annotated

import typer

from tracker.cli import completion

Slug = Annotated[
    str, typer.Argument(metavar="SLUG", help="Its slug: lower-case letters, digits and hyphens.")
]
AnySlug = Annotated[
    str,
    typer.Argument(
        metavar="SLUG",
        help="A party, source, agreement, concession or deadline.",
        autocompletion=completion.things,
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why; listed in the week's corrections.")
]


def _text(name: str, metavar: str, help: str) -> object:  # noqa: A002 - typer's name
    return typer.Option(f"--{name}", metavar=metavar, help=help)


Name = Annotated[str | None, _text("name", "TEXT", "A party's name.")]
Short = Annotated[str | None, _text("short", "TEXT", "The short name that tables print.")]
PartOf = Annotated[
    str | None,
    typer.Option(
        "--part-of",
        metavar="PARTY",
        help="The bloc that a party is part of.",
        autocompletion=completion.parties,
    ),
]
Url = Annotated[str | None, _text("url", "URL", "A source's web address.")]
Publisher = Annotated[str | None, _text("publisher", "TEXT", "Who publishes a source.")]
Title = Annotated[str | None, _text("title", "TEXT", "The title.")]
Published = Annotated[str | None, _text("published", "DATE", "The day a source was published.")]
Official = Annotated[
    bool | None, typer.Option("--official/--unofficial", help="Whether a source is official.")
]
Archived = Annotated[str | None, _text("archived", "URL", "An archived copy of a source.")]
Place = Annotated[str | None, _text("place", "TEXT", "Where an agreement was made.")]
Agreed = Annotated[
    str | None, _text("agreed", "DATE", "The day of an agreement: 2025-10-30, 2025-10 or 2025.")
]
Agreement = Annotated[
    str | None,
    typer.Option(
        "--agreement",
        metavar="SLUG",
        help="The agreement that it is part of.",
        autocompletion=completion.agreements,
    ),
]
Concession = Annotated[
    str | None,
    typer.Option(
        "--concession",
        metavar="SLUG",
        help="The concession that a deadline belongs to.",
        autocompletion=completion.concessions,
    ),
]
Giver = Annotated[
    list[str] | None,
    typer.Option(
        "--giver",
        metavar="PARTY",
        help="Who gives; repeat it for several.",
        autocompletion=completion.parties,
    ),
]
Receiver = Annotated[
    list[str] | None,
    typer.Option(
        "--receiver",
        metavar="PARTY",
        help="Who receives; repeat it for several.",
        autocompletion=completion.parties,
    ),
]
Sector = Annotated[str | None, _text("sector", "TEXT", "A concession's sector.")]
Kind = Annotated[str | None, _text("kind", "KIND", "The kind of concession or deadline.")]
Instrument = Annotated[
    str | None,
    _text("instrument", "WORD", "proposal, statement, readout, joint-text or law."),
]
Test = Annotated[str | None, _text("test", "TEXT", "What will count as met.")]
Locator = Annotated[str | None, _text("locator", "TEXT", "The place within the source.")]
Quote = Annotated[str | None, _text("quote", "TEXT", "The source's own words.")]
Promised = Annotated[
    str | None,
    _text("promised", "DATE", "The day of a promise, if it is later than the agreement."),
]
Hold = Annotated[
    bool | None,
    typer.Option("--hold/--no-hold", help="Whether it has to be kept up."),
]
InReturnFor = Annotated[
    list[str] | None,
    typer.Option(
        "--in-return-for",
        metavar="CONCESSION",
        help="What it was given in return for; repeat it for several.",
        autocompletion=completion.concessions,
    ),
]
Label = Annotated[str | None, _text("label", "TEXT", "What falls due.")]
Opens = Annotated[
    str | None, _text("opens", "DATE", "The first day of a delivery's window, or of a limit.")
]
Awaits = Annotated[
    str | None,
    _text(
        "awaits", "TEXT", "What its day waits for, in words: a limit's first day, else its last."
    ),
]
Due = Annotated[str | None, _text("due", "DATE", "The day: 2026-02-28, 2026-02 or 2026.")]
Target = Annotated[str | None, _text("target", "VALUE", "The quantity to deliver.")]
Bound = Annotated[
    str | None, _text("bound", "WORD", "at-least, or at-most for a limit not to be exceeded.")
]
Base = Annotated[str | None, _text("base", "VALUE", "The level before the promise.")]
Unit = Annotated[str | None, _text("unit", "UNIT", "The unit of the target.")]
Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="KEY",
        help="The declared source that states it.",
        autocompletion=completion.sources,
    ),
]

FIELD_OF = {
    "published": "published_on",
    "archived": "archived_url",
    "agreed": "agreed_on",
    "promised": "promised_on",
    "opens": "opens_on",
    "due": "due_on",
}
"""The fields whose options have shorter names."""


def given(**options: object) -> dict[str, object]:
    """Return the fields of those options that are given."""
    return {FIELD_OF.get(name, name): value for name, value in options.items() if value is not None}

"""The options that declare the fields of things; `add` and `change` share them."""

from typing import Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.parameters import argument, option

Slug = Annotated[str, argument("SLUG", "Its slug: lower-case letters, digits and hyphens.")]
AnySlug = Annotated[
    str,
    argument("SLUG", "A party, source, agreement, concession or deadline.", completion.things),
]
Reason = Annotated[str, option("--reason", "TEXT", "Why; listed in the week's corrections.")]


def _text(*described: Any) -> Any:
    return Annotated[str | None, option(*described)]


def _texts(*described: Any) -> Any:
    return Annotated[list[str] | None, option(*described)]


def _whether(names: str, about: str) -> Any:
    return Annotated[bool | None, typer.Option(names, help=about)]


FIELDS = {
    "name": _text("--name", "TEXT", "A party's name."),
    "short": _text("--short", "TEXT", "The short name that tables print."),
    "part_of": _text("--part-of", "PARTY", "The bloc that a party is part of.", completion.parties),
    "url": _text("--url", "URL", "A source's web address."),
    "publisher": _text("--publisher", "TEXT", "Who publishes a source."),
    "title": _text("--title", "TEXT", "The title."),
    "published": _text("--published", "DATE", "The day a source was published."),
    "official": _whether("--official/--unofficial", "Whether a source is official."),
    "archived": _text("--archived", "URL", "An archived copy of a source."),
    "place": _text("--place", "TEXT", "Where an agreement was made."),
    "agreed": _text("--agreed", "DATE", "The day of an agreement: 2025-10-30, 2025-10 or 2025."),
    "agreement": _text(
        "--agreement", "SLUG", "The agreement that it is part of.", completion.agreements
    ),
    "concession": _text(
        "--concession", "SLUG", "The concession that a deadline belongs to.", completion.concessions
    ),
    "giver": _texts("--giver", "PARTY", "Who gives; repeat it for several.", completion.parties),
    "receiver": _texts(
        "--receiver", "PARTY", "Who receives; repeat it for several.", completion.parties
    ),
    "sector": _text("--sector", "TEXT", "A concession's sector."),
    "kind": _text("--kind", "KIND", "The kind of concession or deadline."),
    "instrument": _text("--instrument", "WORD", "proposal, statement, readout, joint-text or law."),
    "test": _text("--test", "TEXT", "What will count as met."),
    "locator": _text("--locator", "TEXT", "The place within the source."),
    "quote": _text("--quote", "TEXT", "The source's own words."),
    "promised": _text(
        "--promised", "DATE", "The day of a promise, if it is later than the agreement."
    ),
    "hold": _whether("--hold/--no-hold", "Whether it has to be kept up."),
    "in_return_for": _texts(
        "--in-return-for",
        "CONCESSION",
        "What it was given in return for; repeat it for several.",
        completion.concessions,
    ),
    "label": _text("--label", "TEXT", "What falls due."),
    "opens": _text("--opens", "DATE", "The first day of a delivery's window, or of a limit."),
    "due": _text("--due", "DATE", "The day: 2026-02-28, 2026-02 or 2026."),
    "awaits": _text(
        "--awaits", "TEXT", "What its day waits for, in words: a limit's first day, else its last."
    ),
    "target": _text("--target", "VALUE", "The quantity to deliver."),
    "unit": _text("--unit", "UNIT", "The unit of the target."),
    "bound": _text("--bound", "WORD", "at-least, or at-most for a limit not to be exceeded."),
    "base": _text("--base", "VALUE", "The level before the promise."),
    "source": _text("--source", "KEY", "The declared source that states it.", completion.sources),
}
"""The option of each field that a version may hold."""

FIELD_OF = {
    "published": "published_on",
    "archived": "archived_url",
    "agreed": "agreed_on",
    "promised": "promised_on",
    "opens": "opens_on",
    "due": "due_on",
}
"""The fields whose options have shorter names."""


def given(options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of those options that are given."""
    return {FIELD_OF.get(name, name): value for name, value in options.items() if value is not None}

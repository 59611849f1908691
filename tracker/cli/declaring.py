"""The commands that declare things and correct declarations, and their options."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.answers import recording
from tracker.cli.options import argument, chosen, flag, option, text, texts
from tracker.errors.wording import either
from tracker.vocabulary import ConcessionKind, DeadlineKind, Instrument

if TYPE_CHECKING:
    from tracker.book import Answer, Book

commands = typer.Typer()

Slug = Annotated[str, argument("SLUG", "Its slug: lower-case letters, digits and hyphens.")]
AnySlug = Annotated[
    str, argument("SLUG", "A party, source, agreement, concession or deadline.", completion.things)
]
Reason = Annotated[str, option("--reason", "TEXT", "The reason, listed in the week's corrections.")]


FIELDS = {
    "name": text("--name", "TEXT", "A party's name."),
    "short": text("--short", "TEXT", "The short name that tables print."),
    "part_of": text("--part-of", "PARTY", "The bloc that a party is part of.", completion.parties),
    "url": text("--url", "URL", "A source's web address."),
    "publisher": text("--publisher", "TEXT", "Who publishes a source."),
    "title": text("--title", "TEXT", "The title."),
    "published_on": text("--published", "DATE", "The day a source was published."),
    "official": flag("--official/--unofficial", "Whether a source is official."),
    "archived_url": text("--archived", "URL", "An archived copy of a source."),
    "place": text("--place", "TEXT", "Where an agreement was made."),
    "agreed_on": text("--agreed", "DATE", "The day of an agreement: 2025-10-30, 2025-10 or 2025."),
    "agreement": text(
        "--agreement", "SLUG", "The agreement that it is part of.", completion.agreements
    ),
    "concession": text(
        "--concession", "SLUG", "The concession that a deadline belongs to.", completion.concessions
    ),
    "giver": texts("--giver", "PARTY", "Who gives; repeat it for several.", completion.parties),
    "receiver": texts(
        "--receiver", "PARTY", "Who receives; repeat it for several.", completion.parties
    ),
    "sector": text("--sector", "TEXT", "A concession's sector."),
    "kind": text("--kind", "KIND", "The kind of concession or deadline."),
    "instrument": text("--instrument", "WORD", f"{either(Instrument)}.", Instrument),
    "test": text("--test", "TEXT", "What will count as met."),
    "locator": text("--locator", "TEXT", "The place within the source."),
    "quote": text("--quote", "TEXT", "The source's own words."),
    "promised_on": text(
        "--promised", "DATE", "The day of a promise, if it is later than the agreement."
    ),
    "hold": flag("--hold/--no-hold", "Whether it has to be kept up."),
    "in_return_for": texts(
        "--in-return-for",
        "CONCESSION",
        "What it was given in return for; repeat it for several.",
        completion.concessions,
    ),
    "label": text("--label", "TEXT", "What falls due."),
    "opens_on": text("--opens", "DATE", "The first day of a delivery's window, or of a limit."),
    "due_on": text("--due", "DATE", "The day: 2026-02-28, 2026-02 or 2026."),
    "awaits": text(
        "--awaits", "TEXT", "What its day waits for, in words: a limit's first day, else its last."
    ),
    "target": text("--target", "VALUE", "The quantity to deliver."),
    "unit": text("--unit", "UNIT", "The unit of the target."),
    "bound": text("--bound", "WORD", "at-least, or at-most for a limit not to be exceeded."),
    "base": text("--base", "VALUE", "The level before the promise."),
    "source": text("--source", "KEY", "The declared source that states it.", completion.sources),
}
"""The option of each field that a version may hold."""


def of_kind(kinds: type[StrEnum]) -> dict[str, Any]:
    """Return the option that takes one of the kinds of concessions, or of deadlines."""
    return {"kind": text("--kind", "KIND", f"{either(kinds)}.", kinds)}


@recording(commands, FIELDS)
def change(book: "Book", slug: AnySlug, reason: Reason, **options: Any) -> "Answer":
    """Correct a declaration; the other fields stay as they are.

    An empty value removes a field. Reports known by an earlier entry keep the old declaration; the
    week's corrections list what changed. A postponed day is not a correction: see 'move'.

    Example: tracker change soybeans --test "Customs count 12 MMT" --reason "the fact sheet's words"
    """
    return book.change(slug, reason=reason, **options)


add = typer.Typer(
    name="add", help="Declare a new thing.", no_args_is_help=True, rich_markup_mode=None
)


@recording(add, chosen(FIELDS, "name short part_of"))
def party(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a party: a state, a bloc or a firm.

    Example: tracker add party eu --name "European Union" --short EU
    """
    return book.add("party", slug, **declared)


@recording(add, chosen(FIELDS, "publisher title url published_on official archived_url"))
def source(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a source; its slug is its key.

    Example: tracker add source ustr-2026 --publisher USTR --title "Fact sheet" --official
    """
    return book.add("source", slug, **declared)


@recording(add, chosen(FIELDS, "title agreed_on source place"))
def agreement(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare an agreement.

    Example: tracker add agreement eu-us-2025 --title "Turnberry" --agreed 2025-07-27 --source ec
    """
    return book.add("agreement", slug, **declared)


OF_CONCESSION = (
    "agreement title giver receiver sector kind instrument test source locator quote"
    " promised_on hold in_return_for"
)
OF_DEADLINE = "concession agreement kind label due_on opens_on awaits target unit bound base source"


@recording(add, chosen(FIELDS, OF_CONCESSION) | of_kind(ConcessionKind))
def concession(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a concession of an agreement.

    Example: tracker add concession sorghum --agreement busan-2025 --title "Buy sorghum"
    --giver cn --receiver us --sector agriculture --kind purchase --instrument readout
    --test "Cargoes clear customs" --source article
    """
    return book.add("concession", slug, **declared)


@recording(add, chosen(FIELDS, OF_DEADLINE) | of_kind(DeadlineKind))
def deadline(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a deadline of a concession or of an agreement.

    Example: tracker add deadline sorghum-2026 --concession sorghum --kind delivery
    --label "3 MMT" --due 2026-12-31 --target 3 --unit MMT --source article
    """
    return book.add("deadline", slug, **declared)

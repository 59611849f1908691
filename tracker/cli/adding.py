"""The commands that declare one thing each."""

from typing import TYPE_CHECKING, Any

import typer

from tracker.cli import completion
from tracker.cli.answers import declaring
from tracker.cli.declaring import FIELDS, Slug, given, of_kind
from tracker.cli.parameters import chosen
from tracker.vocabulary import ConcessionKind, DeadlineKind

if TYPE_CHECKING:
    from tracker.book import Answer, Book

commands = typer.Typer(
    name="add", help="Declare a new thing.", no_args_is_help=True, rich_markup_mode=None
)


@declaring(commands, chosen(FIELDS, "name short part_of"))
def party(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a party: a state, a bloc or a firm.

    Example: tracker add party eu --name "European Union" --short EU
    """
    return book.add("party", slug, **given(declared))


@declaring(commands, chosen(FIELDS, "publisher title url published official archived"))
def source(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a source; its slug is its key.

    Example: tracker add source ustr-2026 --publisher USTR --title "Fact sheet" --official
    """
    return book.add("source", slug, **given(declared))


@declaring(commands, chosen(FIELDS, "title agreed source place"))
def agreement(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare an agreement.

    Example: tracker add agreement eu-us-2025 --title "Turnberry" --agreed 2025-07-27 --source ec
    """
    return book.add("agreement", slug, **given(declared))


OF_CONCESSION = (
    "agreement title giver receiver sector kind instrument test source locator quote promised hold"
    " in_return_for"
)
OF_DEADLINE = "concession agreement kind label due opens awaits target unit bound base source"


@declaring(commands, chosen(FIELDS, OF_CONCESSION) | of_kind(ConcessionKind, completion.kinds))
def concession(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a concession of an agreement.

    Example: tracker add concession sorghum --agreement busan-2025 --title "Buy sorghum"
    --giver cn --receiver us --sector agriculture --kind purchase --instrument readout
    --test "Cargoes clear customs" --source article
    """
    return book.add("concession", slug, **given(declared))


@declaring(commands, chosen(FIELDS, OF_DEADLINE) | of_kind(DeadlineKind, completion.deadline_kinds))
def deadline(book: "Book", slug: Slug, **declared: Any) -> "Answer":
    """Declare a deadline of a concession or of an agreement.

    Example: tracker add deadline sorghum-2026 --concession sorghum --kind delivery
    --label "3 MMT" --due 2026-12-31 --target 3 --unit MMT --source article
    """
    return book.add("deadline", slug, **given(declared))

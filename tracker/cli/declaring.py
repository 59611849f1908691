"""The commands that correct what is declared."""

from typing import TYPE_CHECKING, Any

import typer

from tracker.cli import fields
from tracker.cli.answers import declaring

if TYPE_CHECKING:
    from tracker.book import Answer, Book

commands = typer.Typer()


@declaring(commands, fields.FIELDS)
def change(book: "Book", slug: fields.AnySlug, reason: fields.Reason, **options: Any) -> "Answer":
    """Correct a declaration; the other fields stay as they are.

    An empty value removes a field. Reports known by an earlier entry keep the old declaration; the
    week's corrections list what changed. A postponed day is not a correction: see 'move'.

    Example: tracker change soybeans --test "Customs count 12 MMT" --reason "the fact sheet's words"
    """
    return book.change(slug, reason=reason, **fields.given(options))


@declaring(commands)
def withdraw(book: "Book", slug: fields.AnySlug, reason: fields.Reason) -> "Answer":
    """Withdraw a declaration, with all that rests on it.

    What is declared under it goes with it, and so do all entries about any of these. Reports known
    by an earlier entry keep it. Its slug can be declared again.

    Example: tracker withdraw sorghum --reason "the readout does not mention it"
    """
    return book.withdraw(slug, reason=reason)

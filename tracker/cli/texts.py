"""The commands that keep and compare the texts of sources."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion, options
from tracker.cli.answers import recording, reporting
from tracker.cli.options import argument, option, path_argument, text, toggle

if TYPE_CHECKING:
    from tracker.book import Answer, Book

commands = typer.Typer(
    name="source",
    help="Keep the texts of sources, and see which words changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Source = Annotated[
    str, argument("SOURCE", "A source's key, or its web address.", completion.sources)
]


@recording(commands)
def keep(
    book: "Book",
    source: Source,
    file: Annotated[str, path_argument("FILE|-", "HTML, PDF or plain text; - is standard input.")],
    seen: Annotated[
        str | None,
        option("--seen", "DATE", "The day on which the source had this text; by default, today."),
    ] = None,
    note: options.Note = None,
) -> "Answer":
    """Keep a text of a source as it is now.

    The book records the hashes of the file and of its words; the file itself is copied to a folder
    beside the book. Keeping the same file again adds nothing.

    Example: tracker source keep article fact-sheet.html --seen 2025-11-01
    """
    content: str | bytes = file
    if file == "-":
        from tracker.texts.reading import LIMIT

        content = sys.stdin.buffer.read(LIMIT + 1)
    return book.keep(source, content, seen=seen, note=note)


@reporting(
    commands,
    start=text("--from", "DATE|ENTRY", "The older text: a day, or an entry (#14)."),
    end=text("--to", "DATE|ENTRY", "The newer text; by default, the latest one."),
    every=toggle("--all", "Compare each text with the one before it."),
)
def diff(book: "Book", source: Source, **asked: Any) -> "Answer":
    """The words that changed between two kept texts.

    By default, compares the last two. Lists the concessions that rest on the source, and whether
    each one's quotation is still in the text. Ignores case, punctuation and layout.

    Example: tracker source diff article --from 2025-11-01
    """
    return book.source_diff(source, **asked)

"""The commands that keep, compare and verify the texts of sources."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion, options
from tracker.cli.output import Wanted, emit
from tracker.cli.questions import Question, reporting_in

if TYPE_CHECKING:
    from tracker.book import Answer
    from tracker.tables import Report

commands = typer.Typer(
    name="source",
    help="Keep the texts of sources, and see which words changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help="A source's key, or its web address.",
        autocompletion=completion.sources,
    ),
]


@commands.command()
def keep(
    context: typer.Context,
    source: Source,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-", help="HTML, plain text, Markdown or PDF; - is standard input."
        ),
    ],
    seen: Annotated[
        str | None,
        typer.Option(
            "--seen",
            metavar="DATE",
            help="The day on which the source had this text; by default, today.",
        ),
    ] = None,
    note: options.Note = None,
    format: options.Format = "text",  # noqa: A002 - the option's name
) -> None:
    """Keep a text of a source as it is now.

    The book records the hashes of the file and of its words; the file itself is copied to a folder
    beside the book. Keeping the same file again adds nothing.

    Example: tracker source keep article fact-sheet.html --seen 2025-11-01
    """
    content: str | bytes = file
    if file == "-":
        from tracker.texts.reading import LIMIT

        content = sys.stdin.buffer.read(LIMIT + 1)
    emit(context.obj.book.keep(source, content, seen=seen, note=note).report, Wanted(format))


@reporting_in(commands)
def diff(
    question: Question,
    source: Source,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE|ENTRY", help="The older text: a day, or an entry (#14)."
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="DATE|ENTRY", help="The newer text; by default, the latest one."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Compare each text with the one before it.")
    ] = False,
) -> "Answer":
    """The words that changed between two kept texts.

    By default, compares the last two. Lists the concessions that rest on the source, and whether
    each one's quotation is still in the text. Ignores case, punctuation, layout and links.

    Example: tracker source diff article --from 2025-11-01
    """
    return question.book.source_diff(source, start=start, end=end, every=every, **question.asked)


def _emit_findings(report: "Report", wanted: Wanted) -> None:
    emit(report, wanted)
    if report.rows:
        raise typer.Exit(1)


@reporting_in(commands, _emit_findings)
def verify(
    question: Question,
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            help="A source's key; without one, all sources.",
            autocompletion=completion.sources,
        ),
    ] = None,
) -> "Answer":
    """Check the kept files against their hashes.

    Names each file that is missing or altered, and then exits with 1.

    Example: tracker source verify
    """
    return question.book.source_verify(source, **question.asked)

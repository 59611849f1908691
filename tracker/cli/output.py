"""The terminal, pipes and files: where answers are written, and how."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from tracker import extras, settings
from tracker.book import Answer, Done
from tracker.book.options import Option
from tracker.book.paths import SUFFIXES, write_file
from tracker.errors import Unavailable, WrongUsage
from tracker.files import reason_of
from tracker.formats import EXTRA_FORMATS, FORMATS, format_of
from tracker.settings import NARROWEST, WIDEST
from tracker.tables import FULL_WIDTH, Report, Surface, content
from tracker.vocabulary import ColorChoice, parse_word

BINARY = frozenset({"xlsx"})
"""The formats that are not text, and so are written to files only."""
FOR_PROGRAMS = ("json", "csv", "tsv")
SHAPE = ("columns", "sort", "limit", "sources")
"""The options that shape a table, which a page does not take."""
RECEIPT = Option(
    "-f --format FORMAT",
    "text, markdown, csv, json, html, or a table format such as grid.",
    FORMATS,
    read=format_of,
)
"""The format of a receipt."""


def path_of(word: str) -> str:
    """Return a path; refuse an empty one, which would mean the current folder."""
    if not word:
        raise ValueError("it is empty; name a file or a folder")
    return word


def _report_format_of(word: str) -> str:
    return format_of(word, (*FORMATS, *EXTRA_FORMATS))


def _color_of(word: str) -> ColorChoice:
    return parse_word("color choice", word, ColorChoice)


def _output_of(word: str) -> str | None:
    """Return the path of a file to write; None for `-`, standard output."""
    return None if path_of(word) == "-" else word


class Wanted(NamedTuple):
    """How to write a report: the options that every report takes."""

    format: Annotated[
        str | None,
        Option(
            "-f --format FORMAT",
            "text, markdown, csv, json, html, mail, xlsx, or a table format (grid, …);"
            " by default, text.",
            (*FORMATS, *EXTRA_FORMATS),
            read=_report_format_of,
        ),
    ] = None
    output: Annotated[
        str | None,
        Option(
            "-o --output FILE",
            "Write to this file; without -f its suffix chooses the format, such as .csv or .md.",
            read=_output_of,
        ),
    ] = None
    width: Annotated[
        int | None,
        Option(
            "--width COLUMNS",
            "Wrap text to this width; by default, to COLUMNS or the terminal, or to 100 in a pipe.",
            bounds=(NARROWEST, WIDEST),
        ),
    ] = None
    color: Annotated[
        ColorChoice | None,
        Option(
            "--color WHEN",
            "auto (on a terminal, without NO_COLOR), always or never.",
            ColorChoice,
            read=_color_of,
        ),
    ] = None
    columns: Annotated[
        str | None,
        Option(
            "--columns NAME,...",
            "Only these columns, in this order: headers of the table or of its CSV."
            " JSON keeps all.",
        ),
    ] = None
    sort: Annotated[
        str | None, Option("--sort KEY", "Sort rows by a key of the JSON; descending after a '-'.")
    ] = None
    limit: Annotated[
        int | None, Option("--limit N", "Only the first N rows.", bounds=(1, 100_000))
    ] = None

    sources: Annotated[
        bool, Option("--sources", "Add the sources, which status, pace and claims leave out.")
    ] = False

    @property
    def name(self) -> str:
        """The format: the one that is named, else the file's, else that of the settings."""
        if self.format is not None:
            return self.format
        suffix = "" if self.output is None else Path(self.output).suffix
        if suffix and suffix.lower() not in SUFFIXES:
            raise WrongUsage("unknown suffix", path=self.output, suffix=suffix, known=SUFFIXES)
        return SUFFIXES.get(suffix.lower()) or settings.report_format()

    def require(self) -> None:
        """Refuse what cannot be written, before a book is opened."""
        if self.output is None and self.name in BINARY:
            raise WrongUsage("needs file", format=self.name)
        if self.name in extras.FORMATS:
            extras.of_format(self.name)

    @property
    def surface(self) -> Surface:
        """The width and colour to write with: as set, else as the terminal allows."""
        on_terminal = self.output is None and sys.stdout.isatty()
        width = settings.width_or(self.width)
        if width is None:
            width = max(shutil.get_terminal_size().columns, NARROWEST)
            width = width if on_terminal else FULL_WIDTH
        colour = settings.wants_colour(self.color, on_terminal)
        return Surface(width, colour, settings.site_url_or(None), self.sources)

    def part(self, report: Report) -> Report:
        """Return the part of a report that is wanted."""
        if self.columns is None and self.sort is None and self.limit is None:
            return report
        from tracker.tables.shape import Shape, shaped

        columns = () if self.columns is None else tuple(self.columns.split(","))
        return shaped(report, Shape(columns, self.sort, self.limit), self.name)


def write(answer: Any, wanted: Wanted) -> int:
    """Write what a command answers: a report, what it did, text or lines; return the exit code."""
    if isinstance(answer, Answer):
        if not answer.for_programs or wanted.output or wanted.name in FOR_PROGRAMS:
            _emit(answer.report, wanted)
        return answer.exit_code
    if isinstance(answer, Done):
        _announce(answer)
        return answer.exit_code
    if isinstance(answer, str):
        sys.stdout.write(answer if answer.endswith("\n") or not answer else f"{answer}\n")
    else:  # an export has the same bytes on every system
        first = next(answer, None)
        if first is not None:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            sys.stdout.write(first)
            sys.stdout.writelines(answer)
    return 0


def _emit(report: Report, wanted: Wanted) -> None:
    """Write a report as it is wanted, to standard output or whole to a file."""
    held = content(wanted.part(report), wanted.name, wanted.surface)
    if not (written := report.written):
        if wanted.output is not None or not _paged(str(held)):
            _put(held, wanted.output)
        return
    first, last = f"#{written.start}", f"#{written.stop - 1}"
    many = f"{first} to {last} were" if len(written) > 1 else f"{first} was"
    with _receipt_of(f"{many} recorded"):
        _put(held, wanted.output)


def _paged(text: str) -> bool:
    """Show text that is longer than the terminal in the user's pager, as git does.

    Return whether it was shown.
    """
    if not sys.stdout.isatty() or text.count("\n") < shutil.get_terminal_size().lines:
        return False
    import shlex
    import signal
    import subprocess

    pager, surroundings = settings.pager()
    if not pager:
        return False
    # An interrupt is for the pager, which would otherwise be left behind on the terminal.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        subprocess.run(shlex.split(pager), input=text.encode(), env=surroundings, check=False)
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _announce(done: Done) -> None:
    """Print what a command did."""
    with _receipt_of(done.lines[0].rstrip(".")):
        print(done)
    for remark in done.remarks:
        print(f"tracker: {remark}", file=sys.stderr)


@contextmanager
def _receipt_of(done: str) -> Iterator[None]:
    """Write to standard output; if that fails, raise `ReceiptLost`, which says what was done."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unavailable("receipt lost", done=done, reason=reason_of(error)) from error


def _put(held: str | bytes, output: str | None) -> None:
    """Write text to standard output, or text or bytes whole to a file."""
    if output is not None:
        write_file(Path(output), [held])
    elif isinstance(held, str):
        sys.stdout.write(held)

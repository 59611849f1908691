"""Where reports go: the terminal, a pipe or a file."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import typer

from tracker import settings
from tracker.cli import options
from tracker.cli.files import write_file
from tracker.errors import NeedsFile, ReceiptLost, UnknownSuffix
from tracker.errors.disk import reason_of
from tracker.tables import FULL_WIDTH, Report, Surface, content, require

SUFFIXES = {
    ".txt": "text", ".md": "markdown", ".csv": "csv", ".tsv": "tsv", ".json": "json",
    ".html": "html", ".htm": "html", ".xlsx": "xlsx",
}  # fmt: skip
"""The format that a file's suffix chooses if no other is named."""
ENDINGS = {
    "JSONL": (".jsonl",),
    "TOML": (".toml",),
    "SQLite": (".db", ".sqlite", ".sqlite3"),
    "iCalendar": (".ics", ".ical"),
    "a report": (*SUFFIXES.keys() - {".txt"}, ".parquet"),
}
"""The endings that promise each kind of file."""
BINARY = frozenset({"xlsx"})
"""The formats that are not text, and so are written to files only."""


class Wanted(NamedTuple):
    """How to write a report: the options that every report takes."""

    format: options.ReportFormat = None
    output: options.Output = None
    width: options.Width = None
    color: options.Color = None
    columns: options.Columns = None
    sort: options.Sort = None
    limit: options.Limit = None

    @property
    def name(self) -> str:
        """The format: the one that is named, else the file's, else that of the settings."""
        if self.format is not None:
            return self.format
        suffix = "" if self.output is None else Path(self.output).suffix
        if suffix and suffix.lower() not in SUFFIXES:
            raise UnknownSuffix(path=self.output, suffix=suffix, known=SUFFIXES)
        return SUFFIXES.get(suffix.lower()) or settings.report_format()

    def require(self) -> None:
        """Refuse what cannot be written, before a book is opened."""
        if self.output is None and self.name in BINARY:
            raise NeedsFile(format=self.name)
        require(self.name)

    @property
    def surface(self) -> Surface:
        """The width and colour to write with: as set, else as the terminal allows."""
        on_terminal = self.output is None and sys.stdout.isatty()
        width = settings.width_or(self.width)
        if width is None:
            width = max(shutil.get_terminal_size().columns, settings.NARROWEST)
            width = width if on_terminal else FULL_WIDTH
        colour = settings.wants_colour(self.color, on_terminal)
        return Surface(width, colour, settings.site_url_or(None))

    def part(self, report: Report) -> Report:
        """Return the part of a report that is wanted."""
        if self.columns is None and self.sort is None and self.limit is None:
            return report
        from tracker.tables.shaping import Shape, shaped

        columns = () if self.columns is None else tuple(self.columns.split(","))
        return shaped(report, Shape(columns, self.sort, self.limit), self.name)


def emit(report: Report, wanted: Wanted) -> None:
    """Write a report as it is wanted, to standard output or whole to a file."""
    held = content(wanted.part(report), wanted.name, wanted.surface)
    if not (written := report.written):
        put(held, wanted.output)
        return
    first, last = f"#{written.start}", f"#{written.stop - 1}"
    many = f"{first} to {last} were" if len(written) > 1 else f"{first} was"
    with receipt_of(f"{many} recorded"):
        put(held, wanted.output)


def announce(*lines: str) -> None:
    """Print what a command did."""
    with receipt_of(lines[0].rstrip(".")):
        print(*lines, sep="\n")


@contextmanager
def receipt_of(done: str) -> Iterator[None]:
    """Write to standard output; if that fails, raise `ReceiptLost`, which says what was done."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReceiptLost(done=done, reason=reason_of(error)) from error


def require_ending(file: str, kind: str) -> None:
    """Refuse a name that promises another kind of file."""
    ending = Path(file).suffix.lower()
    meant = next((one for one, endings in ENDINGS.items() if ending in endings), kind)
    if meant == kind or (meant == "SQLite" and Path(file).exists()):  # a database is not replaced
        return
    others = {"TOML": ", or add --toml", "SQLite": "; 'tracker db backup' copies a database"}
    also = others.get(meant, "") if kind == "JSONL" else ""
    raise typer.BadParameter(f"the file will be {kind}; name it FILE{ENDINGS[kind][0]}{also}")


def put(held: str | bytes, output: str | None) -> None:
    """Write text to standard output, or text or bytes whole to a file."""
    if output is not None:
        write_file(Path(output), [held])
    elif isinstance(held, str):
        sys.stdout.write(held)

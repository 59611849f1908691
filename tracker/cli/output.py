"""Files, the terminal and pipes: what commands read, and where they write."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

import typer

from tracker import settings
from tracker.cli import options
from tracker.errors import FileExists, NeedsFile, NoSuchFile, ReceiptLost, UnknownSuffix
from tracker.errors.storage import reason_of, unreadable, unwritable
from tracker.files import EVERYBODY, drafted, mode_for
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
        from tracker.tables.data import Shape, shaped

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


@contextmanager
def read(file: str) -> Iterator[BufferedReader]:
    """Open a file for reading, or standard input."""
    if file == "-":
        yield sys.stdin.buffer  # type: ignore[misc]
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed below
    except (FileNotFoundError, UnicodeEncodeError):  # no file has a name that cannot be encoded
        raise NoSuchFile(path=file) from None
    except (IsADirectoryError, PermissionError) as error:
        raise unreadable(file, error) from error
    with opened:
        yield opened


def write_file(path: Path, parts: Iterable[str | bytes], mode: int = EVERYBODY) -> None:
    """Write the parts to a file, or leave the old file if that fails.

    Text is encoded as UTF-8. A link is replaced; a pipe or a device is written to. A database is
    refused, as it may be a book. The file gets no permission that `mode` does not have.
    """
    from tracker.database.occupancy import is_stream, occupied

    try:
        if reason := "it is a folder" if path.is_dir() else occupied(path):
            raise FileExists(path=path, reason=reason)
        if is_stream(path):
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as stream:
                stream.writelines(_encoded(parts))
            return
        with drafted(path) as draft:
            with draft.open("wb") as file:
                file.writelines(_encoded(parts))
            draft.chmod(mode_for(path) & mode)
            draft.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error


def _encoded(parts: Iterable[str | bytes]) -> Iterator[bytes]:
    return (part.encode() if isinstance(part, str) else part for part in parts)

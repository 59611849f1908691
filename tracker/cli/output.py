"""Where reports go: the terminal, a pipe or a file."""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from tracker import settings
from tracker.cli.files import write_file
from tracker.tables.rendering import FULL_WIDTH, Surface, render
from tracker.tables.report import Report
from tracker.vocabulary import ColorChoice

SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".json": "json", ".html": "html", ".htm": "html",
    ".md": "markdown",
}  # fmt: skip
"""The format that a file's name asks for."""


class Wanted(NamedTuple):
    """How a report is to be written, as the options say it."""

    format: str | None = None
    output: str | None = None
    raw: bool = False
    width: int | None = None
    color: ColorChoice | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None

    @property
    def name(self) -> str:
        """The format: the one that is named, else the file's, else that of the settings."""
        suffix = Path(self.output or "").suffix.lower()
        return self.format or SUFFIXES.get(suffix) or settings.report_format()

    @property
    def surface(self) -> Surface:
        """What it is written on; a terminal is asked only for what nobody says."""
        on_terminal = self.output is None and sys.stdout.isatty()
        width = settings.width_or(self.width)
        if width is None:
            width = shutil.get_terminal_size().columns if on_terminal else FULL_WIDTH
        return Surface(width, settings.wants_colour(self.color, on_terminal), self.raw)

    def part(self, report: Report) -> Report:
        """Return the part of a report that is wanted."""
        if self.columns is None and self.sort is None and self.limit is None:
            return report
        from tracker.tables.shaping import Shape, shaped

        columns = () if self.columns is None else tuple(self.columns.split(","))
        return shaped(report, Shape(columns, self.sort, self.limit), self.name)


def emit(report: Report, wanted: Wanted) -> None:
    """Write a report as it is wanted, to standard output or whole to a file."""
    put(render(wanted.part(report), wanted.name, wanted.surface), wanted.output)


def put(text: str, output: str | None) -> None:
    """Write text to standard output, or whole to a file."""
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(Path(output), [text])

"""Where reports go: the terminal, a pipe or a file."""

import shutil
import sys
from pathlib import Path

from tracker import settings
from tracker.cli.files import write_file
from tracker.tables.rendering import FULL_WIDTH, Surface, render
from tracker.tables.report import Report

SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".json": "json", ".html": "html", ".htm": "html",
    ".md": "markdown",
}  # fmt: skip
"""The format that a file's name asks for where no other is named."""


def emit(report: Report, name: str, output: str | None = None, raw: bool = False) -> None:
    """Write a report in the named format, to standard output or whole to a file."""
    if output is None:
        sys.stdout.write(render(report, name, _surface(raw)))
    else:
        path = Path(output)
        if name == "text":
            name = SUFFIXES.get(path.suffix.lower(), name)
        write_file(path, [render(report, name, Surface(raw=raw))])


def put(text: str, output: str | None) -> None:
    """Write text to standard output, or whole to a file."""
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(Path(output), [text])


def _surface(raw: bool) -> Surface:
    if not sys.stdout.isatty():
        return Surface(width=settings.columns() or FULL_WIDTH, raw=raw)
    width = shutil.get_terminal_size().columns
    return Surface(width=width, colour=settings.wants_colour(), raw=raw)

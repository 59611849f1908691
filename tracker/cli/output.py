"""Where reports go: the terminal, a pipe or a file."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tracker import settings
from tracker.errors.disk import unwritable
from tracker.tables.rendering import Surface, render
from tracker.tables.report import Report


def emit(report: Report, name: str, output: str | None = None, raw: bool = False) -> None:
    """Write a report in the named format, to standard output or whole to a file."""
    if output is None:
        sys.stdout.write(render(report, name, _surface(raw)))
    else:
        write_file(Path(output), [render(report, name, Surface(raw=raw))])


def counted(count: int, one: str, many: str) -> str:
    """Return a count with the word that fits it."""
    return f"{count} {one if count == 1 else many}"


def write_file(path: Path, texts: Iterable[str]) -> None:
    """Write a file whole, one text behind the other, or leave what was there.

    A pipe or a device is written into.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("w", encoding="utf-8", newline="") as device:
                device.writelines(texts)
            return
        handle, draft = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.writelines(texts)
            Path(draft).chmod(_mode(path))
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink()
            raise
    except OSError as error:
        raise unwritable(path, error) from error


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _surface(raw: bool) -> Surface:
    if not sys.stdout.isatty():
        return Surface(raw=raw)
    width = shutil.get_terminal_size().columns
    return Surface(width=width, colour=settings.wants_colour(), raw=raw)

"""Input and output files: read with a progress bar, written whole or not at all."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

import typer

from tracker.drafts import EVERYBODY, drafted, mode_for
from tracker.errors import FileExists, NoSuchFile
from tracker.errors.disk import unreadable, unwritable

LONG = 20_000
"""The number of rows from which a file gets a progress bar."""


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


@contextmanager
def progress(rows: int) -> Iterator[Callable[[int], object]]:
    """Show a progress bar over very many rows, on a terminal only."""
    if rows < LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=rows, label="Importing", file=sys.stderr) as bar:
        yield bar.update


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

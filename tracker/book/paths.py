"""Paths that commands read and write: what is refused, and what a name promises."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from tracker.book.options import File
from tracker.errors import NotFound, Refused, WrongUsage
from tracker.files import EVERYBODY, drafted, mode_for, reason_of, unreadable, unwritable

SUFFIXES = {
    ".txt": "text", ".md": "markdown", ".csv": "csv", ".tsv": "tsv", ".json": "json",
    ".html": "html", ".htm": "html", ".xlsx": "xlsx",
}  # fmt: skip
"""The format of a report that a file's suffix chooses if no other is named."""
ENDINGS = {
    "JSONL": (".jsonl",),
    "TOML": (".toml",),
    "SQLite": (".db", ".sqlite", ".sqlite3"),
    "iCalendar": (".ics", ".ical"),
    "a report": (*SUFFIXES.keys() - {".txt"}, ".parquet"),
}
"""The endings that promise each kind of file."""


def require_ending(file: str, kind: str) -> None:
    """Refuse a name that promises another kind of file."""
    ending = Path(file).suffix.lower()
    meant = next((one for one, endings in ENDINGS.items() if ending in endings), kind)
    if meant == kind or (meant == "SQLite" and Path(file).exists()):  # a database is not replaced
        return
    others = {"TOML": ", or add --toml", "SQLite": "; 'tracker db backup' copies a database"}
    also = others.get(meant, "") if kind == "JSONL" else ""
    reason = f"the file will be {kind}; name it FILE{ENDINGS[kind][0]}{also}"
    raise WrongUsage("misuse", reason=reason)


@contextmanager
def read(file: File) -> Iterator[tuple[BufferedReader, str]]:
    """Open a path for reading, or take an open file; yield it and its name."""
    if not isinstance(file, str | Path):
        yield file, "-"
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed below
    except (FileNotFoundError, UnicodeEncodeError):  # no file has a name that cannot be encoded
        raise NotFound("no such file", path=file) from None
    except (IsADirectoryError, PermissionError) as error:
        raise unreadable(file, reason_of(error)) from error
    with opened:
        yield opened, str(file)


def write_file(path: Path, parts: Iterable[str | bytes], mode: int = EVERYBODY) -> None:
    """Write the parts to a file, or leave the old file if that fails.

    Text is encoded as UTF-8. A link is replaced; a pipe or a device is written to. A database is
    refused, as it may be a book. The file gets no permission that `mode` does not have.
    """
    from tracker.database.files import is_stream, occupied

    try:
        if reason := "it is a folder" if path.is_dir() else occupied(path):
            raise Refused("file in the way", path=path, reason=reason)
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

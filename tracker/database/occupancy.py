"""Checks what is at a path: no output may replace a book, its journal, or a device."""

import os
import re
from pathlib import Path

from tracker import settings
from tracker.database.connection import Target
from tracker.files import EVERYBODY, JOURNAL

MAGIC = b"SQLite format 3\0"
"""The first bytes of every SQLite database."""
BESIDE = ("-journal", "-wal", "-shm")
"""The endings of the files that SQLite keeps beside a database."""
TEXTS = ".d"
"""The ending of the folder beside a book that holds its kept texts."""

OPEN = re.compile(r"/dev/(stdin|stdout|stderr|fd/.+)|/proc/.+")
"""Names of open file descriptors: even if one is a file, it cannot be replaced under this name."""


def is_stream(path: Path) -> bool:
    """Return whether a path can only be written to: a pipe, a device, or an open descriptor."""
    if OPEN.fullmatch(str(path.absolute())):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def mode_of(target: Target) -> int:
    """Return the permissions of a book's file; for a book on a server, those for everybody."""
    return EVERYBODY if target.dialect != "sqlite" else target.path.stat().st_mode & EVERYBODY


def occupied(path: Path) -> str | None:
    """Return why a path, or its link's target, must not be written to, or None if it may be."""
    if is_database(path):
        return "it is a database"
    return "it belongs to a book" if is_beside(path) else None


def is_beside(path: Path) -> bool:
    """Return whether a path, or its link's target, is a journal of a database or a kept text."""
    real = Path(os.path.realpath(path))  # `resolve` fails at links that lead in a circle
    texts = settings.texts_folder()
    return bool(texts and real.parent == Path(os.path.realpath(texts))) or any(
        is_database(place.with_name(place.name.removesuffix(ending)))
        for place, ending in [(real.parent, TEXTS), *((real, ending) for ending in BESIDE)]
        if place.name.endswith(ending) and place.name != ending
    )


def has_journal(path: Path) -> bool:
    """Return whether SQLite left a journal for a path at which there is no database."""
    journal = path.with_name(f"{path.name}{JOURNAL}")
    return not os.path.exists(path) and os.path.exists(journal)  # noqa: PTH110, see below


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database."""
    if not os.path.isfile(path):  # noqa: PTH113, until 3.13 `is_file` fails at too long names
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC

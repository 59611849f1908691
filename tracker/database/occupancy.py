"""What lies at a path: no output may replace a book, the journal beside it, or a device."""

import re
from pathlib import Path

from tracker.database.target import Target
from tracker.drafts import EVERYBODY

MAGIC = b"SQLite format 3\0"
"""The first bytes of every SQLite database."""
APPLICATION_AT = 68
"""Where the header of a database has the number of its application."""
BESIDE = ("-journal", "-wal", "-shm")
"""The endings of the files that SQLite keeps beside a database."""

OPEN = re.compile(r"/dev/(stdin|stdout|stderr|fd/.+)|/proc/.+")
"""The names of what a process has open. Even if that is a file, its name is not there."""


def is_stream(path: Path) -> bool:
    """Return whether a path can only be written into: a pipe, a device, or what is open."""
    if OPEN.fullmatch(str(path.absolute())):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def mode_of(target: Target) -> int:
    """Return who may read and write a book that is a file; a server's book limits nobody."""
    return EVERYBODY if target.dialect != "sqlite" else target.path.stat().st_mode & EVERYBODY


def occupied(path: Path, own: int | None = None) -> str | None:
    """Return why a path, or what it links to, must not be written, or None if it may be.

    A database that says that it is of the application `own` may be.
    """
    real = path.resolve()
    if is_database(real) and (own is None or application(real) != own):
        return "it is a database"
    return "it belongs to a database" if is_beside(real) else None


def is_beside(path: Path) -> bool:
    """Return whether a path is where SQLite keeps its journal of a database that is there."""
    return any(
        path.name.endswith(ending) and is_database(path.with_name(path.name.removesuffix(ending)))
        for ending in BESIDE
        if path.name != ending
    )


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def application(database: Path) -> int:
    """Return which application a database says that it is of."""
    with database.open("rb") as file:
        file.seek(APPLICATION_AT)
        return int.from_bytes(file.read(4))

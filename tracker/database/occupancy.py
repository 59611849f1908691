"""Which paths a database occupies: no output may replace a book, or the journal beside it."""

from pathlib import Path

MAGIC = b"SQLite format 3\0"
"""The first bytes of every SQLite database."""
APPLICATION_AT = 68
"""Where the header of a database has the number of its application."""
BESIDE = ("-journal", "-wal", "-shm")
"""The endings of the files that SQLite keeps beside a database."""


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

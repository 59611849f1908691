"""The files of books: what is at a path, which no output may replace, and copies of books.

A copy is complete, checked, and synced to disk before it gets its name.
"""

import os
import re
from contextlib import closing
from pathlib import Path

from tracker import settings
from tracker.database import Target, revision_of
from tracker.database.sqlite import SqliteConnection, file_findings
from tracker.errors import Refused, Unavailable
from tracker.files import EVERYBODY, JOURNAL, drafted, mode_for, to_disk, unwritable

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


def back_up(target: Target, path: Path) -> None:
    """Copy an SQLite book to a file, or leave the old file if that fails.

    Only those who can read the book can read the copy.
    """
    if target.dialect != "sqlite":
        raise Refused("backup elsewhere", book=target)
    try:
        if problem := _problem(target, path):
            raise Refused("file in the way", path=path, reason=problem)
        with drafted(path) as draft:
            _copy(target, draft)
            draft.chmod(mode_for(path) & mode_of(target))
            to_disk(draft)
            draft.replace(path)
            to_disk(path.absolute().parent)
    except Unavailable as error:
        if error.problem != "no room":
            raise
        raise error.naming(path=path) from error
    except OSError as error:
        raise unwritable(path, error) from error


def _problem(target: Target, path: Path) -> str | None:
    if path.is_dir():
        return "it is a folder"
    if is_stream(path):
        return "it is not a file"
    if path.exists() and target.path.exists() and path.samefile(target.path):
        return "it is the book itself"
    if path.is_file() and not path.is_symlink() and path.stat().st_size and not is_database(path):
        return "it is not a copy of a book"
    if has_journal(path):  # which would be played back into the copy
        return "a journal of another database is beside it; delete that"
    return "it belongs to a book" if is_beside(path) else None


def _copy(target: Target, draft: Path) -> None:
    with closing(SqliteConnection(target)) as source:
        revision_of(source)
        with source.translating():
            source.driver.execute("VACUUM INTO ?", (str(draft),))
    with closing(SqliteConnection(Target("sqlite", str(draft)))) as copy:
        for finding in file_findings(copy):
            raise Unavailable("book damaged", book=target, reason=finding)

"""Copies of an SQLite book: complete, checked, and synced to disk before they get their name."""

from contextlib import closing
from itertools import count
from pathlib import Path

from tracker.database.connection import Target
from tracker.database.occupancy import has_journal, is_beside, is_database, is_stream, mode_of
from tracker.database.opening import revision_of
from tracker.database.sqlite import SqliteConnection, file_findings
from tracker.errors import Refused, Unavailable
from tracker.files import LONGEST, drafted, mode_for, to_disk, unwritable


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


def name_before_upgrade(target: Target, revision: str) -> Path:
    """Return a free name beside a book for its copy at a schema revision."""
    endings = (f".schema-{revision}{f'-{number}' if number > 1 else ''}.bak" for number in count(1))
    names = (f"{_cut(target.path.name, LONGEST - len(ending))}{ending}" for ending in endings)
    return next(path for path in map(target.path.with_name, names) if not path.exists())


def _cut(name: str, length: int) -> str:
    """Return a name cut to a number of bytes."""
    return name.encode("utf-8", "surrogateescape")[:length].decode("utf-8", "ignore")


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

import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.refusals import raises
from tracker.database import Target, sqlite
from tracker.database.sqlite import refusal
from tracker.files import unwritable
from tracker.schema import creating

BOOK = Target("sqlite", "truce.db")


SAID = """\
SQLITE_IOERR_DIR_FSYNC disk I/O error
SQLITE_IOERR_FSYNC disk I/O error
SQLITE_BUSY database is locked
SQLITE_LOCKED database table is locked
SQLITE_READONLY attempt to write a readonly database
SQLITE_NOTADB file is not a database
SQLITE_CANTOPEN unable to open database file
SQLITE_PERM access permission denied
SQLITE_FULL database or disk is full
SQLITE_CORRUPT database disk image is malformed
SQLITE_ERROR unsupported file format
SQLITE_ERROR foreign key mismatch - "entry" referencing "thing"
SQLITE_ERROR no such column: stages
SQLITE_CONSTRAINT UNIQUE constraint failed: entry.key
SQLITE_OK Could not decode to UTF-8 column 'note' with text 'caf\ufffd'
"""
"""Codes of SQLite, some of which also stand for failures of the system, with what it says."""


def told(readable: bool) -> Iterator[str]:
    for line in SAID.splitlines():
        code, words = line.split(" ", 1)
        error = sqlite3.OperationalError(words)
        if code != "SQLITE_OK":  # without a code
            error.sqlite_errorcode = getattr(sqlite3, code)
        refused = refusal(error, BOOK)
        if readable or "READONLY" in code:
            yield f"{line}\n  {type(refused).__name__}: {refused}"


def test_what_a_disk_does_is_told_with_what_would_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "truce.db").touch()
    readable = [*told(True)]
    monkeypatch.setattr(sqlite, "may", lambda _, mode: mode != os.R_OK)

    assert "\n".join([*readable, *told(False)]) == snapshot


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.ENOSPC, "no room"),
        (errno.EDQUOT, "no room"),
        (errno.EACCES, "file in the way"),
        (errno.EIO, "disk failed"),
    ],
)
def test_a_book_that_a_disk_does_not_take_is_named_and_not_its_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, problem: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", fail)
    place = Target("sqlite", str(tmp_path / "truce.db"))

    with raises(problem) as refused:
        creating(place).__enter__()
    assert (refused.value.path, refused.value.reason) == (place, os.strerror(number).lower())


@pytest.mark.parametrize(
    ("path", "forbidden", "reason"),
    [
        (".", None, "it is a folder"),
        ("no/truce.db", None, "no such file or directory"),
        ("truce.db", os.W_OK, "no permission to write in its folder"),
        ("truce.db", None, "the file cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(
    path: str, forbidden: int | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "may", lambda _, mode: mode != forbidden)
    (tmp_path / "truce.db").touch()
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN

    assert f": {reason}. " in str(refusal(error, Target("sqlite", str(tmp_path / path))))


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (errno.ENOSPC, "Make room there and try again"),
        (errno.EIO, "Cannot use 'kept.jsonl': input/output error. Check the path, its permissions"),
        (errno.ENOLCK, "Cannot use 'kept.jsonl': no locks available. Check the path"),
        (errno.EROFS, "Cannot use 'kept.jsonl': read-only file system. Check the path"),
        (errno.EACCES, "Cannot write 'kept.jsonl': permission denied. Name another path"),
    ],
)
def test_room_helps_only_where_room_is_lacking(number: int, line: str) -> None:
    error = OSError(number, os.strerror(number))
    assert line in str(unwritable(Path("kept.jsonl"), error))

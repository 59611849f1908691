import errno
import os
import sqlite3
from pathlib import Path

import pytest

from tracker.database import Target, failures
from tracker.database.failures import refusal
from tracker.errors.disk import unwritable

BOOK = Target("sqlite", "truce.db")


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (sqlite3.SQLITE_IOERR_FSYNC,
         "Cannot use 'truce.db': disk I/O error. Check the path, its permissions and its disk"),
        (
            sqlite3.SQLITE_BUSY,  # what SQLite makes of ENOLCK, too
            "truce.db is locked by another process. Try again in a moment;"
            " if nobody else uses it, its disk may not support locks",
        ),
    ],
)  # fmt: skip
def test_a_disk_that_fails_is_told_as_such(code: int, line: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    assert str(refusal(error, BOOK)) == line


@pytest.mark.parametrize(
    ("path", "forbidden", "reason"),
    [
        (".", None, "it is a folder"),
        ("no/truce.db", None, "its folder does not exist"),
        ("truce.db", os.R_OK, "no permission to read it"),
        ("truce.db", os.W_OK, "no permission to write in its folder"),
        ("truce.db", None, "the file cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(
    path: str, forbidden: int | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "may", lambda _, mode: mode != forbidden)
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

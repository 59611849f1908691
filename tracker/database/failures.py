"""Translates errors of SQLite and the system into the program's own."""

import os
import sqlite3
from pathlib import Path

from tracker.database.target import Target
from tracker.errors import (
    BookDamaged,
    BookLocked,
    BookReadOnly,
    BookUnreachable,
    DiskFailed,
    NoRoom,
    NotABook,
    OutcomeUnknown,
    TrackerError,
)


def refusal(error: sqlite3.DatabaseError, target: Target) -> TrackerError | None:
    """Translate the driver's errors that a user can act on; others are bugs."""
    exactly = getattr(error, "sqlite_errorcode", 0)
    code, said = exactly & 0xFF, str(error)
    # The journal is removed, which commits, but a power failure could bring it back.
    if exactly == sqlite3.SQLITE_IOERR_DIR_FSYNC:
        return OutcomeUnknown(book=target, reason="its disk failed at the end")
    if _is_damage(code, said):
        return BookDamaged(book=target, reason=said)
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BookLocked(book=target)
        case sqlite3.SQLITE_READONLY if may(target.path, os.R_OK):
            return BookReadOnly(book=target)
        case sqlite3.SQLITE_NOTADB:
            return NotABook(book=target)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_READONLY:
            return BookUnreachable(path=target, reason=_why_not_opened(target))
        case sqlite3.SQLITE_FULL:
            return NoRoom(path=target, reason=said)
        case sqlite3.SQLITE_IOERR:
            return DiskFailed(path=target, reason=said)
    return None


def _is_damage(code: int, said: str) -> bool:
    if code == sqlite3.SQLITE_ERROR:  # in the text of the schema
        return any(words in said for words in ("file format", "foreign key mismatch"))
    # For text that is not UTF-8, the engine may give no code.
    return code == sqlite3.SQLITE_CORRUPT or "decode" in said


def _why_not_opened(target: Target) -> str:
    if target.path.is_dir():
        return "it is a folder"
    if not target.path.parent.is_dir():
        return "its folder does not exist"
    if target.path.exists() and not may(target.path, os.R_OK):
        return "no permission to read it"
    if not may(target.path.parent, os.W_OK):  # SQLite needs to put a journal beside it
        return "no permission to write in its folder"
    return "the file cannot be opened"


def may(path: Path, mode: int) -> bool:
    """Return whether this process may read, or write, at a path."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)

"""What SQLite and the system refuse, in the program's own errors."""

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
    TrackerError,
)


def refusal(error: sqlite3.DatabaseError, target: Target) -> TrackerError | None:
    """Translate the driver's failures that a user can act on; others are bugs."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if not code and "decode" in str(error):  # text that is not UTF-8: no code of the engine's
        return BookDamaged(book=target, reason=str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BookLocked(book=target)
    if code == sqlite3.SQLITE_READONLY:
        return BookReadOnly(book=target)
    if code == sqlite3.SQLITE_NOTADB:
        return NotABook(book=target)
    turned = ("file format", "foreign key mismatch")  # bits turned in the schema's own text
    if code == sqlite3.SQLITE_ERROR and any(words in str(error) for words in turned):
        return BookDamaged(book=target, reason=str(error))
    if code == sqlite3.SQLITE_CORRUPT or "decode to UTF-8" in str(error):
        return BookDamaged(book=target, reason=str(error))
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return BookUnreachable(path=target, reason=_why_not_opened(target))
    if code == sqlite3.SQLITE_FULL:
        return NoRoom(path=target, reason=str(error))
    if code == sqlite3.SQLITE_IOERR:
        return DiskFailed(path=target, reason=str(error))
    return None


def _why_not_opened(target: Target) -> str:
    if target.path.is_dir():
        return "it is a folder"
    if not target.path.parent.is_dir():
        return "its folder does not exist"
    if target.path.exists() and not may(target.path, os.R_OK):
        return "no permission"
    if not may(target.path.parent, os.W_OK):  # a journal must lie beside it
        return "no permission to write in its folder"
    return "the file cannot be opened"


def may(path: Path, mode: int) -> bool:
    """Return whether whoever runs the program may read, or write, at a path."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)

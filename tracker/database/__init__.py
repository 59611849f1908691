"""Connections to the book: SQLite or PostgreSQL behind one face, statements by their names."""

from tracker.database.connection import Connection, Row, require_kept
from tracker.database.opening import HEAD, connect, creating, open_book, revision_of
from tracker.database.statements import Scope
from tracker.database.target import Target

__all__ = [
    "HEAD",
    "Connection",
    "Row",
    "Scope",
    "Target",
    "connect",
    "creating",
    "open_book",
    "require_kept",
    "revision_of",
]

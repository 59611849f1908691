"""Connections to the book: one interface to SQLite and PostgreSQL, each with its own driver."""

from tracker.database.connection import Connection, Row, require_kept
from tracker.database.opening import HEAD, connect, creating, open_book, revision_of
from tracker.database.target import Target

__all__ = [
    "HEAD",
    "Connection",
    "Row",
    "Target",
    "connect",
    "creating",
    "open_book",
    "require_kept",
    "revision_of",
]

"""Connections to the book: one interface to SQLite and PostgreSQL, each with its own driver."""

from tracker.database.connection import Connection, Row, Target
from tracker.database.opening import HEAD, connect, creating, open_book, revision_of

__all__ = [
    "HEAD",
    "Connection",
    "Row",
    "Target",
    "connect",
    "creating",
    "open_book",
    "revision_of",
]

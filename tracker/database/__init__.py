"""Connections to the book: SQLite or PostgreSQL behind one face, statements by their names."""

from tracker.database.connection import Connection
from tracker.database.opening import HEAD, connect, creating, open_book, revision_of
from tracker.database.target import Target

__all__ = ["HEAD", "Connection", "Target", "connect", "creating", "open_book", "revision_of"]

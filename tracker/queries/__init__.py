"""What is read from the book: one statement a file, and the facts that its rows become."""

from tracker.queries.known_by import known_by
from tracker.queries.reader import Reader

__all__ = ["Reader", "known_by"]

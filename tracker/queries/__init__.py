"""What is read from the book: one statement a file, and the facts that its rows become."""

from tracker.queries.reader import Reader

__all__ = ["Reader"]

"""What is read from the book: one statement a file, and the facts that its rows become."""

from tracker.queries.judged import Judged
from tracker.queries.known_by import known_by
from tracker.queries.reader import Reader

__all__ = ["Judged", "Reader", "known_by"]

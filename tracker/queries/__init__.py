"""Reads the book: one statement per file, and facts from its rows."""

from tracker.queries.held import Scope, touched
from tracker.queries.judged import Judged
from tracker.queries.known_by import known_by
from tracker.queries.reader import Reader

__all__ = ["Judged", "Reader", "Scope", "known_by", "touched"]

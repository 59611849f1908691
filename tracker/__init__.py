"""Truce Tracker: a book of the concessions that the parties to a truce promised each other.

`from tracker.book import Book` opens a book from Python; `docs/python.md` shows how.
"""

__version__ = "0.2.0"

"""Truce Tracker: a book of the concessions that the parties to a truce promised each other.

`from tracker import Book` opens a book from Python; `docs/python.md` shows how.
"""

TYPE_CHECKING = (
    False  # `typing` is slow to load, and Ctrl-C should work at once: see `cli`
)
if TYPE_CHECKING:
    from tracker.book import Answer, Book

__version__ = "0.4.0"
__all__ = ["Answer", "Book", "__version__"]


def __getattr__(name: str) -> object:
    """Import `Book` on first access: every start of the program imports this package."""
    if name not in ("Answer", "Book"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tracker import book

    return getattr(book, name)

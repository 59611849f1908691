"""The book as a Python object: each command is a method, each answer a value."""

from tracker.book.access import Answer, Done
from tracker.book.declare import Declare
from tracker.book.files import Files
from tracker.book.record import Recording
from tracker.book.reports import Reports
from tracker.book.upkeep import Upkeep

__all__ = ["Answer", "Book", "Done"]


class Book(Recording, Reports, Declare, Upkeep, Files):
    """A book: its reports, and methods that record in it.

    Methods and options are those of the command line; refusals are the classes of
    `tracker.errors`. Days are ISO text, words such as `"yesterday"`, or `datetime.date`; every
    report takes `as_of`, `known_by`, `hindsight` and `agreement`. `session` is for questions of
    your own.

        with Book.open("truce.db") as book:
            book.gains(as_of="2026-03-31")
    """

"""Truce Tracker: a book of the concessions that two parties to a truce promised each other."""

__version__ = "0.1.0.dev0"

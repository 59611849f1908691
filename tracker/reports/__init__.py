"""What the book tells: one module a report, each a function from a view to a value."""

from tracker.reports.view import View

__all__ = ["View"]

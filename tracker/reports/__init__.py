"""The reports: one module each, with a function from a view to a value."""

from tracker.reports.view import View

__all__ = ["View"]

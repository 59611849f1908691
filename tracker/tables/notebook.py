"""Reports in a notebook, which has its own style: colours stand in the drawings themselves."""

from functools import cache

from tracker.tables.html import HtmlWriter, title_of
from tracker.tables.markup import Markup
from tracker.tables.page import colours, painted
from tracker.tables.report import Report


class NotebookWriter(HtmlWriter):
    """Writes the parts of a cell's output: there is no style that would hide the narrow drawing."""

    screens = ("wide",)


def fragment(report: Report) -> Markup:
    """Return a report as a part of a notebook; drawings have a light ground in dark ones, too."""
    written = NotebookWriter(title_of(report), sources=report.sources).report(report)
    return Markup(painted(written).replace("<svg ", f'<svg style="{_look()}" '))


@cache
def _look() -> str:
    """Return what a drawing needs there: a ground, and no more room than there is."""
    return f"background: {colours()['--paper']}; max-width: 100%; height: auto"

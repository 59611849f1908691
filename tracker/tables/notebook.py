"""Reports in a notebook, which has its own style: colours stand in the drawings themselves."""

from tracker.tables.html import HtmlWriter, title_of
from tracker.tables.markup import Markup
from tracker.tables.page import painted
from tracker.tables.report import Report


class NotebookWriter(HtmlWriter):
    """Writes the parts of a cell's output: there is no style that would hide the narrow drawing."""

    screens = ("wide",)


def fragment(report: Report) -> Markup:
    """Return a report as a part of a notebook; drawings have a light ground in dark ones, too."""
    written = NotebookWriter(title_of(report), sources=report.sources).report(report)
    ground = painted('<svg style="background: var(--paper)" ')
    return Markup(painted(written).replace("<svg ", ground))

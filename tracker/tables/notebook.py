"""Reports in a notebook, which has its own style: drawings contain their own colours."""

import re

from tracker.tables.html import HtmlWriter, title_of
from tracker.tables.markup import Markup
from tracker.tables.page import colours, painted
from tracker.tables.report import Report

SCALED = re.compile(r' height="[0-9.]+" viewBox=')
"""The height of a drawing that is scaled to the cell, which then follows from its width."""


class NotebookWriter(HtmlWriter):
    """Writes the parts of a cell's output, without narrow drawings, as no style would hide them."""

    screens = ("wide",)


def fragment(report: Report) -> Markup:
    """Return a report as HTML for a notebook; drawings always have a light background."""
    written = NotebookWriter(title_of(report), sources=report.sources).report(report)
    scaled = SCALED.sub(" viewBox=", painted(written))
    style = f"background: {colours()['--paper']}; max-width: 100%"
    return Markup(scaled.replace("<svg ", f'<svg style="{style}" '))

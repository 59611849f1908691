"""Writes a report in the format that was asked for."""

from typing import NamedTuple

from tracker.errors import UnknownWord
from tracker.tables.report import Report
from tracker.vocabulary import FORMATS

FULL_WIDTH = 100
"""The width of text that does not go to a terminal."""


__all__ = ["FORMATS", "FULL_WIDTH", "Surface", "render"]


class Surface(NamedTuple):
    """What a report is written on."""

    width: int = FULL_WIDTH
    colour: bool = False
    raw: bool = False


def render(report: Report, name: str, surface: Surface) -> str:
    """Return a report in the named format."""
    if name == "json":
        from tracker.tables.data import render_json

        return render_json(report)
    if name in ("csv", "tsv"):
        from tracker.tables.data import render_csv

        return render_csv(report, "\t" if name == "tsv" else ",", surface.raw)
    if name == "html":
        from tracker.tables.html import render_html

        return render_html(report)
    if name not in FORMATS:
        raise UnknownWord(kind="format", word=name, allowed=FORMATS)
    from tracker.tables.dialects import DIALECTS
    from tracker.tables.text import render_text

    return render_text(report, DIALECTS[name], surface.width, surface.colour)

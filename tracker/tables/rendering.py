"""Writes a report in the format that was asked for."""

from typing import NamedTuple

from tracker.errors import UnknownWord
from tracker.tables.report import Report

FORMATS = (
    *("text", "markdown", "csv", "json", "html", "tsv"),
    *("asciidoc", "colon_grid", "double_grid", "double_outline", "fancy_grid", "fancy_outline"),
    *("github", "grid", "heavy_grid", "heavy_outline", "jira", "latex", "latex_booktabs"),
    *("latex_longtable", "mediawiki", "mixed_grid", "mixed_outline", "moinmoin", "orgtbl"),
    *("outline", "pipe", "plain", "presto", "pretty", "psql", "rounded_grid"),
    *("rounded_outline", "rst", "simple", "simple_grid", "simple_outline", "textile", "youtrack"),
)
"""Every format's name, ours first, then tabulate's."""

FULL_WIDTH = 100
"""The width of text that does not go to a terminal."""


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

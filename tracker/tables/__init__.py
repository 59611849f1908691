"""Reports as values, and the renderers that write them: text, Markdown, CSV, JSON and more."""

from typing import NamedTuple

from tracker import extras
from tracker.errors import WrongUsage
from tracker.formats import FORMATS, TABLE_FORMATS
from tracker.tables.report import (
    NOTHING,
    TIE,
    Column,
    Flattened,
    Report,
    Section,
    Tone,
    keyed,
    table,
    terms,
    visible,
)

__all__ = [
    "FULL_WIDTH",
    "NOTHING",
    "TIE",
    "Column",
    "Flattened",
    "Report",
    "Section",
    "Surface",
    "Tone",
    "content",
    "keyed",
    "render",
    "require",
    "table",
    "terms",
    "visible",
]

FULL_WIDTH = 100
"""The width of text that does not go to a terminal."""


class Surface(NamedTuple):
    """The medium that a report is written on."""

    width: int = FULL_WIDTH
    colour: bool = False
    site_url: str | None = None
    """The address of the published site, to which mails link."""
    sources: bool = False
    """Whether every report lists its sources, also one that does not say what changed."""


def require(name: str) -> None:
    """Refuse a format whose optional extra is not installed."""
    if name in extras.FORMATS:
        extras.of_format(name)


def content(report: Report, name: str, surface: Surface) -> str | bytes:
    """Return the content of a file in the named format: text, or bytes if it is binary."""
    if name == "xlsx":
        from tracker.tables.sheet import render_workbook

        return render_workbook(_cited(report, surface))
    return render(report, name, surface)


def render(report: Report, name: str, surface: Surface) -> str:
    """Return a report in the named format, which is not binary."""
    if name in ("json", "csv", "tsv"):
        from tracker.tables.data import render_csv, render_json

        if name == "json":
            return render_json(report)
        return render_csv(report, "\t" if name == "tsv" else ",")
    report = _cited(report, surface)
    if name in ("html", "mail"):
        from tracker.tables.html import render_html, render_mail

        return render_html(report) if name == "html" else render_mail(report, surface.site_url)
    from tracker.tables.text import FramedWriter, MarkdownWriter, TextWriter

    if name == "text":
        return TextWriter(surface.width, surface.colour).report(report)
    if name == "markdown":
        return MarkdownWriter(report.sources).report(report)
    if name not in TABLE_FORMATS:
        raise WrongUsage("unknown word", kind="format", word=name, allowed=FORMATS)
    return FramedWriter(name, surface.width, surface.colour).report(report)


def _cited(report: Report, surface: Surface) -> Report:
    """Return a report as it is shown: with its sources, unless these are only listed on request."""
    return report.uncited() if report.cites_on_request and not surface.sources else report

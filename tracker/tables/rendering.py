"""Writes a report in the format that was asked for."""

from typing import NamedTuple

from tracker import extras
from tracker.errors import UnknownWord
from tracker.tables.report import Report
from tracker.vocabulary import FORMATS

FULL_WIDTH = 100
"""The width of text that does not go to a terminal."""

__all__ = ["FORMATS", "FULL_WIDTH", "Surface", "content", "render", "require"]


class Surface(NamedTuple):
    """The medium that a report is written on."""

    width: int = FULL_WIDTH
    colour: bool = False
    raw: bool = False
    section: str | None = None
    """Which of a report's tables is written, if the format holds only one."""
    site_url: str | None = None
    """The address of the published site, to which mails link."""


def require(name: str) -> None:
    """Refuse a format whose optional extra is not installed."""
    if name in extras.FORMATS:
        extras.of_format(name)


def content(report: Report, name: str, surface: Surface) -> str | bytes:
    """Return the content of a file in the named format: text, or bytes if it is binary."""
    if name == "xlsx":
        from tracker.tables.workbook import render_workbook

        return render_workbook(report)
    return render(report, name, surface)


def render(report: Report, name: str, surface: Surface) -> str:
    """Return a report in the named format."""
    if name == "json":
        from tracker.tables.data import render_json

        return render_json(report)
    if name in ("csv", "tsv"):
        from tracker.tables.data import render_csv

        delimiter = "\t" if name == "tsv" else ","
        return render_csv(report, delimiter, surface.raw, surface.section)
    if name == "html":
        from tracker.tables.html import render_html

        return render_html(report)
    if name == "mail":
        from tracker.tables.mail import render_mail

        return render_mail(report, surface.site_url)
    if name not in FORMATS:
        raise UnknownWord(kind="format", word=name, allowed=FORMATS)
    from tracker.tables.dialects import DIALECTS
    from tracker.tables.text import render_text

    return render_text(report, DIALECTS[name], surface.width, surface.colour)

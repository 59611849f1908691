"""Reports as values, and the renderers that write them: text, Markdown, CSV, JSON and more."""

from tracker.tables.rendering import FORMATS, Surface, render
from tracker.tables.report import NOTHING, TIE, Column, Listed, Report, Section, Tone, table, terms

__all__ = [
    "FORMATS",
    "NOTHING",
    "TIE",
    "Column",
    "Listed",
    "Report",
    "Section",
    "Surface",
    "Tone",
    "render",
    "table",
    "terms",
]

"""Figures: a chart for wide and for narrow screens, what it shows in words, and its data."""

from collections.abc import Callable
from typing import NamedTuple

from tracker.publish.drawing import Spec, charted, draw
from tracker.tables import Section
from tracker.tables.html import HtmlWriter
from tracker.tables.markup import Markup, element

WIDTHS = {"wide": 1000, "narrow": 350}
"""The widths that charts are drawn to, by the class that shows each."""


class Figure(NamedTuple):
    """One chart: `key` begins its ids, `chart` gives its specification for a width."""

    key: str
    title: str
    description: str
    chart: Callable[[int], Spec]
    data: Section


def shown(figure: Figure, writer: HtmlWriter) -> Markup:
    """Return a figure for a page, with its data as a table that opens."""
    drawings = [
        draw(
            charted(width, figure.chart(width)),
            f"{figure.key}-{name}",
            figure.title,
            figure.description,
            name,
        )
        for name, width in WIDTHS.items()
    ]
    caption = element("figcaption", figure.title, element("span", figure.description))
    data = element("details", element("summary", "The data of this chart"),
                   writer.table(figure.data))  # fmt: skip
    return element("figure", caption, *drawings, data)


def is_narrow(width: int) -> bool:
    """Return whether a width is that of a small screen."""
    return width <= WIDTHS["narrow"]

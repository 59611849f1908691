"""Figures: a chart for wide and for narrow screens, what it shows in words, and its data."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.publish.drawing import Spec, charted
from tracker.publish.gallery import Hung
from tracker.tables import Section
from tracker.tables.html import HtmlWriter
from tracker.tables.markup import Markup, element

WIDTHS = {"wide": 1000, "narrow": 350}
"""The widths that charts are drawn to, by the class that shows each."""
LACKING = element("p", "This chart could not be drawn; its data is below.", class_="empty")


class Figure(NamedTuple):
    """One chart; `key` begins its ids."""

    key: str
    title: str
    description: str
    charts: Mapping[str, str]
    """What is to be drawn, by the class that shows it."""
    data: Section


class Framed(NamedTuple):
    """A figure's place on a page: all but its drawings, which are yet to be made."""

    figure: Figure
    data: Markup

    def shown(self, drawings: Mapping[str, Hung]) -> Markup:
        """Return the figure for its page, with its data as a table that opens."""
        key, title, description, charts, _ = self.figure
        caption = element("figcaption", title, element("span", description))
        shown = [
            drawing.shown(f"{key}-{name}", title, description, name)
            for name, chart in charts.items()
            if (drawing := drawings[chart].drawing)
        ]
        return element("figure", caption, *(shown or [LACKING]), self.data)


def charts(spec: Callable[[int], Spec]) -> dict[str, str]:
    """Return a chart for wide and for narrow screens; `spec` specifies it for a width."""
    return {name: charted(width, spec(width)) for name, width in WIDTHS.items()}


def framed(figure: Figure, writer: HtmlWriter) -> Framed:
    """Return a figure's place on the page that is being written."""
    data = element("details", element("summary", "The data of this chart"),
                   writer.table(figure.data))  # fmt: skip
    return Framed(figure, data)


def is_narrow(width: int) -> bool:
    """Return whether a width is that of a small screen."""
    return width <= WIDTHS["narrow"]

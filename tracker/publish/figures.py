"""Figures: a chart for wide and narrow screens, its description, and its data."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import in_words, shifted
from tracker.publish.drawing import Drawing, Spec, charted
from tracker.tables import Section
from tracker.tables.bars import WIDTHS
from tracker.tables.html import DATA, HtmlWriter
from tracker.tables.markup import EMPTY, Markup, element, join

LACKING = element("p", "This chart could not be drawn; its data is below.", class_="empty")


class Figure(NamedTuple):
    """One chart; its ids begin with `key`."""

    key: str
    title: str
    description: str
    charts: Mapping[str, str]
    """The specifications to draw, by the CSS class that shows each."""
    data: Section


class Offer(NamedTuple):
    """Where a figure is offered separately: as a file, as a page to embed, and as data."""

    picture: str
    embed: str = ""
    data: str = ""

    def links(self) -> Markup:
        """Return the links."""
        offered = (self.picture, self.embed, self.data)
        words = ("This chart as SVG", "This chart to embed", "Its data as CSV")
        return files(dict(zip(offered, words, strict=True)))


class Framed(NamedTuple):
    """A figure on a page, without its drawings, which are made later."""

    figure: Figure
    data: Markup
    offer: Offer | None = None

    def shown(self, drawings: Mapping[str, Drawing | None]) -> Markup:
        """Return the figure for its page, with its data as a table that opens."""
        key, title, description, charts, _ = self.figure
        shown = [
            drawing.shown(f"{key}-{name}", title, description, name)
            for name, chart in charts.items()
            if (drawing := drawings[chart])
        ]
        offer = self.offer if shown or self.offer is None else self.offer._replace(picture="")
        caption = element("figcaption", title, " ", element("span", description))
        links = offer.links() if offer else EMPTY
        return element("figure", caption, *(shown or [LACKING]), self.data, links)

    def picture(self, drawings: Mapping[str, Drawing | None]) -> str | None:
        """Return the drawing as a file of its own; None if it was not drawn."""
        drawing = drawings[self.figure.charts["wide"]]
        return drawing.alone(self.figure.title, self.figure.description) if drawing else None


def charts(spec: Callable[[int], Spec]) -> dict[str, str]:
    """Return a chart for wide and for narrow screens; `spec` makes the one for a width."""
    return {name: charted(width, spec(width)) for name, width in WIDTHS.items()}


def framed(figure: Figure, writer: HtmlWriter, offer: Offer | None = None) -> Framed:
    """Return a figure for the page that is being written."""
    data = element("details", element("summary", DATA), writer.table(figure.data))
    return Framed(figure, data, offer)


def files(names: Mapping[str, str]) -> Markup:
    """Return links to files, with their names."""
    links = [element("a", words, href=name) for name, words in names.items() if name]
    return element("p", join(links, " · "), class_="files") if links else EMPTY


def is_narrow(width: int) -> bool:
    """Return whether a width is that of a small screen."""
    return width <= WIDTHS["narrow"]


def month(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def moment(on: date) -> str:
    """Return a day in the form that charts take."""
    return f"{on.isoformat()}T00:00:00Z"


def ticks(first: date, last: date, width: int) -> list[date]:
    """Return the labelled days of a time axis: a few firsts of months, else its two ends."""
    starts, day = [], first if first.day == 1 else month(shifted(month(first), 31))
    while day <= last and day not in starts:
        starts.append(day)
        day = month(shifted(day, 31))
    most = 3 if is_narrow(width) else 10
    return starts[:: -(-len(starts) // most)] if len(starts) > 1 else [first, last]


def months(first: date, last: date, width: int) -> dict[str, Any]:
    """Return a time axis with at most one tick a month; below two months, ticks at its ends."""
    named = ticks(first, last, width)
    return {
        "title": None,
        "format": "%b %y" if all(one.day == 1 for one in named) else "%-d %b %y",
        "values": [(one - EPOCH).days * MILLISECONDS for one in named],
        "grid": False,
        "labelFlush": True,
    }


EPOCH = date(1970, 1, 1)
MILLISECONDS = 24 * 60 * 60 * 1000


def today(
    near: date, first: date, last: date, *, below: bool = False, faint: bool = False
) -> list[Spec]:
    """Return the line of today with its name, in a chart of the days between two others.

    The name is above or below the chart, on the side of the line that has more room. The line is
    `faint` where it crosses words.
    """
    data = {"values": [{"on": moment(near)}]}
    is_late = (near - first).days > (last - near).days
    place = {"align": "right", "dx": 1} if is_late else {"align": "left", "dx": -1}
    level = {"baseline": "top", "dy": 5} if below else {"baseline": "bottom", "dy": -5}
    line = {"type": "rule", "stroke": "var(--mark)", "strokeWidth": 2,
            "opacity": 0.35 if faint else 1}  # fmt: skip
    words = {"type": "text", "text": f"today, {in_words(near)}", "fill": "var(--mark)",
             "fontSize": 13, **place, **level}  # fmt: skip
    return [
        {"data": data, "mark": line, "encoding": {"y": None}},
        {"data": data, "mark": words, "encoding": {"y": {"value": "height" if below else 0}}},
    ]

"""Charts: Vega-Lite specifications, drawn as SVG files."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from tracker import settings
from tracker.tables import visible
from tracker.tables.html import Markup, element, style

Spec = dict[str, Any]

WIDTH = 1136
"""The width of charts, in pixels; on a phone, a page scrolls them."""
FONT_SIZE = 12
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Characters that `visible` lets through but XML does not."""


class Figure(NamedTuple):
    """One chart: what it shows, and its whole specification."""

    title: str
    description: str
    spec: str

    def on_page(self) -> Markup:
        """Return the figure for a page of the site."""
        caption = element("figcaption", self.title, " ", element("span", self.description))
        image = element("img", src=file_of(self.spec), alt=self.title)
        scroll = element(
            "div", image, class_="scroll", role="group", tabindex=0, aria_label=self.title
        )
        return element("figure", caption, scroll)


@cache
def _palette() -> dict[str, str]:
    """Return the colours that the style names for light screens; a dark page inverts charts."""
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+)", style().split("}")[0]))


def colour(name: str) -> str:
    """Return one of these colours."""
    return _palette()[name.replace(" ", "-")]


def figure(title: str, description: str, spec: Spec) -> Figure:
    """Return a figure, whose chart gets the style of all charts.

    Text from the book is made safe here: a control character would make the library end the
    process.
    """
    ink, soft, rule = colour("ink"), colour("soft"), colour("rule")
    label = {"labelColor": ink, "labelFontSize": FONT_SIZE}
    titles = {"titleColor": soft, "titleFontSize": FONT_SIZE, "titleFontWeight": "normal"}
    lines = {"gridColor": rule, "domainColor": rule, "tickColor": rule}
    config = {
        "aria": False,
        "background": colour("paper"),
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {**label, **titles, **lines},
        "legend": {**label, "title": None, "orient": "bottom", "direction": "horizontal",
                   "symbolSize": 110, "columnPadding": 18, "rowPadding": 4},
    }  # fmt: skip
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "config": config,
        **spec,
    }
    return Figure(title, description, json.dumps(_legible(whole), separators=(",", ":")))


def _legible(value: Any) -> Any:
    """Return a part of a specification in which every text is one line that SVG can hold."""
    match value:
        case str():
            return NO_XML.sub("\ufffd", visible(value)).replace("\n", " ")
        case Mapping():
            return {_legible(key): _legible(item) for key, item in value.items()}
        case list() | tuple():
            return [_legible(item) for item in value]
    return value


def file_of(spec: str) -> str:
    """Return the name of a chart's file: a hash of all that decides what the drawing looks like."""
    made_from = f"{converter().__version__}\n{spec}"
    return f"chart-{sha256(made_from.encode()).hexdigest()[:20]}.svg"


def drawn(spec: str) -> bytes:
    """Return the drawing of a chart."""
    svg: str = converter().vegalite_to_svg(spec, allowed_base_urls=[])
    return svg.encode()


def drawings(figures: Iterable[Figure]) -> dict[str, bytes]:
    """Return the files of charts, by name."""
    return {file_of(spec): drawn(spec) for spec in sorted({one.spec for one in figures})}


def converter() -> Any:
    """Return the library that draws, which is an optional extra."""
    return settings.library("vl_convert", "publish", "site")


# --- axes of time -------------------------------------------------------------------------------


def moment(on: date) -> str:
    """Return a day in the form that charts take."""
    return f"{on.isoformat()}T00:00:00Z"


def time_axis(first: date, last: date) -> Spec:
    """Return the x channel of the days between two others, the same for readers everywhere."""
    axis = {
        "title": None,
        "format": "%-d %b %y",
        "tickCount": 10,
        "labelOverlap": True,
        "labelFlush": True,
        "grid": False,
    }
    scale = {"type": "utc", "domain": [moment(first), moment(last)]}
    return {"field": "on", "type": "temporal", "scale": scale, "axis": axis}


def marked_day(on: date, words: str, first: date, last: date, paint: str, row: int) -> list[Spec]:
    """Return the line of a day in a chart of the days between two others.

    Its name is above the chart, on the side that has more room, in the row counted from the chart.
    """
    is_late = (on - first).days > (last - on).days
    place = {"align": "right", "dx": 1} if is_late else {"align": "left", "dx": -1}
    name = {"type": "text", "text": words, "fill": paint, "fontSize": FONT_SIZE,
            "baseline": "bottom", "dy": -5 - 17 * row, **place}  # fmt: skip
    rule = {"type": "rule", "stroke": paint, "strokeWidth": 1.5}
    data = {"values": [{"on": moment(on)}]}
    return [
        {"data": data, "mark": rule, "encoding": {"y": None}},
        {"data": data, "mark": name, "encoding": {"y": {"value": 0}}},
    ]

"""Draws charts: turns a Vega-Lite specification into an inline SVG that is safe in a page."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from tracker import extras
from tracker.tables.cells import visible
from tracker.tables.markup import EMPTY, Markup, element, join, tagged
from tracker.tables.page import painted

Spec = dict[str, Any]

ELEMENTS = frozenset({"svg", "g", "path", "line", "rect", "text"})
ATTRIBUTES = frozenset(
    (
        *("d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx", "transform"),
        *("fill", "fill-opacity", "opacity", "stroke", "stroke-dasharray", "stroke-opacity"),
        *("stroke-width", "stroke-miterlimit", "text-anchor", "font-size", "font-weight"),
    )
)
"""The attributes that a chart needs; no references, styles, classes or events."""

INK, SOFT, RULE, PAPER = "var(--ink)", "var(--soft)", "var(--rule)", "var(--paper)"
"""The page's own colours, so that charts follow its light, dark and print styles."""

XMLNS = "http://www.w3.org/2000/svg"
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Characters that `visible` lets through but XML does not."""
BARE_PATH = re.compile(r"M0,0h0v0h0Z")
CLEAN = re.compile(
    rf"(?:</?(?:{'|'.join(ELEMENTS)})"
    rf"(?: (?:{'|'.join(ATTRIBUTES)})=\"[^\"<>&:/]*+\")*+>|[^<>]++)*+"
)
"""What cleaning can leave of our drawings."""
FRAME = re.compile(
    r'<svg role="img" [^>]*width="([^"]*)" height="([^"]*)" viewBox="[^"]*">'
    r"<title [^>]*>[^<]*</title><desc [^>]*>[^<]*</desc>"
)
"""What comes before the shapes of a drawing on a page."""

DRAWN, SHOWN = 13.5, 12
"""Text is laid out larger than it is shown: a reader's font may be wider than ours."""

CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": DRAWN,
        "titleColor": SOFT,
        "titleFontSize": DRAWN,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": RULE,
        "tickColor": RULE,
    },
    "legend": {
        "orient": "bottom",
        "direction": "horizontal",
        "title": None,
        "labelColor": INK,
        "labelFontSize": DRAWN,
        "symbolSize": 110,
        "offset": 10,
        "columnPadding": 18,
        "rowPadding": 4,
    },
}


class Held(NamedTuple):
    """A drawing found in the text of a page, not yet trusted."""

    width: str
    height: str
    shapes: str


class Drawing(NamedTuple):
    """A drawn chart: its size, and the shapes and words that are safe in a page."""

    width: str
    height: str
    shapes: Markup

    def shown(self, key: str, title: str, description: str, as_: str) -> Markup:
        """Return the drawing for a page; its ids begin with `key`, and `as_` is its class."""
        return element(
            "svg",
            element("title", title, id=f"{key}-title"),
            element("desc", description, id=f"{key}-desc"),
            self.shapes,
            role="img",
            aria_labelledby=f"{key}-title",
            aria_describedby=f"{key}-desc",
            class_=as_,
            width=self.width,
            height=self.height,
            viewBox=f"0 0 {self.width} {self.height}",
        )

    def alone(self, title: str, description: str) -> str:
        """Return the drawing as a file of its own, in the colours of a light page."""
        svg = element(
            "svg",
            element("title", title),
            element("desc", description),
            element("rect", width=self.width, height=self.height, fill=PAPER),
            self.shapes,
            xmlns=XMLNS,
            width=self.width,
            height=self.height,
            viewBox=f"0 0 {self.width} {self.height}",
            font_family="sans-serif",
        )
        return NO_XML.sub("\ufffd", painted(svg))


def charted(width: int, spec: Mapping[str, Any]) -> str:
    """Return the specification of a chart of some width, in the style of all charts, as JSON.

    Text from the book is made safe here: a control character would make the library end the
    process.
    """
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "config": CONFIG,
        **spec,
    }
    return json.dumps(_legible(chart), separators=(",", ":"))


def _legible(value: Any) -> Any:
    """Return a part of a specification, with one-line texts that SVG can hold."""
    match value:
        case str():
            return one_line(value)
        case Mapping():
            return {_legible(key): _legible(item) for key, item in value.items()}
        case list() | tuple():
            return [_legible(item) for item in value]
    return value


def one_line(words: str) -> str:
    """Return text in a form that a drawing can hold."""
    return NO_XML.sub("\ufffd", visible(words)).replace("\n", " ")


def drawn(chart: str) -> Drawing | None:
    """Return a chart's drawing; None if the library cannot draw it."""
    try:
        return read(_converted(chart))
    except (ValueError, ElementTree.ParseError):
        return None


def read(converted: str) -> Drawing:
    """Return the library's output as a drawing that is safe in a page."""
    svg = ElementTree.fromstring(converted)
    for node in svg.iter():
        if size := node.get("font-size"):
            node.set("font-size", f"{float(size.removesuffix('px')) * SHOWN / DRAWN:.4g}px")
    return Drawing(svg.attrib["width"], svg.attrib["height"], join(map(_cleaned, svg)))


def held_in(page: str) -> list[Held]:
    """Return the drawings in a page, in order."""
    parts = [(part, FRAME.search(part)) for part in page.split("</svg>")]
    return [Held(frame[1], frame[2], part[frame.end() :]) for part, frame in parts if frame]


def redrawn(held: Held) -> Drawing | None:
    """Return a drawing from a page; None if it contains anything that cleaning would remove."""
    width, height, shapes = held
    return Drawing(width, height, Markup(shapes)) if CLEAN.fullmatch(shapes) else None


def _converted(chart: str) -> str:
    svg: str = converter().vegalite_to_svg(chart, allowed_base_urls=[])
    return svg


def converter() -> Any:
    """Return the library that draws, which is an optional extra."""
    return extras.library("vl_convert", "publish", "site")


def _cleaned(node: ElementTree.Element) -> Markup:
    name = node.tag.rpartition("}")[2]
    if name not in ELEMENTS or node.get("display") == "none" or BARE_PATH.match(str(node.get("d"))):
        return EMPTY
    inner = [one for child in node if (one := _cleaned(child))]
    if name == "g" and not inner and not node.text:
        return EMPTY
    kept = {
        key: value
        for key, value in node.attrib.items()
        if key in ATTRIBUTES and (key, value) != ("opacity", "1")
    }
    return tagged(name, kept, node.text or "", *inner)

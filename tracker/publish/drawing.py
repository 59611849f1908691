"""Draws charts: a Vega-Lite specification in, an inline SVG that a page can trust out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from tracker.errors import ExtraMissing
from tracker.tables.markup import EMPTY, Markup, element, join, tagged, text

Spec = dict[str, Any]

ELEMENTS = frozenset({"svg", "g", "path", "line", "rect", "text"})
ATTRIBUTES = frozenset(
    (
        *("d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx", "transform"),
        *("fill", "fill-opacity", "opacity", "stroke", "stroke-dasharray", "stroke-opacity"),
        *("stroke-width", "stroke-miterlimit", "text-anchor", "font-size", "font-weight"),
    )
)
"""What a chart needs; no reference, style, class or event among them."""

INK, SOFT, RULE, PAPER = "var(--ink)", "var(--soft)", "var(--rule)", "var(--paper)"
"""Colours are the page's own, so that charts follow light, dark and print."""

BARE_PATH = re.compile(r"M0,0h0v0h0Z")

DRAWN, SHOWN = 13.5, 12
"""Text is laid out larger than it is shown: a reader's letters may be wider than ours."""

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


def draw(spec: Spec, key: str, title: str, description: str, shown: str) -> Markup:
    """Return a chart as SVG, its ids beginning with `key`; `shown` is its class on the page."""
    drawn = ElementTree.fromstring(_converted(spec))
    width, height = drawn.attrib["width"], drawn.attrib["height"]
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *(_cleaned(child) for child in drawn),
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        class_=shown,
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
    )


def charted(width: int, spec: Mapping[str, Any]) -> Spec:
    """Return a specification drawn to a width, in the style of all charts."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "config": CONFIG,
        **spec,
    }


def _converted(spec: Spec) -> str:
    try:
        import vl_convert
    except ImportError as error:
        raise ExtraMissing(command="publish", extra="site") from error
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg


def _cleaned(node: ElementTree.Element) -> Markup:
    name = node.tag.rpartition("}")[2]
    if name not in ELEMENTS or node.get("display") == "none" or BARE_PATH.match(node.get("d", "")):
        return EMPTY
    inner = join([text(node.text or ""), *(_cleaned(child) for child in node)])
    if name == "g" and not inner:
        return EMPTY
    return tagged(name, dict(_kept(node)), inner)


def _kept(node: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for key, value in node.attrib.items():
        if key == "font-size":
            yield key, f"{float(value.removesuffix('px')) * SHOWN / DRAWN:.4g}px"
        elif key in ATTRIBUTES and not (key == "opacity" and value == "1"):
            yield key, value

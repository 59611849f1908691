import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hostile import SCRIPT, Seen, assert_harmless
from tracker.publish.drawing import Drawing, Held, charted, drawn, held_in, read, redrawn
from tracker.tables.markup import Markup, element

BARS = {
    "data": {
        "values": [{"side": SCRIPT, "count": 3}, {"side": "url(https://evil.example)", "count": 1}]
    },
    "mark": {"type": "bar", "clip": True, "href": "https://evil.example", "tooltip": True},
    "encoding": {
        "y": {"field": "side", "type": "nominal", "axis": {"labelLimit": 0}},
        "x": {"field": "count", "type": "quantitative"},
    },
}


def bars(width: int) -> Drawing:
    """Return the drawing of the bars."""
    drawing = drawn(charted(width, BARS))
    assert drawing
    return drawing


def test_a_drawing_has_nothing_but_shapes_and_words() -> None:
    svg = bars(600).shown("bars", SCRIPT, "Bars.", "wide")
    assert_harmless(svg)
    names = {one.name for one in Seen(svg).elements}
    assert names <= {"svg", "title", "desc", "g", "path", "line", "rect", "text"}
    assert SCRIPT in [one.text for one in Seen(svg).named("text")]
    attributes = {name for one in Seen(svg).elements for name in one.attributes}
    assert not attributes & {"style", "href", "xlink:href", "clip-path", "font-family"}


def test_the_same_chart_is_the_same_svg_each_time() -> None:
    assert bars(600) == bars(600)


def test_a_control_character_in_a_chart_is_shown_and_ends_nothing() -> None:
    """At some of them, the library ends the whole process."""
    marks = [*map(chr, range(32)), "\x7f", "\ud800", "\ufffe", "\uffff"]
    values = {"values": [{"side": f"cus{mark}toms", f"co{mark}unt": 3} for mark in marks]}
    drawing = drawn(charted(600, BARS | {"data": values}))

    assert drawing
    assert_harmless(drawing.shown("bars", "Bars", "Bars.", "wide"))


def test_what_the_library_refuses_is_not_drawn() -> None:
    assert drawn(charted(600, {"mark": "no such mark"})) is None


def test_a_chart_is_as_wide_as_asked() -> None:
    drawing = bars(350)
    svg = Seen(drawing.shown("bars", "Bars", "Bars.", "narrow")).named("svg")[0]
    assert svg.attributes["width"] == drawing.width == "350"


def test_a_drawing_is_read_from_a_page_as_it_was_drawn() -> None:
    wide, narrow = bars(600), bars(350)
    page = element(
        "figure",
        element("figcaption", '<svg role="img" width="1"></svg>'),
        wide.shown("bars-wide", SCRIPT, "Bars </desc>.", "wide"),
        narrow.shown("bars-narrow", SCRIPT, "Bars.", "narrow"),
    )

    assert [redrawn(held) for held in held_in(page)] == [wide, narrow]


SHAPES = '<g fill="none"><text x="3">soybeans</text><path d="M0,0h4v8"></path></g>'


@pytest.mark.parametrize(
    "shapes",
    [
        SHAPES + "<script>alert(1)</script>",
        SHAPES + '<image href="https://evil.example/x.png"></image>',
        SHAPES.replace("<text", '<text onclick="alert(1)"'),
        SHAPES.replace("<text", '<text style="background:url(https://evil.example)"'),
        SHAPES.replace('"none"', '"url(https://evil.example/#x)"'),
        SHAPES.replace('"none"', '"url(//evil.example/#x)"'),
        SHAPES.replace('"none"', "'none'"),
        SHAPES.replace("soybeans", "<!-- soybeans -->"),
    ],
)
def test_a_drawing_that_holds_anything_else_is_not_taken_from_a_page(shapes: str) -> None:
    assert redrawn(Held("350", "80.5", SHAPES)) == Drawing("350", "80.5", Markup(SHAPES))

    assert redrawn(Held("350", "80.5", shapes)) is None


CONVERTED = """
<svg xmlns="http://www.w3.org/2000/svg" width="350" height="80.5"
 viewBox="0 0 350 80" class="marks">
<style>text { fill: red }</style><rect width="350" height="80" fill="none" rx="2"/>
<g transform="translate(5,5)" stroke-miterlimit="10"><g></g><g>beans</g><g><image href="x"/></g>
<g clip-path="url(#clip0)"><path d="M0,0h0v0h0Z" fill="none"/><path aria-label="Goods"
 d="M1,2h3v4h0Z" fill="var(--gained)" fill-opacity="0.5" opacity="1" stroke="red" stroke-width="2"
 stroke-dasharray="4,3" stroke-opacity="0.25"/><path d="M0,1h0v0h0Z"/></g>
<line x1="1" x2="2" y1="3" y2="4" opacity="0.35"/><line display="none"/><line display="inline"/>
<text x="3" y="4" text-anchor="end" font-family="sans-serif" font-size="13.5px"
 font-weight="600" transform="rotate(90)">soy &amp; beans</text><text font-size="10px"></text>
</g></svg>"""


def test_what_the_library_draws_is_cleaned_as_reviewed(snapshot: SnapshotAssertion) -> None:
    drawing = read(CONVERTED)

    assert drawing.alone("Goods", "By day.") == snapshot(name="alone")
    assert drawing.shown("goods", "Goods", "By day.", "wide") == snapshot(name="in a page")

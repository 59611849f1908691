from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import SCRIPT, Seen, assert_harmless
from tracker.facts import Reading
from tracker.publish.drawing import Drawing, Held, charted, drawn, held_in, redrawn
from tracker.rules.series import series_of, tracks_of
from tracker.tables.markup import Markup, element
from tracker.vocabulary import Basis

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


@pytest.mark.parametrize(
    "mark", [*map(chr, range(32)), "\x7f", "\ud800", "\ufffe", "\uffff"], ids=repr
)
def test_a_control_character_in_a_chart_is_shown_and_ends_nothing(mark: str) -> None:
    """At some of them, the library ends the whole process."""
    values = {"values": [{"side": f"cus{mark}toms", f"co{mark}unt": 3}]}
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
        SHAPES.replace("soybeans", "soy\u202ebeans"),
        SHAPES.replace("soybeans", "soy & beans"),
        SHAPES.replace("soybeans", "<!-- soybeans -->"),
        SHAPES.replace("</g>", ""),
        SHAPES.replace("</g>", "</g></g>"),
        SHAPES[:-9],
    ],
)
def test_a_drawing_that_holds_anything_else_is_not_taken_from_a_page(shapes: str) -> None:
    assert redrawn(Held("350", "80.5", SHAPES)) == Drawing("350", "80.5", Markup(SHAPES))

    assert redrawn(Held("350", "80.5", shapes)) is None


@pytest.mark.parametrize("size", ["", "1e9", "100%", '1" onload="alert(1)', "٣"])
def test_a_drawing_of_no_size_is_not_taken_from_a_page(size: str) -> None:
    assert redrawn(Held(size, "80", SHAPES)) is None
    assert redrawn(Held("350", size, SHAPES)) is None


READINGS = st.lists(
    st.builds(
        Reading,
        entry=st.integers(1, 99),
        deadline=st.just("soybeans-2025"),
        counted_by=st.sampled_from(["USDA", "customs"]),
        basis=st.sampled_from([Basis.SOLD, Basis.ARRIVED]),
        value=st.decimals(0, 100, places=2),
        unit=st.just("MMT"),
        flow=st.booleans(),
        on=st.dates(date(2025, 11, 1), date(2025, 11, 9)),
        source=st.none(),
        place=st.just(()),
    ),
    unique_by=lambda reading: reading.entry,
)


@given(READINGS)
def test_a_track_ends_where_its_series_stands(readings: list[Reading]) -> None:
    ends = [track[-1] for track in tracks_of(readings)]
    assert ends == series_of(readings)


def test_a_track_holds_each_day_once_with_flows_added_up() -> None:
    def reading(entry: int, day: int, value: int, flow: bool) -> Reading:
        on = date(2025, 11, day)
        return Reading(
            entry, "soybeans-2025", "USDA", Basis.SOLD, Decimal(value), "MMT", flow, on, None
        )

    (track,) = tracks_of([reading(1, 3, 5, False), reading(2, 4, 2, True), reading(3, 9, 6, False)])
    assert [(one.through.day, one.delivered) for one in track] == [(3, 5), (4, 7), (9, 6)]

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import SCRIPT, Seen, assert_harmless
from tracker.facts import Reading
from tracker.publish.drawing import charted, draw
from tracker.rules.pace import series_of, tracks_of
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


def test_a_drawing_has_nothing_but_shapes_and_words() -> None:
    svg = draw(charted(600, BARS), "bars", SCRIPT, "Bars.", "wide")
    assert_harmless(svg)
    names = {one.name for one in Seen(svg).elements}
    assert names <= {"svg", "title", "desc", "g", "path", "line", "rect", "text"}
    assert SCRIPT in [one.text for one in Seen(svg).named("text")]
    attributes = {name for one in Seen(svg).elements for name in one.attributes}
    assert not attributes & {"style", "href", "xlink:href", "clip-path", "font-family"}


def test_the_same_chart_is_the_same_svg_each_time() -> None:
    first, second = (draw(charted(600, BARS), "bars", "Bars", "Bars.", "wide") for _ in range(2))
    assert first == second


def test_a_chart_is_as_wide_as_asked() -> None:
    svg = Seen(draw(charted(350, BARS), "bars", "Bars", "Bars.", "narrow")).named("svg")[0]
    assert svg.attributes["width"] == "350"


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

"""Bars, and the colours that they and the lines of charts have."""

import re
from itertools import combinations

import pytest

from tests.hostile import SCRIPT, Seen, assert_harmless
from tracker.tables.bars import _fitting, _key, bars, colour, in_words, shapes
from tracker.tables.page import style
from tracker.tables.report import Column, Section, table
from tracker.vocabulary import Bucket

GAINS = [("United States", 8, 2, 6), ("China", 5, 0, 1)]


def section_of(rows: list[tuple[str, int, int, int]]) -> Section:
    names = ("gained", "in part", "in doubt")
    columns = [Column("", lambda row: row[0])]
    columns += [
        Column(name, lambda row, at=at: str(row[at] or "–")) for at, name in enumerate(names, 1)
    ]  # type: ignore[misc]
    return table(columns, rows, "Who gained what")


def boxes(drawing: str) -> list[float]:
    """Return how wide each segment is, in percent."""
    found = Seen(drawing).named("rect")
    return [
        float(str(one.attributes["width"]).removesuffix("%"))
        for one in found
        if one.attributes["height"] == "28"
    ]


def test_a_segment_is_as_wide_as_its_count_and_the_longest_bar_fills_the_drawing() -> None:
    wide, narrow = bars(section_of(GAINS), "bars")

    assert boxes(wide) == [50, 12.5, 37.5, 31.25, 6.25]
    assert sum(boxes(narrow)[:3]) == 100


def test_bars_are_as_wide_as_their_page_and_their_letters_are_never_scaled() -> None:
    for drawing in bars(section_of(GAINS), "bars"):
        attributes = Seen(drawing).named("svg")[0].attributes
        assert attributes["width"] == "100%"
        assert "viewbox" not in {name.lower() for name in attributes}


def test_a_key_names_every_segment_that_shows_only_a_number() -> None:
    wide, _ = bars(section_of([("United States", 60, 40, 0), ("China", 1, 1, 2)]), "bars")

    words = [one.text for one in Seen(wide).named("text")]
    assert words[-3:] == ["gained", "in part", "in doubt"]


def test_a_segment_says_what_it_counts_and_a_key_what_has_no_room() -> None:
    wide, narrow = bars(section_of([("United States", 30, 2, 1)]), "bars")

    assert {"30 gained", "2", "in part", "1", "in doubt"} <= {
        one.text for one in Seen(wide).named("text")
    }
    assert "United States: 30 gained, 2 in part, 1 in doubt." in narrow


def test_a_side_that_got_nothing_has_no_bar() -> None:
    section = section_of([("United States", 3, 0, 0), ("China", 0, 0, 0)])

    assert len(boxes(bars(section, "bars")[0])) == 1
    assert in_words(section) == "United States: 3 gained. China: none."
    assert boxes(bars(section_of([("China", 0, 0, 0)]), "bars")[0]) == []


def test_a_hostile_name_is_shown_and_cut() -> None:
    for drawing in bars(section_of([(SCRIPT * 9, 1, 2, 3)]), "bars"):
        assert_harmless(drawing)
        assert all(len(one.text) < 120 for one in Seen(drawing).named("text"))


@pytest.mark.parametrize(
    ("room", "words"), [(65.2, "3 gained"), (65.1, "3"), (13.4, "3"), (13.3, "")]
)
def test_a_segment_s_words_have_three_pixels_on_both_sides(room: float, words: str) -> None:
    assert _fitting("gained", 3, room) == words


@pytest.mark.parametrize(
    ("row", "at", "words"),
    [((568, 81, 0), 0, "81"), ((560, 80, 0), 0, "80 in part"),
     ((7, 0, 24), 1, "7"), ((16, 0, 6), 1, "16 gained")],
)  # fmt: skip
def test_words_fit_into_the_least_width_of_their_screen(
    row: tuple[int, int, int], at: int, words: str
) -> None:
    drawing = bars(section_of([("United States", *row)]), "bars")[at]

    assert words in {one.text for one in Seen(drawing).named("text")}


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (157, [["gained", "lost"], ["in part"]]),
        (141, [["gained"], ["lost"], ["in part"]]),
        (227.8, [["gained", "lost", "in part"]]),
        (227.7, [["gained", "lost"], ["in part"]]),
        (10, [["gained"], ["lost"], ["in part"]]),
    ],
)
def test_a_key_takes_as_many_lines_as_it_needs(width: int, lines: list[list[str]]) -> None:
    made = [*_key(["gained", "lost", "in part"], width)]

    assert [[name for name, _ in line] for line in made] == lines
    assert {line[0][1] for line in made} == {0}
    assert [*_key([], width)] == []


@pytest.mark.parametrize(
    ("name", "shown"), [("Sinograins", "Sinograins"), ("Sinograin 2", "Sinograin…")]
)
def test_a_name_has_room_up_to_the_total(name: str, shown: str) -> None:
    (drawn,), _ = shapes(section_of([(name, 0, 0, 0)]), 130)

    assert [one.text for one in Seen(drawn).named("text")] == [shown, "0"]


def test_a_very_thin_segment_has_a_thinner_outline() -> None:
    section = section_of([("United States", 199, 1, 0), ("China", 1, 2, 0)])

    (many, few, _), _ = shapes(section, 640)

    outlines = [one.attributes["stroke-width"] for one in Seen(many + few).named("rect")]
    assert outlines == ["1", "0.5", "0.5", "1"]


# --- colours ------------------------------------------------------------------------------------

# How somebody without red or without green cones sees linear RGB (Machado, 2009).
SIGHTS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}
LINES = [f"line-{number}" for number in range(1, 7)]


def palettes() -> list[dict[str, str]]:
    """Return the colours of the style, light and dark."""
    light, dark = re.findall(r":root \{(.*?)\}", style(), re.DOTALL)[:2]
    return [dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", one)) for one in (light, dark)]


def seen(code: str, sight: str) -> tuple[float, ...]:
    """Return a colour as somebody sees it, in steps that look alike (CIE Lab)."""
    rgb = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in rgb]
    linear = [sum(f * one for f, one in zip(row, linear, strict=True)) for row in SIGHTS[sight]]
    weights = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [
        max(sum(f * one for f, one in zip(row, linear, strict=True)) / whole, 0)
        for row, whole in zip(weights, white, strict=True)
    ]
    x, y, z = [one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in xyz]
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, sight: str) -> float:
    """Return how far two colours are from each other."""
    pairs = zip(seen(one, sight), seen(other, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_neighbours_in_a_bar_are_told_apart_whoever_looks(
    palette: dict[str, str], sight: str
) -> None:
    codes = {bucket: palette[colour(bucket)[6:-1]] for bucket in Bucket}
    near = {(one, other): apart(codes[one], codes[other], sight)
            for one, other in zip(Bucket, [*Bucket][1:], strict=False)}  # fmt: skip

    assert {pair: far for pair, far in near.items() if far < 12} == {}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_lines_are_told_apart_whoever_looks_and_none_is_as_today(
    palette: dict[str, str], sight: str
) -> None:
    near = {(one, other): apart(palette[one], palette[other], sight)
            for one, other in combinations([*LINES, "mark"], 2)}  # fmt: skip

    assert {pair: far for pair, far in near.items() if far < 12} == {}

"""The colours of statuses, and those of the lines of charts."""

from itertools import combinations, pairwise

import pytest

from tracker.publish.charts import colours as by_screen
from tracker.vocabulary import Status

# How somebody without red or without green cones sees linear RGB (Machado, 2009).
SIGHTS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}
LINES = [f"line-{number}" for number in range(1, 7)]


def palettes() -> list[dict[str, str]]:
    """Return the colours of charts, on light and on dark screens; outlines have the paper's."""
    found = []
    for colours in by_screen():
        codes = {name: code.removeprefix("#") for name, code in colours.items()}
        outlines = dict.fromkeys(("promised", "negotiating"), codes["paper"])
        found.append({**codes, **outlines})
    return found


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
def test_neighbours_in_a_stack_are_told_apart_whoever_looks(
    palette: dict[str, str], sight: str
) -> None:
    codes = {status: palette[status.replace(" ", "-")] for status in Status}
    near = {(one, other): apart(codes[one], codes[other], sight) for one, other in pairwise(Status)}
    del near[Status.PROMISED, Status.NEGOTIATING]  # outlines, of which one is dashed

    assert {pair: far for pair, far in near.items() if far < 12} == {}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_lines_are_told_apart_whoever_looks_and_none_is_as_today(
    palette: dict[str, str], sight: str
) -> None:
    near = {(one, other): apart(palette[one], palette[other], sight)
            for one, other in combinations([*LINES, "mark"], 2)}  # fmt: skip

    assert {pair: far for pair, far in near.items() if far < 12} == {}

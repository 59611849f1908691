"""The preview picture of a week for links on other sites: headline and distribution."""

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from tracker.publish.drawing import NO_XML, XMLNS, converter, one_line
from tracker.reports.frame import plural
from tracker.reports.tally import COUNTED
from tracker.tables.bars import shapes
from tracker.tables.markup import Markup, element
from tracker.tables.page import painted
from tracker.tables.report import Section

WIDTH, HEIGHT, MARGIN, BELOW = 1200, 630, 70, 40
ROOM = WIDTH - 2 * MARGIN
SIZES = {60: 2, 50: 3, 42: 4}
"""The sizes of a headline, each with its maximum number of lines."""
NOTE = 18
"""The size of the line below the bars, and its distance from the bottom."""
KICKER, LETTERS = 26, 156
"""The size of the line above the headline, if there is room, and its maximum of letters."""
SIDES = 3
"""How many sides are shown."""
SCALES = (2, 1.7, 1.4, 1.1)
"""How much larger bars are than on a page, if there is room."""
FONT = "Liberation Sans"
"""The font that comes with the library: any other may be missing on a machine."""
WIDTH_OF = {
    letter: width
    for width, letters in {
        0.28: " ',./I\\ijl|‘’",
        0.34: "!()-:;[]`ft·",
        0.4: "*r{}",
        0.56: '"#$0123456789J_aceksvxyz–“”€',
        0.62: "+<=>?FLTZ^bdghnopqu~×",
        0.73: "&ABCDEHKNPRSUVXY",
        0.78: "GOQw",
    }.items()
    for letter in letters
}
"""The width of letters in bold, in parts of their size; that of all others is at most 1."""


class Card(NamedTuple):
    """The content of a picture."""

    kicker: str
    headline: str
    gains: Section | None

    def png(self) -> bytes | None:
        """Return the picture; None if the library cannot draw it."""
        try:
            drawn: bytes = converter().svg_to_png(self.svg())
        except ValueError:
            return None
        return drawn

    def svg(self) -> str:
        """Return the drawing in the colours of a light page."""
        kicker = one_line(self.kicker)[:LETTERS]
        size, lines = _set(one_line(self.headline))
        below = MARGIN + 60 + len(lines) * (size + 8)
        drawn = [
            element("rect", width=WIDTH, height=HEIGHT, fill="var(--paper)"),
            element("rect", width=WIDTH, height=10, fill="var(--mark)"),
            _text(kicker, MARGIN, min(KICKER, ROOM / (_ends(kicker) or [1])[-1]), "var(--soft)"),
            *(_text(line, MARGIN + 30 + (at + 1) * (size + 8), size, "var(--ink)", 700)
              for at, line in enumerate(lines)),
            *self._bars(below),
        ]  # fmt: skip
        svg = element("svg", *drawn, xmlns=XMLNS, width=WIDTH, height=HEIGHT, font_family=FONT)
        return NO_XML.sub("\ufffd", painted(svg))

    def _bars(self, top: int) -> Iterator[Markup]:
        """Yield the bars, as large as there is room for."""
        if self.gains is None or not self.gains.cells:
            return
        gains = self.gains._replace(cells=self.gains.cells[:SIDES])
        for scale in SCALES:
            room = int(ROOM / scale)
            drawn, height = shapes(gains, room)
            high = int(height * scale)
            if top + high <= HEIGHT - BELOW:
                break
        yield element("svg", *drawn, x=MARGIN, y=max(top, HEIGHT - BELOW - high), width=ROOM,
                      height=high, viewBox=f"0 0 {room} {height}")  # fmt: skip
        rest = len(self.gains.cells) - SIDES
        others = f"{rest} {plural(rest, 'other is', 'others are')} not shown. " if rest > 0 else ""
        yield _text(f"{others}{COUNTED}", HEIGHT - NOTE, NOTE, "var(--soft)")


def _set(headline: str) -> tuple[int, list[str]]:
    """Return a headline's size and lines, the last one cut if even the smallest are too many."""
    for size, most in SIZES.items():
        lines = [*islice(_lines(headline, ROOM / size), most + 1)]
        if len(lines) <= most:
            return size, lines
    last = next(_lines(lines[-2], ROOM / size - 1.3))
    return size, [*lines[:-2], f"{last} …"]


def _lines(words: str, room: float) -> Iterator[str]:
    """Yield the lines of a text; `room` is their width, in parts of the letters' size."""
    while words:
        fit = bisect(_ends(words), room)
        at = words.rfind(" ", 0, fit + 1) if fit < len(words) else fit
        yield words[: at if at > 0 else fit]
        words = words[at if at > 0 else fit :].lstrip()


def _ends(words: str) -> list[float]:
    """Return where each letter ends, in parts of the letters' size."""
    return [*accumulate(WIDTH_OF.get(letter, 1) for letter in words)]


def _text(words: str, y: int, size: float, fill: str, weight: int = 400) -> Markup:
    return element("text", words, x=MARGIN, y=y, font_size=f"{size:.4g}", fill=fill,
                   font_weight=weight)  # fmt: skip

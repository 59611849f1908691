"""The preview picture of a week for links on other sites: headline and distribution."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.publish.drawing import NO_XML, XMLNS, converter, one_line
from tracker.reports.frame import plural
from tracker.reports.tally import COUNTED
from tracker.tables.bars import shapes
from tracker.tables.markup import Markup, element
from tracker.tables.page import painted
from tracker.tables.report import Section
from tracker.tables.widths import wrapped

WIDTH, HEIGHT, MARGIN, BELOW = 1200, 630, 70, 40
ROOM = WIDTH - 2 * MARGIN
SIZE, COLUMNS, LINES = 42, 36, 4
"""The size of a headline, and how many columns and lines of letters fit into the picture."""
NOTE = 18
"""The size of the line below the bars, and its distance from the bottom."""
KICKER, KICKER_COLUMNS = 22, 90
"""The size of the line above the headline, and how many columns fit into it."""
SIDES = 3
"""How many sides are shown."""
BARS = 600
"""The width for which bars are laid out, before they are enlarged to the room that is left."""
FONT = "Liberation Sans"
"""The font that comes with the library: any other may be missing on a machine."""


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
        lines = _lines(self.headline, COLUMNS)
        if len(lines) > LINES:
            lines = [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]
        below = MARGIN + 60 + len(lines) * (SIZE + 8)
        drawn = [
            element("rect", width=WIDTH, height=HEIGHT, fill="var(--paper)"),
            element("rect", width=WIDTH, height=10, fill="var(--mark)"),
            _text(_lines(self.kicker, KICKER_COLUMNS)[0], MARGIN, KICKER, "var(--soft)"),
            *(_text(line, MARGIN + 30 + at * (SIZE + 8), SIZE, "var(--ink)", 700)
              for at, line in enumerate(lines, 1)),
            *self._bars(below),
        ]  # fmt: skip
        svg = element("svg", *drawn, xmlns=XMLNS, width=WIDTH, height=HEIGHT, font_family=FONT)
        return NO_XML.sub("\ufffd", painted(svg))

    def _bars(self, top: int) -> Iterator[Markup]:
        """Yield the bars of the first sides, as large as there is room for."""
        if self.gains is None or not self.gains.cells:
            return
        drawn, height = shapes(self.gains._replace(cells=self.gains.cells[:SIDES]), BARS)
        yield element("svg", *drawn, x=MARGIN, y=top, width=ROOM, height=HEIGHT - BELOW - top,
                      preserveAspectRatio="xMinYMax", viewBox=f"0 0 {BARS} {height}")  # fmt: skip
        rest = len(self.gains.cells) - SIDES
        others = f"{rest} {plural(rest, 'other is', 'others are')} not shown. " if rest > 0 else ""
        yield _text(f"{others}{COUNTED}", HEIGHT - NOTE, NOTE, "var(--soft)")


def _lines(words: str, columns: int) -> list[str]:
    return wrapped(one_line(words), columns).split("\n")


def _text(words: str, y: int, size: int, fill: str, weight: int = 400) -> Markup:
    return element("text", words, x=MARGIN, y=y, font_size=size, fill=fill,
                   font_weight=weight)  # fmt: skip

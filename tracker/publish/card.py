"""The preview picture of a week for links on other sites: headline and distribution."""

from textwrap import wrap
from typing import NamedTuple

from tracker.publish.drawing import NO_XML, XMLNS, converter, one_line
from tracker.tables.bars import KEY, ROW, WIDTHS, bars
from tracker.tables.markup import Markup, element
from tracker.tables.page import painted
from tracker.tables.report import Section

WIDTH, HEIGHT, MARGIN = 1200, 630, 70
LETTERS, LINES, SIZE = 40, 4, 50
"""The headline's letters per line, number of lines, and height of a line."""
KICKER = 78
"""The letters that fit above the headline in full size; more of them are smaller."""
SANS = "sans-serif"
SIDES = 3
"""How many sides are shown."""


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
        lines = wrap(one_line(self.headline), LETTERS, max_lines=LINES, placeholder=" …")
        kicker = one_line(self.kicker)[: 2 * KICKER]
        size = SIZE if len(lines) > 2 else SIZE + 12
        below = MARGIN + 45 + len(lines) * (size + 8)
        shapes = [
            element("rect", width=WIDTH, height=HEIGHT, fill="var(--paper)"),
            element("rect", width=WIDTH, height=10, fill="var(--mark)"),
            _text(kicker, MARGIN, 26 * KICKER // max(KICKER, len(kicker)), SANS, "var(--soft)"),
            *(_text(line, MARGIN + 30 + (at + 1) * (size + 8), size, "serif", "var(--ink)", 600)
              for at, line in enumerate(lines)),
            *self._bars(below),
        ]  # fmt: skip
        svg = element("svg", *shapes, xmlns=XMLNS, width=WIDTH, height=HEIGHT, font_family=SANS)
        return NO_XML.sub("\ufffd", painted(svg))

    def _bars(self, top: int) -> list[Markup]:
        if self.gains is None or not self.gains.cells:
            return []
        wide, _ = bars(self.gains._replace(cells=self.gains.cells[:SIDES]), "card")
        scale = (WIDTH - 2 * MARGIN) / WIDTHS["wide"]
        rows = len(self.gains.cells[:SIDES])
        top = max(top, HEIGHT - MARGIN - int(scale * (ROW * rows + KEY)))
        return [element("g", wide, transform=f"translate({MARGIN} {top}) scale({scale:.3f})")]


def _text(words: str, y: int, size: int, font: str, fill: str, weight: int = 400) -> Markup:
    return element("text", words, x=MARGIN, y=y, font_size=size, font_family=font, fill=fill,
                   font_weight=weight)  # fmt: skip

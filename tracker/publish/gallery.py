"""The drawings of a site: each is made once, and none that the site before holds."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from tracker.publish import drawing
from tracker.publish.drawing import Drawing, Held, charted, converter, drawn, redrawn
from tracker.publish.hand import Hand

if TYPE_CHECKING:
    from hashlib import _Hash

PROGRAM = Path(drawing.__file__).read_text("utf-8")
"""What cleans a drawing: another program may do it otherwise."""

LETTERS = "Handgloves 0123456789 Ωμέγα Щит 農產品 نفط"
SAMPLE = {
    "data": {"values": [{"words": LETTERS}]},
    "mark": "point",
    "encoding": {"color": {"field": "words", "type": "nominal", "legend": {"labelLimit": 0}}},
}
"""What is drawn in another way where other fonts are installed."""

KEY = 22
"""Digits of a key: 88 bits."""


class Hung(NamedTuple):
    """A drawing, and the key that tells it from those of any other chart, program or fonts.

    There is none of a chart that cannot be drawn.
    """

    key: str
    drawing: Drawing | None


class Gallery:
    """Draws charts while the pages that show them are written, on all cores but one.

    `held` returns the drawings of the site before, by their keys.
    """

    def __init__(self, held: Callable[[], Mapping[str, Held]], cores: int = 1) -> None:
        self._held = held
        self._hands = [Hand() for _ in range(cores)] if cores > 1 else []
        self._free = [*self._hands]
        self._pool = ThreadPoolExecutor(len(self._hands)) if self._hands else None
        self._begun: dict[str, Future[Hung]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.stop()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        for hand in self._hands:
            hand.close()

    def begin(self, charts: Iterable[str]) -> None:
        """Draw charts from now on, each once."""
        for chart in charts:
            if chart not in self._begun:
                self._begun[chart] = (
                    self._pool.submit(self._hung, chart) if self._pool else Future()
                )

    def hung(self) -> dict[str, Hung]:
        """Return the drawing of each chart; what others have not begun, this process draws."""
        return {
            chart: one.result() if self._pool else self._hung(chart)
            for chart, one in self._begun.items()
        }

    def _hung(self, chart: str) -> Hung:
        """Return the drawing that the site before has of a chart, if it can be trusted, or draw."""
        held, tool = self._before
        digest = tool.copy()
        digest.update(chart.encode())
        key = digest.hexdigest()[:KEY]
        earlier = redrawn(held[key]) if key in held else None
        return Hung(key, earlier or self._drawn(chart))

    @cached_property
    def _before(self) -> tuple[Mapping[str, Held], "_Hash"]:
        """What the site before holds, and the digest of what draws now."""
        sample = self._drawn(charted(100, SAMPLE))
        tool = PROGRAM, converter().__version__, sample.shapes if sample else ""
        return self._held(), sha256("\n".join(tool).encode())

    def _drawn(self, chart: str) -> Drawing | None:
        try:
            hand = self._free.pop()
        except IndexError:
            return drawn(chart)
        try:
            return hand.drawn(chart)
        finally:
            self._free.append(hand)

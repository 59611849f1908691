"""The drawings of a site: each is made once, or taken from the previous site."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Self

from tracker.publish import drawing
from tracker.publish.drawing import Drawing, Held, converter, drawn, redrawn
from tracker.publish.worker import Worker

if TYPE_CHECKING:
    from hashlib import _Hash

PROGRAM = Path(drawing.__file__).read_text("utf-8")
"""The code that cleans drawings, as another version may do it differently."""

KEY = 22
"""The number of digits of a key: 88 bits."""


class Hung(NamedTuple):
    """A drawing, and the key that distinguishes it by chart and program.

    The drawing is None if the chart cannot be drawn.
    """

    key: str
    drawing: Drawing | None


class Gallery:
    """Draws charts while their pages are being written, with one process per core.

    On a single core this process draws them at the end. `held` returns the drawings of the previous
    site, by key.
    """

    def __init__(self, held: Callable[[], Mapping[str, Held]], cores: int = 1) -> None:
        self._held = held
        self._workers = [Worker() for _ in range(cores)] if cores > 1 else []
        self._free = [*self._workers]
        self._pool = ThreadPoolExecutor(len(self._workers)) if self._workers else None
        self._begun: dict[str, Callable[[], Hung]] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def begin(self, charts: Iterable[str]) -> None:
        """Start to draw charts, each only once."""
        for chart in charts:
            if chart not in self._begun:
                drawing = partial(self._hung, chart)
                self._begun[chart] = self._pool.submit(drawing).result if self._pool else drawing

    def hung(self) -> dict[str, Hung]:
        """Return the drawing of each chart, when all of them are drawn."""
        return {chart: drawing() for chart, drawing in self._begun.items()}

    def _hung(self, chart: str) -> Hung:
        """Return a chart's drawing: the previous site's if it can be trusted, or a new one."""
        with self._lock:  # the first of several threads looks this up for all
            held, tool = self._before
        digest = tool.copy()
        digest.update(chart.encode())
        key = digest.hexdigest()[:KEY]
        earlier = redrawn(held[key]) if key in held else None
        return Hung(key, earlier or self._drawn(chart))

    @cached_property
    def _before(self) -> tuple[Mapping[str, Held], "_Hash"]:
        """The previous site's drawings, and the digest of the current program."""
        tool = PROGRAM, converter().__version__
        return self._held(), sha256("\n".join(tool).encode())

    def _drawn(self, chart: str) -> Drawing | None:
        try:
            worker = self._free.pop()
        except IndexError:
            return drawn(chart)
        try:
            return worker.drawn(chart)
        finally:
            self._free.append(worker)

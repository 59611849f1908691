"""The drawings of a site: each is made once, or taken from the previous site."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Self
from xml.etree import ElementTree

from tracker.publish import drawing
from tracker.publish.drawing import Drawing, Held, converter, drawn, read, redrawn

SOURCE = Path(drawing.__file__).read_text("utf-8")
"""The code that cleans drawings, as another version may do it differently."""

KEY = 22
"""The number of digits of a key: 88 bits."""

PROGRAM = """
import json, sys, vl_convert
for chart in sys.stdin:
    try:
        svg = vl_convert.vegalite_to_svg(chart, allowed_base_urls=[])
    except ValueError:
        svg = ""
    print(json.dumps(svg), flush=True)
"""


class Gallery:
    """Draws charts while their pages are being written, with one process per core.

    What they leave over is drawn by this process at the end: everything on a single core, or if
    they fail. `held` are the drawings of the previous site, by key.
    """

    def __init__(self, held: Mapping[str, Held], cores: int = 1) -> None:
        self._held = held
        self._tool = sha256(f"{SOURCE}\n{converter().__version__}".encode())
        self.keys: dict[str, str] = {}
        """What distinguishes each chart, drawn by this program, from others."""
        self._drawn: dict[str, Drawing | None] = {}
        self._waiting = SimpleQueue[str | None]()
        self._cores = cores
        self._threads: list[Thread] = []
        self._processes: list[subprocess.Popen[str]] = []
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped = True
        for process in self._processes:
            process.kill()
        self._end()

    def begin(self, charts: Iterable[str]) -> None:
        """Start to draw charts, each only once, and only if the previous site does not have it."""
        for chart in charts:
            if chart in self.keys:
                continue
            key = self.keys[chart] = self._key(chart)
            if key in self._held and (earlier := redrawn(self._held[key])):
                self._drawn[chart] = earlier
            else:
                self._waiting.put(chart)
                if self._cores > 1 and not self._threads:
                    self._start()

    def drawings(self) -> Mapping[str, Drawing | None]:
        """Return each chart's drawing when all are drawn; None for what cannot be drawn."""
        self._end()
        for chart in self.keys:
            if chart not in self._drawn:
                self._drawn[chart] = drawn(chart)
        return self._drawn

    def _key(self, chart: str) -> str:
        digest = self._tool.copy()
        digest.update(chart.encode())
        return digest.hexdigest()[:KEY]

    def _start(self) -> None:
        self._threads = [Thread(target=self._draw) for _ in range(self._cores)]
        for thread in self._threads:
            thread.start()

    def _draw(self) -> None:
        """Have a process draw the waiting charts, until it fails or no more charts come."""
        with (
            suppress(OSError, ValueError, ElementTree.ParseError),
            subprocess.Popen(
                [sys.executable, "-P", "-c", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="ascii",
            ) as process,
        ):
            self._processes.append(process)
            asked, answered = process.stdin, process.stdout
            assert asked is not None
            assert answered is not None
            while (chart := self._waiting.get()) and not self._stopped:
                print(chart, file=asked, flush=True)
                svg = json.loads(answered.readline())
                self._drawn[chart] = read(svg) if svg else None

    def _end(self) -> None:
        """Wait for the processes to draw what is waiting, and end them."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

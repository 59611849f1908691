"""A process that draws charts, as the library allocates so much memory."""

import json
import subprocess
import sys
from contextlib import suppress
from xml.etree import ElementTree

from tracker.publish.drawing import Drawing, drawn, read

PROGRAM = """
import json, sys, vl_convert
for chart in sys.stdin:
    try:
        svg = vl_convert.vegalite_to_svg(chart, allowed_base_urls=[])
    except ValueError:
        svg = ""
    print(json.dumps(svg), flush=True)
"""


class Worker:
    """Draws charts one by one; if its process fails, the calling process draws."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def drawn(self, chart: str) -> Drawing | None:
        """Return a chart's drawing; None if the library cannot draw it."""
        try:
            svg = self._asked(chart)
            return read(svg) if svg else None
        except (OSError, ValueError, ElementTree.ParseError):
            return None if self._stopped else drawn(chart)

    def stop(self) -> None:
        """Abandon the current chart and stop drawing."""
        self._stopped = True
        if self._process:
            self._process.kill()

    def close(self) -> None:
        """End the process."""
        self.stop()
        if self._process:
            with suppress(BrokenPipeError), self._process:
                pass

    def _asked(self, chart: str) -> str:
        if self._stopped:
            raise BrokenPipeError
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="ascii",
            )
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(f"{chart}\n")
        asked.flush()
        svg: str = json.loads(answered.readline())
        return svg

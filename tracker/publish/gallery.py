"""The drawings of a site: each is made once, and none that the site before holds."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.publish import drawing
from tracker.publish.drawing import Drawing, Held, charted, converter, drawn, read, redrawn

PROGRAM = Path(drawing.__file__).read_text("utf-8")
"""What cleans a drawing: another program may do it otherwise."""

WORTH_IT = 200
"""Charts from which on further processes save more time than they take to start."""

APART = """
import json, sys, vl_convert
for chart in sys.stdin:
    print(json.dumps(vl_convert.vegalite_to_svg(chart, allowed_base_urls=[])))
"""

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


def hung(charts: Iterable[str], held: Mapping[str, Held], cores: int = 1) -> dict[str, Hung]:
    """Return the drawing of each chart, on so many cores; `held` has earlier ones by their keys."""
    distinct = dict.fromkeys(charts)
    if not distinct:
        return {}
    keys = dict(zip(distinct, _keys(distinct), strict=True))
    found = {chart: redrawn(held[key]) for chart, key in keys.items() if key in held}
    lacking = [chart for chart in keys if found.get(chart) is None]
    made = dict(zip(lacking, _on_cores(lacking, cores), strict=True))
    return {chart: Hung(key, found.get(chart) or made.get(chart)) for chart, key in keys.items()}


def _keys(charts: Iterable[str]) -> Iterator[str]:
    sample = drawn(charted(100, SAMPLE))
    tool = PROGRAM, converter().__version__, sample.shapes if sample else ""
    begun = sha256("\n".join(tool).encode())
    for chart in charts:
        key = begun.copy()
        key.update(chart.encode())
        yield key.hexdigest()[:KEY]


def _on_cores(charts: Sequence[str], cores: int) -> list[Drawing | None]:
    """Draw charts; of n processes, this one among them, each draws every nth."""
    shares = cores if len(charts) >= WORTH_IT else 1
    with ThreadPoolExecutor() as pool:
        apart = pool.map(_apart, (charts[at::shares] for at in range(1, shares)))
        own = [drawn(chart) for chart in charts[::shares]]
        shared = [own, *apart]
    return [shared[at % shares][at // shares] for at in range(len(charts))]


def _apart(charts: Sequence[str]) -> list[Drawing | None]:
    """Draw charts in another process; those that it does not draw, in this one."""
    command = [sys.executable, "-P", "-c", APART]
    try:
        made = subprocess.run(
            command, input="\n".join(charts), capture_output=True, encoding="ascii"
        )
        drawings = [read(json.loads(line)) for line in made.stdout.splitlines()]
    except (OSError, ValueError):
        drawings = []
    return [*drawings, *(drawn(chart) for chart in charts[len(drawings) :])]

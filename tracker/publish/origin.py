"""The origin of a site: the program, the book and the clocks, which determine its bytes."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tracker.publish.drawing import converter
from tracker.reports.view import View

SOURCES = frozenset({".py", ".sql", ".css"})


def origin(view: View, base: str) -> str:
    """Return the identity of a view's site; `base` is its address."""
    parts = (program(), *view.state, view.clocks.as_of, view.clocks.to_come, view.agreement, base)
    return sha256(" ".join(map(str, parts)).encode()).hexdigest()


@cache
def program() -> str:
    """Return the identity of this program: its sources, and the libraries that it writes with.

    Its version is not enough, as it stays the same during development.
    """
    versions = sys.version, version("icalendar"), converter().__version__
    found = sha256(" ".join(versions).encode())
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.suffix in SOURCES:
            found.update(path.read_bytes())
    return found.hexdigest()

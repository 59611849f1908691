"""What a site is made of: the program, the book and the clocks; of the same comes the same."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tracker.publish.drawing import converter
from tracker.reports.view import View

SOURCES = frozenset({".py", ".sql", ".css"})


def origin(view: View, base: str = "") -> str:
    """Return what tells the site of a view from that of any other; `base` is where it will be."""
    parts = (program(), *view.state, view.clocks.as_of, view.agreement, base)
    return sha256(" ".join(map(str, parts)).encode()).hexdigest()


@cache
def program() -> str:
    """Return what tells this program from any other: its own sources, and what it writes with.

    Its version does not, while somebody works on it.
    """
    versions = sys.version, version("icalendar"), converter().__version__
    found = sha256(" ".join(versions).encode())
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.suffix in SOURCES:
            found.update(path.read_bytes())
    return found.hexdigest()

"""The picture of a terminal in the README, by rich: the week when two promises were overtaken."""

import io
import re
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from tracker import Book
from tracker.tables import Surface, render

WEEK = "2026-W08"
FONTS = re.compile(r"\s*@font-face {.*?}", re.DOTALL)
"""What would load fonts from elsewhere."""


def svg() -> str:
    """Return what the week looks like in a terminal."""
    with TemporaryDirectory() as folder:
        book = Book(f"{folder}/b", today="2026-11-01")
        book.init("busan-truce")
        week = book.week(WEEK, brief=True).report._replace(footer=())  # it has the moment
    console = Console(record=True, width=100, file=io.StringIO())
    console.print(Text.from_ansi(render(week, "text", Surface(100, colour=True)).rstrip()))
    return FONTS.sub("", console.export_svg(title=f"tracker week {WEEK} --brief", unique_id="week"))

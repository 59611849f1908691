"""The picture of a terminal in the README, by rich: the week when two promises were overtaken."""

import io
import os
import re
import subprocess
import sys
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

COLOURED = {**os.environ, "FORCE_COLOR": "1", "NO_COLOR": ""}
WEEK = ["week", "2026-W08", "--brief"]
FONTS = re.compile(r"\s*@font-face {.*?}", re.DOTALL)
"""What would load fonts from elsewhere."""


def svg() -> str:
    """Return what the week looks like in a terminal."""
    with TemporaryDirectory() as folder:
        tracker = [sys.executable, "-m", "tracker", "--today", "2026-11-01", "--db", f"{folder}/b"]
        for words in (["init", "busan-truce"], [*WEEK, "--width", "96"]):
            done = subprocess.run(
                [*tracker, *words], check=True, capture_output=True, text=True, env=COLOURED
            )
    console = Console(record=True, width=96, file=io.StringIO())
    console.print(Text.from_ansi(done.stdout.rsplit("\n\n", 1)[0]))  # its last line has the moment
    return FONTS.sub("", console.export_svg(title=f"tracker {' '.join(WEEK)}", unique_id="week"))

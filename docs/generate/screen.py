"""The picture of a terminal in the README: what a command prints, as SVG."""

import io
import re
from contextlib import redirect_stdout
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

COMMAND = "tracker week 2026-W08 --brief"
WIDTH = 96
"""Columns of the terminal."""
LETTER, LINE, EDGE = 8.43, 20, 20
"""How wide a letter is, how far apart lines are, and how much is left around them, in pixels."""
STYLES = {"1": "bold", "2": "dim", "31": "bad", "32": "good"}
STYLED = re.compile(r"\x1b\[(\d+)m(.*?)\x1b\[0m|([^\x1b]+)")


def picture() -> str:
    """Return the picture: the week in which two concessions became void."""
    shown = [f"\x1b[2m$\x1b[0m {COMMAND}", *_printed().rstrip().splitlines()[:-2]]
    width, height = round(WIDTH * LETTER + 2 * EDGE), LINE * len(shown) + 2 * EDGE
    lines = [
        f'<text x="{EDGE}" y="{EDGE + LINE * number}">{_spans(line)}</text>'
        for number, line in enumerate(shown, 1)
        if line
    ]
    return SVG.format(
        width=width,
        height=height,
        inner_width=width - 1,
        inner_height=height - 1,
        lines="\n".join(lines),
    )


def _printed() -> str:
    """Return what the command prints on a terminal, from a new book."""
    from tracker.cli.running import run

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    with TemporaryDirectory() as folder, patch.dict("os.environ", {"TRACKER_TODAY": "2026-11-01"}):
        book = str(Path(folder, "truce.db"))
        with redirect_stdout(out):
            run(["--db", book, "init", "busan-truce"])
            out.seek(0)
            out.truncate()
            words = COMMAND.split()[1:]
            run(["--db", book, *words, "--width", str(WIDTH), "--color", "always"])
        out.seek(0)
        return out.read()


def _spans(line: str) -> str:
    spans = []
    for style, styled, plain in STYLED.findall(line):
        text = escape(styled or plain, quote=False)
        spans.append(f'<tspan class="{STYLES[style]}">{text}</tspan>' if style else text)
    return "".join(spans)


SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>The week in a terminal: two concessions by the US became void, and four given in return \
are at risk</title>
<style>
rect {{ fill: #fbfbf9; stroke: #d0d0c8; }}
text {{ fill: #1d1d1b; white-space: pre;
  font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
.bold {{ font-weight: bold; }}
.dim {{ fill: #6b6b66; }}
.bad {{ fill: #a3202a; }}
.good {{ fill: #1f6f3d; }}
</style>
<rect x="0.5" y="0.5" width="{inner_width}" height="{inner_height}" rx="6"/>
{lines}
</svg>
"""

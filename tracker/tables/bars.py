"""Counts as bars on a page: one bar per row, one segment per column with a count.

Bars are as wide as the page allows, so their segments are in percent, while letters keep the
page's size.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.tables.markup import Markup, element
from tracker.tables.report import Cell, Section

WIDTHS = {"wide": 1000, "narrow": 350}
"""The widths of charts, by the CSS class that shows each."""
ROOM = {"wide": 640, "narrow": 288}
"""The least width of bars on each of these screens: words that fit into it always fit."""
THICK, ROW, KEY = 28, 62, 24
"""The heights of a bar, of a row with its name above the bar, and of a line of the key."""
LETTER, BOLD = 7.4, 9
"""The greatest width of a letter in a bar, and in a name."""


class Segment(NamedTuple):
    """A part of a bar: its column, its place and its count."""

    name: str
    start: float
    """In percent of the drawing's width."""
    wide: float
    """In percent too."""
    counted: int
    words: str
    """The text that fits in it: the count with its name, the count alone, or nothing."""


def bars(section: Section, key: str, screens: Iterable[str] = tuple(ROOM)) -> list[Markup]:
    """Return a section's counts as drawings, one per screen; their ids begin with `key`."""
    return [_drawing(section, f"{key}-{name}", name) for name in screens]


def shapes(section: Section, room: int) -> tuple[list[Markup], int]:
    """Return the shapes of a drawing that is at least `room` wide, and its height."""
    most = max([1, *(sum(counts(section, cells).values()) for cells in section.cells)])
    rows = [[*_segments(section, cells, 100 / most, room)] for cells in section.cells]
    lacking = {one.name for row in rows for one in row if one.name not in one.words}
    lines = [*_key([head.text for head in section.headers if head.text in lacking], room)]
    drawn = [
        *(_row(cells[0].text, own, ROW * at, room)
          for at, (cells, own) in enumerate(zip(section.cells, rows, strict=True))),
        *(_key_line(line, ROW * len(rows) + KEY * at) for at, line in enumerate(lines)),
    ]  # fmt: skip
    return drawn, ROW * len(rows) + KEY * len(lines)


def counts(section: Section, cells: Sequence[Cell]) -> dict[str, int]:
    """Return a row's counts by column, leaving out zeros."""
    headers = [header.text for header in section.headers[1:]]
    return {
        name: int(cell.text)
        for name, cell in zip(headers, cells[1:], strict=True)
        if cell.text.isdecimal() and int(cell.text)
    }


def in_words(section: Section) -> str:
    """Return every count in words."""
    rows = ((cells[0].text, counts(section, cells)) for cells in section.cells)
    told = {name: ", ".join(f"{n} {of}" for of, n in own.items()) for name, own in rows}
    return " ".join(f"{name}: {words or 'none'}." for name, words in told.items())


def colour(name: str) -> str:
    """Return the name of a column's colour in the page's style."""
    return f"var(--{name.replace(' ', '-')})"


def _drawing(section: Section, key: str, of: str) -> Markup:
    drawn, height = shapes(section, ROOM[of])
    return element(
        "svg",
        element("title", section.title, id=f"{key}-title"),
        element("desc", in_words(section), id=f"{key}-desc"),
        *drawn,
        class_=of,
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        width="100%",
        height=height,
    )


def _segments(section: Section, cells: Sequence[Cell], one: float, room: int) -> Iterator[Segment]:
    """Yield the segments of a row; `one` is the width of one concession."""
    start = 0.0
    for name, count in counts(section, cells).items():
        wide = count * one
        yield Segment(name, start, wide, count, _fitting(name, count, wide * room / 100))
        start += wide


def _fitting(name: str, count: int, room: float) -> str:
    """Return the longest of a segment's texts for which it has room."""
    for words in (f"{count} {name}", str(count)):
        if len(words) * LETTER + 6 <= room:
            return words
    return ""


def _row(name: str, segments: Sequence[Segment], top: int, width: int) -> Markup:
    total = str(sum(one.counted for one in segments))
    room = int((width - 40) / BOLD)
    words = name if len(name) <= room else f"{name[: room - 1]}…"
    label = _text(words, "0", top + 18, fill="var(--ink)", font_weight="600", font_size=15)
    last = _text(total, "100%", top + 18, fill="var(--soft)", text_anchor="end", font_size=14)
    return element("g", label, last, *(_segment(one, top + 26) for one in segments))


def _segment(one: Segment, top: int) -> Markup:
    box = element("rect", x=f"{one.start:.2f}%", y=top, width=f"{one.wide:.2f}%", height=THICK,
                  fill=colour(one.name), stroke="var(--paper)",
                  stroke_width=f"{min(1, one.wide):.2g}")  # fmt: skip
    middle = f"{one.start + one.wide / 2:.2f}%"
    words = _text(one.words, middle, top + 19, fill="var(--on)", text_anchor="middle", font_size=13)
    return element("g", box, words) if one.words else box


def _key(names: Sequence[str], width: int) -> Iterator[list[tuple[str, float]]]:
    """Yield names, line by line, with their places."""
    line: list[tuple[str, float]] = []
    start = 0.0
    for name in names:
        wide = 34 + len(name) * LETTER
        if line and start + wide > width:
            yield line
            line, start = [], 0.0
        line.append((name, start))
        start += wide
    if line:
        yield line


def _key_line(line: Sequence[tuple[str, float]], top: int) -> Markup:
    parts = []
    for name, start in line:
        x, fill = f"{start:.2f}", colour(name)
        parts.append(element("rect", x=x, y=top + 4, width=12, height=12, fill=fill))
        x = f"{start + 18:.2f}"
        parts.append(_text(name, x, top + 15, fill="var(--ink)", font_size=13))
    return element("g", *parts)


def _text(words: str, x: str, y: int, **attributes: str | int) -> Markup:
    return element("text", words, x=x, y=y, **attributes)

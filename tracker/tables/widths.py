"""The width of text on a terminal, and how it is broken into lines."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tracker.tables.report import TIE, Column

UNEVEN = re.compile(
    r"[^\n\x20-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u2190-\u2194\u2212\u25b2\u25bc]"
)
"""Matches characters that may take zero columns or two; all others take one."""
MEASURED = 4_096
"""How many texts are remembered: a table's cells are measured twice, and many say the same."""

TOGETHER = re.compile(
    r"\d %|(?:\b\d{1,2} )?\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4}\b)?"
    r"|(?:\b(?:in|under) )?[^\s,;]{1,12} [→↔] (?:(?:in|under) )?[^\s,;]{1,12}"
)
"""Matches what is kept on one line: a date, a number with its percent sign, `China → US`."""


@lru_cache(MEASURED)
def width(text: str) -> int:
    """Return the width of the longest line of a text, in columns."""
    if text.isascii() and "\n" not in text:  # most cells
        return len(text)
    if UNEVEN.search(text) is None:
        return max(map(len, text.split("\n")))
    import wcwidth

    return max(wcwidth.wcswidth(line) for line in text.split("\n"))


@lru_cache(MEASURED)
def wrapped(text: str, room: int) -> str:
    """Return text in lines no wider than `room`, keeping its own line breaks.

    Words and dates that fit on a line are not broken; addresses never are, so that they can be
    copied.
    """
    if width(text) <= room:
        return text
    lines: list[str] = []
    for line in _tied(text).split("\n"):
        if UNEVEN.search(line) is None:
            from textwrap import wrap
        else:
            from wcwidth import wrap
        is_text = "://" not in line
        lines += wrap(line, room, break_on_hyphens=is_text, break_long_words=is_text) or [""]
    return "\n".join(lines)


@lru_cache(MEASURED)
def _tied(text: str) -> str:
    """Return a text with no-break spaces in what is kept on one line."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", TIE), text)


Rows = list[list[str]]
Bounds = list[tuple[int, int]]
"""How wide each column is at least and at most."""

COMFORT = 50
"""How wide a column of text is before it makes room for a spare one."""
SAMPLE = 100
"""How many rows of a table are sampled to divide the line between its columns."""
STEP = 3
"""How much a column is narrowed at a time."""
WIDEST = 4
"""A column is first cut to this many times the room: a note may have 100 kB."""
LONGEST_WORD = 30
"""A longer word does not limit how far a column is narrowed; it is broken, unless an address."""
NARROWEST = 8
"""No column of text is narrower, even where the table is then wider than the room."""


def with_room(rows: Rows, columns: Sequence[Column], room: int, gap: int) -> list[int]:
    """Return the places of the columns that have room beside each other.

    The spare ones are left out, the last one first, until the text of the others is comfortable.
    """
    wide = [
        gap + (min(most, COMFORT) if column.wraps else most)
        for column, most in zip(columns, map(_widest, zip(*rows, strict=True)), strict=True)
    ]
    kept = [*range(len(columns))]
    for at in reversed(range(len(columns))):
        if columns[at].spare and sum(wide[other] for other in kept) > room + gap:
            kept.remove(at)
    return kept


def pressed(rows: Rows, wraps: Sequence[bool], room: int) -> Rows:
    """Wrap columns to fit the room, narrowing those first where it costs the fewest lines.

    Words are broken only if nothing else helps.
    """
    for longest in (LONGEST_WORD, NARROWEST):
        bounds = _bounds(rows, wraps, longest)
        if sum(most for _, most in bounds) <= room:
            return rows
        widths = _shrunk([[*map(width, row)] for row in rows[:SAMPLE]], bounds, room)
        if sum(widths) <= room:
            break
    return [[wrapped(text, limit) for text, limit in zip(row, widths, strict=True)] for row in rows]


def _widest(texts: Iterable[str]) -> int:
    return max(map(width, texts))


def _bounds(rows: Rows, wraps: Sequence[bool], longest: int) -> Bounds:
    """Return how wide each column is, and how far it can be narrowed: to its longest word."""
    bounds = []
    for texts, may_wrap in zip(zip(*rows, strict=True), wraps, strict=True):
        most = least = _widest(texts)
        if may_wrap:
            least = min(longest, max(max(_lengths(text)) for text in {*texts}))
        bounds.append((least, most))
    return bounds


def _shrunk(taken: list[list[int]], bounds: Bounds, room: int) -> list[int]:
    """Narrow, step by step, the column that adds the fewest lines, until the table fits."""
    widths = [min(most, max(least, WIDEST * room)) for least, most in bounds]
    while (over := sum(widths) - room) > 0:
        narrower = []
        for at, (least, _) in enumerate(bounds):
            if widths[at] > least:
                to = max(least, widths[at] - min(STEP, over))
                narrower.append([*widths[:at], to, *widths[at + 1 :]])
        if not narrower:
            break
        widths = min(narrower, key=lambda widths: (_lines(taken, widths), max(widths)))
    return widths


def _lines(taken: list[list[int]], widths: list[int]) -> int:
    """Estimate how many lines rows take, as if words could be broken anywhere."""
    rooms = [max(room, 1) for room in widths]
    return sum(
        max(-(-cell // room) for cell, room in zip(row, rooms, strict=True)) for row in taken
    )


def _lengths(text: str) -> list[int]:
    """Return the widths of the parts that lines can be made of, as `wrapped` breaks the text."""
    if "-" in text:
        from textwrap import TextWrapper

        return [*map(width, TextWrapper.wordsep_re.split(_tied(text)))]
    # Not split() without an argument: it would split at no-break spaces.
    return [*map(width, _tied(text).replace("\n", " ").split(" "))]

"""The width of text on a terminal, and how it is broken into lines."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from math import inf

from tracker.tables.report import TIE

UNEVEN = re.compile(
    r"[^\n\x20-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u2190-\u2194\u2212\u25b2\u25bc]"
)
"""Matches characters that may take zero columns or two; all others take one."""
MEASURED = 4_096
"""How many texts are remembered: a table's cells are measured twice, and many say the same."""

TOGETHER = re.compile(
    r"\d %|(?:\b\d{1,2} )?\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4}\b)?"
)
"""Matches what is kept on one line: a date, and a number with its percent sign."""


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
def wrapped(text: str, room: int, hyphens: bool = False) -> str:
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
        is_address = "://" in line
        lines += wrap(
            line,
            room,
            break_on_hyphens=hyphens and not is_address,
            break_long_words=not is_address,
        ) or [""]
    return "\n".join(lines)


@lru_cache(MEASURED)
def _tied(text: str) -> str:
    """Return a text with no-break spaces in what is kept on one line."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", TIE), text)


Rows = list[list[str]]
Bounds = list[tuple[int, int]]
"""How wide each column is at least and at most."""

SAMPLE = 100
"""How many rows of a table are sampled to divide the line between its columns."""
FEW = 20
"""How many rows are sampled to choose between layouts."""
WORTH_IT = 0.75
"""Columns are written below the rows if the table then takes less than this share of its lines."""
HEADER_WEIGHT = 3
"""How many rows a broken header counts as, because it is read first."""
STEP = 3
"""How much a column is narrowed at a time."""
WIDEST = 4
"""A column is first cut to this many times the room: a note may have 100 kB."""
LONGEST_WORD = 30
"""A longer word does not limit how far a column is narrowed; it is broken, unless an address."""


def pressed(rows: Rows, wraps: Sequence[bool], room: int, *, headed: bool) -> Rows:
    """Wrap columns to fit the room, narrowing those first where it costs the fewest lines.

    Words are broken at their hyphens only if nothing else helps. The first row may be a header.
    """
    weighed = rows[:1] * (HEADER_WEIGHT - 1) + rows if headed else rows
    for hyphens in (False, True):
        bounds = _bounds(rows, wraps, hyphens)
        if sum(most for _, most in bounds) <= room:
            return rows
        widths = _shrunk(_measured(weighed[:SAMPLE]), bounds, room)
        if sum(widths) <= room:
            widths = _balanced(rows[:FEW], widths, bounds)
            break
    return [
        [wrapped(text, limit, hyphens) for text, limit in zip(row, widths, strict=True)]
        for row in rows
    ]


def fitting(rows: Rows, wraps: Sequence[bool], room: int, gap: int) -> list[int]:
    """Return the columns to show side by side; the others are written below each row.

    Columns that wrap are left out, the last one first, if that saves many lines. The others are
    left out only if a word would have to be broken. The very first one is always kept. The first
    row is the header.
    """
    bounds, taken = _bounds(rows, wraps), _measured(rows[:FEW])
    kept = [*range(len(wraps))]
    if sum(most for _, most in bounds) + gap * (len(kept) - 1) <= room:
        return kept
    best, fewest = kept[:1], inf
    for at in sorted(kept, key=lambda at: (at > 0, wraps[at], at), reverse=True):
        inner = room - gap * (len(kept) - 1)
        if sum(bounds[other][0] for other in kept) <= inner:
            lines = _lines_beside_and_below(taken, kept, bounds, inner)
            best, fewest = (kept, lines) if lines < WORTH_IT * fewest else (best, fewest)
            if not wraps[at]:
                break
        kept = [other for other in kept if other != at]
    return best


def _measured(rows: Rows) -> list[list[int]]:
    return [[*map(width, row)] for row in rows]


def _bounds(rows: Rows, wraps: Sequence[bool], hyphens: bool = False) -> Bounds:
    """Return how wide each column is, and how far it can be narrowed: to its longest word."""
    bounds = []
    for texts, may_wrap in zip(zip(*rows, strict=True), wraps, strict=True):
        most = max(map(width, texts))
        longest = max(max(_lengths(text, hyphens)) for text in {*texts}) if may_wrap else most
        bounds.append((min(longest, LONGEST_WORD) if may_wrap else most, most))
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


def _lines_beside_and_below(
    taken: list[list[int]], kept: list[int], bounds: Bounds, room: int
) -> int:
    """Estimate how many lines a table takes if only some columns are side by side."""
    beside = [[row[at] for at in kept] for row in taken]
    others = [at for at in range(len(bounds)) if at not in kept]
    below = (sum(row[at] + taken[0][at] for at in others if row[at] > 1) for row in taken[1:])
    widths = _shrunk(beside, [bounds[at] for at in kept], room)
    return _lines(beside, widths) + sum(-(-cells // room) for cells in below)


def _balanced(rows: Rows, widths: list[int], bounds: Bounds) -> list[int]:
    """Return the widths, with some room given from one column to another if that saves lines.

    Until here the number of lines was estimated, as if words could be broken anywhere.
    """
    choices = {tuple(widths): widths}
    for to, of in permutations(range(len(widths)), 2):
        spare = min(widths[of] - bounds[of][0], bounds[to][1] - widths[to])
        for given in {*range(STEP, spare, STEP), spare}:
            moved = [*widths]
            moved[to] += given
            moved[of] -= given
            choices[tuple(moved)] = moved

    def lines(widths: list[int]) -> int:
        return sum(max(map(_lines_in, row, widths)) for row in rows)

    return min(choices.values(), key=lines)


def _lines_in(text: str, room: int) -> int:
    """Return how many lines a text takes if it is broken between words."""
    lines, used = 1, -1
    for length in _lengths(text):
        fits = used + 1 + length <= room
        lines, used = (lines, used + 1 + length) if fits else (lines + 1, length)
    return lines


@lru_cache(MEASURED)
def _lengths(text: str, hyphens: bool = False) -> list[int]:
    """Return the widths of the parts that lines can be made of, as `wrapped` breaks the text."""
    if hyphens and "-" in text:
        from textwrap import TextWrapper

        return [*map(width, TextWrapper.wordsep_re.split(_tied(text)))]
    # Not split() without an argument: it would split at no-break spaces.
    return [*map(width, _tied(text).replace("\n", " ").split(" "))]

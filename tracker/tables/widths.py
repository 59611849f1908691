"""The width of text on a terminal, and how it is broken into lines."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from math import inf

from tracker.tables.report import TIE

UNEVEN = re.compile(
    r"[^\n\x20-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u2190-\u2194\u25b2\u25bc]"
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
        lines += _wrap(line, room, hyphens) or [""]
    return "\n".join(lines)


@lru_cache(MEASURED)
def _tied(text: str) -> str:
    """Return a text with no-break spaces in what is kept on one line."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", TIE), text)


def _wrap(line: str, room: int, hyphens: bool) -> list[str]:
    long_words = "://" not in line
    hyphens = hyphens and long_words
    if UNEVEN.search(line) is None:
        from textwrap import wrap
    else:
        from wcwidth import wrap
    return wrap(line, room, break_on_hyphens=hyphens, break_long_words=long_words)


Rows = list[list[str]]


def pressed(
    headers: list[str], cells: Rows, wraps: Sequence[bool], room: int
) -> tuple[list[str], Rows]:
    """Wrap columns to fit the room, narrowing those first where it costs the fewest lines.

    Words are broken at their hyphens only if nothing else helps.
    """
    rows = [headers, *cells] if headers else cells
    taken = [[*map(width, row)] for row in rows]
    natural = [*map(max, zip(*taken, strict=True))]
    if sum(natural) <= room:
        return headers, cells
    for hyphens in (False, True):
        least = [
            max(_longest_word(text, hyphens) for text in {*texts}) if wraps[at] else natural[at]
            for at, texts in enumerate(zip(*rows, strict=True))
        ]
        weighed = taken[:1] * (HEADER_WEIGHT - 1) + taken if headers else taken
        widths = _shrunk(weighed[:SAMPLE], natural, least, room)
        if sum(widths) <= room:
            widths = _balanced(rows[:FEW], widths, natural, least)
            break
    broken = [
        [wrapped(text, limit, hyphens) for text, limit in zip(row, widths, strict=True)]
        for row in rows
    ]
    return (broken[0], broken[1:]) if headers else ([], broken)


def fitting(headers: list[str], cells: Rows, wraps: list[bool], room: int, gap: int) -> list[int]:
    """Return the columns to show side by side; the others are written below each row.

    Columns that wrap are left out, the last one first, if that saves many lines. The others are
    left out only if a word would have to be broken. The very first one is always kept.
    """
    rows = [headers, *cells]
    columns = [*zip(*rows, strict=True)]
    natural = [max(map(width, texts)) for texts in columns]
    kept = [*range(len(headers))]
    if sum(natural) + gap * (len(kept) - 1) <= room:
        return kept
    least = [
        max(_longest_word(text, hyphens=False) for text in {*texts}) if may else wide
        for texts, may, wide in zip(columns, wraps, natural, strict=True)
    ]
    taken = [[*map(width, row)] for row in rows[:FEW]]
    best, fewest = kept[:1], inf
    for at in sorted(kept, key=lambda at: (at > 0, wraps[at], at), reverse=True):
        inner = room - gap * (len(kept) - 1)
        if sum(least[one] for one in kept) <= inner:
            lines = _lines_of(taken, kept, natural, least, inner)
            best, fewest = (kept, lines) if lines < WORTH_IT * fewest else (best, fewest)
            if not wraps[at]:
                break
        kept = [one for one in kept if one != at]
    return best


def _lines_of(
    taken: list[list[int]], kept: list[int], natural: list[int], least: list[int], room: int
) -> int:
    """Estimate how many lines a table takes if only some columns are side by side."""
    chosen = [[row[at] for at in kept] for row in taken]
    widths = _shrunk(chosen, [natural[at] for at in kept], [least[at] for at in kept], room)
    beside = sum(_tallest(row, widths) for row in chosen)
    others = [at for at in range(len(natural)) if at not in kept]
    below = (sum(row[at] + taken[0][at] for at in others if row[at] > 1) for row in taken[1:])
    return beside + sum(-(-cells // room) for cells in below)


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


def _shrunk(taken: list[list[int]], natural: list[int], least: list[int], room: int) -> list[int]:
    """Narrow, step by step, the column that adds the fewest lines, until the table fits."""
    bounds = zip(natural, least, strict=True)
    widths = [min(wide, max(narrow, WIDEST * room)) for wide, narrow in bounds]
    while (over := sum(widths) - room) > 0:
        wide = [at for at in range(len(widths)) if widths[at] > least[at]]
        steps = [(at, max(least[at], widths[at] - min(STEP, over))) for at in wide]
        if not steps:
            break
        heights = [_tallest(row, widths) for row in taken]
        narrower = [(at, to, [*widths[:at], to, *widths[at + 1 :]]) for at, to in steps]
        _, _, widths = min(narrower, key=lambda of: (_lines(taken, heights, *of[:2]), max(of[2])))
    return widths


def _balanced(rows: Rows, widths: list[int], natural: list[int], least: list[int]) -> list[int]:
    """Return the widths, with some room given from one column to another if that saves lines.

    Until here the number of lines was estimated, as if words could be broken anywhere.
    """
    choices = {tuple(widths): widths}
    for to, of in permutations(range(len(widths)), 2):
        spare = min(widths[of] - least[of], natural[to] - widths[to])
        for given in {*range(STEP, spare, STEP), spare}:
            moved = [*widths]
            moved[to] += given
            moved[of] -= given
            choices[tuple(moved)] = moved
    return min(choices.values(), key=lambda one: sum(max(map(_lines_in, row, one)) for row in rows))


def _lines_in(text: str, room: int) -> int:
    """Return how many lines a text takes if it is broken between words."""
    lines, used = 1, -1
    for length in _lengths(text):
        fits = used + 1 + length <= room
        lines, used = (lines, used + 1 + length) if fits else (lines + 1, length)
    return lines


@lru_cache(MEASURED)
def _lengths(text: str) -> list[int]:
    return [*map(width, _words(text, hyphens=False))]


def _tallest(row: list[int], widths: list[int]) -> int:
    """Estimate how many lines a row takes."""
    return max(map(_height, row, widths))


def _lines(taken: list[list[int]], heights: list[int], at: int, room: int) -> int:
    """Estimate how many lines rows of these heights take if a column is narrowed to `room`."""
    return sum(
        max(height, _height(row[at], room)) for row, height in zip(taken, heights, strict=True)
    )


def _height(cell: int, room: int) -> int:
    return -(-cell // max(room, 1))


@lru_cache(MEASURED)
def _longest_word(text: str, hyphens: bool) -> int:
    taken = map(len if text.isascii() else width, _words(text, hyphens))
    return min(max(taken), LONGEST_WORD)


def _words(text: str, hyphens: bool) -> list[str]:
    """Return the parts of a text that lines can be made of, as `_wrap` breaks it."""
    if hyphens and "-" in text:
        import textwrap

        return textwrap.TextWrapper.wordsep_re.split(_tied(text))
    # Not split() without an argument: it would split at no-break spaces.
    return _tied(text).replace("\n", " ").split(" ")

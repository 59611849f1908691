"""Reports as plain text: tables that fit the line, whatever the width of their characters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest

from tracker.tables import TIE, Column, Report, Section, Tone, visible

GAP = 2
"""How far apart the columns of a table are."""
SLUG = Column("Slug", str, spare=True)
"""The last column of a table that has room for the words that commands take."""
INDENT = "  "
"""The indentation of lines below a row."""

PAINT = {
    Tone.GOOD: "\x1b[32m",
    Tone.BAD: "\x1b[31m",
    Tone.DOUBT: "\x1b[33m",
    Tone.STRUCK: "\x1b[9m",
}
BOLD, FAINT, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

Rows = list[list[str]]


class TextWriter:
    """Writes a report as text, with tables no wider than `width` if possible."""

    between = "\n"
    """The separator of a title and the paragraphs under it."""
    is_terse = True
    """Whether it leaves out the title of bare sources, and what follows a table."""

    def __init__(self, width: int, colour: bool = False) -> None:
        self.width = width
        self.colour = colour

    def report(self, report: Report) -> str:
        """Return the whole report: its title and the lines under it, the headline, the parts."""
        top = [self.title(line, level=1) for line in report.heading[:1]]
        top += map(self.prose, report.heading[1:])
        if report.headline:
            top.append(self.title(report.headline))
        footer = "\n".join(map(self.prose, report.footer))
        parts = [self.between.join(top), *map(self.section, report.sections), footer]
        return "\n\n".join(part for part in parts if part).replace(TIE, " ") + "\n"

    def section(self, section: Section) -> str:
        """Return a titled table, titled prose, or one line that says it is empty."""
        title, none = section.title, section.empty
        if section.is_empty:
            return self.prose(f"{title}: {none}" if title else none[:1].upper() + none[1:])
        is_obvious = self.is_terse and section.bare and section.lists_sources
        lines = [self.title(title)] if title and not is_obvious else []
        lines += map(self.prose, section.lines)
        if section.is_table:
            lines.append(self.table(section))
        if section.remark and not self.is_terse:
            lines.append(self.prose(section.remark))
        return self.between.join(lines)

    def title(self, text: str, level: int = 2) -> str:  # noqa: ARG002 - only Markdown has levels
        """Return the title of a report or of a section."""
        return self._painted(self.prose(text), BOLD)

    def prose(self, text: str) -> str:
        """Return a line of prose, wrapped to the width."""
        return wrapped(visible(text), self.width)

    def table(self, section: Section) -> str:
        """Return a section's table, fitted to the width.

        This is not left to tabulate, which guesses the type of each cell and measures it several
        times.
        """
        columns = section.shown
        headers = [header.upper() for header in headers_of(section, columns)]
        rows = [[visible(column.cell(row)) for column in columns] for row in section.rows]
        if headers and (slugs := _slugs(section, columns, rows)):
            columns = [*columns, SLUG]
            headers.append(SLUG.header.upper())
            rows = [[*row, slug] for row, slug in zip(rows, slugs, strict=True)]
        for at, column in enumerate(columns):
            if column.once:
                _print_once(rows, at)
        rows = [headers, *rows] if headers else rows
        kept = with_room(rows, columns, self.width, GAP)
        room = self.width - GAP * (len(kept) - 1)
        rows = [[row[at] for at in kept] for row in rows]
        rows = pressed(rows, [columns[at].wraps for at in kept], room)
        wide = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
        right = [columns[at].right for at in kept]
        tones = [[section.tone(columns[at], row) for at in kept] for row in section.rows]
        lines: list[str] = []
        if headers:
            lines += self._side_by_side(rows.pop(0), wide, right, [None] * len(kept))
        for row, tone, below in zip(rows, tones, _below(section, columns), strict=True):
            lines += self._side_by_side(row, wide, right, tone)
            if below:
                under = wrapped(visible(below), self.width - len(INDENT)).split("\n")
                lines += [self._painted(f"{INDENT}{line}", FAINT) for line in under]
        return "\n".join(lines)

    def _side_by_side(
        self, row: list[str], wide: list[int], right: list[bool], tones: list[Tone | None]
    ) -> Iterator[str]:
        """Yield the lines of a row, whose cells may have several."""
        for line in zip_longest(*(text.split("\n") for text in row), fillvalue=""):
            parts = []
            for text, room, is_right, tone in zip(line, wide, right, tones, strict=True):
                spaces = " " * (room - width(text))
                painted = self._painted(text, PAINT[tone]) if tone else text
                parts.append(spaces + painted if is_right else painted + spaces)
            yield (" " * GAP).join(parts).rstrip()

    def _painted(self, text: str, paint: str) -> str:
        return f"{paint}{text}{PLAIN}" if self.colour and text else text


def headers_of(section: Section, columns: Sequence[Column]) -> list[str]:
    """Return the headers of a table, unless they are obvious or there are none."""
    headers = [visible(column.header) for column in columns]
    return headers if any(headers) and not section.bare else []


def _print_once(rows: list[list[str]], at: int) -> None:
    """Empty a cell where the row above says the same."""
    for above, row in reversed([*pairwise(rows)]):
        if row[at] == above[at]:
            row[at] = ""


def _slugs(section: Section, columns: Sequence[Column], rows: Rows) -> list[str]:
    """Return the slug of each row, which commands take, if a table has any and prints none."""
    slugs = [
        next((slug for column in columns if (slug := column.about(row))), "")
        for row in section.rows
    ]
    printed = {text for row in rows for text in row}
    return [] if printed.issuperset(filter(None, slugs)) else slugs


def _below(section: Section, columns: Sequence[Column]) -> Iterator[str]:
    """Yield what is written below each row; what a group of rows shares comes after the last."""
    below = (
        "\n".join(filter(None, (column.below(row) for column in columns))) for row in section.rows
    )
    for words, group in groupby(below):
        count = len([*group])
        if section.in_groups and words and count > 1:
            shared = "both cases" if count == 2 else f"all {count} cases"
            yield from [""] * (count - 1)
            yield f"In {shared} – {words}"
        else:
            yield from [words] * count


# --- widths ---------------------------------------------------------------------------------------

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


Bounds = list[tuple[int, int]]
"""How wide each column is at least and at most."""

COMFORT = 50
"""How wide a column of text is before it makes room for a spare one."""
STEP = 3
"""How much a column is narrowed at a time."""
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
    """Wrap columns to fit the room, narrowing the widest ones first.

    Words are broken only if nothing else helps.
    """
    for longest in (LONGEST_WORD, NARROWEST):
        bounds = _bounds(rows, wraps, longest)
        if sum(most for _, most in bounds) <= room:
            return rows
        widths = _shrunk(bounds, room)
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


def _shrunk(bounds: Bounds, room: int) -> list[int]:
    """Narrow the widest column that can be narrowed, step by step, until the table fits."""
    widths = [min(most, max(least, room)) for least, most in bounds]
    while (over := sum(widths) - room) > 0:
        spare = [wide - least for wide, (least, _) in zip(widths, bounds, strict=True)]
        if not any(spare):
            break
        widest = max((at for at, more in enumerate(spare) if more), key=widths.__getitem__)
        widths[widest] -= min(STEP, over, spare[widest])
    return widths


def _lengths(text: str) -> list[int]:
    """Return the widths of the parts that lines can be made of, as `wrapped` breaks the text."""
    if "-" in text:
        from textwrap import TextWrapper

        return [*map(width, TextWrapper.wordsep_re.split(_tied(text)))]
    # Not split() without an argument: it would split at no-break spaces.
    return [*map(width, _tied(text).replace("\n", " ").split(" "))]

"""Reports as plain text: tables that fit the line, whatever the width of their characters."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product, zip_longest

from tracker.tables import TIE, Cell, Column, Report, Section, Tone, visible

GAP = 2
"""How far apart the columns of a table are."""
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

    def __init__(self, width: int, colour: bool = False) -> None:
        self.width = width
        self.colour = colour

    def report(self, report: Report) -> str:
        """Return the whole report: its title and the lines under it, the headline, the parts."""
        top = [self.title(line, level=1) for line in report.heading[:1]]
        top += map(self.prose, report.heading[1:])
        news = [self.title(report.headline)] if report.headline else []
        if report.deck:
            news.append(self.prose(report.deck))
        footer = "\n".join(map(self.prose, report.footer))
        parts = [self.between.join(top), self.between.join(news)]
        parts += [*map(self.section, report.sections), footer]
        return "\n\n".join(part for part in parts if part).replace(TIE, " ") + "\n"

    def section(self, section: Section) -> str:
        """Return a titled table, titled prose, or one line that says it is empty."""
        title = section.title
        none = section.empty
        if section.is_empty:
            return self.prose(
                f"{title}: {none}" if title else none[:1].upper() + none[1:]
            )
        lines = [self.title(title)] if title else []
        lines += map(self.prose, section.lines)
        if section.is_table:
            lines.append(self.table(section))
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
        columns, cells = section.table()
        texts = [[visible(cell.text) for cell in row] for row in cells]
        headers = [visible(column.header) for column in columns]
        if section.bare or not any(headers):  # they are obvious, or there are none
            headers = []
        slugs = _slugs(cells) if headers else []
        if headers:
            texts.insert(0, [header.upper() for header in headers])
        if slugs:
            columns.append(SLUG)
            texts = [
                [*row, slug] for row, slug in zip(texts, ["SLUG", *slugs], strict=True)
            ]
        kept = with_room(texts, columns, self.width)
        under = slugs if len(columns) - 1 not in kept else []
        columns = [columns[at] for at in kept]
        texts = [[row[at] for at in kept] for row in texts]
        room = self.width - GAP * (len(columns) - 1)
        texts = pressed(texts, [column.wraps for column in columns], room)
        widths = widths_of(texts)
        lines = self._row(texts.pop(0), widths, columns) if headers else []
        for row, shown, slug in zip_longest(texts, cells, under):
            if shown[0].over:
                lines.append(self._painted(self.prose(shown[0].over), BOLD))
            tones = [shown[at].tone if at < len(shown) else None for at in kept]
            lines += self._row(row, widths, columns, tones)
            below = "\n".join(cell.below for cell in shown if cell.below)
            below = " · ".join(filter(None, (slug, below)))
            if below:
                words = wrapped(visible(below), self.width - len(INDENT))
                lines += [
                    self._painted(f"{INDENT}{line}", FAINT) for line in words.split("\n")
                ]
        return "\n".join(lines)

    def _row(
        self,
        texts: Sequence[str],
        widths: Sequence[int],
        columns: Sequence[Column],
        tones: Sequence[Tone | None] = (),
    ) -> list[str]:
        """Return the lines of a row, whose cells may have several."""
        lines = []
        for line in zip_longest(*(text.split("\n") for text in texts), fillvalue=""):
            parts = []
            for text, room, column, tone in zip_longest(line, widths, columns, tones):
                spaces = " " * (room - width(text))
                painted = self._painted(text, PAINT[tone]) if tone else text
                parts.append(spaces + painted if column.right else painted + spaces)
            lines.append((" " * GAP).join(parts).rstrip())
        return lines

    def _painted(self, text: str, paint: str) -> str:
        return f"{paint}{text}{PLAIN}" if self.colour and text else text


SLUG = Column("Slug", str, spare=True, whole=True)
"""The column of the slugs that commands take, if a table has any and prints none."""


def _slugs(cells: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the slug of each row, which the first column has that prints something else."""
    for column in zip(*cells, strict=True):
        if any(cell.about not in (None, cell.text) for cell in column):
            return [cell.about or "" for cell in column]
    return []


def height(report: Report, width: int) -> int:
    """Return how many lines a report takes on a terminal."""
    return TextWriter(width).report(report).count("\n")


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
        broken = "://" not in line
        if UNEVEN.search(line) is None:
            from textwrap import wrap

            parts = wrap(line, room, break_on_hyphens=broken, break_long_words=broken)
        else:
            from wcwidth import wrap as wrap_wide

            parts = wrap_wide(
                line,
                room,
                line_break="ascii",
                break_on_hyphens=broken,
                break_long_words=broken,
            )
        lines += parts or [""]
    return "\n".join(lines)


@lru_cache(MEASURED)
def _tied(text: str) -> str:
    """Return a text with no-break spaces in what is kept on one line."""
    return TOGETHER.sub(lambda match: match[0].replace(" ", TIE), text)


COMFORT = 50
"""How wide a column of text is before it makes room for a spare one."""
LONGEST_WORD = 30
"""A longer word does not limit how far a column is narrowed; it is broken, unless an address."""
NARROWEST = 8
"""No column of text is narrower, even where the table is then wider than the room."""


def widths_of(rows: Rows) -> list[int]:
    """Return the width of each column."""
    return [max(map(width, texts)) for texts in zip(*rows, strict=True)]


def with_room(rows: Rows, columns: Sequence[Column], room: int) -> list[int]:
    """Return the places of the columns that have room beside each other.

    The spare ones are left out, the last one first, until the text of the others is comfortable.
    """
    widths = [
        min(widest, COMFORT) if column.wraps else widest
        for widest, column in zip(widths_of(rows), columns, strict=True)
    ]
    kept = [*range(len(columns))]
    for at in reversed(range(len(columns))):
        if columns[at].spare and sum(widths[place] + GAP for place in kept) > room + GAP:
            kept.remove(at)
    return kept


def pressed(rows: Rows, wraps: Sequence[bool], room: int) -> Rows:
    """Wrap columns of text to fit the room: none is wider than the widest that fits.

    Words are broken only if nothing else helps.
    """
    full = widths_of(rows)
    if sum(full) <= room:
        return rows
    words = [
        max(max(_lengths(text)) for text in {*texts})
        for texts in zip(*rows, strict=True)
    ]
    widths = full
    for longest, limit in product(
        (LONGEST_WORD, NARROWEST), range(room, NARROWEST - 1, -1)
    ):
        widths = [
            min(most, max(limit, min(word, longest))) if may_wrap else most
            for most, word, may_wrap in zip(full, words, wraps, strict=True)
        ]
        if sum(widths) <= room:
            break
    return [[*map(wrapped, row, widths)] for row in rows]


def _lengths(text: str) -> list[int]:
    """Return the widths of the parts that lines can be made of, as `wrapped` breaks the text."""
    if "-" in text:
        from textwrap import TextWrapper

        return [*map(width, TextWrapper.wordsep_re.split(_tied(text)))]
    # Not split() without an argument: it would split at no-break spaces.
    return [*map(width, _tied(text).replace("\n", " ").split(" "))]

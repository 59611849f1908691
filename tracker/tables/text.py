"""Reports as text: tables that fit the line, tables in frames, and Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest

from tracker.tables.report import (
    MARK,
    NOTHING,
    TIE,
    UNSAFE,
    WEB_ADDRESS,
    Cell,
    Column,
    Report,
    Section,
    Tone,
    visible,
)
from tracker.tables.widths import fitting, pressed, width, wrapped

GAP = 2
"""How far apart the columns of a table are."""
INDENT = "  "
"""The indentation of lines below a row."""

PAINT = {Tone.GOOD: "\x1b[32m", Tone.BAD: "\x1b[31m", Tone.FAINT: "\x1b[2m", Tone.STRUCK: "\x1b[9m"}
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"

MARKS = re.compile(r"([\\`*_\[\]<>|~])")
START = re.compile(r"^(\s*\d*)([#+=.)-])")
NO_ADDRESS = re.compile(rf"{UNSAFE.pattern}|[()\[\]|*_~^{{}}]")
"""What ends an address in Markdown, or has a meaning in it."""


class TextWriter:
    """Writes a report as text, with tables no wider than `width` if possible."""

    between = "\n"
    """The separator of a title and the paragraphs under it."""
    explains_bars = False
    """Whether the text that goes with counts follows their table."""

    def __init__(self, width: int, colour: bool = False) -> None:
        self.width = width
        self.colour = colour

    def report(self, report: Report) -> str:
        """Return the whole report."""
        parts = [self.top(report), *map(self.section, report.sections)]
        parts.append("\n".join(map(self.prose, report.footer)))
        return "\n\n".join(part for part in parts if part).replace(TIE, " ") + "\n"

    def top(self, report: Report) -> str:
        """Return the title with the lines under it, then the headline."""
        lines = [self.title(line, level=1) for line in report.heading[:1]]
        lines += map(self.prose, report.heading[1:])
        if report.headline:
            lines.append(self.title(report.headline))
        return self.between.join(lines)

    def section(self, section: Section) -> str:
        """Return a titled table, titled prose, or one line that says it is empty."""
        title, none = section.title, section.empty
        if section.is_empty:
            return self.prose(f"{title}: {none}" if title else none[:1].upper() + none[1:])
        lines = [self.title(title)] if self.has_title(section) else []
        lines += map(self.prose, section.lines)
        if section.cells:
            lines.append(self.table(section))
        if section.bars and self.explains_bars:
            lines.append(self.prose(section.bars))
        return self.between.join(lines)

    def title(self, text: str, level: int = 2) -> str:
        """Return the title of a report or of a section."""
        del level
        return f"{BOLD}{self.prose(text)}{PLAIN}" if self.colour else self.prose(text)

    def has_title(self, section: Section) -> bool:
        """Return whether a section's title is written: not that of bare notes."""
        return bool(section.title) and not (section.bare and section.lists_sources)

    def prose(self, text: str) -> str:
        """Return a line of prose, wrapped to the width."""
        return wrapped(visible(text), self.width)

    def table(self, section: Section) -> str:
        """Return a section's table, fitted to the width.

        If words would have to be broken, the last columns are written below the rows.
        """
        columns: Sequence[Column] = section.columns
        rows: Sequence[Sequence[Cell]] = section.cells
        headers = [header.upper() for header in _headers(section)]
        below = ["\n".join(cell.below for cell in row if cell.below) for row in rows]
        below = [*_once(below)] if section.in_groups else below
        if headers:
            texts = [[visible(cell.text) for cell in row] for row in rows]
            kept = fitting(headers, texts, [one.wraps for one in columns], self.width, GAP)
            beside = zip(below, _sunk(section, kept), strict=True)
            below = ["\n".join(filter(None, words)) for words in beside]
            headers, columns = [headers[at] for at in kept], [columns[at] for at in kept]
            rows = [[row[at] for at in kept] for row in rows]
        return "\n".join(self._lines(columns, headers, rows, below))

    def _lines(
        self,
        columns: Sequence[Column],
        headers: list[str],
        rows: Sequence[Sequence[Cell]],
        below: Sequence[str],
    ) -> Iterator[str]:
        """Yield the lines of a table, each row followed by what is below it.

        Not by tabulate, which guesses the type of each cell and measures it several times.
        """
        texts = [[visible(cell.text) for cell in row] for row in rows]
        room = self.width - GAP * (len(columns) - 1)
        headers, texts = pressed(headers, texts, [one.wraps for one in columns], room)
        shown = [headers, *texts] if headers else texts
        wide = [max(map(width, column)) for column in zip(*shown, strict=True)]
        right = [column.right for column in columns]
        untoned = [None] * len(wide)
        if headers:
            yield from _side_by_side(headers, wide, right, untoned)
        for row, cells, text in zip(texts, rows, below, strict=True):
            tones = [cell.tone for cell in cells] if self.colour else untoned
            yield from _side_by_side(row, wide, right, tones)
            if text:
                tone = Tone.FAINT if self.colour else None
                under = wrapped(visible(text), self.width - len(INDENT)).split("\n")
                yield from (_toned(f"{INDENT}{line}", tone) for line in under)


class FramedWriter(TextWriter):
    """Writes tables in one of tabulate's formats, which frame what other text sets below a row."""

    def __init__(self, tablefmt: str, width: int, colour: bool = False) -> None:
        super().__init__(width, colour)
        self.tablefmt = tablefmt

    def table(self, section: Section) -> str:
        """Return a section's table, wrapped to the width."""
        cells = [[visible(cell.whole) for cell in row] for row in section.cells]
        wraps = [header.wraps for header in section.columns]
        room = self.width - 3 * len(wraps) - 1
        return tabulated(self.tablefmt, section, *pressed(_headers(section), cells, wraps, room))


def tabulated(tablefmt: str, section: Section, headers: list[str], cells: list[list[str]]) -> str:
    """Return the table of a section, whose cells are ready, as tabulate draws it."""
    import tabulate

    tabulate.MIN_PADDING = 0  # otherwise headers are shifted by two columns
    text = tabulate.tabulate(
        cells,
        headers=headers,
        tablefmt=tablefmt,
        disable_numparse=True,
        preserve_whitespace=True,
        colalign=["right" if header.right else "left" for header in section.columns],
    )
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _headers(section: Section) -> list[str]:
    """Return the headers of a table, unless they are obvious or there are none."""
    bare = section.bare or not section.has_headers
    return [] if bare else [visible(header.header) for header in section.columns]


def _side_by_side(
    row: Sequence[str], wide: list[int], right: list[bool], tones: Sequence[Tone | None]
) -> Iterator[str]:
    """Yield the lines of a row, whose cells may have several."""
    for line in zip_longest(*(text.split("\n") for text in row), fillvalue=""):
        yield (" " * GAP).join(map(_padded, line, wide, right, tones)).rstrip()


def _padded(text: str, wide: int, right: bool, tone: Tone | None) -> str:
    spaces = " " * (wide - width(text))
    return spaces + _toned(text, tone) if right else _toned(text, tone) + spaces


def _toned(text: str, tone: Tone | None) -> str:
    return f"{PAINT[tone]}{text}{PLAIN}" if tone and text else text


def _once(below: Sequence[str]) -> Iterator[str]:
    """Yield the text below each row; text shared by consecutive rows comes after the last."""
    for words, group in groupby(below):
        count = len([*group])
        yield from [""] * (count - 1)
        of = {1: "", 2: "both: "}.get(count, f"all {count}: ")
        yield of + words if words else ""


def _sunk(section: Section, kept: Sequence[int]) -> Iterator[str]:
    """Yield for each row what its other columns say, each after its header."""
    others = [(at, one.header) for at, one in enumerate(section.columns) if at not in kept]
    for row in section.cells:
        said = ((header, row[at].text) for at, header in others)
        yield f"{TIE}· ".join(f"{of}: {text}" for of, text in said if text not in ("", NOTHING))


class MarkdownWriter(TextWriter):
    """Writes the parts of a report; `sources` maps the marks of its sources to addresses."""

    between = "\n\n"
    explains_bars = True

    def __init__(self, sources: Mapping[str, str | None]) -> None:
        super().__init__(width=0)
        self.sources = sources

    def title(self, text: str, level: int = 2) -> str:
        """Return the title of a report or of a section."""
        return f"{'#' * level} {escaped(text)}"

    def has_title(self, section: Section) -> bool:
        """Return whether a section has a title."""
        return bool(section.title)

    def prose(self, text: str) -> str:
        """Return a line of prose."""
        return escaped(text)

    def table(self, section: Section) -> str:
        """Return a section's table, which has headers here even if they are obvious."""
        headers = [escaped(header.header) for header in section.columns]
        cells = [[self.cell(cell) for cell in row] for row in section.cells]
        return tabulated("pipe", section, headers, cells)

    def cell(self, cell: Cell) -> str:
        """Return the content of a cell with what is below it, on one line.

        The marks of sources are links to their addresses; a mark after `!` stays text, as Markdown
        would fetch an image.
        """
        text = link(cell.without_address, cell.href) if cell.href else ""
        for part in [] if text else MARK.split(cell.text):
            address = self.sources.get(part) if part in cell.cites else None
            text += link(part, address) if address and not text.endswith("!") else escaped(part)
        text += f"<br>{escaped(cell.below)}" if cell.below else ""
        return f"~~{text}~~" if text and cell.tone is Tone.STRUCK else text


def escaped(text: str) -> str:
    """Return text that Markdown shows unchanged, on one line."""
    safe = MARKS.sub(r"\\\1", visible(text).replace("&", "&amp;"))
    return START.sub(r"\1\\\2", safe).replace("\n", "<br>")


def link(text: str, address: str) -> str:
    """Return text as a link if the address is a web address, else the text alone."""
    if not WEB_ADDRESS.fullmatch(address):
        return escaped(text)
    safe = NO_ADDRESS.sub(_percent, address).replace("&", "&amp;")
    return f"[{escaped(text)}]({safe})"


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())

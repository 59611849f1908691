"""Reports as text: tables that fit the line, tables in frames, and Markdown."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise, zip_longest

from tracker.tables.report import (
    MARK,
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
from tracker.tables.widths import pressed, width, with_room, wrapped

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

MARKS = re.compile(r"([\\`*_\[\]<>|~])")
START = re.compile(r"^(\s*\d*)([#+=.)-])")
NO_ADDRESS = re.compile(rf"{UNSAFE.pattern}|[()\[\]|*_~^{{}}]")
"""What ends an address in Markdown, or has a meaning in it."""


class TextWriter:
    """Writes a report as text, with tables no wider than `width` if possible."""

    between = "\n"
    """The separator of a title and the paragraphs under it."""
    is_terse = True
    """Whether it leaves out the title of bare sources, and the text that goes with counts."""

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
        if section.cells:
            lines.append(self.table(section))
        if section.bars and not self.is_terse:
            lines.append(self.prose(section.bars))
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
        headers = [header.upper() for header in _headers(section)]
        columns, cells = section.columns, section.cells
        if headers and (slugs := _slugs(section)):
            headers.append(SLUG.header.upper())
            columns = (*columns, SLUG)
            cells = tuple((*row, Cell(slug)) for row, slug in zip(cells, slugs, strict=True))
        rows = [[visible(cell.text) for cell in row] for row in cells]
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
        paints = [[_paint(row[at]) for at in kept] for row in cells]
        lines: list[str] = []
        if headers:
            lines += self._side_by_side(rows.pop(0), wide, right, [""] * len(kept))
        for row, paint, below in zip(rows, paints, _below(section), strict=True):
            lines += self._side_by_side(row, wide, right, paint)
            if below:
                under = wrapped(visible(below), self.width - len(INDENT)).split("\n")
                lines += [self._painted(f"{INDENT}{line}", FAINT) for line in under]
        return "\n".join(lines)

    def _side_by_side(
        self, row: list[str], wide: list[int], right: list[bool], paints: list[str]
    ) -> Iterator[str]:
        """Yield the lines of a row, whose cells may have several."""
        for line in zip_longest(*(text.split("\n") for text in row), fillvalue=""):
            parts = []
            for text, room, is_right, paint in zip(line, wide, right, paints, strict=True):
                spaces, painted = " " * (room - width(text)), self._painted(text, paint)
                parts.append(spaces + painted if is_right else painted + spaces)
            yield (" " * GAP).join(parts).rstrip()

    def _painted(self, text: str, paint: str) -> str:
        return f"{paint}{text}{PLAIN}" if self.colour and paint and text else text


def _paint(cell: Cell) -> str:
    return PAINT[cell.tone] if cell.tone else ""


def _headers(section: Section) -> list[str]:
    """Return the headers of a table, unless they are obvious or there are none."""
    bare = section.bare or not section.has_headers
    return [] if bare else [visible(column.header) for column in section.columns]


def _print_once(rows: list[list[str]], at: int) -> None:
    """Empty a cell where the row above says the same."""
    for above, row in reversed([*pairwise(rows)]):
        if row[at] == above[at]:
            row[at] = ""


def _slugs(section: Section) -> list[str]:
    """Return the slug of each row, which commands take, if a table has any and prints none."""
    slugs = [next((str(cell.about) for cell in row if cell.about), "") for row in section.cells]
    printed = {cell.text for row in section.cells for cell in row}
    return [] if printed.issuperset(filter(None, slugs)) else slugs


def _below(section: Section) -> Iterable[str]:
    """Return what is written below each row."""
    below = ("\n".join(cell.below for cell in row if cell.below) for row in section.cells)
    return _once(below) if section.in_groups else below


def _once(below: Iterable[str]) -> Iterator[str]:
    """Yield the text below each row; text shared by consecutive rows comes after the last."""
    for words, group in groupby(below):
        count = len([*group])
        yield from [""] * (count - 1)
        shared = {1: "", 2: "both: "}.get(count, f"all {count}: ")
        yield shared + words if words else ""


class FramedWriter(TextWriter):
    """Writes tables in one of tabulate's formats, which frame what other text sets below a row."""

    def __init__(self, tablefmt: str, width: int, colour: bool = False) -> None:
        super().__init__(width, colour)
        self.tablefmt = tablefmt

    def table(self, section: Section) -> str:
        """Return a section's table, wrapped to the width."""
        headers = _headers(section)
        rows = [[visible(cell.whole) for cell in row] for row in section.cells]
        rows = [headers, *rows] if headers else rows
        wraps = [column.wraps for column in section.columns]
        room = self.width - 3 * len(wraps) - 1
        rows = pressed(rows, wraps, room)
        return tabulated(self.tablefmt, section, rows, headed=bool(headers))


def tabulated(tablefmt: str, section: Section, rows: list[list[str]], headed: bool = True) -> str:
    """Return the table of a section, whose cells are ready, as tabulate draws it."""
    import tabulate

    tabulate.MIN_PADDING = 0  # otherwise headers are shifted by two columns
    text = tabulate.tabulate(
        rows,
        headers="firstrow" if headed else (),
        tablefmt=tablefmt,
        disable_numparse=True,
        preserve_whitespace=True,
        colalign=["right" if column.right else "left" for column in section.columns],
    )
    return "\n".join(line.rstrip() for line in text.split("\n"))


class MarkdownWriter(TextWriter):
    """Writes the parts of a report; `sources` maps the marks of its sources to addresses."""

    between = "\n\n"
    is_terse = False

    def __init__(self, sources: Mapping[str, str | None]) -> None:
        super().__init__(width=0)
        self.sources = sources

    def title(self, text: str, level: int = 2) -> str:
        """Return the title of a report or of a section."""
        return f"{'#' * level} {escaped(text)}"

    def prose(self, text: str) -> str:
        """Return a line of prose."""
        return escaped(text)

    def table(self, section: Section) -> str:
        """Return a section's table, which has headers here even if they are obvious."""
        headers = [escaped(column.header) for column in section.columns]
        rows = [[self.cell(cell) for cell in row] for row in section.cells]
        return tabulated("pipe", section, [headers, *rows])

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

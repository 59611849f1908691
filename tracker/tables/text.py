"""Reports as text: headings, tables that fit the line, aligned wide characters."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from tracker.tables.dialects import Dialect
from tracker.tables.report import MARK, NOTHING, TIE, Cell, Header, Report, Section, Tone
from tracker.tables.widths import Rows, fitting, pressed, width, wrapped

GAP = 2
"""How far apart the columns of a table without a frame are."""
INDENT = "  "
"""The indentation of lines below a row."""

PAINT = {Tone.GOOD: "\x1b[32m", Tone.BAD: "\x1b[31m", Tone.FAINT: "\x1b[2m", Tone.STRUCK: "\x1b[9m"}
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def render_text(report: Report, dialect: Dialect, width: int, colour: bool) -> str:
    """Return a report as text, with tables no wider than `width` if possible."""
    sources = report.sources if dialect.link else {}
    width, colour = (width, colour) if dialect.wraps else (sys.maxsize, False)
    writer = TextWriter(dialect, width, colour, sources)
    parts = [writer.top(report)]
    parts += [writer.section(section) for section in report.sections]
    parts.append("\n".join(writer.prose(line) for line in report.footer))
    return "\n\n".join(part for part in parts if part).replace(TIE, " ") + "\n"


class TextWriter(NamedTuple):
    """Writes the parts of a report in one dialect."""

    dialect: Dialect
    width: int
    colour: bool
    sources: Mapping[str, str | None]

    def top(self, report: Report) -> str:
        """Return the report's first lines, on a terminal directly followed by the headline."""
        parts = [self.heading(report.heading), self.headline(report)]
        return self._between.join(part for part in parts if part)

    def heading(self, lines: Sequence[str]) -> str:
        """Return the report's first lines, the very first one as its title."""
        if not lines:
            return ""
        first, *rest = map(self.prose, lines)
        between = "\n" if self.dialect.heading == "{}" else "\n\n"
        return between.join([self._bold(self.dialect.heading.format(first)), *rest])

    def headline(self, report: Report) -> str:
        """Return the headline, formatted like a title, with the lead under it."""
        if not report.headline:
            return ""
        lines = [self._bold(self.dialect.title.format(self.prose(report.headline)))]
        lines += [self.prose(report.lead)] if report.lead else []
        return self._between.join(lines)

    def section(self, section: Section) -> str:
        """Return a titled table, titled prose, or one line that says it is empty."""
        title, none = section.title, section.empty
        if section.is_empty:
            return self.prose(f"{title}: {none}" if title else none[:1].upper() + none[1:])
        titled = title and not (self.dialect.wraps and section.bare and section.noted)
        lines = [self._bold(self.dialect.title.format(self.prose(title)))] if titled else []
        lines += [self.prose(line) for line in section.lines]
        if section.cells:
            lines.append(self.table(section))
        lines += [self.prose(line) for line in self._following(section)]
        return self._between.join(lines)

    def _following(self, section: Section) -> list[str]:
        """Return the lists after a table; on a terminal they are one paragraph."""
        if not self.dialect.wraps:
            notes = [section.bars] if section.bars else []
            return notes + [f"{one.term}: {one.titles}." for one in section.listed]
        return [" ".join(f"{one.in_short}." for one in section.listed)] if section.listed else []

    @property
    def _between(self) -> str:
        """The separator of a title and the paragraphs under it."""
        return "\n" if self.dialect.title == "{}" else "\n\n"

    def prose(self, text: str) -> str:
        """Return a line of prose, wrapped where the dialect wraps."""
        return wrapped(self.dialect.escape(text), self.width)

    def table(self, section: Section) -> str:
        """Return a section's table, fitted to the width.

        If words would have to be broken, the last columns are written below the rows.
        """
        # Other formats would also draw frames around what is below.
        apart = self.dialect.tablefmt == "plain"
        below = ["\n".join(cell.below for cell in row if cell.below) for row in section.cells]
        below = [*_once(below)] if section.in_groups else below
        cells = [[self._cell(cell, within=not apart) for cell in row] for row in section.cells]
        bare = section.bare or not section.has_headers
        shown = not (bare and self.dialect.wraps)  # Markdown has no table without headers
        headers = [self._header(header) for header in section.headers] if shown else []
        if apart and headers:
            wraps = [one.wraps for one in section.headers]
            kept = fitting(headers, cells, wraps, self.width, GAP)
            beside = zip(below, _sunk(section, kept), strict=True)
            below = ["\n".join(filter(None, texts)) for texts in beside]
            section = _narrowed(section, kept)
            cells = [[row[at] for at in kept] for row in cells]
            headers = [headers[at] for at in kept]
        return self._drawn(section, headers, cells, below if apart else [])

    def _drawn(self, section: Section, headers: list[str], cells: Rows, below: list[str]) -> str:
        count = len(section.headers)
        frameless = self.dialect.tablefmt in ("plain", "simple")
        room = self.width - (GAP * (count - 1) if frameless else 3 * count + 1)
        headers, cells = pressed(headers, cells, [one.wraps for one in section.headers], room)
        if self.dialect.tablefmt == "plain":
            return "\n".join(self._lines(section, headers, cells, below))
        import tabulate

        tabulate.MIN_PADDING = 0  # otherwise headers are shifted by two columns
        text = tabulate.tabulate(
            self._painted(cells, section),
            headers=headers,
            tablefmt=self.dialect.tablefmt,
            disable_numparse=True,
            preserve_whitespace=True,
            colalign=["right" if header.right else "left" for header in section.headers],
        )
        return "\n".join(line.rstrip() for line in text.split("\n"))

    def _lines(
        self, section: Section, headers: list[str], cells: Rows, below: list[str]
    ) -> Iterator[str]:
        """Yield the lines of a table without a frame, each row followed by what is below it.

        Not by tabulate, which guesses the type of each cell and measures it several times.
        """
        rows = [headers, *cells] if headers else cells
        wide = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
        right = [header.right for header in section.headers]
        untoned = [None] * len(wide)
        if headers:
            yield from _side_by_side(headers, wide, right, untoned)
        for row, made, text in zip(cells, section.cells, below, strict=True):
            tones = [cell.tone for cell in made] if self.colour else untoned
            yield from _side_by_side(row, wide, right, tones)
            if text:
                under = wrapped(self.dialect.escape(text), self.width - len(INDENT))
                tone = Tone.FAINT if self.colour else None
                yield from (_paint(f"{INDENT}{line}", tone) for line in under.split("\n"))

    def _cell(self, cell: Cell, within: bool) -> str:
        whole = f"{cell.text}\n{cell.below}" if within and cell.below else cell.text
        text = self._cited(cell) if cell.cites and self.sources else self.dialect.cell(whole)
        if cell.href and cell.linked and self.dialect.link:
            before, words, after = cell.around_link
            link = self.dialect.link(words, cell.href)
            text = f"{self.dialect.cell(before)}{link}{self.dialect.cell(after)}"
        return self.dialect.struck.format(text) if text and cell.tone is Tone.STRUCK else text

    def _cited(self, cell: Cell) -> str:
        """Return a cell's text, in which the marks of sources link to their addresses.

        A mark after `!` stays text, as Markdown would fetch an image.
        """
        found = ""
        for part in MARK.split(cell.text):
            address = self.sources.get(part) if part in cell.cites else None
            if address and self.dialect.link and not found.endswith("!"):
                found += self.dialect.link(part, address)
            else:
                found += self.dialect.cell(part)
        return found

    def _header(self, header: Header) -> str:
        escaped = self.dialect.cell(header.text)
        return escaped.upper() if self.dialect.upper else escaped

    def _painted(self, texts: list[list[str]], section: Section) -> list[list[str]]:
        if not self.colour:
            return texts
        rows = zip(texts, section.cells, strict=True)
        return [[_paint(text, cell.tone) for text, cell in zip(*row, strict=True)] for row in rows]

    def _bold(self, text: str) -> str:
        return f"{BOLD}{text}{PLAIN}" if self.colour and text else text


def _side_by_side(
    row: Sequence[str], wide: list[int], right: list[bool], tones: Sequence[Tone | None]
) -> Iterator[str]:
    """Yield the lines of a row, whose cells may have several."""
    for line in zip_longest(*(text.split("\n") for text in row), fillvalue=""):
        yield (" " * GAP).join(map(_padded, line, wide, right, tones)).rstrip()


def _padded(text: str, wide: int, right: bool, tone: Tone | None) -> str:
    spaces = " " * (wide - width(text))
    return spaces + _paint(text, tone) if right else _paint(text, tone) + spaces


def _once(below: Sequence[str]) -> Iterator[str]:
    """Yield the text below each row; text shared by consecutive rows comes after the last."""
    for words, group in groupby(below):
        count = len([*group])
        yield from [""] * (count - 1)
        of = {1: "", 2: "both: "}.get(count, f"all {count}: ")
        yield of + words if words else ""


def _narrowed(section: Section, kept: Sequence[int]) -> Section:
    return section._replace(
        headers=tuple(section.headers[at] for at in kept),
        cells=tuple(tuple(row[at] for at in kept) for row in section.cells),
    )


def _sunk(section: Section, kept: Sequence[int]) -> Iterator[str]:
    """Yield for each row what its other columns say, each after its header."""
    others = [(at, one.text) for at, one in enumerate(section.headers) if at not in kept]
    for row in section.cells:
        said = ((header, row[at].text) for at, header in others)
        yield f"{TIE}· ".join(f"{of}: {text}" for of, text in said if text not in ("", NOTHING))


def _paint(text: str, tone: Tone | None) -> str:
    if tone is None or not text:
        return text
    return "\n".join(f"{PAINT[tone]}{line}{PLAIN}" for line in text.split("\n"))

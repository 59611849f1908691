"""Tables as tabulate draws them: in Markdown, and in frames of lines."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from tracker.tables import MARK, WEB_ADDRESS, Cell, Section, Tone, visible
from tracker.tables.text import TextWriter, pressed

MARKS = re.compile(r"([\\`*_\[\]<>|~])")
START = re.compile(r"^(\s*\d*)([#+=.)-])")
ADDRESS = ":/?#@!$&'+,;=%"
"""What stays as it is in an address, besides letters, digits and `_.-~`."""


class FramedWriter(TextWriter):
    """Writes tables in one of tabulate's formats, which frame what other text sets below a row."""

    def __init__(self, tablefmt: str, width: int, colour: bool = False) -> None:
        super().__init__(width, colour)
        self.tablefmt = tablefmt

    def table(self, section: Section) -> str:
        """Return a section's table, wrapped to the width; Markdown's has no other width.

        A heading within it is a row of its own, in the widest column. Markdown needs headers even
        if they are obvious.
        """
        import tabulate

        columns, cells = section.table()
        headers = [self.prose(column.header) for column in columns]
        is_headed = not self.width or (any(headers) and not section.bare)
        rows = [headers] if is_headed else []
        wide = next((at for at, column in enumerate(columns) if column.wraps), 0)
        for row in cells:
            if row[0].over:
                heading = [""] * len(columns)
                heading[wide] = self.heading(row[0].over)
                rows.append(heading)
            rows.append([*map(self.cell, row)])
        if self.width:
            room = self.width - 3 * len(columns) - 1
            rows = pressed(rows, [column.wraps for column in columns], room)
        tabulate.MIN_PADDING = 0  # otherwise headers are shifted by two columns
        text = tabulate.tabulate(
            rows,
            headers="firstrow" if is_headed else (),
            tablefmt=self.tablefmt,
            disable_numparse=True,
            preserve_whitespace=True,
            colalign=["right" if column.right else "left" for column in columns],
        )
        return "\n".join(line.rstrip() for line in text.split("\n"))

    def heading(self, text: str) -> str:
        """Return a heading within a table."""
        return visible(text)

    def cell(self, cell: Cell) -> str:
        """Return a cell with what is below it."""
        return visible(f"{cell.text}\n{cell.below or ''}".strip("\n"))


class MarkdownWriter(FramedWriter):
    """Writes the parts of a report; `sources` maps the marks of its sources to addresses."""

    between = "\n\n"

    def __init__(self, sources: Mapping[str, str | None]) -> None:
        super().__init__("pipe", width=0)
        self.sources = sources

    def title(self, text: str, level: int = 2) -> str:
        """Return the title of a report or of a section."""
        return f"{'#' * level} {escaped(text)}"

    def prose(self, text: str) -> str:
        """Return a line of prose."""
        return escaped(text)

    def heading(self, text: str) -> str:
        """Return a heading within a table."""
        return f"**{escaped(text)}**"

    def cell(self, cell: Cell) -> str:
        """Return a cell with what is below it, on one line.

        The marks of sources are links to their addresses; a mark after `!` stays text, as Markdown
        would fetch an image.
        """
        text = link(cell.without_address, cell.href) if cell.href else ""
        if not text:
            for part in MARK.split(cell.text):
                source = self.sources.get(part) if part in cell.marks else None
                text += (
                    link(part, source)
                    if source and not text.endswith("!")
                    else escaped(part)
                )
        if cell.below:
            text += f"<br>{escaped(cell.below)}"
        return f"~~{text}~~" if text and cell.tone is Tone.STRUCK else text


def escaped(text: str) -> str:
    """Return text that Markdown shows unchanged, on one line."""
    safe = MARKS.sub(r"\\\1", visible(text).replace("&", "&amp;"))
    return START.sub(r"\1\\\2", safe).replace("\n", "<br>")


def link(text: str, address: str) -> str:
    """Return text as a link if the address is a web address, else the text alone."""
    if not WEB_ADDRESS.fullmatch(address):
        return escaped(text)
    safe = quote(address, ADDRESS, errors="replace").replace("&", "&amp;")
    return f"[{escaped(text)}]({safe})"

"""Reports as workbooks: a sheet for each table, with the titles and columns of the page."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

from tracker import extras
from tracker.errors import WrongUsage
from tracker.tables.report import BLANK, TIE, Cell, Column, Report, Section, table, visible

ABOUT = "About"
"""The last sheet: the heading, the headline, and the lines that identify the book."""
RESERVED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""What the name of a sheet may not have; nor may it begin or end with an apostrophe."""
LONGEST_NAME, LONGEST_TEXT, MOST_ROWS = 31, 32_767, 1_048_576
"""How long a name and a text may be, and how many rows a sheet has room for."""
NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)( ?%)?")
"""A cell that is a number, or a percentage."""
DIGITS = 15
"""How many digits spreadsheets keep."""
NARROW, WIDE = 8, 60
"""The bounds of a column's width, in characters."""
MADE_ON = datetime(1980, 1, 1)
"""The fixed creation time of a workbook, so that its bytes are always the same."""


def render_workbook(report: Report) -> bytes:
    """Return the workbook of a report."""
    into = BytesIO()
    with extras.of_format("xlsx").Workbook(into, {"in_memory": True}) as book:
        title = visible(report.heading[0]) if report.heading else ABOUT
        book.set_properties({"title": title, "created": MADE_ON})
        writer = _Writer(book)
        lines = [*report.heading, report.headline, *report.footer]
        about = table([Column("", str, wraps=True)], [line for line in lines if line], ABOUT)
        for section in (*report.sections, about):
            if section.cells:
                writer.table(section, section.title or title.split(" · ")[-1])
    return into.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.names = {"history"}  # which Excel reserves
        top = {"valign": "top", "text_wrap": True}
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.plain = book.add_format(top)
        self.percent = book.add_format(top | {"num_format": "0%"})

    def table(self, section: Section, title: str) -> None:
        """Write a table: a frozen head, if it has any, then the rows."""
        count, first = len(section.cells), int(section.has_headers)
        if count >= MOST_ROWS:
            raise WrongUsage("sheet full", section=title, rows=count, room=MOST_ROWS - 1)
        page = self._page(title)
        if section.has_headers:
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, count, len(section.columns) - 1)
        for at, column in enumerate(section.columns):
            cells = [row[at] for row in section.cells]
            lines = [column.header, *(line for cell in cells for line in cell.whole.split("\n"))]
            page.set_column(at, at, max(NARROW, min(WIDE, max(map(len, lines)) + 2)), self.plain)
            if section.has_headers:
                page.write_string(0, at, column.header, self.head)
            for down, cell in enumerate(cells, first):
                self._cell(page, down, at, cell, is_figure=column.right)

    def _page(self, title: str) -> Any:
        """Return a new sheet, whose name is like no other, whatever its case."""
        words = " ".join(RESERVED.sub(" ", visible(title)).split()).strip(" '") or ABOUT
        name, number = words[:LONGEST_NAME].strip(" '"), 1
        while name.lower() in self.names:
            number += 1
            name = words[: LONGEST_NAME - 6].strip(" '") + f" {number}"
        self.names.add(name.lower())
        return self.book.add_worksheet(name)

    def _cell(self, page: Any, down: int, at: int, cell: Cell, *, is_figure: bool) -> None:
        """Write a figure as a number, text as text: never as a formula, a link or markup."""
        figure = NUMBER.fullmatch(cell.text.replace(TIE, " ")) if is_figure else None
        shown = "" if cell.whole in BLANK else visible(cell.whole).replace(TIE, " ")
        if len(shown) > LONGEST_TEXT:
            shown = f"{shown[: LONGEST_TEXT - 1]}…"
        if figure and not cell.below and len(figure[0]) <= DIGITS:
            value = float(figure[1].replace(",", ""))
            share, look = (value / 100, self.percent) if figure[2] else (value, self.plain)
            page.write_number(down, at, share, look)
        elif shown.startswith("<r>") and shown.endswith("</r>"):  # the library's own markup
            page.write_rich_string(down, at, shown[:1], self.plain, shown[1:], self.plain)
        elif shown:
            page.write_string(down, at, shown, self.plain)

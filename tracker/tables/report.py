"""A report as a value: the document of the JSON contract, and its form for people."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.tables.cells import WEB_ADDRESS

MARK = re.compile(r"(\[\d+\])")
"""The mark of a source in a text."""
NOTHING = "–"
"""What an empty cell shows; never used for zero."""
TIE = "\N{NO-BREAK SPACE}"
"""Keeps a number and its unit on one line. Text prints it as a plain space."""


class Tone(StrEnum):
    """How a cell or a row is highlighted on a terminal, and elsewhere if possible."""

    GOOD = "good"
    BAD = "bad"
    FAINT = "faint"
    STRUCK = "struck"


class Column(NamedTuple):
    """One column for people: its header, and what it shows for a row.

    A column that `wraps` is narrowed if the table is too wide; a `sparse` one is left out if it is
    empty in every row. In formats with links, a cell links to `href`, a web address, or to the page
    of the slug that it is `about`; the marks of sources that it `cites`, such as `[3]`, link to
    these. What is `below` a cell is written under its row,
    across the whole line.
    """

    header: str
    cell: Callable[[Any], str]
    right: bool = False
    wraps: bool = False
    tone: Callable[[Any], Tone | None] | None = None
    href: Callable[[Any], str | None] | None = None
    sparse: bool = False
    about: Callable[[Any], str | None] | None = None
    below: Callable[[Any], str | None] | None = None
    key: str | None = None
    """The JSON key that it shows, if its header differs."""
    cites: Callable[[Any], str] | None = None


class Header(NamedTuple):
    """A column's header, and how its cells are laid out."""

    text: str
    right: bool
    wraps: bool


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    tone: Tone | None = None
    href: str | None = None
    about: str | None = None
    below: str | None = None
    cites: tuple[str, ...] = ()
    """The marks in its text that cite a source."""

    @property
    def whole(self) -> str:
        """Its text with what is below it."""
        return f"{self.text}\n{self.below}" if self.below else self.text

    @property
    def without_address(self) -> str:
        """Its text without the web address that it links to, unless it is nothing else."""
        if not self.href or not WEB_ADDRESS.fullmatch(self.href):
            return self.text
        return self.text.replace(self.href, "").rstrip(": \n") or self.text


class Section(NamedTuple):
    """A titled part of a report: a table, or lines of prose.

    An empty one is a single line that ends with `empty`. A table without headers is a list of
    terms; text prints a `bare` one without headers, as they would be obvious, and bare sources
    without a title.
    """

    title: str = ""
    headers: tuple[Header, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[str, ...] = ()
    empty: str = "none"
    bare: bool = False
    in_groups: bool = False
    """Whether rows with the same text below form a group; plain text prints that text once."""
    made_of: "Made | None" = None
    """What a table was made of, so that it can be made again with other columns or rows."""
    bars: str | None = None
    """The rows hold counts: a page draws each as a bar. The text, if any, follows the table."""
    anchors: tuple[str, ...] = ()
    """On a page, the id of each row."""
    directions: tuple[str, ...] = ()
    """Which way each row went, such as `up`; on a page, this is the colour of its edge."""
    lists_sources: bool = False
    """Whether each row is the mark of a source, which cells elsewhere cite, and the source."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.cells or self.lines)

    @property
    def has_headers(self) -> bool:
        """Whether any column has a header."""
        return any(header.text for header in self.headers)


class Made(NamedTuple):
    """What a table was made of."""

    columns: Sequence[Column]
    rows: Sequence[Any]
    struck: Callable[[Any], bool] | None


def table(
    columns: Sequence[Column],
    rows: Sequence[Any],
    title: str = "",
    empty: str = "none",
    struck: Callable[[Any], bool] | None = None,
) -> Section:
    """Return a section that shows rows in columns; `struck` says which rows no longer count."""
    shown = [
        column
        for column in columns
        if not column.sparse or any(column.cell(row) not in ("", NOTHING) for row in rows)
    ]
    return Section(
        title,
        tuple(Header(column.header, column.right, column.wraps) for column in shown),
        tuple(_row(shown, row, struck is not None and struck(row)) for row in rows),
        empty=empty,
        made_of=Made(columns, rows, struck),
    )


def terms(
    pairs: Sequence[tuple[str, str]], title: str = "", cites: Callable[[Any], str] | None = None
) -> Section:
    """Return a section that lists terms, each with what is said of it."""
    said = Column("", lambda pair: pair[1], wraps=True, cites=cites)
    return table([Column("", lambda pair: pair[0]), said], pairs, title)


def _row(columns: Sequence[Column], row: Any, struck: bool) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            column.cell(row),
            Tone.STRUCK if struck else column.tone(row) if column.tone else None,
            column.href(row) if column.href else None,
            column.about(row) if column.about else None,
            column.below(row) if column.below else None,
            tuple(MARK.findall(column.cites(row))) if column.cites else (),
        )
        for column in columns
    )


class Report(NamedTuple):
    """What a report found.

    `document` is the JSON contract: its keys in order, facts as native Python values, and the main
    table, of `row_type`, under the key `main`. The rest is the same for people.
    """

    document: Mapping[str, Any]
    row_type: type[Any]
    heading: Sequence[str] = ()
    sections: Sequence[Section] = ()
    footer: Sequence[str] = ()
    main: str = "rows"
    headline: str = ""
    """What the report found, in one line, if it has one."""
    columns: tuple[str, ...] = ()
    """The keys of the main table that CSV has, in this order; if empty, all."""
    figures: Callable[[Any], Iterable[str]] = lambda writer: ()  # noqa: ARG005 - of most, none
    """Makes its drawings, for writers of HTML only."""
    written: range = range(0)
    """The numbers of the entries that the command wrote, if it recorded any."""

    @property
    def rows(self) -> Sequence[Any]:
        """The main table's rows."""
        rows: Sequence[Any] = self.document[self.main]
        return rows

    @property
    def sources(self) -> dict[str, str | None]:
        """The web addresses of the sources that it lists, by mark."""
        lists = (section for section in self.sections if section.lists_sources)
        return {mark.text: source.href for one in lists for mark, source in one.cells}

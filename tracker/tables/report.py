"""A report as a value: what the JSON contract holds, and how people read it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

MARK = re.compile(r"(\[\d+\])")
"""The mark of a source in a text."""
NOTHING = "–"
"""What a table shows where there is nothing to say; never a zero."""
TIE = "\N{NO-BREAK SPACE}"
"""Holds two words on one line: a number and its unit. Text prints it as a plain space."""


class Tone(StrEnum):
    """How a cell or a row is set off on a terminal, and, where it can be, elsewhere."""

    GOOD = "good"
    BAD = "bad"
    FAINT = "faint"
    STRUCK = "struck"


class Column(NamedTuple):
    """One column for people: its header, and what it shows of a row.

    A column that `wraps` gives way where a line is too narrow for the table; a `sparse` one is
    left out where no row has anything in it.
    Where there can be links, a cell leads to `href`, a web address, by the words that are `linked`
    in its place, or to the page of the slug that it is `about`, and the marks of sources that it
    `cites`, such as `[3]`, lead to these. What is `below` a cell is set under its row, across the
    whole line.
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
    key: str = ""
    """The JSON key that it shows, where its header does not say so."""
    cites: Callable[[Any], str] | None = None
    linked: Callable[[Any], str | None] | None = None

    def says_something(self, rows: Iterable[Any]) -> bool:
        """Whether any row has something in this column."""
        return any(self.cell(row) not in ("", NOTHING) for row in rows)


class Header(NamedTuple):
    """A column's header, and how its cells are set."""

    text: str
    right: bool
    wraps: bool


class Cell(NamedTuple):
    """What a table shows in one place."""

    text: str
    tone: Tone | None = None
    href: str | None = None
    about: str | None = None
    below: str | None = None
    cites: tuple[str, ...] = ()
    """The marks in its text that cite a source."""
    linked: str | None = None
    """The words that lead to `href` in the place of the address."""

    @property
    def around_link(self) -> tuple[str, str, str]:
        """Its text before, in and after a link to its address; what is linked needs no address."""
        address, title = str(self.href), f"“{self.linked}”"
        if self.linked and title in self.text:
            before, _, after = self.text.partition(title)
            return f"{before}“", self.linked, f"”{after.replace(address, '').rstrip(': ')}".rstrip()
        before, found, after = self.text.partition(address)
        return (before, self.linked or found, after) if found else ("", self.text, "")


class Listed(NamedTuple):
    """Things that share a line: what they are and how many, and their titles.

    A terminal has the least room, and shows what is in short.
    """

    term: str
    titles: str
    in_short: str


class Section(NamedTuple):
    """A titled part of a report: a table, or lines of prose.

    An empty one is a single line that ends with `empty`. A table without headers is a list of
    terms; of a `bare` one, text prints no headers, as they say what anybody sees, and of bare notes
    no title.
    """

    title: str = ""
    headers: tuple[Header, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[str, ...] = ()
    empty: str = "none"
    bare: bool = False
    listed: tuple[Listed, ...] = ()
    """What follows the table in lists."""
    in_groups: bool = False
    """Whether rows with the same words below belong together; text sets these words once."""
    noted: bool = False
    """Whether its rows are notes, which cells elsewhere name by the mark in the first column."""
    made_of: "Made | None" = None
    """What a table was made of, so that it can be made again of other columns or rows."""
    cards: tuple[str, ...] = ()
    """On a page, each row is a card; this says which way each went, such as `up`."""
    bars: str | None = None
    """On a page, what the rows count is drawn as bars, under these words."""
    anchors: tuple[str, ...] = ()
    """On a page, the id of each row."""
    lists_sources: bool = False
    """Whether it is the list that the marks of sources lead to: each mark, and its source."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.cells or self.lines or self.listed)

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
    """Return a section that shows rows in columns; `struck` says which no longer count."""
    shown = [column for column in columns if not column.sparse or column.says_something(rows)]
    return Section(
        title,
        tuple(Header(one.header, one.right, one.wraps) for one in shown),
        tuple(_row(shown, row, struck is not None and struck(row)) for row in rows),
        empty=empty,
        made_of=Made(columns, rows, struck),
    )


def _row(columns: Sequence[Column], row: Any, struck: bool) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            one.cell(row),
            Tone.STRUCK if struck else one.tone(row) if one.tone else None,
            one.href(row) if one.href else None,
            one.about(row) if one.about else None,
            one.below(row) if one.below else None,
            tuple(MARK.findall(one.cites(row))) if one.cites else (),
            one.linked(row) if one.linked else None,
        )
        for one in columns
    )


class Report(NamedTuple):
    """What a report found.

    `document` is the JSON contract: its keys in order, facts as Python's own values, the
    main table, of `row_type`, under `main`. The rest is the same for people.
    """

    document: Mapping[str, Any]
    row_type: type[Any]
    heading: Sequence[str] = ()
    sections: Sequence[Section] = ()
    footer: Sequence[str] = ()
    main: str = "rows"
    headline: str = ""
    """What the report found, in one line, where it can be said so."""
    lead: str = ""
    """What more there is to say of it, in a few sentences."""
    columns: tuple[str, ...] = ()
    """The keys of the main table that CSV has, in this order; all without any."""
    in_parts: bool = False
    """Whether it is made of several parts, none of which is its main table."""
    kind: type[Any] | None = None
    """The type of the document without its frame, which says what the document's lists hold."""
    figures: Callable[[Any], Iterable[str]] = lambda writer: ()  # noqa: ARG005 - of most, none
    """What is drawn of it on the page that a writer makes; nobody else asks for it."""

    @property
    def rows(self) -> Sequence[Any]:
        """The main table's rows."""
        rows: Sequence[Any] = self.document[self.main]
        return rows

    @property
    def sources(self) -> dict[str, str | None]:
        """The web addresses of the sources that it lists, by their marks."""
        lists = (section for section in self.sections if section.lists_sources)
        return {mark.text: source.href for one in lists for mark, source in one.cells}

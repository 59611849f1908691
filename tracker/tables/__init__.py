"""A report as a value: the document of the JSON contract, and its form for people."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, get_args, get_origin

from tracker.dates import Period

MARK = re.compile(r"(\[\d+\])")
"""The mark of a source in a text."""
CITED = re.compile(r" ?\[\d+\]")
"""A mark with the space before it."""
NOTHING = "–"
"""What an empty cell shows; never used for zero."""
BLANK = frozenset({"", NOTHING})
"""The texts of empty cells."""
TIE = "\N{NO-BREAK SPACE}"
"""Keeps a number and its unit on one line. Text prints it as a plain space."""

WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>`\\]+", re.IGNORECASE)


class Tone(StrEnum):
    """How a cell or a row is highlighted on a terminal, and elsewhere if possible."""

    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    STRUCK = "struck"


class Cell(NamedTuple):
    """What a cell of a table shows."""

    text: str
    tone: Tone | None = None
    below: str | None = None
    """What is written under its row, across the whole line."""
    href: str | None = None
    """The web address that it links to in formats with links."""
    about: str | None = None
    """The slug whose page it links to."""
    marks: Sequence[str] = ()
    """The marks of sources in its text, such as `[3]`, which link to these."""
    links: Mapping[str, str] = {}
    """The slugs to whose pages parts of its text link."""
    value: Any = None
    """What it shows as a day or a number, if it does."""
    over: str | None = None
    """The heading within the table that stands over its row."""

    @property
    def without_address(self) -> str:
        """Its text without the web address that it links to, unless that is all."""
        if not self.href or not WEB_ADDRESS.fullmatch(self.href):
            return self.text
        return self.text.replace(self.href, "").rstrip(": \n") or self.text


class Column(NamedTuple):
    """One column for people: its header, and what it `shows` of a row, a text or a whole cell.

    A column that is empty in every row is left out, and a `varying` one if it says the same in
    every row. If the table is too wide, one of text is narrowed unless it is to stay `whole`, and
    text leaves out a `spare` one.
    """

    header: str
    shows: Callable[[Any], str | Cell]
    right: bool = False
    whole: bool = False
    varying: bool = False
    spare: bool = False
    key: str = ""
    """The key of the JSON document that it shows, if it shows one."""
    cites: bool = False
    """Whether its cells have marks of sources."""

    def cell(self, row: Any) -> Cell:
        """Return the cell of a row."""
        shown = self.shows(row)
        return shown if isinstance(shown, Cell) else Cell(shown)

    @property
    def wraps(self) -> bool:
        """Whether it is narrowed if the table is too wide."""
        return not (self.right or self.whole)

    def uncited(self) -> "Column":
        """Return it without the marks that cite sources."""

        def without_marks(row: Any) -> Cell:
            cell = self.cell(row)
            return cell._replace(text=CITED.sub("", cell.text), marks=())

        return self._replace(shows=without_marks, cites=False) if self.cites else self


def cited(words: str | None, marks: str, **more: Any) -> Cell:
    """Return a cell of words, if there are any, with the marks of their sources."""
    return Cell(f"{words or ''}{marks}".strip(), marks=MARK.findall(marks), **more)


class Section(NamedTuple):
    """A titled part of a report: a table, or lines of prose.

    An empty one is a single line that ends with `empty`. A table without headers is a list of
    terms; text prints a `bare` one without headers, as they would be obvious, and a page does so
    if it has no title.
    """

    columns: Sequence[Column] = ()
    rows: Sequence[Any] = ()
    title: str = ""
    empty: str = "none"
    lines: Sequence[str] = ()
    struck: Callable[[Any], object] = lambda _: False
    """Whether a row no longer counts."""
    bare: bool = False
    is_turned: bool = False
    """Whether it is shown on its side: a line for each column, and a column for each row."""
    is_folded: bool = False
    """Whether a page shows its title alone, until it is opened."""
    group: Callable[[Any], str | None] = lambda _: None
    """The heading within the table under which a row stands, if it has any."""
    lists_sources: bool = False
    """Whether each row is the mark of a source, which cells elsewhere cite, and the source."""
    explains: str = ""
    """A sign in cells elsewhere that its lines explain, if they do."""

    @property
    def is_table(self) -> bool:
        """Whether it has a table."""
        return bool(self.columns and self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.is_table or self.lines)

    def table(self) -> tuple[list[Column], list[tuple[Cell, ...]]]:
        """Return the columns that say something, or all, and the cells of each row."""
        shown = []
        of_shown = []
        of_all = []
        for column in self.columns:
            cells = [*map(column.cell, self.rows)]
            of_all.append(cells)
            texts = {cell.text for cell in cells}
            is_shown = not texts <= BLANK
            if column.varying and len(cells) > 1:
                is_shown = len(texts) > 1
            if is_shown:
                shown.append(column)
                of_shown.append(cells)
        columns = shown or [*self.columns]
        cells_by_column = of_shown or of_all
        for at, row in enumerate(self.rows):
            if self.struck(row):
                for cells in cells_by_column:
                    cells[at] = cells[at]._replace(tone=Tone.STRUCK)
        if self.is_turned:
            return self._turned(columns, cells_by_column)
        rows = [*zip(*cells_by_column, strict=True)]
        return columns, self._headed(rows)

    def _headed(self, rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
        """Return rows, of which the first of each group has the group's heading over it."""
        last: str | None = None
        headed = []
        for row, (first, *others) in zip(self.rows, rows, strict=True):
            group = self.group(row)
            over = group if group != last else None
            headed.append((first._replace(over=over), *others))
            last = group
        return headed

    @staticmethod
    def _turned(
        columns: list[Column], cells: list[list[Cell]]
    ) -> tuple[list[Column], list[tuple[Cell, ...]]]:
        """Return a table on its side: the first column's texts are the headers of the others."""
        headers = [
            columns[0],
            *(Column(cell.text, str, right=True) for cell in cells[0]),
        ]
        lines = []
        for column, of_column in zip(columns[1:], cells[1:], strict=True):
            lines.append((Cell(column.header), *of_column))
        return headers, lines


def terms(pairs: Sequence[tuple[str, str | Cell | None]]) -> Section:
    """Return a section that lists terms, each with what is said of it; others are left out."""
    term = Column("", lambda pair: pair[0], whole=True)
    said = Column("", lambda pair: pair[1], cites=True)
    return Section([term, said], [pair for pair in pairs if pair[1]])


class CalendarEvent(NamedTuple):
    """A row as an event of a calendar, on one day or on several."""

    uid: str
    sequence: int
    """How often it was changed: a number that only rises."""
    first: date
    last: date
    title: str
    lines: Sequence[str]
    """Its description."""
    kind: str
    is_cancelled: bool
    address: str | None
    """Where it is stated on the web."""


class EventCalendar(NamedTuple):
    """The events of a report."""

    title: str
    made_on: date
    """The day of the report, never that of the clock."""
    events: Sequence[CalendarEvent]
    note: str
    """How many rows are left out, as no day of theirs is known; empty if none is."""


class Report(NamedTuple):
    """What a report found.

    `document` is the JSON contract: its keys in order, facts as native Python values, and the main
    table, whose rows are of one `kind`, under the key `main`. The rest is the same for people.
    """

    document: Mapping[str, Any]
    kind: type[Any]
    heading: Sequence[str] = ()
    sections: Sequence[Section] = ()
    footer: Sequence[str] = ()
    main: str = "rows"
    headline: str = ""
    """What the report found, in one line, if it has one."""
    deck: str = ""
    """The sentence under that line."""
    columns: tuple[str, ...] = ()
    """The keys of the main table that CSV has, in this order; if empty, all."""
    written: range = range(0)
    """The numbers of the entries that the command wrote, if it recorded any."""
    is_journal: bool = False
    """Whether its latest rows come last, which are those that a limit keeps."""
    cites_on_sites: bool = False
    """Whether only a site lists its sources, as it does not say what changed."""
    calendar: Callable[[Sequence[Any]], EventCalendar] | None = None
    """What makes a calendar of rows of its main table, if these have days."""

    @property
    def rows(self) -> Sequence[Any]:
        """The main table's rows."""
        rows: Sequence[Any] = self.document[self.main]
        return rows

    @property
    def sources(self) -> dict[str, str | None]:
        """The web addresses of the sources that it lists, by mark."""
        lists = [section for section in self.sections if section.lists_sources]
        return {
            mark.cell(row).text: source.cell(row).href
            for section in lists
            for mark, source in [section.columns]
            for row in section.rows
        }

    def uncited(self) -> "Report":
        """Return it without its list of sources and the marks that cite them."""
        sections = [
            section._replace(columns=[column.uncited() for column in section.columns])
            for section in self.sections
            if not section.lists_sources
        ]
        return self._replace(sections=sections)


# --- keys of rows, for programs -------------------------------------------------------------------


class Key(NamedTuple):
    """One key of a row, and the fields that lead to its value."""

    name: str
    fields: tuple[str, ...]
    inner: "tuple[Key, ...]" = ()
    """The keys of the row, or of each of the rows, that it holds."""
    is_list: bool = False
    """Whether it holds a list."""

    def of(self, row: Any) -> Any:
        """Return its value in a row, or None if there is none."""
        for name in self.fields:
            row = None if row is None else getattr(row, name)
        return row


Keys = tuple[Key, ...]
KEYS: dict[type, Keys] = {}
"""The keys of each type of row."""


def keys_of(
    kind: type[Any], flat: Sequence[str] = (), hidden: Sequence[str] = ()
) -> Keys:
    """Return the keys of a type of row: its fields in order, unless others were declared.

    To declare them, name the fields that are `hidden`, and those that are `flat`: the keys of
    their rows take their place.
    """
    if kind in KEYS and not (flat or hidden):
        return KEYS[kind]
    keys = list[Key]()
    for name, hint in kind.__annotations__.items():
        is_list = False
        while parts := get_args(hint):
            origin: Any = get_origin(hint)
            is_list = is_list or origin in (list, tuple, Sequence)
            hint = parts[0]
        inner = keys_of(hint) if is_row(hint) else ()
        if name in flat:
            keys += [key._replace(fields=(name, *key.fields)) for key in inner]
        elif name not in hidden:
            keys.append(Key(name, (name,), inner, is_list))
    KEYS[kind] = tuple(keys)
    return KEYS[kind]


def is_row(kind: type[Any]) -> bool:
    """Return whether values of a type are rows, which have keys."""
    return hasattr(kind, "_fields") and kind is not Period


# --- text that is safe to show --------------------------------------------------------------------

# C0 and C1 controls, the marks that reorder, hide or join text, what is not a character (halves of
# one, too), and fillers without a shape: all but the newline, and the joiners and variants that
# scripts and emoji need.
UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]"
)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as "2 places" or "1,204 entries"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def visible(text: str) -> str:
    """Return text with its control and bidi marks replaced by visible escapes."""
    if text.isascii() and text.isprintable():  # as most
        return text
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    return UNSAFE.sub(lambda mark: mark[0].encode("unicode_escape").decode(), lines)


# --- formats --------------------------------------------------------------------------------------

FULL_WIDTH = 100
"""The width of text that does not go to a terminal."""


class Surface(NamedTuple):
    """The medium that a report is written on."""

    width: int = FULL_WIDTH
    colour: bool = False
    site_url: str | None = None
    """The address of the published site, to which mails link."""


def content(report: Report, name: str, surface: Surface) -> str | bytes:
    """Return the content of a file in the named format: text, or bytes if it is binary."""
    if name == "xlsx":
        from tracker.tables.workbook import render_workbook

        return render_workbook(report)
    return render(report, name, surface)


def render(report: Report, name: str, surface: Surface) -> str:
    """Return a report in the named format, which is not binary."""
    if name == "ics":
        from tracker.tables.ics import render_ics

        return render_ics(report)
    if name in ("json", "csv", "tsv"):
        from tracker.tables.data import render_csv, render_json

        return render_json(report) if name == "json" else render_csv(report, name)
    if report.cites_on_sites:
        report = report.uncited()
    if name in ("html", "mail"):
        from tracker.tables.html import render_html, render_mail

        return (
            render_html(report)
            if name == "html"
            else render_mail(report, surface.site_url)
        )
    if name == "text":
        from tracker.tables.text import TextWriter

        return TextWriter(surface.width, surface.colour).report(report)
    from tracker.tables.markdown import FramedWriter, MarkdownWriter

    if name == "markdown":
        return MarkdownWriter(report.sources).report(report)
    return FramedWriter(name, surface.width, surface.colour).report(report)

"""Reports as workbooks: a sheet for each list, with native numbers and days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from tracker import extras
from tracker.dates import Period
from tracker.errors import SheetFull
from tracker.quantities import plain, rounded
from tracker.tables.cells import plain_value, visible
from tracker.tables.data import joined
from tracker.tables.lists import flat_tables
from tracker.tables.report import Report
from tracker.vocabulary import Precision

ABOUT = "about"
"""The last sheet: what is not a list, such as the clocks, the headline and the book's head."""
MOST_ROWS = 1_048_576
"""How many rows a sheet has room for."""
LONGEST_TEXT = 32_767
DIGITS = 15
"""How many significant digits spreadsheets keep."""
FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheets number alike."""
NARROW, WIDE = 8, 60
"""The bounds of a column's width, in characters."""
MADE_ON = datetime(1980, 1, 1)
"""The fixed creation time of a workbook, so that its bytes are always the same."""


def render_workbook(report: Report) -> bytes:
    """Return the workbook of a report: its main table, its other lists, and what it is about."""
    into = BytesIO()
    with extras.of_format("xlsx").Workbook(into, {"in_memory": True}) as book:
        book.set_properties({"title": visible(" ".join(report.heading[:1])), "created": MADE_ON})
        writer = _Writer(book)
        for sheet in _sheets(report):
            writer.write(*sheet)
    return into.getvalue()


def _sheets(report: Report) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]:
    """Yield the name, the columns and the rows of a report's lists, and of the sheet about it.

    The main list has the report's name.
    """
    tables = flat_tables(report)
    for name, table in tables.items():
        if table.is_list:
            called = str(report.document.get("report", name)) if name == report.main else name
            called = "entries" if called == "history" else called  # Excel reserves that name
            yield called, table.columns, [*table.rows]
    about = [one for one in report.document.items() if one[0] not in tables]
    yield ABOUT, ("key", "value"), [*_leaves(about)]


def _leaves(items: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for key, value in items:
        if hasattr(value, "_asdict") and not isinstance(value, Period):
            yield from ((f"{key}_{inner}", one) for inner, one in value._asdict().items())
        else:
            yield key, value


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book, top = book, {"valign": "top"}
        days = top | {"align": "left"}
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.plain = book.add_format(top | {"text_wrap": True})
        self.day = book.add_format(days | {"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format(days | {"num_format": "yyyy-mm-dd hh:mm:ss"})

    def write(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Write a sheet: a frozen head, then the rows."""
        if len(rows) >= MOST_ROWS:
            raise SheetFull(section=name, rows=len(rows), room=MOST_ROWS - 1)
        page = self.book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(rows), len(columns) - 1)
        for at, column in enumerate(columns):
            held = [_held(row[at]) for row in rows]
            page.write_string(0, at, column, self.head)
            page.set_column(at, at, _width(column, held), self.plain)
            for down, value in enumerate(held, 1):
                self._cell(page, down, at, value)

    def _cell(self, page: Any, down: int, at: int, value: Any) -> None:
        match value:
            case None:
                pass
            case bool():
                page.write_boolean(down, at, value, self.plain)
            case int() | float():
                page.write_number(down, at, value, self.plain)
            case datetime():
                page.write_datetime(down, at, value, self.moment)
            case date():
                page.write_datetime(down, at, value, self.day)
            case _:
                self._text(page, down, at, value)

    def _text(self, page: Any, down: int, at: int, text: str) -> None:
        """Write text as text, never as a formula, a link or the library's own markup."""
        # In one piece, this would be taken for markup.
        if text.startswith("<r>") and text.endswith("</r>"):
            page.write_rich_string(down, at, text[:1], self.plain, text[1:], self.plain)
        else:
            page.write_string(down, at, text, self.plain)


def _held(value: Any) -> Any:
    """Return a value in a spreadsheet's type: a number, a day, a moment, a flag or text."""
    match value:
        case None | bool():
            return value
        case int():
            return value if len(str(abs(value))) <= DIGITS else str(value)
        case Decimal():
            figure = rounded(value)
            return float(figure) if len(figure.as_tuple().digits) <= DIGITS else plain(figure)
        case Period():
            exact = value.precision is Precision.DAY
            return _held(value.last) if exact else str(value)
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None)
        case date():
            return value if value >= FIRST_DAY else value.isoformat()
        case list() | tuple() | Mapping():
            value = joined(value) if value else None
    if value is None:
        return None
    text = visible(str(plain_value(value)))
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _width(column: str, held: Iterable[Any]) -> int:
    """Return the width of a column, in characters."""
    lines = (line for value in held for line in str(value).split("\n"))
    return max(NARROW, min(WIDE, max(map(len, (column, *lines))) + 2))

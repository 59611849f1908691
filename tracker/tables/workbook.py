"""Reports as workbooks: what the report is about, then a sheet for each of its tables."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from tracker import settings
from tracker.dates import Period
from tracker.quantities import plain
from tracker.tables import TIE, Cell, Report, Section, keys_of, visible
from tracker.tables.data import columns_of

MADE_ON = datetime(1980, 1, 1)
"""The fixed creation time of a workbook, so that its bytes are always the same."""
LONGEST_TEXT, DIGITS = 32_767, 15
"""How long a text of a sheet may be, and how many digits a number has."""
FORBIDDEN = "[]:*?/\\'"
"""What the name of a sheet cannot have."""
LONGEST_NAME = 31
"""How long the name of a sheet may be."""
NARROWEST, WIDEST = 8, 60
"""How wide a column of a sheet is, in characters; longer text is wrapped."""
STYLE = "Table Style Light 1"
DAY = {"num_format": "d mmm yyyy", "valign": "top"}
TEXT = {"text_wrap": True, "valign": "top"}

SheetValue = date | Decimal | int | str | None


class Sheet(NamedTuple):
    """A table of a report as values, with a header for each column."""

    name: str
    headers: list[str]
    rows: list[list[tuple[SheetValue, str]]]
    """Each cell: a value, and the text that a page has for it."""


def render_workbook(report: Report) -> bytes:
    """Return a workbook: a sheet that says what it is about, then one marked table a sheet."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with settings.of_format("xlsx").Workbook(buffer, options) as book:
        book.set_properties({"created": MADE_ON})
        about = book.add_worksheet("About")
        about.set_column(0, 0, WIDEST + NARROWEST, book.add_format(TEXT))
        about.write_column(0, 0, [*map(_text, _about(report))])
        for sheet in _sheets(report):
            _write(book, sheet)
    return buffer.getvalue()


def _about(report: Report) -> Iterator[str]:
    """Yield the lines of a report that are not in its tables."""
    yield from [*report.heading, report.headline, report.deck]
    for section in report.sections:
        if section.lines:
            yield ": ".join(filter(None, [section.title, " ".join(section.lines)]))
    yield from report.footer


def _sheets(report: Report) -> Iterator[Sheet]:
    """Yield the tables of a report, each under another name."""
    names = set[str]()
    for section in report.sections:
        if not section.is_table:
            continue
        words = visible(section.title)
        title = "".join(char for char in words if char not in FORBIDDEN) or "Rows"
        name = title[:LONGEST_NAME]
        number = 2
        while name.lower() in names:
            name = f"{title[: LONGEST_NAME - len(str(number)) - 1]} {number}"
            number += 1
        names.add(name.lower())
        yield _sheet(report, section, name)


def _sheet(report: Report, section: Section, name: str) -> Sheet:
    """Return a table as values; what a page sets over, under or behind a cell is a column."""
    columns, cells = section.table()
    is_main = isinstance(section.rows[0], report.kind) and not section.is_turned
    of_columns = columns_of(keys_of(report.kind)) if is_main else {}
    table = list[list[tuple[SheetValue, str]]]()
    for number, shown in enumerate(cells):
        line = []
        for column, cell in zip(columns, shown, strict=True):
            if key := of_columns.get(column.key):
                cell = cell._replace(value=key.of(section.rows[number]))
            line.append((_plain(cell), cell.text))
        table.append(line)
    headers = [column.header or column.key.capitalize() for column in columns]
    groups = [None if section.is_turned else section.group(row) for row in section.rows]
    below = ["\n".join(cell.below for cell in shown if cell.below) for shown in cells]
    links = ["\n".join(cell.href for cell in shown if cell.href) for shown in cells]
    for header, texts in (("Under", groups), ("Note", below), ("Address", links)):
        if any(texts):
            headers.append(header)
            for line, text in zip(table, texts, strict=True):
                line.append((text or None, text or ""))
    return Sheet(name, _unlike(headers), table)


def _plain(cell: Cell) -> SheetValue:
    """Return a day, a number or a text as itself, anything else as the text of its cell."""
    value = cell.value
    if isinstance(value, Period):
        value = value.last if value.first == value.last else None
    match value:
        case bool() | None:
            return cell.without_address
        case date() | str():
            return value
        case int() | Decimal() if len(plain(Decimal(value))) <= DIGITS:
            return value
    return cell.without_address


def _unlike(headers: Sequence[str]) -> list[str]:
    """Return headers of which none is empty or there twice, as a marked table needs them."""
    unlike = list[str]()
    for place, header in enumerate(headers, 1):
        is_free = header and header not in unlike
        unlike.append(visible(header) if is_free else f"{header} {place}".strip())
    return unlike


def _write(book: Any, sheet: Sheet) -> None:
    """Write a sheet: a marked table with a frozen head and columns as wide as their text."""
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    columns = [{"header": header} for header in sheet.headers]
    last = len(sheet.rows), len(columns) - 1
    page.add_table(0, 0, *last, {"columns": columns, "style": STYLE})
    text = book.add_format(TEXT)
    day = book.add_format(DAY)
    formats: dict[str, Any] = {}
    for at, header in enumerate(sheet.headers):
        width = len(header)
        for row in sheet.rows:
            _, shown = row[at]
            width = max(width, *map(len, shown.split("\n")))
        page.set_column(at, at, min(max(width + 2, NARROWEST), WIDEST))
    for number, row in enumerate(sheet.rows, 1):
        for at, (value, shown) in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, at, value, day)
            elif isinstance(value, int | Decimal):
                _, _, unit = shown.partition(" ")
                suffix = f'" {unit}"' if unit and str(value) in shown else ""
                if suffix not in formats:
                    shape = {"valign": "top", "num_format": f"General{suffix}"}
                    formats[suffix] = book.add_format(shape)
                page.write_number(number, at, value, formats[suffix])
            elif value:
                page.write_string(number, at, _text(value), text)


def _text(words: str) -> str:
    """Return text as a cell holds it; what the library would take for markup gets a `'`."""
    words = visible(words.replace(TIE, " "))
    words = f"'{words}" if words.startswith(("<r>", "{=")) else words
    return words if len(words) <= LONGEST_TEXT else f"{words[: LONGEST_TEXT - 1]}…"

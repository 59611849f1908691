"""Reports for programs: the JSON contract, CSV, TSV and workbooks."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from io import BytesIO, StringIO
from typing import Any, get_args, get_origin, get_type_hints

from tracker import settings
from tracker.dates import Period, iso_moment
from tracker.quantities import plain, rounded
from tracker.tables import NOTHING, TIE, UNSAFE, Report, flattened, keyed_row, visible
from tracker.vocabulary import HIDDEN

SCHEMA = 3
"""The version of the JSON contract; it rises when a key is removed or changes its meaning."""

PLAIN = (str, int, bool)
# This includes text that itself begins with an apostrophe: an import must restore it.
FORMULA = re.compile(r"^'*[=+\-@\t\r]")
MADE_ON = datetime(1980, 1, 1)
"""The fixed creation time of a workbook, so that its bytes are always the same."""
LONGEST_TEXT, DIGITS = 32_767, 15
"""How long a text of a sheet may be, and how many digits a number has."""
WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*", re.ASCII)
"""A slug, or another text without separators and without anything to escape."""


# --- the keys of a row ----------------------------------------------------------------------------

SHORT = 4
"""The most columns that a row may have to be written within one cell."""

Path = tuple[str, ...]
"""The path to a value: names of fields, from a row inwards."""

_hints = cache(get_type_hints)
"""Each column asks for the types of its row, which Python works out again at each call."""


def paths_of(row_type: Any) -> dict[str, Path]:
    """Return a row's columns in CSV with the paths to their values; nested keys are joined.

    A list of rows is one column if they are short, and none if they are not.
    """
    paths: dict[str, Path] = {}
    hidden = flattened(row_type, HIDDEN)
    for key, hint in _hints(row_type).items():
        if key in hidden:
            continue
        is_list = get_origin(hint) in (list, tuple)
        row = next((kind for kind in get_args(hint) or (hint,) if _is_row(kind)), None)
        if row is None or (is_list and len(paths_of(row)) <= SHORT):
            paths[key] = (key,)
        elif not is_list:
            before = "" if key in flattened(row_type) else f"{key}_"
            paths |= {f"{before}{inner}": (key, *path) for inner, path in paths_of(row).items()}
    return paths


def _is_row(kind: Any) -> bool:
    """Return whether a type is that of a row, rather than of a value."""
    return hasattr(kind, "_fields") and kind is not Period


def value_at(row: Any, path: Path) -> Any:
    """Return a row's value at a path, or None if there is none."""
    for key in path:
        row = None if row is None else getattr(row, key)
    return row


# --- values ---------------------------------------------------------------------------------------


def plain_value(value: Any, native: bool = False) -> Any:
    """Return a value as JSON holds it: days ISO, quantities as numbers, rows as objects.

    With `native`, days and moments stay what they are in Python.
    """
    if value is None or type(value) in PLAIN:  # as most are
        return value
    match value:
        case Decimal():
            return rounded(value)
        case Period():
            return str(value)
        case Enum():
            return value.value
        case datetime() if not native:
            return iso_moment(value)
        case date() if not native:
            return value.isoformat()
        case Mapping():
            return {key: plain_value(item, native) for key, item in value.items()}
        case tuple() if hasattr(value, "_fields"):
            return {key: plain_value(item, native) for key, item in keyed_row(value).items()}
        case list() | tuple():
            return [plain_value(item, native) for item in value]
    return value


def joined(value: Any) -> str:
    """Return several values as the text of one cell.

    Slugs, and the values of a short row, are separated by spaces; rows and texts by semicolons.
    Fields are named: `title: Buy soybeans; target: 25`.
    """
    match value:
        case None:
            return NOTHING
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(rounded(value))
        case Period():
            return str(value)
        case Mapping():
            return "; ".join(f"{name}: {joined(item)}" for name, item in value.items())
        case tuple() if hasattr(value, "_fields"):
            return " ".join(map(joined, keyed_row(value).values())).rstrip(f" {NOTHING}")
        case list() | tuple():
            are_words = all(isinstance(item, str) and WORD.fullmatch(item) for item in value)
            return (" " if are_words else "; ").join(map(joined, value))
    return str(plain_value(value))


# --- documents ------------------------------------------------------------------------------------


def document(report: Report) -> dict[str, Any]:
    """Return the JSON document before it is serialised."""
    return {"schema": SCHEMA, **plain_value(report.document)}


def render_json(report: Report) -> str:
    """Return the JSON document, with control and bidi marks escaped."""
    import simplejson  # writes decimals as numbers without rounding them

    def number(value: Decimal) -> Any:
        """Return a decimal without an exponent, which an import would refuse."""
        return simplejson.RawJSON(plain(value))

    text = simplejson.dumps(
        document(report), ensure_ascii=False, indent=2, use_decimal=False, default=number
    )
    return UNSAFE.sub(lambda mark: simplejson.dumps(mark[0])[1:-1], text) + "\n"


def render_csv(report: Report, name: str = "csv") -> str:
    """Return the main table of a report as CSV or TSV, with its JSON keys as headers.

    Text that a spreadsheet would run as a formula gets a `'`.
    """
    import csv

    buffer = StringIO()
    writer = csv.writer(buffer, delimiter="\t" if name == "tsv" else ",", lineterminator="\n")
    writer.writerows(map(_in_csv, row) for row in _main_table(report))
    return buffer.getvalue()


def _in_csv(cell: Any) -> Any:
    if isinstance(cell, str):
        return f"'{visible(cell)}" if FORMULA.match(cell) else visible(cell)
    return plain(cell) if isinstance(cell, Decimal) else cell


def _main_table(report: Report) -> Iterator[list[Any]]:
    """Yield the keys of the main table, then its rows: each cell a number, text or None."""
    paths = paths_of(report.row_type)
    columns = report.columns or tuple(paths)
    yield [*columns]
    for row in report.rows:
        yield [_cell(value_at(row, paths[key])) for key in columns]


def _cell(value: Any) -> Any:
    if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
        return value
    return rounded(value) if isinstance(value, Decimal) else joined(value)


def render_workbook(report: Report) -> bytes:
    """Return a workbook: a sheet with the table of the CSV, and one that says what it is about."""
    buffer = BytesIO()
    plainly = {"strings_to_formulas": False, "strings_to_urls": False}
    with settings.of_format("xlsx").Workbook(buffer, {"in_memory": True} | plainly) as book:
        book.set_properties({"created": MADE_ON})
        page = book.add_worksheet("Rows")
        about = book.add_worksheet("About")
        page.freeze_panes(1, 0)
        for number, row in enumerate(_main_table(report)):
            page.write_row(number, 0, map(_in_sheet, row))
        lines = filter(None, [*report.heading, report.headline, *report.footer])
        about.write_column(0, 0, [_in_sheet(line.replace(TIE, " ")) for line in lines])
    return buffer.getvalue()


def _in_sheet(cell: Any) -> Any:
    """Return a cell as a number or as text; what the library would take for markup gets a `'`."""
    text = plain(cell) if isinstance(cell, Decimal) else visible(str(cell or ""))
    if isinstance(cell, (int, Decimal)) and len(text) <= DIGITS:
        return cell
    text = f"'{text}" if text.startswith(("<r>", "{=")) else text
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"

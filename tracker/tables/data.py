"""Reports for programs: the JSON contract, CSV and TSV."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import StringIO
from typing import Any

from tracker.dates import Period, iso_moment
from tracker.quantities import plain, rounded
from tracker.tables import NOTHING, UNSAFE, Key, Keys, Report, keys_of, visible

SCHEMA = 4
"""The version of the JSON contract; it rises when a key is removed or changes its meaning."""

PLAIN = (str, int, bool)
# This includes text that itself begins with an apostrophe: an import must restore it.
FORMULA = re.compile(r"^'*[=+\-@\t\r]")
WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*", re.ASCII)
"""A slug, or another text without separators and without anything to escape."""


# --- columns ------------------------------------------------------------------------------------

SHORT = 4
"""The most columns that a row may have to be written within one cell."""


def columns_of(keys: Keys) -> dict[str, Key]:
    """Return the columns of a table in CSV: the keys of a row within a row are joined.

    A list of rows is one column if they are short, and none if they are not.
    """
    columns = {}
    for key in keys:
        inner = columns_of(key.inner)
        if not inner or (key.is_list and len(inner) <= SHORT):
            columns[key.name] = key
        elif not key.is_list:
            for name, nested in inner.items():
                fields = (*key.fields, *nested.fields)
                columns[f"{key.name}_{name}"] = nested._replace(fields=fields)
    return columns


# --- values ---------------------------------------------------------------------------------------


def plain_value(value: Any, *, native: bool = False) -> Any:
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
            return {key: plain_value(item, native=native) for key, item in value.items()}
        case tuple() if hasattr(value, "_fields"):
            return {
                key.name: plain_value(key.of(value), native=native)
                for key in keys_of(type(value))
            }
        case list() | tuple():
            return [plain_value(item, native=native) for item in value]
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
            return str(value).lower()
        case Decimal():
            return plain(rounded(value))
        case Period():
            return str(value)
        case Mapping():
            return "; ".join(f"{name}: {joined(item)}" for name, item in value.items())
        case tuple() if hasattr(value, "_fields"):
            values = [joined(key.of(value)) for key in keys_of(type(value))]
            return " ".join(values).rstrip(f" {NOTHING}")
        case list() | tuple():
            are_words = all(
                isinstance(item, str) and WORD.fullmatch(item) for item in value
            )
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


def render_csv(report: Report, name: str = "csv", point: Sequence[str] = ()) -> str:
    """Return the main table of a report as CSV or TSV, with its JSON keys as headers.

    Text that a spreadsheet would run as a formula gets a `'`. Each row begins with what the
    document has under the keys of a `point`.
    """
    import csv

    buffer = StringIO()
    writer = csv.writer(
        buffer, delimiter="\t" if name == "tsv" else ",", lineterminator="\n"
    )
    keys = columns_of(keys_of(report.kind))
    columns = {name: keys[name] for name in report.columns or keys}
    first = [_cell(report.document[key]) for key in point]
    writer.writerow([*point, *columns])
    for row in report.rows:
        writer.writerow(first + [_cell(key.of(row)) for key in columns.values()])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    """Return a value for CSV: a number, or text that no spreadsheet runs as a formula."""
    if value is None or type(value) is int:
        return value
    if isinstance(value, Decimal):
        return plain(rounded(value))
    words = value if isinstance(value, str) else joined(value)
    return f"'{visible(words)}" if FORMULA.match(words) else visible(words)

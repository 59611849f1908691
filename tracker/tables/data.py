"""Reports for machines: the JSON contract, CSV and tab-separated values."""

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from tracker.dates import Period
from tracker.errors import UnknownWord
from tracker.quantities import plain, rounded
from tracker.tables.cells import UNSAFE, plain_value, visible
from tracker.tables.lists import FlatTable, flat_tables, main_table
from tracker.tables.report import NOTHING, Report

SCHEMA = 2
"""The version of the JSON contract; it rises when a key is removed or changes its meaning."""

# This includes text that itself begins with an apostrophe: an import must restore it.
FORMULA = re.compile(r"^'*[=+\-@\t\r]")
WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*", re.ASCII)
"""A slug, or another text without separators and without anything to escape."""


def render_json(report: Report) -> str:
    """Return the JSON document, with control and bidi marks escaped."""
    return _json(document(report), indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """Return the JSON document before it is serialised."""
    return {"schema": SCHEMA, **plain_value(report.document)}


def _json(value: Any, indent: int | None = None) -> str:
    import simplejson  # writes decimals as numbers without rounding them

    def number(value: Decimal) -> Any:
        """Return a decimal without an exponent, which an import would refuse."""
        return simplejson.RawJSON(plain(value))

    text = simplejson.dumps(
        value, ensure_ascii=False, indent=indent, use_decimal=False, default=number
    )
    return UNSAFE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """Return a mark as a JSON escape: a surrogate pair if it is beyond the basic plane."""
    halves = found[0].encode("utf-16-be").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))


def render_csv(
    report: Report, delimiter: str = ",", raw: bool = False, section: str | None = None
) -> str:
    """Return one table of a report with its JSON keys as headers: the main one, or the section's.

    Text that a spreadsheet would run as a formula gets a `'`, and control marks are shown as
    escapes, unless `raw`.
    """
    table = main_table(report) if section is None else _section(report, section)
    out = StringIO()
    writer = csv.writer(_Lines(out), delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_cell(value, raw) for value in row])
    return out.getvalue()


def _section(report: Report, name: str) -> FlatTable:
    tables = flat_tables(report)
    if name not in tables:
        raise UnknownWord(kind="section of this report", word=name, allowed=tables)
    return tables[name]


class _Lines:
    """Ends rows with only a newline.

    Python's writer must be set to CR and LF: otherwise, before 3.13, it leaves a CR in a cell
    unquoted, and readers see two rows.
    """

    def __init__(self, out: StringIO) -> None:
        self.out = out

    def write(self, row: str) -> int:
        """Write one row."""
        return self.out.write(row.removesuffix("\r\n") + "\n")


def _cell(value: Any, raw: bool) -> Any:
    """Return a cell that a spreadsheet takes as data; numbers stay numbers."""
    if value is None:  # as most are
        return None
    if isinstance(value, str):
        return value if raw else f"'{visible(value)}" if FORMULA.match(value) else visible(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(rounded(value))
    return _cell(joined(value), raw) if is_several(value) else plain_value(value)


def is_several(value: Any) -> bool:
    """Return whether a value is several values, to be joined in one cell."""
    return isinstance(value, (list, tuple, Mapping)) and not isinstance(value, Period)


def joined(value: Any) -> str:
    """Return several values as the text of one cell.

    Slugs, and the values of a short row, are separated by spaces; rows and texts by semicolons.
    Fields are named: `title: Buy soybeans; target: 25`.
    """
    match value:
        case None:
            return NOTHING
        case bool():
            return _json(value)
        case Decimal():
            return plain(rounded(value))
        case Period():
            return str(value)
        case Mapping():
            return "; ".join(f"{name}: {joined(held)}" for name, held in _leaves(value))
        case tuple() if hasattr(value, "_fields"):
            return " ".join(map(joined, value)).rstrip(f" {NOTHING}")
        case list() | tuple():
            words = all(isinstance(held, str) and WORD.fullmatch(held) for held in value)
            return (" " if words else "; ").join(map(joined, value))
    return str(plain_value(value))


def _leaves(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values of nested fields, each with its path."""
    for name, held in value.items():
        if isinstance(held, Mapping):
            yield from ((f"{name}.{inner}", one) for inner, one in _leaves(held))
        else:
            yield name, held

"""Reports for machines: the JSON contract, CSV and tab-separated values."""

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from tracker.dates import Period
from tracker.quantities import plain, rounded
from tracker.tables.cells import UNSAFE, plain_value, visible
from tracker.tables.report import NOTHING, Report
from tracker.tables.rows import paths_of, value_at

SCHEMA = 2
"""The version of the JSON contract; it rises when a key is removed or changes its meaning."""

# This includes text that itself begins with an apostrophe: an import must restore it.
FORMULA = re.compile(r"^'*[=+\-@\t\r]")
WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*", re.ASCII)
"""A slug, or another text without separators and without anything to escape."""


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
    return UNSAFE.sub(_escaped, text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """Return a mark as a JSON escape: a surrogate pair if it is beyond the basic plane."""
    halves = found[0].encode("utf-16-be").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))


def render_csv(report: Report, delimiter: str = ",") -> str:
    """Return the main table of a report, with its JSON keys as headers.

    Text that a spreadsheet would run as a formula gets a `'`, and control marks are shown as
    escapes.
    """
    paths = paths_of(report.row_type)
    columns = report.columns or tuple(paths)
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in report.rows:
        writer.writerow([_cell(value_at(row, paths[key])) for key in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Return a cell that a spreadsheet takes as data; numbers stay numbers."""
    if value is None:  # as most are
        return None
    if isinstance(value, str):
        return f"'{visible(value)}" if FORMULA.match(value) else visible(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(rounded(value))
    if isinstance(value, (list, tuple, Mapping)) and not isinstance(value, Period):
        return _cell(joined(value))
    return plain_value(value)


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

"""Reports for machines: the JSON contract, CSV and tab-separated values."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, get_args, get_origin, get_type_hints

from tracker.dates import Period
from tracker.quantities import plain, rounded
from tracker.tables.cells import UNSAFE, plain_value, visible
from tracker.tables.report import Report
from tracker.tables.rows import flattened

SCHEMA = 2
"""The version of the JSON contract; it rises when a key changes its meaning or goes."""

FORMULA = re.compile(r"^[=+\-@\t\r]")
WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*", re.ASCII)
"""A slug, or another text that holds nothing to separate or to escape."""


def render_json(report: Report) -> str:
    """Return the JSON document; control and bidi marks stand in it as escapes."""
    return _json(document(report), indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """Return the JSON document, before it is written."""
    return {"schema": SCHEMA, **plain_value(report.document)}


def _json(value: Any, indent: int | None = None) -> str:
    import simplejson  # writes decimals as numbers without rounding them

    text = simplejson.dumps(value, ensure_ascii=False, indent=indent, use_decimal=True)
    return UNSAFE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """Return a mark as JSON escapes it: beyond the basic plane as two halves."""
    halves = found[0].encode("utf-16-be").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))


def render_csv(report: Report, delimiter: str = ",", raw: bool = False) -> str:
    """Return the main table's rows under their JSON keys.

    Text that a spreadsheet would run as a formula gets a `'`, and control marks are shown as
    escapes, unless `raw`.
    """
    out = StringIO()
    writer = csv.writer(_Lines(out), delimiter=delimiter, lineterminator="\r\n")
    paths = paths_of(report.row_type)
    paths = {key: paths[key] for key in report.columns or paths}
    writer.writerow(paths)
    for row in report.rows:
        writer.writerow([_cell(value_at(row, path), raw) for path in paths.values()])
    return out.getvalue()


class _Lines:
    """Ends rows with a newline alone.

    Python's writer must believe that rows end with CR and LF: before 3.13 it leaves a CR in a
    cell unquoted otherwise, and readers then see two rows.
    """

    def __init__(self, out: StringIO) -> None:
        self.out = out

    def write(self, row: str) -> int:
        """Write one row."""
        return self.out.write(row.removesuffix("\r\n") + "\n")


Path = tuple[str, ...]
"""The fields that lead to a value, from a row inwards."""


def paths_of(row_type: Any) -> dict[str, Path]:
    """Return the keys of a row as CSV has them, and where their values stand."""
    return dict(_paths(row_type))


def _paths(row_type: Any) -> Iterator[tuple[str, Path]]:
    """Yield a row's columns and the fields that lead there; nested keys are joined.

    A field with a sequence of rows is one column, as JSON.
    """
    for key, hint in get_type_hints(row_type).items():
        kinds = () if get_origin(hint) is tuple else get_args(hint) or (hint,)
        nested = next((kind for kind in kinds if _is_row(kind)), None)
        if nested is None:
            yield key, (key,)
            continue
        for inner, path in _paths(nested):
            yield (inner if key in flattened(row_type) else f"{key}_{inner}"), (key, *path)


def _is_row(kind: Any) -> bool:
    return hasattr(kind, "_fields") and kind is not Period


def value_at(row: Any, path: Path) -> Any:
    """Return what stands in a row at the end of a path; None where there is nothing."""
    for key in path:
        row = None if row is None else getattr(row, key)
    return row


def _listed(values: Sequence[Any]) -> str:
    """Return several slugs a space apart; any other list as JSON."""
    if all(isinstance(value, str) and WORD.fullmatch(value) for value in values):
        return " ".join(values)
    return _json(plain_value(values))


def _cell(value: Any, raw: bool) -> Any:
    """Return a cell that a spreadsheet takes as data; numbers stay numbers."""
    if isinstance(value, (list, tuple)) and not isinstance(value, Period):
        return _listed(value) if value else ""
    if isinstance(value, Mapping):
        return _json(plain_value(value))
    if isinstance(value, bool):
        return _json(value)
    if isinstance(value, Decimal):
        return plain(rounded(value))
    if not isinstance(value, str) or raw:
        return plain_value(value)
    return f"'{visible(value)}" if FORMULA.match(value) else visible(value)

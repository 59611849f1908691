"""Reports for machines: the JSON contract, CSV and TSV, and the part of a table that is wanted."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import StringIO
from typing import Any, NamedTuple

from tracker.dates import Period, iso_moment
from tracker.errors import WrongUsage
from tracker.quantities import in_words, plain, rounded
from tracker.tables.report import (
    MARK,
    NOTHING,
    UNSAFE,
    Column,
    Path,
    Report,
    Section,
    keyed,
    paths_of,
    table,
    value_at,
    visible,
)

SCHEMA = 3
"""The version of the JSON contract; it rises when a key is removed or changes its meaning."""

PLAIN = (str, int, bool)
# This includes text that itself begins with an apostrophe: an import must restore it.
FORMULA = re.compile(r"^'*[=+\-@\t\r]")
WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*", re.ASCII)
"""A slug, or another text without separators and without anything to escape."""


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
            return {key: plain_value(item, native) for key, item in keyed(value).items()}
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
            return "; ".join(f"{path}: {joined(item)}" for path, item in _leaves(value))
        case tuple() if hasattr(value, "_fields"):
            return " ".join(map(joined, value)).rstrip(f" {NOTHING}")
        case list() | tuple():
            are_words = all(isinstance(item, str) and WORD.fullmatch(item) for item in value)
            return (" " if are_words else "; ").join(map(joined, value))
    return str(plain_value(value))


def _leaves(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values of nested fields, each with its path."""
    for name, item in value.items():
        if isinstance(item, Mapping):
            yield from ((f"{name}.{path}", inner) for path, inner in _leaves(item))
        else:
            yield name, item


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
    return UNSAFE.sub(lambda found: simplejson.dumps(found[0])[1:-1], text) + "\n"


def render_csv(report: Report, delimiter: str = ",") -> str:
    """Return the main table of a report, with its JSON keys as headers.

    Text that a spreadsheet would run as a formula gets a `'`, and control marks are shown as
    escapes.
    """
    import csv

    paths = paths_of(report.row_type)
    columns = report.columns or tuple(paths)
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in report.rows:
        writer.writerow([_cell(value_at(row, paths[key])) for key in columns])
    return out.getvalue()


def _cell(value: Any) -> str | None:
    """Return a cell that a spreadsheet takes as data; numbers stay numbers."""
    if value is None:  # as most are
        return None
    if isinstance(value, (int, Decimal)):
        return joined(value)
    text = value if isinstance(value, str) else joined(value)
    return f"'{visible(text)}" if FORMULA.match(text) else visible(text)


# --- a part of the table --------------------------------------------------------------------------


class Shape(NamedTuple):
    """The columns in order; the key to sort by, descending after a `-`; the number of rows."""

    columns: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None


def shaped(report: Report, shape: Shape, name: str) -> Report:
    """Return a report with its main table in this shape, for the named format.

    JSON keeps all keys. If the table is split into parts, rows are sorted within each.
    """
    paths = paths_of(report.row_type)
    rows = _ordered(report.rows, shape.sort, paths)[: shape.limit]
    part = report._replace(document={**report.document, report.main: rows})
    if name in ("csv", "tsv"):  # whose columns are JSON keys
        return part._replace(columns=tuple(_known(word, paths) for word in shape.columns))
    mains = [section for section in report.sections if _is_main(section, report)]
    known = _named([column for section in mains for column in section.all_columns], paths)
    shape = shape._replace(columns=tuple(_known(word, known) for word in shape.columns))
    kept = {*map(id, rows)}
    sections = [_part(section, report, shape, kept) for section in report.sections]
    return part._replace(sections=_with_cited([section for section in sections if section]))


def _known(word: str, keys: Iterable[str], kind: str = "column") -> str:
    """Return the key that a word means, written as a key or as a header."""
    key = _as_key(word)
    if key not in keys:
        raise WrongUsage("unknown word", kind=kind, word=word, allowed=keys)
    return key


def _as_key(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def _ordered(rows: Sequence[Any], sort: str | None, paths: dict[str, Path]) -> list[Any]:
    """Return rows by one of their keys, those without a value last."""
    if sort is None:
        return [*rows]
    path = paths[_known(sort.removeprefix("-"), paths, "key to sort by")]
    empty = [row for row in rows if value_at(row, path) in (None, ())]
    valued = (row for row in rows if value_at(row, path) not in (None, ()))
    backwards = sort.startswith("-")
    return [*sorted(valued, key=lambda row: _rank(value_at(row, path)), reverse=backwards), *empty]


def _rank(value: Any) -> Any:
    """Return a value's sort key; a word of a fixed list is sorted by its place there."""
    match value:
        case Period():
            return value.last, value.first
        case Enum():
            return [*type(value)].index(value)
        case str():
            return value.casefold()
        case list() | tuple():
            return str(plain_value(value))
    return value


def _is_main(section: Section, report: Report) -> bool:
    """Return whether a section shows rows like those of the main table."""
    return all(isinstance(row, report.row_type) for row in section.rows)


def _part(section: Section, report: Report, shape: Shape, kept: set[int]) -> Section | None:
    """Return a section made again in the shape, or None if none of its rows is left.

    `kept` has the ids of the main table's rows that are shown; a table of other rows like these,
    such as each agreement's counts, has its own first rows. Other sections stay as they are.
    """
    if not section.rows or not _is_main(section, report):
        return section
    paths = paths_of(report.row_type)
    rows = _ordered(section.rows, shape.sort, paths)
    if {*map(id, rows)} & {*map(id, report.rows)}:
        rows = [row for row in rows if id(row) in kept]
    else:
        rows = rows[: shape.limit]
    if not rows or not section.all_columns:  # without columns, it says that there are no figures
        return section if rows else None
    columns = section.all_columns
    if shape.columns:
        named = _named(columns, paths)
        columns = [named[key]._replace(spare=False) for key in shape.columns if key in named]
    whole = bool(shape.columns)
    again = table(columns, rows, section.title, section.empty, section.struck, whole=whole)
    return again._replace(lines=section.lines, bare=section.bare)


def _named(columns: Iterable[Column], paths: dict[str, Path]) -> dict[str, Column]:
    """Return columns by header and by key; one that the table lacks shows the key's values."""
    named = {key: _plain(key, path) for key, path in paths.items()}
    named |= {column.key: column for column in columns if column.key}
    return named | {_as_key(column.header): column for column in columns if column.header}


def _plain(key: str, path: Path) -> Column:
    """Return a column that shows a key's values."""

    def words(row: Any) -> str:
        value = value_at(row, path)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Decimal):
            return in_words(rounded(value))
        if isinstance(value, (list, tuple)) and value and not isinstance(value, Period):
            return ", ".join(str(plain_value(item)) for item in value)
        return joined(value) or NOTHING

    return Column(key.replace("_", " ").capitalize(), words, wraps=True)


def _with_cited(sections: Sequence[Section]) -> list[Section]:
    """Return sections, with only those sources listed that are still cited."""
    tables = [section for section in sections if not section.lists_sources]
    cells = [cell for section in tables for row in section.cells for cell in row]
    marks = {mark for cell in cells for mark in MARK.findall(cell.whole)}
    kept = []
    for section in sections:
        if section.lists_sources:
            cited = tuple(row for row in section.cells if row[0].text in marks)
            kept += [section._replace(cells=cited)] if cited else []
        else:
            kept.append(section)
    return kept

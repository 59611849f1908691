"""Reduces a report's main table: to some columns, in another order, to the first rows."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.errors import UnknownWord
from tracker.quantities import in_words, rounded
from tracker.tables.cells import plain_value
from tracker.tables.data import joined
from tracker.tables.report import MARK, NOTHING, Column, Report, Section, table
from tracker.tables.rows import Path, paths_of, value_at

DATA = ("csv", "tsv")
"""The formats whose columns are JSON keys."""
EMPTY = (None, ())
"""The values that a cell shows as nothing."""


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
    made = report._replace(document={**report.document, report.main: rows})
    if name in DATA:
        return made._replace(columns=tuple(_key(word, paths) for word in shape.columns))
    _require_known(report, shape, paths)
    kept = {id(row) for row in rows}
    sections = (_shown(section, report, shape, kept) for section in report.sections)
    return made._replace(sections=[*_with_notes([one for one in sections if one])])


def _ordered(rows: Sequence[Any], sort: str | None, paths: dict[str, Path]) -> list[Any]:
    """Return rows by one of their keys, those without a value last."""
    if sort is None:
        return [*rows]
    path = paths[_key(sort.removeprefix("-"), paths, "key to sort by")]
    empty = [row for row in rows if value_at(row, path) in EMPTY]
    valued = (row for row in rows if value_at(row, path) not in EMPTY)
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


def _key(word: str, keys: Iterable[str], kind: str = "column") -> str:
    """Return the key that a word means, written as a key or as a header."""
    key = _as_key(word)
    if key not in keys:
        raise UnknownWord(kind=kind, word=word, allowed=keys)
    return key


def _as_key(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def _require_known(report: Report, shape: Shape, paths: dict[str, Path]) -> None:
    """Refuse a column that is neither a header of the main table nor a key of its rows."""
    columns = [
        column
        for section in report.sections
        if section.made_of and _is_main(report, section)
        for column in section.made_of.columns
    ]
    known = _named(columns, paths)
    for word in shape.columns:
        if _as_key(word) not in known:
            raise UnknownWord(kind="column", word=word, allowed=known)


def _is_main(report: Report, section: Section) -> bool:
    """Return whether a section shows rows like those of the main table."""
    made = section.made_of
    return made is not None and all(isinstance(row, report.row_type) for row in made.rows)


def _shown(section: Section, report: Report, shape: Shape, kept: set[int]) -> Section | None:
    """Return a section made again in the shape, or None if none of its rows is left.

    `kept` has the ids of the main table's rows that are shown; a table of other rows like these,
    such as each agreement's counts, has its own first rows. Other sections stay as they are.
    """
    made = section.made_of
    if made is None or not made.rows or not _is_main(report, section):
        return section
    paths = paths_of(report.row_type)
    rows = _ordered(made.rows, shape.sort, paths)
    if {*map(id, rows)} & {*map(id, report.rows)}:
        rows = [row for row in rows if id(row) in kept]
    else:
        rows = rows[: shape.limit]
    if not rows:
        return None
    if not made.columns:  # it says that there are no figures
        return section
    columns = made.columns
    if shape.columns:
        named, words = _named(columns, paths), map(_as_key, shape.columns)
        columns = [named[word]._replace(sparse=False) for word in words if word in named]
    again = table(columns, rows, section.title, section.empty, made.struck)
    return again._replace(lines=section.lines, bare=section.bare)


def _named(columns: Iterable[Column], paths: dict[str, Path]) -> dict[str, Column]:
    """Return columns by header and by key; one that the table lacks shows the key's values."""
    named = {key: _plain(key, path) for key, path in paths.items()}
    named |= {column.key: column for column in columns if column.key}
    return named | {_as_key(column.header): column for column in columns if column.header}


def _plain(key: str, path: Path) -> Column:
    """Return a column that shows a key's values."""
    header = key.replace("_", " ").capitalize()
    return Column(header, lambda row: _in_words(value_at(row, path)), wraps=True)


def _in_words(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return in_words(rounded(value))
        case list() | tuple() if value and not isinstance(value, Period):
            return ", ".join(str(plain_value(item)) for item in value)
    return joined(value) or NOTHING


def _with_notes(sections: Sequence[Section]) -> Iterator[Section]:
    """Yield sections, with only those notes that are still referred to."""
    cells = [cell for one in sections if not one.lists_sources for row in one.cells for cell in row]
    marks = {mark for cell in cells for mark in MARK.findall(f"{cell.text} {cell.below or ''}")}
    for section in sections:
        if not section.lists_sources:
            yield section
        elif kept := tuple(row for row in section.cells if row[0].text in marks):
            yield section._replace(cells=kept)

"""The part of a report's main table that is wanted: its columns, order and number of rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tracker.errors import WrongUsage
from tracker.tables import NOTHING, Column, Report, Section
from tracker.tables.data import Path, joined, paths_of, plain_value, value_at


def shaped(
    report: Report, columns: Sequence[str] = (), sort: str | None = None, limit: int | None = None
) -> Report:
    """Return a report with a part of its main table; JSON keeps all keys.

    It has some columns, in order; its rows are sorted by a key, descending after a `-`. If the
    table is split into parts, rows are sorted within each; a table of other rows like these, such
    as each agreement's counts, has its own first rows.
    """
    paths = paths_of(report.row_type)
    rows = _ordered(report.rows, sort, paths)[:limit]
    keys = tuple(_known(word, paths, "column") for word in columns)
    listed = {id(row) for row in report.rows}
    kept = {id(row) for row in rows}
    sections = []
    for section in report.sections:
        if section.rows and all(isinstance(row, report.row_type) for row in section.rows):
            ordered = _ordered(section.rows, sort, paths)
            is_part = any(id(row) in listed for row in ordered)
            ordered = [row for row in ordered if id(row) in kept] if is_part else ordered[:limit]
            if not ordered:
                continue
            if keys and section.columns:  # without any, it says that there are no figures
                chosen = [_column(key, paths[key], section.columns) for key in keys]
                section = section._replace(columns=chosen)
            section = section._replace(rows=ordered)
        sections.append(section)
    document = {**report.document, report.main: rows}
    return report._replace(document=document, sections=_with_cited(sections), columns=keys)


def _known(word: str, paths: Iterable[str], kind: str) -> str:
    """Return the key that a word means, in any case and with any separators."""
    key = _as_key(word)
    if key not in paths:
        raise WrongUsage("unknown word", kind=kind, word=word, hint="", allowed=paths)
    return key


def _as_key(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def _column(key: str, path: Path, columns: Sequence[Column]) -> Column:
    """Return the column that shows a key, else one with its values."""
    for column in columns:
        if key in (column.key, _as_key(column.header)):
            return column._replace(spare=False)
    header = key.replace("_", " ").capitalize()
    return Column(header, lambda row: joined(value_at(row, path)) or NOTHING, wraps=True)


def _with_cited(sections: Sequence[Section]) -> list[Section]:
    """Return sections, of which lists of sources have only those that a cell still cites."""
    cited = set[str]()
    for section in sections:
        for column in section.shown:
            for row in section.rows:
                cited.update(column.marks(row))
    kept = []
    for section in sections:
        if section.lists_sources:
            rows = [row for row in section.rows if section.columns[0].cell(row) in cited]
            section = section._replace(rows=rows)
        kept.append(section)
    return kept


def _ordered(rows: Sequence[Any], sort: str | None, paths: dict[str, Path]) -> list[Any]:
    """Return rows by one of their keys, those without a value last."""
    if sort is None:
        return [*rows]
    path = paths[_known(sort.removeprefix("-"), paths, "key to sort by")]
    valued = list[Any]()
    empty = list[Any]()
    for row in rows:
        has_value = value_at(row, path) not in (None, ())
        (valued if has_value else empty).append(row)
    valued.sort(key=lambda row: _rank(value_at(row, path)), reverse=sort.startswith("-"))
    return valued + empty


def _rank(value: Any) -> Any:
    """Return a value's sort key; a word of a fixed list is sorted by its place there."""
    if isinstance(value, Enum):
        return [*type(value)].index(value)
    return value if isinstance(value, int | Decimal | date) else str(plain_value(value)).casefold()

"""The part of a report's main table that is wanted: its columns, order and number of rows."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from tracker.dates import Period
from tracker.errors import WrongUsage
from tracker.tables import NOTHING, Column, Report, Section, nothing
from tracker.tables.data import Path, joined, paths_of, plain_value, value_at

KEYED = ("csv", "tsv", "xlsx")
"""The formats whose columns are JSON keys."""


def shaped(
    report: Report,
    name: str,
    columns: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> Report:
    """Return a report with a part of its main table, for the named format; JSON keeps all keys.

    It has some columns, in order; its rows are sorted by a key, descending after a `-`. If the
    table is split into parts, rows are sorted within each; a table of other rows like these, such
    as each agreement's counts, has its own first rows.
    """
    paths = paths_of(report.row_type)
    rows = _ordered(report.rows, sort, paths)[:limit]
    part = report._replace(document={**report.document, report.main: rows})
    if name in KEYED:
        return part._replace(columns=tuple(_known(word, paths) for word in columns))
    mains = (one for one in report.sections if _is_main(one, report))
    known = _named([column for section in mains for column in section.columns], paths)
    chosen = [_chosen(known[_known(word, known)]) for word in columns]
    listed, kept = ({*map(id, of)} for of in (report.rows, rows))
    sections = []
    for section in report.sections:
        if section.rows and _is_main(section, report):
            own = _ordered(section.rows, sort, paths)
            is_part = any(id(row) in listed for row in own)
            own = [row for row in own if id(row) in kept] if is_part else own[:limit]
            if not own:
                continue
            if chosen and section.columns:  # without any, it says that there are no figures
                section = section._replace(columns=chosen, is_chosen=True)
            section = section._replace(rows=own)
        sections.append(section)
    return part._replace(sections=_with_cited(sections))


def _chosen(column: Column) -> Column:
    """Return a column that somebody named, which also shows that it is empty."""
    return column._replace(cell=lambda row: column.cell(row) or NOTHING, spare=False)


def _known(word: str, keys: Iterable[str], kind: str = "column") -> str:
    """Return the key that a word means, written as a key or as a header."""
    key = _as_key(word)
    if key not in keys:
        raise WrongUsage("unknown word", kind=kind, word=word, hint="", allowed=keys)
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


def _named(columns: Sequence[Column], paths: dict[str, Path]) -> dict[str, Column]:
    """Return columns by header and by key; one that the table lacks shows the key's values."""
    named = {
        key: Column(
            key.replace("_", " ").capitalize(),
            lambda row, path=path: joined(value_at(row, path)),  # type: ignore[misc]
            wraps=True,
        )
        for key, path in paths.items()
    }
    if about := next((one.about for one in columns if one.about is not nothing), None):
        named["slug"] = Column("Slug", lambda row: about(row) or NOTHING)
    named |= {column.key: column for column in columns if column.key}
    return named | {_as_key(column.header): column for column in columns if column.header}


def _with_cited(sections: Sequence[Section]) -> list[Section]:
    """Return tables, then the lists of their sources, without those that no row cites any more."""
    tables = [one for one in sections if not one.lists_sources]
    cells = [(column, row) for one in tables for column in one.shown for row in one.rows]
    marks = {mark for column, row in cells for mark in column.marks(row)}
    for section in sections:
        if section.lists_sources:
            cited = [row for row in section.rows if section.columns[0].cell(row) in marks]
            tables += [section._replace(rows=cited)] if cited else []
    return tables

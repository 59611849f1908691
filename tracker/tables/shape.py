"""The part of a report's main table that is wanted: its columns, order and number of rows."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.errors import WrongUsage
from tracker.tables import NOTHING, Column, Report, Section, nothing
from tracker.tables.data import Path, joined, paths_of, plain_value, value_at

KEYED = ("csv", "tsv", "xlsx")
"""The formats whose columns are JSON keys."""


class Shape(NamedTuple):
    """The columns in order; the key to sort by, descending after a `-`; the number of rows."""

    columns: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None


def shaped(report: Report, shape: Shape, name: str) -> Report:
    """Return a report with its main table in this shape, for the named format.

    JSON keeps all keys. If the table is split into parts, rows are sorted within each; a table of
    other rows like these, such as each agreement's counts, has its own first rows.
    """
    paths = paths_of(report.row_type)
    rows = _ordered(report.rows, shape.sort, paths)[: shape.limit]
    part = report._replace(document={**report.document, report.main: rows})
    if name in KEYED:
        return part._replace(columns=tuple(_known(word, paths) for word in shape.columns))
    mains = (one for one in report.sections if _is_main(one, report))
    known = _named([column for section in mains for column in section.columns], paths)
    columns = [known[_known(word, known)]._replace(spare=False) for word in shape.columns]
    sections = (
        _part(one, report, shape, columns, rows) if one.rows and _is_main(one, report) else one
        for one in report.sections
    )
    return part._replace(sections=[one for one in sections if one is not None])


def _part(
    section: Section, report: Report, shape: Shape, columns: Sequence[Column], rows: Sequence[Any]
) -> Section | None:
    """Return a section in the shape, or None if it has no row; `rows` are those of the report."""
    own = _ordered(section.rows, shape.sort, paths_of(report.row_type))
    if {*map(id, own)} & {*map(id, report.rows)}:
        kept = {*map(id, rows)}
        own = [row for row in own if id(row) in kept]
    else:
        own = own[: shape.limit]
    if section.columns and columns:  # without any, it says that there are no figures
        section = section._replace(columns=columns, is_chosen=True)
    return section._replace(rows=own) if own else None


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


def _named(columns: Sequence[Column], paths: dict[str, Path]) -> dict[str, Column]:
    """Return columns by header and by key; one that the table lacks shows the key's values."""
    named = {
        key: Column(
            key.replace("_", " ").capitalize(),
            lambda row, path=path: joined(value_at(row, path)) or NOTHING,  # type: ignore[misc]
            wraps=True,
        )
        for key, path in paths.items()
    }
    if about := next((one.about for one in columns if one.about is not nothing), None):
        named["slug"] = Column("Slug", lambda row: about(row) or NOTHING)
    named |= {column.key: column for column in columns if column.key}
    return named | {_as_key(column.header): column for column in columns if column.header}

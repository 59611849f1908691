"""Reduces a report's main table: to some columns, in another order, to the first rows."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.errors import UnknownWord
from tracker.quantities import in_words, rounded
from tracker.tables.cells import plain_value
from tracker.tables.lists import Path, paths_of, value_at
from tracker.tables.report import MARK, NOTHING, Column, Made, Report, Section, table

DATA = ("csv", "tsv", "xlsx")
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
    kept, whole = {id(row) for row in rows}, {id(row) for row in report.rows}
    sections = [*_Sections(report, shape, paths, kept, whole).made()]
    return made._replace(sections=[*_with_notes(sections)])


def _ordered(rows: Sequence[Any], sort: str | None, paths: dict[str, Path]) -> list[Any]:
    """Return rows by one of their keys, those without a value last."""
    if sort is None:
        return [*rows]
    path = paths[_key(sort.removeprefix("-"), paths, "key to sort by")]
    valued = [row for row in rows if value_at(row, path) not in EMPTY]
    empty = [row for row in rows if value_at(row, path) in EMPTY]
    valued.sort(key=lambda row: _rank(value_at(row, path)), reverse=sort.startswith("-"))
    return [*valued, *empty]


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


class _Sections(NamedTuple):
    """Remakes the parts of a report that show rows of its main table."""

    report: Report
    shape: Shape
    paths: dict[str, Path]
    kept: set[int]
    """The ids of the main table's rows that are shown."""
    whole: set[int]
    """The ids of all its rows."""

    def made(self) -> Iterator[Section]:
        """Yield the sections, without those that the limit leaves empty."""
        self._require_known()
        for section in self.report.sections:
            made = section.made_of
            if made is None or not made.rows or not self._is_main(made):
                yield section
            elif (rows := self._rows(made.rows)) and made.columns:
                columns = self._columns(made.columns)
                again = table(columns, rows, section.title, section.empty, made.struck)
                yield again._replace(lines=section.lines, listed=section.listed, bare=section.bare)
            elif rows:  # says that there are no figures
                yield section

    def _is_main(self, made: Made) -> bool:
        return all(isinstance(row, self.report.row_type) for row in made.rows)

    def _rows(self, rows: Sequence[Any]) -> list[Any]:
        ordered = _ordered(rows, self.shape.sort, self.paths)
        if any(id(row) in self.whole for row in rows):
            return [row for row in ordered if id(row) in self.kept]
        return ordered[: self.shape.limit]

    def _columns(self, columns: Sequence[Column]) -> Sequence[Column]:
        """Return the chosen columns; one that the table lacks shows the key's plain value."""
        if not self.shape.columns:
            return columns
        named = {key: _plain(key, path) for key, path in self.paths.items()}
        named |= {one.key: one for one in columns if one.key}
        named |= {_as_key(one.header): one for one in columns}
        chosen = (named.get(_as_key(word)) for word in self.shape.columns)
        return [one._replace(sparse=False) for one in chosen if one]

    def _require_known(self) -> None:
        made = [one.made_of for one in self.report.sections if one.made_of]
        columns = [column for one in made if self._is_main(one) for column in one.columns]
        known = {_as_key(one.header): one.header for one in columns}
        known |= {key: key for key in self.paths}
        for word in self.shape.columns:
            if not word.strip() or _as_key(word) not in known:
                allowed = dict.fromkeys(name.lower() for name in known.values() if name)
                raise UnknownWord(kind="column", word=word, allowed=allowed)


def _with_notes(sections: Sequence[Section]) -> Iterator[Section]:
    """Yield sections, with only those notes that are still referred to."""
    cells = [cell for one in sections if not one.noted for row in one.cells for cell in row]
    marks = {mark for cell in cells for mark in MARK.findall(f"{cell.text} {cell.below or ''}")}
    for section in sections:
        if not section.noted:
            yield section
        elif kept := tuple(row for row in section.cells if row[0].text in marks):
            yield section._replace(cells=kept)


def _plain(key: str, path: Path) -> Column:
    """Return a column that shows a key's values."""
    header = key.replace("_", " ").capitalize()
    return Column(header, lambda row: _in_words(value_at(row, path)), wraps=True)


def _in_words(value: Any) -> str:
    match value:
        case None | ():
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case Period() | Enum():
            return str(plain_value(value))
        case Decimal():
            return in_words(rounded(value))
        case list() | tuple():
            return ", ".join(str(plain_value(one)) for one in value)
    return str(plain_value(value))

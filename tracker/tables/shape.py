"""The part of a report's main table that is wanted: its columns, order and number of rows."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tracker.errors import WrongUsage
from tracker.tables import NOTHING, Column, Key, Report, Section, keys_of
from tracker.tables.data import columns_of, joined, plain_value


def shaped(
    report: Report,
    columns: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> Report:
    """Return a report with a part of its main table; JSON keeps all keys.

    It has some columns, in order; its rows are sorted by a key, descending after a `-`. If the
    table is split into parts, rows are sorted within each; a table of other rows like these, such
    as each agreement's counts, has its own first rows.
    """
    keys = columns_of(keys_of(report.kind))
    names = tuple(_known(word, keys, "column") for word in columns)
    wanted = slice(limit)
    if limit and report.is_journal and sort is None:
        wanted = slice(-limit, None)
    rows = _ordered(report.rows, sort, keys)[wanted]
    listed = {id(row) for row in report.rows}  # rows that are equal are different rows
    kept = {id(row) for row in rows}
    sections = []
    for section in report.sections:
        if section.rows and isinstance(section.rows[0], report.kind):
            ordered = _ordered(section.rows, sort, keys)
            if id(section.rows[0]) in listed:
                ordered = [row for row in ordered if id(row) in kept]
            else:
                ordered = ordered[wanted]
            if not ordered:
                continue
            chosen = [_column(name, keys[name], section.columns) for name in names]
            section = section._replace(
                columns=chosen or section.columns,
                rows=ordered,
                is_turned=section.is_turned and not chosen,
            )
        sections.append(section)
    document = {**report.document, report.main: rows}
    return report._replace(
        document=document, sections=_with_cited(sections), columns=names
    )


def _known(word: str, keys: Mapping[str, Key], kind: str) -> str:
    """Return the key that a word means, in any case and with any separators."""
    name = word.strip().lower().replace(" ", "_").replace("-", "_")
    if name not in keys:
        name = re.sub("^(stage|state)(?=_|$)", "status", name)  # as version 0.3 wrote it
    if name not in keys:
        raise WrongUsage("unknown word", kind=kind, word=word, hint="", allowed=keys)
    return name


def _column(name: str, key: Key, columns: Sequence[Column]) -> Column:
    """Return the column that shows a key, else one with its values."""
    for column in columns:
        if column.key == name:
            return column._replace(spare=False)
    header = name.replace("_", " ").capitalize()
    return Column(header, lambda row: joined(key.of(row)) or NOTHING)


def _with_cited(sections: Sequence[Section]) -> list[Section]:
    """Return sections with the sources that a cell still cites, and the signs that one has."""
    cited = set[str]()
    texts = []
    for section in sections:
        for row in section.table()[1]:
            for cell in row:
                cited.update(cell.marks)
                texts.append(cell.text)
    kept = []
    for section in sections:
        if section.explains and not any(section.explains in text for text in texts):
            continue
        if section.lists_sources:
            rows = [
                row for row in section.rows if section.columns[0].cell(row).text in cited
            ]
            section = section._replace(rows=rows)
        kept.append(section)
    return kept


def _ordered(
    rows: Sequence[Any], sort: str | None, keys: Mapping[str, Key]
) -> list[Any]:
    """Return rows by one of their keys, those without a value last."""
    if sort is None:
        return [*rows]
    key = keys[_known(sort.removeprefix("-"), keys, "key to sort by")]
    valued = list[Any]()
    empty = list[Any]()
    for row in rows:
        has_value = key.of(row) not in (None, ())
        (valued if has_value else empty).append(row)
    valued.sort(key=lambda row: _rank(key.of(row)), reverse=sort.startswith("-"))
    return valued + empty


def _rank(value: Any) -> Any:
    """Return a value's sort key; a word of a fixed list is sorted by its place there."""
    if isinstance(value, Enum):
        return [*type(value)].index(value)
    if isinstance(value, int | Decimal | date):
        return value
    return str(plain_value(value)).casefold()

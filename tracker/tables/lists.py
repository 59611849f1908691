"""The lists of a report as flat tables: the main one, the others, and those within its rows."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from tracker.dates import Period
from tracker.tables.report import Report
from tracker.tables.rows import flattened

SHORT = 4
"""The most fields that a row may have to be written within one cell."""

Path = tuple[str, ...]
"""The path to a value: names of fields, from a row inwards."""

_hints = cache(get_type_hints)
"""Each column asks for the types of its row, which Python works out again at each call."""


class FlatTable(NamedTuple):
    """One list of a report, under the keys that CSV gives its columns."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[Any, ...]
    """The type of each column's values."""
    rows: Iterator[list[Any]]
    is_list: bool = True
    """Whether it is a list, rather than a part of each row of the main table."""


def main_table(report: Report) -> FlatTable:
    """Return the main table of a report, with the columns that are chosen for it."""
    paths = paths_of(report.row_type)
    chosen = {key: paths[key] for key in report.columns or paths}
    return _table(report.main, report.row_type, chosen, report.rows)


def paths_of(row_type: Any) -> dict[str, Path]:
    """Return the keys that a row has in CSV, with the paths to their values."""
    return dict(_paths(row_type))


def flat_tables(report: Report) -> dict[str, FlatTable]:
    """Return every table of a report by its name, the main one first.

    After the other lists of the document come the lists and the parts of the main table's rows;
    each of their rows begins with the key of the row that it belongs to.
    """
    found = {report.main: main_table(report)}
    for name, hint in get_type_hints(report.kind).items() if report.kind else ():
        if name != report.main and (row_type := _listed_row(hint)):
            found[name] = _table(name, row_type, paths_of(row_type), report.document[name])
    for path, hint in _parts(report.row_type):
        if path[-1] not in found and (row_type := _listed_row(hint) or _single_row(hint)):
            found[path[-1]] = _within(report, path, row_type, is_list=_lists(hint))
    return found


def _parts(row_type: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield candidates for tables of their own: a row's fields, and lists in flattened ones."""
    for name, hint in _hints(row_type).items():
        if name in flattened(row_type):
            inner = _parts(hint, (*path, name))
            yield from (found for found in inner if _lists(found[1]))
        else:
            yield (*path, name), hint


def _table(name: str, row_type: Any, paths: dict[str, Path], rows: Sequence[Any]) -> FlatTable:
    values = ([value_at(row, path) for path in paths.values()] for row in rows)
    kinds = (_kind_at(row_type, path) for path in paths.values())
    return FlatTable(name, tuple(paths), tuple(kinds), values)


def _within(report: Report, path: Path, row_type: Any, is_list: bool) -> FlatTable:
    """Return a field of the main table's rows as a table."""
    key, owner = next(_paths(report.row_type))
    paths = paths_of(row_type)
    owned = [] if key in paths else [owner]  # otherwise its rows themselves say what they belong to
    values = (
        [*(value_at(row, one) for one in owned), *(value_at(inner, one) for one in paths.values())]
        for row in report.rows
        for inner in _held(value_at(row, path), is_list)
    )
    kinds = (
        *(_kind_at(report.row_type, one) for one in owned),
        *(_kind_at(row_type, one) for one in paths.values()),
    )
    return FlatTable(path[-1], (*([key] if owned else []), *paths), kinds, values, is_list)


def _held(value: Any, is_list: bool) -> Sequence[Any]:
    if is_list:
        return value or ()
    return () if value is None else [value]


def _paths(row_type: Any) -> Iterator[tuple[str, Path]]:
    """Yield a row's columns and the paths to their values; nested keys are joined.

    A list of rows is one column if they are short, and none if they are not.
    """
    for key, hint in _hints(row_type).items():
        listed = _listed_row(hint)
        nested = _single_row(hint)
        if listed and not _is_short(listed):
            continue
        if nested is None:
            yield key, (key,)
            continue
        for inner, path in _paths(nested):
            yield (inner if key in flattened(row_type) else f"{key}_{inner}"), (key, *path)


def _lists(hint: Any) -> bool:
    return get_origin(hint) in (list, tuple)


def _listed_row(hint: Any) -> Any | None:
    """Return the type of the rows that a field lists, if it lists rows."""
    kinds = get_args(hint) if _lists(hint) else ()
    return next((kind for kind in kinds if _is_row(kind)), None)


def _single_row(hint: Any) -> Any | None:
    kinds = () if _lists(hint) else get_args(hint) or (hint,)
    return next((kind for kind in kinds if _is_row(kind)), None)


def _is_row(kind: Any) -> bool:
    return hasattr(kind, "_fields") and kind is not Period


def _is_short(row_type: Any) -> bool:
    """Return whether a row has few fields, all with plain values."""
    hints = _hints(row_type).values()
    kinds = [kind for hint in hints for kind in (hint, *get_args(hint))]
    plain = not any(_is_row(one) or get_origin(one) in (list, tuple, Mapping) for one in kinds)
    return plain and len(hints) <= SHORT


def _kind_at(row_type: Any, path: Path) -> Any:
    hint = _hints(row_type)[path[0]]
    return _kind_at(_single_row(hint), path[1:]) if path[1:] else hint


def value_at(row: Any, path: Path) -> Any:
    """Return a row's value at a path, or None if there is none."""
    for key in path:
        row = None if row is None else getattr(row, key)
    return row

"""Rows for programs: their keys in JSON, and the columns that they have in CSV."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from tracker.dates import Period

Inner = TypeVar("Inner")

FLATTENED = "flattened"
Flattened = Annotated[Inner, FLATTENED]
"""Marks a field whose row puts its keys into the row around it, in the field's place."""
SHORT = 4
"""The most fields that a row may have to be written within one cell."""

Path = tuple[str, ...]
"""The path to a value: names of fields, from a row inwards."""

_hints = cache(get_type_hints)
"""Each column asks for the types of its row, which Python works out again at each call."""


@cache
def flattened(kind: Any) -> frozenset[str]:
    """Return the fields of a row that are marked `Flattened`."""
    return frozenset(
        name
        for name, hint in getattr(kind, "__annotations__", {}).items()
        if get_origin(hint) is Annotated and FLATTENED in get_args(hint)
    )


def keyed(row: Any) -> dict[str, Any]:
    """Return the values of a row under their keys in JSON and CSV."""
    kind: Any = type(row)
    inner = flattened(kind)
    values: dict[str, Any] = {}
    for name, value in zip(row._fields, row, strict=True):
        if name in inner:
            values |= keyed(value)
        else:
            values[name] = value
    return values


def paths_of(row_type: Any) -> dict[str, Path]:
    """Return a row's columns in CSV with the paths to their values; nested keys are joined.

    A list of rows is one column if they are short, and none if they are not.
    """
    return dict(_paths(row_type))


def value_at(row: Any, path: Path) -> Any:
    """Return a row's value at a path, or None if there is none."""
    for key in path:
        row = None if row is None else getattr(row, key)
    return row


def _paths(row_type: Any) -> Iterator[tuple[str, Path]]:
    for key, hint in _hints(row_type).items():
        is_list = get_origin(hint) in (list, tuple)
        row = next((kind for kind in get_args(hint) or (hint,) if _is_row(kind)), None)
        if row is None or (is_list and _is_short(row)):
            yield key, (key,)
        elif not is_list:
            for inner, path in _paths(row):
                yield (inner if key in flattened(row_type) else f"{key}_{inner}"), (key, *path)


def _is_row(kind: Any) -> bool:
    """Return whether a type is that of a row, rather than of a value."""
    return hasattr(kind, "_fields") and kind is not Period


def _is_short(row_type: Any) -> bool:
    """Return whether a row has few fields, all with plain values."""
    hints = _hints(row_type).values()
    kinds = [kind for hint in hints for kind in (hint, *get_args(hint))]
    plain = not any(_is_row(kind) or get_origin(kind) in (list, tuple, Mapping) for kind in kinds)
    return plain and len(hints) <= SHORT

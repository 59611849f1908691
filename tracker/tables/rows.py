"""Rows for programs: their keys, including those of flattened rows."""

from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

Inner = TypeVar("Inner")

FLATTENED = "flattened"
Flattened = Annotated[Inner, FLATTENED]
"""Marks a field whose row puts its keys into the row around it, in the field's place."""


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
    found: dict[str, Any] = {}
    for name, value in zip(row._fields, row, strict=True):
        if name in inner:
            found |= keyed(value)
        else:
            found[name] = value
    return found

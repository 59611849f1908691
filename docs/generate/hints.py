"""Describes the content of a field by its type."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from tracker.dates import Period
from tracker.quantities import Derived, Percent
from tracker.tables.rows import flattened

PLAIN: dict[Any, str] = {
    Period: "day as given: `2026`, `2026-04`, `2026-04-15`",
    date: "day: `2026-04-15`",
    datetime: "moment: `2026-04-15T09:30:00.000000Z`",
    Decimal: "exact number",
    Percent: "number with one decimal",
    Derived: "number with three decimals",
    float: "number",
    bool: "`true` or `false`",
    int: "whole number",
    str: "text",
    bytes: "bytes",
}
"""The form of each of Python's types in JSON and TOML."""


class Key(NamedTuple):
    """One key of a row or a model, with the type that declares it."""

    kind: Any
    name: str
    hint: Any


def keys(kind: Any) -> Iterator[Key]:
    """Yield the keys of a row or a model; a flattened field yields those of its row."""
    if issubclass(kind, BaseModel):
        hints = {name: field.annotation for name, field in kind.model_fields.items()}
    else:
        hints = get_type_hints(kind)
    for name, hint in hints.items():
        if name in flattened(kind):
            yield from keys(hint)
        else:
            yield Key(kind, name, hint)


def holds(hint: Any) -> str:
    """Return the content of a field of this type; see `optional` for absence."""
    if many(hint):
        return f"list of {holds(inner(hint))}"
    kind = inner(hint)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Mapping:
        value = PLAIN.get(get_args(kind)[1])
        return f"object: a {value} for each key" if value else "object"
    if issubclass(kind, StrEnum):
        return ", ".join(f"`{word}`" for word in kind)
    return f"{{{', '.join(f'`{key.name}`' for key in keys(kind))}}}"


def is_row(kind: Any) -> bool:
    """Return whether a type is a row, which JSON writes as an object."""
    return hasattr(kind, "_fields") and kind not in PLAIN


def inner(hint: Any) -> Any:
    """Return the type of a field's value, or of each of its values."""
    hint = present(hint)
    return present(get_args(hint)[0]) if many(hint) else hint


def many(hint: Any) -> bool:
    """Return whether a field holds a list."""
    origin = get_origin(present(hint))
    return isinstance(origin, type) and issubclass(origin, Sequence)


def present(hint: Any) -> Any:
    """Return a type without its None and without annotations."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not NoneType)
    return present(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def optional(hint: Any) -> bool:
    """Return whether a field may be absent."""
    return NoneType in get_args(hint)

"""What a field holds, in words, from its type."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from tracker.dates import Period

PLAIN: dict[Any, str] = {
    Period: "day as given: `2026`, `2026-04`, `2026-04-15`",
    date: "day: `2026-04-15`",
    datetime: "moment: `2026-04-15T09:30:00.000000Z`",
    Decimal: "decimal, as text",
    bool: "`true` or `false`",
    int: "whole number",
    str: "text",
    bytes: "bytes",
}
"""What JSON and TOML hold for each of Python's types."""


def holds(hint: Any) -> str:
    """Return what a field of this type holds; that it may be absent is told by `optional`."""
    hint = present(hint)
    if get_origin(hint) in (tuple, list, Sequence) or _is_sequence(hint):
        return f"list of {holds(get_args(hint)[0])}"
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return ", ".join(f"`{word}`" for word in hint)
    return f"{{{', '.join(f'`{key}`' for key in keys(hint))}}}"


def present(hint: Any) -> Any:
    """Return a type without the None that it may be, and without what narrows it."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not NoneType)
    return present(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def optional(hint: Any) -> bool:
    """Return whether a field may be absent."""
    return NoneType in get_args(hint)


def keys(row: type[Any]) -> dict[str, Any]:
    """Return the keys of a row or a model with their types; a field `…_` gives its own."""
    if issubclass(row, BaseModel):
        return {key: field.annotation for key, field in row.model_fields.items()}
    found: dict[str, Any] = {}
    for key, hint in get_type_hints(row).items():
        found |= keys(hint) if key.endswith("_") else {key: hint}
    return found


def _is_sequence(hint: Any) -> bool:
    origin = get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Sequence)

"""The meaning of each field: the sentence under it in the code."""

import ast
import inspect
from functools import cache
from itertools import pairwise
from typing import Any

from docs.generate import declared


@cache
def own(kind: Any) -> dict[str, str]:
    """Return the meanings of the fields of a type and its bases."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("tracker."):
            found |= written(one)
    return found


def written(kind: Any) -> dict[str, str]:
    """Return the meanings of the fields that a type itself declares."""
    (definition,) = ast.parse(inspect.getsource(kind)).body
    found = {}
    for pair in pairwise(definition.body):  # type: ignore[attr-defined]
        match pair:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(words))):
                found[name] = " ".join(words.split())
    return found


@cache
def shared() -> dict[str, str]:
    """Return the meaning of each name, from the first type that explains it."""
    found: dict[str, str] = {}
    for kind in declared.types():
        found = own(kind) | found
    return found


def meaning(kind: Any, name: str) -> str:
    """Return the meaning of a field: its own, else the one that its name has elsewhere.

    A reference to another table means the row that it refers to.
    """
    words = own(kind).get(name) or shared().get(name.removesuffix("_id"))
    if words is None:
        raise LookupError(f"Write a sentence under {kind.__name__}.{name} that says what it means.")
    return words

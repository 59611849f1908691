"""What each field means: the sentence that stands under it in the code."""

import ast
import inspect
from functools import cache
from itertools import pairwise
from typing import Any

from docs.generate import declared


@cache
def own(kind: Any) -> dict[str, str]:
    """Return the meanings that stand under the fields of a type and of what it inherits from."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("tracker."):
            found |= written(one)
    return found


def written(kind: Any) -> dict[str, str]:
    """Return the meanings that stand under the fields that a type itself declares."""
    (definition,) = ast.parse(inspect.getsource(kind)).body
    found = {}
    for pair in pairwise(definition.body):  # type: ignore[attr-defined]
        match pair:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(words))):
                found[name] = " ".join(words.split())
    return found


@cache
def shared() -> dict[str, str]:
    """Return the meaning of each name: what the first type that explains it says."""
    found: dict[str, str] = {}
    for kind in declared.types():
        found = own(kind) | found
    return found


def meaning(kind: Any, name: str) -> str:
    """Return what a field means; one without words of its own takes those of its name.

    A link to another table means what the linked row is.
    """
    words = own(kind).get(name) or shared().get(name.removesuffix("_id"))
    if words is None:
        raise LookupError(f"Write a sentence under {kind.__name__}.{name} that says what it means.")
    return words

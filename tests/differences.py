"""What differs between two values, one short line each, for failures that name their cause.

pytest cuts what it prints of two large values, and often cuts what differs.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any


def require_same(found: Any, expected: Any, place: str = "") -> None:
    """Fail with a line for each key, item or value that is not as expected."""
    __tracebackhide__ = True
    if lines := [*differences(found, expected, place)]:
        raise AssertionError("\n".join([f"{len(lines)} not as expected", *lines]))


def differences(found: Any, expected: Any, place: str = "") -> Iterator[str]:
    """Yield what is new, missing, out of place or changed, each with where that is.

    Mappings and sets have no order, and of a NamedTuple the fields are compared. Of lists that hold
    the same, the first item out of place is named.
    """
    at = f"{place}: " if place else ""
    if hasattr(found, "_asdict") and hasattr(expected, "_asdict"):
        yield from differences(found._asdict(), expected._asdict(), place)
    elif isinstance(found, Mapping) and isinstance(expected, Mapping):
        yield from _of_items(sorted(found), sorted(expected), at)
        for key in expected:
            if key in found:
                yield from differences(found[key], expected[key], f"{at}{key}")
    elif isinstance(found, Set) and isinstance(expected, Set):
        yield from _of_items(sorted(found, key=str), sorted(expected, key=str), at)
    elif _is_list(found) and _is_list(expected):
        yield from _of_lists(found, expected, at)
    elif found != expected:
        yield f"{at}{found!r} instead of {expected!r}"


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _of_lists(found: Sequence[Any], expected: Sequence[Any], at: str) -> Iterator[str]:
    """Yield what differs between two lists; those of as many rows are compared row by row."""
    holds_rows = any(isinstance(item, Mapping) for item in [*found, *expected])
    if holds_rows and len(found) == len(expected):
        for number, (row, due) in enumerate(zip(found, expected, strict=True), 1):
            yield from differences(row, due, f"{at}{number}")
        return
    yield from _of_items(found, expected, at)


def _of_items(found: Sequence[Any], expected: Sequence[Any], at: str) -> Iterator[str]:
    """Yield which items are new or missing; if there are none, the first one out of place."""
    new = [item for item in found if item not in expected]
    missing = [item for item in expected if item not in found]
    for item in missing:
        yield f"{at}{item} is missing"
    for item in new:
        yield f"{at}{item} is new"
    if new or missing:
        return
    if len(found) != len(expected):
        yield f"{at}{len(found)} items instead of {len(expected)}"
        return
    for item, due in zip(found, expected, strict=True):
        if item != due:
            yield f"{at}{item} is in the place of {due}"
            return

"""Values by key: the values of each, and the value of a key that may be missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def by_key(pairs: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    """Return the values of each key in their order; a key without values has an empty list."""
    grouped: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def value_of(values: Mapping[Key, Value], key: Key | None) -> Value | None:
    """Return the value of a key; None if it has none, or if there is no key."""
    return None if key is None else values.get(key)

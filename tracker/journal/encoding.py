"""Canonical JSON: keys sorted, nothing escaped but what must be, no idle space.

Written by hand for the flat values that entries have: what `json.dumps` does for any value takes
longer than all the rest of a digest.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from json.encoder import encode_basestring as quoted


def canonical_writer(keys: Collection[str]) -> Callable[[Mapping[str, object]], str]:
    """Return a function that writes an object with these keys; what is None is left out.

    Values are text, whole numbers and flags; any other raises TypeError.
    """
    openings = [(key, f"{quoted(key)}:") for key in sorted(keys)]

    def write(words: Mapping[str, object]) -> str:
        parts = [
            opening + (quoted(value) if value.__class__ is str else _unquoted(value))
            for key, opening in openings
            if (value := words.get(key)) is not None
        ]
        return f"{{{','.join(parts)}}}"

    return write


def canonical_list(values: Iterable[str | None]) -> str:
    """Return a list of texts, in which some may be absent."""
    return f"[{','.join(['null' if value is None else quoted(value) for value in values])}]"


def _unquoted(value: object) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value.__class__ is int:
        return str(value)
    raise TypeError(f"no word of an entry: {value!r}")

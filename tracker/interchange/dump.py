"""The format of an exported book: a header, then each entry with its digest, each batch sealed."""

from collections.abc import Mapping
from json import JSONEncoder
from typing import Any

from tracker.journal.chain import WORDS

FORMAT = "truce-tracker"
SCHEMA = 2

ENTRY = frozenset({*WORDS, "concession", "declares", "text", "digest"})
"""The keys that an entry's line may have."""

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    held = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **held}) + "\n"

"""The format of an exported book: what each line holds, in which order."""

from collections.abc import Mapping
from json import JSONEncoder
from typing import Any

from tracker.journal.chain import WORDS

FORMAT = "truce-tracker"
SCHEMA = 1

CATALOG: Mapping[str, tuple[str, ...]] = {
    "party": ("slug", "name", "short"),
    "source": (*("key", "url", "publisher", "title", "published_on", "official", "archived_url"),),
    "agreement": ("slug", "title", "place", "agreed_on", "source"),
    "concession": (
        *("slug", "agreement", "title", "giver", "receiver", "sector", "kind", "instrument"),
        *("test", "source", "locator", "recorded_at"),
    ),
    "deadline": (
        *("slug", "agreement", "concession", "kind", "label", "opens_on", "due_on", "target"),
        *("unit", "source", "recorded_at"),
    ),
    "exchange": ("concession", "in_return_for"),
}
"""The catalog's lines by their types, in the order in which they refer to each other."""

ENTRY = frozenset({*WORDS, "digest"})

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then what it holds; what is absent is left out."""
    held = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **held}) + "\n"

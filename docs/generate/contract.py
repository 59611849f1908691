"""The keys of the JSON reports, from the types of their documents."""

from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args

from docs.generate import markdown
from docs.generate.fields import Key, documents, holds, inner, is_row, keys, meaning
from docs.generate.markdown import code, table
from tracker.reports.frame import Frame
from tracker.reports.incoming import ImportReceipt
from tracker.tables.data import SCHEMA

INTRODUCTION = f"""`-f json` prints one document, on a terminal and in a pipe alike. It is a
contract: `schema` is {SCHEMA}; it rises when a key is removed or changes its meaning, and keys may
be added. Days are ISO text, quantities and percentages are numbers, absent values are `null`.
Parties, agreements, concessions and deadlines are identified by slugs, sources by keys. In
CSV, the keys of a nested object are joined: `latest_claim_party`. CSV holds one table: `rows`. A
list of short rows within a row is one cell; one of longer rows, such as `moves`, is only here.
From Python, `answer.data` is this document."""

FRAME = """After `schema`, every report of a book has these keys; its `rows` and its other lists
come before `book`:"""

RECEIPTS = """`log`, `measure`, `move`, `close`, `note`, `checked`, `amend`, `retract`, `undo`,
`source keep` and `import` print `schema` and what they recorded; only `import` has the keys after
`warnings`:"""


def page() -> str:
    """Return the page."""
    seen: set[Any] = set()
    parts = [markdown.prose(INTRODUCTION), markdown.prose(FRAME), *_tables(Frame, seen)]
    for name, kind in documents().items():
        parts += [f"## {name}", str(kind.__doc__), *_tables(kind, seen)]
    parts += ["## Receipts", markdown.prose(RECEIPTS), *_tables(ImportReceipt, seen)]
    return markdown.page("JSON", *parts)


def _tables(kind: Any, seen: set[Any]) -> Iterator[str]:
    """Yield the table of a type's keys, then those of its rows that are not in `seen`."""
    fields = [*keys(kind)]
    yield table(("key", "holds", "meaning"), map(_described, fields))
    for row in (inner(key.hint) for key in fields):
        if is_row(row) and row not in seen:
            seen.add(row)
            yield f"### {row.__name__}"
            yield from _tables(row, seen)


def _described(key: Key) -> tuple[str, str, str]:
    words = "The lines of the report." if key.name == "rows" else meaning(key.kind, key.name)
    absent = ", or null" if NoneType in get_args(key.hint) else ""
    return code(key.name), holds(key.hint) + absent, words

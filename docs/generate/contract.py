"""The keys of the JSON reports, from the types of their documents."""

from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any, get_args

from docs.generate import markdown
from docs.generate.fields import Key, contracts, document, holds, inner, keys, meaning
from docs.generate.markdown import code, table
from tracker.reports.frame import Frame
from tracker.reports.incoming import ImportReceipt
from tracker.tables import is_row
from tracker.tables.data import SCHEMA

INTRODUCTION = f"""`-f json` prints one document. `schema` is {SCHEMA}, and rises when a key goes
or changes its meaning, and keys may be added. Days are ISO text, quantities and percentages are
numbers, absent values are `null`. Things are identified by slugs, sources by keys. CSV holds `rows`
with the keys of nested objects joined, such as `latest_claim_party`; there a list of short rows is
one cell, and longer ones, such as `moves`, are left out. From Python, `answer.data` is this."""

FRAME = "Every report has these keys, with its `rows` and other lists before `book`:"

RECEIPTS = """What records prints `schema` and these keys; only `import` has those after
`warnings`:"""


def page() -> str:
    """Return the page."""
    seen: set[Any] = set()
    parts = [markdown.prose(INTRODUCTION), markdown.prose(FRAME), *_tables(keys(Frame), seen)]
    for report in contracts():
        parts += [f"## {report.name}", report.about, *_tables(document(report), seen)]
    receipts = _tables(keys(ImportReceipt), seen)
    parts += ["## Receipts", markdown.prose(RECEIPTS), *receipts]
    return markdown.page("JSON", *parts)


def _tables(found: Iterable[Key], seen: set[Any]) -> Iterator[str]:
    """Yield the table of some keys, then those of their rows that are not in `seen`."""
    fields = [*found]
    yield table(("key", "holds", "meaning"), map(_described, fields))
    for key in fields:
        row = inner(key.hint)
        if is_row(row) and row not in seen:
            seen.add(row)
            yield f"### {row.__name__}"
            yield from _tables(keys(row), seen)


def _described(key: Key) -> tuple[str, str, str]:
    words = "The lines of the report." if key.name == "rows" else meaning(key.kind, key.name)
    absent = ", or null" if NoneType in get_args(key.hint) else ""
    return code(key.name), holds(key.hint) + absent, words

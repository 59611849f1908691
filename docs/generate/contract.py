"""The keys of the JSON reports, from the types of their documents."""

from collections.abc import Iterable, Iterator
from typing import Any

from docs.generate import markdown
from docs.generate.declared import documents
from docs.generate.hints import Key, holds, inner, is_row, keys, many, optional
from docs.generate.markdown import code, table
from docs.generate.words import meaning
from tracker.interchange.seeds import Seed
from tracker.reports.frame import Frame, row_type
from tracker.reports.imported import ImportReceipt
from tracker.reports.merged import MergeReceipt
from tracker.tables.data import SCHEMA

INTRODUCTION = f"""`-f json` prints one document, on a terminal and in a pipe alike. It is a
contract: `schema` is {SCHEMA}; it rises when a key is removed or changes its meaning, and keys may
be added. Days are ISO text, quantities and percentages are numbers, absent values are `null`.
Parties, agreements, concessions and deadlines are identified by slugs, sources by keys. In
CSV, the keys of a nested object are joined: `latest_claim_party`. CSV holds one table: `rows`, or
the list that `--section` names. A list of longer rows within a row, such as `moves`, is such a
section, and each of its rows begins with the key of the row that holds it; a shorter one is one
cell. From Python, `answer.data` is this document."""

FRAME = """After `schema`, every report of a book has these keys; its `rows` and its other lists
come before `book`:"""

SEEDS = "`seeds` reports on no book, and has only `schema`, `report` and `rows`:"

RECEIPTS = """`log`, `measure`, `move`, `close`, `note`, `checked`, `cite`, `amend`, `retract`,
`undo`, `source keep` and `import` print `schema` and what they recorded:"""

MERGED = "`merge` prints `schema`, what was merged, and what was left out:"

DOCUMENTS = documents()
PLACES = {row_type(kind): f"[{name}](#{name})" for name, kind in DOCUMENTS.items()}
"""Where the keys of the rows of each report are listed."""


def page() -> str:
    """Return the page."""
    frame = [markdown.prose(FRAME), rows_of(keys(Frame))]
    parts = [part for name, kind in DOCUMENTS.items() for part in section(name, kind)]
    seeds = ["## seeds", SEEDS, rows_of(keys(Seed))]
    receipts = ["## Receipts", markdown.prose(RECEIPTS), rows_of(keys(ImportReceipt))]
    receipts += [markdown.prose(MERGED), rows_of(own(MergeReceipt))]
    return markdown.page(
        *("JSON", markdown.prose(INTRODUCTION), *frame),
        *(*parts, *seeds, *receipts, "## Nested objects", *nested()),
    )


def section(name: str, kind: Any) -> Iterator[str]:
    """Yield the parts that describe one report's document."""
    yield f"## {name}"
    yield kind.__doc__
    row = row_type(kind)
    for other in dict.fromkeys(key.kind for key in keys(row) if key not in own(row)):
        yield f"The keys of {PLACES[other]}, and:"
    yield rows_of(own(row))
    if more := [key for key in keys(kind) if key.name != "rows"]:
        yield "Besides `rows`:"
        yield rows_of(more)


def nested() -> Iterator[str]:
    """Yield the parts that describe nested objects, once for each type."""
    found = [
        (name, key)
        for name, kind in DOCUMENTS.items()
        for key in (*own(row_type(kind)), *keys(kind))
    ]
    held: dict[Any, list[tuple[str, str]]] = {}
    for name, key in [*found, *(("", key) for key in keys(Frame))]:
        if is_row(value := inner(key.hint)) and value not in PLACES:
            held.setdefault(value, []).append((code(key.name), name))
    for value, at in held.items():
        names, reports = (joined(dict.fromkeys(one)) for one in zip(*at, strict=True))
        yield f"### {names}" + (f" of {reports}" if reports else "")
        yield rows_of(keys(value))


def joined(words: Iterable[str]) -> str:
    """Return the words of a heading that are not empty, with "and" before the last."""
    *first, last = [word for word in words if word] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def own(row: Any) -> list[Key]:
    """Return a row's own keys, without those of another report's row in it."""
    return [key for key in keys(row) if key.kind is row or key.kind not in PLACES]


def rows_of(found: Iterable[Key]) -> str:
    """Return the table of keys."""
    rows = [
        (code(name), holding(hint) + (", or null" if optional(hint) else ""), meaning(kind, name))
        for kind, name, hint in found
    ]
    return table(("key", "holds", "meaning"), rows)


def holding(hint: Any) -> str:
    """Return the content of a key; another report's rows are linked, not repeated."""
    if (place := PLACES.get(inner(hint))) is None:
        return holds(hint)
    return f"{'rows' if many(hint) else 'a row'} of {place}"

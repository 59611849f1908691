"""The input files: the keys of a seed's TOML, the columns of a file of updates."""

from collections.abc import Iterable

from docs.generate import markdown
from docs.generate.fields import FILE_TABLES, file_keys, holds, keys, meaning
from docs.generate.markdown import code, table
from tracker.entry import SHAPES, Entry
from tracker.interchange.importing import LEFT_OUT
from tracker.interchange.lines import COLUMNS

TOML = """One file declares one agreement; [A new agreement](../new-agreement.md) writes one step
by step. Days and quantities can be bare or in quotes; a month, as in `"2026-04"`, needs quotes.
Things are identified by slugs, sources by keys. An unknown key is refused. `tracker init --schema`
prints the same for editors."""

ENTRIES = "An entry is about one thing, and its keys determine its kind:"

HEADERS = {
    "agreement": "[agreement]",
    "deadline": "[[agreement.deadline]], [[concession.deadline]]",
}
UPDATES = """`tracker import` reads CSV and JSONL with these columns, which are keys of `tracker
history -f json`; it ignores the other ones. Each line needs a day, `effective_on`, and what the
table above says of its kind. [Files](../files.md) explains how known lines are told."""


def page() -> str:
    """Return the page."""
    parts = ["## An agreement, in TOML", markdown.prose(TOML)]
    for name in FILE_TABLES:
        parts += [f"### {code(HEADERS.get(name, f'[[{name}]]'))}", _fields(name)]
    parts += [ENTRIES, _shapes(), "## Updates, in CSV or JSONL", markdown.prose(UPDATES)]
    return markdown.page("File formats", *parts, _columns())


def _fields(name: str) -> str:
    """Return the keys of one table, without its sub-tables."""
    rows = []
    for (kind, key, hint), (_, needed, default) in file_keys(name):
        form = holds(hint).replace("exact number", "plain decimal")
        unless = f"no: {code(str(default))}" if default else ""
        rows.append((code(key), form, "yes" if needed else unless, meaning(kind, key)))
    return table(("key", "holds", "needed", "meaning"), rows)


def _shapes() -> str:
    """Return the keys that an entry of each shape needs or may have, and what it is about."""
    rows = [
        (code(name), _named(shape.about), _named(shape.needs), _named(shape.may))
        for name, shape in SHAPES.items()
        if shape.kind not in LEFT_OUT and shape.about
    ]
    more = "may have, besides `on`, `public_on`, `source` and `note`"
    return table(("entry", "about", "needs", more), rows)


def _columns() -> str:
    """Return the columns of a file of updates, in the order of the history."""
    typed = {key.name: key for key, _ in file_keys("entry") if key.name == "status"}
    rows = []
    for declared in keys(Entry):
        key = typed.get(declared.name, declared)
        if key.name in COLUMNS:
            form = holds(key.hint).replace("exact number", "plain decimal")
            rows.append((code(key.name), form, meaning(key.kind, key.name)))
    return table(("column", "holds", "meaning"), rows)


def _named(words: Iterable[str]) -> str:
    return ", ".join(code(str(word)) for word in sorted(words))

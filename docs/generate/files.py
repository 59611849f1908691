"""The input files: the keys of a seed's TOML, the columns of a file of updates."""

from collections.abc import Iterable
from typing import Any

from docs.generate import markdown
from docs.generate.declared import file_tables
from docs.generate.hints import holds, inner, keys
from docs.generate.markdown import code, table
from docs.generate.words import meaning
from tracker.facts import Entry
from tracker.interchange.columns import BOOKKEEPING, COLUMNS, SUBJECTS
from tracker.interchange.importing import LEFT_OUT
from tracker.journal.shapes import ALWAYS, SHAPES
from tracker.models.journal import Entry as Stored

TOML = """One file declares one agreement; `init` and `apply` read it. [A new
agreement](../new-agreement.md) writes one step by step. Days and quantities are strings, so that
`"2026-04"` and `"12.50"` stay as given; an unknown key is refused. Parties, agreements, concessions
and deadlines are identified by slugs, sources by keys. `seeds/seed.schema.json`, which
`tracker seeds --schema` prints, describes the same for editors: begin a file with `#:schema` and
its path."""

ENTRIES = "An entry is about one thing, and its keys determine its kind:"

UPDATES = """`tracker import` reads CSV and JSONL with these columns, which are the keys of `tracker
history -f json`. [Import and export](../import-export.md) explains how lines are recognised when
they are imported again, and what an export contains."""


def page() -> str:
    """Return the page."""
    parts = ["## An agreement, in TOML", markdown.prose(TOML)]
    for model, titles in titled().items():
        parts += [f"### {code(', '.join(titles))}", fields(model)]
    parts += [ENTRIES, shapes(), "## Updates, in CSV or JSONL", markdown.prose(UPDATES), columns()]
    return markdown.page("File formats", *parts)


def titled() -> dict[Any, list[str]]:
    """Return the models of a file's tables, each with its headers."""
    found: dict[Any, list[str]] = {}
    for title, model in file_tables():
        found.setdefault(model, []).append(title)
    return found


def fields(model: Any) -> str:
    """Return the keys of one table, without its sub-tables."""
    rows = [
        (code(key.name), _held(key.hint), needed(model, key.name), meaning(model, key.name))
        for key in keys(model)
        if inner(key.hint) not in titled()
    ]
    return table(("key", "holds", "needed", "meaning"), rows)


def needed(model: Any, key: str) -> str:
    """Return whether a key is required."""
    return "yes" if model.model_fields[key].is_required() else ""


def shapes() -> str:
    """Return the keys that an entry of each shape needs or may have, and what it is about."""
    rows = [
        (code(name), _named(shape.about), _named(shape.needs), _named(shape.may))
        for name, shape in SHAPES.items()
        if shape.kind not in LEFT_OUT
        if shape.about
    ]
    more = "may have, besides `on`, `public_on`, `source` and `note`"
    return table(("entry", "about", "needs", more), rows)


def columns() -> str:
    """Return the columns of a file of updates, in the order of the history."""
    hints = {key.name: key.hint for key in keys(Entry)}
    names = sorted(COLUMNS, key=lambda name: [*hints, "key"].index(name))
    rows = [(code(name), _column(name, hints.get(name)), *_use(name)) for name in names]
    return table(("column", "holds", "needed by", "allowed in", "meaning"), rows)


FREE = {"kind", *SUBJECTS, *ALWAYS, "key", "entry"}
"""The columns that a line of any kind may fill."""


def _use(name: str) -> tuple[str, str, str]:
    if name in BOOKKEEPING:
        return "", "ignored: the book sets it itself", meaning(Entry, name)
    must = {shape for shape, of in SHAPES.items() if name in of.needs}
    must |= {"all"} if name == "effective_on" else set()
    may = {shape for shape, of in SHAPES.items() if name in of.may}
    may |= {"move"} if name == "value" else set()
    return (
        _named(must),
        "all" if name in FREE else _named(may | must),
        meaning(Stored if name == "key" else Entry, name),
    )


def _column(name: str, hint: Any) -> str:
    if name == "key":
        return "32 hexadecimal digits"
    return holds(hint).replace("exact number", "plain decimal")


def _held(hint: Any) -> str:
    return holds(hint).replace("exact number", "decimal, as text")


def _named(words: Iterable[str]) -> str:
    return ", ".join(code(str(word)) for word in sorted(words))

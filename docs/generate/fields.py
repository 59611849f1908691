"""The fields of reports, files and tables: what they hold, and the sentence under each."""

import ast
import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, reduce
from importlib import import_module
from itertools import pairwise
from pkgutil import walk_packages
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from sqlmodel import SQLModel

from tracker import entry, record, reports, state, things
from tracker.cli.build import top_level
from tracker.dates import Period
from tracker.entry import OPENING, Entry, Opening
from tracker.forms import Field, fields_of
from tracker.models import metadata
from tracker.quantities import Derived, Percent
from tracker.reports.frame import Contract
from tracker.rules import deadlines, progress, statuses
from tracker.tables import is_row, keys_of
from tracker.things import KINDS

PLAIN: dict[Any, str] = {
    Period: "day as given: `2026`, `2026-04`, `2026-04-15`",
    date: "day: `2026-04-15`",
    datetime: "moment: `2026-04-15T09:30:00.000000Z`",
    Decimal: "exact number",
    Percent: "number with one decimal",
    Derived: "number with three decimals",
    bool: "`true` or `false`",
    int: "whole number",
    str: "text",
    bytes: "bytes",
}
"""The form of each of Python's types in JSON and TOML."""
FILE_TABLES = {str(name): kind for name, kind in KINDS.items()} | {"entry": Opening}
"""The tables of a seed's TOML, by name."""
REPORTS = [
    import_module(module.name) for module in walk_packages(reports.__path__, f"{reports.__name__}.")
]


class Key(NamedTuple):
    """One key of a row or a model, with the type that declares it."""

    kind: Any
    name: str
    hint: Any


def keys(kind: Any) -> Iterator[Key]:
    """Yield the keys of a model, or of a row."""
    if issubclass(kind, SQLModel):
        yield from (Key(kind, name, field.annotation) for name, field in kind.model_fields.items())
        return
    for key in keys_of(kind):
        *path, last = key.fields
        owner = reduce(lambda row, name: inner(get_type_hints(row)[name]), path, kind)
        yield Key(owner, key.name, get_type_hints(owner)[last])


def file_keys(table: str) -> Iterator[tuple[Key, Field]]:
    """Yield the keys of a seed's table, each with its form; an entry's are those of a line, too."""
    kinds = (Entry, Opening) if table == "entry" else (FILE_TABLES[table],)
    hints = {name: (kind, hint) for kind in kinds for name, hint in get_type_hints(kind).items()}
    fields = OPENING if table == "entry" else fields_of(FILE_TABLES[table])
    for name, field in fields.items():
        kind, hint = hints[name]
        yield Key(kind, name, hint), field


def holds(hint: Any) -> str:
    """Return the content of a field of this type; a row is a link to its table."""
    kind = inner(hint)
    if many(hint):
        return f"list of {holds(kind)}"
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Mapping:
        value = PLAIN.get(get_args(kind)[1])
        return f"object: a {value} for each key" if value else "object"
    if issubclass(kind, StrEnum):
        return ", ".join(f"`{word}`" for word in kind)
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def inner(hint: Any) -> Any:
    """Return the type of a field's value, or of each of its values."""
    return inner(_first(hint)) if many(hint) or _is_dressed(hint) else hint


def many(hint: Any) -> bool:
    """Return whether a field holds a list."""
    origin = get_origin(hint)
    listed = isinstance(origin, type) and issubclass(origin, Sequence)
    return listed or (_is_dressed(hint) and many(_first(hint)))


def _is_dressed(hint: Any) -> bool:
    """Return whether a type may be None, or is annotated."""
    return get_origin(hint) in (Union, UnionType, Annotated)


def _first(hint: Any) -> Any:
    return next(kind for kind in get_args(hint) if kind is not NoneType)


def meaning(kind: Any, name: str) -> str:
    """Return the sentence under a field, else under the first one of its name elsewhere."""
    if kind.__name__ == "StatusCounts":
        return f"How many are `{name.replace('_', ' ')}`."
    texts = {key: words for base in reversed(kind.__mro__) for key, words in written(base).items()}
    words = texts.get(name) or _shared().get(name)
    if words is None:
        raise LookupError(f"Write a sentence under {kind.__name__}.{name} that says what it means.")
    return words


@cache
def written(kind: Any) -> dict[str, str]:
    """Return the sentences under the fields that a type of ours itself declares."""
    if not kind.__module__.startswith("tracker.") or kind.__name__ == "StatusCounts":
        return {}
    (definition,) = ast.parse(inspect.getsource(kind)).body
    sentences = {}
    for node, words in pairwise(definition.body):  # type: ignore[attr-defined]
        names = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        if names and isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant):
            sentences[ast.unparse(names[0])] = " ".join(str(words.value.value).split())
    return sentences


@cache
def _shared() -> dict[str, str]:
    return {
        name: words
        for kind in reversed(types())
        for base in reversed(kind.__mro__)
        for name, words in written(base).items()
    }


def types() -> list[Any]:
    """Return every type whose fields the reference may explain, the most general first."""
    rows = [
        kind
        for module in (things, record, state, entry, *REPORTS, deadlines, progress, statuses)
        for kind in vars(module).values()
        if inspect.isclass(kind) and kind.__module__ == module.__name__ and is_row(kind)
    ]
    return [*rows, *FILE_TABLES.values(), *book_tables().values()]


def contracts() -> list[Contract]:
    """Return the contract of each report, in the order of the commands."""
    found = [one for module in REPORTS for one in vars(module).values() if type(one) is Contract]
    order = top_level()
    return sorted(found, key=lambda report: (order.index(report.name.split()[0]), report.name))


def document(contract: Contract) -> list[Key]:
    """Return the keys of a report's document, without those that all reports share."""
    if contract.document:
        return [*keys(contract.document)]
    return [Key(None, "rows", Sequence[contract.row])]  # type: ignore[name-defined]


def book_tables() -> dict[str, Any]:
    """Return the models of a book's tables, in the order in which they are declared."""
    models: Any = {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    return {name: models[table] for name, table in metadata.tables.items()}

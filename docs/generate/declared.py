"""Finds what the code declares: its reports, and the tables of a file and of a book."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from pydantic import BaseModel
from sqlmodel import SQLModel

from docs.generate.hints import inner, keys, many
from tracker import facts, reports
from tracker.cli.application import program
from tracker.interchange.documents import Document
from tracker.reports.frame import DOCUMENTS

MODULES = [
    import_module(f"{reports.__name__}.{one.name}") for one in iter_modules(reports.__path__)
]


def documents() -> dict[str, type[Any]]:
    """Return the type of each report's document, in the order of the commands."""
    commands: Any = program()
    order = list(commands.commands)
    named = sorted((order.index(name.split()[0]), name, kind) for kind, name in DOCUMENTS.items())
    return {name: kind for _, name, kind in named}


def file_tables(of: type[BaseModel] = Document, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the tables of a seed's TOML, by header, with their models."""
    for key in keys(of):
        model = inner(key.hint)
        if issubclass(model, BaseModel):
            name = f"{path}{key.name}"
            yield (f"[[{name}]]" if many(key.hint) else f"[{name}]"), model
            yield from file_tables(model, f"{name}.")


def book_tables() -> dict[str, Any]:
    """Return the models of a book's tables, in the order in which they are declared."""
    mapped: dict[Any, Any] = {
        mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers
    }
    return {name: mapped[of] for name, of in SQLModel.metadata.tables.items()}


def types() -> list[Any]:
    """Return every type whose fields the reference may explain, the most general first."""
    rows = [
        one
        for module in (facts, *MODULES)
        for one in vars(module).values()
        if inspect.isclass(one) and one.__module__ == module.__name__ and hasattr(one, "_fields")
    ]
    return [*rows, Document, *(model for _, model in file_tables()), *book_tables().values()]

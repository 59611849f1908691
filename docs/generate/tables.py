"""The tables of a book, from the models that declare them."""

from typing import Any

from docs.generate import markdown
from docs.generate.fields import book_tables, holds, meaning
from docs.generate.markdown import code, table

INTRODUCTION = """Other tools may read a book but must not write to it; [views](../python.md#sql)
are made for them, as the tables below may change between versions. Moments are UTC, but PostgreSQL
shows them in the session's time zone. Quantities are `numeric` there and exact text on SQLite."""


def page() -> str:
    """Return the page."""
    parts = [markdown.prose(INTRODUCTION)]
    for name, model in book_tables().items():
        rows = [_described(model, column) for column in model.__table__.columns]
        parts += [f"## {name}", str(model.__doc__)]
        parts += [table(("column", "holds", "constraints", "meaning"), rows)]
    return markdown.page("The tables", *parts)


def _described(model: Any, column: Any) -> tuple[str, str, str, str]:
    links = ["primary key"] if column.primary_key else []
    links += [f"→ {code(key.target_fullname)}" for key in column.foreign_keys]
    links += ["may be null"] if column.nullable else []
    form = holds(model.model_fields[column.name].annotation)
    return code(column.name), form, ", ".join(links), meaning(model, column.name)

"""The tables of a book, from the models that declare them."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from docs.generate import markdown
from docs.generate.declared import book_tables
from docs.generate.hints import inner
from docs.generate.markdown import code, table
from docs.generate.words import meaning, own

INTRODUCTION = """A book is an ordinary database, on SQLite and PostgreSQL alike. Other tools may
read it but must not write to it. Three stable views are made for them; [the schema for other
tools](../schema.md) describes each. The tables below may change between versions. They accept only
new rows. Days are dates; moments are UTC, but PostgreSQL shows them in the session's time zone.
Quantities are `numeric` on PostgreSQL and exact text on SQLite."""

TYPES: dict[Any, str] = {
    date: "day",
    datetime: "moment",
    Decimal: "decimal",
    bool: "true or false",
    int: "whole number",
    str: "text",
    bytes: "bytes",
}


def page() -> str:
    """Return the page."""
    parts = [part for name, model in book_tables().items() for part in section(name, model)]
    return markdown.page("The tables", markdown.prose(INTRODUCTION), *parts)


def section(name: str, model: Any) -> list[str]:
    """Return the parts that describe one table."""
    columns = [
        (code(column.name), _type(model, column.name), _links(column), _meaning(model, column))
        for column in model.__table__.columns
    ]
    return [
        f"## {name}",
        str(model.__doc__),
        table(("column", "type", "constraints", "meaning"), columns),
        _checks(model.__table__),
    ]


def _type(model: Any, column: str) -> str:
    hint = inner(model.model_fields[column].annotation)
    return TYPES.get(hint) or ", ".join(code(word) for word in hint)


def _meaning(model: Any, column: Any) -> str:
    """Return the meaning of a column; one named after a table means a row of it."""
    if column.name in own(model):
        return own(model)[column.name]
    for key in column.foreign_keys:
        if column.name == f"{key.column.table.name}_id":
            return f"The {key.column.table.name}."
    return meaning(model, column.name)


def _links(column: Any) -> str:
    links = ["primary key"] if column.primary_key else []
    links += [f"→ {code(key.target_fullname)}" for key in column.foreign_keys]
    if column.unique:
        links.append("unique")
    if column.nullable:
        links.append("may be null")
    return ", ".join(links)


def _checks(of: sa.Table) -> str:
    """Return the named constraints of a table, without those that only implement a type."""
    found = sorted(
        (str(one.name), re.sub(r"\s+", " ", str(one.sqltext)))
        for one in of.constraints
        if isinstance(one, sa.CheckConstraint) and not _of_type(one, of)
    )
    rows = [(code(name), code(text)) for name, text in found]
    return table(("rule", "holds"), rows) if rows else ""


def _of_type(check: sa.CheckConstraint, of: sa.Table) -> bool:
    name = str(check.name)
    return (
        name.endswith(("_is_day", "_is_finite", "_is_moment"))
        or name.removeprefix(f"ck_{of.name}_") in of.columns
    )

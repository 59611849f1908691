"""The tables of a book, from the models that declare them."""

import inspect
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from docs.generate import markdown
from docs.generate.hints import present
from docs.generate.markdown import code, table
from docs.generate.meanings import meaning
from tracker import models

INTRODUCTION = """A book is an ordinary database, on SQLite and PostgreSQL alike; others may
read it and must not write to it. Five views are made for them: [the schema for
other tools](../schema.md) tells of each, and they are kept. The tables below may change between
versions. `entry` takes new rows and no other change. Days are dates, moments UTC; quantities
are `numeric` on PostgreSQL and exact text on SQLite."""

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
    named = {
        one.__tablename__: one
        for one in vars(models).values()
        if inspect.isclass(one) and issubclass(one, SQLModel) and hasattr(one, "__table__")
    }
    parts = [part for name, model in named.items() for part in section(str(name), model)]
    return markdown.page("The tables", markdown.prose(INTRODUCTION), *parts)


def section(name: str, model: Any) -> list[str]:
    """Return the parts that tell of one table."""
    columns = [
        (code(column.name), _type(model, column.name), _links(column), meaning(column.name))
        for column in model.__table__.columns
    ]
    return [
        f"## {name}",
        str(model.__doc__),
        table(("column", "type", "constraints", "meaning"), columns),
        _checks(model.__table__),
    ]


def _type(model: Any, column: str) -> str:
    hint = present(model.model_fields[column].annotation)
    return TYPES.get(hint) or ", ".join(code(word) for word in hint)


def _links(column: Any) -> str:
    told = ["primary key"] if column.primary_key else []
    told += [f"→ {code(key.target_fullname)}" for key in column.foreign_keys]
    if column.unique:
        told.append("unique")
    if column.nullable:
        told.append("may be null")
    return ", ".join(told)


def _checks(of: sa.Table) -> str:
    """Return the named rules of a table, without those that only spell out a type."""
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
        name.endswith(("_is_day", "_is_decimal"))
        or name.removeprefix(f"ck_{of.name}_") in of.columns
    )

"""The SQL of the program: one statement per file in `queries/`, named after its file.

Conditions that several statements share are in `queries/parts/`, and are called like functions:
`retracted(e.id)` expands to the condition with `e.id` for `row`, and `in_force(party, v)` also
names a table.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "queries"
PARTS = "|".join(path.stem for path in (FOLDER / "parts").iterdir())
PART = re.compile(rf"\b({PARTS})\((?:(\w+), )?([\w.]+)\)")
PLACE = re.compile(r" place\((\w+)\)")
"""The order in which entries were recorded."""
PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")


SEALING = "batch"
"""The table whose new row ends a batch."""
MERGED = "SELECT 1 FROM batch WHERE origin IS NOT NULL LIMIT 1"
"""Finds out whether a book holds entries that were recorded in another one."""


@cache
def statement(name: str, dialect: str, *, merged: bool = False) -> str:
    """Return a statement, with its `:name` parameters in the driver's form.

    If other books were `merged`, the order of recording is not that of the numbers.
    """
    sql = PLACE.sub(_placed if merged else r" \1.id", _text(name))
    while PART.search(sql):
        sql = PART.sub(_filled, sql)
    return in_dialect(sql, dialect)


@cache
def is_ordered(name: str) -> bool:
    """Return whether a statement depends on the order in which entries were recorded."""
    return PLACE.search(_text(name)) is not None


def _listed(numbers: frozenset[int]) -> str:
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "NULL"


def with_numbers(sql: str, parameters: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Return a statement with those parameters filled in that are lists of numbers."""
    lists = {name: value for name, value in parameters.items() if isinstance(value, frozenset)}
    if not lists:
        return sql, parameters
    for name, numbers in lists.items():
        sql = re.sub(rf"(?::{name}\b|%\({name}\)s)", _listed(numbers), sql)
    return sql, {name: value for name, value in parameters.items() if name not in lists}


def in_dialect(sql: str, dialect: str) -> str:
    """Return SQL with its `:name` parameters in the driver's form."""
    if dialect == "postgresql":
        return PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
    return sql


def _filled(found: re.Match[str]) -> str:
    name, table, row = found.groups()
    part = _text(f"parts/{name}")
    if table:
        part = part.replace("FROM table", f"FROM {table}")
    part = re.sub(r"\brow\b", row, part)
    return f"({part})"


def _placed(found: re.Match[str]) -> str:
    """Return the order of entries in a book with merges."""
    terms = _text("parts/place").replace("row.", f"{found[1]}.").splitlines()
    return f" {', '.join(terms)}"


@cache
def _text(name: str) -> str:
    """Return a file's SQL without its comments."""
    lines = (FOLDER / f"{name}.sql").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


@cache
def columns_of(name: str) -> tuple[str, ...]:
    """Return the names of a statement's columns, which are plain ones."""
    listed = _text(name).partition("SELECT")[2].partition("FROM")[0]
    return tuple(re.split(r"[ .]", column.strip())[-1] for column in listed.split(","))


@cache
def insertion(table: str, columns: tuple[str, ...], dialect: str) -> str:
    """Return the statement that writes these columns of a new row."""
    listed, named = ", ".join(columns), ", ".join(f":{column}" for column in columns)
    return in_dialect(f"INSERT INTO {table} ({listed}) VALUES ({named})", dialect)

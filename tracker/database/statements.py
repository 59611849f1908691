"""The SQL of the program: one statement per file in `queries/`, named after its file.

Conditions that several statements share are in `queries/parts/`, and are called like functions:
`counts(e)` expands to the condition with `e` for `row`, and `in_force(party, v)` also names a
table.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tracker.vocabulary import NEWS

FOLDER = Path(__file__).parent.parent / "queries"
PARTS = "|".join(path.stem for path in (FOLDER / "parts").iterdir())
PART = re.compile(rf"\b({PARTS})\((?:(\w+), )?([\w.]+)\)")
PLACE = re.compile(r" ?\b(place|place_of|placed|latest)\((\w+)\)")
"""Parts that order entries by when they were recorded."""
WITHOUT_CLOCK = re.compile(r"\s+AND (?:was_)?public\([\w.]+\)")
"""Conditions that only reports with a public clock need."""
CHOSEN = re.compile(r"\bchosen_(agreement|concession|deadline|exchange)\(([\w.]+)(?:, ([\w.]+))?\)")
PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")


SEALING = "batch"
"""The table whose new row ends a batch."""
MERGED = "SELECT 1 FROM batch WHERE origin IS NOT NULL LIMIT 1"
"""Finds out whether a book holds entries that were recorded in another one."""


class Scope(NamedTuple):
    """The things that a statement is limited to."""

    agreements: frozenset[int]
    concessions: frozenset[int]


@lru_cache(512)
def statement(
    name: str,
    dialect: str,
    scope: Scope | None = None,
    *,
    public: bool = False,
    merged: bool = False,
) -> str:
    """Return a statement, with its `:name` parameters in the driver's form.

    With a `public` clock, it sees only what was public by then. If other books were `merged`, the
    order of recording is not that of the numbers.
    """
    sql = _expanded(name, public, merged)
    sql = CHOSEN.sub("1 = 1", sql) if scope is None else _chosen(sql, scope)
    return _in_dialect(sql, dialect)


@cache
def is_ordered(name: str) -> bool:
    """Return whether a statement depends on the order in which entries were recorded."""
    return PLACE.search(_text(name)) is not None


def _chosen(sql: str, scope: Scope) -> str:
    """Return a statement that is limited to the chosen things, with their numbers filled in."""

    def condition(found: re.Match[str]) -> str:
        what, first, second = found.groups()
        agreements, concessions = _listed(scope.agreements), _listed(scope.concessions)
        if what == "agreement":
            return f"{first} IN ({agreements})"
        if what == "concession":
            return f"{first} IN ({concessions})"
        other = agreements if what == "deadline" else concessions
        return f"({first} IN ({concessions}) OR {second} IN ({other}))"

    return CHOSEN.sub(condition, sql)


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


def _in_dialect(sql: str, dialect: str) -> str:
    if dialect == "postgresql":
        return PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
    return sql


@cache
def _expanded(name: str, public: bool, merged: bool) -> str:
    sql = PLACE.sub(_placed if merged else _numbered, _text(name))
    while True:
        sql = sql if public else WITHOUT_CLOCK.sub("", sql)
        if not PART.search(sql):
            return sql
        sql = PART.sub(_filled, sql)


def _filled(found: re.Match[str]) -> str:
    name, table, row = found.groups()
    part = _text(f"parts/{name}")
    part = part.replace("kinds_of_news", ", ".join(f"'{kind}'" for kind in NEWS))
    if table:
        part = part.replace("FROM table", f"FROM {table}")
    part = re.sub(r"\brow\b", row, part)
    return part if name == "line" else f"({part})"


def _numbered(found: re.Match[str]) -> str:
    """Return the order of entries in a book without merges: that of their numbers."""
    what, row = found.groups()
    if what == "placed":
        return ""
    return f" {row}.entry" if what == "place_of" else f" {row}.id{' DESC' * (what == 'latest')}"


def _placed(found: re.Match[str]) -> str:
    """Return the order of entries in a book with merges."""
    what, row = found.groups()
    terms = _text("parts/place").replace("row.", f"{row}.").splitlines()
    if what == "place_of":  # a line of the journal
        number, key = f"{row}.entry", f"(SELECT k.key FROM entry AS k WHERE k.id = {row}.entry)"
        terms = [term.replace(f"{row}.id", number).replace(f"{row}.key", key) for term in terms]
    listed = (" DESC, " if what == "latest" else ", ").join(terms)
    return f"{', 0, ' if what == 'placed' else ' '}{listed}{' DESC' * (what == 'latest')}"


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
    return _in_dialect(f"INSERT INTO {table} ({listed}) VALUES ({named})", dialect)

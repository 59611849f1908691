"""The types and constraints of columns, for both databases."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

from tracker.entry import ALWAYS, SAID, SHAPES
from tracker.vocabulary import EntryKind

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


Moment = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
"""A UTC moment; on SQLite, text of fixed width."""

Quantity = sa.String().with_variant(sa.Numeric(), "postgresql")
"""An exact decimal: text on SQLite, whose numbers are floats."""


Word = sa.String(32)
"""The value of an enumeration; see `word_checks`."""

GIVEN = {"autoincrement": False}
"""The arguments of a column whose numbers we give ourselves."""

UNNUMBERED = {"sqlite_with_rowid": False}
"""The options of a table with a key of several columns: SQLite would number its rows, and replace
them by that number."""


def check(name: str, condition: str) -> sa.CheckConstraint:
    """Return a CHECK, whose name follows that of its table."""
    return sa.CheckConstraint(condition, name=name)


def word_checks(**vocabularies: type[StrEnum]) -> list[sa.CheckConstraint]:
    """Return the CHECKs that limit columns to the words of their vocabularies.

    Not `IN (…)`: SQLite rebuilds a table of a longer list for every row that it checks, which took
    a third of an import's time.
    """
    return [check(column, one_of(column, words)) for column, words in vocabularies.items()]


def one_of(column: str, words: Iterable[str]) -> str:
    """Return the condition that a column is one of some words."""
    return " OR ".join(f"{column} = '{word}'" for word in words)


def _checks(
    columns: Iterable[str], kind: str, sqlite: str, postgresql: str
) -> list[sa.CheckConstraint]:
    """Return the CHECKs of some columns, each called `it` in the condition for a database."""
    return [
        check(f"{column}_is_{kind}", re.sub(r"\bit\b", column, text)).ddl_if(dialect=dialect)
        for column in columns
        for dialect, text in (("sqlite", sqlite), ("postgresql", postgresql))
    ]


def day_checks(*columns: str) -> list[sa.CheckConstraint]:
    """Return the CHECKs that keep days within the calendar that every report can print.

    SQLite has no type for days; PostgreSQL's also holds infinity and days before Christ.
    """
    return _checks(
        columns,
        "day",
        "it IS date(it) AND length(it) = 10 AND it >= '0001-01-01'",
        "it BETWEEN '0001-01-01' AND '9999-12-31'",
    )


def moment_checks(*columns: str) -> list[sa.CheckConstraint]:
    """Return the CHECKs that keep moments in their written form, and finite."""
    return _checks(
        columns,
        "moment",
        f"it GLOB '????-??-??T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].{'[0-9]' * 6}Z'"
        " AND substr(it, 1, 10) IS date(substr(it, 1, 10))"
        " AND substr(it, 12, 2) < '24' AND it >= '0001-01-01'",
        "it BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999+00'",
    )


def quantity_checks(*columns: str) -> list[sa.CheckConstraint]:
    """Return the CHECKs that keep quantities plain decimals that every report can print.

    They have at most 18 digits before the decimal point and 9 after it. On SQLite these are
    counted: as a number, the text would be rounded.
    """
    return _checks(
        columns,
        "finite",
        "it GLOB '*[0-9]' AND it NOT GLOB '*[^0-9.-]*' AND it NOT GLOB '?*-*'"
        " AND it NOT GLOB '*.*.*' AND ltrim(it, '-') GLOB '[0-9]*'"
        " AND instr(it || '.', '.') <= 19 + (it GLOB '-*')"
        " AND length(it) - instr(it || '.', '.') <= 9",
        "abs(it) < 1e18 AND scale(it) <= 9",
    )


def precision_check(column: str) -> sa.CheckConstraint:
    """Return the CHECK that a day is filled along with how exactly it is known."""
    return check(f"{column}_has_precision", f"({column} IS NULL) = ({column}_precision IS NULL)")


def flag_check(column: str) -> sa.CheckConstraint:
    """Return the CHECK that limits a column to 0 and 1, as SQLite has no flags."""
    return check(column, f"{column} = 0 OR {column} = 1").ddl_if(dialect="sqlite")


def kind_checks() -> Iterator[sa.CheckConstraint]:
    """Yield the CHECK of each field that only entries of some kinds can have, by their shapes.

    If they all have it, they must fill it. What all kinds can have needs no such CHECK, nor do the
    unit and the base of a value.
    """
    shapes = SHAPES.values()
    for field in [name for name in SAID if name not in (*ALWAYS, "unit", "base")]:
        column = "says_id" if field == "says" else field
        names = {"value", "target"} if field == "value" else {field}
        having = {shape.kind for shape in shapes if names & {*shape.fields}}
        kinds = [kind for kind in EntryKind if kind in having]
        of_kind, fitting = one_of("kind", kinds), [shape for shape in shapes if shape.kind in kinds]
        is_filled = all(field in (*shape.needs, *shape.completed) for shape in fitting)
        filled = f"({column} IS NOT NULL) = ({of_kind})"
        yield check(f"{column}_of_kind", filled if is_filled else f"{column} IS NULL OR {of_kind}")

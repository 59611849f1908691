"""The types of columns and the constraints that several tables share, for both databases."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Relationship, SQLModel

from tracker.dates import iso_moment

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}

GIVEN = {"autoincrement": False}
"""The arguments of a column whose numbers we give ourselves."""
UNNUMBERED = {"sqlite_with_rowid": False}
"""The options of a table with a key of several columns: SQLite would number its rows, and replace
them by that number."""

# --- types ------------------------------------------------------------------------------------


class Moment(sa.TypeDecorator[datetime]):
    """A UTC moment; on SQLite, text of fixed width."""

    impl = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Return a moment as the database compares it."""
        return value if value is None or dialect.name != "sqlite" else iso_moment(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Return a stored moment."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Quantity(sa.TypeDecorator[Decimal]):
    """An exact decimal: text on SQLite, whose numbers are floats."""

    impl = sa.String().with_variant(sa.Numeric(), "postgresql")
    cache_ok = True

    class Comparator(sa.TypeDecorator.Comparator[Decimal]):
        """Compares and sorts quantities as numbers; as text, 12 would come before 5."""

        def operate(self, op: Any, *other: Any, **options: Any) -> sa.ColumnElement[Any]:
            """Return the expression that an operator makes."""
            return sa.cast(self.expr, sa.Numeric()).operate(op, *other, **options)

    comparator_factory = Comparator

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002
        """Return a stored quantity."""
        return None if value is None else Decimal(str(value))


def word_of(vocabulary: type[StrEnum]) -> sa.Enum:
    """Return the type of a column that holds a word of a vocabulary; see `word_checks`."""
    return sa.Enum(
        vocabulary,
        values_callable=lambda words: [word.value for word in words],
        native_enum=False,
        validate_strings=True,
        length=32,
    )


def other(column: str, **options: Any) -> Any:
    """Return what leads to the thing that a column numbers: `Concession.agreement_id`."""
    options = {"foreign_keys": column, "lazy": "selectin", "viewonly": True, **options}
    return Relationship(sa_relationship_kwargs=options)


# --- constraints ------------------------------------------------------------------------------


def check(name: str, condition: str) -> sa.CheckConstraint:
    """Return a CHECK, whose name follows that of its table."""
    return sa.CheckConstraint(condition, name=name)


def word_checks(**vocabularies: type[StrEnum]) -> list[sa.CheckConstraint]:
    """Return the CHECKs that limit columns to the words of their vocabularies.

    Not `IN (…)`: SQLite rebuilds a table of a longer list for every row that it checks, which took
    a third of an import's time.
    """
    return [
        check(column, one_of(column, words)) for column, words in vocabularies.items()
    ]


def one_of(column: str, words: Iterable[str]) -> str:
    """Return the condition that a column is one of some words."""
    return " OR ".join(f"{column} = '{word}'" for word in words)


def _checks(
    columns: Iterable[str], kind: str, sqlite: str, postgresql: str
) -> list[sa.CheckConstraint]:
    """Return the CHECKs of some columns, each called `it` in the condition for a database."""
    return [
        check(f"{column}_is_{kind}", re.sub(r"\bit\b", column, text)).ddl_if(
            dialect=dialect
        )
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
    return check(
        f"{column}_has_precision", f"({column} IS NULL) = ({column}_precision IS NULL)"
    )


def flag_check(column: str) -> sa.CheckConstraint:
    """Return the CHECK that limits a column to 0 and 1, as SQLite has no flags."""
    return check(column, f"{column} = 0 OR {column} = 1").ddl_if(dialect="sqlite")

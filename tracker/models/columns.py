"""The types of columns, for both databases."""

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
    """Return the type of a column that holds a word of a vocabulary."""
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

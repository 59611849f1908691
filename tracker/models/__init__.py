"""The tables of a book, one class each, and the rows of them that count.

They declare the columns, keys and indexes that `migrations/` makes; its CHECKs, triggers and views
are only there. Commands and reports read and write plain SQL.
"""

from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.models.journal import Batch, Entry, EntrySource, Thing
from tracker.models.versions import (
    Agreement,
    Concession,
    ConcessionParty,
    Deadline,
    Exchange,
    Party,
    Source,
    SourceText,
    Version,
)

__all__ = [
    "Agreement",
    "Batch",
    "Concession",
    "ConcessionParty",
    "Deadline",
    "Entry",
    "EntrySource",
    "Exchange",
    "Party",
    "Source",
    "SourceText",
    "Thing",
    "in_force",
    "metadata",
]

metadata = SQLModel.metadata
"""The schema, with which the revisions and a server's tables are compared."""

Row = TypeVar("Row", bound=Version | Entry)
RETRACTED = sa.table("retracted", sa.column("entry_id"))
"""The view of the entries that are retracted."""
IN_FORCE = sa.table("in_force", sa.column("entry_id"))
"""The view of the versions that are in force."""


def in_force(model: type[Row]) -> SelectOfScalar[Row]:
    """Return the SELECT of each thing's version in force: the last recorded that is not retracted.

    Of entries, it selects all that are not retracted. More conditions can be added to it.
    """
    (number,) = sa.inspect(model).local_table.primary_key
    if model is Entry:
        counts = number.not_in(sa.select(RETRACTED.c.entry_id))
    else:
        counts = number.in_(sa.select(IN_FORCE.c.entry_id))
    return select(model).where(counts).order_by(number)

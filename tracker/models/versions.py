"""The tables of versions: one row for each declaration."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, new_class
from typing import Any, get_args

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.errors import with_article
from tracker.forms import DAY, FLAG, MARK, PERIOD, QUANTITY, Form
from tracker.models.columns import (
    GIVEN,
    UNNUMBERED,
    Quantity,
    Word,
    check,
    day_checks,
    flag_check,
    precision_check,
    quantity_checks,
    word_checks,
)
from tracker.things import KINDS, STORED
from tracker.vocabulary import Precision, Role, ThingKind


class Version(SQLModel):
    """The base of every version: the entry that declares it, and its thing."""

    entry_id: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    """The entry that declares it."""
    entry_kind: str = Field(sa_type=Word)
    """The kind of that entry."""
    thing_id: int
    """The thing that it is a version of."""


def version(table: str, *constraints: Any, kind: str = "declaration") -> tuple[Any, ...]:
    """Return a version table's constraints: its own, and that the entry is about the thing."""
    return (
        check("entry_kind", f"entry_kind = '{kind}'"),
        sa.ForeignKeyConstraint(
            ["entry_id", "entry_kind", "thing_id"], ["entry.id", "entry.kind", "entry.subject_id"]
        ),
        # Finds the version in force: the latest of a thing that counts.
        sa.Index(f"ix_{table}_thing_id", "thing_id", "entry_id"),
        *constraints,
    )


def version_of(what: ThingKind, *constraints: Any) -> type:
    """Declare the table of a kind of thing's versions: a column for each field that it stores."""
    hints: dict[str, Any] = {}
    columns: dict[str, Any] = {}
    checks = [*constraints]
    for name, field, form in STORED[what]:
        if name != field and form is PERIOD:
            kind, options, checked = worded(name, Precision)
            options["description"] = f"How exactly `{field}` is known."
        else:
            kind, options, checked = column_of(name, form)
        # What goes without saying is not stored; a deadline has one of two owners.
        is_optional = NoneType in get_args(KINDS[what].__annotations__[field].__origin__)
        is_optional |= what is ThingKind.DEADLINE if form is None else form.silent is not None
        if kind is Precision and is_optional:
            checks.append(precision_check(field))
        checks += checked
        hints[name] = kind | None if is_optional else kind
        columns[name] = Field(nullable=is_optional, index=form is None, **options)
    described = {"__doc__": f"A version of {with_article(what)}.", "__annotations__": hints}
    described |= {"__table_args__": version(what.value, *checks)} | columns
    return new_class(what.title(), (Version,), {"table": True}, lambda body: body.update(described))


def column_of(name: str, form: Form | None) -> tuple[Any, dict[str, Any], list[Any]]:
    """Return the type of a column by the form of its field, how it is stored, and its CHECKs."""
    if name.endswith("_id"):
        return int, {"foreign_key": "thing.id"}, []
    if form in (DAY, PERIOD):
        return date, {}, day_checks(name)
    if form is QUANTITY:
        return Decimal, {"sa_type": Quantity}, quantity_checks(name)
    if form in (FLAG, MARK):
        return bool, {}, [flag_check(name)]
    if form and form.stored:
        return worded(name, form.stored)
    return str, {}, []


def worded(name: str, words: type[StrEnum]) -> tuple[Any, dict[str, Any], list[Any]]:
    """Return the same of a column that holds a word of a vocabulary."""
    return words, {"sa_type": Word}, word_checks(**{name: words})


DEADLINES = (
    check("one_parent", "(agreement_id IS NULL) <> (concession_id IS NULL)"),
    check("target_of_delivery", "target IS NULL OR kind = 'delivery'"),
    check("target_has_unit", "(target IS NULL) = (unit IS NULL)"),
    check("opens_before_due", "opens_on <= due_on"),
    check("bound_of_target", "target IS NOT NULL OR (bound IS NULL AND base IS NULL)"),
    check("awaits_of_delivery", "awaits IS NULL OR kind = 'delivery'"),
    check(
        "day_is_known_or_awaited",
        "due_on IS NOT NULL OR awaits IS NOT NULL OR COALESCE(bound, '') = 'at-most'",
    ),
    check(
        "awaits_in_place",
        "awaits IS NULL OR (opens_on IS NULL AND COALESCE(bound, '') = 'at-most')"
        " OR (due_on IS NULL AND COALESCE(bound, '') <> 'at-most')",
    ),
)
"""What the fields of a deadline are to each other."""
VERSIONS = [
    version_of(kind, *(DEADLINES if kind is ThingKind.DEADLINE else ())) for kind in ThingKind
]
"""The models, which nothing else keeps from being collected as garbage."""


class ConcessionParty(SQLModel, table=True):
    """A giver or a receiver of a version of a concession, in the order in which they are named."""

    __tablename__ = "concession_party"
    __table_args__ = (
        *word_checks(role=Role),
        check("place", "place BETWEEN 1 AND 1000"),
        sa.UniqueConstraint("entry_id", "role", "place"),
        UNNUMBERED,
    )

    entry_id: int = Field(
        foreign_key="concession.entry_id", primary_key=True, sa_column_kwargs=GIVEN
    )
    role: Role = Field(sa_type=Word, primary_key=True)
    """On which side the party is."""
    place: int
    """Its position on its side, from 1."""
    party_id: int = Field(foreign_key="thing.id", primary_key=True, sa_column_kwargs=GIVEN)
    """The party that gives or receives."""


class Exchange(SQLModel, table=True):
    """What a version of a concession was given in return for."""

    __table_args__ = UNNUMBERED

    entry_id: int = Field(
        foreign_key="concession.entry_id", primary_key=True, sa_column_kwargs=GIVEN
    )
    in_return_for_id: int = Field(
        foreign_key="thing.id", primary_key=True, index=True, sa_column_kwargs=GIVEN
    )

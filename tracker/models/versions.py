"""The tables of versions: one row for each declaration."""

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

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
from tracker.vocabulary import (
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Precision,
    Role,
    TermWord,
)


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


class Party(Version, table=True):
    """A version of a party."""

    __table_args__ = version("party")

    name: str
    short: str
    part_of_id: int | None = Field(default=None, foreign_key="thing.id")


class Source(Version, table=True):
    """A version of a source."""

    __table_args__ = version("source", *day_checks("published_on"), flag_check("official"))

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published_on: date | None = None
    official: bool = False
    archived_url: str | None = None


class Agreement(Version, table=True):
    """A version of an agreement."""

    __table_args__ = version(
        "agreement", *day_checks("agreed_on"), *word_checks(agreed_on_precision=Precision)
    )

    title: str
    place: str | None = None
    agreed_on: date
    agreed_on_precision: Precision = Field(sa_type=Word)
    """How exactly `agreed_on` is known."""
    source_id: int = Field(foreign_key="thing.id")


class Concession(Version, table=True):
    """A version of a concession."""

    __table_args__ = version(
        "concession",
        *day_checks("promised_on"),
        *word_checks(
            kind=ConcessionKind,
            instrument=Instrument,
            term=TermWord,
            promised_on_precision=Precision,
        ),
        precision_check("promised_on"),
        flag_check("hold"),
    )

    title: str
    sector: str
    kind: ConcessionKind = Field(sa_type=Word)
    instrument: Instrument = Field(sa_type=Word)
    test: str
    locator: str | None = None
    quote: str | None = None
    hold: bool | None = None
    term: TermWord | None = Field(default=None, sa_type=Word)
    promised_on: date | None = None
    promised_on_precision: Precision | None = Field(default=None, sa_type=Word)
    """How exactly `promised_on` is known."""
    agreement_id: int = Field(foreign_key="thing.id", index=True)
    source_id: int = Field(foreign_key="thing.id")


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
    party_id: int = Field(
        foreign_key="thing.id", primary_key=True, index=True, sa_column_kwargs=GIVEN
    )
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


class Deadline(Version, table=True):
    """A version of a deadline."""

    __table_args__ = version(
        "deadline",
        *day_checks("opens_on", "due_on"),
        *quantity_checks("target", "base"),
        *word_checks(kind=DeadlineKind, due_on_precision=Precision, bound=Bound),
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
        precision_check("due_on"),
    )

    kind: DeadlineKind = Field(sa_type=Word)
    label: str
    opens_on: date | None = None
    awaits: str | None = None
    unit: str | None = None
    agreement_id: int | None = Field(default=None, foreign_key="thing.id", index=True)
    concession_id: int | None = Field(default=None, foreign_key="thing.id", index=True)
    due_on: date | None = None
    due_on_precision: Precision | None = Field(default=None, sa_type=Word)
    """How exactly `due_on` is known."""
    target: Decimal | None = Field(default=None, sa_type=Quantity)
    bound: Bound | None = Field(default=None, sa_type=Word)
    base: Decimal | None = Field(default=None, sa_type=Quantity)
    source_id: int = Field(foreign_key="thing.id")

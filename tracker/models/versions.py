"""Versions: a row for each declaration of a thing, and for each kept text of a source."""

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, declared_attr
from sqlmodel import Field, SQLModel, select

from tracker.models.columns import UNNUMBERED, Quantity, other, word_of
from tracker.models.journal import Thing
from tracker.vocabulary import (
    Basis,
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Media,
    Precision,
    Role,
    TermWord,
)


class Version(SQLModel):
    """The base of every version: the entry that declares it, and its thing."""

    model_config = {"ignored_types": (declared_attr,)}

    entry_id: int = Field(primary_key=True)
    """The entry that declares it."""
    entry_kind: str = Field(max_length=32)
    """The kind of that entry."""
    thing_id: int
    """The thing that it is a version of."""

    @declared_attr
    def slug(cls) -> Mapped[str]:  # noqa: N805 - it is asked of each class
        """The short name of its thing."""
        named = select(Thing.slug).where(Thing.id == cls.thing_id)
        return column_property(named.scalar_subquery().label("slug"))


def version(table: str) -> tuple[Any, ...]:
    """Return what every table of versions has: its entry is about its thing."""
    return (
        sa.ForeignKeyConstraint(
            ["entry_id", "entry_kind", "thing_id"],
            ["entry.id", "entry.kind", "entry.subject_id"],
        ),
        # Finds the version in force: the latest of a thing that counts.
        sa.Index(f"ix_{table}_thing_id", "thing_id", "entry_id"),
    )


class Party(Version, table=True):
    """A version of a party: who gives and who receives."""

    __table_args__ = version("party")

    name: str
    """The full name."""
    short: str
    """The name that tables print."""
    part_of_id: int | None = Field(default=None, foreign_key="thing.id")
    """The bloc that it is part of."""

    part_of: Thing | None = other("Party.part_of_id")


class Source(Version, table=True):
    """A version of a source: where a fact is stated."""

    __table_args__ = version("source")

    title: str | None = None
    """Its title."""
    publisher: str | None = None
    """Who published it."""
    url: str | None = None
    """Its web address."""
    published_on: date | None = None
    """The day it was published."""
    official: bool
    """Whether it is a government's own text."""
    archived_url: str | None = None
    """A lasting copy of the page."""
    read: bool | None = None
    """False if nobody opened the page."""


class Agreement(Version, table=True):
    """A version of an agreement: what parties agreed."""

    __table_args__ = version("agreement")

    title: str
    """Its title."""
    agreed_on: date
    """The day it was agreed; of a month or a year, its last day."""
    agreed_on_precision: Precision = Field(sa_type=word_of(Precision))
    """How exactly `agreed_on` is known."""
    source_id: int = Field(foreign_key="thing.id")
    """The source that states it."""
    place: str | None = None
    """Where it was agreed."""

    source: Thing = other("Agreement.source_id")


def parties(role: str) -> Any:
    """Return what leads to the parties on one side of a concession, in order."""
    return other(
        "ConcessionParty.entry_id, ConcessionParty.party_id",
        secondary="concession_party",
        secondaryjoin="and_(ConcessionParty.party_id == Thing.id,"
        f" ConcessionParty.role == '{role}')",
        order_by="ConcessionParty.place",
    )


class Concession(Version, table=True):
    """A version of a concession: one observable promise, by its givers to its receivers."""

    __table_args__ = version("concession")

    agreement_id: int = Field(foreign_key="thing.id", index=True)
    """The agreement that it is part of."""
    title: str
    """Its title."""
    sector: str
    """The part of the economy."""
    source_id: int = Field(foreign_key="thing.id")
    """The source that states it."""
    kind: ConcessionKind = Field(sa_type=word_of(ConcessionKind))
    """What kind it is."""
    instrument: Instrument = Field(sa_type=word_of(Instrument))
    """How binding the text is."""
    test: str
    """What will count as met, written in advance."""
    locator: str | None = None
    """Where in the source it is stated."""
    quote: str | None = None
    """The words of the source that state it."""
    hold: bool | None = None
    """Whether it has to be kept up; implied by an expiry of its own, a limit, or an open term."""
    term: TermWord | None = Field(default=None, sa_type=word_of(TermWord))
    """`open` for a promise that never ends, and does not end with its agreement."""
    promised_on: date | None = None
    """The day of the promise, if it is later than the agreement."""
    promised_on_precision: Precision | None = Field(
        default=None, sa_type=word_of(Precision)
    )
    """How exactly `promised_on` is known."""

    agreement: Thing = other("Concession.agreement_id")
    source: Thing = other("Concession.source_id")
    givers: list[Thing] = parties("giver")
    receivers: list[Thing] = parties("receiver")
    in_return_for: list[Thing] = other(
        "Exchange.entry_id, Exchange.in_return_for_id",
        secondary="exchange",
        order_by="Thing.slug",
    )


class ConcessionParty(SQLModel, table=True):
    """A giver or a receiver of a version of a concession, in the order in which they are named."""

    __tablename__ = "concession_party"
    __table_args__ = (sa.UniqueConstraint("entry_id", "role", "place"), UNNUMBERED)

    entry_id: int = Field(foreign_key="concession.entry_id", primary_key=True)
    """The entry that declares the version."""
    role: Role = Field(sa_type=word_of(Role), primary_key=True)
    """On which side the party is."""
    place: int
    """Its position on its side, from 1."""
    party_id: int = Field(foreign_key="thing.id", primary_key=True)
    """The party that gives or receives."""


class Exchange(SQLModel, table=True):
    """What a version of a concession was given in return for."""

    __table_args__ = UNNUMBERED

    entry_id: int = Field(foreign_key="concession.entry_id", primary_key=True)
    """The entry that declares the version."""
    in_return_for_id: int = Field(foreign_key="thing.id", primary_key=True, index=True)
    """The concession that it was given in return for."""


class Deadline(Version, table=True):
    """A version of a deadline: a day that matters, of a concession or of the agreement itself."""

    __table_args__ = version("deadline")

    agreement_id: int | None = Field(default=None, foreign_key="thing.id", index=True)
    """The agreement whose own deadline it is."""
    concession_id: int | None = Field(default=None, foreign_key="thing.id", index=True)
    """The concession that it belongs to."""
    kind: DeadlineKind = Field(sa_type=word_of(DeadlineKind))
    """What kind it is."""
    label: str
    """What falls due, in words."""
    source_id: int = Field(foreign_key="thing.id")
    """The source that states it."""
    opens_on: date | None = None
    """The first day of a delivery's window, or the first day on which a limit binds."""
    due_on: date | None = None
    """The day by which it is due, as declared; of a month or a year, its last day."""
    due_on_precision: Precision | None = Field(default=None, sa_type=word_of(Precision))
    """How exactly `due_on` is known."""
    awaits: str | None = None
    """The condition that its day waits for: a limit's first day, else a delivery's last."""
    target: Decimal | None = Field(default=None, sa_type=Quantity)
    """The quantity to reach, as declared."""
    unit: str | None = None
    """The unit of the quantity."""
    bound: Bound | None = Field(default=None, sa_type=word_of(Bound))
    """`at-most` makes the target a limit; `at-least` is the default."""
    base: Decimal | None = Field(default=None, sa_type=Quantity)
    """The level before the promise."""
    counted_by: str | None = None
    """Who counted; for a deadline, who counts for its target."""
    basis: Basis | None = Field(default=None, sa_type=word_of(Basis))
    """The basis of the count; for a deadline, of the one for its target."""

    agreement: Thing | None = other("Deadline.agreement_id")
    concession: Thing | None = other("Deadline.concession_id")
    source: Thing = other("Deadline.source_id")


class SourceText(Version, table=True):
    """A kept text of a source; its day is that of its entry, and its file is beside the book."""

    __tablename__ = "source_text"
    __table_args__ = version("source_text")

    file_sha256: bytes
    """SHA-256 of the file."""
    words_sha256: bytes
    """SHA-256 of its words, one per line."""
    words: int
    """How many words it has."""
    media: Media = Field(sa_type=word_of(Media))
    """The form in which it is kept."""
    reader: str
    """The reader that extracted the words from the file, such as `lxml 6.1.3` or `pypdf 7.1.1`."""

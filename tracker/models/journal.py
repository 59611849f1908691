"""Things, the entries about them, and the batches of entries."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.models.columns import GIVEN, UNNUMBERED, Moment, Quantity, other, word_of
from tracker.vocabulary import (
    Basis,
    Command,
    EntryKind,
    Namespace,
    Outcome,
    Precision,
    Stage,
)


class Thing(SQLModel, table=True):
    """Only the identity of a thing; its versions describe it."""

    __table_args__ = (sa.UniqueConstraint("slug", "namespace"),)

    id: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    """The row's number."""
    namespace: Namespace = Field(sa_type=word_of(Namespace))
    """The namespace in which its slug is unique."""
    slug: str
    """The short name that commands take; for a source, its key."""


class Entry(SQLModel, table=True):
    """One line of the journal: appended under the write lock, and never changed or deleted."""

    __table_args__ = (
        # Recognises a line that the book already has.
        sa.UniqueConstraint("key", "nth"),
        # The target of versions: the entry that declares them.
        sa.UniqueConstraint("id", "kind", "subject_id"),
        # Whether an entry is retracted.
        sa.Index(
            "ix_entry_refers_to",
            "refers_to",
            sqlite_where=sa.text("refers_to IS NOT NULL"),
            postgresql_where=sa.text("refers_to IS NOT NULL"),
        ),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    """The entry's number, counted from 1 without gaps."""
    batch: int
    """The number of the batch: the entries of one command."""
    kind: EntryKind = Field(sa_type=word_of(EntryKind))
    """What it records."""
    subject_id: int = Field(foreign_key="thing.id", index=True)
    """What it is about: a deadline, a concession, an agreement, a party or a source."""
    concession_id: int | None = Field(default=None, foreign_key="thing.id", index=True)
    """The concession that it is about, or that its deadline belongs to."""
    effective_on: date
    """The day it happened; for a month or a year, its last day."""
    effective_on_precision: Precision | None = Field(
        default=None, sa_type=word_of(Precision)
    )
    """`month` or `year` if the day is not known."""
    public_on: date | None = None
    """The day it was made public, if that was recorded."""
    says_id: int | None = Field(default=None, foreign_key="thing.id")
    """The party that says so; if none, it is the book's own verdict."""
    note: str | None = None
    """Free text; for a correction, the reason."""
    headline: bool | None = None
    """Whether a note is the headline of its week."""
    stage: Stage | None = Field(default=None, sa_type=word_of(Stage))
    """How far it has come."""
    value: Decimal | None = Field(default=None, sa_type=Quantity)
    """The quantity counted; for a move, the restated target."""
    base: Decimal | None = Field(default=None, sa_type=Quantity)
    """For a move, the restated level before the promise."""
    unit: str | None = None
    """The unit of the quantity."""
    counted_by: str | None = None
    """Who counted."""
    basis: Basis | None = Field(default=None, sa_type=word_of(Basis))
    """The basis of the count."""
    flow: bool | None = None
    """Whether the value is what one day added, not the total so far."""
    due_on: date | None = None
    """The day by which it is due, for a move; of a month or a year, its last day."""
    due_on_precision: Precision | None = Field(default=None, sa_type=word_of(Precision))
    """How exactly `due_on` is known."""
    outcome: Outcome | None = Field(default=None, sa_type=word_of(Outcome))
    """How the deadline ended."""
    refers_to: int | None = Field(default=None, foreign_key="entry.id")
    """The entry that it retracts."""
    key: bytes
    """A hash of 16 bytes of what the entry says, by which it is recognised."""
    nth: int
    """Its position among the entries that say the same, from 1."""
    origin: int | None = None
    """Its number in the book in which it was recorded, if that is another one."""
    digest: bytes
    """SHA-256 of the previous digest and the entry's content."""
    inferred: bool | None = None
    """Whether the book infers it, as no source states it."""

    subject: Thing = other("Entry.subject_id")
    concession: Thing | None = other("Entry.concession_id")
    says: Thing | None = other("Entry.says_id")
    sources: list[Thing] = other(
        "EntrySource.entry_id, EntrySource.source_id",
        secondary="entry_source",
        order_by="EntrySource.place",
    )


class EntrySource(SQLModel, table=True):
    """A source that states an entry, in the order in which they are named."""

    __tablename__ = "entry_source"
    __table_args__ = (sa.UniqueConstraint("entry_id", "source_id"), UNNUMBERED)

    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    """The entry."""
    place: int = Field(primary_key=True)
    """Its position among the entry's sources, from 1."""
    source_id: int = Field(foreign_key="thing.id")
    """The source that states it."""


class Batch(SQLModel, table=True):
    """The batch of one command's entries; written after them, it seals them."""

    id: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    """The batch's number, counted from 1 without gaps."""
    command: Command = Field(sa_type=word_of(Command))
    """The command that wrote it."""
    author: str
    """Who recorded it."""
    recorded_at: datetime = Field(sa_type=Moment, index=True)
    """When it was recorded, by the computer's clock."""
    utc_offset: int
    """How many minutes the writer's clock is ahead of UTC."""
    first_entry: int = Field(foreign_key="entry.id", unique=True)
    """The batch's first entry; it ends before the next batch's."""
    origin: str | None = None
    """The seal of the batch in the book in which it was recorded, if that is another one."""
    origin_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it was recorded there."""
    merged_by: str | None = None
    """Who imported it into this book."""
    seal: bytes
    """SHA-256 of the last entry's digest and the batch's own fields; the next batch follows it."""
    role: str | None = None
    """The database role that wrote it, which the server fills in; neither sealed nor exported."""

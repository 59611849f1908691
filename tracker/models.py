"""The tables of a book, one class each, and the rows of them that count.

They declare the columns, keys and indexes that `migrations/` makes; its CHECKs, triggers and views
are only there. Commands and reports read and write plain SQL.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, column_property, declared_attr
from sqlmodel import Field, Relationship, SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.dates import iso_moment
from tracker.vocabulary import (
    Basis,
    Bound,
    Command,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Media,
    Namespace,
    Outcome,
    Precision,
    Role,
    Stage,
    TermWord,
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


# --- things, the entries about them, and the batches of entries -----------------------------------


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


# --- versions: a row for each declaration of a thing, and for each kept text of a source ----------


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


# --- what counts ----------------------------------------------------------------------------------

metadata = SQLModel.metadata
"""The schema, with which the revisions and a server's tables are compared."""

Declared = TypeVar("Declared", bound=Version | Entry)
RETRACTED = sa.table("retracted", sa.column("entry_id"))
"""The view of the entries that are retracted."""
IN_FORCE = sa.table("in_force", sa.column("entry_id"))
"""The view of the versions that are in force."""


def in_force(model: type[Declared]) -> SelectOfScalar[Declared]:
    """Return the SELECT of each thing's version in force: the last recorded that is not retracted.

    Of entries, it selects all that are not retracted. More conditions can be added to it.
    """
    (number,) = sa.inspect(model).local_table.primary_key
    if model is Entry:
        counts = number.not_in(sa.select(RETRACTED.c.entry_id))
    else:
        counts = number.in_(sa.select(IN_FORCE.c.entry_id))
    return select(model).where(counts).order_by(number)

"""The tables, declared once: Alembic's revisions are checked against this module."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel

from tracker.dates import iso_moment
from tracker.vocabulary import (
    Basis,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Outcome,
    Precision,
    Stage,
)

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


# --- column types -----------------------------------------------------------------------------


class Moment(sa.types.TypeDecorator[datetime]):
    """A UTC moment: `timestamptz` on PostgreSQL, text of fixed width on SQLite."""

    impl = sa.String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(sa.String(27))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> object:
        """Write a moment."""
        return value if value is None or dialect.name == "postgresql" else iso_moment(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Read a moment."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Quantity(sa.types.TypeDecorator[Decimal]):
    """An exact decimal: `numeric` on PostgreSQL, text on SQLite, whose numbers are floats."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Numeric())
        return dialect.type_descriptor(sa.String())

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> object:
        """Write a quantity without an exponent."""
        return value if value is None or dialect.name == "postgresql" else format(value, "f")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        """Read a quantity."""
        return None if value is None else Decimal(value)


def words_of(vocabulary: type[StrEnum], name: str) -> sa.Enum:
    """Return the column type of an enumeration: its lower-case values; see `word_checks`."""
    return sa.Enum(
        vocabulary,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        validate_strings=True,
        length=32,
        name=name,
    )


def word_checks(**vocabularies: type[StrEnum]) -> list[sa.CheckConstraint]:
    """Return the CHECKs that keep all but the words of their vocabularies out of columns.

    Not `IN (…)`: SQLite builds a table of a longer list anew for every row that it checks, which
    took a third of an import's time.
    """
    return [
        sa.CheckConstraint(_either(column, words), name=column)
        for column, words in vocabularies.items()
    ]


def _either(column: str, words: Iterable[str]) -> str:
    return " OR ".join(f"{column} = '{word}'" for word in words)


def day_checks(*columns: str) -> list[sa.CheckConstraint]:
    """Return the CHECKs that keep impossible days out of SQLite, which has no day type."""
    return [
        sa.CheckConstraint(f"{column} IS date({column})", name=f"{column}_is_day").ddl_if(
            dialect="sqlite"
        )
        for column in columns
    ]


def quantity_check(column: str) -> sa.CheckConstraint:
    """Return the CHECK that keeps all but plain decimals out of SQLite's text."""
    return sa.CheckConstraint(
        f"{column} GLOB '*[0-9]*' AND {column} NOT GLOB '*[^0-9.-]*'"
        f" AND {column} NOT GLOB '?*-*' AND {column} NOT GLOB '*.*.*'",
        name=f"{column}_is_decimal",
    ).ddl_if(dialect="sqlite")


# --- catalog ------------------------------------------------------------------------------------


class Party(SQLModel, table=True):
    """Who gives and who receives."""

    id: int | None = Field(default=None, primary_key=True)
    """The row's number."""
    slug: str = Field(unique=True)
    name: str
    short: str


class Source(SQLModel, table=True):
    """Where a fact stands; an address logged without a key is its own key."""

    __table_args__ = (*day_checks("published_on"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published_on: date | None = None
    official: bool = False
    archived_url: str | None = None


class Agreement(SQLModel, table=True):
    """The bargain."""

    __table_args__ = (
        *day_checks("agreed_on"),
        *word_checks(agreed_on_precision=Precision),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    title: str
    place: str | None = None
    agreed_on: date
    agreed_on_precision: Precision = Field(sa_type=words_of(Precision, "agreed_on_precision"))
    """How exactly `agreed_on` is known."""
    source_id: int = Field(foreign_key="source.id")


class Concession(SQLModel, table=True):
    """One observable promise, by a giver to a receiver."""

    __table_args__ = (
        *word_checks(kind=ConcessionKind, instrument=Instrument),
        sa.CheckConstraint("giver_id <> receiver_id", name="two_parties"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    title: str
    giver_id: int = Field(foreign_key="party.id")
    receiver_id: int = Field(foreign_key="party.id")
    sector: str
    kind: ConcessionKind = Field(sa_type=words_of(ConcessionKind, "kind"))
    instrument: Instrument = Field(sa_type=words_of(Instrument, "instrument"))
    test: str
    source_id: int = Field(foreign_key="source.id")
    locator: str | None = None
    recorded_at: datetime = Field(sa_type=Moment)


class Exchange(SQLModel, table=True):
    """A concession and the one that it was given in return for."""

    __table_args__ = (
        sa.CheckConstraint("concession_id <> in_return_for_id", name="two_concessions"),
    )

    concession_id: int = Field(foreign_key="concession.id", primary_key=True)
    in_return_for_id: int = Field(foreign_key="concession.id", primary_key=True, index=True)


class Deadline(SQLModel, table=True):
    """A date that matters, of a concession or of the agreement itself."""

    __table_args__ = (
        *day_checks("opens_on", "due_on"),
        *word_checks(kind=DeadlineKind, due_on_precision=Precision),
        quantity_check("target"),
        sa.CheckConstraint("(target IS NULL) = (unit IS NULL)", name="target_has_unit"),
        sa.CheckConstraint("target IS NULL OR kind = 'delivery'", name="target_of_delivery"),
        sa.CheckConstraint("opens_on <= due_on", name="opens_before_due"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    concession_id: int | None = Field(default=None, foreign_key="concession.id", index=True)
    kind: DeadlineKind = Field(sa_type=words_of(DeadlineKind, "kind"))
    label: str
    opens_on: date | None = None
    due_on: date
    due_on_precision: Precision = Field(sa_type=words_of(Precision, "due_on_precision"))
    """How exactly `due_on` is known."""
    target: Decimal | None = Field(default=None, sa_type=Quantity)
    unit: str | None = None
    source_id: int = Field(foreign_key="source.id")
    recorded_at: datetime = Field(sa_type=Moment)


# --- journal ------------------------------------------------------------------------------------


def only(column: str, kind: EntryKind) -> sa.CheckConstraint:
    """Return the CHECK that a column is filled in entries of this kind and in no others."""
    return sa.CheckConstraint(
        f"({column} IS NOT NULL) = (kind = '{kind}')", name=f"{column}_of_kind"
    )


def at_most(column: str, *kinds: EntryKind) -> sa.CheckConstraint:
    """Return the CHECK that a column may be filled in entries of these kinds only."""
    return sa.CheckConstraint(
        f"{column} IS NULL OR {_either('kind', kinds)}", name=f"{column}_of_kind"
    )


def index_where(condition: str, name: str, *columns: str) -> sa.Index:
    """Return an index of the rows that a condition holds of."""
    where = sa.text(condition)
    return sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Entry(SQLModel, table=True):
    """One line of the journal: appended under the write lock, never changed or deleted."""

    __table_args__ = (
        *day_checks("effective_on", "due_on"),
        *word_checks(
            kind=EntryKind,
            stage=Stage,
            basis=Basis,
            due_on_precision=Precision,
            outcome=Outcome,
        ),
        quantity_check("value"),
        only("stage", EntryKind.STAGE),
        only("counted_by", EntryKind.READING),
        only("basis", EntryKind.READING),
        only("flow", EntryKind.READING),
        only("retracts", EntryKind.RETRACTION),
        at_most("value", EntryKind.READING, EntryKind.DEADLINE),
        at_most("due_on", EntryKind.DEADLINE),
        at_most("outcome", EntryKind.DEADLINE),
        at_most("says_id", EntryKind.STAGE, EntryKind.DEADLINE, EntryKind.NOTE),
        sa.CheckConstraint("kind <> 'stage' OR concession_id IS NOT NULL", name="stage_of_what"),
        sa.CheckConstraint("kind <> 'stage' OR deadline_id IS NULL", name="stage_of_concession"),
        sa.CheckConstraint(
            "kind NOT IN ('reading', 'deadline') OR deadline_id IS NOT NULL", name="of_deadline"
        ),
        sa.CheckConstraint("kind <> 'reading' OR value IS NOT NULL", name="reading_has_value"),
        sa.CheckConstraint("(value IS NULL) = (unit IS NULL)", name="value_has_unit"),
        sa.CheckConstraint(
            "kind <> 'deadline' OR (due_on IS NULL) <> (outcome IS NULL)", name="move_or_outcome"
        ),
        sa.CheckConstraint("outcome IS NULL OR value IS NULL", name="outcome_has_no_target"),
        sa.CheckConstraint("outcome IS NULL OR says_id IS NULL", name="outcome_is_ours"),
        sa.CheckConstraint(
            "(due_on IS NULL) = (due_on_precision IS NULL)", name="due_on_has_precision"
        ),
        sa.CheckConstraint(
            "kind <> 'note' OR (note IS NOT NULL AND note <> '')", name="note_has_text"
        ),
        sa.CheckConstraint("author <> ''", name="author_is_named"),
        sa.CheckConstraint("id >= 1 AND batch >= 1 AND batch <= id", name="numbers"),
        sa.CheckConstraint("retracts < id", name="retracts_earlier"),
        sa.CheckConstraint("length(digest) = 32", name="digest_length"),
        sa.CheckConstraint("length(import_key) = 16", name="import_key_length"),
        # The latest verdict or claim of a concession; the last check of one or of an agreement.
        sa.Index("ix_entry_stage", "concession_id", "kind", "says_id", "effective_on", "id"),
        # A concession's last word and its history.
        sa.Index("ix_entry_concession", "concession_id", "effective_on", "id"),
        # A deadline's moves, its outcome, and its readings by series.
        index_where(
            "deadline_id IS NOT NULL",
            *("ix_entry_deadline", "deadline_id", "kind", "basis", "counted_by"),
            *("effective_on", "id"),
        ),
        # What happened in a week; what the book held at a moment.
        sa.Index("ix_entry_effective_on", "effective_on", "id"),
        sa.Index("ix_entry_recorded_at", "recorded_at", "id"),
        # What was logged by hand in a week: those who load a million entries pay nothing for it.
        index_where("import_key IS NULL", "ix_entry_by_hand", "import_key", "recorded_at"),
        # Whether an entry is retracted.
        index_where("retracts IS NOT NULL", "ix_entry_retracts", "retracts"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: EntryKind = Field(sa_type=words_of(EntryKind, "kind"))
    agreement_id: int = Field(foreign_key="agreement.id")
    concession_id: int | None = Field(default=None, foreign_key="concession.id")
    deadline_id: int | None = Field(default=None, foreign_key="deadline.id")
    effective_on: date
    recorded_at: datetime = Field(sa_type=Moment)
    author: str
    says_id: int | None = Field(default=None, foreign_key="party.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    note: str | None = None
    stage: Stage | None = Field(default=None, sa_type=words_of(Stage, "stage"))
    value: Decimal | None = Field(default=None, sa_type=Quantity)
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis | None = Field(default=None, sa_type=words_of(Basis, "basis"))
    flow: bool | None = None
    due_on: date | None = None
    due_on_precision: Precision | None = Field(
        default=None, sa_type=words_of(Precision, "due_on_precision")
    )
    outcome: Outcome | None = Field(default=None, sa_type=words_of(Outcome, "outcome"))
    retracts: int | None = Field(default=None, foreign_key="entry.id")
    batch: int
    import_key: bytes | None = Field(default=None, unique=True)
    """16 bytes that identify an entry when it is imported again."""
    digest: bytes
    """SHA-256 of the previous digest and this entry: a chain."""

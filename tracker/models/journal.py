"""Things, the entries about them, their batches, and the hashes of kept texts."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.models.columns import (
    GIVEN,
    UNNUMBERED,
    Moment,
    Quantity,
    Word,
    check,
    day_checks,
    flag_check,
    kind_checks,
    moment_checks,
    one_of,
    precision_check,
    quantity_checks,
    word_checks,
)
from tracker.models.versions import Version, version
from tracker.vocabulary import (
    Basis,
    Command,
    EntryKind,
    Media,
    Namespace,
    Outcome,
    Precision,
    Stage,
)


class Thing(SQLModel, table=True):
    """Only the identity of a thing; its versions describe it."""

    __table_args__ = (
        *word_checks(namespace=Namespace),
        check("slug_is_named", "slug <> ''"),
        sa.UniqueConstraint("slug", "namespace"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs=GIVEN)
    """The row's number."""
    namespace: Namespace = Field(sa_type=Word)
    """The namespace in which its slug is unique."""
    slug: str


class Batch(SQLModel, table=True):
    """The batch of one command's entries; written after them, it seals them."""

    __table_args__ = (
        *moment_checks("recorded_at", "origin_at"),
        *word_checks(command=Command),
        check("author_is_named", "author <> ''"),
        check("numbers", "id BETWEEN 1 AND first_entry"),
        check("utc_offset_of_a_day", "utc_offset BETWEEN -1440 AND 1440"),
        check("seal_length", "length(seal) = 32"),
        check("origin_has_moment", "(origin IS NULL) = (origin_at IS NULL)"),
        check("origin_was_merged", "origin IS NULL OR merged_by IS NOT NULL"),
        check("merger_is_named", "merged_by <> ''"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    command: Command = Field(sa_type=Word)
    author: str
    recorded_at: datetime = Field(sa_type=Moment, index=True)
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


REFERS = sa.text("refers_to IS NOT NULL")


class Entry(SQLModel, table=True):
    """One line of the journal: appended under the write lock, and never changed or deleted."""

    __table_args__ = (
        *day_checks("effective_on", "due_on", "public_on"),
        *word_checks(
            kind=EntryKind, stage=Stage, basis=Basis, due_on_precision=Precision, outcome=Outcome
        ),
        check("effective_on_precision", one_of("effective_on_precision", ("year", "month"))),
        *quantity_checks("value", "base"),
        *map(flag_check, ("flow", "headline")),
        *kind_checks(),
        check("stage_of_concession", "kind <> 'stage' OR concession_id = subject_id"),
        check("reading_has_value", "kind <> 'reading' OR value IS NOT NULL"),
        check("value_has_unit", "(value IS NULL) = (unit IS NULL)"),
        check("move_or_outcome", "kind <> 'deadline' OR (due_on IS NULL) <> (outcome IS NULL)"),
        check("base_of_target", "base IS NULL OR (kind = 'deadline' AND value IS NOT NULL)"),
        check("outcome_has_no_target", "outcome IS NULL OR value IS NULL"),
        check("outcome_is_ours", "outcome IS NULL OR says_id IS NULL"),
        precision_check("due_on"),
        check("note_has_text", "note <> '' AND (kind <> 'note' OR note IS NOT NULL)"),
        check(
            "text_is_of_source",
            "kind <> 'text' OR (concession_id IS NULL AND public_on IS NULL"
            " AND effective_on_precision IS NULL)",
        ),
        check(
            "numbers",
            "id BETWEEN 1 AND 2147483646 AND batch BETWEEN 1 AND id AND nth BETWEEN 1 AND id",
        ),
        check("refers_to_earlier", "refers_to < id"),
        check("digest_length", "length(digest) = 32"),
        check("key_length", "length(key) = 16"),
        # Recognises a line that the book already has.
        sa.UniqueConstraint("key", "nth"),
        # The target of versions: the entry that declares them.
        sa.UniqueConstraint("id", "kind", "subject_id"),
        # Whether an entry is retracted.
        sa.Index("ix_entry_refers_to", "refers_to", sqlite_where=REFERS, postgresql_where=REFERS),
    )

    id: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    batch: int
    kind: EntryKind = Field(sa_type=Word)
    subject_id: int = Field(foreign_key="thing.id", index=True)
    """What it is about."""
    concession_id: int | None = Field(default=None, foreign_key="thing.id", index=True)
    effective_on: date
    """The day; for a month or a year, its last day."""
    effective_on_precision: Precision | None = Field(default=None, sa_type=Word)
    """`month` or `year` if the day is not known."""
    public_on: date | None = None
    says_id: int | None = Field(default=None, foreign_key="thing.id")
    note: str | None = None
    headline: bool | None = None
    stage: Stage | None = Field(default=None, sa_type=Word)
    value: Decimal | None = Field(default=None, sa_type=Quantity)
    base: Decimal | None = Field(default=None, sa_type=Quantity)
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis | None = Field(default=None, sa_type=Word)
    flow: bool | None = None
    due_on: date | None = None
    due_on_precision: Precision | None = Field(default=None, sa_type=Word)
    outcome: Outcome | None = Field(default=None, sa_type=Word)
    refers_to: int | None = Field(default=None, foreign_key="entry.id")
    key: bytes
    """A hash of 16 bytes of what the entry says, by which it is recognised."""
    nth: int
    """Its position among the entries that say the same, from 1."""
    origin: int | None = None
    digest: bytes
    """SHA-256 of the previous digest and the entry's content."""


class EntrySource(SQLModel, table=True):
    """A source that states an entry, in the order in which they are named."""

    __tablename__ = "entry_source"
    __table_args__ = (
        check("place", "place BETWEEN 1 AND 1000"),
        sa.UniqueConstraint("entry_id", "source_id"),
        UNNUMBERED,
    )

    entry_id: int = Field(foreign_key="entry.id", primary_key=True, sa_column_kwargs=GIVEN)
    place: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    """Its position among the entry's sources, from 1."""
    source_id: int = Field(foreign_key="thing.id")


class SourceText(Version, table=True):
    """A kept text of a source; its day is that of its entry, and its file is beside the book."""

    __tablename__ = "source_text"
    __table_args__ = version(
        "source_text",
        *word_checks(media=Media),
        check("hash_length", "length(file_sha256) = 32 AND length(words_sha256) = 32"),
        check("words", "words BETWEEN 1 AND 2147483646"),
        check("reader_is_named", "length(reader) BETWEEN 1 AND 100"),
        kind="text",
    )

    file_sha256: bytes
    """SHA-256 of the file."""
    words_sha256: bytes
    words: int
    media: Media = Field(sa_type=Word)
    reader: str


metadata = SQLModel.metadata
"""The schema, with the tables of versions, that Alembic's revisions are checked against."""

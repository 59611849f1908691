"""The book's facts as plain values, which rules judge and reports print."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.vocabulary import (
    Basis,
    Bound,
    Command,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Media,
    Outcome,
    Stage,
    TermWord,
)

LATEST = 2**31 - 1
"""More than the number of any entry: everything that the book holds now."""

SEED_AUTHOR = "seed"
"""The author of a shipped seed's entries, so that no user's `undo` takes them back."""


class Clocks(NamedTuple):
    """The clocks of a report: what had happened and was public by a day, as known by an entry.

    With `hindsight`, what had happened by that day counts even if it was made public later. Pages
    mark a day that is after `today`.
    """

    as_of: date
    known: int = LATEST
    hindsight: bool = False
    today: date = date.max

    @property
    def to_come(self) -> str:
        """The mark of a day that is still to come, to put after it."""
        return " (still to come)" if self.as_of > self.today else ""


class Party(NamedTuple):
    """Who gives and who receives; `short` is the name that tables print."""

    slug: str
    """The short name that commands take, unique in the book."""
    name: str
    """The full name."""
    short: str
    """The name that tables print."""
    part_of: str | None = None
    """The bloc that it is part of."""


class Source(NamedTuple):
    """Where a fact is stated."""

    key: str
    """The key of the source: a slug, or its web address."""
    title: str | None
    """Its title."""
    publisher: str | None
    """Who published it."""
    url: str | None
    """Its web address."""
    published_on: date | None
    """The day it was published."""
    official: bool
    """Whether it is a government's own text."""
    archived_url: str | None = None
    declared: bool = True


class Fingerprint(NamedTuple):
    """What the book stores of a kept text: hashes, not words."""

    file_sha256: str
    """SHA-256 of the file, in hexadecimal digits."""
    words_sha256: str
    """SHA-256 of its words, one per line."""
    words: int
    """How many words it has."""
    media: Media
    """The form in which it is kept."""
    reader: str
    """The reader that extracted the words from the file, such as `lxml 6.1.3` or `pypdf 7.1.1`."""


class KeptText(NamedTuple):
    """A text of a source on a day; `kept_on` is when it was recorded, if that was not corrected."""

    entry: int
    source: str
    seen_on: date
    """The day on which the source had this text."""
    kept_on: date
    fingerprint: Fingerprint


class Agreement(NamedTuple):
    """What parties agreed."""

    slug: str
    title: str
    place: str | None
    """Where it was agreed."""
    agreed_on: Period
    """The day it was agreed."""
    source: str
    """The key of the source that states it."""


class Concession(NamedTuple):
    """One observable promise; `test` says in advance what will count as met."""

    slug: str
    agreement: str
    """The agreement's slug."""
    title: str
    givers: tuple[str, ...]
    """The parties that give."""
    receivers: tuple[str, ...]
    """The parties that receive."""
    sector: str
    """The part of the economy."""
    kind: ConcessionKind
    """What kind it is."""
    instrument: Instrument
    """How binding the text is."""
    test: str
    """What will count as met, written in advance."""
    source: str
    locator: str | None
    """Where in the source it is stated."""
    promised_on: Period | None = None
    """The day of the promise, if it is not the agreement's."""
    hold: bool = False
    """Whether it has to be kept up."""
    quote: str | None = None
    """The words of the source that state it."""
    term: TermWord | None = None
    """`open` if it never ends."""


class Exchange(NamedTuple):
    """A concession and the one that it was given in return for."""

    concession: str
    """The concession's slug."""
    in_return_for: str
    """What it was given in return for."""


class Deadline(NamedTuple):
    """A day that matters, as first declared; a limit is a target that must not be exceeded."""

    slug: str
    agreement: str
    concession: str | None
    kind: DeadlineKind
    label: str
    """What falls due, in words."""
    opens_on: date | None
    """The first day of a delivery's window, or the first day on which a limit binds."""
    due_on: Period | None
    """The day by which it is due; for a move, the new day."""
    target: Decimal | None
    """The quantity to reach, or the restated one."""
    unit: str | None
    """The unit of the quantity."""
    source: str
    awaits: str | None = None
    """The condition that its day waits for: a limit's first day, or a delivery's last."""
    bound: Bound | None = None
    """Whether the target is to be reached or must not be exceeded."""
    base: Decimal | None = None
    """The level before the promise."""

    @property
    def is_limit(self) -> bool:
        """Whether its target must not be exceeded."""
        return self.bound is Bound.AT_MOST

    @property
    def may_be_zero(self) -> bool:
        """Whether a target of 0 can be measured against."""
        return self.is_limit or self.base is not None

    @property
    def awaits_first_day(self) -> bool:
        """Whether its condition supplies its first day, not its last."""
        return self.is_limit and self.awaits is not None


class Entry(NamedTuple):
    """One line of the journal, in the words of the JSON contract."""

    entry: int
    """The entry's number, counted from 1 without gaps."""
    kind: EntryKind
    subject: str
    agreement: str | None
    concession: str | None
    deadline: str | None
    """The deadline's slug."""
    effective_on: Period
    """The day it happened, or the month or year if no day is known."""
    public_on: date | None
    """The day it was made public, if that was recorded."""
    recorded_at: datetime
    """When it was recorded, by the computer's clock."""
    author: str
    """Who recorded it."""
    says: str | None
    """The party that says so; if none, it is the book's own verdict."""
    stage: Stage | None
    """How far it has come."""
    value: Decimal | None
    """The quantity counted; for a move, the restated target."""
    base: Decimal | None
    """For a move, the restated level before the promise."""
    unit: str | None
    counted_by: str | None
    """Who counted."""
    basis: Basis | None
    """The basis of the count."""
    flow: bool | None
    """Whether the value is what one day added, not the total so far."""
    due_on: Period | None
    outcome: Outcome | None
    """How the deadline ended."""
    source: tuple[str, ...]
    """The keys of the sources that state it; the first one is part of what it says."""
    note: str | None
    """Free text; for a correction, the reason."""
    headline: bool | None
    """Whether a note is the headline of its week."""
    refers_to: int | None
    """The entry that it retracts."""
    retracted_by: int | None
    """The entry that retracted it."""
    batch: int
    """The number of the batch: the entries of one command."""
    command: Command | None
    """The command that wrote it."""
    declares: Mapping[str, Any] | None = None
    """What it declares: the kind of thing, its fields, and `was`: the old values of changes."""
    text: Mapping[str, Any] | None = None
    """The hashes of a kept text, its number of words, and its reader."""

    @property
    def on(self) -> date:
        """The day it counts from: the last of its period."""
        return self.effective_on.last

    @property
    def first_source(self) -> str | None:
        """The source that states it, or the first of several."""
        return self.source[0] if self.source else None

    @property
    def is_verdict(self) -> bool:
        """Whether it is a stage by the book itself, not a claim of a party."""
        return self.kind is EntryKind.STAGE and self.says is None

    @property
    def referent(self) -> int:
        """The entry that it refers to; 0, which no entry has, if there is none."""
        return self.refers_to or 0


class BookState(NamedTuple):
    """How much a book held, and its head: the seal of the last batch."""

    entries: int
    """How many entries the book held."""
    head: str | None
    """The seal of the last batch."""
    evidence_on: date | None = None
    """In a report, the latest day of which it says anything that counts."""

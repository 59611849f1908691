"""What the book holds, as plain values: the rows that rules judge and reports print."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import END_OF_TIME, Period
from tracker.vocabulary import (
    Basis,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Outcome,
    Stage,
)


class Clocks(NamedTuple):
    """What had happened by a day, as far as the book held it at a moment (None: by now)."""

    as_of: date
    known_by: datetime | None = None

    @property
    def limit(self) -> datetime:
        """The moment that statements compare with."""
        return self.known_by or END_OF_TIME


class Party(NamedTuple):
    """Who gives and who receives; `short` is the name that tables print."""

    slug: str
    name: str
    short: str


class Source(NamedTuple):
    """Where a fact stands."""

    key: str
    title: str | None
    publisher: str | None
    url: str | None
    published_on: date | None
    official: bool


class Agreement(NamedTuple):
    """The bargain."""

    slug: str
    title: str
    place: str | None
    agreed_on: Period
    source: str


class Concession(NamedTuple):
    """One observable promise; `test` says beforehand what will count as met."""

    slug: str
    agreement: str
    title: str
    giver: str
    receiver: str
    sector: str
    kind: ConcessionKind
    instrument: Instrument
    test: str
    source: str
    locator: str | None


class Exchange(NamedTuple):
    """A concession and the one that it was given in return for."""

    concession: str
    in_return_for: str


class Deadline(NamedTuple):
    """A date that matters, as first declared; `target` is a quantity to reach in `unit`."""

    slug: str
    agreement: str
    concession: str | None
    kind: DeadlineKind
    label: str
    opens_on: date | None
    due_on: Period
    target: Decimal | None
    unit: str | None
    source: str


class StageMark(NamedTuple):
    """A stage that was set: by a party (`says`, a claim) or by the keeper (a verdict)."""

    entry: int
    concession: str
    says: str | None
    stage: Stage
    on: date
    source: str | None


class Move(NamedTuple):
    """A deadline's new day, and its target where that was restated."""

    entry: int
    deadline: str
    due_on: Period
    target: Decimal | None
    unit: str | None
    announced_on: date
    says: str | None
    source: str | None


class Closing(NamedTuple):
    """How a deadline ended."""

    entry: int
    deadline: str
    outcome: Outcome
    on: date
    source: str | None


class Reading(NamedTuple):
    """A quantity that somebody counted: the total through a day, or the flow of a day."""

    entry: int
    deadline: str
    counted_by: str
    basis: Basis
    value: Decimal
    unit: str
    flow: bool
    on: date
    source: str | None


class LastWord(NamedTuple):
    """When a concession was last heard of, and when somebody last looked."""

    concession: str
    word_on: date | None
    source: str | None
    checked_on: date | None


class Entry(NamedTuple):
    """One line of the journal, in the words of the JSON contract."""

    entry: int
    kind: EntryKind
    agreement: str
    concession: str | None
    deadline: str | None
    effective_on: date
    recorded_at: datetime
    author: str
    says: str | None
    stage: Stage | None
    value: Decimal | None
    unit: str | None
    counted_by: str | None
    basis: Basis | None
    flow: bool | None
    due_on: Period | None
    outcome: Outcome | None
    source: str | None
    note: str | None
    retracts: int | None
    retracted_by: int | None
    batch: int


class Head(NamedTuple):
    """How many entries the book held at its clock, and as its head the last one's digest."""

    entries: int
    head: str | None

"""The book's facts as plain values, which rules judge and reports print."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.vocabulary import (
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Media,
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


HEAD_DIGITS = 32
"""How many digits of a head a page prints: so many that nobody can make another book with them."""


class BookState(NamedTuple):
    """How much a book held, and its head: the seal of the last batch."""

    entries: int
    """How many entries the book held."""
    head: str | None
    """The seal of the last batch."""
    evidence_on: date | None = None
    """In a report, the latest day of which it says anything that counts."""

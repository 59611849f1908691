"""What can differ between two states of the book: a class for each kind of fact."""

from collections.abc import Hashable, Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from tracker.dates import Period, exactly
from tracker.entry import Entry
from tracker.mappings import value_of
from tracker.rules.progress import Series
from tracker.rules.statuses import latest_by_party, stated_by
from tracker.state import State
from tracker.vocabulary import (
    EVENTS,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
    Status,
)

Value = TypeVar("Value")
NOTED = (EntryKind.NOTE, EntryKind.STAGE, EntryKind.DEADLINE)
"""The kinds of entries whose notes are news, even if nothing else differs."""


class What(StrEnum):
    """What can differ, in the words of the JSON contract."""

    STATUS = "status"
    FIGURE = "figure"
    DAY = "day"
    TARGET = "target"
    OUTCOME = "outcome"
    CLAIM = "claim"
    NOTE = "note"
    TEXT = "text"
    FIELD = "field"


class Kind(StrEnum):
    """How a difference came about: by the entry that decides what holds now."""

    HAPPENED = "happened"
    """It became public in between."""
    LATE = "late"
    """It was public before, and recorded in between."""
    RESTATED = "restated"
    """It is another vintage of a reading's day."""
    CORRECTED = "corrected"
    """It replaces a retracted entry, or a retraction left it in force."""
    DECLARED = "declared"
    PASSED = "passed"
    """Only the day passed."""


class Place(NamedTuple):
    """What a difference is about, with its owners."""

    agreement: str | None
    concession: str | None
    deadline: str | None
    givers: tuple[str, ...]
    receivers: tuple[str, ...]
    title: str
    """The title, label or name of what it is about."""


def place(state: State, slug: str) -> Place:
    """Return what a slug names, with its owners."""
    deadline = state.deadlines.get(slug)
    promise = state.concessions.get(deadline.concession or "" if deadline else slug)
    givers = promise.giver if promise else ()
    receivers = promise.receiver if promise else ()
    if deadline:
        title = deadline.label
        return Place(
            deadline.agreement, deadline.concession, slug, givers, receivers, title
        )
    if promise:
        return Place(promise.agreement, slug, None, givers, receivers, promise.title)
    if slug in state.agreements:
        return Place(slug, None, None, (), (), state.agreements[slug].title)
    title = slug
    if party := state.parties.get(slug):
        title = party.name
    elif source := state.sources.get(slug):
        title = source.title or source.publisher or slug
    return Place(None, None, None, (), (), title)


def title_of(state: State, slug: str) -> str:
    """Return the title of a concession, with the label of one of its several deliveries.

    A meeting has only its label; an agreement's own end has the agreement's title.
    """
    named = place(state, slug)
    deadline = state.deadlines.get(slug)
    promise = value_of(state.concessions, named.concession)
    if deadline is None or deadline.kind in EVENTS:
        return named.title
    if promise is None:
        is_end = deadline.kind is DeadlineKind.EXPIRY
        return state.agreements[deadline.agreement].title if is_end else named.title
    deliveries = [
        position for position in state.owned[promise.slug] if position.is_delivery
    ]
    if deadline.kind is DeadlineKind.DELIVERY and len(deliveries) > 1:
        return f"{promise.title} ({deadline.label})"
    return promise.title


class Fact(Generic[Value]):
    """A fact about a thing in one state; beside that of another state, a difference."""

    what: ClassVar[What]
    was: "Fact[Any] | None"
    """The fact in the earlier state."""
    now: "Fact[Any] | None"
    """The fact in the later state."""
    before: Value | None
    """Its value before; None if it was not there."""
    after: Value | None
    """Its value now; None if it is not there any more."""
    kind: Kind
    on: Period
    """The day of the entry that decides, or the day that passed."""
    entries: tuple[Entry, ...]
    """The entries that made the difference, the deciding one last."""
    state: State
    """The state that declares its subject: the later one, unless only the earlier one does."""

    def __init__(
        self, subject: str, value: Value, entry: Entry | None, party: str | None = None
    ) -> None:
        self.subject = subject
        self.value = value
        self.entry = entry
        """The entry that decides it, if one does."""
        self.party = party
        """Who says so, or counted; None if it is what holds."""

    @property
    def key(self) -> Hashable:
        """What makes it the same fact in two states."""
        return self.what, self.subject, self.party

    def set_beside(self, was: "Fact[Any] | None", now: "Fact[Any] | None") -> None:
        """Say what it was before, and what it is now."""
        self.was = was
        self.now = now
        self.before = was.value if was else None
        self.after = now.value if now else None

    @property
    def differs(self) -> bool:
        """Whether its value is another one."""
        return self.before != self.after

    @property
    def place(self) -> Place:
        """What it is about, with its owners."""
        return place(self.state, self.subject)


class StatusChange(Fact[Status]):
    """The status of a concession."""

    what = What.STATUS

    @property
    def is_new(self) -> bool:
        """Whether it is a new promise."""
        return self.was is None

    @property
    def is_merely_promised(self) -> bool:
        """Whether it is a new promise of which nothing else is said yet."""
        return self.is_new and self.value is Status.PROMISED


class ClaimChange(Fact[Status]):
    """The status of a concession that a party claims."""

    what = What.CLAIM

    @property
    def differs(self) -> bool:
        """Whether another status is claimed, or the same one later in another source."""
        was = self.was.entry if self.was else None
        now = self.now.entry if self.now else None
        if was is None or now is None or self.before != self.after:
            return True
        return now.entry > was.entry and not {*now.source} <= {*was.source}


class DayChange(Fact[Period | None]):
    """The day of a deadline, or the day that a party names."""

    what = What.DAY


class TargetChange(Fact[Decimal | None]):
    """The target of a deadline, or the target that a party names."""

    what = What.TARGET


class OutcomeChange(Fact[DeadlineVerdict]):
    """How a deadline ended."""

    what = What.OUTCOME


class FigureChange(Fact[Series]):
    """The figure of a deadline, or a count of another series that is above its limit."""

    what = What.FIGURE

    def __init__(
        self, subject: str, count: Series, entry: Entry, *, is_figure: bool = True
    ) -> None:
        super().__init__(subject, count, entry, count.counted_by)
        self.is_figure = is_figure

    @property
    def key(self) -> Hashable:
        """Its deadline; of another series that, too."""
        return self.what, self.subject, None if self.is_figure else self.value.key

    @property
    def is_restated(self) -> bool:
        """Whether both counts are of the same series and day."""
        before = self.before
        after = self.after
        if before is None or after is None:
            return False
        return (before.key, before.through) == (after.key, after.through)

    @property
    def differs(self) -> bool:
        """Whether the quantity, its day or the series is another one, whatever entry says so."""
        is_same = self.before and self.after and self.before.value == self.after.value
        return not (is_same and self.is_restated)


class NoteChange(Fact[str]):
    """The note of an entry."""

    what = What.NOTE

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.subject, str(entry.note), entry, entry.says)
        self.part = (entry.effective_on, entry.headline)

    @property
    def key(self) -> Hashable:
        """All that makes two notes the same."""
        return self.what, self.subject, self.party, self.value, self.part


class TextChange(Fact[Entry]):
    """A kept text of a source."""

    what = What.TEXT

    @property
    def key(self) -> Hashable:
        """Its entry."""
        return self.what, self.value.entry

    @property
    def is_reworded(self) -> bool:
        """Whether it has other words than the text before it."""
        for before, text in pairwise(self.state.texts_of(self.subject)):
            if text.entry == self.value.entry:
                return before.fingerprint.words_sha256 != text.fingerprint.words_sha256
        return False


class FieldChange(Fact[object]):
    """A declared field of a thing."""

    what = What.FIELD

    def __init__(self, subject: str, field: str, entry: Entry) -> None:
        super().__init__(subject, None, entry)
        self.field = field


Difference = (
    StatusChange
    | FigureChange
    | DayChange
    | TargetChange
    | OutcomeChange
    | ClaimChange
    | NoteChange
    | TextChange
    | FieldChange
)


# --- the facts of one state -----------------------------------------------------------------------


def facts_of_concession(state: State, slug: str) -> Iterator[Difference]:
    """Yield the status of a concession in view, and what parties claim."""
    if position := state.positions.get(slug):
        yield StatusChange(slug, position.status, position.decided_by)
        for party, claim in latest_by_party(state.claims(slug)).items():
            yield ClaimChange(slug, stated_by(claim), claim, party)


def facts_of_deadline(state: State, slug: str) -> Iterator[Difference]:
    """Yield the day, the target and the outcome of a deadline, then what parties name."""
    position = state.due[slug]
    day = position.due_on
    if position.deadline.awaits_first_day:
        day = exactly(position.opens_on) if position.opens_on else None
    yield DayChange(slug, day, position.last_move)
    if position.target is not None:
        yield TargetChange(slug, position.target, position.restated_by)
    yield OutcomeChange(slug, position.verdict, position.settled_by)
    moves = state.moves.get(slug, ())
    for party, move in latest_by_party(moves).items():
        if move.value is None or move.due_on != day:  # not only another target
            yield DayChange(slug, move.due_on, move, party)
    restated = [move for move in moves if move.value is not None]
    for party, move in latest_by_party(restated).items():
        yield TargetChange(slug, move.value, move, party)


def figures_of(state: State, slug: str) -> Iterator[FigureChange]:
    """Yield the figure of a deadline, and the other counts that are above its limit."""
    position = state.due[slug]
    readings = state.record.updates
    figure = state.figure(position)
    if figure:
        yield FigureChange(slug, figure.series, readings[figure.series.entry])
    for other in state.excesses(position):
        count = other.series
        if figure is None or count.key != figure.series.key:
            yield FigureChange(slug, count, readings[count.entry], is_figure=False)


def facts_of_entry(state: State, entry: Entry, with_notes: bool) -> Iterator[Difference]:
    """Yield the text that an entry in view keeps, or its note if it is wanted."""
    if entry.kind is EntryKind.TEXT:
        if state.agreement is None or entry.subject in state.stated:
            yield TextChange(entry.subject, entry, entry)
    elif with_notes and entry.note and entry.kind in NOTED and state.shows(entry):
        yield NoteChange(entry)

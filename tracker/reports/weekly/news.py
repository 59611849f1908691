"""Which differences are the news of a week: what changed, and what parties and notes say."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple, assert_never

from tracker.compare import (
    ClaimChange,
    DayChange,
    Difference,
    FieldChange,
    FigureChange,
    NoteChange,
    OutcomeChange,
    StatusChange,
    TargetChange,
    TextChange,
)
from tracker.dates import Span
from tracker.entry import Entry
from tracker.record import by_key
from tracker.reports.view import View
from tracker.rules.deadlines import DECIDED
from tracker.rules.progress import reaches
from tracker.vocabulary import (
    EVENTS,
    GONE,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
    Status,
)

Rank = IntEnum(
    "Rank",
    "LOST END EVENT SECURED REACHED NEW STALLED CLAIM PROGRESS MOVED FIGURE NOTE TEXT",
)
"""How much a difference matters: the lowest leads a week.

The end of an agreement moved, or a party named another day for it; an event of an agreement was
held, or called off; its target, or that of a promise, was reached, or a limit passed; the day or
the target of a promise moved.
"""


MOST_GROUPS = 4
"""How many groups of receivers a page has; of more it makes one list by giver."""
TOGETHER = "To each other"


class News(NamedTuple):
    """The news of a week, each fact once."""

    changed: list[Difference]
    """What changed in value, in the order of the page."""
    also: list[Difference]
    """What parties say, and notes, by day; of one day, those of the agreement come first."""


def news_of(view: View, changes: Sequence[Difference], headline: Entry | None) -> News:
    """Return the differences that the page prints, by what decides them."""
    holding = _Holding(changes)
    changed = list[Difference]()
    also = list[Difference]()
    for change in changes:
        match change:
            case StatusChange() | FigureChange():
                changed.append(change)
            case OutcomeChange() if change.after in DECIDED:
                # Not if only the day passed.
                if change.place.concession not in holding.statuses:
                    changed.append(change)
            case NoteChange() if change.after and headline not in change.entries:
                note = change.entries[-1]
                if not note.headline or holding.cited.isdisjoint(note.source):
                    also.append(change)
            case TextChange() if change.after and change.is_reworded:
                also.append(change)
            case ClaimChange() | DayChange() | TargetChange() if (
                change.after is not None
            ):
                if _is_said_anew(change, holding):
                    (also if change.party else changed).append(change)
    also.sort(key=lambda change: (change.on.last, change.place.concession is not None))
    return News(_in_page_order(view, changed), also)


class _Holding:
    """What changed of the things themselves, whoever says it, and which entries decided it."""

    def __init__(self, changes: Iterable[Difference]) -> None:
        self.statuses = set[str]()
        """The concessions whose status changed."""
        self.deciding = set[int]()
        """The entries that decided these."""
        self.values = set[tuple[str, object]]()
        """What was stated of each new promise, and each day and target that moved."""
        self.cited = set[str]()
        """The sources of all that is not a headline."""
        for change in changes:
            for entry in change.entries:
                self.cited.update(() if entry.headline else entry.source)
            if isinstance(change, StatusChange):
                self.statuses.add(change.subject)
                self.deciding |= {entry.entry for entry in change.entries[-1:]}
                if change.is_new:
                    stated = change.state.positions[change.subject].stated
                    self.values.add((change.subject, stated))
            elif isinstance(change, DayChange | TargetChange) and not change.party:
                self.values.add((change.subject, change.after))


def _is_said_anew(
    change: ClaimChange | DayChange | TargetChange, holding: _Holding
) -> bool:
    """Return whether a value is neither declared nor, if a party says it, what holds anyhow.

    A word that changed a status belongs to that change.
    """
    if change.party:
        holds = (change.subject, change.after) in holding.values
        if holds or change.entries[-1].entry in holding.deciding:
            return False
    is_declared = not change.entries or change.entries[-1].kind is EntryKind.DECLARATION
    return change.before is not None or not is_declared


# --- who gains ------------------------------------------------------------------------------------


def gainers(view: View, change: Difference) -> tuple[str, ...]:
    """Return the parties that gain by what changed, in the book's order; none if all give, too."""
    place = change.place
    if {*place.givers} <= {*place.receivers}:
        return ()
    return tuple(party for party in view.parties if party in place.receivers)


def is_loss(change: Difference) -> bool:
    """Return whether somebody loses what was promised."""
    return rank_of(change) is Rank.LOST


def _in_page_order(view: View, changes: Sequence[Difference]) -> list[Difference]:
    """Return changes by who gains, those with losses first; losses first in each, then by day.

    Of more groups than a page has, they are one list by giver. What all give comes last. What
    changed of one thing stays together, its status first.
    """
    parties = {party: place for place, party in enumerate(view.parties)}
    groups = by_key((gainers(view, change), change) for change in changes)
    things = by_key((about(change), change) for change in changes)
    leading = {}
    for slug, of_thing in things.items():
        leading[slug] = min((not is_loss(change), change.on.last) for change in of_thing)

    def order(change: Difference) -> tuple[object, ...]:
        slug = about(change)
        sides = gainers(view, change)
        is_calm = not any(map(is_loss, groups[sides]))
        is_mutual = sides == ()
        if len(groups) > MOST_GROUPS:
            sides = (*change.place.givers, *change.place.receivers)
            is_calm = not any(map(is_loss, things[slug]))
            is_mutual = False
        places = [parties[party] for party in sides]
        return is_mutual, is_calm, places, leading[slug], slug

    def order_of_thing(change: Difference) -> tuple[object, ...]:
        is_status = isinstance(change, StatusChange)
        return not is_loss(change), not is_status, change.on.last

    return sorted(sorted(changes, key=order_of_thing), key=order)


def about(change: Difference) -> str:
    """Return the concession that a difference is about, else its own subject."""
    return change.place.concession or change.subject


def headline_note(view: View, span: Span) -> Entry | None:
    """Return the note that is the headline of a week: the latest recorded of those of its days.

    Headlines on several agreements are none: each tells only its own part of the week.
    """
    notes = []
    for entries in view.of_kind[EntryKind.NOTE].values():
        for entry in reversed(entries):
            if entry.on < span.start:
                break
            if entry.headline and entry.on <= span.end and view.shows(entry):
                notes.append(entry)
    if len({view.agreement_of(note.subject) for note in notes}) > 1:
        return None
    return max(notes, default=None)


# --- how much news matters ------------------------------------------------------------------------


def rank_of(change: Difference) -> Rank:
    """Return how much a difference matters."""
    match change:
        case StatusChange():
            return _rank_of_status(change)
        case ClaimChange():
            return Rank.NOTE if change.before is change.after else Rank.CLAIM
        case NoteChange():
            return Rank.NOTE
        case FigureChange():
            return _rank_of_figure(change)
        case TextChange() | FieldChange():
            return Rank.TEXT
        case OutcomeChange():
            if _is_of_agreement(change, *EVENTS):
                return Rank.EVENT
            return Rank.LOST if change.after is DeadlineVerdict.MISSED else Rank.PROGRESS
        case DayChange() | TargetChange():
            if _is_of_agreement(change, DeadlineKind.EXPIRY):
                return Rank.END
            return Rank.CLAIM if change.party else Rank.MOVED
        case _:
            assert_never(change)


def _rank_of_status(change: StatusChange) -> Rank:
    if change.after is None:
        return Rank.TEXT
    if change.after in (*GONE, Status.UNKNOWN):
        return Rank.LOST
    if change.is_new:
        return Rank.NEW
    if change.after in (Status.KEPT, Status.IN_FORCE):
        return Rank.SECURED
    return Rank.STALLED if change.after is Status.STALLED else Rank.PROGRESS


def _rank_of_figure(change: FigureChange) -> Rank:
    """Return the rank of a count: it matters if it reached a target or passed a limit."""
    position = change.state.due[change.subject]
    if change.after is None or not reaches(position, change.after):
        return Rank.FIGURE
    if change.before is not None and reaches(position, change.before):
        return Rank.FIGURE
    return Rank.REACHED if position.deadline.concession else Rank.EVENT


def _is_of_agreement(change: Difference, *kinds: DeadlineKind) -> bool:
    """Return whether a difference is about an agreement's own deadline of one of some kinds."""
    deadline = change.state.deadlines[change.subject]
    return deadline.concession is None and deadline.kind in kinds

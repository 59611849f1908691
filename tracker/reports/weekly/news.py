"""Which differences are the news of a week, in which order, and the line that leads it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.dates import Span, exactly, period_in_prose
from tracker.differences import (
    ClaimChange,
    DayChange,
    Difference,
    FieldChange,
    FigureChange,
    Kind,
    NoteChange,
    OutcomeChange,
    StatusChange,
    TargetChange,
    TextChange,
    title_of,
)
from tracker.entry import Entry
from tracker.mappings import by_key
from tracker.reports.changes import in_words, rank_of
from tracker.reports.frame import how_far, listing, number, opening, says, sentence, the
from tracker.reports.view import View
from tracker.rules.deadlines import DECIDED
from tracker.vocabulary import DeadlineVerdict, EntryKind

LONGEST = 75
"""The most characters of the sentence under a headline."""


def headline_note(view: View, week: Span) -> Entry | None:
    """Return the note that is the headline of a week: the latest recorded of those of its days."""
    notes = []
    for entries in view.state.of_kind[EntryKind.NOTE].values():
        for entry in entries:
            is_of_week = entry.headline and week.start <= entry.on <= week.end
            if is_of_week and entry.agreement in view.state.agreements:
                notes.append(entry)
    return max(notes, key=lambda entry: entry.entry, default=None)


def quoted(view: View, entry: Entry, note: str) -> str:
    """Return a note, or its opening, after the party that says so, if it does not name it."""
    if entry.says is None or view.short(entry.says) in note:
        return note
    return f"{says(view, entry.says)}: {note}"


# --- which differences are news -------------------------------------------------------------------


def news_of(changes: Sequence[Difference], headline: Entry | None) -> list[Difference]:
    """Return the differences that the page prints: each fact once, by what decides it."""
    holding = _Holding(changes)
    return [change for change in changes if _is_news(change, holding, headline)]


class _Holding:
    """What changed of the things themselves, whoever says it, and which entries decided it."""

    def __init__(self, changes: Iterable[Difference]) -> None:
        self.with_status = set[str]()
        """The concessions whose status changed."""
        self.deciding = set[int]()
        """The entries that decided these."""
        self.values = set[tuple[str, object]]()
        """What was stated of each new promise, and each day and target that moved."""
        self.counted = set[tuple[str, ...]]()
        """The series with a new latest figure."""
        for change in changes:
            match change:
                case StatusChange():
                    self.with_status.add(change.subject)
                    self.deciding.update(entry.entry for entry in change.entries[-1:])
                    if change.is_new:
                        position = change.state.positions[change.subject]
                        self.values.add((change.subject, position.stated))
                case DayChange() | TargetChange() if change.party is None:
                    self.values.add((change.subject, change.after))
                case FigureChange(by_its_day=False):
                    self.counted.add(change.series)


def _is_news(change: Difference, holding: _Holding, headline: Entry | None) -> bool:
    match change:
        case StatusChange():
            return True
        case FieldChange():
            return False
        case FigureChange():
            return not (change.by_its_day and change.series in holding.counted)
        case NoteChange():  # a corrected one is news of its own week only
            is_left_out = change.kind is Kind.CORRECTED or headline in change.entries
            return change.after is not None and not is_left_out
        case TextChange():
            return change.after is not None and change.is_reworded
        case OutcomeChange():
            is_overdue = (
                change.kind is Kind.PASSED and change.after is DeadlineVerdict.OVERDUE
            )
            has_status = change.place.concession in holding.with_status
            return not has_status and (change.after in DECIDED or is_overdue)
        case ClaimChange() | DayChange() | TargetChange():
            return change.after is not None and _is_said_anew(change, holding)


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


def is_beside(change: Difference) -> bool:
    """Return whether news is listed beside the changes: what parties say, notes of agreements."""
    match change:
        case NoteChange() | TextChange():
            return change.place.concession is None
        case ClaimChange() | DayChange() | TargetChange():
            return change.party is not None
    return False


# --- the news that leads --------------------------------------------------------------------------


class Headline(NamedTuple):
    """The news of a week in one line, and a sentence about it from the book."""

    text: str
    entry: int | None
    """The entry that made the news."""
    beneath: str = ""
    """The first sentence of that entry's note, if it is short; or how old the evidence is."""


def in_order(view: View, news: Iterable[Difference]) -> list[list[Difference]]:
    """Return news in the groups that one line can tell together, the one that leads first.

    The highest rank leads; of equal rank the largest group, then what most was given in return
    for, then the earliest. What did not happen in the week comes last. Equal notes of a day are
    adjacent, and what a party says follows what holds.
    """

    def order(change: Difference) -> tuple[object, ...]:
        note = change.entries[-1].note if change.entries else None
        is_said = change.party is not None or isinstance(change, NoteChange | TextChange)
        return is_said, change.on.last, note or "", change.subject

    def order_of_group(group: Sequence[Difference]) -> tuple[int, ...]:
        first = group[0]
        size = len(group) if isinstance(first, StatusChange) else 1
        given = max(len(view.given_for.get(change.subject, ())) for change in group)
        return (
            not _happened(first),
            rank_of(first),
            -size,
            -given,
            first.on.last.toordinal(),
        )

    groups = by_key((_told_with(change), change) for change in sorted(news, key=order))
    return sorted(groups.values(), key=order_of_group)


def _told_with(change: Difference) -> tuple[object, ...]:
    """Return what changes have in common that one line can tell together."""
    if isinstance(change, StatusChange) and change.after:
        givers = () if change.kind is Kind.PASSED else change.place.givers
        return change.kind, change.is_new, givers, change.after
    return _happened(change), change.subject, change.what


def _happened(change: Difference) -> bool:
    """Return whether a change happened in the week; another one leads only without such changes.

    A new promise did, but not what somebody declared differently.
    """
    match change.kind:
        case Kind.HAPPENED | Kind.RESTATED | Kind.PASSED:
            return True
        case Kind.DECLARED:
            return change.before is None
        case Kind.LATE | Kind.CORRECTED:
            return False


def headline_of(
    view: View, groups: Sequence[Sequence[Difference]], nothing_new: str
) -> Headline:
    """Return the news of a week in one line: that of the leading group."""
    if not groups:
        return Headline(nothing_new, None)
    leading = groups[0]
    first = leading[0]
    several = [
        change for change in leading if isinstance(change, StatusChange) and change.after
    ]
    text = _of_several(view, several) if len(several) > 1 else _of_one(view, first)
    entry = first.entries[-1].entry if first.entries else None
    only_passed = all(change.kind is Kind.PASSED for group in groups for change in group)
    return Headline(
        sentence(text), entry, nothing_new if only_passed else _beneath(leading)
    )


def nothing_new(view: View, week: Span, *, is_added: bool) -> str:
    """Return that nothing was recorded, and how old the latest evidence is."""
    as_of = view.clocks.as_of
    evidence_on = view.state.book.evidence_on
    if evidence_on is None:
        return "No update recorded."
    ago = how_far((evidence_on - as_of).days)
    day = period_in_prose(exactly(evidence_on), as_of).removeprefix("on ")
    noun = "update" if evidence_on < week.start and not is_added else "change"
    return f"No {noun} recorded. Latest evidence: {day}, {ago}."


def _of_several(view: View, group: Sequence[StatusChange]) -> str:
    """Return the statuses of a group in one line: `Seven promises by China now in force`."""
    first = group[0]
    givers = dict.fromkeys(party for change in group for party in change.place.givers)
    by = listing([the(view, giver) for giver in givers])
    status = first.value
    many = number(len(group)).capitalize()
    if not first.is_new:
        return f"{many} promises by {by} now {status}"
    now = "" if first.is_merely_promised else f" now {status}"
    return f"{many} new promises by {by}{now}"


def _of_one(view: View, change: Difference) -> str:
    """Return what changed of one thing in one line."""
    title = title_of(change.state, change.subject)
    if isinstance(change, NoteChange) and change.after:
        return quoted(view, change.entries[-1], opening(change.after))
    if isinstance(change, StatusChange) and change.is_new:
        return f"New: {title}"
    return f"{title}: {in_words(view, change, brief=True)}"


def _beneath(leading: Sequence[Difference]) -> str:
    """Return the first sentence of the note of the entry that made the news, of all of it.

    It is empty if that is long, or is the headline itself.
    """
    notes = {change.entries[-1].note if change.entries else None for change in leading}
    note = notes.pop()
    if note is None or notes or isinstance(leading[0], NoteChange):
        return ""
    words = f"{opening(note)}."
    return words if len(words) <= LONGEST else ""

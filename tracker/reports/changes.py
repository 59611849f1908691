"""What differs between two views of the book, for people and for programs, and a report of it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple, assert_never

from tracker.compare import (
    ClaimChange,
    DayChange,
    Difference,
    FieldChange,
    FigureChange,
    Kind,
    NoteChange,
    OutcomeChange,
    Place,
    StatusChange,
    TargetChange,
    TextChange,
    What,
    compare,
    title_of,
)
from tracker.entry import Entry
from tracker.quantities import in_words as quantity
from tracker.quantities import plain
from tracker.reports.frame import Citations, Contract, by_agreement, point, report
from tracker.reports.view import View
from tracker.reports.wording import (
    NO_DATA,
    against_target,
    amount,
    basis_in_words,
    figure_in_words,
    reached,
    says,
    verdict_in_words,
)
from tracker.rules.progress import Series
from tracker.tables import NOTHING, TIE, Cell, Column, Report, Section, cited, keys_of
from tracker.things import Deadline, change_in_words
from tracker.vocabulary import (
    EVENTS,
    Basis,
    DeadlineKind,
    DeadlineVerdict,
    Status,
)


class ChangeRow(NamedTuple):
    """One fact that differs, in the words of the JSON contract."""

    kind: Kind
    """How it came about."""
    place_: Place
    """What it is about, with its owners."""
    on: date
    """The day of the entry that decides, or the day that passed."""
    what: What
    """What differs."""
    before: str | None
    """Its value before; null if there was none."""
    after: str | None
    """Its value now; null if there is none any more."""
    unit: str | None
    """For a figure or a target, its unit."""
    basis: Basis | None
    """For a figure, its basis."""
    party: str | None
    """Who says so; for a figure, who counted."""
    note: str | None
    """The note of the entry that decides."""
    sources: tuple[str, ...]
    """The sources of the entry that decides; of a new promise, of its declaration, too."""
    entries: tuple[int, ...]
    """The entries that made the difference, the deciding one last."""
    difference: Difference


keys_of(ChangeRow, flat=["place_"], hidden=["difference"])


def differences(before: View, view: View, with_notes: bool = True) -> list[Difference]:
    """Return what differs; with a filter, of the concessions that reports list."""
    changes = compare(before, view, with_notes)
    if not view.choice.narrows:
        return changes
    listed = view.listed_positions
    return [change for change in changes if change.place.concession in listed]


def statuses_before(changes: Iterable[Difference]) -> dict[str, Status | None]:
    """Return the earlier statuses of concessions whose status differs; None of one that is new."""
    return {
        change.subject: change.before
        for change in changes
        if isinstance(change, StatusChange)
    }


def change_row(change: Difference) -> ChangeRow:
    """Return the row of a difference."""
    unit = basis = None
    match change:
        case FigureChange():
            unit = change.value.unit
            basis = change.value.basis
        case TargetChange():
            unit = change.state.due[change.subject].unit
    return ChangeRow(
        kind=change.kind,
        place_=change.place,
        on=change.on.last,
        what=change.what,
        before=_plain(change.before),
        after=_plain(change.after),
        unit=unit,
        basis=basis,
        party=change.party,
        note=change.entries[-1].note if change.entries else None,
        sources=tuple(cited_by(change)),
        entries=tuple(entry.entry for entry in change.entries),
        difference=change,
    )


def cited_by(change: Difference) -> list[str]:
    """Return the sources of what decides a difference, each once; of a new promise, its own, too.

    What both sides say, or one says of a new promise, has the sources of all of them.
    """
    sources = list[str]()
    entries = change.entries
    match change:
        case StatusChange() if change.is_new:
            sources.append(change.state.concessions[change.subject].source)
        case StatusChange() if entries and entries[-1].says:
            pass
        case StatusChange() | ClaimChange():
            entries = entries[-1:]
    for entry in entries:
        sources += entry.source
    return [*dict.fromkeys(sources)]


def _plain(value: object) -> str | None:
    """Return a value as text for programs."""
    match value:
        case None:
            return None
        case Series():
            return plain(value.value)
        case Decimal():
            return plain(value)
        case Entry():
            return value.note or str(value.entry)
        case list():
            return ", ".join(map(str, value))
    return str(value)


# --- in words -------------------------------------------------------------------------------------


def in_words(view: View, change: Difference, *, brief: bool = False) -> str:
    """Return what differs: `started → kept`, `US says kept`, `deadline moved 28 Feb → 31 Mar`.

    In `brief`, a note is not mentioned, and a figure is a share.
    """
    match change:
        case StatusChange():
            return _status(change)
        case FigureChange():
            return _figure(change, brief)
        case DayChange():
            return _named_day(view, change) if change.party else _day(view, change)
        case TargetChange():
            return _target(view, change)
        case OutcomeChange():
            return _outcome(view, change, brief)
        case ClaimChange():
            again = " again" if change.before is change.after else ""
            return _said(view, change, f"{change.after}{again}")
        case NoteChange():
            return "" if brief else _note(view, change)
        case TextChange():
            return _text(change)
        case FieldChange():
            return change_in_words(change.field, change.before, change.after)
        case _:
            assert_never(change)


def _status(change: StatusChange) -> str:
    """Return the status before and now."""
    if change.after is None:
        return "no longer declared"
    if change.before is None:
        return "new" if change.is_merely_promised else f"new, {change.after}"
    return f"{change.before} → {change.after}".replace(" ", TIE)


def _said(view: View, change: Difference, now: str) -> str:
    """Return what a party says now."""
    party = str(change.party)
    if change.after is None:
        return f"{view.short(party)} no longer says so"
    return f"{says(view, party)} {now}"


def _day(view: View, change: DayChange) -> str:
    """Return from which day to which a deadline moved, and by whom."""
    position = change.state.due[change.subject]
    noun, _ = _day_in_words(position.deadline)
    was = change.before
    now = change.after
    if now is None:
        return f"{noun} not set any more"
    if was is None:
        moved = f"{noun} set for {view.period(now)}"
    else:
        moved = f"{noun} moved {view.period(was, now)} → {view.period(now, was)}"
    if change.kind is Kind.CORRECTED or not position.moved_by:
        return moved
    return f"{moved} ({view.shorts(position.moved_by)})"


def _named_day(view: View, change: DayChange) -> str:
    """Return the day that a party names."""
    position = change.state.due[change.subject]
    _, verb = _day_in_words(position.deadline)
    now = change.after
    is_end = position.deadline.kind is DeadlineKind.EXPIRY
    if is_end and now and position.due_on and now.last > position.due_on.last:
        verb = "it runs on to"
    return _said(view, change, f"{verb} {view.period(now)}")


def _day_in_words(deadline: Deadline) -> tuple[str, str]:
    """Return what the day of a deadline is called, and what happens on it."""
    if deadline.kind is DeadlineKind.EXPIRY:
        return "end", "it ends"
    if deadline.kind in EVENTS:
        return "day", "it is on"
    if deadline.awaits_first_day:
        return "first day", "it binds from"
    return "deadline", "it binds until" if deadline.is_limit else "it is due"


def _target(view: View, change: TargetChange) -> str:
    """Return the target before and now, or the one that a party names."""
    target = amount(change.after, change.state.due[change.subject].unit)
    if change.party:
        return _said(view, change, f"target {target}")
    was = NOTHING if change.before is None else quantity(change.before)
    return f"target {was} → {target}"


def _note(view: View, change: NoteChange) -> str:
    """Return whose note it is, or that there is one."""
    if change.party:
        return _said(view, change, "").rstrip()
    return "note" if change.after else "note retracted"


def _text(change: TextChange) -> str:
    """Return whether the words of a source changed."""
    if change.after is None:
        return "text retracted"
    return "its words changed" if change.is_reworded else "text kept"


def _outcome(view: View, change: OutcomeChange, brief: bool) -> str:
    """Return how a deadline ended; without an outcome, what was counted."""
    outcome = change.after
    if outcome is None:
        return "no longer declared"
    position = view.due[change.subject]
    kind = position.deadline.kind
    if outcome is DeadlineVerdict.OVERDUE and kind not in EVENTS:
        count = figure_in_words(view, position)
        return f"day passed: {count}" if count else "day passed, no outcome recorded"
    verdict = verdict_in_words(kind, outcome, position.late_days)
    is_closed = position.is_delivery and position.closed_as
    if brief and is_closed and position.deadline.concession:
        return f"delivery closed as {verdict}"
    is_called_off = kind is DeadlineKind.EXPIRY and outcome is DeadlineVerdict.CANCELLED
    return f"end {verdict}" if is_called_off else verdict


def _figure(change: FigureChange, brief: bool) -> str:
    """Return a figure before and now: `10.36 → 10.43 MMT sold (USDA), 87% of 12 MMT`.

    In brief it is a share, if that changed: `86% → 87% sold (USDA)`; for a limit, it says on
    which side it is.
    """
    position = change.state.due[change.subject]
    counts = [count for count in (change.before, change.after) if count]
    what = basis_in_words(change.value.basis)
    steps = [reached(position, count) for count in counts]
    keys = {count.key for count in counts}
    is_share = brief and (len({*steps}) == len(steps) or len(keys) > 1)
    if is_share:
        if position.is_cut and not position.is_limit:
            what = " of the cut"
    else:
        steps = [quantity(count.value) for count in counts]
        steps[-1] = amount(counts[-1].value, change.value.unit)
    if len(keys) > 1:  # now another series counts
        steps[0] += f"{basis_in_words(counts[0].basis)} ({counts[0].counted_by})"
    counted = f"{' → '.join(dict.fromkeys(steps))}{what} ({change.party})"
    if change.after is None:
        return (
            f"{counted} → {NO_DATA if change.is_figure else 'no longer above the limit'}"
        )
    mark = "revised" if change.kind is Kind.RESTATED and brief else ""
    if position.is_limit or not (brief and (is_share or mark)):
        mark = against_target(position, change.after)
    return f"{counted}, {mark}" if mark else counted


# --- the report -----------------------------------------------------------------------------------

DIFF = Contract(
    "diff",
    "What changed between two points, one row for each fact.",
    ChangeRow,
)


def diff(view: View, before: View) -> Report:
    """Report what differs from an earlier point, with how it came about."""
    rows = [change_row(change) for change in differences(before, view)]
    rows.sort(key=lambda row: (row.on, row.entries))
    citations = Citations(view)

    def change(row: ChangeRow) -> Cell:
        entries = row.difference.entries
        marks = citations.public(key for entry in entries for key in entry.source)
        return cited(in_words(view, row.difference), marks, below=row.note)

    columns = [
        Column("Day", lambda row: view.day(row.on), right=True),
        Column(
            "About",
            lambda row: Cell(
                title_of(row.difference.state, row.difference.subject),
                about=row.difference.subject,
            ),
        ),
        Column("Change", change, cites=True),
        Column("How", lambda row: row.kind, key="kind", whole=True),
        Column(
            "Entries",
            lambda row: " ".join(f"#{number}" for number in row.entries),
            key="entries",
        ),
    ]
    table = Section(columns, rows, "Changed", "nothing")
    sections = citations.of(by_agreement(view, table, lambda row: row.place_.agreement))
    title = f"changes after {point(before)}, up to {point(view)}"
    return report(view, DIFF, rows, sections, title=title)

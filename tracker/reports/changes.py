"""What differs between two states, for people and for programs; and the report of two points."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, NamedTuple

from tracker.compare import Difference, Figure, Kind, What, compare
from tracker.dates import in_words as day_in_words
from tracker.judged import Judged
from tracker.quantities import in_words as quantity
from tracker.quantities import plain
from tracker.reports.counts import (
    NO_DATA,
    against_target,
    basis_in_words,
    furthest_in_words,
    other_counts,
    reached,
)
from tracker.reports.frame import amount, grouped, report, says, verdict_in_words
from tracker.reports.history import field_in_words
from tracker.reports.sources import Citations, cited_column
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import reaches
from tracker.tables import NOTHING, TIE, Column, Flattened, Report, table
from tracker.things import Deadline
from tracker.vocabulary import (
    EVENTS,
    HIDDEN,
    Basis,
    ConcessionState,
    DeadlineKind,
    DeadlineVerdict,
    Stage,
)


class Place(NamedTuple):
    """What a difference is about, with its owners."""

    agreement: str | None
    concession: str | None
    deadline: str | None
    givers: tuple[str, ...]
    receivers: tuple[str, ...]
    title: str
    """The title, label or name of what it is about."""


class ChangeRow(NamedTuple):
    """One fact that differs, in the words of the JSON contract."""

    kind: Kind
    """How it came about."""
    place_: Flattened[Place]
    """What it is about, with its owners."""
    on: date
    """The day of the entry that decides, or the day that passed."""
    what: What
    """What differs."""
    before: str | None
    """Its value before; null if there was none."""
    after: str | None
    """Its value now; null if there is none any more."""
    stage_before: Stage | None
    """For a state, the stage before."""
    stage: Stage | None
    """For a state, the stage now."""
    unit: str | None
    """For a figure or a target, its unit."""
    basis: Basis | None
    """For a figure, its basis."""
    party: str | None
    """Who says so; for a figure, who counted."""
    note: str | None
    """The note of the entry that decides."""
    sources: tuple[str, ...]
    """The sources of the entries."""
    entries: tuple[int, ...]
    """The entries that made the difference, the deciding one last."""
    difference: Annotated[Difference, HIDDEN]

    @property
    def agreement(self) -> str:
        """Its agreement, by which tables are grouped; a party has none."""
        return self.place_.agreement or ""


def change_rows(before: View, view: View, differences: Iterable[Difference]) -> list[ChangeRow]:
    """Return the rows of some differences."""
    return [_row(before, view, one) for one in differences]


def _row(before: View, view: View, one: Difference) -> ChangeRow:
    place = place_of(before, view, one.subject)
    is_state = one.what is What.STATE
    _, basis, unit, _ = one.part if one.what is What.FIGURE else (None, None, None, None)
    if one.what is What.TARGET:
        unit = judged_with(before, view, one.subject).deadlines[one.subject].unit
    return ChangeRow(
        kind=one.kind,
        place_=place,
        on=one.on,
        what=one.what,
        before=_plain(one.before),
        after=_plain(one.after),
        stage_before=one.before[0] if is_state and one.before else None,
        stage=one.after[0] if is_state and one.after else None,
        unit=unit,
        basis=basis,
        party=party_of(one),
        note=one.entries[-1].note if one.entries else None,
        sources=tuple(dict.fromkeys(key for entry in one.entries for key in entry.source)),
        entries=tuple(entry.entry for entry in one.entries),
        difference=one,
    )


def states_before(differences: Iterable[Difference]) -> dict[str, ConcessionState | None]:
    """Return the earlier states of concessions whose state differs; None of one that is new."""
    moved = [one for one in differences if one.what is What.STATE]
    states = {one.subject: [at and at[1] for at in (one.before, one.after)] for one in moved}
    return {slug: was for slug, (was, now) in states.items() if was is not now}


def place_of(before: View, view: View, slug: str) -> Place:
    """Return what a slug names now or, if it is not declared any more, named before."""
    for state in (view.state, before.state):
        deadline = state.deadlines.get(slug)
        concession = state.concessions.get(deadline.concession or "" if deadline else slug)
        sides = (concession.givers, concession.receivers) if concession else ((), ())
        if deadline:
            own = deadline.concession, slug
            return Place(deadline.agreement, *own, *sides, deadline.label)
        if concession:
            return Place(concession.agreement, slug, None, *sides, concession.title)
        if slug in state.agreements:
            return Place(slug, None, None, (), (), state.agreements[slug].title)
    parties, source = view.state.parties, view.state.sources.get(slug)
    named = parties[slug].name if slug in parties else source and (source.title or source.publisher)
    return Place(None, None, None, (), (), named or slug)


def party_of(one: Difference) -> str | None:
    """Return who says what differs, or who counted it."""
    if one.what in (What.FIGURE, What.NOTE):
        return one.part[0]  # type: ignore[no-any-return]
    return one.part or None if one.what in (What.CLAIM, What.DAY, What.TARGET) else None


def _plain(value: Any) -> str | None:
    """Return a value as text for programs."""
    match value:
        case None:
            return None
        case (Stage(), ConcessionState() as state):
            return state.value
        case Figure():
            return plain(value.series.value)
        case Decimal():
            return plain(value)
        case list():
            return ", ".join(map(str, value))
    return str(value)


def in_words(before: View, view: View, one: Difference, *, brief: bool = False) -> str:
    """Return what differs: `in force → over`, `US says met`, `deadline moved 28 Feb → 31 Mar`."""
    judged = judged_with(before, view, one.subject)
    match one.what:
        case What.STATE:
            return _state(one)
        case What.FIGURE:
            return _figure(judged, one, brief)
        case What.DAY:
            return _day(view, judged, one)
        case What.TARGET:
            was = NOTHING if one.before is None else quantity(one.before)
            now = amount(one.after, judged.deadlines[one.subject].unit)
            return _said(view, one, f"target {was} → {now}", f"target {now}")
        case What.OUTCOME:
            return _outcome(view, one)
        case What.CLAIM:
            return _said(view, one, "", str(one.after))
        case What.NOTE:
            party = party_of(one)
            return says(view, party) if party else "note" if one.after else "note retracted"
        case What.TEXT:
            return "text kept" if one.after else "text retracted"
    return field_in_words(str(one.part), one.before, one.after)


def judged_with(before: View, view: View, slug: str) -> Judged:
    """Return the rules' answers about a concession or a deadline: now, else before."""
    is_there = slug in view.state.concessions or slug in view.state.deadlines
    return (view if is_there else before).judged


def _outcome(view: View, one: Difference) -> str:
    """Return how a deadline ended; without an outcome, what was counted."""
    if one.after is None:
        return "no longer declared"
    position = view.judged.reported(view.judged.deadlines[one.subject])
    kind = position.deadline.kind
    if one.after is DeadlineVerdict.OVERDUE and kind not in EVENTS:
        count = furthest_in_words(view, position)
        return f"day passed: {count}" if count else "day passed, no outcome recorded"
    is_called_off = kind is DeadlineKind.EXPIRY and one.after is DeadlineVerdict.CANCELLED
    verdict = verdict_in_words(kind, one.after, position.late_days)
    return f"end {verdict}" if is_called_off else verdict


def _state(one: Difference) -> str:
    """Return the states before and now; a step within a state has no arrow."""
    if one.after is None:
        return "no longer declared"
    stage, state = one.after
    if one.before is None:
        return "new" if state is ConcessionState.PROMISED else f"new, {state}"
    words = f"{one.before[1]} → {state}" if one.before[1] is not state else str(stage)
    return words.replace(" ", TIE)


def _day(view: View, judged: Judged, one: Difference) -> str:
    """Return the day that a party names, or from which day to which a deadline moved."""
    position, was, now = judged.deadlines[one.subject], one.before, one.after
    what, verb = _verb(position.deadline)
    if one.part:
        is_later = now and position.due_on and now.last > position.due_on.last
        verb = "it runs on to" if is_later and what == "end" else verb
        return _said(view, one, "", f"{verb} {view.period(now)}")
    if now is None:
        return f"{what} not set any more"
    movers = () if one.kind is Kind.CORRECTED else position.moved_by
    by = f" ({view.shorts(movers)})" if movers else ""
    step = f"moved {view.period(was, now)} → {view.period(now, was)}"
    return f"{what} {step if was else f'set for {view.period(now)}'}{by}"


def _verb(deadline: Deadline) -> tuple[str, str]:
    """Return what the day of a deadline is called, and what happens on it."""
    if deadline.kind is DeadlineKind.EXPIRY:
        return "end", "it ends"
    if deadline.kind in EVENTS:
        return "day", "it is on"
    if deadline.awaits_first_day:
        return "first day", "it binds from"
    return "deadline", "it binds until" if deadline.is_limit else "it is due"


def _figure(judged: Judged, one: Difference, brief: bool) -> str:
    """Return a count before and now: `10.36 → 10.43 MMT sold (USDA), 87% of 12 MMT`.

    In brief it is a share, with what others count: `83% → 86% sold (USDA; trade 90%)`.
    """
    counter, basis, unit, by_then = one.part
    position, counters, marks = judged.deadlines[one.subject], [counter], []
    series = [figure.series for figure in (one.before, one.after) if figure]
    what, steps = basis_in_words(basis), [reached(position, each) for each in series]
    if not brief:
        steps = [quantity(each.value) for each in series[:-1]]
        steps.append(amount(series[-1].value, unit))
    elif position.is_cut and not position.is_limit:
        what = " of the cut"
    if one.after and one.after.is_early:
        marks = ["before it binds"]
    elif one.after:
        progress = judged.progress_of(position)
        others = other_counts(position, progress, series[-1], by_then=by_then) if brief else []
        if not brief or is_above(position, one):
            marks = [against_target(position, series[-1])]
        counters += others
        marks = ["disputed"] if others and progress.disputed else marks
    by_its_day = " by its day" if by_then else ""
    counted = f"{' → '.join(dict.fromkeys(steps))}{what}{by_its_day} ({'; '.join(counters)})"
    gone = "" if one.after else f" → {NO_DATA}"
    return ", ".join(filter(None, [f"{counted}{gone}", *marks]))


def is_above(position: DeadlinePosition, one: Difference) -> bool:
    """Return whether a count exceeds a limit."""
    counts = one.after is not None and not one.after.is_early
    return position.is_limit and counts and reaches(position, one.after.series)


def _said(view: View, one: Difference, plain_words: str, now: str) -> str:
    """Return what differs, or what a party says now."""
    if not (party := party_of(one)):
        return plain_words
    if one.after is None:
        return f"{view.short(party)} no longer says so"
    return f"{says(view, party)} {now}"


class DiffDocument(NamedTuple):
    """What changed between two points, one row for each fact."""

    rows: list[ChangeRow]


def diff(before: View, view: View) -> Report:
    """Report what differs between two points, with how it came about."""
    rows = change_rows(before, view, compare(before.judged, view.judged))
    if view.choice.narrows:
        rows = [row for row in rows if row.place_.concession in view.listed_positions]
    rows.sort(key=lambda row: (row.on, row.entries))
    citations = Citations(view)

    def about(row: ChangeRow) -> str:
        """Return the title of the concession, also for one of its deadlines, or of what it is."""
        concession = view.state.concessions.get(row.place_.concession or "")
        return concession.title if concession else row.place_.title

    columns = [
        Column("Day", lambda row: view.day(row.on), right=True, once=True),
        Column("About", about, wraps=True, about=lambda row: row.difference.subject),
        cited_column(
            "Change",
            lambda row: in_words(before, view, row.difference),
            lambda row: citations.of(row.difference.entries),
            wraps=True,
            below=lambda row: row.note,
        ),
        Column("How", lambda row: row.kind, key="kind"),
        Column("Entries", lambda row: " ".join(f"#{number}" for number in row.entries), wraps=True),
    ]
    section = partial(table, columns, empty="nothing")
    changed = (one._replace(in_groups=True) for one in grouped(view, rows, section, "Changed"))
    sections = [*changed, citations.section()]
    start, end = (_point(one, view) for one in (before, view))
    return report(view, DiffDocument(rows), sections, title=f"changes after {start}, up to {end}")


def _point(one: View, view: View) -> str:
    """Return a point in words: its day and, if the other point has another, its last entry."""
    day, last = day_in_words(one.clocks.as_of, date.min), one.state.record.last.entries
    return f"{day} (#{last})" if one.clocks.known != view.clocks.known else day

"""What differs between two states, for people and for programs; and the report of two points."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from tracker.compare import Difference, Figure, Kind, What, compare
from tracker.dates import in_words as day_in_words
from tracker.declared import by_key
from tracker.quantities import in_words as quantity
from tracker.quantities import plain
from tracker.reports.counts import (
    NO_DATA,
    against_target,
    basis_in_words,
    other_counts,
    reached,
)
from tracker.reports.frame import amount, report, rows_of, says, verdict_in_words
from tracker.reports.history import field_in_words
from tracker.reports.sources import Citations, cited_column
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import Progress, reaches
from tracker.tables import NOTHING, TIE, Column, Flattened, Report, Section, table
from tracker.vocabulary import EVENTS, HIDDEN, Basis, Bound, ConcessionState, DeadlineKind, Stage


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


def change_rows(before: View, view: View, differences: Iterable[Difference]) -> list[ChangeRow]:
    """Return the rows of some differences."""
    return [_row(before, view, one) for one in differences]


def _row(before: View, view: View, one: Difference) -> ChangeRow:
    place = place_of(before, view, one.subject)
    is_state = one.what is What.STATE
    stage_before, stage = (
        value[0] if is_state and value else None for value in (one.before, one.after)
    )
    unit, basis = None, None
    if one.what is What.FIGURE:
        _, basis, unit, _ = one.part
    elif one.what is What.TARGET and place.deadline:
        unit = _deadline(before, view, place.deadline).unit
    return ChangeRow(
        kind=one.kind,
        place_=place,
        on=one.on,
        what=one.what,
        before=_plain(one.before),
        after=_plain(one.after),
        stage_before=stage_before,
        stage=stage,
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


def _deadline(before: View, view: View, slug: str) -> Any:
    return view.state.deadlines.get(slug) or before.state.deadlines[slug]


def party_of(one: Difference) -> str | None:
    """Return who says what differs, or who counted it."""
    if one.what is What.FIGURE:
        return str(one.part[0])
    if one.what is What.NOTE:
        return one.entries[-1].says if one.entries else None
    is_said = one.what in (What.CLAIM, What.DAY, What.TARGET) and one.part
    return str(one.part) if is_said else None


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


def in_words(before: View, view: View, one: Difference) -> str:
    """Return what differs: `in force → over`, `10.36 → 10.43 MMT sold, USDA`, `US says met`."""
    match one.what:
        case What.STATE:
            return _state(one)
        case What.FIGURE:
            return _figure(view, one)
        case What.DAY:
            return _day(before, view, one)
        case What.TARGET:
            unit = _deadline(before, view, one.subject).unit
            was = NOTHING if one.before is None else quantity(one.before)
            now = amount(one.after, unit)
            return _said(view, one, f"target {was} → {now}", f"target {now}")
        case What.OUTCOME:
            if one.after is None:
                return "no longer declared"
            position = view.judged.reported(view.judged.deadlines[one.subject])
            return verdict_in_words(position.deadline.kind, one.after, position.late_days)
        case What.CLAIM:
            return _said(view, one, "", str(one.after))
        case What.NOTE:
            party = party_of(one)
            return says(view, party) if party else "note" if one.after else "note retracted"
        case What.TEXT:
            return "text kept" if one.after else "text retracted"
    return field_in_words(str(one.part), one.before, one.after)


def _state(one: Difference) -> str:
    """Return the states before and now; a step within a state has no arrow."""
    if one.after is None:
        return "no longer declared"
    stage, state = one.after
    if one.before is None:
        return "new" if state is ConcessionState.PROMISED else f"new, {state}"
    words = f"{one.before[1]} → {state}" if one.before[1] is not state else str(stage)
    return words.replace(" ", TIE)


def _day(before: View, view: View, one: Difference) -> str:
    """Return the day that a party names, or from which day to which a deadline moved."""
    was, now, deadline = one.before, one.after, _deadline(before, view, one.subject)
    is_end = deadline.kind is DeadlineKind.EXPIRY
    what = "end" if is_end else "day" if deadline.kind in EVENTS else "deadline"
    what = "first day" if deadline.awaits_first_day else what
    if not one.part:
        position = view.judged.deadlines.get(one.subject)
        movers = position.moved_by if position and one.kind is not Kind.CORRECTED else ()
        by = f" ({view.shorts(movers)})" if movers else ""
        step = f"moved {view.period(was, now)} → {view.period(now, was)}"
        if now is None:
            step = "not set any more"
        elif was is None:
            step = f"set for {view.period(now)}"
        return f"{what} {step}{by}"
    verb = "it is on" if deadline.kind in EVENTS else "it is due"
    if is_end:
        current = view.judged.deadlines.get(one.subject)
        is_later = now and current and now.last > current.last
        verb = "it runs on to" if is_later else "it ends"
    elif what == "first day" or deadline.bound is Bound.AT_MOST:
        verb = f"it binds {'from' if what == 'first day' else 'until'}"
    return _said(view, one, "", f"{verb} {view.period(now)}")


def _figure(view: View, one: Difference) -> str:
    """Return a count before and now: `10.36 → 10.43 MMT sold, 87% of 12 MMT, USDA`."""
    counter, basis, unit, by_then = one.part
    was = quantity(one.before.series.value) if one.before else NOTHING
    now = amount(one.after.series.value if one.after else None, unit)
    parts = [f"{was} → {now}{basis_in_words(basis)}", counter]
    position = view.judged.deadlines.get(one.subject)
    if one.after and one.after.is_early:
        parts.append("before it binds")
    elif one.after and position:
        parts.insert(1, against_target(position, one.after.series))
    if by_then:
        parts.append("by the deadline")
    return ", ".join(filter(None, parts))


def figure_in_brief(position: DeadlinePosition, progress: Progress, one: Difference) -> str:
    """Return a count before and now, and what others count: `83% → 86% sold (USDA; trade 90%)`."""
    counter, basis, _, by_then = one.part
    figures = [figure for figure in (one.before, one.after) if figure]
    steps = [reached(position, figure.series) for figure in figures]
    counters, mark = [counter], ""
    if one.after is None:
        steps.append(NO_DATA)
    elif one.after.is_early:
        mark = ", before it binds"
    else:
        others = other_counts(position, progress, one.after.series, by_then=by_then)
        counters += others
        mark = ", above the limit" if is_above(position, one) else ""
        mark = ", disputed" if others and progress.disputed else mark
    by_its_day = " by its day" if by_then else ""
    what = " of the cut" if position.is_cut and not position.is_limit else basis_in_words(basis)
    return f"{' → '.join(dict.fromkeys(steps))}{what}{by_its_day} ({'; '.join(counters)}){mark}"


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


def _section(
    before: View, view: View, citations: Citations, changed: Sequence[ChangeRow], title: str
) -> Section:
    """Return a table of changes by day."""

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
    rows = sorted(changed, key=lambda row: (row.on, row.entries))
    return table(columns, rows, title, empty="nothing")


DiffDocument = rows_of("diff", ChangeRow, "What changed between two points, one row for each fact.")


def diff(before: View, view: View) -> Report:
    """Report what differs between two points, with how it came about."""
    rows = change_rows(before, view, compare(before.judged, view.judged))
    if view.choice.narrows:
        rows = [row for row in rows if row.place_.concession in view.listed_positions]
    citations, groups = Citations(view), by_key((row.place_.agreement, row) for row in rows)
    sections = [
        _section(before, view, citations, own, _title(view, of)) for of, own in groups.items()
    ]
    if not rows:
        sections = [_section(before, view, citations, [], "Changed")]
    start, end = (_point(one, view) for one in (before, view))
    title = f"changes after {start}, up to {end}"
    return report(view, DiffDocument(rows), [*sections, citations.section()], title=title)


def _title(view: View, agreement: str | None) -> str:
    """Return the title of the changes of one agreement, if several are in view, or of none."""
    if agreement is None:
        return "Changed · parties and sources"
    if len(view.state.agreements) <= 1:
        return "Changed"
    found = view.state.agreements.get(agreement)
    return f"Changed · {found.title if found else agreement}"


def _point(one: View, view: View) -> str:
    """Return a point in words: its day and, if the other point has another, its last entry."""
    day, last = day_in_words(one.clocks.as_of, date.min), one.state.record.last.entries
    return f"{day} (#{last})" if one.clocks.known != view.clocks.known else day

"""How far each concession has come: one line per concession."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.record import by_key
from tracker.reports.frame import Citations, Contract, no_concession, report, term
from tracker.reports.view import View
from tracker.reports.wording import (
    FigureRow,
    figure_in_brief,
    figure_row,
    listing,
    said_in_words,
    verdict_in_words,
)
from tracker.rules.deadlines import DeadlinePosition, Naming
from tracker.rules.statuses import Position, Term, stated_by
from tracker.tables import (
    NOTHING,
    Cell,
    Column,
    Report,
    Section,
    Tone,
    cited,
    counted,
    keys_of,
)
from tracker.things import Concession
from tracker.vocabulary import (
    ConcessionKind,
    DeadlineKind,
    DeadlineVerdict,
    Instrument,
    Status,
)


class Claim(NamedTuple):
    """What a party says."""

    party: str
    """The party that says so."""
    status: Status
    on: Period
    """The day it happened."""
    source: str | None


def claim_of(mark: Entry) -> Claim:
    """Return a status that a party claimed."""
    return Claim(str(mark.says), stated_by(mark), mark.effective_on, mark.first_source)


class FacedDeadline(NamedTuple):
    """A deadline that a concession faces, or that passed unsettled."""

    deadline: str
    kind: DeadlineKind
    due_on: Period | None
    awaits: str | None
    original_due_on: Period | None
    slip_days: int
    days_left: int | None
    said: tuple[Naming, ...]


class StatusRow(NamedTuple):
    """One concession, in the words of the JSON contract."""

    concession: str
    title: str
    agreement: str
    givers: tuple[str, ...]
    """The parties that give."""
    receivers: tuple[str, ...]
    """The parties that receive."""
    sector: str
    kind: ConcessionKind
    instrument: Instrument
    promised_on: Period
    """The day of the promise."""
    position: Position
    announced: Sequence[Naming]
    """The other days that parties name for the end of its term."""
    latest_claim: Claim | None
    """The latest claim by the giver or the receiver."""
    awaits_verdict: bool
    """Whether it awaits your verdict: a limit is exceeded, or its targets are reached.

    Once the day of a target has passed, what had been counted by then decides.
    """
    figure: FigureRow | None
    """What counts for its target, or its limit: the next one, else the last."""
    other_figures: tuple[FigureRow, ...]
    """The same of its other targets with that day."""
    next_deadline: FacedDeadline | None
    """The open deadline that it faces next."""
    overdue: FacedDeadline | None
    """The last one that passed unsettled; also the end of its term, if how it ended is unknown."""
    last_word_on: date | None
    """The day of the last news about it."""
    last_checked_on: date | None
    """The day somebody last looked."""
    last_word: Entry | None


keys_of(Term, hidden=["deadline"])
keys_of(
    Position,
    flat=["term"],
    hidden=["since", "latest_claim", "verdict", "decided_by", "stated", "has_ended"],
)
keys_of(StatusRow, flat=["position"], hidden=["last_word"])
STATUS = Contract(
    "status",
    "How far concessions have come, one row for each.",
    StatusRow,
)


def status(view: View, slugs: Sequence[str] = ()) -> Report:
    """Report how far concessions have come: those named, or all.

    There is a table for each side that they were promised to. With several agreements in view, each
    has its own, whose titles say how long it still runs.
    """
    rows = [status_row(view, promise) for promise in view.standing_concessions(slugs)]
    citations = Citations(view)
    columns = _columns(view, citations)
    tables = [] if rows else [Section(empty=no_concession(view))]
    sides = by_key(((row.agreement, frozenset(row.receivers)), row) for row in rows)
    for (agreement, receivers), promised in sides.items():
        parties = [party for party in view.parties if party in receivers]
        names = listing([view.short(party) for party in parties])
        title = f"Promised to {names}"
        if len(view.agreements) > 1:
            heading = view.agreements[agreement].title
            title = f"{heading} · promised to {names}"
            title = " · ".join([title, *term(view, agreement)])
        tables.append(Section(columns, promised, title))
    made = report(view, STATUS, rows, citations.of(tables))
    return made._replace(cites_on_sites=True)


def status_row(view: View, promise: Concession) -> StatusRow:
    """Return one concession's row."""
    slug = promise.slug
    position = view.positions[slug]
    claim = position.latest_claim
    end = view.term_end(slug)
    last = view.last_word(slug)
    figures = [figure_row(view, target) for target in view.measured[slug]]
    return StatusRow(
        slug,
        promise.title,
        promise.agreement,
        promise.giver,
        promise.receiver,
        promise.sector,
        promise.kind,
        promise.instrument,
        promised_on=view.promised_on(promise),
        position=position,
        announced=[said._replace(target=None) for said in end.said] if end else [],
        latest_claim=claim_of(claim) if claim else None,
        awaits_verdict=slug in view.awaiting,
        figure=figures[0] if figures else None,
        other_figures=tuple(figures[1:]),
        next_deadline=_faced(view.next_deadline(slug)),
        overdue=_faced(view.last_overdue(slug)),
        last_word_on=last.on if last else None,
        last_checked_on=view.checked_on(slug),
        last_word=last,
    )


def _faced(position: DeadlinePosition | None) -> FacedDeadline | None:
    if position is None:
        return None
    return FacedDeadline(
        position.slug,
        position.deadline.kind,
        position.due_on,
        position.deadline.awaits,
        position.original_due_on,
        position.slip_days,
        position.days_left,
        position.said,
    )


def _columns(view: View, citations: Citations) -> list[Column]:
    """Return the columns of a status table."""

    def done(row: StatusRow) -> str:
        measured = view.measured[row.concession]
        return (
            "; ".join(figure_in_brief(view, position) for position in measured)
            or NOTHING
        )

    def below(row: StatusRow) -> str | None:
        """Return who counted, and when, and since when it is unknown how a term ended."""
        counted = [
            f"counted by {figure.counted_by}, {view.day(figure.through)}"
            for figure in (row.figure, *row.other_figures)
            if figure and figure.counted_by
        ]
        unknown = unknown_in_words(view, row.concession)
        return "; ".join(filter(None, [*counted, unknown])) or None

    def due(row: StatusRow) -> str:
        """Return what is overdue, else the day of the next deadline, or what it waits for."""
        late = row.overdue
        coming = row.next_deadline
        if late and not view.positions[row.concession].is_unknown:
            verdict = verdict_in_words(late.kind, DeadlineVerdict.OVERDUE)
            return f"{verdict} {view.period(late.due_on)}"
        if coming is None:
            return NOTHING
        return view.period(coming.due_on) if coming.due_on else "awaited"

    def last_word(row: StatusRow) -> str:
        return view.period(row.last_word.effective_on) if row.last_word else NOTHING

    def mark(row: StatusRow) -> Cell:
        return cited("", citations.marks([row.last_word and row.last_word.first_source]))

    return [
        concession_column(view, below),
        Column("Gives", lambda row: view.shorts(row.givers), varying=True),
        Column(
            "Status",
            lambda row: Cell(status_in_brief(view, row.concession), tone(row)),
            key="status",
        ),
        Column("Done", done, right=True, key="figure_percent"),
        Column("Next due", due, right=True, spare=True, key="next_deadline_due_on"),
        Column("Last word", last_word, right=True, spare=True, key="last_word_on"),
        Column("Source", mark, cites=True, whole=True),
    ]


def concession_column(
    view: View, below: Callable[[Any], str | None] = lambda _: None
) -> Column:
    """Return the column of the concessions' titles, each with what is `below` it."""
    titles = view.concessions
    return Column(
        "Concession",
        lambda row: Cell(
            titles[row.concession].title, below=below(row), about=row.concession
        ),
        key="concession",
    )


def status_in_brief(view: View, concession: str) -> str:
    """Return a status for a column: `kept, to 10 Nov`, `promised, awaits your verdict`.

    It has the end of a term that is over.
    """
    position = view.positions[concession]
    parts = [str(position.status), view.awaiting.get(concession)]
    if position.has_ended:
        parts.append(f"to {view.period(position.term.term_ends_on)}")
    return ", ".join(filter(None, parts))


def day_in_words(view: View, concession: str) -> str:
    """Return the day of a status, and how late a promise was kept: `9 Jul, 131 days late`."""
    position = view.positions[concession]
    if position.status is not Status.KEPT:
        return view.period(position.status_on)
    late = view.late_days(concession)
    how_late = f", {counted(late, 'day')} late" if late else ""
    return f"{view.period(position.since)}{how_late}"


def unknown_in_words(view: View, concession: str) -> str | None:
    """Return since when it is unknown how a term ended, what it was, and what days parties name.

    `since 10 Nov, was in force; US says 10 Jan 2027`; nothing of a known status.
    """
    position = view.positions[concession]
    if not position.is_unknown:
        return None
    since = (
        f"since {view.period(position.term.term_ends_on)}, was {position.status_before}"
    )
    end = view.term_end(concession)
    return "; ".join([since, *(said_in_words(view, end) if end else ())])


def until(view: View, concession: str) -> str:
    """Return until when a concession has to be kept up."""
    ends_on = view.terms[concession].term_ends_on
    return f"until {view.period(ends_on)}" if ends_on else "no end date"


TONES = {
    **dict.fromkeys((Status.KEPT, Status.IN_FORCE), Tone.GOOD),
    **dict.fromkeys((Status.MISSED, Status.BROKEN), Tone.BAD),
    **dict.fromkeys((Status.STALLED, Status.UNKNOWN), Tone.DOUBT),
}
"""How statuses are highlighted; what law or events overtook is nobody's failure."""


def tone(row: Any) -> Tone | None:
    """Return how a terminal highlights the status of a row."""
    return TONES.get(row.position.status)

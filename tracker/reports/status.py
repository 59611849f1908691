"""How far each concession has come: one line per concession."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.mappings import by_key
from tracker.reports.counts import DELIVERED, Delivered, delivered, span_in_words
from tracker.reports.frame import (
    Contract,
    listing,
    no_concession,
    report,
    said_in_words,
    term,
    verdict_in_words,
)
from tracker.reports.sources import Citations, source_column
from tracker.reports.view import View
from tracker.rules import stages
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.moves import Said
from tracker.rules.stages import Position, Term
from tracker.tables import (
    NOTHING,
    Column,
    Holds,
    Report,
    Section,
    Tone,
    counted,
    keys_of,
    nothing,
)
from tracker.things import Concession
from tracker.vocabulary import (
    Because,
    ConcessionKind,
    ConcessionState,
    DeadlineKind,
    DeadlineVerdict,
    Instrument,
    Stage,
)


class Claim(NamedTuple):
    """What a party says."""

    party: str
    """The party that says so."""
    stage: Stage
    on: Period
    """The day it happened."""
    source: str | None


def claim_of(mark: Entry) -> Claim:
    """Return a stage that a party claimed."""
    return Claim(
        str(mark.says), stages.stage_of(mark), mark.effective_on, mark.first_source
    )


class FacedDeadline(NamedTuple):
    """A deadline that a concession faces, or that passed unsettled."""

    deadline: str
    kind: DeadlineKind
    due_on: Period | None
    awaits: str | None
    original_due_on: Period | None
    slip_days: int
    days_left: int | None
    said: tuple[Said, ...]


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
    announced: tuple[Said, ...]
    """The other days that parties name for the end of its term."""
    latest_claim: Claim | None
    """The latest claim by the giver or the receiver."""
    delivered: Delivered | None
    """How much was delivered, by the lowest and the highest count."""
    also_delivered: tuple[Delivered, ...]
    """The same of its other deliveries with that day."""
    next_deadline: FacedDeadline | None
    """The open deadline that it faces next."""
    overdue: FacedDeadline | None
    """The last one that passed unsettled; also the end of its term, if how it ended is unknown."""
    last_word_on: date | None
    """The day of the last news about it."""
    last_checked_on: date | None
    """The day somebody last looked."""
    last_word: Entry | None


TERM = keys_of(Term, hidden=["deadline"])
POSITION = keys_of(
    Position,
    flat={"term": TERM},
    hidden=["since", "latest_claim", "verdict", "decided_by", "kept"],
)
FACED = keys_of(FacedDeadline)
STATUS_ROW = keys_of(
    StatusRow,
    flat={"position": POSITION},
    row={
        "latest_claim": keys_of(Claim),
        "delivered": DELIVERED,
        "next_deadline": FACED,
        "overdue": FACED,
    },
    rows={"also_delivered": DELIVERED},
    hidden=["last_word"],
)
STATUS = Contract(
    "status",
    "How far concessions have come, one row for each.",
    {"rows": STATUS_ROW},
)


def status(view: View, slugs: Sequence[str] = ()) -> Report:
    """Report how far concessions have come: those named, or all."""
    rows = status_rows(view, slugs)
    tables = _by_receiver(view, rows)
    words = [row.last_word for table in tables for row in table.rows]
    citations = Citations(view, [word.first_source for word in words if word])
    columns = _columns(view, citations)
    sections = [table._replace(columns=columns) for table in tables]
    sections.append(citations.section())
    return report(view, STATUS, {"rows": rows}, sections)._replace(cites_on_request=True)


def _by_receiver(view: View, rows: Sequence[StatusRow]) -> list[Section]:
    """Return a table of concessions for each side that they were promised to.

    With several agreements in view, each has its own, whose titles say how long it still runs.
    """
    if not rows:
        return [Section(empty=no_concession(view))]
    tables = []
    sides = by_key(((row.agreement, frozenset(row.receivers)), row) for row in rows)
    for (agreement, receivers), promised in sides.items():
        names = listing(
            [view.short(party) for party in view.state.parties if party in receivers]
        )
        title = f"Promised to {names}"
        if len(view.state.agreements) > 1:
            heading = view.state.agreements[agreement].title
            title = " · ".join([heading, f"promised to {names}", *term(view, agreement)])
        tables.append(Section(rows=promised, title=title, holds=Holds.PART))
    return tables


def status_rows(view: View, slugs: Sequence[str] = ()) -> list[StatusRow]:
    """Return the rows of concessions that exist as of the day."""
    return [
        status_row(view, concession) for concession in view.standing_concessions(slugs)
    ]


def status_row(view: View, promise: Concession) -> StatusRow:
    """Return one concession's row."""
    slug = promise.slug
    position = view.state.positions[slug]
    claim = position.latest_claim
    last = view.state.last_word(slug)
    figures = [delivered(view, delivery) for delivery in view.measured[slug]]
    return StatusRow(
        slug,
        promise.title,
        promise.agreement,
        promise.giver,
        promise.receiver,
        promise.sector,
        promise.kind,
        promise.instrument,
        promised_on=view.state.promised_on(promise),
        position=position,
        announced=tuple(
            Said(party, on, None) for party, on in view.announced(slug).items()
        ),
        latest_claim=claim_of(claim) if claim else None,
        delivered=figures[0] if figures else None,
        also_delivered=tuple(figures[1:]),
        next_deadline=_faced(view.next_deadline(slug)),
        overdue=_faced(view.last_overdue(slug)),
        last_word_on=last.on if last else None,
        last_checked_on=view.state.checked_on(slug),
        last_word=last,
    )


def _faced(position: DeadlinePosition | None) -> FacedDeadline | None:
    if position is None:
        return None
    return FacedDeadline(
        position.deadline.slug,
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
            "; ".join(span_in_words(view, position) for position in measured) or NOTHING
        )

    def due(row: StatusRow) -> str:
        """Return what is overdue, else the day of the next deadline, or what it waits for."""
        late = row.overdue
        coming = row.next_deadline
        if late and late.kind is not DeadlineKind.EXPIRY:
            verdict = verdict_in_words(late.kind, DeadlineVerdict.OVERDUE)
            return f"{verdict} {view.period(late.due_on)}"
        if coming is None:
            return NOTHING
        return view.period(coming.due_on) if coming.due_on else "awaited"

    def last_word(row: StatusRow) -> str:
        return view.period(row.last_word.effective_on) if row.last_word else NOTHING

    def mark(row: StatusRow) -> str:
        return citations.marks([row.last_word.first_source]) if row.last_word else ""

    return [
        concession_column(view, lambda row: ended_in_words(view, row.concession)),
        Column("Gives", lambda row: view.shorts(row.givers), wraps=True, varying=True),
        Column("State", lambda row: row.position.state, tone=tone, key="state"),
        Column("Done", done, right=True, key="delivered_percent_high"),
        Column("Next due", due, right=True, spare=True, key="next_deadline_due_on"),
        Column("Last word", last_word, right=True, spare=True, key="last_word_on"),
        source_column(mark),
    ]


def concession_column(
    view: View, below: Callable[[Any], str | None] = nothing
) -> Column:
    """Return the column of the concessions' titles, each with what is `below` it."""
    titles = view.state.concessions
    return Column("Concession", lambda row: titles[row.concession].title, wraps=True,
                  about=lambda row: row.concession, below=below, key="concession")  # fmt: skip


def stage_in_words(view: View, concession: str) -> str:
    """Return the stage, its day and how late a promise was kept: `met, 9 Jul, 131 days late`."""
    position = view.state.positions[concession]
    stage = "overtaken" if position.stage is Stage.MOOT else str(position.stage)
    if position.state is not ConcessionState.KEPT:
        return f"{stage}, {view.period(position.stage_on)}"
    owned = view.state.owned[concession]
    late = max((deadline.late_days or 0 for deadline in owned), default=0)
    how_late = f", {counted(late, 'day')} late" if late else ""
    return f"{stage}, {view.period(position.since)}{how_late}"


def ended_in_words(view: View, concession: str) -> str | None:
    """Return that a term ended without a word, if it did, and what other days parties name."""
    if not view.state.positions[concession].is_unknown:
        return None
    ended = f"ended {view.period(view.state.terms[concession].term_ends_on)}"
    end = view.term_end(concession)
    said = said_in_words(view, end) if end else []
    return "; ".join([ended, *(said or ["outcome unknown"])])


def until(view: View, concession: str) -> str:
    """Return until when a concession has to be kept up."""
    ends_on = view.state.terms[concession].term_ends_on
    return f"until {view.period(ends_on)}" if ends_on else "no end date"


TONES = {
    ConcessionState.KEPT: Tone.GOOD,
    ConcessionState.IN_FORCE: Tone.GOOD,
    ConcessionState.IN_DOUBT: Tone.DOUBT,
    ConcessionState.LOST: Tone.BAD,
}


def tone(row: Any) -> Tone | None:
    """Return how a terminal highlights the state of a row."""
    position: Position = row.position
    return (
        Tone.DOUBT
        if position.state_because is Because.UNKEPT
        else TONES.get(position.state)
    )

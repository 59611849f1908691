"""Where each concession stands: one line a concession."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.facts import Concession
from tracker.reports.citations import Citations
from tracker.reports.contract import document_of
from tracker.reports.frame import (
    amount,
    band_in_words,
    day,
    deadline_in_words,
    first_target,
    report,
)
from tracker.reports.grouping import by_agreement
from tracker.reports.view import View
from tracker.rules.stages import Position
from tracker.tables import NOTHING, Column, Report, Tone
from tracker.vocabulary import (
    Bucket,
    ConcessionKind,
    DeadlineKind,
    Stage,
    StageFrom,
    Standing,
)


class LatestClaim(NamedTuple):
    """The latest word of giver or receiver on the stage."""

    party: str
    stage: Stage
    on: date


class Delivered(NamedTuple):
    """How much of a target was delivered, by the lowest and the highest count, if any."""

    unit: str
    target: Decimal
    low: Decimal | None
    """The lowest count."""
    high: Decimal | None
    """The highest count."""
    percent_low: Decimal | None
    """The lowest count in percent of the target: one decimal, no sign."""
    percent_high: Decimal | None
    """The highest count in percent of the target: one decimal, no sign."""


class NextDeadline(NamedTuple):
    """The deadline that a concession faces next."""

    deadline: str
    kind: DeadlineKind
    due_on: Period
    original_due_on: Period
    slip_days: int
    days_left: int


class StatusRow(NamedTuple):
    """One concession, in the words of the JSON contract."""

    concession: str
    title: str
    agreement: str
    givers: tuple[str, ...]
    receivers: tuple[str, ...]
    sector: str
    kind: ConcessionKind
    stage: Stage
    stage_on: date
    """The day it reached this stage."""
    stage_from: StageFrom
    """What the stage rests on."""
    bucket: Bucket
    """What the stage means to the receiver."""
    latest_claim: LatestClaim | None
    """The latest claim by the giver or the receiver."""
    standing: Standing
    """What the claims of giver and receiver add up to."""
    delivered: Delivered | None
    """How much was delivered, by the lowest and the highest count."""
    next_deadline: NextDeadline | None
    """The deadline it faces next."""
    last_word_on: date | None
    """The day of the last news of it."""
    last_checked_on: date | None
    """The day somebody last looked."""


@document_of("status")
class StatusDocument(NamedTuple):
    """Where things stand, one row for each concession."""

    rows: list[StatusRow]


def status(view: View, slugs: Sequence[str] = ()) -> Report:
    """Report where concessions stand: those named, or all."""
    citations = Citations(view)
    rows = status_rows(view, slugs)
    sections = by_agreement(view, rows, columns(view, citations, rows))
    return report(view, StatusDocument(rows), [*sections, citations.section()])


def status_rows(view: View, slugs: Sequence[str] = ()) -> list[StatusRow]:
    """Return the rows of concessions that have a place as of the day."""
    return [status_row(view, one) for one in view.standing_concessions(list(slugs))]


def status_row(view: View, concession: Concession) -> StatusRow:
    """Return one concession's row."""
    position = view.positions[concession.slug]
    words = view.last_words[concession.slug]
    return StatusRow(
        concession=concession.slug,
        title=concession.title,
        agreement=concession.agreement,
        givers=concession.givers,
        receivers=concession.receivers,
        sector=concession.sector,
        kind=concession.kind,
        stage=position.stage,
        stage_on=position.on,
        stage_from=position.stage_from,
        bucket=position.bucket,
        latest_claim=_latest_claim(position),
        standing=position.standing,
        delivered=_delivered(view, concession),
        next_deadline=_next_deadline(view, concession),
        last_word_on=words.word_on,
        last_checked_on=words.checked_on,
    )


def _latest_claim(position: Position) -> LatestClaim | None:
    claim = position.latest_claim
    return LatestClaim(str(claim.says), claim.stage, claim.on) if claim else None


def _delivered(view: View, concession: Concession) -> Delivered | None:
    position = view.measured_delivery(concession)
    if position is None or position.target is None:
        return None
    span = view.bands.get(position.deadline.slug) or (None, None, None, None)
    return Delivered(str(position.unit), position.target, *span)


def _next_deadline(view: View, concession: Concession) -> NextDeadline | None:
    position = view.next_deadline(concession)
    if position is None:
        return None
    return NextDeadline(
        position.deadline.slug,
        position.deadline.kind,
        position.due_on,
        position.deadline.due_on,
        position.slip_days,
        position.days_left,
    )


# --- for people -------------------------------------------------------------------------------


def columns(
    view: View,
    citations: Citations,
    rows: Sequence[Any],
    mark: Callable[[Any], str] = lambda _: "",
) -> list[Column]:
    """Return the columns of a status table; `mark` is set before the stage.

    Where nobody has claimed anything, the standing is left out.
    """
    near = view.clocks.as_of
    claimed = any(row.standing is not Standing.UNCLAIMED for row in rows)
    cited = {row.concession: citations.cite(view.last_words[row.concession].source) for row in rows}
    return [
        Column("Concession", lambda row: row.concession, wraps=True),
        Column(
            "Gives → gets",
            lambda row: view.parties_line(view.concessions[row.concession]),
            wraps=True,
        ),
        Column("Stage", lambda row: mark(row) + stage_in_words(view, row), wraps=True, tone=tone),
        *([Column("Standing", standing_in_words, wraps=True)] if claimed else []),
        Column("Delivered", lambda row: _delivered_cell(view, row), wraps=True),
        Column(
            "Next deadline",
            lambda row: deadline_in_words(
                view.next_deadline(view.concessions[row.concession]), near
            ),
            wraps=True,
        ),
        Column(
            "Last word",
            lambda row: day(row.last_word_on, near) + cited[row.concession],
            wraps=True,
        ),
    ]


def stage_in_words(view: View, row: StatusRow) -> str:
    """Return the stage, and beside a merely declared one what a party says of it."""
    claim = claim_in_words(view, row)
    return f"{row.stage}, {claim}" if claim else row.stage


def claim_in_words(view: View, row: StatusRow) -> str:
    """Return what a party says of a stage that is merely declared."""
    if row.stage_from is not StageFrom.DECLARED or row.latest_claim is None:
        return ""
    return f"{view.short(row.latest_claim.party)} says {row.latest_claim.stage}"


def standing_in_words(row: StatusRow) -> str:
    """Return the standing, and what is agreed on where that is not the stage."""
    claim = row.latest_claim
    if row.standing is Standing.AGREED and claim and claim.stage is not row.stage:
        return f"agreed on {claim.stage}"
    return row.standing


def _delivered_cell(view: View, row: StatusRow) -> str:
    delivery = view.measured_delivery(view.concessions[row.concession])
    return delivered_in_words(row.delivered, first_target(delivery) if delivery else "")


def delivered_in_words(delivered: Delivered | None, first: str = "") -> str:
    """Return the band of what was delivered: `33–83 % of 12 MMT`; never 0 % without a count.

    `first` tells what the target first was.
    """
    if delivered is None:
        return NOTHING
    target = ", ".join([amount(delivered.target, delivered.unit), *([first] if first else [])])
    if delivered.percent_low is None or delivered.percent_high is None:
        return f"no data ({target})"
    return f"{band_in_words(delivered.percent_low, delivered.percent_high)} of {target}"


TONES = {
    Bucket.GAINED: Tone.GOOD,
    Bucket.IN_DOUBT: Tone.BAD,
    Bucket.LOST: Tone.BAD,
    Bucket.ENDED: Tone.FAINT,
}


def tone(row: StatusRow) -> Tone | None:
    """Return how a terminal sets a stage off."""
    return TONES.get(row.bucket)

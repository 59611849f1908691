"""The data of a week: each concession's state, what changed, what is due, who gained what."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.dates import Period, Week, shifted
from tracker.errors import WrongUsage
from tracker.facts import Entry
from tracker.reports.corrections import Corrections, corrections_since
from tracker.reports.deadlines import DeadlineRow, deadline_row, in_order
from tracker.reports.frame import document_of
from tracker.reports.history import standing
from tracker.reports.reworded import RewordedRow, reworded_since
from tracker.reports.sources import SourceRow
from tracker.reports.status import StatusRow, status_rows
from tracker.reports.tally import COUNTS, GainsRow, gains_rows
from tracker.reports.view import View
from tracker.rules import deadlines, risk
from tracker.rules.risk import HORIZON_DAYS, Risk
from tracker.rules.stages import Position, change_of
from tracker.tables import Flattened
from tracker.vocabulary import NEWS, Change, ConcessionState, EntryKind, Stage

SILENCE_DAYS = 14
"""After how many days without news a concession is listed as silent."""


class WeekSpan(NamedTuple):
    """The week of the report, both days inclusive."""

    week: str
    """The week: `2026-W02`."""
    start: date
    """Its Monday."""
    end: date
    """Its Sunday."""


class WeekRow(NamedTuple):
    """One concession in a week, in the words of the JSON contract."""

    status_: Flattened[StatusRow]
    previous_stage: Stage | None
    """The stage on the day before the week."""
    previous_state: ConcessionState | None
    """The state on the day before the week."""
    change: Change
    """How the stage compares with the earlier one."""

    @property
    def changed(self) -> bool:
        """Whether its stage or its state differs from that before the week."""
        now = (self.status_.stage, self.status_.state)
        return (self.previous_stage, self.previous_state) != now


class WeekGains(NamedTuple):
    """What a side has, and what it had on the day before the week."""

    gains_: Flattened[GainsRow]
    before: Mapping[str, int]
    """Its count in each state on the day before the week."""


class AtRiskRow(NamedTuple):
    """One concession at risk, in the words of the JSON contract."""

    concession: str
    receivers: tuple[str, ...]
    because: str
    """Why it is at risk: the counterpart's stage, or `ends`."""
    counterpart: str | None
    """The concession it was given in return for."""
    on: Period
    """The day the counterpart failed, or the day the term ends."""


class Silent(NamedTuple):
    """A concession without news for long."""

    concession: str
    last_word_on: date | None
    last_checked_on: date | None
    days: int
    """Days without news."""


@document_of("week")
class WeekDocument(NamedTuple):
    """The state of things and the events of the week, one row for each concession."""

    rows: list[WeekRow]
    period: WeekSpan
    """The week, from Monday to Sunday."""
    headline: str
    """The news of the week in one line."""
    gains: list[WeekGains]
    """The rows of `gains`."""
    changes: list[Entry]
    """What happened in the week, without checks."""
    reworded: list[RewordedRow]
    """The sources of which a text with other words was seen, or kept, in the week."""
    late: list[Entry]
    """What was recorded by hand in the week and happened before it; promises as of their days."""
    at_risk: list[AtRiskRow]
    """What is at risk; own terms if they end in the next 30 days."""
    due: list[DeadlineRow]
    """What is due in the next 30 days."""
    begin: list[DeadlineRow]
    """The limits that begin to bind in the next 30 days."""
    overdue: list[DeadlineRow]
    """What has passed without an outcome."""
    corrections: list[Entry]
    """What was retracted or changed in the week."""
    silent: list[Silent]
    """The concessions without news for 14 days or more."""
    sources: list[SourceRow]
    """The sources of the week, numbered as they are cited."""

    @property
    def changed(self) -> set[str]:
        """The concessions whose stage or state changed."""
        return {row.status_.concession for row in self.rows if row.changed}


def gathered(view: View, of: Week) -> tuple[WeekDocument, Corrections]:
    """Return the data of a week; its words and sources are added when it is written.

    The view is as of its end, or as of today in the current week.
    """
    if view.clocks.as_of < of.start:
        start, as_of = of.start.isoformat(), view.clocks.as_of.isoformat()
        raise WrongUsage("outside week", week=str(of), start=start, as_of=as_of)
    before = view.at(shifted(of.start, -1))
    rows = [
        _week_row(row, before.judged.positions.get(row.concession)) for row in status_rows(view)
    ]
    coming = [one for one in view.coming if deadlines.is_due_within(one, HORIZON_DAYS)]
    happened = view.among_listed(view.state.history(since=of.start))
    corrections = corrections_since(view, happened, of.start)
    found = WeekDocument(
        rows=rows,
        period=WeekSpan(str(of), of.start, of.end),
        headline="",
        gains=_week_gains(view, rows),
        changes=[one for one in standing(happened) if one.kind in NEWS],
        reworded=reworded_since(view, of.start),
        late=sorted(_late(view, of), key=lambda one: one.effective_on.last),
        at_risk=[_at_risk_row(view, one) for one in view.at_risk],
        due=in_order([deadline_row(view, position) for position in coming]),
        begin=_begin(view),
        overdue=_overdue(view),
        corrections=corrections.entries,
        silent=_silent_rows(view, rows),
        sources=[],
    )
    return found, corrections


def _late(view: View, of: Week) -> Iterator[Entry]:
    for one in standing(view.among_listed(view.state.late(of.start, of.end))):
        on = one.effective_on
        if one.kind is EntryKind.DECLARATION:
            on = view.judged.promised_on(view.state.concessions[one.subject])
        if on.last < of.start:
            yield one._replace(effective_on=on)


def _week_row(row: StatusRow, before: Position | None) -> WeekRow:
    stage, state = (before.stage, before.state) if before else (None, None)
    return WeekRow(row, stage, state, change_of(stage, row.stage))


def _at_risk_row(view: View, one: Risk) -> AtRiskRow:
    return AtRiskRow(one.concession, view.state.concessions[one.concession].receivers, *one[1:])


def _week_gains(view: View, rows: Sequence[WeekRow]) -> list[WeekGains]:
    earlier = [
        row.status_ if old is row.status_.state else row.status_._replace(state=old)
        for row in rows
        if (old := row.previous_state)
    ]
    was = {row.party: row.counts for row in gains_rows(view, earlier)}
    none = dict.fromkeys(COUNTS, 0)
    now = gains_rows(view, [row.status_ for row in rows])
    return [WeekGains(row, was.get(row.party, none)) for row in now]


def _begin(view: View) -> list[DeadlineRow]:
    as_of, listed = view.clocks.as_of, view.listed_deadlines
    coming = (one for one in listed if risk.binds_within(one, as_of, HORIZON_DAYS))
    rows = (deadline_row(view, position) for position in coming)
    return sorted(rows, key=lambda row: (row.opens_on or as_of, row.deadline))


def _overdue(view: View) -> list[DeadlineRow]:
    """Return what passed without an outcome; what ended with its agreement has a row of its own."""
    passed = [deadline_row(view, position) for position in view.overdue]
    ended = [deadline_row(view, end)._replace(concession=slug) for end, slug in view.expired]
    return in_order([*passed, *ended])


def _silent_rows(view: View, rows: Sequence[WeekRow]) -> list[Silent]:
    opened = [row.status_ for row in rows if row.status_.state not in risk.SETTLED]
    silent = (Silent(one.concession, *one[-2:], view.silence(one.concession)) for one in opened)
    return [one for one in silent if one.days >= SILENCE_DAYS]

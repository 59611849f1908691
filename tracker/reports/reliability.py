"""How reliably promises were kept, by giver or by their other properties."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from statistics import median
from typing import NamedTuple

from tracker.dates import Period
from tracker.mappings import by_key
from tracker.reports.frame import Contract, report
from tracker.reports.status import concession_column
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition, last_delivery, late_days
from tracker.rules.stages import Position, stage_of
from tracker.tables import NOTHING, Column, Holds, Report, Section, Tone, keys_of
from tracker.things import Concession
from tracker.vocabulary import Because, ConcessionState, DeadlineVerdict, Grouping, Stage

ALL = "all"
"""The group of all promises, those of several givers counted once."""
BROKEN = (Stage.BROKEN, Stage.REVERSED)
"""Stages after which a promise was not kept throughout."""


class Result(StrEnum):
    """How a promise had turned out by a day."""

    ON_TIME = "on time"
    LATE = "late"
    IN_PART = "in part"
    LOST = "lost"
    OPEN = "open"
    VOID = "void"


class ReliabilityRow(NamedTuple):
    """How a group of promises turned out, in the words of the JSON contract."""

    group: str
    """The giver, instrument, kind, sector or agreement; `all` for the total."""
    promised: int
    """How many promises there are; overtaken and unkept ones count only here."""
    due: int
    """How many were due: their last delivery day or term has passed, or they are settled."""
    on_time: int
    """How many were met by their first day, or kept up to the end of their term."""
    late: int
    """How many were met after their first day."""
    median_late_days: float | None
    """The median delay of the late ones, in days."""
    in_part: int
    """How many were due and delivered in part."""
    lost: int
    """How many were missed, broken or taken back."""
    open: int
    """How many are not decided yet."""


class ReliabilityConcession(NamedTuple):
    """One promise behind the figures."""

    concession: str
    groups: tuple[str, ...]
    """The groups that it counts in."""
    promised_on: Period
    stage: Stage
    result: Result
    """How it turned out."""
    on: Period | None
    """The day on which it was decided, if it is."""
    late_days: int | None
    due: bool
    """Whether its last delivery day or its term has passed, or it is settled."""


class ReliabilityDocument(NamedTuple):
    """The document of `reliability`."""

    rows: list[ReliabilityRow]
    by: Grouping
    """What the promises are grouped by."""
    concessions: list[ReliabilityConcession]
    """The promises behind the figures."""


RELIABILITY = Contract(
    "reliability",
    "How reliably promises were kept, one row for each group and one for all.",
    {
        "rows": keys_of(ReliabilityRow),
        "concessions": keys_of(ReliabilityConcession, hidden=["due"]),
    },
    ReliabilityDocument,
)


def reliability(view: View, by: Grouping) -> Report:
    """Report how promises turned out, by group and in total."""
    listed = [
        _listed(view, concession, by) for concession in view.standing_concessions()
    ]
    groups = by_key((group, promise) for promise in listed for group in promise.groups)
    rows = [
        _tally(group, members) for group, members in [*groups.items(), (ALL, listed)]
    ]
    label = view.short if by is Grouping.GIVER else str

    def number(key: str, row: ReliabilityRow) -> str:
        value = getattr(row, key)
        return NOTHING if value is None else f"{value:g}"

    counts = [Column("", lambda row: label(row.group), key="group")]
    for key in ReliabilityRow._fields[1:]:
        header = key.replace("_", " ").capitalize()
        counts.append(Column(header, partial(number, key), right=True, key=key))
    tones = {Result.ON_TIME: Tone.GOOD, Result.LOST: Tone.BAD}
    promises = [
        concession_column(view),
        Column("Promised", lambda row: view.period(row.promised_on), right=True),
        Column("Result", lambda row: row.result, tone=lambda row: tones.get(row.result)),
        Column("On", lambda row: view.period(row.on), right=True),
        Column("Days late", lambda row: str(row.late_days or NOTHING), right=True),
    ]
    title = f"Reliability by {by}"
    sections = [
        Section(counts, rows, title, holds=Holds.PART),
        Section(promises, listed, "The promises"),
    ]
    document = ReliabilityDocument(rows, by, listed)
    return report(view, RELIABILITY, document._asdict(), sections)


def _listed(view: View, concession: Concession, by: Grouping) -> ReliabilityConcession:
    slug = concession.slug
    state = view.state
    position = state.positions[slug]
    owned = state.owned.get(slug, ())
    result, due, late = outcome(position, owned, view.clocks.as_of)
    groups = getattr(concession, by)
    return ReliabilityConcession(
        slug,
        groups if by is Grouping.GIVER else (str(groups),),
        state.promised_on(concession),
        position.stage,
        result,
        on=None if result is Result.OPEN else position.since,
        late_days=late,
        due=due,
    )


def _tally(group: str, promises: Sequence[ReliabilityConcession]) -> ReliabilityRow:
    """Count how a group of promises turned out."""
    counts = Counter(row.result for row in promises)
    late = [
        row.late_days for row in promises if row.result is Result.LATE and row.late_days
    ]
    return ReliabilityRow(
        group,
        promised=len(promises),
        due=sum(row.due for row in promises),
        median_late_days=median(late) if late else None,
        **{
            result.name.lower(): counts[result]
            for result in Result
            if result is not Result.VOID
        },
    )


def outcome(
    position: Position, owned: Iterable[DeadlinePosition], as_of: date
) -> tuple[Result, bool, int | None]:
    """Return how one promise turned out, whether it was due, and how many days late it was met.

    `owned` are its deadlines. What has lapsed counts as it was before. It is 0 days late if it was
    met in time, and None if it was not met or had no day.
    """
    last = last_delivery(owned)
    term = position.term
    stage = position.stage
    since = position.since
    late = None
    if before := position.kept:
        ends_on = term.term_ends_on
        at_its_end = not term.holds or (
            ends_on is not None and position.on >= ends_on.last
        )
        stage = stage_of(before) if at_its_end else Stage.PARTIAL
        since = before.effective_on
    if stage is Stage.MET and last and not term.holds:
        met_on = last.outcome_on if last.verdict is DeadlineVerdict.MET else None
        late = late_days(last.original_due_on, (met_on or since).first)
    was_kept_to_end = position.state_because is Because.KEPT_TO_END
    is_kept = position.state is ConcessionState.KEPT or was_kept_to_end
    is_lost = position.state is ConcessionState.LOST
    due = (
        is_kept
        or is_lost
        or term.is_over(as_of)
        or (last is not None and not last.ahead)
    )
    if is_lost:
        return Result.LOST, due, late
    if position.state is ConcessionState.OVER and not is_kept:
        return Result.VOID, False, late
    if is_kept and stage is Stage.MET:
        return Result.LATE if late else Result.ON_TIME, due, late
    is_part = due and (is_kept or position.state is ConcessionState.IN_PART)
    return Result.IN_PART if is_part else Result.OPEN, due, late

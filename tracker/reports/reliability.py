"""How reliably promises were kept, by giver or by their other properties."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tracker.dates import Period
from tracker.groups import by_key
from tracker.reports.frame import document_of, report
from tracker.reports.view import View
from tracker.rules.reliability import Kept, Result, Tally, kept, tally
from tracker.rules.stages import last_agreed
from tracker.tables import NOTHING, Column, Flattened, Report, Section, Tone, table
from tracker.things import Concession
from tracker.vocabulary import Grouping, Stage

ALL = "all"
"""The group of all promises, those of several givers counted once."""
BROKEN = (Stage.BROKEN, Stage.REVERSED)
"""Stages after which a promise was not kept throughout."""


class ReliabilityRow(NamedTuple):
    """How a group of promises turned out, in the words of the JSON contract."""

    group: str
    """The giver, instrument, kind, sector or agreement; `all` for the total."""
    tally: Flattened[Tally]


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


@document_of("reliability")
class ReliabilityDocument(NamedTuple):
    """How reliably promises were kept, one row for each group and one for all."""

    rows: list[ReliabilityRow]
    by: Grouping
    """What the promises are grouped by."""
    concessions: list[ReliabilityConcession]
    """The promises behind the figures."""


GROUPS: dict[Grouping, Callable[[Concession], tuple[str, ...]]] = {
    Grouping.GIVER: lambda one: one.givers,
    Grouping.INSTRUMENT: lambda one: (one.instrument.value,),
    Grouping.KIND: lambda one: (one.kind.value,),
    Grouping.SECTOR: lambda one: (one.sector,),
    Grouping.AGREEMENT: lambda one: (one.agreement,),
}
"""The groups that a promise counts in."""


def reliability(view: View, by: Grouping) -> Report:
    """Report how promises turned out, by group and in total."""
    found = {one.slug: _kept(view, one.slug) for one in view.standing_concessions()}
    groups = by_key(
        (group, one)
        for slug, one in found.items()
        for group in GROUPS[by](view.state.concessions[slug])
    )
    counted = [*groups.items(), (ALL, [*found.values()])]
    rows = [ReliabilityRow(group, tally(promises)) for group, promises in counted]
    listed = [_listed(view, slug, one, by) for slug, one in found.items()]
    return report(view, ReliabilityDocument(rows, by, listed), _sections(view, rows, listed, by))


def _kept(view: View, slug: str) -> Kept:
    return kept(
        view.judged.positions[slug],
        view.judged.owned.get(slug, ()),
        view.clocks.as_of,
        was_broken=_was_broken(view, slug),
    )


def _was_broken(view: View, slug: str) -> bool:
    """Return whether a verdict or, without another one, both sides called a promise broken once."""
    verdicts, claims = view.state.verdicts(slug), view.state.claims(slug)
    if verdicts and verdicts[-1].stage is not Stage.LAPSED:
        claims = []
    both = last_agreed(view.judged.sides[slug], claims)
    return any(one.stage in BROKEN for one in (*verdicts, *both))


def _listed(view: View, slug: str, one: Kept, by: Grouping) -> ReliabilityConcession:
    position, concession = view.judged.positions[slug], view.state.concessions[slug]
    return ReliabilityConcession(
        concession=slug,
        groups=GROUPS[by](concession),
        promised_on=view.judged.promised_on(concession),
        stage=position.stage,
        result=one.result,
        on=None if one.result is Result.OPEN else view.judged.positions[slug].since,
        late_days=one.late_days,
    )


def _sections(
    view: View,
    rows: Sequence[ReliabilityRow],
    listed: Sequence[ReliabilityConcession],
    by: Grouping,
) -> list[Section]:
    named = view.short if by is Grouping.GIVER else str
    counts = [
        Column("", lambda row: named(row.group), key="group"),
        Column("Promised", lambda row: str(row.tally.promised), right=True),
        Column("Due", lambda row: str(row.tally.due), right=True),
        Column("On time", lambda row: str(row.tally.on_time), right=True),
        Column("Late", lambda row: str(row.tally.late), right=True),
        Column("Median days late", _median_days_late, right=True),
        Column("In part", lambda row: str(row.tally.in_part), right=True),
        Column("Lost", lambda row: str(row.tally.lost), right=True),
        Column("Open", lambda row: str(row.tally.open), right=True),
    ]
    tones = {Result.ON_TIME: Tone.GOOD, Result.LOST: Tone.BAD}
    promises = [
        Column(
            "Concession",
            lambda row: view.state.concessions[row.concession].title,
            wraps=True,
            about=lambda row: row.concession,
        ),
        Column("Promised", lambda row: view.period(row.promised_on), right=True),
        Column("Result", lambda row: row.result, tone=lambda row: tones.get(row.result)),
        Column("On", lambda row: view.period(row.on), right=True),
        Column("Days late", lambda row: str(row.late_days or NOTHING), right=True),
    ]
    return [table(counts, rows, f"Reliability by {by}"), table(promises, listed, "The promises")]


def _median_days_late(row: ReliabilityRow) -> str:
    days = row.tally.median_late_days
    return NOTHING if days is None else f"{days:g}"

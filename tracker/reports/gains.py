"""Who gained what, for people: the counts, then each side's concessions by name."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.compare import compare
from tracker.dates import Period, in_words
from tracker.errors import WrongUsage
from tracker.groups import by_key
from tracker.reports.delivered import each_in_words, excess, in_brief
from tracker.reports.frame import (
    document_of,
    is_plural,
    joined,
    parties,
    report,
    rows_by_agreement,
    sentence,
)
from tracker.reports.status import StatusRow, ended_in_words, status_rows, tone, until
from tracker.reports.tally import (
    GainsRow,
    gains_rows,
    listed_sides,
    side_of,
    state_columns,
    states_before,
)
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Flattened, Report, Section, table
from tracker.vocabulary import STATES, Because, ConcessionState, Role, Stage

COUNTED = "Concessions are counted, not weighed: one may matter more than ten others."
EXPLAINED = (ConcessionState.KEPT, ConcessionState.IN_FORCE, ConcessionState.IN_DOUBT)
"""The states whose names do not say what they mean."""
TITLES = {Role.RECEIVER: "Who gained what", Role.GIVER: "Who gave what"}
PREPOSITIONS = {Role.RECEIVER: "from", Role.GIVER: "to"}
MEASURED = (ConcessionState.IN_PART, ConcessionState.UNDER_WAY)
"""States in which the delivered amount says more than the stage and its day."""
VERBS = {Role.RECEIVER: "gets", Role.GIVER: "gives"}


class GainedConcession(NamedTuple):
    """One concession, listed under the side that gets it, or gives it."""

    party: str
    """The party it was promised to; by giver, the party that promised it."""
    concession: str
    title: str
    givers: tuple[str, ...]
    stage: Stage
    state: ConcessionState
    state_because: Because | None
    since: Period
    """The day of the latest word that it is at this stage."""
    was: ConcessionState | None
    """Its state on the day to compare with, if that is given and the state differs."""


class AgreementGains(NamedTuple):
    """What a side gets, or gives, by one agreement."""

    agreement: str
    gains_: Flattened[GainsRow]


@document_of("gains")
class GainsDocument(NamedTuple):
    """How many concessions are in each state, one row for each party."""

    rows: list[GainsRow]
    by_agreement: list[AgreementGains]
    """The counts by agreement and party."""
    concessions: list[GainedConcession]
    """The concessions, by party and state."""


def gains(view: View, by: Role = Role.RECEIVER, since: date | None = None) -> Report:
    """Report which side gained or gave what: never one score, and no sums of unlike units.

    With `since`, concessions that were in another state on that day are marked.
    """
    if since and since > (last := view.clocks.as_of):
        raise WrongUsage("backward span", start=str(since), end=str(last))
    rows, was = status_rows(view), None
    if since:
        was = states_before(compare(view.at(since).judged, view.judged))
    own = rows_by_agreement(view, rows)
    of_each = {slug: gains_rows(view, own[slug], by, was) for slug in view.state.agreements}
    found = GainsDocument(
        rows=gains_rows(view, rows, by, was),
        by_agreement=[AgreementGains(slug, row) for slug, own in of_each.items() for row in own],
        concessions=_by_party(view, rows, by, was or {}),
    )
    tallies = [*_tallies(view, found.rows, of_each, by, since)]
    if since and not {row.concession for row in rows} & (was or {}).keys():
        tallies[-1] = tallies[-1]._replace(lines=(sentence(f"{_since(since)}: no change."),))
    lists = _lists(view, rows, found.concessions, by)
    sections = [*tallies, *lists, Section(lines=(COUNTED,))]
    return report(view, found, sections, title=TITLES[by].lower())


def _by_party(
    view: View, rows: Sequence[StatusRow], by: Role, was: Mapping[str, ConcessionState | None]
) -> list[GainedConcession]:
    """Return the concessions by side and state, in the book's order within each."""
    sides = {party: place for place, party in enumerate(view.state.parties)}
    states = {state: place for place, state in enumerate(ConcessionState)}
    listed = []
    for row in rows:
        said = (*row[:2], row.givers, row.stage, row.state, row.state_because, row.stage_on)
        earlier = was.get(row.concession)
        listed += [GainedConcession(party, *said, earlier) for party in side_of(view, row, by)]
    return sorted(listed, key=lambda one: (sides[one.party], states[one.state]))


def _tallies(
    view: View,
    tally: Sequence[GainsRow],
    of_each: Mapping[str, Sequence[GainsRow]],
    by: Role,
    since: date | None,
) -> Iterator[Section]:
    """Yield a table for each agreement in view and, if there are several, one for all together."""
    title, several = TITLES[by], len(view.state.agreements) > 1
    if several:
        for slug, own in of_each.items():
            if view.choice.narrows and not own:
                continue
            yield _tally(view, own, f"{title} · {view.state.agreements[slug].title}")
        title = f"{title} · all agreements together"
    yield _tally(view, tally, title, since)


def _tally(view: View, tally: Sequence[GainsRow], title: str, since: date | None = None) -> Section:
    """Return the distribution of each side, with the counts that changed since a day."""

    def count(key: str, row: GainsRow) -> str:
        return str(row.counts[key] or NOTHING)

    shown = listed_sides(view, tally)
    columns = [
        Column(
            "",
            lambda row: view.state.parties[row.party].name,
            below=partial(_below, since),
            key="party",
        ),
        *state_columns(shown, count),
    ]
    used = (state for state in EXPLAINED if any(column.header == state for column in columns))
    meanings = [f"{state.capitalize()}: {STATES[state]}." for state in used]
    return table(columns, shown, title)._replace(remark=" ".join([*meanings, COUNTED]))


def _below(since: date | None, row: GainsRow) -> str | None:
    """Return how many await a verdict, why others are over, and the counts that changed."""
    many = row.await_verdict
    lines = [f"{many} {'awaits' if many == 1 else 'await'} your verdict"] if many else []
    lines += [str(row.over_because)] if row.over else []
    if since and row.before and row.before != row.counts:
        counts = zip(ConcessionState, row.before.values(), row.states, strict=True)
        changes = [f"{state} {was} → {now}" for state, was, now in counts if was != now]
        lines.append(f"{_since(since)}: {', '.join(changes)}")
    return "; ".join(lines) or None


def _since(day: date) -> str:
    return f"since {in_words(day, date.min)}"


def _lists(
    view: View, rows: Sequence[StatusRow], listed: Sequence[GainedConcession], by: Role
) -> Iterator[Section]:
    """Yield what each side gets, or gives, by state, with one line per concession."""
    by_slug = {row.concession: row for row in rows}
    for party, own in by_key((one.party, one) for one in listed).items():
        others = [*dict.fromkeys(_others(view, one, by) for one in own)]
        name = view.state.parties[party].name
        verb = VERBS[by].removesuffix("s") if is_plural(name) else VERBS[by]
        title = f"{name} {verb}"
        if len(others) == 1:
            title = f"{title} {PREPOSITIONS[by]} {parties(view, others[0])}"
        columns = [
            Column("State", lambda one: one.state, tone=tone, once=True),
            Column(
                "Concession",
                lambda one: one.title,
                wraps=True,
                about=lambda one: one.concession,
                below=partial(_return, view),
            ),
            Column("Detail", lambda one: _detail(view, by_slug[one.concession], one), wraps=True),
        ]
        if len(others) > 1:
            named = Column(
                PREPOSITIONS[by].capitalize(),
                lambda one: view.shorts(_others(view, one, by)),
                wraps=True,
            )
            columns.insert(2, named)
        yield table(columns, own, title)


def _others(view: View, one: GainedConcession, by: Role) -> tuple[str, ...]:
    """Return the other side; nobody gets from itself what several promise each other."""
    concession = view.state.concessions[one.concession]
    others = concession.receivers if by is Role.GIVER else concession.givers
    return tuple(party for party in others if party != one.party) or others


def _detail(view: View, row: StatusRow, one: GainedConcession) -> str:
    """Return the main detail of a concession in its state, and its earlier state."""
    was = f"was {one.was}" if one.was else ""
    awaits = "awaits your verdict" if row.concession in view.judged.reached else ""
    return "; ".join(part for part in (was, _state(view, row), awaits) if part)


def _state(view: View, row: StatusRow) -> str:
    """Return how much is delivered, until when it holds, or its stage and day.

    What is in doubt or lost has both: how far it came does not say why.
    """
    if row.state is ConcessionState.IN_FORCE:
        over = each_in_words(view, row.figures, lambda *of: "".join(excess(*of)))
        return "; ".join(filter(None, [until(view, row), over]))
    figure = each_in_words(view, row.figures, in_brief)
    if row.state is ConcessionState.PROMISED or (figure and row.state in MEASURED):
        return figure
    is_failing = row.state in (ConcessionState.IN_DOUBT, ConcessionState.LOST)
    return "; ".join(filter(None, [_stage(view, row), figure if is_failing else ""]))


def _stage(view: View, row: StatusRow) -> str:
    """Return a stage and its day, or that a term ended without a word."""
    if row.state_because is Because.TERM_ENDED:
        return ended_in_words(view, row.concession)
    stage = "overtaken" if row.stage is Stage.MOOT else row.stage
    return f"{stage}, {view.stage_day(row.concession)}"


def _return(view: View, one: GainedConcession) -> str | None:
    """Return what it was given in return for, with states."""
    counterparts = [
        f"{view.state.record.concessions[slug].title} ({view.judged.counterparts[slug].state})"
        for slug in view.judged.in_return_for[one.concession]
        if slug in view.judged.counterparts
    ]
    return f"in return for {joined(counterparts)}" if counterparts else None

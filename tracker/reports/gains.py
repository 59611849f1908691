"""Who gained what, for people: the counts, then each side's concessions by name."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.dates import Period, in_words
from tracker.errors import WrongUsage
from tracker.mappings import by_key
from tracker.reports.changes import differences, states_before
from tracker.reports.counts import excess_in_words, so_far
from tracker.reports.frame import Contract, by_agreement, report
from tracker.reports.status import (
    POSITION,
    concession_column,
    ended_in_words,
    stage_in_words,
    tone,
    until,
)
from tracker.reports.view import View
from tracker.rules.stages import Position
from tracker.tables import NOTHING, Column, Holds, Report, Section, keys_of
from tracker.vocabulary import Because, ConcessionState, Role

COUNTED = "Concessions are counted, not weighed: one may matter more than ten others."
TITLES = {Role.RECEIVER: "Who gained what", Role.GIVER: "Who gave what"}
PROMISED = {Role.RECEIVER: "Promised to", Role.GIVER: "Promised by"}
OTHERS = {Role.RECEIVER: "From", Role.GIVER: "To"}
MEASURED = (ConcessionState.IN_PART, ConcessionState.UNDER_WAY)
"""States in which the delivered amount says more than the stage and its day."""
REASONS = (Because.KEPT_TO_END, Because.UNKEPT, Because.OVERTAKEN)
"""The reasons for which a concession can be over, in the order of `OverBecause`."""


class OverBecause(NamedTuple):
    """Why concessions are over, counted."""

    kept_to_end: int
    """How many were met, or met in part, until their term ended."""
    unkept: int
    """How many ran out before they were kept."""
    overtaken: int
    """How many were overtaken by law or events, or dropped by both sides."""

    def __str__(self) -> str:
        """Return it in words: `4 kept to the end, 1 overtaken`."""
        words = zip(
            self, ("kept to the end", "ran out unkept", "overtaken"), strict=True
        )
        return ", ".join(f"{count} {what}" for count, what in words if count)


class StateCounts(NamedTuple):
    """How many concessions are in each state, in the order of the states."""

    kept: int
    """How many are `kept`."""
    in_force: int
    """How many are `in force`."""
    in_part: int
    """How many are `in part`."""
    under_way: int
    """How many are `under way`."""
    promised: int
    """How many are `promised`."""
    in_doubt: int
    """How many are `in doubt`."""
    lost: int
    """How many are `lost`."""
    over: int
    """How many are `over`."""


class GainsRow(NamedTuple):
    """How many of the concessions that a side gets, or gives, are in each state."""

    party: str
    """The party they were promised to; by giver, the party that promised them."""
    counts: StateCounts
    over_because: OverBecause
    """Why those are over."""
    await_verdict: int
    """How many of them have reached their targets and await your verdict."""
    before: StateCounts | None
    """Its counts before the week, or on the day of `--since`; null without that option."""


class GainedConcession(NamedTuple):
    """One concession, listed under the side that gets it, or gives it."""

    party: str
    """The party it was promised to; by giver, the party that promised it."""
    concession: str
    title: str
    givers: tuple[str, ...]
    position: Position
    since: Period
    """The day of the latest word that it is at this stage."""
    was: ConcessionState | None
    """Its state on the day to compare with, if that is given and the state differs."""


class AgreementGains(NamedTuple):
    """What a side gets, or gives, by one agreement."""

    agreement: str
    gains_: GainsRow


class GainsDocument(NamedTuple):
    """The document of `gains`."""

    rows: list[GainsRow]
    by_agreement: list[AgreementGains]
    """The counts by agreement and party."""
    concessions: list[GainedConcession]
    """The concessions, by party and state."""


COUNTS = keys_of(StateCounts)
GAINS_ROW = keys_of(
    GainsRow,
    flat={"counts": COUNTS},
    row={"over_because": keys_of(OverBecause), "before": COUNTS},
)
GAINS = Contract(
    "gains",
    "How many concessions are in each state, one row for each party.",
    {
        "rows": GAINS_ROW,
        "by_agreement": keys_of(AgreementGains, flat={"gains_": GAINS_ROW}),
        "concessions": keys_of(GainedConcession, flat={"position": POSITION}),
    },
    GainsDocument,
)


def gains(view: View, by: Role = Role.RECEIVER, since: date | None = None) -> Report:
    """Report which side gained or gave what: never one score, and no sums of unlike units.

    With `since`, concessions that were in another state on that day are marked.
    """
    was = None
    span = ""
    if since:
        as_of = view.clocks.as_of
        if since > as_of:
            raise WrongUsage("backward span", start=str(since), end=str(as_of))
        span = f"since {in_words(since, date.min)}"
        was = states_before(differences(view.at(since), view))
    listed = gained(view, by, was)
    title = TITLES[by]
    of_agreement = by_key((view.agreement_of(gain.concession), gain) for gain in listed)
    of_each = []
    for slug in view.state.agreements:
        for row in gains_rows(view, of_agreement[slug], was):
            of_each.append(AgreementGains(slug, row))
    document = GainsDocument(gains_rows(view, listed, was), of_each, listed)
    sections = [
        _tally(view, [row.gains_ for row in rows], name, span)
        for rows, name in by_agreement(view, of_each, title)
    ]
    if len(sections) > 1:
        sections.append(
            _tally(view, document.rows, f"{title} · all agreements together", span)
        )
    if since and not any(gain.was for gain in listed):
        sections.append(Section(lines=(f"No change {span}.",)))
    sections += [*_lists(view, listed, by), Section(lines=(COUNTED,))]
    return report(view, GAINS, document._asdict(), sections, title=title.lower())


def gained(
    view: View,
    by: Role = Role.RECEIVER,
    was: Mapping[str, ConcessionState | None] | None = None,
) -> list[GainedConcession]:
    """Return the concessions by side and state, in the book's order within each.

    With a filter of sides, only those that it names. `was` holds the states that differ from those
    of an earlier day, as they were on that day.
    """
    gives = by is Role.GIVER
    listed = []
    chosen = view.choice.givers if gives else view.choice.receivers
    for concession in view.standing_concessions():
        slug = concession.slug
        position = view.state.positions[slug]
        state_before = was.get(slug) if was else None
        sides = concession.giver if gives else concession.receiver
        for party in sides:
            if chosen and party not in chosen:
                continue
            gain = GainedConcession(
                party,
                slug,
                concession.title,
                concession.giver,
                position,
                position.stage_on,
                state_before,
            )
            listed.append(gain)
    parties = {party: place for place, party in enumerate(view.state.parties)}
    states = {state: place for place, state in enumerate(ConcessionState)}
    return sorted(
        listed, key=lambda gain: (parties[gain.party], states[gain.position.state])
    )


def _tally(view: View, tally: Sequence[GainsRow], title: str, since: str) -> Section:
    """Return the distribution of each side, with the counts that changed since a day."""
    shown = listed_sides(view, tally)
    names = {row.party: view.state.parties[row.party].name for row in shown}
    parties = Column(
        "", lambda row: names[row.party], below=partial(_below, since), key="party"
    )
    columns = [
        parties,
        *state_columns(shown, lambda place, row: str(row.counts[place] or NOTHING)),
    ]
    return Section(columns, shown, title, holds=Holds.ALIKE)


def _below(since: str, row: GainsRow) -> str | None:
    """Return how many await a verdict, why others are over, and the counts that changed."""
    many = row.await_verdict
    lines = [f"{many} {'awaits' if many == 1 else 'await'} your verdict"] if many else []
    lines.append(str(row.over_because))
    if since and row.before and row.before != row.counts:
        counts = zip(ConcessionState, row.before, row.counts, strict=True)
        changes = [f"{state} {was} → {now}" for state, was, now in counts if was != now]
        lines.append(f"{since}: {', '.join(changes)}")
    return "; ".join(filter(None, lines)) or None


def _lists(
    view: View, listed: Sequence[GainedConcession], by: Role
) -> Iterator[Section]:
    """Yield what each side gets, or gives, by state, with one line per concession."""

    def others(gain: GainedConcession) -> str:
        """Return the other side; nobody gets from itself what several promise each other."""
        concession = view.state.concessions[gain.concession]
        side = concession.receiver if by is Role.GIVER else concession.giver
        return view.shorts([party for party in side if party != gain.party] or side)

    columns = [
        Column("State", lambda gain: gain.position.state, tone=tone),
        concession_column(view),
        Column(OTHERS[by], others, wraps=True),
        Column("Detail", partial(_detail, view), wraps=True),
    ]
    for party, rows in by_key((gain.party, gain) for gain in listed).items():
        yield Section(columns, rows, f"{PROMISED[by]} {view.short(party)}")


def _detail(view: View, gain: GainedConcession) -> str:
    """Return the main detail of a concession in its state, and its earlier state.

    It is how much is delivered, until when it holds, or its stage and day.
    """
    slug = gain.concession
    state = gain.position.state
    stage = ended_in_words(view, slug) or stage_in_words(view, slug)
    is_counted = state is ConcessionState.LOST or not gain.position.is_settled
    figure = so_far(view, slug) if is_counted else ""
    words = [f"was {gain.was}"] if gain.was else []
    if state is ConcessionState.IN_FORCE:
        words.append(until(view, slug))
        words += [excess_in_words(view, limit) for limit in view.measured[slug]]
    elif state is ConcessionState.PROMISED or (figure and state in MEASURED):
        words.append(figure)
    else:  # how far it came does not say why it failed
        words += [stage, figure]
    if slug in view.reached:
        words.append("awaits your verdict")
    return "; ".join(filter(None, words))


def gains_rows(
    view: View,
    listed: Sequence[GainedConcession],
    was: Mapping[str, ConcessionState | None] | None = None,
) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view; see `gained`."""
    parties = set[str]()
    for gain in listed:
        promise = view.state.concessions[gain.concession]
        parties.update(promise.giver, promise.receiver)
    by_party = by_key((gain.party, gain) for gain in listed)
    tally = []
    for party in view.state.parties:
        if party not in parties:
            continue
        gains = by_party[party]
        states = Counter(gain.position.state for gain in gains)
        reasons = Counter(gain.position.state_because for gain in gains)
        before = None
        if was is not None:
            earlier = Counter(
                was.get(gain.concession, gain.position.state) for gain in gains
            )
            before = StateCounts(*[earlier[state] for state in ConcessionState])
        row = GainsRow(
            party,
            StateCounts(*[states[state] for state in ConcessionState]),
            OverBecause(*[reasons[because] for because in REASONS]),
            await_verdict=sum(gain.concession in view.reached for gain in gains),
            before=before,
        )
        tally.append(row)
    return tally


def listed_sides(view: View, tally: Sequence[GainsRow]) -> list[GainsRow]:
    """Return the sides that a table lists.

    Members of a bloc to which nothing was promised are left out; with a filter, so is everybody
    to whom nothing was.
    """
    narrow = view.choice.narrows
    part_of = view.state.record.part_of
    return [
        row for row in tally if any(row.counts) or not (narrow or part_of[row.party])
    ]


def state_columns(
    tally: Sequence[GainsRow], cell: Callable[[int, GainsRow], str]
) -> Iterator[Column]:
    """Yield a column for each state in which somebody has, or had, a concession."""
    for place, state in enumerate(ConcessionState):
        if any(row.counts[place] or (row.before and row.before[place]) for row in tally):
            yield Column(
                state, partial(cell, place), right=True, key=StateCounts._fields[place]
            )

"""How many concessions each side has in each state: the counts, and a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import STATES, Because, ConcessionState, Role

COUNTED = "Concessions are counted, not weighed: one may matter more than ten others."
EXPLAINED = (ConcessionState.KEPT, ConcessionState.IN_FORCE, ConcessionState.IN_DOUBT)
"""The states whose names do not say what they mean."""


class OverBecause(NamedTuple):
    """Why concessions are over, counted."""

    kept_to_end: int
    """How many were met, or met in part, until their term ended."""
    unkept: int
    """How many ran out before they were kept."""
    overtaken: int
    """How many were overtaken by law or events, or dropped by both sides."""

    def __str__(self) -> str:
        """Return it in words: `4 kept to their end, 1 overtaken`."""
        end = "its end" if self.kept_to_end == 1 else "their end"
        words = zip(self, (f"kept to {end}", "ran out unkept", "overtaken"), strict=True)
        return ", ".join(f"{count} {what}" for count, what in words if count)


class GainsRow(NamedTuple):
    """How many of the concessions that a side gets, or gives, are in each state."""

    party: str
    """The party they were promised to; by giver, the party that promised them."""
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
    over_because: OverBecause
    """Why those are over."""
    await_verdict: int
    """How many of them have reached their targets and await your verdict."""

    @property
    def counts(self) -> dict[str, int]:
        """Its counts, by their keys."""
        return {key: getattr(self, key) for key in COUNTS}

    @property
    def states(self) -> tuple[int, ...]:
        """Its counts, in the order of the states."""
        return tuple(self.counts.values())


COUNTS = GainsRow._fields[1 : 1 + len(ConcessionState)]
"""The fields that count states, in the order of the states."""


class Before(NamedTuple):
    """Each side's counts on another day, and the name of that day."""

    counts: Mapping[str, Mapping[str, int]]
    words: str


def gains_rows(view: View, rows: Sequence[StatusRow], by: Role = Role.RECEIVER) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view."""
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    own: dict[str, list[StatusRow]] = {one: [] for one in view.state.parties if one in parties}
    for row in rows:
        for party in side_of(view, row, by):
            own[party].append(row)
    return [_gains(view, party, rows) for party, rows in own.items()]


def _gains(view: View, party: str, rows: Sequence[StatusRow]) -> GainsRow:
    states = Counter(row.state for row in rows)
    reasons = Counter(row.state_because for row in rows)
    over = map(reasons.__getitem__, (Because.KEPT_TO_END, Because.UNKEPT, Because.OVERTAKEN))
    counts = {key: states[state] for key, state in zip(COUNTS, ConcessionState, strict=True)}
    awaiting = sum(row.concession in view.judged.reached for row in rows)
    return GainsRow(party, **counts, over_because=OverBecause(*over), await_verdict=awaiting)


def side_of(view: View, row: StatusRow, by: Role) -> list[str]:
    """Return the givers or the receivers of a concession: with such a filter, those it names."""
    gives = by is Role.GIVER
    named = view.choice.givers if gives else view.choice.receivers
    return [one for one in (row.givers if gives else row.receivers) if not named or one in named]


def tally_section(
    view: View, tally: Sequence[GainsRow], title: str, before: Before | None = None
) -> Section:
    """Return the distribution of each side, with the counts that changed since a day.

    States that are empty for everybody are left out, and so are members of a bloc to which nothing
    was promised; with a filter, everybody to whom nothing was.
    """
    used = [one for at, one in enumerate(ConcessionState) if any(row.states[at] for row in tally)]
    below = partial(_below, before)
    columns = [
        Column("", lambda row: view.state.parties[row.party].name, below=below, key="party"),
        *(Column(state, partial(_count, state), right=True) for state in used),
    ]
    narrow = view.choice.narrows
    part_of = view.state.record.part_of
    shown = [row for row in tally if any(row.states) or not (narrow or part_of[row.party])]
    explained = (state for state in used if state in EXPLAINED)
    meanings = [f"{state.capitalize()}: {STATES[state]}." for state in explained]
    return table(columns, shown, title)._replace(bars=" ".join([*meanings, COUNTED]))


def _count(state: ConcessionState, row: GainsRow) -> str:
    return str(row.counts[COUNTS[[*ConcessionState].index(state)]] or NOTHING)


def _below(before: Before | None, row: GainsRow) -> str | None:
    """Return how many await a verdict, why others are over, and the counts that changed."""
    many = row.await_verdict
    lines = [f"{many} {'awaits' if many == 1 else 'await'} your verdict"] if many else []
    lines += [str(row.over_because)] if row.over else []
    if before is not None:
        was = before.counts.get(row.party, dict.fromkeys(COUNTS, 0))
        changes = [f"{state} {old} → {now}" for state, old, now in _changed(row, was)]
        lines += [f"{before.words}: {', '.join(changes)}"] if changes else []
    return "; ".join(lines) or None


def _changed(row: GainsRow, was: Mapping[str, int]) -> list[tuple[ConcessionState, int, int]]:
    """Return each state whose count differs, with the counts before and now."""
    counts = zip(ConcessionState, map(was.__getitem__, COUNTS), row.states, strict=True)
    return [(state, old, count) for state, old, count in counts if old != count]

"""How many concessions each side has in each state."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tracker.compare import Difference, What
from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.tables import Column
from tracker.vocabulary import Because, ConcessionState, Role


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
    before: Mapping[str, int] | None
    """Its counts before the week, or on the day of `--since`; null without that option."""

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


def states_before(differences: Iterable[Difference]) -> dict[str, ConcessionState | None]:
    """Return the earlier states of concessions whose state differs; None of one that is new."""
    moved = [one for one in differences if one.what is What.STATE]
    states = {one.subject: [at and at[1] for at in (one.before, one.after)] for one in moved}
    return {slug: was for slug, (was, now) in states.items() if was is not now}


def gains_rows(
    view: View,
    rows: Sequence[StatusRow],
    by: Role = Role.RECEIVER,
    was: Mapping[str, ConcessionState | None] | None = None,
) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view.

    `was` holds the states that differ from those of an earlier day, as they were on that day.
    """
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    own: dict[str, list[StatusRow]] = {one: [] for one in view.state.parties if one in parties}
    for row in rows:
        for party in side_of(view, row, by):
            own[party].append(row)
    return [_gains(view, party, rows, was) for party, rows in own.items()]


def _gains(
    view: View,
    party: str,
    rows: Sequence[StatusRow],
    was: Mapping[str, ConcessionState | None] | None,
) -> GainsRow:
    reasons = Counter(row.state_because for row in rows)
    over = map(reasons.__getitem__, (Because.KEPT_TO_END, Because.UNKEPT, Because.OVERTAKEN))
    before = None
    if was is not None:
        before = _counts(was.get(row.concession, row.state) for row in rows)
    return GainsRow(
        party,
        **_counts(row.state for row in rows),
        over_because=OverBecause(*over),
        await_verdict=sum(row.concession in view.judged.reached for row in rows),
        before=before,
    )


def _counts(states: Iterable[ConcessionState | None]) -> dict[str, int]:
    counts = Counter(states)
    return {key: counts[state] for key, state in zip(COUNTS, ConcessionState, strict=True)}


def side_of(view: View, row: StatusRow, by: Role) -> list[str]:
    """Return the givers or the receivers of a concession: with such a filter, those it names."""
    gives = by is Role.GIVER
    named = view.choice.givers if gives else view.choice.receivers
    return [one for one in (row.givers if gives else row.receivers) if not named or one in named]


def listed_sides(view: View, tally: Sequence[GainsRow]) -> list[GainsRow]:
    """Return the sides that a table lists.

    Members of a bloc to which nothing was promised are left out; with a filter, so is everybody
    to whom nothing was.
    """
    narrow, part_of = view.choice.narrows, view.state.record.part_of
    return [row for row in tally if any(row.states) or not (narrow or part_of[row.party])]


def state_columns(
    tally: Sequence[GainsRow], cell: Callable[[str, GainsRow], str]
) -> Iterator[Column]:
    """Yield a column for each state in which somebody has, or had, a concession."""
    for key, state in zip(COUNTS, ConcessionState, strict=True):
        if any(row.counts[key] or (row.before or {}).get(key) for row in tally):
            yield Column(state, partial(cell, key), right=True)

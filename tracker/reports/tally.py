"""How many concessions each side has in each bucket: the counts, and a table."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Bucket, Role

COUNTED = "Concessions are counted, not weighed: one may matter more than ten others."
MEANINGS: Mapping[Bucket, str] = {
    Bucket.GAINED: "delivered in full",
    Bucket.HOLDING: "in force, and has to stay so",
    Bucket.IN_DOUBT: "stalled, or outcome unknown",
    Bucket.EXPIRED: "kept until its term ended",
    Bucket.VOID: "overtaken by law, dropped, or lapsed before it was kept",
}
"""The meanings of buckets whose names do not say it, as short as possible."""


class GainsRow(NamedTuple):
    """How many of the concessions that a side gets, or gives, are in each bucket."""

    party: str
    """The party they were promised to; by giver, the party that promised them."""
    gained: int
    """How many are `gained`."""
    holding: int
    """How many are `holding`."""
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
    expired: int
    """How many are `expired`."""
    void: int
    """How many are `void`."""

    @property
    def counts(self) -> dict[str, int]:
        """Its counts, by their keys."""
        return dict(zip(COUNTS, self[1:], strict=True))


COUNTS = GainsRow._fields[1:]
"""The fields that count buckets, in the order of the buckets."""


class Before(NamedTuple):
    """Each side's counts on another day, and the name of that day."""

    counts: Mapping[str, Mapping[str, int]]
    words: str


def gains_rows(view: View, rows: Sequence[StatusRow], by: Role = Role.RECEIVER) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view."""
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    counts = {party: Counter[Bucket]() for party in view.state.parties if party in parties}
    for row in rows:
        for party in side_of(view, row, by):
            counts[party][row.bucket] += 1
    return [GainsRow(party, *(count[one] for one in Bucket)) for party, count in counts.items()]


def side_of(view: View, row: StatusRow, by: Role) -> list[str]:
    """Return the givers or the receivers of a concession: with such a filter, those it names."""
    gives = by is Role.GIVER
    named = view.choice.givers if gives else view.choice.receivers
    return [one for one in (row.givers if gives else row.receivers) if not named or one in named]


def tally_section(
    view: View, tally: Sequence[GainsRow], title: str, before: Before | None = None
) -> Section:
    """Return the distribution of each side, with the counts that changed since a day.

    Buckets that are empty for everybody are left out, and so are members of a bloc to which nothing
    was promised; with a filter, everybody to whom nothing was.
    """
    used = {at: one for at, one in enumerate(Bucket, 1) if any(row[at] for row in tally)}
    since = None if before is None else partial(_since, before)
    columns = [
        Column("", lambda row: view.state.parties[row.party].name, below=since, key="party"),
        *(Column(bucket, _count(at), right=True) for at, bucket in used.items()),
    ]
    narrow = view.choice.narrows
    shown = [
        row for row in tally if any(row[1:]) or not (narrow or view.state.record.part_of[row.party])
    ]
    named = (bucket for bucket in used.values() if bucket in MEANINGS)
    meanings = [f"{bucket.capitalize()}: {MEANINGS[bucket]}." for bucket in named]
    return table(columns, shown, title)._replace(bars=" ".join([*meanings, COUNTED]))


def _count(at: int) -> Callable[[GainsRow], str]:
    return lambda row: str(row[at] or NOTHING)


def _since(before: Before, row: GainsRow) -> str | None:
    """Return the counts that changed: `since last week: holding 6 → 4`."""
    was = before.counts.get(row.party, dict.fromkeys(COUNTS, 0))
    changes = [f"{bucket} {old} → {count}" for bucket, old, count in _changed(row, was)]
    return f"{before.words}: {', '.join(changes)}" if changes else None


def _changed(row: GainsRow, was: Mapping[str, int]) -> list[tuple[Bucket, int, int]]:
    """Return each bucket whose count differs, with the counts before and now."""
    counts = zip(Bucket, map(was.__getitem__, COUNTS), row[1:], strict=True)
    return [(bucket, old, count) for bucket, old, count in counts if old != count]

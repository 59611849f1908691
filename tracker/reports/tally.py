"""The table of how many concessions each side has in each bucket, and of what changed in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tracker.reports.gains import COUNTS, GainsRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Bucket

COUNTED = "Concessions are counted, not weighed: one may matter more than ten others."


class Before(NamedTuple):
    """How many each side had in each bucket on another day, and what that day is called."""

    counts: Mapping[str, Mapping[str, int]]
    words: str


def tally_section(
    view: View,
    tally: Sequence[GainsRow],
    title: str,
    before: Before | None = None,
    caption: str = "",
) -> Section:
    """Return the distribution of each side; buckets that are empty for everybody are left out.

    So are members of a bloc that nothing was promised to.
    """
    columns = [
        Column(
            "",
            lambda row: view.parties[row.party].name,
            below=lambda row: _since(row, before),
            key="party",
        ),
        *(
            Column(bucket, _count(at), right=True)
            for at, bucket in enumerate(Bucket, 1)
            if any(row[at] for row in tally)
        ),
    ]
    shown = [row for row in tally if any(row[1:]) or not view.part_of[row.party]]
    return table(columns, shown, title)._replace(bars=caption)


def _count(at: int) -> Callable[[GainsRow], str]:
    return lambda row: str(row[at] or NOTHING)


def _since(row: GainsRow, before: Before | None) -> str | None:
    """Return which counts differ from those before: `since last week: holding 6 → 4`."""
    if before is None:
        return None
    was = before.counts.get(row.party, dict.fromkeys(COUNTS, 0))
    changes = [
        f"{bucket} {was[name]} → {count}"
        for name, bucket, count in zip(COUNTS, Bucket, row[1:], strict=True)
        if was[name] != count
    ]
    return f"{before.words}: {', '.join(changes)}" if changes else None

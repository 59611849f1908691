"""How concessions changed within a week: forward or back, from what to what, or new."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tracker.reports.week import WeekRow
from tracker.vocabulary import Bucket, Change

BUCKETS = tuple(Bucket)
ORDER = (Change.DOWN, Change.UP, Change.NEW, Change.SAME)
"""In which order changes are told: what fell back first."""
RAN_OUT = "ran out, and nothing has been said since"
PROMISED = "promised"


class Shift(NamedTuple):
    """Concessions that went the same way."""

    went: str
    rows: list[WeekRow]

    @property
    def givers(self) -> tuple[str, ...]:
        """Who gives all of them; none if these are several."""
        givers = {row.status_.givers for row in self.rows}
        return givers.pop() if len(givers) == 1 else ()


def shifts_of(rows: Iterable[WeekRow]) -> list[Shift]:
    """Return the changes of a week in groups, what fell back first, then by their number."""
    groups: dict[str, list[WeekRow]] = defaultdict(list)
    for row in rows:
        if row.changed:
            groups[went(row)].append(row)
    shifts = [Shift(went, own) for went, own in groups.items()]
    return sorted(shifts, key=lambda one: (ORDER.index(direction(one.rows[0])), -len(one.rows)))


def direction(row: WeekRow) -> Change:
    """Return whether a concession is new, has come on or has fallen back, by stage or bucket."""
    if row.change is not Change.SAME or row.previous_bucket is None:
        return row.change
    was, now = BUCKETS.index(row.previous_bucket), BUCKETS.index(row.status_.bucket)
    return Change.SAME if was == now else Change.DOWN if now > was else Change.UP


def step(row: WeekRow) -> tuple[str | None, str]:
    """Return the stages before and now; where these are the same, the buckets."""
    if row.previous_stage is row.status_.stage:
        return row.previous_bucket, row.status_.bucket
    return row.previous_stage, row.status_.stage


def went(row: WeekRow) -> str:
    """Return how a concession changed: its term ran out, it is new, or from what to what."""
    was, now = step(row)
    if now is Bucket.IN_DOUBT:
        return RAN_OUT
    return f"went from {was} to {now}" if was else PROMISED

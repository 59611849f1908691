"""How the concessions of a week changed: in groups of equal changes, and in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.groups import by_key
from tracker.reports.frame import plural
from tracker.reports.prose import (
    LONGEST,
    concessions,
    joined,
    number,
    parties,
    quoted,
)
from tracker.reports.view import View
from tracker.reports.week import WeekRow
from tracker.vocabulary import Bucket, Change, Stage

BUCKETS = tuple(Bucket)
ORDER = (Change.DOWN, Change.UP, Change.NEW, Change.SAME)
"""The order of changes in the text: what fell back comes first."""
PROMISED = "promised"
NEGOTIATED = "came under negotiation"
"""The change of a concession that nobody has promised yet."""
GROUPS = 2
"""The most groups of changes that a headline names."""
AT_ONCE = {
    Stage.NEGOTIATING: NEGOTIATED,
    Stage.STARTED: "promised and started",
    Stage.PARTIAL: "promised and met in part",
    Stage.MET: "promised and met",
    Stage.STALLED: "promised, but stalled",
    Stage.MISSED: "promised, but missed",
    Stage.BROKEN: "promised, but broken",
    Stage.REVERSED: "promised, but taken back",
    Stage.LAPSED: "promised, and lapsed",
    Stage.MOOT: "promised, and became void",
}
"""The change of a concession that is new, if its stage was not `announced` from the start."""
FAILED = tuple(words for words in AT_ONCE.values() if words.startswith(f"{PROMISED}, but"))
RAN_OUT = "reached the end"
KEPT = "kept to the end"
"""The change of a concession that is known to have been met until its term ended."""
DID = {
    Change.DOWN: "fell back",
    Change.UP: "moved forward",
    Change.NEW: PROMISED,
    Change.SAME: "changed",
}
"""The change of a concession whose stage has no words of its own."""
ENDED = {Stage.MOOT: "became void", Stage.LAPSED: "lapsed"}
"""Ends of a promise that do not count as a step back by its giver."""
WORDS: Mapping[str, str] = {Stage.MOOT: Bucket.VOID}
"""Pages' names for stages, if they differ."""
TOLD = (
    *(RAN_OUT, DID[Change.DOWN], *ENDED.values(), KEPT, *FAILED),
    *(DID[Change.UP], DID[Change.NEW], NEGOTIATED, DID[Change.SAME]),
)
"""The order in which a headline counts them."""


class Shift(NamedTuple):
    """Concessions that changed in the same way."""

    went: str
    rows: list[WeekRow]

    @property
    def givers(self) -> tuple[str, ...]:
        """The givers of all of them; empty if they differ."""
        givers = {row.status_.givers for row in self.rows}
        return givers.pop() if len(givers) == 1 else ()


def shifts_of(rows: Iterable[WeekRow]) -> list[Shift]:
    """Return the changes of a week in groups, by direction, then by size."""
    groups = by_key((_went(row), row) for row in rows if row.changed)
    shifts = [Shift(went, own) for went, own in groups.items()]
    return sorted(shifts, key=lambda one: (ORDER.index(direction(one.rows[0])), -len(one.rows)))


def direction(row: WeekRow) -> Change:
    """Return whether a concession is new, moved up or fell back, by stage or bucket."""
    return turn(row.change, row.previous_bucket, row.status_.bucket)


def turn(change: Change, was: Bucket | None, now: Bucket) -> Change:
    """Return a change of stage, or of the bucket if the stage is the same.

    What expired after it was kept did not fall back, and what became void did not move up.
    """
    if was and now is Bucket.EXPIRED:
        return Change.SAME
    if was and now is Bucket.VOID:
        return Change.DOWN if was is not now else Change.SAME
    if change is not Change.SAME or was is None or was is now:
        return change
    return Change.DOWN if BUCKETS.index(now) > BUCKETS.index(was) else Change.UP


def step(row: WeekRow) -> tuple[str | None, str]:
    """Return the stages before and now; if they are the same, the buckets."""
    if row.previous_stage is row.status_.stage:
        return row.previous_bucket, row.status_.bucket
    return row.previous_stage, row.status_.stage


def in_prose(stage: str) -> str:
    """Return a page's name for a stage: moot is called void, like its bucket."""
    return WORDS.get(stage, stage)


def _at_its_end(row: WeekRow) -> bool:
    """Return whether something ended with its term, and did not lapse before."""
    ends_on, stage_on = row.status_.term_ends_on, row.status_.stage_on
    early = ends_on is not None and stage_on.last < ends_on.last
    return not (row.status_.stage is Stage.LAPSED and early)


def _went(row: WeekRow) -> str:
    """Return how a concession changed: it ended, it is new, or the stages before and after."""
    was, now = step(row)
    if now is Bucket.IN_DOUBT:
        return RAN_OUT
    before, stage = row.previous_stage, row.status_.stage
    if row.status_.bucket is Bucket.EXPIRED and before in (Stage.MET, stage) and _at_its_end(row):
        return KEPT
    if was and before is not stage and stage in ENDED:
        return ENDED[stage]
    return f"went from {in_prose(was)} to {in_prose(now)}" if was else AT_ONCE.get(stage, PROMISED)


def have_changed(view: View, shifts: Sequence[Shift], at_risk: int) -> str:
    """Return what each group did or, if that is too long, their numbers; and what is at risk."""
    words = _by_title(view, shifts)
    counted = concessions if words and all(len(one.rows) == 1 for one in shifts) else number
    risks = f"; {counted(at_risk)} given in return {plural(at_risk, 'is', 'are')} now at risk"
    return (words or _in_numbers(shifts)) + (risks if at_risk else "")


def _by_title(view: View, shifts: Sequence[Shift]) -> str:
    """Return what each group did, if that fits a headline; a single change always does."""
    words = "; ".join(_each_in_words(view, shifts))
    alone = len(shifts) == 1 and len(shifts[0].rows) == 1
    return words if alone or (len(shifts) <= GROUPS and len(words) <= LONGEST) else ""


def _each_in_words(view: View, shifts: Sequence[Shift]) -> Iterator[str]:
    """Yield what each group did: by title, or by number and giver; equal givers are named once."""
    before: tuple[str, ...] | None = None
    for shift in shifts:
        if len(shift.rows) == 1:
            yield f"{quoted(view, shift.rows[0].status_.concession)} {_verb(shift)}"
            before = None
        elif before == shift.givers:
            yield f"{number(len(shift.rows))} {_verb(shift)}"
        else:
            before = shift.givers
            by = f" by {parties(view, before)}" if before else ""
            yield f"{concessions(len(shift.rows))}{by} {_verb(shift)}"


def _verb(shift: Shift) -> str:
    after = ", and what follows is not yet known" if shift.went == RAN_OUT else ""
    return _did(len(shift.rows), shift.went) + after


def _did(count: int, did: str) -> str:
    """Return a verb in the singular or plural: `were promised`."""
    if did == KEPT:
        return f"{plural(count, 'was', 'were')} {did} of {plural(count, 'its term', 'their terms')}"
    if did.startswith(PROMISED):
        return f"{plural(count, 'was', 'were')} {did}"
    if did == RAN_OUT:
        return f"{did} of {plural(count, 'its term', 'their terms')}"
    return did


def _in_numbers(shifts: Sequence[Shift]) -> str:
    """Return how many concessions fell back, became void, moved forward or were promised."""
    changed = [row for shift in shifts for row in shift.rows]
    counts = Counter(_outcome(row) for row in changed)
    (did, first), *others = [(one, counts[one]) for one in TOLD if counts[one]]
    within = len({row.status_.agreement for row in changed})
    where = f"in {number(within)} agreements, " if within > 1 else ""
    parts = [f"{concessions(first)} {_did(first, did)}"]
    return where + joined([*parts, *(f"{number(n)} {_did(n, one)}" for one, n in others)])


def _outcome(row: WeekRow) -> str:
    if (went := _went(row)) in (RAN_OUT, KEPT, NEGOTIATED, *FAILED):
        return went
    return ENDED.get(row.status_.stage, DID[direction(row)])

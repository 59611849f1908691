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
from tracker.vocabulary import Because, Change, ConcessionState, Stage

STATES = tuple(ConcessionState)
ORDER = (Change.DOWN, Change.UP, Change.NEW, Change.SAME)
"""The order of changes in the text: what fell back comes first."""
PROMISED = "promised"
GROUPS = 2
"""The most groups of changes that a headline names."""
WORDS: Mapping[str, str] = {Stage.MOOT: "overtaken"}
"""Pages' names for stages, if they differ."""


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
    """Return whether a concession is new, moved up or fell back, by stage or state."""
    return turn(row.change, row.previous_state, row.status_.state, row.status_.state_because)


def turn(
    change: Change, was: ConcessionState | None, now: ConcessionState, because: Because | None
) -> Change:
    """Return a change of stage, or of the state if the stage is the same.

    What was kept to its end did not fall back; what else is over did not move up.
    """
    if was and now is ConcessionState.OVER:
        if because is Because.KEPT_TO_END:
            return Change.SAME
        return Change.DOWN if was is not now else Change.SAME
    if change is not Change.SAME or was is None or was is now:
        return change
    return Change.DOWN if STATES.index(now) > STATES.index(was) else Change.UP


def step(row: WeekRow) -> tuple[str | None, str]:
    """Return the stages before and now; if they are the same, the states."""
    if row.previous_stage is row.status_.stage:
        return row.previous_state, row.status_.state
    return row.previous_stage, row.status_.stage


def in_prose(stage: str) -> str:
    """Return a page's name for a stage: moot is called overtaken."""
    return WORDS.get(stage, stage)


def _went(row: WeekRow) -> str:
    """Return how a concession changed: it is new, it was kept to its end, or it went on."""
    was, now = step(row)
    if row.status_.state_because is Because.KEPT_TO_END and row.previous_state:
        was, now = row.previous_state, "kept to its end"
    if was:
        return f"went from {in_prose(was)} to {in_prose(now)}"
    if now == Stage.NEGOTIATING:
        return "came under negotiation"
    return PROMISED if now == Stage.ANNOUNCED else f"{PROMISED}, now {in_prose(now)}"


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
    is_new = shift.went.startswith(PROMISED)
    return f"{plural(len(shift.rows), 'was', 'were')} {shift.went}" if is_new else shift.went


def _in_numbers(shifts: Sequence[Shift]) -> str:
    """Return how many of the concessions that changed are now in which state, the most first."""
    changed = [row.status_ for shift in shifts for row in shift.rows]
    talks = Stage.NEGOTIATING  # counts as promised, but nobody has promised it yet
    counts = Counter(row.stage if row.stage is talks else row.state for row in changed)
    (now, first), *others = counts.most_common()
    within = len({row.agreement for row in changed})
    where = f"in {number(within)} agreements, " if within > 1 else ""
    are = f"{concessions(first)} {plural(first, 'is', 'are')} now {now}"
    return where + joined([are, *(f"{number(many)} {one}" for one, many in others)])

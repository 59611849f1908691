"""The time for which a concession has to be kept up, and its state on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.dates import Period
from tracker.facts import Concession
from tracker.rules.deadlines import DeadlinePosition
from tracker.vocabulary import (
    STAGES,
    Because,
    ConcessionState,
    DeadlineKind,
    DeadlineVerdict,
    Stage,
    TermWord,
)


class Term(NamedTuple):
    """Whether a concession has to be kept up, and until which day."""

    holds: bool
    ends_on: Period | None
    deadline: str | None
    """The expiry that ends it."""

    def is_over(self, as_of: date) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on.last < as_of

    def is_silent_since(self, word_on: date | None, as_of: date) -> bool:
        """Whether its last day has passed, and nothing was said after it."""
        return self.is_over(as_of) and (word_on is None or not self.is_over(word_on))


FOR_GOOD = Term(False, None, None)
"""The term of a promise that is kept once it has been delivered."""


def term_of(
    concession: Concession,
    own: Sequence[DeadlinePosition],
    of_agreement: Iterable[DeadlinePosition],
) -> Term:
    """Return a concession's term.

    It holds if it says so, or has an expiry of its own, a limit or an open term. Its term ends with
    the latest expiry of its own that is not cancelled, else with its agreement; an open one never
    ends. If it does not hold, it has no term.
    """
    if concession.term is TermWord.OPEN:
        return Term(True, None, None)
    expiries = [one for one in own if one.deadline.kind is DeadlineKind.EXPIRY]
    if not (concession.hold or expiries or any(one.deadline.is_limit for one in own)):
        return FOR_GOOD
    last = last_end(expiries) or last_end(of_agreement)
    return Term(True, last.due_on, last.deadline.slug) if last else Term(True, None, None)


class DayToMiss(NamedTuple):
    """The day after which a concession can be missed, and the deadline that has this day."""

    on: date
    deadline: str


def first_to_miss(own: Iterable[DeadlinePosition], term: Term) -> DayToMiss | None:
    """Return the day after which a concession can be missed.

    It is the day of its first delivery, else the end of its term, else None.
    """
    days = [
        DayToMiss(day, one.deadline.slug)
        for one in own
        if one.is_delivery
        and one.verdict is not DeadlineVerdict.CANCELLED
        and (day := first_day_to_miss(one)) is not None
    ]
    if not days and term.ends_on is not None and term.deadline is not None:
        days = [DayToMiss(term.ends_on.last, term.deadline)]
    return min(days, default=None)


def state_of(
    stage: Stage, word_on: date | None, term: Term, as_of: date, *, was_kept: bool = False
) -> tuple[ConcessionState, Because | None]:
    """Return what a stage is worth to the receiver, and why if it is over or its term ended.

    `word_on` is the day of the verdict, or the day on which both sides said so; None for a stage
    that is merely declared. `was_kept` says whether a lapsed one was met or partial before.
    """
    grade = STAGES[stage]
    if may_end(stage) and term.is_silent_since(word_on, as_of):
        return ConcessionState.IN_DOUBT, Because.TERM_ENDED
    if stage is Stage.MET and term.is_over(as_of):
        return ConcessionState.OVER, Because.KEPT_TO_END
    if stage is Stage.LAPSED and was_kept:
        return grade.state, Because.KEPT_TO_END
    if stage is Stage.MET and term.holds:
        return ConcessionState.IN_FORCE, None
    return grade.state, grade.because


def may_end(stage: Stage) -> bool:
    """Return whether the end of its term puts a stage in doubt: it is neither lost nor over yet."""
    return STAGES[stage].state not in (ConcessionState.LOST, ConcessionState.OVER)


def first_day_to_miss(position: DeadlinePosition) -> date | None:
    """Return the earlier of a deadline's original and current last days."""
    return min((one.last for one in (position.due_on, position.original) if one), default=None)


def last_end(positions: Iterable[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the latest expiry, which ends a term; cancelled ones do not count."""
    running = [
        one
        for one in positions
        if one.deadline.kind is DeadlineKind.EXPIRY and not one.closed and one.due_on is not None
    ]
    return max(running, key=lambda one: (one.last, one.deadline.slug), default=None)

"""How far a concession has come, for how long it is to be kept up, and what it is worth."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.rules.deadlines import DeadlinePosition, uncancelled
from tracker.rules.moves import Sides, have_met
from tracker.things import Concession
from tracker.vocabulary import (
    FAILING,
    STAGES,
    Because,
    ConcessionState,
    DeadlineKind,
    Instrument,
    Stage,
    StageFrom,
    Standing,
    TermWord,
)

OVER = (ConcessionState.LOST, ConcessionState.OVER)
"""States in which a concession has nothing left to lose."""


class Term(NamedTuple):
    """Whether a concession has to be kept up, and until which day."""

    holds: bool
    """Whether it has to be kept up."""
    term_ends_on: Period | None
    """The last day on which it has to be kept up."""
    deadline: str | None
    """The expiry that ends it."""

    def is_over(self, as_of: date) -> bool:
        """Whether its last day has passed."""
        return self.term_ends_on is not None and self.term_ends_on.last < as_of

    def is_silent_since(self, word_on: date | None, as_of: date) -> bool:
        """Whether its last day has passed, and nothing was said after it."""
        return self.is_over(as_of) and (word_on is None or not self.is_over(word_on))


FOR_GOOD = Term(False, None, None)
"""The term of a promise that is kept once it has been delivered."""


def term_of(
    concession: Concession,
    owned: Sequence[DeadlinePosition],
    of_agreement: Iterable[DeadlinePosition],
) -> Term:
    """Return a concession's term.

    It holds if it says so, or has an expiry of its own, a limit or an open term. Its term ends with
    the latest expiry of its own that is not cancelled, else with its agreement; an open one never
    ends. If it does not hold, it has no term.
    """
    if concession.term is TermWord.OPEN:
        return Term(True, None, None)
    expiries = [
        position for position in owned if position.deadline.kind is DeadlineKind.EXPIRY
    ]
    if not (
        concession.hold
        or expiries
        or any(position.deadline.is_limit for position in owned)
    ):
        return FOR_GOOD
    last = last_end(expiries) or last_end(of_agreement)
    return (
        Term(True, last.due_on, last.deadline.slug) if last else Term(True, None, None)
    )


def first_to_miss(
    positions: Iterable[DeadlinePosition], term: Term
) -> tuple[date, str] | None:
    """Return the day after which a concession can be missed, and the deadline that has it.

    It is the day of its first delivery, else the end of its term, else None.
    """
    days = []
    for position in uncancelled(positions):
        day = first_day_to_miss(position)
        if day is not None:
            days.append((day, position.deadline.slug))
    if not days and term.term_ends_on is not None and term.deadline is not None:
        days = [(term.term_ends_on.last, term.deadline)]
    return min(days, default=None)


def state_of(
    stage: Stage,
    word_on: date | None,
    term: Term,
    as_of: date,
    *,
    was_kept: bool = False,
) -> tuple[ConcessionState, Because | None]:
    """Return what a stage is worth to the receiver, and why if it is over or its term ended.

    `word_on` is the day of the verdict, or the day on which both sides said so; None for a stage
    that is merely declared. `was_kept` says whether a lapsed one was met or partial before.
    """
    grade = STAGES[stage]
    if grade.state not in OVER and term.is_silent_since(word_on, as_of):
        return ConcessionState.IN_DOUBT, Because.TERM_ENDED
    if stage is Stage.MET and term.is_over(as_of):
        return ConcessionState.OVER, Because.KEPT_TO_END
    if stage is Stage.LAPSED and was_kept:
        return grade.state, Because.KEPT_TO_END
    if stage is Stage.MET and term.holds:
        return ConcessionState.IN_FORCE, None
    return grade.state, grade.because


def first_day_to_miss(position: DeadlinePosition) -> date | None:
    """Return the earlier of a deadline's original and current last days."""
    days = position.due_on, position.original_due_on
    return min((day.last for day in days if day), default=None)


def last_end(positions: Iterable[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the latest expiry, which ends a term; cancelled ones do not count."""
    expiries = (end for end in positions if end.deadline.kind is DeadlineKind.EXPIRY)
    running = [end for end in expiries if not end.closed and end.due_on is not None]
    return max(running, key=lambda end: (end.last, end.deadline.slug), default=None)


DECLARED, VERDICT, BOTH = StageFrom.DECLARED, StageFrom.VERDICT, StageFrom.BOTH
KEPT = frozenset({Stage.MET, Stage.PARTIAL})
"""Stages in which a concession was kept, at least in part."""


class Position(NamedTuple):
    """The stage and state of a concession on a day, in the words of the JSON contract."""

    stage: Stage
    stage_on: Period
    """The day on which this stage was last stated."""
    since: Period
    """The day since which it has been stated without another stage between."""
    stage_from: StageFrom
    """What the stage rests on."""
    state: ConcessionState
    """What it is worth to its receiver now."""
    state_because: Because | None
    """Why it is over; `term_ended` if it is in doubt because its term ended in silence."""
    standing: Standing
    """What the claims of giver and receiver add up to."""
    latest_claim: Entry | None
    verdict: Entry | None
    decided_by: Entry | None
    """The verdict, or the claim since which both sides agree; None if it is merely declared."""
    term: Term
    kept: Entry | None
    """If it has lapsed, the word since which it was met, or met in part, before."""

    @property
    def is_unknown(self) -> bool:
        """Whether its term is over, and no verdict and no word of both sides is dated after it."""
        return self.state_because is Because.TERM_ENDED

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.state is ConcessionState.KEPT or self.state in OVER

    @property
    def fails(self) -> bool:
        """Whether what was given in return for it is at risk."""
        return bool({STAGES[self.stage].state, self.state_because} & FAILING)

    @property
    def on(self) -> date:
        """The day on which the stage was last stated."""
        return self.stage_on.last


def position(
    concession: Concession,
    promised_on: Period,
    sides: Sides,
    words: Sequence[Entry],
    term: Term = FOR_GOOD,
    as_of: date = date.max,
) -> Position:
    """Decide a concession's stage: the verdict, else the last agreed one, else the declared one.

    `words` are the live verdicts and claims, the latest last.
    """
    judged = [word for word in words if word.says is None]
    claims = [word for word in words if word.says is not None]
    verdict, spoken = judged[-1] if judged else None, latest_by_party(claims)
    # What both sides said matters beside a verdict only once the term is over, or if it lapsed.
    is_alone = verdict and verdict.stage is not Stage.LAPSED and not term.is_over(as_of)
    both = [] if is_alone else last_agreed(sides, claims)
    stage, on, since, stage_from = (
        declared(concession),
        promised_on,
        promised_on,
        DECLARED,
    )
    decided = both if _both_end_doubt(judged, both, term, as_of) else judged or both
    if decided:
        stage, on = stage_of(decided[-1]), decided[-1].effective_on
        since = first_of_last(decided).effective_on
        stage_from = BOTH if decided is both else VERDICT
    said_on = _said_on(both, stage, on.last) if decided else None
    kept = _kept(judged, both, on.last) if stage is Stage.LAPSED else None
    return Position(
        stage,
        on,
        since,
        stage_from,
        *state_of(stage, said_on, term, as_of, was_kept=kept is not None),
        standing=standing(sides, spoken),
        latest_claim=next(
            (spoken[by] for by in reversed(spoken) if sides.speaks(by)), None
        ),
        verdict=verdict,
        decided_by=decided[-1] if decided else None,
        term=term,
        kept=kept,
    )


def _both_end_doubt(
    judged: Sequence[Entry], both: Sequence[Entry], term: Term, as_of: date
) -> bool:
    """Return whether both sides said after the end of a term how it ended, and no verdict did."""
    if not (judged and both and STAGES[stage_of(judged[-1])].state not in OVER):
        return False
    is_in_doubt = term.is_silent_since(judged[-1].on, as_of)
    differ = both[-1].stage is not judged[-1].stage
    return is_in_doubt and differ and not term.is_silent_since(both[-1].on, as_of)


def stage_of(word: Entry) -> Stage:
    """Return the stage that a verdict or a claim states."""
    assert word.stage is not None
    return word.stage


def _kept(judged: Sequence[Entry], both: Sequence[Entry], on: date) -> Entry | None:
    """Return the word since which it was met, or met in part, when it lapsed; None if it was not.

    A verdict before the lapse outranks what both sides said.
    """
    earlier = (
        [word for word in words if word.on <= on and word.stage is not Stage.LAPSED]
        for words in (judged, both)
    )
    before = next(filter(None, earlier), None)
    return first_of_last(before) if before and before[-1].stage in KEPT else None


def first_of_last(words: Sequence[Entry]) -> Entry:
    """Return the word since which the last stage has been stated without another one between."""
    last = words[-1].stage
    same: list[Entry] = [*takewhile(lambda word: word.stage is last, reversed(words))]
    return same[-1]


def _said_on(both: Sequence[Entry], stage: Stage, on: date) -> date:
    """Return the last day on which a verdict, or both sides, stated a stage."""
    return max(on, both[-1].on) if both and both[-1].stage is stage else on


def declared(concession: Concession) -> Stage:
    """Return the stage of a promise without verdicts or claims."""
    proposal = concession.instrument is Instrument.PROPOSAL
    return Stage.NEGOTIATING if proposal else Stage.ANNOUNCED


def last_agreed(sides: Sides, claims: Sequence[Entry]) -> list[Entry]:
    """Return the claims by which both sides agreed on a stage, in order.

    Each stage counts from the day on which the later side said so; if both repeat it, from the
    later of the new days.
    """
    agreeing: list[Entry] = []
    spoken: dict[str, Entry] = {}
    repeated: dict[str, Entry] = {}
    agreed = False
    for claim in claims:
        if not sides.speaks(claim.says):
            continue
        spoken[str(claim.says)] = claim
        was_agreed = agreed
        agreed = standing(sides, spoken) is Standing.AGREED
        counts = any(claim.says in side.words(spoken) for side in sides)
        if not (agreed and was_agreed):
            repeated = {}
        elif counts:
            repeated = repeated | {str(claim.says): claim}
        if agreed and (not was_agreed or standing(sides, repeated) is Standing.AGREED):
            agreeing.append(claim)
            repeated = {}
    return agreeing


def standing(sides: Sides, spoken: Mapping[str, Entry]) -> Standing:
    """Return what the latest claims add up to: agreed, contested, one-sided or unclaimed.

    A party's own claim outranks its bloc's; a bloc speaks for members that said nothing.
    """
    if not spoken:
        return Standing.UNCLAIMED
    givers = sides.givers.words(spoken)
    receivers = sides.receivers.words(spoken)
    if not givers and not receivers:
        return Standing.UNCLAIMED
    if not have_met(givers, receivers):
        return Standing.ONE_SIDED
    stages = {mark.stage for mark in (*givers.values(), *receivers.values())}
    return Standing.AGREED if len(stages) == 1 else Standing.CONTESTED


def latest_by_party(claims: Iterable[Entry]) -> dict[str, Entry]:
    """Return each party's latest claim, in the order of these."""
    latest: dict[str, Entry] = {}
    for claim in claims:
        if claim.says is not None:
            latest.pop(claim.says, None)
            latest[claim.says] = claim
    return latest

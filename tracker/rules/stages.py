"""How far a concession has come, and what its two parties' claims add up to."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.facts import Agreement, Concession, StageMark
from tracker.vocabulary import BUCKET_OF, Bucket, Change, Instrument, Stage, StageFrom, Standing


class Position(NamedTuple):
    """Where a concession stands on a day."""

    stage: Stage
    on: date
    stage_from: StageFrom
    standing: Standing
    latest_claim: StageMark | None
    verdict: StageMark | None

    @property
    def bucket(self) -> Bucket:
        """What the stage means to the receiver."""
        return BUCKET_OF[self.stage]


def position(
    concession: Concession,
    agreement: Agreement,
    verdicts: Iterable[StageMark],
    claims: Iterable[StageMark],
) -> Position:
    """Decide a concession's stage: the verdict, else what both sides say, else as declared.

    The marks are the live ones of this concession as of a day, in any order; of each speaker
    the latest counts, by day and then by entry.
    """
    verdict = latest(verdicts)
    spoken = latest_by_party(claims)
    giver, receiver = spoken.get(concession.giver), spoken.get(concession.receiver)
    latest_claim = latest(mark for mark in (giver, receiver) if mark)
    stage, on, stage_from = _declared(concession, agreement)
    if verdict:
        stage, on, stage_from = verdict.stage, verdict.on, StageFrom.VERDICT
    elif giver and receiver and giver.stage == receiver.stage:
        stage, on, stage_from = giver.stage, max(giver.on, receiver.on), StageFrom.BOTH
    return Position(stage, on, stage_from, standing(giver, receiver), latest_claim, verdict)


def standing(giver: StageMark | None, receiver: StageMark | None) -> Standing:
    """Say whether giver and receiver claim the same stage, unlike ones, or one of them none."""
    if giver and receiver:
        return Standing.AGREED if giver.stage == receiver.stage else Standing.CONTESTED
    return Standing.ONE_SIDED if giver or receiver else Standing.UNCLAIMED


def latest(marks: Iterable[StageMark]) -> StageMark | None:
    """Return the mark with the latest day; of one day, the one written last."""
    return max(marks, key=lambda mark: (mark.on, mark.entry), default=None)


def latest_by_party(claims: Iterable[StageMark]) -> dict[str, StageMark]:
    """Return each party's latest claim."""
    spoken: dict[str, StageMark] = {}
    for claim in sorted(claims, key=lambda mark: (mark.on, mark.entry)):
        if claim.says is not None:
            spoken[claim.says] = claim
    return spoken


def _declared(concession: Concession, agreement: Agreement) -> tuple[Stage, date, StageFrom]:
    proposal = concession.instrument is Instrument.PROPOSAL
    stage = Stage.NEGOTIATING if proposal else Stage.ANNOUNCED
    return stage, agreement.agreed_on.last, StageFrom.DECLARED


RANK = {
    Stage.REVERSED: -4,
    Stage.MISSED: -3,
    Stage.STALLED: -2,
    Stage.LAPSED: -1,
    Stage.MOOT: -1,
    Stage.NEGOTIATING: 0,
    Stage.ANNOUNCED: 1,
    Stage.STARTED: 2,
    Stage.PARTIAL: 3,
    Stage.MET: 4,
}
"""How much a stage leaves the receiver with; what has ended leaves less than a promise."""


def change_of(before: Position | None, after: Position) -> Change:
    """Say whether a concession is new, has come on, has fallen back, or stands where it stood."""
    if before is None:
        return Change.NEW
    gained = RANK[after.stage] - RANK[before.stage]
    if before.stage is after.stage:
        return Change.SAME
    return Change.UP if gained > 0 else Change.DOWN

"""How far a concession has come, and what the claims of its parties add up to."""

from collections.abc import Iterable, Mapping, Sequence
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
    givers, receivers = (
        marks_of(side, spoken) for side in (concession.givers, concession.receivers)
    )
    stands = standing(givers, receivers)
    stage, on, stage_from = _declared(concession, agreement)
    if verdict:
        stage, on, stage_from = verdict.stage, verdict.on, StageFrom.VERDICT
    elif stands is Standing.AGREED:
        stage, on = givers[0].stage, max(mark.on for mark in (*givers, *receivers))
        stage_from = StageFrom.BOTH
    return Position(stage, on, stage_from, stands, latest((*givers, *receivers)), verdict)


def marks_of(side: Iterable[str], spoken: Mapping[str, StageMark]) -> list[StageMark]:
    """Return what the parties of one side last claimed, in their order."""
    return [spoken[party] for party in side if party in spoken]


def standing(givers: Sequence[StageMark], receivers: Sequence[StageMark]) -> Standing:
    """Say what the latest claims add up to: all the same, unlike ones, of one side only, none."""
    if givers and receivers:
        stages = {mark.stage for mark in (*givers, *receivers)}
        return Standing.AGREED if len(stages) == 1 else Standing.CONTESTED
    return Standing.ONE_SIDED if givers or receivers else Standing.UNCLAIMED


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

"""The scale of stages: what each one means, and what it counts as."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.vocabulary import Bucket, Stage


class Grade(NamedTuple):
    """What a stage means and counts as."""

    meaning: str
    bucket: Bucket
    """Its bucket, unless a term changes it: see `tracker.rules.terms.bucket_of`."""
    rank: int
    """Its worth to the receiver: what has ended is worth less than a promise."""
    fails: bool = False
    """Whether it fails what was given in return. Then no term changes its bucket, either."""
    kept: Bucket | None = None
    """Its other bucket: for what has to be kept up, or for what was kept before it ended."""


SCALE: Mapping[Stage, Grade] = {
    Stage.NEGOTIATING: Grade("talks go on; nothing is promised yet", Bucket.PROMISED, 0),
    Stage.ANNOUNCED: Grade("promised; nothing is done yet", Bucket.PROMISED, 1),
    Stage.STARTED: Grade("a first act was seen", Bucket.UNDER_WAY, 2),
    Stage.PARTIAL: Grade("a substantial part is delivered", Bucket.IN_PART, 3),
    Stage.MET: Grade(
        "delivered in full, or in force in full", Bucket.GAINED, 4, kept=Bucket.HOLDING
    ),
    Stage.STALLED: Grade("no movement, or blocked", Bucket.IN_DOUBT, -2, fails=True),
    Stage.MISSED: Grade("a deadline passed without delivery", Bucket.LOST, -3, fails=True),
    Stage.BROKEN: Grade("an act broke it, such as an exceeded limit", Bucket.LOST, -4, fails=True),
    Stage.REVERSED: Grade("begun or delivered, then taken back", Bucket.LOST, -4, fails=True),
    Stage.LAPSED: Grade("its term ran out", Bucket.VOID, -1, kept=Bucket.EXPIRED),
    Stage.MOOT: Grade("overtaken by law, or dropped by agreement", Bucket.VOID, -1, fails=True),
}
"""The grade of each stage."""


def counts_as(stage: Stage) -> str:
    """Return the bucket or the two buckets of a stage, in words."""
    own = (SCALE[stage].bucket, SCALE[stage].kept)
    return " or ".join(bucket for bucket in Bucket if bucket in own)

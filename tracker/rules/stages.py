"""How far a concession has come, and what the claims of its parties add up to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from tracker.dates import Period
from tracker.facts import Concession, Place, StageMark
from tracker.rules.scale import SCALE
from tracker.rules.sides import Sides, have_met
from tracker.rules.terms import FOR_GOOD, Term, bucket_of
from tracker.vocabulary import Bucket, Change, Instrument, Stage, StageFrom, Standing

KEPT = frozenset({Stage.MET, Stage.PARTIAL})
"""Stages in which a concession was kept, at least in part."""


class Position(NamedTuple):
    """The stage and bucket of a concession on a day."""

    stage: Stage
    period: Period
    """The day, month or year of which the stage was last stated."""
    since: Period
    """The day on which both sides first said so; for a verdict, see `judged_since`."""
    stage_from: StageFrom
    bucket: Bucket
    """What the concession is worth to its receiver."""
    standing: Standing
    latest_claim: StageMark | None
    verdict: StageMark | None
    term: Term
    kept: StageMark | None
    """If it has lapsed, the word since which it was met, or met in part, before."""
    is_unknown: bool
    """Whether its term is over, and no verdict and no word of both sides is dated after it."""

    @property
    def on(self) -> date:
        """The day on which the stage was last stated."""
        return self.period.last


def position(
    concession: Concession,
    promised_on: Period,
    sides: Sides,
    verdicts: Iterable[StageMark],
    claims: Sequence[StageMark],
    term: Term = FOR_GOOD,
    as_of: date = date.max,
) -> Position:
    """Decide a concession's stage: the verdict, else the last agreed one, else the declared one.

    The marks are all live ones, in any order.
    """
    judged = sorted(verdicts, key=_order)
    verdict = judged[-1] if judged else None
    both, spoken = last_agreed(sides, claims), latest_by_party(claims)
    stage, on, stage_from = declared(concession), promised_on, StageFrom.DECLARED
    if verdict:
        stage, on, stage_from = verdict.stage, verdict.period, StageFrom.VERDICT
    elif both:
        stage, on, stage_from = both[-1].stage, both[-1].period, StageFrom.BOTH
    said_on = _said_on(both, stage, on.last) if verdict or both else None
    kept = _kept(judged, both) if stage is Stage.LAPSED else None
    bucket = bucket_of(stage, said_on, term, as_of, was_kept=kept is not None)
    return Position(
        stage=stage,
        period=on,
        since=since(both).period if stage_from is StageFrom.BOTH else on,
        stage_from=stage_from,
        bucket=bucket,
        standing=standing(sides, spoken),
        latest_claim=latest(mark for party, mark in spoken.items() if sides.speaks(party)),
        verdict=verdict,
        term=term,
        kept=kept,
        is_unknown=bucket is Bucket.IN_DOUBT and term.is_silent_since(said_on, as_of),
    )


def _kept(judged: Sequence[StageMark], both: Sequence[StageMark]) -> StageMark | None:
    """Return the word since which it was met or partial before it lapsed, if there is one."""
    verdict = judged[-1] if judged else None
    said = (one for one in both if verdict is None or one.on <= verdict.on)
    last = latest(one for one in (*judged[:-1], *said) if one.stage in KEPT)
    if last is None:
        return None
    words = judged if last in judged else both
    return since(words[: words.index(last) + 1])


def since(marks: Sequence[StageMark]) -> StageMark:
    """Return the mark since which the last stage has been stated without another one between."""
    last = marks[-1].stage
    return list(takewhile(lambda one: one.stage is last, reversed(marks)))[-1]


def _said_on(both: Sequence[StageMark], stage: Stage, on: date) -> date:
    """Return the last day on which a verdict, or both sides, stated a stage."""
    return max(on, both[-1].on) if both and both[-1].stage is stage else on


def declared(concession: Concession) -> Stage:
    """Return the stage of a promise without verdicts or claims."""
    proposal = concession.instrument is Instrument.PROPOSAL
    return Stage.NEGOTIATING if proposal else Stage.ANNOUNCED


def last_agreed(sides: Sides, claims: Iterable[StageMark]) -> list[StageMark]:
    """Return the claims by which both sides agreed on a stage, in order.

    Each stage counts from the day on which the later side said so; if both repeat it, from the
    later of the new days.
    """
    found: list[StageMark] = []
    spoken: dict[str, StageMark] = {}
    again: dict[str, StageMark] = {}
    agreed = False
    for claim in sorted(claims, key=_order):
        if not sides.speaks(claim.says):
            continue
        spoken[str(claim.says)] = claim
        was_agreed, agreed = agreed, standing(sides, spoken) is Standing.AGREED
        counts = any(claim.says in side.words(spoken) for side in sides)
        if not (agreed and was_agreed):
            again = {}
        elif counts:
            again = again | {str(claim.says): claim}
        if agreed and (not was_agreed or standing(sides, again) is Standing.AGREED):
            found.append(claim)
            again = {}
    return found


def standing(sides: Sides, spoken: Mapping[str, StageMark]) -> Standing:
    """Return what the latest claims add up to: agreed, contested, one-sided or unclaimed.

    A party's own claim outranks its bloc's; a bloc speaks for members that said nothing.
    """
    if not spoken:
        return Standing.UNCLAIMED
    givers, receivers = sides.givers.words(spoken), sides.receivers.words(spoken)
    if not givers and not receivers:
        return Standing.UNCLAIMED
    if not have_met(givers, receivers):
        return Standing.ONE_SIDED
    stages = {mark.stage for mark in (*givers.values(), *receivers.values())}
    return Standing.AGREED if len(stages) == 1 else Standing.CONTESTED


def latest(marks: Iterable[StageMark]) -> StageMark | None:
    """Return the mark with the latest day; among those of one day, the last recorded."""
    return max(marks, key=_order, default=None)


def latest_by_party(claims: Iterable[StageMark]) -> dict[str, StageMark]:
    """Return each party's latest claim, in the order of these."""
    found: dict[str, StageMark] = {}
    for claim in sorted(claims, key=_order):
        if claim.says is not None:
            found.pop(claim.says, None)
            found[claim.says] = claim
    return found


def _order(mark: StageMark) -> tuple[date, Place, int]:
    return mark.on, mark.place, mark.entry


def change_of(before: Stage | None, after: Stage) -> Change:
    """Return whether a concession is new, moved up, moved down, or stayed the same."""
    if before is None:
        return Change.NEW
    if before is after:
        return Change.SAME
    return Change.UP if SCALE[after].rank > SCALE[before].rank else Change.DOWN

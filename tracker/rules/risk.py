"""What is at risk: promises whose counterpart failed, and terms that are about to end."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from tracker.facts import Exchange
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.stages import Position
from tracker.vocabulary import Bucket, DeadlineKind, Stage

FAILED = (Stage.STALLED, Stage.MISSED, Stage.REVERSED, Stage.LAPSED, Stage.MOOT)
"""Stages in which a concession no longer holds up its end of an exchange."""
OVER = (Bucket.LOST, Bucket.ENDED)
"""Buckets in which a concession has nothing left to lose."""
ENDS = "ends"


class Risk(NamedTuple):
    """Why a concession is at risk: its counterpart's stage, or that its own term `ends`."""

    concession: str
    because: str
    counterpart: str | None
    on: date


class Ending(NamedTuple):
    """A concession whose term ends on a deadline."""

    position: DeadlinePosition
    concession: str | None


def risks(
    positions: Mapping[str, Position],
    exchanges: Iterable[Exchange],
    deadlines: Iterable[DeadlinePosition],
    horizon_days: int,
) -> list[Risk]:
    """Return the concessions at risk, in their own order."""
    found = [*_counterparts(positions, exchanges), *_terms(positions, deadlines, horizon_days)]
    order = list(positions)
    return sorted(found, key=lambda risk: (order.index(risk.concession), risk.on, risk.because))


def endings(
    positions: Mapping[str, Position],
    agreement_of: Mapping[str, str],
    deadlines: Iterable[DeadlinePosition],
) -> list[Ending]:
    """Return what ends on each expiry that is still ahead, by day.

    The end of an agreement's term ends those of its concessions that have no deadline of
    their own; what is lost or has ended already is left out.
    """
    known = list(deadlines)
    dated = {one.deadline.concession for one in known}
    found: list[Ending] = []
    for position in known:
        deadline = position.deadline
        if deadline.kind is not DeadlineKind.EXPIRY or position.closed or position.days_left < 0:
            continue
        if deadline.concession is not None:
            ending = [deadline.concession] if _alive(positions, deadline.concession) else []
            found += [Ending(position, slug) for slug in ending]
            continue
        hanging: list[str | None] = [
            slug
            for slug in positions
            if agreement_of[slug] == deadline.agreement
            and slug not in dated
            and _alive(positions, slug)
        ]
        found += [Ending(position, slug) for slug in hanging or [None]]
    return sorted(found, key=lambda one: (one.position.due_on.last, one.concession or ""))


def _counterparts(
    positions: Mapping[str, Position], exchanges: Iterable[Exchange]
) -> Iterator[Risk]:
    for exchange in exchanges:
        counterpart = positions.get(exchange.in_return_for)
        if counterpart and counterpart.stage in FAILED and _alive(positions, exchange.concession):
            yield Risk(
                exchange.concession, counterpart.stage, exchange.in_return_for, counterpart.on
            )


def _terms(
    positions: Mapping[str, Position], deadlines: Iterable[DeadlinePosition], horizon_days: int
) -> Iterator[Risk]:
    for position in deadlines:
        slug = position.deadline.concession
        if (
            slug is not None
            and position.deadline.kind is DeadlineKind.EXPIRY
            and not position.closed
            and 0 <= position.days_left <= horizon_days
            and _alive(positions, slug)
        ):
            yield Risk(slug, ENDS, None, position.due_on.last)


def _alive(positions: Mapping[str, Position], slug: str) -> bool:
    return slug in positions and positions[slug].bucket not in OVER

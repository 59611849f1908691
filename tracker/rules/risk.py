"""What is at risk: promises whose counterpart failed, and terms that are about to end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import NamedTuple

from tracker.facts import Concession, Exchange
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
    """A term that ends: of a concession, or of a whole agreement; and who loses by it."""

    position: DeadlinePosition
    concession: str | None
    loses: tuple[str, ...]


def risks(
    positions: Mapping[str, Position],
    exchanges: Iterable[Exchange],
    deadlines: Iterable[DeadlinePosition],
    horizon_days: int,
) -> list[Risk]:
    """Return the concessions at risk, in their own order."""
    found = [*_counterparts(positions, exchanges), *_terms(positions, deadlines, horizon_days)]
    order = {slug: place for place, slug in enumerate(positions)}
    return sorted(found, key=lambda risk: (order[risk.concession], risk.on, risk.because))


def endings(
    positions: Mapping[str, Position],
    concessions: Mapping[str, Concession],
    deadlines: Iterable[DeadlinePosition],
) -> list[Ending]:
    """Return what ends on each expiry that is still ahead, by day.

    What is lost or has ended already is left out. With an agreement's own term, each side
    loses that was promised something in it whose end is not stated apart.
    """
    ahead = [
        position
        for position in deadlines
        if position.deadline.kind is DeadlineKind.EXPIRY
        and not position.closed
        and position.days_left >= 0
    ]
    own = {position.deadline.concession for position in ahead}
    alive = {slug: one for slug, one in concessions.items() if _alive(positions, slug)}
    losers_by = _losers(alive, own)
    found: list[Ending] = []
    for position in ahead:
        slug = position.deadline.concession
        if slug is None:
            losers = losers_by.get(position.deadline.agreement, ())
            found += [Ending(position, None, (party,)) for party in losers]
        elif slug in alive:
            found.append(Ending(position, slug, alive[slug].receivers))
    return sorted(found, key=lambda one: (one.position.due_on.last, one.concession or ""))


def _losers(alive: Mapping[str, Concession], own: Set[str | None]) -> dict[str, dict[str, None]]:
    """Return, by agreement, who is promised something whose end is not stated apart."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for slug, one in alive.items():
        if slug not in own:
            found[one.agreement] |= dict.fromkeys(one.receivers)
    return found


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

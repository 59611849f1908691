"""What is at risk: promises whose counterpart failed, and terms that are about to end."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.dates import Period
from tracker.groups import value_of
from tracker.rules.deadlines import DeadlinePosition, is_due_within
from tracker.rules.stages import Position
from tracker.things import Exchange
from tracker.vocabulary import STAGES, Because, ConcessionState, DeadlineKind

OVER = (ConcessionState.LOST, ConcessionState.OVER)
"""States in which a concession has nothing left to lose."""
SETTLED = (ConcessionState.KEPT, *OVER)
"""States in which nothing more is expected of a concession."""
ENDS = "ends"
HORIZON_DAYS = 30
"""How many days ahead pages and findings look for what is due or ends."""


class Risk(NamedTuple):
    """Why a concession is at risk: its counterpart's stage, or the end of its own term."""

    concession: str
    because: str
    """Why it is at risk: the counterpart's stage, or `ends`."""
    counterpart: str | None
    """The concession it was given in return for."""
    on: Period
    """The day the counterpart failed, or the day the term ends."""


class Ending(NamedTuple):
    """A concession's term that ends or has ended, with its own expiry or its agreement's."""

    position: DeadlinePosition
    concession: str


def risks(
    positions: Mapping[str, Position],
    exchanges: Iterable[Exchange],
    deadlines: Iterable[DeadlinePosition],
    horizon_days: int,
) -> list[Risk]:
    """Return the concessions at risk, in their own order.

    What has ended is not: it is one of the `endings`, until a verdict.
    """
    own = [
        Risk(one.concession, ENDS, None, due_on)
        for one in endings(positions, deadlines)
        if one.position.deadline.concession and (due_on := one.position.due_on)
        if is_due_within(one.position, horizon_days)
    ]
    found = [*_counterparts(positions, exchanges), *own]
    order = {slug: place for place, slug in enumerate(positions)}
    return sorted(found, key=lambda risk: (order[risk.concession], risk.on.last, risk.because))


def endings(
    positions: Mapping[str, Position], deadlines: Iterable[DeadlinePosition]
) -> list[Ending]:
    """Return what ends on each expiry, by day, if it is ahead or how it ended is unknown.

    What does not have to be kept up does not end; what is lost or over is left out. What
    has no expiry of its own ends with its agreement.
    """
    expiries = {
        position.deadline.slug: position
        for position in deadlines
        if position.deadline.kind is DeadlineKind.EXPIRY and not position.closed
    }
    found: list[Ending] = []
    for slug, position in positions.items():
        end = value_of(expiries, position.term.deadline)
        if end is None or not (end.ahead or position.is_unknown) or not _alive(positions, slug):
            continue
        found.append(Ending(end, slug))
    return sorted(found, key=lambda one: (one.position.last, one.concession))


def _counterparts(
    positions: Mapping[str, Position], exchanges: Iterable[Exchange]
) -> Iterator[Risk]:
    for exchange in exchanges:
        counterpart = positions.get(exchange.in_return_for)
        slug = exchange.concession
        if counterpart is None or not _failed(counterpart) or not _alive(positions, slug):
            continue
        if not positions[slug].is_unknown:
            yield Risk(slug, counterpart.stage, exchange.in_return_for, counterpart.period)


def _failed(position: Position) -> bool:
    return STAGES[position.stage].fails or position.because is Because.UNKEPT


def _alive(positions: Mapping[str, Position], slug: str) -> bool:
    return slug in positions and positions[slug].state not in OVER

"""Chooses one of several deadlines: the next one, or the one whose target is measured."""

from collections.abc import Container, Iterable, Sequence

from tracker.rules.deadlines import DeadlinePosition
from tracker.vocabulary import DeadlineKind, DeadlineVerdict


def next_of(
    own: Iterable[DeadlinePosition], term_end: DeadlinePosition | None = None
) -> DeadlinePosition | None:
    """Return the deadline that a concession faces next.

    It is the nearest one ahead of its own. If none of these is open, it is the end of its term.
    What still waits comes before the end of a term.
    """
    coming = [*filter(_can_come, own)]
    if any(one.verdict is DeadlineVerdict.WAITING for one in coming):
        coming = [one for one in coming if one.deadline.kind is not DeadlineKind.EXPIRY]
    is_ahead = term_end is not None and term_end.ahead
    return _nearest(coming) or (term_end if is_ahead else None)


def _can_come(position: DeadlinePosition) -> bool:
    """Return whether a deadline is still to come; a limit only if it waits or has a last day."""
    if position.closed or not position.ahead:
        return False
    waiting = position.verdict is DeadlineVerdict.WAITING
    return waiting or position.due_on is not None or not position.is_limit


def measured_of(
    own: Iterable[DeadlinePosition], counted: Container[str] = ()
) -> tuple[DeadlinePosition, ...]:
    """Return the targets that a concession's progress is measured against: the next, else the last.

    They are limits only if nothing is to be delivered. If several are due on one day, it is all of
    these, and those that are `counted` come first.
    """
    found = [position for position in own if position.target is not None]
    targets = [position for position in found if not position.is_limit] or found
    nearest = _nearest([one for one in targets if not one.closed] or targets)
    if nearest is None or len(targets) == 1:  # true of most concessions in a large book
        return tuple(targets)
    cancelled, left = DeadlineVerdict.CANCELLED, nearest.days_left
    same_day = [one for one in targets if one.days_left == left and one.verdict is not cancelled]
    same_day.sort(key=lambda one: (one.deadline.slug not in counted, one.deadline.slug))
    return tuple(same_day) or (nearest,)


def _nearest(positions: Sequence[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the next one ahead, then one without a day, else the latest one past.

    If several are on one day, it is the first by slug.
    """

    def order(position: DeadlinePosition) -> tuple[bool, bool, int, str]:
        left, slug = position.days_left, position.deadline.slug
        past = left is not None and left < 0
        return past, left is None, abs(left or 0), slug

    if len(positions) <= 1:  # true of most concessions in a large book
        return positions[0] if positions else None
    return min(positions, key=order)

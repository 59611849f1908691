"""Reads callers' values, text or native, as the command line reads its words."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tracker.dates import Period, parse_day, parse_day_or_period, parse_day_or_week
from tracker.errors import BadQuantity
from tracker.quantities import parse_quantity
from tracker.vocabulary import ConcessionKind, ConcessionState, Stage, parse_word

if TYPE_CHECKING:
    from tracker.reports.choice import Choice

Day = str | date
"""A day: ISO text, `today`, `yesterday`, a weekday's name, `3 days ago`, or a date."""
Moment = str | int | date
"""What a report is known by: an entry's number, a head, or a moment in UTC.

A day, minute or second means its end; a datetime means exactly that moment.
"""
Happened = str | date | Period
"""A day in any words, or a month or a year in ISO text."""
DueDay = str | date | Period
"""A deadline's day, which may be known to the month or the year only: `2026-04`, `2026`."""
Amount = str | int | Decimal
"""An exact quantity."""

Field = str | int | bool | Decimal | date | Period | Sequence[str] | None
"""A field of a declaration."""

Words = str | Sequence[str]
"""One word, or several."""


def choice_of(
    giver: Words | None = None,
    receiver: Words | None = None,
    sector: Words | None = None,
    kind: Words | None = None,
    stage: Words | None = None,
    state: Words | None = None,
) -> "Choice":
    """Return the choice of concessions that the words of filters make."""
    from tracker.reports.choice import Choice

    return Choice(
        _several(giver),
        _several(receiver),
        _several(sector),
        tuple(parse_word("kind", word, ConcessionKind) for word in _several(kind)),
        tuple(parse_word("stage", word, Stage) for word in _several(stage)),
        tuple(_state_word(word) for word in _several(state)),
    )


def _several(words: Words | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(dict.fromkeys(words or ()))


def _state_word(word: str) -> ConcessionState:
    """Return a state; `in-part` and `in_part` are `in part`."""
    return parse_word("state", word.replace("-", " ").replace("_", " "), ConcessionState)


def day_of(value: Day, today: date) -> date:
    """Return a day; a datetime gives its date."""
    return parse_day(_text(value), today)


def point_of(value: Day | None) -> tuple[Day | None, str | None]:
    """Return the day and the entry of a point: `2026-02-22#415`, a day alone, or `#415` alone."""
    if isinstance(value, str) and "#" in value:
        day, _, number = value.partition("#")
        return day.strip() or None, f"#{number.strip()}"
    return value, None


def day_or_week_of(value: Day, today: date) -> date:
    """Return a day; an ISO week gives its Sunday."""
    return parse_day_or_week(value, today) if isinstance(value, str) else day_of(value, today)


def happened_of(value: Happened, today: date) -> Period:
    """Return a day, or a month or a year, as precise as it was given."""
    return parse_day_or_period(_text(value), today)


def amount_of(value: Amount) -> Decimal:
    """Return a quantity; refuse a float, whose value is rarely what its digits say."""
    if isinstance(value, float):
        raise BadQuantity(
            text=str(value), reason="is a float, which is rarely exact: give text or a Decimal"
        )
    return parse_quantity(format(value, "f") if isinstance(value, Decimal) else str(value))


def plain_field(value: Field) -> Any:
    """Return a field of a declaration in plain values, without empty ones; None if none is left."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return format(amount_of(value), "f")
    if isinstance(value, (str, date, Period)):
        return _text(value).strip() or None
    return [text for one in value if (text := one.strip())] or None


def _text(value: str | date | Period) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)

"""Builders of the entries that the rules judge, in the order in which the state hands them over."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tracker.dates import Period, exactly
from tracker.entry import Entry
from tracker.vocabulary import WRITTEN, Basis, EntryKind, Outcome, Status

RECORDED_AT = datetime(2026, 1, 8, 9, tzinfo=UTC)


def stating(number: int, says: str | None, status: Status, on: Period) -> Entry:
    """Return a verdict, or the claim of a party."""
    held = {"says": says, "stage": WRITTEN[status]}
    return _entry(number, EntryKind.STAGE, "soybeans", on, **held)


def move(
    number: int, says: str | None, due_on: Period, on: date, target: Decimal | None = None
) -> Entry:
    """Return a move of a deadline, announced on a day."""
    held = {"says": says, "due_on": due_on, "value": target}
    return _entry(number, EntryKind.DEADLINE, "soybeans-2025", exactly(on), **held)


def closing(number: int, outcome: Outcome, on: Period) -> Entry:
    """Return how a deadline ended."""
    return _entry(number, EntryKind.DEADLINE, "soybeans-2025", on, outcome=outcome)


def reading(
    number: int, counted_by: str, basis: Basis, value: Decimal, on: date, **fields: Any
) -> Entry:
    """Return what somebody counted: the total through a day or, as a flow, what a day added."""
    held = {"counted_by": counted_by, "basis": basis, "value": value, **fields}
    return _entry(number, EntryKind.READING, "soybeans-2025", exactly(on), **held)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries as the state does: by day, those of one day as they were recorded."""
    return sorted(entries, key=lambda entry: (entry.on, entry.entry))


def _entry(number: int, kind: EntryKind, subject: str, on: Period, **held: Any) -> Entry:
    nothing = {**dict.fromkeys(Entry._fields), "source": ()}
    about = {"entry": number, "kind": kind, "subject": subject, "effective_on": on}
    written = {"recorded_at": RECORDED_AT, "author": "analyst", "batch": number}
    return Entry(**{**nothing, **about, **written, **held})

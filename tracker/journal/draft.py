"""An entry before it has its number: in words, as a person or a file gives it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.facts import Entry
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage


class Draft(NamedTuple):
    """What one entry is to say; `about` is the slug of the narrowest thing it concerns."""

    kind: EntryKind
    about: str
    effective_on: date
    says: str | None = None
    stage: Stage | None = None
    value: Decimal | None = None
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis | None = None
    flow: bool | None = None
    due_on: Period | None = None
    outcome: Outcome | None = None
    source: str | None = None
    note: str | None = None
    retracts: int | None = None
    import_key: bytes | None = None


def draft_of(entry: Entry) -> Draft:
    """Return the draft that would write an entry again."""
    return Draft(
        kind=entry.kind,
        about=about(entry),
        effective_on=entry.effective_on,
        says=entry.says,
        stage=entry.stage,
        value=entry.value,
        unit=entry.unit,
        counted_by=entry.counted_by,
        basis=entry.basis,
        flow=entry.flow,
        due_on=entry.due_on,
        outcome=entry.outcome,
        source=entry.source,
        note=entry.note,
    )


def about(entry: Entry) -> str:
    """Return the slug of the narrowest thing that an entry concerns."""
    return entry.deadline or entry.concession or entry.agreement

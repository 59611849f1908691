"""The row of an entry in its table, with the digest over the words that it holds."""

from typing import Any, NamedTuple

from tracker.declared import Subject
from tracker.journal.chain import digest
from tracker.journal.draft import Draft
from tracker.journal.names import Named
from tracker.vocabulary import Precision

Place = tuple[bytes, int, int, int, int | None]
"""The place of an entry: the previous digest, its batch, number, nth and origin."""


class EntryRow(NamedTuple):
    """The row of an entry in its table, in plain values."""

    id: int
    batch: int
    kind: str
    subject_id: int
    concession_id: int | None
    effective_on: str
    effective_on_precision: str | None
    public_on: str | None
    says_id: int | None
    note: str | None
    headline: bool | None
    stage: str | None
    value: str | None
    base: str | None
    unit: str | None
    counted_by: str | None
    basis: str | None
    flow: bool | None
    due_on: str | None
    due_on_precision: str | None
    outcome: str | None
    refers_to: int | None
    key: bytes
    nth: int
    origin: int | None
    digest: bytes


def row_of(draft: Draft, subject: Subject, says: Named | None, place: Place) -> EntryRow:
    """Return the row of an entry."""
    previous, batch, entry, nth, origin = place
    on, due_on = draft.effective_on, draft.due_on
    said = _said(draft) | {"nth": nth, "origin": origin, "batch": batch}
    words = said | {
        "entry": entry,
        "subject": subject.slug,
        "concession": subject.concession,
        "effective_on": str(on),
        "says": says and says.slug,
        "source": [*draft.source] or None,
        "due_on": due_on and str(due_on),
        "key": draft.key.hex(),
        "declares": draft.declares and draft.declares.words,
        "text": draft.text and draft.text._asdict(),
    }
    return EntryRow(
        **said,
        id=entry,
        subject_id=subject.id,
        concession_id=subject.concession_id,
        effective_on=on.last.isoformat(),
        effective_on_precision=None if on.precision is Precision.DAY else on.precision.value,
        says_id=says and says.id,
        due_on=due_on and due_on.last.isoformat(),
        due_on_precision=due_on and due_on.precision.value,
        key=draft.key,
        digest=digest(previous, words),
    )


def _said(draft: Draft) -> dict[str, Any]:
    """Return the fields of an entry that its row and the chain hold in the same words."""
    return {
        "kind": draft.kind.value,
        "public_on": draft.public_on and draft.public_on.isoformat(),
        "note": draft.note,
        "headline": draft.headline,
        "stage": draft.stage and draft.stage.value,
        "value": None if draft.value is None else format(draft.value, "f"),
        "base": None if draft.base is None else format(draft.base, "f"),
        "unit": draft.unit,
        "counted_by": draft.counted_by,
        "basis": draft.basis and draft.basis.value,
        "flow": draft.flow,
        "outcome": draft.outcome and draft.outcome.value,
        "refers_to": draft.refers_to,
    }

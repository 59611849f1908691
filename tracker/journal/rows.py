"""The rows of entries and their digests; what many entries share is encoded only once."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tracker.journal.chain import canonical, quoted
from tracker.journal.draft import Draft, own_of, repeated_of
from tracker.journal.hashes import sha256
from tracker.journal.names import Named
from tracker.queries.rows import Subject
from tracker.vocabulary import Precision

REMEMBERED = 4_000
"""How many forms are cached."""

SLOTS = {
    "batch": ',"batch":%d',
    "effective_on": ',"effective_on":"%s"',
    "entry": ',"entry":%d',
    "key": ',"key":"%s"',
    "note": "%s",
    "nth": ',"nth":%d',
    "origin": "%s",
    "public_on": "%s",
    "refers_to": "%s",
    "source": "%s",
    "value": "%s",
}
"""The slots in a form's canonical JSON for an entry's own values, in order."""


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
    source_id: int | None
    note: str | None
    stage: str | None
    value: str | None
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


class Form:
    """What entries share that differ only in their day, value, source and note."""

    def __init__(self, draft: Draft, subject: Subject, says: Named | None) -> None:
        self.subject = subject
        self.says = says
        self._json = _with_slots(_words(draft, subject, says))
        self._about = (draft.kind.value, subject.id, subject.concession_id)
        self._says_id = says.id if says else None
        self._stage = draft.stage and draft.stage.value
        self._sha256: Callable[..., Any] = sha256
        self.is_repeated = False
        due_on = draft.due_on
        self._measured = (
            draft.unit,
            draft.counted_by,
            draft.basis and draft.basis.value,
            draft.flow,
            due_on.last.isoformat() if due_on else None,
            due_on.precision.value if due_on else None,
            draft.outcome and draft.outcome.value,
        )

    def repeat(self) -> None:
        """Prepare for many entries: OpenSSL takes time to load, but less for each entry."""
        from hashlib import sha256 as faster

        self._sha256, self.is_repeated = faster, True

    def row(self, draft: Draft, source: Named | None, place: Place) -> EntryRow:
        """Return the row of an entry of this form, with its digest."""
        previous, batch, entry, nth, origin = place
        effective_on, number, _, note, refers_to, public_on, key = own_of(draft)
        last, precision = effective_on
        on, is_exact = last.isoformat(), precision is Precision.DAY
        public = None if public_on is None else public_on.isoformat()
        value = None if number is None else format(number, "f")
        text = self._json % (
            batch,
            on if is_exact else effective_on,
            entry,
            key.hex(),
            "" if note is None else f',"note":{quoted(note)}',
            nth,
            "" if origin is None else f',"origin":{origin}',
            "" if public is None else f',"public_on":"{public}"',
            "" if refers_to is None else f',"refers_to":{refers_to}',
            "" if source is None else f',"source":{quoted(source.slug)}',
            "" if value is None else f',"value":"{value}"',
        )
        digest = self._sha256(previous + text.encode()).digest()
        source_id = None if source is None else source.id
        known_to = None if is_exact else precision.value
        about = (entry, batch, *self._about, on, known_to, public)
        own = (self._says_id, source_id, note, self._stage, value)
        return EntryRow._make((*about, *own, *self._measured, refers_to, key, nth, origin, digest))


class Forms:
    """The forms of the latest entries."""

    def __init__(self) -> None:
        self._forms: dict[tuple[Any, ...], Form] = {}

    def of(self, draft: Draft, subject: Subject, says: Named | None) -> Form:
        """Return the form of an entry, looked up by what its slugs name now."""
        if draft.declares is not None or draft.text is not None:
            return Form(draft, subject, says)
        repeated = repeated_of(draft)
        form = self._forms.get(repeated)
        if form is None or form.subject is not subject or form.says is not says:
            if len(self._forms) >= REMEMBERED:
                self._forms.clear()
            form = self._forms[repeated] = Form(draft, subject, says)
        elif not form.is_repeated:
            form.repeat()
        return form


def _words(draft: Draft, subject: Subject, says: Named | None) -> dict[str, Any]:
    """Return the words of the digest that entries of a form share."""
    return {
        "kind": draft.kind.value,
        "subject": subject.slug,
        "concession": subject.concession,
        "says": says and says.slug,
        "stage": draft.stage,
        "unit": draft.unit,
        "counted_by": draft.counted_by,
        "basis": draft.basis,
        "flow": draft.flow,
        "due_on": draft.due_on and str(draft.due_on),
        "outcome": draft.outcome,
        "declares": draft.declares and draft.declares.words,
        "text": draft.text and draft.text._asdict(),
    }


def _with_slots(words: dict[str, Any]) -> str:
    """Return the canonical JSON of words, with slots for an entry's own values."""
    members = SLOTS | {
        name: f',"{name}":{canonical(value)}'.replace("%", "%%")
        for name, value in words.items()
        if value is not None
    }
    return f"{{{''.join(members[name] for name in sorted(members))[1:]}}}"

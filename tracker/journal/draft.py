"""An entry before it has a number, in the words of a person or a file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.declared import Subject
from tracker.errors import BadInput
from tracker.facts import Entry, Fingerprint
from tracker.journal.chain import canonical, key_of
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage, ThingKind


class Declaration(NamedTuple):
    """The content of a declaration: the kind of thing, and all of its fields in plain values.

    Days and quantities are text, parties and exchanges lists of slugs; absent fields are left
    out.
    """

    what: ThingKind
    fields: Mapping[str, Any]

    @property
    def words(self) -> dict[str, Any]:
        """The declaration as the chain holds it."""
        return {"what": self.what.value, **self.fields}


class Draft(NamedTuple):
    """The content of a new entry; `about` is the slug of the most specific thing that it concerns.

    `key` and `nth` identify it: the hash of what it says, and which of the entries that say the
    same it is. `subject` is what `about` names, if an entry that it refers to has shown that.
    """

    kind: EntryKind
    about: str
    effective_on: Period
    says: str | None = None
    stage: Stage | None = None
    value: Decimal | None = None
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis | None = None
    flow: bool | None = None
    due_on: Period | None = None
    outcome: Outcome | None = None
    source: tuple[str, ...] = ()
    note: str | None = None
    headline: bool | None = None
    refers_to: int | None = None
    public_on: date | None = None
    declares: Declaration | None = None
    text: Fingerprint | None = None
    key: bytes = b""
    nth: int | None = None
    subject: Subject | None = None
    origin: int | None = None
    """Its number in the book in which it was recorded, if that is another one."""

    @property
    def referent(self) -> int:
        """The entry that it refers to; 0, which no entry has, if there is none."""
        return self.refers_to or 0

    def keyed(self, target: str | None = None) -> "Draft":
        """Return the draft with its key; see `content_key`."""
        key = content_key(self, target)
        return tuple.__new__(Draft, (*self[:KEY], key, *self[KEY + 1 :]))


def _fields(*names: str) -> "itemgetter[Any]":
    """Return a getter of several fields at once, which is faster than one by one."""
    return itemgetter(*map(Draft._fields.index, names))


KEY = Draft._fields.index("key")

CONTENT = Draft._fields[2 : Draft._fields.index("declares")]
"""The fields of an entry that say something, from its day on; the rest is bookkeeping."""

OWN = ("effective_on", "value", "source", "note", "refers_to", "public_on", "key")
"""The fields that rarely repeat."""
own_of = _fields(*OWN)
repeated_of = _fields("kind", "about", *(name for name in CONTENT if name not in OWN))
"""The fields that many entries share."""


def draft_of(entry: Entry) -> Draft:
    """Return the draft that would write an entry again."""
    return Draft(entry.kind, entry.subject, **{name: getattr(entry, name) for name in CONTENT})


def entry_of(draft: Draft, number: int) -> Entry:
    """Return the entry that a draft is about to become, as the rules read it."""
    held: dict[str, Any] = {name: getattr(draft, name) for name in CONTENT}
    unknown: dict[str, Any] = dict.fromkeys(Entry._fields)
    return Entry(**unknown | held | {"entry": number, "kind": draft.kind, "subject": draft.about})


def content_key(draft: Draft, target: str | None = None) -> bytes:
    """Return the key of what a draft says, regardless of author and moment of recording.

    Counters and units are compared without regard to case, quantities by their value; of the
    sources, only the first one counts. `target` is the key of the entry that a retraction names.
    """
    kind_and_subject, stage, measured = _told(*repeated_of(draft))
    effective_on, number, source, note, _, public_on, _ = own_of(draft)
    declared = "" if draft.declares is None else canonical(draft.declares.words)
    if draft.text is not None:
        declared = draft.text.file_sha256  # however its words were extracted
    value = "" if number is None else format(number.normalize(), "f")
    # No text of an entry is empty or contains NUL, so the joined parts are unambiguous.
    told = (
        f"{kind_and_subject}\0{effective_on}\0{public_on or ''}\0{stage}\0{value}\0"
        f"{measured}\0{source[0] if source else ''}\0{note or ''}\0{target or ''}\0{declared}"
    )
    try:
        return key_of(told)
    except UnicodeEncodeError:
        raise BadInput("bad text", part="text", reason="is not valid UTF-8") from None


@lru_cache(4096)
def _told(*repeated: Any) -> tuple[str, str, str]:
    """Return the parts of a key's text that entries share, before and between their own."""
    kind, about, says, stage, unit, counted_by, basis, flow, due_on, outcome, headline = repeated
    measured = (
        unit and unit.casefold(),
        counted_by and counted_by.casefold(),
        basis,
        "flow" if flow else None,
        due_on and str(due_on),
        outcome,
        "headline" if headline else None,
    )
    parts = ((kind.value, about), (says, stage), measured)
    return tuple("\0".join([one or "" for one in part]) for part in parts)  # type: ignore[return-value]

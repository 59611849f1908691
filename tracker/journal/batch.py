"""What the chain holds of an entry: its key, its row with the digest, and the batch's seal."""

from collections import namedtuple
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from tracker.database import Connection
from tracker.entry import CONTENT, Entry, Subject
from tracker.errors import BadInput
from tracker.journal.chain import COLUMNS, canonical, digest, key_of
from tracker.vocabulary import Precision

EntryRow: Any = namedtuple("EntryRow", COLUMNS)  # type: ignore[misc]
"""The row of an entry in its table, in plain values."""

OWN = ("effective_on", "value", "base", "source", "note", "public_on")
"""The fields that rarely repeat."""
SHARED = ("kind", "subject", *(name for name in CONTENT if name not in (*OWN, "refers_to")))


def _fields(names: Iterable[str]) -> "itemgetter[Any]":
    """Return a getter of several fields at once, which is faster than one by one."""
    return itemgetter(*map(Entry._fields.index, names))


own_of, shared_of = _fields(OWN), _fields(SHARED)


def keyed(entry: Entry, target: str | None = None) -> Entry:
    """Return an entry with its key; see `content_key`."""
    return entry._replace(key=content_key(entry, target))


def content_key(entry: Entry, target: str | None = None) -> bytes:
    """Return the key of what an entry says, regardless of author and moment of recording.

    Counters and units are compared without regard to case, quantities by their value; of the
    sources, only the first one counts. `target` is the key of the entry that a retraction names.
    """
    kind_and_subject, stage, measured = _told(*shared_of(entry))
    effective_on, number, base, source, note, public_on = own_of(entry)
    declared = "" if entry.declares is None else canonical(entry.declares)
    if entry.text is not None:
        declared = entry.text["file_sha256"]  # however its words were extracted
    value = "" if number is None else format(number.normalize(), "f")
    if base is not None:
        value += f" from {base.normalize():f}"
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
def _told(*shared: Any) -> tuple[str, str, str]:
    """Return the parts of a key's text that entries share, before and between their own."""
    kind, subject, says, stage, unit, counted_by, basis, flow, due_on, outcome, headline = shared
    measured = (
        unit and unit.casefold(),
        counted_by and counted_by.casefold(),
        basis,
        "flow" if flow else None,
        due_on and str(due_on),
        outcome,
        "headline" if headline else None,
    )
    parts = ((kind.value, subject), (says, stage), measured)
    return tuple("\0".join([one or "" for one in part]) for part in parts)  # type: ignore[return-value]


class Batch:
    """The place at which a batch is appended: the previous digest, and the next number."""

    def __init__(self, words: dict[str, Any], previous: bytes) -> None:
        self.words = words
        self.first = self.next = int(words["first_entry"])
        self.previous = previous
        self._nths: dict[bytes, int] = {}

    def following(self, seal: bytes) -> "Batch":
        """Return the batch that follows a sealed one."""
        return Batch({"batch": self.words["batch"] + 1, "first_entry": self.next}, seal)

    def row(self, entry: Entry, subject: Subject, says_id: int | None, nth: int) -> Any:
        """Return the row of the next entry, and take its digest."""
        on, due_on = entry.effective_on, entry.due_on
        words = _said(entry) | {
            "entry": self.next,
            "batch": self.words["batch"],
            "subject": subject.slug,
            "concession": subject.concession,
            "effective_on": str(on),
            "says": entry.says,
            "source": [*entry.source] or None,
            "due_on": due_on and str(due_on),
            "key": entry.key.hex(),
            "nth": nth,
            "declares": entry.declares,
            "text": entry.text,
        }
        self.previous = digest(self.previous, words)
        stored = words | {
            "id": self.next,
            "subject_id": subject.id,
            "concession_id": subject.concession_id,
            "effective_on": on.last.isoformat(),
            "effective_on_precision": None if on.precision is Precision.DAY else on.precision.value,
            "says_id": says_id,
            "due_on": due_on and due_on.last.isoformat(),
            "due_on_precision": due_on and due_on.precision.value,
            "key": entry.key,
            "digest": self.previous,
        }
        self.next += 1
        return EntryRow._make(map(stored.__getitem__, COLUMNS))

    def nth(self, key: bytes, connection: Connection) -> int:
        """Return how many entries say the same, a new one included."""
        if key not in self._nths:
            sql = "SELECT COALESCE(MAX(nth), 0) FROM entry WHERE key = :key"
            ((self._nths[key],),) = connection.query(sql, key=key)
        self._nths[key] += 1
        return self._nths[key]

    def sealed(self) -> dict[str, Any]:
        """Return the batch's row, with its seal."""
        columns = {("id" if name == "batch" else name): one for name, one in self.words.items()}
        return columns | {"seal": digest(self.previous, self.words)}


def _said(entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry that its row and the chain hold in the same words."""
    return {
        "kind": entry.kind.value,
        "public_on": entry.public_on and entry.public_on.isoformat(),
        "note": entry.note,
        "headline": entry.headline,
        "stage": entry.stage and entry.stage.value,
        "value": None if entry.value is None else format(entry.value, "f"),
        "base": None if entry.base is None else format(entry.base, "f"),
        "unit": entry.unit,
        "counted_by": entry.counted_by,
        "basis": entry.basis and entry.basis.value,
        "flow": entry.flow,
        "outcome": entry.outcome and entry.outcome.value,
        "refers_to": entry.refers_to,
        "origin": entry.origin,
    }

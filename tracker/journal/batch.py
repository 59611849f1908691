"""What the chain holds of an entry: its key, its row with the digest, and the batch's seal."""

import sys
from collections import namedtuple
from collections.abc import Mapping
from datetime import datetime
from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from tracker.database import Connection, contents
from tracker.dates import iso_moment
from tracker.declared import LATEST
from tracker.entry import Entry, Subject
from tracker.errors import BadInput
from tracker.record import BookState
from tracker.vocabulary import Precision

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    # `hashlib` loads OpenSSL, which takes longer than a command needs to write its entry.
    try:
        from _blake2 import blake2b

        if sys.version_info >= (3, 12):
            from _sha2 import sha256
        else:
            from _sha256 import sha256
    except ImportError:  # not CPython, or built to use nothing but OpenSSL's functions
        from hashlib import blake2b, sha256

GENESIS = bytes(32)
"""The digest before the first entry."""

COLUMNS = (*contents.COLUMNS["entry"].split(), "digest")
"""The columns of an entry."""

WORDS = (
    "entry", "batch", "kind", "subject", "effective_on", "public_on", "says", "note",
    "headline", "stage", "value", "base", "unit", "counted_by", "basis", "flow", "due_on",
    "outcome", "refers_to", "key", "nth", "origin",
)  # fmt: skip
"""The keys of an entry's canonical JSON, except `concession` and what other tables hold."""

BATCH = (
    "batch", "command", "author", "recorded_at", "utc_offset", "first_entry", "origin",
    "origin_at", "merged_by",
)  # fmt: skip
"""The keys of a batch's canonical JSON."""

canonical = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
"""Writes canonical JSON, if all values are text, whole numbers, flags, or lists of these."""


def key_of(content: str) -> bytes:
    """Return the key of an entry, from a text of all that it says."""
    return blake2b(content.encode(), digest_size=16).digest()


def digest(previous: bytes, words: Mapping[str, object]) -> bytes:
    """Return the digest of an entry, or the seal of a batch; words that are None are left out."""
    held = {key: value for key, value in words.items() if value is not None}
    return sha256(previous + canonical(held).encode()).digest()


# --- an entry ------------------------------------------------------------------------------------

EntryRow: Any = namedtuple("EntryRow", COLUMNS)  # type: ignore[misc]
"""The row of an entry in its table, in plain values."""


def keyed(entry: Entry, target: str | None = None) -> Entry:
    """Return an entry with its key; see `content_key`."""
    return entry._replace(key=content_key(entry, target))


def content_key(entry: Entry, target: str | None = None) -> bytes:
    """Return the key of what an entry says, regardless of author and moment of recording.

    Counters and units are compared without regard to case, quantities by their value; of the
    sources, only the first one counts. `target` is the key of the entry that a retraction names.
    """
    declared = None if entry.declares is None else canonical(entry.declares)
    if entry.text is not None:
        declared = entry.text["file_sha256"]  # however its words were extracted
    value = None if entry.value is None else format(entry.value.normalize(), "f")
    if entry.base is not None:
        value = f"{value or ''} from {entry.base.normalize():f}"
    told = (
        entry.kind, entry.subject, entry.effective_on, entry.public_on, entry.says, entry.stage,
        value, entry.unit and entry.unit.casefold(),
        entry.counted_by and entry.counted_by.casefold(), entry.basis,
        "flow" if entry.flow else None, entry.due_on, entry.outcome,
        "headline" if entry.headline else None, entry.first_source, entry.note, target, declared,
    )  # fmt: skip
    try:
        # No text of an entry is empty or contains NUL, so the joined parts are unambiguous.
        return key_of("\0".join(["" if part is None else str(part) for part in told]))
    except UnicodeEncodeError:
        raise BadInput("bad text", part="text", reason="is not valid UTF-8") from None


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


# --- earlier batches ------------------------------------------------------------------------------

COUNTING = """
SELECT b.recorded_at FROM batch AS b
WHERE b.id < :batch AND b.command <> 'undo' AND EXISTS (
    SELECT 1 FROM entry AS e
    WHERE e.id >= b.first_entry AND e.batch = b.id AND NOT EXISTS (
        SELECT 1 FROM retracted AS r JOIN entry AS x ON x.id = r.from_id
        WHERE r.entry_id = e.id AND x.batch <= :batch))
ORDER BY b.id DESC LIMIT 1
"""


def moment_before(connection: Connection, batch: int) -> datetime | None:
    """Return the moment that a batch must not precede; None if there is none.

    It is that of the latest batch before it that counts. One that was undone does not count, and
    neither does an undo: otherwise a clock that once ran ahead would stop all writers for as long.
    """
    rows = connection.query(COUNTING, batch=batch)
    return rows[0][0] if rows else None


def is_too_early(connection: Connection, batch: Mapping[str, Any], last: str) -> bool:
    """Return whether a batch precedes the moment of the last one, and of the last that counts."""
    if batch["recorded_at"] >= last:
        return False
    after = moment_before(connection, batch["batch"])
    return after is not None and batch["recorded_at"] < iso_moment(after)


def held_by(connection: Connection, entry: int = LATEST) -> BookState:
    """Return what the book held with the batch that holds an entry; by default, the last one."""
    rows = connection.query(
        "SELECT COALESCE("
        " (SELECT MIN(n.first_entry) - 1 FROM batch AS n WHERE n.first_entry > b.first_entry),"
        " (SELECT MAX(e.id) FROM entry AS e), 0), b.seal"
        " FROM batch AS b WHERE b.first_entry <= :entry ORDER BY b.first_entry DESC LIMIT 1",
        entry=min(entry, LATEST),
    )
    return BookState(rows[0][0], bytes(rows[0][1]).hex()) if rows else BookState(0, None)

"""What the chain holds of an entry: its key, its row with the digest, and the batch's seal."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from json import JSONEncoder
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tracker.database import Connection, contents
from tracker.dates import iso_moment
from tracker.entry import SAID, Entry, unwritten
from tracker.errors import BadInput, Refused
from tracker.forms import NUMBER, plain
from tracker.record import by_key
from tracker.things import read_again, stored_period
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

COLUMNS = (*contents.COLUMNS["entry"].split(), "nth", "digest")
"""The columns of an entry."""
BATCH = ("batch", *contents.COLUMNS["batch"].split()[1:-1])
"""The keys of a batch's canonical JSON."""
SAYING = attrgetter(*SAID)
"""Returns the values of what an entry says."""
StoredFields = dict[str, Any]
"""What an entry or a batch says, in the words of the chain; what is None is absent."""

canonical = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
"""Writes canonical JSON, if all values are text, whole numbers, flags, or lists of these."""


def digest(previous: bytes, words: Mapping[str, object]) -> bytes:
    """Return the digest of an entry, or the seal of a batch; words that are None are left out."""
    present = {key: value for key, value in words.items() if value is not None}
    return sha256(previous + canonical(present).encode()).digest()


# --- an entry ------------------------------------------------------------------------------------


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
    value = (
        None if entry.value is None else format(Decimal(entry.value).normalize(), "f")
    )
    if entry.base is not None:
        value = f"{value or ''} from {Decimal(entry.base).normalize():f}"
    mark = "headline" if entry.headline else "inferred" if entry.inferred else None
    parts = (
        entry.kind, entry.subject, entry.effective_on, entry.public_on, entry.says, entry.stage,
        value, entry.unit and entry.unit.casefold(),
        entry.counted_by and entry.counted_by.casefold(), entry.basis,
        "flow" if entry.flow else None, entry.due_on, entry.outcome,
        mark, entry.first_source, entry.note, target, declared,
    )  # fmt: skip
    try:
        # No text of an entry is empty or contains NUL, so the joined parts are unambiguous.
        content = "\0".join(["" if part is None else str(part) for part in parts])
        return blake2b(content.encode(), digest_size=16).digest()
    except UnicodeEncodeError:
        raise BadInput("bad text", part="text", reason="is not valid UTF-8") from None


def words_of(entry: Entry, concession: str | None) -> StoredFields:
    """Return what an entry says and where it is from, in the words of the chain."""
    said = zip(SAID, SAYING(entry), strict=True)
    return {name: plain(value) for name, value in said if value is not None} | {
        "kind": entry.kind.value,
        "subject": entry.subject,
        "concession": concession,
        "source": [*entry.source] or None,
        "declares": entry.declares,
        "text": entry.text,
        "key": entry.key.hex(),
        "origin": entry.origin,
    }


def entry_of(words: Mapping[str, Any]) -> Entry:
    """Return what an entry of the chain says, its values still plain; raise ValueError if unfit."""
    said: dict[str, Any] = {
        name: words.get(name) for name in (*SAID, "declares", "text")
    }
    entry = unwritten(words["kind"], words["subject"], **said)
    if (
        entry.declares
        and read_again(entry.what, entry.subject, entry.fields) != entry.fields
    ):
        raise ValueError(entry.fields)
    return (
        entry
        if "origin" not in words
        else entry._replace(origin=NUMBER.parse(words["origin"]))
    )


def entry_row(
    words: StoredFields, subject: int, concession: int | None, says: int | None
) -> StoredFields:
    """Return the columns of an entry with its digest; the things that it names are numbered."""
    row = words | {
        "id": words["entry"],
        "subject_id": subject,
        "concession_id": concession,
        "says_id": says,
        "key": bytes.fromhex(words["key"]),
        "digest": bytes.fromhex(words["digest"]),
    }
    for name in ("effective_on", "due_on"):
        if row.get(name) is not None:
            row |= stored_period(name, row[name])
    if row["effective_on_precision"] == Precision.DAY:
        row["effective_on_precision"] = None
    return dict(zip(COLUMNS, map(row.get, COLUMNS), strict=True))


def batch_row(words: StoredFields) -> StoredFields:
    """Return the columns of a batch with its seal."""
    columns = {name: words.get(name) for name in BATCH[1:]}
    return {"id": words["batch"], **columns, "seal": bytes.fromhex(words["seal"])}


class OpenBatch:
    """The place at which a batch is appended: the previous digest, and the next number."""

    def __init__(self, words: StoredFields, previous: bytes) -> None:
        self.words = words
        self.first = self.next = int(words["first_entry"])
        self.previous = previous

    def added(self, words: StoredFields) -> StoredFields:
        """Return the words of the next entry with its numbers and its digest."""
        words |= {"entry": self.next, "batch": self.words["batch"]}
        self.previous = digest(self.previous, words)
        self.next += 1
        return words | {"digest": self.previous.hex()}

    def sealed(self) -> StoredFields:
        """Return the words of the batch with its seal."""
        return self.words | {"seal": digest(self.previous, self.words).hex()}


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


AT_ONCE = 900
"""How many keys a statement names."""
HELD_WITH = """
SELECT e.key, e.id, (
    SELECT MIN(CASE WHEN b.command = 'undo' THEN 'undo' ELSE 'import' END)
    FROM retracted AS r
    JOIN entry AS x ON x.id = r.from_id
    LEFT JOIN batch AS b ON b.id = x.batch
    WHERE r.entry_id = e.id
)
FROM entry AS e
WHERE e.key IN ({})
ORDER BY e.id
"""
"""The entries with some keys and how each was retracted, if it was: by undos alone, or not."""
TIMES_SAID = "SELECT key, MAX(nth) FROM entry WHERE key IN ({}) GROUP BY key"


def held_with(
    connection: Connection, keys: Iterable[bytes]
) -> dict[bytes, list[tuple[int, str | None]]]:
    """Return the entries with each of some keys, and what retracted each of them, if anything."""
    rows = _with_keys(connection, HELD_WITH, keys)
    return by_key((bytes(key), (entry, taken_by)) for key, entry, taken_by in rows)


def times_said(connection: Connection, keys: Iterable[bytes]) -> Counter[bytes]:
    """Return how many entries have each of some keys."""
    rows = _with_keys(connection, TIMES_SAID, keys)
    return Counter({bytes(key): times for key, times in rows})


def _with_keys(connection: Connection, sql: str, keys: Iterable[bytes]) -> Iterator[Any]:
    """Yield the rows of a query about entries with some keys."""
    left = iter(keys)
    while some := [*islice(left, AT_ONCE)]:
        parameters = {f"key{place}": key for place, key in enumerate(some)}
        named = ", ".join(f":{name}" for name in parameters)
        yield from connection.query(sql.format(named), tuple, **parameters)


# --- what can be written --------------------------------------------------------------------------

PATIENCE = timedelta(days=1)
"""How far a clock may be behind the last batch."""
WORD_BYTES = 1_000
"""The longest author, unit or counter: PostgreSQL's indexes hold two of these and little more."""
TEXT_BYTES = 200_000
"""The longest note or reason: as a cell of CSV, escapes included, it can be imported again."""


def require_clock(
    after: datetime | None, now: datetime, book: str = "this book"
) -> None:
    """Refuse a clock that is far behind a book's last batch: one of the two is wrong."""
    moment = now.astimezone(UTC)
    if after is not None and moment < after - PATIENCE:
        said = iso_moment(moment)[:16]
        last = iso_moment(after)[:16]
        raise Refused("clock behind", now=said, book=book, last=last)


def require_author(author: str | None) -> None:
    """Refuse an author whose name is blank, too long, or not on one line."""
    require_text("author", author, WORD_BYTES)
    if author and not author.isprintable():
        reason = "contains a line break or another control character"
        raise BadInput("bad text", part="author", reason=reason)


def require_text(what: str, text: str | None, longest: int | None = TEXT_BYTES) -> None:
    """Refuse text that is blank, that is too long as UTF-8, or that a database cannot store."""
    if text is None:
        return
    if longest is not None and len(text.encode(errors="replace")) > longest:
        raise BadInput("bad text", part=what, reason=f"is longer than {longest:,} bytes")
    if not text.strip():
        raise BadInput("bad text", part=what, reason="is empty")
    if "\0" in text:
        raise BadInput("bad text", part=what, reason="contains a NUL character")

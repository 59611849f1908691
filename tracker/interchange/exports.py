"""Exports of a whole book, as JSONL: writes one, and makes the book again from it.

A header, every entry with its digest, every batch with its seal. Restoring checks the chain.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader
from typing import Any

from tracker.database import Connection, Target
from tracker.dates import iso_moment, parse_iso_moment
from tracker.entry import REFERRING, Entry, Fingerprint, said_in_words
from tracker.errors import BadInput, TrackerError, Unavailable
from tracker.files import unreadable
from tracker.forms import NUMBER
from tracker.journal.batch import (
    GENESIS,
    WORDS,
    Batch,
    content_key,
    held_by,
    is_too_early,
    require_author,
)
from tracker.journal.chain import follow
from tracker.journal.corrections import DECLARING, named, targets_of
from tracker.journal.writer import Writer, holds_more
from tracker.things import read_again
from tracker.vocabulary import EntryKind, Media

FORMAT = "truce-tracker"
SCHEMA = 3
EARLIER = 2
"""The schema of version 0.2."""
ENTRY = {*WORDS, "entry", "subject", "says", "concession", "source", "declares", "text", "digest"}
"""The keys that an entry's line may have."""
WANTED = "a book as 'tracker export' writes it"
LINE_LIMIT = 64 << 20
"""The most bytes of a line; a longer one is refused as endless."""
UNFIT = (TrackerError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a line can raise that this program did not write."""
CHUNK = 1_000
"""How many rows are written at once."""


def export(connection: Connection) -> Iterator[str]:
    """Yield a book's lines in the order of its journal; raise Unavailable if they do not fit.

    The export ends where the book ended at the start, whoever goes on writing.
    """
    entries, head, _ = held_by(connection)
    yield _line("book", {"format": FORMAT, "schema": SCHEMA, "entries": entries, "head": head})
    last, seal = 0, None
    for what, words in follow(connection):
        if what == "entry" and words["entry"] > entries:
            break
        if what == "entry":
            last = words["entry"]
        else:
            seal = words["seal"]
        yield _line(what, words)
    if (last, seal) != (entries, head):
        reason = "its last entry or its head is not the one that an index says"
        raise Unavailable("book damaged", book=connection.target, reason=reason)


def _line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    held = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **held}) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def make_again(target: Target, file: BufferedReader, name: str) -> int:
    """Make a new book from its export; return how many entries it has.

    One entry that does not fit the chain makes it refuse the whole export.
    """
    from tracker import schema  # heavy

    with schema.creating(target) as connection, connection.writing():
        return _Export(connection, file, name).restore()


class Altered(ValueError):
    """What does not fit in a line that can be read."""


class _Export:
    """An export, whose lines are written with the same code as new entries."""

    def __init__(self, connection: Connection, file: BufferedReader, name: str) -> None:
        moment = parse_iso_moment("1970-01-01T00:00Z")
        self._connection = connection
        self._writer = Writer(connection, "restored", moment.date(), moment)
        self._writer.names.read_whole()
        self._file = file
        self._name = name
        self._number = 0
        self._batch = Batch({"batch": 1, "first_entry": 1}, GENESIS)
        self._recorded_at = ""
        self._waiting: list[tuple[Any, Entry]] = []

    def restore(self) -> int:
        """Write every entry; refuse the export at the first that does not fit."""
        lines = self._lines()
        header = next(lines, {})
        if (header.get("type"), header.get("format")) != ("book", FORMAT):
            raise self._unreadable("it does not begin like an export")
        if header.get("schema") not in (EARLIER, SCHEMA):
            held = header.get("schema")
            raise self._unreadable(f"it has schema {held}, but this program reads {SCHEMA}")
        if header["schema"] == EARLIER:
            from tracker.interchange.earlier import renewed

            try:
                header, *renewed_lines = renewed(header, lines)
            except UNFIT as error:
                reason = f"line {self._number}: it is not what version 0.2 wrote"
                raise self._unreadable(reason) from error
            lines = iter(renewed_lines)
        for line in lines:
            self._write(line)
        entries = self._batch.next - 1
        head = self._batch.previous.hex() if entries else None
        is_sealed = self._batch.next == self._batch.first
        if not is_sealed or (entries, head) != (header.get("entries"), header.get("head")):
            reason = f"it ends with entry {entries}, but its header says otherwise"
            raise BadInput("broken export", path=self._name, reason=reason)
        return entries

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yield the lines of the file."""
        for text in iter(lambda: self._file.readline(LINE_LIMIT + 1), b""):
            self._number += 1
            if len(text) > LINE_LIMIT:
                reason = f"line {self._number} does not end within {LINE_LIMIT >> 20} MiB"
                raise self._unreadable(reason)
            if self._number == 1 and text.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise self._unreadable("it is UTF-16 text")
            if not text.strip():  # an editor may have left blank lines at the end
                continue
            try:
                found = json.loads(text)
            except (ValueError, RecursionError):
                found = None
            if not isinstance(found, dict):
                raise self._unreadable(f"line {self._number}: it is not a JSON object")
            yield found

    def _unreadable(self, reason: str) -> BadInput:
        return unreadable(self._name, reason, WANTED)

    def _write(self, line: dict[str, Any]) -> None:
        """Write an entry, or a batch after its entries, unless the book would hold it otherwise."""
        if (what := line.pop("type", None)) not in ("entry", "batch"):
            raise self._unreadable(f"line {self._number}: its type does not belong there")
        is_entry = what == "entry"
        number = self._batch.next - (0 if is_entry else 1)
        try:
            (self._entry if is_entry else self._seal)(line)
        except Exception as error:
            if not _is_unfit(error):
                raise
            wrong = f"the book cannot hold {'it' if is_entry else 'its batch'}"
            reason = f"entry {number} was changed: {error if type(error) is Altered else wrong}"
            raise BadInput("broken export", path=self._name, reason=reason) from error

    def _entry(self, line: Mapping[str, Any]) -> None:
        if line.get("entry") != self._batch.next:
            raise Altered("it is missing, or not where it belongs")
        if line.keys() - ENTRY:
            raise ValueError(line)
        entry, target = entry_of(line), None
        if entry.kind in REFERRING:
            self._flush()
            (target,) = targets_of(self._writer, [entry.refers_to])
            entry = entry._replace(about=target.about)
        if content_key(entry, target and named(target)) != entry.key:
            raise Altered("its key does not fit")
        self._waiting.append((self._writer.row(self._batch, entry), entry))
        if self._batch.previous.hex() != line["digest"]:
            raise Altered("its digest does not fit")
        if target or holds_more(entry) or len(self._waiting) >= CHUNK:
            self._flush()
        if target and target.kind in DECLARING:  # gone, or back again
            self._writer.names.forget(target.subject)

    def _flush(self) -> None:
        """Write the entries that wait for it."""
        self._writer.insert(self._waiting)
        self._waiting = []

    def _seal(self, line: Mapping[str, Any]) -> None:
        self._flush()
        given = {name: line[name] for name in SEALED if line.get(name) is not None}
        words = self._batch.words | {name: SEALED[name](one) for name, one in given.items()}
        is_own = words | {"seal": line["seal"]} == line
        if not is_own or is_too_early(self._connection, words, self._recorded_at):
            raise ValueError(line)
        self._recorded_at = words["recorded_at"]
        self._batch.words = words
        row = self._batch.sealed()
        if row["seal"].hex() != line["seal"]:
            raise Altered("the seal of its batch does not fit")
        self._connection.insert("batch", [row])
        self._batch = self._batch.following(row["seal"])


def _is_unfit(error: Exception) -> bool:
    """Return whether a failure is the export's fault: it cannot be read, or is refused."""
    if isinstance(error, UNFIT):
        return not isinstance(error, Unavailable)  # that is the database's
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"IntegrityError", "DataError"})


def _author(text: str) -> str:
    require_author(text)
    return text


def _origin(text: str) -> str:
    """Return the seal of a batch in another book."""
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError(text)
    return text


def _moment(text: str) -> str:
    return iso_moment(parse_iso_moment(text))


SEALED: Mapping[str, Callable[[Any], Any]] = {
    **{"command": str, "author": _author, "recorded_at": _moment, "utc_offset": int},
    **{"origin": _origin, "origin_at": _moment, "merged_by": _author},
}
"""How a batch's own words are read in the form that the book holds."""


def entry_of(words: Mapping[str, Any]) -> Entry:
    """Return the entry that writes a line again."""
    entry = said_in_words(EntryKind(words["kind"]), words["subject"], words)
    if entry.kind is EntryKind.DECLARATION:
        entry = entry._replace(declares=words["declares"])
        if read_again(entry.what, entry.subject, entry.fields) != entry.fields:
            raise ValueError(entry.fields)
    if entry.kind is EntryKind.TEXT:
        held = Fingerprint(**words["text"])
        held = held._replace(words=int(held.words), media=Media(held.media))
        entry = entry._replace(text=held._asdict())
    if "origin" in words:
        entry = entry._replace(origin=NUMBER.parse(words["origin"]))
    key, nth = bytes.fromhex(words["key"]), NUMBER.parse(words["nth"])
    return entry._replace(key=key, nth=nth)

"""Exports of a whole book, as JSONL: writes one, and makes the book again from it.

A header, every entry with its digest, every batch with its seal. Restoring checks the chain.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from typing import Any

from tracker.database import Connection, Target
from tracker.dates import iso_moment, parse_iso_moment
from tracker.entry import REFERRING, Entry, Fingerprint, said_in_words
from tracker.errors import BadInput, TrackerError, Unavailable
from tracker.files import unreadable
from tracker.forms import NUMBER
from tracker.journal.batch import (
    BATCH,
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
from tracker.vocabulary import EntryKind, Media, ThingKind

FORMAT = "truce-tracker"
SCHEMA = 3
EARLIER = 2
"""The schema of version 0.2."""
ENTRY = {*WORDS, "entry", "subject", "says", "concession", "source", "declares", "text", "digest"}
"""The keys that an entry's line may have."""
WANTED = "a book as 'tracker export' writes it"
LINE_LIMIT = 64 << 20
"""The most bytes of a line; a longer one is refused as endless."""
MISSING = "it is missing, or not where it belongs"
UNFIT = (TrackerError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a line can raise that this program did not write."""
ORIGIN = re.compile("[0-9a-f]{64}")
"""The seal of a batch in another book."""
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
        self._require_header(header)
        if header["schema"] == EARLIER:
            from tracker.interchange.earlier import renewed

            try:
                header, *renewed_lines = renewed(header, lines)
            except UNFIT as error:
                raise self._refused("it is not what version 0.2 wrote") from error
            lines = iter(renewed_lines)
        write = {"entry": self._entry, "batch": self._seal}
        for line in lines:
            if (what := str(line.pop("type", None))) not in write:
                raise self._refused("its type does not belong there")
            write[what](line)
        entries = self._batch.next - 1
        if self._batch.next > self._batch.first:
            raise self._changed(entries, "its batch is not sealed")
        head = self._batch.previous.hex() if entries else None
        if (entries, head) != (header.get("entries"), header.get("head")):
            reason = f"it ends with entry {entries}, but its header says otherwise"
            raise BadInput("broken export", path=self._name, reason=reason)
        return entries

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yield the lines of the file."""
        for text in iter(lambda: self._file.readline(LINE_LIMIT + 1), b""):
            self._number += 1
            if len(text) > LINE_LIMIT:
                reason = f"line {self._number} does not end within {LINE_LIMIT >> 20} MiB"
                raise unreadable(self._name, reason, WANTED)
            if self._number == 1 and text.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise unreadable(self._name, "it is UTF-16 text", WANTED)
            if not text.strip():  # an editor may have left blank lines at the end
                continue
            try:
                found = json.loads(text)
            except (ValueError, RecursionError):
                found = None
            if not isinstance(found, dict):
                raise self._refused("it is not a JSON object")
            yield found

    def _require_header(self, header: Mapping[str, Any]) -> None:
        """Refuse a file whose first line does not say that it is an export."""
        if (header.get("type"), header.get("format")) != ("book", FORMAT):
            raise unreadable(self._name, "it does not begin like an export", WANTED)
        if header.get("schema") not in (EARLIER, SCHEMA):
            reason = f"it has schema {header.get('schema')}, but this program reads {SCHEMA}"
            raise unreadable(self._name, reason, WANTED)

    def _refused(self, reason: str) -> BadInput:
        reason = f"line {self._number}: {reason}"
        return unreadable(self._name, reason, WANTED)

    def _changed(self, entry: int, reason: str) -> BadInput:
        """Return the refusal of an export whose chain does not fit at an entry."""
        return BadInput(
            "broken export", path=self._name, reason=f"entry {entry} was changed: {reason}"
        )

    @contextmanager
    def _blaming(self, entry: int, reason: str) -> Iterator[None]:
        """Refuse an export if it is its own fault that an entry, or its batch, is not written."""
        try:
            yield
        except Exception as error:
            if not _is_unfit(error) or getattr(error, "problem", None) == "broken export":
                raise
            raise self._changed(entry, reason) from error

    def _entry(self, line: Mapping[str, Any]) -> None:
        """Write an entry, unless the book would not hold it as the line does."""
        number, target = self._batch.next, None
        if line.get("entry") != number:
            raise self._changed(number, MISSING)
        with self._blaming(number, "the book cannot hold it"):
            entry = entry_of(line)
            if entry.kind in REFERRING:
                self._flush()
                (target,) = targets_of(self._writer, [entry.refers_to])
                entry = entry._replace(about=target.about)
            if content_key(entry, target and named(target)) != entry.key:
                raise self._changed(number, "its key does not fit")
            self._waiting.append((self._writer.row(self._batch, entry), entry))
            if self._batch.previous.hex() != line["digest"]:
                raise self._changed(number, "its digest does not fit")
            if line.keys() - ENTRY:
                raise ValueError(line)
            if holds_more(entry) or len(self._waiting) >= CHUNK:
                self._flush()
            if target and target.kind in DECLARING:  # gone, or back again
                self._flush()
                self._writer.names.forget(target.subject)

    def _flush(self) -> None:
        """Write the entries that wait for it."""
        self._writer.insert(self._waiting)
        self._waiting = []

    def _seal(self, line: dict[str, Any]) -> None:
        """Write a batch after its entries."""
        last = self._batch.next - 1
        with self._blaming(last, "its batch cannot be read"):
            words = _seal_words(line)
            own = self._batch.words["batch"], self._batch.first
            is_next = own == (words["batch"], words["first_entry"])
            self._flush()
            if not is_next or is_too_early(self._connection, words, self._recorded_at):
                raise ValueError(line)
            self._recorded_at = words["recorded_at"]
            self._batch.words |= words
            row = self._batch.sealed()
            if row["seal"].hex() != line.pop("seal", None):
                raise self._changed(last, "the seal of its batch does not fit")
            if line.keys() - {*BATCH}:
                raise ValueError(line)
            self._connection.insert("batch", [row])
            self._batch = self._batch.following(row["seal"])


def _is_unfit(error: Exception) -> bool:
    """Return whether a failure is the export's fault: it cannot be read, or is refused."""
    if isinstance(error, UNFIT):
        return not isinstance(error, Unavailable)  # that is the database's
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"IntegrityError", "DataError"})


def _seal_words(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a batch's own words in the form that the book holds."""
    found = {
        name: None if line.get(name) is None else SEALED.get(name, str)(line[name])
        for name in BATCH
    }
    require_author(found["author"])
    require_author(found["merged_by"])
    if found["origin"] is not None and not ORIGIN.fullmatch(found["origin"]):
        raise ValueError(line)
    return found


SEALED: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("batch", "first_entry", "utc_offset"), int),
    **dict.fromkeys(("recorded_at", "origin_at"), lambda text: iso_moment(parse_iso_moment(text))),
}
"""How the words of a batch are read that are not text."""


def entry_of(words: Mapping[str, Any]) -> Entry:
    """Return the entry that writes a line again."""
    entry = said_in_words(EntryKind(words["kind"]), words["subject"], words)
    return entry._replace(
        declares=_declaration(words),
        text=_fingerprint(words),
        key=bytes.fromhex(words["key"]),
        nth=NUMBER.parse(words["nth"]),
        origin=NUMBER.parse(words["origin"]) if "origin" in words else None,
    )


def _fingerprint(words: Mapping[str, Any]) -> dict[str, Any] | None:
    if words["kind"] != EntryKind.TEXT:
        return None
    held = Fingerprint(**words["text"])
    return held._replace(words=int(held.words), media=Media(held.media))._asdict()


def _declaration(words: Mapping[str, Any]) -> dict[str, Any] | None:
    if words["kind"] != EntryKind.DECLARATION:
        return None
    fields = dict(words["declares"])
    what = ThingKind(fields.pop("what"))
    if read_again(what, words["subject"], fields) != fields:
        raise ValueError(fields)
    return {"what": what.value, **fields}

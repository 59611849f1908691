"""Exports of a whole book, as JSONL: writes one, and makes the book again from it.

A header, every entry with its digest, every batch with its seal. Restoring checks the chain.
"""

import json
import re
from collections.abc import Iterator, Mapping, Set
from io import BufferedReader
from typing import Any

from tracker.database import Connection, Target
from tracker.dates import iso_moment, parse_iso_moment
from tracker.entry import REFERRING, Entry, Fingerprint, said_in_words
from tracker.errors import BadInput, TrackerError, Unavailable
from tracker.files import unreadable
from tracker.journal.batch import (
    BATCH,
    GENESIS,
    WORDS,
    Batch,
    EntryRow,
    content_key,
    held_by,
    is_too_early,
)
from tracker.journal.chain import follow
from tracker.journal.corrections import named, targets_of
from tracker.journal.writer import SOURCE_COLUMNS, Writer, holds_more
from tracker.things import read_again
from tracker.vocabulary import Command, EntryKind, Media, ThingKind

FORMAT = "truce-tracker"
SCHEMA = 3
EARLIER = 2
"""The schema of version 0.2."""
ENTRY = frozenset({*WORDS, "concession", "source", "declares", "text", "digest"})
"""The keys that an entry's line may have."""
WANTED = "a book as 'tracker export' writes it"
DECLARING = (EntryKind.DECLARATION, EntryKind.RETRACTION)
"""What a retraction takes back if names may mean something else afterwards."""
LINE_LIMIT = 64 << 20
"""The most bytes of a line; a longer one is refused as endless."""
MISSING = "it is missing, or not where it belongs"
UNFIT = (TrackerError, KeyError, TypeError, ValueError, AttributeError)
"""What a line can raise that this program did not write."""
OF_ENTRY = frozenset({"entry", "batch", "refers_to", "nth", "origin"})
OF_BATCH = frozenset({"batch", "first_entry"})
"""What a line holds as a number from 1."""
OTHERS: Mapping[str, type] = {
    **{"utc_offset": int, "flow": bool, "headline": bool},
    **{"source": list, "declares": dict, "text": dict},
}
"""The type of what a line holds that is neither such a number nor text."""
HIGHEST = 2**31 - 1
"""The highest number that a server stores."""
ORIGIN = re.compile("[0-9a-f]{64}")
"""The seal of a batch in another book."""
A_DAY = 24 * 60
"""Minutes; no time zone is further from UTC."""
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


class KeyUnfit(ValueError):
    """A key that does not match what its entry says."""


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
        self._rows: list[Any] = []
        self._stated: list[tuple[int, int, int]] = []

    def restore(self) -> int:
        """Write every entry; refuse the export at the first that does not fit."""
        lines = self._lines()
        header = next(lines, {})
        self._require_header(header)
        if header["schema"] == EARLIER:
            header, *renewed = self._renewed(header, lines)
            lines = iter(renewed)
        for words in lines:
            what = words.pop("type", None)
            if what == "entry":
                self._entry(words)
            elif what == "batch":
                self._seal(words)
            else:
                raise self._refused("its type does not belong there")
        entries = self._batch.next - 1
        if self._is_open:
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

    def _renewed(
        self, header: dict[str, Any], lines: Iterator[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Return an export of version 0.2 as this version would have written it."""
        from tracker.interchange.earlier import renewed

        try:
            return renewed(header, lines)
        except UNFIT as error:
            raise self._refused("it is not what version 0.2 wrote") from error

    @property
    def _is_open(self) -> bool:
        """Whether entries have been written that no batch has sealed."""
        return self._batch.next > self._batch.first

    def _refused(self, reason: str) -> BadInput:
        reason = f"line {self._number}: {reason}"
        return unreadable(self._name, reason, WANTED)

    def _changed(self, entry: int, reason: str) -> BadInput:
        """Return the refusal of an export whose chain does not fit at an entry."""
        return BadInput(
            "broken export", path=self._name, reason=f"entry {entry} was changed: {reason}"
        )

    def _entry(self, words: dict[str, Any]) -> None:
        number = self._batch.next
        if words.get("entry") != number:
            raise self._changed(number, MISSING)
        digest = words.pop("digest", None)
        try:
            if words.keys() - ENTRY:
                raise ValueError(words)
            _require_typed(words, OF_ENTRY)
            self._write(entry_of(words))
        except KeyUnfit:
            raise self._changed(number, "its key does not fit") from None
        except Exception as error:
            if not _is_unfit(error):
                raise
            raise self._changed(number, "the book cannot hold it") from error
        if self._batch.previous.hex() != digest:
            raise self._changed(number, "its digest does not fit")

    def _write(self, entry: Entry) -> None:
        """Write an entry, and add its digest to the chain."""
        if entry.kind in REFERRING:
            self._flush()
            (target,) = targets_of(self._writer, [entry.refers_to])
            entry = entry._replace(about=target.about)
            key = content_key(entry, named(target))
        else:
            key = content_key(entry)
        if key != entry.key:
            raise KeyUnfit(entry.key)
        self._add(entry)
        if entry.kind is EntryKind.RETRACTION and target.kind in DECLARING:  # gone, or back again
            self._flush()
            self._writer.names.forget(target.subject)

    def _add(self, entry: Entry) -> None:
        """Buffer the row of an entry; write what is buffered if it is much, or holds more."""
        self._stated += self._writer.stated(self._batch.next, entry)
        self._rows.append(self._writer.row(self._batch, entry))
        if holds_more(entry) or len(self._rows) >= CHUNK:
            self._flush(entry)

    def _flush(self, last: Entry | None = None) -> None:
        """Write the buffered rows, and what the last one declares, or its text."""
        self._connection.insert_plain("entry", EntryRow._fields, self._rows)
        self._connection.insert_plain("entry_source", SOURCE_COLUMNS, self._stated)
        if last is not None and holds_more(last):
            self._writer.insert_more(self._rows[-1], last)
        self._rows, self._stated = [], []

    def _seal(self, words: dict[str, Any]) -> None:
        """Write a batch after its entries."""
        last = self._batch.next - 1
        if not self._is_open:
            raise self._changed(last + 1, MISSING)
        seal = words.pop("seal", None)
        try:
            words = _seal_words(words)
            own = (self._batch.words["batch"], self._batch.first)
            if (words["batch"], words["first_entry"]) != own:
                raise ValueError(words)
            self._flush()
            if is_too_early(self._connection, words, self._recorded_at):
                raise ValueError(words)
            self._recorded_at = words["recorded_at"]
            self._batch.words |= words
            row = self._batch.sealed()
            self._connection.insert("batch", [row])
            self._batch = self._batch.following(row["seal"])
        except Exception as error:
            if not _is_unfit(error):
                raise
            unread = isinstance(error, UNFIT)
            reason = "its batch cannot be read" if unread else "the book cannot hold its batch"
            raise self._changed(last, reason) from error
        if self._batch.previous.hex() != seal:
            raise self._changed(last, "the seal of its batch does not fit")


def _is_unfit(error: Exception) -> bool:
    """Return whether a failure is the export's fault: it cannot be read, or is refused."""
    if isinstance(error, UNFIT):
        return not isinstance(error, Unavailable)  # that is the database's
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"IntegrityError", "DataError"})


def _require_typed(words: Mapping[str, Any], numbers: Set[str]) -> None:
    """Refuse a value whose canonical JSON would be another one in the book."""
    for word, value in words.items():
        if word in numbers:
            is_fit = type(value) is int and 1 <= value <= HIGHEST
        else:
            is_fit = type(value) is OTHERS.get(word, str)
        if not is_fit:
            raise TypeError(word)


def _seal_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """Read a batch's own fields; refuse any that is not in the book's exact form."""
    _require_typed(words, OF_BATCH)
    Command(words["command"])
    moments = (words["recorded_at"], words.get("origin_at", words["recorded_at"]))
    names = (words["author"], words.get("merged_by", words["author"]))
    is_exact = all(iso_moment(parse_iso_moment(moment)) == moment for moment in moments)
    is_named = all(name.strip() and name.isprintable() for name in names)
    is_origin = "origin" not in words or ORIGIN.fullmatch(words["origin"])
    found = {**dict.fromkeys(BATCH), **words}
    is_whole = found.keys() == {*BATCH} and abs(words["utc_offset"]) <= A_DAY
    if not (is_exact and is_named and is_origin and is_whole):
        raise ValueError(words)
    return found


def entry_of(words: Mapping[str, Any]) -> Entry:
    """Return the entry that writes a line again."""
    source = words.get("source")
    if source is not None and not (isinstance(source, list) and source):
        raise TypeError(source)
    entry = said_in_words(EntryKind(words["kind"]), words["subject"], words)
    return entry._replace(
        declares=_declaration(words),
        text=_fingerprint(words),
        key=bytes.fromhex(words["key"]),
        nth=words["nth"],
        origin=words.get("origin"),
    )


def _fingerprint(words: Mapping[str, Any]) -> dict[str, Any] | None:
    if words["kind"] != EntryKind.TEXT:
        return None
    held = Fingerprint(**words["text"])
    if type(held.words) is not int:
        raise TypeError(held.words)
    return held._replace(media=Media(held.media))._asdict()


def _declaration(words: Mapping[str, Any]) -> dict[str, Any] | None:
    if words["kind"] != EntryKind.DECLARATION:
        return None
    fields = dict(words["declares"])
    what = ThingKind(fields.pop("what"))
    if read_again(what, words["subject"], fields) != fields:
        raise ValueError(fields)
    return {"what": what.value, **fields}

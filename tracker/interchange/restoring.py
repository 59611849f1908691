"""A book out of its export: the catalog as it was, every entry held to the chain of digests."""

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from io import BufferedReader
from itertools import islice
from typing import Any

from tracker.database import Connection
from tracker.dates import iso_moment, parse_iso_day, parse_iso_moment, parse_period
from tracker.errors import BadDay, BrokenDump, TrackerError, UnreadableFile
from tracker.interchange.dump import CATALOG, ENTRY, FORMAT, SCHEMA
from tracker.journal import chain
from tracker.journal.names import Names
from tracker.journal.writer import Links, table_row
from tracker.quantities import parse_quantity
from tracker.vocabulary import (
    ConcessionKind,
    DeadlineKind,
    Instrument,
)

CHUNK = 2_000
WANTED = "a book as 'tracker export' writes it"

OPTIONAL = {
    "party": frozenset[str](),
    "source": frozenset({"url", "publisher", "title", "published_on", "archived_url"}),
    "agreement": frozenset({"place"}),
    "concession": frozenset({"locator"}),
    "deadline": frozenset({"concession", "opens_on", "target", "unit"}),
    "exchange": frozenset[str](),
}
"""What a line of the catalog may leave out."""

REFERENCES = {
    "source": "source",
    "agreement": "agreement",
    "concession": "concession",
    "in_return_for": "concession",
    "giver": "party",
    "receiver": "party",
}
"""Which keys name something of an earlier line."""


def restore(connection: Connection, file: BufferedReader, name: str) -> range:
    """Write an exported book into an empty one; return its entries' numbers.

    The caller holds the write lock. An entry that does not fit the chain refuses the whole.
    """
    lines = _Lines(file, name)
    header = lines.header()
    catalog = _Catalog(connection, lines)
    catalog.restore()
    if catalog.digest != header.get("catalog"):
        raise BrokenDump(path=name, reason="its catalog does not fit its header")
    journal = _Journal(connection, lines)
    journal.restore()
    if (journal.entries, journal.head) != (header.get("entries"), header.get("head")):
        reason = f"it ends with entry {journal.entries}, and its header says otherwise"
        raise BrokenDump(path=name, reason=reason)
    return range(1, journal.entries + 1)


class _Lines:
    """The lines of an export, one ahead."""

    def __init__(self, file: BufferedReader, name: str) -> None:
        self.name = name
        self.number = 0
        self.text = b""
        self._file = file

    def header(self) -> dict[str, Any]:
        """Return the first line, which says what the file is."""
        header = next(self.of("book"), None)
        if header is None or header.get("format") != FORMAT:
            raise UnreadableFile(path=self.name, reason="it does not begin as one", wanted=WANTED)
        if header.get("schema") != SCHEMA:
            reason = f"it is of schema {header.get('schema')}, and this program reads {SCHEMA}"
            raise UnreadableFile(path=self.name, reason=reason, wanted=WANTED)
        self._advance()
        return header

    def of(self, what: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of a type from here on; the first of another type stays."""
        if not self.number:
            self._advance()
        while self.text and (found := self._read()).pop("type", None) == what:
            yield found
            if what == "book":
                return
            self._advance()

    def refuse(self, reason: str) -> UnreadableFile:
        """Return the refusal of the line at hand."""
        return UnreadableFile(path=self.name, reason=f"line {self.number}: {reason}", wanted=WANTED)

    def _advance(self) -> None:
        self.text = self._file.readline()
        self.number += 1

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise self.refuse("it is not a JSON object")
        return found


# --- the catalog ------------------------------------------------------------------------------


class _Catalog:
    def __init__(self, connection: Connection, lines: _Lines) -> None:
        self._connection = connection
        self._lines = lines
        self._known: dict[str, set[str]] = {what: set() for what in CATALOG}
        self._hash = sha256()

    @property
    def digest(self) -> str:
        """The digest of the lines read."""
        return self._hash.hexdigest()

    def restore(self) -> None:
        """Write all of the catalog."""
        for what in CATALOG:
            self._connection.insert(f"restore_{what}", self._rows(what))

    def _rows(self, what: str) -> Iterator[dict[str, Any]]:
        keys = CATALOG[what]
        for found in self._lines.of(what):
            self._hash.update(self._lines.text)
            missing = set(keys) - OPTIONAL[what] - found.keys()
            if missing or found.keys() - set(keys):
                raise self._lines.refuse(f"it is not a line of type '{what}'")
            self._require_references(what, found)
            yield _read(what, {key: found.get(key) for key in keys}, self._lines)
            self._known[what].add(str(found.get("slug") or found.get("key")))

    def _require_references(self, what: str, found: Mapping[str, Any]) -> None:
        for key, referred in REFERENCES.items():
            if key in found and key != what and found[key] not in self._known[referred]:
                raise self._lines.refuse(f"no {referred} '{found[key]}' is declared above")


READERS: Mapping[str, Callable[[str], object]] = {
    "published_on": parse_iso_day,
    "opens_on": parse_iso_day,
    "recorded_at": lambda text: canonical_moment(text),
    "target": parse_quantity,
}
WORDS = {
    ("concession", "kind"): ConcessionKind,
    ("concession", "instrument"): Instrument,
    ("deadline", "kind"): DeadlineKind,
}


def _read(what: str, values: dict[str, Any], lines: _Lines) -> dict[str, Any]:
    """Return a line's values as its table takes them."""
    for key, value in values.items():
        if value is None:
            continue
        if not isinstance(value, bool if key == "official" else str):
            raise lines.refuse(f"'{key}' is not written as it must be")
        if (what, key) in WORDS and value not in list(WORDS[what, key]):
            raise lines.refuse(f"'{value}' is not a valid {key}")
        if key in READERS:
            _try(lines, READERS[key], str(value))
    for key in ("agreed_on", "due_on"):
        if key in values:
            period = _try(lines, parse_period, values[key])
            values |= {key: period.last.isoformat(), f"{key}_precision": period.precision.value}
    return values


def _try(lines: _Lines, reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except TrackerError as error:
        raise lines.refuse(error.what) from None


def canonical_moment(text: str) -> str:
    """Read a moment in the very form in which the book keeps it."""
    if iso_moment(parse_iso_moment(text)) != text:
        raise BadDay(text=text, wanted="moment")
    return text


# --- the journal ------------------------------------------------------------------------------


class _Journal:
    def __init__(self, connection: Connection, lines: _Lines) -> None:
        self.entries = 0
        self._connection = connection
        self._lines = lines
        self._names = Names(connection)
        self._sources = {row[0] for row in connection.rows("sources")}
        self._previous = chain.GENESIS
        self._recorded_at = ""

    @property
    def head(self) -> str | None:
        """The digest of the last entry."""
        return self._previous.hex() if self.entries else None

    def restore(self) -> None:
        """Write every entry; the first that does not fit refuses the whole."""
        rows = self._rows()
        try:
            while chunk := list(islice(rows, CHUNK)):
                self._connection.insert("insert_entry", chunk)
        except Exception as error:
            if not any(kind.__name__ == "IntegrityError" for kind in type(error).__mro__):
                raise
            raise self._refuse(self.entries, "the book cannot hold it") from error
        if self._lines.text:
            raise self._lines.refuse("it is of no type that belongs there")

    def _rows(self) -> Iterator[dict[str, Any]]:
        for words in self._lines.of("entry"):
            if words.get("entry") != self.entries + 1:
                raise self._refuse(self.entries + 1, "it is missing, or not where it belongs")
            given = words.pop("digest", None)
            try:
                found = chain.digest(self._previous, words)
            except (TypeError, UnicodeEncodeError):
                found = b""
            if found.hex() != given or words.keys() - ENTRY:
                raise self._refuse(self.entries + 1, "its digest does not fit")
            try:
                row = self._row(words, found)
            except (TrackerError, KeyError, TypeError, ValueError, AttributeError) as error:
                raise self._refuse(self.entries + 1, "the book cannot hold it") from error
            self.entries, self._previous = self.entries + 1, found
            yield row

    def _row(self, found: dict[str, Any], digest: bytes) -> dict[str, Any]:
        words = {key: found.get(key) for key in chain.WORDS}
        recorded_at = canonical_moment(found["recorded_at"])
        if recorded_at < self._recorded_at or parse_iso_day(found["effective_on"]) is None:
            raise BadDay(text=recorded_at, wanted="moment")
        self._recorded_at = recorded_at
        due_on = parse_period(found["due_on"]) if "due_on" in found else None
        if "value" in found:
            parse_quantity(found["value"])
        return table_row(words, due_on, self._links(words), digest)

    def _links(self, words: Mapping[str, Any]) -> Links:
        subject = self._names.subject(
            words["deadline"] or words["concession"] or words["agreement"]
        )
        if (words["agreement"], words["concession"]) != (subject.agreement, subject.concession):
            raise ValueError("of another agreement or concession")
        says = self._names.party(words["says"]) if words["says"] else None
        if says and says.key != words["says"]:
            raise ValueError("by another name")
        if words["source"] and words["source"] not in self._sources:
            raise ValueError("without its source")
        return Links(
            subject, says, self._names.source(words["source"]) if words["source"] else None
        )

    def _refuse(self, entry: int, reason: str) -> BrokenDump:
        return BrokenDump(path=self._lines.name, reason=f"entry {entry} was changed: {reason}")

"""Exports of a whole book, as JSONL: writes one, and makes the book again from it.

A header, every entry with its digest, every batch with its seal. Restoring checks the chain.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BufferedReader
from typing import Any

from tracker.database import HEAD, MADE_BY, Connection, Target
from tracker.errors import BadInput, TrackerError, Unavailable, WrongSchema
from tracker.files import unreadable
from tracker.journal.batch import (
    batch_row,
    content_key,
    entry_of,
    require_author,
)
from tracker.journal.chain import follow, salvage, verify
from tracker.journal.writer import Writer
from tracker.record import held_by

FORMAT = "truce-tracker"
SCHEMA = 4
"""The newest schema of exports, which holds what version 0.3 does not know."""
SCHEMA_0_3 = 3
SCHEMA_0_2 = 2
NEW_IN_0_4 = """
SELECT 1 FROM entry WHERE inferred IS NOT NULL
UNION ALL SELECT 1 FROM source WHERE read IS NOT NULL
UNION ALL SELECT 1 FROM deadline WHERE counted_by IS NOT NULL LIMIT 1
"""
"""Finds whether a book holds what version 0.3 does not know; it would call that altered."""
WANTED = "a book as 'tracker export' writes it"
LINE_LIMIT = 64 << 20
"""The most bytes of a line; a longer one is refused as endless."""
UNFIT = (TrackerError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a line can raise that this program did not write."""
CHUNK = 1_000
"""How many rows are written at once."""

NumberedObject = tuple[int, dict[str, Any]]
"""A line of an export: its number, and its values."""


def export(connection: Connection) -> Iterator[str]:
    """Yield a book's lines in the order of its journal; raise Unavailable if they do not fit.

    The export ends where the book ended at the start, whoever goes on writing.
    """
    for what, words in _verified(connection):
        yield _line(what, words)


def _verified(connection: Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the types and the words of a verified export's lines."""
    entries, head, _ = held_by(connection)
    schema = SCHEMA if connection.text(NEW_IN_0_4) else SCHEMA_0_3
    yield "book", {"format": FORMAT, "schema": schema, "entries": entries, "head": head}
    last = 0
    seal = None
    for what, words in follow(connection):
        if what == "entry" and words["entry"] > entries:
            break
        if what == "entry":
            last = words["entry"]
        else:
            seal = words["seal"]
        yield what, words
    if (last, seal) != (entries, head):
        reason = "its last entry or its head is not the one that an index says"
        raise Unavailable("book damaged", book=connection.target, reason=reason)


class Salvage:
    """The export of a book that may be damaged: all that can be read, marked as not verified.

    If the chain fits, the lines are those of any export, and `reason` is None.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.reason: str | None = None
        """Where the chain breaks, and why."""
        self.fits = 0
        """The last entry up to which every digest fits."""
        self.entries = 0
        """How many entries were written, once all lines are."""
        self.lost: list[Mapping[str, Any]] = []
        """What was not: the numbers of first and last entries, and why."""
        try:
            for what, words in _verified(connection):
                if what == "entry":
                    self.fits = words["entry"]
        except Unavailable as error:
            if error.problem != "book damaged":
                raise
            self.reason = error.fields["reason"]
            self.fits = error.fields.get("entry", self.fits + 1) - 1

    def lines(self) -> Iterator[str]:
        """Yield the lines; the last one says again where the chain breaks, and what is left out."""
        if self.reason is None:
            yield from export(self._connection)
            return
        unverified = {"unverified": True, "reason": self.reason, "fits": self.fits}
        yield _line("book", {"format": FORMAT, "schema": SCHEMA, **unverified})
        for what, words in salvage(self._connection):
            if what == "lost":
                self.lost.append(words)
                continue
            if what == "entry":
                self.entries += 1
            yield _line(what, words)
        yield _line(
            "end", {**unverified, "entries": self.entries, "left_out": self.lost}
        )


def _line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    present = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **present}) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def make_again(
    target: Target, file: BufferedReader, name: str, until: int | None = None
) -> int:
    """Make a new book from its export; return how many entries it has.

    One entry that does not fit the chain makes it refuse the whole export. With `until`, the book
    gets the whole batches that end at or before that entry, and only these have to fit.
    """
    from tracker import schema  # heavy

    with schema.creating(target) as connection, connection.writing():
        book = _NewBook(connection, name)
        lines = read_lines(file, name)
        header = read_header(lines, name)
        if until is not None:
            return _restore_until(until, book, lines)
        if header.get("unverified"):
            raise BadInput("unverified export", path=name, fits=header.get("fits"))
        for place, line in lines:
            book.write(place, line)
        book.verify((header.get("entries"), header.get("head")))
        return book.entries


def _restore_until(until: int, book: "_NewBook", lines: Iterator[NumberedObject]) -> int:
    """Write the whole batches that end at or before an entry; refuse what does not fit there."""
    last = 0
    batch: list[NumberedObject] = []
    try:
        for place, line in lines:
            if (
                line.get("type") == "entry"
                and last < until
                and line.get("entry") == last + 1
            ):
                last += 1
            elif line.get("type") != "batch" or not batch:
                break
            batch.append((place, line))
            if line.get("type") == "batch":
                for written in batch:
                    book.write(*written)
                batch = []
        book.verify(None)
    except BadInput as error:
        if error.problem != "broken export":
            raise
        last = error.fields["fits"]
        raise BadInput("unfit so far", path=book.name, until=until, fits=last) from error
    if last < until:
        raise BadInput("unfit so far", path=book.name, until=until, fits=last)
    return book.entries


def read_lines(file: BufferedReader, name: str) -> Iterator[NumberedObject]:
    """Yield the number and the values of each line of an export."""
    for number, text in enumerate(iter(lambda: file.readline(LINE_LIMIT + 1), b""), 1):
        if len(text) > LINE_LIMIT:
            reason = f"line {number} does not end within {LINE_LIMIT >> 20} MiB"
            raise unreadable(name, reason, WANTED)
        if number == 1 and text.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise unreadable(name, "it is UTF-16 text", WANTED)
        if not text.strip():  # an editor may have left blank lines at the end
            continue
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            line = None
        if not isinstance(line, dict):
            raise unreadable(name, f"line {number}: it is not a JSON object", WANTED)
        yield number, line


def read_header(lines: Iterator[NumberedObject], name: str) -> dict[str, Any]:
    """Return the first line of an export; refuse one that this program does not read."""
    _, header = next(lines, (0, {}))
    if (header.get("type"), header.get("format")) != ("book", FORMAT):
        raise unreadable(name, "it does not begin like an export", WANTED)
    schema = header.get("schema")
    if schema == SCHEMA_0_2:
        raise WrongSchema("export of 0.2", path=name)
    if isinstance(schema, int) and schema > SCHEMA:
        raise WrongSchema(
            "export ahead", path=name, schema=schema, version=MADE_BY[HEAD]
        )
    if schema not in (SCHEMA_0_3, SCHEMA):
        reason = f"it has schema {schema}, but this program reads {SCHEMA}"
        raise unreadable(name, reason, WANTED)
    return header


class _NewBook:
    """A book to which the lines of an export are written as they are.

    Then its chain is verified. So whatever the tables would hold otherwise than the lines, it is
    refused.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self.name = name
        self._connection = connection
        self._writer = Writer(connection, "restored", date.min, datetime.min)
        self._names: dict[int, str] = {}
        """The names of the entries in the keys of their retractions, by their numbers."""
        self._waiting: list[dict[str, Any]] = []

    @property
    def entries(self) -> int:
        """How many entries it has."""
        return len(self._names)

    def write(self, place: int, line: dict[str, Any]) -> None:
        """Write an entry, or a batch after its entries."""
        what = line.pop("type", None)
        if what not in ("entry", "batch"):
            raise unreadable(
                self.name, f"line {place}: its type does not belong there", WANTED
            )
        number = self.entries
        held = "its batch"
        try:
            if what == "entry":
                number += 1
                held = "it"
                self._write_entry(number, line)
            else:
                self._write_batch(line)
        except Exception as error:
            if not _is_unfit(error):
                raise
            raise self._broken(number, f"the book cannot hold {held}") from error

    def _write_entry(self, number: int, line: dict[str, Any]) -> None:
        if line["entry"] != number:
            raise self._broken(number, "it is missing, or not in its place")
        entry = entry_of(line)
        target = line.get("refers_to")
        if content_key(entry, target and self._names[target]).hex() != line["key"]:
            raise self._broken(number, "its key does not fit")
        self._names[number] = f"{line['key']}-{line['nth']}"
        if target or len(self._waiting) >= CHUNK:
            self._flush()
        self._waiting.append(line)

    def _write_batch(self, line: dict[str, Any]) -> None:
        self._flush()
        require_author(line["author"])
        require_author(line.get("merged_by"))
        if not re.fullmatch("[0-9a-f]{64}", line.get("origin", line["seal"])):
            raise ValueError(line)
        self._connection.insert("batch", [batch_row(line)])

    def _flush(self) -> None:
        """Write the entries that wait for it."""
        self._writer.store(self._waiting)
        self._waiting = []

    def verify(self, wanted: tuple[Any, Any] | None) -> None:
        """Refuse a book that is not sound, or has not the entries and the head that are wanted."""
        try:
            state = verify(self._connection)
        except Unavailable as error:
            if error.problem != "book damaged":
                raise
            fits = max(error.fields.get("entry", 1) - 1, 0)
            raise self._refusal(error.fields["reason"], fits) from error
        if self._waiting or (wanted is not None and state[:2] != wanted):
            reason = f"it ends with entry {state.entries}, but its header says otherwise"
            raise self._refusal(reason, state.entries)

    def _broken(self, number: int, reason: str) -> BadInput:
        return self._refusal(f"entry {number} was changed: {reason}", number - 1)

    def _refusal(self, reason: str, fits: int) -> BadInput:
        return BadInput("broken export", path=self.name, reason=reason, fits=fits)


def _is_unfit(error: Exception) -> bool:
    """Return whether a failure is the export's fault: it cannot be read, or is refused."""
    if isinstance(error, TrackerError) and error.problem == "broken export":
        return False  # it says so already
    if isinstance(error, UNFIT):
        return not isinstance(error, Unavailable)  # that is the database's
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(
        names & {"IntegrityError", "DataError", "InterfaceError", "ProgrammingError"}
    )

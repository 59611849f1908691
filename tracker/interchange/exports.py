"""Exports of a whole book, as JSONL: writes one, and makes the book again from it.

A header, every entry with its digest, every batch with its seal. Restoring checks the chain.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BufferedReader
from typing import Any

from tracker.database import Connection, Target
from tracker.errors import BadInput, TrackerError, Unavailable, WrongSchema
from tracker.files import unreadable
from tracker.journal.batch import (
    GENESIS,
    batch_row,
    content_key,
    digest,
    entry_of,
    held_by,
    require_author,
)
from tracker.journal.chain import follow, salvage, verify
from tracker.journal.writer import Writer

FORMAT = "truce-tracker"
SCHEMA = 3
EARLIER = 2
"""The schema of version 0.2."""
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
    for what, words in _verified(connection):
        yield _line(what, words)


def _verified(connection: Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the types and the words of a verified export's lines."""
    entries, head, _ = held_by(connection)
    yield "book", {"format": FORMAT, "schema": SCHEMA, "entries": entries, "head": head}
    last, seal = 0, None
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
        self.whole = 0
        """The last entry of the last batch that fits with its seal."""
        self.entries = 0
        """How many entries were written, once all lines are."""
        self.lost: list[Mapping[str, Any]] = []
        """What was not: the numbers of first and last entries, and why."""
        try:
            for what, words in _verified(connection):
                if what == "entry":
                    self.fits = words["entry"]
                elif what == "batch":
                    self.whole = self.fits
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
            self.entries += what == "entry"
            yield _line(what, words)
        yield _line("end", {**unverified, "entries": self.entries, "left_out": self.lost})


def _line(what: str, values: Mapping[str, Any]) -> str:
    """Return one line: its type first, then its values; absent ones are left out."""
    present = {key: value for key, value in values.items() if value is not None}
    return _encode({"type": what, **present}) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def make_again(target: Target, file: BufferedReader, name: str, until: int | None = None) -> int:
    """Make a new book from its export; return how many entries it has.

    One entry that does not fit the chain makes it refuse the whole export. With `until`, the book
    gets the whole batches that end at or before that entry, and only what is up to it has to fit.
    """
    from tracker import schema  # heavy

    with schema.creating(target) as connection, connection.writing():
        return _Export(connection, file, name).restore(until)


def read_lines(file: BufferedReader, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
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


class _Export:
    """An export, whose lines are written as they are; then the chain of the new book is verified.

    So whatever it is that the tables would hold otherwise than the lines, it is refused.
    """

    def __init__(self, connection: Connection, file: BufferedReader, name: str) -> None:
        self._connection = connection
        self._writer = Writer(connection, "restored", date.min, datetime.min)
        self._file = file
        self._name = name
        self._number = 0
        self._names: dict[int, str] = {}
        """The names of the entries in the keys of their retractions, by their numbers."""
        self._waiting: list[dict[str, Any]] = []

    def restore(self, until: int | None) -> int:
        """Write every entry, or those up to one; refuse the export at the first that is unfit."""
        lines = self._lines()
        header = next(lines, {})
        if (header.get("type"), header.get("format")) != ("book", FORMAT):
            raise self._unreadable("it does not begin like an export")
        if header.get("schema") == EARLIER:
            raise WrongSchema("export of 0.2", path=self._name)
        if header.get("schema") != SCHEMA:
            schema = header.get("schema")
            raise self._unreadable(f"it has schema {schema}, but this program reads {SCHEMA}")
        if until is not None:
            for line in self._up_to(until, lines):
                self._write(line)
            return self._verified(None)
        if header.get("unverified"):
            raise BadInput("unverified export", path=self._name, fits=header.get("fits"))
        for line in lines:
            self._write(line)
        return self._verified((header.get("entries"), header.get("head")))

    def _up_to(self, until: int, lines: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the lines of the whole batches up to an entry; refuse what does not fit there."""
        previous, fits = GENESIS, 0
        waiting: list[dict[str, Any]] = []
        for line in lines:
            is_batch = line.get("type") == "batch"
            if fits == until and not (is_batch and waiting):
                break
            proof = _proof(previous, line, fits + 1)
            if proof is None:
                if is_batch and waiting:
                    fits -= 1  # which is not sealed
                break
            previous = proof
            waiting.append(line)
            if is_batch:
                yield from waiting
                waiting = []
            else:
                fits += 1
        if fits < until:
            raise BadInput("unfit so far", path=self._name, until=until, fits=max(fits, 0))

    def _verified(self, wanted: tuple[Any, Any] | None) -> int:
        """Return how many entries the new book has; refuse one that is not as it should be.

        `wanted` is what its header says: how many entries it has, and its head.
        """
        try:
            state = verify(self._connection)
        except Unavailable as error:
            if error.problem != "book damaged":
                raise
            raise self._broken(error.fields["reason"]) from error
        if self._waiting or (wanted is not None and state[:2] != wanted):
            raise self._broken(f"it ends with entry {state.entries}, but its header says otherwise")
        return state.entries

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yield the lines of the file, and count them."""
        for number, line in read_lines(self._file, self._name):
            self._number = number
            yield line

    def _unreadable(self, reason: str) -> BadInput:
        return unreadable(self._name, reason, WANTED)

    def _broken(self, reason: str) -> BadInput:
        return BadInput("broken export", path=self._name, reason=reason)

    def _write(self, line: dict[str, Any]) -> None:
        """Write an entry, or a batch after its entries."""
        if (what := line.pop("type", None)) not in ("entry", "batch"):
            raise self._unreadable(f"line {self._number}: its type does not belong there")
        number = len(self._names) + (what == "entry")
        try:
            if what == "entry":
                self._entry(number, line)
            else:
                self._flush()
                require_author(line["author"])
                require_author(line.get("merged_by"))
                if not re.fullmatch("[0-9a-f]{64}", line.get("origin", line["seal"])):
                    raise ValueError(line)
                self._connection.insert("batch", [batch_row(line)])
        except Exception as error:
            if not _is_unfit(error):
                raise
            reason = f"the book cannot hold {'it' if what == 'entry' else 'its batch'}"
            raise self._broken(f"entry {number} was changed: {reason}") from error

    def _entry(self, number: int, line: dict[str, Any]) -> None:
        if line["entry"] != number:
            raise self._broken(f"entry {number} was changed: it is missing, or not in its place")
        entry, target = entry_of(line), line.get("refers_to")
        if content_key(entry, target and self._names[target]).hex() != line["key"]:
            raise self._broken(f"entry {number} was changed: its key does not fit")
        self._names[number] = f"{line['key']}-{line['nth']}"
        if target or len(self._waiting) >= CHUNK:
            self._flush()
        self._waiting.append(line)

    def _flush(self) -> None:
        """Write the entries that wait for it."""
        self._writer.store(self._waiting)
        self._waiting = []


def _proof(previous: bytes, line: Mapping[str, Any], number: int) -> bytes | None:
    """Return the digest or seal of a line, if it has the right one and, of an entry, the number."""
    what = line.get("type")
    if what not in ("entry", "batch") or (what == "entry" and line.get("entry") != number):
        return None
    words = {name: line[name] for name in line if name not in ("type", "digest", "seal")}
    try:
        proof = digest(previous, words)
    except UNFIT:
        return None
    return proof if proof.hex() == line.get("digest" if what == "entry" else "seal") else None


def _is_unfit(error: Exception) -> bool:
    """Return whether a failure is the export's fault: it cannot be read, or is refused."""
    if isinstance(error, TrackerError) and error.problem == "broken export":
        return False  # it says so already
    if isinstance(error, UNFIT):
        return not isinstance(error, Unavailable)  # that is the database's
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"IntegrityError", "DataError", "InterfaceError", "ProgrammingError"})

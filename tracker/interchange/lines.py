"""The lines of a file of updates, CSV or JSONL: read one by one, so a file can have any length."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BufferedReader, StringIO
from itertools import islice
from typing import NamedTuple

from tracker.errors import UnreadableFile
from tracker.errors.wording import suggestion_of_name
from tracker.interchange.faults import KEPT, Complaint

CELL_LIMIT = 1 << 20
"""The most characters of a cell; a longer one means that a quote was left open."""
LINE_LIMIT = 64 << 20
"""The most bytes of a line; a longer one is refused as endless."""
BLOCK = 1 << 16
"""How many bytes are read and decoded at once."""
SEPARATORS = "\t;"
"""Separators that are accepted instead of the comma."""
WANTED = "CSV or JSONL in UTF-8, or XLSX, with the columns of 'tracker history -f csv'"
EXPORT = b'{"type":"book"'
WORKBOOK = b"PK\x03\x04"
"""The first bytes of a workbook, which is a ZIP archive."""

Advance = Callable[[int], object]


def read_line(file: BufferedReader, name: str, number: int, wanted: str) -> bytes:
    """Return the next line of a file, empty at its end; refuse an endless one."""
    line = file.readline(LINE_LIMIT + 1)
    if len(line) > LINE_LIMIT:
        raise endless(name, f"line {number}", wanted)
    return line


def endless(name: str, line: str, wanted: str) -> UnreadableFile:
    """Return the refusal of an endless line."""
    reason = f"{line} does not end within {LINE_LIMIT >> 20} MiB"
    return UnreadableFile(path=name, reason=reason, wanted=wanted)


class Numeral(str):
    """The text of a cell that is a number in its file, and so has no thousands separator."""

    __slots__ = ()


class Line(NamedTuple):
    """One row of a file: the number of its first line, and its cells in column order."""

    number: int
    columns: tuple[str, ...]
    texts: Sequence[str]

    @property
    def cells(self) -> dict[str, str]:
        """The filled cells, by column."""
        cells = zip(self.columns, self.texts, strict=True)
        return {column: text for column, text in cells if text}


def kind_of(file: BufferedReader, name: str) -> str:
    """Detect a file's kind from its first bytes; refuse one that is neither text nor a workbook."""
    start = file.peek(len(WORKBOOK))
    if start.startswith(WORKBOOK):
        return "xlsx"
    if not start.strip():
        raise UnreadableFile(path=name, reason="it is empty", wanted=WANTED)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(path=name, reason="it is UTF-16 text", wanted=WANTED)
    if start.startswith(EXPORT):
        raise UnreadableFile(
            path=name,
            reason="it is a whole exported book",
            wanted=f"made again: tracker init {name}",
        )
    if b"\0" in start:
        raise UnreadableFile(path=name, reason="it is not text", wanted=WANTED)
    is_json = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
    return "jsonl" if is_json else "csv"


def read_csv(
    file: BufferedReader,
    name: str,
    known: Sequence[str] | None,
    advance: Advance,
    header: int = 1,
) -> Iterator[Line | Complaint]:
    """Yield the rows of a CSV file, whose line `header` names its columns, all of them `known`."""
    csv.field_size_limit(CELL_LIMIT)
    texts = islice(_texts(file, name, advance), header - 1, None)
    first = next(texts, "")
    separator = next((mark for mark in SEPARATORS if mark in first), ",")
    reader = csv.reader(_behind(first, texts), delimiter=separator, strict=True)
    columns: tuple[str, ...] | None = None
    while True:
        number = reader.line_num + header
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Complaint(number, None, None, _reason_of(str(error)))
            continue
        if columns is None:
            columns = tuple(column.strip().lower() for column in cells)
            unknown = () if known is None else _unknown(columns, known)
            if complaints := [*doubled(columns, header), *unknown]:
                yield from complaints
                return
            continue
        if len(cells) == len(columns):
            yield Line(number, columns, cells)
        elif cells:
            reason = f"it has {len(cells)} cells where the first line names {len(columns)}"
            yield Complaint(number, None, None, reason)


def read_jsonl(
    file: BufferedReader, name: str, advance: Advance, number_as: type[str] = str
) -> Iterator[Line | Complaint]:
    """Yield the objects of a JSONL file; numbers stay as they are written."""
    decoder = json.JSONDecoder(parse_float=number_as, parse_int=number_as, parse_constant=str)
    for number, text in enumerate(_texts(file, name, advance), 1):
        if not (stripped := text.strip()):
            continue
        try:
            found = decoder.decode(stripped)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            yield Complaint(number, None, stripped, "it is not a JSON object")
            continue
        cells, nested = {}, []
        for column, value in found.items():
            if isinstance(value, str):
                cells[column] = value
            elif isinstance(value, bool):
                cells[column] = str(value).lower()
            elif value is not None and column not in ("declares", "text"):
                nested.append(Complaint(number, column, str(value), "it is not a single value"))
        yield from nested
        if not nested:
            yield Line(number, tuple(cells), [*cells.values()])


def _texts(file: BufferedReader, name: str, advance: Advance) -> Iterator[str]:
    """Yield the lines of a file, read and decoded in blocks."""
    encoding, number = "utf-8-sig", 1
    while block := file.read1(BLOCK):
        if not block.endswith(b"\n"):
            block += read_line(file, name, number + block.count(b"\n"), WANTED)
        try:
            yield from StringIO(block.decode(encoding), newline="\n")
        except UnicodeDecodeError as error:
            at = number + error.object[: error.start].count(b"\n")
            reason = f"line {at} is not UTF-8 text"
            raise UnreadableFile(path=name, reason=reason, wanted=WANTED) from None
        encoding = "utf-8"
        number += block.count(b"\n")
        advance(len(block))


def _behind(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def doubled(columns: Iterable[str], line: int = 1) -> Iterator[Complaint]:
    """Yield the columns that a line names more than once."""
    for column, times in Counter(columns).items():
        if times > 1:
            yield Complaint(line, column, None, f"it appears {times} times")


def _unknown(columns: Sequence[str], known: Sequence[str]) -> Iterator[Complaint]:
    unknown = [column for column in dict.fromkeys(columns) if column not in known]
    for place, column in enumerate(unknown):
        meant = f". {suggestion_of_name(column, known, ALSO_CALLED)}" if place < KEPT else ""
        yield Complaint(1, column, None, f"there is no such column{meant}")


ALSO_CALLED = dict.fromkeys(("on", "date", "day"), "effective_on") | {
    "by": "counted_by",
    "retracts": "refers_to",
}
"""Other names of columns: in options, in seeds, and likely guesses."""


def _reason_of(error: str) -> str:
    if "field larger" in error or "unexpected end" in error:
        return "a quote is opened here or above and not closed"
    return f"it is not valid CSV ({error})"

"""The lines of a file of updates, CSV or JSONL: read one by one, so a file can have any length."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from io import BufferedReader, StringIO
from itertools import chain, islice
from typing import Any, NamedTuple

from tracker.errors import UnreadableFile
from tracker.errors.wording import counted
from tracker.interchange.complaints import KEPT, Complaint, suggestion_of_name

CELL_LIMIT = 1 << 20
"""The most characters of a cell; a longer one means that a quote was left open."""
LINE_LIMIT = 64 << 20
"""The most bytes of a line; a longer one is refused as endless."""
BLOCK = 65_536
"""How many bytes are read and decoded at once."""
SEPARATORS = "\t;,|"
"""What can separate cells: the first of these that the line of columns has, else a comma."""
QUOTED = re.compile(r'"[^"]*("|$)')
BLANK = f" {SEPARATORS}\r\n"
"""What a line without any cell is made of."""
WANTED = "CSV or JSONL in UTF-8, or XLSX"
EXPORT = b'{"type":"book"'
DATABASE = b"SQLite format 3\0"
WORKBOOK = b"PK\x03\x04"
"""The first bytes of a workbook, which is a ZIP archive."""

NESTED = ("declares", "text")
"""The keys of a history whose values are objects, which an import does not read."""
JSON_WORDS = {None: "", True: "true", False: "false"}
"""What JSON's words are as texts."""
DOCUMENT = re.compile(rb"\[|\{\s*\n")
"""The beginning of a JSON document, as opposed to JSONL: a list, or an object on several lines."""

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
        raise exported(name)
    if start.startswith(DATABASE):
        raise UnreadableFile(path=name, reason="it is a database", wanted=_merged(name))
    if b"\0" in start:
        raise UnreadableFile(path=name, reason="it is not text", wanted=WANTED)
    if name.lower().endswith(".toml"):
        wanted = f"read with 'tracker apply {name}'"
        raise UnreadableFile(path=name, reason="it is TOML", wanted=wanted)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if DOCUMENT.match(text):
        return "json"
    return "jsonl" if text.startswith(b"{") else "csv"


def read_csv(
    file: BufferedReader, name: str, known: Sequence[str], advance: Advance, header: int = 1
) -> Iterator[Line | Complaint]:
    """Yield the rows of a CSV file, whose line `header` names its columns.

    All of them are `known` ones, if any are.
    """
    csv.field_size_limit(CELL_LIMIT)
    texts = islice(_texts(file, name, advance), header - 1, None)
    first = next(texts, "")
    if not first.strip(BLANK):
        raise headless(name)
    bare = QUOTED.sub("", first)
    separator = next((mark for mark in SEPARATORS if mark in bare), ",")
    reader = csv.reader(chain([first], texts), delimiter=separator, strict=True)
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
            columns = columns_of(cells)
            if complaints := [*misnamed(columns, known, header)]:
                yield from complaints
                return
        elif not any(cells):
            continue  # as spreadsheets write an empty row
        elif len(cells) == len(columns):
            yield Line(number, columns, cells)
        else:
            wrong = f"it has {counted(len(cells), 'cell')}, but line {header} names {len(columns)}"
            yield Complaint(number, None, None, wrong)


def read_jsonl(
    file: BufferedReader, name: str, advance: Advance, number_as: type[str] = str
) -> Iterator[Line | Complaint]:
    """Yield the objects of a JSONL file; numbers stay as they are written."""
    as_written = dict.fromkeys(("parse_float", "parse_int", "parse_constant"), number_as)
    # Objects become tuples of pairs, which show repeated keys; arrays become lists.
    decoder = json.JSONDecoder(**as_written, object_pairs_hook=tuple)  # type: ignore[arg-type]
    for number, text in enumerate(_texts(file, name, advance), 1):
        if not (stripped := text.strip()):
            continue
        try:
            found = decoder.decode(stripped)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, tuple):
            yield Complaint(number, None, stripped, "it is not a JSON object")
            continue
        cells = {}
        for column, value in found:
            if isinstance(value, str):
                cells[column] = value
            elif value is None or isinstance(value, bool):
                cells[column] = JSON_WORDS[value]
        columns = _columns_of_keys(tuple(cells))
        is_odd = columns is None or len(cells) < len(found)
        if is_odd and (complaints := [*_misstated(found, number)]):
            yield from complaints
        else:
            yield Line(number, columns or (), [*cells.values()])


@lru_cache(4_000)
def _columns_of_keys(keys: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the columns that the keys of an object name; None if two name the same one."""
    columns = columns_of(keys)
    return columns if len({*columns}) == len(columns) else None


def _misstated(pairs: Sequence[tuple[str, Any]], number: int) -> Iterator[Complaint]:
    """Yield the keys of an object that are repeated or do not have a single value."""
    columns = columns_of(column for column, _ in pairs)
    yield from doubled(columns, number)
    for column, (_, value) in zip(columns, pairs, strict=True):
        if isinstance(value, (list, tuple)) and column not in NESTED:
            yield Complaint(number, column, None, "it is not a single value")


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


def exported(name: object) -> UnreadableFile:
    """Return the refusal of a whole book where a part of one is read."""
    wanted = f"{_merged(name)}, or with 'tracker init {name}', which makes a new one"
    return UnreadableFile(path=name, reason="it is a whole exported book", wanted=wanted)


def _merged(name: object) -> str:
    return f"read with 'tracker merge {name}', which adds what this book lacks"


def headless(name: str) -> UnreadableFile:
    """Return the refusal of a file that ends above the line that names the columns."""
    wanted = "a table that begins with the names of its columns"
    return UnreadableFile(path=name, reason="it has no line that names its columns", wanted=wanted)


def columns_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns as they are written in a file, under the names by which they are known."""
    return tuple(name.strip().lower() for name in names)


def misnamed(columns: Sequence[str], known: Sequence[str], line: int = 1) -> Iterator[Complaint]:
    """Yield the columns that a line names more than once, or that are not `known` if any are.

    A column without a name may have no cells, which is seen only below.
    """
    named = [column for column in columns if column]
    yield from doubled(named, line)
    unknown = [column for column in dict.fromkeys(named) if known and column not in known]
    for place, column in enumerate(unknown):
        meant = f". {suggestion_of_name(column, known)}" if place < KEPT else ""
        yield Complaint(line, column, None, f"there is no such column{meant}")


def doubled(columns: Iterable[str], line: int) -> Iterator[Complaint]:
    """Yield the columns that a line names more than once."""
    for column, times in Counter(columns).items():
        if times > 1:
            yield Complaint(line, column, None, f"it appears {times} times")


def _reason_of(error: str) -> str:
    if "unexpected end" in error:
        return "a quote is opened here or above and not closed"
    if "field larger" in error:
        return f"a cell has more than {CELL_LIMIT:,} characters; perhaps a quote is not closed"
    if "new-line" in error:
        return "a line ends with a carriage return alone; end each line with a line feed"
    return f"it is not valid CSV ({error})"

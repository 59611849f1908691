"""The rows of a table: CSV, JSON Lines, or the first sheet of an XLSX workbook."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BufferedReader, BytesIO, TextIOWrapper
from itertools import chain, islice
from typing import Any, NamedTuple

from tracker.errors import NEAR, BadInput, suggestion
from tracker.files import unreadable
from tracker.interchange import sheet
from tracker.interchange.complaints import ALSO_CALLED, Complaints
from tracker.tables import counted
from tracker.tables.data import FORMULA

LARGEST = 64 << 20
"""The most bytes of a file."""
MOST_ROWS = 500_000
"""The most rows of a file: all of them are held at once."""
BEGINNING = 65_536
"""How many bytes show what a file is."""
CELL_LIMIT = 1 << 20
"""The most characters of a cell; a longer one means that a quote was left open."""
INVALID = "it is not valid CSV: a quote is not closed here or above, or a line has no line feed"
SEPARATORS = "\t;,|"
"""What can separate cells: the first of these that the line of columns has, else a comma."""
QUOTED = re.compile(r'"[^"]*("|$)')
HARMLESS = re.compile(rf"^'(?={FORMULA.pattern[1:]})")
"""The mark that our CSV puts before text that a spreadsheet would run as a formula."""
WANTED = "CSV or JSONL in UTF-8, or XLSX"
EXPORT = re.compile(rb'\s*\{\s*"type":\s*"book"')
"""The beginning of an exported book."""
WORKBOOK = b"PK\x03\x04"
"""The first bytes of a workbook, which is a ZIP archive."""

NESTED = ("declares", "text")
"""The keys of a history whose values are objects, which an import does not read."""
LISTED = "source"
"""The column whose value may be a list of words."""
DOCUMENT = re.compile(rb"\[|\{\s*\n")
"""The beginning of a document, as opposed to JSONL: a list, or an object on several lines."""


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


def read(file: BufferedReader, complaints: Complaints, known: Sequence[str] = ()) -> list[Line]:
    """Return the rows of a table, whose format its first bytes show.

    Its columns have to be `known` ones, if any are.
    """
    name = complaints.name
    held = file.read(LARGEST + 1)
    if len(held) > LARGEST:
        raise _too_large(name, f"it is larger than {LARGEST >> 20} MiB")
    start = held[:BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(WORKBOOK):
        rows = _table(sheet.rows(held, name), complaints, known)
    elif start.startswith(b"{"):
        rows = _objects(_texts(held, start, name), complaints)
    else:
        rows = _table(_csv(_texts(held, start, name), complaints), complaints, known)
    found = [*islice(rows, MOST_ROWS + 1)]
    if len(found) > MOST_ROWS:
        raise _too_large(name, f"it has more than {MOST_ROWS:,} rows")
    return found


def _too_large(name: str, reason: str) -> BadInput:
    return unreadable(name, reason, "split into smaller files")


def _texts(held: bytes, start: bytes, name: str) -> Iterator[str]:
    """Return the lines of a text file that starts so; refuse one that is not a table."""
    if not start:
        raise unreadable(name, "it is empty", WANTED)
    if b"\0" in start:
        raise unreadable(name, "it is not UTF-8 text", WANTED)
    if DOCUMENT.match(start):
        wanted = "JSONL, with one object on each line; 'tracker apply' reads TOML"
        raise unreadable(name, "it is a JSON or TOML document", wanted)
    try:
        held.decode()
    except UnicodeDecodeError:
        raise unreadable(name, "it is not UTF-8 text", WANTED) from None
    return TextIOWrapper(BytesIO(held), "utf-8-sig", newline="\n")


# --- tables with a line of columns ----------------------------------------------------------------


def _table(
    rows: Iterable[tuple[int, Sequence[str]]], complaints: Complaints, known: Sequence[str]
) -> Iterator[Line]:
    """Yield the rows below the first one that is not empty, which names the columns."""
    columns: tuple[str, ...] = ()
    header = 0
    for number, cells in rows:
        if not any(cells):
            continue  # as spreadsheets write an empty row
        if not columns:
            header, columns = number, tuple(map(column_of, cells))
            _require_columns(columns, complaints, known, number)
        elif len(cells) == len(columns):
            yield Line(number, columns, [*map(_unmarked, cells)])
        else:
            wrong = f"it has {counted(len(cells), 'cell')}, but line {header} names {len(columns)}"
            complaints.add(number, None, None, wrong)
    if not columns:
        complaints.refuse()
        wanted = "a table that begins with the names of its columns"
        raise unreadable(complaints.name, "it has no line that names its columns", wanted)


def column_of(name: str) -> str:
    """Return the name by which a column is known, however a file writes it."""
    return name.strip().lower()


def _require_columns(
    columns: Sequence[str], complaints: Complaints, known: Sequence[str], line: int
) -> None:
    """Refuse a line that names a column more than once, or one that is not `known`, if any are.

    A column without a name may have no cells, which is seen only below.
    """
    for column, times in Counter(filter(None, columns)).items():
        if times > 1:
            complaints.add(line, column, None, f"it appears {times} times")
        if known and column not in known:
            called = ALSO_CALLED.get(column, column)
            meant = "" if complaints.full else f". {suggestion(called, known, NEAR)}"
            complaints.add(line, column, None, f"there is no such column{meant}")
    complaints.refuse()


def _unmarked(text: str) -> str:
    return HARMLESS.sub("", text) if text[:1] == "'" else text


def _csv(texts: Iterator[str], complaints: Complaints) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file, each with the number of its first line."""
    csv.field_size_limit(CELL_LIMIT)
    first = next(texts, "")
    bare = QUOTED.sub("", first)
    separator = next((mark for mark in SEPARATORS if mark in bare), ",")
    reader = csv.reader(chain([first], texts), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            complaints.add(number, None, None, INVALID)


# --- JSON Lines -----------------------------------------------------------------------------------


def _objects(texts: Iterable[str], complaints: Complaints) -> Iterator[Line]:
    """Yield the objects of a JSONL file; numbers stay as they are written."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, text in enumerate(texts, 1):
        if not (stripped := text.strip()):
            continue
        try:
            held = decoder.decode(stripped)
        except (ValueError, RecursionError):
            held = None
        if not isinstance(held, dict):
            complaints.add(number, None, stripped, "it is not a JSON object")
            continue
        before = complaints.total
        cells = {}
        for key, value in held.items():
            column = column_of(key)
            if (cell := _cell(column, value)) is not None:
                cells[column] = cell
            elif column not in NESTED:
                complaints.add(number, column, None, "it is not a single value")
        if complaints.total == before:
            columns = tuple(cells)  # held once, however many lines have them
            yield Line(number, shared.setdefault(columns, columns), [*cells.values()])


def _cell(column: str, value: Any) -> str | None:
    """Return a value of JSON as the text of a cell; None if it is not a single one."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    is_listed = column == LISTED and isinstance(value, list)
    if is_listed and all(isinstance(word, str) for word in value):
        return "; ".join(value)
    return None

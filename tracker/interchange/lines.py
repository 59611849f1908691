"""The rows of a table: CSV, JSON Lines, or the first sheet of an XLSX workbook; its mistakes."""

import csv
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BufferedReader, BytesIO, TextIOWrapper
from itertools import chain, islice
from sys import intern
from typing import Any

from tracker.entry import SAID, Entry
from tracker.errors import (
    NEAR,
    BadInput,
    NotFound,
    Refused,
    TrackerError,
    WrongUsage,
    shortened,
    suggestion,
)
from tracker.files import LONGEST_TEXT, unreadable
from tracker.forms import NAME, STAGE, UNKNOWN, Fields, Form, Unread, word
from tracker.interchange import sheet
from tracker.tables import counted
from tracker.tables.data import FORMULA
from tracker.vocabulary import EntryKind

SUBJECTS = ("deadline", "concession", "agreement")
"""The columns that name what an update is about, the most specific first."""

COLUMNS: Mapping[str, Form] = {
    "kind": word("kind", EntryKind),
    **dict.fromkeys(SUBJECTS, NAME),
    **{
        name: field.form
        for name, field in SAID.items()
        if name not in ("stage", "refers_to")
    },
    "status": STAGE,
}
"""The columns that are read, with their forms."""

BOOKKEEPING = {*Entry._fields} - COLUMNS.keys()
"""Columns of the history that the book itself fills: ignored in a file."""

KNOWN = (*COLUMNS, *sorted(BOOKKEEPING))
"""All columns that a file may have, those that are read first."""

LARGEST = 64 << 20
"""The most bytes of a file."""
MOST_ROWS = 200_000
"""The most rows of a file: all of them are held at once."""
MOST_COLUMNS = 1_000
"""The most columns of a table."""
BEGINNING = 65_536
"""How many bytes show what a file is."""
INVALID = (
    "it is not valid CSV: a quote is not closed here or above, a line has no line feed, or a cell"
    f" has more than {LONGEST_TEXT >> 20} MiB"
)
SEPARATORS = "\t;,|"
"""What can separate cells: the first of these that the line of columns has, else a comma."""
QUOTED = re.compile(r'"[^"]*("|$)')
HARMLESS = re.compile(rf"^'(?={FORMULA.pattern[1:]})")
"""The mark that our CSV puts before text that a spreadsheet would run as a formula."""
WANTED = "CSV or JSONL in UTF-8, or XLSX"
SPLIT = "split into smaller files"
EXPORT = re.compile(rb'\s*\{\s*"type":\s*"book"')
"""The beginning of an exported book."""
WORKBOOK = b"PK\x03\x04"
"""The first bytes of a workbook, which is a ZIP archive."""

DOCUMENT = re.compile(rb"\[|\{\s*\n")
"""The beginning of a document, as opposed to JSONL: a list, or an object on several lines."""

MOST = 100
"""How many mistakes of a file are listed; after that the rest of it is not read."""

ALSO_CALLED = {
    "state": "status",
    **dict.fromkeys(("date", "day", "on"), "effective_on"),
    "by": "counted_by",
    **dict.fromkeys(("about", "slug", "promise"), "concession"),
}
"""Names that people guess, or know from options, and the columns that are meant."""


class Complaints:
    """Gathers the mistakes in a file, which is refused at once if they are very many.

    A place is the number of a line in a table, or names a table of a TOML file, with its `keys`.
    """

    def __init__(self, path: object, parts: str = "column") -> None:
        self.path = path
        self._parts = parts
        self._lines: dict[str, int] = {}

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self._lines)

    def add(self, place: int | str, part: str | None, reason: str) -> None:
        """Keep a mistake, once."""
        line = place if isinstance(place, int) else 0
        where = f"line {line}" if line else str(place)
        if part:
            where += f", {self._parts} '{shortened(part)}'"
        self._lines[f"{where.removeprefix(', ')}: {reason}"] = line
        if len(self._lines) == MOST:
            self.refuse()

    def add_unknown(self, tables: Iterable[str], known: Sequence[str]) -> None:
        """Keep each table of a TOML file that it cannot have."""
        for name in tables:
            if name not in known:
                reason = f"there is no such key. {suggestion(name, known)}"
                self.add(f"table [{shortened(name)}]", None, reason)

    def add_unread(self, place: str, error: Unread, fields: Fields) -> None:
        """Keep each value of a table of a TOML file that cannot be read."""
        for field, reason in error.mistakes.items():
            if reason == UNKNOWN:
                reason += f". {suggestion(ALSO_CALLED.get(field, field), fields)}"
            self.add(place, field, reason)

    def refuse(self) -> None:
        """Refuse the file if there are any."""
        if not self:
            return
        complaints = sorted(self._lines, key=self._lines.__getitem__)
        many = counted(len(complaints), "mistake")
        count = f"at least {many}" if len(complaints) == MOST else many
        path = "standard input" if self.path == "-" else self.path
        raise BadInput("bad file", path=path, count=count, complaints=complaints)


def column_of(error: TrackerError) -> str | None:
    """Return the column of a line that a refusal is about, if it is about one."""
    naming = {"party": "says", "source": "source"}.get(str(error.fields.get("kind")))
    candidates = (
        error.fields.get("column"),
        error.fields.get("part"),
        naming,
        *error.fields,
    )
    return next((name for name in candidates if name in SAID), None)


def key_of(field: str, entry: Entry) -> str:
    """Return the key of a TOML file that holds a field of an entry."""
    if field == "value" and entry.kind is EntryKind.DEADLINE:
        return "target"
    if field == "stage":
        return "status"
    return "on" if field == "effective_on" else field


def reason_of(error: Exception) -> str:
    """Return a refusal's reason, with its remedy only if that says what to write."""
    if not isinstance(error, TrackerError):
        return str(error)
    is_helped = any(
        word in error.remedy for word in ("Did you mean", "Known: ", "Write ")
    )
    return f"{error.what}. {error.remedy}" if is_helped else error.what


REFUSALS = (NotFound, Refused, BadInput, WrongUsage)
"""The errors that mean that an entry does not fit into this book."""


def why_left_out(error: TrackerError) -> str:
    """Return why an entry does not fit into this book."""
    return str(error.fields["reason"]) if "reason" in error.fields else reason_of(error)


# --- rows of either form --------------------------------------------------------------------------

NumberedRow = tuple[int, dict[str, str]]
"""One row of a file: the number of its first line, and its filled cells by column."""


def read(
    file: BufferedReader, complaints: Complaints, mapped: Collection[str] | None = None
) -> list[NumberedRow]:
    """Return the rows of a table, whose format its first bytes show.

    It has to have the columns that a recipe has `mapped`; without a recipe, it has ours.
    """
    name = complaints.path
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise unreadable(name, f"it is larger than {LARGEST >> 20} MiB", SPLIT)
    start = content[:BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(WORKBOOK):
        rows = _table(sheet.rows(content, name), complaints, mapped)
    else:
        if content.count(b"\n") > MOST_ROWS + 1:  # before any of them is kept
            raise _too_many_rows(name)
        texts = _texts(content, start, name)
        if start.startswith(b"{"):
            rows = _objects(texts, complaints)
        else:
            rows = _table(_csv(texts, complaints), complaints, mapped)
    lines = [*islice(rows, MOST_ROWS + 1)]
    if len(lines) > MOST_ROWS:
        raise _too_many_rows(name)
    return lines


def _too_many_rows(name: object) -> BadInput:
    return unreadable(name, f"it has more than {MOST_ROWS:,} rows or lines", SPLIT)


def _texts(content: bytes, start: bytes, name: object) -> Iterator[str]:
    """Return the lines of a text file that starts so; refuse one that is not a table."""
    if not start:
        raise unreadable(name, "it is empty", WANTED)
    if DOCUMENT.match(start):
        wanted = "JSONL, with one object on each line; 'tracker apply' reads TOML"
        raise unreadable(name, "it is a JSON or TOML document", wanted)
    if b"\0" in start:
        raise unreadable(name, "it is not UTF-8 text", WANTED)
    texts = TextIOWrapper(BytesIO(content), "utf-8-sig", newline="\n")
    number = 0
    try:
        while text := texts.readline(LONGEST_TEXT + 1):
            number += 1
            if len(text) > LONGEST_TEXT:
                reason = f"line {number} has more than {LONGEST_TEXT >> 20} MiB"
                raise unreadable(
                    name, reason, "a table of updates, with a line feed after each row"
                )
            yield text
    except UnicodeDecodeError:
        raise unreadable(name, "it is not UTF-8 text", WANTED) from None


# --- tables with a line of columns ----------------------------------------------------------------


def _table(
    rows: Iterable[tuple[int, Sequence[str]]],
    complaints: Complaints,
    mapped: Collection[str] | None,
) -> Iterator[NumberedRow]:
    """Yield the rows below the first one that is not empty, which names the columns."""
    header = 0
    columns: list[str] = []
    read = {column_named(name) for name in mapped or ()}
    for number, cells in rows:
        if not any(cells):
            continue  # as spreadsheets write an empty row
        if not columns:
            if len(cells) > MOST_COLUMNS:
                reason = f"it has more than {MOST_COLUMNS:,} columns"
                raise unreadable(complaints.path, reason, "a table of updates")
            header = number
            columns = [*map(column_named, cells)]
            _require_columns(columns, complaints, mapped, number)
        elif len(cells) == len(columns):
            filled = {}
            for column, text in zip(columns, cells, strict=True):
                if text and (not read or column in read):
                    filled[column] = _unmarked(text) if text.startswith("'") else text
            yield number, filled
        else:
            reason = f"it has {counted(len(cells), 'cell')}, but line {header} names {len(columns)}"
            complaints.add(number, None, reason)
    if not columns:
        complaints.refuse()
        wanted = "a table that begins with the names of its columns"
        raise unreadable(
            complaints.path, "it has no line that names its columns", wanted
        )


def column_named(name: str) -> str:
    """Return the name by which a column is known, however a file writes it."""
    return name.strip().lower()


def _require_columns(
    columns: Sequence[str],
    complaints: Complaints,
    mapped: Collection[str] | None,
    line: int,
) -> None:
    """Refuse a line that names a column twice, or none that is `mapped`, or one that is not ours.

    A column without a name may have no cells, which is seen only below.
    """
    for column, times in Counter(filter(None, columns)).items():
        if times > 1:
            complaints.add(line, column, f"it appears {times} times")
        if mapped is None and column not in KNOWN:
            meant = suggestion(ALSO_CALLED.get(column, column), KNOWN, NEAR)
            complaints.add(line, column, f"there is no such column. {meant}")
    for column in mapped or ():
        if column_named(column) not in columns:
            meant = suggestion(column_named(column), columns)
            complaints.add(line, column, f"the table has no such column. {meant}")
    complaints.refuse()


@lru_cache(128)  # cells of a workbook share a text, of which each would get a copy
def _unmarked(text: str) -> str:
    return HARMLESS.sub("", text)


def _csv(
    texts: Iterator[str], complaints: Complaints
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file, each with the number of its first line."""
    csv.field_size_limit(LONGEST_TEXT)
    first = next(texts, "")
    bare = QUOTED.sub("", first)
    separator = next((mark for mark in SEPARATORS if mark in bare), ",")
    reader = csv.reader(chain([first], texts), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error:
        complaints.add(number, None, INVALID)


# --- JSON Lines -----------------------------------------------------------------------------------


def _objects(texts: Iterable[str], complaints: Complaints) -> Iterator[NumberedRow]:
    """Yield the objects of a JSONL file; numbers stay as they are written."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    for number, text in enumerate(texts, 1):
        if not (stripped := text.strip()):
            continue
        try:
            row = decoder.decode(stripped)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            complaints.add(number, None, f"'{shortened(stripped)}' is not a JSON object")
            continue
        cells = {intern(column_named(key)): value for key, value in row.items()}
        for column, value in cells.items():
            if isinstance(value, dict) and column not in BOOKKEEPING:
                complaints.add(number, column, "it is not a single value")
        filled = ((column, _cell(value)) for column, value in cells.items())
        yield number, {column: text for column, text in filled if text}


def _cell(value: Any) -> str:
    """Return a value of JSON as the text of a cell, in which several are separated."""
    if isinstance(value, str) or value is None:
        return value or ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value).lower()

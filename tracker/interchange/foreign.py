"""Tables that others made: CSV, JSON Lines, JSON and XLSX as rows of texts."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BufferedReader
from typing import Any

from tracker import extras
from tracker.errors import UnreadableFile
from tracker.errors.wording import first_of
from tracker.interchange import lines
from tracker.interchange.complaints import Complaint
from tracker.interchange.lines import Advance, Line, Numeral
from tracker.interchange.recipes import Table
from tracker.quantities import plain

LARGEST = 64 << 20
"""The most bytes of a JSON document, which is read whole."""


def rows(
    file: BufferedReader, name: str, table: Table, advance: Advance
) -> Iterator[Line | Complaint]:
    """Yield the rows of a table, whose format its first bytes show."""
    kind = lines.kind_of(file, name)
    if kind == "xlsx":
        return workbook(file, name, (), table.sheet, table.header)
    if kind == "json" or (kind == "jsonl" and table.rows):
        return _document(file, name, table)
    if kind == "jsonl":
        return lines.read_jsonl(file, name, advance, Numeral)
    return lines.read_csv(file, name, (), advance, table.header)


def _document(file: BufferedReader, name: str, table: Table) -> Iterator[Line | Complaint]:
    """Yield the objects of a list in a JSON document; numbers stay as they are written."""
    held = file.read(LARGEST + 1)
    wanted = "a JSON document with a list of objects"
    if len(held) > LARGEST:
        reason = f"it is larger than {LARGEST >> 20} MiB; give JSON Lines"
        raise UnreadableFile(path=name, reason=reason, wanted=wanted)
    try:
        found = json.loads(held, parse_float=Numeral, parse_int=Numeral, parse_constant=str)
    except (ValueError, RecursionError):
        raise UnreadableFile(path=name, reason="it is not JSON", wanted=wanted) from None
    for key in table.rows.split(".") if table.rows else ():
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        reason = f"it has no list '{table.rows}'" if table.rows else "it is not a list"
        raise UnreadableFile(path=name, reason=reason, wanted=wanted)
    if found and isinstance(found[0], list):  # as the US Census writes it, with columns first
        head = [str(column) for column in found[0]]
        found = [
            dict(zip(head, row, strict=False)) if isinstance(row, list) else row
            for row in found[1:]
        ]
    objects = [row for row in found if isinstance(row, dict)]
    columns = list(dict.fromkeys(column for row in objects for column in row))
    names = lines.columns_of(columns)
    if complaints := [*lines.misnamed(names, ())]:
        yield from complaints
        return
    for number, row in enumerate(found, 1):
        if isinstance(row, dict):
            yield Line(number, names, [_of_json(row.get(column)) for column in columns])
        else:
            yield Complaint(number, None, str(row), "it is not a JSON object")


def _of_json(value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case list():
            return next((one for one in value if isinstance(one, str)), "")
    return ""


def workbook(
    file: BufferedReader, name: str, known: Sequence[str], sheet: str | None = None, header: int = 1
) -> Iterator[Line | Complaint]:
    """Yield the rows below the header of a sheet, by default the first; see `lines.read_csv`."""
    calamine = extras.library("python_calamine", "XLSX", "xlsx")
    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        found = book.get_sheet_by_name(sheet or book.sheet_names[0])
    except calamine.WorksheetNotFound as error:
        wanted = f"a workbook with that sheet; this one has {first_of(book.sheet_names, 12)}"
        raise UnreadableFile(
            path=name, reason=f"it has no sheet '{sheet}'", wanted=wanted
        ) from error
    except (calamine.CalamineError, IndexError) as error:
        wanted = "an XLSX workbook"
        raise UnreadableFile(path=name, reason="it is not a workbook", wanted=wanted) from error
    columns: tuple[str, ...] | None = None
    for number, cells in enumerate(found.to_python(skip_empty_area=False), 1):
        texts = [_of_cell(cell) for cell in cells]
        if number < header or not any(texts):
            continue
        if columns is not None:
            yield Line(number, columns, texts)
            continue
        columns = lines.columns_of(texts)
        if complaints := [*lines.misnamed(columns, known, number)]:
            yield from complaints
            return
    if columns is None:
        raise lines.headless(name)


def _of_cell(value: Any) -> str:
    """Return what a cell shows: a number without a trailing `.0`, a day as ISO."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return Numeral(plain(Decimal(repr(value))).removesuffix(".0"))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)

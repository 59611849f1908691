"""The first sheet of an XLSX workbook as rows of texts, refused if it would fill the memory."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from tracker import settings
from tracker.errors import BadInput
from tracker.files import unreadable
from tracker.quantities import plain

UNPACKED = 256 << 20
"""The most bytes that a workbook may unpack to."""
MOST_CELLS = 8_000_000
"""The most cells of a sheet up to its last row and column: they are held even if they are empty."""


def rows(held: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a workbook's first sheet, each with its number."""
    calamine = settings.library("python_calamine", "XLSX", "xlsx")
    _require_small(held, name)
    try:
        sheet = calamine.CalamineWorkbook.from_filelike(BytesIO(held)).get_sheet_by_index(0)
    except (calamine.CalamineError, IndexError) as error:
        raise _no_workbook(name) from error
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [*map(_of_cell, cells)]


def _no_workbook(name: str) -> BadInput:
    return unreadable(name, "it is not a workbook", "an XLSX workbook")


def _of_cell(value: Any) -> str:
    """Return what a cell shows: a number without a trailing `.0`, a day as ISO."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return plain(Decimal(repr(value))).removesuffix(".0")
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)


def _require_small(held: bytes, name: str) -> None:
    """Refuse a workbook that would fill the memory, because of its size or of one stray cell."""
    from xml.parsers.expat import ExpatError  # only for a workbook
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(held)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > UNPACKED:
                reason = f"it unpacks to more than {UNPACKED >> 20} MiB"
                raise unreadable(name, reason, "split into smaller files")
            archive.getinfo("xl/workbook.xml")
            for member in members:
                spanned = _span_of(archive.open(member)) if member.filename.endswith(".xml") else 0
                if spanned > MOST_CELLS:
                    reason = f"a sheet spans more than {MOST_CELLS:,} cells"
                    wanted = "without cells far from its table"
                    raise unreadable(name, reason, wanted)
    except (BadZipFile, ExpatError, EOFError, KeyError, RuntimeError, ValueError, zlib.error):
        raise _no_workbook(name) from None


def _span_of(sheet: IO[bytes]) -> int:
    """Return how many cells a sheet spans up to the last row and column with a value.

    The positions are read as calamine reads them: a row or a cell without one follows the last.
    """
    from xml.parsers.expat import ParserCreate

    row = column = rows = columns = 0

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, rows, columns
        place = attributes.get("r", "")
        match tag.rpartition(":")[2]:
            case "row":
                row, column = int(place or row + 1), 0
            case "c":
                letters = place.rstrip("0123456789")
                column = _number_of(letters) if letters else column + 1
                row = int(place[len(letters) :] or row)
            case "v" | "is":
                rows, columns = max(rows, row), max(columns, column)

    parser = ParserCreate()
    parser.StartElementHandler = begin
    parser.ParseFile(sheet)
    return rows * columns


def _number_of(letters: str) -> int:
    """Return the number of a column: 27 of `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

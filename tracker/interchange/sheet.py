"""The first sheet of an XLSX workbook as rows of texts, refused if it would fill the memory."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from tracker import settings
from tracker.errors import BadInput
from tracker.files import unreadable
from tracker.quantities import plain

UNPACKED = 256 << 20
"""The most bytes that a workbook may unpack to."""
LAST_ROW = 1 << 20
"""The last row that a workbook can have."""


def rows(held: bytes, name: object) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a workbook's first sheet, each with its number.

    They are as long as the first one that is not empty, unless they have cells beyond it.
    """
    width = 0
    for number, values in enumerate(_rows(held, name), 1):
        cells = [*map(_of_cell, values)]
        while cells and not cells[-1]:
            cells.pop()
        width = width or len(cells)
        yield number, cells + [""] * (width - len(cells))


def _rows(held: bytes, name: object) -> Iterator[tuple[Any, ...]]:
    """Yield the values of the rows, those that formulas had when the workbook was saved."""
    from warnings import catch_warnings, simplefilter  # only for a workbook
    from zipfile import ZipFile

    openpyxl = settings.library("openpyxl", "XLSX", "xlsx")
    try:
        with catch_warnings(), ZipFile(BytesIO(held)) as archive:
            simplefilter("ignore")  # of what the library does not read, such as styles
            if sum(member.file_size for member in archive.infolist()) > UNPACKED:
                reason = f"it unpacks to more than {UNPACKED >> 20} MiB"
                raise unreadable(name, reason, "split into smaller files")
            book = openpyxl.load_workbook(BytesIO(held), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # a sheet may say that it is smaller or larger than it is
            yield from sheet.iter_rows(max_row=LAST_ROW, values_only=True)
    except BadInput:
        raise
    except Exception as error:  # a damaged file fails in many ways
        raise unreadable(name, "it is not a workbook", "an XLSX workbook") from error


def _of_cell(value: Any) -> str:
    """Return what a cell shows: a number without a trailing `.0`, a day as ISO."""
    if isinstance(value, float):
        return plain(Decimal(repr(value))).removesuffix(".0")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)

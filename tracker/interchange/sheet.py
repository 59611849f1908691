"""The first sheet of an XLSX workbook as rows of texts, read by openpyxl in bounded memory."""

import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tracker import settings
from tracker.files import unreadable
from tracker.quantities import plain

UNPACKED = 64 << 20
"""The most bytes that a workbook may unpack to."""
MOST = 100_000
"""The most parts of a workbook, names in a part, or tags of a row, a text or another part."""
NAME = re.compile(rb"<[^\s<>/]++|(?<![^\s\"'])[^\s<>=\"']++(?=\s*+=)")
"""The name of an element or an attribute, or what looks like one."""
LISTED = b"PK\x01\x02"
"""What begins each line of an archive's table of contents."""
LAST_ROW = 1 << 20
"""The last row that a workbook can have."""
END = re.compile(rb"</(?:\w+:)?(?:row|si)\b")
"""The end of a row or of a shared text, after which openpyxl forgets the elements in it."""
WIDEST = 4
"""The most bytes that a character of a text takes in memory."""
LARGEST = 4 << 20
"""The most bytes of what is held at once: a row, a text, or a part without these."""


class TooLarge(Exception):
    """A workbook could fill the memory, for the reason that is its text."""


class _Archive(ZipFile):
    """An archive from which no part is read that would take much more memory than its bytes."""

    def open(self, name: Any, *_: Any, **__: Any) -> IO[bytes]:
        with super().open(name) as part:
            content = part.read()
        _require_bounded(content)
        return BytesIO(content)


def _require_bounded(content: bytes) -> None:
    """Refuse a part of which too much would be held at once."""
    if b"\0" in content or b"<!" in content or content.count(b"<?") > 1:
        raise ValueError("it declares entities, which could multiply, or hides tags")
    if len(content) * (1 if content.isascii() else WIDEST) > 2 * UNPACKED:
        raise TooLarge(f"its texts take more than {2 * UNPACKED >> 20} MiB")
    names = set[bytes]()
    for match in NAME.finditer(content):
        names.add(match.group())
        if len(names) > MOST:
            raise TooLarge(f"it has more than {MOST:,} names of elements")
    start = 0
    ends = (match.start() for match in END.finditer(content))
    for number, end in enumerate(chain(ends, [len(content)])):
        if number > LAST_ROW:
            raise TooLarge(f"it has more than {LAST_ROW:,} rows or texts")
        if end - start > LARGEST or content.count(b"<", start, end) > MOST:
            most = f"{LARGEST >> 20} MiB, or {MOST:,} tags"
            raise TooLarge(f"a row, a text or a part has more than {most}")
        start = end


def rows(held: bytes, name: object) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a workbook's first sheet, each with its number.

    They are as long as the first one that is not empty, unless they have cells beyond it.
    """
    excel = settings.library("openpyxl.reader.excel", "import", "xlsx")
    width = 0
    try:
        if held.count(LISTED) > MOST:
            raise TooLarge(f"it has more than {MOST:,} parts")
        with _Archive(BytesIO(held)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep
            _require_plain(archive)
            reader = excel.ExcelReader(
                BytesIO(held), read_only=True, data_only=True, keep_links=False
            )
            reader.archive = archive
            reader.read()
            sheet = reader.wb.worksheets[0]
            sheet.reset_dimensions()
            shown = sheet.iter_rows(max_row=LAST_ROW, values_only=True)
            for number, values in enumerate(shown, 1):
                cells = [*map(_shown, values)]
                while cells and not cells[-1]:
                    cells.pop()
                width = width or len(cells)
                yield number, cells + [""] * (width - len(cells))
    except TooLarge as error:
        wanted = "a plain table, split into smaller files"
        raise unreadable(name, str(error), wanted) from error
    except Exception as error:  # a damaged file fails in many ways
        raise unreadable(name, "it is not a workbook", "an XLSX workbook") from error


def _require_plain(archive: ZipFile) -> None:
    """Refuse an archive that unpacks to very much."""
    members = archive.infolist()
    if sum(member.file_size for member in members) > UNPACKED:
        raise TooLarge(f"it unpacks to more than {UNPACKED >> 20} MiB")
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise ValueError("it is compressed in a way that needs more memory")


def _shown(value: Any) -> str:
    """Return what a cell shows: a number without a trailing `.0`, a day as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return plain(Decimal(repr(value))).removesuffix(".0")
    return str(value)

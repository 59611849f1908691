"""The first sheet of an XLSX workbook as rows of texts, read piece by piece in bounded memory.

A workbook is a ZIP archive of XML parts. Only those that the first sheet needs are read, and no
part becomes a tree of elements, since a small file can unpack to very many.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from posixpath import basename, dirname, join, normpath
from sys import getsizeof
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tracker.files import LONGEST_TEXT, unreadable
from tracker.quantities import plain

UNPACKED = 64 << 20
"""The most bytes that a workbook may unpack to; in memory, its texts may take twice as many."""
PIECE = 1 << 16
"""How many bytes of a part are parsed at once."""
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
"""The last row and the last column that a workbook can have."""
MOST = 100_000
"""The most parts of a workbook, formats of cells, or names of elements in a part."""
DEEPEST = 100
"""How deeply elements may be nested."""
LISTED = b"PK\x01\x02"
"""What begins each line of an archive's table of contents."""
TEXTS = ("v", "t")
"""The elements that hold the value or the text of a cell."""
PRONUNCIATION = "rPh"
"""The element that says how a text is read aloud."""
DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""The built-in formats that show a number as a day or an hour."""
NO_DAY = re.compile(r'"[^"]*"|\\.|_.|\[[^]]*\]')
"""What a format has besides: quoted or escaped text, space, colours, currencies."""
EPOCH, EPOCH_OF_MACS = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""The moments from which days are counted."""
DAY = 86_400_000
"""The milliseconds of a day."""


class TooLarge(ValueError):
    """A workbook could fill the memory, for the reason that is its text."""


def rows(held: bytes, name: object) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a workbook's first sheet, each with its number.

    They are as long as the first one that is not empty, unless they have cells beyond it.
    """
    width = 0
    try:
        if held.count(LISTED) > MOST:
            raise TooLarge(f"it has more than {MOST:,} parts")
        with ZipFile(BytesIO(held)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > UNPACKED:
                raise TooLarge(f"it unpacks to more than {UNPACKED >> 20} MiB")
            if any(
                member.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
                for member in members
            ):
                raise ValueError("it is compressed in a way that needs more memory")
            for number, cells in _Workbook(archive).rows():
                width = width or max(cells, default=0)
                columns = range(1, max(width, *cells, 0) + 1)
                yield number, [cells.get(column, "") for column in columns]
    except TooLarge as error:
        wanted = "a plain table, split into smaller files"
        raise unreadable(name, str(error), wanted) from error
    except Exception as error:  # a damaged file fails in many ways
        raise unreadable(name, "it is not a workbook", "an XLSX workbook") from error


class Element(NamedTuple):
    """An element of a part that has ended."""

    name: str
    """Its name, without a prefix."""
    attributes: dict[str, str]
    text: str
    """The values and texts since the last of the elements that were asked for."""


class _Parser:
    """Parses a part of a workbook, and raises TooLarge before it holds much of it."""

    def __init__(self, *names: str) -> None:
        from xml.parsers.expat import ParserCreate  # only for a workbook

        self.ended: list[Element] = []
        """The elements with these names that have ended."""
        self._names = names
        self._open: list[dict[str, str]] = []
        """The attributes of the elements that have begun."""
        self._is_text = self._is_pronunciation = False
        self._texts: list[str] = []
        self._length = 0
        self._fed = 0
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, piece: bytes) -> None:
        """Parse a piece; an empty one is the end."""
        self._parser.Parse(piece, not piece)
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TEXT + PIECE:
            raise TooLarge(f"it has a tag of more than {LONGEST_TEXT >> 20} MiB")
        if len(self._parser.intern) > MOST:
            raise TooLarge(f"it has more than {MOST:,} names of elements")
        if len(self._open) > DEEPEST:
            raise TooLarge(f"its elements are nested more than {DEEPEST} deep")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(attributes)
        self._mark(name.rpartition(":")[2], True)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self._mark(name, False)
        attributes = self._open.pop()
        if name in self._names:
            self.ended.append(Element(name, attributes, "".join(self._texts)))
            self._texts = []
            self._length = 0

    def _mark(self, name: str, begins: bool) -> None:
        if name in TEXTS:
            self._is_text = begins
        elif name == PRONUNCIATION:
            self._is_pronunciation = begins

    def _take(self, text: str) -> None:
        if self._is_text and not self._is_pronunciation:
            self._texts.append(text)
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise TooLarge(f"it has a text of more than {LONGEST_TEXT >> 20} MiB")

    def _refuse(self, *_: object) -> None:
        raise ValueError("it declares entities, which could multiply")


class _Workbook:
    """The first sheet of a workbook, and what its cells need from other parts."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        (book,) = self._related("", "officeDocument").values()
        self._sheet = ""
        self._epoch = EPOCH
        sheets = self._related(book, "worksheet")  # one that is a chart has no cells
        for element in self._elements(book, "sheet", "workbookPr"):
            if element.attributes.get("date1904") in ("1", "true"):
                self._epoch = EPOCH_OF_MACS
            for key, value in element.attributes.items():
                if key.endswith(":id"):
                    self._sheet = self._sheet or sheets.get(value, "")
        self._texts: list[str] = []
        """The texts that cells name by number."""
        for part in self._related(book, "sharedStrings").values():
            self._read_texts(part)
        self._days: set[int] = set()
        """The formats of cells that show a number as a day."""
        for part in self._related(book, "styles").values():
            self._read_formats(part)

    def rows(self) -> Iterator[tuple[int, dict[int, str]]]:
        """Yield the rows, each with its number and its filled cells by their columns."""
        row = column = 0
        cells: dict[int, str] = {}
        for element in self._elements(self._sheet, "c", "row"):
            place = element.attributes.get("r")
            if element.name == "c":
                column = _column_of(place) if place else column + 1
                if not 1 <= column <= LAST_COLUMN:
                    raise ValueError(f"there is no column {column}")
                if element.text and (shown := self._shown(element)):
                    cells[column] = shown
            else:
                row = int(place) if place else row + 1
                if row > LAST_ROW:
                    return
                yield row, cells
                cells = {}
                column = 0

    def _elements(self, part: str, *names: str) -> Iterator[Element]:
        """Yield the elements of a part that have these names, as they end."""
        parser = _Parser(*names)
        with self._archive.open(part) as opened:
            piece = b" "
            while piece:
                piece = opened.read(PIECE)
                parser.feed(piece)
                yield from parser.ended
                parser.ended.clear()

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind to which a part, or the archive itself, refers, by name."""
        folder = dirname(part)
        related = {}
        relations = join(folder, "_rels", f"{basename(part)}.rels")
        for element in self._elements(relations, "Relationship"):
            if element.attributes["Type"].endswith(f"/{kind}"):
                path = normpath(join("/", folder, element.attributes["Target"]))
                related[element.attributes["Id"]] = path.lstrip("/")
                if len(related) > MOST:
                    raise TooLarge(f"it has more than {MOST:,} parts")
        return related

    def _read_texts(self, part: str) -> None:
        size = 0
        for element in self._elements(part, "si"):
            text = element.text.replace(
                "x005F_", ""
            )  # which escapes what looks like an escape
            size += getsizeof(text)
            if size > 2 * UNPACKED:
                raise TooLarge(f"its texts take more than {2 * UNPACKED >> 20} MiB")
            self._texts.append(text)

    def _read_formats(self, part: str) -> None:
        days = {*DAYS}
        formats: list[bool] = []
        for name, attributes, _ in self._elements(
            part, "numFmt", "xf", "cellStyleXfs", "cellXfs"
        ):
            if name == "numFmt":
                shown = NO_DAY.sub("", attributes["formatCode"].partition(";")[0])
                if re.search("[dmyhs]", shown, re.IGNORECASE):
                    days.add(int(attributes["numFmtId"]))
            elif name == "xf":
                formats.append(int(attributes.get("numFmtId", "0")) in days)
            elif name == "cellStyleXfs":  # those before were of styles, not of cells
                formats = []
            else:
                self._days = {number for number, is_day in enumerate(formats) if is_day}
            if len(formats) > MOST or len(days) > MOST:
                raise TooLarge(f"it has more than {MOST:,} formats")

    def _shown(self, cell: Element) -> str:
        """Return what a cell shows: a number without a trailing `.0`, a day as ISO."""
        match cell.attributes.get("t", "n"):
            case "s":
                return self._texts[int(cell.text)]
            case "b":
                return str(bool(int(cell.text)))
            case "d":
                return cell.text[: len("2026-01-07")]
            case "n":
                return self._number(cell.text, int(cell.attributes.get("s", "0")))
        return cell.text

    def _number(self, text: str, style: int) -> str:
        if style in self._days:
            milliseconds = round(float(text) * DAY)
            if milliseconds >= DAY:  # otherwise it is an hour
                return (
                    (self._epoch + timedelta(milliseconds=milliseconds))
                    .date()
                    .isoformat()
                )
        if text.lstrip("-").isdecimal():
            return text
        return plain(Decimal(repr(float(text)))).removesuffix(".0")


def _column_of(reference: str) -> int:
    """Return the number of the column in which a cell is: 28 of `AB3`."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

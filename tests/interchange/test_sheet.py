"""The first sheet of a workbook, as other programs write it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tracker.errors import BadInput
from tracker.interchange import sheet

COLUMNS = ["deadline", "effective_on", "value"]


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(held: bytes) -> list[list[str]]:
    """Return the rows of a workbook that are not empty."""
    return [cells for _, cells in sheet.rows(held, "week.xlsx") if any(cells)]


def rewritten(held: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """Return a workbook with one part edited."""
    file = BytesIO()
    with ZipFile(BytesIO(held)) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name).decode()
            after.writestr(name, edit(text) if name == part else text)
    return file.getvalue()


def test_a_part_that_is_compressed_in_another_way_is_refused() -> None:
    """To unpack what LZMA packed takes memory of its own, however short it is."""
    book = Workbook()
    book.active.append(COLUMNS)
    held = BytesIO()
    with ZipFile(BytesIO(saved(book))) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            kind = ZIP_LZMA if name == "xl/workbook.xml" else ZIP_DEFLATED
            after.writestr(name, before.read(name), kind)

    with pytest.raises(BadInput, match="it is not a workbook"):
        read(held.getvalue())


SHOWN = [
    (8, None, "8"),
    (8.5, None, "8.5"),
    (4.0, None, "4"),
    (1 / 3, None, "0.3333333333333333"),
    (1e20, None, "100000000000000000000"),
    (-1e-7, None, "-0.0000001"),
    (True, None, "True"),
    ("#N/A", None, "#N/A"),
    ("8 MMT <sold> & 日本", None, "8 MMT <sold> & 日本"),
    (date(2026, 1, 7), None, "2026-01-07"),
    (datetime(2026, 1, 7, 16, 30), None, "2026-01-07"),
    (datetime(2026, 1, 7, 23, 59, 59, 999_900), None, "2026-01-08"),
    (46029.5, "[$-409]d mmm yyyy;@", "2026-01-07"),
    (46029.5, 'yyyy"年"m"月"d"日"', "2026-01-07"),
    (46029.5, 'yyyy-mm-dd" GMT"', "2026-01-07"),
    (12.5, '0.0 "MMT, days and hours"', "12.5"),
    (12.5, "[Red]0.0_d", "12.5"),
    (12.5, "0.0\\d", "12.5"),
    (time(16, 30), "hh:mm", "16:30:00"),
]


@pytest.mark.parametrize(("value", "form", "shown"), SHOWN, ids=[row[2] for row in SHOWN])
def test_a_cell_is_read_as_it_is_shown(value: object, form: str | None, shown: str) -> None:
    book = Workbook()
    book.active.append([value])
    if form:
        book.active["A1"].number_format = form

    assert read(saved(book)) == [[shown]]


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 1, 7)])

    assert read(saved(book)) == [["2026-01-07"]]


def test_shared_and_rich_texts_are_read_without_their_pronunciation() -> None:
    """Xlsxwriter shares texts; spreadsheets keep beside a name in kanji how it is read."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, COLUMNS)
        bold = book.add_format({"bold": True})
        page.write_rich_string(1, 0, "8 ", bold, "MMT", " sold")
        page.write_string(1, 1, "東京")
        page.write_string(1, 2, " two  spaces\nand a line")
    phonetic = "<rPh sb='0' eb='2'><t>とうきょう</t></rPh><phoneticPr fontId='1'/>"

    held = rewritten(
        file.getvalue(),
        "xl/sharedStrings.xml",
        lambda text: text.replace("<t>東京</t>", f"<t>東京</t>{phonetic}"),
    )

    assert read(held) == [COLUMNS, ["8 MMT sold", "東京", " two  spaces\nand a line"]]


def test_the_first_sheet_is_the_first_one_with_cells() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        chart = book.add_chart({"type": "line"})
        book.add_chartsheet().set_chart(chart)
        book.add_worksheet("Second").write_row(0, 0, COLUMNS)
        book.add_worksheet("Third").write_row(0, 0, ["notes"])
        chart.add_series({"values": "=Second!$A$1:$A$2"})

    assert read(file.getvalue()) == [COLUMNS]


def test_prefixes_and_places_do_not_matter() -> None:
    """Some programs name each element with a prefix, leave out references, or use full paths."""
    book = Workbook()
    book.active.append(COLUMNS)
    part = "xl/worksheets/sheet1.xml"
    prefixed = rewritten(
        saved(book),
        part,
        lambda text: re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x="),
    )
    bare = rewritten(prefixed, part, lambda text: re.sub(r' r="[A-Z0-9]+"', "", text))
    absolute = rewritten(
        bare,
        "xl/_rels/workbook.xml.rels",
        lambda text: text.replace('"worksheets', '"/xl/worksheets'),
    )

    assert read(absolute) == read(bare) == read(prefixed) == [COLUMNS]


def test_a_workbook_that_declares_entities_is_refused() -> None:
    """A billion laughs: each entity is ten of the one before."""
    book = Workbook()
    book.active.append(COLUMNS)
    laughs = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    held = rewritten(saved(book), "xl/worksheets/sheet1.xml", lambda text: laughs + text)

    with pytest.raises(BadInput, match="not a workbook"):
        read(held)

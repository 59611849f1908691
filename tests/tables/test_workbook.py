from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.tables.specimen import HOSTILE, hostile_text, sales_report
from tracker.dates import Period, parse_period
from tracker.errors import SheetFull
from tracker.quantities import Percent
from tracker.tables import Report, workbook
from tracker.tables.cells import visible
from tracker.tables.workbook import render_workbook

ADDRESS = "https://www.usda.gov/sales"


class Count(NamedTuple):
    """A row with every kind of value."""

    count: int
    delivered: Decimal | None
    percent: Percent
    on: date
    due_on: Period
    recorded_at: datetime
    official: bool
    parties: tuple[str, ...]
    source: str


class Cited(NamedTuple):
    """A source."""

    key: str
    url: str | None


class CountsDocument(NamedTuple):
    """Counts with the sources of them."""

    rows: list[Count]
    sources: list[Cited]


USDA = Count(
    *(88, Decimal("-132000.50"), Percent("65.73"), date(2026, 1, 8), parse_period("2026-02-28")),
    *(datetime(2026, 1, 9, 16, 30, tzinfo=UTC), True, ("us", "eu"), "usda"),
)


def counts(*rows: Count, url: str | None = ADDRESS) -> Report:
    """Return a report on some counts, whose source has this address."""
    document = {
        "report": "counts", "as_of": date(2026, 1, 11), "rows": list(rows),
        "sources": [Cited("usda", url)],
    }  # fmt: skip
    return Report(document, Count, ["Counts"], kind=CountsDocument)


def read(report: Report) -> Workbook:
    return load_workbook(BytesIO(render_workbook(report)), rich_text=True)


def first(report: Report) -> Worksheet:
    sheet = read(report).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def cells(sheet: Worksheet) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from row


def test_each_list_is_a_sheet_and_the_rest_is_told_on_the_last() -> None:
    book = read(counts(USDA))

    assert book.sheetnames == ["counts", "sources", "about"]
    assert values(book["sources"]) == [("key", "url"), ("usda", ADDRESS)]
    assert values(book["about"]) == [
        ("key", "value"), ("report", "counts"), ("as_of", datetime(2026, 1, 11)),
    ]  # fmt: skip


def test_numbers_are_numbers_and_days_are_days() -> None:
    head, row = values(first(counts(USDA)))

    assert head == Count._fields
    assert row == (
        *(88, -132000.5, 65.7, datetime(2026, 1, 8), datetime(2026, 2, 28)),
        *(datetime(2026, 1, 9, 16, 30), True, "us eu", "usda"),
    )
    formats = [cell.number_format for cell in first(counts(USDA))[2]]
    assert formats[3:6] == ["yyyy-mm-dd", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]


def test_what_a_spreadsheet_would_change_is_text() -> None:
    row = USDA._replace(
        count=10**16, delivered=Decimal("123456789012345678.5"),
        on=date(1899, 12, 31), due_on=parse_period("2026-02"),
    )  # fmt: skip
    _, (count, delivered, _, on, due_on, *_) = values(first(counts(row)))

    assert (count, delivered) == ("10000000000000000", "123456789012345678.5")
    assert (on, due_on) == ("1899-12-31", "2026-02")


def test_what_is_absent_is_an_empty_cell() -> None:
    _, row = values(first(counts(USDA._replace(delivered=None, parties=()))))

    assert (row[1], row[7]) == (None, None)


MARKUP = ["<r>bold</r>", "<r><t>x</t></r>", "_x000D_", "{=1+1}", "http://evil.example", "mailto:x"]


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_text_stays_text(text: str) -> None:
    sheet = first(sales_report(text))

    buyer, tonnes, notes = sheet[2]
    assert str(buyer.value) == str(notes.value) == visible(text)
    assert (buyer.data_type, buyer.hyperlink) == ("s", None)
    assert tonnes.value == -132000.5


@settings(max_examples=50)
@given(st.lists(hostile_text.filter(bool), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    sheet = first(sales_report(*texts))

    assert not [cell for cell in cells(sheet) if cell.data_type == "f"]
    assert [str(cell.value) for cell in sheet["A"][1:]] == [visible(text) for text in texts]


def test_text_that_no_cell_has_room_for_is_cut_with_a_mark() -> None:
    text = str(first(sales_report("soybeans " * 10_000))["A2"].value)

    assert (len(text), text[-1]) == (32_767, "…")


def test_a_list_that_no_sheet_has_room_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)

    with pytest.raises(SheetFull) as refused:
        render_workbook(counts(USDA, USDA))

    assert SheetFull.exit_code == 2
    assert str(refused.value) == (
        "The sheet 'counts' would have 2 rows, but there is room for only 1."
        " Use -f csv, or narrow down the report"
    )


def test_the_head_stays_in_sight_and_columns_are_neither_narrow_nor_endless() -> None:
    sheet = first(sales_report("soybeans " * 100))

    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert all(8 <= width <= 61 for width in widths)


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter.workbook

    before = render_workbook(counts(USDA))
    monkeypatch.setattr(xlsxwriter.workbook.time, "time", lambda: 0)

    assert render_workbook(counts(USDA)) == before
    assert read(counts(USDA)).properties.created == datetime(1980, 1, 1)

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
    return Report(document, Count, ["Counts", "as of 2026-01-11"], kind=CountsDocument)


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


def test_a_number_of_15_digits_and_the_first_day_of_march_1900_are_kept() -> None:
    digits, day = 10**15 - 1, date(1900, 3, 1)
    last = USDA._replace(count=-digits, delivered=Decimal(digits) / 10, on=day)
    beyond = USDA._replace(count=-digits - 1, delivered=Decimal("1234567890123456"),
                           on=date(1900, 2, 28))  # fmt: skip
    _, kept, changed = values(first(counts(last, beyond)))

    assert kept[:2] == (-digits, digits / 10)
    assert kept[3] == datetime(1900, 3, 1)
    assert (*changed[:2], changed[3]) == ("-1000000000000000", "1234567890123456", "1900-02-28")


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
    whole, cut = (str(first(sales_report("s" * long))["A2"].value) for long in (32_767, 32_768))

    assert whole == "s" * 32_767
    assert cut == f"{'s' * 32_766}…"


def test_a_list_that_no_sheet_has_room_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert render_workbook(counts(USDA, USDA))

    with pytest.raises(SheetFull) as refused:
        render_workbook(counts(USDA, USDA, USDA))

    assert SheetFull.exit_code == 2
    assert str(refused.value) == (
        "The sheet 'counts' would have 3 rows, but there is room for only 2."
        " Use -f csv, or narrow down the report"
    )


def test_the_head_stays_in_sight_and_columns_are_neither_narrow_nor_endless() -> None:
    sheet = first(counts(USDA._replace(parties=("us",) * 30), USDA._replace(delivered=None)))

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I3"
    assert sheet["A1"].font.bold
    assert sheet["A1"].border.bottom.style == "thin"
    assert {one.alignment.vertical for one in sheet[2]} == {"top"}
    assert sheet["H2"].alignment.wrap_text
    assert [one.alignment.horizontal for one in sheet[2]][3:6] == ["left"] * 3
    widths = {int(one.width): letter for letter, one in sheet.column_dimensions.items()}
    assert widths == {8: "I", 11: "B", 9: "C", 12: "D", 21: "F", 10: "G", 60: "H"}


def test_a_list_called_history_is_a_sheet_of_entries() -> None:
    """Spreadsheets reserve the name."""
    report = counts(USDA)

    history = report._replace(document=report.document | {"report": "history"})
    assert read(history).sheetnames == ["entries", "sources", "about"]


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter.workbook

    before = render_workbook(counts(USDA))
    monkeypatch.setattr(xlsxwriter.workbook.time, "time", lambda: 0)

    assert render_workbook(counts(USDA)) == before
    assert read(counts(USDA)).properties.created == datetime(1980, 1, 1)
    assert read(counts(USDA)).properties.title == "Counts"

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.tables.specimen import HOSTILE, hostile_text, sales_report
from tracker.tables import Report, keys_of, visible
from tracker.tables.data import render_workbook


class Count(NamedTuple):
    """One row of a table of counts."""

    counted_by: str
    value: Decimal | int | None
    is_flow: bool = False


USDA = Count("USDA", Decimal("-1132000.50"))


def counts(*rows: Count) -> Report:
    heading, footer = ("Truce · pace", "as of 2026-01-11"), ("12 entries · head 9f3c",)
    return Report(
        {"rows": rows},
        {"rows": keys_of(Count)},
        heading,
        footer=footer,
        headline="Ten cargoes sold",
    )


def read(report: Report) -> Workbook:
    return load_workbook(BytesIO(render_workbook(report)), rich_text=True)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_one_sheet_has_the_rows_under_their_keys_and_the_other_says_what_they_are() -> None:
    rows, about = read(counts(USDA)).worksheets

    assert (rows.title, about.title) == ("Rows", "About")
    assert values(rows) == [("counted_by", "value", "is_flow"), ("USDA", -1132000.5, "false")]
    assert [line for (line,) in values(about)] == [
        *("Truce · pace", "as of 2026-01-11", "Ten cargoes sold", "12 entries · head 9f3c"),
    ]


@pytest.mark.parametrize(
    ("figure", "cell"),
    [
        (12, 12),
        (0, 0),
        (Decimal("87.5"), 87.5),
        (None, None),
        (Decimal("1234567890123456"), "1234567890123456"),
    ],
)
def test_a_figure_is_a_number_unless_it_has_more_digits_than_a_spreadsheet_keeps(
    figure: Decimal | int | None, cell: object
) -> None:
    assert read(counts(Count("USDA", figure))).worksheets[0]["B2"].value == cell


def test_text_is_no_number_even_if_it_is_made_of_digits() -> None:
    assert read(counts(Count("007", 12))).worksheets[0]["A2"].value == "007"


MARKUP = ["<r>bold</r>", "<r><t>x</t></r>", "_x000D_", "{=1+1}", "http://evil.example", "mailto:x"]


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_text_stays_text(text: str) -> None:
    buyer, tonnes, _ = read(sales_report(text)).worksheets[0][2]

    assert str(buyer.value).removeprefix("'") == visible(text)
    assert (buyer.data_type, buyer.hyperlink) == ("s", None)
    assert tonnes.value == -132000.5


@settings(max_examples=50)
@given(st.lists(hostile_text.filter(bool), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    book = read(sales_report(*texts))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    read_back = [str(cell.value).removeprefix("'") for cell in book.worksheets[0]["A"][1:]]
    assert read_back == [visible(text).removeprefix("'") for text in texts]


def test_text_that_no_cell_has_room_for_is_cut_with_a_mark() -> None:
    whole, cut = (
        str(read(counts(Count("s" * long, None))).worksheets[0]["A2"].value)
        for long in (32_767, 32_768)
    )

    assert whole == "s" * 32_767
    assert cut == f"{'s' * 32_766}…"


def test_the_head_stays_in_sight() -> None:
    assert read(counts(USDA, USDA)).worksheets[0].freeze_panes == "A2"


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter.workbook

    before = render_workbook(counts(USDA))
    monkeypatch.setattr(xlsxwriter.workbook.time, "time", lambda: 0)

    assert render_workbook(counts(USDA)) == before
    assert read(counts(USDA)).properties.created == datetime(1980, 1, 1)

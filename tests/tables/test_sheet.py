from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.refusals import code_of, raises
from tests.tables.specimen import HOSTILE, hostile_text, sales_report
from tracker.tables import TIE, Column, Report, Section, sheet, table, visible
from tracker.tables.sheet import render_workbook

COUNTS = [
    Column("Counted by", lambda row: row[0], below=lambda row: row[2]),
    Column("MMT", lambda row: row[1], right=True),
]
USDA = ("USDA", "-1,132,000.5", "to 8 Jan")


def counts(*rows: tuple[str, str, str | None], title: str = "Cn-soy: sold?") -> Report:
    return Report(
        {"rows": []}, tuple, ("Truce · pace", "as of 2026-01-11"),
        [Section("Overdue"), table(COUNTS, rows, title)], ("12 entries · head 9f3c",),
        headline="Ten cargoes sold",
    )  # fmt: skip


def read(report: Report) -> Workbook:
    return load_workbook(BytesIO(render_workbook(report)), rich_text=True)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_each_table_is_a_sheet_with_its_title_and_the_rest_is_told_on_the_last() -> None:
    book = read(counts(USDA))

    assert book.sheetnames == ["Cn-soy sold", "About"]
    first, about = book.worksheets
    assert values(first) == [("Counted by", "MMT"), ("USDA\nto 8 Jan", -1132000.5)]
    assert [line for (line,) in values(about)] == [
        *("Truce · pace", "as of 2026-01-11", "Ten cargoes sold", "12 entries · head 9f3c"),
    ]


def test_a_table_without_a_title_is_named_after_its_report() -> None:
    assert read(counts(USDA, title="")).sheetnames == ["pace", "About"]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("Sales", "sales", "SALES"), ["Sales", "sales 2", "SALES 3"]),
        (("History", "'about'"), ["History 2", "about"]),
        (("cn-soy-2025-delivery · 12 MMT by 28 Feb", "cn-soy-2025-delivery · 12 MMT by 31 Dec"),
         ["cn-soy-2025-delivery · 12 MMT b", "cn-soy-2025-delivery · 12 2"]),
        (("[]", "a\x1b/b"), ["About", "a x1b b"]),
    ],
)  # fmt: skip
def test_sheets_have_names_that_every_spreadsheet_takes(
    titles: tuple[str, ...], names: list[str]
) -> None:
    report = counts(USDA)._replace(sections=[table(COUNTS, [USDA], title) for title in titles])

    assert read(report).sheetnames[:-1] == names


def test_figures_are_numbers_and_what_is_absent_is_an_empty_cell() -> None:
    figures = ["12", f"87{TIE}%", "–", "", "9 Feb", "1234567890123456", "55–100 %"]
    sheet = read(counts(*[("USDA", figure, None) for figure in figures])).worksheets[0]

    column = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in column] == [
        12, 0.87, None, None, "9 Feb", "1234567890123456", "55–100 %",
    ]  # fmt: skip
    assert column[1].number_format == "0%"


def test_text_is_no_number_even_if_it_is_made_of_digits() -> None:
    assert read(counts(("007", "12", None))).worksheets[0]["A2"].value == "007"


MARKUP = ["<r>bold</r>", "<r><t>x</t></r>", "_x000D_", "{=1+1}", "http://evil.example", "mailto:x"]


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_text_stays_text(text: str) -> None:
    buyer, tonnes, _ = read(sales_report(text)).worksheets[0][2]

    assert str(buyer.value) == visible(text)
    assert (buyer.data_type, buyer.hyperlink) == ("s", None)
    assert tonnes.value == 132000.5


@pytest.mark.parametrize("title", ["1'*", "''", f"{'s' * 30}'s"])
def test_the_name_of_a_sheet_begins_and_ends_without_an_apostrophe(title: str) -> None:
    name, _ = read(counts(USDA, title=title)).sheetnames
    assert name
    assert name == name.strip("'")


@settings(max_examples=50)
@given(st.lists(hostile_text.filter(bool), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    book = read(sales_report(*texts))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [str(cell.value) for cell in book.worksheets[0]["A"][1:]] == [*map(visible, texts)]


def test_text_that_no_cell_has_room_for_is_cut_with_a_mark() -> None:
    whole, cut = (
        str(read(counts(("s" * long, "", None))).worksheets[0]["A2"].value)
        for long in (32_767, 32_768)
    )

    assert whole == "s" * 32_767
    assert cut == f"{'s' * 32_766}…"


def test_a_table_that_no_sheet_has_room_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 6)
    assert render_workbook(counts(*[USDA] * 5))

    with raises("sheet full") as refused:
        render_workbook(counts(*[USDA] * 6, title="Sales"))

    assert code_of("sheet full") == 2
    assert str(refused.value) == (
        "The sheet 'Sales' would have 6 rows, but there is room for only 5."
        " Use -f csv, or narrow down the report"
    )


def test_the_head_stays_in_sight_and_columns_are_neither_narrow_nor_endless() -> None:
    first = read(counts(USDA, ("s" * 99, "5", None))).worksheets[0]

    assert first.freeze_panes == "A2"
    assert first.auto_filter.ref == "A1:B3"
    assert first["A1"].font.bold
    assert first["A2"].alignment.wrap_text
    widths = [int(one.width) for one in first.column_dimensions.values()]
    assert widths == [60, 14]


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter.workbook

    before = render_workbook(counts(USDA))
    monkeypatch.setattr(xlsxwriter.workbook.time, "time", lambda: 0)

    assert render_workbook(counts(USDA)) == before
    assert read(counts(USDA)).properties.created == datetime(1980, 1, 1)
    assert read(counts(USDA)).properties.title == "Truce · pace"

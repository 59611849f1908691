"""Workbooks: a sheet for each table, whose days are days and whose numbers are numbers."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.conftest import Run
from tests.tables.specimen import HOSTILE, hostile_text
from tracker.tables import Cell, Column, Report, Section, visible
from tracker.tables.workbook import render_workbook


class Count(NamedTuple):
    """One row of a table of counts."""

    counted_by: str
    value: Decimal | int | None
    on: date = date(2026, 1, 8)


USDA = Count("USDA", Decimal("-1132000.50"))


def counts(*rows: Count, title: str = "Counts") -> Report:
    columns = [
        Column("Counted by", lambda row: Cell(row.counted_by, below="Weekly report"), whole=True),
        Column("", lambda row: Cell(f"{row.value} (+2)", value=row.value), key="count", whole=True),
        Column("Day", lambda row: Cell("8 Jan", value=row.on), whole=True),
    ]
    table = Section(columns, rows, title, group=lambda _: "To the US")
    heading, footer = ("Truce · pace", "as of 2026-01-11"), ("12 entries · head 9f3c",)
    prose = Section(lines=("Counted, not weighed.",))
    sections = [table, prose, table] if rows else []
    made = Report({"rows": rows}, Count, heading, sections, footer)
    return made._replace(headline="Ten cargoes sold", deck="None has landed.")


def read(report: Report) -> Workbook:
    return load_workbook(BytesIO(render_workbook(report)), rich_text=True)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_the_first_sheet_says_what_it_is_and_each_table_has_a_marked_one() -> None:
    about, table, again = read(counts(USDA)).worksheets

    assert [line for (line,) in values(about)] == [
        *("Truce · pace", "as of 2026-01-11", "Ten cargoes sold", "None has landed."),
        *("Counted, not weighed.", "12 entries · head 9f3c"),
    ]
    assert values(table) == [
        ("Counted by", "Count", "Day", "Under", "Note"),
        ("USDA", -1132000.5, datetime(2026, 1, 8), "To the US", "Weekly report"),
    ]
    assert (about.title, table.title, again.title) == ("About", "Counts", "Counts 2")
    assert table.freeze_panes == "A2"
    assert [part.ref for part in table.tables.values()] == ["A1:E2"]


@pytest.mark.parametrize(
    ("figure", "cell"),
    [
        (12, 12),
        (0, 0),
        (Decimal("87.5"), 87.5),
        (None, "None (+2)"),
        (Decimal("1234567890123456"), "1234567890123456 (+2)"),
    ],
)
def test_a_figure_is_a_number_unless_it_has_more_digits_than_a_spreadsheet_keeps(
    figure: Decimal | int | None, cell: object
) -> None:
    shown = read(counts(Count("USDA", figure))).worksheets[1]["B2"]

    assert shown.value == cell
    if isinstance(cell, int):
        assert shown.number_format == 'General" (+2)"'


def test_text_is_no_number_even_if_it_is_made_of_digits() -> None:
    assert read(counts(Count("007", 12))).worksheets[1]["A2"].value == "007"


MARKUP = ["<r>bold</r>", "<r><t>x</t></r>", "_x000D_", "{=1+1}", "http://evil.example", "mailto:x"]


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_text_stays_text(text: str) -> None:
    cell = read(counts(Count(text, 12))).worksheets[1]["A2"]

    assert str(cell.value or "").removeprefix("'") == visible(text)
    assert cell.data_type in ("s", "n")
    assert cell.hyperlink is None


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(hostile_text.filter(bool), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    book = read(counts(*[Count(text, 1) for text in texts], title=texts[0]))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    read_back = [str(cell.value).removeprefix("'") for cell in book.worksheets[1]["A"][1:]]
    assert read_back == [visible(text).removeprefix("'") for text in texts]


def test_text_that_no_cell_has_room_for_is_cut_with_a_mark() -> None:
    whole, cut = (
        str(read(counts(Count("s" * long, None))).worksheets[1]["A2"].value)
        for long in (32_767, 32_768)
    )

    assert whole == "s" * 32_767
    assert cut == f"{'s' * 32_766}…"


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter.workbook

    before = render_workbook(counts(USDA))
    monkeypatch.setattr(xlsxwriter.workbook.time, "time", lambda: 0)

    assert render_workbook(counts(USDA)) == before
    assert read(counts(USDA)).properties.created == datetime(1980, 1, 1)


def test_the_workbook_of_a_week_has_a_sheet_for_each_block(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "week.xlsx"
    assert tracker("--today", "2026-11-25", "week", "2026-W08", "-o", path, db=busan).code == 0

    book = load_workbook(path)

    names = ["About", "Changed", "Also", "New at risk", "Next", "Who has what", "Sources"]
    assert book.sheetnames == names
    assert all(len(sheet.tables) == 1 for sheet in book.worksheets[1:])
    assert max(sheet.max_column for sheet in book.worksheets) <= 10
    assert isinstance(book["Changed"]["A2"].value, datetime)
    rows = {row[0].value: row[1:] for row in book["Who has what"].iter_rows(min_row=2)}
    us, china = rows["in force"][:2]
    assert (us.value, china.value, china.number_format) == (6, 5, 'General" (−2)"')

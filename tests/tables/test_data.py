import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tables.specimen import HOSTILE, Sale, hostile_text, sales_report
from tracker.dates import Period, parse_period
from tracker.tables import UNSAFE, Flattened, Report, visible
from tracker.tables.data import SCHEMA, joined, plain_value, render_csv, render_json
from tracker.vocabulary import Stage

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Due(NamedTuple):
    """A row inside a row."""

    deadline: str
    due_on: Period


class Line(NamedTuple):
    """A row with every kind of value."""

    concession: str
    stage: Stage
    on: date
    delivered: Decimal | None
    next: Due | None
    due: Flattened[Due]
    days_left: int
    flow: bool | None


FEBRUARY = Due("soybeans-2025", parse_period("2026-02"))
SOYBEANS = Line(
    "soybeans", Stage.PARTIAL, date(2026, 1, 8), Decimal("-4.10"), FEBRUARY, FEBRUARY, -3, True
)
CHIPS = SOYBEANS._replace(concession="chip-sales", delivered=None, next=None, flow=None)


def lines_report(*rows: Line) -> Report:
    return Report({"report": "status", "rows": list(rows)}, Line)


def read_back(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


# --- JSON -----------------------------------------------------------------------------------


def test_json_opens_with_its_schema_and_keeps_the_documents_order() -> None:
    document = json.loads(render_json(lines_report(SOYBEANS)))
    assert list(document) == ["schema", "report", "rows"]
    assert document["schema"] == SCHEMA


def test_json_writes_days_and_periods_as_strings_and_quantities_as_exact_numbers() -> None:
    written = render_json(lines_report(SOYBEANS))
    (row,) = json.loads(written, parse_float=str)["rows"]
    assert row == {
        "concession": "soybeans",
        "stage": "partial",
        "on": "2026-01-08",
        "delivered": "-4.10",
        "next": {"deadline": "soybeans-2025", "due_on": "2026-02"},
        "deadline": "soybeans-2025",
        "due_on": "2026-02",
        "days_left": -3,
        "flow": True,
    }


@given(st.lists(hostile_text | st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
@example(["a tag beyond the basic plane: \U000e0041"])
def test_json_read_back_is_what_was_written_and_holds_no_raw_mark(texts: list[str]) -> None:
    report = sales_report(*texts)
    written = render_json(report)
    assert json.loads(written) == {"schema": SCHEMA, **plain_value(report.document)}
    assert not UNSAFE.search(written)
    assert written.endswith("}\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [("1E-9", "0.000000001"), ("0E-9", "0.000000000"), ("1E+40", "1" + "0" * 40)],
)
def test_json_writes_the_smallest_and_largest_figures_without_an_exponent(
    value: str, written: str
) -> None:
    assert f": {written}\n" in render_json(Report({"tonnes": Decimal(value)}, Sale))


def test_json_leaves_chinese_and_hebrew_readable() -> None:
    written = render_json(sales_report("中国采购大豆", "סויה"))
    assert "中国采购大豆" in written
    assert "סויה" in written


# --- CSV ------------------------------------------------------------------------------------


def test_csv_has_the_keys_of_json_nested_ones_joined() -> None:
    header, soybeans, chips = read_back(render_csv(lines_report(SOYBEANS, CHIPS)))
    assert header == [
        *("concession", "stage", "on", "delivered", "next_deadline", "next_due_on"),
        *("deadline", "due_on", "days_left", "flow"),
    ]
    assert soybeans == [
        *("soybeans", "partial", "2026-01-08", "-4.10", "soybeans-2025", "2026-02"),
        *("soybeans-2025", "2026-02", "-3", "true"),
    ]
    assert chips[3:6] == ["", "", ""]


def test_csv_without_rows_still_has_its_header() -> None:
    report = Report({"report": "sales", "rows": []}, Sale)
    assert render_csv(report) == "buyer,tonnes,notes\n"


def test_csv_writes_the_main_table_under_whichever_key_it_stands() -> None:
    report = Report({"recorded": [Sale("COFCO", Decimal(1))], "rows": []}, Sale, main="recorded")
    assert render_csv(report) == "buyer,tonnes,notes\nCOFCO,1,\n"


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_csv_is_harmless_to_a_spreadsheet_and_numbers_stay_numbers(
    text: str, delimiter: str
) -> None:
    written = render_csv(sales_report(text), "tsv" if delimiter == "\t" else "csv")
    _, (buyer, tonnes, notes) = read_back(written, delimiter)
    assert (
        buyer
        == notes
        == ("'" if text.lstrip("'").startswith(FORMULA_STARTS) else "") + visible(text)
    )
    assert tonnes == "-132000.50"
    assert not UNSAFE.search(written.replace(delimiter, ""))


@given(st.lists(hostile_text, min_size=1, max_size=4))
def test_no_cell_of_text_in_csv_starts_a_formula(texts: list[str]) -> None:
    _, *rows = read_back(render_csv(sales_report(*texts)))
    assert len(rows) == len(texts)
    for (buyer, tonnes, notes), text in zip(rows, texts, strict=True):
        assert not buyer.startswith(FORMULA_STARTS)
        assert buyer.lstrip("'") == visible(text).lstrip("'")
        assert Decimal(tonnes) == Decimal("-132000.50")
        assert notes == (buyer if text else "")


def test_texts_in_a_cell_of_csv_are_divided_and_none_is_an_empty_cell() -> None:
    rows: list[Any] = [Sale("COFCO", Decimal(1), ("大豆", "\x9b\u202e")), Sale("CGB", Decimal(2))]
    _, full, empty = read_back(render_csv(Report({"rows": rows}, Sale)))
    assert full[2] == "大豆; \\x9b\\u202e"
    assert empty[2] == ""


def test_slugs_in_a_cell_of_csv_stand_a_space_apart() -> None:
    rows: list[Any] = [Sale("COFCO", Decimal(1), ("us", "eu-firms")), Sale("CGB", Decimal(2))]
    rows.append(Sale("Sinograin", Decimal(3), ("us", "two words")))

    _, *cells = read_back(render_csv(Report({"rows": rows}, Sale)))

    assert [row[2] for row in cells] == ["us eu-firms", "", "us; two words"]


def test_short_rows_and_fields_in_a_cell_are_written_plainly() -> None:
    february = FEBRUARY._replace(deadline="two words")

    assert joined((FEBRUARY, february)) == "soybeans-2025 2026-02; two words 2026-02"
    assert joined((None, FEBRUARY)) == "–; soybeans-2025 2026-02"
    assert joined({"title": None, "hold": True, "was": {"giver": ["us", "eu"], "target": 12}}) == (
        "title: –; hold: true; was.giver: us eu; was.target: 12"
    )

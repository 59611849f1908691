import csv
import json
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tables.specimen import HOSTILE, Sale, hostile_text, sales_report
from tracker.dates import Period, parse_period
from tracker.tables import UNSAFE, Report, visible
from tracker.tables.data import SCHEMA, joined, plain_value, render_csv, render_json

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Due(NamedTuple):
    """A row inside a row."""

    deadline: str
    due_on: Period


FEBRUARY = Due("soybeans-2025", parse_period("2026-02"))


def read_back(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


# --- JSON -----------------------------------------------------------------------------------


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


def test_csv_without_rows_still_has_its_header() -> None:
    report = Report({"report": "sales", "rows": []}, Sale)
    assert render_csv(report) == "buyer,tonnes,notes\n"


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
        "title: –; hold: true; was: giver: us eu; target: 12"
    )

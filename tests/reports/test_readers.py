"""What other programs make of our files: pandas and LibreOffice of CSV, CommonMark of Markdown."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import hostile
from tests.conftest import Run
from tests.questions import BUSAN, every_report

TODAY = date(2026, 1, 11)
REPORTS = every_report(BUSAN)
LINK = ("link_open", "link_close")
PLAIN = ("text", "text_special", "softbreak", "strong_open", "strong_close")
COMMONMARK = MarkdownIt("commonmark").enable("table")


@pytest.fixture
def written(tracker: Run, busan: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Write a report of the book of public facts as CSV, on 11 January 2026."""

    def write(report: str) -> Path:
        path = tmp_path / f"{report}.csv"
        ran = tracker("--today", TODAY, report, "-f", "csv", "-o", path, db=busan)
        assert ran.code == 0
        return path

    return write


# --- pandas ---------------------------------------------------------------------------------


def test_pandas_reads_quantities_and_counts_as_numbers(written: Callable[[str], Path]) -> None:
    import pandas as pd

    pace = pd.read_csv(written("pace"))
    for column in ("delivered", "target", "percent_of_target", "due_by_then", "left"):
        assert pd.api.types.is_numeric_dtype(pace[column]), column
    of_usda = (pace["counted_by"] == "USDA") & (pace["basis"] == "sold")
    row = pace[(pace["deadline"] == "cn-soy-2025-delivery") & of_usda]
    assert row["delivered"].tolist() == [6.6605]
    assert row["percent_of_target"].tolist() == [55.5]
    gains = pd.read_csv(written("gains"))
    assert gains.drop(columns=["group", "late"]).sum().sum() == len(pd.read_csv(written("status")))
    deadlines = pd.read_csv(written("deadlines"), parse_dates=["original_due_on"])
    assert pd.api.types.is_numeric_dtype(deadlines["slip_days"])
    history = pd.read_csv(written("history"))
    assert pd.api.types.is_integer_dtype(history["entry"])


@pytest.mark.slow
def test_pandas_reads_hostile_text_as_the_text_that_it_is(tracker: Run, tmp_path: Path) -> None:
    import pandas as pd

    hostile.fill(tracker)
    path = tmp_path / "history.csv"
    assert tracker("history", "-f", "csv", "-o", path).code == 0
    notes = pd.read_csv(path)["note"].dropna().tolist()
    assert any(note.startswith("'=") for note in notes)
    assert not any(note[0] in "=+-@\t\r" for note in notes)


# --- LibreOffice ----------------------------------------------------------------------------


Converted = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """Return a file as LibreOffice saves it in another format; making its profile takes longer."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}"

    def convert(path: Path, kind: str) -> Path:
        words = ["--headless", "--convert-to", kind, "--outdir", path.parent, path]
        subprocess.run([office, profile, *words], check=True, capture_output=True, timeout=300)
        return path.with_suffix(f".{kind}")

    return convert


def cells_of(path: Path) -> list[list[str]]:
    """Return the types of the cells of a file that LibreOffice saved."""
    from xml.etree import ElementTree as ET

    office_ns = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    table_ns = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    sheet = ET.parse(path)
    rows = sheet.iter(f"{table_ns}table-row")
    return [
        [
            cell.get(f"{table_ns}formula") or cell.get(f"{office_ns}value-type") or ""
            for cell in row.iter(f"{table_ns}table-cell")
            for _ in range(min(int(cell.get(f"{table_ns}number-columns-repeated", "1")), 50))
        ]
        for row in rows
    ]


@pytest.mark.slow
def test_libreoffice_reads_numbers_as_numbers(
    written: Callable[[str], Path], converted: Converted
) -> None:
    path = written("pace")
    columns = next(csv.reader(StringIO(path.read_text("utf-8"))))
    cells = cells_of(converted(path, "fods"))
    for row in cells[1:4]:
        for column in ("delivered", "target", "percent_of_target", "left"):
            assert row[columns.index(column)] == "float", column
        assert row[columns.index("counted_by")] == "string"


@pytest.mark.slow
def test_libreoffice_runs_nothing_of_a_hostile_book(
    tracker: Run, tmp_path: Path, converted: Converted
) -> None:
    hostile.fill(tracker)
    path = tmp_path / "history.csv"
    tracker("history", "-f", "csv", "-o", path)
    kinds = {kind for row in cells_of(converted(path, "fods")) for kind in row}
    assert not [kind for kind in kinds if kind.startswith("of:")]


EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""What LibreOffice writes: a file for each sheet, in UTF-8."""


@pytest.mark.slow
def test_libreoffice_reads_a_workbook_as_the_table_that_it_is(
    tracker: Run, busan: Path, tmp_path: Path, converted: Converted
) -> None:
    hostile.fill(tracker)
    for name, db in (("deadlines", busan), ("history", None)):
        path = tmp_path / f"{name}.xlsx"
        assert tracker("--today", TODAY, name, "-o", path, db=db).code == 0
        converted(path, EVERY_SHEET)
        sheet = path.with_name(f"{name}-Rows.csv").read_text("utf-8")
        head, *found = [*csv.reader(StringIO(sheet, newline=""))]
        plain = tracker("--today", TODAY, name, "-f", "json", db=db).out
        assert head[0] in ("Due", "Entry")
        assert len(found) == len(json.loads(plain)["rows"])


# --- CommonMark -----------------------------------------------------------------------------


def tables_of(text: str) -> list[list[list[str]]]:
    """Return the rows of each table that CommonMark sees, as the text that it would show."""
    tables: list[list[list[str]]] = []
    for token in COMMONMARK.parse(text):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and tables and token.level >= 3:
            tables[-1][-1].append(shown(token))
    return tables


def shown(token: Token) -> str:
    """Return the text that a reader would see of one cell."""
    pieces = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(pieces.get(part.type, part.content) for part in token.children or [])


@pytest.mark.parametrize("report", REPORTS)
def test_markdown_reports_are_tables_of_commonmark(tracker: Run, busan: Path, report: str) -> None:
    """Each table has as many cells in each row as in its head, and the text of the data."""
    text = tracker("--today", TODAY, *report.split(), "-f", "markdown", db=busan).out
    tables = tables_of(text)
    assert tables
    for head, *rows in tables:
        assert rows
        assert {len(row) for row in rows} == {len(head)}
    kinds = {token.type for token in COMMONMARK.parse(text)}
    assert not kinds & {"html_block", "code_block", "fence", "blockquote_open"}


def test_markdown_of_the_week_renders_as_intended(tracker: Run, busan: Path) -> None:
    text = tracker("--today", TODAY, "week", "-f", "markdown", db=busan).out
    tokens = COMMONMARK.parse(text)
    headings = [
        tokens[number + 1].content
        for number, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    assert headings[0].startswith("US–China trade truce, 2025–26 · week 2, 5–11 Jan 2026")
    assert headings[1] == "USDA counts 56% of soybeans sold; economist says none has landed"
    assert "Changed" in headings
    status = tables_of(tracker("--today", TODAY, "status", "-f", "markdown", db=busan).out)[0]
    soybeans = next(
        row for row in status if row[0].startswith("Buy US soybeans by the end of 2025")
    )
    assert soybeans[1:3] == ["partly", "56%"]


@pytest.mark.slow
def test_markdown_of_a_hostile_book_stays_text(tracker: Run) -> None:
    hostile.fill(tracker)
    for report in ("week", "history", "show soybeans", "sources"):
        text = tracker(*report.split(), "-f", "markdown").out
        for token in COMMONMARK.parse(text):
            assert token.type != "html_block", report
            for part in token.children or []:
                assert part.type in (*PLAIN, "html_inline", *LINK), report
                assert str(part.attrs.get("href", "https://")).startswith(("https://", "http://"))
                assert part.type != "html_inline" or part.content == "<br>"

import csv
import re
from io import StringIO

import pytest
from tabulate import tabulate_formats

from tests.refusals import raises
from tests.tables.specimen import HOSTILE, sales_report
from tracker.settings import FORMATS, TABLE_FORMATS, format_of
from tracker.tables import UNSAFE, Surface, render, visible
from tracker.tables.text import width

OPEN = ("text", "plain", "simple", "presto")
"""Formats without a frame around the table."""


def letters(text: str) -> str:
    """Return what is left of a text when all marks of its format are taken out."""
    return re.sub(r"<br>|&amp;|[\W_]", "", text)


def table_alone(name: str, width: int = 100) -> str:
    """Return the table of all hostile texts without any prose around it."""
    report = sales_report(*HOSTILE)._replace(heading=(), footer=())
    section = report.sections[0]._replace(title="")
    return render(report._replace(sections=[section]), name, Surface(width=width))


def test_each_name_is_one_that_tabulate_knows() -> None:
    """It would draw a table of any other as `simple`, without a word."""
    assert {*TABLE_FORMATS} <= {*tabulate_formats}
    assert len(FORMATS) == len({*FORMATS})


def test_an_unknown_format_is_refused_with_the_nearest_name() -> None:
    with raises("unknown word", match=r"^'markdwon' is not a format\. Did you mean 'markdown'"):
        format_of("markdwon")


@pytest.mark.parametrize("name", ["unsafehtml", "latex", "jira", "pipe", "orgtbl", ""])
def test_markup_whose_cells_would_need_escapes_is_not_a_format(name: str) -> None:
    with raises("unknown word"):
        format_of(name)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "ics"])
def test_no_format_lets_a_control_or_bidi_mark_through(name: str) -> None:
    for text in HOSTILE:
        written = render(sales_report(text), name, Surface())
        assert not UNSAFE.search(written.replace("\t", "") if name == "tsv" else written)
        assert written.endswith("\n")


@pytest.mark.parametrize("name", ["text", "markdown", *TABLE_FORMATS])
def test_hostile_text_is_shown_whole_in_heading_cell_and_footer(name: str) -> None:
    table = letters(table_alone(name, width=1000))
    for text in HOSTILE:
        whole = letters(visible(text))
        prose = sales_report(text)._replace(sections=[])
        assert letters(render(prose, name, Surface())).count(whole) >= 2
        assert whole in table


@pytest.mark.parametrize("name", [name for name in TABLE_FORMATS if name not in OPEN])
def test_every_boxed_format_keeps_hostile_text_aligned(name: str) -> None:
    lines = table_alone(name).rstrip("\n").split("\n")
    assert len({width(line) for line in lines}) == 1


@pytest.mark.parametrize("name", OPEN)
def test_open_tables_start_their_columns_in_one_place(name: str) -> None:
    rows = [line for line in table_alone(name).split("\n") if "132,000.5" in line]
    assert len(rows) == len(HOSTILE)
    assert len({width(row[: row.index("132,000.5")]) for row in rows}) == 1


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_are_read_back_by_their_separator(name: str, separator: str) -> None:
    written = render(sales_report(*HOSTILE), name, Surface())
    rows = list(csv.reader(StringIO(written, newline=""), delimiter=separator))
    assert [row[1] for row in rows] == ["tonnes", *["-132000.50"] * len(HOSTILE)]

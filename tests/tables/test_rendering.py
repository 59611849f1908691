import csv
import re
from io import StringIO

import pytest

from tests.tables.specimen import HOSTILE, sales_report
from tracker.errors import UnknownWord
from tracker.tables import FORMATS, Surface, render
from tracker.tables.cells import UNSAFE, visible
from tracker.tables.dialects import DIALECTS
from tracker.tables.widths import width

ALIGNED = [
    *("markdown", "pipe", "github", "colon_grid", "orgtbl", "grid", "outline", "psql", "pretty"),
    *(name for name in FORMATS if name.endswith(("_grid", "_outline"))),
]
"""Formats whose tables are boxes: every line of them is as wide as the others."""
SEPARATOR = {"csv": ",", "tsv": "\t"}


def letters(text: str) -> str:
    """Return what is left of a text when all marks of its format are taken out."""
    named = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text).replace("&amp;", "&")
    return re.sub(r"<br>|<<BR>>|\\(vert|text[a-z]+|ensuremath)\b|[\W_]", "", named)


def table_alone(name: str, width: int = 100) -> str:
    """Return the table of all hostile texts without any prose around it."""
    report = sales_report(*HOSTILE)._replace(heading=(), footer=())
    section = report.sections[0]._replace(title="")
    return render(report._replace(sections=[section]), name, Surface(width=width))


def test_every_format_has_a_writer_and_every_dialect_a_name() -> None:
    assert set(FORMATS) == set(DIALECTS) | {"json", "html", "csv", "tsv"}
    assert len(FORMATS) == len(set(FORMATS))


def test_an_unknown_format_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownWord, match=r"^'markdwon' is not a format\. Did you mean 'markdown'"):
        render(sales_report("COFCO"), "markdwon", Surface())


@pytest.mark.parametrize("name", ["unsafehtml", "latex_raw", "TEXT", ""])
def test_what_escapes_nothing_is_no_format(name: str) -> None:
    with pytest.raises(UnknownWord):
        render(sales_report("COFCO"), name, Surface())


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_control_or_bidi_mark_through(name: str) -> None:
    for text in HOSTILE:
        written = render(sales_report(text), name, Surface())
        assert not UNSAFE.search(written.replace("\t", "") if name == "tsv" else written)
        assert written.endswith("\n")


@pytest.mark.parametrize("name", DIALECTS)
def test_every_format_shows_hostile_text_whole_in_heading_cell_and_footer(name: str) -> None:
    table = letters(table_alone(name, width=1000))
    for text in HOSTILE:
        whole = letters(visible(text))
        prose = sales_report(text)._replace(sections=[])
        assert letters(render(prose, name, Surface())).count(whole) >= 2
        assert whole in table


@pytest.mark.parametrize("name", ALIGNED)
def test_every_boxed_format_keeps_hostile_text_aligned(name: str) -> None:
    lines = table_alone(name).rstrip("\n").split("\n")
    assert len({width(line) for line in lines}) == 1


@pytest.mark.parametrize("name", ["text", "plain", "simple", "rst", "presto"])
def test_open_tables_start_their_columns_in_one_place(name: str) -> None:
    rows = [line for line in table_alone(name).split("\n") if "132,000.5" in line]
    assert len(rows) == len(HOSTILE)
    assert len({width(row[: row.index("132,000.5")]) for row in rows}) == 1


@pytest.mark.parametrize("name", SEPARATOR)
def test_csv_and_tsv_are_read_back_by_their_separator(name: str) -> None:
    written = render(sales_report(*HOSTILE), name, Surface())
    rows = list(csv.reader(StringIO(written, newline=""), delimiter=SEPARATOR[name]))
    assert [row[1] for row in rows] == ["tonnes", *["-132000.50"] * len(HOSTILE)]


def test_raw_reaches_csv_and_no_other_format() -> None:
    report = sales_report("=2+2")
    assert "\n=2+2," in render(report, "csv", Surface(raw=True))
    assert "\n'=2+2," in render(report, "csv", Surface())
    for name in set(FORMATS) - {"csv", "tsv"}:
        assert render(report, name, Surface(raw=True)) == render(report, name, Surface())

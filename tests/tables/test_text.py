import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables.specimen import Sale, hostile_text, sales_report
from tests.tables.test_markdown import read_markdown
from tracker.settings import TABLE_FORMATS
from tracker.tables import (
    NOTHING,
    TIE,
    Cell,
    Column,
    Report,
    Section,
    Surface,
    Tone,
    render,
    visible,
)
from tracker.tables.text import width

BOUNDARY = re.compile(r"(?<!\\)\|")


def write(report: Report, name: str = "text", room: int = 100, colour: bool = False) -> str:
    return render(report, name, Surface(room, colour))


def report_of(*sections: Section, heading: tuple[str, ...] = ()) -> Report:
    return Report({"rows": []}, Sale, heading, sections, ("12 entries · head 9f3c",))


BUYERS = Section(
    [
        Column("Buyer", lambda row: row[0], whole=True),
        Column("MMT", lambda row: Cell(row[1], Tone.GOOD), right=True),
        Column("Note", lambda row: row[2]),
    ],
    [
        ("COFCO", "8.5", "Ten cargoes for January and February, says the trade press"),
        ("Sinograin", "12", "中国储备粮 buys for the reserve"),
    ],
    "Who buys",
)


# --- layout ---------------------------------------------------------------------------------


def test_the_line_of_an_empty_section_is_wrapped_as_a_whole() -> None:
    narrow = write(report_of(Section(title="15 licences by 31 March", empty="no data")), room=30)
    assert narrow.startswith("15 licences by 31 March: no\ndata\n\n")


# --- fitting and aligning -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", *TABLE_FORMATS])
def test_a_table_fits_the_line_by_wrapping_the_columns_that_may(name: str) -> None:
    for room in range(50, 120, 7):
        assert max(map(width, write(report_of(BUYERS), name, room).split("\n"))) <= room


@pytest.mark.parametrize("name", ["text", *TABLE_FORMATS])
def test_a_line_too_narrow_for_a_table_leaves_the_other_columns_whole(name: str) -> None:
    written = write(report_of(BUYERS), name, 12)
    assert "Sinograin" in written
    assert "8.5" in written


@given(st.lists(hostile_text, min_size=1, max_size=3), st.integers(40, 120))
def test_a_boxed_table_of_any_text_has_lines_of_one_width(texts: list[str], room: int) -> None:
    report = sales_report(*texts)._replace(heading=(), footer=())
    section = report.sections[0]._replace(title="")  # type: ignore[index]
    lines = write(report._replace(sections=[section]), "grid", room).rstrip("\n").split("\n")
    assert len({width(line) for line in lines}) == 1


@given(st.lists(hostile_text, min_size=1, max_size=4))
def test_a_markdown_table_read_back_has_the_cells_that_went_in(texts: list[str]) -> None:
    texts = [*texts, "COFCO"]
    lines = write(sales_report(*texts), "markdown").split("\n")
    start = lines.index(next(line for line in lines if line.startswith("| Buyer")))
    body = lines[start + 2 : start + 2 + len(texts)]
    for line, text in zip(body, texts, strict=True):
        first, buyer, tonnes, told, last = BOUNDARY.split(line)
        assert (first, last, tonnes.strip()) == ("", "", "132,000.5")
        for cell in (buyer, told):
            assert read_markdown(cell).strip() == visible(text).strip()
    assert lines[start + 2 + len(texts)] == ""


def test_a_column_is_left_out_if_it_says_nothing_or_if_it_should_vary_and_does_not() -> None:
    columns = [
        Column("Due", lambda row: row[0], whole=True),
        Column("First due", lambda row: row[1], whole=True),
        Column("Kind", lambda row: row[2], varying=True, whole=True),
    ]

    def heads(*rows: tuple[str, str, str]) -> list[str]:
        return write(report_of(Section(columns, rows))).splitlines()[0].split()

    assert heads(("28 Feb", NOTHING, "expiry"), ("31 Dec", "", "expiry")) == ["DUE"]
    assert heads(("28 Feb", NOTHING, "expiry")) == ["DUE", "KIND"]
    assert heads(("28 Feb", "31 Dec", "expiry"), ("31 Dec", NOTHING, "review")) == [
        *("DUE", "FIRST", "DUE", "KIND"),
    ]


def test_a_slug_is_printed_beside_titles_where_there_is_room_else_below() -> None:
    title = "Keep the higher reciprocal tariff suspended until 10 November"
    columns = [
        Column("Concession", lambda row: Cell(row, about="us-reciprocal-suspend")),
        Column("State", lambda _: "over", whole=True),
    ]

    wide, narrow = (write(report_of(Section(columns, [title])), room=room) for room in (80, 79))

    assert wide.splitlines()[0].endswith("STATE  SLUG")
    assert "us-reciprocal-suspend" in wide
    assert narrow.splitlines()[2] == "  us-reciprocal-suspend"


@pytest.mark.parametrize("goods", ["soybeans", "大豆"])
def test_a_quantity_and_its_unit_stay_on_one_line(goods: str) -> None:
    cell = f"{goods} {goods} 12{TIE}MMT of {goods} by January"
    told = write(report_of(Section([Column("What", lambda row: row)], [cell])), room=20)

    assert len(told.splitlines()) > 4
    assert "12 MMT" in told
    assert TIE not in told


# --- what is below a row ------------------------------------------------------------------------

TITLES = Section(
    [
        Column("What", lambda row: Cell(row[0], below=row[2])),
        Column("Day", lambda row: row[1], whole=True),
    ],
    [
        ("Suspend the ban on gallium, germanium and antimony", "27 Nov", "one word\nanother"),
        ("Suspend 中国 the export controls of 9 October 2025", "10 Nov", None),
        ("Sell", "2026", "x" * 50),
    ],
)


def test_a_bare_table_has_its_headers_where_only_a_reader_of_data_needs_them() -> None:
    bare = TITLES._replace(bare=True)

    assert "WHAT" not in write(report_of(bare))
    assert "| What" in write(report_of(bare), "markdown")

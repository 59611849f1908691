"""The columns, rows and order of a report's main table; its other parts do not change."""

import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from tests.refusals import raises
from tracker.dates import Period, exactly
from tracker.tables import Cell, Column, Report, Section, Surface, cited, render
from tracker.tables.shape import shaped
from tracker.vocabulary import Precision, Stage


class Cargo(NamedTuple):
    """One cargo of soybeans."""

    buyer: str
    stage: Stage
    tonnes: Decimal | None
    due_on: Period | None
    landed: bool
    origins: tuple[str, ...] = ()


CARGOES = [
    Cargo("Sinograin", Stage.PARTIAL, Decimal("132000.50"), exactly(date(2026, 2, 28)), False,
          ("us", "br")),
    Cargo("COFCO", Stage.ANNOUNCED, None, Period(date(2026, 1, 31), Precision.MONTH), True),
    Cargo("beidahuang", Stage.MET, Decimal(66000), None, True, ("br",)),
]  # fmt: skip


def cargoes(rows: Sequence[Cargo] = CARGOES, **more: Any) -> Report:
    def buyer(row: Cargo) -> Cell:
        return cited(row.buyer, f" [{row.stage.value.count('e')}]")

    columns = [
        Column("Buyer", buyer, key="buyer", cites=True, whole=True),
        Column("How far", lambda row: row.stage, key="stage", whole=True),
        Column("Port", lambda _: "", whole=True),
    ]
    notes = Section([Column("", lambda row: f"[{row}]", whole=True)], range(4), "Notes")._replace(
        lists_sources=True
    )
    other = Section([Column("Harbour", str, whole=True)], ["Dalian", "Qingdao", "Tianjin"], "Ports")
    sections = [Section(columns, rows, "Cargoes"), other, notes]
    return Report({"report": "cargoes", "rows": [*rows]}, Cargo, sections=sections, **more)


def first(report: Report) -> Section:
    return report.sections[0]


def texts(section: Section) -> list[list[str]]:
    return [[str(cell.text) for cell in row] for row in section.table()[1]]


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("buyer", ["beidahuang", "COFCO", "Sinograin"]),
        ("-buyer", ["Sinograin", "COFCO", "beidahuang"]),
        ("stage", ["COFCO", "Sinograin", "beidahuang"]),
        ("tonnes", ["beidahuang", "Sinograin", "COFCO"]),
        ("-tonnes", ["Sinograin", "beidahuang", "COFCO"]),
        ("due_on", ["COFCO", "Sinograin", "beidahuang"]),
        ("-due_on", ["Sinograin", "COFCO", "beidahuang"]),
        ("landed", ["Sinograin", "COFCO", "beidahuang"]),
        ("-landed", ["COFCO", "beidahuang", "Sinograin"]),
        ("origins", ["beidahuang", "Sinograin", "COFCO"]),
        ("-origins", ["Sinograin", "beidahuang", "COFCO"]),
    ],
)
def test_rows_are_sorted_by_a_key_and_those_without_a_value_come_last(
    sort: str, wanted: list[str]
) -> None:
    assert [row.buyer for row in shaped(cargoes(), sort=sort).rows] == wanted
    cells = texts(first(shaped(cargoes(), sort=sort)))
    assert [row[0].split()[0] for row in cells] == wanted


def test_a_key_in_any_spelling_shows_the_column_that_bears_it_else_its_values() -> None:
    shown = first(shaped(cargoes(), ("STAGE", " Tonnes ", "due on", "origins", "landed")))

    headers = [column.header for column in shown.columns]
    assert headers == ["How far", "Tonnes", "Due on", "Origins", "Landed"]
    assert [row[1:] for row in texts(shown)] == [
        ["132000.50", "2026-02-28", "us br", "false"],
        ["–", "2026-01", "–", "true"],
        ["66000", "–", "br", "true"],
    ]


def test_csv_has_the_named_keys() -> None:
    report = shaped(cargoes(), ("tonnes", "Buyer"), limit=1)

    assert render(report, "csv", Surface()) == "tonnes,buyer\n132000.50,Sinograin\n"


def test_json_has_all_keys_whatever_columns_are_named() -> None:
    assert shaped(cargoes(), ("buyer",)).document == cargoes().document


def test_other_parts_stay() -> None:
    _, ports, _ = shaped(cargoes(), limit=2, sort="stage").sections

    assert texts(ports) == [["Dalian"], ["Qingdao"], ["Tianjin"]]


def test_a_part_of_the_table_that_keeps_no_row_is_left_out() -> None:
    columns = [Column("Buyer", lambda row: row.buyer, whole=True)]
    parts = [Section(columns, [row], row.buyer) for row in CARGOES]
    report = cargoes()._replace(sections=parts)

    kept = shaped(report, sort="-tonnes", limit=1).sections

    assert [one.title for one in kept] == ["Sinograin"]


def test_a_part_with_rows_of_its_own_is_sorted_and_limited_like_the_main_table() -> None:
    """As `gains` with several agreements, each of which has its own counts."""
    own = [one._replace(stage=Stage.MET) for one in CARGOES]
    columns = [Column("Buyer", lambda row: row.buyer, whole=True)]
    report = cargoes()._replace(sections=[Section(columns, own)])

    shown = first(shaped(report, sort="buyer", limit=2))

    assert texts(shown) == [["beidahuang"], ["COFCO"]]


def test_a_limit_takes_time_that_grows_with_the_rows() -> None:
    """Each row was once looked for among all those that are kept."""
    many = [row._replace(landed=False) for row in CARGOES * 10_000]

    start = time.process_time()
    shown = first(shaped(cargoes(many), sort="buyer", limit=15_000))

    assert len(shown.rows) == 15_000
    assert time.process_time() - start < 3


@pytest.mark.parametrize("word", ["tons", "harbour", "how far", "", " "])
def test_an_unknown_column_a_header_or_one_of_another_part_is_refused(word: str) -> None:
    with raises("unknown word") as refused:
        shaped(cargoes(), (word,))

    known = "buyer, stage, tonnes, due_on, landed, origins"
    assert str(refused.value) == f"'{word}' is not a column. Known: {known}"


def test_a_table_without_rows_still_knows_its_columns() -> None:
    empty = cargoes(())

    assert first(shaped(empty, ("stage",))).is_empty
    with raises("unknown word"):
        shaped(empty, ("how fast",))


@pytest.mark.parametrize("sort", ["", "-", "tons", "--tonnes"])
def test_an_unknown_key_to_sort_by_is_refused(sort: str) -> None:
    with raises("unknown word", match=f"^'{sort.removeprefix('-')}' is not a key to sort by"):
        shaped(cargoes(), sort=sort)

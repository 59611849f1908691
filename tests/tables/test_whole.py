"""A report with every kind of part and cell, whole, in each format; reviewed like code."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion

from tracker.dates import Period, parse_period
from tracker.tables import (
    NOTHING,
    TIE,
    Cell,
    Column,
    Report,
    Section,
    Surface,
    Tone,
    keys_of,
    render,
    terms,
)
from tracker.vocabulary import Stage

USDA = "https://www.usda.gov/export-sales?week=(2)&year=2026"


class Said(NamedTuple):
    """A claim, short enough for a cell."""

    party: str
    stage: Stage
    on: Period | None


class Bid(NamedTuple):
    """A row that is too long for a cell."""

    port: str
    loaded_on: date
    tonnes: int
    price: Decimal
    won: bool


class Lot(NamedTuple):
    """A row with a list in it."""

    number: int
    parts: list[str]


class Fee(NamedTuple):
    """A row with fields by name."""

    port: str
    rates: Mapping[str, int]


class Share(NamedTuple):
    """Figures that a row has under their own keys."""

    percent: Decimal
    late: bool


class Cargo(NamedTuple):
    """A row with every kind of value."""

    buyer: str
    stage: Stage
    tonnes: Decimal | None
    due_on: Period
    seen_on: date
    recorded_at: datetime
    share: Share
    claims: list[Said]
    ports: tuple[str, ...]
    latest: Said | None
    fields: dict[str, object]
    bids: tuple[Bid, ...]
    lots: list[Lot]
    fees: list[Fee]


keys_of(Cargo, flat=["share"])
CLAIM = Said("us", Stage.MET, parse_period("2026-02"))
COFCO = Cargo(
    "COFCO", Stage.PARTIAL, Decimal("132000.50"), parse_period("2026-02-28"), date(2026, 1, 8),
    datetime(2026, 1, 9, 16, 30, tzinfo=UTC), Share(Decimal("65.73"), late=False),
    [CLAIM, Said("cn", Stage.STARTED, None)], ("dalian", "qingdao"), CLAIM,
    {"title": "Buy soybeans", "was": {"target": Decimal("25.0"), "label": None}},
    (Bid("dalian", date(2026, 1, 9), 66000, Decimal("410.5"), won=True),), [Lot(7, ["a", "b"])],
    [Fee("dalian", {"pilot": 12, "tug": 3})],
)  # fmt: skip
SINOGRAIN = COFCO._replace(
    buyer="=Sinograin | 中国储备粮\n(the <reserve> & *more*)", tonnes=None, stage=Stage.BROKEN,
    share=Share(Decimal(-3), late=True), claims=[], ports=(), latest=None, fields={},
    bids=(), lots=[], fees=[],
)  # fmt: skip
BEIDAHUANG = COFCO._replace(buyer="Beidahuang", stage=Stage.MOOT, ports=("Port of Tianjin, 2",))
ROWS = [COFCO, SINOGRAIN, BEIDAHUANG]
NOTE = "12 MMT through January, says Bessent on 3 Dec 2025, which no text of the truce confirms [1]"


def _cargoes() -> Section:
    columns = [
        Column("Buyer", lambda row: Cell(row.buyer, about=row.buyer.lower())),
        Column("How far", lambda row: Cell(
            row.stage, Tone.BAD if row.stage is Stage.BROKEN else None), whole=True),
        Column("Tonnes", lambda row: Cell(f"{row.tonnes}{TIE}t", Tone.GOOD) if row.tonnes
               else NOTHING, right=True),
        Column("Port", lambda _: "", whole=True),
        Column("Quality", lambda _: "No. 2", varying=True, whole=True),
        Column("Note", lambda row: Cell(
            NOTE if row.ports else "", marks=["[1]"],
            below="loaded\nand insured" if row.tonnes else None), cites=True),
        Column("Link", lambda row: Cell(
            "USDA, by fax" if row.stage is Stage.MOOT
            else f"USDA, “Export sales”, 8 Jan: {USDA}", href=USDA)),
    ]  # fmt: skip
    made = Section(columns, ROWS, "Cargoes", struck=lambda row: row.stage is Stage.MOOT)
    return made._replace(lines=("Of three, one is struck.",))


def _sections() -> list[Section]:
    counts = [("United States", "2", "–", "11"), ("China", "–", "1", "0"), ("Korea", "", "7", "1")]
    headers = ("", "kept", "in part", "in doubt")
    sides = [Column(name, itemgetter(at), right=at > 0) for at, name in enumerate(headers)]
    sides[0] = Column("", lambda row: Cell(
        row[0], below="a bloc" if row[0] == "Korea" else None), whole=True)  # fmt: skip
    tallies = Section(sides, counts, "Who gained what")
    days = [("8 Jan", "the same"), ("9 Jan", "the same"), ("10 Jan", "other"), ("11 Jan", None),
            ("12 Jan", "last"), ("13 Jan", "last"), ("14 Jan", "last")]  # fmt: skip
    groups = Section(
        [Column("Day", lambda row: Cell(row[0], below=row[1]), whole=True)], days, "Due"
    )
    sold = [Column("What", lambda row: Cell(f"▲ {row.buyer}", about=row.buyer), whole=True),
            Column("", lambda _: Cell("China → US", Tone.DOUBT), whole=True),
            Column("", lambda row: "–" if row.ports else "partial → met", whole=True)]  # fmt: skip
    sources = [
        Column("", lambda row: row[0], whole=True),
        Column("", lambda row: Cell(row[1], href=row[2])),
    ]
    listed = [
        ("[1]", f"USDA: {USDA}", USDA),
        ("[2]", "the archive", "javascript:alert(1)"),
        ("[3]", "a fax", None),
    ]
    return [
        tallies._replace(lines=("For the US, 2 are kept.",)),
        _cargoes(),
        Section(title="Overdue"),
        Section(empty="no entries yet"),
        terms([("Giver", "cn, kr"), ("Test", "“Buy soybeans” holds 100 %")]),
        Section(title="Method", lines=("Pro-rated by days: 30 % by 8 Jan.", "Not agreed.")),
        groups._replace(bare=True),
        Section(sold, [COFCO, BEIDAHUANG], "Changes (2)"),
        terms([("[1]", "through 8 Jan")]),
        Section(sources, listed, "Sources")._replace(lists_sources=True, bare=True),
    ]


REPORT = Report(
    {"report": "cargoes", "as_of": date(2026, 1, 8), "rows": ROWS, "harbours": [CLAIM]},
    Cargo,
    ("Truce · cargoes", "as of 2026-01-08"),
    _sections(),
    ("12 entries · head 9f3c", "made by the tracker"),
    headline="COFCO bought ten cargoes, and “Buy soybeans” moved",
)
BARE = Report({"report": "cargoes"}, Cargo, sections=[Section(lines=("“Sell chips” ended.",))])
"""A report without anything that can be left out."""
BLOCK = re.compile(r"(?=<(?:meta|title|body|header|main|h\d|p|section|dl|ul|li|table|tr|footer)\b)")
"""Where a new line makes markup easy to read."""
STYLE = re.compile(r"<style>.*?</style>|sha256-[^&]+", re.DOTALL)


def test_the_text_of_a_report_reads_as_reviewed(snapshot: SnapshotAssertion) -> None:
    assert render(REPORT, "text", Surface(60, colour=True)).replace("\x1b", "␛") == snapshot


@pytest.mark.parametrize("name", ["markdown", "grid"])
def test_the_tables_of_a_report_read_as_reviewed(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(REPORT, name, Surface(90)) == snapshot


@pytest.mark.parametrize("name", ["csv", "tsv", "json"])
def test_the_data_of_a_report_reads_as_reviewed(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(REPORT, name, Surface()) == snapshot


def test_the_pages_of_a_report_read_as_reviewed(snapshot: SnapshotAssertion) -> None:
    pages = {
        "page": render(REPORT, "html", Surface()),
        "bare page": render(BARE, "html", Surface()),
    }
    for name, page in pages.items():
        assert BLOCK.sub("\n", STYLE.sub("…", page)) == snapshot(name=name)

import subprocess
import sys
import time
from collections.abc import Sequence

import pytest
import wcwidth
from hypothesis import example, given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from tests.tables.specimen import hostile_text
from tracker.tables import TIE, UNSAFE, Column, visible
from tracker.tables.text import UNEVEN, pressed, width, with_room, wrapped

words = st.text(st.sampled_from("soya bean rare-earth 中国大豆 סויה e\u0301"), max_size=80)


def test_every_character_called_even_takes_one_column() -> None:
    even = (chr(point) for point in range(sys.maxunicode) if not UNEVEN.search(chr(point)))
    wrong = [mark for mark in even if wcwidth.wcwidth(mark) != 1 and not UNSAFE.search(mark)]
    assert wrong == ["\n"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("soybeans", 8),
        ("China → US", 10),
        ("▲ partial", 9),
        ("中国", 4),
        ("סויה", 4),
        ("e\u0301tude", 5),
        ("10 cargoes\nSinograin: 4", 12),
        ("中国采购\nUS", 8),
    ],
)
def test_a_text_is_as_wide_as_its_widest_line_on_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("12 MMT of soybeans", 18, ["12 MMT of soybeans"]),
        ("12 MMT of soybeans", 10, ["12 MMT of", "soybeans"]),
        ("the rare-earth licences", 10, ["the rare-", "earth", "licences"]),
        ("Sinograin", 4, ["Sino", "grai", "n"]),
        ("COFCO\n\nSinograin buys", 9, ["COFCO", "", "Sinograin", "buys"]),
        ("中国采购大豆", 5, ["中国", "采购", "大豆"]),
    ],
)
def test_a_text_is_broken_between_words_where_it_can_be(
    text: str, room: int, lines: list[str]
) -> None:
    assert wrapped(text, room).split("\n") == lines


@given(words | hostile_text.map(visible), st.integers(2, 40))
@example("中-a", 2)  # which the library broke into lines that are too wide before 0.9
def test_wrapped_lines_are_never_wider_than_the_room(text: str, room: int) -> None:
    assert width(wrapped(text, room)) <= room


@given(words | hostile_text.map(visible), st.integers(2, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, room: int) -> None:
    assert "".join(wrapped(text, room).split()) == "".join(text.split())


@given(words)
def test_a_text_that_fits_is_left_as_it_is(text: str) -> None:
    assert wrapped(text, width(text)) == text


@pytest.mark.parametrize(("cell", "loaded"), [("soybeans → US", False), ("中国", True)])
def test_the_width_tables_are_loaded_only_for_characters_that_need_them(
    cell: str, loaded: bool
) -> None:
    script = (
        "import sys; from tracker.tables.text import width;"
        f"print(width({cell!r}), 'wcwidth' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["4" if loaded else "13", str(loaded)]


def test_a_column_of_100_kb_gives_way_at_once() -> None:
    began = time.monotonic()

    rows = [["Day", "Note"], *[["8 Jan", "soybeans " * 11_400]] * 50]

    assert max(width(note) for _, note in pressed(rows, [False, True], 90)) <= 85
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("before", ["USDA", "中国"])
def test_an_address_is_not_broken_even_at_its_hyphens(before: str) -> None:
    address = "https://www.usda.gov/export-sales"

    ((_, cell),) = pressed([["[1]", f"{before}: {address}"]], [False, True], 20)

    assert cell.split("\n") == [f"{before}:", address]


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (72, [0, 1, 2, 3]),
        (71, [0, 1, 2]),  # or the titles would be narrower than is comfortable
        (66, [0, 1, 2]),
        (65, [0, 1]),
        (20, [0, 1]),  # what is not spare stays
    ],
)
def test_spare_columns_are_left_out_where_titles_need_the_room(room: int, kept: list[int]) -> None:
    columns = [
        Column("Concession", str),
        Column("State", str, whole=True),
        Column("Done", str, spare=True, whole=True),
        Column("Last", str, spare=True, whole=True),
    ]
    row = [
        "Consider lower tariffs on $30 billion of Chinese goods",
        "promised",
        "100%",
        "8 Ja",
    ]

    assert with_room([["Concession", "State", "Done", "Last"], row], columns, room) == kept


@pytest.mark.parametrize("words", ["China → US", "in force → in doubt", "US ↔ China", "86% → 87%"])
def test_what_an_arrow_joins_is_on_one_line(words: str) -> None:
    for room in range(len(words), 40):
        text = wrapped(f"Buy soybeans from farmers {words} by December", room)
        assert any(words in line for line in text.replace(TIE, " ").split("\n")), room


def test_a_date_and_a_percentage_are_kepton_one_line() -> None:
    text = "moved by the US on 3 Dec 2025, then 28 February 2026, in October 2026; 100 % sold"

    for room in range(17, 60):
        lines = wrapped(text, room).replace(TIE, " ").split("\n")
        for whole in ("3 Dec 2025", "28 February 2026", "October 2026", "100 %"):
            assert any(whole in line for line in lines), room


AWKWARD = [
    (58, [True, True, True, False], """
N;N;Entry;Entry
% 31 Dec 2026 31 Dec 2026 the of magnets says;the of February cn-soybeans-2026;;
a_b bought press of magnets %;cn-soybeans-2026 unreliable-entity a_b says 12 \
counterparliamentarianism-again end cargo;by;
cargo bought magnets says;for rare-earth needs, rare-earth for of unreliable-entity \
Sino_Fortune by needs, cn-soybeans-2026 bought Sinograin;needs,;"""),
    (44, [True, True, False, True], """
Entry;How far;Counted by;How far
100 https://www.usda.gov/export-sales;;;
;;12 the;trade of MMT 12 of"""),
    (38, [True, False, True, True, True], """
Due on;Due on;Needed per week;Due on;Counted by
;;needs, of cargo the licence the;cn-soybeans-2026;the bought
;;unreliable-entity of Sino_Fortune soybeans unreliable-entity cn-soybeans-2026 12 \
cn-soybeans-2026;https://www.usda.gov/export-sales;the"""),
]  # fmt: skip


def on_one_line(row: Sequence[str]) -> str:
    return " | ".join(row).replace("\n", "⏎")


def test_awkward_tables_are_laid_out_as_reviewed(snapshot: SnapshotAssertion) -> None:
    told = []
    for room, wraps, lines in AWKWARD:
        table = [line.replace("_", "\n").split(";") for line in lines.strip().splitlines()]
        told += [on_one_line(row) for row in pressed(table, wraps, room)]
        told += ["", *(on_one_line(row) for row in pressed(table[1:], wraps, room))]
    assert "\n".join(told) == snapshot

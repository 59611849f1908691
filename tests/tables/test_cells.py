from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables.specimen import hostile_text
from tracker.dates import parse_period
from tracker.quantities import Derived, percent
from tracker.tables import UNSAFE, keys_of, visible
from tracker.tables.data import plain_value
from tracker.vocabulary import Stage


class Reading(NamedTuple):
    """What a row may hold."""

    value: Decimal
    on: date


class Progress(NamedTuple):
    """A row with rows in it."""

    concession: str
    reading: Reading
    latest: Reading | None
    stages: tuple[Stage, ...] = ()


FOUR_MMT = Reading(Decimal("4.00"), date(2026, 1, 5))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (date(2026, 1, 8), "2026-01-08"),
        (datetime(2026, 1, 8, 9, 30, tzinfo=UTC), "2026-01-08T09:30:00.000000Z"),
        (parse_period("2026-04"), "2026-04"),
        (parse_period("2026"), "2026"),
        (Decimal("8.50"), Decimal("8.50")),
        (percent(Decimal("288.8"), Decimal("502.4")), Decimal("57.5")),
        (Derived(Decimal("2.34567")), Decimal("2.346")),
        (Decimal("1E+3"), Decimal("1000")),
        (Stage.PARTIAL, "partial"),
        ("中国", "中国"),
        (None, None),
        (True, True),
        (12, 12),
        ([date(2026, 1, 8), None], ["2026-01-08", None]),
        ((), []),
        ({"due": parse_period("2026-10")}, {"due": "2026-10"}),
        (FOUR_MMT, {"value": Decimal("4.00"), "on": "2026-01-05"}),
    ],
)
def test_a_value_is_written_as_json_holds_it(value: Any, plain: Any) -> None:
    found = plain_value(value)
    assert found == plain
    assert type(found) is type(plain)


def test_a_flattened_row_gives_its_keys_to_the_row_around_it() -> None:
    keys_of(Progress, flat=["reading"])
    row = Progress("soybeans", FOUR_MMT, FOUR_MMT, (Stage.STARTED,))
    assert [*plain_value(row).items()] == [
        ("concession", "soybeans"),
        ("value", Decimal("4.00")),
        ("on", "2026-01-05"),
        ("latest", {"value": Decimal("4.00"), "on": "2026-01-05"}),
        ("stages", ["started"]),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中国 to buy 12 MMT – “soon”", "中国 to buy 12 MMT – “soon”"),
        ("סויה", "סויה"),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        ("over\rwritten", "over\\rwritten"),
        ("in\tcolumns", "in columns"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b2J", "\\x9b2J"),
        ("\x7f \xad", "\\x7f \\xad"),
        ("\ufff9 \U000e0001", "\\ufff9 \\U000e0001"),
        ("\u202eevil\u202c", "\\u202eevil\\u202c"),
        ("\u2066isolated\u2069", "\\u2066isolated\\u2069"),
        ("\u200f\u061c\ufeff\u200b", "\\u200f\\u061c\\ufeff\\u200b"),
        ("one\u2028two\x85three", "one\\u2028two\\x85three"),
        ("👩\u200d🌾", "👩\u200d🌾"),
    ],
)
def test_marks_that_a_terminal_obeys_are_shown_instead(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(hostile_text | st.text(st.characters(codec="utf-8")))
def test_visible_text_holds_nothing_to_obey_and_is_left_alone_the_second_time(text: str) -> None:
    shown = visible(text)
    assert not UNSAFE.search(shown)
    assert visible(shown) == shown
    assert shown.split("\n") == shown.splitlines() + [""] * (shown.endswith("\n") or not shown)

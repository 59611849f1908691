from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.entries import in_order
from tests.rules.making import day, delivery, judged, limit, moves, readings, row
from tracker.dates import Period
from tracker.entry import Entry
from tracker.quantities import Derived, percent, rounded
from tracker.reports.pace import PaceRow
from tracker.reports.pace import paced as paced_row
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import (
    NEVER,
    Series,
    Track,
    Window,
    due_by,
    figure_of,
    over_by,
    reached_on,
    reaches,
    series_key,
    share,
    tracks_of,
)
from tracker.state import Figure
from tracker.things import Deadline
from tracker.vocabulary import Basis, Precision


def empty(position: DeadlinePosition) -> PaceRow:
    """Return the row of a deadline without any series."""
    target = (position.bound, position.target, position.base, position.unit)
    return PaceRow(position.slug, None, position, *target)


def pace(position: DeadlinePosition, counted: Figure, as_of: date) -> PaceRow:
    return paced_row(empty(position), counted, as_of)


TWELVE = delivery(opens_on=day("2025-11-01"))
CEILING = limit("2026-11-10")
TO_FEBRUARY = "- 2026-02-28"
MANUFACTURES = delivery(
    "2020-12-31", "83.05", opens_on=day("2020-01-01"), unit="USD bn", base=Decimal("50.151")
)
TARIFF_CUT = delivery(
    "2026-12-31", "15", opens_on=day("2026-01-01"), unit="%", base=Decimal("27.5")
)
CUT_TO_ZERO = TARIFF_CUT._replace(target=Decimal(0))


def figure(
    deadline: Deadline,
    as_of: str,
    *counted: list[Entry],
    words: str = "",
    window: Window | None = None,
) -> Track | None:
    """Return the series that is the figure; the counts are recorded in the order given."""
    given_order = [reading for series in counted for reading in series]
    counts = [
        reading._replace(entry=number)
        for number, reading in enumerate(given_order, 1)
        if not window or window.first <= reading.on <= window.last
    ]
    position = judged(deadline, as_of, moves(words))
    return figure_of(position, tracks_of(in_order(counts)), counts, lambda reading: reading.entry)


def shown(track: Track | None) -> str:
    """Return a figure as `USDA sold 10.585 2026-02-26`."""
    if track is None:
        return ""
    series = track[-1]
    return f"{series.counted_by} {series.basis} {series.value} {series.through}"


def series_of(counted: list[Entry]) -> list[Series]:
    """Return each series as it stands after its last reading."""
    return [track[-1] for track in tracks_of(counted)]


def paced(
    deadline: Deadline, delivered: str, as_of: str, words: str = "", basis: Basis = Basis.SOLD
) -> PaceRow:
    """Return the pace of one count on the as-of day, in the target's unit."""
    counted = readings("USDA", f"{as_of} {delivered}", basis=basis, unit=deadline.unit or "")
    (series,) = series_of(counted)
    return pace(judged(deadline, as_of, moves(words)), Figure(series, day(as_of), None), day(as_of))


def tariff(counted_by: str, *lines: str) -> list[Entry]:
    return readings(counted_by, *lines, basis=Basis.LEVEL, unit="%")


# --- adding up ----------------------------------------------------------------------------------


def test_without_a_reading_there_is_no_figure_and_never_a_zero() -> None:
    assert series_of([]) == []
    assert figure(TWELVE, "2026-01-07") is None


def flow(*lines: str) -> list[Entry]:
    return readings("USDA", *lines, flow=True)


def test_a_flow_counts_only_after_the_latest_total_before_it() -> None:
    (series,) = series_of(
        [
            *flow("2025-11-10 1", "2025-12-01 0.5"),
            *readings("USDA", "2025-12-01 4"),
            *flow("2025-12-08 0.7", "2025-12-15 0.3"),
        ]
    )
    assert (series.value, series.through) == (Decimal("5.0"), day("2025-12-15"))


def test_flows_alone_add_up_and_a_cancelled_sale_takes_away() -> None:
    (series,) = series_of(flow("2025-11-10 1.20", "2025-11-17 -0.20"))
    assert (series.value, series.through) == (Decimal("1.00"), day("2025-11-17"))


def test_of_two_totals_of_one_day_the_last_counts() -> None:
    four, five = readings("USDA", "2026-01-06 4", "2026-01-06 5")
    assert series_of([four, five])[0].value == Decimal(5)
    assert series_of([five, four])[0].value == Decimal(4)


def test_a_series_is_known_by_its_counter_its_basis_and_its_unit() -> None:
    counted = series_of(
        [
            *readings("USDA", "2026-01-06 4"),
            *readings("USDA", "2026-01-06 147", unit="million bu"),
            *readings("USDA", "2026-01-06 1", basis=Basis.SHIPPED),
            *readings("China customs", "2026-01-06 0", basis=Basis.ARRIVED),
            *readings("trade press, low", "2026-01-06 8.5", basis=Basis.CONTRACTED),
            *readings("trade press, high", "2026-01-06 10", basis=Basis.CONTRACTED),
        ]
    )
    assert [(one.counted_by, one.basis, one.unit, one.value) for one in counted] == [
        ("trade press, high", Basis.CONTRACTED, "MMT", Decimal(10)),
        ("trade press, low", Basis.CONTRACTED, "MMT", Decimal("8.5")),
        ("USDA", Basis.SOLD, "MMT", Decimal(4)),
        ("USDA", Basis.SOLD, "million bu", Decimal(147)),
        ("USDA", Basis.SHIPPED, "MMT", Decimal(1)),
        ("China customs", Basis.ARRIVED, "MMT", Decimal(0)),
    ]


def test_a_series_has_the_source_of_its_latest_reading() -> None:
    (series,) = series_of(
        [
            *readings("USDA", "2026-01-06 4", source=("weekly",)),
            *readings("USDA", "2026-01-13 1", source=("flash",), flow=True),
        ]
    )
    assert (series.value, series.sources) == (Decimal(5), ("flash",))


def test_extreme_quantities_are_not_rounded_before_their_last_step() -> None:
    nines = "999999999999999999.999999999"
    (series,) = series_of(flow(*(f"2026-01-0{number} {nines}" for number in range(1, 9))))
    assert series.value == Decimal("7999999999999999999.999999992")


def test_a_track_tells_what_a_series_came_to_day_by_day() -> None:
    (track,) = tracks_of(
        [
            *flow("2025-11-10 1", "2025-12-01 0.5"),
            *readings("USDA", "2025-12-01 4"),
            *flow("2025-12-08 0.7", "2025-12-08 0.1"),
        ]
    )
    assert [(one.through.isoformat(), str(one.value)) for one in track] == [
        ("2025-11-10", "1"),
        ("2025-12-01", "4"),
        ("2025-12-08", "4.1"),
    ]


# --- towards a target ---------------------------------------------------------------------------


def test_phase_one_by_hand() -> None:
    """33.4 a year with 17.5 through October 2020: 52.4 % of target, 62.9 % of what was due."""
    year = delivery("2020-12-31", "33.4", opens_on=day("2020-01-01"), unit="USD bn")
    found = paced(year, "17.5", "2020-10-31")
    assert rounded(found.percent_of_target or Decimal(0)) == Decimal("52.4")
    assert rounded(found.percent_of_due or Decimal(0)) == Decimal("62.9")
    assert rounded(found.due_by_then or Decimal(0)) == Decimal("27.833")
    assert found.due_now == found.due_by_then
    assert (found.left, found.over_by) == (Decimal("15.9"), None)
    assert found.percent_of_increase is None


def test_manufactures_of_phase_one_came_63_percent_of_the_way_and_6_5_of_the_increase() -> None:
    found = paced(MANUFACTURES, "52.298", "2020-12-31")
    assert found.percent_of_target is not None
    assert found.percent_of_increase is not None
    assert (found.percent_of_target.whole, found.percent_of_target.rounded) == (
        Decimal(63),
        Decimal("63.0"),
    )
    assert found.percent_of_increase.rounded == Decimal("6.5")
    assert found.left == Decimal("30.752")


@pytest.mark.parametrize("basis", [Basis.LEVEL, Basis.OTHER])
@pytest.mark.parametrize(
    ("deadline", "delivered", "of_change", "left", "reached"),
    [
        row("nothing cut yet", TARIFF_CUT, "27.5", "0", "12.5", False),
        row("raised instead", TARIFF_CUT, "30", "-20", "15", False),
        row("cut in part", TARIFF_CUT, "20", "60", "5", False),
        row("cut in full", TARIFF_CUT, "15", "100", "0", True),
        row("cut by more", TARIFF_CUT, "12.5", "120", "0", True),
        row("to zero, in part", CUT_TO_ZERO, "5.5", "80", "5.5", False),
        row("to zero, in full", CUT_TO_ZERO, "0", "100", "0", True),
    ],
)
def test_a_cut_is_measured_by_how_much_of_it_is_done(
    deadline: Deadline, delivered: str, of_change: str, left: str, reached: bool, basis: Basis
) -> None:
    counted = readings("USTR", f"2026-06-30 {delivered}", basis=basis, unit="%")
    position = judged(deadline, "2026-06-30")
    track = figure(deadline, "2026-06-30", counted)
    assert track is not None
    done = pace(position, Figure(track[-1], day("2026-06-30"), None), day("2026-06-30"))
    assert (done.percent_of_increase, done.percent_of_target) == (Decimal(of_change), None)
    assert done.left == Decimal(left)
    assert (done.due_now, done.due_by_then, done.percent_of_due) == (None, None, None)
    assert (reached_on(position, track) is not None) is reached
    assert share(position, track[-1].value) == Decimal(of_change)


@pytest.mark.parametrize("target", ["27.5", "30"])
def test_a_target_at_its_base_or_above_is_not_a_cut(target: str) -> None:
    found = paced(TARIFF_CUT._replace(target=Decimal(target)), "29", "2026-06-30")
    assert found.percent_of_target == percent(Decimal(29), Decimal(target))
    assert (found.percent_of_increase is None) is (target == "27.5")


def test_a_cut_restated_above_its_base_is_an_increase() -> None:
    position = judged(TARIFF_CUT, words=moves("- 2026-12-31 30"))
    assert not position.is_cut
    assert judged(TARIFF_CUT).is_cut


@pytest.mark.parametrize(
    ("delivered", "left", "reached"),
    [("-5", "5", False), ("-10", "0", True), ("-12", "0", True), ("2", "12", False)],
)
def test_without_a_base_a_negative_target_is_reached_downwards(
    delivered: str, left: str, reached: bool
) -> None:
    """A tariff cut by ten points: half of it is 50 %."""
    points = delivery("2026-11-10", "-10", unit="points")
    position = judged(points)
    counted = readings("USTR", f"2026-01-07 {delivered}", unit="points")
    (series,) = series_of(counted)
    found = pace(position, Figure(series, day("2026-01-07"), None), day("2026-01-07"))
    assert (found.left, reaches(position, series)) == (Decimal(left), reached)
    assert found.percent_of_target == Decimal(delivered) * -10


@pytest.mark.parametrize(("delivered", "left"), [("0.4", "0.1"), ("0.5", "0"), ("0.6", "0")])
def test_a_small_target_is_reached_upwards(delivered: str, left: str) -> None:
    found = paced(delivery("2026-11-10", "0.5"), delivered, "2026-01-07")
    assert found.left == Decimal(left)


def test_with_a_base_below_it_a_negative_target_is_reached_upwards() -> None:
    """The trade balance is to go from -295 to -200."""
    balance = delivery("2026-12-31", "-200", unit="USD bn", base=Decimal(-295))
    assert paced(balance, "-247.5", "2026-06-30").left == Decimal("47.5")
    assert paced(balance, "-247.5", "2026-06-30").percent_of_increase == Decimal(50)
    assert paced(balance, "-150", "2026-06-30").left == Decimal(0)


def test_a_balance_that_is_to_come_to_zero_has_no_share_of_it() -> None:
    balance = delivery("2026-12-31", "0", unit="USD bn", base=Decimal(-295))
    found = paced(balance, "-59", "2026-06-30")
    assert (found.percent_of_target, found.percent_of_increase) == (None, Decimal(80))


def test_a_percentage_target_is_a_quantity_like_any_other() -> None:
    permits = delivery("2026-11-10", "80", unit="%")
    assert paced(permits, "40", "2026-01-07").percent_of_target == Decimal(50)


def test_a_level_is_not_spread_over_its_window() -> None:
    """A floor under a price is due in full on every day."""
    floor = delivery("2026-12-31", "80", opens_on=day("2026-01-01"), unit="USD/t")
    found = paced(floor, "75", "2026-04-30", basis=Basis.LEVEL)
    assert (found.due_by_then, found.percent_of_due, found.due_now) == (None, None, None)
    assert found.needed_per_week is None
    assert (found.percent_of_target, found.left) == (Decimal("93.75"), Decimal(5))


@pytest.mark.parametrize(
    ("as_of", "delivered", "basis", "of_increase"),
    [
        row("a total below the base still grows", "2020-03-10", "12", Basis.SHIPPED, None),
        row("one above it", "2020-09-30", "56.7308", Basis.SHIPPED, "20"),
        row("below it on the last day", "2020-12-31", "46.8611", Basis.SHIPPED, None),
        row("below it after the last day", "2021-01-01", "46.8611", Basis.SHIPPED, "-10"),
        row("a level that fell", "2020-03-10", "46.8611", Basis.LEVEL, "-10"),
    ],
)
def test_a_total_below_its_base_has_no_share_of_the_increase_until_its_day_has_passed(
    as_of: str, delivered: str, basis: Basis, of_increase: str | None
) -> None:
    found = paced(MANUFACTURES, delivered, as_of, basis=basis).percent_of_increase
    assert found == (None if of_increase is None else Decimal(of_increase))


def test_a_window_that_does_not_say_when_it_opens_is_not_spread() -> None:
    found = paced(delivery("2026-02-28"), "4", "2026-01-07")
    assert (found.due_by_then, found.percent_of_due, found.due_now) == (None, None, None)
    assert found.percent_of_target is not None


def test_a_delivery_that_waits_for_its_day_has_shares_and_no_dues() -> None:
    waiting = delivery(None, opens_on=day("2025-11-01"), awaits="once China lifts its tariff")
    found = paced(waiting, "4", "2026-01-07")
    assert found.percent_of_target is not None
    assert (found.due_now, found.needed_per_week, found.left) == (None, None, Decimal(8))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2025-10-31", "0.000"),
        ("2025-11-01", "0.197"),  # one day of 61
        ("2025-12-30", "11.803"),
        ("2025-12-31", "12.000"),
        ("2026-06-01", "12.000"),
    ],
)
def test_what_is_due_keeps_within_the_window(on: str, due: str) -> None:
    found = due_by(judged(TWELVE, on), day(on))
    assert found is not None
    assert found.rounded == Decimal(due)


def test_before_the_window_opens_nothing_is_due_and_so_no_share_of_it() -> None:
    found = paced(TWELVE, "1", "2025-10-31")
    assert (found.due_by_then, found.percent_of_due) == (Decimal(0), None)


def test_what_was_due_is_told_for_the_day_of_the_count_and_for_today() -> None:
    (series,) = series_of(readings("USDA", "2025-11-30 4"))
    found = pace(
        judged(TWELVE, "2025-12-10"), Figure(series, day("2025-12-04"), None), day("2025-12-10")
    )
    assert (rounded(found.due_by_then or Decimal(0)), rounded(found.due_now or Decimal(0))) == (
        Decimal("5.902"),  # 30 days of 61
        Decimal("7.869"),  # 40 days
    )
    assert rounded(found.percent_of_due or Decimal(0)) == Decimal("67.8")


@pytest.mark.parametrize(
    ("as_of", "delivered", "words", "needed"),
    [
        ("2026-01-07", "4", TO_FEBRUARY, "1.077"),  # 8 in the 52 days to 28 February
        ("2025-12-24", "4", "", "8.000"),
        ("2025-12-25", "4", "", None),
        ("2025-12-31", "4", "", None),
        ("2026-01-07", "4", "", None),
        ("2025-12-24", "12", "", "0.000"),
        ("2026-01-07", "13", "", None),
    ],
)
def test_what_is_needed_per_week_is_not_told_in_the_last_seven_days(
    as_of: str, delivered: str, words: str, needed: str | None
) -> None:
    found = paced(TWELVE, delivered, as_of, words).needed_per_week
    assert (found.rounded if found is not None else None) == (Decimal(needed) if needed else None)


@pytest.mark.parametrize(
    ("delivered", "whole", "one_decimal"),
    [
        ("0", "0", "0.0"),
        ("0.0000001", "1", "0.1"),
        ("11.9999999", "99", "99.9"),
        ("12", "100", "100.0"),
        ("12.0000001", "100", "100.0"),
        ("12.27", "102", "102.3"),
    ],
)
def test_a_share_is_never_full_below_the_target_and_never_nothing_above_nothing(
    delivered: str, whole: str, one_decimal: str
) -> None:
    found = share(judged(TWELVE), Decimal(delivered))
    assert found is not None
    assert (str(found.whole), str(found.rounded)) == (whole, one_decimal)


@pytest.mark.parametrize(
    ("as_of", "needed"),
    [
        row("the week after", "2026-01-07", "1.037"),  # 8 in the 54 days from 5 January
        row("35 days after", "2026-02-09", "1.037"),
        row("36 days after", "2026-02-10", None),
    ],
)
def test_what_is_needed_per_week_counts_from_the_figure_and_only_while_that_is_recent(
    as_of: str, needed: str | None
) -> None:
    (series,) = series_of(readings("USDA", "2026-01-05 4"))
    position = judged(TWELVE, as_of, moves(TO_FEBRUARY))
    found = pace(position, Figure(series, day("2026-01-05"), None), day(as_of)).needed_per_week
    assert (found.rounded if found else None) == (Decimal(needed) if needed else None)


def test_a_deadline_without_a_target_has_counts_in_any_unit_and_no_pace() -> None:
    licences = delivery(target=None)
    counted = readings("MOFCOM", "2026-01-06 4", unit="licences")
    track = figure(licences, "2026-01-07", counted)
    assert shown(track) == "MOFCOM sold 4 2026-01-06"
    position = judged(licences)
    assert track is not None
    assert pace(position, Figure(track[-1], day("2026-01-06"), None), day("2026-01-07")) == empty(
        position
    )
    assert (reached_on(position, track), share(position, Decimal(4))) == (None, None)
    assert due_by(judged(licences._replace(opens_on=day("2025-11-01"))), day("2026-01-06")) is None


# --- the figure -----------------------------------------------------------------------------------

WEEKLY = ("2026-02-26 10.585", "2026-07-02 11.9", "2026-07-09 12.04", "2026-07-16 12.27")
FLASH = readings("flash sales", "2025-12-04 2.3", "2026-01-06 6.9")
SOLD = readings("USDA", "2025-12-25 6.3", "2026-01-08 8.1")
SHIPPED = readings("USDA", "2026-01-15 1.1", basis=Basis.SHIPPED)
BUSHELS = readings("USDA", "2026-01-20 441", unit="million bu")


@pytest.mark.parametrize(
    ("named", "counted", "expected"),
    [
        row("the one there is", {}, [SOLD], "USDA sold 8.1 2026-01-08"),
        row("the one counted first", {}, [FLASH, SOLD], "flash sales sold 6.9 2026-01-06"),
        row("whichever is fresher", {}, [SOLD, FLASH], "USDA sold 8.1 2026-01-08"),
        row("whichever is higher", {}, [SHIPPED, SOLD], "USDA shipped 1.1 2026-01-15"),
        row("the counter named", {"counted_by": "USDA"}, [FLASH, SOLD],
            "USDA sold 8.1 2026-01-08"),
        row("counter and basis", {"counted_by": "USDA", "basis": Basis.SHIPPED}, [SOLD, SHIPPED],
            "USDA shipped 1.1 2026-01-15"),
        row("the basis alone", {"basis": Basis.SHIPPED}, [SOLD, SHIPPED],
            "USDA shipped 1.1 2026-01-15"),
        row("a counter of two, without a basis", {"counted_by": "USDA"}, [FLASH, SHIPPED, SOLD],
            "USDA shipped 1.1 2026-01-15"),
        row("a named counter that is silent", {"counted_by": "customs"}, [FLASH, SOLD],
            "flash sales sold 6.9 2026-01-06"),
        row("a named counter that is old", {"counted_by": "flash sales"},
            [FLASH, readings("USDA", "2026-02-26 10.585")], "flash sales sold 6.9 2026-01-06"),
        row("another unit", {}, [BUSHELS, SOLD], "USDA sold 8.1 2026-01-08"),
        row("another unit alone", {}, [BUSHELS], ""),
    ],
)  # fmt: skip
def test_the_figure_is_the_named_series_else_the_one_counted_first(
    named: dict[str, Any], counted: list[list[Entry]], expected: str
) -> None:
    assert shown(figure(TWELVE._replace(**named), "2026-02-27", *counted)) == expected


@pytest.mark.parametrize(
    ("through", "expected"),
    [
        row("35 days behind", "2026-01-22", "press"),
        row("36 days behind", "2026-01-21", "USDA"),
    ],
)
def test_what_was_counted_first_is_the_figure_for_35_days(through: str, expected: str) -> None:
    press = readings("press", "2025-12-01 5", f"{through} 12.5")
    found = figure(TWELVE, "2026-02-27", press, readings("USDA", "2026-02-26 10.585"))
    assert shown(found).split()[0] == expected


def test_a_figure_is_not_frozen_on_its_day() -> None:
    """12 MMT by 28 February: 88 % on the day, and 102 % in July."""
    counted = readings("USDA", *WEEKLY)
    assert shown(figure(TWELVE, "2026-08-01", counted, words=TO_FEBRUARY)) == (
        "USDA sold 12.27 2026-07-16"
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        row("never", ["2025-12-01 11"], None),
        row("at the target", ["2025-12-01 11", "2025-12-08 12"], "2025-12-08"),
        row("above it", ["2025-12-01 11", "2025-12-08 13"], "2025-12-08"),
        row("and since", ["2025-12-01 12", "2025-12-08 13", "2025-12-15 12"], "2025-12-01"),
        row("fallen below", ["2025-12-01 12", "2025-12-08 11.9"], None),
        row("fallen below and reached again",
            ["2025-12-01 12", "2025-12-08 11.9", "2025-12-15 12", "2025-12-22 12"], "2025-12-15"),
    ],
)  # fmt: skip
def test_a_target_is_reached_from_the_first_day_of_the_present_run(
    lines: list[str], expected: str | None
) -> None:
    track = figure(TWELVE, "2025-12-30", readings("USDA", *lines))
    assert track is not None
    found = reached_on(judged(TWELVE, "2025-12-30"), track)
    assert found == (day(expected) if expected else None)


# --- against a limit ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "left", "over", "since"),
    [
        row("below", ["2026-08-05 12"], "3", None, None),
        row("at it", ["2026-08-05 12", "2026-08-12 15"], "0", None, None),
        row("above", ["2026-08-12 15", "2026-08-19 17"], None, "2", "2026-08-19"),
        row("further above", ["2026-08-12 15", "2026-08-19 17", "2026-08-26 18.5"], None, "3.5",
            "2026-08-19"),
        row("below again", ["2026-08-19 17", "2026-08-26 12"], "3", None, None),
        row("at it again", ["2026-08-19 17", "2026-08-26 15"], "0", None, None),
        row("above again", ["2026-08-19 17", "2026-08-26 15", "2026-09-02 15.1"], None, "0.1",
            "2026-09-02"),
    ],
)  # fmt: skip
def test_of_a_limit_there_is_room_left_or_it_is_exceeded_by_so_much_since_a_day(
    lines: list[str], left: str | None, over: str | None, since: str | None
) -> None:
    position = judged(CEILING, "2026-09-03")
    track = figure(CEILING, "2026-09-03", tariff("USTR", *lines))
    assert track is not None
    assert pace(position, Figure(track[-1], day("2026-09-02"), None), day("2026-09-03")) == empty(
        position
    )._replace(
        left=Derived(Decimal(left)) if left else None,
        over_by=Derived(Decimal(over)) if over else None,
    )
    assert over_by(position, track[-1]) == (Decimal(over) if over else None)
    assert reached_on(position, track) == (day(since) if since else None)


@pytest.mark.parametrize(("value", "above"), [("0", None), ("1", Decimal(1))])
def test_a_limit_of_zero_is_kept_at_zero_and_exceeded_above_it(
    value: str, above: Decimal | None
) -> None:
    """No new chip export controls: none may come."""
    none = limit(target="0", unit="rules")
    track = figure(none, "2026-01-08", readings("BIS", f"2026-01-06 {value}", unit="rules"))
    assert track is not None
    assert over_by(judged(none), track[-1]) == above


def test_a_limit_has_no_percentages_and_no_dues() -> None:
    stock = limit("2026-06-30", "300", opens_on=day("2026-01-01"), unit="kg", base=Decimal(500))
    assert share(judged(stock), Decimal(290)) is None
    assert due_by(judged(stock), day("2026-03-01")) is None
    assert judged(stock).is_cut


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("2026-07-31 17", False),
        ("2026-08-01 17", True),
        ("2026-11-10 17", True),
        ("2026-11-11 17", False),
    ],
)
def test_readings_outside_the_days_in_which_a_limit_binds_do_not_count(
    line: str, counts: bool
) -> None:
    window = Window(day("2026-08-01"), day("2026-11-10"))
    found = figure(CEILING, "2026-11-12", tariff("USTR", line), window=window)
    assert (found is not None) is counts
    assert figure(CEILING, "2026-11-12", tariff("USTR", line), window=NEVER) is None


days = st.dates(date(2025, 11, 1), date(2026, 3, 31))
values = st.decimals(0, 50, places=3, allow_nan=False)
counters = st.sampled_from(["USDA", "Chinese customs", "trade press"])
Rows = list[tuple[Decimal, date, bool, str]]
rows_of_readings = st.lists(st.tuples(values, days, st.booleans(), counters), max_size=12)


def made(rows: Rows) -> list[Entry]:
    return [
        reading._replace(entry=entry)
        for entry, (value, on, adds, by) in enumerate(rows, 1)
        for reading in readings(by, f"{on} {value}", flow=adds)
    ]


# --- properties ---------------------------------------------------------------------------------


@given(rows_of_readings, st.sampled_from([None, "USDA", "customs"]))
def test_the_figure_is_one_of_the_series_as_it_stands_now(rows: Rows, named: str | None) -> None:
    """It is never older than another one by more than 35 days, unless it is named."""
    counted = made(rows)
    position = judged(TWELVE._replace(counted_by=named))
    tracks = tracks_of(in_order(counted))
    found = figure_of(position, tracks, counted, lambda reading: reading.entry)
    assert (found is None) is (not tracks)
    if found is None:
        return
    assert found in tracks
    if named not in {track[-1].counted_by for track in tracks}:
        newest = max(track[-1].through for track in tracks)
        fresh = [t for t in tracks if (newest - t[-1].through).days <= 35]
        first = min(
            reading.entry
            for reading in counted
            if series_key(reading) in {track[-1].key for track in fresh}
        )
        assert series_key(counted[first - 1]) == found[-1].key
    else:
        assert found[-1].counted_by == named


@given(st.integers(1, 400), st.data())
def test_a_target_spread_evenly_is_due_in_proportion_to_its_days(
    window: int, data: st.DataObject
) -> None:
    opens_on = date(2025, 11, 1)
    elapsed = data.draw(st.integers(1, window))
    last = Period(opens_on + timedelta(days=window - 1), Precision.DAY)
    flat = delivery(opens_on=opens_on)._replace(due_on=last)
    due = due_by(judged(flat), opens_on + timedelta(days=elapsed - 1))
    assert due is not None
    assert abs(due * window - Decimal(12) * elapsed) < Decimal("1E-20")


@given(values, st.decimals(1, 50, places=3), st.decimals(0, 50, places=3))
def test_what_is_left_is_nothing_exactly_where_the_target_is_reached(
    delivered: Decimal, target: Decimal, base: Decimal
) -> None:
    one = delivery("2026-11-10", unit="MMT")._replace(target=target, base=base)
    position = judged(one)
    (series,) = series_of(readings("USDA", f"2026-01-06 {delivered}"))
    found = pace(position, Figure(series, day("2026-01-06"), None), day("2026-01-06"))
    assert (found.left == 0) is reaches(position, series)
    assert found.left is not None
    assert found.left >= 0

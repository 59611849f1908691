from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.entries import in_order
from tests.rules.making import day, delivery, judged, limit, moves, readings, row
from tracker.dates import Period
from tracker.entry import Entry
from tracker.quantities import Derived, Percent, percent, rounded
from tracker.reports.pace import Pace
from tracker.reports.pace import pace_of as pace
from tracker.rules.progress import (
    NEVER,
    Band,
    Count,
    Progress,
    Series,
    Window,
    due_by,
    progress_of,
    reaches,
    share,
    tracks_of,
)
from tracker.things import Deadline
from tracker.vocabulary import Basis, Precision

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


def progress(
    deadline: Deadline,
    as_of: str,
    *counted: list[Entry],
    words: str = "",
    window: Window | None = None,
    official: Collection[str] = (),
) -> Progress:
    counts = [one for series in counted for one in series]
    tracks = tracks_of(one for one in counts if not window or window[0] <= one.on <= window[1])
    return progress_of(
        judged(deadline, as_of, moves(words)),
        tracks,
        lambda one: bool({*one.sources} & {*official}),
    )


def series_of(counted: list[Entry]) -> list[Series]:
    """Return each series as it stands after its last reading."""
    return [track[-1] for track in tracks_of(counted)]


def pace_of(count: Count, deadline: Deadline, as_of: str, words: str = "") -> Pace:
    """Return the pace of the count that counts, if any."""
    position = judged(deadline, as_of, moves(words))
    return pace(position, count.series, day(as_of)) if count.series else Pace()


def paced(
    deadline: Deadline, delivered: str, as_of: str, words: str = "", basis: Basis = Basis.SOLD
) -> Pace:
    """Return the pace of one count on the as-of day, in the target's unit."""
    counted = readings("USDA", f"{as_of} {delivered}", basis=basis, unit=deadline.unit or "")
    (series,) = series_of(counted)
    return pace(judged(deadline, as_of, moves(words)), series, day(as_of))


def tariff(counted_by: str, *lines: str) -> list[Entry]:
    return readings(counted_by, *lines, basis=Basis.LEVEL, unit="%")


# --- adding up ----------------------------------------------------------------------------------


def test_without_a_reading_there_is_no_band_and_never_a_zero() -> None:
    assert series_of([]) == []
    found = progress(TWELVE, "2026-01-07")
    assert (found.counts, found.band, found.older) == ((), None, ())
    assert (found.exceeded, found.disputed, found.reached_on) == (False, False, None)


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
    found = progress(deadline, "2026-06-30", counted)
    (count,) = found.counts
    done = pace_of(count, deadline, "2026-06-30")
    assert (done.percent_of_increase, done.percent_of_target) == (Decimal(of_change), None)
    assert done.left == Decimal(left)
    assert (done.due_now, done.due_by_then, done.percent_of_due) == (None, None, None)
    assert (found.reached_on is not None) is reached
    assert found.band is not None
    assert (found.band.percent_low, found.band.percent_high) == (Decimal(of_change),) * 2


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
    assert (progress(points, "2026-01-08", counted).reached_on is not None) is reached
    (series,) = series_of(readings("USTR", f"2026-01-07 {delivered}", unit="points"))
    found = pace(position, series, day("2026-01-07"))
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
    found = pace(judged(TWELVE, "2025-12-10"), series, day("2025-12-10"))
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
        ("2026-01-07", "13", "", "0.000"),
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


def test_a_deadline_without_a_target_has_counts_and_no_pace() -> None:
    licences = delivery(target=None)
    found = progress(licences, "2026-01-07", readings("MOFCOM", "2026-01-06 4", unit="licences"))
    (count,) = found.counts
    assert pace_of(count, licences, "2026-01-07") == Pace()
    assert (count.in_band, found.band, found.older) == (False, None, ())
    assert (count.reached_on, share(judged(licences), Decimal(4))) == (None, None)
    assert due_by(judged(licences._replace(opens_on=day("2025-11-01"))), day("2026-01-06")) is None


# --- reached, and on the day --------------------------------------------------------------------

WEEKLY = ("2026-02-26 10.585", "2026-07-02 11.9", "2026-07-09 12.04", "2026-07-16 12.27")


def test_after_its_day_a_delivery_is_judged_by_what_had_been_reached_by_then() -> None:
    """12 MMT by 28 February: 88 % on the day, reached 131 days late."""
    found = progress(TWELVE, "2026-08-01", readings("USDA", *WEEKLY), words=TO_FEBRUARY)
    (count,) = found.counts
    assert count.series is not None
    assert (count.series.value, count.latest.value) == (Decimal("10.585"), Decimal("12.27"))
    on_the_day = pace_of(count, TWELVE, "2026-08-01", TO_FEBRUARY)
    assert on_the_day.percent_of_target is not None
    assert on_the_day.percent_of_target.whole == 88
    assert on_the_day.left == Decimal("1.415")
    assert (count.reached_on, count.late_days) == (day("2026-07-09"), 131)
    assert (found.reached_on, found.late_days) == (day("2026-07-09"), 131)
    sold = Decimal("10.585")
    of_target = percent(sold, Decimal(12))
    assert found.band == Band(sold, sold, of_target, of_target, day("2026-02-26"))


@pytest.mark.parametrize(
    ("as_of", "lines", "on_the_day"),
    [
        row("its day has not passed", "2026-02-28", ["2026-02-26 10", "2026-02-28 11"], "11"),
        row("a count of the very day", "2026-03-01", ["2026-02-26 10", "2026-02-28 11"], "11"),
        row("a count of the day after", "2026-03-01", ["2026-02-26 10", "2026-03-01 11"], "10"),
        row("no count by then", "2026-03-01", ["2026-03-01 11"], None),
    ],
)
def test_the_figure_of_a_delivery_is_the_last_one_up_to_its_day_once_that_has_passed(
    as_of: str, lines: Sequence[str], on_the_day: str | None
) -> None:
    found = progress(TWELVE, as_of, readings("USDA", *lines), words=TO_FEBRUARY)
    (count,) = found.counts
    assert (count.series.value if count.series else None) == (
        Decimal(on_the_day) if on_the_day else None
    )
    assert count.latest.value == Decimal(11)
    assert count.in_band is (found.band is not None) is (on_the_day is not None)
    assert (pace_of(count, TWELVE, as_of, TO_FEBRUARY) == Pace()) is (on_the_day is None)
    assert found.older == ()


@pytest.mark.parametrize(
    ("lines", "reached_on"),
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
def test_a_floor_is_reached_from_the_first_day_of_the_present_run(
    lines: list[str], reached_on: str | None
) -> None:
    found = progress(TWELVE, "2025-12-30", readings("USDA", *lines))
    assert found.reached_on == (day(reached_on) if reached_on else None)
    assert found.counts[0].reached_on == found.reached_on
    assert found.late_days == (0 if reached_on else None)
    assert (found.counts[0].over_since, found.over_by, found.over_since) == (None, None, None)


@pytest.mark.parametrize(("reached_on", "late"), [("2025-12-31", 0), ("2026-01-01", 1)])
def test_a_target_reached_after_its_day_is_so_many_days_late(reached_on: str, late: int) -> None:
    found = progress(TWELVE, "2026-02-01", readings("USDA", f"{reached_on} 12"))
    assert (found.late_days, found.counts[0].late_days) == (late, late)


def test_a_target_without_a_day_is_not_reached_late() -> None:
    waiting = delivery(None, awaits="once China lifts its tariff")
    found = progress(waiting, "2026-02-01", readings("USDA", "2026-01-06 12"))
    assert (found.reached_on, found.late_days) == (day("2026-01-06"), None)


def test_a_target_is_reached_on_the_first_day_that_a_fresh_count_says_so() -> None:
    found = progress(
        TWELVE,
        "2026-08-01",
        readings("USDA", "2026-07-09 12", "2026-07-16 12.3"),
        readings("China customs", "2026-07-20 12", basis=Basis.ARRIVED),
        readings("trade press", "2026-01-06 12.5", basis=Basis.CONTRACTED),
    )
    days_of_each = [str(one.reached_on) for one in found.counts]
    assert days_of_each == ["2026-01-06", "2026-07-09", "2026-07-20"]
    assert (found.reached_on, found.late_days) == (day("2026-07-09"), 190)


# --- against a limit ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "left", "over_by", "over_since"),
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
    lines: list[str], left: str | None, over_by: str | None, over_since: str | None
) -> None:
    found = progress(CEILING, "2026-09-03", tariff("USTR", *lines))
    (count,) = found.counts
    assert pace_of(count, CEILING, "2026-09-03") == Pace(
        left=Derived(Decimal(left)) if left else None,
        over_by=Derived(Decimal(over_by)) if over_by else None,
    )
    assert found.over_by == (Decimal(over_by) if over_by else None)
    assert found.over_since == count.over_since == (day(over_since) if over_since else None)
    assert (found.exceeded, found.disputed) == (over_by is not None, False)
    assert (found.reached_on, found.late_days, count.reached_on) == (None, None, None)
    latest = Decimal(lines[-1].split()[1])
    assert found.band == Band(latest, latest, None, None, count.latest.through)


def test_a_limit_is_exceeded_if_every_fresh_count_says_so_and_disputed_if_some_do() -> None:
    ustr = tariff("USTR", "2026-08-05 16", "2026-09-02 18")
    wto, eu = tariff("WTO", "2026-09-01 15"), tariff("European Commission", "2026-08-19 17")
    long_ago = tariff("trade press", "2026-06-01 14")
    expected = [
        ((ustr,), True, False, "3", "2026-08-05"),
        ((ustr, eu), True, False, "3", "2026-08-05"),
        ((ustr, eu, long_ago), True, False, "3", "2026-08-05"),
        ((ustr, wto), False, True, "3", "2026-08-05"),
        ((eu, wto), False, True, "2", "2026-08-19"),
        ((eu, wto, ustr), False, True, "3", "2026-08-05"),
    ]
    for counted, exceeded, disputed, over_by, since in expected:
        found = progress(CEILING, "2026-09-03", *counted)
        assert (found.exceeded, found.disputed) == (exceeded, disputed)
        assert (found.over_by, found.over_since) == (Decimal(over_by), day(since))
    found = progress(CEILING, "2026-09-03", wto, long_ago)
    assert (found.exceeded, found.disputed, found.over_by) == (False, False, None)


def test_an_old_count_above_a_limit_neither_exceeds_nor_disputes_it() -> None:
    found = progress(
        CEILING, "2026-09-03", tariff("USTR", "2026-06-01 17"), tariff("WTO", "2026-09-01 15")
    )
    assert not found.exceeded
    assert not found.disputed
    assert (found.over_by, found.over_since) == (None, None)
    assert [one.counted_by for one in found.older] == ["USTR"]


def test_a_limit_of_zero_is_kept_at_zero_and_exceeded_above_it() -> None:
    """No new chip export controls: none may come."""
    none = limit(target="0", unit="rules")
    kept = progress(none, "2026-01-08", readings("BIS", "2026-01-06 0", unit="rules"))
    broken = progress(none, "2026-01-08", readings("BIS", "2026-01-06 1", unit="rules"))
    assert not kept.exceeded
    assert pace_of(kept.counts[0], none, "2026-01-08") == Pace(left=Derived(Decimal(0)))
    assert (broken.exceeded, broken.over_by, broken.over_since) == (
        True,
        Decimal(1),
        day("2026-01-06"),
    )


def test_a_limit_has_no_percentages_no_dues_and_no_figure_on_its_day() -> None:
    """300 kg by the end of June, and 2,105 kg in July."""
    stock = limit("2026-06-30", "300", opens_on=day("2026-01-01"), unit="kg", base=Decimal(500))
    counted = readings("IAEA", "2026-06-01 290", "2026-07-05 2105", unit="kg")
    found = progress(stock, "2026-07-08", counted)
    (count,) = found.counts
    assert count.series == count.latest
    assert pace_of(count, stock, "2026-07-08") == Pace(over_by=Derived(Decimal(1805)))
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
    found = progress(CEILING, "2026-11-12", tariff("USTR", line), window=window)
    assert (found.exceeded, len(found.counts)) == (counts, int(counts))
    assert progress(CEILING, "2026-11-12", tariff("USTR", line), window=NEVER).counts == ()


def test_a_limit_is_over_since_its_first_day_at_the_earliest_and_judged_by_its_last() -> None:
    window = Window(day("2026-08-01"), day("2026-11-10"))
    counted = tariff("USTR", "2026-07-01 17", "2026-08-19 18", "2026-11-05 19", "2026-11-20 12")
    found = progress(CEILING, "2026-11-22", counted, window=window)
    assert (found.over_by, found.over_since) == (Decimal(4), day("2026-08-19"))


def test_what_was_added_before_a_limit_binds_does_not_count_against_it() -> None:
    window = Window(day("2026-08-01"), day("2026-11-10"))
    added = readings("USTR", "2026-07-15 14", "2026-08-15 4", unit="%", flow=True)
    (count,) = progress(CEILING, "2026-11-12", added, window=window).counts
    assert count.latest.value == Decimal(4)


# --- the band -----------------------------------------------------------------------------------


def test_the_soybean_counts_of_early_january_stand_side_by_side() -> None:
    found = progress(
        TWELVE,
        "2026-01-07",
        readings("China customs", "2026-01-06 0", basis=Basis.ARRIVED),
        readings("USDA", "2026-01-06 4"),
        readings("trade press, low", "2026-01-06 8.5", basis=Basis.CONTRACTED),
        readings("trade press, high", "2026-01-06 10", basis=Basis.CONTRACTED),
        words=TO_FEBRUARY,
    )
    assert found.band is not None
    assert (found.band.low, found.band.high) == (Decimal(0), Decimal(10))
    assert (found.band.percent_low, found.band.percent_high) == (
        Decimal(0),
        percent(Decimal(10), Decimal(12)),
    )
    assert (found.older, found.band.through) == ((), day("2026-01-06"))
    assert all(one.in_band for one in found.counts)


@pytest.mark.parametrize(
    ("customs_on", "official", "in_band"),
    [
        row("45 days behind", "2026-01-12", [], True),
        row("46 days behind", "2026-01-11", [], False),
        row("46 days behind and official", "2026-01-11", ["customs-page"], True),
        row("46 days behind the freshest official one", "2026-01-11", ["customs-page", "weekly"],
            False),
        row("behind what is official alone", "2026-01-11", ["weekly"], False),
    ],
)  # fmt: skip
def test_the_band_covers_counts_of_the_last_45_days_and_the_freshest_official_one(
    customs_on: str, official: list[str], in_band: bool
) -> None:
    found = progress(
        TWELVE,
        "2026-02-27",
        readings("China customs", f"{customs_on} 0", basis=Basis.ARRIVED, source=("customs-page",)),
        readings("USDA", "2026-02-26 10.585", source=("weekly",)),
        words=TO_FEBRUARY,
        official=official,
    )
    assert found.band is not None
    assert found.band.low == (Decimal(0) if in_band else Decimal("10.585"))
    assert (found.band.high, found.band.through) == (Decimal("10.585"), day("2026-02-26"))
    assert [one.counted_by for one in found.older] == ([] if in_band else ["China customs"])
    assert {one.latest.counted_by: one.in_band for one in found.counts} == {
        "USDA": True,
        "China customs": in_band,
    }


def test_two_official_counts_of_one_day_both_belong_to_the_band() -> None:
    found = progress(
        TWELVE,
        "2026-02-27",
        readings("China customs", "2026-01-06 0", basis=Basis.ARRIVED, source=("customs-page",)),
        readings("USDA", "2026-01-06 4", source=("weekly",)),
        readings("trade press", "2026-02-26 10", basis=Basis.CONTRACTED),
        official=["customs-page", "weekly"],
        words=TO_FEBRUARY,
    )
    assert all(one.in_band for one in found.counts)


def test_an_old_count_is_not_fresh_because_an_official_one_is_of_the_same_day() -> None:
    found = progress(
        TWELVE,
        "2026-02-27",
        readings("China customs", "2026-01-06 0", basis=Basis.ARRIVED, source=("customs-page",)),
        readings("shippers", "2026-01-06 1", basis=Basis.SHIPPED, source=("trade-daily",)),
        readings("USDA", "2026-02-26 10.585"),
        official=["customs-page"],
        words=TO_FEBRUARY,
    )
    assert {one.latest.counted_by for one in found.counts if one.in_band} == {
        "USDA",
        "China customs",
    }


def test_after_its_day_the_band_of_a_delivery_is_judged_at_that_day() -> None:
    """Customs' 0 of January was no longer fresh by then, whatever customs says in July."""
    found = progress(
        TWELVE,
        "2026-08-01",
        readings("China customs", "2026-01-06 0", "2026-07-20 11", basis=Basis.ARRIVED),
        readings("USDA", *WEEKLY),
        words=TO_FEBRUARY,
    )
    assert found.band is not None
    assert (found.band.low, found.band.high) == (Decimal("10.585"),) * 2
    assert [(one.counted_by, one.through) for one in found.older] == [
        ("China customs", day("2026-01-06"))
    ]


def test_a_reading_in_another_unit_is_a_series_apart() -> None:
    found = progress(
        TWELVE,
        "2026-01-07",
        readings("USDA", "2025-12-15 4"),
        readings("USDA", "2026-03-06 441", unit="million bu", source=("weekly",)),
        official=["weekly"],
    )
    assert found.band is not None
    assert (found.band.low, found.band.high, found.older) == (Decimal(4), Decimal(4), ())
    bushels = next(one for one in found.counts if one.latest.unit == "million bu")
    assert pace_of(bushels, TWELVE, "2026-01-07") == Pace()
    assert (bushels.in_band, bushels.reached_on) == (False, None)
    assert found.reached_on is None


def test_readings_in_another_unit_alone_make_no_band() -> None:
    found = progress(TWELVE, "2025-12-30", readings("USDA", "2025-12-06 441", unit="million bu"))
    assert (found.band, found.older) == (None, ())
    assert [pace_of(one, TWELVE, "2025-12-30") for one in found.counts] == [Pace()]


days = st.dates(date(2025, 11, 1), date(2026, 3, 31))
values = st.decimals(0, 50, places=3, allow_nan=False)
counters = st.sampled_from(["USDA", "Chinese customs", "trade press"])
Rows = list[tuple[Decimal, date, bool, str]]
rows_of_readings = st.lists(st.tuples(values, days, st.booleans(), counters), max_size=12)


def made(rows: Rows) -> list[Entry]:
    return in_order(
        one._replace(entry=entry)
        for entry, (value, on, adds, by) in enumerate(rows, 1)
        for one in readings(by, f"{on} {value}", flow=adds)
    )


# --- properties ---------------------------------------------------------------------------------


@given(rows_of_readings, days)
def test_every_count_is_in_the_band_or_older_or_from_after_the_day(rows: Rows, as_of: date) -> None:
    found = progress_of(judged(TWELVE, as_of.isoformat()), tracks_of(made(rows)))
    inside = [one.series for one in found.counts if one.in_band]
    outside = [one.series for one in found.counts if not one.in_band and one.series]
    assert list(found.older) == outside
    assert (found.band is None) == (not inside)
    if found.band:
        delivered = [one.value for one in inside if one]
        assert (found.band.low, found.band.high) == (min(delivered), max(delivered))
        assert found.band.percent_low == percent(min(delivered), Decimal(12))
        assert found.band.percent_high == percent(max(delivered), Decimal(12))
        assert isinstance(found.band.percent_low, Percent)


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
    found = pace(position, series, day("2026-01-06"))
    assert (found.left == 0) is reaches(position, series)
    assert found.left is not None
    assert found.left >= 0

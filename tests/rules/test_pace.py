from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.facts import Deadline, Move, Reading
from tracker.rules.deadlines import DeadlinePosition, judge
from tracker.rules.pace import band, due_by, pace, percent, series_of
from tracker.vocabulary import Basis, DeadlineKind, Precision


def delivery(
    target: str | None, opens_on: date | None, due_on: date, unit: str = "MMT"
) -> Deadline:
    return Deadline(
        slug="soybeans-2025",
        agreement="busan-truce",
        concession="soybeans",
        kind=DeadlineKind.DELIVERY,
        label="Soybeans bought",
        opens_on=opens_on,
        due_on=Period(due_on, Precision.DAY),
        target=Decimal(target) if target else None,
        unit=unit if target else None,
        source="fact-sheet",
    )


def reading(
    entry: int,
    value: str,
    on: date,
    flow: bool = False,
    by: str = "USDA",
    basis: Basis = Basis.SOLD,
) -> Reading:
    return Reading(entry, "soybeans-2025", by, basis, Decimal(value), "MMT", flow, on, None)


def position(deadline: Deadline, as_of: date, *moves: Move) -> DeadlinePosition:
    return judge(deadline, moves, (), as_of)


def moved(entry: int, due_on: date, on: date) -> Move:
    period = Period(due_on, Precision.DAY)
    return Move(entry, "soybeans-2025", period, None, None, on, "us", None)


TWELVE = delivery("12", date(2025, 11, 1), date(2025, 12, 31))
TO_FEBRUARY = moved(1, date(2026, 2, 28), date(2025, 12, 3))


def test_phase_one_by_hand() -> None:
    """33.4 a year with 17.5 through October 2020: 52.4 % of target, 62.9 % of what was due."""
    year = delivery("33.4", date(2020, 1, 1), date(2020, 12, 31), "USD bn")
    through = date(2020, 10, 31)
    (series,) = series_of([reading(1, "17.5", through)])

    found = pace(position(year, through), series, through)

    assert found.percent_of_target == Decimal("52.4")
    assert found.percent_of_due == Decimal("62.9")
    assert found.due_by_then == Decimal("27.833")


def test_the_soybean_counts_of_early_january_stand_side_by_side() -> None:
    counted = series_of(
        [
            reading(1, "0", date(2026, 1, 6), by="Chinese customs", basis=Basis.ARRIVED),
            reading(2, "4", date(2026, 1, 6)),
            reading(3, "8.5", date(2026, 1, 6), by="trade press, low", basis=Basis.CONTRACTED),
            reading(4, "10", date(2026, 1, 6), by="trade press, high", basis=Basis.CONTRACTED),
        ]
    )
    now = date(2026, 1, 7)
    current = position(TWELVE, now, TO_FEBRUARY)

    assert [(one.basis, one.delivered) for one in counted] == [
        (Basis.CONTRACTED, Decimal(10)),
        (Basis.CONTRACTED, Decimal("8.5")),
        (Basis.SOLD, Decimal(4)),
        (Basis.ARRIVED, Decimal(0)),
    ]
    assert band(current, counted) == (Decimal(0), Decimal(10), Decimal("0.0"), Decimal("83.3"))
    by_usda = pace(current, counted[2], now)
    assert by_usda.left == Decimal(8)
    assert by_usda.needed_per_week == Decimal("1.077")  # 8 in the 52 days to 28 February


def test_without_a_reading_there_is_no_band_and_never_a_zero() -> None:
    assert series_of([]) == []
    assert band(position(TWELVE, date(2026, 1, 7)), []) is None


def test_a_flow_counts_only_after_the_latest_total_before_it() -> None:
    (series,) = series_of(
        [
            reading(1, "1", date(2025, 11, 10), flow=True),
            reading(2, "4", date(2025, 12, 1)),
            reading(3, "0.5", date(2025, 12, 1), flow=True),
            reading(4, "0.7", date(2025, 12, 8), flow=True),
            reading(5, "0.3", date(2025, 12, 15), flow=True),
        ]
    )

    assert (series.delivered, series.through) == (Decimal("5.0"), date(2025, 12, 15))


def test_flows_alone_add_up_and_a_cancelled_sale_takes_away() -> None:
    (series,) = series_of(
        [
            reading(1, "1.20", date(2025, 11, 10), flow=True),
            reading(2, "-0.20", date(2025, 11, 17), flow=True),
        ]
    )

    assert series.delivered == Decimal("1.00")


def test_of_two_totals_of_one_day_the_restated_one_counts() -> None:
    (series,) = series_of([reading(9, "5", date(2026, 1, 6)), reading(4, "4", date(2026, 1, 6))])

    assert series.delivered == Decimal(5)


def test_a_target_that_goes_down_is_measured_like_one_that_goes_up() -> None:
    """A tariff cut by ten points: half of it is 50 %, and more than all leaves nothing."""
    cut = delivery("-10", None, date(2026, 11, 10), "points")
    now = date(2026, 1, 7)
    half = series_of([reading(1, "-5", now)])[0]
    more = series_of([reading(1, "-12", now)])[0]

    found = pace(position(cut, now), half, now)

    assert (found.percent_of_target, found.left) == (Decimal("50.0"), Decimal(-5))
    assert pace(position(cut, now), more, now).left == Decimal(0)


def test_a_percentage_target_is_a_quantity_like_any_other() -> None:
    share = delivery("80", None, date(2026, 11, 10), "%")
    now = date(2026, 1, 7)
    (series,) = series_of([reading(1, "40", now)])

    assert pace(position(share, now), series, now).percent_of_target == Decimal("50.0")


def test_a_window_that_does_not_say_when_it_opens_is_not_pro_rated() -> None:
    now = date(2026, 1, 7)
    (series,) = series_of([reading(1, "4", now)])

    found = pace(position(delivery("12", None, date(2026, 2, 28)), now), series, now)

    assert (found.due_by_then, found.percent_of_due, found.due_now) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2025, 10, 31), "0.000"),
        (date(2025, 11, 1), "0.197"),  # one day of 61
        (date(2025, 12, 31), "12.000"),
        (date(2026, 6, 1), "12.000"),
    ],
)
def test_what_is_due_keeps_within_the_window(day: date, due: str) -> None:
    assert due_by(position(TWELVE, day), day) == Decimal(due)


def test_after_the_last_day_no_weekly_need_is_left_to_tell() -> None:
    now = date(2026, 1, 7)
    (series,) = series_of([reading(1, "4", now)])

    assert pace(position(TWELVE, now), series, now).needed_per_week is None


def test_extreme_quantities_are_not_rounded_before_their_last_step() -> None:
    huge = [reading(n, "999999999999999999.999999999", date(2026, 1, n), True) for n in range(1, 9)]

    (series,) = series_of(huge)

    assert series.delivered == Decimal("7999999999999999999.999999992")
    assert percent(Decimal(10) ** 18, Decimal("0.000000001")) == Decimal(10) ** 29


days = st.dates(date(2025, 11, 1), date(2026, 3, 31))
values = st.decimals(0, 50, places=3, allow_nan=False)
counters = st.sampled_from(["USDA", "Chinese customs", "trade press"])
readings = st.lists(st.tuples(values, days, st.booleans(), counters), max_size=12)


@given(readings, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_insertion_does_not_matter(
    rows: list[tuple[Decimal, date, bool, str]], random: Random
) -> None:
    of_one_day_once = {(on, by, flow): value for value, on, flow, by in rows}
    made = [
        reading(entry, str(value), on, flow, by)
        for entry, ((on, by, flow), value) in enumerate(of_one_day_once.items(), 1)
    ]
    shuffled = [
        one._replace(entry=entry) for entry, one in enumerate(random.sample(made, len(made)), 1)
    ]

    first = {(one.counted_by, one.delivered, one.through) for one in series_of(made)}
    assert {(one.counted_by, one.delivered, one.through) for one in series_of(shuffled)} == first


@given(readings)
@settings(max_examples=200)
def test_the_band_contains_every_series(rows: list[tuple[Decimal, date, bool, str]]) -> None:
    counted = series_of(
        reading(entry, str(value), on, flow, by)
        for entry, (value, on, flow, by) in enumerate(rows, 1)
    )
    found = band(position(TWELVE, date(2026, 1, 7)), counted)

    if found is None:
        assert not counted
    else:
        shares = [percent(one.delivered, Decimal(12)) for one in counted]
        assert (found.percent_low, found.percent_high) == (min(shares), max(shares))


@given(st.integers(1, 400), st.data())
@settings(max_examples=200)
def test_a_flat_target_is_due_in_proportion_to_its_days(window: int, data: st.DataObject) -> None:
    opens_on = date(2025, 11, 1)
    elapsed = data.draw(st.integers(1, window))
    flat = delivery("12", opens_on, opens_on + timedelta(days=window - 1))

    due = due_by(position(flat, opens_on), opens_on + timedelta(days=elapsed - 1))

    assert due is not None
    assert abs(due - Decimal(12) * elapsed / window) <= Decimal("0.0005")


@given(st.lists(st.integers(-30, 90), min_size=1, max_size=6))
@settings(max_examples=100)
def test_a_slip_is_the_sum_of_its_moves(steps: list[int]) -> None:
    due_on, moves = date(2025, 12, 31), []
    for entry, step in enumerate(steps, 1):
        due_on += timedelta(days=step)
        moves.append(moved(entry, due_on, date(2025, 12, entry)))

    assert position(TWELVE, date(2026, 1, 7), *moves).slip_days == sum(steps)

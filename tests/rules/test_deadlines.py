from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.dates import Period, parse_period
from tracker.facts import Closing, Deadline, Move
from tracker.rules.deadlines import (
    DeadlinePosition,
    first_day_to_miss,
    first_missable,
    judge,
    measured_of,
    next_of,
)
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Outcome, Precision

TWELVE_MMT = Deadline(
    slug="soybeans-2025",
    agreement="busan-2025",
    concession="soybeans",
    kind=DeadlineKind.DELIVERY,
    label="12 MMT of soybeans",
    opens_on=date(2025, 11, 1),
    due_on=parse_period("2025-12-31"),
    target=Decimal(12),
    unit="MMT",
    source="fact-sheet",
)
TRUCE_YEAR = TWELVE_MMT._replace(
    slug="truce-year",
    concession=None,
    kind=DeadlineKind.EXPIRY,
    label="One-year truce ends",
    opens_on=None,
    due_on=parse_period("2026-11-10"),
    target=None,
    unit=None,
)
APEC = TRUCE_YEAR._replace(
    slug="apec-2026", kind=DeadlineKind.MEETING, due_on=parse_period("2026-11-18")
)

many = settings(max_examples=80)
days = st.dates(date(2025, 11, 1), date(2026, 4, 30))


def move(
    entry: int, due_on: str, announced_on: date, target: str | None = None, unit: str | None = None
) -> Move:
    restated = Decimal(target) if target else None
    return Move(
        entry, "soybeans-2025", parse_period(due_on), restated, unit, announced_on, "us", None
    )


def closing(entry: int, outcome: Outcome, on: date) -> Closing:
    return Closing(entry, "soybeans-2025", outcome, on, "usda")


TO_JANUARY = move(11, "2026-01", date(2025, 12, 10))
TO_END_OF_FEBRUARY = move(12, "2026-02-28", date(2026, 1, 5))


def judged(
    as_of: date, moves: tuple[Move, ...] = (), closings: tuple[Closing, ...] = ()
) -> DeadlinePosition:
    return judge(TWELVE_MMT, moves, closings, as_of)


@st.composite
def some_moves(draw: st.DrawFn) -> list[Move]:
    entries = draw(st.lists(st.integers(1, 99), unique=True, max_size=5))
    targets = st.sampled_from([None, "10", "25"])
    return [
        move(entry, draw(days).isoformat(), draw(days), draw(targets), "MMT") for entry in entries
    ]


@st.composite
def some_closings(draw: st.DrawFn) -> list[Closing]:
    entries = draw(st.lists(st.integers(100, 199), unique=True, max_size=3))
    return [closing(entry, draw(st.sampled_from(Outcome)), draw(days)) for entry in entries]


# --- one deadline ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "verdict", "days_left"),
    [
        (date(2025, 11, 1), DeadlineVerdict.OPEN, 60),
        (date(2025, 12, 31), DeadlineVerdict.OPEN, 0),
        (date(2026, 1, 1), DeadlineVerdict.OVERDUE, -1),
    ],
)
def test_a_deadline_is_open_through_its_day_and_then_overdue(
    as_of: date, verdict: DeadlineVerdict, days_left: int
) -> None:
    found = judged(as_of)
    assert (found.verdict, found.verdict_original) == (verdict, verdict)
    assert (found.days_left, found.slip_days, found.closed) == (days_left, 0, False)
    assert found.overdue == (verdict is DeadlineVerdict.OVERDUE)


def test_the_soybean_deadline_slips_from_december_to_january_to_the_end_of_february() -> None:
    found = judged(date(2026, 1, 8), (TO_END_OF_FEBRUARY, TO_JANUARY))
    assert str(found.due_on) == "2026-02-28"
    assert (found.slip_days, found.days_left) == (59, 51)
    assert found.moves == (TO_JANUARY, TO_END_OF_FEBRUARY)
    assert found.verdict_original is DeadlineVerdict.MISSED
    assert found.verdict is DeadlineVerdict.OPEN


def test_a_deadline_put_off_in_time_has_not_missed_its_first_day_before_that_day() -> None:
    found = judged(date(2025, 12, 31), (TO_JANUARY,))
    assert found.verdict_original is DeadlineVerdict.OPEN


def test_a_deadline_brought_forward_slips_backwards() -> None:
    found = judged(date(2025, 12, 20), (move(11, "2025-12-15", date(2025, 12, 1)),))
    assert (found.slip_days, found.days_left) == (-16, -5)
    assert found.verdict is DeadlineVerdict.OVERDUE
    assert found.verdict_original is DeadlineVerdict.OPEN


def test_a_month_is_overdue_only_when_its_last_day_is_over() -> None:
    moves = (TO_JANUARY,)
    assert judged(date(2026, 1, 31), moves).verdict is DeadlineVerdict.OPEN
    assert judged(date(2026, 2, 1), moves).verdict is DeadlineVerdict.OVERDUE


@pytest.mark.parametrize(
    ("outcome", "on", "original", "current"),
    [
        (Outcome.MET, date(2025, 12, 31), "met", "met"),
        (Outcome.MET, date(2026, 2, 28), "missed", "met"),
        (Outcome.MET, date(2026, 3, 1), "missed", "missed"),
        (Outcome.MISSED, date(2026, 3, 1), "missed", "missed"),
        (Outcome.CANCELLED, date(2026, 1, 15), "cancelled", "cancelled"),
    ],
)
def test_delivery_is_judged_against_the_original_and_the_current_day(
    outcome: Outcome, on: date, original: str, current: str
) -> None:
    found = judged(date(2026, 3, 5), (TO_END_OF_FEBRUARY,), (closing(20, outcome, on),))
    assert (found.verdict_original, found.verdict) == (original, current)
    assert (found.closed, found.outcome_on, found.overdue) == (True, on, False)


def test_of_two_closings_the_later_one_counts() -> None:
    closings = (
        closing(21, Outcome.MISSED, date(2026, 1, 2)),
        closing(20, Outcome.MET, date(2025, 12, 31)),
    )
    assert judged(date(2026, 1, 8), (), closings).verdict is DeadlineVerdict.MISSED


@pytest.mark.parametrize(
    ("moves", "target", "unit"),
    [
        ((), "12", "MMT"),
        ((TO_JANUARY,), "12", "MMT"),
        ((move(11, "2026-01", date(2025, 12, 10), "10", "MMT"), TO_END_OF_FEBRUARY), "10", "MMT"),
        ((move(11, "2026-01", date(2025, 12, 10), "441", "million bu"),), "441", "million bu"),
        ((move(11, "2026-01", date(2025, 12, 10), "10"),), "10", "MMT"),
    ],
)
def test_a_target_stays_until_a_move_restates_it(
    moves: tuple[Move, ...], target: str, unit: str
) -> None:
    found = judged(date(2026, 1, 8), moves)
    assert (found.target, found.unit) == (Decimal(target), unit)


@many
@given(some_moves(), some_closings(), days, st.randoms(use_true_random=False))
def test_the_order_in_which_moves_and_closings_come_does_not_matter(
    moves: list[Move], closings: list[Closing], as_of: date, random: Random
) -> None:
    found = judge(TWELVE_MMT, moves, closings, as_of)
    random.shuffle(moves)
    random.shuffle(closings)
    assert judge(TWELVE_MMT, moves, closings, as_of) == found


@many
@given(some_moves(), some_closings(), days)
def test_the_numbers_of_a_position_agree_with_its_days(
    moves: list[Move], closings: list[Closing], as_of: date
) -> None:
    found = judge(TWELVE_MMT, moves, closings, as_of)
    assert as_of + timedelta(days=found.days_left) == found.due_on.last
    assert date(2025, 12, 31) + timedelta(days=found.slip_days) == found.due_on.last
    assert found.closed == bool(closings)
    assert found.overdue == (not closings and found.days_left < 0)


@many
@given(some_moves(), days)
def test_an_open_deadline_is_never_called_met(moves: list[Move], as_of: date) -> None:
    found = judge(TWELVE_MMT, moves, [], as_of)
    assert {found.verdict, found.verdict_original} <= {"open", "overdue", "missed"}
    assert found.verdict is not DeadlineVerdict.MISSED


# --- the next one, and the first that can be missed -------------------------------------------


def own(slug: str, due_on: str, kind: DeadlineKind = DeadlineKind.DELIVERY) -> Deadline:
    return TWELVE_MMT._replace(slug=slug, due_on=parse_period(due_on), kind=kind)


def positions(*deadlines: Deadline, closed: str = "") -> list[DeadlinePosition]:
    as_of = date(2026, 1, 8)
    return [
        judge(one, [], [closing(9, Outcome.MET, as_of)] if one.slug == closed else [], as_of)
        for one in deadlines
    ]


def slug_of(position: DeadlinePosition | None) -> str | None:
    return position.deadline.slug if position else None


OVERDUE, OLDER = own("soybeans-2025", "2025-12-31"), own("soybeans-november", "2025-11-30")
NEAR, FAR = own("soybeans-2026", "2026-12-31"), own("soybeans-2028", "2028")


@pytest.mark.parametrize(
    ("own_ones", "of_agreement", "closed", "slug"),
    [
        ((), (), "", None),
        ((FAR, NEAR), (TRUCE_YEAR,), "", "soybeans-2026"),
        ((OVERDUE, NEAR), (TRUCE_YEAR,), "", "soybeans-2026"),
        ((OLDER, OVERDUE), (TRUCE_YEAR,), "", "soybeans-2025"),
        ((NEAR, FAR), (TRUCE_YEAR,), "soybeans-2026", "soybeans-2028"),
        ((NEAR,), (TRUCE_YEAR,), "soybeans-2026", "truce-year"),
        ((), (APEC,), "", None),
        ((), (APEC, TRUCE_YEAR), "", "truce-year"),
        ((), (TRUCE_YEAR,), "truce-year", None),
    ],
)
def test_a_concession_faces_its_own_deadline_next_and_then_the_end_of_the_truce(
    own_ones: tuple[Deadline, ...],
    of_agreement: tuple[Deadline, ...],
    closed: str,
    slug: str | None,
) -> None:
    found = next_of(positions(*own_ones, closed=closed), positions(*of_agreement, closed=closed))
    assert slug_of(found) == slug


REVIEW = own("soybeans-review", "2026-01-31", DeadlineKind.REVIEW)
OWN_END = own("soybeans-waiver", "2026-06-30", DeadlineKind.EXPIRY)


@pytest.mark.parametrize(
    ("deadlines", "slug"),
    [
        ((), None),
        ((REVIEW, APEC), None),
        ((FAR, NEAR, TRUCE_YEAR), "soybeans-2026"),
        ((NEAR, OWN_END, TRUCE_YEAR), "soybeans-2026"),
        ((REVIEW, TRUCE_YEAR, OWN_END), "soybeans-waiver"),
        ((REVIEW, TRUCE_YEAR), "truce-year"),
        ((NEAR._replace(concession="rare-earths"), TRUCE_YEAR), "truce-year"),
        ((TRUCE_YEAR._replace(agreement="phase-one"),), None),
    ],
)
def test_a_concession_can_miss_its_deliveries_or_without_any_an_end_of_term(
    deadlines: tuple[Deadline, ...], slug: str | None
) -> None:
    assert slug_of(first_missable("soybeans", "busan-2025", positions(*deadlines))) == slug


@pytest.mark.parametrize(
    ("moved_to", "first"),
    [("2026-02-28", date(2025, 12, 31)), ("2025-12-15", date(2025, 12, 15))],
)
def test_a_deadline_can_first_be_missed_on_the_earlier_of_its_days(
    moved_to: str, first: date
) -> None:
    found = judged(date(2026, 1, 8), (move(11, moved_to, date(2025, 12, 10)),))
    assert first_day_to_miss(found) == first


@many
@given(
    st.lists(days, max_size=6),
    st.lists(days, max_size=3),
    st.randoms(use_true_random=False),
)
def test_the_next_deadline_does_not_depend_on_the_order_of_declaration(
    deliveries: list[date], terms: list[date], random: Random
) -> None:
    faced = positions(
        *(
            TWELVE_MMT._replace(slug=f"soybeans-{number}", due_on=Period(day, Precision.DAY))
            for number, day in enumerate(deliveries)
        )
    )
    ends = positions(
        *(
            TRUCE_YEAR._replace(slug=f"truce-{number}", due_on=Period(day, Precision.DAY))
            for number, day in enumerate(terms)
        )
    )
    found = slug_of(next_of(faced, ends))
    random.shuffle(faced)
    random.shuffle(ends)
    assert slug_of(next_of(faced, ends)) == found


@pytest.mark.parametrize("as_of", [date(2025, 12, 1), date(2026, 1, 8)])
@pytest.mark.parametrize("counted", ["by-customs", "by-usda"])
def test_of_two_targets_due_on_one_day_the_counted_one_is_measured(
    as_of: date, counted: str
) -> None:
    due = [
        judge(TWELVE_MMT._replace(slug=slug), (), (), as_of) for slug in ("by-usda", "by-customs")
    ]
    earlier = judge(
        TWELVE_MMT._replace(slug="half", due_on=parse_period("2025-11-30")), (), (), as_of
    )

    assert slug_of(measured_of([earlier, *due], {counted, "half"})) == counted

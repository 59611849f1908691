from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.making import (
    CEILING,
    MEETING,
    REVIEW,
    TRUCE,
    TWELVE_MMT,
    WAITING,
    WAITING_CEILING,
    closing,
    dated,
    day,
    days_said,
    delivery,
    expiry,
    judged,
    limit,
    move,
    moves,
    row,
    some_moves,
    truce_end,
    winter_days,
)
from tracker.dates import Period, parse_period
from tracker.entry import Entry
from tracker.rules.deadlines import (
    DeadlinePosition,
    is_due_within,
    measured_of,
    met_with_all,
    next_of,
)
from tracker.rules.stages import first_day_to_miss, last_end
from tracker.things import Deadline
from tracker.vocabulary import DeadlineKind, DeadlineVerdict, Outcome, Precision

OPENED = delivery(target=None)
FIRST_OPENED = delivery("2025-06-30", None, slug="half-opened")


no_or_some_closing = st.none() | st.builds(
    closing, st.sampled_from(Outcome), winter_days.map(date.isoformat)
)


# --- the verdicts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "verdict", "days_left"),
    [
        ("2025-11-01", DeadlineVerdict.OPEN, 60),
        ("2025-12-31", DeadlineVerdict.OPEN, 0),
        ("2026-01-01", DeadlineVerdict.OVERDUE, -1),
    ],
)
def test_a_deadline_is_open_through_its_day_and_then_overdue(
    as_of: str, verdict: DeadlineVerdict, days_left: int
) -> None:
    found = judged(TWELVE_MMT, as_of)
    assert (found.verdict, found.verdict_original) == (verdict, verdict)
    assert (found.days_left, found.slip_days, found.closed) == (days_left, 0, False)
    assert found.overdue == found.past == (verdict is DeadlineVerdict.OVERDUE)
    assert found.ahead is not found.past


def test_the_soybean_deadline_slips_from_december_to_january_to_the_end_of_february() -> None:
    to_january = move(11, None, "2026-01", day("2025-12-10"))
    to_the_end_of_february = move(12, None, "2026-02-28", day("2026-01-05"))
    found = judged(TWELVE_MMT, "2026-01-08", [to_january, to_the_end_of_february])
    assert str(found.due_on) == "2026-02-28"
    assert (found.slip_days, found.days_left) == (59, 51)
    assert [one.move for one in found.moves] == [to_january, to_the_end_of_february]
    assert (found.verdict_original, found.verdict) == ("missed", "open")


@pytest.mark.parametrize(
    ("words", "as_of", "original", "current"),
    [
        row("put off, before its first day", "- 2026-01", "2025-12-31", "open", "open"),
        row("put off, after its first day", "- 2026-01", "2026-01-01", "missed", "open"),
        row("a month's last day", "- 2026-01", "2026-01-31", "missed", "open"),
        row("a month is over", "- 2026-01", "2026-02-01", "missed", "overdue"),
        row("brought forward, between", "- 2025-12-15", "2025-12-20", "open", "overdue"),
        row("brought forward, after both", "cn 2025-12-15", "2026-01-01", "overdue", "overdue"),
        row("named but not moved", "cn 2026-01-31", "2026-01-01", "overdue", "overdue"),
    ],
)
def test_an_open_deadline_is_judged_against_its_first_and_its_current_day(
    words: str, as_of: str, original: str, current: str
) -> None:
    found = judged(TWELVE_MMT, as_of, moves(words))
    assert (found.verdict_original, found.verdict) == (original, current)


@pytest.mark.parametrize(
    ("deadline", "original_between", "original_after"),
    [
        row("a delivery", delivery("2026-06-30"), "missed", "missed"),
        row("a delivery without a target", delivery("2026-06-30", None), "missed", "missed"),
        row("an expiry", expiry("2026-06-30"), "open", "overdue"),
        row("an agreement's own expiry", truce_end("2026-06-30"), "open", "overdue"),
        row("a review", REVIEW, "open", "overdue"),
        row("a meeting", MEETING, "open", "overdue"),
    ],
)
def test_only_a_delivery_that_is_put_off_has_missed_its_first_day(
    deadline: Deadline, original_between: str, original_after: str
) -> None:
    between, after = (
        judged(deadline, as_of, moves("- 2026-09-30")) for as_of in ("2026-07-01", "2026-10-01")
    )
    assert (between.verdict_original, between.verdict) == (original_between, "open")
    assert (after.verdict_original, after.verdict) == (original_after, "overdue")
    assert (between.slip_days, after.slip_days) == (92, 92)


@pytest.mark.parametrize("kind", [one for one in DeadlineKind if one != "delivery"])
def test_what_is_no_delivery_is_overdue_against_a_day_that_nobody_moved(kind: DeadlineKind) -> None:
    found = judged(dated(kind, "2026-06-30"), "2026-07-01")
    assert (found.verdict_original, found.verdict) == ("overdue", "overdue")


@pytest.mark.parametrize(
    ("outcome", "on", "current", "late_days"),
    [
        (Outcome.MET, "2025-12-31", "met", 0),
        (Outcome.MET, "2026-02-28", "met", 0),
        (Outcome.MET, "2026-03-01", "met", 1),
        (Outcome.MET, "2026-07-09", "met", 131),
        row("in the month of its day", Outcome.MET, "2026-02", "met", 0),
        row("in a later month", Outcome.MET, "2026-03", "met", 1),
        (Outcome.MISSED, "2026-03-01", "missed", None),
        (Outcome.CANCELLED, "2026-03-15", "cancelled", None),
    ],
)
def test_a_closed_deadline_is_what_it_was_closed_as_and_met_so_many_days_late(
    outcome: Outcome, on: str, current: str, late_days: int | None
) -> None:
    found = judged(TWELVE_MMT, "2026-08-01", moves("- 2026-02-28"), closing(outcome, on))
    assert (found.verdict, found.verdict_original) == (current, current)
    assert (found.closed, str(found.outcome_on), found.overdue) == (True, on, False)
    assert found.late_days == late_days


@pytest.mark.parametrize(
    ("deadline", "met_on", "verdict", "late_days"),
    [
        row("before its day", OPENED, "2025-12-30", "met", 0),
        row("in the month of its day", OPENED, "2025-12", "met", 0),
        row("after its day", OPENED, "2026-01-05", "met", 5),
        row("after the day of the first of two", FIRST_OPENED, "2025-12-30", "overdue", None),
        row("by the day of the first of two", FIRST_OPENED, "2025-06-30", "met", 0),
        row("with a target", TWELVE_MMT, "2025-12-30", "overdue", None),
        row("a review", dated(DeadlineKind.REVIEW, "2025-12-31"), "2025-12-30", "overdue", None),
        row("a limit", CEILING, "2025-12-30", "open", None),
        row("without a day", delivery(None, None, awaits="the law"), "2025-12-30", "met", None),
    ],
)
def test_a_delivery_without_a_target_is_met_with_its_concession(
    deadline: Deadline, met_on: str, verdict: str, late_days: int | None
) -> None:
    found = judged(deadline)
    met = met_with_all(found, [found, judged(OPENED)], parse_period(met_on))
    assert (met.verdict, met.late_days) == (verdict, late_days)
    assert met.closed is (verdict == "met")


def test_what_is_closed_as_missed_is_not_met_with_its_concession() -> None:
    closed = judged(OPENED, closed=closing(Outcome.MISSED, "2026-01-02"))
    assert met_with_all(closed, [closed], parse_period("2026-01-05")) is closed


def test_what_is_open_is_not_late() -> None:
    assert judged(TWELVE_MMT, "2026-03-01").late_days is None


def test_what_was_met_without_a_day_is_not_late() -> None:
    found = judged(WAITING, closed=closing(Outcome.MET, "2026-01-05"))
    assert (found.verdict, found.late_days) == (DeadlineVerdict.MET, None)


@pytest.mark.parametrize(
    ("deadline", "words", "as_of", "original", "current"),
    [
        row("before its last day", CEILING, "", "2026-11-10", "open", "open"),
        row("after its last day", CEILING, "", "2026-11-11", "open", "open"),
        row("prolonged, after both", CEILING, "- 2026-12-31", "2027-01-01", "open", "open"),
        row("prolonged, between", CEILING, "- 2026-12-31", "2026-11-11", "open", "open"),
        row("without a last day", limit(None), "", "2030-01-01", "open", "open"),
    ],
)
def test_a_limit_is_never_overdue(
    deadline: Deadline, words: str, as_of: str, original: str, current: str
) -> None:
    found = judged(deadline, as_of, moves(words))
    assert (found.verdict_original, found.verdict) == (original, current)
    assert found.is_limit
    assert not found.is_delivery
    assert not found.overdue
    assert not found.past


@pytest.mark.parametrize(
    ("deadline", "is_delivery", "past"),
    [
        (TWELVE_MMT, True, True),
        (delivery("2026-01-08"), True, False),
        (delivery(target=None), True, True),
        (WAITING, True, False),
        (limit("2025-12-31"), False, False),
        (dated(DeadlineKind.REVIEW, "2025-12-31"), False, False),
        (expiry("2025-12-31"), False, False),
    ],
)
def test_only_a_delivery_can_be_past(deadline: Deadline, is_delivery: bool, past: bool) -> None:
    found = judged(deadline)
    assert (found.is_delivery, found.past) == (is_delivery, past)


# --- waiting ------------------------------------------------------------------------------------


def test_a_delivery_waits_for_its_last_day_and_counts_as_ahead() -> None:
    found = judged(WAITING, "2030-01-01")
    assert (found.verdict, found.verdict_original) == ("waiting", "waiting")
    assert (found.due_on, found.days_left, found.slip_days) == (None, None, 0)
    assert (found.ahead, found.overdue, found.past, found.last) == (True, False, False, date.max)


@pytest.mark.parametrize(("as_of", "verdict"), [("2026-03-31", "open"), ("2026-04-01", "overdue")])
def test_a_move_supplies_the_awaited_day_without_slip(as_of: str, verdict: str) -> None:
    found = judged(WAITING, as_of, moves("- 2026-03-31"))
    assert (str(found.due_on), found.slip_days) == ("2026-03-31", 0)
    assert (found.verdict, found.verdict_original) == (verdict, verdict)


@pytest.mark.parametrize(
    ("words", "as_of", "slip_days", "original", "current"),
    [
        row("supplied", "- 2026-03-31", "2026-03-31", 0, "open", "open"),
        row("put off, before", "- 2026-03-31, - 2026-06-30", "2026-03-31", 91, "open", "open"),
        row("put off, between", "- 2026-03-31, - 2026-06-30", "2026-04-01", 91, "missed", "open"),
        row("put off, after", "- 2026-03-31, - 2026-06-30", "2026-07-01", 91, "missed", "overdue"),
        row("put off by its receiver alone", "- 2026-03-31, us 2026-06-30", "2026-04-01", 0,
            "overdue", "overdue"),
        row("supplied and put off by both",
            "us 2026-03-31, cn 2026-03-31, us 2026-06-30, cn 2026-06-30", "2026-04-01", 91,
            "missed", "open"),
        row("the first day named is not the first supplied",
            "us 2026-02-28, cn 2026-03-31, us 2026-03-31", "2026-03-31", 0, "open", "open"),
        row("put off twice", "- 2026-03-31, - 2026-04, - 2026-06-30", "2026-05-01", 91, "missed",
            "open"),
        row("put off and back", "- 2026-03-31, - 2026-04, - 2026-03-31", "2026-04-01", 0,
            "overdue", "overdue"),
        row("brought forward", "- 2026-03-31, - 2026-03-01", "2026-03-02", -30, "open", "overdue"),
    ],
)  # fmt: skip
def test_a_supplied_day_that_is_moved_slips_against_the_first_one(
    words: str, as_of: str, slip_days: int, original: str, current: str
) -> None:
    found = judged(WAITING, as_of, moves(words))
    assert (found.slip_days, found.verdict_original, found.verdict) == (
        slip_days,
        original,
        current,
    )


@pytest.mark.parametrize("last", ["2026-11-10", None])
def test_a_limit_waits_for_its_first_day(last: str | None) -> None:
    waiting = limit(last, awaits="once the EU has proposed its law")
    before, after = judged(waiting), judged(waiting, words=moves("- 2026-08"))
    assert (before.opens_on, after.opens_on) == (None, day("2026-08-01"))
    assert (before.verdict, before.verdict_original) == ("waiting", "waiting")
    assert (after.verdict, after.verdict_original) == ("open", "open")
    due = parse_period(last) if last else None
    for one in (before, after):
        assert (one.due_on, one.original_due_on, one.slip_days) == (due, due, 0)
        assert one.days_left == (306 if last else None)


def test_a_limits_first_day_comes_once_both_sides_name_it() -> None:
    found = judged(WAITING_CEILING, words=moves("us 2026-08-01"))
    assert (found.opens_on, days_said(found)) == (None, "us 2026-08-01")
    found = judged(WAITING_CEILING, words=moves("us 2026-08-01, cn 2026-08-01"))
    assert (found.opens_on, days_said(found)) == (day("2026-08-01"), "")


def test_a_limits_first_day_once_known_is_moved_by_nobody_alone() -> None:
    for party in ("us", "cn"):
        for later in ("2026-07-01", "2026-09-01"):
            words = moves(f"- 2026-08-01, {party} {later}")
            assert judged(WAITING_CEILING, words=words).opens_on == day("2026-08-01")


def test_what_was_cancelled_while_it_waited_waits_no_more() -> None:
    found = judged(WAITING, closed=closing(Outcome.CANCELLED, "2026-01-05"))
    assert (found.verdict, found.verdict_original) == ("cancelled", "cancelled")


def test_the_window_of_a_delivery_opens_as_declared() -> None:
    assert judged(TWELVE_MMT, words=moves("- 2026-02-28")).opens_on == day("2025-11-01")


# --- properties ---------------------------------------------------------------------------------


@given(some_moves(), no_or_some_closing, winter_days)
def test_the_numbers_of_a_position_agree_with_its_days(
    words: list[Entry], closed: Entry | None, as_of: date
) -> None:
    found = judged(TWELVE_MMT, as_of.isoformat(), words, closed)
    assert found.due_on is not None
    assert found.days_left is not None
    assert as_of + timedelta(days=found.days_left) == found.due_on.last
    assert date(2025, 12, 31) + timedelta(days=found.slip_days) == found.due_on.last
    assert found.closed == (closed is not None)
    assert found.overdue == (closed is None and found.days_left < 0)


@given(some_moves(), winter_days)
def test_an_open_deadline_is_never_called_met(words: list[Entry], as_of: date) -> None:
    found = judged(TWELVE_MMT, as_of.isoformat(), words)
    assert {found.verdict, found.verdict_original} <= {"open", "overdue", "missed"}
    assert found.verdict is not DeadlineVerdict.MISSED


@given(some_moves(), winter_days)
def test_a_slip_is_the_sum_of_what_its_moves_changed(words: list[Entry], as_of: date) -> None:
    found = judged(TWELVE_MMT, as_of.isoformat(), words)
    slips = [
        judged(TWELVE_MMT, as_of.isoformat(), [one.move for one in found.moves[:count]]).slip_days
        for count in range(len(found.moves) + 1)
    ]
    for before, after, one in zip(slips, slips[1:], found.moves, strict=False):
        assert one.moves_it or after == before
    assert slips[-1] == found.slip_days


# --- the next one, and the first that can be missed ---------------------------------------------


def own(slug: str, due_on: str, kind: DeadlineKind = DeadlineKind.DELIVERY) -> Deadline:
    return delivery(due_on, slug=slug, kind=kind)


def positions(*deadlines: Deadline, closed: str = "") -> list[DeadlinePosition]:
    met = closing(Outcome.MET, "2026-01-08")
    return [judged(one, closed=met if one.slug == closed else None) for one in deadlines]


def slug_of(position: DeadlinePosition | None) -> str | None:
    return position.deadline.slug if position else None


OVERDUE, OLDER = own("soybeans-2025", "2025-12-31"), own("soybeans-november", "2025-11-30")
TODAY, TOMORROW = own("soybeans-today", "2026-01-08"), own("beef-tomorrow", "2026-01-09")
NEAR, FAR = own("soybeans-2026", "2026-12-31"), own("soybeans-2028", "2028")
ENDS = dated(DeadlineKind.EXPIRY, "2026-06-30", slug="own-end")
AWAITED = WAITING._replace(slug="soybeans-awaited")
APEC = dated(DeadlineKind.MEETING, "2026-11-18", slug="apec-2026", concession=None)
ENDED_CEILING = limit("2026-01-07", slug="ended-ceiling")
ENDING_CEILING = limit("2026-01-08", slug="ending-ceiling")
OPEN_CEILING = limit(None, slug="open-ceiling")
AWAITED_CEILING = limit(None, slug="awaited-ceiling", awaits="once the EU has proposed its law")


@pytest.mark.parametrize(
    ("own_ones", "of_agreement", "closed", "slug"),
    [
        ((), (), "", None),
        ((FAR, NEAR), (TRUCE,), "", "soybeans-2026"),
        ((OVERDUE, NEAR), (TRUCE,), "", "soybeans-2026"),
        ((OVERDUE, FAR), (TRUCE,), "", "soybeans-2028"),
        ((OLDER, OVERDUE), (TRUCE,), "", "truce-end"),
        ((OVERDUE, TODAY, NEAR), (TRUCE,), "", "soybeans-today"),
        ((TOMORROW, TODAY), (TRUCE,), "", "soybeans-today"),
        ((NEAR, FAR), (TRUCE,), "soybeans-2026", "soybeans-2028"),
        ((NEAR,), (TRUCE,), "soybeans-2026", "truce-end"),
        ((), (APEC,), "", None),
        ((), (APEC, TRUCE), "", "truce-end"),
        ((), (TRUCE,), "truce-end", None),
        ((AWAITED, FAR), (TRUCE,), "", "soybeans-2028"),
        ((OVERDUE, AWAITED), (TRUCE,), "", "soybeans-awaited"),
        ((AWAITED,), (TRUCE,), "", "soybeans-awaited"),
        ((ENDED_CEILING,), (TRUCE,), "", "truce-end"),
        ((ENDED_CEILING, OVERDUE), (TRUCE,), "", "truce-end"),
        ((ENDING_CEILING,), (TRUCE,), "", "ending-ceiling"),
        ((ENDING_CEILING,), (TRUCE,), "ending-ceiling", "truce-end"),
        ((OPEN_CEILING,), (TRUCE,), "", "truce-end"),
        ((AWAITED_CEILING,), (TRUCE,), "", "awaited-ceiling"),
        ((AWAITED_CEILING, ENDS), (TRUCE,), "", "awaited-ceiling"),
        ((AWAITED_CEILING, ENDS), (TRUCE,), "awaited-ceiling", "own-end"),
    ],
)
def test_a_concession_faces_its_own_deadline_next_and_then_the_end_of_the_truce(
    own_ones: tuple[Deadline, ...],
    of_agreement: tuple[Deadline, ...],
    closed: str,
    slug: str | None,
) -> None:
    end = last_end(positions(*of_agreement, closed=closed))
    found = next_of(positions(*own_ones, closed=closed), end)
    assert slug_of(found) == slug


@pytest.mark.parametrize(
    ("as_of", "within"),
    [("2025-12-20", False), ("2025-12-21", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_a_deadline_is_due_within_ten_days_up_to_its_day(as_of: str, within: bool) -> None:
    assert is_due_within(judged(TWELVE_MMT, as_of), 10) is within


def test_what_is_closed_or_waiting_is_not_due() -> None:
    closed = judged(TWELVE_MMT, "2025-12-30", closed=closing(Outcome.MET, "2025-12-29"))
    assert not is_due_within(closed, 10)
    assert not is_due_within(judged(WAITING), 10)


@pytest.mark.parametrize(
    ("deadline", "words", "first"),
    [
        (TWELVE_MMT, [], "2025-12-31"),
        (TWELVE_MMT, "- 2026-02-28", "2025-12-31"),
        (TWELVE_MMT, "- 2025-12-15", "2025-12-15"),
        (WAITING, [], None),
        (WAITING, "- 2026-03", "2026-03-31"),
        (WAITING, "- 2026-03, - 2026-02", "2026-02-28"),
        row("a supplied day put off", WAITING, "- 2026-03, - 2026-06-30", "2026-03-31"),
        row("put off twice", WAITING, "- 2026-03, - 2026-02, - 2026-06-30", "2026-03-31"),
    ],
)
def test_a_deadline_can_first_be_missed_on_the_earlier_of_its_days(
    deadline: Deadline, words: str, first: str | None
) -> None:
    found = first_day_to_miss(judged(deadline, words=moves(words)))
    assert found == (day(first) if first else None)


@given(
    st.lists(winter_days, max_size=6),
    st.lists(winter_days, max_size=3),
    st.randoms(use_true_random=False),
)
def test_the_next_deadline_does_not_depend_on_the_order_of_declaration(
    deliveries: Sequence[date], terms: Sequence[date], random: Random
) -> None:
    faced = positions(
        *(
            TWELVE_MMT._replace(slug=f"soybeans-{number}", due_on=Period(on, Precision.DAY))
            for number, on in enumerate(deliveries)
        )
    )
    ends = positions(
        *(
            TRUCE._replace(slug=f"truce-{number}", due_on=Period(on, Precision.DAY))
            for number, on in enumerate(terms)
        )
    )
    found = slug_of(next_of(faced, last_end(ends)))
    random.shuffle(faced)
    random.shuffle(ends)
    assert slug_of(next_of(faced, last_end(ends))) == found


# --- the target that is measured ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("own_ones", "closed", "slugs"),
    [
        ((), "", ""),
        ((REVIEW, delivery(target=None)), "", ""),
        ((OVERDUE, NEAR, FAR), "", "soybeans-2026"),
        ((OLDER, OVERDUE), "", "soybeans-2025"),
        ((OVERDUE, NEAR), "soybeans-2026", "soybeans-2025"),
        ((NEAR,), "soybeans-2026", "soybeans-2026"),
        ((REVIEW, FAR), "", "soybeans-2028"),
    ],
)
def test_progress_is_measured_against_the_next_target_or_else_the_last(
    own_ones: tuple[Deadline, ...], closed: str, slugs: str
) -> None:
    assert slugs_of(measured_of(positions(*own_ones, closed=closed))) == slugs


def slugs_of(found: Iterable[DeadlinePosition]) -> str:
    return " ".join(one.deadline.slug for one in found)


@pytest.mark.parametrize("as_of", ["2025-12-01", "2026-01-08"])
@pytest.mark.parametrize("counted", ["by-customs", "by-usda"])
@pytest.mark.parametrize("closed", [True, False])
def test_of_two_targets_due_on_one_day_both_are_measured_the_counted_one_first(
    as_of: str, counted: str, closed: bool
) -> None:
    end = closing(Outcome.MISSED, as_of) if closed else None
    due = [judged(delivery(slug=slug), as_of, closed=end) for slug in ("by-usda", "by-customs")]
    earlier = judged(delivery("2025-11-30", slug="half"), as_of, closed=end)
    other = "by-usda" if counted == "by-customs" else "by-customs"
    assert slugs_of(measured_of([earlier, *due], {counted, "half"})) == f"{counted} {other}"

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.entries import in_order
from tests.rules.making import (
    CEILING,
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
    said,
    some_moves,
    winter_days,
)
from tracker.dates import Period, parse_period
from tracker.entry import Entry
from tracker.rules.deadlines import (
    DeadlinePosition,
    is_due_within,
    measured_of,
    next_of,
    settled_by,
)
from tracker.rules.statuses import first_day_to_miss, last_end, stated_by
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
    assert found.verdict is DeadlineVerdict(verdict)
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
    assert found.verdict is DeadlineVerdict.OPEN


@pytest.mark.parametrize(
    ("words", "as_of", "verdict"),
    [
        row("put off, before its first day", "- 2026-01", "2025-12-31", "open"),
        row("put off, after its first day", "- 2026-01", "2026-01-01", "open"),
        row("a month's last day", "- 2026-01", "2026-01-31", "open"),
        row("a month is over", "- 2026-01", "2026-02-01", "overdue"),
        row("brought forward, between", "- 2025-12-15", "2025-12-20", "overdue"),
        row("brought forward, after both", "cn 2025-12-15", "2026-01-01", "overdue"),
        row("named but not moved", "cn 2026-01-31", "2026-01-01", "overdue"),
    ],
)
def test_an_open_deadline_is_judged_against_its_current_day(
    words: str, as_of: str, verdict: str
) -> None:
    found = judged(TWELVE_MMT, as_of, moves(words))
    assert found.verdict is DeadlineVerdict(verdict)


@pytest.mark.parametrize("kind", DeadlineKind)
def test_what_was_put_off_is_judged_by_its_new_day(kind: DeadlineKind) -> None:
    put_off = dated(kind, "2026-06-30")
    between, after = (
        judged(put_off, as_of, moves("- 2026-09-30")) for as_of in ("2026-07-01", "2026-10-01")
    )
    over = "ended" if kind is DeadlineKind.EXPIRY else "overdue"
    assert (between.verdict, after.verdict) == ("open", over)
    assert (between.slip_days, after.slip_days) == (92, 92)


@pytest.mark.parametrize(
    ("outcome", "on", "verdict", "late", "late_first"),
    [
        (Outcome.MET, "2025-12-31", "met", 0, 0),
        (Outcome.MET, "2026-02-28", "met", 0, 59),
        (Outcome.MET, "2026-03-01", "met", 1, 60),
        (Outcome.MET, "2026-07-09", "met", 131, 190),
        row("in the month of its day", Outcome.MET, "2026-02", "met", 0, 32),
        row("in a later month", Outcome.MET, "2026-03", "met", 1, 60),
        (Outcome.MISSED, "2026-03-01", "missed", None, None),
        (Outcome.CANCELLED, "2026-03-15", "cancelled", None, None),
    ],
)
def test_a_deadline_is_what_it_was_settled_as_and_met_so_many_days_late(
    outcome: Outcome, on: str, verdict: str, late: int | None, late_first: int | None
) -> None:
    found = judged(TWELVE_MMT, "2026-08-01", moves("- 2026-02-28"), closing(outcome, on))
    assert found.verdict is DeadlineVerdict(verdict)
    assert (found.closed, str(found.outcome_on), found.overdue) == (True, on, False)
    assert (found.late_days, found.late_days_first) == (late, late_first)


@pytest.mark.parametrize(
    ("words", "on", "late"),
    [
        row("never moved", "", "2026-01-31", 31),
        row("moved before it was delivered", "- 2026-01-15", "2026-01-31", 16),
        row("moved after it was delivered", "- 2026-02-28", "2025-11-30", 0),
        row("moved after it was late", "- 2025-12-01, - 2026-02-28", "2025-12-01", 0),
    ],
)
def test_lateness_is_against_the_day_in_force_when_it_was_delivered(
    words: str, on: str, late: int
) -> None:
    found = judged(TWELVE_MMT, "2026-08-01", moves(words), closing(Outcome.MET, on))
    assert found.late_days == late


def test_a_day_moved_after_the_delivery_does_not_make_it_timely() -> None:
    later = move(1, None, "2026-02-28", day("2026-02-05"))
    found = judged(TWELVE_MMT, "2026-08-01", [later], closing(Outcome.MET, "2026-01-31"))
    assert (str(found.due_on), found.late_days, found.late_days_first) == ("2026-02-28", 31, 31)


@pytest.mark.parametrize(
    ("words", "closings", "settles"),
    [
        row("nothing", "", "", ""),
        row("what settles nothing", "- started 2, - broken 5, - stalled 6", "", ""),
        row("kept", "- partly 2, - kept 5", "", "kept 2026-01-05"),
        row("the first kept, for good", "- kept 5, - broken 7, - kept 9", "", "kept 2026-01-05"),
        row("missed", "- missed 5", "", "missed 2026-01-05"),
        row("the latest missed", "- missed 5, - missed 8", "", "missed 2026-01-08"),
        row("missed, then kept", "- missed 5, - kept 9", "", "kept 2026-01-09"),
        row("kept, then missed", "- kept 5, - missed 9", "", "kept 2026-01-05"),
        row("overtaken", "- missed 5, - overtaken 9", "", "overtaken 2026-01-09"),
        row("overtaken, then kept", "- overtaken 5, - kept 9", "", "kept 2026-01-09"),
        row("closed", "", "missed 7", "missed 2026-01-07"),
        row("closed after the verdict", "- kept 5", "missed 7", "missed 2026-01-07"),
        row("closed before the verdict", "- kept 9", "missed 7", "kept 2026-01-09"),
        row("closed between", "- missed 5, - kept 9", "cancelled 7", "kept 2026-01-09"),
        row("closed, then a verdict that settles nothing", "- broken 9", "met 7",
            "met 2026-01-07"),
    ],
)  # fmt: skip
def test_the_first_verdict_of_kept_settles_a_delivery_before_it_the_latest(
    words: str, closings: str, settles: str
) -> None:
    closed = []
    if closings:
        outcome, on = closings.split()
        closed = [closing(Outcome(outcome), f"2026-01-{int(on):02}")]
    settled = settled_by(in_order([*said(words), *closed]))
    word = settled and f"{settled.outcome or stated_by(settled)} {settled.effective_on}"
    assert (word or "") == settles


def test_what_is_open_is_not_late() -> None:
    assert judged(TWELVE_MMT, "2026-03-01").late_days is None


def test_what_was_met_without_a_day_is_not_late() -> None:
    found = judged(WAITING, closed=closing(Outcome.MET, "2026-01-05"))
    assert (found.verdict, found.late_days) == (DeadlineVerdict.MET, None)


@pytest.mark.parametrize(
    ("deadline", "words", "as_of"),
    [
        row("before its last day", CEILING, "", "2026-11-10"),
        row("after its last day", CEILING, "", "2026-11-11"),
        row("prolonged, after both", CEILING, "- 2026-12-31", "2027-01-01"),
        row("prolonged, between", CEILING, "- 2026-12-31", "2026-11-11"),
        row("without a last day", limit(None), "", "2030-01-01"),
    ],
)
def test_a_limit_is_never_overdue(deadline: Deadline, words: str, as_of: str) -> None:
    found = judged(deadline, as_of, moves(words))
    assert found.verdict is DeadlineVerdict.OPEN
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
    assert found.verdict is DeadlineVerdict("waiting")
    assert (found.due_on, found.days_left, found.slip_days) == (None, None, 0)
    assert (found.ahead, found.overdue, found.past, found.last) == (True, False, False, date.max)


@pytest.mark.parametrize(("as_of", "verdict"), [("2026-03-31", "open"), ("2026-04-01", "overdue")])
def test_a_move_supplies_the_awaited_day_without_slip(as_of: str, verdict: str) -> None:
    found = judged(WAITING, as_of, moves("- 2026-03-31"))
    assert (str(found.due_on), found.slip_days) == ("2026-03-31", 0)
    assert found.verdict is DeadlineVerdict(verdict)


@pytest.mark.parametrize(
    ("words", "as_of", "slip_days", "verdict"),
    [
        row("supplied", "- 2026-03-31", "2026-03-31", 0, "open"),
        row("put off, before", "- 2026-03-31, - 2026-06-30", "2026-03-31", 91, "open"),
        row("put off, between", "- 2026-03-31, - 2026-06-30", "2026-04-01", 91, "open"),
        row("put off, after", "- 2026-03-31, - 2026-06-30", "2026-07-01", 91, "overdue"),
        row("put off by its receiver alone", "- 2026-03-31, us 2026-06-30", "2026-04-01", 0,
            "overdue"),
        row("supplied and put off by both",
            "us 2026-03-31, cn 2026-03-31, us 2026-06-30, cn 2026-06-30", "2026-04-01", 91, "open"),
        row("the first day named is not the first supplied",
            "us 2026-02-28, cn 2026-03-31, us 2026-03-31", "2026-03-31", 0, "open"),
        row("put off twice", "- 2026-03-31, - 2026-04, - 2026-06-30", "2026-05-01", 91, "open"),
        row("put off and back", "- 2026-03-31, - 2026-04, - 2026-03-31", "2026-04-01", 0,
            "overdue"),
        row("brought forward", "- 2026-03-31, - 2026-03-01", "2026-03-02", -30, "overdue"),
    ],
)  # fmt: skip
def test_a_supplied_day_that_is_moved_slips_against_the_first_one(
    words: str, as_of: str, slip_days: int, verdict: str
) -> None:
    found = judged(WAITING, as_of, moves(words))
    assert (found.slip_days, found.verdict) == (slip_days, verdict)


@pytest.mark.parametrize("last", ["2026-11-10", None])
def test_a_limit_waits_for_its_first_day(last: str | None) -> None:
    waiting = limit(last, awaits="once the EU has proposed its law")
    before, after = judged(waiting), judged(waiting, words=moves("- 2026-08"))
    assert (before.opens_on, after.opens_on) == (None, day("2026-08-01"))
    assert before.verdict is DeadlineVerdict("waiting")
    assert after.verdict is DeadlineVerdict("open")
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
    assert found.verdict is DeadlineVerdict("cancelled")


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
    assert found.verdict in ("open", "overdue")


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

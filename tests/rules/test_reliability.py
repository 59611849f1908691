"""How promises turn out, and how long it takes; lifelines checks the estimates."""

from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.making import (
    concession,
    day,
    delivery,
    expiry,
    judged,
    marks,
    moves,
    row,
    sides,
)
from tracker.dates import exactly
from tracker.rules import stages
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.reliability import YEARS, Kept, Result, kept, survival, tally
from tracker.rules.terms import Term, term_of

PROMISED = day("2025-11-01")
TODAY = "2026-11-25"
YEAR_END = judged(delivery("2025-12-31"), TODAY)
MID_MONTH = judged(delivery("2025-12-15"), TODAY)
AHEAD = judged(delivery("2028-12-31"), TODAY)
PUT_OFF = judged(delivery("2025-12-31"), TODAY, moves("- 2026-06-30"))
SUPPLIED = judged(delivery(None, awaits="x"), TODAY, moves("- 2025-12-31"))
SUPPLIED_PUT_OFF = judged(delivery(None, awaits="x"), TODAY, moves("- 2025-12-31, - 2026-06-30"))
RUN_OUT = judged(expiry("2026-11-10"), TODAY)
RUNS = judged(expiry("2027-11-10"), TODAY)


def became(words: str, *own: DeadlinePosition) -> Kept:
    """Return how a promise turned out after some claims and verdicts."""
    promise = concession()
    term: Term = term_of(promise, own, ())
    told = marks(words)
    verdicts, claims = [m for m in told if m.says is None], [m for m in told if m.says]
    found = stages.position(promise, exactly(PROMISED), sides(), verdicts, claims, term, day(TODAY))
    return kept(found, PROMISED, own, day(TODAY))


@pytest.mark.parametrize(
    ("words", "own", "result", "due", "late_days"),
    [
        row("met by its day", "- met 2025-12-30", (YEAR_END,), Result.ON_TIME, True, 0),
        row("met on its day", "- met 2025-12-31", (YEAR_END,), Result.ON_TIME, True, 0),
        row("met after it", "- met 2026-07-09", (YEAR_END,), Result.LATE, True, 190),
        row("met after its first day", "- met 2026-05-01", (PUT_OFF,), Result.LATE, True, 121),
        row("met after a supplied day", "- met 2026-05-01", (SUPPLIED,), Result.LATE, True, 121),
        row("met after the first supplied day", "- met 2026-05-01", (SUPPLIED_PUT_OFF,),
            Result.LATE, True, 121),
        row("met by its day, and said so again by both sides",
            "cn met 2025-12-29, us met 2025-12-30, cn met 2026-06-01, us met 2026-06-02",
            (YEAR_END,), Result.ON_TIME, True, 0),
        row("met in the month of its day", "- met 2025-12", (MID_MONTH,), Result.ON_TIME, True, 0),
        row("met in a later month", "- met 2026-01", (MID_MONTH,), Result.LATE, True, 17),
        row("met in the month of its day, say both", "cn met 2025-12, us met 2025-12",
            (MID_MONTH,), Result.ON_TIME, True, 0),
        row("met without a day", "- met 2026-07-09", (), Result.ON_TIME, True, None),
        row("met before a day ahead", "- met 2026-07-09", (AHEAD,), Result.ON_TIME, True, 0),
        row("in part after its day", "- partial 2025-12-30", (YEAR_END,), Result.IN_PART, True,
            None),
        row("in part before it", "- partial 2025-12-30", (AHEAD,), Result.OPEN, False, None),
        row("announced, its day passed", "", (YEAR_END,), Result.OPEN, True, None),
        row("announced, its day ahead", "", (AHEAD,), Result.OPEN, False, None),
        row("announced without a day", "", (), Result.OPEN, False, None),
        row("missed", "- missed 2026-01-02", (YEAR_END,), Result.LOST, True, None),
        row("broken before its day", "- broken 2026-01-02", (AHEAD,), Result.LOST, True, None),
        row("taken back", "- reversed 2026-01-02", (), Result.LOST, True, None),
        row("void", "- moot 2026-01-02", (YEAR_END,), Result.VOID, False, None),
        row("kept up so far", "- met 2025-11-10", (RUNS,), Result.OPEN, False, None),
        row("kept to its end", "- met 2026-11-11", (RUN_OUT,), Result.ON_TIME, True, None),
        row("met by its day, then lapsed", "- met 2025-12-30, - lapsed 2026-04-20", (YEAR_END,),
            Result.ON_TIME, True, 0),
        row("met by its day, said so again after it, then lapsed",
            "- met 2025-12-30, - met 2026-02-01, - lapsed 2026-04-20", (YEAR_END,),
            Result.ON_TIME, True, 0),
        row("met by its day, say both again after it, then lapsed",
            "cn met 2025-12-29, us met 2025-12-30, cn met 2026-02-01, us met 2026-02-02, "
            "- lapsed 2026-04-20", (YEAR_END,), Result.ON_TIME, True, 0),
        row("met after its day, then lapsed", "- met 2026-01-10, - lapsed 2026-04-20", (YEAR_END,),
            Result.LATE, True, 10),
        row("met, say both, then lapsed",
            "cn met 2025-12-29, us met 2025-12-30, cn lapsed 2026-06-01, us lapsed 2026-06-02",
            (YEAR_END,), Result.ON_TIME, True, 0),
        row("in part, then lapsed", "- partial 2026-01-10, - lapsed 2026-04-20", (YEAR_END,),
            Result.IN_PART, True, None),
        row("in part without a day, then lapsed", "- partial 2026-01-10, - lapsed 2026-04-20", (),
            Result.IN_PART, True, None),
        row("lapsed at its end", "- met 2025-11-10, - lapsed 2026-11-10", (RUN_OUT,),
            Result.ON_TIME, True, None),
        row("lapsed before its end", "- met 2025-11-10, - lapsed 2026-11-09", (RUN_OUT,),
            Result.IN_PART, True, None),
        row("kept in part, lapsed at its end", "- partial 2025-11-10, - lapsed 2026-11-10",
            (RUN_OUT,), Result.IN_PART, True, None),
        row("its end passed in silence", "- met 2025-11-10", (RUN_OUT,), Result.OPEN, True, None),
    ],
)  # fmt: skip
def test_what_became_of_a_promise(
    words: str,
    own: tuple[DeadlinePosition, ...],
    result: Result,
    due: bool,
    late_days: int | None,
) -> None:
    found = became(words, *own)

    assert (found.result, found.due, found.late_days) == (result, due, late_days)


@pytest.mark.parametrize(
    ("words", "own", "duration", "met"),
    [
        row("met after so many days", "- met 2025-11-11", (), 10, True),
        row("met before it was promised", "- met 2025-10-30", (), 0, True),
        row("lost: at risk to this day", "- missed 2026-01-02", (YEAR_END,), 389, False),
        row("moot: at risk to its day", "- moot 2025-11-21", (), 20, False),
        row("moot: at risk to the first day both said so",
            "cn moot 2025-11-20, us moot 2025-11-21, cn moot 2026-01-01, us moot 2026-01-02", (),
            20, False),
        row("met again after a fall: open in between",
            "cn met 2025-11-02, us met 2025-11-02, cn partial 2025-11-05, us partial 2025-11-05, "
            "cn met 2025-11-11, us met 2025-11-11, cn met 2026-01-01, us met 2026-01-02", (), 10,
            True),
        row("met, then lapsed", "- met 2025-11-11, - lapsed 2026-04-20", (), 10, True),
        row("in part, then lapsed: at risk to this day",
            "- partial 2025-11-11, - lapsed 2026-04-20", (), 389, False),
        row("open: at risk to this day", "", (), 389, False),
        row("what has to be kept up is left out", "- met 2025-11-10", (RUNS,), None, True),
    ],
)  # fmt: skip
def test_for_how_long_a_promise_was_open(
    words: str, own: tuple[DeadlinePosition, ...], duration: int | None, met: bool
) -> None:
    found = became(words, *own)

    assert (found.duration, found.met) == (duration, met)


def test_a_tally_counts_each_result_and_takes_the_median_of_the_late() -> None:
    promises = [
        *(became(f"- met {on}", YEAR_END) for on in ("2025-12-30", "2026-01-10", "2026-07-09")),
        became("- partial 2025-12-30", YEAR_END),
        became("- missed 2026-01-02", YEAR_END),
        became("- moot 2026-01-02", YEAR_END),
        became("", AHEAD),
    ]

    found = tally(promises)

    assert (found.promised, found.due, found.on_time, found.late) == (7, 5, 1, 2)
    assert (found.in_part, found.lost, found.open) == (1, 1, 1)
    assert found.median_late_days == 100
    assert [share.years for share in found.kept_by] == list(YEARS)


def test_the_share_kept_within_a_year_is_told_of_five_and_hidden_of_four() -> None:
    five = [became("- met 2025-11-11")] * 2 + [became("")] * 3

    shares = {len(some): tally(some).kept_by[0] for some in (five, five[1:])}

    assert shares[5].share == Decimal(40)
    assert (shares[4].share, shares[4].n) == (None, 4)


def test_what_was_all_kept_at_once_is_kept_within_any_number_of_years() -> None:
    five = [became(f"- met 2025-11-1{last}") for last in range(5)]

    assert [share.share for share in tally(five).kept_by] == [100] * 4
    assert tally([*five, became("")]).kept_by[1].share is None


lives = st.lists(st.tuples(st.integers(0, 4_000), st.booleans()), min_size=1, max_size=60)


@pytest.mark.slow
@given(lives, st.sampled_from(YEARS))
def test_the_estimate_is_that_of_lifelines(known: list[tuple[int, bool]], years: int) -> None:
    from lifelines import KaplanMeierFitter  # type: ignore[import-untyped]  # takes a second

    horizon = 365.25 * years
    judge = KaplanMeierFitter().fit([one for one, _ in known], [met for _, met in known])

    found = survival(known, horizon)

    assert float(found) == pytest.approx(judge.predict(horizon), abs=1e-12)


def test_ten_thousand_promises_are_estimated_at_once() -> None:
    known = [(day * 7 % 3_650, day % 3 == 0) for day in range(10_000)]

    started = perf_counter()
    found = survival(known, 3652.5)

    assert 0 < found < 1
    assert perf_counter() - started < 1


@given(lives)
def test_the_longer_the_time_the_fewer_are_still_open(known: list[tuple[int, bool]]) -> None:
    shares = [survival(known, days) for days in (0, 365, 3_000, 5_000)]

    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)

"""How promises turn out."""

import pytest

from tests.rules.making import (
    concession,
    day,
    delivery,
    expiry,
    judged,
    moves,
    row,
    said,
    sides,
)
from tracker.dates import exactly
from tracker.reports.reliability import Result, outcome
from tracker.rules import stages
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.stages import Term, term_of

Outcome = tuple[Result, bool, int | None]
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


def became(words: str, *own: DeadlinePosition) -> Outcome:
    """Return how a promise turned out after some claims and verdicts."""
    promise = concession()
    term: Term = term_of(promise, own, ())
    found = stages.position(promise, exactly(PROMISED), sides(), said(words), term, day(TODAY))
    return outcome(found, own, day(TODAY))


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
        row("overtaken", "- moot 2026-01-02", (YEAR_END,), Result.VOID, False, None),
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
    assert became(words, *own) == (result, due, late_days)

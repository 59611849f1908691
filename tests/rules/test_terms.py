from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.making import (
    closing,
    concession,
    dated,
    day,
    delivery,
    expiry,
    judged,
    limit,
    moves,
    row,
    said,
    sides,
    truce_end,
)
from tracker.dates import exactly, parse_period
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.statuses import (
    FOR_GOOD,
    Position,
    Sides,
    Term,
    first_to_miss,
    position,
    status_of,
    term_of,
)
from tracker.vocabulary import TYPED, DeadlineKind, Outcome, Status, TermWord

SOYBEANS = concession()
WAIVER = concession("port-fees", title="Suspend port fees", hold=True)
TRUCE = judged(truce_end())
MOVED_TRUCE = judged(truce_end(), "2026-12-01", moves("- 2027-11-10"))
CANCELLED_TRUCE = judged(truce_end(), closed=closing(Outcome.CANCELLED, "2026-01-05"))
REVIEW = judged(dated(DeadlineKind.REVIEW, "2027-01-31"))
MEETING = judged(dated(DeadlineKind.MEETING, "2027-02-28", concession=None))
OWN = judged(expiry("2026-06-30"))
OWN_LATER = judged(expiry("2026-09-30", "waiver-end-2"))
OWN_CANCELLED = judged(
    expiry("2026-12-31", "waiver-end-3"), closed=closing(Outcome.CANCELLED, "2026-01-05")
)
OWN_MOVED = judged(expiry("2026-06-30"), words=moves("- 2027-06-30"))
CEILING = judged(limit())
LATER_CEILING = judged(limit("2026-12-31", slug="tariff-ceiling-2"))
LIMIT_WITHOUT_END = judged(limit(None))
TWELVE_MMT = judged(delivery())


# --- the term -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hold", "own", "of_agreement", "holds", "ends_on", "ended_by"),
    [
        row("others never end", False, [], [TRUCE], False, None, None),
        row("deliveries only", False, [TWELVE_MMT, REVIEW], [TRUCE], False, None, None),
        row("says hold", True, [], [TRUCE], True, "2026-11-10", "truce-end"),
        row("holds without any end", True, [], [], True, None, None),
        row("a meeting ends nothing", True, [], [MEETING], True, None, None),
        row("nor a review", True, [REVIEW], [TRUCE], True, "2026-11-10", "truce-end"),
        row("moved truce", True, [], [MOVED_TRUCE], True, "2027-11-10", "truce-end"),
        row("truce without end", True, [], [CANCELLED_TRUCE], True, None, None),
        row("own expiry", False, [OWN], [TRUCE], True, "2026-06-30", "waiver-end"),
        row("own expiry against a moved truce", False, [OWN], [MOVED_TRUCE], True, "2026-06-30",
            "waiver-end"),
        row("own expiry moved", False, [OWN_MOVED], [TRUCE], True, "2027-06-30", "waiver-end"),
        row("the latest of its own", False, [OWN_LATER, OWN], [TRUCE], True, "2026-09-30",
            "waiver-end-2"),
        row("the latest that is not cancelled", False, [OWN, OWN_CANCELLED], [TRUCE], True,
            "2026-06-30", "waiver-end"),
        row("its own is cancelled", False, [OWN_CANCELLED], [TRUCE], True, "2026-11-10",
            "truce-end"),
        row("cancelled and no truce", False, [OWN_CANCELLED], [], True, None, None),
        row("limit", False, [CEILING], [TRUCE], True, "2026-06-30", "tariff-ceiling"),
        row("limits", False, [CEILING, LATER_CEILING], [TRUCE], True, "2026-12-31",
            "tariff-ceiling-2"),
        row("a limit without a last day", False, [CEILING, LIMIT_WITHOUT_END], [TRUCE], True,
            "2026-11-10", "truce-end"),
        row("limit without a term", False, [LIMIT_WITHOUT_END], [], True, None, None),
        row("limit with an own expiry", False, [TWELVE_MMT, CEILING, OWN], [TRUCE], True,
            "2026-06-30", "waiver-end"),
    ],
)  # fmt: skip
def test_a_concession_holds_until_its_own_expiry_or_else_the_agreements(
    hold: bool,
    own: list[DeadlinePosition],
    of_agreement: list[DeadlinePosition],
    holds: bool,
    ends_on: str | None,
    ended_by: str | None,
) -> None:
    found = term_of(SOYBEANS._replace(hold=hold), own, of_agreement)
    assert found == Term(holds, parse_period(ends_on) if ends_on else None, ended_by)


def test_an_open_term_holds_for_good_whatever_ends_its_agreement() -> None:
    tariffs = SOYBEANS._replace(term=TermWord.OPEN)
    assert term_of(tariffs, [TWELVE_MMT], [TRUCE]) == Term(True, None, None)


def test_of_two_expiries_on_one_day_the_term_is_the_same_in_any_order() -> None:
    ends = [judged(expiry("2026-06-30", slug)) for slug in ("port-fees-end", "crane-fees-end")]
    found = {term_of(WAIVER, order, []) for order in permutations(ends)}
    assert found == {Term(True, parse_period("2026-06-30"), "port-fees-end")}


@pytest.mark.parametrize(
    ("as_of", "over"), [("2026-06-29", False), ("2026-06-30", False), ("2026-07-01", True)]
)
def test_a_term_is_over_once_its_last_day_has_passed(as_of: str, over: bool) -> None:
    assert Term(True, parse_period("2026-06"), "waiver-end").is_over(day(as_of)) is over


def test_what_never_ends_is_never_over() -> None:
    assert not FOR_GOOD.is_over(date.max)
    assert not Term(True, None, None).is_over(date.max)


# --- the status and the term -------------------------------------------------------------------

ENDS = Term(True, parse_period("2026-11-10"), "truce-end")
ENDLESS = Term(True, None, None)


@pytest.mark.parametrize(
    ("stated", "while_it_runs", "for_good"),
    [
        ("kept", "in force", "kept"),
        ("partly", "partly", "partly"),
        ("started", "started", "started"),
        ("promised", "promised", "promised"),
        ("negotiating", "negotiating", "negotiating"),
        ("stalled", "stalled", "stalled"),
        ("missed", "missed", "missed"),
        ("broken", "broken", "broken"),
        ("overtaken", "overtaken", "overtaken"),
    ],
)
def test_what_is_kept_is_in_force_while_it_has_to_be_kept_up(
    stated: str, while_it_runs: str, for_good: str
) -> None:
    said_on, as_of = day("2026-01-07"), day("2026-11-10")
    found = [status_of(Status(stated), said_on, term, as_of) for term in (ENDS, ENDLESS, FOR_GOOD)]
    assert found == [(while_it_runs, None), (while_it_runs, None), (for_good, None)]


@pytest.mark.parametrize(
    ("stated", "in_silence", "with_a_word"),
    [
        ("kept", "unknown, was in force", "kept"),
        ("partly", "unknown, was partly", "partly"),
        ("started", "unknown, was started", "started"),
        ("promised", "unknown, was promised", "promised"),
        ("stalled", "unknown, was stalled", "stalled"),
        ("negotiating", "negotiating", "negotiating"),
        ("missed", "missed", "missed"),
        ("broken", "broken", "broken"),
        ("overtaken", "overtaken", "overtaken"),
    ],
)
def test_after_its_term_a_word_of_its_last_day_or_later_says_how_a_promise_ended(
    stated: str, in_silence: str, with_a_word: str
) -> None:
    days = [None, day("2026-01-07"), day("2026-11-09"), day("2026-11-10"), day("2026-11-11")]
    found = [status_of(Status(stated), said_on, ENDS, day("2026-11-12")) for said_on in days]
    words = [f"{status}, was {before}" if before else status for status, before in found]
    assert words == [in_silence] * 3 + [with_a_word] * 2


@given(st.sampled_from(TYPED), st.dates(), st.dates())
def test_what_does_not_have_to_be_kept_up_keeps_its_status_on_every_day(
    stated: Status, said_on: date, as_of: date
) -> None:
    assert status_of(stated, said_on, FOR_GOOD, as_of) == (stated, None)


# --- terms and words together -------------------------------------------------------------------


def after_words(
    words: str, as_of: str, term: Term = ENDS, between: Sides | None = None
) -> Position:
    """Return where a promise that has to be kept up stands after verdicts and claims."""
    promised_on, sides_of = exactly(day("2025-10-30")), between or sides()
    return position(WAIVER, promised_on, sides_of, said(words), term, day(as_of))


def reads(found: Position) -> str:
    """Return a status as reports print it, without days."""
    if found.status_before:
        return f"{found.status}, was {found.status_before}"
    return f"{found.status} to the end" if found.has_ended else found.status


RENEWED = judged(expiry("2026-06-30"), words=moves("- 2026-12-31"))


@pytest.mark.parametrize(
    ("hold", "own", "words", "as_of", "expected"),
    [
        row("promised, term runs", True, [], "", "2026-11-10", "promised"),
        row("promised, term over", True, [], "", "2026-11-11", "unknown, was promised"),
        row("promised for good", False, [], "", "2026-11-11", "promised"),
        row("kept for good", False, [], "- kept 2026-01-07", "2026-01-08", "kept"),
        row("kept for good stays", False, [], "- kept 2026-01-07", "2026-11-11", "kept"),
        row("a delivery stays", False, [TWELVE_MMT], "- kept 2026-01-07", "2026-11-11", "kept"),
        row("kept, term runs", True, [], "- kept 2026-01-07", "2026-11-10", "in force"),
        row("kept, nothing since", True, [], "- kept 2026-01-07", "2026-11-11",
            "unknown, was in force"),
        row("kept to the end", True, [], "- kept 2026-01-07, - kept 2026-11-11", "2026-11-11",
            "kept to the end"),
        row("one side's word is none", True, [], "- kept 2026-01-07, us kept 2026-11-12",
            "2026-11-12", "unknown, was in force"),
        row("both sides' word is one", True, [], "us kept 2026-11-11, cn kept 2026-11-12",
            "2026-11-12", "kept to the end"),
        row("a verdict while it ran, and both sides' word after its end", True, [],
            "- kept 2026-01-07, us kept 2026-11-11, cn kept 2026-11-12", "2026-11-12",
            "kept to the end"),
        row("the same from the later of their days", True, [],
            "- kept 2026-01-07, us kept 2026-11-11, cn kept 2026-11-12, us kept 2026-11-13",
            "2026-11-13", "kept to the end"),
        row("a verdict while it ran, and the giver's word alone", True, [],
            "- kept 2026-01-07, cn kept 2026-11-12", "2026-11-12", "unknown, was in force"),
        row("a verdict, and both sides' word from the later day", True, [],
            "- kept 2026-01-07, us kept 2026-11-10, cn kept 2026-11-12", "2026-11-12",
            "kept to the end"),
        row("a verdict, and what both sides said before, said by one again", True, [],
            "- kept 2026-01-07, us kept 2026-11-09, cn kept 2026-11-10, us kept 2026-11-12",
            "2026-11-12", "kept to the end"),
        row("a verdict, and both sides' word on its last day", True, [],
            "- kept 2026-01-07, us kept 2026-11-10, cn kept 2026-11-10", "2026-11-12",
            "kept to the end"),
        row("a verdict, and both sides who differ", True, [],
            "- kept 2026-01-07, us broken 2026-11-11, cn kept 2026-11-12", "2026-11-12",
            "unknown, was in force"),
        row("a verdict, and both sides' word on another stage", True, [],
            "- kept 2026-01-07, us broken 2026-11-11, cn broken 2026-11-12", "2026-11-12",
            "broken"),
        row("a verdict in part, and both sides' word that it was kept", True, [],
            "- partly 2026-01-07, us kept 2026-11-11, cn kept 2026-11-12", "2026-11-12",
            "kept to the end"),
        row("a verdict in part, and both sides' earlier word that it was kept", True, [],
            "- partly 2026-01-07, us kept 2026-02-11, cn kept 2026-02-12", "2026-11-12",
            "unknown, was partly"),
        row("a verdict after the end outranks both sides", True, [],
            "- partly 2026-11-11, us kept 2026-11-11, cn kept 2026-11-12", "2026-11-12",
            "partly to the end"),
        row("both sides' word does not undo a verdict that it was broken", True, [],
            "- broken 2026-01-07, us kept 2026-11-11, cn kept 2026-11-12", "2026-11-12", "broken"),
        row("a verdict in part, and both sides' word that it is in part", True, [],
            "- partly 2026-01-07, us partly 2026-11-11, cn partly 2026-11-12", "2026-11-12",
            "partly to the end"),
        row("both sides said so before and one again after", True, [],
            "us kept 2026-01-05, cn kept 2026-01-06, us kept 2026-11-11", "2026-11-12",
            "unknown, was in force"),
        row("both sides said so before and both again after", True, [],
            "us kept 2026-01-05, cn kept 2026-01-06, us kept 2026-11-11, cn kept 2026-11-12",
            "2026-11-12", "kept to the end"),
        row("both sides' word counts from the later", True, [],
            "us kept 2026-11-10, cn kept 2026-11-12", "2026-11-12", "kept to the end"),
        row("both sides spoke before the end", True, [], "us kept 2026-01-05, cn kept 2026-01-06",
            "2026-11-12", "unknown, was in force"),
        row("partly, nothing since", True, [], "- partly 2026-01-07", "2026-11-12",
            "unknown, was partly"),
        row("partly after the end", True, [], "- partly 2026-11-12", "2026-11-12",
            "partly to the end"),
        row("started after the end", True, [], "- started 2026-11-12", "2026-11-12", "started"),
        row("stalled before", True, [], "- stalled 2026-01-07", "2026-11-12",
            "unknown, was stalled"),
        row("broken while it ran", True, [], "- kept 2026-01-07, - broken 2026-03-01", "2026-11-12",
            "broken"),
        row("overtaken after met", True, [], "- kept 2026-01-07, - overtaken 2026-03-01",
            "2026-03-02",
            "overtaken"),
        row("overtaken after met, term over", True, [], "- kept 2026-01-07, - overtaken 2026-03-01",
            "2026-11-12", "overtaken"),
        row("own expiry still runs", False, [OWN], "- kept 2026-01-07", "2026-06-30", "in force"),
        row("own expiry over while the truce runs", False, [OWN], "- kept 2026-01-07", "2026-07-01",
            "unknown, was in force"),
        row("own expiry, kept to its end", False, [OWN], "- kept 2026-07-01", "2026-07-01",
            "kept to the end"),
        row("own expiry outlives the truce", False, [OWN_MOVED], "- kept 2026-01-07", "2026-11-11",
            "in force"),
        row("own expiry prolonged", False, [RENEWED], "- kept 2026-01-07",
            "2026-11-11", "in force"),
        row("own expiry cancelled, truce runs", False, [OWN_CANCELLED], "- kept 2026-01-07",
            "2026-11-10", "in force"),
        row("own expiry cancelled, truce over", False, [OWN_CANCELLED], "- kept 2026-01-07",
            "2026-11-11", "unknown, was in force"),
        row("a limit is kept up", False, [CEILING], "- kept 2026-01-07", "2026-06-30", "in force"),
        row("its last day is over", False, [CEILING], "- kept 2026-01-07", "2026-07-01",
            "unknown, was in force"),
        row("kept to its last day", False, [CEILING], "- kept 2026-06-30", "2026-07-01",
            "kept to the end"),
    ],
)  # fmt: skip
def test_a_promise_has_the_status_that_its_term_and_the_words_on_it_give(
    hold: bool, own: list[DeadlinePosition], words: str, as_of: str, expected: str
) -> None:
    term = term_of(WAIVER._replace(hold=hold), own, [TRUCE])
    assert reads(after_words(words, as_of, term)) == expected


@pytest.mark.parametrize(
    ("of_agreement", "as_of", "expected"),
    [
        ([MOVED_TRUCE], "2026-12-01", "in force"),
        ([MOVED_TRUCE], "2027-11-11", "unknown, was in force"),
        ([], "2027-11-11", "in force"),
        ([CANCELLED_TRUCE], "2027-11-11", "in force"),
    ],
)
def test_a_promise_without_an_end_of_its_own_goes_with_its_agreement(
    of_agreement: list[DeadlinePosition], as_of: str, expected: str
) -> None:
    for own in ([], [LIMIT_WITHOUT_END]):
        term = term_of(WAIVER, own, of_agreement)
        assert reads(after_words("- kept 2026-01-07", as_of, term)) == expected


@pytest.mark.parametrize("words", ["", "- kept 2026-01-07", "- stalled 2026-01-07"])
@pytest.mark.parametrize("term", [FOR_GOOD, ENDLESS])
def test_what_never_ends_is_never_unknown(words: str, term: Term) -> None:
    assert not after_words(words, "2030-01-01", term).is_unknown


@pytest.mark.parametrize(
    ("parties", "words", "expected"),
    [
        row("both, after the end", "government rebels",
            "- kept 2026-01-07, rebels kept 2026-11-11, government kept 2026-11-12",
            "kept to the end"),
        row("the one party that there is", "government",
            "- kept 2026-01-07, government kept 2026-11-12", "unknown, was in force"),
        row("the later of them, after a verdict", "government rebels",
            "- kept 2026-01-07, rebels kept 2026-01-08, government kept 2026-11-12",
            "kept to the end"),
        row("one of them, after both", "government rebels",
            "rebels kept 2026-01-08, government kept 2026-01-09, government kept 2026-11-12",
            "unknown, was in force"),
    ],
)  # fmt: skip
def test_the_word_of_one_who_is_on_both_sides_is_not_that_of_both(
    parties: str, words: str, expected: str
) -> None:
    found = after_words(words, "2026-11-12", between=sides(parties, parties))
    assert reads(found) == expected


# --- the day to miss ----------------------------------------------------------------------------

FIRST_HALF = judged(delivery("2025-11-30", slug="soybeans-november"))
NEXT_YEAR = judged(delivery("2026-12-31", slug="soybeans-2026"))
PUT_OFF = judged(delivery(), words=moves("- 2026-02-28"))
BROUGHT_FORWARD = judged(delivery(), words=moves("- 2025-12-15"))
WAITING = judged(delivery(None, awaits="once China lifts its tariff"))
SUPPLIED = judged(delivery(None, awaits="once China lifts its tariff"), words=moves("- 2026-03-31"))
DELIVERY_CANCELLED = judged(delivery(), closed=closing(Outcome.CANCELLED, "2026-01-05"))
PUT_OFF_SUPPLIED = judged(
    delivery(None, awaits="once China lifts its tariff"), words=moves("- 2026-03-31, - 2026-06-30")
)
WITHOUT_TARGET = judged(delivery("2026-01-15", None, slug="soybeans-licences"))


@pytest.mark.parametrize(
    ("own", "term", "expected"),
    [
        row("neither deliveries nor a term", [], FOR_GOOD, None),
        row("a term without an end", [], ENDLESS, None),
        row("without deliveries the term", [], ENDS, ("2026-11-10", "truce-end")),
        row("a review is no delivery", [REVIEW], FOR_GOOD, None),
        row("nor an expiry", [OWN], FOR_GOOD, None),
        row("a delivery", [TWELVE_MMT], FOR_GOOD, ("2025-12-31", "soybeans-2025")),
        row("before the term", [TWELVE_MMT], ENDS, ("2025-12-31", "soybeans-2025")),
        row("a delivery after the term", [judged(delivery("2027"))], ENDS,
            ("2027-12-31", "soybeans-2025")),
        row("the first of several", [NEXT_YEAR, TWELVE_MMT, FIRST_HALF], ENDS,
            ("2025-11-30", "soybeans-november")),
        row("put off", [PUT_OFF], ENDS, ("2025-12-31", "soybeans-2025")),
        row("brought forward", [BROUGHT_FORWARD], ENDS, ("2025-12-15", "soybeans-2025")),
        row("without a target", [WITHOUT_TARGET], ENDS, ("2026-01-15", "soybeans-licences")),
        row("cancelled", [DELIVERY_CANCELLED], FOR_GOOD, None),
        row("cancelled, and a term", [DELIVERY_CANCELLED], ENDS, ("2026-11-10", "truce-end")),
        row("the first that is not cancelled", [DELIVERY_CANCELLED, NEXT_YEAR], ENDS,
            ("2026-12-31", "soybeans-2026")),
        row("a limit is no delivery", [CEILING], FOR_GOOD, None),
        row("a limit and a term", [CEILING], ENDS, ("2026-11-10", "truce-end")),
        row("a waiting delivery has no day", [WAITING], FOR_GOOD, None),
        row("waiting, and a term", [WAITING], ENDS, ("2026-11-10", "truce-end")),
        row("its day has come", [SUPPLIED], ENDS, ("2026-03-31", "soybeans-2025")),
        row("its day has come and was put off", [PUT_OFF_SUPPLIED], ENDS,
            ("2026-03-31", "soybeans-2025")),
        row("one of two", [WAITING, NEXT_YEAR], ENDS, ("2026-12-31", "soybeans-2026")),
    ],
)  # fmt: skip
def test_a_concession_can_miss_its_first_delivery_or_without_any_its_term(
    own: list[DeadlinePosition], term: Term, expected: tuple[str, str] | None
) -> None:
    found = first_to_miss(own, term)
    assert found == ((day(expected[0]), expected[1]) if expected else None)

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
from tracker.rules.stages import (
    FOR_GOOD,
    Position,
    Sides,
    Term,
    first_to_miss,
    position,
    state_of,
    term_of,
)
from tracker.vocabulary import Because, ConcessionState, DeadlineKind, Outcome, Stage, TermWord

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
        row("limit", False, [CEILING], [TRUCE], True, "2026-11-10", "truce-end"),
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


# --- the state ----------------------------------------------------------------------------------

ENDS = Term(True, parse_period("2026-11-10"), "truce-end")
ENDLESS = Term(True, None, None)


def worth_of(found: tuple[ConcessionState, Because | None]) -> str:
    """Return a state and its reason as the tables name them: `over: kept to end`."""
    state, because = found
    return f"{state}: {because.replace('_', ' ')}" if because else state


@pytest.mark.parametrize(
    ("stage", "word_on", "while_it_runs", "for_good", "endless"),
    [
        ("negotiating", None, "promised", "promised", "promised"),
        ("announced", None, "promised", "promised", "promised"),
        ("announced", "2026-01-07", "promised", "promised", "promised"),
        ("started", "2026-01-07", "under way", "under way", "under way"),
        ("partial", "2026-01-07", "in part", "in part", "in part"),
        ("met", "2026-01-07", "in force", "kept", "in force"),
        ("stalled", "2026-01-07", "in doubt", "in doubt", "in doubt"),
        ("missed", "2026-01-07", "lost", "lost", "lost"),
        ("broken", "2026-01-07", "lost", "lost", "lost"),
        ("reversed", "2026-01-07", "lost", "lost", "lost"),
        ("lapsed", "2026-01-07", "over: unkept", "over: unkept", "over: unkept"),
        ("moot", "2026-01-07", "over: overtaken", "over: overtaken", "over: overtaken"),
    ],
)
def test_each_stage_has_its_state_while_the_term_runs(
    stage: str, word_on: str | None, while_it_runs: str, for_good: str, endless: str
) -> None:
    said_on = day(word_on) if word_on else None
    found = [
        worth_of(state_of(Stage(stage), said_on, term, day("2026-11-10")))
        for term in (ENDS, FOR_GOOD, ENDLESS)
    ]
    assert found == [while_it_runs, for_good, endless]


SILENT = ["in doubt: term ended"] * 3
"""What most stages are worth if nothing was said after the term: never, before its end or then."""


@pytest.mark.parametrize(
    ("stage", "never", "before", "on_its_last_day", "after"),
    [
        ("negotiating", *SILENT, "promised"),
        ("announced", *SILENT, "promised"),
        ("started", *SILENT, "under way"),
        ("partial", *SILENT, "in part"),
        ("met", *SILENT, "over: kept to end"),
        ("stalled", *SILENT, "in doubt"),
        ("missed", "lost", "lost", "lost", "lost"),
        ("broken", "lost", "lost", "lost", "lost"),
        ("reversed", "lost", "lost", "lost", "lost"),
        ("lapsed", *["over: unkept"] * 4),
        ("moot", *["over: overtaken"] * 4),
    ],
)
def test_after_the_term_only_a_word_dated_after_its_end_says_what_it_is_worth(
    stage: str, never: str, before: str, on_its_last_day: str, after: str
) -> None:
    days = [None, day("2026-01-07"), day("2026-11-10"), day("2026-11-11")]
    found = [state_of(Stage(stage), said_on, ENDS, day("2026-11-12")) for said_on in days]
    assert [*map(worth_of, found)] == [never, before, on_its_last_day, after]


@pytest.mark.parametrize("term", [ENDS, FOR_GOOD, ENDLESS])
@pytest.mark.parametrize("as_of", ["2026-01-08", "2026-12-01"])
def test_what_lapsed_was_kept_to_its_end_if_it_was_kept_before_and_is_unkept_otherwise(
    term: Term, as_of: str
) -> None:
    said_on = day("2026-01-07")
    kept = state_of(Stage.LAPSED, said_on, term, day(as_of), was_kept=True)
    assert worth_of(kept) == "over: kept to end"
    assert worth_of(state_of(Stage.LAPSED, said_on, term, day(as_of))) == "over: unkept"


@given(st.sampled_from(Stage), st.dates(), st.booleans())
def test_nothing_of_a_term_that_has_ended_counts_as_kept_or_in_force(
    stage: Stage, said_on: date, was_kept: bool
) -> None:
    found, _ = state_of(stage, said_on, ENDS, day("2026-11-11"), was_kept=was_kept)
    assert found not in (ConcessionState.KEPT, ConcessionState.IN_FORCE)


@given(st.sampled_from(Stage), st.dates(), st.dates(), st.booleans())
def test_what_does_not_have_to_be_kept_up_is_worth_the_same_on_every_day(
    stage: Stage, said_on: date, as_of: date, was_kept: bool
) -> None:
    found = state_of(stage, said_on, FOR_GOOD, as_of, was_kept=was_kept)
    assert found == state_of(stage, said_on, FOR_GOOD, date.max, was_kept=was_kept)
    assert found[0] is not ConcessionState.IN_FORCE


# --- terms and words together -------------------------------------------------------------------


def after_words(
    words: str, as_of: str, term: Term = ENDS, between: Sides | None = None
) -> Position:
    """Return where a promise that has to be kept up stands after verdicts and claims."""
    promised_on, sides_of = exactly(day("2025-10-30")), between or sides()
    return position(WAIVER, promised_on, sides_of, said(words), term, day(as_of))


def worth_at(found: Position) -> str:
    return worth_of((found.state, found.state_because))


RENEWED = judged(expiry("2026-06-30"), words=moves("- 2026-12-31"))


@pytest.mark.parametrize(
    ("hold", "own", "words", "as_of", "worth"),
    [
        row("announced, term runs", True, [], "", "2026-11-10", "promised"),
        row("announced, term over", True, [], "", "2026-11-11", "in doubt: term ended"),
        row("announced for good", False, [], "", "2026-11-11", "promised"),
        row("met for good", False, [], "- met 2026-01-07", "2026-01-08", "kept"),
        row("met for good stays", False, [], "- met 2026-01-07", "2026-11-11", "kept"),
        row("a delivery stays", False, [TWELVE_MMT], "- met 2026-01-07", "2026-11-11", "kept"),
        row("met, term runs", True, [], "- met 2026-01-07", "2026-11-10", "in force"),
        row("met, nothing since", True, [], "- met 2026-01-07", "2026-11-11",
            "in doubt: term ended"),
        row("met to the end", True, [], "- met 2026-01-07, - met 2026-11-11", "2026-11-11",
            "over: kept to end"),
        row("one side's word is none", True, [], "- met 2026-01-07, us met 2026-11-12",
            "2026-11-12", "in doubt: term ended"),
        row("both sides' word is one", True, [], "us met 2026-11-11, cn met 2026-11-12",
            "2026-11-12", "over: kept to end"),
        row("a verdict while it ran, and both sides' word after its end", True, [],
            "- met 2026-01-07, us met 2026-11-11, cn met 2026-11-12", "2026-11-12",
            "over: kept to end"),
        row("the same from the later of their days", True, [],
            "- met 2026-01-07, us met 2026-11-11, cn met 2026-11-12, us met 2026-11-13",
            "2026-11-13", "over: kept to end"),
        row("a verdict while it ran, and the giver's word alone", True, [],
            "- met 2026-01-07, cn met 2026-11-12", "2026-11-12", "in doubt: term ended"),
        row("a verdict, and both sides' word from the later day", True, [],
            "- met 2026-01-07, us met 2026-11-10, cn met 2026-11-12", "2026-11-12",
            "over: kept to end"),
        row("a verdict, and what both sides said before, said by one again", True, [],
            "- met 2026-01-07, us met 2026-11-09, cn met 2026-11-10, us met 2026-11-12",
            "2026-11-12", "in doubt: term ended"),
        row("a verdict, and both sides' word on its last day", True, [],
            "- met 2026-01-07, us met 2026-11-10, cn met 2026-11-10", "2026-11-12",
            "in doubt: term ended"),
        row("a verdict, and both sides who differ", True, [],
            "- met 2026-01-07, us broken 2026-11-11, cn met 2026-11-12", "2026-11-12",
            "in doubt: term ended"),
        row("a verdict, and both sides' word on another stage", True, [],
            "- met 2026-01-07, us broken 2026-11-11, cn broken 2026-11-12", "2026-11-12", "lost"),
        row("a verdict in part, and both sides' word that it was kept", True, [],
            "- partial 2026-01-07, us met 2026-11-11, cn met 2026-11-12", "2026-11-12",
            "over: kept to end"),
        row("a verdict in part, and both sides' earlier word that it was kept", True, [],
            "- partial 2026-01-07, us met 2026-02-11, cn met 2026-02-12", "2026-11-12",
            "in doubt: term ended"),
        row("a verdict after the end outranks both sides", True, [],
            "- partial 2026-11-11, us met 2026-11-11, cn met 2026-11-12", "2026-11-12", "in part"),
        row("both sides' word does not undo a verdict that it was broken", True, [],
            "- broken 2026-01-07, us met 2026-11-11, cn met 2026-11-12", "2026-11-12", "lost"),
        row("a verdict in part, and both sides' word that it is in part", True, [],
            "- partial 2026-01-07, us partial 2026-11-11, cn partial 2026-11-12", "2026-11-12",
            "in part"),
        row("both sides said so before and one again after", True, [],
            "us met 2026-01-05, cn met 2026-01-06, us met 2026-11-11", "2026-11-12",
            "in doubt: term ended"),
        row("both sides said so before and both again after", True, [],
            "us met 2026-01-05, cn met 2026-01-06, us met 2026-11-11, cn met 2026-11-12",
            "2026-11-12", "over: kept to end"),
        row("both sides' word counts from the later", True, [],
            "us met 2026-11-10, cn met 2026-11-12", "2026-11-12", "over: kept to end"),
        row("both sides spoke before the end", True, [], "us met 2026-01-05, cn met 2026-01-06",
            "2026-11-12", "in doubt: term ended"),
        row("partial, nothing since", True, [], "- partial 2026-01-07", "2026-11-12",
            "in doubt: term ended"),
        row("partial after the end", True, [], "- partial 2026-11-12", "2026-11-12", "in part"),
        row("started after the end", True, [], "- started 2026-11-12", "2026-11-12", "under way"),
        row("stalled before", True, [], "- stalled 2026-01-07", "2026-11-12",
            "in doubt: term ended"),
        row("broken while it ran", True, [], "- met 2026-01-07, - broken 2026-03-01", "2026-11-12",
            "lost"),
        row("moot after met", True, [], "- met 2026-01-07, - moot 2026-03-01", "2026-03-02",
            "over: overtaken"),
        row("moot after met, term over", True, [], "- met 2026-01-07, - moot 2026-03-01",
            "2026-11-12", "over: overtaken"),
        row("lapsed after met", True, [], "- met 2026-01-07, - lapsed 2026-11-11", "2026-11-12",
            "over: kept to end"),
        row("lapsed after partial", True, [], "- partial 2026-01-07, - lapsed 2026-11-11",
            "2026-11-12", "over: kept to end"),
        row("lapsed after announced", True, [], "- lapsed 2026-11-11", "2026-11-12",
            "over: unkept"),
        row("lapsed after broken, and met before", True, [],
            "- met 2026-01-07, - broken 2026-03-01, - lapsed 2026-11-11",
            "2026-11-12", "over: unkept"),
        row("lapsed after both sides' met", True, [],
            "us met 2026-01-05, cn met 2026-01-06, - lapsed 2026-11-11", "2026-11-12",
            "over: kept to end"),
        row("lapsed after one side's met", True, [], "us met 2026-01-05, - lapsed 2026-11-11",
            "2026-11-12", "over: unkept"),
        row("both sides' met does not precede", True, [],
            "us met 2026-11-12, cn met 2026-11-13, - lapsed 2026-11-11", "2026-11-14",
            "over: unkept"),
        row("both sides' lapsed after both sides' met", True, [],
            "us met 2026-01-05, cn met 2026-01-06, us lapsed 2026-11-11, cn lapsed 2026-11-12",
            "2026-11-12", "over: kept to end"),
        row("both sides' lapsed after nothing", True, [],
            "us lapsed 2026-11-11, cn lapsed 2026-11-12", "2026-11-12", "over: unkept"),
        row("both sides' met on the very day", True, [],
            "us met 2026-01-05, cn met 2026-11-11, - lapsed 2026-11-11", "2026-11-12",
            "over: kept to end"),
        row("own expiry still runs", False, [OWN], "- met 2026-01-07", "2026-06-30", "in force"),
        row("own expiry over while the truce runs", False, [OWN], "- met 2026-01-07", "2026-07-01",
            "in doubt: term ended"),
        row("own expiry, kept to its end", False, [OWN], "- met 2026-07-01", "2026-07-01",
            "over: kept to end"),
        row("own expiry outlives the truce", False, [OWN_MOVED], "- met 2026-01-07", "2026-11-11",
            "in force"),
        row("own expiry prolonged", False, [RENEWED], "- met 2026-01-07",
            "2026-11-11", "in force"),
        row("own expiry cancelled, truce runs", False, [OWN_CANCELLED], "- met 2026-01-07",
            "2026-11-10", "in force"),
        row("own expiry cancelled, truce over", False, [OWN_CANCELLED], "- met 2026-01-07",
            "2026-11-11", "in doubt: term ended"),
        row("a limit is kept up", False, [CEILING], "- met 2026-01-07", "2026-11-10", "in force"),
        row("a limit's truce is over", False, [CEILING], "- met 2026-01-07", "2026-11-11",
            "in doubt: term ended"),
    ],
)  # fmt: skip
def test_a_promise_is_worth_what_its_term_and_the_words_on_it_say(
    hold: bool, own: list[DeadlinePosition], words: str, as_of: str, worth: str
) -> None:
    term = term_of(WAIVER._replace(hold=hold), own, [TRUCE])
    assert worth_at(after_words(words, as_of, term)) == worth


@pytest.mark.parametrize(
    ("of_agreement", "as_of", "worth"),
    [
        ([MOVED_TRUCE], "2026-12-01", "in force"),
        ([MOVED_TRUCE], "2027-11-11", "in doubt: term ended"),
        ([], "2027-11-11", "in force"),
        ([CANCELLED_TRUCE], "2027-11-11", "in force"),
    ],
)
def test_a_promise_without_an_end_of_its_own_goes_with_its_agreement(
    of_agreement: list[DeadlinePosition], as_of: str, worth: str
) -> None:
    for own in ([], [LIMIT_WITHOUT_END]):
        term = term_of(WAIVER, own, of_agreement)
        assert worth_at(after_words("- met 2026-01-07", as_of, term)) == worth


@pytest.mark.parametrize(
    ("words", "as_of", "unknown"),
    [
        row("met, its last day", "- met 2026-01-07", "2026-11-10", False),
        row("met, nothing since", "- met 2026-01-07", "2026-11-11", True),
        row("met on its last day", "- met 2026-11-10", "2026-11-11", True),
        row("met after it", "- met 2026-11-11", "2026-11-11", False),
        row("announced, its last day", "", "2026-11-10", False),
        row("announced, nothing since", "", "2026-11-11", True),
        row("stalled, the term runs", "- stalled 2026-01-07", "2026-01-08", False),
        row("stalled before, nothing since", "- stalled 2026-01-07", "2026-11-11", True),
        row("stalled after it", "- stalled 2026-11-12", "2026-11-12", False),
        row("in part after it", "- partial 2026-11-12", "2026-11-12", False),
        row("lost before", "- broken 2026-01-07", "2026-11-11", False),
        row("overtaken before", "- moot 2026-01-07", "2026-11-11", False),
        row("lapsed before", "- met 2026-01-07, - lapsed 2026-03-01", "2026-11-11", False),
        row("one side's word", "- met 2026-01-07, us met 2026-11-11", "2026-11-11", True),
        row("one side's alone", "us met 2026-11-11", "2026-11-11", True),
        row("both sides' word", "us met 2026-11-11, cn met 2026-11-11", "2026-11-11", False),
        row("both sides' word after a verdict",
            "- met 2026-01-07, us met 2026-11-11, cn met 2026-11-11", "2026-11-11", False),
        row("both sides' word, and another one of one side alone",
            "- met 2026-01-07, us met 2026-11-11, cn met 2026-11-11, cn stalled 2026-11-12",
            "2026-11-13", False),
        row("both sides' word that it is stalled still",
            "- stalled 2026-01-07, us stalled 2026-11-11, cn stalled 2026-11-11", "2026-11-11",
            False),
        row("both sides before", "us stalled 2026-01-07, cn stalled 2026-01-08", "2026-11-11",
            True),
    ],
)  # fmt: skip
def test_what_was_promised_for_a_term_is_unknown_after_it_until_somebody_speaks(
    words: str, as_of: str, unknown: bool
) -> None:
    assert after_words(words, as_of).is_unknown is unknown


@pytest.mark.parametrize("words", ["", "- met 2026-01-07", "- stalled 2026-01-07"])
@pytest.mark.parametrize("term", [FOR_GOOD, ENDLESS])
def test_what_never_ends_is_never_unknown(words: str, term: Term) -> None:
    assert not after_words(words, "2030-01-01", term).is_unknown


@pytest.mark.parametrize(
    ("parties", "words", "worth"),
    [
        row("both, after the end", "government rebels",
            "- met 2026-01-07, rebels met 2026-11-11, government met 2026-11-12",
            "over: kept to end"),
        row("the one party that there is", "government",
            "- met 2026-01-07, government met 2026-11-12", "in doubt: term ended"),
        row("the later of them, after a verdict", "government rebels",
            "- met 2026-01-07, rebels met 2026-01-08, government met 2026-11-12",
            "over: kept to end"),
        row("one of them, after both", "government rebels",
            "rebels met 2026-01-08, government met 2026-01-09, government met 2026-11-12",
            "in doubt: term ended"),
    ],
)  # fmt: skip
def test_the_word_of_one_who_is_on_both_sides_is_not_that_of_both(
    parties: str, words: str, worth: str
) -> None:
    found = after_words(words, "2026-11-12", between=sides(parties, parties))
    assert worth_at(found) == worth


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

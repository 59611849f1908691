import pytest

from tests.rules.making import closing, concession, day, expiry, judged, row, said, truce_end
from tracker.dates import exactly, parse_period
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.moves import side_of
from tracker.rules.risk import ENDS, Ending, endings, risks
from tracker.rules.stages import FOR_GOOD, Position, Sides, Term, position
from tracker.things import Concession, Exchange
from tracker.vocabulary import ConcessionState, DeadlineKind, Outcome, Stage

NOW = "2026-02-21"
CUT, PRECURSORS = "fentanyl-tariff-cut", "fentanyl-precursors"
TARIFF_CUT = concession(CUT, giver=("us",), receiver=("cn",))
CONTROLS = concession(PRECURSORS, giver=("cn",), receiver=("us",))
BOTH = {one.slug: one for one in (TARIFF_CUT, CONTROLS)}
IN_RETURN = [Exchange(PRECURSORS, CUT)]
RUNS = Term(True, parse_period("2026-11-10"), "truce-end")
"""The term of what has to be kept up for as long as the agreement runs."""
ENDED = Term(True, parse_period("2026-02-20"), "truce-end")


def standing(one: Concession, words: str, term: Term = FOR_GOOD, as_of: str = NOW) -> Position:
    between = Sides(side_of(one.givers, {}), side_of(one.receivers, {}))
    return position(one, exactly(day("2025-10-30")), between, said(words), term, day(as_of))


def ends(
    of: str | None, due_on: str, as_of: str = NOW, slug: str = "", closed: Outcome | None = None
) -> DeadlinePosition:
    """Return the end of a concession, or of the agreement."""
    named = slug or f"{of or 'truce'}-end"
    deadline = expiry(due_on, named, concession=of) if of else truce_end(due_on, named)
    return judged(deadline, as_of, closed=closing(closed, as_of) if closed else None)


def until(end: DeadlinePosition) -> Term:
    """Return the term of what has to be kept up until an expiry."""
    return Term(True, end.due_on, end.deadline.slug)


def own_end(one: Concession, due_on: str) -> tuple[DeadlinePosition, Position]:
    """Return the end of a concession that is met, and where that stands."""
    end = ends(one.slug, due_on)
    return end, standing(one, "- met 2026-01-07", until(end))


# --- at risk ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counterpart", "because"),
    [
        row("stalled", "- stalled 2026-02-20", "stalled"),
        row("missed", "- missed 2026-02-20", "missed"),
        row("broken", "- broken 2026-02-20", "broken"),
        row("reversed", "- reversed 2026-02-20", "reversed"),
        row("moot", "- moot 2026-02-20", "moot"),
        row("lapsed without having been kept", "- lapsed 2026-02-20", "lapsed"),
        row("lapsed after it was kept", "- met 2026-01-07, - lapsed 2026-02-20", None),
        row("lapsed after it was kept in part", "- partial 2026-01-07, - lapsed 2026-02-20", None),
        row("announced", "- announced 2026-02-20", None),
        row("started", "- started 2026-02-20", None),
        row("kept in part", "- partial 2026-02-20", None),
        row("met", "- met 2026-02-20", None),
    ],
)
def test_what_was_given_in_return_for_something_that_failed_is_at_risk(
    counterpart: str, because: str | None
) -> None:
    positions = {
        CUT: standing(TARIFF_CUT, counterpart),
        PRECURSORS: standing(CONTROLS, "- started 2026-01-07"),
    }
    found = risks(positions, IN_RETURN, [], 30)
    expected = [(PRECURSORS, because, CUT, parse_period("2026-02-20"))] if because else []
    assert found == expected


def test_a_term_that_is_over_without_a_word_is_not_yet_a_failure() -> None:
    positions = {
        CUT: standing(TARIFF_CUT, "- met 2026-01-07", ENDED),
        PRECURSORS: standing(CONTROLS, "- started 2026-01-07"),
    }
    assert positions[CUT].state is ConcessionState.IN_DOUBT
    assert risks(positions, IN_RETURN, [], 30) == []


@pytest.mark.parametrize("stage", ["missed", "broken", "reversed", "lapsed", "moot"])
def test_what_is_lost_or_void_already_is_not_at_risk(stage: str) -> None:
    own = ends(PRECURSORS, NOW)
    positions = {
        CUT: standing(TARIFF_CUT, "- moot 2026-02-20"),
        PRECURSORS: standing(CONTROLS, f"- {stage} 2026-02-20", until(own)),
    }
    assert risks(positions, IN_RETURN, [own], 30) == []


def test_what_has_ended_without_a_word_is_no_longer_at_risk() -> None:
    positions = {
        CUT: standing(TARIFF_CUT, "- moot 2026-02-20"),
        PRECURSORS: standing(CONTROLS, "- met 2026-01-07", ENDED),
    }
    assert risks(positions, IN_RETURN, [], 30) == []


def test_what_was_kept_to_its_end_is_not_at_risk() -> None:
    positions = {
        CUT: standing(TARIFF_CUT, "- moot 2026-02-20"),
        PRECURSORS: standing(CONTROLS, "- met 2026-02-21", ENDED),
    }
    assert positions[PRECURSORS].state is ConcessionState.OVER
    assert risks(positions, IN_RETURN, [], 30) == []


def test_what_was_kept_stays_at_risk_of_its_counterpart() -> None:
    positions = {
        CUT: standing(TARIFF_CUT, "- reversed 2026-02-20"),
        PRECURSORS: standing(CONTROLS, "- met 2026-01-07"),
    }
    assert [one.because for one in risks(positions, IN_RETURN, [], 30)] == ["reversed"]


def test_a_counterpart_that_is_not_in_view_puts_nothing_at_risk() -> None:
    positions = {PRECURSORS: standing(CONTROLS, "- started 2026-01-07")}
    assert risks(positions, [*IN_RETURN, Exchange("soybeans", PRECURSORS)], [], 30) == []
    failed = {CUT: standing(TARIFF_CUT, "- broken 2026-02-20")}
    assert risks(failed, [*IN_RETURN, Exchange("soybeans", CUT)], [], 30) == []


@pytest.mark.parametrize(
    ("within", "due_on", "at_risk"),
    [
        (9, "2026-03-03", []),
        (10, "2026-03-03", [ENDS]),
        (60, "2026-03-03", [ENDS]),
        (60, "2026-03", [ENDS]),
        (0, NOW, [ENDS]),
        (60, "2026-02-20", []),
    ],
)
def test_an_own_term_counts_if_it_ends_within_the_horizon(
    within: int, due_on: str, at_risk: list[str]
) -> None:
    own, met = own_end(CONTROLS, due_on)
    found = risks({PRECURSORS: met}, [], [own], within)
    assert [one.because for one in found] == at_risk
    assert all((one.on, one.counterpart) == (parse_period(due_on), None) for one in found)


SOON = ends(PRECURSORS, "2026-03-03", slug="first-end")
LATER = ends(PRECURSORS, "2026-03-13", slug="last-end")
TRUCE_SOON = ends(None, "2026-03-03")
REVIEW_SOON = judged(
    expiry("2026-03-03", concession=PRECURSORS)._replace(kind=DeadlineKind.REVIEW), NOW
)
CANCELLED = ends(PRECURSORS, "2026-03-23", closed=Outcome.CANCELLED)


@pytest.mark.parametrize(
    ("term", "deadlines", "at_risk"),
    [
        row("the agreement's", until(TRUCE_SOON), [TRUCE_SOON], []),
        row("its own before the agreement's", until(SOON), [TRUCE_SOON, SOON], ["2026-03-03"]),
        row("the last of its own", until(LATER), [SOON, LATER], ["2026-03-13"]),
        row("not the first of them", until(ends(PRECURSORS, "2026-11-10")), [SOON, LATER], []),
        row("the last that is not cancelled", until(SOON), [SOON, CANCELLED], ["2026-03-03"]),
        row("its own is cancelled", until(TRUCE_SOON), [CANCELLED, TRUCE_SOON], []),
        row("a review", until(LATER), [REVIEW_SOON, LATER], ["2026-03-13"]),
        row("what is not in view", until(LATER), [ends("soybeans", "2026-03-03")], []),
    ],
)
def test_only_the_expiry_that_ends_its_term_puts_a_concession_at_risk(
    term: Term, deadlines: list[DeadlinePosition], at_risk: list[str]
) -> None:
    positions = {PRECURSORS: standing(CONTROLS, "- met 2026-01-07", term)}
    found = risks(positions, [], deadlines, 60)
    assert [(one.because, one.on) for one in found] == [(ENDS, parse_period(on)) for on in at_risk]


def test_risks_come_in_the_order_of_their_concessions_then_of_their_days() -> None:
    own, met = own_end(CONTROLS, "2026-03-03")
    positions = {
        PRECURSORS: met,
        "soybeans": standing(concession(), "- broken 2026-02-19"),
        CUT: standing(TARIFF_CUT, "- stalled 2026-02-20"),
    }
    exchanges = [Exchange(CUT, "soybeans"), Exchange(PRECURSORS, "soybeans"), *IN_RETURN]
    found = risks(positions, exchanges, [own], 30)
    assert [(one.concession, one.because) for one in found] == [
        (PRECURSORS, "broken"),
        (PRECURSORS, "stalled"),
        (PRECURSORS, ENDS),
        (CUT, "broken"),
    ]


def test_risks_of_one_day_come_by_what_they_are_called() -> None:
    own, met = own_end(CONTROLS, NOW)
    positions = {PRECURSORS: met, CUT: standing(TARIFF_CUT, "- stalled 2026-02-21")}
    found = risks(positions, IN_RETURN, [own], 30)
    assert [one.because for one in found] == [ENDS, "stalled"]


# --- what ends ----------------------------------------------------------------------------------


def listed(found: list[Ending]) -> list[tuple[str, bool]]:
    """Return what ends, and whether its end is ahead; otherwise its outcome is unknown."""
    return [(one.concession, one.position.ahead) for one in found]


@pytest.mark.parametrize("gone", ["missed", "broken", "reversed", "lapsed", "moot"])
def test_what_is_over_does_not_end_again(gone: str) -> None:
    own, met = own_end(CONTROLS, "2026-11-09")
    over = ends(CUT, "2026-11-10")
    positions = {
        CUT: standing(TARIFF_CUT, f"- {gone} 2026-02-20", until(over)),
        PRECURSORS: met,
    }
    found = endings(positions, [over, own])
    assert listed(found) == [(PRECURSORS, True)]
    with_the_truce = {slug: one._replace(term=RUNS) for slug, one in positions.items()}
    found = endings(with_the_truce, [ends(None, "2026-11-10")])
    assert listed(found) == [(PRECURSORS, True)]


def test_what_has_no_end_of_its_own_ends_with_the_agreement() -> None:
    positions = {slug: standing(one, "- met 2026-01-07", RUNS) for slug, one in BOTH.items()}
    truce = ends(None, "2026-11-10")
    own, positions_own = own_end(CONTROLS, "2026-11-09")
    with_the_truce = endings(positions, [truce])
    before_it, at_its_end = endings(positions | {PRECURSORS: positions_own}, [truce, own])
    assert listed(with_the_truce) == [
        (PRECURSORS, True),
        (CUT, True),
    ]
    assert {one.position for one in with_the_truce} == {truce}
    assert (before_it.concession, before_it.position) == (PRECURSORS, own)
    assert (at_its_end.concession, at_its_end.position) == (CUT, truce)


def test_what_outlives_the_agreement_ends_on_its_own_day_alone() -> None:
    own, met = own_end(CONTROLS, "2027-11-10")
    found = endings({PRECURSORS: met}, [ends(None, "2026-11-10"), own])
    assert [(one.concession, one.position) for one in found] == [(PRECURSORS, own)]


def test_of_several_ends_of_its_own_only_the_last_ends_it() -> None:
    own, met = own_end(CONTROLS, "2026-11-10")
    first = ends(PRECURSORS, "2026-06-30", slug="first-end")
    found = endings({PRECURSORS: met}, [first, own])
    assert [one.position for one in found] == [own]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("- met 2026-01-07", ConcessionState.KEPT),
        ("- partial 2026-01-07", ConcessionState.IN_PART),
        ("- started 2026-01-07", ConcessionState.UNDER_WAY),
        ("", ConcessionState.PROMISED),
        ("- stalled 2026-01-07", ConcessionState.IN_DOUBT),
    ],
)
@pytest.mark.parametrize(("due_on", "ahead"), [("2026-11-10", True), ("2026-02-20", False)])
def test_what_does_not_have_to_be_kept_up_never_ends(
    words: str, state: ConcessionState, due_on: str, ahead: bool
) -> None:
    truce = ends(None, due_on)
    positions = {
        CUT: standing(TARIFF_CUT, "- met 2026-01-07", until(truce)),
        PRECURSORS: standing(CONTROLS, words),
    }
    assert positions[PRECURSORS].state is state
    assert listed(endings(positions, [truce])) == [(CUT, ahead)]


def test_with_an_agreement_only_its_own_concessions_end() -> None:
    other = TARIFF_CUT._replace(agreement="phase-one")
    truce, phase_one = ends(None, "2026-11-10"), ends(None, "2026-11-10", slug="phase-one-end")
    positions = {CUT: standing(other, "- met 2026-01-07", until(phase_one))}
    assert endings(positions, [truce]) == []
    found = endings(positions, [truce, phase_one])
    assert [one.position for one in found] == [phase_one]


def test_an_end_that_is_cancelled_ends_nothing_and_the_agreements_counts_instead() -> None:
    positions = {slug: standing(one, "- met 2026-01-07", RUNS) for slug, one in BOTH.items()}
    cancelled = ends(CUT, "2026-06-30", closed=Outcome.CANCELLED)
    assert endings(positions, [cancelled]) == []
    found = endings(positions, [cancelled, ends(None, "2026-11-10")])
    assert listed(found) == [
        (PRECURSORS, True),
        (CUT, True),
    ]


def test_only_an_expiry_ends_a_term() -> None:
    positions = {slug: standing(one, "- met 2026-01-07", RUNS) for slug, one in BOTH.items()}
    review = judged(truce_end()._replace(kind=DeadlineKind.REVIEW), NOW)
    assert endings(positions, [review]) == []


def test_what_is_not_in_view_does_not_end() -> None:
    assert endings({}, [ends(CUT, "2026-11-10"), ends(None, "2026-11-10")]) == []


def test_the_last_day_of_a_term_is_still_ahead() -> None:
    own, met = own_end(TARIFF_CUT, NOW)
    assert [one.position.ahead for one in endings({CUT: met}, [own])] == [True]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("", ConcessionState.PROMISED),
        ("- started 2026-01-07", ConcessionState.UNDER_WAY),
        ("- partial 2026-01-07", ConcessionState.IN_PART),
        ("- met 2026-01-07", ConcessionState.IN_FORCE),
        ("- stalled 2026-01-07", ConcessionState.IN_DOUBT),
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_what_has_to_be_kept_up_is_ahead_until_its_end(
    words: str, state: ConcessionState, own: bool
) -> None:
    end = ends(CUT if own else None, "2026-11-10")
    positions = {CUT: standing(TARIFF_CUT, words, until(end))}
    assert positions[CUT].state is state
    found = endings(positions, [end])
    assert listed(found) == [(CUT, True)]


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        row("announced, nothing since", "", True),
        row("met, nothing since", "- met 2026-01-07", True),
        row("in part, nothing since", "- partial 2026-01-07", True),
        row("stalled, nothing since", "- stalled 2026-01-07", True),
        row("kept to the end", "- met 2026-02-21", False),
        row("in part after the end", "- partial 2026-02-21", False),
        row("stalled after the end", "- stalled 2026-02-21", False),
        row("lapsed", "- met 2026-01-07, - lapsed 2026-02-21", False),
        row("broken while it ran", "- broken 2026-01-07", False),
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_what_has_ended_stays_listed_as_unknown_until_a_verdict(
    words: str, unknown: bool, own: bool
) -> None:
    end = ends(CUT if own else None, "2026-02-20")
    positions = {CUT: standing(TARIFF_CUT, words, until(end)), PRECURSORS: standing(CONTROLS, "")}
    found = endings(positions, [end])
    assert listed(found) == ([(CUT, False)] if unknown else [])


def test_after_the_agreement_each_of_its_own_ends_is_unknown_by_itself() -> None:
    truce = ends(None, "2026-02-20")
    own, met = own_end(CONTROLS, "2026-02-19")
    positions = {CUT: standing(TARIFF_CUT, "- met 2026-01-07", until(truce)), PRECURSORS: met}
    assert listed(endings(positions, [truce, own])) == [
        (PRECURSORS, False),
        (CUT, False),
    ]


def test_ends_of_one_day_come_by_their_concessions() -> None:
    of_each = {slug: own_end(one, "2026-11-10") for slug, one in BOTH.items()}
    rest = concession("rare-earths", receiver=("jp",))
    positions = {slug: met for slug, (_, met) in of_each.items()}
    positions["rare-earths"] = standing(rest, "- met 2026-01-07", RUNS)
    terms = [*(own for own, _ in of_each.values()), ends(None, "2026-11-10")]
    found = endings(positions, terms)
    assert [one.concession for one in found] == [PRECURSORS, CUT, "rare-earths"]


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.STALLED])
def test_only_what_is_stalled_can_be_in_doubt_while_its_term_runs(stage: Stage) -> None:
    assert standing(TARIFF_CUT, f"- {stage} 2026-01-07", RUNS).state is not ConcessionState.IN_DOUBT

from datetime import date

import pytest

from tracker.dates import Period
from tracker.facts import Agreement, Closing, Concession, Deadline, Exchange, StageMark
from tracker.rules.deadlines import DeadlinePosition, judge
from tracker.rules.risk import ENDS, endings, risks
from tracker.rules.stages import Position, position
from tracker.vocabulary import (
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Outcome,
    Precision,
    Stage,
)

AGREED = Agreement("busan", "Truce", None, Period(date(2025, 10, 30), Precision.DAY), "mofcom")
NOW = date(2026, 2, 21)


def concession(slug: str, giver: str, *receivers: str) -> Concession:
    return Concession(
        slug=slug,
        agreement="busan",
        title=slug,
        givers=(giver,),
        receivers=receivers,
        sector="all goods",
        kind=ConcessionKind.TARIFF,
        instrument=Instrument.LAW,
        test="in force",
        source="notice",
        locator=None,
    )


TARIFF_CUT = concession("fentanyl-tariff-cut", "us", "cn")
PRECURSORS = concession("fentanyl-precursors", "cn", "us")
BOTH = {one.slug: one for one in (TARIFF_CUT, PRECURSORS)}
IN_RETURN = [Exchange("fentanyl-precursors", "fentanyl-tariff-cut")]


def standing(one: Concession, stage: Stage) -> Position:
    return position(one, AGREED, [StageMark(1, one.slug, None, stage, date(2026, 2, 20), None)], [])


def expiry(concession_slug: str | None, due_on: date, *closings: Closing) -> DeadlinePosition:
    deadline = Deadline(
        slug=f"{concession_slug or 'truce'}-end",
        agreement="busan",
        concession=concession_slug,
        kind=DeadlineKind.EXPIRY,
        label="ends",
        opens_on=None,
        due_on=Period(due_on, Precision.DAY),
        target=None,
        unit=None,
        source="notice",
    )
    return judge(deadline, [], closings, NOW)


@pytest.mark.parametrize(
    "stage", [Stage.STALLED, Stage.MISSED, Stage.REVERSED, Stage.LAPSED, Stage.MOOT]
)
def test_what_was_given_in_return_for_something_that_failed_is_at_risk(stage: Stage) -> None:
    positions = {
        "fentanyl-tariff-cut": standing(TARIFF_CUT, stage),
        "fentanyl-precursors": standing(PRECURSORS, Stage.STARTED),
    }

    (found,) = risks(positions, IN_RETURN, [], 30)

    assert found == ("fentanyl-precursors", stage, "fentanyl-tariff-cut", date(2026, 2, 20))


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.STARTED, Stage.PARTIAL, Stage.MET])
def test_a_counterpart_that_holds_puts_nothing_at_risk(stage: Stage) -> None:
    positions = {
        "fentanyl-tariff-cut": standing(TARIFF_CUT, stage),
        "fentanyl-precursors": standing(PRECURSORS, Stage.MET),
    }

    assert risks(positions, IN_RETURN, [], 30) == []


def test_what_is_lost_already_is_not_at_risk() -> None:
    positions = {
        "fentanyl-tariff-cut": standing(TARIFF_CUT, Stage.MOOT),
        "fentanyl-precursors": standing(PRECURSORS, Stage.REVERSED),
    }

    assert risks(positions, IN_RETURN, [expiry("fentanyl-precursors", NOW)], 30) == []


@pytest.mark.parametrize(("within", "at_risk"), [(9, []), (10, [ENDS]), (60, [ENDS])])
def test_an_own_term_counts_if_it_ends_within_the_horizon(within: int, at_risk: list[str]) -> None:
    positions = {"fentanyl-precursors": standing(PRECURSORS, Stage.MET)}
    term = expiry("fentanyl-precursors", date(2026, 3, 3))

    assert [risk.because for risk in risks(positions, [], [term], within)] == at_risk


def test_the_cliff_names_who_loses_and_leaves_out_what_is_over() -> None:
    positions = {
        "fentanyl-tariff-cut": standing(TARIFF_CUT, Stage.MOOT),
        "fentanyl-precursors": standing(PRECURSORS, Stage.MET),
    }
    terms = [
        expiry("fentanyl-tariff-cut", date(2026, 11, 10)),
        expiry("fentanyl-precursors", date(2026, 11, 9)),
    ]

    found = endings(positions, BOTH, terms)

    assert [(one.concession, one.loses) for one in found] == [("fentanyl-precursors", ("us",))]


def test_with_the_agreement_each_side_loses_what_has_no_end_of_its_own() -> None:
    positions = {slug: standing(one, Stage.MET) for slug, one in BOTH.items()}
    truce = expiry(None, date(2026, 11, 10))
    own = expiry("fentanyl-precursors", date(2026, 11, 9))

    assert [one.loses for one in endings(positions, BOTH, [truce])] == [("cn",), ("us",)]
    assert [one.loses for one in endings(positions, BOTH, [truce, own])] == [("us",), ("cn",)]


def test_every_receiver_of_a_concession_loses_when_its_own_term_ends() -> None:
    shared = concession("rare-earths", "cn", "us", "jp", "eu")
    positions = {shared.slug: standing(shared, Stage.MET)}

    own = endings(positions, {shared.slug: shared}, [expiry("rare-earths", date(2026, 11, 10))])
    truce = endings(positions, {shared.slug: shared}, [expiry(None, date(2026, 11, 10))])

    assert [one.loses for one in own] == [("us", "jp", "eu")]
    assert [one.loses for one in truce] == [("us",), ("jp",), ("eu",)]


def test_a_term_that_is_past_or_closed_is_no_cliff() -> None:
    positions = {slug: standing(one, Stage.MET) for slug, one in BOTH.items()}
    past = expiry("fentanyl-precursors", date(2026, 2, 20))
    cancelled = Closing(2, "fentanyl-tariff-cut-end", Outcome.CANCELLED, NOW, None)
    closed = expiry("fentanyl-tariff-cut", date(2026, 11, 10), cancelled)

    assert endings(positions, BOTH, [past, closed]) == []

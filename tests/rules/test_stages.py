from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.entries import in_order
from tests.rules.making import concession, day, row, said, sides, stage
from tracker.dates import exactly
from tracker.entry import Entry
from tracker.rules.stages import (
    Position,
    Sides,
    last_agreed,
    latest_by_party,
    position,
    standing,
)
from tracker.vocabulary import ConcessionState, Instrument, Stage, StageFrom, Standing

SOYBEANS = concession()
TIKTOK = concession("tiktok", title="Settle TikTok", instrument=Instrument.PROPOSAL)
PROMISED = exactly(day("2025-10-30"))
CN_US = sides()


def stands(words: Sequence[Entry], between: Sides = CN_US) -> Position:
    return position(SOYBEANS, PROMISED, between, words)


@st.composite
def some_words(draw: st.DrawFn, speakers: tuple[str | None, ...]) -> list[Entry]:
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=8))
    return in_order(
        stage(
            number,
            draw(st.sampled_from(speakers)),
            draw(st.sampled_from(Stage)),
            draw(st.integers(1, 4)),
        )
        for number in numbers
    )


anybodys_words = some_words((None, "cn", "us", "jp"))
anybodys_claims = some_words(("cn", "us", "jp"))

# --- the stage ----------------------------------------------------------------------------------


def test_without_a_word_a_concession_is_announced_on_the_day_of_its_promise() -> None:
    found = stands([])
    assert (found.stage, found.stage_on) == (Stage.ANNOUNCED, PROMISED)
    assert (found.stage_from, found.standing) == (StageFrom.DECLARED, Standing.UNCLAIMED)
    assert (found.latest_claim, found.verdict) == (None, None)


def test_a_mere_proposal_is_still_being_negotiated() -> None:
    found = position(TIKTOK, PROMISED, CN_US, [])
    assert (found.stage, found.state) == (Stage.NEGOTIATING, ConcessionState.PROMISED)


@pytest.mark.parametrize("instrument", [one for one in Instrument if one != "proposal"])
def test_every_stronger_instrument_counts_as_announced(instrument: Instrument) -> None:
    one = concession(instrument=instrument)
    assert position(one, PROMISED, CN_US, []).stage is Stage.ANNOUNCED


@pytest.mark.parametrize(
    ("between", "claims", "expected"),
    [
        row("nobody spoke", "cn > us", "", "announced -, unclaimed"),
        row("a receiver alone", "cn > us", "us met 7", "announced -, one-sided"),
        row("a giver alone", "cn > us", "cn met 7", "announced -, one-sided"),
        row("a third party", "cn > us", "jp met 7", "announced -, unclaimed"),
        row("both alike", "cn > us", "us met 3, cn met 7", "met 7, agreed"),
        row("from the later day", "cn > us", "us met 7, cn met 3", "met 7, agreed"),
        row("they differ", "cn > us", "us met 7, cn started 7", "announced -, contested"),
        row("one comes round", "cn > us", "us met 2, cn started 3, cn met 4", "met 4, agreed"),
        row("one differs later: the stage stays", "cn > us", "us met 2, cn met 3, us stalled 4",
            "met 3, contested"),
        row("one differs and comes back", "cn > us", "us met 2, cn met 3, us stalled 4, us met 6",
            "met 6, agreed"),
        row("both go on to another stage", "cn > us",
            "us started 2, cn started 3, us met 4, cn met 6", "met 6, agreed"),
        row("one says the same again", "cn > us", "us met 2, cn met 3, us met 9", "met 3, agreed"),
        row("one says the same twice again", "cn > us", "us met 2, cn met 3, us met 8, us met 9",
            "met 3, agreed"),
        row("both say the same again", "cn > us", "us met 2, cn met 3, us met 8, cn met 9",
            "met 9, agreed"),
        row("both say the same a third time", "cn > us",
            "us met 2, cn met 3, us met 8, cn met 9, cn met 10, us met 11", "met 11, agreed"),
        row("the same again by one after both did", "cn > us",
            "us met 2, cn met 3, us met 8, cn met 9, cn met 10", "met 9, agreed"),
        row("what was said again before a quarrel is forgotten", "cn > us",
            "us met 2, cn met 3, us met 4, cn stalled 5, cn met 6, cn met 8", "met 6, agreed"),
        row("a silent receiver does not hinder", "cn > us jp", "us met 2, cn met 3",
            "met 3, agreed"),
        row("a receiver who joins later says nothing new", "cn > us jp",
            "us met 2, cn met 3, jp met 5", "met 3, agreed"),
        row("a receiver who differs", "cn > us jp", "us met 2, jp stalled 3, cn met 4",
            "announced -, contested"),
        row("receivers alone", "cn > us jp", "us met 2, jp met 3", "announced -, one-sided"),
        row("receivers alone who differ", "cn > us jp", "us met 2, jp stalled 3",
            "announced -, one-sided"),
        row("one of two givers", "cn ru > us", "ru started 2, us started 3", "started 3, agreed"),
        row("two givers who differ", "cn ru > us", "ru started 2, us started 3, cn met 4",
            "started 3, contested"),
        row("a bloc for its members", "cn > de fr", "eu met 2, cn met 3", "met 3, agreed"),
        row("a member not for its bloc", "cn > eu", "de met 2, cn met 3", "announced -, one-sided"),
        row("a member's own word outranks its bloc's", "cn > fr",
            "fr stalled 2, eu met 3, cn met 4", "announced -, contested"),
        row("the bloc still speaks for the other member", "cn > de fr",
            "fr met 2, eu stalled 3, cn met 4", "announced -, contested"),
        row("a member's own word ends an agreement of its bloc", "cn > fr",
            "eu met 2, cn met 3, fr partial 4", "met 3, contested"),
        row("blocs whose members' words outrank them agree to nothing", "de > no",
            "de met 2, no met 3, eu stalled 4, efta stalled 5", "met 3, agreed"),
        row("a bloc whose member's word outranks it says nothing again", "fr > us",
            "fr met 2, us met 3, eu met 8, us met 9", "met 3, agreed"),
        row("nor does it agree with the other side", "fr > us", "fr started 2, eu met 3, us met 4",
            "announced -, contested"),
        row("a bloc says again what it said for its members", "fr > us",
            "eu met 2, us met 3, eu met 8, us met 9", "met 9, agreed"),
        row("a wider bloc", "cn > sa", "opec started 2, cn started 3", "started 3, agreed"),
        row("the nearer bloc outranks the wider", "cn > sa", "opec started 2, gcc met 3, cn met 4",
            "met 4, agreed"),
        row("a ceasefire: one of both givers", "government rebels > government rebels",
            "government met 2", "announced -, one-sided"),
        row("a ceasefire: both givers", "government rebels > government rebels",
            "government met 2, rebels met 3", "met 3, agreed"),
        row("a ceasefire: both givers, unlike", "government rebels > government rebels",
            "government met 2, rebels broken 3", "announced -, contested"),
        row("a bloc alone on both sides", "de > fr", "eu met 2", "announced -, one-sided"),
    ],
)  # fmt: skip
def test_both_sides_have_to_say_the_same_for_a_stage_to_move(
    between: str, claims: str, expected: str
) -> None:
    givers, receivers = between.split(" > ")
    found = stands(said(claims), sides(givers, receivers))
    on = found.on.day if found.stage_from is StageFrom.BOTH else "-"
    assert f"{found.stage} {on}, {found.standing}" == expected
    assert (found.stage_on == PROMISED) is (found.stage_from is StageFrom.DECLARED)


def test_the_latest_claim_is_that_of_a_party_and_shown_beside_the_stage() -> None:
    claims = said("cn started 3, us met 5, jp stalled 9")
    found = stands(claims)
    assert (found.stage, found.state) == (Stage.ANNOUNCED, ConcessionState.PROMISED)
    assert found.latest_claim == claims[1]


def test_every_agreement_of_both_sides_is_told_with_its_day() -> None:
    claims = said("us started 2, cn started 3, us met 4, cn met 6, cn met 7, us met 9")
    assert last_agreed(CN_US, claims) == [claims[1], claims[3], claims[5]]


def test_a_verdict_outweighs_what_both_sides_claim_even_later() -> None:
    verdict = stage(4, None, Stage.STALLED, 2)
    claims = [stage(5, "us", Stage.MET, 7), stage(6, "cn", Stage.MET, 7)]
    found = stands([verdict, *claims])
    assert (found.stage, found.on) == (Stage.STALLED, date(2026, 1, 2))
    assert (found.stage_from, found.verdict) == (StageFrom.VERDICT, verdict)
    assert found.standing is Standing.AGREED


def test_the_last_verdict_counts() -> None:
    found = stands(said("- partial 6, - started 6"))
    assert (found.stage, found.verdict) == (Stage.STARTED, said("- partial 6, - started 6")[-1])


@pytest.mark.parametrize(
    ("words", "since"),
    [
        row("a verdict", "- met 3", 3),
        row("the same verdict again", "- partial 2, - met 3, - met 7", 3),
        row("another between", "- met 3, - stalled 5, - met 7", 7),
        row("a claim between", "- met 3, us stalled 5, - met 7", 3),
        row("both sides", "us met 2, cn met 3", 3),
        row("both sides again", "us met 2, cn met 3, us met 8, cn met 9", 3),
    ],
)
def test_a_stage_counts_since_it_was_first_stated_without_another_between(
    words: str, since: int
) -> None:
    assert stands(said(words)).since.last.day == since


@given(anybodys_words)
def test_a_stage_rests_on_a_verdict_on_both_sides_or_on_the_text(words: list[Entry]) -> None:
    found = stands(words)
    verdicts, claims = [m for m in words if m.says is None], [m for m in words if m.says]
    if verdicts:
        assert found.stage_from is StageFrom.VERDICT
        assert (found.stage, found.verdict) == (verdicts[-1].stage, verdicts[-1])
    elif found.standing is Standing.AGREED:
        assert found.stage_from is StageFrom.BOTH
        assert {found.stage} == {one.stage for one in both_sides(claims)}
    elif found.standing is not Standing.CONTESTED:
        assert (found.stage, found.stage_from) == (Stage.ANNOUNCED, StageFrom.DECLARED)


@given(anybodys_claims)
def test_claims_alone_gain_something_only_where_both_sides_once_made_them(
    claims: list[Entry],
) -> None:
    if stands(claims).state is ConcessionState.KEPT:
        assert {"cn", "us"} <= {one.says for one in claims if one.stage is Stage.MET}


def both_sides(claims: list[Entry]) -> list[Entry]:
    spoken = latest_by_party(claims)
    return [spoken[party] for party in ("cn", "us") if party in spoken]


# --- standing and the latest of each ------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "adds_up_to"),
    [
        ("", Standing.UNCLAIMED),
        ("cn started 2", Standing.ONE_SIDED),
        ("us met 2", Standing.ONE_SIDED),
        ("us met 2, jp met 3", Standing.ONE_SIDED),
        ("us met 2, jp stalled 3", Standing.ONE_SIDED),
        ("cn started 2, us met 3", Standing.CONTESTED),
        ("cn met 2, us met 3", Standing.AGREED),
        ("cn met 2, us met 3, jp met 4", Standing.AGREED),
        ("cn met 2, us met 3, jp stalled 4", Standing.CONTESTED),
    ],
)
def test_the_claims_of_both_sides_add_up_to_a_standing(claims: str, adds_up_to: Standing) -> None:
    assert standing(sides("cn", "us jp"), latest_by_party(said(claims))) is adds_up_to


def test_our_own_verdict_speaks_for_no_side() -> None:
    assert not CN_US.speaks(None)
    assert (CN_US.speaks("cn"), CN_US.speaks("us"), CN_US.speaks("jp")) == (True, True, False)


def test_there_is_no_latest_of_nothing() -> None:
    assert latest_by_party([]) == {}


def test_each_speaker_is_heard_with_the_latest_word_and_we_are_no_speaker() -> None:
    claims = [
        stage(5, "jp", Stage.STARTED, 1),
        stage(4, "us", Stage.PARTIAL, 2),
        stage(3, "us", Stage.MET, 5),
        stage(6, None, Stage.MOOT, 9),
    ]
    heard = {party: claim.stage for party, claim in latest_by_party(claims).items()}
    assert [*heard.items()] == [("jp", Stage.STARTED), ("us", Stage.MET)]

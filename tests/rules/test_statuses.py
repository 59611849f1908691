from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.entries import in_order
from tests.rules.making import concession, day, row, said, sides, stating
from tracker.dates import exactly
from tracker.entry import Entry
from tracker.rules.statuses import (
    Position,
    Sides,
    last_agreed,
    latest_by_party,
    position,
    standing,
    stated_by,
)
from tracker.vocabulary import TYPED, Instrument, Standing, Status, StatusFrom

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
        stating(
            number,
            draw(st.sampled_from(speakers)),
            draw(st.sampled_from(TYPED)),
            draw(st.integers(1, 4)),
        )
        for number in numbers
    )


anybodys_words = some_words((None, "cn", "us", "jp"))
anybodys_claims = some_words(("cn", "us", "jp"))

# --- the status ---------------------------------------------------------------------------------


def test_without_a_word_a_concession_is_promised_since_the_day_of_its_promise() -> None:
    found = stands([])
    assert (found.status, found.status_on) == (Status.PROMISED, PROMISED)
    assert (found.status_from, found.standing) == (StatusFrom.DECLARED, Standing.UNCLAIMED)
    assert (found.latest_claim, found.verdict) == (None, None)


def test_a_mere_proposal_is_still_being_negotiated() -> None:
    found = position(TIKTOK, PROMISED, CN_US, [])
    assert found.status is Status.NEGOTIATING


@pytest.mark.parametrize("instrument", [one for one in Instrument if one != "proposal"])
def test_every_stronger_instrument_counts_as_promised(instrument: Instrument) -> None:
    one = concession(instrument=instrument)
    assert position(one, PROMISED, CN_US, []).status is Status.PROMISED


@pytest.mark.parametrize(
    ("between", "claims", "expected"),
    [
        row("nobody spoke", "cn > us", "", "promised -, unclaimed"),
        row("a receiver alone", "cn > us", "us kept 7", "promised -, one-sided"),
        row("a giver alone", "cn > us", "cn kept 7", "promised -, one-sided"),
        row("a third party", "cn > us", "jp kept 7", "promised -, unclaimed"),
        row("both alike", "cn > us", "us kept 3, cn kept 7", "kept 7, agreed"),
        row("from the later day", "cn > us", "us kept 7, cn kept 3", "kept 7, agreed"),
        row("they differ", "cn > us", "us kept 7, cn started 7", "promised -, contested"),
        row("one comes round", "cn > us", "us kept 2, cn started 3, cn kept 4", "kept 4, agreed"),
        row("one differs later: the status stays", "cn > us", "us kept 2, cn kept 3, us stalled 4",
            "kept 3, contested"),
        row("one differs and comes back", "cn > us",
            "us kept 2, cn kept 3, us stalled 4, us kept 6",
            "kept 6, agreed"),
        row("both go on to another status", "cn > us",
            "us started 2, cn started 3, us kept 4, cn kept 6", "kept 6, agreed"),
        row("one says the same again", "cn > us", "us kept 2, cn kept 3, us kept 9",
            "kept 3, agreed"),
        row("one says the same twice again", "cn > us",
            "us kept 2, cn kept 3, us kept 8, us kept 9",
            "kept 3, agreed"),
        row("both say the same again", "cn > us", "us kept 2, cn kept 3, us kept 8, cn kept 9",
            "kept 9, agreed"),
        row("both say the same a third time", "cn > us",
            "us kept 2, cn kept 3, us kept 8, cn kept 9, cn kept 10, us kept 11",
            "kept 11, agreed"),
        row("the same again by one after both did", "cn > us",
            "us kept 2, cn kept 3, us kept 8, cn kept 9, cn kept 10", "kept 9, agreed"),
        row("what was said again before a quarrel is forgotten", "cn > us",
            "us kept 2, cn kept 3, us kept 4, cn stalled 5, cn kept 6, cn kept 8",
            "kept 6, agreed"),
        row("a silent receiver does not hinder", "cn > us jp", "us kept 2, cn kept 3",
            "kept 3, agreed"),
        row("a receiver who joins later says nothing new", "cn > us jp",
            "us kept 2, cn kept 3, jp kept 5", "kept 3, agreed"),
        row("a receiver who differs", "cn > us jp", "us kept 2, jp stalled 3, cn kept 4",
            "promised -, contested"),
        row("receivers alone", "cn > us jp", "us kept 2, jp kept 3", "promised -, one-sided"),
        row("receivers alone who differ", "cn > us jp", "us kept 2, jp stalled 3",
            "promised -, one-sided"),
        row("one of two givers", "cn ru > us", "ru started 2, us started 3", "started 3, agreed"),
        row("two givers who differ", "cn ru > us", "ru started 2, us started 3, cn kept 4",
            "started 3, contested"),
        row("a bloc for its members", "cn > de fr", "eu kept 2, cn kept 3", "kept 3, agreed"),
        row("a member not for its bloc", "cn > eu", "de kept 2, cn kept 3",
            "promised -, one-sided"),
        row("a member's own word outranks its bloc's", "cn > fr",
            "fr stalled 2, eu kept 3, cn kept 4", "promised -, contested"),
        row("the bloc still speaks for the other member", "cn > de fr",
            "fr kept 2, eu stalled 3, cn kept 4", "promised -, contested"),
        row("a member's own word ends an agreement of its bloc", "cn > fr",
            "eu kept 2, cn kept 3, fr partly 4", "kept 3, contested"),
        row("blocs whose members' words outrank them agree to nothing", "de > no",
            "de kept 2, no kept 3, eu stalled 4, efta stalled 5", "kept 3, agreed"),
        row("a bloc whose member's word outranks it says nothing again", "fr > us",
            "fr kept 2, us kept 3, eu kept 8, us kept 9", "kept 3, agreed"),
        row("nor does it agree with the other side", "fr > us",
            "fr started 2, eu kept 3, us kept 4",
            "promised -, contested"),
        row("a bloc says again what it said for its members", "fr > us",
            "eu kept 2, us kept 3, eu kept 8, us kept 9", "kept 9, agreed"),
        row("a wider bloc", "cn > sa", "opec started 2, cn started 3", "started 3, agreed"),
        row("the nearer bloc outranks the wider", "cn > sa",
            "opec started 2, gcc kept 3, cn kept 4",
            "kept 4, agreed"),
        row("a ceasefire: one of both givers", "government rebels > government rebels",
            "government kept 2", "promised -, one-sided"),
        row("a ceasefire: both givers", "government rebels > government rebels",
            "government kept 2, rebels kept 3", "kept 3, agreed"),
        row("a ceasefire: both givers, unlike", "government rebels > government rebels",
            "government kept 2, rebels broken 3", "promised -, contested"),
        row("a bloc alone on both sides", "de > fr", "eu kept 2", "promised -, one-sided"),
    ],
)  # fmt: skip
def test_both_sides_have_to_say_the_same_for_a_status_to_move(
    between: str, claims: str, expected: str
) -> None:
    givers, receivers = between.split(" > ")
    found = stands(said(claims), sides(givers, receivers))
    on = found.status_on.last.day if found.status_from is StatusFrom.BOTH else "-"
    assert f"{found.status} {on}, {found.standing}" == expected
    assert (found.status_on == PROMISED) is (found.status_from is StatusFrom.DECLARED)


def test_the_latest_claim_is_that_of_a_party_and_shown_beside_the_status() -> None:
    claims = said("cn started 3, us kept 5, jp stalled 9")
    found = stands(claims)
    assert found.status is Status.PROMISED
    assert found.latest_claim == claims[1]


def test_every_agreement_of_both_sides_is_told_with_its_day() -> None:
    claims = said("us started 2, cn started 3, us kept 4, cn kept 6, cn kept 7, us kept 9")
    assert last_agreed(CN_US, claims) == [claims[1], claims[3], claims[5]]


def test_a_verdict_outweighs_what_both_sides_claim_even_later() -> None:
    verdict = stating(4, None, Status.STALLED, 2)
    claims = [stating(5, "us", Status.KEPT, 7), stating(6, "cn", Status.KEPT, 7)]
    found = stands([verdict, *claims])
    assert (found.status, found.status_on.last) == (Status.STALLED, date(2026, 1, 2))
    assert (found.status_from, found.verdict) == (StatusFrom.VERDICT, verdict)
    assert found.standing is Standing.AGREED


def test_the_last_verdict_counts() -> None:
    found = stands(said("- partly 6, - started 6"))
    assert (found.status, found.verdict) == (Status.STARTED, said("- partly 6, - started 6")[-1])


@pytest.mark.parametrize(
    ("words", "since"),
    [
        row("a verdict", "- kept 3", 3),
        row("the same verdict again", "- partly 2, - kept 3, - kept 7", 3),
        row("another between", "- kept 3, - stalled 5, - kept 7", 7),
        row("a claim between", "- kept 3, us stalled 5, - kept 7", 3),
        row("both sides", "us kept 2, cn kept 3", 3),
        row("both sides again", "us kept 2, cn kept 3, us kept 8, cn kept 9", 3),
    ],
)
def test_a_status_counts_since_it_was_first_stated_without_another_between(
    words: str, since: int
) -> None:
    assert stands(said(words)).since.last.day == since


@given(anybodys_words)
def test_a_status_rests_on_a_verdict_on_both_sides_or_on_the_text(words: list[Entry]) -> None:
    found = stands(words)
    verdicts, claims = [m for m in words if m.says is None], [m for m in words if m.says]
    if verdicts:
        assert found.status_from is StatusFrom.VERDICT
        assert (found.status, found.verdict) == (stated_by(verdicts[-1]), verdicts[-1])
    elif found.standing is Standing.AGREED:
        assert found.status_from is StatusFrom.BOTH
        assert {found.status} == {stated_by(one) for one in both_sides(claims)}
    elif found.standing is not Standing.CONTESTED:
        assert (found.status, found.status_from) == (Status.PROMISED, StatusFrom.DECLARED)


@given(anybodys_claims)
def test_claims_alone_gain_something_only_where_both_sides_once_made_them(
    claims: list[Entry],
) -> None:
    if stands(claims).status is Status.KEPT:
        assert {"cn", "us"} <= {one.says for one in claims if stated_by(one) is Status.KEPT}


def both_sides(claims: list[Entry]) -> list[Entry]:
    spoken = latest_by_party(claims)
    return [spoken[party] for party in ("cn", "us") if party in spoken]


# --- standing and the latest of each ------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "adds_up_to"),
    [
        ("", Standing.UNCLAIMED),
        ("cn started 2", Standing.ONE_SIDED),
        ("us kept 2", Standing.ONE_SIDED),
        ("us kept 2, jp kept 3", Standing.ONE_SIDED),
        ("us kept 2, jp stalled 3", Standing.ONE_SIDED),
        ("cn started 2, us kept 3", Standing.CONTESTED),
        ("cn kept 2, us kept 3", Standing.AGREED),
        ("cn kept 2, us kept 3, jp kept 4", Standing.AGREED),
        ("cn kept 2, us kept 3, jp stalled 4", Standing.CONTESTED),
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
        stating(5, "jp", Status.STARTED, 1),
        stating(4, "us", Status.PARTLY, 2),
        stating(3, "us", Status.KEPT, 5),
        stating(6, None, Status.OVERTAKEN, 9),
    ]
    heard = {party: stated_by(claim) for party, claim in latest_by_party(claims).items()}
    assert [*heard.items()] == [("jp", Status.STARTED), ("us", Status.KEPT)]

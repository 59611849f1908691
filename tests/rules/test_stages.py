from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.dates import parse_period
from tracker.facts import Agreement, Concession, StageMark
from tracker.rules.stages import (
    RANK,
    Position,
    change_of,
    latest,
    latest_by_party,
    position,
    standing,
)
from tracker.vocabulary import (
    BUCKET_OF,
    Bucket,
    Change,
    ConcessionKind,
    Instrument,
    Stage,
    StageFrom,
    Standing,
)

BUSAN = Agreement("busan-2025", "US–China trade truce", "Busan", parse_period("2025-10"), "article")
SOYBEANS = Concession(
    slug="soybeans",
    agreement="busan-2025",
    title="Resume soybean purchases",
    givers=("cn",),
    receivers=("us",),
    sector="agriculture",
    kind=ConcessionKind.PURCHASE,
    instrument=Instrument.STATEMENT,
    test="Chinese buyers buy US soybeans again.",
    source="article",
    locator="paragraph 13",
)
TIKTOK = SOYBEANS._replace(slug="tiktok", instrument=Instrument.PROPOSAL)

many = settings(max_examples=80)


def mark(entry: int, says: str | None, stage: Stage, day: int) -> StageMark:
    """Return a mark on a day of January 2026."""
    return StageMark(entry, "soybeans", says, stage, date(2026, 1, day), "usda")


def stands(verdicts: list[StageMark], claims: list[StageMark]) -> Position:
    return position(SOYBEANS, BUSAN, verdicts, claims)


@st.composite
def marks(draw: st.DrawFn, speakers: tuple[str | None, ...]) -> list[StageMark]:
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=8))
    return [
        mark(
            number,
            draw(st.sampled_from(speakers)),
            draw(st.sampled_from(Stage)),
            draw(st.integers(1, 4)),
        )
        for number in numbers
    ]


verdicts_of_the_keeper = marks((None,))
claims_of_anybody = marks(("cn", "us", "jp"))

# --- the stage ------------------------------------------------------------------------------


def test_without_a_word_a_concession_is_announced_on_the_agreements_day() -> None:
    found = stands([], [])
    assert (found.stage, found.on) == (Stage.ANNOUNCED, date(2025, 10, 31))
    assert (found.stage_from, found.standing) == (StageFrom.DECLARED, Standing.UNCLAIMED)
    assert (found.latest_claim, found.verdict) == (None, None)


def test_a_mere_proposal_is_still_being_negotiated() -> None:
    assert position(TIKTOK, BUSAN, [], []).stage is Stage.NEGOTIATING


@pytest.mark.parametrize("instrument", [one for one in Instrument if one != "proposal"])
def test_every_stronger_instrument_counts_as_announced(instrument: Instrument) -> None:
    assert position(SOYBEANS._replace(instrument=instrument), BUSAN, [], []).stage == "announced"


def test_one_sides_word_alone_does_not_move_a_bucket() -> None:
    claim = mark(5, "us", Stage.MET, 7)
    found = stands([], [claim])
    assert (found.stage, found.bucket) == (Stage.ANNOUNCED, Bucket.PROMISED)
    assert (found.standing, found.latest_claim) == (Standing.ONE_SIDED, claim)


def test_what_both_sides_claim_stands_from_the_later_of_their_days() -> None:
    found = stands([], [mark(5, "us", Stage.PARTIAL, 7), mark(6, "cn", Stage.PARTIAL, 3)])
    assert (found.stage, found.on) == (Stage.PARTIAL, date(2026, 1, 7))
    assert (found.stage_from, found.standing) == (StageFrom.BOTH, Standing.AGREED)


def test_unlike_claims_are_contested_and_move_nothing() -> None:
    found = stands([], [mark(5, "us", Stage.MET, 7), mark(6, "cn", Stage.STARTED, 7)])
    assert (found.stage, found.standing) == (Stage.ANNOUNCED, Standing.CONTESTED)


def test_a_verdict_outweighs_what_both_sides_claim_even_later() -> None:
    verdict = mark(4, None, Stage.STALLED, 2)
    found = stands([verdict], [mark(5, "us", Stage.MET, 7), mark(6, "cn", Stage.MET, 7)])
    assert (found.stage, found.on) == (Stage.STALLED, date(2026, 1, 2))
    assert (found.stage_from, found.verdict) == (StageFrom.VERDICT, verdict)
    assert found.standing is Standing.AGREED


def test_a_verdict_recorded_late_about_an_earlier_day_does_not_count_as_the_latest() -> None:
    found = stands([mark(9, None, Stage.STARTED, 2), mark(8, None, Stage.PARTIAL, 6)], [])
    assert found.stage is Stage.PARTIAL


def test_of_two_verdicts_on_one_day_the_one_written_last_counts() -> None:
    found = stands([mark(9, None, Stage.PARTIAL, 6), mark(8, None, Stage.STARTED, 6)], [])
    assert found.stage is Stage.PARTIAL


def test_a_third_partys_claim_neither_moves_the_stage_nor_the_standing() -> None:
    found = stands([], [mark(5, "jp", Stage.MET, 7)])
    assert (found.stage, found.standing) == (Stage.ANNOUNCED, Standing.UNCLAIMED)
    assert found.latest_claim is None


def test_a_side_that_comes_round_makes_a_contested_stage_agreed() -> None:
    claims = [mark(5, "us", Stage.MET, 2), mark(6, "cn", Stage.STARTED, 3)]
    assert stands([], claims).standing is Standing.CONTESTED
    assert stands([], [*claims, mark(7, "cn", Stage.MET, 4)]).standing is Standing.AGREED


@many
@given(verdicts_of_the_keeper, claims_of_anybody, st.randoms(use_true_random=False))
def test_the_order_in_which_marks_come_does_not_matter(
    verdicts: list[StageMark], claims: list[StageMark], random: Random
) -> None:
    found = stands(verdicts, claims)
    random.shuffle(verdicts)
    random.shuffle(claims)
    assert stands(verdicts, claims) == found


@many
@given(verdicts_of_the_keeper, claims_of_anybody)
def test_a_stage_rests_on_a_verdict_on_both_sides_or_on_the_text(
    verdicts: list[StageMark], claims: list[StageMark]
) -> None:
    found = stands(verdicts, claims)
    if verdicts:
        assert found.stage_from is StageFrom.VERDICT
        assert found.stage is max(verdicts, key=lambda one: (one.on, one.entry)).stage
    elif found.standing is Standing.AGREED:
        assert found.stage_from is StageFrom.BOTH
    else:
        assert (found.stage, found.stage_from) == (Stage.ANNOUNCED, StageFrom.DECLARED)
    assert found.bucket is BUCKET_OF[found.stage]


@many
@given(claims_of_anybody)
def test_claims_alone_gain_something_only_where_both_sides_make_them(
    claims: list[StageMark],
) -> None:
    found = stands([], claims)
    if found.bucket is Bucket.GAINED:
        assert {spoken.stage for spoken in both_sides(claims)} == {Stage.MET}
        assert len(both_sides(claims)) == 2


def both_sides(claims: list[StageMark]) -> list[StageMark]:
    spoken = latest_by_party(claims)
    return [spoken[party] for party in ("cn", "us") if party in spoken]


# --- standing and the latest of each --------------------------------------------------------

MET, STARTED = mark(1, "us", Stage.MET, 1), mark(2, "cn", Stage.STARTED, 2)
CN_MET, EU_MET = mark(3, "cn", Stage.MET, 3), mark(4, "eu", Stage.MET, 4)
EU_STALLED = mark(5, "eu", Stage.STALLED, 4)


@pytest.mark.parametrize(
    ("givers", "receivers", "adds_up_to"),
    [
        ([], [], Standing.UNCLAIMED),
        ([STARTED], [], Standing.ONE_SIDED),
        ([], [MET], Standing.ONE_SIDED),
        ([], [MET, EU_MET], Standing.ONE_SIDED),
        ([], [MET, EU_STALLED], Standing.ONE_SIDED),
        ([STARTED], [MET], Standing.CONTESTED),
        ([CN_MET], [MET], Standing.AGREED),
        ([CN_MET], [MET, EU_MET], Standing.AGREED),
        ([CN_MET], [MET, EU_STALLED], Standing.CONTESTED),
    ],
)
def test_the_claims_of_both_sides_add_up_to_a_standing(
    givers: list[StageMark], receivers: list[StageMark], adds_up_to: Standing
) -> None:
    assert standing(givers, receivers) is adds_up_to


RARE_EARTHS = SOYBEANS._replace(slug="rare-earths", receivers=("us", "eu"))


def test_of_several_receivers_one_that_is_silent_does_not_hinder_agreement() -> None:
    found = position(RARE_EARTHS, BUSAN, [], [mark(5, "cn", Stage.MET, 3), EU_MET])

    assert (found.stage, found.on) == (Stage.MET, date(2026, 1, 4))
    assert (found.stage_from, found.standing) == (StageFrom.BOTH, Standing.AGREED)


def test_of_several_receivers_one_that_says_otherwise_makes_it_contested() -> None:
    found = position(RARE_EARTHS, BUSAN, [], [CN_MET, MET, EU_STALLED])

    assert (found.stage, found.standing) == (Stage.ANNOUNCED, Standing.CONTESTED)
    assert found.latest_claim == EU_STALLED


def test_there_is_no_latest_of_nothing() -> None:
    assert latest([]) is None
    assert latest_by_party([]) == {}


def test_each_speaker_is_heard_with_the_latest_word_and_the_keeper_is_no_speaker() -> None:
    claims = [
        mark(3, "us", Stage.MET, 5),
        mark(4, "us", Stage.PARTIAL, 2),
        mark(5, "jp", Stage.STARTED, 1),
        mark(6, None, Stage.MOOT, 9),
    ]
    heard = {party: claim.stage for party, claim in latest_by_party(claims).items()}
    assert heard == {"us": Stage.MET, "jp": Stage.STARTED}


# --- change ---------------------------------------------------------------------------------


def at(stage: Stage) -> Position:
    return stands([mark(1, None, stage, 1)], [])


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (Stage.ANNOUNCED, Stage.STARTED, Change.UP),
        (Stage.STARTED, Stage.PARTIAL, Change.UP),
        (Stage.STALLED, Stage.STARTED, Change.UP),
        (Stage.NEGOTIATING, Stage.ANNOUNCED, Change.UP),
        (Stage.PARTIAL, Stage.STALLED, Change.DOWN),
        (Stage.MET, Stage.REVERSED, Change.DOWN),
        (Stage.ANNOUNCED, Stage.MISSED, Change.DOWN),
        (Stage.MET, Stage.LAPSED, Change.DOWN),
        (Stage.ANNOUNCED, Stage.MOOT, Change.DOWN),
        (Stage.PARTIAL, Stage.PARTIAL, Change.SAME),
    ],
)
def test_a_stage_comes_on_or_falls_back_by_what_it_leaves_the_receiver(
    before: Stage, after: Stage, change: Change
) -> None:
    assert change_of(at(before), at(after)) is change


def test_a_concession_without_a_past_is_new() -> None:
    assert change_of(None, at(Stage.MET)) is Change.NEW


@given(st.sampled_from(Stage), st.sampled_from(Stage))
def test_what_goes_up_comes_down_on_the_way_back(one: Stage, other: Stage) -> None:
    if RANK[one] != RANK[other]:
        assert {change_of(at(one), at(other)), change_of(at(other), at(one))} == {"up", "down"}

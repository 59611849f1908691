"""Who is ahead in what: a sentence that is true of any book."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.reports.named import view_of
from tracker.facts import Party
from tracker.reports.choice import Choice
from tracker.reports.tally import COUNTS, GainsRow, in_words, last_week
from tracker.vocabulary import Bucket

PARTIES = [
    Party("us", "United States", "US"),
    Party("uk", "United Kingdom", "U.K."),
    Party("china", "China", "China"),
    Party("eu", "European Union", "EU"),
    Party("eu-firms", "Firms of the EU", "EU firms"),
    Party("boeing", "Boeing", "Boeing"),
]
VIEW = view_of(PARTIES)


def side(party: str, **counts: int) -> GainsRow:
    """Return what a side has; buckets are named as the columns of the report."""
    return GainsRow(party, *(counts.get(name, 0) for name in COUNTS))


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        pytest.param([], "", id="nothing promised"),
        pytest.param([side("us", gained=2, holding=6, void=13), side("china", holding=5, void=4)],
            "By number, the US is ahead: it has gained 2 of 21 concessions, and 6 more are"
            " holding; China has gained none of 9, but 5 are holding.", id="one side ahead"),
        pytest.param([side("us", gained=1, promised=3), side("china", gained=1, holding=1)],
            "By number, China is ahead: it has gained 1 of 2 concessions, and 1 more is"
            " holding; the US has gained 1 of 4.", id="the one that is ahead comes first"),
        pytest.param([side("us", gained=2, holding=1), side("china", gained=1, holding=4)],
            "By number, the US is ahead on concessions gained, China on those holding: the US"
            " has gained 2 of 3 concessions, and 1 more is holding; China has gained 1 of 5, and"
            " 4 more are holding.",
            id="each ahead in something"),
        pytest.param([side("eu", holding=4, void=7), side("us", holding=1)],
            "By number, the EU is ahead: it has gained none of 11 concessions, but 4 are"
            " holding; the US has not gained the only one made to it, which is holding.",
            id="ahead in what is holding alone"),
        pytest.param([side("us", gained=1), side("china", gained=1, promised=1)],
            "By number, no side is ahead: China has gained 1 of 2 concessions; the US has"
            " gained the only one made to it.",
            id="level"),
        pytest.param([side("us", gained=1, holding=1), side("uk", gained=1), side("eu", holding=1)],
            "By number, the US is ahead: it has gained 1 of 2 concessions, and 1 more is"
            " holding; the U.K. has gained the only one made to it; the EU has not gained the"
            " only one made to it, which is holding.",
            id="level with others in each, ahead of both"),
        pytest.param([side("us", gained=1), side("uk", gained=1), side("eu", holding=1)],
            "By number, no side is ahead: the US has gained the only concession made to it; the"
            " U.K. has gained the only one made to it; the EU has not gained the only one made"
            " to it, which is holding.", id="two level in what is gained"),
        pytest.param([side("us", promised=3), side("uk", under_way=1)],
            "By number, no side is ahead: the US has gained none of 3 concessions; the U.K. has"
            " not gained the only one made to it.", id="nobody gained yet"),
        pytest.param([side("us", promised=4), side("boeing")],
            "The US has gained none of 4 concessions.", id="one side, and a firm that gives only"),
        pytest.param([side("eu-firms", gained=1, promised=1), side("us", promised=2)],
            "By number, EU firms are ahead: they have gained 1 of 2 concessions; the US has"
            " gained none of 2.", id="a party in the plural"),
        pytest.param(
            [
                side("boeing", promised=1),
                side("china", holding=3),
                side("eu", promised=4),
                side("eu-firms", holding=2, promised=1),
                side("us", gained=3),
            ],
            "By number, the US is ahead on concessions gained, China on those holding: the US"
            " has gained 3 of 3 concessions; China has gained none of 3, but 3 are holding; EU"
            " firms have gained none of 3, but 2 are holding; two others have gained none of 5.",
            id="many sides",
        ),
    ],
)  # fmt: skip
def test_a_sentence_says_who_is_ahead_in_what(tally: list[GainsRow], told: str) -> None:
    assert in_words(VIEW, tally) == told


def test_of_several_agreements_together_nobody_is_ahead() -> None:
    tally = [side("us", gained=2, promised=1), side("china", promised=1)]

    assert in_words(VIEW, tally, together=True) == (
        "The US has gained 2 of 3 concessions; China has not gained the only one made to it."
    )


def test_sides_that_a_sentence_does_not_name_are_added_up() -> None:
    parties = ("boeing", "eu-firms", "us", "china", "eu")
    tally = [side(party, gained=at, holding=1) for at, party in enumerate(parties, 1)]

    assert in_words(VIEW, tally, together=True).endswith(
        "; two others have gained 3 of 5, and 2 more are holding."
    )


def test_of_those_that_a_filter_selects_nobody_is_ahead() -> None:
    narrow = view_of(PARTIES, Choice(sectors=("farming",)))

    tally = [side("us", promised=2), side("china", gained=1, promised=2)]

    assert in_words(narrow, tally) == (
        "China has gained 1 of 3 selected concessions; the US has gained none of 2."
    )


def test_what_was_other_last_week_is_said_of_every_bucket() -> None:
    tally = [side("us", gained=1, promised=1), side("china", void=2), side("eu", promised=1)]
    none = dict.fromkeys(COUNTS, 0)
    before = {"us": none | {"promised": 2}, "china": none | {"holding": 2}, "eu": none}

    assert last_week(VIEW, tally, before) == (
        "Last week the US had none gained and 2 promised; China had 2 holding and none void."
    )
    assert last_week(VIEW, tally, {"us": none | {"gained": 1, "promised": 1}}) == ""


def test_the_counts_are_those_of_the_buckets() -> None:
    assert len(COUNTS) == len(Bucket)


def test_a_filter_by_receiver_leaves_out_what_others_receive(tracker: Run, busan: Path) -> None:
    """Also of what several promise each other; nobody gets it from itself."""
    page = tracker("--today", "2026-11-26", "gains", "--receiver", "china", db=busan).out

    assert "China has gained 1 of 15 selected concessions, and 2 more are holding." in page
    assert "China gets from the US" in page
    assert "United States" not in page


def test_gains_say_so_if_no_bucket_changed_since_a_day(tracker: Run, busan: Path) -> None:
    today = ("--today", "2026-11-26", "gains", "--since")

    same, other = (tracker(*today, day, db=busan).out for day in ("friday", "2026-11-01"))

    assert "\nSince 20 Nov 2026: no change.\n" in same
    assert "no change" not in other
    assert "since 1 Nov 2026: holding" in other
    page = tracker(*today, "2026-11-01", "-f", "html", db=busan).out
    for side in ("United States", "China"):
        assert f'<p class="below">{side}, since 1 Nov 2026: holding' in page

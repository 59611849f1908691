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
        pytest.param(
            [side("us", gained=2, holding=6, promised=13), side("china", holding=5, void=4)],
            "By number, the US is ahead: it has gained 2 of the 21 concessions made to it, and 6"
            " more are holding; China has gained none of 9, but 5 are holding.",
            id="one side ahead",
        ),
        pytest.param([side("us", gained=1, promised=3), side("china", gained=1, holding=1)],
            "By number, China is ahead: it has gained 1 of the 2 concessions made to it, and 1"
            " more is holding; the US has gained 1 of 4.", id="the one that is ahead comes first"),
        pytest.param([side("us", gained=2, holding=1), side("china", gained=1, holding=4)],
            "By number, the US is ahead on concessions gained, China on those holding: the US has"
            " gained 2 of the 3 concessions made to it, and 1 more is holding; China has gained 1"
            " of 5, and 4 more are holding.", id="each ahead in something"),
        pytest.param(
            [side("us", gained=1, promised=1), side("china", gained=1)],
            "By number, neither side is ahead: the US has gained 1 of the 2 concessions made to it;"
            " China has gained the only one made to it.",
            id="level",
        ),
        pytest.param(
            [side(one, gained=1, promised=1) for one in ("us", "china", "eu")],
            "By number, no side is ahead: the US has gained 1 of the 2 concessions made to it;"
            " China has gained 1 of 2; the EU has gained 1 of 2.",
            id="three level",
        ),
        pytest.param([side("us", promised=3), side("china", under_way=1)],
            "Neither side has gained anything in full: 3 concessions were made to the US and 1"
            " to China.", id="nobody gained yet"),
        pytest.param([side("us", promised=3), side("uk", under_way=1)],
            "Neither side has gained anything in full: 3 concessions were made to the US and 1"
            " to the U.K.", id="one full stop"),
        pytest.param([side("us", void=1), side("china", void=2), side("eu", void=4)],
            "No side has gained anything in full: 4 concessions were made to the EU, 2 to China"
            " and 1 to the US.", id="everything void"),
        pytest.param([side("us", promised=4), side("boeing")],
            "The US has gained none of the 4 concessions made to it.",
            id="one side, and a firm that gives only"),
        pytest.param([side("eu-firms", gained=1, promised=1), side("us", promised=2)],
            "By number, EU firms are ahead: they have gained 1 of the 2 concessions made to them;"
            " the US has gained none of 2.", id="a party in the plural"),
        pytest.param([side("eu", holding=4, void=7), side("us", holding=1)],
            "By number, the EU is ahead: 4 of the 11 concessions made to it are holding, but it"
            " has gained none; the only one made to the US is holding.",
            id="ahead in what is holding alone"),
        pytest.param(
            [
                side("us", gained=2),
                side("china", promised=3),
                side("eu", promised=4, gained=1),
                side("boeing", promised=2),
            ],
            "By number, the US is ahead: it has gained both concessions made to it; the EU has"
            " gained 1 of 5; China has gained none of 3; Boeing has gained none of 2.",
            id="four sides, the one with the most first",
        ),
        pytest.param(
            [
                side("boeing", promised=1),
                side("china", holding=3),
                side("eu", promised=4),
                side("eu-firms", holding=2, promised=1),
                side("us", gained=3),
            ],
            "By number, the US is ahead on concessions gained, China on those holding: the US has"
            " gained all 3 concessions made to it; China has gained none of 3, but 3 are holding;"
            " EU firms have gained none of 3, but 2 are holding; two others have gained none of 5.",
            id="many sides",
        ),
        pytest.param([side("us", holding=2), side("china", void=1), side("eu", void=1)],
            "By number, the US is ahead: both concessions made to it are holding, but it has gained"
            " none; China has not gained the only one made to it; nor has the EU.",
            id="two with the same"),
    ],
)  # fmt: skip
def test_a_sentence_says_who_is_ahead_in_what(tally: list[GainsRow], told: str) -> None:
    assert in_words(VIEW, tally) == told


def test_where_no_side_has_anything_each_is_not_told_so() -> None:
    tally = [side("us", promised=1), side("china", promised=1)]

    assert in_words(VIEW, tally, together=True).startswith("Neither side has gained anything")


def test_of_several_agreements_together_nobody_is_ahead() -> None:
    tally = [side("us", gained=2, promised=1), side("china", promised=1)]

    assert in_words(VIEW, tally, together=True) == (
        "The US has gained 2 of the 3 concessions made to it; China has not gained the only one"
        " made to it."
    )


def test_sides_that_a_sentence_does_not_name_are_added_up() -> None:
    parties = ("boeing", "eu-firms", "us", "china", "eu")
    tally = [side(party, gained=at, holding=1) for at, party in enumerate(parties, 1)]

    assert in_words(VIEW, tally, together=True).endswith(
        "; two others have gained 3 of 5, and 2 more are holding."
    )


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        ([side("us", gained=2, promised=1), side("china", promised=1)],
         "The US has gained 2 of the 3 selected concessions made to it; China has not gained the"
         " only one made to it."),
        ([side("us", promised=2), side("china", promised=3)],
         "China has gained none of the 3 selected concessions made to it; the US has gained none"
         " of 2."),
        ([side("us", holding=1)], "The only selected concession made to the US is holding."),
    ],
)  # fmt: skip
def test_of_those_that_a_filter_selects_nobody_is_ahead(tally: list[GainsRow], told: str) -> None:
    narrow = view_of(PARTIES, Choice(sectors=("farming",)))

    assert in_words(narrow, tally) == told


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

    assert "China has gained 1 of the 15 selected concessions made to it" in page
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

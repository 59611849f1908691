import pytest

from tests.rules.making import side
from tracker.rules.deadlines import have_met, side_of, with_blocs


def test_a_side_names_its_parties_each_with_its_blocs_the_nearest_first() -> None:
    found = side("us de sa")
    assert found.voices == (("us",), ("de", "eu"), ("sa", "gcc", "opec"))


@pytest.mark.parametrize(
    ("parties", "party", "speaks"),
    [
        ("us", "us", True),
        ("us", "cn", False),
        ("us jp", "us", True),
        ("us jp", "jp", True),
        ("de", "eu", True),
        ("eu", "de", False),
        ("de fr", "de", True),
        ("de fr", "eu", True),
        ("de us", "eu", True),
        ("sa", "opec", True),
        ("", "us", False),
    ],
)
def test_a_bloc_speaks_for_its_members_and_a_member_not_for_its_bloc(
    parties: str, party: str, speaks: bool
) -> None:
    assert side(parties).speaks(party) is speaks


@pytest.mark.parametrize(
    ("parties", "spoken", "counts"),
    [
        ("us", "", ""),
        ("us", "us cn", "us"),
        ("us jp", "us", "us"),
        ("us jp", "us jp", "us jp"),
        ("de", "eu", "eu"),
        ("de", "eu de", "de"),
        ("de fr", "eu", "eu"),
        ("de fr", "eu de", "de eu"),
        ("de fr", "eu de fr", "de fr"),
        ("eu", "de fr", ""),
        ("sa", "opec", "opec"),
        ("sa", "gcc opec", "gcc"),
        ("sa", "sa gcc opec", "sa"),
    ],
)
def test_a_partys_own_word_outranks_that_of_its_nearest_bloc(
    parties: str, spoken: str, counts: str
) -> None:
    said = {party: f"{party} says so" for party in spoken.split()}
    found = side(parties).words(said)
    assert found == {party: f"{party} says so" for party in counts.split()}


@pytest.mark.parametrize(
    ("givers", "receivers", "met"),
    [
        ("", "", False),
        ("cn", "", False),
        ("", "us", False),
        ("cn", "us", True),
        ("cn", "us jp", True),
        ("government", "government", False),
        ("government rebels", "government", True),
        ("government rebels", "government rebels", True),
    ],
)
def test_both_sides_have_met_once_two_different_parties_spoke_one_for_each(
    givers: str, receivers: str, met: bool
) -> None:
    assert have_met(givers.split(), receivers.split()) is met


def test_the_parties_of_a_declaration_include_the_blocs_that_may_speak_for_them() -> None:
    found = with_blocs(["de", "fr", "us"], {"de": "eu", "fr": "eu", "us": None})
    assert found == {"de", "fr", "eu", "us"}


def test_blocs_that_are_part_of_each_other_are_named_once() -> None:
    assert side_of(["de"], {"de": "eu", "eu": "de"}).voices == (("de", "eu"),)

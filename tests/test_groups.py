"""Values in groups."""

from tracker.groups import by_key


def test_the_values_of_a_key_stay_in_their_order_and_an_unknown_key_has_none() -> None:
    found = by_key([("us", "tariffs"), ("cn", "soybeans"), ("us", "chips")])

    assert found == {"us": ["tariffs", "chips"], "cn": ["soybeans"]}
    assert found["eu"] == []

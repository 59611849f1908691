"""Values by key."""

from tracker.groups import by_key, value_of


def test_the_values_of_a_key_stay_in_their_order_and_an_unknown_key_has_none() -> None:
    found = by_key([("us", "tariffs"), ("cn", "soybeans"), ("us", "chips")])

    assert found == {"us": ["tariffs", "chips"], "cn": ["soybeans"]}
    assert found["eu"] == []


def test_without_a_key_there_is_no_value_whatever_the_keys_are_called() -> None:
    stages = {"soybeans": "partial", "None": "met"}

    assert value_of(stages, "soybeans") == "partial"
    assert value_of(stages, "tiktok") is None
    assert value_of(stages, None) is None

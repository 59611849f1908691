"""Numbers in sentences, and the verbs of parties."""

from types import SimpleNamespace
from typing import Any

from tracker.reports.frame import number, says
from tracker.things import Party

BY_SLUG = {
    "us": Party("us", "United States", "US"),
    "banks": Party("banks", "Western banks", "Western banks"),
}
VIEW: Any = SimpleNamespace(short=lambda slug: BY_SLUG[slug].short)
"""A view of which nothing is asked but the names of parties."""


def test_numbers_up_to_twelve_are_words() -> None:
    assert " ".join(map(number, range(14))) == (
        "no one two three four five six seven eight nine ten eleven twelve 13"
    )


def test_a_party_in_the_plural_has_its_verb() -> None:
    assert [says(VIEW, slug) for slug in ("us", "banks")] == ["US says", "Western banks say"]

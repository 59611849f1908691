"""Numbers and names of parties in sentences, and the verbs of parties."""

from types import SimpleNamespace
from typing import Any

from tracker.reports.wording import number, says, the
from tracker.things import Party

BY_SLUG = {
    "us": Party("us", "United States", "US"),
    "cn": Party("cn", "China", "China"),
    "jp": Party("jp", "Japan", "JP"),
    "banks": Party("banks", "Western banks", "Western banks"),
}
VIEW: Any = SimpleNamespace(short=lambda slug: BY_SLUG[slug].short, parties=BY_SLUG)
"""A view of which nothing is asked but the names of parties."""


def test_numbers_up_to_ten_are_words() -> None:
    assert " ".join(map(number, range(12))) == (
        "no one two three four five six seven eight nine ten 11"
    )


def test_initials_have_an_article() -> None:
    assert [the(VIEW, slug) for slug in BY_SLUG] == ["the US", "China", "JP", "Western banks"]


def test_a_party_says_and_several_firms_say() -> None:
    assert [says(VIEW, slug) for slug in ("us", "banks")] == ["US says", "Western banks say"]

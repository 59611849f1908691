"""Names of parties in sentences and tables: articles and verbs."""

from types import SimpleNamespace
from typing import Any

from tracker.reports.frame import joined, number, says, the
from tracker.things import Party

NAMED = [
    Party("us", "United States", "US"),
    Party("china", "China", "China"),
    Party("uae", "United Arab Emirates", "UAE"),
    Party("opec", "Organization of the Petroleum Exporting Countries", "OPEC"),
    Party("jera", "JERA", "JERA"),
    Party("byd", "BYD", "BYD"),
    Party("eu", "European Union", "EU"),
    Party("jp", "Japan", "JP"),
    Party("banks", "Western banks", "Western banks"),
]
BY_SLUG = {one.slug: one for one in NAMED}
VIEW: Any = SimpleNamespace(
    state=SimpleNamespace(parties=BY_SLUG), short=lambda slug: BY_SLUG[slug].short
)
"""A view of which nothing is asked but the names of parties."""


def test_the_initials_of_a_longer_name_get_an_article_and_no_other_name_does() -> None:
    named = [the(VIEW, slug) for slug in ("uae", "china", "opec", "jera", "byd", "eu", "jp")]

    assert joined(named) == "the UAE, China, OPEC, JERA, BYD, the EU and JP"


def test_numbers_up_to_twelve_are_words() -> None:
    assert " ".join(map(number, range(14))) == (
        "no one two three four five six seven eight nine ten eleven twelve 13"
    )


def test_in_a_table_a_party_has_no_article() -> None:
    assert [says(VIEW, slug) for slug in ("us", "banks")] == ["US says", "Western banks say"]

"""Names of parties in tables: their verbs."""

from types import SimpleNamespace
from typing import Any

from tracker.reports.frame import says

VIEW: Any = SimpleNamespace(short={"us": "US", "banks": "Western banks"}.__getitem__)
"""A view of which nothing is asked but the names of parties."""


def test_a_party_says_and_several_firms_say() -> None:
    assert [says(VIEW, slug) for slug in ("us", "banks")] == ["US says", "Western banks say"]

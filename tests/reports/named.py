"""A stand-in for a view, in tests of sentences that need only the names of parties."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracker.facts import Party
from tracker.reports.choice import EVERY, Choice


class Named(NamedTuple):
    """A view of which nothing is asked but the names of parties and its filters."""

    parties: Mapping[str, Party]
    choice: Choice = EVERY

    def short(self, party: str) -> str:
        return self.parties[party].short


def view_of(parties: Iterable[Party], choice: Choice = EVERY) -> Any:
    """Return a view of some parties."""
    return Named({one.slug: one for one in parties}, choice)

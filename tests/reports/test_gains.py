"""Why concessions are over, in words."""

import pytest

from tracker.reports.gains import OverBecause


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (OverBecause(1, 0, 2), "1 kept to the end, 2 overtaken"),
        (OverBecause(2, 1, 0), "2 kept to the end, 1 ran out unkept"),
    ],
)
def test_why_concessions_are_over_is_said_in_words(over: OverBecause, words: str) -> None:
    assert str(over) == words

"""The stories of this folder: each headline, page and finding, by what led to it."""

from pathlib import Path

import pytest

from tests.conftest import Run, make_book
from tests.stories import Story, played, stories


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A book with nothing in it."""
    return make_book(tmp_path / "empty.db", None)


@pytest.mark.parametrize("story", stories(__file__), ids=str)
def test_a_story_goes_as_written(
    story: Story, tracker: Run, request: pytest.FixtureRequest
) -> None:
    assert played(story, tracker, request) == story.steps

"""The stories of this folder: what each command answers, and what reports say then."""

import pytest

from tests.conftest import Run
from tests.stories import Story, in_a_file, played, stories

STORIES = stories(__file__)


@pytest.mark.parametrize("story", [one for one in STORIES if not in_a_file(one)], ids=str)
def test_a_story_goes_as_written(
    story: Story, tracker: Run, request: pytest.FixtureRequest
) -> None:
    assert played(story, tracker, request) == story.steps


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("story", [one for one in STORIES if in_a_file(one)], ids=str)
def test_a_story_of_a_book_in_a_file_goes_as_written(
    story: Story, tracker: Run, request: pytest.FixtureRequest
) -> None:
    assert played(story, tracker, request) == story.steps

"""The stories of this folder: what comes when two books meet, what does not, and what conflicts."""

import pytest

from tests.conftest import Run
from tests.stories import Story, played, stories


@pytest.mark.parametrize("story", stories(__file__), ids=str)
def test_a_story_goes_as_written(
    story: Story, tracker: Run, request: pytest.FixtureRequest
) -> None:
    assert played(story, tracker, request) == story.steps

"""The topics of `tracker help`, from their files."""

from docs.generate import markdown
from tracker.cli.topics import topics

INTRODUCTION = """What `tracker help TOPIC` prints. [Concepts](../concepts.md) explains the same
with an example."""


def page() -> str:
    """Return the page."""
    parts = [part for name, text in topics().items() for part in (f"## {name}", text.strip())]
    return markdown.page("Topics", markdown.prose(INTRODUCTION), *parts)

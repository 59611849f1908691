"""Writes the reference from the code that it describes: `uv run python -m docs.generate`."""

from collections.abc import Callable
from pathlib import Path

from docs.generate import (
    codes,
    commands,
    contract,
    files,
    markdown,
    picture,
    seed,
    settings,
    tables,
)
from tracker.cli.help import topics

DOCS = Path(__file__).parent.parent


def topics_page() -> str:
    """Return the page with the topics of `tracker help`."""
    texts = {name: text.strip() for name, text in topics().items()}
    texts["roles"] = "The script [`roles.sql`](../roles.sql), to be saved and run."
    parts = [f"## {name}\n\n{text}" for name, text in texts.items()]
    about = "What `tracker help TOPIC` prints; [Concepts](../concepts.md) has an example of it all."
    return markdown.page("Topics", about, *parts)


PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands.page,
    "reference/settings.md": settings.page,
    "reference/topics.md": topics_page,
    "reference/exit-codes.md": codes.page,
    "reference/json.md": contract.page,
    "reference/schema.md": tables.page,
    "reference/file-formats.md": files.page,
    "pictures/terminal.svg": picture.svg,
    "../seeds/seed.schema.json": seed.schema,
}


def stale() -> dict[Path, str]:
    """Return the pages that are out of date, as they should be."""
    made = {DOCS / name: page() for name, page in PAGES.items()}
    there = {path: path.read_text("utf-8") for path in made if path.exists()}
    return {path: text for path, text in made.items() if there.get(path) != text}

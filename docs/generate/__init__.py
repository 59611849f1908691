"""Writes the reference from the code that it describes: `uv run python -m docs.generate`."""

from collections.abc import Callable
from pathlib import Path

from docs.generate import (
    codes,
    commands,
    contract,
    files,
    manual,
    screen,
    seed,
    settings,
    tables,
    topics,
)

DOCS = Path(__file__).parent.parent
REMEDY = "uv run python -m docs.generate"
"""The command that updates the pages."""

PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands.page,
    "reference/settings.md": settings.page,
    "reference/topics.md": topics.page,
    "reference/exit-codes.md": codes.page,
    "reference/json.md": contract.page,
    "reference/schema.md": tables.page,
    "reference/file-formats.md": files.page,
    "reference/tracker.1": manual.page,
    "pictures/terminal.svg": screen.picture,
    "../seeds/seed.schema.json": seed.schema,
}


def write() -> list[str]:
    """Write every page that is out of date; return their names."""
    written = [name for name, page in PAGES.items() if read(name) != page()]
    for name in written:
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), "utf-8")
    return written


def read(name: str) -> str | None:
    """Return a page as last written."""
    path = DOCS / name
    return path.read_text("utf-8") if path.exists() else None

"""Writes the Markdown of reference pages."""

import textwrap
from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by `uv run python -m docs.generate`; change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """Return a page with its title and parts."""
    return "\n\n".join([f"# {title}", NOTICE, *(part for part in parts if part)]) + "\n"


def prose(text: str) -> str:
    """Return a paragraph, wrapped."""
    return textwrap.fill(" ".join(text.split()), 96, break_long_words=False, break_on_hyphens=False)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with escaped cells; without rows, nothing."""
    escaped = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *escaped)]
    return "\n".join(lines) if escaped else ""


def code(text: str) -> str:
    """Return text as code."""
    return f"`{text}`"

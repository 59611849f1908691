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
    """Return a table with escaped cells."""
    lines = [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def code(text: str) -> str:
    """Return text as code."""
    return f"`{text}`"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

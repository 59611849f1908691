"""How many columns text takes on a terminal, and how it is broken into lines."""

import re
import sys
from typing import Any

UNEVEN = re.compile(
    r"[^\n\x20-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u2190-\u2193\u25b2\u25bc]"
)
"""A character that may take no column or two; all others take one."""


def width(text: str) -> int:
    """Return the columns that the longest line of a text takes."""
    if UNEVEN.search(text) is None:
        return max(map(len, text.split("\n")))
    import wcwidth

    return max(wcwidth.wcswidth(line) for line in text.split("\n"))


def wrapped(text: str, room: int) -> str:
    """Return text in lines no wider than `room`, its own line breaks kept."""
    if width(text) <= room:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _wrap(line, room) or [""]
    return "\n".join(lines)


def _wrap(line: str, room: int) -> list[str]:
    if UNEVEN.search(line) is None:
        import textwrap

        return textwrap.wrap(line, room, break_on_hyphens=False)
    import wcwidth

    return wcwidth.wrap(line, room, break_on_hyphens=False)


def loaded_tabulate(headers: list[str], cells: list[list[str]]) -> Any:
    """Return tabulate, with wcwidth behind it only where a character may not take one column.

    wcwidth's tables take longer to load than the rest of a report; tabulate takes it along
    if it is there, and counts characters if it is not.
    """
    uneven = any(UNEVEN.search(text) for row in [headers, *cells] for text in row)
    hidden = not uneven and "wcwidth" not in sys.modules
    if hidden:
        sys.modules["wcwidth"] = None  # type: ignore[assignment]
    try:
        import tabulate
    finally:
        if hidden:
            del sys.modules["wcwidth"]
    if uneven and getattr(tabulate, "wcwidth", None) is None:
        import wcwidth

        tabulate.__dict__.update(wcwidth=wcwidth, WIDE_CHARS_MODE=True)
    tabulate.MIN_PADDING = 0  # else headers stand two columns apart from their own
    return tabulate

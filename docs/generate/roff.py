"""The little roff that the manual page needs."""

import textwrap
from collections.abc import Iterable

NOTICE = r".\" Written by `uv run python -m docs.generate`; change the code, not this page."

RAGGED = ".nr HY 0\n.ds AD l"
"""No word is broken and no space is stretched, so that commands can be copied."""


def page(name: str, day: str, version: str, *parts: str) -> str:
    """Return a page of section 1 of the manual."""
    title = f'.TH {name.upper()} 1 "{day}" "{version}" "User Commands"'
    return "\n".join([NOTICE, RAGGED, title, *(part for part in parts if part)]) + "\n"


def section(title: str, *parts: str) -> str:
    """Return a section of the page."""
    return "\n".join([f'.SH "{escaped(title.upper())}"', *parts])


def subsection(title: str, *parts: str) -> str:
    """Return a section within a section."""
    return "\n".join([f'.SS "{escaped(title)}"', *parts])


def prose(text: str) -> str:
    """Return a paragraph."""
    return "\n".join([".PP", lines(text)])


def terms(rows: Iterable[tuple[str, str]]) -> str:
    """Return a list of terms, each with what it means."""
    return "\n".join(line for term, text in rows for line in (".TP", bold(term), lines(text)))


def indented(*parts: str) -> str:
    """Return what belongs to the term before it."""
    return "\n".join([".RS", *parts, ".RE"])


def bold(text: str) -> str:
    """Return text as it is to be typed."""
    return rf"\fB{escaped(text)}\fR"


def lines(text: str) -> str:
    """Return text in lines of a width that people can read; none is taken for a request."""
    found = textwrap.wrap(
        " ".join(text.split()), 78, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(escaped(line) for line in found)


def escaped(text: str) -> str:
    r"""Return text with nothing in it that roff obeys or draws differently.

    A plain `-` and `'` would become a hyphen and a quotation mark, which nobody could paste.
    """
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace('"', r"\(dq")
    text = text.replace("`", r"\(ga").replace("^", r"\(ha").replace("~", r"\(ti")
    text = "".join(one if one.isascii() else rf"\[u{ord(one):04X}]" for one in text)
    return rf"\&{text}" if text.startswith(".") else text

"""The content of cells: plain values for data, and safe text for people."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from tracker.dates import Period, iso_moment
from tracker.quantities import rounded
from tracker.tables.rows import keyed

FILLERS = r"\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Marks without a shape that count as printable in Python."""
HIDDEN = re.compile(f"[{FILLERS}]")
# C0 and C1 controls, the marks that reorder, hide or join text, and what is not a character: all
# but the newline, and the joiners and variants that scripts and emoji need.
UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    rf"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff{FILLERS}]"
)
SHOWN = {"\t": " ", "\r": "\\x0d"}
"""What is shown for a mark instead of Python's escape."""

WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>`\\]+", re.IGNORECASE)


PLAIN = (str, int, bool)


def plain_value(value: Any) -> Any:
    """Return a value as JSON holds it: days ISO, quantities as numbers, rows as objects."""
    if value is None or type(value) in PLAIN:  # as most are
        return value
    match value:
        case Decimal():
            return rounded(value)
        case datetime():
            return iso_moment(value)
        case date():
            return value.isoformat()
    return _shaped(value, plain_value)


def native_value(value: Any) -> Any:
    """Return a value in the shape of the JSON, with native days, moments and quantities."""
    if isinstance(value, Decimal):
        return rounded(value)
    return _shaped(value, native_value)


def _shaped(value: Any, of: Callable[[Any], Any]) -> Any:
    """Return rows as objects and sequences as lists, with their parts converted by `of`."""
    match value:
        case Period():
            return str(value)
        case tuple() if hasattr(value, "_fields"):
            return {key: of(item) for key, item in keyed(value).items()}
        case Mapping():
            return {key: of(item) for key, item in value.items()}
        case list() | tuple():
            return [of(item) for item in value]
        case Enum():
            return value.value
    return value


def visible(text: str) -> str:
    """Return text with its control and bidi marks replaced by visible escapes."""
    if text.isprintable() and (text.isascii() or not HIDDEN.search(text)):
        return text
    return UNSAFE.sub(_escape, text.replace("\r\n", "\n"))


def _escape(found: re.Match[str]) -> str:
    mark = found[0]
    return SHOWN.get(mark) or mark.encode("unicode_escape").decode()

"""Quantities: exact decimals, read strictly and written as people read them."""

import re
from decimal import Decimal

from tracker.errors import BadQuantity

PLAIN = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
WHOLE_DIGITS = 18
DECIMALS = 9


def parse_quantity(text: str) -> Decimal:
    """Read a plain decimal; `NaN`, exponents and thousands marks are refused."""
    words = text.strip()
    if not PLAIN.fullmatch(words):
        raise BadQuantity(text=text, reason="is not a plain decimal number")
    whole, _, decimals = words.lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > WHOLE_DIGITS or len(decimals) > DECIMALS:
        raise BadQuantity(
            text=text,
            reason=f"has more than {WHOLE_DIGITS} digits before the point or {DECIMALS} after it",
        )
    value = Decimal(words)
    # Not every database keeps the sign of a zero, and the chain of digests would show it.
    return value or abs(value)


def plain(value: Decimal) -> str:
    """Write a quantity without an exponent, its decimals as they were given."""
    return format(value, "f")


def in_words(value: Decimal) -> str:
    """Write a quantity for people: grouped by thousands, without idle zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""Quantities: exact decimals, read strictly and written as people read them."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from tracker.errors import BadQuantity

PLAIN = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
WHOLE_DIGITS = 18
DECIMALS = 9
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
"""Wide enough that no sum or share of quantities is rounded before its last step."""
ONE_DECIMAL = Decimal("0.1")
THREE_DECIMALS = Decimal("0.001")
FULL = Decimal(100)
"""A whole, in percent."""
MOST = 999_999
"""The highest percentage that text prints; of one beyond it says only that it is beyond."""


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


# --- what follows from quantities ------------------------------------------------------------


class Percent(Decimal):
    """A percentage before it is rounded: data has one decimal, text whole numbers."""

    @property
    def rounded(self) -> Decimal:
        """The percentage with one decimal."""
        return self._rounded(ONE_DECIMAL)

    @property
    def whole(self) -> Decimal:
        """The percentage without decimals."""
        return self._rounded(Decimal(1))

    @property
    def words(self) -> str:
        """The percentage as people read it: `88`, or `>999,999` beyond what a line has room for."""
        if abs(self) > MOST:
            return f">{MOST:,}" if self > 0 else f"<-{MOST:,}"
        return f"{self.whole:,}"

    def _rounded(self, step: Decimal) -> Decimal:
        """Round half up, but never to 100 below it and never to 0 above nothing."""
        rounded = _quantized(self, step)
        return FULL - step if self < FULL <= rounded else rounded


class Derived(Decimal):
    """A quantity that follows from others; it is written with three decimals."""

    @property
    def rounded(self) -> Decimal:
        """The quantity with three decimals; never 0 if it is more or less."""
        return _quantized(self, THREE_DECIMALS)


def rounded(value: Decimal) -> Decimal:
    """Return a figure as data holds it: what was recorded exactly, what follows from it rounded."""
    figure = value.rounded if isinstance(value, (Percent, Derived)) else value
    return EXACT.quantize(figure, Decimal(1)) if "E+" in str(figure) else figure


def percent(part: Decimal, whole: Decimal) -> Percent:
    """Return what share of a whole a part is; the whole is not 0."""
    return Percent(EXACT.divide(EXACT.multiply(FULL, part), whole))


def derived(value: Decimal) -> Derived:
    """Return a quantity that is rounded when it is written."""
    return Derived(value)


def _quantized(value: Decimal, step: Decimal) -> Decimal:
    """Round half up to a step, but what is not 0 never to 0."""
    rounded = EXACT.quantize(value, step)
    if value and not rounded:
        return step.copy_sign(value)
    return rounded or abs(rounded)

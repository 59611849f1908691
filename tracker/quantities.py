"""Quantities: exact decimals, parsed strictly and written for people."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from tracker.errors import BadInput

PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
WITH_UNIT = re.compile(r"(-?\d+(?:\.\d+)?)\s*([^\d\s,.][^\d,.]*)", re.ASCII)
WHOLE_DIGITS = 18
DECIMALS = 9
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
"""Precise enough that no sum or share of quantities is rounded before its last step."""
ONE_DECIMAL = Decimal("0.1")
THREE_DECIMALS = Decimal("0.001")
FULL = Decimal(100)
"""A whole, in percent."""


def parse_quantity(text: str) -> Decimal:
    """Read a plain decimal; `NaN`, exponents and thousands marks are refused."""
    words = text.strip()
    if words.startswith("+"):
        instead = "the total so far, or with --flow what a day added, without the sign"
        reason = "has a plus sign"
        raise BadInput("bad quantity", text=text, reason=reason, instead=instead)
    if not PLAIN.fullmatch(words):
        instead = "a plain decimal such as 8.5, without a unit"
        if with_unit := WITH_UNIT.fullmatch(words):
            number, unit = with_unit.groups()
            instead = f"{number}, and the unit '{unit}' as a word of its own"
        reason = "is not a plain decimal number"
        raise BadInput("bad quantity", text=text, reason=reason, instead=instead)
    whole, _, decimals = words.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > WHOLE_DIGITS or len(decimals) > DECIMALS:
        reason = f"has more than {WHOLE_DIGITS} digits before the point or {DECIMALS} after it"
        raise BadInput("bad quantity", text=text, reason=reason, instead="a shorter one")
    value = Decimal(words)
    # Not every database keeps the sign of a zero, which would break the chain of digests.
    return value or abs(value)


def plain(value: Decimal) -> str:
    """Write a quantity without an exponent, keeping its decimals as given."""
    return format(value, "f")


def in_words(value: Decimal) -> str:
    """Write a quantity for people: with thousands separators, without trailing zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
        """The percentage for people: `88`."""
        return f"{self.whole:,}"

    def _rounded(self, step: Decimal) -> Decimal:
        """Round half up, but never up to 100 or down to 0."""
        rounded = _quantized(self, step)
        return FULL - step if self < FULL <= rounded else rounded


class Derived(Decimal):
    """A derived quantity, written with three decimals."""

    @property
    def rounded(self) -> Decimal:
        """The quantity with three decimals; never 0 if it is more or less."""
        return _quantized(self, THREE_DECIMALS)


def rounded(value: Decimal) -> Decimal:
    """Return a figure for data: recorded ones are exact, derived ones rounded."""
    return value.rounded if isinstance(value, (Percent, Derived)) else value


def percent(part: Decimal, whole: Decimal) -> Percent:
    """Return a part as a percentage of a whole, which must not be 0."""
    return Percent(EXACT.divide(EXACT.multiply(FULL, part), whole))


def _quantized(value: Decimal, step: Decimal) -> Decimal:
    """Round half up to a step, but never to 0 unless the value is 0."""
    rounded = EXACT.quantize(value, step)
    if value and not rounded:
        return step.copy_sign(value)
    return rounded or abs(rounded)

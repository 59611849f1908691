"""Words for sentences: numbers, names, lists of titles."""

import re
from collections.abc import Sequence

from tracker.reports.view import View
from tracker.tables import TIE

ABBREVIATED = 3
"""The greatest length of an abbreviation of a longer name that gets an article: `the EU`.

Longer ones, such as ASEAN, and names that abbreviate nothing, such as JERA, get none.
"""
NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)


def number(count: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def parties(view: View, slugs: Sequence[str]) -> str:
    """Return parties for a sentence: `the US and China`."""
    return joined([the(view, slug) for slug in slugs])


def the(view: View, slug: str) -> str:
    """Return a party for a sentence: `the US`, `China`; see `ABBREVIATED`."""
    short = view.short(slug)
    is_abbreviated = short.isupper() and len(short.replace(".", "")) <= ABBREVIATED
    return f"the {short}" if is_abbreviated and short != view.state.parties[slug].name else short


def joined(parts: Sequence[str], between: str = " and ") -> str:
    """Return parts as a list in a sentence: `soybeans, coal and beef`; clauses need `, and `."""
    *first, last = parts
    return f"{', '.join(first)}{between}{last}" if first else last


def opening(note: str) -> str:
    """Return the first sentence of a note, without its full stop."""
    words = " ".join(note.split())
    return re.split(r"(?<=[^\WA-Z]|[%)”])\. (?=[^\W\d_a-z])", words, maxsplit=1)[0].rstrip(".")


def sentence(words: str) -> str:
    """Return words with a capital letter and plain spaces, to begin a sentence."""
    plain = words.replace(TIE, " ")
    return plain[:1].upper() + plain[1:]

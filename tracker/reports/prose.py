"""Words for sentences: numbers, names, lists of titles."""

import re
from collections.abc import Sequence

from tracker.facts import Deadline
from tracker.reports.frame import plural
from tracker.reports.view import View
from tracker.tables import TIE

NAMED = 2
"""How many titles a sentence names before it counts the others, if there are several."""
LONGEST = 110
"""The greatest length of a headline that names several things."""
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


def concessions(count: int) -> str:
    """Return a number of concessions: `two concessions`."""
    return f"{number(count)} {plural(count, 'concession', 'concessions')}"


def parties(view: View, slugs: Sequence[str]) -> str:
    """Return parties for a sentence: `the US and China`."""
    return joined([the(view, slug) for slug in slugs])


def the(view: View, slug: str) -> str:
    """Return a party for a sentence: `the US`, `China`; see `ABBREVIATED`."""
    short = view.short(slug)
    is_abbreviated = short.isupper() and len(short.replace(".", "")) <= ABBREVIATED
    return f"the {short}" if is_abbreviated and short != view.state.parties[slug].name else short


def according_to(view: View, slugs: Sequence[str]) -> str:
    """Return whose statements a sentence rests on, if any: `, according to the US and China`."""
    return f", according to {parties(view, slugs)}" if slugs else ""


def quoted(view: View, slug: str) -> str:
    """Return a title in quotes; with several agreements, also the givers and receivers."""
    return marked(f"“{view.state.record.concessions[slug].title}”", sides_of_several(view, slug))


def labelled(view: View, deadline: Deadline) -> str:
    """Return the label of an agreement's deadline in quotes; with several, also whose it is."""
    return marked(f"“{deadline.label}”", title_of_several(view, deadline.agreement))


def marked(words: str, *marks: str) -> str:
    """Return words with marks in brackets, if there are any."""
    found = "; ".join(mark for mark in marks if mark)
    return f"{words} ({found})" if found else words


def sides_of_several(view: View, slug: str) -> str:
    """Return a concession's givers and receivers if there are several agreements, else nothing."""
    return view.parties_line(slug) if len(view.state.agreements) > 1 else ""


def title_of_several(view: View, agreement: str | None) -> str:
    """Return an agreement's title if there are several, else nothing."""
    several = len(view.state.agreements) > 1 and agreement in view.state.agreements
    return view.state.agreements[str(agreement)].title if several else ""


def titles(named: Sequence[str]) -> str:
    """Return the first titles and the number of others: `“A”, “B” and two others`."""
    rest = len(named) - NAMED
    if rest <= 1:
        return joined(named)
    return joined([*named[:NAMED], f"{number(rest)} others"])


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


def stopped(words: str) -> str:
    """Return words with a full stop, unless they end with one, or a note with another mark."""
    return words if words.endswith((".", "?", "!", "…", "。", ".”")) else f"{words}."

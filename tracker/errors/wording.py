"""How refusals word what would help."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches


def in_one_line(text: str) -> str:
    """Return text whose line breaks are shown instead of made."""
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def listed(verb: str, complaints: Sequence[str]) -> str:
    """Return one complaint behind the verb, or several below it."""
    if len(complaints) == 1:
        return f"{verb} {in_one_line(complaints[0])}"
    places = [f"  {in_one_line(one)}" for one in complaints]
    return "\n".join([f"{verb} these places:", *places])


def suggestion(word: str, known: Sequence[str], cutoff: float = 0.6) -> str:
    """Return "Did you mean …?" with the nearest known words, or the first known ones."""
    near = get_close_matches(word.lower(), known, n=3, cutoff=cutoff)
    near = near or [name for name in known if word and word.lower() in name.lower()][:3]
    if near:
        return f"Did you mean {' or '.join(repr(name) for name in near)}?"
    if not known:
        return "The book holds none"
    return f"Known: {', '.join(known[:10])}{', …' if len(known) > 10 else ''}"


def suggestion_of_name(word: str, known: Sequence[str], also_called: Mapping[str, str]) -> str:
    """Return what `suggestion` does, and at once the name that is also called so."""
    if (name := also_called.get(word)) in known:
        return f"Did you mean '{name}'?"
    return suggestion(word, known)


def called_on(book: str) -> str:
    """Return how the program is called on a book, as a shell takes it."""
    from shlex import quote  # not what a command without fault needs

    return f"tracker --db {quote(book)}"

"""The kinds of refusal, one for each exit code, and how they are worded."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

Names = Iterable[str]
CUTOFFS = {"like": 0.6, "near": 0.75}
"""How similar a suggested name must be: the wrong stage would be a wrong verdict."""
WIDEST = 60
"""The most characters that are quoted from a value or a key of a file."""
DAY = "2026-01-07"
"""How a day is written; a month or a year is shorter."""
LONGEST = 1000
"""The most characters of any part of a message: more than a path, a slug or a list of words has."""

FIELD = re.compile(r"\{(\w+)")
"""The name of a field, where a template quotes it."""


class TrackerError(Exception):
    """A refusal in one line: `what` happened and the `remedy`.

    A subclass sets both as templates. Callers give the fields that these quote, by name. Fields
    that other code reads are annotated, and all fields are in a class with words of its own.
    """

    exit_code = 1
    column: str | None = None
    """The column of a file of updates that is at fault."""
    what: str
    remedy: str

    def __init__(self, **fields: object) -> None:
        super().__init__()
        if fields.keys() != (known := self.given()):
            raise TypeError(f"{type(self).__name__} takes {sorted(known)}, not {[*fields]}")
        vars(self).update(fields)
        words = Words(fields | self._words())
        self.what = self.what.format_map(words)
        self.remedy = self.remedy.format_map(words)

    @classmethod
    def given(cls) -> set[str]:
        """Return the names of the fields that callers give."""
        has_words = cls._words is not TrackerError._words
        quoted = () if has_words else FIELD.findall(f"{cls.what} {cls.remedy}")
        return {*cls.__annotations__, *quoted}

    def _words(self) -> dict[str, object]:
        """Return what the templates quote besides the fields."""
        return {}

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}"


class WrongUsage(TrackerError):
    """The command line itself is wrong."""

    exit_code = 2


class NotFound(TrackerError):
    """The book holds no such thing."""

    exit_code = 3


class Refused(TrackerError):
    """What was asked conflicts with what is recorded."""

    exit_code = 4


class BadInput(TrackerError):
    """A value or a file is not valid."""

    exit_code = 5


class WrongSchema(TrackerError):
    """The database is not a book, or is a book of another version."""

    exit_code = 6


class Unavailable(TrackerError):
    """The database cannot be reached, read or written now."""

    exit_code = 7


class Words(dict[str, object]):
    """Values by name, as a template quotes them."""

    def __getitem__(self, name: str) -> "Quoted":
        return Quoted(super().__getitem__(name))


class Quoted:
    """A value in a template: on one line, like each item of a list, or in one of the `FORMS`.

    `{known:like {word}}` suggests known names that are like a word, `near` only very similar ones.
    """

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        if not form:
            listing = isinstance(self._value, list)
            return listed(self._value) if listing else in_one_line(str(self._value))
        name, _, word = form.partition(" ")
        if cutoff := CUTOFFS.get(name):
            return in_one_line(suggestion(word, self._value, cutoff))
        return in_one_line(FORMS[name](self._value))


def in_one_line(text: str) -> str:
    """Return text with its line breaks escaped, cut if it is too long to be read."""
    return shortened(text.replace("\r\n", "\n").replace("\n", "\\n"), LONGEST)


def shortened(text: str, most: int = WIDEST) -> str:
    """Return text, cut if it is too long to be quoted."""
    return text if len(text) <= most else f"{text[:most]}…"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, such as "2 places"."""
    return f"{number:,} {noun}{'s' if number > 1 else ''}"


def with_rest(shown: Sequence[str], total: int, hint: str = "") -> list[str]:
    """Return what is shown of a longer list, and a line on how many more there are."""
    rest = total - len(shown)
    return [*shown, *([f"… and {rest:,} more{hint}"] if rest > 0 else [])]


def listed(complaints: Sequence[str]) -> str:
    """Return the only complaint, or "these places:" with each on a line below."""
    lines = [in_one_line(one) for one in complaints]
    return lines[0] if len(lines) == 1 else "\n  ".join(["these places:", *lines])


def with_article(noun: str) -> str:
    """Return a noun with its article, such as "an outcome"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


OPTIONS = {
    "published_on": "published",
    "archived_url": "archived",
    "agreed_on": "agreed",
    "promised_on": "promised",
    "opens_on": "opens",
    "due_on": "due",
}
"""The fields whose options have shorter names."""


def option(field: str) -> str:
    """Return the option that declares a field."""
    return f"--{OPTIONS.get(field, field).replace('_', '-')}"


def first_of(names: Sequence[str], count: int) -> str:
    """Return the first names, and a mark where there are more."""
    return f"{', '.join(names[:count])}{', …' if len(names) > count else ''}"


def either(names: Iterable[str]) -> str:
    """Return the only name, or several: "a, b or c"."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def suggestion(word: str, known: Names, cutoff: float = 0.6) -> str:
    """Return "Did you mean …?" with the nearest known words, or the first known ones."""
    names = [str(name) for name in known]
    near = get_close_matches(word.lower(), names, n=3, cutoff=cutoff)
    near = near or [name for name in names if word and word.lower() in name.lower()][:3]
    if near:
        return f"Did you mean {either(map(repr, near))}?"
    return f"Known: {first_of(names, 12)}" if names else "There are none"


def called_on(book: object) -> str:
    """Return the command that opens a book, quoted for the shell."""
    from shlex import quote  # needed only for errors

    return f"tracker --db {quote(str(book))}"


FORMS: Mapping[str, Callable[[Any], str]] = {
    "a": with_article,
    "A": lambda noun: with_article(noun).capitalize(),
    "either": either,
    "options": lambda fields: ", ".join(map(option, fields)),
    "three": lambda names: first_of(names, 3),
    "ahead": lambda day: "still to come" if len(str(day)) == len(DAY) else "not over yet",
    "all": lambda names: ", ".join(map(str, names)),
    "entries": lambda numbers: first_of([f"#{one}" for one in numbers], 10),
    "command": called_on,
}
"""The forms in which a template can quote a value."""

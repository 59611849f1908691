"""Refusals: one class an exit code, and how the messages of `messages.py` are worded."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from string import Formatter
from typing import Any

from tracker.errors.messages import (
    BAD_INPUT,
    NOT_FOUND,
    REFUSED,
    UNAVAILABLE,
    WRONG_SCHEMA,
    WRONG_USAGE,
)

NEAR = 0.85
"""How similar a suggested word must be: the wrong status would be a wrong verdict."""
PART = 0.8
"""How similar a word must be to a part of a suggested slug."""
WIDEST = 60
"""The most characters that are quoted from a value or a key of a file."""
LISTING = 300
"""The most characters of all things in a list that is worth printing."""
MOST = 12
"""The most names that a message lists."""
LONGEST = 1000
"""The most characters of any part of a message: more than a path, a slug or a list of words has."""


class TrackerError(Exception):
    """A refusal in one line: `what` happened and the `remedy`.

    Raise the class of an exit code with the name of one of its messages, the `problem`, and the
    fields that the message quotes: `raise NotFound("no such file", path=path)`. Fields can be read
    as attributes.
    """

    exit_code = 1
    messages: Mapping[str, str] = {}

    def __init__(self, problem: str, /, **fields: Any) -> None:
        super().__init__()
        self.problem = problem
        self.fields = fields
        vars(self).update(fields)
        what, _, remedy = self.messages[problem].partition(". ")
        self.what = Wording().vformat(what, (), fields)
        self.remedy = Wording().vformat(remedy, (), fields)

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}"


class WrongUsage(TrackerError):
    """The command line itself is wrong."""

    exit_code = 2
    messages = WRONG_USAGE


class NotFound(TrackerError):
    """The book holds no such thing."""

    exit_code = 3
    messages = NOT_FOUND


class Refused(TrackerError):
    """What was asked conflicts with what is recorded."""

    exit_code = 4
    messages = REFUSED


class BadInput(TrackerError):
    """A value or a file is not valid."""

    exit_code = 5
    messages = BAD_INPUT


class WrongSchema(TrackerError):
    """The database is not a book, or is a book of another version."""

    exit_code = 6
    messages = WRONG_SCHEMA


class Unavailable(TrackerError):
    """The database cannot be reached, read or written now."""

    exit_code = 7
    messages = UNAVAILABLE


class Wording(Formatter):
    """Words a message, with each value on one line, like each item of a list, or in a form.

    Some forms take words: `{known:like {word}}` suggests known names that are like a word.
    """

    def format_field(self, value: Any, form: str) -> str:
        """Return a value as a message quotes it."""
        if not form:
            return listed(value) if isinstance(value, list) else in_one_line(str(value))
        name, *words = form.split(" ", maxsplit=1)
        return in_one_line(str(FORMS[name](value, *words)))


def in_one_line(text: str) -> str:
    """Return text with its line breaks escaped, cut if it is too long to be read."""
    return shortened(text.replace("\r\n", "\n").replace("\n", "\\n"), LONGEST)


def shortened(text: str, most: int = WIDEST) -> str:
    """Return text, cut if it is too long to be quoted."""
    return text if len(text) <= most else f"{text[:most]}…"


def listed(complaints: Sequence[str]) -> str:
    """Return the only complaint, or "these places:" with each on a line below."""
    lines = [in_one_line(complaint) for complaint in complaints]
    return lines[0] if len(lines) == 1 else "\n  ".join(["these places:", *lines])


def with_article(noun: str) -> str:
    """Return a noun with its article, such as "an outcome"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def option(field: str) -> str:
    """Return the option that declares a field: `--due` for `due_on`, `--archived` for its URL."""
    name = field.removesuffix("_on").removesuffix("_url")
    return f"--{name.replace('_', '-')}"


def options(fields: Iterable[str]) -> str:
    """Return the options that declare fields; of `due_on|awaits` either does."""
    return ", ".join(either(map(option, field.split("|"))) for field in fields)


def first_of(names: Iterable[object]) -> str:
    """Return the first names, and a mark where there are more."""
    words = [*map(str, names)]
    return f"{', '.join(words[:MOST])}{', …' if len(words) > MOST else ''}"


def either(names: Iterable[str]) -> str:
    """Return the only name, or several: "a, b or c"."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def suggestion(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return "Did you mean …?" with the nearest known words, or the first known ones."""
    names = [str(name) for name in known]
    near = get_close_matches(word.lower(), names, n=3, cutoff=cutoff)
    near = near or [name for name in names if word and word.lower() in name.lower()][:3]
    if near:
        return f"Did you mean {either(map(repr, near))}?"
    if not names:
        return "There are none"
    return f"Known: {first_of(names)}"


def like(word: str, things: Iterable[str]) -> str:
    """Return "Did you mean …?" with things that a word is like, or that have a part like it.

    So `boing` is like `cn-boeing-200`. Without any, return all of them if they are few.
    """
    names = [str(name) for name in things]
    hint = suggestion(word, names)
    if not hint.startswith("Known"):
        return hint
    near = []
    for name in names:
        if get_close_matches(word.lower(), name.lower().split("-"), cutoff=PART):
            near.append(name)
    if near:
        return f"Did you mean {either(map(repr, near[:3]))}?"
    if len(", ".join(names)) > LISTING:
        return f"There are {len(names)}, and none is like it"
    return hint


def advice_in(reason: str) -> tuple[str, str]:
    """Return what is wrong with a field, with the options of the fields named, and the advice."""
    with_options = re.sub(
        r"'(awaits|opens_on|due_on)'", lambda match: option(match[1]), reason
    )
    wrong, *advice = re.split(
        r"\. (?=Did you mean |Known: |Write |Correct )", with_options, maxsplit=1
    )
    return wrong, advice[0] if advice else "Correct it and try again"


def called_on(book: object) -> str:
    """Return the command that opens a book, quoted for the shell."""
    from shlex import quote  # needed only for errors

    return f"tracker --db {quote(str(book))}"


FORMS: Mapping[str, Callable[..., object]] = {
    "a": with_article,
    "either": either,
    "options": options,
    "place": lambda field: (
        f"The {field}" if field in ("slug", "key") else f"Option {option(field)}"
    ),
    "wrong": lambda reason: advice_in(reason)[0],
    "advice": lambda reason: advice_in(reason)[1],
    "first": first_of,
    "entries": lambda entries: first_of(f"#{entry}" for entry in entries),
    "command": called_on,
    "like": lambda known, word: suggestion(word, known),
    "thing": lambda things, word: like(word, things),
    "near": lambda known, word: suggestion(word, known, NEAR),
}
"""The forms in which a message can quote a value; the last three take a word besides it."""

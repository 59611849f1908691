"""How the values of files, commands and the chain are read: each form of text, day or number."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from tracker.dates import Period, parse_iso_day, parse_period
from tracker.errors import BadInput, TrackerError, WrongUsage
from tracker.quantities import parse_quantity
from tracker.vocabulary import EARLIER, SYNONYMS, TYPED, UNCLEAR, WRITTEN, Stage, Status

Word = TypeVar("Word", bound=StrEnum)


class Form(NamedTuple):
    """How a value is read; `parse` raises ValueError or a refusal that says what is wrong."""

    parse: Callable[[Any], Any]
    """Returns the value that a person's words mean, or the plain value that the chain holds."""
    schema: Mapping[str, Any]
    """The same as JSON Schema, for editors."""
    stored: type[StrEnum] | None = None
    """The vocabulary of which a column holds a word, if the value is one."""
    silent: Any = None
    """The value that says no more than leaving it out."""


def _unquoted(value: object) -> str:
    """Return a value that has to be text."""
    if not isinstance(value, str):
        raise ValueError("write it as text, in quotes")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput("bad text", part="text", reason="is not valid UTF-8") from None
    return value


def _of_pattern(pattern: str, how: str, longest: int | None = None) -> Form:
    """Return the form of text that matches a pattern; `how` says how to write it."""

    def parse(value: Any) -> str:
        text = _unquoted(value)
        if not re.fullmatch(pattern, text):
            wrong = (
                f"{text!r} does not have the right form"
                if text.strip()
                else "it is empty"
            )
            raise ValueError(f"{wrong}; write {how}")
        if longest is not None and len(text) > longest:
            raise ValueError(f"it is longer than {longest} characters")
        return text

    limit = {} if longest is None else {"maxLength": longest}
    return Form(parse, {"type": "string", "pattern": f"^{pattern}$", **limit})


def _parsed(parser: Callable[[str], Any], pattern: str, *bare: str) -> Form:
    """Return the form of a day or a quantity that a parser reads; TOML may have it bare."""

    def parse(value: Any) -> Any:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = format(Decimal(value), "f")
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        return parser(_unquoted(value))

    return Form(parse, {"type": ["string", *bare], "pattern": f"^{pattern}$"})


def parse_word(
    what: str,
    text: str,
    words: type[Word],
    hint: str = "",
    allowed: Iterable[Word] | None = None,
) -> Word:
    """Read a word of one enumeration, in any case, or a synonym of one; refuse others.

    Spaces, hyphens and underscores are the same. A refusal gives the `hint`, if any, and the words
    that are `allowed`: by default, all.
    """
    spelled = {_spelled(member): member for member in words}
    word = _spelled(text)
    word = SYNONYMS.get(words, {}).get(word, word)
    if word not in spelled:
        known = [*(allowed or words)]
        raise WrongUsage("unknown word", kind=what, word=text, hint=hint, allowed=known)
    return spelled[word]


def _spelled(text: str) -> str:
    return "-".join(re.split("[ _-]+", text.lower()))


def parse_status(text: str, hint: str = "") -> Stage:
    """Return the journal's code for a status that somebody types.

    Words that leave a question open are refused with it, and so is what only follows from a term.
    """
    if unclear := UNCLEAR.get(_spelled(text)):
        reason, advice = unclear
        raise WrongUsage("unclear status", word=text, reason=reason, advice=advice)
    return WRITTEN[parse_word("status", text, Status, hint, TYPED)]


def parse_stage(text: str) -> Stage:
    """Return the journal's code for a status, or for what an earlier version called it."""
    return EARLIER.get(_spelled(text)) or parse_status(text)


def word(what: str, words: type[StrEnum], silent: StrEnum | None = None) -> Form:
    """Return the form of a word of a vocabulary; see `parse_word`."""
    return Form(
        lambda value: parse_word(what, _unquoted(value), words),
        {"type": "string", "enum": [*words]},
        words,
        silent,
    )


def _flag(value: Any) -> bool:
    if (word := str(value).lower()) not in ("true", "false"):
        raise ValueError("write true or false")
    return word == "true"


def _number(value: Any) -> int:
    if not re.fullmatch("[1-9][0-9]{0,8}", str(value)):
        raise ValueError("it is not the number of an entry")
    return int(value)


def _names(least: int) -> Form:
    """Return the form of one name or a list of them, each of which counts once."""

    def parse(value: Any) -> tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple):
            raise ValueError("write it as a list")
        if len(listed) < least:
            raise ValueError("it is empty")
        return tuple(dict.fromkeys(map(_unquoted, listed)))

    names = {"type": "array", "items": {"type": "string"}, "minItems": least}
    return Form(parse, {"anyOf": [{"type": "string"}, names]})


WEB_ADDRESS = r"https?://[^\s/<>\"'`\\][^\s<>\"'`\\]*"


def web_address(text: str) -> str:
    """Return a whole http(s) address; refuse anything else, and marks that are not printed."""
    if not (text.isprintable() and re.fullmatch(WEB_ADDRESS, text, re.IGNORECASE)):
        raise BadInput("bad URL", url=text)
    return text


SLUG = _of_pattern(
    "[a-z0-9]+(-[a-z0-9]+)*", "lower-case letters, digits and hyphens", 64
)
LINE = _of_pattern(
    r"[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*",
    "one line without control characters",
)
TEXT = _of_pattern(r"[^\x00]*[^\s\x00][^\x00]*", "text without control characters")
NAME = Form(_unquoted, {"type": "string"})
NAMES, ANY_NAMES = _names(1), _names(0)
ADDRESS = Form(
    lambda value: web_address(_unquoted(value)),
    {"type": "string", "pattern": f"^{WEB_ADDRESS}$"},
)
KEY = Form(
    lambda value: (ADDRESS if "://" in str(value) else SLUG).parse(value),
    {"anyOf": [SLUG.schema, ADDRESS.schema]},
)
"""The key of a source: a slug, or an address that was logged without one."""
DAY = _parsed(parse_iso_day, r"\d{4}-\d{2}-\d{2}")
PERIOD = _parsed(parse_period, r"\d{4}(-\d{2}(-\d{2})?)?", "integer")
QUANTITY = _parsed(parse_quantity, r"[+-]?\d+(\.\d+)?", "number")
STATUS = Form(
    lambda value: parse_status(_unquoted(value)),
    {"type": "string", "enum": [*TYPED]},
)
STAGE = Form(
    lambda value: parse_stage(_unquoted(value)),
    {"type": "string", "enum": [*Stage]},
    Stage,
)
"""A status as books, exports and tables of any version hold it."""
FLAG = Form(_flag, {"type": "boolean"})
MARK = FLAG._replace(silent=False)
"""A flag that is left out unless it is true."""
ASSUMED = FLAG._replace(silent=True)
"""A flag that is left out unless it is false."""
NUMBER = Form(_number, {"type": "integer"})
"""The number of an entry."""


# --- fields of some forms ---------------------------------------------------------------------


class Field(NamedTuple):
    """A field of a thing, or a key of a file's table."""

    form: Form
    needed: bool
    """Whether it cannot be left out."""
    default: Any
    """The value that it has where it is left out."""


Fields = Mapping[str, Field]


def fields_of(kind: Any) -> Fields:
    """Return the fields that a class declares with their forms, by name."""
    return {
        name: Field(
            form, name not in kind._field_defaults, kind._field_defaults.get(name)
        )
        for name, hint in kind.__annotations__.items()
        for form in getattr(hint, "__metadata__", ())
        if isinstance(form, Form)
    }


MISSING, UNKNOWN = "it is missing", "there is no such key"


class Unread(ValueError):
    """Values that cannot be read: the fields, and why."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes


def plain(value: Any) -> Any:
    """Return a value as the chain and TOML hold it: days, words and quantities are text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (Period, date, StrEnum)):
        return str(value)
    return [*value] if isinstance(value, tuple) else value


def read(fields: Fields, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return given values as `plain` ones; what says nothing is left out.

    Raise `Unread` with all that is wrong.
    """
    plain_values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, (form, needed, default) in fields.items():
        if needed and name not in given:
            wrong[name] = MISSING
            continue
        try:
            value = form.parse(given[name]) if name in given else default
        except (ValueError, TrackerError) as error:
            wrong[name] = str(error)
            continue
        if value not in (None, (), form.silent):
            plain_values[name] = plain(value)
    wrong |= {name: UNKNOWN for name in given if name not in fields}
    if wrong:
        raise Unread(wrong)
    return plain_values

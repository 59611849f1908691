"""How the values of files, commands and rows are read: each form of text, name, day or number.

What a person gives is read into plain values, in the one form that the chain holds.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.dates import parse_iso_day, parse_period
from tracker.errors import BadInput, either
from tracker.quantities import parse_quantity
from tracker.vocabulary import Stage


class Form(NamedTuple):
    """How a value is read; `read` raises a ValueError that says what is wrong with it."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]
    """The same as JSON Schema, for editors."""
    stored: Callable[[Any], Any] | None = None
    """Turns what a column holds into the value, if that is something else."""
    silent: Any = None
    """The value that says no more than leaving it out."""


def _unquoted(value: object, how: str = "write it as text, in quotes") -> str:
    """Return a value that has to be text."""
    if not isinstance(value, str):
        raise ValueError(how)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("it is not valid UTF-8 text") from None
    return value


def _of_pattern(pattern: str, how: str = "", longest: int | None = None) -> Form:
    """Return the form of text that matches a pattern; `how` says how to write it."""

    def read(value: Any) -> str:
        text = _unquoted(value)
        if not re.fullmatch(pattern, text):
            raise ValueError(_unfit(text, how))
        if longest is not None and len(text) > longest:
            raise ValueError(f"it is longer than {longest} characters")
        return text

    limit = {} if longest is None else {"maxLength": longest}
    return Form(read, {"type": "string", "pattern": f"^{pattern}$", **limit})


def _unfit(text: str, how: str) -> str:
    if not how and any(mark in text for mark in "\r\n"):
        return "it must be on one line"
    if control := next((one for one in text if one < " " or one == "\x7f"), ""):
        what = "a tab" if control == "\t" else "a control character"
        return f"{text!r} contains {what}"
    wrong = f"{text!r} does not have the right form" if text.strip() else "it is empty"
    return f"{wrong}; write {how}" if how else wrong


def _parsed(parse: Callable[[str], Any], pattern: str, *bare: str) -> Form:
    """Return the form of a day or a quantity that a parser reads; TOML may have it bare."""

    def read(value: Any) -> str:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = format(Decimal(value), "f")
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        try:
            found = parse(_unquoted(value, "write it as a string, in quotes"))
        except BadInput as error:
            raise ValueError(str(error)) from None
        return format(found, "f") if isinstance(found, Decimal) else str(found)

    return Form(read, {"type": ["string", *bare], "pattern": f"^{pattern}$"})


MEANT = {
    "joint-statement": [("joint-text", "")],
    "limit": [("delivery", " with the bound 'at-most'")],
}
"""What some words mean that spelling would not suggest, and what else to write."""


def word(words: type[StrEnum], silent: StrEnum | None = None) -> Form:
    """Return the form of a word of a vocabulary."""
    members = {word.value: word for word in words}
    known = [*members]

    def read(value: Any) -> str:
        if isinstance(value, str) and value in known:
            return str(value)
        from difflib import get_close_matches  # slow to load, and only mistakes need it

        given = str(value).lower()
        likely = [(one, "") for one in get_close_matches(given, known, 1)]
        likely = [*MEANT.get(given.replace(" ", "-"), ()), *likely]
        meant = [f". Did you mean '{one}'{more}?" for one, more in likely if one in known]
        wanted = either([repr(word) for word in known])
        raise ValueError(f"{value!r} is not one of {wanted}{''.join(meant[:1])}")

    return Form(read, {"type": "string", "enum": known}, members.__getitem__, silent)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false, without quotes")
    return value


def _names(least: int) -> Form:
    """Return the form of one name or a list of them."""

    def read(value: Any) -> list[str]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple):
            raise ValueError("write it as a list")
        if len(listed) < least:
            raise ValueError("it is empty")
        return [_unquoted(one) for one in listed]

    names = {"type": "array", "items": {"type": "string"}, "minItems": least}
    return Form(read, {"anyOf": [{"type": "string"}, names]})


def web_address(text: str) -> str:
    """Return a whole http(s) address; refuse anything else, and marks that are not printed."""
    scheme, _, rest = text.partition("://")
    is_clean = text.isprintable() and not any(mark in text for mark in " <>\"'`\\")
    if not is_clean or scheme.lower() not in ("http", "https") or not rest.strip("/"):
        raise BadInput("bad URL", url=text)
    return text


def _address(value: Any) -> str:
    text = _unquoted(value)
    try:
        return web_address(text)
    except BadInput:
        how = "a whole http:// or https:// address without spaces"
        raise ValueError(_unfit(text, how)) from None


SLUG = _of_pattern("[a-z0-9]+(-[a-z0-9]+)*", "lower-case letters, digits and hyphens", 64)
LINE = _of_pattern(r"[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*")
TEXT = _of_pattern(r"[^\x00]*[^\s\x00][^\x00]*")
NAME = Form(_unquoted, {"type": "string"})
NAMES, ANY_NAMES = _names(1), _names(0)
ADDRESS = Form(_address, {"type": "string", "pattern": r"^https?://[^\s<>\"'`\\]+$"})
KEY = Form(
    lambda value: (ADDRESS if "://" in str(value) else SLUG).read(value),
    {"anyOf": [SLUG.schema, ADDRESS.schema]},
)
"""The key of a source: a slug, or an address that was logged without one."""
DAY = _parsed(parse_iso_day, r"\d{4}-\d{2}-\d{2}")
PERIOD = _parsed(parse_period, r"\d{4}(-\d{2}(-\d{2})?)?", "integer")
QUANTITY = _parsed(parse_quantity, r"[+-]?\d+(\.\d+)?", "number")
STAGE = word(Stage)
FLAG = Form(_flag, {"type": "boolean"}, bool)
MARK = FLAG._replace(silent=False)
"""A flag that is left out unless it is true."""


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
        name: Field(form, name not in kind._field_defaults, kind._field_defaults.get(name))
        for name, hint in kind.__annotations__.items()
        for form in getattr(hint, "__metadata__", ())
        if isinstance(form, Form)
    }


class Mistake(NamedTuple):
    """A value that cannot be read: its field, and why."""

    field: str
    reason: str
    is_missing: bool = False
    is_unknown: bool = False


class Unread(ValueError):
    """Values that cannot be read."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes


def read(fields: Fields, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return given values in the form that the chain holds; what says nothing is left out.

    Raise `Unread` with all that is wrong.
    """
    found: dict[str, Any] = {}
    wrong = []
    for name, (form, needed, default) in fields.items():
        if needed and name not in given:
            wrong.append(Mistake(name, "it is missing", is_missing=True))
            continue
        try:
            value = form.read(given[name]) if name in given else default and form.read(default)
        except ValueError as error:
            wrong.append(Mistake(name, str(error)))
            continue
        if value not in (None, (), [], form.silent):
            found[name] = value
    unknown = [name for name in given if name not in fields]
    wrong += [Mistake(name, "there is no such key", is_unknown=True) for name in unknown]
    if wrong:
        raise Unread(wrong)
    return found

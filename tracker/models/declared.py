"""Declarations: the input of each kind, and the base that it shares with its table of versions."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Strict,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError
from sqlmodel import Field, SQLModel

from tracker.dates import Period, parse_iso_day, parse_period
from tracker.errors import BadInput
from tracker.models.columns import Word
from tracker.quantities import parse_quantity
from tracker.rules.names import web_address
from tracker.vocabulary import Bound, ConcessionKind, DeadlineKind, Instrument, TermWord


def _read_by(parse: Callable[[str], Any]) -> BeforeValidator:
    def read(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("write it as a string, in quotes")
        try:
            return parse(value)
        except BadInput as error:
            raise ValueError(str(error)) from error

    return BeforeValidator(read)


def _written_as(pattern: str) -> WithJsonSchema:
    """Return the JSON Schema of a value that one of our own parsers reads, for editors."""
    return WithJsonSchema({"type": "string", "pattern": pattern})


def _web_address(text: str) -> str:
    try:
        return web_address(text)
    except BadInput as error:
        raise PydanticCustomError("string_pattern_mismatch", "no web address") from error


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
# `\S` would match a control character, too.
Line = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")
]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Address = Annotated[str, AfterValidator(_web_address), _written_as(r"^https?://[^\s<>\"'`\\]+$")]
Day = Annotated[date, _read_by(parse_iso_day), _written_as(r"^\d{4}-\d{2}-\d{2}$")]
DueDay = Annotated[Period, _read_by(parse_period), _written_as(r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Quantity = Annotated[Decimal, _read_by(parse_quantity), _written_as(r"^[+-]?\d+(\.\d+)?$")]
Flag = Annotated[bool, Strict()]


class Declared(SQLModel):
    """The base of every input: refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)  # type: ignore[assignment]


class PartyBase(Declared):
    """Who gives and who receives."""

    name: Line
    short: Line


class PartyIn(PartyBase):
    """A party as a file declares it."""

    slug: Slug
    part_of: str | None = None


class SourceBase(Declared):
    """Where a fact is stated."""

    url: Address | None = None
    publisher: Line | None = None
    title: Line | None = None
    published_on: Day | None = None
    official: Flag = False
    archived_url: Address | None = None
    """A lasting copy of the page."""


class SourceIn(SourceBase):
    """A source as a file declares it; an address logged without a key is its own key."""

    key: Slug | Address
    publisher: Line
    title: Line


class AgreementBase(Declared):
    """The agreement."""

    title: Line
    place: Line | None = None


class DeadlineBase(Declared):
    """A day that matters, of a concession or of the agreement itself."""

    kind: DeadlineKind = Field(sa_type=Word)
    label: Line
    opens_on: Day | None = None
    awaits: Line | None = None
    """The condition that its day waits for: a limit's first day, else a delivery's last."""
    unit: Line | None = None


class DeadlineIn(DeadlineBase):
    """A deadline as a file declares it, under its agreement or its concession."""

    slug: Slug
    due_on: DueDay | None = None
    source: str
    target: Quantity | None = None
    bound: Bound | None = None
    """`at-most` makes the target a limit; `at-least` is the default."""
    base: Quantity | None = None

    @field_validator("bound")
    @classmethod
    def _default_left_out(cls, bound: Bound | None) -> Bound | None:
        return None if bound is Bound.AT_LEAST else bound


class AgreementIn(AgreementBase):
    """An agreement as a file declares it."""

    slug: Slug
    agreed_on: DueDay
    source: str
    deadline: Sequence[DeadlineIn] = ()
    """Its own deadlines, as [[agreement.deadline]]."""


def _listed(value: object) -> object:
    """Return one slug as a list of one."""
    return [value] if isinstance(value, str) else value


_MAYBE = {"type": "array", "items": {"type": "string"}}
_SLUGS = {**_MAYBE, "minItems": 1}
Slugs = Annotated[
    list[str],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, _SLUGS]}),
]
"""One slug, or a list of them."""
AnySlugs = Annotated[
    Sequence[str], BeforeValidator(_listed), WithJsonSchema({"anyOf": [{"type": "string"}, _MAYBE]})
]
"""One slug, or a list of any number."""


class ConcessionBase(Declared):
    """One observable promise, by one or more givers to one or more receivers."""

    title: Line
    sector: Line
    kind: ConcessionKind = Field(sa_type=Word)
    instrument: Instrument = Field(sa_type=Word)
    test: Text
    locator: Line | None = None
    quote: Text | None = None
    hold: Flag | None = None
    """Whether it has to be kept up; implied by an expiry of its own, a limit, or an open term."""
    term: TermWord | None = Field(default=None, sa_type=Word)
    """`open` for a promise that never ends, and does not end with its agreement."""


class ConcessionIn(ConcessionBase):
    """A concession as a file declares it."""

    slug: Slug
    giver: Slugs
    """The party that gives, or a list of several."""
    receiver: Slugs
    """The party that receives, or a list of several."""
    source: str
    promised_on: DueDay | None = None
    """The day of the promise, if it is later than the agreement."""
    in_return_for: AnySlugs = ()
    deadline: Sequence[DeadlineIn] = ()
    """Its deadlines, as [[concession.deadline]]."""

    @field_validator("hold")
    @classmethod
    def _default_left_out(cls, hold: bool | None) -> bool | None:
        return hold or None

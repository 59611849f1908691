"""The types of declared fields, each read by one of the program's strict parsers."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Strict, StringConstraints, WithJsonSchema

from tracker.dates import Period, parse_iso_day, parse_period
from tracker.errors import BadInput
from tracker.quantities import parse_quantity


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


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
# `\S` would match a control character, too.
Line = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")
]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`\\]+$")]
Day = Annotated[date, _read_by(parse_iso_day), _written_as(r"^\d{4}-\d{2}-\d{2}$")]
DueDay = Annotated[Period, _read_by(parse_period), _written_as(r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Quantity = Annotated[Decimal, _read_by(parse_quantity), _written_as(r"^[+-]?\d+(\.\d+)?$")]
Flag = Annotated[bool, Strict()]

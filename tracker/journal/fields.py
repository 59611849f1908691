"""The fields of declarations: how they are read, and which combinations are not valid."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import ValidationError

from tracker.dates import EARLIEST, Period, parse_period
from tracker.errors import WrongUsage, option, with_article
from tracker.models.declared import (
    AgreementIn,
    ConcessionIn,
    DeadlineIn,
    Declared,
    PartyIn,
    SourceIn,
)
from tracker.models.reasons import reason_of
from tracker.vocabulary import Bound, ThingKind

INPUTS: Mapping[ThingKind, type[Declared]] = {
    ThingKind.PARTY: PartyIn,
    ThingKind.SOURCE: SourceIn,
    ThingKind.AGREEMENT: AgreementIn,
    ThingKind.CONCESSION: ConcessionIn,
    ThingKind.DEADLINE: DeadlineIn,
}
"""The model that validates each kind of thing."""

SIDES = ("giver", "receiver")

OWNED_BY = {ThingKind.CONCESSION: ("agreement",), ThingKind.DEADLINE: ("agreement", "concession")}
"""The fields that name a thing's owner; in a file, the place of a table names it."""

DAYS = ("published_on", "agreed_on", "promised_on", "opens_on", "due_on")

NOT_FIELDS = frozenset({"slug", "key", "deadline"})
"""The keys of a model that are not fields of the thing itself."""


def fields_of(declared: Declared, **owner: str) -> dict[str, Any]:
    """Return what a model declares, in plain values; absent fields are left out."""
    fields: dict[str, Any] = dict(owner)
    for name in type(declared).model_fields:
        value = getattr(declared, name)
        if name in NOT_FIELDS or value is None or value in ((), []):
            continue
        fields[name] = _plain(value)
    if "in_return_for" in fields:
        fields["in_return_for"] = sorted(set(fields["in_return_for"]))
    for side in SIDES:
        if side in fields:
            fields[side] = [*dict.fromkeys(fields[side])]
    return fields


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return str(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case Enum():
            return value.value
        case str() | bool():
            return value
    return [_plain(one) for one in value]


def read(what: ThingKind, slug: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing in the form of its model, which raises its own errors."""
    owner = {name: fields[name] for name in OWNED_BY.get(what, ()) if name in fields}
    own = {name: value for name, value in fields.items() if name not in owner}
    return fields_of(INPUTS[what].model_validate({name_of(what): slug, **own}), **owner)


def name_of(what: ThingKind) -> str:
    """Return the key that names a thing in a file."""
    return "key" if what is ThingKind.SOURCE else "slug"


def validated(what: ThingKind, slug: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing, validated by its model; refuse invalid ones."""
    owners = OWNED_BY.get(what, ())
    for name, value in fields.items():
        if name not in owners and isinstance(value, str) and not _is_utf8(value):
            raise WrongUsage("bad field", field=name, reason="it is not valid UTF-8 text")
    try:
        return read(what, slug, fields)
    except ValidationError as error:
        found = error.errors()
        missing = [str(one["loc"][0]) for one in found if one["type"] == "missing"]
        if len(missing) == len(found):
            owner = owners if len(owners) == 1 and owners[0] not in fields else ()
            raise WrongUsage(
                "fields missing", kind=what.value, slug=slug, fields=[*owner, *missing]
            ) from None
        first = next(one for one in found if one["type"] != "missing")
        key = str(first["loc"][0])
        reason = reason_of(first, key)
        if first["type"] == "extra_forbidden":
            names = [*owners, *(one for one in INPUTS[what].model_fields if one not in NOT_FIELDS)]
            names = [*map(option, names)]
            reason = f"{with_article(what)} does not have it. Write one of {', '.join(names)}"
            if what is ThingKind.CONCESSION and key in INPUTS[ThingKind.DEADLINE].model_fields:
                own = "it belongs to a deadline, not to a concession"
                reason = f"{own}. Write the deadline's slug, or move its day with 'tracker move'"
        raise WrongUsage("bad field", field=key, reason=reason) from None


def _is_utf8(text: str) -> bool:
    """Return whether text can be encoded as UTF-8; pydantic cannot quote text that cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def complaints(what: ThingKind, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field of a declaration that conflicts with others, and why."""
    owners = [name for name in OWNED_BY.get(what, ()) if name in fields]
    if what in OWNED_BY and len(owners) != 1:
        wanted = " or the ".join(OWNED_BY[what])
        both = ", not both" if owners else f" that the {what} is part of"
        yield OWNED_BY[what][-1], f"name the {wanted}{both}"
    if what is ThingKind.CONCESSION and len({*fields["giver"], *fields["receiver"]}) == 1:
        yield "receiver", "giver and receiver are the same"
    for name in DAYS:
        if fields.get(name, str(EARLIEST)) < str(EARLIEST.year):
            yield name, f"'{fields[name]}' is before {EARLIEST.year}"
    if what is ThingKind.DEADLINE:
        yield from _of_days(fields)
        yield from _of_target(fields)


def _of_days(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the mistakes in a deadline's days and its condition."""
    limit = fields.get("bound") == Bound.AT_MOST
    day = "opens_on" if limit else "due_on"
    if "awaits" in fields and fields["kind"] != "delivery":
        yield "awaits", "only a delivery has it"
    if "awaits" in fields and day in fields:
        yield "awaits", f"it replaces '{day}'; give only one of them"
    if not limit and "due_on" not in fields and "awaits" not in fields:
        awaits = "; for a delivery without a day, say with 'awaits' what it waits for"
        yield "due_on", f"it is missing{awaits if fields['kind'] == 'delivery' else ''}"
    due_on = fields.get("due_on")
    if due_on and fields.get("opens_on", "") > parse_period(due_on).last.isoformat():
        yield "opens_on", "it is after 'due_on'"


def _of_target(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the mistakes in a deadline's target, unit, bound and base."""
    if ("target" in fields) != ("unit" in fields):
        yield "target", "a target needs a unit, and a unit a target"
    if "target" not in fields:
        yield from ((name, "there is no target") for name in ("bound", "base") if name in fields)
        return
    target, base = Decimal(fields["target"]), fields.get("base")
    if fields["kind"] != "delivery":
        yield "target", "only a delivery has one"
    if not target and base is None and "bound" not in fields:
        yield (
            "target",
            "nothing can be measured against a target of 0; give a base, or make it a limit",
        )
    if base is not None and Decimal(base) == target:
        yield "base", "it is the same as the target"

"""The fields of declarations: what a person gives is read, and combinations are checked."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tracker.dates import EARLIEST, parse_period
from tracker.errors import WrongUsage, option, with_article
from tracker.things import FIELDS, OWNED_BY, Unread, name_of, read_again
from tracker.vocabulary import Bound, ThingKind

DAYS = ("published_on", "agreed_on", "promised_on", "opens_on", "due_on")


def validated(what: ThingKind, slug: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing as they are declared; refuse what cannot be read."""
    owners = OWNED_BY.get(what, ())
    try:
        return read_again(what, slug, given)
    except Unread as error:
        missing = [one.field for one in error.mistakes if one.is_missing]
        if len(missing) == len(error.mistakes):
            lacking = owners if len(owners) == 1 and owners[0] not in given else ()
            raise WrongUsage(
                "fields missing", kind=what.value, slug=slug, fields=[*lacking, *missing]
            ) from None
        first = next(one for one in error.mistakes if not one.is_missing)
        reason = _unknown(what, first.field) if first.is_unknown else first.reason
        raise WrongUsage("bad field", field=first.field, reason=reason) from None


def _unknown(what: ThingKind, field: str) -> str:
    """Return why a thing cannot have a field."""
    if what is ThingKind.CONCESSION and field in FIELDS[ThingKind.DEADLINE]:
        own = "it belongs to a deadline, not to a concession"
        return f"{own}. Write the deadline's slug, or move its day with 'tracker move'"
    names = [*OWNED_BY.get(what, ()), *(one for one in FIELDS[what] if one != name_of(what))]
    return f"{with_article(what)} does not have it. Write one of {', '.join(map(option, names))}"


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

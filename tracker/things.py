"""What a party, source, agreement, concession, deadline and opening entry have: their fields."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import EARLIEST, parse_period
from tracker.errors import WrongUsage, option, with_article
from tracker.forms import (
    ADDRESS,
    ANY_NAMES,
    DAY,
    FLAG,
    KEY,
    LINE,
    NAME,
    NAMES,
    PERIOD,
    QUANTITY,
    SLUG,
    STAGE,
    TEXT,
    Form,
    word,
)
from tracker.vocabulary import (
    Basis,
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Outcome,
    TermWord,
    ThingKind,
)


class Field(NamedTuple):
    """A field of a thing, or a key of a file's table."""

    form: Form
    needed: bool = False
    default: Any = None
    """The value that it has where it is left out."""
    silent: Any = None
    """The value that says no more than leaving it out."""


def needs(form: Form) -> Field:
    """Return a field that cannot be left out."""
    return Field(form, needed=True)


class Party:
    """Who gives and who receives."""

    slug = needs(SLUG)
    name = needs(LINE)
    short = needs(LINE)
    part_of = Field(NAME)


class Source:
    """Where a fact is stated; an address logged without a key is its own key."""

    key = needs(KEY)
    url = Field(ADDRESS)
    publisher = needs(LINE)
    title = needs(LINE)
    published_on = Field(DAY)
    official = Field(FLAG, default=False)
    archived_url = Field(ADDRESS)
    """A lasting copy of the page."""


class Agreement:
    """What parties agreed."""

    slug = needs(SLUG)
    title = needs(LINE)
    place = Field(LINE)
    agreed_on = needs(PERIOD)
    source = needs(NAME)


class Concession:
    """One observable promise, by one or more givers to one or more receivers."""

    slug = needs(SLUG)
    title = needs(LINE)
    giver = needs(NAMES)
    """The party that gives, or a list of several."""
    receiver = needs(NAMES)
    """The party that receives, or a list of several."""
    sector = needs(LINE)
    kind = Field(word(ConcessionKind), default=ConcessionKind.OTHER.value)
    """What kind it is; by default, `other`."""
    instrument = Field(word(Instrument), default=Instrument.STATEMENT.value)
    """How binding the text is; by default, `statement`."""
    test = Field(TEXT, default="as its sources judge it")
    """What will count as met, written in advance; by default, "as its sources judge it"."""
    locator = Field(LINE)
    quote = Field(TEXT)
    hold = Field(FLAG, silent=False)
    """Whether it has to be kept up; implied by an expiry of its own, a limit, or an open term."""
    term = Field(word(TermWord))
    """`open` for a promise that never ends, and does not end with its agreement."""
    source = needs(NAME)
    promised_on = Field(PERIOD)
    """The day of the promise, if it is later than the agreement."""
    in_return_for = Field(ANY_NAMES, silent=[])


class Deadline:
    """A day that matters, of a concession or of the agreement itself."""

    slug = needs(SLUG)
    kind = needs(word(DeadlineKind))
    label = needs(LINE)
    opens_on = Field(DAY)
    due_on = Field(PERIOD)
    awaits = Field(LINE)
    """The condition that its day waits for: a limit's first day, else a delivery's last."""
    target = Field(QUANTITY)
    unit = Field(LINE)
    bound = Field(word(Bound), silent=Bound.AT_LEAST.value)
    """`at-most` makes the target a limit; `at-least` is the default."""
    base = Field(QUANTITY)
    source = needs(NAME)


class Opening:
    """An opening entry of a file; its keys decide its kind."""

    on = needs(PERIOD)
    """The day it happened, or the month or year if no day is known."""
    public_on = Field(DAY)
    """The day on which it was made public."""
    agreement = Field(NAME)
    concession = Field(NAME)
    deadline = Field(NAME)
    stage = Field(STAGE)
    value = Field(QUANTITY)
    """The quantity counted; the one that a move restates is its `target`."""
    unit = Field(LINE)
    basis = Field(word(Basis))
    counted_by = Field(LINE)
    flow = Field(FLAG)
    due_on = Field(PERIOD)
    target = Field(QUANTITY)
    base = Field(QUANTITY)
    """The level before the promise, restated along with the `target`."""
    outcome = Field(word(Outcome))
    check = Field(FLAG, silent=False)
    """Somebody looked and found nothing new."""
    says = Field(NAME)
    source = Field(NAMES)
    note = Field(TEXT)
    headline = Field(FLAG)


Fields = Mapping[str, Field]


def fields_of(kind: type) -> Fields:
    """Return the fields that a class declares, by name."""
    return {name: field for name, field in vars(kind).items() if isinstance(field, Field)}


KINDS: Mapping[ThingKind, type] = {
    ThingKind.PARTY: Party,
    ThingKind.SOURCE: Source,
    ThingKind.AGREEMENT: Agreement,
    ThingKind.CONCESSION: Concession,
    ThingKind.DEADLINE: Deadline,
}
FIELDS: Mapping[ThingKind, Fields] = {what: fields_of(kind) for what, kind in KINDS.items()}
"""The fields of each kind of thing, the one that names it first."""
OPENING = fields_of(Opening)

SIDES = ("giver", "receiver")
OWNED_BY = {ThingKind.CONCESSION: ("agreement",), ThingKind.DEADLINE: ("agreement", "concession")}
"""The fields that name a thing's owner; in a file, the place of a table names it."""


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
    for name, field in fields.items():
        try:
            value = field.form.read(given[name]) if name in given else field.default
        except ValueError as error:
            wrong.append(Mistake(name, str(error)))
            continue
        if name not in given and field.needed:
            wrong.append(Mistake(name, "it is missing", is_missing=True))
        elif value not in (None, field.silent):
            found[name] = value
    unknown = [name for name in given if name not in fields]
    wrong += [Mistake(name, "there is no such key", is_unknown=True) for name in unknown]
    if wrong:
        raise Unread(wrong)
    return found


def name_of(what: ThingKind) -> str:
    """Return the field that names a thing."""
    return "key" if what is ThingKind.SOURCE else "slug"


def read_thing(
    what: ThingKind, given: Mapping[str, Any], owner: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """Return the name of a thing and its fields, its owner among them; see `read`."""
    found = {**owner, **read(FIELDS[what], given)}
    if "in_return_for" in found:
        found["in_return_for"] = sorted({*found["in_return_for"]})
    for side in {*SIDES} & found.keys():
        found[side] = [*dict.fromkeys(found[side])]
    return found.pop(name_of(what)), found


def read_again(what: ThingKind, slug: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing whose owner is one of them; see `read`."""
    owner = {name: fields[name] for name in OWNED_BY.get(what, ()) if name in fields}
    own = {name: value for name, value in fields.items() if name not in owner}
    return read_thing(what, {name_of(what): slug, **own}, owner)[1]


# --- what a person gives, and combinations that are not valid -------------------------------------

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

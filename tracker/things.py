"""Parties, sources, agreements, concessions and deadlines: their fields, each declared once.

A field is annotated with its form, which says how a person's words, a file's and a table's rows are
read into it, and with the option of `add` and `change` that declares it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from tracker.dates import Period, as_given, parse_period, period_of
from tracker.forms import (
    ADDRESS,
    ANY_NAMES,
    DAY,
    FLAG,
    KEY,
    LINE,
    MARK,
    NAME,
    NAMES,
    PERIOD,
    QUANTITY,
    SLUG,
    TEXT,
    Fields,
    fields_of,
    read,
    word,
)
from tracker.vocabulary import (
    HIDDEN,
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    TermWord,
    ThingKind,
)

StatedBy = Annotated[str, NAME, "KEY  The declared source that states it."]


class Party(NamedTuple):
    """Who gives and who receives."""

    slug: Annotated[str, SLUG]
    """The short name that commands take, unique in the book."""
    name: Annotated[str, LINE, "TEXT  A party's name."]
    """The full name."""
    short: Annotated[str, LINE, "TEXT  The short name that tables print."]
    """The name that tables print."""
    part_of: Annotated[str | None, NAME, "PARTY  The bloc that a party is part of."] = None
    """The bloc that it is part of."""


class Source(NamedTuple):
    """Where a fact is stated; an address logged without a key is its own key."""

    key: Annotated[str, KEY]
    """The key of the source: a slug, or its web address."""
    title: Annotated[str | None, LINE, "TEXT  The title."]
    """Its title."""
    publisher: Annotated[str | None, LINE, "TEXT  Who publishes a source."]
    """Who published it."""
    url: Annotated[str | None, ADDRESS, "URL  A source's web address."] = None
    """Its web address."""
    published_on: Annotated[date | None, DAY, "DATE  The day a source was published."] = None
    """The day it was published."""
    official: Annotated[bool, FLAG, "--official/--unofficial  Whether a source is official."] = (
        False
    )
    """Whether it is a government's own text."""
    archived_url: Annotated[str | None, ADDRESS, "URL  An archived copy of a source."] = None
    """A lasting copy of the page."""
    declared: Annotated[bool, HIDDEN] = True
    """Whether it was declared, and not only named by its address."""


class Agreement(NamedTuple):
    """What parties agreed."""

    slug: Annotated[str, SLUG]
    title: Annotated[str, LINE, "TEXT  The title."]
    agreed_on: Annotated[
        Period, PERIOD, "DATE  The day of an agreement: 2025-10-30, 2025-10 or 2025."
    ]
    """The day it was agreed."""
    source: StatedBy
    """The key of the source that states it."""
    place: Annotated[str | None, LINE, "TEXT  Where an agreement was made."] = None
    """Where it was agreed."""


class Concession(NamedTuple):
    """One observable promise, by one or more givers to one or more receivers."""

    slug: Annotated[str, SLUG]
    agreement: Annotated[str, "SLUG  The agreement that it is part of."]
    """The agreement's slug."""
    title: Annotated[str, LINE, "TEXT  The title."]
    giver: Annotated[tuple[str, ...], NAMES, "PARTY  Who gives; repeat it for several."]
    """The party that gives, or a list of several."""
    receiver: Annotated[tuple[str, ...], NAMES, "PARTY  Who receives; repeat it for several."]
    """The party that receives, or a list of several."""
    sector: Annotated[str, LINE, "TEXT  A concession's sector."]
    """The part of the economy."""
    source: StatedBy
    kind: Annotated[
        ConcessionKind, word("kind", ConcessionKind), f"KIND  {', '.join(ConcessionKind)}."
    ] = ConcessionKind.OTHER
    """What kind it is."""
    instrument: Annotated[
        Instrument, word("instrument", Instrument), f"WORD  {', '.join(Instrument)}."
    ] = Instrument.STATEMENT
    """How binding the text is."""
    test: Annotated[str, TEXT, "TEXT  What will count as met."] = "as its sources judge it"
    """What will count as met, written in advance."""
    locator: Annotated[str | None, LINE, "TEXT  The place within the source."] = None
    """Where in the source it is stated."""
    quote: Annotated[str | None, TEXT, "TEXT  The source's own words."] = None
    """The words of the source that state it."""
    hold: Annotated[bool, MARK, "--hold/--no-hold  Whether it has to be kept up."] = False
    """Whether it has to be kept up; implied by an expiry of its own, a limit, or an open term."""
    term: Annotated[
        TermWord | None, word("term", TermWord), "open  It never ends, whatever its agreement does."
    ] = None
    """`open` for a promise that never ends, and does not end with its agreement."""
    promised_on: Annotated[
        Period | None, PERIOD, "DATE  The day of a promise, if it is later than the agreement."
    ] = None
    """The day of the promise, if it is later than the agreement."""
    in_return_for: Annotated[
        tuple[str, ...],
        ANY_NAMES,
        "CONCESSION  What it was given in return for; repeat it for several.",
    ] = ()
    """What it was given in return for."""

    @property
    def givers(self) -> tuple[str, ...]:
        """The parties that give."""
        return self.giver

    @property
    def receivers(self) -> tuple[str, ...]:
        """The parties that receive."""
        return self.receiver


class Deadline(NamedTuple):
    """A day that matters, of a concession or of the agreement itself, as first declared."""

    slug: Annotated[str, SLUG]
    agreement: Annotated[str, "SLUG  The agreement that it is part of."]
    concession: Annotated[str | None, "SLUG  The concession that a deadline belongs to."]
    kind: Annotated[DeadlineKind, word("kind", DeadlineKind), f"KIND  {', '.join(DeadlineKind)}."]
    label: Annotated[str, LINE, "TEXT  What falls due."]
    """What falls due, in words."""
    source: StatedBy
    opens_on: Annotated[
        date | None, DAY, "DATE  The first day of a delivery's window, or of a limit."
    ] = None
    """The first day of a delivery's window, or the first day on which a limit binds."""
    due_on: Annotated[Period | None, PERIOD, "DATE  The day: 2026-02-28, 2026-02 or 2026."] = None
    """The day by which it is due; for a move, the new day."""
    awaits: Annotated[
        str | None,
        LINE,
        "TEXT  What its day waits for, in words: a limit's first day, else its last.",
    ] = None
    """The condition that its day waits for: a limit's first day, else a delivery's last."""
    target: Annotated[Decimal | None, QUANTITY, "VALUE  The quantity to deliver."] = None
    """The quantity to reach, or the restated one."""
    unit: Annotated[str | None, LINE, "UNIT  The unit of the target."] = None
    """The unit of the quantity."""
    bound: Annotated[
        Bound | None,
        word("bound", Bound, silent=Bound.AT_LEAST),
        "WORD  at-least, or at-most for a limit not to be exceeded.",
    ] = None
    """`at-most` makes the target a limit; `at-least` is the default."""
    base: Annotated[Decimal | None, QUANTITY, "VALUE  The level before the promise."] = None
    """The level before the promise."""

    @property
    def is_limit(self) -> bool:
        """Whether its target must not be exceeded."""
        return self.bound is Bound.AT_MOST

    @property
    def may_be_zero(self) -> bool:
        """Whether a target of 0 can be measured against."""
        return self.is_limit or self.base is not None

    @property
    def awaits_first_day(self) -> bool:
        """Whether its condition supplies its first day, not its last."""
        return self.is_limit and self.awaits is not None


Words = Mapping[str, Any]
"""The fields of a thing in plain values, as the chain holds them."""
KINDS: Mapping[ThingKind, Any] = {
    ThingKind.PARTY: Party,
    ThingKind.SOURCE: Source,
    ThingKind.AGREEMENT: Agreement,
    ThingKind.CONCESSION: Concession,
    ThingKind.DEADLINE: Deadline,
}
FIELDS: Mapping[ThingKind, Fields] = {what: fields_of(kind) for what, kind in KINDS.items()}
"""The fields of each kind of thing, the one that names it first."""

SIDES = ("giver", "receiver")
LISTS = (*SIDES, "in_return_for")
"""The fields that hold several things: of a concession, in tables of their own."""
OWNED_BY = {ThingKind.CONCESSION: ("agreement",), ThingKind.DEADLINE: ("agreement", "concession")}
"""The fields that name a thing's owner; in a file, the place of a table names it."""
REFERENCES = {
    "source": ThingKind.SOURCE,
    "agreement": ThingKind.AGREEMENT,
    "concession": ThingKind.CONCESSION,
    "in_return_for": ThingKind.CONCESSION,
    **dict.fromkeys(("part_of", *SIDES), ThingKind.PARTY),
}
"""The fields that name other things, with their kind."""


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
    return found.pop(name_of(what)), found


def read_again(what: ThingKind, slug: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing whose owner is one of them; see `read`."""
    owner = {name: fields[name] for name in OWNED_BY.get(what, ()) if name in fields}
    own = {name: value for name, value in fields.items() if name not in owner}
    return read_thing(what, {name_of(what): slug, **own}, owner)[1]


# --- the rows of a thing's table --------------------------------------------------------------


def columns_of(what: ThingKind) -> Iterator[str]:
    """Yield the columns of a thing's table; lists have tables of their own."""
    yield from ("entry_id", "thing_id")
    yield from (f"{owner}_id" for owner in OWNED_BY.get(what, ()))
    for name, (form, *_) in [*FIELDS[what].items()][1:]:
        if name not in LISTS:
            yield f"{name}_id" if name in REFERENCES else name
        if form is PERIOD:
            yield f"{name}_precision"


def thing_of(
    what: ThingKind, row: Any, slugs: Mapping[int, str], lists: Mapping[str, Sequence[str]]
) -> Any:
    """Return the thing that a row of its table declares, with its lists from other tables."""
    found: dict[str, Any] = {name_of(what): slugs[row.thing_id]}
    found |= {owner: slugs.get(getattr(row, f"{owner}_id")) for owner in OWNED_BY.get(what, ())}
    for name, (form, _, default) in FIELDS[what].items():
        if name in found:
            continue
        if name in LISTS:
            found[name] = tuple(lists[name])
        elif name in REFERENCES:
            found[name] = slugs.get(getattr(row, f"{name}_id"))
        elif (value := getattr(row, name)) is None:
            found[name] = default
        elif form is PERIOD:
            found[name] = period_of(value, getattr(row, f"{name}_precision"))
        else:
            found[name] = form.stored(value) if form.stored else value
    return KINDS[what](**found)


def row_of(
    what: ThingKind, fields: Mapping[str, Any], number_of: Callable[[ThingKind, str], int]
) -> dict[str, Any]:
    """Return the columns of a thing's table with its fields; `number_of` numbers other things."""
    row: dict[str, Any] = {}
    for column in [*columns_of(what)][2:]:
        name = column.removesuffix("_id").removesuffix("_precision")
        if (value := fields.get(name)) is None:
            row[column] = None
        elif name in REFERENCES:
            row[column] = number_of(REFERENCES[name], value)
        elif FIELDS[what][name].form is not PERIOD:
            row[column] = value
        else:
            last, precision = parse_period(value)
            row[column] = last.isoformat() if column == name else precision.value
    return row


def words_of(row: Any, slug_of: Callable[[str, int], str | None]) -> dict[str, Any]:
    """Return a row as plain values by field, as the chain holds them, without what is absent.

    `slug_of` names the things whose numbers some columns hold.
    """
    words: dict[str, Any] = {}
    for name, value in row._asdict().items():
        if value is None or name in ("entry_id", "thing_id") or name.endswith("_precision"):
            continue
        if name.endswith("_id"):
            field = name.removesuffix("_id")
            words[field] = slug_of(field, value)
        elif isinstance(value, date):
            exact = getattr(row, f"{name}_precision", None)
            words[name] = as_given(value.isoformat(), exact or "day")
        else:
            words[name] = format(value, "f") if isinstance(value, Decimal) else value
    return words


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields that differ, each with both values; None means that it is absent."""
    pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
    return {name: (was, now) for name, (was, now) in pairs.items() if was != now}

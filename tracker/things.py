"""Parties, sources, agreements, concessions and deadlines: their fields, each declared once.

A field is annotated with its form, which says how a person's words, a file's and a table's rows are
read into it, and with the option of `add` and `change` that declares it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from tracker.dates import Period, parse_period, period_of
from tracker.forms import (
    ADDRESS,
    ANY_NAMES,
    ASSUMED,
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
    Form,
    fields_of,
    read,
    word,
)
from tracker.vocabulary import (
    Basis,
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
    part_of: Annotated[str | None, NAME, "PARTY  The bloc that a party is part of."] = (
        None
    )
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
    published_on: Annotated[
        date | None, DAY, "DATE  The day a source was published."
    ] = None
    """The day it was published."""
    official: Annotated[
        bool, FLAG, "--official/--unofficial  Whether a source is official."
    ] = False
    """Whether it is a government's own text."""
    archived_url: Annotated[
        str | None, ADDRESS, "URL  An archived copy of a source."
    ] = None
    """A lasting copy of the page."""
    read: Annotated[
        bool, ASSUMED, "--read/--unread  Whether somebody opened a source's page."
    ] = True
    """False if nobody opened the page."""
    declared: bool = True
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
    receiver: Annotated[
        tuple[str, ...], NAMES, "PARTY  Who receives; repeat it for several."
    ]
    """The party that receives, or a list of several."""
    sector: Annotated[str, LINE, "TEXT  A concession's sector."]
    """The part of the economy."""
    source: StatedBy
    kind: Annotated[
        ConcessionKind,
        word("kind", ConcessionKind),
        f"KIND  {', '.join(ConcessionKind)}.",
    ] = ConcessionKind.OTHER
    """What kind it is."""
    instrument: Annotated[
        Instrument, word("instrument", Instrument), f"WORD  {', '.join(Instrument)}."
    ] = Instrument.STATEMENT
    """How binding the text is."""
    test: Annotated[str, TEXT, "TEXT  What will count as met."] = (
        "as its sources judge it"
    )
    """What will count as met, written in advance."""
    locator: Annotated[str | None, LINE, "TEXT  The place within the source."] = None
    """Where in the source it is stated."""
    quote: Annotated[str | None, TEXT, "TEXT  The source's own words."] = None
    """The words of the source that state it."""
    hold: Annotated[bool, MARK, "--hold/--no-hold  Whether it has to be kept up."] = (
        False
    )
    """Whether it has to be kept up; implied by an expiry of its own, a limit, or an open term."""
    term: Annotated[
        TermWord | None,
        word("term", TermWord),
        "open  It never ends, whatever its agreement does.",
    ] = None
    """`open` for a promise that never ends, and does not end with its agreement."""
    promised_on: Annotated[
        Period | None,
        PERIOD,
        "DATE  The day of a promise, if it is later than the agreement.",
    ] = None
    """The day of the promise, if it is later than the agreement."""
    in_return_for: Annotated[
        tuple[str, ...],
        ANY_NAMES,
        "CONCESSION  What it was given in return for; repeat it for several.",
    ] = ()
    """What it was given in return for."""


class Deadline(NamedTuple):
    """A day that matters, of a concession or of the agreement itself, as first declared."""

    slug: Annotated[str, SLUG]
    agreement: Annotated[str, "SLUG  The agreement that it is part of."]
    concession: Annotated[str | None, "SLUG  The concession that a deadline belongs to."]
    kind: Annotated[
        DeadlineKind, word("kind", DeadlineKind), f"KIND  {', '.join(DeadlineKind)}."
    ]
    label: Annotated[str, LINE, "TEXT  What falls due."]
    """What falls due, in words."""
    source: StatedBy
    opens_on: Annotated[
        date | None, DAY, "DATE  The first day of a delivery's window, or of a limit."
    ] = None
    """The first day of a delivery's window, or the first day on which a limit binds."""
    due_on: Annotated[
        Period | None, PERIOD, "DATE  The day: 2026-02-28, 2026-02 or 2026."
    ] = None
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
    base: Annotated[Decimal | None, QUANTITY, "VALUE  The level before the promise."] = (
        None
    )
    """The level before the promise."""

    counted_by: Annotated[
        str | None, LINE, "--counted-by WHO  Who counts for a target."
    ] = None
    """Who counted; for a deadline, who counts for its target."""
    basis: Annotated[
        Basis | None,
        word("basis", Basis),
        f"WORD  What that counts: {', '.join(Basis)}.",
    ] = None
    """The basis of the count; for a deadline, of the one for its target."""

    @property
    def is_limit(self) -> bool:
        """Whether its target must not be exceeded."""
        return self.bound is Bound.AT_MOST

    @property
    def awaits_first_day(self) -> bool:
        """Whether its condition supplies its first day, not its last."""
        return self.is_limit and self.awaits is not None


ThingFields = Mapping[str, Any]
"""The fields of a thing in plain values, as the chain holds them."""
KINDS: Mapping[ThingKind, Any] = {
    ThingKind(kind.__name__.lower()): kind
    for kind in (Party, Source, Agreement, Concession, Deadline)
}
"""The class of each kind of thing."""
FIELDS: Mapping[ThingKind, Fields] = {
    what: fields_of(kind) for what, kind in KINDS.items()
}
"""The fields of each kind of thing, the one that names it first."""

SIDES = ("giver", "receiver")
LISTS = (*SIDES, "in_return_for")
"""The fields that hold several things: of a concession, in tables of their own."""
OWNED_BY = {
    ThingKind.CONCESSION: ("agreement",),
    ThingKind.DEADLINE: ("agreement", "concession"),
}
"""The fields that name a thing's owner; in a file, the place of a table names it."""
REFERENCES = {
    "source": ThingKind.SOURCE,
    "agreement": ThingKind.AGREEMENT,
    "concession": ThingKind.CONCESSION,
    "in_return_for": ThingKind.CONCESSION,
    **dict.fromkeys(("part_of", *SIDES), ThingKind.PARTY),
}
"""The fields that name other things, with their kind."""


def references(fields: Mapping[str, Any]) -> Iterator[tuple[str, ThingKind, str]]:
    """Yield what the fields of a thing name, each with its field and the kind of thing."""
    for field, what in REFERENCES.items():
        named = fields.get(field, ())
        for slug in [named] if isinstance(named, str) else named:
            yield field, what, slug


def spelled(name: str) -> str:
    """Return a name in one of the spellings that look the same: composed, with single spaces."""
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFC", name)
    return " ".join(name.split())


def folded(name: str) -> str:
    """Return what is the same for all spellings and cases of a name."""
    return spelled(name).casefold()


def name_of(what: ThingKind) -> str:
    """Return the field that names a thing."""
    return "key" if what is ThingKind.SOURCE else "slug"


def read_thing(
    what: ThingKind, given: Mapping[str, Any], owner: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """Return the name of a thing and its fields, its owner among them; see `read`."""
    fields = {**owner, **read(FIELDS[what], given)}
    if "in_return_for" in fields:
        fields["in_return_for"] = sorted({*fields["in_return_for"]})
    return fields.pop(name_of(what)), fields


def read_again(what: ThingKind, slug: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing whose owner is one of them; see `read`."""
    owner = {name: fields[name] for name in OWNED_BY.get(what, ()) if name in fields}
    own_fields = {name: value for name, value in fields.items() if name not in owner}
    return read_thing(what, {name_of(what): slug, **own_fields}, owner)[1]


# --- the rows of a thing's table --------------------------------------------------------------


class StoredColumn(NamedTuple):
    """A column of a thing's table."""

    name: str
    field: str
    form: Form | None
    """The form of the field; None of the one that names the thing's owner."""


def _columns(what: ThingKind) -> Iterator[StoredColumn]:
    """Yield the columns of a thing's own fields; lists have tables of their own."""
    for field in (*OWNED_BY.get(what, ()), *[*FIELDS[what]][1:]):
        form = FIELDS[what][field].form if field in FIELDS[what] else None
        if field not in LISTS:
            yield StoredColumn(
                f"{field}_id" if field in REFERENCES else field, field, form
            )
        if form is PERIOD:
            yield StoredColumn(f"{field}_precision", field, form)


STORED = {what: tuple(_columns(what)) for what in ThingKind}
"""The columns of each kind of thing, after those that name its entry and the thing."""


def columns_of(
    what: ThingKind, rows: Sequence[Any], slugs: Mapping[int, str]
) -> dict[str, Sequence[Any]]:
    """Return the fields that rows of a thing's table hold, as columns; None is absent.

    The first two columns are its entry and the thing.
    """
    fields: dict[str, Sequence[Any]] = {}
    columns = [*zip(*rows, strict=True)][2:] or [()] * len(STORED[what])
    for (_, field, form), column in zip(STORED[what], columns, strict=True):
        if field in fields:  # then this is its precision
            days = zip(fields[field], column, strict=True)
            fields[field] = [
                last and period_of(last, precision) for last, precision in days
            ]
        elif field in REFERENCES:
            fields[field] = [number and slugs[number] for number in column]
        elif form and form.stored:
            # An enumeration's own call takes ten times as long as its map.
            words = form.stored._value2member_map_
            fields[field] = [word and words[word] for word in column]
        else:
            fields[field] = column
    return fields


def row_of(
    what: ThingKind,
    fields: Mapping[str, Any],
    number_of: Callable[[ThingKind, str], int],
) -> dict[str, Any]:
    """Return the columns of a thing's table with its fields; `number_of` numbers other things."""
    row: dict[str, Any] = {}
    for name, field, form in STORED[what]:
        value = fields.get(field)
        if value is not None and field in REFERENCES:
            value = number_of(REFERENCES[field], value)
        elif value is not None and form is PERIOD:
            value = stored_period(field, value)[name]
        row[name] = value
    return row


@lru_cache(4096)
def stored_period(field: str, words: str) -> Mapping[str, str]:
    """Return the two columns that hold a day, month or year, which few rows have alone."""
    last, precision = parse_period(words)
    return {field: last.isoformat(), f"{field}_precision": precision.value}


def differing(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """Return the fields that differ, each with both values; None means that it is absent."""
    pairs = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
    return {name: (was, now) for name, (was, now) in pairs.items() if was != now}


def in_words(value: Any) -> str:
    """Return the plain value of a field as people read it."""
    if value is None or isinstance(value, bool):
        return {None: "–", True: "yes", False: "no"}[value]
    return ", ".join(value) if isinstance(value, list) else str(value)


def change_in_words(name: str, was: Any, now: Any) -> str:
    """Return how a declared field changed: `title: Buy soybeans → Buy US soybeans`."""
    return f"{name}: {in_words(was)} → {in_words(now)}"

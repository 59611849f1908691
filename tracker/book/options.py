"""How the parameters of commands are written on the command line: values for `tracker.cli`.

A parameter of a method is annotated with the line that shows it in the help and, where needed, with
the `Values` that it can have; the command line, completion and the reference are made from these.
Options that several commands share have a name here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BufferedReader
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypedDict

from tracker.dates import Period
from tracker.errors import option
from tracker.vocabulary import TYPED, Basis, ConcessionKind, Outcome, Status


class Values(NamedTuple):
    """What the values of an option can be, where its last word does not say it."""

    offers: str | Iterable[str] = ()
    """What completes a value: words, or the kinds of things, such as `concession status`."""
    bounds: tuple[int, int] | None = None
    """The least and the most of a whole number."""
    read: Callable[[str], Any] | None = None
    """Reads the word, where Python takes another type."""


Day = str | date
"""A day: ISO text, `today`, `yesterday`, a weekday's name, `3 days ago`, or a date."""
LastKnown = str | int | date
"""What a report is known by: an entry's number, or a moment in UTC.

A day, minute or second means its end; a datetime means exactly that moment.
"""
LooseDay = str | date | Period
"""A day in any words, or a month or a year in ISO text: `2026-04`, `2026`."""
Amount = str | int | Decimal
"""An exact quantity."""
OneOrMore = str | Sequence[str]
"""One word, or several."""
FieldValue = OneOrMore | int | Decimal | date | Period | None
"""A field of a declaration; some can have several values."""
File = str | Path | BufferedReader
"""A file's path, or what is read from an open file."""

# What a report is asked.


OfAgreement = Annotated[
    str | None, "--agreement SLUG  This agreement only.", Values("agreement")
]
STATUSES = [status.replace(" ", "-") for status in Status]
FORMER_NAMES = ("--state", "--stage")
"""What `--status` was called in version 0.3, which is still accepted."""


class Asked(TypedDict, total=False):
    """What every report takes: its clocks, and an agreement to narrow it to."""

    as_of: Annotated[
        Day | None, "--as-of DATE  What had happened and was public by this day."
    ]
    known_by: Annotated[
        LastKnown | None,
        "--known-by ENTRY|MOMENT  What the book held at this entry (88) or moment.",
    ]
    hindsight: Annotated[bool, "--hindsight  Also count what became public later."]
    agreement: OfAgreement


class Filters(TypedDict, total=False):
    """Which concessions a report lists: for each filter in use, the words of which one must fit."""

    giver: Annotated[
        OneOrMore | None,
        "--giver PARTY  Only what this party gives; filters can be repeated.",
    ]
    receiver: Annotated[OneOrMore | None, "--receiver PARTY  Only what this party gets."]
    sector: Annotated[OneOrMore | None, "--sector SECTOR  Only this sector."]
    kind: Annotated[
        OneOrMore | None, "--kind KIND  Only this kind.", Values(ConcessionKind)
    ]
    status: Annotated[
        OneOrMore | None,
        "--status --state STATUS  Only with this status.",
        Values(STATUSES),
    ]


class Narrowed(Filters, Asked, total=False):
    """What a report that lists concessions takes."""


# What is recorded.

Slug = Annotated[str, "SLUG  An agreement, a concession or a deadline."]
DeadlineSlug = Annotated[str, "DEADLINE  A deadline's slug."]
EntryNumber = Annotated[
    int | str,
    "ENTRY  An entry's number: 490 or '#490', as a shell takes a bare # for a comment.",
]
Says = Annotated[str | None, "--says PARTY  The party that says so, if it is not you."]
Note = Annotated[str | None, "-m --note TEXT  A note in your own words."]
RestatedTarget = Annotated[Amount | None, "--target VALUE  The restated target."]
Base = Annotated[Amount | None, "--base VALUE  The restated level before the promise."]
On = Annotated[
    LooseDay | None,
    "--on DATE  When it happened: 2026-01-07, yesterday, friday, '3 days ago', 2026-01; by"
    " default, today.",
]
Public = Annotated[
    Day | None, "--public DATE  When it became public, if on another day."
]
Sources = Annotated[
    OneOrMore | None,
    "--source KEY|URL  Where it is stated: a source's key, or a web address; repeat it for"
    " several.",
]
DryRun = Annotated[bool, "--dry-run  Show what would change; write nothing."]


class Stated(TypedDict, total=False):
    """Where and when what is recorded was stated."""

    on: On
    source: Sources
    public: Public


class UpdateOptions(Stated, total=False):
    """What every update says, besides what its command is for."""

    note: Note


Inferred = Annotated[bool, "--inferred  You infer it; no source states it."]
AsHeadline = Annotated[bool, "--headline  The note is the headline of its week."]


class Corrections(TypedDict, total=False):
    """What an amendment may correct; an empty `says`, `source` or `note` removes that part."""

    on: Annotated[
        LooseDay | None,
        "--on DATE  When it happened, such as 2026-01-07, friday or 2026-01.",
    ]
    source: Sources
    public: Public
    note: Annotated[str | None, "--note TEXT  The note in your own words."]
    status: Annotated[str | None, "--status --stage STATUS  The status.", Values(TYPED)]
    value: Annotated[Amount | None, "--value VALUE  A reading's value."]
    unit: Annotated[str | None, "--unit UNIT  A reading's unit."]
    by: Annotated[str | None, "--by WHO  Who counted."]
    basis: Annotated[str | None, "--basis BASIS  What a reading counts.", Values(Basis)]
    flow: Annotated[bool | None, "--flow/--total  A day's flow, or the total so far."]
    to: Annotated[LooseDay | None, "--to DATE  A move's new day."]
    target: RestatedTarget
    base: Base
    outcome: Annotated[
        str | None, "--outcome OUTCOME  How a deadline ended.", Values(Outcome)
    ]
    headline: Annotated[
        bool | None, "--headline/--no-headline  Whether a note is its week's headline."
    ]
    inferred: Annotated[
        bool | None, "--inferred/--no-inferred  Whether no source states it."
    ]
    says: Says
    add_source: Annotated[
        OneOrMore | None,
        "--add-source KEY|URL  A further source; repeat it for several.",
    ]


# What is declared.

NewSlug = Annotated[str, "SLUG  Its slug: lower-case letters, digits and hyphens."]
AnyKind = Annotated[str | None, "--kind KIND  The kind of concession or deadline."]


def options_of(kinds: Iterable[Any]) -> dict[str, Any]:
    """Return the fields that declare things of some kinds, annotated with their options.

    An option is named after its field, unless the field says otherwise. A hidden field has none.
    """
    options: dict[str, Any] = {}
    for kind in kinds:
        for name, hint in kind.__annotations__.items():
            *forms, line = getattr(hint, "__metadata__", (None,))
            if not isinstance(line, str):  # it is hidden
                continue
            if not line.startswith("-"):
                line = f"{option(name)} {line}"
            offers = forms[0].schema.get("enum", ()) if forms else name
            options.setdefault(name, Annotated[hint.__origin__, line, Values(offers)])
    return options

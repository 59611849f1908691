"""How the parameters of commands are written on the command line: values for `tracker.cli`.

A parameter of a method is annotated with an `Option`, and the command line, completion and the
reference are made from that. Options that several commands share have a name here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BufferedReader
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypedDict, TypeVar

from tracker.dates import Period
from tracker.errors import either
from tracker.vocabulary import (
    Basis,
    ConcessionKind,
    ConcessionState,
    DeadlineKind,
    Instrument,
    Outcome,
    Stage,
)


class Option(NamedTuple):
    """An option of a command, or an argument, which has a place and no names.

    The last word says what the value is: files are named, `|-` is standard input, and completion
    offers what the book holds of it. A flag has no value. A sequence can be repeated.
    """

    written: str
    """`-m --note TEXT`, `--hold/--no-hold`, or an argument such as `[WEEK]`."""
    about: str
    offers: str | Iterable[str] = ()
    """What completes the value: words, or a name of `cli.completion` if the last word has none."""
    bounds: tuple[int, int] | None = None
    """The least and the most of a whole number."""
    read: Callable[[str], Any] | None = None
    """Reads the word, where Python takes another type."""
    by_editor: bool = False
    """Whether an editor opens where it is left out."""

    @property
    def names(self) -> list[str]:
        """The names of an option; an argument has none."""
        return [word for word in self.written.split() if word.startswith("-")]

    @property
    def metavar(self) -> str:
        """What the help prints for the value; a flag has none."""
        last = self.written.split()[-1]
        return "" if last.startswith("-") else last


class Form(NamedTuple):
    """How the answer of a command may be written, and which of the shared options it takes."""

    writes: str
    """The options of `cli.output`: those of a `table`, a `page`, a `receipt`, or none."""
    shared: tuple[str, ...]
    """Of the keywords that its signature unpacks; without any, it takes all of them."""


Method = TypeVar("Method", bound=Callable[..., Any])


def command(writes: str = "", shared: str = "") -> Callable[[Method], Method]:
    """Return a decorator of a method that is a command; its docstring is the command's help."""

    def marked(method: Method) -> Method:
        vars(method)["form"] = Form(writes, tuple(shared.split()))
        return method

    return marked


Day = str | date
"""A day: ISO text, `today`, `yesterday`, a weekday's name, `3 days ago`, or a date."""
Moment = str | int | date
"""What a report is known by: an entry's number, a head, or a moment in UTC.

A day, minute or second means its end; a datetime means exactly that moment.
"""
LooseDay = str | date | Period
"""A day in any words, or a month or a year in ISO text: `2026-04`, `2026`."""
Amount = str | int | Decimal
"""An exact quantity."""
Words = str | Sequence[str]
"""One word, or several."""
Field = str | int | Decimal | date | Period | None
"""A field of a declaration."""
Fields = Words | None
"""A field of a declaration that can have several values."""
File = str | Path | BufferedReader
"""A file's path, or what is read from an open file."""

# What a report is asked.


OfAgreement = Annotated[
    str | None, Option("--agreement SLUG", "This agreement only.", "agreements")
]
STATES = [state.replace(" ", "-") for state in ConcessionState]


class Asked(TypedDict, total=False):
    """What every report takes: its clocks, and an agreement to narrow it to."""

    as_of: Annotated[
        Day | None, Option("--as-of DATE", "What had happened and was public by this day.")
    ]
    known_by: Annotated[
        Moment | None,
        Option("--known-by ENTRY|MOMENT", "What the book held at this entry (88), head or moment."),
    ]
    hindsight: Annotated[bool, Option("--hindsight", "Also count what became public later.")]
    agreement: OfAgreement


class Filters(TypedDict, total=False):
    """Which concessions a report lists: for each filter in use, the words of which one must fit."""

    giver: Annotated[
        Words | None,
        Option("--giver PARTY", "Only what this party gives; filters can be repeated."),
    ]
    receiver: Annotated[Words | None, Option("--receiver PARTY", "Only what this party gets.")]
    sector: Annotated[Words | None, Option("--sector SECTOR", "Only this sector.")]
    kind: Annotated[Words | None, Option("--kind KIND", "Only this kind.", ConcessionKind)]
    state: Annotated[Words | None, Option("--state STATE", "Only in this state.", STATES)]


class Narrowed(Filters, Asked, total=False):
    """What a report that lists concessions takes."""


# What is recorded.

Slug = Annotated[str, Option("SLUG", "An agreement, a concession or a deadline.", "slugs")]
Deadline = Annotated[str, Option("DEADLINE", "A deadline's slug.")]
Entry = Annotated[int | str, Option("ENTRY", "An entry's number.")]
Says = Annotated[str | None, Option("--says PARTY", "The party that says so, if it is not you.")]
Note = Annotated[str | None, Option("-m --note TEXT", "A note in your own words.")]
Target = Annotated[Amount | None, Option("--target VALUE", "The restated target.")]
Base = Annotated[Amount | None, Option("--base VALUE", "The restated level before the promise.")]
On = Annotated[
    LooseDay | None,
    Option(
        "--on DATE",
        "When it happened: 2026-01-07, yesterday, friday, '3 days ago', 2026-01;"
        " by default, today.",
    ),
]
Public = Annotated[
    Day | None, Option("--public DATE", "When it was made public, if that was another day.")
]
STATED = "Where it is stated: a source's key, or a web address"
Once = Annotated[
    bool, Option("--once", "Add nothing if the same is already recorded; for scripts.")
]
DryRun = Annotated[bool, Option("--dry-run", "Show what would change; write nothing.")]


class Stated(TypedDict, total=False):
    """What an update states, and whether it may be recorded already; commands take some of it."""

    note: Note
    on: On
    says: Says
    source: Annotated[Words | None, Option("--source KEY|URL", f"{STATED}; repeat it for several.")]
    public: Public
    once: Once


Headline = Annotated[bool, Option("--headline", "The note is the headline of its week.")]


class Corrections(TypedDict, total=False):
    """What an amendment may correct; an empty `says`, `source` or `note` removes that part."""

    stage: Annotated[str | None, Option("--stage STAGE", "The stage.", Stage)]
    value: Annotated[Amount | None, Option("--value VALUE", "A reading's value.")]
    unit: Annotated[str | None, Option("--unit UNIT", "A reading's unit.")]
    by: Annotated[str | None, Option("--by WHO", "Who counted.")]
    basis: Annotated[str | None, Option("--basis BASIS", "What a reading counts.", Basis)]
    flow: Annotated[bool | None, Option("--flow/--total", "A day's flow, or the total so far.")]
    to: Annotated[LooseDay | None, Option("--to DATE", "A move's new day.")]
    target: Target
    base: Base
    outcome: Annotated[str | None, Option("--outcome OUTCOME", "How a deadline ended.", Outcome)]
    note: Note
    headline: Annotated[
        bool | None, Option("--headline/--no-headline", "Whether a note is its week's headline.")
    ]
    on: On
    public: Public
    says: Says
    source: Annotated[Words | None, Option("--source KEY|URL", f"{STATED}; repeat it for several.")]
    add_source: Annotated[
        Words | None, Option("--add-source KEY|URL", "A further source; repeat it for several.")
    ]


# What is declared.

NewSlug = Annotated[str, Option("SLUG", "Its slug: lower-case letters, digits and hyphens.")]
AnyKind = Annotated[str | None, Option("--kind KIND", "The kind of concession or deadline.")]
CONCESSIONS, DEADLINES = f"{either(ConcessionKind)}.", f"{either(DeadlineKind)}."
KindOfConcession = Annotated[str | None, Option("--kind KIND", CONCESSIONS, ConcessionKind)]
KindOfDeadline = Annotated[str | None, Option("--kind KIND", DEADLINES, DeadlineKind)]


class Declared(TypedDict, total=False):
    """The fields of declarations; each kind of thing has some of them."""

    name: Annotated[Field, Option("--name TEXT", "A party's name.")]
    short: Annotated[Field, Option("--short TEXT", "The short name that tables print.")]
    part_of: Annotated[Field, Option("--part-of PARTY", "The bloc that a party is part of.")]
    url: Annotated[Field, Option("--url URL", "A source's web address.")]
    publisher: Annotated[Field, Option("--publisher TEXT", "Who publishes a source.")]
    title: Annotated[Field, Option("--title TEXT", "The title.")]
    published_on: Annotated[Field, Option("--published DATE", "The day a source was published.")]
    official: Annotated[
        bool | None, Option("--official/--unofficial", "Whether a source is official.")
    ]
    archived_url: Annotated[Field, Option("--archived URL", "An archived copy of a source.")]
    place: Annotated[Field, Option("--place TEXT", "Where an agreement was made.")]
    agreed_on: Annotated[
        Field, Option("--agreed DATE", "The day of an agreement: 2025-10-30, 2025-10 or 2025.")
    ]
    agreement: Annotated[
        Field, Option("--agreement SLUG", "The agreement that it is part of.", "agreements")
    ]
    concession: Annotated[
        Field,
        Option("--concession SLUG", "The concession that a deadline belongs to.", "concessions"),
    ]
    giver: Annotated[Fields, Option("--giver PARTY", "Who gives; repeat it for several.")]
    receiver: Annotated[Fields, Option("--receiver PARTY", "Who receives; repeat it for several.")]
    sector: Annotated[Field, Option("--sector TEXT", "A concession's sector.")]
    instrument: Annotated[Field, Option("--instrument WORD", f"{either(Instrument)}.", Instrument)]
    test: Annotated[Field, Option("--test TEXT", "What will count as met.")]
    locator: Annotated[Field, Option("--locator TEXT", "The place within the source.")]
    quote: Annotated[Field, Option("--quote TEXT", "The source's own words.")]
    promised_on: Annotated[
        Field, Option("--promised DATE", "The day of a promise, if it is later than the agreement.")
    ]
    hold: Annotated[bool | None, Option("--hold/--no-hold", "Whether it has to be kept up.")]
    term: Annotated[Field, Option("--term open", "It never ends, whatever its agreement does.")]
    in_return_for: Annotated[
        Fields,
        Option(
            "--in-return-for CONCESSION", "What it was given in return for; repeat it for several."
        ),
    ]
    label: Annotated[Field, Option("--label TEXT", "What falls due.")]
    opens_on: Annotated[
        Field, Option("--opens DATE", "The first day of a delivery's window, or of a limit.")
    ]
    due_on: Annotated[Field, Option("--due DATE", "The day: 2026-02-28, 2026-02 or 2026.")]
    awaits: Annotated[
        Field,
        Option(
            "--awaits TEXT", "What its day waits for, in words: a limit's first day, else its last."
        ),
    ]
    target: Annotated[Field, Option("--target VALUE", "The quantity to deliver.")]
    unit: Annotated[Field, Option("--unit UNIT", "The unit of the target.")]
    bound: Annotated[
        Field, Option("--bound WORD", "at-least, or at-most for a limit not to be exceeded.")
    ]
    base: Annotated[Field, Option("--base VALUE", "The level before the promise.")]
    source: Annotated[Field, Option("--source KEY", "The declared source that states it.")]

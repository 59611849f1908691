"""What an entry is: its fields, each declared once, and which of them each kind has."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from tracker.dates import Period
from tracker.errors import either, with_article
from tracker.forms import (
    DAY,
    FLAG,
    MARK,
    NAME,
    NAMES,
    NUMBER,
    PERIOD,
    QUANTITY,
    STAGE,
    STATUS,
    fields_of,
    word,
)
from tracker.vocabulary import (
    SUBJECTS,
    Basis,
    Command,
    EntryKind,
    Media,
    Outcome,
    Stage,
    ThingKind,
)

NEVER = datetime.max.replace(tzinfo=UTC)
"""The moment of an entry whose batch is not written yet: it comes last."""


class Subject(NamedTuple):
    """What an entry is about: a thing and its owners, by their slugs."""

    what: str
    slug: str
    agreement: str | None
    concession: str | None = None


class Entry(NamedTuple):
    """One line of the journal, in the words of the JSON contract; see `unwritten` for a new one."""

    entry: int
    """The entry's number, counted from 1 without gaps."""
    kind: EntryKind
    subject: str
    agreement: str | None
    concession: str | None
    """The concession's slug."""
    deadline: str | None
    """The deadline's slug."""
    effective_on: Annotated[Period, PERIOD]
    """The day it happened, or the month or year if no day is known."""
    public_on: Annotated[date | None, DAY] = None
    """The day it was made public, if that was recorded."""
    recorded_at: datetime = NEVER
    """When it was recorded, by the computer's clock."""
    author: str = ""
    """Who recorded it."""
    says: Annotated[str | None, NAME] = None
    """The party that says so; if none, it is the book's own verdict."""
    stage: Annotated[Stage | None, STAGE] = None
    """How far it has come."""
    value: Annotated[Decimal | None, QUANTITY] = None
    """The quantity counted; for a move, the restated target, which a seed calls `target`."""
    base: Annotated[Decimal | None, QUANTITY] = None
    """For a move, the restated level before the promise."""
    unit: Annotated[str | None, NAME] = None
    counted_by: Annotated[str | None, NAME] = None
    """Who counted."""
    basis: Annotated[Basis | None, word("basis", Basis)] = None
    """The basis of the count."""
    flow: Annotated[bool | None, FLAG] = None
    """Whether the value is what one day added, not the total so far."""
    due_on: Annotated[Period | None, PERIOD] = None
    outcome: Annotated[Outcome | None, word("outcome", Outcome)] = None
    """How the deadline ended."""
    source: Annotated[tuple[str, ...], NAMES] = ()
    """The keys of the sources that state it; the first one is part of what it says."""
    note: Annotated[str | None, NAME] = None
    """Free text; for a correction, the reason."""
    headline: Annotated[bool | None, FLAG] = None
    """Whether a note is the headline of its week."""
    inferred: Annotated[bool | None, MARK] = None
    """Whether the book infers it, as no source states it."""
    refers_to: Annotated[int | None, NUMBER] = None
    """The entry that it retracts."""
    retracted_by: int | None = None
    """The entry that retracted it."""
    batch: int = 0
    """The number of the batch: the entries of one command."""
    command: Command | None = None
    """The command that wrote it."""
    declares: Mapping[str, Any] | None = None
    """What it declares: the kind of thing, its fields, and `was`: the old values of changes."""
    text: Mapping[str, Any] | None = None
    """The hashes of a kept text, its number of words, and its reader."""
    key: bytes = b""
    """A hash of what it says, by which it is recognised."""
    nth: int | None = None
    """Its position among the entries that say the same."""
    origin: int | None = None
    """Its number in the book in which it was recorded, if that is another one."""

    @property
    def on(self) -> date:
        """The day it counts from: the last of its period."""
        return self.effective_on.last

    @property
    def first_source(self) -> str | None:
        """The source that states it, or the first of several."""
        return self.source[0] if self.source else None

    @property
    def is_verdict(self) -> bool:
        """Whether it is a status by the book itself, not a claim of a party."""
        return self.kind is EntryKind.STAGE and self.says is None

    @property
    def referent(self) -> int:
        """The entry that it refers to; 0, which no entry has, if there is none."""
        return self.refers_to or 0

    @property
    def what(self) -> ThingKind:
        """The kind of thing that it declares."""
        return ThingKind((self.declares or {})["what"])

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the thing that it declares."""
        return {
            name: value
            for name, value in (self.declares or {}).items()
            if name != "what"
        }


class Fingerprint(NamedTuple):
    """What the book stores of a kept text: hashes, not words."""

    file_sha256: str
    """SHA-256 of the file, in hexadecimal digits."""
    words_sha256: str
    """SHA-256 of its words, one per line."""
    words: int
    """How many words it has."""
    media: Media
    """The form in which it is kept."""
    reader: str
    """The reader that extracted the words from the file, such as `lxml 6.1.3` or `pypdf 7.1.1`."""


class Opening(NamedTuple):
    """An opening entry of a file; its keys decide its kind."""

    on: Annotated[Period, PERIOD]
    """The day it happened, or the month or year if no day is known."""
    agreement: Annotated[str | None, NAME] = None
    concession: Annotated[str | None, NAME] = None
    deadline: Annotated[str | None, NAME] = None
    check: Annotated[bool, MARK] = False
    """Somebody looked and found nothing new."""
    status: Annotated[Stage | None, STATUS] = None
    """How far it has come."""
    target: Annotated[Decimal | None, QUANTITY] = None
    """The quantity that a move restates."""


SAID = fields_of(Entry)
"""The fields of an entry that say something; the rest is bookkeeping."""
OPENING = {
    **fields_of(Opening),
    **{name: SAID[name] for name in SAID if name not in ("effective_on", "refers_to")},
}
"""The keys of an opening entry."""


def parsed(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry says, from its words in a file or in the chain."""
    return {
        name: field.form.parse(words[name])
        for name, field in SAID.items()
        if words.get(name) is not None
    }


def unwritten(kind: EntryKind, subject: str, effective_on: Period, **said: Any) -> Entry:
    """Return an entry that is not written yet; `subject` is the most specific thing."""
    return Entry(0, kind, subject, None, None, None, effective_on, **said)


# --- the shapes of entries -----------------------------------------------------------------------

ALWAYS = ("effective_on", "public_on", "source", "note")
"""The fields that entries may hold, unless their shape says otherwise."""


HELD_AS = {"target": "value", "status": "stage"}
"""The fields of an entry that hold what is called otherwise outside the journal."""


class Shape(NamedTuple):
    """What entries of one shape can be about, what they need, and what else they may hold."""

    kind: EntryKind
    about: tuple[ThingKind, ...]
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    always: tuple[str, ...] = ALWAYS
    amendable: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that entries of this shape can have."""
        return *self.needs, *self.may, *self.always


SHAPES = {
    "retraction": Shape(EntryKind.RETRACTION, (), ("refers_to",), amendable=False),
    "status": Shape(
        EntryKind.STAGE, (ThingKind.CONCESSION,), ("status",), ("says", "inferred")
    ),
    "move": Shape(
        EntryKind.DEADLINE,
        (ThingKind.DEADLINE,),
        ("due_on",),
        ("target", "base", "unit", "says", "inferred"),
    ),
    "outcome": Shape(
        EntryKind.DEADLINE, (ThingKind.DEADLINE,), ("outcome",), ("inferred",)
    ),
    "reading": Shape(
        EntryKind.READING,
        (ThingKind.DEADLINE,),
        ("value", "counted_by"),
        ("unit", "basis", "flow", "inferred"),
    ),
    "note": Shape(EntryKind.NOTE, SUBJECTS, ("note",), ("says", "headline")),
    "check": Shape(EntryKind.CHECK, SUBJECTS, (), amendable=False),
    "text": Shape(
        EntryKind.TEXT, (ThingKind.SOURCE,), (), always=("effective_on", "note")
    ),
}
"""The shapes of entries: the kinds, except that an entry on a deadline is a move or an outcome.

What they need first identifies them in a file, the most specific first.
"""
SIGNS = {shape.needs[0]: name for name, shape in SHAPES.items() if shape.needs}
"""The field that identifies each shape."""


def shape_of_kind(kind: EntryKind, closes: object) -> str:
    """Return the shape of an entry by its kind and, on a deadline, whether it closes it."""
    if kind is EntryKind.DEADLINE:
        return "outcome" if closes else "move"
    return "status" if kind is EntryKind.STAGE else kind.value


def shape_and_mistakes(
    filled: Collection[str], kind: EntryKind | None = None
) -> tuple[str, list[tuple[str, str]]]:
    """Return the shape of an entry in a file, and what is wrong with its fields, each with why.

    The shape follows from the `filled` fields and, if given, the kind. What it is about is the
    narrowest of the things that it names. A restated target is called `target`.
    """
    name = next((SIGNS[field] for field in SIGNS if field in filled), "note")
    if kind is not None:
        name = shape_of_kind(kind, "outcome" in filled and "due_on" not in filled)
    shape = SHAPES[name]
    mistakes = []
    for field in ("effective_on", *shape.needs):
        if field not in filled:
            advice = (
                "; give that, or status, due_on, outcome or value"
                if field == "note"
                else ""
            )
            mistakes.append((field, f"{with_article(name)} needs it{advice}"))
    for field in sorted({*SAID, "target"} & {*filled} - {*shape.fields}):
        mistakes.append((field, f"{with_article(name)} does not have it"))
    if name == "move" and "target" not in filled:
        needless = [field for field in ("unit", "base") if field in filled]
        mistakes += [
            (field, "there is no target to count towards") for field in needless
        ]
    about = next((what for what in reversed(SUBJECTS) if what in filled), None)
    if shape.about and about not in shape.about:
        reason = (
            f"{with_article(name)} is about {either(map(with_article, shape.about))}"
        )
        mistakes.append((about or shape.about[0], reason))
    return name, mistakes

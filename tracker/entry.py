"""What an entry is: its fields, how text is read into them, and which of them each kind has."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from tracker.dates import Period, parse_iso_day, parse_period
from tracker.errors import WrongUsage, either, with_article
from tracker.forms import (
    DAY,
    FLAG,
    LINE,
    MARK,
    NAME,
    NAMES,
    PERIOD,
    QUANTITY,
    STAGE,
    TEXT,
    fields_of,
    word,
)
from tracker.quantities import parse_quantity
from tracker.vocabulary import (
    HIDDEN,
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
    """What an entry is about: a thing and its owners, by number and by slug."""

    what: str
    id: int
    slug: str
    agreement: str | None = None
    concession_id: int | None = None
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
    effective_on: Period
    """The day it happened, or the month or year if no day is known."""
    public_on: date | None = None
    """The day it was made public, if that was recorded."""
    recorded_at: datetime = NEVER
    """When it was recorded, by the computer's clock."""
    author: str = ""
    """Who recorded it."""
    says: str | None = None
    """The party that says so; if none, it is the book's own verdict."""
    stage: Stage | None = None
    """How far it has come."""
    value: Decimal | None = None
    """The quantity counted; for a move, the restated target."""
    base: Decimal | None = None
    """For a move, the restated level before the promise."""
    unit: str | None = None
    counted_by: str | None = None
    """Who counted."""
    basis: Basis | None = None
    """The basis of the count."""
    flow: bool | None = None
    """Whether the value is what one day added, not the total so far."""
    due_on: Period | None = None
    outcome: Outcome | None = None
    """How the deadline ended."""
    source: tuple[str, ...] = ()
    """The keys of the sources that state it; the first one is part of what it says."""
    note: str | None = None
    """Free text; for a correction, the reason."""
    headline: bool | None = None
    """Whether a note is the headline of its week."""
    refers_to: int | None = None
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
    key: Annotated[bytes, HIDDEN] = b""
    """A hash of what it says, by which it is recognised."""
    nth: Annotated[int | None, HIDDEN] = None
    """Its position among the entries that say the same."""
    origin: Annotated[int | None, HIDDEN] = None
    """Its number in the book in which it was recorded, if that is another one."""
    about: Annotated[Subject | None, HIDDEN] = None
    """What a retraction is about, which its target shows."""

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
        """Whether it is a stage by the book itself, not a claim of a party."""
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
        return {name: value for name, value in (self.declares or {}).items() if name != "what"}


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
    public_on: Annotated[date | None, DAY] = None
    """The day on which it was made public."""
    agreement: Annotated[str | None, NAME] = None
    concession: Annotated[str | None, NAME] = None
    deadline: Annotated[str | None, NAME] = None
    stage: Annotated[Stage | None, STAGE] = None
    value: Annotated[Decimal | None, QUANTITY] = None
    """The quantity counted; the one that a move restates is its `target`."""
    unit: Annotated[str | None, LINE] = None
    basis: Annotated[Basis | None, word(Basis)] = None
    counted_by: Annotated[str | None, LINE] = None
    flow: Annotated[bool | None, FLAG] = None
    due_on: Annotated[Period | None, PERIOD] = None
    target: Annotated[Decimal | None, QUANTITY] = None
    base: Annotated[Decimal | None, QUANTITY] = None
    """The level before the promise, restated along with the `target`."""
    outcome: Annotated[Outcome | None, word(Outcome)] = None
    check: Annotated[bool, MARK] = False
    """Somebody looked and found nothing new."""
    says: Annotated[str | None, NAME] = None
    source: Annotated[tuple[str, ...], NAMES] = ()
    note: Annotated[str | None, TEXT] = None
    headline: Annotated[bool | None, FLAG] = None


OPENING = fields_of(Opening)

CONTENT = (
    "effective_on", "says", "stage", "value", "base", "unit", "counted_by", "basis", "flow",
    "due_on", "outcome", "source", "note", "headline", "refers_to", "public_on",
)  # fmt: skip
"""The fields of an entry that say something; the rest is bookkeeping."""


def unwritten(kind: EntryKind, subject: str, effective_on: Period, **said: Any) -> Entry:
    """Return an entry that is not written yet; `subject` is the most specific thing."""
    return Entry(0, kind, subject, None, None, None, effective_on, **said)


def said_in_words(kind: EntryKind, subject: str, words: Mapping[str, Any]) -> Entry:
    """Return an unwritten entry from the plain values that files and the chain hold."""
    said = {name: words[name] for name in CONTENT if words.get(name) is not None}
    for name in READERS.keys() & said.keys():
        said[name] = READERS[name](said[name])
    said["source"] = tuple(said.get("source", ()))
    return unwritten(kind, subject, **said)


def said_again(entry: Entry) -> Entry:
    """Return an unwritten entry that says what another one says."""
    said = {name: getattr(entry, name) for name in CONTENT}
    return unwritten(entry.kind, entry.subject, **said)


# --- how text is read ---------------------------------------------------------------------------


def reader_of_word(what: str, words: type[StrEnum] | Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a function that reads a word of some, exactly as it is written."""
    members = words if isinstance(words, Mapping) else {member.value: member for member in words}

    def read(text: str) -> Any:
        if (member := members.get(text)) is None:
            raise WrongUsage("unknown word", kind=what, word=text, allowed=members)
        return member

    return read


READERS: Mapping[str, Callable[[str], Any]] = {
    "effective_on": parse_period,
    "public_on": parse_iso_day,
    "stage": reader_of_word("stage", Stage),
    "value": parse_quantity,
    "base": parse_quantity,
    "basis": reader_of_word("basis", Basis),
    "due_on": parse_period,
    "outcome": reader_of_word("outcome", Outcome),
}
"""How those fields are read that are not free text, flags, names or numbers of entries."""


# --- the shapes of entries -----------------------------------------------------------------------

ALWAYS = ("effective_on", "public_on", "source", "note")
"""The fields that entries may hold, unless their shape says otherwise."""


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
    "stage": Shape(EntryKind.STAGE, (ThingKind.CONCESSION,), ("stage",), ("says",)),
    "reading": Shape(
        EntryKind.READING,
        (ThingKind.DEADLINE,),
        ("value", "counted_by"),
        ("unit", "basis", "flow"),
    ),
    "move": Shape(
        EntryKind.DEADLINE, (ThingKind.DEADLINE,), ("due_on",), ("target", "base", "unit", "says")
    ),
    "outcome": Shape(EntryKind.DEADLINE, (ThingKind.DEADLINE,), ("outcome",)),
    "note": Shape(EntryKind.NOTE, SUBJECTS, ("note",), ("says", "headline")),
    "check": Shape(EntryKind.CHECK, SUBJECTS, (), amendable=False),
    "text": Shape(EntryKind.TEXT, (ThingKind.SOURCE,), (), always=("effective_on", "note")),
    "retraction": Shape(EntryKind.RETRACTION, (), ("refers_to",), amendable=False),
}
"""The shapes of entries: the kinds, except that an entry on a deadline is a move or an outcome."""

REFERRING = tuple(one.kind for one in SHAPES.values() if "refers_to" in one.needs)
"""The entries that refer to another entry, and are about what that one is about."""


def shape_of(filled: Collection[str], kind: EntryKind | None = None) -> str:
    """Return the shape of an entry by its filled fields and, if given, its kind."""
    if kind is not None:
        return shape_of_kind(kind, "outcome" in filled and "due_on" not in filled)
    if "refers_to" in filled:
        return "retraction"
    for field, name in SIGNS.items():
        if field in filled:
            return name
    return "note"


def shape_of_kind(kind: EntryKind, closes: object) -> str:
    """Return the shape of an entry by its kind and, on a deadline, whether it closes it."""
    if kind is EntryKind.DEADLINE:
        return "outcome" if closes else "move"
    return kind.value


SIGNS = {"stage": "stage", "due_on": "move", "outcome": "outcome", "value": "reading"}
"""The field that identifies each shape, the most specific first."""


NOTHING_SAID = f"it is missing, and so are {', '.join(SIGNS)}; give one of these"
"""What is wrong with an entry that is taken for a note, as it says nothing else."""


def misshapen(
    name: str, filled: Collection[str], is_given: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield each field that is missing or not allowed in a shape, and why.

    A restated target is called `target`, even if the column of a file is called `value`. A shape
    that is not `is_given` follows from the fields.
    """
    shape = SHAPES[name]
    for field in ("effective_on", *shape.needs):
        if field not in filled:
            says_nothing = field == "note" and not is_given
            yield field, NOTHING_SAID if says_nothing else f"{with_article(name)} needs it"
    for field in sorted({*CONTENT, "target"} & {*filled} - {*shape.fields}):
        instead = "; restate its 'target'" if (name, field) == ("move", "value") else ""
        yield field, f"{with_article(name)} does not have it{instead}"
    if name == "move" and "target" not in filled:
        for field in {"unit", "base"} & {*filled}:
            yield field, "there is no target to count towards"


def about(name: str, what: str | None) -> str | None:
    """Return why an entry of a shape cannot be about a kind of thing, or None if it can."""
    allowed = SHAPES[name].about
    if not allowed or what in allowed:
        return None
    return f"{with_article(name)} is about {either(map(with_article, allowed))}"

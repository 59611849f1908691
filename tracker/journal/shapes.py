"""What each kind of entry needs and may hold: the single list that commands and files obey."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from tracker.errors import either, with_article
from tracker.journal.draft import CONTENT
from tracker.vocabulary import EntryKind, ThingKind

ALWAYS = ("effective_on", "public_on", "source", "note")
"""The fields that entries may hold, unless their shape says otherwise."""

EVERY_SUBJECT = (ThingKind.AGREEMENT, ThingKind.CONCESSION, ThingKind.DEADLINE)
"""The things that an entry can be about, unless its shape says otherwise."""


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
    "note": Shape(EntryKind.NOTE, EVERY_SUBJECT, ("note",), ("says", "headline")),
    "check": Shape(EntryKind.CHECK, EVERY_SUBJECT, (), amendable=False),
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

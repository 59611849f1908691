"""What each kind of entry needs and may hold: the single list that commands and files obey."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

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


SHAPES = {
    "stage": Shape(EntryKind.STAGE, (ThingKind.CONCESSION,), ("stage",), ("says",)),
    "reading": Shape(
        EntryKind.READING,
        (ThingKind.DEADLINE,),
        ("value", "counted_by"),
        ("unit", "basis", "flow"),
    ),
    "move": Shape(
        EntryKind.DEADLINE, (ThingKind.DEADLINE,), ("due_on",), ("target", "unit", "says")
    ),
    "outcome": Shape(EntryKind.DEADLINE, (ThingKind.DEADLINE,), ("outcome",)),
    "note": Shape(EntryKind.NOTE, EVERY_SUBJECT, ("note",), ("says",)),
    "check": Shape(EntryKind.CHECK, EVERY_SUBJECT, ()),
    "citation": Shape(EntryKind.CITATION, (), ("refers_to", "source")),
    "text": Shape(EntryKind.TEXT, (ThingKind.SOURCE,), (), always=("effective_on", "note")),
    "retraction": Shape(EntryKind.RETRACTION, (), ("refers_to",)),
}
"""The shapes of entries: the kinds, except that an entry on a deadline is a move or an outcome."""

CONTENT = (
    *("effective_on", "says", "stage", "value", "unit", "counted_by", "basis", "flow", "due_on"),
    *("outcome", "source", "note", "refers_to", "public_on"),
)
"""The fields of an entry that say something; the rest is bookkeeping."""

AMENDABLE = {
    name: tuple(
        field for field in (*shape.needs, *shape.may, *shape.always) if field != "refers_to"
    )
    for name, shape in SHAPES.items()
    if name not in ("check", "citation", "retraction")
}
"""Which fields an amendment may correct, by the shape of the entry."""


def shape_of(filled: Collection[str], kind: EntryKind | None = None) -> str:
    """Return the shape of an entry by its filled fields and, if given, its kind."""
    if kind is not None and kind is not EntryKind.DEADLINE:
        return kind.value
    if kind is EntryKind.DEADLINE:
        return "outcome" if "outcome" in filled and "due_on" not in filled else "move"
    if "refers_to" in filled:
        return "retraction"
    for field, name in SIGNS.items():
        if field in filled:
            return name
    return "note"


SIGNS = {"stage": "stage", "due_on": "move", "outcome": "outcome", "value": "reading"}
"""The field that identifies each shape, the most specific first."""


def misshapen(name: str, filled: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each field that is missing or not allowed in a shape, and why.

    A restated target is called `target`, even if the column of a file is called `value`.
    """
    shape = SHAPES[name]
    for field in ("effective_on", *shape.needs):
        if field not in filled:
            yield field, f"{with_article(name)} needs it"
    allowed = {*shape.needs, *shape.may, *shape.always}
    for field in sorted({*CONTENT, "target"} & {*filled} - allowed):
        yield field, f"{with_article(name)} does not have it"
    if name == "move" and "unit" in filled and "target" not in filled:
        yield "unit", "there is no target to count towards"


def about(name: str, what: str | None) -> str | None:
    """Return why an entry of a shape cannot be about a kind of thing, or None if it can."""
    allowed = SHAPES[name].about
    if not allowed or what in allowed:
        return None
    return f"{with_article(name)} is about {' or '.join(with_article(one) for one in allowed)}"


def with_article(word: str) -> str:
    """Return a word with its indefinite article."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"

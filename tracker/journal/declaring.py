"""Declares what a book is about, and corrects what is declared."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from pydantic import ValidationError

from tracker.dates import Period, parse_period
from tracker.errors import (
    AlreadyDeclared,
    BadField,
    EntriesRest,
    NoSuch,
    NothingChanged,
    ReasonNeeded,
    SlugTaken,
    StillUsed,
)
from tracker.errors.wording import with_article
from tracker.facts import LATEST
from tracker.journal.corrections import Target, retraction, targets
from tracker.journal.draft import Declaration, Draft, content_key
from tracker.journal.versions import version_at
from tracker.journal.writer import Writer, require_text
from tracker.models.declared import (
    AgreementIn,
    ConcessionIn,
    DeadlineIn,
    Declared,
    PartyIn,
    SourceIn,
)
from tracker.models.reasons import reason_of
from tracker.vocabulary import Command, EntryKind, Namespace, ThingKind

INPUTS: Mapping[ThingKind, type[Declared]] = {
    ThingKind.PARTY: PartyIn,
    ThingKind.SOURCE: SourceIn,
    ThingKind.AGREEMENT: AgreementIn,
    ThingKind.CONCESSION: ConcessionIn,
    ThingKind.DEADLINE: DeadlineIn,
}
"""What validates each kind of thing."""

FIXED = {
    ThingKind.CONCESSION: ("agreement",),
    ThingKind.DEADLINE: ("agreement", "concession", "kind", "unit"),
}
"""The fields that change only while no live entry rests on a thing."""

SIDES = ("giver", "receiver")

OWNED_BY = {
    ThingKind.CONCESSION: ("agreement",),
    ThingKind.DEADLINE: ("agreement", "concession"),
}
"""The fields that say what a thing is declared under; a file's tables say it by their place."""

NOT_FIELDS = frozenset({"slug", "key", "deadline"})
"""The keys of an input that are not fields of the thing itself."""


class Declaring(NamedTuple):
    """One thing to declare: under which slug, and all of its fields."""

    what: ThingKind
    slug: str
    fields: Mapping[str, Any]


class Change(NamedTuple):
    """What a declaration did to a thing: each field that changed, as it was and as it is now."""

    what: ThingKind
    slug: str
    fields: Mapping[str, tuple[Any, Any]]
    added: bool


def fields_of(declared: Declared, **owner: str) -> dict[str, Any]:
    """Return what an input declares, in plain values; what is absent is left out."""
    fields: dict[str, Any] = dict(owner)
    for name in type(declared).model_fields:
        value = getattr(declared, name)
        if name in NOT_FIELDS or value is None or value in ((), []):
            continue
        fields[name] = _plain(value)
    if "in_return_for" in fields:
        fields["in_return_for"] = sorted(set(fields["in_return_for"]))
    for side in SIDES:
        if side in fields:
            fields[side] = [*dict.fromkeys(fields[side])]
    return fields


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return str(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case Enum():
            return value.value
        case str() | bool():
            return value
    return [_plain(one) for one in value]


def validated(what: ThingKind, slug: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing as its input reads them; refuse what it cannot take."""
    owners = OWNED_BY.get(what, ())
    owner = {name: fields[name] for name in owners if name in fields}
    own = {name: value for name, value in fields.items() if name not in owner}
    named = "key" if what is ThingKind.SOURCE else "slug"
    try:
        return fields_of(INPUTS[what].model_validate({named: slug, **own}), **owner)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else named
        reason = reason_of(first, key)
        if first["type"] == "extra_forbidden":
            names = [*owners, *(one for one in INPUTS[what].model_fields if one not in NOT_FIELDS)]
            reason = f"{with_article(what)} has no such field. Write one of {', '.join(names)}"
        raise BadField(field=key, reason=reason) from None


def complaints(what: ThingKind, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field of a declaration that does not fit the others, and why."""
    owners = [name for name in OWNED_BY.get(what, ()) if name in fields]
    if what in OWNED_BY and len(owners) != 1:
        wanted = " or the ".join(OWNED_BY[what])
        yield OWNED_BY[what][-1], f"name the {wanted} that the {what} is part of"
    if what is ThingKind.CONCESSION and {*fields["giver"]} & {*fields["receiver"]}:
        yield "receiver", "giver and receiver are the same"
    if what is not ThingKind.DEADLINE:
        return
    if ("target" in fields) != ("unit" in fields):
        yield "target", "a target needs a unit, and a unit a target"
    if "target" in fields and fields["kind"] != "delivery":
        yield "target", "only a delivery has one"
    if "target" in fields and not Decimal(fields["target"]):
        yield "target", "a target of 0 cannot be measured against"
    if (
        "opens_on" in fields
        and fields["opens_on"] > parse_period(fields["due_on"]).last.isoformat()
    ):
        yield "opens_on", "it is after 'due_on'"


# --- declaring ----------------------------------------------------------------------------------


def declare(
    writer: Writer, command: Command, declared: Iterable[Declaring], reason: str | None = None
) -> list[Change]:
    """Declare things in their order, as far as the book does not hold them so already.

    A changed field needs a reason; a field that live entries rest on does not change.
    """
    require_text("reason", reason)
    with writer.batch(command):
        changes, links = [], set()
        for one in declared:
            links |= {*one.fields.get("in_return_for", ())}
            if (change := _declared(writer, command, one, reason)) is not None:
                changes.append(change)
        for slug in sorted(links):
            writer.names.subject(slug, ThingKind.CONCESSION.value)
        altered = [change for change in changes if not change.added]
        if altered and reason is None:
            raise ReasonNeeded(changes=[line for change in altered for line in in_words(change)])
    return changes


def add(
    writer: Writer, what: ThingKind, slug: str, given: Mapping[str, Any]
) -> tuple[Change, range]:
    """Declare one new thing."""
    if version_in_force(writer, what, slug) is not None:
        raise AlreadyDeclared(slug=slug, kind=what.value)
    fields = validated(what, slug, {name: one for name, one in given.items() if one is not None})
    with writer.batch(Command.ADD):
        first = writer.next
        (added,) = declare(writer, Command.ADD, [Declaring(what, slug, fields)])
        return added, range(first, writer.next)


def change(
    writer: Writer, slug: str, given: Mapping[str, Any], reason: str
) -> tuple[Change, range]:
    """Change some fields of what is declared; None takes a field away."""
    what, fields = held(writer, slug)
    whole = {name: value for name, value in {**fields, **given}.items() if value is not None}
    changed = validated(what, slug, whole)
    with writer.batch(Command.CHANGE):
        first = writer.next
        done = declare(writer, Command.CHANGE, [Declaring(what, slug, changed)], reason)
        if not done:
            raise NothingChanged(slug=slug)
        return done[0], range(first, writer.next)


def held(writer: Writer, slug: str) -> tuple[ThingKind, dict[str, Any]]:
    """Return what is declared under a slug, the kinds of the subject space first."""
    subject = writer.names.find(slug)
    kinds = [ThingKind(subject.what)] if subject else [ThingKind.PARTY, ThingKind.SOURCE]
    for what in kinds:
        if (fields := version_in_force(writer, what, slug)) is not None:
            return what, fields
    known = [row[1] for row in writer.connection.rows("slugs", known=LATEST)]
    known += [row[0] for row in writer.connection.rows("parties", known=LATEST)]
    raise NoSuch(kind="party, source, agreement, concession or deadline", name=slug, known=known)


def version_in_force(writer: Writer, what: ThingKind, slug: str) -> dict[str, Any] | None:
    """Return the fields of a thing's version in force, or None without one."""
    rows = writer.connection.rows("thing", slug=slug, namespace=what.namespace.value)
    if not rows:
        return None
    versions = writer.connection.rows("versions_of", thing_id=rows[0][0], known=LATEST)
    live = [entry for entry, by in versions if by is None]
    if not live or _named_otherwise(writer, what, slug):
        return None
    return version_at(writer.connection, what, live[-1])


def _declared(
    writer: Writer, command: Command, declaring: Declaring, reason: str | None
) -> Change | None:
    what, slug, fields = declaring
    fields = _with_slugs(writer, fields)
    for field, reason_why in complaints(what, fields):
        raise BadField(field=field, reason=reason_why)
    if slug in fields.get("in_return_for", ()):
        raise BadField(field="in_return_for", reason="it names the concession itself")
    before = version_in_force(writer, what, slug)
    if before is None:
        _require_slug(writer, what, slug)
    if before == fields:
        return None
    names = dict.fromkeys([*(before or {}), *fields])
    changed = {
        name: ((before or {}).get(name), fields.get(name))
        for name in names
        if (before or {}).get(name) != fields.get(name)
    }
    if before is not None:
        _require_free(writer, declaring, changed)
    note = reason if before is not None else None
    draft = Draft(
        EntryKind.DECLARATION, slug, writer.today, note=note, declares=Declaration(what, fields)
    )
    writer.append(command, [draft._replace(key=content_key(draft))])
    return Change(what, slug, changed, before is None)


def _with_slugs(writer: Writer, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return fields whose parties are named by their slugs."""
    return {
        name: [writer.names.party(one).slug for one in value] if name in SIDES else value
        for name, value in fields.items()
    }


def _require_slug(writer: Writer, what: ThingKind, slug: str) -> None:
    """Refuse a slug that names a thing of another kind."""
    if (other := _named_otherwise(writer, what, slug)) is not None:
        raise SlugTaken(slug=slug, kind=other)


def _named_otherwise(writer: Writer, what: ThingKind, slug: str) -> str | None:
    """Return the kind of thing that a slug names in the book, if it is another one."""
    if what.namespace is not Namespace.SUBJECT:
        return None
    subject = writer.names.find(slug)
    return subject.what if subject is not None and subject.what != what else None


def _require_free(
    writer: Writer, declaring: Declaring, changed: Mapping[str, tuple[Any, Any]]
) -> None:
    """Refuse to change what live entries rest on."""
    fixed = [name for name in FIXED.get(declaring.what, ()) if name in changed]
    if not fixed:
        return
    thing = writer.names.declared(declaring.what, declaring.slug)
    rows = writer.connection.rows("worded", thing_id=thing, known=LATEST)
    if rows:
        raise EntriesRest(slug=declaring.slug, field=fixed[0], entries=[row[0] for row in rows])


# --- withdrawing --------------------------------------------------------------------------------


def withdraw(writer: Writer, slug: str, reason: str) -> range:
    """Take a thing, what is declared under it, and all entries about these out of account."""
    require_text("reason", reason)
    what, _ = held(writer, slug)
    thing = writer.names.declared(what, slug)
    beneath = writer.connection.rows("beneath", thing_id=thing, known=LATEST)
    things = frozenset({thing, *(row[0] for row in beneath)})
    about = _live_entries(writer, things)
    used = _used(writer, things, {one.entry for one in about})
    if used:
        raise StillUsed(slug=slug, entries=used)
    numbers = writer.append(Command.WITHDRAW, (retraction(writer, one, reason) for one in about))
    for one in about:
        writer.names.forget(one.subject.slug)
    writer.names.forget_parties()
    return numbers


def _live_entries(writer: Writer, things: frozenset[int]) -> list[Target]:
    rows = writer.connection.rows("about", things=things, known=LATEST)
    return [one for (entry,) in rows for one in targets(writer, entry, entry)]


def _used(writer: Writer, things: frozenset[int], own: set[int]) -> list[int]:
    """Return the live entries beyond those about some things that rest on the things."""
    rows = writer.connection.rows("resting", things=things, first=0, last=0, known=LATEST)
    return [entry for (entry,) in rows if entry not in own]


# --- words --------------------------------------------------------------------------------------


def in_words(change: Change) -> list[str]:
    """Return what changed, a line each: `concession soybeans: title changed from 'a' to 'b'`."""
    name = f"{change.what} {change.slug}"
    if change.added:
        return [f"{name}: added"]
    return [
        f"{name}: {field} changed from {_quoted(was)} to {_quoted(now)}"
        for field, (was, now) in change.fields.items()
    ]


def _quoted(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return f"'{', '.join(value)}'"
    return f"'{str(value).lower() if isinstance(value, bool) else value}'"

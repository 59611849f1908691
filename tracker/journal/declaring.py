"""Declares things, and changes and withdraws declarations."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracker.dates import exactly
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
from tracker.facts import LATEST
from tracker.journal.corrections import take_back, targets
from tracker.journal.draft import Declaration, Draft
from tracker.journal.fields import SIDES, complaints, validated
from tracker.journal.versions import differing, live_versions, version_at
from tracker.journal.writer import Writer, require_text
from tracker.vocabulary import Command, EntryKind, Namespace, ThingKind

FIXED = {
    ThingKind.CONCESSION: ("agreement",),
    ThingKind.DEADLINE: ("agreement", "concession", "kind", "unit"),
}
"""The fields that can change only while no live entry rests on a thing."""


class Declaring(NamedTuple):
    """One thing to declare: its slug and all of its fields."""

    what: ThingKind
    slug: str
    fields: Mapping[str, Any]


class Change(NamedTuple):
    """What a declaration did to a thing: each field that changed, as it was and as it is now."""

    what: ThingKind
    slug: str
    fields: Mapping[str, tuple[Any, Any]]
    added: bool


def declare(
    writer: Writer, command: Command, declared: Iterable[Declaring], reason: str | None = None
) -> list[Change]:
    """Declare things in order, except those that the book already holds in this form.

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
            _require_concession(writer, slug, changes)
        altered = [change for change in changes if not change.added]
        if altered and reason is None:
            raise ReasonNeeded(changes=[line for change in altered for line in in_words(change)])
    return changes


def _require_concession(writer: Writer, slug: str, changes: Iterable[Change]) -> None:
    """Refuse what is not a concession, without suggesting what is only being declared."""
    try:
        writer.names.subject(slug, ThingKind.CONCESSION.value)
    except NoSuch as error:
        new = {change.slug for change in changes if change.added}
        known = [name for name in error.known if name not in new]
        raise NoSuch(kind=error.kind, name=error.name, known=known) from None


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
    """Change some fields of a declaration; None removes a field."""
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
    """Return what is declared under a slug; agreements, concessions and deadlines come first."""
    subject = writer.names.find(slug)
    kinds = [ThingKind(subject.what)] if subject else [ThingKind.PARTY, ThingKind.SOURCE]
    for what in kinds:
        if (fields := version_in_force(writer, what, slug)) is not None:
            return what, fields
    known = [row[1] for row in writer.connection.rows("slugs", known=LATEST)]
    known += [row[0] for row in writer.connection.rows("parties", known=LATEST)]
    raise NoSuch(kind="party, source, agreement, concession or deadline", name=slug, known=known)


def version_in_force(writer: Writer, what: ThingKind, slug: str) -> dict[str, Any] | None:
    """Return the fields of a thing's version in force, or None if it has none."""
    live = live_versions(writer.connection, what.namespace.value, slug)
    if not live or _named_otherwise(writer, what, slug):
        return None
    return version_at(writer.connection, what, live[-1])


def _declared(
    writer: Writer, command: Command, declaring: Declaring, reason: str | None
) -> Change | None:
    what, slug, fields = declaring
    fields = _with_slugs(writer, what, slug, fields)
    for field, reason_why in complaints(what, fields):
        raise BadField(field=field, reason=reason_why)
    if slug in fields.get("in_return_for", ()):
        raise BadField(field="in_return_for", reason="it names the concession itself")
    if "://" in slug and fields.get("url") not in (None, slug):
        raise BadField(field="url", reason="the key is a different address")
    require_outside(writer, slug, fields.get("part_of"))
    before = version_in_force(writer, what, slug)
    if before is None:
        require_slug(writer, what, slug)
        _require_only_thing(writer, what, slug)
    if before == fields:
        return None
    changed = differing(before or {}, fields)
    if what is ThingKind.PARTY:
        _require_own_names(writer, slug, changed)
    if before is not None:
        require_free(writer, declaring, changed)
    note = reason if before is not None else None
    draft = Draft(
        EntryKind.DECLARATION,
        slug,
        exactly(writer.today),
        note=note,
        declares=Declaration(what, fields),
    )
    writer.append(command, [draft.keyed()])
    return Change(what, slug, changed, before is None)


def _with_slugs(
    writer: Writer, what: ThingKind, slug: str, fields: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return fields with parties named by slug."""
    if what is ThingKind.PARTY and fields.get("part_of") == slug:
        raise BadField(field="part_of", reason="the party would be part of itself")
    party = writer.names.party
    whole = {
        name: [party(one).slug for one in value] if name in SIDES else value
        for name, value in fields.items()
    }
    return whole | ({"part_of": party(fields["part_of"]).slug} if "part_of" in fields else {})


def require_outside(writer: Writer, party: str, bloc: str | None) -> None:
    """Refuse a bloc that is the party itself, or is part of it."""
    while bloc is not None:
        if bloc == party:
            raise BadField(field="part_of", reason="the party would be part of itself")
        fields = version_in_force(writer, ThingKind.PARTY, bloc) or {}
        bloc = fields.get("part_of")


def require_slug(writer: Writer, what: ThingKind, slug: str) -> None:
    """Refuse a slug that names a thing of another kind."""
    if (other := _named_otherwise(writer, what, slug)) is not None:
        raise SlugTaken(slug=slug, kind=other)


def _named_otherwise(writer: Writer, what: ThingKind, slug: str) -> str | None:
    """Return the kind of thing that a slug names in the book, if it is another one."""
    if what.namespace is not Namespace.SUBJECT:
        return None
    subject = writer.names.find(slug)
    return subject.what if subject is not None and subject.what != what else None


def _require_only_thing(writer: Writer, what: ThingKind, slug: str) -> None:
    """Refuse a slug that would name a party or a source besides another thing.

    Of two things with one slug, only one could be changed or withdrawn. Books that were merged may
    have such things, so only new declarations are refused.
    """
    subject = writer.names.find(slug)
    if subject is not None and what.namespace is not Namespace.SUBJECT:
        raise SlugTaken(slug=slug, kind=subject.what)
    for other in (ThingKind.PARTY, ThingKind.SOURCE):
        space = other.namespace.value
        exists = other is not what and writer.connection.rows("thing", slug=slug, namespace=space)
        if exists and version_in_force(writer, other, slug) is not None:
            raise SlugTaken(slug=slug, kind=other.value)


def _require_own_names(writer: Writer, slug: str, changed: Mapping[str, tuple[Any, Any]]) -> None:
    """Refuse a name that another party has; a slug is never taken for a name."""
    for field in sorted({"name", "short"} & changed.keys()):
        name = changed[field][1]
        for _, other in writer.connection.rows("party", name=name, known=LATEST):
            its = version_in_force(writer, ThingKind.PARTY, other) or {}
            taken = {str(its.get(one)).lower() for one in ("name", "short")}
            if other != slug and name.lower() in taken:
                raise BadField(field=field, reason=f"'{name}' already names the party '{other}'")


def require_free(
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


def withdraw(writer: Writer, slug: str, reason: str) -> range:
    """Withdraw a thing, what is declared under it, and all entries about these."""
    require_text("reason", reason)
    what, _ = held(writer, slug)
    thing = writer.names.declared(what, slug)
    beneath = writer.connection.rows("beneath", thing_id=thing, known=LATEST)
    things = frozenset({thing, *(row[0] for row in beneath)})
    rows = writer.connection.rows("about", things=things, known=LATEST)
    live = (entry for entry, by in rows if by is None)
    about = [one for entry in live for one in targets(writer, entry, entry)]
    used = _used(writer, things, {one.entry for one in about})
    if used:
        raise StillUsed(slug=slug, entries=used)
    return take_back(writer, Command.WITHDRAW, about, reason)


def _used(writer: Writer, things: frozenset[int], own: set[int]) -> list[int]:
    """Return the live entries, other than those about some things, that rest on these things."""
    rows = writer.connection.rows("resting", things=things, first=0, last=0, known=LATEST)
    return [entry for entry, *_ in rows if entry not in own]


def in_words(change: Change) -> list[str]:
    """Return one line per change: `concession soybeans: title changed from 'a' to 'b'`."""
    name = f"{change.what} {change.slug}"
    if change.added:
        return [f"{name}: added"]
    return [
        f"{name}: {field} changed from {quoted(was)} to {quoted(now)}"
        for field, (was, now) in change.fields.items()
    ]


def quoted(value: Any) -> str:
    """Return a field as messages print it."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return f"'{', '.join(value)}'"
    return f"'{str(value).lower() if isinstance(value, bool) else value}'"

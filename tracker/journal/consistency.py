"""Keeps declarations consistent: with what they name, with each other, and with what rests on them.

What is declared, and what a correction lets count again, are held to the same rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from tracker.database.contents import around, contents, declared, parties_of, with_owners
from tracker.declared import differing
from tracker.entry import Subject
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.rules.names import folded
from tracker.vocabulary import DeadlineKind, EntryKind, Namespace, Role, ThingKind

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


def require_in_force(writer: Writer, thing: Subject, before: int) -> None:
    """Refuse a thing's version in force if it came into force after an entry and does not fit."""
    slug, space = thing.slug, Namespace(thing.what)
    record = writer.names.record(slug, space)
    now = record.live_declarations(slug, space)
    was = record.up_to(before).live_declarations(slug, space)
    if not now or now == was:
        return
    new = min({*now} - {*was}, default=now[-1])
    with counting_again(new):
        what = _read(record, slug, new).what
        for other in now:
            if (kind := _read(record, slug, other).what) is not what:
                raise Refused("slug taken", slug=slug, kind=kind.value)
        declaring = _read(record, slug, now[-1])
        require_named(writer, declaring)
        require_outside(writer, slug, declaring.fields.get("part_of"))
        require_declarable(writer, declaring, _read(record, slug, was[-1]).fields if was else None)


def _read(record: Record, slug: str, entry: int) -> Declaring:
    fields = record.declares(entry)
    return Declaring(ThingKind(fields.pop("what")), slug, fields)


def _parties(fields: Mapping[str, Any]) -> Iterator[str]:
    for role in Role:
        yield from fields.get(role.value, ())
    if "part_of" in fields:
        yield fields["part_of"]


@contextmanager
def counting_again(entry: int) -> Iterator[None]:
    """Say that an entry cannot count again if it does not fit into the book."""
    try:
        yield
    except (NotFound, Refused, BadInput, WrongUsage) as error:
        if error.problem in ("cannot count again", "entries rest"):
            raise
        reason = error.reason if error.problem == "bad field" else error.what
        raise Refused("cannot count again", entry=entry, reason=reason) from error


def require_parties(writer: Writer, slugs: Iterable[str]) -> None:
    """Refuse slugs of parties that are not declared, even if another party is called so."""
    for slug in slugs:
        if writer.names.party(slug).slug != slug:
            raise NotFound("no such thing", kind="party", name=slug, known=())


def require_named(writer: Writer, declaring: Declaring) -> None:
    """Refuse a declaration that names something the book lacks."""
    names, fields = writer.names, declaring.fields
    require_parties(writer, _parties(fields))
    if "source" in fields:
        names.source(fields["source"])
    for owner in ("agreement", "concession"):
        if owner in fields:
            names.subject(fields[owner], owner)


def require_declarable(
    writer: Writer, declaring: Declaring, before: Mapping[str, Any] | None
) -> dict[str, tuple[Any, Any]]:
    """Return what differs from the version before, if any; refuse what cannot be declared."""
    what, slug, fields = declaring
    if before is None:
        require_slug(writer, what, slug)
    require_endless(writer, declaring)
    changed = differing(before or {}, fields)
    if what is ThingKind.PARTY:
        _require_own_names(writer, slug, changed)
    if before is not None:
        require_free(writer, declaring, changed)
    return changed


EXPIRIES = "SELECT thing_id FROM deadline WHERE concession_id = :concession AND kind = 'expiry'"


def require_endless(writer: Writer, declaring: Declaring) -> None:
    """Refuse an expiry of a concession that never ends, whichever is declared first."""
    what, slug, fields = declaring
    if what is ThingKind.CONCESSION and "term" in fields:
        thing = writer.names.thing(slug, what.namespace)
        expiries = writer.connection.query(EXPIRIES, concession=thing)
        things = with_owners(writer.connection, [number for (number,) in expiries])
        things |= parties_of(writer.connection)
        for one in Record(declared(writer.connection, things)).deadlines.values():
            if (one.concession, one.kind) == (slug, DeadlineKind.EXPIRY):
                reason = f"its expiry '{one.slug}' ends it; retract that first"
                raise WrongUsage("bad field", field="term", reason=reason)
    if what is ThingKind.DEADLINE and fields["kind"] == DeadlineKind.EXPIRY:
        owner = version_in_force(writer, ThingKind.CONCESSION, fields.get("concession", ""))
        if owner and "term" in owner:
            reason = f"'{fields['concession']}' never ends: its term is '{owner['term']}'"
            raise WrongUsage("bad field", field="kind", reason=reason)


def version_in_force(writer: Writer, what: ThingKind, slug: str) -> dict[str, Any] | None:
    """Return the fields of a thing's version in force, or None if it has none."""
    record = writer.names.record(slug, what.namespace)
    if not (live := record.live_declarations(slug, what.namespace)):
        return None
    found = _read(record, slug, live[-1])
    return {**found.fields} if found.what is what else None


def held(writer: Writer, named: str) -> Declaring:
    """Return what is declared under a slug.

    A party, a source and a subject may share one; then it is written `party:usda`.
    """
    prefix, colon, slug = named.partition(":")
    is_prefixed = bool(colon) and prefix in (*ThingKind,)
    slug = slug if is_prefixed else named
    subject = writer.names.find(slug)
    kinds = [ThingKind(subject.what)] if subject else []
    found = {
        what: fields
        for what in (*kinds, ThingKind.PARTY, ThingKind.SOURCE)
        if not is_prefixed or what == prefix
        if (fields := version_in_force(writer, what, slug)) is not None
    }
    if len(found) > 1:
        raise Refused("several things", slug=slug, names=[f"{what}:{slug}" for what in found])
    for what, fields in found.items():
        return Declaring(what, slug, fields)
    whole = writer.names.whole()
    known = [*whole.agreements, *whole.concessions, *whole.deadlines, *whole.parties]
    known += [one.key for one in whole.sources.values()]
    kind = "party, source, agreement, concession or deadline"
    raise NotFound("no such thing", kind=kind, name=named, known=[*dict.fromkeys(known)])


def require_outside(writer: Writer, party: str, bloc: str | None) -> None:
    """Refuse a bloc that is the party itself, or is part of it."""
    if bloc is None:
        return
    part_of = Record(declared(writer.connection, parties_of(writer.connection))).part_of
    blocs = [bloc]
    while (wider := part_of.get(blocs[-1])) and wider not in blocs:
        blocs.append(wider)
    if party in blocs:
        raise WrongUsage("bad field", field="part_of", reason="the party would be part of itself")


def require_slug(writer: Writer, what: ThingKind, slug: str) -> None:
    """Refuse a slug that names a thing of another kind, even if its owner was retracted."""
    record = writer.names.record(slug, what.namespace)
    live = record.live_declarations(slug, what.namespace)
    if live and (other := _read(record, slug, live[-1]).what) is not what:
        raise Refused("slug taken", slug=slug, kind=other.value)


def _require_own_names(writer: Writer, slug: str, changed: Mapping[str, tuple[Any, Any]]) -> None:
    """Refuse a name that another party has; a slug is never taken for a name."""
    for field in sorted({"name", "short"} & changed.keys()):
        name = changed[field][1]
        for other in writer.names.parties().find(name):
            if other.slug != slug and folded(name) in (folded(other.name), folded(other.short)):
                reason = f"'{name}' already names the party '{other.slug}'"
                raise WrongUsage("bad field", field=field, reason=reason)


def require_free(
    writer: Writer, declaring: Declaring, changed: Mapping[str, tuple[Any, Any]]
) -> None:
    """Refuse to change what live entries rest on."""
    fixed = [name for name in FIXED.get(declaring.what, ()) if name in changed]
    if not fixed:
        return
    thing = writer.names.declared(declaring.what, declaring.slug)
    record = Record(contents(writer.connection, around(writer.connection, [thing])))
    resting = [
        entry.entry
        for entry in record.entries.values()
        if declaring.slug in (entry.subject, entry.concession)
        and entry.kind not in (EntryKind.DECLARATION, EntryKind.RETRACTION)
        and entry.retracted_by is None
    ]
    if resting:
        raise Refused("entries rest", slug=declaring.slug, field=fixed[0], entries=resting[:11])

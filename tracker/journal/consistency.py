"""Keeps declarations consistent: with what they name, with each other, and with what rests on them.

What is declared, and what a correction lets count again, are held to the same rules.
"""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from typing import Any, NamedTuple

from tracker.database.contents import around, contents
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.rules.names import PartyNames, folded
from tracker.things import differing
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


def require_fit_again(before: Record, after: Record) -> None:
    """Refuse retractions if what counts after them, but did not before, does not fit.

    That is an entry that was retracted, or a thing's older version that comes into force again.
    """
    again = before.retracted.keys() & after.rows.keys() - after.retracted.keys()
    held = {what: before.in_force(what) for what in ThingKind}
    restored = {
        row.entry_id: (what, held[what].get(thing))
        for what in ThingKind
        for thing, row in after.in_force(what).items()
        if row != held[what].get(thing)
    }
    declared, past = after.things_in_force, dict[int, Record]()
    for entry in sorted(again | restored.keys()):
        row = after.rows[entry]
        if row.kind == EntryKind.RETRACTION:
            continue
        with counting_again(entry):
            _require_declared(after, after.named_by(row) - declared)
            if entry in restored:
                _require_declared_again(after, entry, *restored[entry])
            if row.kind not in (EntryKind.DECLARATION, EntryKind.TEXT):
                batch = before.rows[before.retracted[entry]].batch
                if batch not in past:
                    past[batch] = before.up_to(before.batches[batch].first_entry - 1)
                _require_same_subject(past[batch], after, row)


def _require_declared(record: Record, lacking: Set[int]) -> None:
    """Refuse things that are not declared; an address need not be."""
    for thing in sorted(lacking):
        if "://" not in (slug := record.slugs[thing]):
            kind = next(what for what in ThingKind if thing in record.versions(what))
            raise NotFound("no such thing", kind=kind.value, name=slug, known=())


def _require_declared_again(record: Record, entry: int, what: ThingKind, before: Any) -> None:
    """Refuse a version that comes into force again if another declaration conflicts with it."""
    thing = record.rows[entry].subject_id
    slug = record.slugs[thing]
    for other in ThingKind:
        if other is not what and thing in record.in_force(other):
            raise Refused("slug taken", slug=slug, kind=other.value)
    declaring = _read(record, slug, entry)
    was = _read(record, slug, before.entry_id).fields if before else {}
    changed = differing(was, declaring.fields)
    require_outside(record.party_names, slug, declaring.fields.get("part_of"))
    if what is ThingKind.PARTY:
        _require_own_names(record.party_names, slug, changed)
    _require_endless(record, declaring)
    if was:
        _require_free(record, declaring, changed)


def _require_same_subject(past: Record, after: Record, row: Any) -> None:
    """Refuse an entry about what is another thing than in the past, or was closed meanwhile."""
    slug = after.slugs[row.subject_id]
    if past.subject(slug) != after.subject(slug):
        reason = f"the kind, the parent or the unit of '{slug}' has changed since"
        raise Refused("cannot count again", entry=row.id, reason=reason)
    for other in after.entries.values():
        is_same = row.outcome and other.outcome and other.subject == slug
        if is_same and other.entry != row.id and other.retracted_by is None:
            outcome = str(other.outcome)
            raise Refused("already closed", deadline=slug, outcome=outcome, entry=other.entry)


def _read(record: Record, slug: str, entry: int) -> Declaring:
    fields = record.declares(entry)
    return Declaring(ThingKind(fields.pop("what")), slug, fields)


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


def require_named(writer: Writer, declaring: Declaring) -> None:
    """Refuse a declaration that names something the book lacks."""
    names, fields = writer.names, declaring.fields
    sides = (party for role in Role for party in fields.get(role.value, ()))
    for party in (*sides, *filter(None, [fields.get("part_of")])):
        if names.party(party) != party:  # another party is called so
            raise NotFound("no such thing", kind="party", name=party, known=())
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
    changed = differing(before or {}, fields)
    if what is ThingKind.PARTY:
        _require_own_names(writer.names.parties(), slug, changed)
    require_fitting(writer, declaring, before)
    return changed


def require_fitting(writer: Writer, declaring: Declaring, before: Mapping[str, Any] | None) -> None:
    """Refuse a declaration that conflicts with a deadline, a term or live entries."""
    what, slug, fields = declaring
    names, changed = writer.names, differing(before or fields, fields)
    owner = fields.get("concession")
    if changed.keys() & {*FIXED.get(what, ())} or "term" in fields:
        things = [names.thing(slug, what.namespace), *([names.subject(owner).id] if owner else [])]
        record = Record(contents(writer.connection, around(writer.connection, things)))
        _require_free(record, declaring, changed)
        _require_endless(record, declaring)
    elif owner and fields["kind"] == DeadlineKind.EXPIRY:
        _require_endless(names.record(owner), declaring)


def _require_endless(record: Record, declaring: Declaring) -> None:
    """Refuse an expiry of a concession that never ends, whichever is declared first."""
    what, slug, fields = declaring
    if what is ThingKind.CONCESSION and "term" in fields:
        for one in record.deadlines.values():
            if (one.concession, one.kind) == (slug, DeadlineKind.EXPIRY):
                reason = f"its expiry '{one.slug}' ends it; retract that first"
                raise WrongUsage("bad field", field="term", reason=reason)
    if what is ThingKind.DEADLINE and fields["kind"] == DeadlineKind.EXPIRY:
        owner = record.concessions.get(fields.get("concession", ""))
        if owner and owner.term:
            reason = f"'{owner.slug}' never ends: its term is '{owner.term}'"
            raise WrongUsage("bad field", field="kind", reason=reason)


def _require_free(
    record: Record, declaring: Declaring, changed: Mapping[str, tuple[Any, Any]]
) -> None:
    """Refuse to change what live entries rest on."""
    fixed = [name for name in FIXED.get(declaring.what, ()) if name in changed]
    resting = [
        entry.entry
        for entry in (record.entries.values() if fixed else ())
        if declaring.slug in (entry.subject, entry.concession)
        and entry.kind not in (EntryKind.DECLARATION, EntryKind.RETRACTION)
        and entry.retracted_by is None
    ]
    if resting:
        raise Refused("entries rest", slug=declaring.slug, field=fixed[0], entries=resting[:11])


def version_in_force(writer: Writer, what: ThingKind, slug: str) -> dict[str, Any] | None:
    """Return the fields of a thing's version in force, or None if it has none."""
    found = _declared_as(writer, slug, what.namespace)
    return {**found.fields} if found and found.what is what else None


def _declared_as(writer: Writer, slug: str, space: Namespace) -> Declaring | None:
    """Return the version in force under a slug, even if its owner was retracted."""
    record = writer.names.record(slug, space)
    live = record.live_declarations(slug, space)
    return _read(record, slug, live[-1]) if live else None


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


def require_outside(parties: PartyNames, party: str, bloc: str | None) -> None:
    """Refuse a bloc that is the party itself, or is part of it."""
    seen = set[str]()
    while bloc is not None and bloc not in seen:
        if bloc == party:
            raise WrongUsage(
                "bad field", field="part_of", reason="the party would be part of itself"
            )
        seen.add(bloc)
        bloc = parties.by_slug[bloc].part_of if bloc in parties.by_slug else None


def require_slug(writer: Writer, what: ThingKind, slug: str) -> None:
    """Refuse a slug that names a thing of another kind, even if its owner was retracted."""
    found = _declared_as(writer, slug, what.namespace)
    if found and found.what is not what:
        raise Refused("slug taken", slug=slug, kind=found.what.value)


def _require_own_names(
    parties: PartyNames, slug: str, changed: Mapping[str, tuple[Any, Any]]
) -> None:
    """Refuse a name that another party has; a slug is never taken for a name."""
    for field in sorted({"name", "short"} & changed.keys()):
        name = changed[field][1]
        for other in parties.find(name):
            if other.slug != slug and folded(name) in (folded(other.name), folded(other.short)):
                reason = f"'{name}' already names the party '{other.slug}'"
                raise WrongUsage("bad field", field=field, reason=reason)

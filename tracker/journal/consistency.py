"""Keeps declarations consistent: with what they name, with each other, and with what rests on them.

What is declared, and what a correction lets count again, are held to the same rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.database.contents import around
from tracker.dates import EARLIEST, parse_period
from tracker.errors import BadInput, NotFound, Refused, WrongUsage, option, with_article
from tracker.forms import MISSING, UNKNOWN, Unread
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.resolver import Resolver, parties_named
from tracker.things import (
    FIELDS,
    OWNED_BY,
    REFERENCES,
    SIDES,
    STORED,
    differing,
    folded,
    name_of,
    read_again,
    references,
)
from tracker.vocabulary import (
    SUBJECTS,
    UNDATED,
    Bound,
    DeadlineKind,
    EntryKind,
    Namespace,
    ThingKind,
)

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


def named_by(record: Record, row: Any) -> set[int]:
    """Return the things that an entry is about, or names as speaker, as source or in fields."""
    keys = record.sources_of.get(row.id, ())
    sources = {record.numbers[Namespace.SOURCE.value, key] for key in keys}
    things = {row.subject_id, row.says_id} | sources
    if row.id in record.declared_by:  # what it was given in return for may be withdrawn
        what, version = record.declared_by[row.id]
        for column in STORED[what]:
            if column.field in REFERENCES:
                things.add(getattr(version, column.name))
        for side in SIDES:
            slugs = record.lists[row.id].get(side, ())
            things.update(record.numbers["party", slug] for slug in slugs)
    return things - {None}


def resting_on(record: Record, things: Set[int]) -> dict[int, set[int]]:
    """Return the live entries that rest on some things, and on which of them."""
    resting = {}
    for number, row in record.rows.items():
        if record.counts(row) and (on := named_by(record, row) & things):
            resting[number] = on | ({row.concession_id} & things)
    return resting


def without(record: Record, entries: Iterable[int]) -> Record:
    """Return a book in which some entries have been retracted."""
    rows = [*record.tables["entry"]]
    kind = EntryKind.RETRACTION.value
    last = rows[-1]
    rows += [
        last._replace(id=number, kind=kind, refers_to=entry, outcome=None)
        for number, entry in enumerate(entries, last.id + 1)
    ]
    return Record({**record.tables, "entry": rows}, record.book)


def require_fit_again(before: Record, after: Record) -> None:
    """Refuse retractions if what counts after them, but did not before, does not fit.

    That is an entry that was retracted, or a thing's older version that comes into force again.
    """
    live = after.rows.keys() - after.retracted.keys()
    again = before.retracted.keys() & live
    restored: dict[int, tuple[ThingKind, Any]] = {}
    for what in ThingKind:
        earlier = before.in_force(what)
        for thing, version in after.in_force(what).items():
            replaced = earlier.get(thing)
            if version != replaced:
                restored[version.entry_id] = (what, replaced)
    for entry in sorted(again | restored.keys()):
        row = after.rows[entry]
        if row.kind == EntryKind.RETRACTION:
            continue
        try:
            _require_declared(after, named_by(after, row) - after.things_in_force)
            if entry in restored:
                _require_declared_again(after, entry, *restored[entry])
        except (NotFound, Refused, BadInput, WrongUsage) as error:
            if error.problem == "entries rest":
                raise
            reason = (
                error.fields["reason"] if error.problem == "bad field" else error.what
            )
            raise Refused("cannot count again", entry=entry, reason=reason) from error


def _require_declared(record: Record, lacking: Set[int]) -> None:
    """Refuse things that are not declared; an address need not be."""
    for thing in sorted(lacking):
        if "://" not in (slug := record.slugs[thing]):
            kind = next(what for what in ThingKind if thing in record.versions[what])
            raise NotFound("no such thing", kind=kind.value, name=slug, known=())


def _require_declared_again(
    record: Record, entry: int, what: ThingKind, before: Any
) -> None:
    """Refuse a version that comes into force again if another declaration conflicts with it."""
    thing = record.rows[entry].subject_id
    slug = record.slugs[thing]
    for other in ThingKind:
        if other is not what and thing in record.in_force(other):
            raise Refused("slug taken", slug=slug, kind=other.value)
    declaring = _read(record, slug, entry)
    was = _read(record, slug, before.entry_id).fields if before else {}
    _require_fit(record, declaring, was)


def _read(record: Record, slug: str, entry: int) -> Declaring:
    fields = record.declares(entry)
    return Declaring(ThingKind(fields.pop("what")), slug, fields)


def require_possible(
    writer: Writer, declaring: Declaring, before: Mapping[str, Any] | None
) -> None:
    """Refuse what no book can hold: a party of itself, one name for two, an end of an open term."""
    record = _record_about(writer, declaring, {"term"} & declaring.fields.keys())
    _require_own_place(record, declaring, before or {})
    _require_endless(record, declaring)


def require_fitting(
    writer: Writer, declaring: Declaring, before: Mapping[str, Any] | None
) -> None:
    """Refuse a declaration that names what the book lacks, or conflicts with what it holds."""
    what, _, fields = declaring
    for field, kind, slug in references(fields):
        if field != "in_return_for":
            writer.names.declared(kind, slug)
    changed = {"term"} & fields.keys() | differing(before or fields, fields).keys()
    record = _record_about(writer, declaring, changed & {"term", *FIXED.get(what, ())})
    _require_fit(record, declaring, before or {})


def _record_about(writer: Writer, declaring: Declaring, fixed: Set[str]) -> Record:
    """Return what a declaration may conflict with; of a `fixed` field, also what rests on it."""
    names = writer.names
    what, slug, fields = declaring
    owner = fields.get("concession")
    if fixed:
        about = [slug, owner] if owner else [slug]
        things = [names.thing(name, what.namespace, new=True) for name in about]
        return Record.read(writer.connection, around(writer.connection, things))
    if owner and fields["kind"] == DeadlineKind.EXPIRY:
        return names.record(owner)
    return names.record("", Namespace.PARTY)


def _require_fit(
    record: Record, declaring: Declaring, before: Mapping[str, Any]
) -> None:
    """Refuse a declaration that conflicts with a party, a term or live entries of a record."""
    _require_own_place(record, declaring, before)
    _require_endless(record, declaring)
    what, slug, fields = declaring
    changed = differing(before or fields, fields)
    fixed = [name for name in FIXED.get(what, ()) if name in changed]
    if not fixed:
        return
    resting = [
        entry.entry
        for entry in record.entries.values()
        if slug in (entry.subject, entry.concession)
        and entry.retracted_by is None
        and entry.kind not in UNDATED
    ]
    if resting:
        raise Refused("entries rest", slug=slug, field=fixed[0], entries=resting[:11])


def _require_own_place(
    record: Record, declaring: Declaring, before: Mapping[str, Any]
) -> None:
    """Refuse a party that is part of itself, or takes a name that another party has."""
    what, slug, fields = declaring
    if what is not ThingKind.PARTY:
        return
    seen = set[str]()
    bloc = fields.get("part_of")
    while bloc in record.parties and bloc not in seen:
        if bloc == slug:
            raise WrongUsage("bad field", field="part_of", reason=PART_OF_ITSELF)
        seen.add(bloc)
        bloc = record.parties[bloc].part_of
    for field in sorted({"name", "short"} & differing(before, fields).keys()):
        name = fields[field]
        for other in parties_named(record, name):  # a slug is never taken for a name
            if other.slug != slug and folded(name) in (
                folded(other.name),
                folded(other.short),
            ):
                reason = f"'{name}' already names the party '{other.slug}'"
                raise WrongUsage("bad field", field=field, reason=reason)


def _require_endless(record: Record, declaring: Declaring) -> None:
    """Refuse an expiry of a concession that never ends, whichever is declared first."""
    what, slug, fields = declaring
    if what is ThingKind.CONCESSION and "term" in fields:
        for deadline in record.deadlines.values():
            if (deadline.concession, deadline.kind) == (slug, DeadlineKind.EXPIRY):
                reason = f"its expiry '{deadline.slug}' ends it; retract that first"
                raise WrongUsage("bad field", field="term", reason=reason)
    if what is ThingKind.DEADLINE and fields["kind"] == DeadlineKind.EXPIRY:
        owner = record.concessions.get(fields.get("concession", ""))
        if owner and owner.term:
            reason = f"'{owner.slug}' never ends: its term is '{owner.term}'"
            raise WrongUsage("bad field", field="kind", reason=reason)


def declared_under(writer: Writer, slug: str, space: Namespace) -> Declaring | None:
    """Return the version in force under a slug, even if its owner was retracted."""
    record = writer.names.record(slug, space)
    live = record.live_declarations(slug, space)
    return _read(record, slug, live[-1]) if live else None


def version_in_force(
    writer: Writer, what: ThingKind, slug: str
) -> Mapping[str, Any] | None:
    """Return the fields of a thing's version in force, if any; refuse a slug of another kind."""
    declaring = declared_under(writer, slug, what.namespace)
    if declaring and declaring.what is not what:
        raise Refused("slug taken", slug=slug, kind=declaring.what.value)
    return declaring and declaring.fields


def held(writer: Writer, named: str) -> Declaring:
    """Return what is declared under a slug.

    A party, a source and a subject may share one; then it is written `party:usda`.
    """
    prefix, colon, slug = named.partition(":")
    is_prefixed = bool(colon) and prefix in (*ThingKind,)
    slug = slug if is_prefixed else named
    spaces = (Namespace.SUBJECT, Namespace.PARTY, Namespace.SOURCE)
    declared = filter(None, (declared_under(writer, slug, space) for space in spaces))
    things = [
        declaring
        for declaring in declared
        if not is_prefixed or declaring.what == prefix
    ]
    if len(things) > 1:
        raise Refused(
            "several things", slug=slug, names=[f"{what}:{slug}" for what, *_ in things]
        )
    if things:
        return things[0]
    # A part of a slug or a title will do, if one thing alone has it.
    kinds = (*SUBJECTS, "party", "source")
    return held(writer, Resolver(writer.names.whole()).slug(named, *kinds))


# --- what a person gives, and combinations that are not valid -------------------------------------


def validated(what: ThingKind, slug: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing as they are declared; refuse what cannot be read."""
    try:
        return read_again(what, slug, given)
    except Unread as error:
        missing = [
            field for field, reason in error.mistakes.items() if reason == MISSING
        ]
        if len(missing) == len(error.mistakes):
            owners = OWNED_BY.get(what, ())
            if owners and not given.keys() & {*owners}:
                missing.insert(0, "|".join(owners))
            raise WrongUsage(
                "fields missing", kind=what.value, slug=slug, fields=missing
            ) from None
        field = next(field for field in error.mistakes if field not in missing)
        names = [
            *OWNED_BY.get(what, ()),
            *(name for name in FIELDS[what] if name != name_of(what)),
        ]
        unknown = f"{with_article(what)} does not have it. Write one of"
        listed = f"{unknown} {', '.join(map(option, names))}"
        reason = error.mistakes[field]
        reason = listed if reason == UNKNOWN else reason
        raise WrongUsage("bad field", field=field, reason=reason) from None


PART_OF_ITSELF = "the party would be part of itself"


def complaints(declaring: Declaring) -> Iterator[tuple[str, str]]:
    """Yield each field of a declaration that conflicts with others, and why."""
    what, slug, fields = declaring
    owners = [name for name in OWNED_BY.get(what, ()) if name in fields]
    if what in OWNED_BY and len(owners) != 1:
        wanted = " or the ".join(OWNED_BY[what])
        both = ", not both" if owners else f" that the {what} is part of"
        yield OWNED_BY[what][-1], f"name the {wanted}{both}"
    if (
        what is ThingKind.CONCESSION
        and len({*fields["giver"], *fields["receiver"]}) == 1
    ):
        yield "receiver", "giver and receiver are the same"
    if slug in fields.get("in_return_for", ()):
        yield "in_return_for", "it names the concession itself"
    if what is ThingKind.PARTY and fields.get("part_of") == slug:
        yield "part_of", PART_OF_ITSELF
    if "://" in slug and fields.get("url") not in (None, slug):
        yield "url", "the key is a different address"
    for name, value in fields.items():
        if name.endswith("_on") and value < str(EARLIEST.year):
            yield name, f"'{value}' is before {EARLIEST.year}"
    if what is ThingKind.DEADLINE:
        yield from _of_days(fields)
        yield from _of_target(fields)


def _of_days(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the mistakes in a deadline's days and its condition."""
    limit = fields.get("bound") == Bound.AT_MOST
    day = "opens_on" if limit else "due_on"
    is_delivery = fields["kind"] == "delivery"
    if "awaits" in fields and not is_delivery:
        yield "awaits", "only a delivery has it"
    if "awaits" in fields and day in fields:
        yield "awaits", f"it replaces '{day}'; give only one of them"
    if not limit and "due_on" not in fields and "awaits" not in fields:
        advice = "; for a delivery without a day, say with 'awaits' what it waits for"
        yield "due_on", f"it is missing{advice if is_delivery else ''}"
    opens_on = fields.get("opens_on")
    due_on = fields.get("due_on")
    if opens_on and due_on and opens_on > parse_period(due_on).last.isoformat():
        yield "opens_on", "it is after 'due_on'"


def _of_target(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the mistakes in a deadline's target and in what describes it."""
    if ("target" in fields) != ("unit" in fields):
        yield "target", "a target needs a unit, and a unit a target"
    if "target" not in fields:
        for name in ("bound", "base", "counted_by", "basis"):
            if name in fields:
                yield name, "there is no target"
        return
    if "basis" in fields and "counted_by" not in fields:
        yield "basis", "it needs 'counted_by'"
    target = Decimal(fields["target"])
    base = fields.get("base")
    if fields["kind"] != "delivery":
        yield "target", "only a delivery has one"
    if not target and base is None and "bound" not in fields:
        yield (
            "target",
            "nothing can be measured against a target of 0; give a base, or make it a limit",
        )
    if base is not None and Decimal(base) == target:
        yield "base", "it is the same as the target"

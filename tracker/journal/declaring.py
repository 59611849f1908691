"""Declares things and changes declarations."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import EARLIEST, exactly, parse_period
from tracker.entry import unwritten
from tracker.errors import Refused, WrongUsage, option, with_article
from tracker.forms import Unread
from tracker.journal.batch import keyed
from tracker.journal.consistency import (
    Declaring,
    held,
    require_declarable,
    require_outside,
    version_in_force,
)
from tracker.journal.versions import Fields
from tracker.journal.writer import Writer, require_text
from tracker.things import FIELDS, OWNED_BY, SIDES, name_of, read_again
from tracker.vocabulary import Bound, Command, DeadlineKind, EntryKind, ThingKind


class Change(NamedTuple):
    """What a declaration did to a thing: each field that changed, as it was and as it is now."""

    what: ThingKind
    slug: str
    fields: Mapping[str, tuple[Any, Any]]
    added: bool

    @property
    def new_links(self) -> set[str]:
        """The concessions that it newly names as given in return."""
        was, now = self.fields.get("in_return_for", (None, None))
        return {*(now or ())} - {*(was or ())}


def declare(
    writer: Writer, command: Command, declared: Iterable[Declaring], reason: str | None = None
) -> list[Change]:
    """Declare things in order, except those that the book already holds in this form.

    A changed field needs a reason; a field that live entries rest on does not change.
    """
    require_text("reason", reason)
    with writer.batch(command):
        made = (_declared(writer, command, one, reason) for one in declared)
        changes = [change for change in made if change is not None]
        for slug in sorted({slug for change in changes for slug in change.new_links}):
            writer.names.subject(slug, ThingKind.CONCESSION.value)
        altered = [change for change in changes if not change.added]
        if altered and reason is None:
            times = Counter((change.what, change.slug) for change in changes)
            twice = [change for change in altered if times[change.what, change.slug] > 1]
            lines = [line for one in twice or altered for line in in_words(one)]
            if twice:
                raise Refused("files differ", changes=lines)
            raise Refused("reason needed", changes=lines)
    return changes


def add(writer: Writer, what: ThingKind, slug: str, given: Fields) -> tuple[Change, range]:
    """Declare one new thing."""
    if version_in_force(writer, what, slug) is not None:
        raise Refused("slug taken", slug=slug, kind=what.value)
    fields = validated(what, slug, {name: one for name, one in given.items() if one is not None})
    with writer.batch(Command.ADD):
        first = writer.next
        (added,) = declare(writer, Command.ADD, [Declaring(what, slug, fields)])
        return added, range(first, writer.next)


def change(writer: Writer, slug: str, given: Fields, reason: str) -> tuple[Change, range]:
    """Change some fields of a declaration; None removes a field."""
    what, slug, fields = held(writer, slug)
    whole = {name: value for name, value in {**fields, **given}.items() if value is not None}
    changed = validated(what, slug, whole)
    with writer.batch(Command.CHANGE):
        first = writer.next
        done = declare(writer, Command.CHANGE, [Declaring(what, slug, changed)], reason)
        if not done:
            raise WrongUsage("nothing changed", slug=slug)
        return done[0], range(first, writer.next)


def _declared(
    writer: Writer, command: Command, declaring: Declaring, reason: str | None
) -> Change | None:
    what, slug, fields = declaring
    fields = _with_slugs(writer, what, slug, fields)
    for field, reason_why in complaints(what, fields):
        raise WrongUsage("bad field", field=field, reason=reason_why)
    if slug in fields.get("in_return_for", ()):
        raise WrongUsage(
            "bad field", field="in_return_for", reason="it names the concession itself"
        )
    if "://" in slug and fields.get("url") not in (None, slug):
        raise WrongUsage("bad field", field="url", reason="the key is a different address")
    require_outside(writer.names.parties(), slug, fields.get("part_of"))
    before = version_in_force(writer, what, slug)
    if before == fields:
        return None
    changed = require_declarable(writer, Declaring(what, slug, fields), before)
    held = {
        "note": None if before is None else reason,
        "declares": {"what": what.value, **fields},
    }
    entry = unwritten(EntryKind.DECLARATION, slug, exactly(writer.today), **held)
    writer.append(command, [keyed(entry)])
    return Change(what, slug, changed, before is None)


def _with_slugs(writer: Writer, what: ThingKind, slug: str, fields: Fields) -> Fields:
    """Return fields with parties named by slug, each once."""
    if what is ThingKind.PARTY and fields.get("part_of") == slug:
        raise WrongUsage("bad field", field="part_of", reason="the party would be part of itself")
    party = writer.names.party
    whole = {
        name: [*dict.fromkeys(party(one) for one in value)] if name in SIDES else value
        for name, value in fields.items()
    }
    return whole | ({"part_of": party(fields["part_of"])} if "part_of" in fields else {})


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


# --- what a person gives, and combinations that are not valid -------------------------------------

DAYS = ("published_on", "agreed_on", "promised_on", "opens_on", "due_on")


def validated(what: ThingKind, slug: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing as they are declared; refuse what cannot be read."""
    lacking = [*_lacking(what, given)]
    try:
        found = read_again(what, slug, given)
    except Unread as error:
        missing = [one.field for one in error.mistakes if one.is_missing]
        if len(missing) == len(error.mistakes):
            raise WrongUsage(
                "fields missing", kind=what.value, slug=slug, fields=[*lacking, *missing]
            ) from None
        first = next(one for one in error.mistakes if not one.is_missing)
        reason = _unknown(what, first.field) if first.is_unknown else first.reason
        raise WrongUsage("bad field", field=first.field, reason=reason) from None
    if len(lacking) > 1:  # of one alone, a complaint says more
        raise WrongUsage("fields missing", kind=what.value, slug=slug, fields=lacking)
    return found


def _lacking(what: ThingKind, given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields of which one is needed, where all are left out: `due_on|awaits`."""
    owners = OWNED_BY.get(what, ())
    if owners and not given.keys() & {*owners}:
        yield "|".join(owners)
    ends = given.get("bound") != Bound.AT_MOST and not given.keys() & {"due_on", "awaits"}
    if what is ThingKind.DEADLINE and ends:
        waits = given.get("kind", DeadlineKind.DELIVERY) == DeadlineKind.DELIVERY
        yield "due_on|awaits" if waits else "due_on"


def _unknown(what: ThingKind, field: str) -> str:
    """Return why a thing cannot have a field."""
    if what is ThingKind.CONCESSION and field in FIELDS[ThingKind.DEADLINE]:
        own = "it belongs to a deadline, not to a concession"
        return f"{own}. Write the deadline's slug, or move its day with 'tracker move'"
    names = [*OWNED_BY.get(what, ()), *(one for one in FIELDS[what] if one != name_of(what))]
    return f"{with_article(what)} does not have it. Write one of {', '.join(map(option, names))}"


def complaints(what: ThingKind, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field of a declaration that conflicts with others, and why."""
    owners = [name for name in OWNED_BY.get(what, ()) if name in fields]
    if what in OWNED_BY and len(owners) != 1:
        wanted = " or the ".join(OWNED_BY[what])
        both = ", not both" if owners else f" that the {what} is part of"
        yield OWNED_BY[what][-1], f"name the {wanted}{both}"
    if what is ThingKind.CONCESSION and len({*fields["giver"], *fields["receiver"]}) == 1:
        yield "receiver", "giver and receiver are the same"
    for name in DAYS:
        if fields.get(name, str(EARLIEST)) < str(EARLIEST.year):
            yield name, f"'{fields[name]}' is before {EARLIEST.year}"
    if what is ThingKind.DEADLINE:
        yield from _of_days(fields)
        yield from _of_target(fields)


def _of_days(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the mistakes in a deadline's days and its condition."""
    limit = fields.get("bound") == Bound.AT_MOST
    day = "opens_on" if limit else "due_on"
    if "awaits" in fields and fields["kind"] != "delivery":
        yield "awaits", "only a delivery has it"
    if "awaits" in fields and day in fields:
        yield "awaits", f"it replaces '{day}'; give only one of them"
    if not limit and "due_on" not in fields and "awaits" not in fields:
        awaits = "; for a delivery without a day, say with 'awaits' what it waits for"
        yield "due_on", f"it is missing{awaits if fields['kind'] == 'delivery' else ''}"
    due_on = fields.get("due_on")
    if due_on and fields.get("opens_on", "") > parse_period(due_on).last.isoformat():
        yield "opens_on", "it is after 'due_on'"


def _of_target(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the mistakes in a deadline's target, unit, bound and base."""
    if ("target" in fields) != ("unit" in fields):
        yield "target", "a target needs a unit, and a unit a target"
    if "target" not in fields:
        yield from ((name, "there is no target") for name in ("bound", "base") if name in fields)
        return
    target, base = Decimal(fields["target"]), fields.get("base")
    if fields["kind"] != "delivery":
        yield "target", "only a delivery has one"
    if not target and base is None and "bound" not in fields:
        yield (
            "target",
            "nothing can be measured against a target of 0; give a base, or make it a limit",
        )
    if base is not None and Decimal(base) == target:
        yield "base", "it is the same as the target"

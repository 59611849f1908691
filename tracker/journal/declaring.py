"""Declares things and changes declarations."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracker.dates import exactly
from tracker.entry import unwritten
from tracker.errors import Refused, WrongUsage
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
from tracker.things import SIDES, complaints, validated
from tracker.vocabulary import Command, EntryKind, ThingKind


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

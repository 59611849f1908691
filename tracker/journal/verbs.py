"""Writes the entries of one command: updates, checks, kept texts and declarations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import Period, exactly
from tracker.entry import Entry, Fingerprint, unwritten
from tracker.errors import NotFound, Refused, WrongUsage
from tracker.journal.admission import Admission
from tracker.journal.batch import keyed, require_text
from tracker.journal.consistency import (
    Declaring,
    complaints,
    held,
    require_fitting,
    validated,
    version_in_force,
)
from tracker.journal.writer import Writer
from tracker.state import Clocks, State
from tracker.things import SIDES, ThingFields, change_in_words, differing
from tracker.vocabulary import Command, DeadlineKind, EntryKind, ThingKind


def move_ending(writer: Writer, day: Period, move: Entry) -> range:
    """Log a move for every open expiry that now ends on a given day."""
    state = State.read(writer.connection, Clocks(writer.today, hindsight=True))
    kind = DeadlineKind.EXPIRY
    positions = state.due.values()
    ends = [
        expiry
        for expiry in positions
        if expiry.deadline.kind is kind and not expiry.closed
    ]
    moves = [
        move._replace(subject=expiry.slug) for expiry in ends if expiry.due_on == day
    ]
    if not moves:
        days = sorted({str(expiry.due_on) for expiry in ends if expiry.due_on})
        raise NotFound("nothing ends", day=str(day), known=days)
    return Admission(writer).record(Command.MOVE, moves)


def checked(writer: Writer, slugs: Sequence[str]) -> range:
    """Record that somebody looked and found nothing new; without slugs, at every agreement."""
    looked_at = slugs or writer.names.whole().agreements
    on = exactly(writer.today)
    entries = [unwritten(EntryKind.CHECK, slug, on) for slug in looked_at]
    return Admission(writer).record(Command.CHECKED, entries)


def keep(
    writer: Writer,
    source: str,
    text: Fingerprint,
    seen_on: date,
    note: str | None = None,
) -> tuple[range, int | None]:
    """Record the text that a source had on a day, unless it is the same as before.

    If it is, also return the entry that has it.
    """
    writer.names.source(source)
    state = State.read(writer.connection, Clocks(seen_on, hindsight=True))
    key = state.sources[source].key
    before = state.texts_of(source)
    if before and before[-1].fingerprint.file_sha256 == text.file_sha256:
        return range(writer.next, writer.next), before[-1].entry
    fields = text._asdict()
    entry = unwritten(EntryKind.TEXT, key, exactly(seen_on), note=note, text=fields)
    return Admission(writer).admit(Command.KEEP, [entry]), None


# --- declarations --------------------------------------------------------------------------------


class Change(NamedTuple):
    """What a declaration did to a thing: each field that changed, as it was and as it is now."""

    what: ThingKind
    slug: str
    fields: Mapping[str, tuple[Any, Any]]
    added: bool


def declare(
    writer: Writer,
    command: Command,
    declared: Iterable[Declaring],
    reason: str | None = None,
) -> tuple[list[Change], range]:
    """Declare things in order, except those that the book already holds in this form.

    Also return the numbers of the entries.
    A changed field needs a reason; a field that live entries rest on does not change.
    """
    require_text("reason", reason)
    with writer.batch(command):
        first = writer.next
        changes = []
        for declaring in declared:
            change = _declared(writer, command, declaring, reason)
            if change is not None:
                changes.append(change)
        for change in changes:  # these may name each other
            was, now = change.fields.get("in_return_for", (None, None))
            for slug in sorted(set(now or ()) - set(was or ())):
                writer.names.declared(ThingKind.CONCESSION, slug)
        altered = [change for change in changes if not change.added]
        if altered and reason is None:
            lines = [line for change in altered for line in in_words(change)]
            raise Refused("reason needed", changes=lines)
        return changes, range(first, writer.next)


def add(
    writer: Writer, what: ThingKind, slug: str, given: ThingFields
) -> tuple[Change, range]:
    """Declare one new thing."""
    if version_in_force(writer, what, slug) is not None:
        raise Refused("slug taken", slug=slug, kind=what.value)
    fields = validated(
        what, slug, {name: word for name, word in given.items() if word is not None}
    )
    (added,), numbers = declare(writer, Command.ADD, [Declaring(what, slug, fields)])
    return added, numbers


def change(
    writer: Writer, slug: str, given: ThingFields, reason: str
) -> tuple[Change, range]:
    """Change some fields of a declaration; None removes a field."""
    what, slug, fields = held(writer, slug)
    whole = {
        name: value for name, value in {**fields, **given}.items() if value is not None
    }
    changed = validated(what, slug, whole)
    done, numbers = declare(
        writer, Command.CHANGE, [Declaring(what, slug, changed)], reason
    )
    if not done:
        raise WrongUsage("nothing changed", slug=slug)
    return done[0], numbers


def _declared(
    writer: Writer, command: Command, declaring: Declaring, reason: str | None
) -> Change | None:
    """Declare a thing, with parties named by slug, each once, unless the book holds it so."""
    what, slug, given = declaring
    party = writer.names.party
    fields = {
        name: [*dict.fromkeys(map(party, value))] if name in SIDES else value
        for name, value in given.items()
    }
    if given.get("part_of", slug) != slug:
        fields["part_of"] = party(given["part_of"])
    declaring = Declaring(what, slug, fields)
    for field, wrong in complaints(declaring):
        raise WrongUsage("bad field", field=field, reason=wrong)
    before = version_in_force(writer, what, slug)
    if before == fields:
        return None
    require_fitting(writer, declaring, before)
    note = None if before is None else reason
    declares = {"what": what.value, **fields}
    day = exactly(writer.today)
    entry = unwritten(EntryKind.DECLARATION, slug, day, note=note, declares=declares)
    writer.append(command, [keyed(entry)])
    return Change(what, slug, differing(before or {}, fields), before is None)


def in_words(change: Change) -> list[str]:
    """Return one line per change: `concession soybeans, title: Soybeans → US soybeans`."""
    name = f"{change.what} {change.slug}"
    if change.added:
        return [f"{name}: added"]
    return [
        f"{name}, {change_in_words(field, *both)}"
        for field, both in change.fields.items()
    ]

"""Corrections: nothing is changed or deleted; a retracted entry no longer counts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from tracker.database.contents import in_list
from tracker.dates import exactly
from tracker.entry import HELD_AS, SHAPES, Entry, shape_of_kind, unwritten
from tracker.errors import NotFound, Refused, WrongUsage
from tracker.journal.admission import Admission
from tracker.journal.batch import keyed, require_text
from tracker.journal.consistency import held, require_fit_again, resting_on, without
from tracker.journal.writer import Writer
from tracker.record import LATEST, Record
from tracker.vocabulary import Command, EntryKind, ThingKind

OPTIONS = {
    "effective_on": "on",
    "public_on": "public",
    "counted_by": "by",
    "flow": "flow/--total",
    "due_on": "to",
}
"""The options that are not named after the part of an entry that they correct."""

STAYS = "on import, what this book says stays"
"""The reason for which an import by version 0.3 took back a declaration or a closing."""
DISPUTED = "on import, two copies say otherwise"
"""The reason for which an import takes back what does not count until somebody settles it."""
OUTRANKED = "on import, its author said otherwise later"
"""The reason for which an import takes back what its author has replaced in another copy."""
RESTORED = "on import, what counted instead was withdrawn"
"""The reason for which an import lets count again what an earlier one put aside."""
DECIDED = (STAYS, DISPUTED, OUTRANKED, RESTORED)
"""The reasons of retractions that an import wrote, and nobody by hand."""


def retract(
    writer: Writer, what: int | str, reason: str, *, everything: bool = False
) -> range:
    """Retract an entry by its number, or a thing by its slug, so that it no longer counts."""
    if isinstance(what, str) and not re.fullmatch("#?[0-9]{1,999}", what):
        return retract_thing(writer, what, reason, everything=everything)
    number = int(str(what).removeprefix("#"))
    if target(writer, number).kind is EntryKind.DECLARATION:
        require_sound(writer, [number])
    return take_back(writer, Command.RETRACT, [number], reason)


def retract_thing(writer: Writer, slug: str, reason: str, *, everything: bool) -> range:
    """Retract a thing, what is declared under it, and all entries about any of these.

    Without `everything`, refuse if more than its own declaration would go.
    """
    require_text("reason", reason)
    declared = held(writer, slug)
    thing = writer.names.declared(declared.what, declared.slug)
    record = Record.read(writer.connection)
    things = {thing}
    for below in (ThingKind.CONCESSION, ThingKind.DEADLINE):
        for number, row in record.in_force(below).items():
            if things & {row.agreement_id, getattr(row, "concession_id", None)}:
                things.add(number)
    going = []
    more = Counter[str]()
    for row in record.rows.values():
        if record.counts(row) and things & {row.subject_id, row.concession_id}:
            going.append(row.id)
            if row.kind != EntryKind.DECLARATION or row.subject_id != thing:
                more[record.entries[row.id].author] += 1
    if used := sorted(resting_on(without(record, going), things)):
        raise Refused("still used", slug=declared.slug, entries=used)
    if more and not everything:
        authors = [f"{author} {many}" for author, many in more.most_common()]
        raise Refused("more rests", slug=declared.slug, authors=authors)
    return take_back(writer, Command.RETRACT, going, reason)


def amend(
    writer: Writer,
    number: int,
    corrections: dict[str, Any],
    reason: str | None = None,
    added: Sequence[str] = (),
) -> range:
    """Replace an entry: its retraction and the corrected one, with `added` sources, as a batch."""
    target(writer, number)
    before = writer.names.touched_by([number]).said_again(number)
    shape = shape_of_kind(before.kind, before.outcome)
    if shape not in SHAPES or not SHAPES[shape].amendable:
        raise Refused("cannot amend", entry=number, kind=shape)
    parts = dict.fromkeys(SHAPES[shape].fields)
    if shape == "move":
        # A restated target has its deadline's unit, whatever the old entry had.
        del parts["unit"]
        before = before._replace(unit=None)
    offered = ", ".join(map(_option, parts))
    said = {}
    for part, value in corrections.items():
        if part not in parts:
            given = _option(part)
            raise WrongUsage(
                "option not of kind",
                option=given,
                entry=number,
                kind=shape,
                options=offered,
            )
        said[HELD_AS.get(part, part)] = value
    if added:
        sources = said.get("source", before.source)
        said["source"] = tuple(dict.fromkeys((*sources, *added)))
    corrected = before._replace(**said)
    if corrected == before:
        raise WrongUsage("nothing to amend", entry=number, kind=shape, options=offered)
    return take_back(writer, Command.AMEND, [number], reason, corrected)


def _option(part: str) -> str:
    return f"--{OPTIONS.get(part, part)}"


def undo(writer: Writer) -> range:
    """Take back the author's latest command.

    What it retracted counts again. An undo is not undone itself: the next one goes a command
    further back. The import of a book is one command, whoever recorded its entries. If others took
    back the latest one, undo is refused, because the one before it may not be meant.
    """
    author = writer.author
    for command, numbers in _commands(writer):
        record = writer.names.touched_by(numbers)
        # What its own retractions took back is retracted again: it must not count without them.
        wrong = [
            number
            for number in numbers
            if record.retracted.get(number, number) in numbers
        ]
        others = {record.retracted[number] for number in {*numbers} - {*wrong}}
        taken = [record.entries[number] for number in sorted(others)]
        if any(
            (entry.command, entry.author) == (Command.UNDO, author) for entry in taken
        ):
            continue
        if not wrong:
            last = taken[-1]
            raise Refused(
                "already taken back",
                command=command,
                entry=numbers[0],
                author=last.author,
                retracted_by=last.entry,
            )
        if numbers.stop < writer.next:
            # Otherwise the book will say what it said before the command.
            require_sound(writer, wrong)
        return take_back(writer, Command.UNDO, wrong)
    raise Refused("nothing to undo", author=author)


def _commands(writer: Writer) -> Iterator[tuple[str, range]]:
    """Yield the commands of the author but undos, the latest first, each with its entries.

    The import of a book is one command, although its batches are by others.
    """
    columns = "first_entry, command, author, merged_by, recorded_at"
    rows = writer.connection.query(f"SELECT {columns} FROM batch ORDER BY id DESC")
    following = writer.next
    for row, earlier in zip_longest(rows, rows[1:]):
        first, command, author, *merged = row
        merged_by = merged[0]
        if merged_by and earlier and [*earlier[3:]] == merged:
            continue  # the same import began before
        if merged_by:
            command = Command.IMPORT
            author = merged_by
        if author == writer.author and command != Command.UNDO:
            yield command, range(first, following)
        following = first


def require_sound(writer: Writer, numbers: Sequence[int]) -> None:
    """Refuse to retract some entries if what would count then does not fit together."""
    before = writer.names.touched_by(numbers)
    after = without(before, numbers)
    if gone := before.things_in_force - after.things_in_force:
        before = Record.read(writer.connection)  # anything in the book may rest on these
        after = without(before, numbers)
        if used := resting_on(after, gone):
            things = set[int]().union(*used.values())
            lost = [
                entry for entry in numbers if before.rows[entry].subject_id in things
            ]
            raise Refused("entry in use", entries=lost, resting=sorted(used))
    require_fit_again(before, after)


# --- retractions ---------------------------------------------------------------------------------


def take_back(
    writer: Writer,
    command: Command,
    numbers: Iterable[int],
    reason: str | None = None,
    instead: Entry | None = None,
) -> range:
    """Retract some entries and, if one is given, record another one instead, as one batch.

    Every correction ends here. `undo` gives no reason, `amend` may.
    """
    require_text("reason", reason)
    wrong = targets_of(writer, numbers)
    said = unwritten(EntryKind.RETRACTION, "", exactly(writer.today), note=reason)
    with writer.batch(command):
        written = writer.append(command, [referring(said, entry) for entry in wrong])
        writer.names.forget(*(entry.subject for entry in wrong))
        if instead is None:
            return written
        return range(written.start, Admission(writer).admit(command, [instead]).stop)


def referring(entry: Entry, to: Entry) -> Entry:
    """Return an entry that refers to another one, with its key."""
    entry = entry._replace(
        subject=to.subject, concession=to.concession, refers_to=to.entry
    )
    return keyed(entry, f"{to.key.hex()}-{to.nth}")


def target(writer: Writer, number: int) -> Entry:
    """Return an entry that may be corrected."""
    targets = targets_of(writer, [number]) if number < LATEST else []
    if not targets:
        raise NotFound("no such entry", entry=number, head=writer.next - 1)
    (entry,) = targets
    if entry.kind is EntryKind.RETRACTION:
        raise Refused("retraction stands", entry=number)
    if entry.retracted_by:
        sql = "SELECT note FROM entry WHERE refers_to = :entry"
        reasons = {note for (note,) in writer.connection.query(sql, entry=number)}
        if not reasons <= {*DECIDED}:
            # With an import that put it aside somebody may agree.
            raise Refused(
                "already retracted", entry=number, retracted_by=entry.retracted_by
            )
    return entry


TARGETS = """
SELECT
    e.id, e.kind, e.key, e.nth, t.slug, c.slug,
    (SELECT MIN(r.from_id) FROM retracted AS r WHERE r.entry_id = e.id), e.refers_to
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS c ON c.id = e.concession_id
WHERE e.id IN ({})
ORDER BY e.id
"""
"""What retractions need to know about the entries that they name."""


def targets_of(writer: Writer, numbers: Iterable[int]) -> list[Entry]:
    """Return some entries, in order, with no more than an entry that refers to them needs."""
    targets = []
    today = exactly(writer.today)
    for row in writer.connection.query(TARGETS.format(in_list(numbers))):
        number, kind, key, nth, subject, concession, retracted_by, refers_to = row
        entry = unwritten(EntryKind(kind), subject, today, refers_to=refers_to)
        targets.append(
            entry._replace(
                entry=number,
                concession=concession,
                key=bytes(key),
                nth=nth,
                retracted_by=retracted_by,
            )
        )
    return targets

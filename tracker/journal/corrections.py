"""Corrections: nothing is changed or deleted; a retracted entry no longer counts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from tracker.database.contents import in_list, touched
from tracker.dates import exactly
from tracker.entry import SAID, SHAPES, Entry, shape_of_kind, unwritten
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


def retract(writer: Writer, what: int | str, reason: str, *, everything: bool = False) -> range:
    """Retract an entry by its number, or a thing by its slug, so that it no longer counts."""
    if isinstance(what, str) and not re.fullmatch("#?[0-9]+", what):
        return retract_thing(writer, what, reason, everything=everything)
    entry = int(str(what).removeprefix("#"))
    if target(writer, entry).kind is EntryKind.DECLARATION:
        require_sound(writer, [entry])
    return take_back(writer, Command.RETRACT, [entry], reason)


def retract_thing(writer: Writer, slug: str, reason: str, *, everything: bool) -> range:
    """Retract a thing, what is declared under it, and all entries about any of these.

    Without `everything`, refuse if more than its own declaration would go.
    """
    require_text("reason", reason)
    what, slug, _ = held(writer, slug)
    thing = writer.names.declared(what, slug)
    record = Record.read(writer.connection)
    things = {thing}
    for below in (ThingKind.CONCESSION, ThingKind.DEADLINE):
        for number, row in record.in_force(below).items():
            if things & {row.agreement_id, getattr(row, "concession_id", None)}:
                things.add(number)
    counting = filter(record.counts, record.rows.values())
    rows = [row for row in counting if things & {row.subject_id, row.concession_id}]
    going = [row.id for row in rows]
    if used := sorted(resting_on(without(record, going), things)):
        raise Refused("still used", slug=slug, entries=used)
    declaration = EntryKind.DECLARATION, thing
    more = [row.id for row in rows if (row.kind, row.subject_id) != declaration]
    if more and not everything:
        authors = Counter(record.entries[entry].author for entry in more).most_common()
        raise Refused(
            "more rests", slug=slug, authors=[f"{author} {many}" for author, many in authors]
        )
    return take_back(writer, Command.RETRACT, going, reason)


def amend(
    writer: Writer,
    entry: int,
    corrections: dict[str, Any],
    reason: str | None = None,
    added: Sequence[str] = (),
) -> range:
    """Replace an entry: its retraction and the corrected one, with `added` sources, as a batch."""
    target(writer, entry)
    before = said_again(_around(writer, [entry]), entry)
    shape = shape_of_kind(before.kind, before.outcome)
    if shape not in SHAPES or not SHAPES[shape].amendable:
        raise Refused("cannot amend", entry=entry, kind=shape)
    # A restated target has its deadline's unit, whatever the old entry had.
    fields = dict.fromkeys(SHAPES[shape].fields)
    parts = [part for part in fields if (shape, part) != ("move", "unit")]
    offered = ", ".join(_option(part) for part in parts)
    for part in corrections:
        if part not in parts:
            raise WrongUsage(
                "option not of kind", option=_option(part), entry=entry, kind=shape, options=offered
            )
    said = {"value" if part == "target" else part: value for part, value in corrections.items()}
    if added:
        sources = said.get("source", before.source)
        said["source"] = (*sources, *(source for source in added if source not in sources))
    corrected = before._replace(**said)
    if corrected == before:
        raise WrongUsage("nothing to amend", entry=entry, kind=shape, options=offered)
    with writer.batch(Command.AMEND):
        first = take_back(writer, Command.AMEND, [entry], reason)
        unit = None if shape == "move" else corrected.unit
        admitted = Admission(writer).admit(Command.AMEND, [corrected._replace(unit=unit)])
    return range(first.start, admitted.stop)


def _around(writer: Writer, numbers: Collection[int]) -> Record:
    """Return what the book holds about what some entries are about."""
    return Record.read(writer.connection, touched(writer.connection, numbers))


def _option(part: str) -> str:
    return f"--{OPTIONS.get(part, part)}"


def _commands(writer: Writer) -> Iterator[tuple[str, range]]:
    """Yield the commands of an author, the latest first, each with its entries.

    The import of a book is one command, although its batches are by others.
    """
    columns = "COALESCE(merged_by, author), merged_by, recorded_at, id, command, first_entry"
    rows = writer.connection.query(f"SELECT {columns} FROM batch ORDER BY id DESC")
    following = writer.next
    for (author, merged_by, _), batches in groupby(
        rows, lambda row: (row[0], row[1], row[2] if row[1] else row[3])
    ):
        command, first = [*batches][-1][4:]
        if author == writer.author:
            yield Command.IMPORT if merged_by else command, range(first, following)
        following = first


def undo(writer: Writer) -> range:
    """Take back the author's latest command.

    What it retracted counts again. An undo is not undone itself: the next one goes a command
    further back. The import of a book is one command, whoever recorded its entries. If others took
    back the latest one, undo is refused, because the one before it may not be meant.
    """
    author = writer.author
    for command, batch in _commands(writer):
        if command == Command.UNDO:
            continue
        record = _around(writer, batch)
        others = {line.retracted_by for line in record.lines(batch)} - {None, *batch}
        taken = [record.entries[number] for number in others if number]
        if any((entry.command, entry.author) == (Command.UNDO, author) for entry in taken):
            continue
        # What its own retractions took back is retracted again: it must not count without them.
        wrong = [number for number in batch if record.retracted.get(number, number) in batch]
        if not wrong:
            last_taken = max(taken)
            other = last_taken.author
            by = last_taken.entry
            raise Refused(
                "already taken back", command=command, entry=batch[0], author=other, retracted_by=by
            )
        if batch.stop < writer.next:  # else the book will say what it said before the command
            require_sound(writer, wrong)
        return take_back(writer, Command.UNDO, wrong)
    raise Refused("nothing to undo", author=author)


def require_sound(writer: Writer, numbers: Sequence[int]) -> None:
    """Refuse to retract some entries if what would count then does not fit together."""
    before = _around(writer, numbers)
    after = without(before, numbers)
    if gone := before.things_in_force - after.things_in_force:
        before = Record.read(writer.connection)  # anything in the book may rest on these
        after = without(before, numbers)
        if used := resting_on(after, gone):
            things = set[int]().union(*used.values())
            lost = [entry for entry in numbers if before.rows[entry].subject_id in things]
            raise Refused("entry in use", entries=lost, resting=sorted(used))
    require_fit_again(before, after)


# --- retractions ---------------------------------------------------------------------------------


def take_back(
    writer: Writer, command: Command, entries: Iterable[int], reason: str | None = None
) -> range:
    """Retract some entries; `undo` gives no reason, `amend` may."""
    require_text("reason", reason)
    wrong = targets_of(writer, entries)
    said = unwritten(EntryKind.RETRACTION, "", exactly(writer.today), note=reason)
    numbers = writer.append(command, [referring(said, entry) for entry in wrong])
    writer.names.forget(*(entry.subject for entry in wrong))
    return numbers


def referring(entry: Entry, to: Entry) -> Entry:
    """Return an entry that refers to another one, with its key."""
    entry = entry._replace(subject=to.subject, concession=to.concession, refers_to=to.entry)
    return keyed(entry, f"{to.key.hex()}-{to.nth}")


def target(writer: Writer, entry: int) -> Entry:
    """Return an entry that may be corrected."""
    targets = targets_of(writer, [entry]) if entry < LATEST else []
    if not targets:
        raise NotFound("no such entry", entry=entry, head=writer.next - 1)
    if targets[0].kind is EntryKind.RETRACTION:
        raise Refused("retraction stands", entry=entry)
    if targets[0].retracted_by and not _is_put_aside(writer, entry):
        raise Refused("already retracted", entry=entry, retracted_by=targets[0].retracted_by)
    return targets[0]


def _is_put_aside(writer: Writer, entry: int) -> bool:
    """Return whether only imports took an entry back; somebody who agrees may do so, too."""
    sql = "SELECT note FROM entry WHERE refers_to = :entry"
    return all(note in DECIDED for (note,) in writer.connection.query(sql, entry=entry))


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


def said_again(record: Record, number: int) -> Entry:
    """Return the unwritten entry that would say again what one says."""
    entry = record.entries[number]
    text = record.texts.get(number)
    said = {name: getattr(entry, name) for name in SAID}
    if entry.kind is EntryKind.DECLARATION:
        said["declares"] = record.declares(number)
    return unwritten(entry.kind, entry.subject, **said, text=text and text._asdict())


def targets_of(writer: Writer, entries: Iterable[int | None]) -> list[Entry]:
    """Return some entries, in order, with no more than an entry that refers to them needs."""
    targets = []
    for row in writer.connection.query(TARGETS.format(in_list(filter(None, entries)))):
        entry, kind, key, nth, slug, concession, by, refers_to = row
        whole = unwritten(EntryKind(kind), slug, exactly(writer.today), refers_to=refers_to)
        written = {"entry": entry, "key": bytes(key), "nth": nth, "retracted_by": by}
        targets.append(whole._replace(concession=concession, **written))
    return targets

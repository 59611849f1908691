"""Corrections: nothing is changed or deleted; a retracted entry no longer counts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from typing import Any

from tracker.database.contents import contents, touched
from tracker.entry import SHAPES, Subject, said_again, shape_of_kind
from tracker.errors import Refused, WrongUsage
from tracker.journal.admission import Admission
from tracker.journal.consistency import counting_again, held, require_in_force, require_parties
from tracker.journal.targets import Target, retraction, take_back, target, targets_of
from tracker.journal.writer import Writer, require_text
from tracker.record import Record
from tracker.vocabulary import Command, EntryKind, Namespace, ThingKind

OPTIONS = {
    "effective_on": "on",
    "public_on": "public",
    "counted_by": "by",
    "flow": "flow/--total",
    "due_on": "to",
}
"""The options that are not named after the part of an entry that they correct."""


def retract(writer: Writer, what: int | str, reason: str, *, everything: bool = False) -> range:
    """Retract an entry by its number, or a thing by its slug, so that it no longer counts."""
    if isinstance(what, str) and not re.fullmatch("#?[0-9]+", what):
        return retract_thing(writer, what, reason, everything=everything)
    entry = int(str(what).removeprefix("#"))
    if everything:
        why = "which is retracted alone"
        raise WrongUsage("option unfit", option="--everything", other=f"entry {entry}", reason=why)
    wrong = target(writer, entry)
    if wrong.kind is EntryKind.DECLARATION:
        require_unused(writer, [wrong], range(entry, entry + 1))
    with writer.batch(Command.RETRACT):
        numbers = take_back(writer, Command.RETRACT, [wrong], reason)
        _require_sound(writer, [wrong], numbers.start - 1, entry)
    return numbers


def retract_thing(writer: Writer, slug: str, reason: str, *, everything: bool) -> range:
    """Retract a thing, what is declared under it, and all entries about any of these.

    Without `everything`, refuse if more than its own declaration would go.
    """
    require_text("reason", reason)
    what, slug, _ = held(writer, slug)
    thing, record = writer.names.declared(what, slug), Record(contents(writer.connection))
    things = {thing, *_beneath(record, slug)} if what in OWNERS else {thing}
    going = [
        number
        for number, row in record.rows.items()
        if things & {row.subject_id, row.concession_id} and _counts(record, row)
    ]
    if used := sorted(resting(record, things, range(0)).keys() - {*going}):
        raise Refused("still used", slug=slug, entries=used)
    about = targets_of(writer, going)
    own = EntryKind.DECLARATION, thing
    more = [wrong.entry for wrong in about if (wrong.kind, wrong.subject.id) != own]
    if more and not everything:
        counts = Counter(record.entries[entry].author for entry in more).most_common()
        raise Refused(
            "more rests", slug=slug, authors=[f"{author} {many}" for author, many in counts]
        )
    return take_back(writer, Command.RETRACT, about, reason)


OWNERS = (ThingKind.AGREEMENT, ThingKind.CONCESSION)
"""The kinds of things under which others are declared."""


def _beneath(record: Record, slug: str) -> Iterator[int]:
    """Yield the things that are declared under an agreement or a concession, at any depth."""
    own = {slug, *(one.slug for one in record.concessions.values() if one.agreement == slug)}
    deadlines = record.deadlines.values()
    own |= {one.slug for one in deadlines if own & {one.agreement, one.concession}}
    yield from (record.numbers[Namespace.SUBJECT.value, one] for one in own)


def _counts(record: Record, row: Any) -> bool:
    """Return whether an entry counts and is not a retraction."""
    return row.kind != EntryKind.RETRACTION and row.id not in record.retracted


def resting(record: Record, things: Set[int], batch: range) -> dict[int, set[int]]:
    """Return the live entries outside a batch that rest on some things, and on which of them.

    They are about them, or name them as speaker, as source or in a declaration.
    """
    found = {}
    for number, row in record.rows.items():
        if number not in batch and _counts(record, row):
            sources = (record.numbers["source", key] for key in record.sources_of.get(number, ()))
            named = {row.subject_id, row.says_id, *sources, *record.named_in(number)}
            if on := named & things:
                found[number] = on | ({row.concession_id} & things)
    return found


def amend(
    writer: Writer,
    entry: int,
    corrections: dict[str, Any],
    reason: str | None = None,
    added: Sequence[str] = (),
) -> range:
    """Replace an entry: its retraction and the corrected one, with `added` sources, as a batch."""
    wrong = target(writer, entry)
    record = _around(writer, [entry])
    whole = record.entries[entry]
    text = record.texts.get(entry)
    before = said_again(whole)._replace(text=text and text._asdict())
    shape = shape_of_kind(whole.kind, whole.outcome)
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
        held = said.get("source", before.source)
        said["source"] = (*held, *(source for source in added if source not in held))
    corrected = before._replace(**said)
    if corrected == before:
        raise WrongUsage("nothing to amend", entry=entry, kind=shape, options=offered)
    with writer.batch(Command.AMEND):
        first = writer.append(Command.AMEND, [retraction(writer, wrong, reason)])
        unit = None if shape == "move" else corrected.unit
        admitted = Admission(writer).admit(Command.AMEND, [corrected._replace(unit=unit)])
    return range(first.start, admitted.stop)


def _around(writer: Writer, numbers: Collection[int]) -> Record:
    """Return what the book holds about what some entries are about."""
    return Record(contents(writer.connection, touched(writer.connection, numbers)))


def _option(part: str) -> str:
    return f"--{OPTIONS.get(part, part)}"


COMMANDS_BY = """
SELECT d.command, d.first_entry, COALESCE(
    (SELECT n.first_entry - 1 FROM batch AS n WHERE n.id = d.last_id + 1),
    (SELECT MAX(m.id) FROM entry AS m)
)
FROM (
    SELECT b.command, b.first_entry, b.id AS last_id
    FROM batch AS b
    WHERE b.author = :author AND b.merged_by IS NULL
    UNION ALL
    SELECT 'import', MIN(b.first_entry), MAX(b.id)
    FROM batch AS b
    WHERE b.merged_by = :author
    GROUP BY b.recorded_at
) AS d
ORDER BY d.last_id DESC
"""
"""An author's commands, latest first, each with its first and last entry.

The import of a book is one command, although its batches are by others.
"""


def undo(writer: Writer) -> range:
    """Take back the author's latest command.

    What it retracted counts again. An undo is not undone itself: the next one goes a command
    further back. The import of a book is one command, whoever recorded its entries. If others took
    back the latest one, undo is refused, because the one before it may not be meant.
    """
    author = writer.author
    for command, first, last in writer.connection.query(COMMANDS_BY, author=author):
        if command == Command.UNDO:
            continue
        batch = range(first, last + 1)
        record = _around(writer, batch)
        taken = [
            record.entries[by]
            for one in record.lines(batch)
            if (by := one.retracted_by) and by not in batch
        ]
        if any((one.command, one.author) == (Command.UNDO, author) for one in taken):
            continue
        # What its own retractions took back is retracted again: it must not count without them.
        found = targets_of(writer, batch)
        wrong = [one for one in found if not one.retracted_by or one.retracted_by in batch]
        if not wrong:
            last_taken = max(taken)
            other, by = last_taken.author, last_taken.entry
            raise Refused(
                "already taken back", command=command, entry=first, author=other, retracted_by=by
            )
        # Without anything after it, the book will say what it said before the command.
        is_last = last + 1 == writer.next
        if not is_last:
            require_unused(writer, _lost(writer, wrong), batch)
        with writer.batch(Command.UNDO):
            numbers = take_back(writer, Command.UNDO, wrong)
            if not is_last:
                _require_sound(writer, wrong, numbers.start - 1, first - 1)
        return numbers
    raise Refused("nothing to undo", author=author)


def _require_sound(writer: Writer, wrong: Sequence[Target], before: int, since: int) -> None:
    """Refuse what was retracted after an entry, if what counts now does not fit together.

    What counts again had counted until another entry, `since`.
    """
    again = {one.entry: one for one in _taken_back_by(writer, wrong) if not one.retracted_by}
    changed = (*_lost(writer, wrong), *again.values())
    declared = (one.subject for one in changed if one.kind is EntryKind.DECLARATION)
    for thing in dict.fromkeys(declared):
        require_in_force(writer, thing, before)
    admission, same = Admission(writer), set[Subject]()
    for whole in _around(writer, again).lines(again):
        if whole.kind in (EntryKind.DECLARATION, EntryKind.RETRACTION):
            continue
        one = again[whole.entry]
        with counting_again(one.entry):
            if one.subject not in same:
                _require_same_subject(writer, one, since)
            same.add(one.subject)
            require_parties(writer, [whole.says] if whole.says else [])
            admission.completed(said_again(whole))
            if whole.outcome:
                _require_open(writer, one, since)


def _require_same_subject(writer: Writer, one: Target, since: int) -> None:
    """Refuse an entry about what is not declared, or is another kind of thing since an entry."""
    slug = one.subject.slug
    if one.subject.what == Namespace.SOURCE:
        writer.names.source(slug)
    else:
        now, record = writer.names.subject(slug), writer.names.record(slug)
        if record.up_to(since).subject(slug) != now:
            changed = f"the kind, the parent or the unit of '{slug}' has changed since"
            raise Refused("cannot count again", entry=one.entry, reason=changed)


def _require_open(writer: Writer, closing: Target, since: int) -> None:
    """Refuse an outcome of a deadline that was closed again after an entry."""
    slug = closing.subject.slug
    for entry in _around(writer, [closing.entry]).entries.values():
        again = entry.subject == slug and entry.outcome and entry.retracted_by is None
        if again and entry.entry > since:
            raise Refused(
                "already closed", deadline=slug, outcome=str(entry.outcome), entry=entry.entry
            )


def _lost(writer: Writer, wrong: Sequence[Target]) -> list[Target]:
    """Return what will not count once some entries are retracted.

    A retraction of a retraction had restored what that one took back.
    """
    own = (one for one in wrong if one.kind is not EntryKind.RETRACTION)
    return [*own, *_taken_back_by(writer, _taken_back_by(writer, wrong))]


def _taken_back_by(writer: Writer, found: Iterable[Target]) -> list[Target]:
    """Return what the retractions among some entries retracted."""
    return targets_of(writer, (one.refers_to for one in found if one.kind is EntryKind.RETRACTION))


def require_unused(writer: Writer, wrong: list[Target], batch: range) -> None:
    """Refuse to retract what live entries outside a batch rest on."""
    record = Record(contents(writer.connection))
    declared = {one.subject.id: one.entry for one in wrong if one.kind is EntryKind.DECLARATION}
    lost = {thing for thing in declared if not _earlier_version(record, thing, batch)}
    on_things = resting(record, lost, batch)
    used = {declared[one] for things in on_things.values() for one in things}
    if on_things:
        raise Refused("entry in use", entries=sorted(used), resting=sorted(on_things))


def _earlier_version(record: Record, thing: int, batch: range) -> bool:
    """Return whether a thing has a version in force once a batch is taken back."""
    found = ((one, record.retracted.get(one)) for one in record.declared_as(thing))
    return any((by is None or by in batch) and one not in batch for one, by in found)

"""Corrections: nothing is changed or deleted; a retracted entry no longer counts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from tracker.database.contents import contents, touched
from tracker.dates import Period, exactly
from tracker.errors import (
    AlreadyClosed,
    AlreadyRetracted,
    AlreadyTakenBack,
    CannotAmend,
    CannotCountAgain,
    EntryInUse,
    MoreRests,
    NoSuchEntry,
    NothingToAmend,
    NothingToUndo,
    OptionNotOfKind,
    OptionUnfit,
    RetractionStands,
    StillUsed,
)
from tracker.facts import LATEST, Entry
from tracker.journal.admission import Admission
from tracker.journal.consistency import counting_again, held, require_in_force, require_parties
from tracker.journal.draft import Draft, draft_of
from tracker.journal.shapes import SHAPES, shape_of_kind
from tracker.journal.versions import texts_between
from tracker.journal.writer import Writer, require_text
from tracker.record import Record, Subject, period_of
from tracker.vocabulary import Command, EntryKind, Namespace

OPTIONS = {
    "effective_on": "on",
    "public_on": "public",
    "counted_by": "by",
    "flow": "flow/--total",
    "due_on": "to",
}
"""The options that are not named after the part of an entry that they correct."""


class Target(NamedTuple):
    """An entry that another one refers to, what retracted it, and what it refers to itself."""

    entry: int
    kind: EntryKind
    key: bytes
    nth: int
    subject: Subject
    retracted_by: int | None
    refers_to: int | None


def retract(writer: Writer, what: int | str, reason: str, *, everything: bool = False) -> range:
    """Retract an entry by its number, or a thing by its slug, so that it no longer counts."""
    if isinstance(what, str) and not re.fullmatch("#?[0-9]+", what):
        return retract_thing(writer, what, reason, everything=everything)
    entry = int(str(what).removeprefix("#"))
    if everything:
        why = "which is retracted alone"
        raise OptionUnfit(option="--everything", other=f"entry {entry}", reason=why)
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
    what, _ = held(writer, slug)
    thing = writer.names.declared(what, slug)
    beneath = writer.connection.rows("beneath", thing_id=thing, known=LATEST)
    things = frozenset({thing, *(row[0] for row in beneath)})
    rows = writer.connection.rows("about", things=things, known=LATEST)
    going = {entry for entry, by in rows if by is None}
    rows = writer.connection.rows("resting", things=things, first=0, last=0, known=LATEST)
    if used := [entry for entry, *_ in rows if entry not in going]:
        raise StillUsed(slug=slug, entries=used)
    about = targets_of(writer, going)
    own = EntryKind.DECLARATION, thing
    more = [wrong.entry for wrong in about if (wrong.kind, wrong.subject.id) != own]
    if more and not everything:
        counts = Counter(entry.author for entry in _entries(writer, more)).most_common()
        raise MoreRests(slug=slug, authors=[f"{author} {many}" for author, many in counts])
    return take_back(writer, Command.RETRACT, about, reason)


def amend(
    writer: Writer, entry: int, corrections: dict[str, Any], reason: str | None = None
) -> range:
    """Replace an entry: its retraction and the corrected entry, in one batch."""
    wrong = target(writer, entry)
    (whole,) = _entries(writer, [entry])
    text = texts_between(writer.connection, entry, entry).get(entry)
    draft = draft_of(whole)._replace(text=text)
    shape = shape_of_kind(whole.kind, whole.outcome)
    if shape not in SHAPES or not SHAPES[shape].amendable:
        raise CannotAmend(entry=entry, kind=shape)
    # A restated target has its deadline's unit, whatever the old entry had.
    fields = dict.fromkeys(SHAPES[shape].fields)
    parts = [part for part in fields if (shape, part) != ("move", "unit")]
    offered = ", ".join(_option(part) for part in parts)
    for part in corrections:
        if part not in parts:
            raise OptionNotOfKind(option=_option(part), entry=entry, kind=shape, options=offered)
    said = {"value" if part == "target" else part: value for part, value in corrections.items()}
    corrected = draft._replace(**said)
    if corrected == draft:
        raise NothingToAmend(entry=entry, kind=shape, options=offered)
    with writer.batch(Command.AMEND):
        first = writer.append(Command.AMEND, [retraction(writer, wrong, reason)])
        unit = None if shape == "move" else corrected.unit
        admitted = Admission(writer).admit(Command.AMEND, [corrected._replace(unit=unit)])
        last = _cite_again(writer, whole, admitted.start, corrected.effective_on)
    return range(first.start, last.stop)


def _entries(writer: Writer, numbers: Collection[int]) -> list[Entry]:
    things = touched(writer.connection, numbers)
    return Record(contents(writer.connection, things)).lines(numbers)


def _option(part: str) -> str:
    return f"--{OPTIONS.get(part, part)}"


def _cite_again(writer: Writer, wrong: Entry, entry: int, on: Period) -> range:
    """Add to a corrected entry the sources that had been added to the wrong one.

    Those that were added with it count from its new day, the others from theirs.
    """
    rows = writer.connection.rows("cited_by", entry=wrong.entry, known=LATEST)
    cited = [target(writer, entry)] if rows else []
    days = [(source, period_of(*day)) for source, *day in rows]
    drafts = [
        citation(writer, one, source, on=on if day == wrong.effective_on else day)
        for one in cited
        for source, day in days
    ]
    return writer.append(Command.AMEND, drafts)


def undo(writer: Writer) -> range:
    """Take back the author's latest command.

    What it retracted counts again. An undo is not undone itself: the next one goes a command
    further back. A merge is one command, whoever recorded its entries. If others took back the
    latest one, undo is refused, because the one before it may not be meant.
    """
    rows, author = writer.connection.rows, writer.author
    for command, first, last in rows("batches_by", author=author):
        if command == Command.UNDO:
            continue
        taken = rows("taken_back", first=first, last=last, author=author)
        if any(is_undo for *_, is_undo in taken):
            continue
        batch = range(first, last + 1)
        # What its own retractions took back is retracted again: it must not count without them.
        found = targets(writer, first, last)
        wrong = [one for one in found if not one.retracted_by or one.retracted_by in batch]
        if not wrong:
            ((by, other, _),) = taken
            raise AlreadyTakenBack(command=command, entry=first, author=other, retracted_by=by)
        # Without anything after it, the book will say what it said before the command.
        is_last = last + 1 == writer.next
        if not is_last:
            require_unused(writer, _lost(writer, wrong), batch)
        with writer.batch(Command.UNDO):
            numbers = take_back(writer, Command.UNDO, wrong)
            if not is_last:
                _require_sound(writer, wrong, numbers.start - 1, first - 1)
        return numbers
    raise NothingToUndo(author=author)


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
    for whole in _entries(writer, again):
        if whole.kind in (EntryKind.DECLARATION, EntryKind.RETRACTION):
            continue
        one = again[whole.entry]
        if whole.kind is EntryKind.CITATION and _cited(writer, one).retracted_by:
            continue
        with counting_again(one.entry):
            if one.subject not in same:
                _require_same_subject(writer, one, since)
            same.add(one.subject)
            require_parties(writer, [whole.says] if whole.says else [])
            admission.completed(draft_of(whole))
            if whole.outcome:
                _require_open(writer, one, since)


def _require_same_subject(writer: Writer, one: Target, since: int) -> None:
    """Refuse an entry about what is not declared, or is another kind of thing since an entry."""
    rows, slug = writer.connection.rows, one.subject.slug
    if one.subject.what == Namespace.SOURCE:
        writer.names.source(slug)
    else:
        writer.names.subject(slug)
        if rows("subject", slug=slug, known=since) != rows("subject", slug=slug, known=LATEST):
            changed = f"the kind, the parent or the unit of '{slug}' has changed since"
            raise CannotCountAgain(entry=one.entry, reason=changed)


def _require_open(writer: Writer, closing: Target, since: int) -> None:
    """Refuse an outcome of a deadline that was closed again after an entry."""
    subject = closing.subject
    rows = writer.connection.rows("outcomes_of", thing_id=subject.id, known=LATEST)
    for entry, by, outcome, _ in rows:
        if by is None and entry > since:
            raise AlreadyClosed(deadline=subject.slug, outcome=outcome, entry=entry)


def _lost(writer: Writer, wrong: Sequence[Target]) -> list[Target]:
    """Return what will not count once some entries are retracted.

    A retraction of a retraction had restored what that one took back.
    """
    own = (one for one in wrong if one.kind is not EntryKind.RETRACTION)
    return [*own, *_taken_back_by(writer, _taken_back_by(writer, wrong))]


def _cited(writer: Writer, citation: Target) -> Target:
    (cited,) = targets_of(writer, [citation.refers_to])
    return cited


def _taken_back_by(writer: Writer, found: Iterable[Target]) -> list[Target]:
    """Return what the retractions among some entries retracted."""
    return targets_of(writer, (one.refers_to for one in found if one.kind is EntryKind.RETRACTION))


def take_back(
    writer: Writer, command: Command, wrong: Sequence[Target], reason: str | None = None
) -> range:
    """Retract some entries, and drop cached lookups of what they are about."""
    numbers = writer.append(command, (retraction(writer, one, reason) for one in wrong))
    for one in wrong:
        writer.names.forget(one.subject.slug)
    writer.names.forget_parties()
    return numbers


def retraction(writer: Writer, wrong: Target, reason: str | None) -> Draft:
    """Return the draft that retracts an entry; `undo` gives no reason, `amend` may."""
    require_text("reason", reason)
    draft = Draft(EntryKind.RETRACTION, "", exactly(writer.today), note=reason)
    return referring(writer, draft, wrong)


def citation(
    writer: Writer, cited: Target, source: str, note: str | None = None, on: Period | None = None
) -> Draft:
    """Return the draft that adds a source to an entry, from today or another day on."""
    require_text("note", note)
    day = on or exactly(writer.today)
    draft = Draft(EntryKind.CITATION, "", day, source=source, note=note)
    return referring(writer, draft, cited)


def referring(writer: Writer, draft: Draft, to: Target) -> Draft:
    """Return a draft that refers to an entry, with its key; refuse an unknown source."""
    if draft.source is not None:
        writer.names.source(draft.source)
    draft = draft._replace(about=to.subject.slug, subject=to.subject, refers_to=to.entry)
    return draft.keyed(named(to))


def named(cited: Target) -> str:
    """Return the name of a target in the key of a retraction or a citation."""
    return f"{cited.key.hex()}-{cited.nth}"


def target(writer: Writer, entry: int) -> Target:
    """Return an entry that may be corrected or cited."""
    found = [*targets(writer, entry, entry)] if entry < LATEST else []
    if not found:
        tail = writer.connection.rows("tail")
        raise NoSuchEntry(entry=entry, head=tail[0][3] if tail else 0)
    if found[0].kind is EntryKind.RETRACTION:
        raise RetractionStands(entry=entry)
    if found[0].retracted_by:
        raise AlreadyRetracted(entry=entry, retracted_by=found[0].retracted_by)
    return found[0]


def targets(writer: Writer, first: int, last: int) -> Iterator[Target]:
    """Yield the entries of these numbers, as another entry would refer to them."""
    for row in writer.connection.rows("targets", first=first, last=last, known=LATEST):
        entry, kind, key, nth, namespace, thing, slug, concession, owner, by, refers_to = row
        subject = Subject(namespace, thing, slug, None, concession, None, owner)
        yield Target(entry, EntryKind(kind), bytes(key), nth, subject, by, refers_to)


def targets_of(writer: Writer, entries: Iterable[int | None]) -> list[Target]:
    """Return some entries, in order, as another entry would refer to them."""
    return [one for run in _runs(filter(None, entries)) for one in targets(writer, *run)]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last number of each unbroken run."""
    places = enumerate(sorted(numbers))
    for _, run in groupby(places, key=lambda one: one[1] - one[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def require_unused(writer: Writer, wrong: list[Target], batch: range) -> None:
    """Refuse to retract what live entries outside a batch rest on."""
    first, last = batch.start, batch.stop - 1
    rows = writer.connection.rows("referring", first=first, last=last, known=LATEST)
    used, resting = {row[1] for row in rows}, {row[0] for row in rows}
    declared = {one.subject.id: one.entry for one in wrong if one.kind is EntryKind.DECLARATION}
    lost = frozenset(thing for thing in declared if not _earlier_version(writer, thing, batch))
    if lost:
        rows = writer.connection.rows("resting", things=lost, first=first, last=last, known=LATEST)
        used |= {declared[one] for _, _, *about in rows for one in about if one in lost}
        resting |= {entry for entry, *_ in rows}
    if resting:
        entries = sorted(used) or [wrong[0].entry]
        raise EntryInUse(entries=entries, resting=sorted(resting))


def _earlier_version(writer: Writer, thing: int, batch: range) -> bool:
    """Return whether a thing has a version in force once a batch is taken back."""
    rows = writer.connection.rows("versions_of", thing_id=thing, known=LATEST)
    return any((by is None or by in batch) and entry not in batch for entry, by in rows)

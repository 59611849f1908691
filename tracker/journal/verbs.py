"""Writes the entries of one command: updates, checks and kept texts."""

from collections.abc import Sequence, Set
from datetime import date

from tracker.dates import Period, exactly
from tracker.entry import Entry, Fingerprint, unwritten
from tracker.errors import NotFound
from tracker.journal.admission import ABOUT, Admission
from tracker.journal.writer import Writer
from tracker.judged import Judged
from tracker.state import Clocks, State
from tracker.vocabulary import Command, DeadlineKind, EntryKind


def record(
    writer: Writer, command: Command, entries: Sequence[Entry], new_series: bool = True
) -> range:
    """Write the entries of one command as one batch.

    Without `new_series`, a reading in a unit of its own is refused.
    """
    admission = Admission(writer)
    entries = [
        entry._replace(subject=writer.names.meant(entry.subject, *ABOUT[entry.kind]))
        for entry in entries
    ]
    for entry in () if new_series else entries:
        admission.require_known_unit(entry)
    return admission.admit(command, entries)


def move_ending(writer: Writer, day: Period, move: Entry) -> range:
    """Log a move for every open expiry that now ends on a given day."""
    positions = Judged(
        State.read(writer.connection, Clocks(writer.today, hindsight=True))
    ).deadlines
    expiries = [one for one in positions.values() if one.deadline.kind is EXPIRY and not one.closed]
    moves = [move._replace(subject=one.deadline.slug) for one in expiries]
    said = _said_already(writer, moves) if writer.once else frozenset()
    entries = [
        entry
        for one, entry in zip(expiries, moves, strict=True)
        if one.due_on == day or entry.subject in said
    ]
    if not entries:
        days = sorted({str(one.due_on) for one in expiries if one.due_on})
        raise NotFound("nothing ends", day=str(day), known=days)
    return record(writer, Command.MOVE, entries)


EXPIRY = DeadlineKind.EXPIRY


def checked(writer: Writer, slugs: Sequence[str]) -> range:
    """Record that somebody looked and found nothing new; without slugs, at every agreement."""
    names = writer.names
    named = (names.meant(word, *ABOUT[EntryKind.CHECK]) for word in slugs)
    slugs = [*named] or [*names.whole().agreements]
    on = exactly(writer.today)
    entries = [unwritten(EntryKind.CHECK, slug, on) for slug in dict.fromkeys(slugs)]
    return Admission(writer).admit(Command.CHECKED, entries)


def keep(
    writer: Writer, source: str, text: Fingerprint, seen_on: date, note: str | None = None
) -> range:
    """Record the text that a source had on a day, unless it is the same as before."""
    writer.names.source(source)
    state = State.read(writer.connection, Clocks(seen_on, hindsight=True))
    key, before = state.sources[source].key, state.texts_of(source)
    if before and before[-1].fingerprint.file_sha256 == text.file_sha256:
        writer.already.append(before[-1].entry)
        return range(writer.next, writer.next)
    held = text._asdict()
    entry = unwritten(EntryKind.TEXT, key, exactly(seen_on), note=note, text=held)
    return Admission(writer).admit(Command.KEEP, [entry])


def _said_already(writer: Writer, entries: Sequence[Entry]) -> Set[str]:
    """Return the slugs about which a live entry already says the same."""
    admission = Admission(writer)
    keys = {admission.completed(entry).key: entry.subject for entry in entries}
    return {keys[key] for key in writer.live([*keys])}

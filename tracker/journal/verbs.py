"""Writes the entries of one command: updates, checks and kept texts."""

from collections.abc import Sequence, Set
from datetime import date

from tracker.dates import Period, exactly
from tracker.errors import NotFound
from tracker.facts import Clocks, Fingerprint
from tracker.journal.admission import ABOUT, Admission
from tracker.journal.draft import Draft
from tracker.journal.writer import Writer
from tracker.judged import Judged
from tracker.state import State
from tracker.vocabulary import Command, DeadlineKind, EntryKind


def record(writer: Writer, command: Command, drafts: Sequence[Draft]) -> range:
    """Write the entries of one command as one batch."""
    for draft in drafts:
        writer.names.subject(draft.about, *ABOUT[draft.kind])
    return Admission(writer).admit(command, drafts)


def move_ending(writer: Writer, day: Period, move: Draft) -> range:
    """Log a move for every open expiry that now ends on a given day."""
    positions = Judged(
        State.read(writer.connection, Clocks(writer.today, hindsight=True))
    ).deadlines
    expiries = [one for one in positions.values() if one.deadline.kind is EXPIRY and not one.closed]
    moves = [move._replace(about=one.deadline.slug) for one in expiries]
    said = _said_already(writer, moves) if writer.once else frozenset()
    drafts = [
        draft
        for one, draft in zip(expiries, moves, strict=True)
        if one.due_on == day or draft.about in said
    ]
    if not drafts:
        days = sorted({str(one.due_on) for one in expiries if one.due_on})
        raise NotFound("nothing ends", day=str(day), known=days)
    return record(writer, Command.MOVE, drafts)


EXPIRY = DeadlineKind.EXPIRY


def checked(writer: Writer, slugs: Sequence[str]) -> range:
    """Record that somebody looked and found nothing new; without slugs, at every agreement."""
    slugs = slugs or [*writer.names.whole().agreements]
    drafts = [Draft(EntryKind.CHECK, slug, exactly(writer.today)) for slug in dict.fromkeys(slugs)]
    return Admission(writer).admit(Command.CHECKED, drafts)


def keep(
    writer: Writer, source: str, text: Fingerprint, seen_on: date, note: str | None = None
) -> range:
    """Record the text that a source had on a day, unless it is the same as before."""
    key = writer.names.source(source).slug
    state = State.read(writer.connection, Clocks(seen_on, hindsight=True))
    key, before = state.sources[key].key, state.texts_of(key)
    if before and before[-1].fingerprint.file_sha256 == text.file_sha256:
        writer.already.append(before[-1].entry)
        return range(writer.next, writer.next)
    draft = Draft(EntryKind.TEXT, key, exactly(seen_on), note=note, text=text)
    return Admission(writer).admit(Command.KEEP, [draft])


def _said_already(writer: Writer, drafts: Sequence[Draft]) -> Set[str]:
    """Return the slugs about which a live entry already says the same."""
    admission = Admission(writer)
    keys = {admission.completed(draft).key: draft.about for draft in drafts}
    return {keys[key] for key in writer.live([*keys])}

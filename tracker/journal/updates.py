"""The updates that people log: stages, notes, and that somebody looked."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.errors import FutureDay, MissedTooEarly, NothingToMiss
from tracker.facts import Clocks
from tracker.journal.draft import Draft
from tracker.journal.writer import Writer
from tracker.queries import Reader
from tracker.rules import deadlines
from tracker.vocabulary import EntryKind, Stage


class Circumstances(NamedTuple):
    """When an update happened, who asserts it, where it stands, and in which words."""

    on: date
    says: str | None = None
    source: str | None = None
    note: str | None = None


def log(writer: Writer, concession: str, stage: Stage, circumstances: Circumstances) -> range:
    """Log a stage: our verdict, or, where a party says so, its claim."""
    writer.names.subject(concession, "concession")
    require_past(writer, circumstances.on)
    if stage is Stage.MISSED:
        require_passed_deadline(writer, concession, circumstances.on)
    return writer.append([stage_draft(concession, stage, circumstances)])


def stage_draft(concession: str, stage: Stage, circumstances: Circumstances) -> Draft:
    """Return the draft of a stage."""
    on, says, source, note_text = circumstances
    return Draft(
        EntryKind.STAGE, concession, on, says=says, stage=stage, source=source, note=note_text
    )


def note(writer: Writer, slug: str, text: str, circumstances: Circumstances) -> range:
    """Write a note on an agreement, a concession or a deadline."""
    require_past(writer, circumstances.on)
    draft = Draft(EntryKind.NOTE, slug, circumstances.on, source=circumstances.source, note=text)
    return writer.append([draft])


def checked(writer: Writer, slugs: Sequence[str]) -> range:
    """Record that somebody looked and found nothing new; without a slug, at every agreement."""
    slugs = slugs or [row[0] for row in writer.connection.rows("agreements")]
    return writer.append(
        Draft(EntryKind.CHECK, slug, writer.today) for slug in dict.fromkeys(slugs)
    )


def require_past(writer: Writer, on: date) -> None:
    """Refuse a day that is still to come."""
    if on > writer.today:
        raise FutureDay(day=on.isoformat(), today=writer.today.isoformat())


def require_passed_deadline(writer: Writer, concession: str, on: date) -> None:
    """Refuse `missed` while every deadline that could be missed is still ahead."""
    reader = Reader(writer.connection, Clocks(on))
    agreement = reader.concessions[concession].agreement
    positions = [
        deadlines.judge(
            deadline, reader.current_moves[deadline.slug], reader.closings[deadline.slug], on
        )
        for deadline in reader.deadlines.values()
    ]
    first = deadlines.first_missable(concession, agreement, positions)
    if first is None:
        raise NothingToMiss(concession=concession)
    if on <= (day := deadlines.first_day_to_miss(first)):
        raise MissedTooEarly(
            subject=concession,
            effective_on=on.isoformat(),
            deadline=first.deadline.slug,
            due_on=day.isoformat(),
        )

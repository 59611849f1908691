"""Entries as a command records them, by a writer whose clock a test sets."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.entry import unwritten
from tracker.journal.admission import Admission
from tracker.journal.corrections import retract_thing
from tracker.journal.writer import Writer
from tracker.vocabulary import Basis, Command, EntryKind, Outcome, Stage


class Circumstances(NamedTuple):
    """What entries of any kind can hold."""

    on: Period
    says: str | None = None
    source: str | None = None
    note: str | None = None
    further: tuple[str, ...] = ()
    """More sources."""
    public_on: date | None = None


class Measurement(NamedTuple):
    """What a reading holds."""

    value: Decimal
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis | None = None
    flow: bool = False


def log(
    writer: Writer, concessions: str | Sequence[str], stage: Stage, said: Circumstances
) -> range:
    slugs = [concessions] if isinstance(concessions, str) else concessions
    return _record(writer, Command.LOG, EntryKind.STAGE, slugs, said, stage=stage)


def measure(writer: Writer, deadline: str, counted: Measurement, said: Circumstances) -> range:
    held = counted._asdict()
    return _record(writer, Command.MEASURE, EntryKind.READING, [deadline], said, **held)


def move(
    writer: Writer, deadline: str, due_on: Period, target: Decimal | None, said: Circumstances
) -> range:
    held = {"due_on": due_on, "value": target}
    return _record(writer, Command.MOVE, EntryKind.DEADLINE, [deadline], said, **held)


def close(writer: Writer, deadline: str, outcome: Outcome, said: Circumstances) -> range:
    return _record(writer, Command.CLOSE, EntryKind.DEADLINE, [deadline], said, outcome=outcome)


def note(writer: Writer, slug: str, text: str, said: Circumstances) -> range:
    return _record(writer, Command.NOTE, EntryKind.NOTE, [slug], said._replace(note=text))


def retract_all(writer: Writer, slug: str, reason: str) -> range:
    return retract_thing(writer, slug, reason, everything=True)


def _record(
    writer: Writer,
    command: Command,
    kind: EntryKind,
    slugs: Sequence[str],
    said: Circumstances,
    **held: Any,
) -> range:
    on, says, source, text, further, public_on = said
    sources = (*([source] if source else []), *further)
    shared = {"says": says, "source": sources, "note": text, "public_on": public_on, **held}
    entries = [unwritten(kind, slug, on, **shared) for slug in slugs]
    return Admission(writer).record(command, entries)

"""The updates that people log: stages, readings, moves, outcomes, notes and checks."""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period, exactly
from tracker.errors import NothingEnds
from tracker.facts import LATEST, Clocks, Fingerprint
from tracker.journal.admission import Admission
from tracker.journal.corrections import citation, target
from tracker.journal.draft import Draft
from tracker.journal.writer import Writer
from tracker.queries import Judged, Reader
from tracker.vocabulary import Basis, Command, DeadlineKind, EntryKind, Outcome, Stage


class Circumstances(NamedTuple):
    """When an update happened, who asserts it, where it is stated, and its note.

    `further` are sources after the first; `public_on` is the day on which it was made public, if
    known.
    """

    on: Period
    says: str | None = None
    source: str | None = None
    note: str | None = None
    further: tuple[str, ...] = ()
    public_on: date | None = None


class Measurement(NamedTuple):
    """What was counted, and by whom: a total so far, or with `flow` what one day added."""

    value: Decimal
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis | None = None
    flow: bool = False


def log(
    writer: Writer, concessions: str | Sequence[str], stage: Stage, circumstances: Circumstances
) -> range:
    """Log a stage: the author's verdict, or a party's claim."""
    slugs = [concessions] if isinstance(concessions, str) else [*dict.fromkeys(concessions)]
    for slug in slugs:
        writer.names.subject(slug, "concession")
    drafts = [_draft(EntryKind.STAGE, slug, circumstances)._replace(stage=stage) for slug in slugs]
    return _record(writer, Command.LOG, drafts, circumstances)


def measure(
    writer: Writer, deadline: str, measurement: Measurement, circumstances: Circumstances
) -> range:
    """Log a reading towards a deadline's target."""
    value, unit, counted_by, basis, flow = measurement
    draft = _draft(EntryKind.READING, deadline, circumstances)._replace(
        value=value, unit=unit, counted_by=counted_by, basis=basis, flow=flow
    )
    return _record(writer, Command.MEASURE, [draft], circumstances)


def move(
    writer: Writer,
    deadline: str,
    due_on: Period,
    target: Decimal | None,
    circumstances: Circumstances,
) -> range:
    """Log a deadline's new day, with a restated target if given, and who said so."""
    writer.names.subject(deadline, "deadline")
    draft = _draft(EntryKind.DEADLINE, deadline, circumstances)
    drafts = [draft._replace(due_on=due_on, value=target)]
    return _record(writer, Command.MOVE, drafts, circumstances)


def move_ending(writer: Writer, day: Period, due_on: Period, circumstances: Circumstances) -> range:
    """Log a new day for every open expiry that now ends on a given day."""
    positions = Judged(writer.connection, Clocks(writer.today)).deadline_positions
    expiries = [one for one in positions.values() if one.deadline.kind is EXPIRY and not one.closed]
    moves = [
        _draft(EntryKind.DEADLINE, one.deadline.slug, circumstances)._replace(due_on=due_on)
        for one in expiries
    ]
    said = _said_already(writer, moves) if writer.once else frozenset()
    drafts = [
        draft
        for one, draft in zip(expiries, moves, strict=True)
        if one.due_on == day or draft.about in said
    ]
    if not drafts:
        days = sorted({str(one.due_on) for one in expiries if one.due_on})
        raise NothingEnds(day=str(day), known=days)
    return _record(writer, Command.MOVE, drafts, circumstances)


EXPIRY = DeadlineKind.EXPIRY


def close(writer: Writer, deadline: str, outcome: Outcome, circumstances: Circumstances) -> range:
    """Log how a deadline ended."""
    writer.names.subject(deadline, "deadline")
    draft = _draft(EntryKind.DEADLINE, deadline, circumstances)._replace(outcome=outcome)
    return _record(writer, Command.CLOSE, [draft], circumstances)


def note(writer: Writer, slug: str, text: str, circumstances: Circumstances) -> range:
    """Add a note to an agreement, a concession or a deadline."""
    draft = _draft(EntryKind.NOTE, slug, circumstances)._replace(note=text)
    return _record(writer, Command.NOTE, [draft], circumstances)


def checked(writer: Writer, slugs: Sequence[str]) -> range:
    """Record that somebody looked and found nothing new; without slugs, at every agreement."""
    slugs = slugs or [row[0] for row in writer.connection.rows("agreements", known=LATEST)]
    drafts = [Draft(EntryKind.CHECK, slug, exactly(writer.today)) for slug in dict.fromkeys(slugs)]
    return Admission(writer).admit(Command.CHECKED, drafts)


def cite(writer: Writer, entry: int, sources: Sequence[str], note: str | None = None) -> range:
    """Add sources to an entry; with the number of an added source, to the same entry as that."""
    cited = target(writer, entry)
    if cited.kind is EntryKind.CITATION:
        cited = target(writer, cited.refers_to or 0)
    drafts = [citation(writer, cited, source, note) for source in dict.fromkeys(sources)]
    return writer.append(Command.CITE, drafts)


def keep(
    writer: Writer, source: str, text: Fingerprint, seen_on: date, note: str | None = None
) -> range:
    """Record the text that a source had on a day, unless it is the same as before."""
    key = writer.names.source(source).slug
    reader = Reader(writer.connection, Clocks(seen_on))
    key, before = reader.sources[key].key, reader.texts_of(key)
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


def _draft(kind: EntryKind, about: str, circumstances: Circumstances) -> Draft:
    on, says, source, note, _, public_on = circumstances
    return Draft(kind, about, on, says=says, source=source, note=note, public_on=public_on)


def _record(
    writer: Writer, command: Command, drafts: Iterable[Draft], circumstances: Circumstances
) -> range:
    """Write drafts and the citations of their further sources, as one batch."""
    with writer.batch(command):
        numbers = Admission(writer).admit(command, drafts)
        said = [*numbers, *writer.already] if circumstances.further else []
        cited = [target(writer, number) for number in said]
        citations = [
            citation(writer, one, source, on=circumstances.on)
            for one in cited
            for source in dict.fromkeys(circumstances.further)
        ]
        last = writer.append(command, [*writer.new_of(citations)])
    return range(numbers.start, last.stop)

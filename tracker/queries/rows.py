"""Turns rows of the statements into facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from sys import intern
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.facts import (
    Agreement,
    Closing,
    Concession,
    Deadline,
    Entry,
    Fingerprint,
    KeptText,
    LastWord,
    Move,
    Reading,
    StageMark,
)
from tracker.vocabulary import (
    Basis,
    Bound,
    Command,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Media,
    Outcome,
    Precision,
    Stage,
)


class Subject(NamedTuple):
    """What a slug names: a thing, and the concession that it is or belongs to."""

    what: str
    id: int
    concession_id: int | None


def _shared(text: str | None) -> str | None:
    """Return one shared object for a text that many rows repeat, to save memory."""
    return intern(text) if text else text


def agreement_of(row: Any) -> Agreement:
    """Return an agreement."""
    slug, title, place, agreed_on, precision, source, _ = row
    return Agreement(slug, title, place, Period(agreed_on, Precision(precision)), source)


def concession_of(row: Any, sides: Mapping[str, Sequence[str]]) -> Concession:
    """Return a concession; `sides` are its givers and its receivers."""
    (slug, agreement, title, sector, kind, instrument, test, source, locator, promised_on,
     precision, hold, quote, _) = row  # fmt: skip
    return Concession(
        intern(slug),
        intern(agreement),
        title,
        tuple(sides["giver"]),
        tuple(sides["receiver"]),
        intern(sector),
        ConcessionKind(kind),
        Instrument(instrument),
        test,
        intern(source),
        locator,
        _period(promised_on, precision),
        bool(hold),
        quote,
    )


def deadline_of(row: Any, agreement: str) -> Deadline:
    """Return a deadline, which belongs to an agreement directly or through its concession."""
    (slug, _, concession, kind, label, opens_on, due_on, precision, target, unit, source, awaits,
     bound, base) = row  # fmt: skip
    return Deadline(
        slug,
        intern(agreement),
        _shared(concession),
        DeadlineKind(kind),
        label,
        opens_on,
        _period(due_on, precision),
        target,
        _shared(unit),
        intern(source),
        awaits,
        Bound(bound) if bound else None,
        base,
    )


def _period(last: date | None, precision: str | None) -> Period | None:
    return Period(last, Precision(precision)) if last and precision else None


def last_word_of(row: Any) -> LastWord:
    """Return the latest news on a concession; a check of its agreement counts as one of its own."""
    concession, word_on, source, *checked = row
    checked_on = max(filter(None, checked), default=None)
    return LastWord(intern(concession), word_on, _shared(source), checked_on)


def stage_mark_of(row: Any) -> StageMark:
    """Return a stage that was set."""
    entry, concession, says, stage, on, source, *place = row
    return StageMark(entry, concession, says, Stage(stage), on, source, tuple(place))


def moves_by_deadline(rows: Iterable[Any]) -> dict[str, list[Move]]:
    """Return the moves of each deadline."""
    found: dict[str, list[Move]] = defaultdict(list)
    for (
        entry,
        deadline,
        due_on,
        precision,
        target,
        unit,
        on,
        says,
        source,
        public_on,
        *place,
    ) in rows:
        due = Period(due_on, Precision(precision))
        said = (target, unit, on, says, source, public_on)
        found[deadline].append(Move(entry, deadline, due, *said, tuple(place)))
    return found


def closings_by_deadline(rows: Iterable[Any]) -> dict[str, list[Closing]]:
    """Return the outcomes of each deadline."""
    found: dict[str, list[Closing]] = defaultdict(list)
    for entry, deadline, outcome, on, source, *place in rows:
        closing = Closing(entry, deadline, Outcome(outcome), on, source, tuple(place))
        found[deadline].append(closing)
    return found


def readings_by_deadline(rows: Iterable[Any]) -> dict[str, list[Reading]]:
    """Return the readings of each deadline."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for (
        entry,
        deadline,
        counted_by,
        basis,
        value,
        unit,
        flow,
        on,
        source,
        public_on,
        *place,
    ) in rows:
        counted = (counted_by, Basis(basis), value, unit, flow)
        reading = Reading(entry, deadline, *counted, on, source, public_on, tuple(place))
        found[deadline].append(reading)
    return found


def kept_text_of(row: Any) -> KeptText:
    """Return a text of a source."""
    entry, source, seen_on, file, words, count, media, reader = row
    hashes = bytes(file).hex(), bytes(words).hex()
    return KeptText(entry, source, seen_on, Fingerprint(*hashes, count, Media(media), reader))


def marks_by_concession(marks: Iterable[StageMark]) -> dict[str, list[StageMark]]:
    """Return the stages that were set for each concession."""
    found: dict[str, list[StageMark]] = defaultdict(list)
    for mark in marks:
        found[mark.concession].append(mark)
    return found


def entry_of(row: Any) -> Entry:
    """Return a line of the journal."""
    (entry, kind, subject, agreement, concession, deadline, effective_on, exact, public_on,
     recorded_at, author, says, stage, value, unit, counted_by, basis, flow, due_on, precision,
     outcome, source, note, refers_to, batch, command, retracted_by) = row  # fmt: skip
    return Entry(
        entry=entry,
        kind=EntryKind(kind),
        subject=subject,
        agreement=agreement,
        concession=concession,
        deadline=deadline,
        effective_on=Period(effective_on, Precision(exact) if exact else Precision.DAY),
        public_on=public_on,
        recorded_at=recorded_at,
        author=author,
        says=says,
        stage=Stage(stage) if stage else None,
        value=value,
        unit=unit,
        counted_by=counted_by,
        basis=Basis(basis) if basis else None,
        flow=flow,
        due_on=Period(due_on, Precision(precision)) if due_on else None,
        outcome=Outcome(outcome) if outcome else None,
        source=source,
        note=note,
        refers_to=refers_to,
        retracted_by=retracted_by,
        batch=batch,
        command=Command(command) if command else None,
    )

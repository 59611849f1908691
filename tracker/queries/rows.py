"""Turns rows of the statements into facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple, TypeVar

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
from tracker.groups import by_key
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

Fact = TypeVar("Fact", StageMark, Move, Closing, Reading)
"""A fact about a concession or a deadline, whose slug is its second field."""


class Subject(NamedTuple):
    """What an entry is about: a thing and its owners, by number and by slug.

    `kind` and `unit` are those of a deadline.
    """

    what: str
    id: int
    slug: str
    agreement_id: int | None
    concession_id: int | None
    agreement: str | None
    concession: str | None
    kind: str | None = None
    unit: str | None = None


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
        intern(slug), intern(agreement), title, tuple(sides["giver"]), tuple(sides["receiver"]),
        intern(sector), ConcessionKind(kind), Instrument(instrument), test, intern(source), locator,
        _period(promised_on, precision), bool(hold), quote,
    )  # fmt: skip


def deadline_of(row: Any, agreement: str) -> Deadline:
    """Return a deadline, which belongs to an agreement directly or through its concession."""
    (slug, _, concession, kind, label, opens_on, due_on, precision, target, unit, source, awaits,
     bound, base) = row  # fmt: skip
    return Deadline(
        slug, intern(agreement), _shared(concession), DeadlineKind(kind), label, opens_on,
        _period(due_on, precision), target, _shared(unit), intern(source), awaits,
        Bound(bound) if bound else None, base,
    )  # fmt: skip


def _period(last: date | None, precision: str | None) -> Period | None:
    return period_of(last, precision) if last and precision else None


@lru_cache(4096)
def period_of(last: date, precision: str | None) -> Period:
    """Return the day of an entry, which stores its precision only if that is not a day."""
    return Period(last, Precision(precision) if precision else Precision.DAY)


def last_word_of(row: Any) -> LastWord:
    """Return the latest news on a concession; a check of its agreement counts as one of its own."""
    concession, word_on, exact, source, *checked = row
    checked_on = max(filter(None, checked), default=None)
    word = period_of(word_on, exact) if word_on else None
    return LastWord(intern(concession), word, _shared(source), checked_on)


def stage_mark_of(row: Any) -> StageMark:
    """Return a stage that was set."""
    entry, concession, says, stage, on, exact, source, *place = row
    period = period_of(on, exact)
    return StageMark(entry, concession, says, Stage(stage), period, source, tuple(place))


def move_of(row: Any) -> Move:
    """Return a deadline's new day."""
    entry, deadline, due_on, precision, target, on, exact, says, source, public_on, *place = row
    due, period = Period(due_on, Precision(precision)), period_of(on, exact)
    return Move(entry, deadline, due, target, period, says, source, public_on, tuple(place))


def closing_of(row: Any) -> Closing:
    """Return how a deadline ended."""
    entry, deadline, outcome, on, exact, *place = row
    return Closing(entry, deadline, Outcome(outcome), period_of(on, exact), tuple(place))


def reading_of(row: Any) -> Reading:
    """Return a quantity that was counted."""
    entry, deadline, counted_by, basis, value, unit, flow, on, source, public_on, *place = row
    counted = (counted_by, Basis(basis), value, unit, flow)
    return Reading(entry, deadline, *counted, on, source, public_on, tuple(place))


def by_thing(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Return facts by the concession or the deadline that they are about."""
    return by_key((fact[1], fact) for fact in facts)


def kept_text_of(row: Any) -> KeptText:
    """Return a text of a source."""
    entry, source, seen_on, kept_at, offset, *text = row
    kept_on = (kept_at + timedelta(minutes=offset)).date() if kept_at else seen_on
    return KeptText(entry, source, seen_on, kept_on, fingerprint_of(*text))


def fingerprint_of(file: bytes, words: bytes, count: int, media: str, reader: str) -> Fingerprint:
    """Return what identifies a kept text."""
    return Fingerprint(bytes(file).hex(), bytes(words).hex(), count, Media(media), reader)


WORDS = {"kind": EntryKind, "stage": Stage, "basis": Basis, "outcome": Outcome, "command": Command}
"""The fields of a line that hold a word, and its kind."""
IN_WORDS = [(Entry._fields.index(name), read) for name, read in WORDS.items()]
EFFECTIVE_ON, DUE_ON = map(Entry._fields.index, ("effective_on", "due_on"))


def entry_of(row: Any) -> Entry:
    """Return a line of the journal, from its columns and the precision of its days."""
    *line, exact, precision = row
    for at, read in IN_WORDS:
        if line[at]:
            line[at] = read(line[at])
    line[EFFECTIVE_ON] = period_of(line[EFFECTIVE_ON], exact)
    line[DUE_ON] = _period(line[DUE_ON], precision)
    return Entry(*line)

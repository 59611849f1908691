"""Turns rows of the statements into facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from tracker.dates import Period
from tracker.facts import (
    Agreement,
    Concession,
    Deadline,
    Fingerprint,
)
from tracker.queries.held import Line
from tracker.vocabulary import (
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Media,
    Precision,
)


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

    def is_named_by(self, line: Line) -> bool:
        """Return whether a line is about it: a concession's also if about its deadlines."""
        if self.concession_id:
            return bool(line.concession_id == self.concession_id)
        return line.concession_id is None and bool(line.subject_id == self.id)


def _shared(text: str | None) -> str | None:
    """Return one shared object for a text that many rows repeat, to save memory."""
    return intern(text) if text else text


def agreement_of(row: Any, things: Mapping[int, str]) -> Agreement:
    """Return an agreement."""
    agreed_on = Period(row.agreed_on, Precision(row.agreed_on_precision))
    slug, source = things[row.thing_id], things[row.source_id]
    return Agreement(slug, row.title, row.place, agreed_on, source)


def concession_of(
    row: Any, things: Mapping[int, str], sides: Mapping[str, Sequence[int]]
) -> Concession:
    """Return a concession; `sides` are its givers and its receivers."""
    givers, receivers = (
        tuple(things[one] for one in sides[role]) for role in ("giver", "receiver")
    )
    return Concession(
        things[row.thing_id], things[row.agreement_id], row.title, givers, receivers,
        intern(row.sector), ConcessionKind(row.kind), Instrument(row.instrument), row.test,
        things[row.source_id], row.locator, _period(row.promised_on, row.promised_on_precision),
        bool(row.hold), row.quote,
    )  # fmt: skip


def deadline_of(row: Any, things: Mapping[int, str], agreement: str) -> Deadline:
    """Return a deadline, which belongs to an agreement directly or through its concession."""
    return Deadline(
        things[row.thing_id], agreement, things.get(row.concession_id),
        DeadlineKind(row.kind), row.label, row.opens_on,
        _period(row.due_on, row.due_on_precision), row.target, _shared(row.unit),
        things[row.source_id], row.awaits, Bound(row.bound) if row.bound else None, row.base,
    )  # fmt: skip


def _period(last: date | None, precision: str | None) -> Period | None:
    return period_of(last, precision) if last and precision else None


@lru_cache(4096)
def period_of(last: date, precision: str | None) -> Period:
    """Return the day of an entry, which stores its precision only if that is not a day."""
    return Period(last, Precision(precision) if precision else Precision.DAY)


def fingerprint_of(file: bytes, words: bytes, count: int, media: str, reader: str) -> Fingerprint:
    """Return what identifies a kept text."""
    return Fingerprint(bytes(file).hex(), bytes(words).hex(), count, Media(media), reader)

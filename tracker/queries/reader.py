"""Reads the book's facts at two clocks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, Self

from tracker.database import Connection
from tracker.dates import END_OF_TIME, Period
from tracker.errors import NoSuch, OtherKind, OutOfView
from tracker.facts import (
    Agreement,
    Clocks,
    Closing,
    Concession,
    Deadline,
    Entry,
    Exchange,
    Head,
    LastWord,
    Move,
    Party,
    Reading,
    Source,
    StageMark,
)
from tracker.vocabulary import (
    Basis,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Outcome,
    Precision,
    Stage,
)


class Reader:
    """One view of the book: its facts as of a day, as known by a moment.

    With an agreement named, only that agreement's concessions and deadlines are in view.
    Every property costs one statement, whatever the size of the book, and is read once.
    """

    def __init__(
        self, connection: Connection, clocks: Clocks, agreement: str | None = None
    ) -> None:
        self.connection = connection
        self.clocks = clocks
        self.agreement = agreement
        if agreement is not None and agreement not in self._all_agreements:
            raise NoSuch(kind="agreement", name=agreement, known=self._all_agreements)

    def at(self, as_of: date) -> Self:
        """Return the view as of another day, as known by the same moment."""
        return type(self)(self.connection, self.clocks._replace(as_of=as_of), self.agreement)

    # --- the catalog --------------------------------------------------------------------------

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug."""
        return {row[0]: Party(*row) for row in self.connection.rows("parties")}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key."""
        return {row[0]: Source(*row) for row in self.connection.rows("sources")}

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """The agreements in view by their slugs."""
        return {
            slug: agreement
            for slug, agreement in self._all_agreements.items()
            if self.agreement in (None, slug)
        }

    @cached_property
    def concessions(self) -> dict[str, Concession]:
        """The concessions in view by their slugs, in the order of their declaration."""
        rows = self.connection.rows("concessions", known_by=self.clocks.limit)
        return {row[0]: _concession(row) for row in rows if row[1] in self.agreements}

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """The deadlines in view by their slugs, as first declared."""
        rows = self.connection.rows("deadlines", known_by=self.clocks.limit)
        return {row[0]: _deadline(row) for row in rows if row[1] in self.agreements}

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was given in return for what."""
        rows = self.connection.rows("exchanges", known_by=self.clocks.limit)
        return tuple(Exchange(*row) for row in rows)

    # --- the journal --------------------------------------------------------------------------

    @cached_property
    def verdicts(self) -> dict[str, list[StageMark]]:
        """The latest live verdict on each concession."""
        return _by_concession(_stage_mark(row) for row in self._rows("verdicts"))

    @cached_property
    def claims(self) -> dict[str, list[StageMark]]:
        """The latest live claim of each party on each concession."""
        return _by_concession(_stage_mark(row) for row in self._rows("claims"))

    @cached_property
    def moves(self) -> dict[str, list[Move]]:
        """Every live move of each deadline."""
        return _moves(self._rows("moves"))

    @cached_property
    def current_moves(self) -> dict[str, list[Move]]:
        """Of each deadline, the moves that its current day and target rest on."""
        return _moves(self._rows("current_moves"))

    @cached_property
    def closings(self) -> dict[str, list[Closing]]:
        """The latest live outcome of each deadline."""
        found: dict[str, list[Closing]] = defaultdict(list)
        for entry, deadline, outcome, on, source in self._rows("closings"):
            found[deadline].append(Closing(entry, deadline, Outcome(outcome), on, source))
        return found

    @cached_property
    def readings(self) -> dict[str, list[Reading]]:
        """Of each deadline, the readings that its series rest on."""
        found: dict[str, list[Reading]] = defaultdict(list)
        for entry, deadline, counted_by, basis, *rest in self._rows("readings", since=date.min):
            found[deadline].append(Reading(entry, deadline, counted_by, Basis(basis), *rest))
        return found

    @cached_property
    def agreement_words(self) -> dict[str, date | None]:
        """When each agreement itself was last heard of, apart from its concessions."""
        return dict(self._rows("agreement_words"))

    @cached_property
    def last_words(self) -> dict[str, LastWord]:
        """When each concession was last heard of, and last looked at."""
        return {row[0]: LastWord(*row) for row in self._rows("last_words")}

    @cached_property
    def entry_counts(self) -> dict[str, int]:
        """How many live entries in view rest on each source that has any."""
        counts = Counter[str]()
        for source, agreement, count in self._rows("entry_counts"):
            counts[source] += count if agreement in self.agreements else 0
        return counts

    def history(self, slug: str | None = None, since: date = date.min) -> list[Entry]:
        """Return the journal from a day on, retracted entries and retractions included."""
        if slug is None:
            rows = self._rows("history", since=since)
        else:
            rows = self._rows("history_of", since=since, slug=slug)
        return [entry for row in rows if (entry := _entry(row)).agreement in self.agreements]

    def corrected(self, since: date) -> dict[int, Entry]:
        """Return what the retractions from a day on took back, and what took its place."""
        return {row[0]: _entry(row) for row in self._rows("corrected", since=since)}

    def late(self, start: date, end: date) -> list[Entry]:
        """Return what was logged by hand from one day to another, in UTC, of days before both."""
        rows = self.connection.rows(
            "late",
            before=start,
            from_at=datetime.combine(start, time.min, UTC),
            until_at=datetime.combine(end, time.max, UTC),
            known_by=self.clocks.limit,
        )
        return [entry for row in rows if (entry := _entry(row)).agreement in self.agreements]

    def entries(self, first: int, last: int) -> list[Entry]:
        """Return the entries of these numbers, whatever their day."""
        rows = self.connection.rows("entries", first=first, last=last, known_by=self.clocks.limit)
        return [_entry(row) for row in rows]

    @cached_property
    def head(self) -> Head:
        """How many entries the book held, and the digest of the last."""
        rows = self.connection.rows("head", known_by=self.clocks.limit)
        return Head(rows[0][0], bytes(rows[0][1]).hex()) if rows else Head(0, None)

    # --- names --------------------------------------------------------------------------------

    def concessions_named(self, slugs: Sequence[str]) -> list[Concession]:
        """Return the concessions of these slugs, or all in view where none is named."""
        for slug in slugs:
            if slug in self.deadlines and (owner := self.deadlines[slug].concession):
                raise OtherKind(slug=slug, kind="deadline", wanted="concession", found=[owner])
            if slug in self.agreements:
                own = [one.slug for one in self.concessions.values() if one.agreement == slug]
                raise OtherKind(slug=slug, kind="agreement", wanted="concession", found=own)
            if slug not in self.concessions:
                self._require_in_view(slug)
                raise NoSuch(kind="concession", name=slug, known=self.concessions)
        return [self.concessions[slug] for slug in dict.fromkeys(slugs or self.concessions)]

    def _require_in_view(self, slug: str) -> None:
        """Refuse a concession that the book holds and this view does not."""
        for one, agreement, *_ in self.connection.rows("concessions", known_by=END_OF_TIME):
            if one == slug:
                raise OutOfView(
                    slug=slug, agreement=agreement if agreement not in self.agreements else None
                )

    def require(self, slug: str) -> str:
        """Return what a slug in view names: `agreement`, `concession` or `deadline`."""
        for what, named in (
            ("agreement", self.agreements),
            ("concession", self.concessions),
            ("deadline", self.deadlines),
        ):
            if slug in named:
                return what
        raise NoSuch(
            kind="agreement, concession or deadline",
            name=slug,
            known=[*self.concessions, *self.deadlines, *self.agreements],
        )

    def short(self, party: str) -> str:
        """Return the name that tables print for a party."""
        return self.parties[party].short

    @cached_property
    def _all_agreements(self) -> dict[str, Agreement]:
        return {row[0]: _agreement(row) for row in self.connection.rows("agreements")}

    def _rows(self, name: str, **parameters: object) -> list[Any]:
        return self.connection.rows(
            name, as_of=self.clocks.as_of, known_by=self.clocks.limit, **parameters
        )


# --- rows into facts --------------------------------------------------------------------------


def _agreement(row: Any) -> Agreement:
    slug, title, place, agreed_on, precision, source = row
    return Agreement(slug, title, place, Period(agreed_on, Precision(precision)), source)


def _concession(row: Any) -> Concession:
    return Concession(*row)._replace(kind=ConcessionKind(row[6]), instrument=Instrument(row[7]))


def _deadline(row: Any) -> Deadline:
    slug, agreement, concession, kind, label, opens_on, due_on, precision, *rest = row
    period = Period(due_on, Precision(precision))
    return Deadline(slug, agreement, concession, DeadlineKind(kind), label, opens_on, period, *rest)


def _stage_mark(row: Any) -> StageMark:
    entry, concession, says, stage, on, source = row
    return StageMark(entry, concession, says, Stage(stage), on, source)


def _moves(rows: Iterable[Any]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = defaultdict(list)
    for entry, deadline, due_on, precision, *rest in rows:
        found[deadline].append(Move(entry, deadline, Period(due_on, Precision(precision)), *rest))
    return found


def _by_concession(marks: Iterable[StageMark]) -> dict[str, list[StageMark]]:
    found: dict[str, list[StageMark]] = defaultdict(list)
    for mark in marks:
        found[mark.concession].append(mark)
    return found


def _entry(row: Any) -> Entry:
    (entry, kind, agreement, concession, deadline, effective_on, recorded_at, author, says, stage,
     value, unit, counted_by, basis, flow, due_on, precision, outcome, *rest) = row  # fmt: skip
    return Entry(
        entry=entry,
        kind=EntryKind(kind),
        agreement=agreement,
        concession=concession,
        deadline=deadline,
        effective_on=effective_on,
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
        source=rest[0],
        note=rest[1],
        retracts=rest[2],
        batch=rest[3],
        retracted_by=rest[4],
    )

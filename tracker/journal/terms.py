"""The terms that many entries in a row are held to: read from the book once, then kept in step."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tracker.dates import END_OF_TIME, Period
from tracker.errors import AlreadyClosed, MissedTooEarly, NotADelivery, NothingToMiss
from tracker.facts import Clocks, Deadline, Move
from tracker.journal import deliveries
from tracker.journal.draft import Draft
from tracker.journal.updates import require_past
from tracker.journal.writer import Writer
from tracker.queries import Reader
from tracker.rules.deadlines import DeadlinePosition, first_day_to_miss, first_missable, judge
from tracker.vocabulary import Basis, DeadlineKind, EntryKind, Outcome, Stage


class Closed(NamedTuple):
    """How a deadline ended, and the entry that says so."""

    outcome: Outcome
    entry: int


class Terms:
    """Holds drafts to what the commands would have asked, without a statement for each.

    Of each deadline it keeps one move a day, so that its size does not grow with the journal.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._reader = Reader(writer.connection, Clocks(writer.today))
        self._units: dict[str, str | None] = {}
        self._publishers: dict[str, str] = {}

    def admitted(self, draft: Draft, number: int) -> Draft:
        """Return a draft whole, as the entry of this number; refuse what its command would."""
        self.require_past(draft.effective_on)
        if draft.kind is EntryKind.STAGE:
            if draft.stage is Stage.MISSED:
                self._require_missable(draft.about, draft.effective_on)
        elif draft.kind is EntryKind.READING:
            return self._reading(draft)
        elif draft.kind is EntryKind.DEADLINE:
            return self._closing(draft, number) if draft.outcome else self._move(draft, number)
        return draft

    def require_past(self, on: date) -> None:
        """Refuse a day that is still to come."""
        require_past(self._writer, on)

    def forget(self) -> None:
        """Read moves and outcomes anew: one of them was retracted."""
        self.__dict__.pop("_moves", None)
        self.__dict__.pop("_closings", None)

    def _reading(self, draft: Draft) -> Draft:
        deadline = self._reader.deadlines[draft.about]
        if deadline.kind is not DeadlineKind.DELIVERY:
            raise NotADelivery(deadline=deadline.slug, kind=deadline.kind)
        if deadline.slug not in self._units:
            self._units[deadline.slug] = deadline.unit or deliveries.counted_unit(
                self._writer, deadline.slug
            )
        unit = deliveries.agreed_unit(deadline.slug, self._units[deadline.slug], draft.unit)
        self._units[deadline.slug] = unit
        if draft.unit and draft.counted_by and draft.basis and draft.flow is not None:
            return draft
        return draft._replace(
            unit=unit,
            counted_by=draft.counted_by or self._counter(draft.source),
            basis=draft.basis or Basis.OTHER,
            flow=bool(draft.flow),
        )

    def _move(self, draft: Draft, number: int) -> Draft:
        on, due_on = draft.effective_on, draft.due_on
        assert due_on is not None
        position = self._position(self._reader.deadlines[draft.about], on)
        deliveries.require_in_window(position, due_on)
        unit = deliveries.restated_unit(position, draft.value)
        if unit is not None:
            deliveries.agreed_unit(draft.about, unit, draft.unit)
        self._moves[draft.about][on] = _move(number, draft.about, due_on, on)
        return draft._replace(unit=unit)

    def _closing(self, draft: Draft, number: int) -> Draft:
        if closed := self._closings.get(draft.about):
            raise AlreadyClosed(deadline=draft.about, outcome=closed.outcome, entry=closed.entry)
        outcome = Outcome(draft.outcome or "")
        if outcome is Outcome.MISSED:
            position = self._position(self._reader.deadlines[draft.about], draft.effective_on)
            deliveries.require_passed(position, draft.effective_on)
        self._closings[draft.about] = Closed(outcome, number)
        return draft

    def _require_missable(self, concession: str, on: date) -> None:
        agreement = self._reader.concessions[concession].agreement
        first = first_missable(
            concession,
            agreement,
            [
                self._position(deadline, on)
                for deadline in self._by_owner[concession] + self._by_owner[agreement]
            ],
        )
        if first is None:
            raise NothingToMiss(concession=concession)
        if on <= (day := first_day_to_miss(first)):
            raise MissedTooEarly(
                subject=concession,
                effective_on=on.isoformat(),
                deadline=first.deadline.slug,
                due_on=day.isoformat(),
            )

    def _position(self, deadline: Deadline, on: date) -> DeadlinePosition:
        moves = self._moves.get(deadline.slug, {})
        latest = max((day for day in moves if day <= on), default=None)
        return judge(deadline, [moves[latest]] if latest else [], (), on)

    def _counter(self, source: str | None) -> str:
        key = source or ""
        if key not in self._publishers:
            if len(self._publishers) > self._writer.names.LIMIT:
                self._publishers.clear()
            self._publishers[key] = deliveries.publisher_of(self._writer, source)
        return self._publishers[key]

    @cached_property
    def _by_owner(self) -> dict[str, list[Deadline]]:
        owned: dict[str, list[Deadline]] = defaultdict(list)
        for deadline in self._reader.deadlines.values():
            owned[deadline.concession or deadline.agreement].append(deadline)
        return owned

    @cached_property
    def _moves(self) -> dict[str, dict[date, Move]]:
        """The last live move of each day on which a deadline was moved."""
        moves: dict[str, dict[date, Move]] = defaultdict(dict)
        for entry, slug, due_on, precision, _, _, on, *_ in self._writer.connection.stream(
            "moves", as_of=self._writer.today, known_by=END_OF_TIME
        ):
            moves[slug][on] = _move(entry, slug, Period(due_on, precision), on)
        return moves

    @cached_property
    def _closings(self) -> dict[str, Closed]:
        rows = self._writer.connection.rows(
            "closings", as_of=self._writer.today, known_by=END_OF_TIME
        )
        return {slug: Closed(Outcome(outcome), entry) for entry, slug, outcome, *_ in rows}


def _move(entry: int, slug: str, due_on: Period, on: date) -> Move:
    return Move(entry, slug, due_on, None, None, on, None, None)

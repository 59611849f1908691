"""The one door to the journal: it completes a draft, or refuses what conflicts with the book."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.database import Scope
from tracker.errors import (
    AlreadyClosed,
    BeforeWindow,
    FutureDay,
    MissedTooEarly,
    NotADelivery,
    NoTarget,
    NothingToMiss,
    OtherUnit,
    UnitNeeded,
    ZeroTarget,
)
from tracker.facts import LATEST, Clocks, Deadline, Move
from tracker.journal.draft import Draft, content_key
from tracker.journal.names import Subject
from tracker.journal.writer import Writer, require_text
from tracker.queries import Reader
from tracker.rules.deadlines import DeadlinePosition, first_day_to_miss, first_missable, judge
from tracker.vocabulary import Basis, Command, DeadlineKind, EntryKind, Outcome, Stage


class Closed(NamedTuple):
    """How a deadline ended, and the entry that says so."""

    outcome: Outcome
    entry: int


class _Counted:
    """Who has counted towards a deadline, as its series write it, and in which unit."""

    def __init__(self, unit: str | None, counters: Sequence[tuple[str, str]]) -> None:
        self.counters = {name.casefold(): name for name, _ in reversed(counters)}
        self.unit = unit or next((counted_in for _, counted_in in counters), None)


class _Terms:
    """What one deadline's moves and outcomes are held to, kept in step with new entries.

    It keeps one move a day, so that its size does not grow with the journal.
    """

    def __init__(self, deadline: Deadline, reader: Reader) -> None:
        self.deadline = deadline
        self.moves: dict[date, Move] = {
            move.announced_on: move for move in reader.moves.get(deadline.slug, ())
        }
        closing = max(reader.closings.get(deadline.slug, ()), default=None)
        self.closed = Closed(closing.outcome, closing.entry) if closing else None

    def position(self, on: date) -> DeadlinePosition:
        """Return the deadline with the latest move of a day."""
        latest = max((day for day in self.moves if day <= on), default=None)
        return judge(self.deadline, [self.moves[latest]] if latest else [], (), on)


class Admission:
    """Completes drafts and holds them to the rules; what it has read it keeps in step.

    `until` is the last day that counts as past: today, unless a shipped seed tells what came.
    """

    def __init__(self, writer: Writer, until: date | None = None) -> None:
        self._writer = writer
        self._until = until or writer.today
        self._counted: dict[str, _Counted] = {}
        self._terms: dict[str, _Terms] = {}
        self._owned: dict[str, list[str]] = {}

    def admit(self, command: Command, drafts: Iterable[Draft]) -> range:
        """Complete drafts, hold each to the rules, and write them as one batch."""
        with self._writer.batch(command):
            first = self._writer.next
            return self._writer.append(
                command,
                [
                    self.held(self.completed(draft), number)
                    for number, draft in enumerate(drafts, first)
                ],
            )

    def completed(self, draft: Draft) -> Draft:
        """Return a draft whole: defaults filled in, names and case as in the book, its key."""
        names = self._writer.names
        require_text("note", draft.note)
        if draft.says is not None and (says := names.party(draft.says).slug) != draft.says:
            draft = draft._replace(says=says)
        if draft.source is not None:
            names.source(draft.source)
        if draft.kind is EntryKind.READING:
            draft = self._whole_reading(draft)
        elif draft.kind is EntryKind.DEADLINE and draft.value is not None:
            draft = self._restated(draft)
        return draft.keyed(content_key(draft))

    def held(self, draft: Draft, number: int) -> Draft:
        """Return a completed draft as the entry of this number; refuse what conflicts."""
        self.require_past(draft.effective_on)
        if draft.kind is EntryKind.STAGE:
            self._writer.names.subject(draft.about, "concession")
            if draft.stage is Stage.MISSED:
                self._require_missable(draft.about, draft.effective_on)
        elif draft.kind is EntryKind.DEADLINE:
            terms = self._terms_of(draft.about)
            if draft.outcome:
                self._close(terms, draft, number)
            else:
                self._move(terms, draft, number)
        elif draft.kind is EntryKind.NOTE:
            require_text("note", draft.note or "")
        return draft

    def require_past(self, on: date) -> None:
        """Refuse a day that is still to come."""
        if on > self._until:
            raise FutureDay(day=on.isoformat(), today=self._until.isoformat())

    def forget(self, slug: str) -> None:
        """Read anew what entries on a deadline are held to: one of them was retracted."""
        self._terms.pop(slug, None)
        self._counted.pop(slug, None)

    # --- completing ---------------------------------------------------------------------------

    def _whole_reading(self, draft: Draft) -> Draft:
        """Complete a reading; its counter is written as in the series so far."""
        subject = self._writer.names.subject(draft.about, "deadline")
        if subject.kind != DeadlineKind.DELIVERY:
            raise NotADelivery(deadline=draft.about, kind=str(subject.kind))
        series = self._series_of(subject)
        given = (draft.counted_by or self._publisher(draft.source)).strip()
        require_text("name", given)
        series.unit = _agreed_unit(draft.about, series.unit, draft.unit)
        counter = series.counters.setdefault(given.casefold(), given)
        if (series.unit, counter) == (draft.unit, draft.counted_by) and draft.basis is not None:
            return draft if draft.flow is not None else draft._replace(flow=False)
        return draft._replace(
            unit=series.unit,
            counted_by=counter,
            basis=draft.basis or Basis.OTHER,
            flow=bool(draft.flow),
        )

    def _publisher(self, source: str | None) -> str:
        """Return who counted where nobody is named: the source's publisher, else the author."""
        published = self._writer.names.publisher(source) if source else None
        return published or self._writer.author

    def _restated(self, draft: Draft) -> Draft:
        """Complete a restated target with its unit."""
        if draft.value == 0:
            raise ZeroTarget
        unit = self._writer.names.subject(draft.about, "deadline").unit
        if unit is None:
            raise NoTarget(deadline=draft.about)
        return draft._replace(unit=_agreed_unit(draft.about, unit, draft.unit))

    # --- refusing -----------------------------------------------------------------------------

    def _move(self, terms: _Terms, draft: Draft, number: int) -> None:
        due_on, opens_on = draft.due_on, terms.deadline.opens_on
        assert due_on is not None
        if opens_on and due_on.last < opens_on:
            raise BeforeWindow(
                deadline=draft.about, due_on=str(due_on), opens_on=opens_on.isoformat()
            )
        on = draft.effective_on
        terms.moves[on] = Move(number, draft.about, due_on, None, None, on, None, None)

    def _close(self, terms: _Terms, draft: Draft, number: int) -> None:
        if terms.closed:
            outcome, entry = terms.closed
            raise AlreadyClosed(deadline=draft.about, outcome=outcome, entry=entry)
        outcome, on = Outcome(draft.outcome or ""), draft.effective_on
        day = first_day_to_miss(terms.position(on))
        if outcome is Outcome.MISSED and on <= day:
            raise MissedTooEarly(
                subject=draft.about,
                effective_on=on.isoformat(),
                deadline=draft.about,
                due_on=day.isoformat(),
            )
        terms.closed = Closed(outcome, number)

    def _require_missable(self, concession: str, on: date) -> None:
        """Refuse `missed` while every deadline that could be missed is still ahead."""
        subject = self._writer.names.subject(concession, "concession")
        positions = [terms.position(on) for terms in self._terms_around(subject)]
        first = first_missable(concession, str(subject.agreement), positions)
        if first is None:
            raise NothingToMiss(concession=concession)
        if on <= (day := first_day_to_miss(first)):
            raise MissedTooEarly(
                subject=concession,
                effective_on=on.isoformat(),
                deadline=first.deadline.slug,
                due_on=day.isoformat(),
            )

    # --- what the book holds --------------------------------------------------------------------

    def _series_of(self, deadline: Subject) -> _Counted:
        """Return who has counted towards a deadline so far."""
        if deadline.slug not in self._counted:
            rows = self._writer.connection.rows("counters", deadline_id=deadline.id, known=LATEST)
            counters = [(name, unit) for name, unit in rows]
            self._counted[deadline.slug] = _Counted(deadline.unit, counters)
        return self._counted[deadline.slug]

    def _terms_of(self, slug: str) -> _Terms:
        """Return what a deadline's entries are held to; refuse a slug that names none."""
        if slug not in self._terms:
            reader = self._reader(self._writer.names.subject(slug, "deadline"))
            self._terms[slug] = _Terms(reader.deadlines[slug], reader)
        return self._terms[slug]

    def _terms_around(self, subject: Subject) -> list[_Terms]:
        """Return the terms of a concession's deadlines, and of its agreement's."""
        if subject.slug not in self._owned:
            self._owned[subject.slug] = [*self._reader(subject).deadlines]
        return [self._terms_of(slug) for slug in self._owned[subject.slug]]

    def _reader(self, subject: Subject) -> Reader:
        """Return what the book holds around a subject, as far as it counts by today."""
        clocks = Clocks(self._until, LATEST)
        return Reader(self._writer.connection, clocks, scope=scope_of([subject]))


def scope_of(subjects: Iterable[Subject]) -> Scope:
    """Return the things that statements must look at to tell all about some subjects."""
    found = [*subjects]
    return Scope(
        frozenset(one.agreement_id for one in found if one.agreement_id is not None),
        frozenset(one.concession_id for one in found if one.concession_id is not None),
    )


def _agreed_unit(deadline: str, known: str | None, given: str | None) -> str:
    """Return the unit of a deadline; refuse another one than it is counted in, and none."""
    given = given and given.strip()
    require_text("unit", given or None)
    if known is None and not given:
        raise UnitNeeded(deadline=deadline)
    if known is not None and given and given.casefold() != known.casefold():
        raise OtherUnit(deadline=deadline, unit=str(given), wanted=known)
    return str(known or given)

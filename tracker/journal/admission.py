"""The only way into the journal: completes a draft, or refuses what conflicts with the book."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.database.contents import around, contents
from tracker.dates import EARLIEST, Period
from tracker.declared import Subject
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.facts import Clocks, Concession, Deadline, Entry
from tracker.journal.draft import Draft, entry_of
from tracker.journal.shapes import SHAPES
from tracker.journal.writer import TEXT_BYTES, WORD_BYTES, Writer, require_text
from tracker.judged import Judged
from tracker.record import Record
from tracker.rules.deadlines import DeadlinePosition, judge
from tracker.rules.names import spelled
from tracker.rules.terms import first_day_to_miss, first_to_miss, term_of
from tracker.state import State
from tracker.vocabulary import (
    CLOSED_AS,
    Basis,
    Command,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
    Outcome,
    Precision,
    Stage,
)

ABOUT = {one.kind: tuple(kind.value for kind in one.about) for one in SHAPES.values()}
"""The kinds of things that entries of each kind can be about."""


HEADLINE = 80
"""The most characters of a note that is a headline."""
COUNTERS = """
SELECT e.counted_by, e.unit FROM entry AS e
WHERE e.subject_id = :deadline AND e.kind = 'reading'
    AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id)
GROUP BY e.counted_by, e.unit
ORDER BY MIN(e.id)
"""


class _Counted:
    """The counters and units of a deadline's series so far."""

    def __init__(self, unit: str | None, counters: Sequence[tuple[str, str]]) -> None:
        self.counters = {name.casefold(): name for name, _ in reversed(counters)}
        units = [*([unit] if unit else []), *(counted_in for _, counted_in in counters)]
        self.unit = units[0] if units else None
        self.units = {name.casefold(): name for name in reversed(units)}

    def unit_of(self, given: str | None) -> str | None:
        """Return a unit in the spelling used so far; by default, the deadline's unit."""
        if given is None:
            return self.unit
        unit = self.units.setdefault(given.casefold(), given)
        self.unit = self.unit or unit
        return unit


class _Days:
    """The state against which one deadline's moves and outcomes are checked; new entries update it.

    It keeps one move per speaker and day, so that its size does not grow with the journal.
    """

    def __init__(self, deadline: Deadline, judged: Judged) -> None:
        self.deadline = deadline
        self.standpoint = judged.standpoint(deadline)
        self.moves: dict[tuple[date, str | None], Entry] = {}
        for move in judged.state.moves.get(deadline.slug, ()):
            self.add(move)
        self.closing = judged.state.closings.get(deadline.slug)

    def add(self, move: Entry) -> None:
        """Add a move."""
        self.moves[move.on, move.says] = move

    def position(self, on: date) -> DeadlinePosition:
        """Return the deadline's position after the moves up to a day."""
        moves = [move for move in self.moves.values() if move.on <= on]
        moves.sort(key=lambda move: (move.on, move.public_on or move.on))
        closing = self.closing if self.closing and self.closing.on <= on else None
        return judge(self.deadline, moves, closing, on, self.standpoint)


class Admission:
    """Completes drafts and checks them; caches what it reads and updates that with each entry.

    `until` is the last day that counts as past: today, except for the events of a shipped seed and
    of another book.
    """

    def __init__(self, writer: Writer, until: date | None = None) -> None:
        self._writer = writer
        self._until = until or writer.today
        self._counted: dict[str, _Counted] = {}
        self._days: dict[str, _Days] = {}
        self._owned: dict[str, tuple[Concession, list[str], list[str]]] = {}

    def admit(self, command: Command, drafts: Iterable[Draft]) -> range:
        """Complete drafts, check each of them, and write them as one batch."""
        with self._writer.batch(command):
            first = self._writer.next
            new = self._writer.new_of(map(self.completed, drafts))
            return self._writer.append(
                command, [self.held(draft, number) for number, draft in enumerate(new, first)]
            )

    def completed(self, draft: Draft, longest: int | None = TEXT_BYTES) -> Draft:
        """Return a completed draft: defaults, names and case as in the book, and its key."""
        names = self._writer.names
        require_text("note", draft.note, longest)
        if draft.says is not None and (says := names.party(draft.says).slug) != draft.says:
            draft = draft._replace(says=says)
        for source in draft.source:
            names.source(source)
        if draft.headline is False:
            draft = draft._replace(headline=None)
        if draft.kind is EntryKind.READING:
            draft = self._whole_reading(draft)
        elif draft.kind is EntryKind.DEADLINE and draft.value is not None:
            draft = self._restated(draft)
        elif draft.base is not None:
            raise WrongUsage("misuse", reason="a base is restated along with a target")
        return draft.keyed()

    def received(self, draft: Draft) -> Draft:
        """Return a completed draft from another book, which has checked it already."""
        self.require_past(draft.effective_on)
        names = self._writer.names
        if draft.kind is EntryKind.TEXT:
            names.source(draft.about)
        elif names.find(draft.about) is None:  # lists no other slugs: there may be very many
            raise NotFound("no such thing", kind="thing", name=draft.about, known=())
        else:
            names.subject(draft.about, *ABOUT[draft.kind])
        return self.completed(draft, None)

    def held(self, draft: Draft, number: int) -> Draft:
        """Check a completed draft, as the entry of this number, and return it; refuse conflicts."""
        if draft.kind is EntryKind.TEXT:
            self._require_seen(draft.effective_on)
        self.require_past(draft.effective_on)
        if draft.public_on is not None:
            self._require_public(draft.public_on)
        if draft.headline:
            _require_headline(draft.note or "")
        if draft.kind is not EntryKind.TEXT:
            self._writer.names.subject(draft.about, *ABOUT[draft.kind])
        if draft.stage is Stage.MISSED and draft.says is None:
            self._require_missable(draft.about, draft.effective_on.last)
        elif draft.kind is EntryKind.DEADLINE:
            days = self._days_of(draft.about)
            if draft.outcome:
                self._close(days, draft, number)
            else:
                self._move(days, draft, number)
        elif draft.kind is EntryKind.NOTE:
            require_text("note", draft.note or "")
        return draft

    def _require_seen(self, on: Period) -> None:
        """Refuse a text whose day is missing, inexact or still to come."""
        if on.precision is not Precision.DAY:
            raise BadInput("not a calendar day", text=str(on))
        if on.last > self._until:
            raise self._future(on, "effective_on", "--seen")

    def require_past(self, on: Period) -> None:
        """Refuse a day that is still to come or mistyped, or a month or year that is not over."""
        if on.last < EARLIEST:
            raise BadInput("early day", day=on, column="effective_on")
        if on.last > self._until:
            raise self._future(on, "effective_on", "--on")

    def _require_public(self, on: date) -> None:
        """Refuse a public day that is mistyped or still to come."""
        if on < EARLIEST:
            raise BadInput("early day", day=on, column="public_on")
        if on > self._until:
            raise self._future(on, "public_on", "--public")

    def _future(self, day: Period | date, column: str, option: str) -> BadInput:
        return BadInput(
            "future day", day=day, today=self._writer.today, column=column, option=option
        )

    def forget(self, slug: str) -> None:
        """Drop the cached state of a deadline, as one of its entries was retracted."""
        self._days.pop(slug, None)
        self._counted.pop(slug, None)

    def _whole_reading(self, draft: Draft) -> Draft:
        """Complete a reading, with its counter written as in the series so far."""
        subject = self._writer.names.subject(draft.about, "deadline")
        if subject.kind != DeadlineKind.DELIVERY:
            raise Refused("not a delivery", deadline=draft.about, kind=str(subject.kind))
        series = self._series_of(subject)
        given = self._publisher(draft.source) if draft.counted_by is None else draft.counted_by
        require_text("name of who counted", given := spelled(given), WORD_BYTES)
        unit = series.unit_of(_plain(draft.unit))
        if unit is None:
            raise WrongUsage("unit needed", deadline=draft.about)
        require_text("unit", unit, WORD_BYTES)
        counter = series.counters.setdefault(given.casefold(), given)
        if (unit, counter) == (draft.unit, draft.counted_by) and draft.basis is not None:
            return draft if draft.flow is not None else draft._replace(flow=False)
        # Against a limit a level is measured, which is not a sum; what one day added is.
        is_total = draft.basis is None and not draft.flow
        is_level = is_total and self._days_of(draft.about).deadline.is_limit
        return draft._replace(
            unit=unit,
            counted_by=counter,
            basis=draft.basis or (Basis.LEVEL if is_level else Basis.OTHER),
            flow=bool(draft.flow),
        )

    def _publisher(self, sources: Sequence[str]) -> str:
        """Return the counter if none is named: the source's publisher, else the author."""
        published = self._writer.names.source(sources[0]).publisher if sources else None
        return published or self._writer.author

    def _restated(self, draft: Draft) -> Draft:
        """Complete a restated target with its unit."""
        subject = self._writer.names.subject(draft.about, "deadline")
        if subject.unit is None:
            raise Refused("no target", deadline=draft.about)
        is_zero = draft.value == 0 and draft.base is None
        if is_zero and not self._days_of(draft.about).deadline.may_be_zero:
            raise BadInput("zero target")
        if draft.base is not None and draft.base == draft.value:
            raise BadInput("same base")
        given = _plain(draft.unit)
        if given and given.casefold() != subject.unit.casefold():
            raise Refused("another unit", deadline=draft.about, unit=given, wanted=subject.unit)
        return draft._replace(unit=subject.unit)

    def _move(self, days: _Days, draft: Draft, number: int) -> None:
        due_on, opens_on = draft.due_on, days.deadline.opens_on
        assert due_on is not None
        if due_on.last < EARLIEST:
            raise BadInput("early day", day=due_on, column="due_on")
        if opens_on and due_on.last < opens_on:
            raise Refused("before window", deadline=draft.about, due_on=due_on, opens_on=opens_on)
        days.add(entry_of(draft, number))

    def _close(self, days: _Days, draft: Draft, number: int) -> None:
        if (closed := days.closing) is not None:
            raise Refused(
                "already closed",
                deadline=draft.about,
                outcome=str(closed.outcome),
                entry=closed.entry,
            )
        outcome, on, kind = draft.outcome, draft.effective_on.last, days.deadline.kind
        assert outcome is not None
        if outcome not in (known := CLOSED_AS[kind]):
            raise Refused(
                "another outcome", deadline=draft.about, kind=kind, outcome=outcome, known=known
            )
        if outcome is Outcome.MISSED:
            position, about = days.position(on), draft.about
            day = first_day_to_miss(position)
            if position.verdict is DeadlineVerdict.WAITING:
                raise Refused(
                    "still waiting", deadline=draft.about, awaits=str(days.deadline.awaits)
                )
            if day is not None and on <= day and not position.is_limit:
                raise Refused(
                    "missed too early", subject=about, effective_on=on, limit="it", due_on=day
                )
        days.closing = entry_of(draft, number)

    def _require_missable(self, slug: str, on: date) -> None:
        """Refuse our own `missed` before a delivery's day, or else before the term ends."""
        subject = self._writer.names.subject(slug, "concession")
        concession, own, of_agreement = self._around(subject)
        positions = [days.position(on) for days in own]
        term = term_of(concession, positions, [days.position(on) for days in of_agreement])
        day = first_to_miss(positions, term)
        if day is None:
            raise Refused("nothing to miss", concession=slug)
        if on <= day.on:
            limit = f"its deadline '{day.deadline}'"
            raise Refused(
                "missed too early", subject=slug, effective_on=on, limit=limit, due_on=day.on
            )

    def _series_of(self, deadline: Subject) -> _Counted:
        if deadline.slug not in self._counted:
            self._counted[deadline.slug] = _Counted(deadline.unit, self._counters(deadline))
        return self._counted[deadline.slug]

    def _counters(self, deadline: Subject) -> list[tuple[str, str]]:
        """Return who counted in which unit so far, in the order of the first live reading."""
        return self._writer.connection.query(COUNTERS, deadline=deadline.id)

    def _days_of(self, slug: str) -> _Days:
        """Return the state that a deadline's entries are checked against; refuse other slugs."""
        if slug not in self._days:
            judged = self._judged(self._writer.names.subject(slug, "deadline"))
            if slug not in judged.state.deadlines:
                raise NotFound("no such thing", kind="deadline", name=slug, known=())
            self._days[slug] = _Days(judged.state.deadlines[slug], judged)
        return self._days[slug]

    def _around(self, subject: Subject) -> tuple[Concession, list[_Days], list[_Days]]:
        """Return a concession, its deadlines, and those of its agreement."""
        if subject.slug not in self._owned:
            state = self._judged(subject).state
            deadlines = state.deadlines.values()
            own = [one.slug for one in deadlines if one.concession == subject.slug]
            others = [
                one.slug
                for one in deadlines
                if one.concession is None and one.agreement == subject.agreement
            ]
            self._owned[subject.slug] = state.concessions[subject.slug], own, others
        concession, own, others = self._owned[subject.slug]
        return concession, [*map(self._days_of, own)], [*map(self._days_of, others)]

    def _judged(self, subject: Subject) -> Judged:
        """Return what the book holds about a subject and counts by today."""
        connection = self._writer.connection
        things = around(connection, [subject.id])
        return Judged(
            State(Record(contents(connection, things)), Clocks(self._until, hindsight=True))
        )


def _require_headline(text: str) -> None:
    """Refuse a headline of several lines, or one that is too long for a page."""
    if len(text) > HEADLINE or not text.isprintable():
        reason = f"is not one line of at most {HEADLINE} characters"
        raise BadInput("bad text", part="headline", reason=reason)


def _plain(unit: str | None) -> str | None:
    """Return a unit in its plain spelling; refuse an empty one."""
    given = unit and spelled(unit)
    require_text("unit", given or None)
    return given or None

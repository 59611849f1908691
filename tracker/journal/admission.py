"""The only way into the journal: completes an entry, or refuses what conflicts with the book."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.database.contents import around, contents
from tracker.dates import EARLIEST, Period
from tracker.entry import SHAPES, Entry, Subject
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.journal.batch import keyed
from tracker.journal.writer import TEXT_BYTES, WORD_BYTES, Writer, require_text
from tracker.judged import Judged
from tracker.record import Record
from tracker.rules.deadlines import DeadlinePosition, judge
from tracker.rules.names import spelled
from tracker.rules.stages import first_day_to_miss, first_to_miss, term_of
from tracker.state import Clocks, State
from tracker.things import Concession, Deadline
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
    """Completes entries and checks them; caches what it reads and updates that with each entry.

    `until` is the last day that counts as past: today, except for the events of a shipped seed and
    of another book.
    """

    def __init__(self, writer: Writer, until: date | None = None) -> None:
        self._writer = writer
        self._until = until or writer.today
        self._counted: dict[str, _Counted] = {}
        self._days: dict[str, _Days] = {}
        self._owned: dict[str, tuple[Concession, list[str], list[str]]] = {}

    def admit(self, command: Command, entries: Iterable[Entry]) -> range:
        """Complete entries, check each of them, and write them as one batch."""
        with self._writer.batch(command):
            first = self._writer.next
            new = self._writer.new_of(map(self.completed, entries))
            return self._writer.append(
                command, [self.held(entry, number) for number, entry in enumerate(new, first)]
            )

    def completed(self, entry: Entry, longest: int | None = TEXT_BYTES) -> Entry:
        """Return a completed entry: defaults, names and case as in the book, and its key."""
        names = self._writer.names
        require_text("note", entry.note, longest)
        if entry.says is not None and (says := names.party(entry.says)) != entry.says:
            entry = entry._replace(says=says)
        for source in entry.source:
            names.source(source)
        if entry.headline is False:
            entry = entry._replace(headline=None)
        if entry.kind is EntryKind.READING:
            entry = self._whole_reading(entry)
        elif entry.kind is EntryKind.DEADLINE and entry.value is not None:
            entry = self._restated(entry)
        elif entry.base is not None:
            raise WrongUsage("misuse", reason="a base is restated along with a target")
        return keyed(entry)

    def received(self, entry: Entry) -> Entry:
        """Return a completed entry from another book, which has checked it already."""
        self.require_past(entry.effective_on)
        names = self._writer.names
        if entry.kind is EntryKind.TEXT:
            names.source(entry.subject)
        elif names.find(entry.subject) is None:  # lists no other slugs: there may be very many
            raise NotFound("no such thing", kind="thing", name=entry.subject, known=())
        else:
            names.subject(entry.subject, *ABOUT[entry.kind])
        return self.completed(entry, None)

    def held(self, entry: Entry, number: int) -> Entry:
        """Check a completed entry, as the entry of this number, and return it; refuse conflicts."""
        if entry.kind is EntryKind.TEXT:
            self._require_seen(entry.effective_on)
        self.require_past(entry.effective_on)
        if entry.public_on is not None:
            self._require_public(entry.public_on)
        if entry.headline:
            _require_headline(entry.note or "")
        if entry.kind is not EntryKind.TEXT:
            self._writer.names.subject(entry.subject, *ABOUT[entry.kind])
        if entry.stage is Stage.MISSED and entry.says is None:
            self._require_missable(entry.subject, entry.effective_on.last)
        elif entry.kind is EntryKind.DEADLINE:
            days = self._days_of(entry.subject)
            if entry.outcome:
                self._close(days, entry, number)
            else:
                self._move(days, entry, number)
        elif entry.kind is EntryKind.NOTE:
            require_text("note", entry.note or "")
        return entry

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

    def _whole_reading(self, entry: Entry) -> Entry:
        """Complete a reading, with its counter written as in the series so far."""
        subject = self._writer.names.subject(entry.subject, "deadline")
        if subject.kind != DeadlineKind.DELIVERY:
            raise Refused("not a delivery", deadline=entry.subject, kind=str(subject.kind))
        series = self._series_of(subject)
        given = self._publisher(entry.source) if entry.counted_by is None else entry.counted_by
        require_text("name of who counted", given := spelled(given), WORD_BYTES)
        unit = series.unit_of(_plain(entry.unit))
        if unit is None:
            raise WrongUsage("unit needed", deadline=entry.subject)
        require_text("unit", unit, WORD_BYTES)
        counter = series.counters.setdefault(given.casefold(), given)
        if (unit, counter) == (entry.unit, entry.counted_by) and entry.basis is not None:
            return entry if entry.flow is not None else entry._replace(flow=False)
        # Against a limit a level is measured, which is not a sum; what one day added is.
        is_total = entry.basis is None and not entry.flow
        is_level = is_total and self._days_of(entry.subject).deadline.is_limit
        return entry._replace(
            unit=unit,
            counted_by=counter,
            basis=entry.basis or (Basis.LEVEL if is_level else Basis.OTHER),
            flow=bool(entry.flow),
        )

    def require_known_unit(self, reading: Entry) -> None:
        """Refuse a reading in a unit in which nothing of its deadline is counted yet."""
        series = self._series_of(self._writer.names.subject(reading.subject, "deadline"))
        unit, known = _plain(reading.unit), [*series.units.values()]
        if unit and known and unit.casefold() not in series.units:
            raise Refused("new unit", deadline=reading.subject, unit=unit, known=known)

    def _publisher(self, sources: Sequence[str]) -> str:
        """Return the counter if none is named: the source's publisher, else the author."""
        source = self._writer.names.source(sources[0]) if sources else None
        return (source and source.publisher) or self._writer.author

    def _restated(self, entry: Entry) -> Entry:
        """Complete a restated target with its unit."""
        subject = self._writer.names.subject(entry.subject, "deadline")
        if subject.unit is None:
            raise Refused("no target", deadline=entry.subject)
        is_zero = entry.value == 0 and entry.base is None
        if is_zero and not self._days_of(entry.subject).deadline.may_be_zero:
            raise BadInput("zero target")
        if entry.base is not None and entry.base == entry.value:
            raise BadInput("same base")
        given = _plain(entry.unit)
        if given and given.casefold() != subject.unit.casefold():
            raise Refused("another unit", deadline=entry.subject, unit=given, wanted=subject.unit)
        return entry._replace(unit=subject.unit)

    def _move(self, days: _Days, entry: Entry, number: int) -> None:
        due_on, opens_on = entry.due_on, days.deadline.opens_on
        assert due_on is not None
        if due_on.last < EARLIEST:
            raise BadInput("early day", day=due_on, column="due_on")
        if opens_on and due_on.last < opens_on:
            raise Refused("before window", deadline=entry.subject, due_on=due_on, opens_on=opens_on)
        days.add(entry._replace(entry=number))

    def _close(self, days: _Days, entry: Entry, number: int) -> None:
        if (closed := days.closing) is not None:
            raise Refused(
                "already closed",
                deadline=entry.subject,
                outcome=str(closed.outcome),
                entry=closed.entry,
            )
        outcome, on, kind = entry.outcome, entry.effective_on.last, days.deadline.kind
        assert outcome is not None
        if outcome not in (known := CLOSED_AS[kind]):
            raise Refused(
                "another outcome", deadline=entry.subject, kind=kind, outcome=outcome, known=known
            )
        if outcome is Outcome.MISSED:
            position, about = days.position(on), entry.subject
            day = first_day_to_miss(position)
            if position.verdict is DeadlineVerdict.WAITING:
                raise Refused(
                    "still waiting", deadline=entry.subject, awaits=str(days.deadline.awaits)
                )
            if day is not None and on <= day and not position.is_limit:
                raise Refused(
                    "missed too early", subject=about, effective_on=on, limit="it", due_on=day
                )
        days.closing = entry._replace(entry=number)

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
        """Return who counted in which unit so far, in the order of the first live reading."""
        if deadline.slug not in self._counted:
            counters = self._writer.connection.query(COUNTERS, deadline=deadline.id)
            self._counted[deadline.slug] = _Counted(deadline.unit, counters)
        return self._counted[deadline.slug]

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
        clocks = Clocks(self._until, hindsight=True)
        return Judged(State(Record(contents(connection, things)), clocks))


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

"""The only way into the journal: completes an entry, or refuses what conflicts with the book."""

from collections.abc import Iterable
from datetime import date

from tracker.dates import EARLIEST, Period, exactly
from tracker.entry import SHAPES, Entry
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.journal.batch import TEXT_BYTES, WORD_BYTES, keyed, require_text
from tracker.journal.writer import Writer
from tracker.rules.deadlines import DeadlinePosition, judge, moved, uncancelled
from tracker.rules.statuses import first_day_to_miss, first_to_miss, term_of
from tracker.state import Clocks, State
from tracker.things import Deadline, spelled
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

ABOUT = {
    shape.kind: tuple(kind.value for kind in shape.about) for shape in SHAPES.values()
}
"""The kinds of things that entries of each kind can be about."""
SETTLING = {
    Outcome.MET: "kept",
    Outcome.MISSED: "missed",
    Outcome.CANCELLED: "overtaken",
}
"""The verdict that says how a delivery ended."""
HEADLINE = 80
"""The most characters of a note that is a headline."""


class _Deadline:
    """A deadline and what is logged on it so far, to which new entries are added."""

    def __init__(self, deadline: Deadline, state: State) -> None:
        self.deadline = deadline
        self.sides = state.sides_of(deadline)
        self.promised_on = state.promised_on(deadline).first
        self.counters: dict[str, str] = {}
        self.units: dict[str, str] = {}
        """Counters and units as they are spelled, by the same in lower case."""
        self.moves = [*state.moves.get(deadline.slug, ())]
        if deadline.unit:
            self.unit(deadline.unit)
        readings = state.record.live[EntryKind.READING].get(deadline.slug, [])
        for reading in sorted(readings):
            self.counter(str(reading.counted_by))
            self.unit(str(reading.unit))
        if deadline.counted_by:
            self.counter(deadline.counted_by)
        self.closing = next(reversed(state.closings(deadline.slug)), None)

    def counter(self, name: str) -> str:
        """Return a counter in the spelling used so far."""
        return self.counters.setdefault(name.casefold(), name)

    def unit(self, name: str | None) -> str | None:
        """Return a unit in the spelling used so far; by default, the deadline's, else the first."""
        if name is None:
            return next(iter(self.units.values()), None)
        return self.units.setdefault(name.casefold(), name)

    def position(self, on: date) -> DeadlinePosition:
        """Return the deadline's position after the moves up to a day."""
        moves = [move for move in self.moves if move.on <= on]
        moves.sort(key=lambda move: (move.on, move.public_on or move.on))
        closing = self.closing if self.closing and self.closing.on <= on else None
        after = moved(self.deadline, moves, self.sides, self.promised_on)
        return judge(self.deadline, after, closing, on)


class Admission:
    """Completes entries and checks them; updates what the names keep of deadlines with each entry.

    `until` is the last day that counts as past: today, except for the events of a shipped seed and
    of another book. A table or a book may be `of_old`: it may close what a verdict settles.
    """

    def __init__(
        self, writer: Writer, until: date | None = None, *, of_old: bool = False
    ) -> None:
        self._writer = writer
        self._until = until or writer.today
        self._of_old = of_old
        self._state: State | None = None

    def record(
        self, command: Command, entries: Iterable[Entry], new_series: bool = True
    ) -> range:
        """Write the entries of one command as one batch, each about what a person's word names.

        The same is written once. Without `new_series`, a reading in a unit of its own is refused.
        """
        names = self._writer.names
        given = [*entries]
        words = {entry.subject for entry in given}
        cited = {source for entry in given for source in entry.source}
        names.read(words | cited)
        new = dict[Entry, None]()
        for entry in given:
            slug = names.meant(entry.subject, *ABOUT[entry.kind])
            new[entry._replace(subject=slug)] = None
        slugs = {entry.subject for entry in new}
        if slugs != words:
            names.read(slugs | cited)
        if not new_series:
            for entry in new:
                self._require_known_unit(entry)
        return self.admit(command, new)

    def admit(self, command: Command, entries: Iterable[Entry]) -> range:
        """Complete entries, check each of them, and write them as one batch."""
        with self._writer.batch(command):
            first = self._writer.next
            # Each after the one before it is held.
            completed = map(self.completed, entries)
            held = [
                self.held(entry, number) for number, entry in enumerate(completed, first)
            ]
            return self._writer.append(command, held)

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
        if entry.inferred is False:
            entry = entry._replace(inferred=None)
        elif entry.inferred and entry.says:
            raise WrongUsage(
                "option unfit",
                option="--inferred",
                other="--says",
                reason="as what a party says is not inferred",
            )
        if entry.kind is EntryKind.READING:
            entry = self._whole_reading(entry)
        elif entry.kind is EntryKind.DEADLINE and entry.value is not None:
            entry = self._restated(entry)
        elif entry.base is not None:
            raise WrongUsage("misuse", reason="a base is restated along with a target")
        return keyed(entry)

    def held(self, entry: Entry, number: int) -> Entry:
        """Check a completed entry, as the entry of this number, and return it; refuse conflicts."""
        on = entry.effective_on
        is_text = entry.kind is EntryKind.TEXT
        if is_text and on.precision is not Precision.DAY:
            raise BadInput("not a calendar day", text=str(on))
        self.require_past(on, "--seen" if is_text else "--on")
        if entry.public_on is not None:
            self.require_past(exactly(entry.public_on), "--public", "public_on")
        if entry.headline:
            text = entry.note or ""
            if len(text) > HEADLINE or not text.isprintable():
                reason = f"is not one line of at most {HEADLINE} characters"
                raise BadInput("bad text", part="headline", reason=reason)
        if not is_text:
            self._writer.names.subject(entry.subject, *ABOUT[entry.kind])
        if entry.stage is Stage.MISSED and entry.says is None:
            self._require_missable(entry.subject, on.last)
        elif entry.outcome:
            self._close(entry, number)
        elif entry.due_on:
            self._move(entry, entry.due_on, number)
        elif entry.kind is EntryKind.NOTE:
            require_text("note", entry.note or "")
        return entry

    def require_past(
        self, on: Period, option: str = "--on", column: str = "effective_on"
    ) -> None:
        """Refuse a day that is still to come or mistyped, or a month or year that is not over."""
        if on.last < EARLIEST:
            raise BadInput("early day", day=on, column=column)
        if on.last > self._until:
            when = "in the future" if on.precision is Precision.DAY else "not over yet"
            today = self._writer.today
            raise BadInput(
                "future day",
                day=on,
                when=when,
                today=today,
                column=column,
                option=option,
            )

    def _whole_reading(self, entry: Entry) -> Entry:
        """Complete a reading, with its counter written as in the series so far."""
        history = self._deadline(entry.subject)
        if history.deadline.kind is not DeadlineKind.DELIVERY:
            raise Refused(
                "not a delivery", deadline=entry.subject, kind=str(history.deadline.kind)
            )
        given = entry.counted_by
        if given is None:
            source = self._writer.names.source(entry.source[0]) if entry.source else None
            given = (source and source.publisher) or self._writer.author
        require_text("name of who counted", given := spelled(given), WORD_BYTES)
        unit = history.unit(_plain(entry.unit))
        counter = history.counter(given)
        if unit is None:
            raise WrongUsage("unit needed", deadline=entry.subject)
        require_text("unit", unit, WORD_BYTES)
        if (unit, counter) == (entry.unit, entry.counted_by) and entry.basis is not None:
            return entry if entry.flow is not None else entry._replace(flow=False)
        # Against a limit a level is measured, which is not a sum; what one day added is.
        is_level = history.deadline.is_limit and not entry.flow
        return entry._replace(
            unit=unit,
            counted_by=counter,
            basis=entry.basis or (Basis.LEVEL if is_level else Basis.OTHER),
            flow=bool(entry.flow),
        )

    def _require_known_unit(self, reading: Entry) -> None:
        """Refuse a reading in a unit in which nothing of its deadline is counted yet."""
        units = self._deadline(reading.subject).units
        unit = _plain(reading.unit)
        if unit and units and unit.casefold() not in units:
            known = [*units.values()]
            raise Refused("new unit", deadline=reading.subject, unit=unit, known=known)

    def _restated(self, entry: Entry) -> Entry:
        """Complete a restated target with its unit."""
        deadline = self._deadline(entry.subject).deadline
        given = _plain(entry.unit)
        if deadline.unit is None:
            raise Refused("no target", deadline=entry.subject)
        base = deadline.base if entry.base is None else entry.base
        if entry.value == 0 and base is None and not deadline.is_limit:
            reason = "is 0, against which nothing can be measured"
            raise BadInput("bad text", part="target", reason=reason)
        if entry.base is not None and entry.base == entry.value:
            raise BadInput("bad text", part="base", reason="is the same as the target")
        if given and given.casefold() != deadline.unit.casefold():
            wanted = deadline.unit
            raise Refused(
                "another unit", deadline=entry.subject, unit=given, wanted=wanted
            )
        return entry._replace(unit=deadline.unit)

    def _move(self, entry: Entry, due_on: Period, number: int) -> None:
        history = self._deadline(entry.subject)
        opens_on = history.deadline.opens_on
        if due_on.last < EARLIEST:
            raise BadInput("early day", day=due_on, column="due_on")
        if opens_on and due_on.last < opens_on:
            raise Refused(
                "before window", deadline=entry.subject, due_on=due_on, opens_on=opens_on
            )
        history.moves.append(entry._replace(entry=number))

    def _close(self, entry: Entry, number: int) -> None:
        slug = entry.subject
        history = self._deadline(slug)
        closed = history.closing
        if closed is not None:
            ended = str(closed.outcome)
            raise Refused(
                "already closed", deadline=slug, outcome=ended, entry=closed.entry
            )
        kind = history.deadline.kind
        if entry.outcome not in CLOSED_AS[kind]:
            raise Refused(
                "another outcome",
                deadline=slug,
                kind=kind,
                outcome=entry.outcome,
                known=CLOSED_AS[kind],
            )
        if not self._of_old:
            self._require_no_verdict(history.deadline, entry.outcome)
        if entry.outcome is Outcome.MISSED:
            on = entry.effective_on.last
            position = history.position(on)
            if position.verdict is DeadlineVerdict.WAITING:
                raise Refused("nothing to miss", slug=slug)
            day = first_day_to_miss(position)
            if day is not None and on <= day and not position.is_limit:
                raise Refused(
                    "missed too early",
                    subject=slug,
                    effective_on=on,
                    limit="it",
                    due_on=day,
                )
        history.closing = entry._replace(entry=number)

    def _require_no_verdict(self, deadline: Deadline, outcome: Outcome) -> None:
        """Refuse to close what a verdict settles: a delivery, unless it is one of several."""
        concession = deadline.concession
        if deadline.kind is not DeadlineKind.DELIVERY or concession is None:
            return
        state = self._around(deadline.slug, "deadline")
        due = state.due[deadline.slug]
        is_one_of_several = len(uncancelled(state.owned[concession])) > 1
        if due.is_limit:
            may_close = outcome is Outcome.CANCELLED
        else:
            may_close = is_one_of_several and not due.closed
        if not may_close:
            is_broken = due.is_limit and outcome is Outcome.MISSED
            status = "broken" if is_broken else SETTLING[outcome]
            raise Refused(
                "settled by verdict",
                deadline=deadline.slug,
                concession=concession,
                status=status,
            )

    def _require_missable(self, slug: str, on: date) -> None:
        """Refuse our own `missed` before a delivery's day, or else before the term ends."""
        state = self._around(slug, "concession")
        concession = state.concessions[slug]
        own = list[DeadlinePosition]()
        of_agreement = list[DeadlinePosition]()
        for deadline in state.deadlines.values():
            if deadline.agreement != concession.agreement:
                continue
            if deadline.concession == slug:
                own.append(self._deadline(deadline.slug).position(on))
            elif deadline.concession is None:
                of_agreement.append(self._deadline(deadline.slug).position(on))
        first = first_to_miss(own, term_of(concession, own, of_agreement))
        if first is None:
            raise Refused("nothing to miss", slug=slug)
        day, deadline_slug = first
        if on <= day:
            name = f"its deadline '{deadline_slug}'"
            raise Refused(
                "missed too early", subject=slug, effective_on=on, limit=name, due_on=day
            )

    def _deadline(self, slug: str) -> _Deadline:
        """Return the deadline that entries are checked against; refuse other slugs."""
        known: dict[str, _Deadline] = self._writer.names.deadlines
        if slug not in known:
            state = self._around(slug, "deadline")
            if slug not in state.deadlines:
                raise NotFound("no such thing", kind="deadline", name=slug, known=())
            known[slug] = _Deadline(state.deadlines[slug], state)
        return known[slug]

    def _around(self, slug: str, kind: str) -> State:
        """Return what the book holds around a thing of a kind, and counts by today."""
        self._writer.names.subject(slug, kind)
        record = self._writer.names.around(slug)
        if self._state is None or self._state.record is not record:
            self._state = State(record, Clocks(self._until, hindsight=True))
        return self._state


def _plain(unit: str | None) -> str | None:
    """Return a unit in its plain spelling; refuse an empty one."""
    given = unit and spelled(unit)
    require_text("unit", given or None)
    return given or None

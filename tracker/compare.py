"""What differs between two states of the book, and which entries made the difference."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from tracker.dates import Period, exactly
from tracker.entry import Entry
from tracker.mappings import by_key, value_of
from tracker.record import Record
from tracker.rules.progress import Series
from tracker.rules.stages import latest_by_party
from tracker.state import State
from tracker.things import differing
from tracker.vocabulary import (
    Basis,
    Command,
    ConcessionState,
    DeadlineVerdict,
    EntryKind,
    ThingKind,
)


class What(StrEnum):
    """What can differ, in the order in which differences are listed."""

    STATE = "state"
    FIGURE = "figure"
    DAY = "day"
    TARGET = "target"
    OUTCOME = "outcome"
    CLAIM = "claim"
    NOTE = "note"
    TEXT = "text"
    FIELD = "field"


class Kind(StrEnum):
    """How a difference came about: by the entry that decides what holds now."""

    HAPPENED = "happened"
    """It became public in between."""
    LATE = "late"
    """It was public before, and recorded in between."""
    RESTATED = "restated"
    """It is another vintage of a reading's day."""
    CORRECTED = "corrected"
    """It replaces a retracted entry, or a retraction left it in force."""
    DECLARED = "declared"
    PASSED = "passed"
    """Only the day passed."""


class Fact(NamedTuple):
    """One value of a state, and the entry that decides it, if one does."""

    value: Any
    entry: Entry | None = None


NO_FACT = Fact(None)


class FigurePart(NamedTuple):
    """The part of a figure: its series, and whether it is what that had by the deadline's day."""

    counted_by: str
    basis: Basis
    unit: str
    by_its_day: bool


class NotePart(NamedTuple):
    """The part of a note: all that makes two notes the same."""

    says: str | None
    on: Period
    text: str
    headline: bool | None


class Key(NamedTuple):
    """What a fact is about.

    `part` is a party, a `FigurePart`, a `NotePart`, the number of a text's entry, or a field.
    """

    what: What
    subject: str
    part: Any = ""


class Difference(NamedTuple):
    """One fact that differs; None where it is not there before, or not any more."""

    kind: Kind
    what: What
    subject: str
    part: Any
    before: Any
    after: Any
    on: Period
    """The day of the entry that decides, or the day that passed."""
    entries: tuple[Entry, ...]
    """The entries that made the difference, the deciding one last."""


DECLARED = (What.STATE, What.DAY, What.TARGET)
"""The facts that a declaration decides as long as no other entry does."""
NOTED = (EntryKind.NOTE, EntryKind.STAGE, EntryKind.DEADLINE)
"""The kinds of entries whose notes are news, even if nothing else differs."""
BY_STAGE = (DeadlineVerdict.MET, DeadlineVerdict.MISSED)
"""The verdicts on a deadline that can rest on the stage of its concession."""
NAMES = ("name", "title", "label")
"""The field that names a thing which is declared only in one of the states."""


def compare(before: State, after: State, with_notes: bool = True) -> list[Difference]:
    """Return what differs between two states of one book, by what it is about."""
    return [*_Comparison(before, after, with_notes).differences()]


class _Comparison:
    """Two states, and the entries that count in only one of them."""

    def __init__(self, before: State, after: State, with_notes: bool) -> None:
        self.before = before
        self.after = after
        self.with_notes = with_notes
        self.new = _only_in(after, before)
        self.gone = _only_in(before, after)
        self._counts = _by_series([*self.new.values(), *self.gone.values()])

    def differences(self) -> Iterator[Difference]:
        """Yield each fact that differs, with notes if wanted, then each declared field."""
        then = self._facts(self.before, self.gone)
        now = self._facts(self.after, self.new)
        changed = []
        for key in {**now, **then}:
            was = then.get(key, NO_FACT)
            has = now.get(key, NO_FACT)
            if _differ(was.value, has.value) and not (
                has is NO_FACT and self._is_ahead_again(key)
            ):
                changed.append((key, was, has))
        changed.sort(key=lambda change: change[0].what is What.NOTE)
        told = set[int]()
        for key, was, has in changed:
            difference = self._difference(key, was, has)
            numbers = {entry.entry for entry in difference.entries}
            if key.what is What.NOTE and told & numbers:
                continue  # the note of what makes another difference is not one by itself
            yield difference
            told |= numbers
        yield from self._fields()

    def _is_ahead_again(self, key: Key) -> bool:
        """Return whether this is a figure by a deadline's day that is now ahead again.

        The series' latest figure stands for it then.
        """
        if key.what is not What.FIGURE or not key.part.by_its_day:
            return False
        deadline = self.after.due.get(key.subject)
        return deadline is not None and not deadline.past

    @cached_property
    def _unlike(self) -> set[str]:
        """The concessions and deadlines of which a fact may differ."""
        then = _grounds(self.before)
        now = _grounds(self.after)
        return {slug for slug in {**then, **now} if then.get(slug) != now.get(slug)}

    def _facts(self, state: State, news: Mapping[str, list[Entry]]) -> dict[Key, Fact]:
        """Return the facts of a state that may differ, with the notes of its `news`."""
        facts = dict(_of_concessions(state, self._unlike))
        facts.update(_of_deadlines(state, self._unlike))
        facts.update(_of_figures(state, self._unlike))
        for entries in news.values():
            facts.update(_told(state, entries, self.with_notes))
        return facts

    def _difference(self, key: Key, was: Fact, now: Fact) -> Difference:
        entries = self._entries(key, was, now)
        if entries:
            deciding = entries[-1]
            is_new = key.what is What.STATE and was is NO_FACT
            is_promise = is_new and now.value[1] is ConcessionState.PROMISED
            kind = self._kind(key, was, now, deciding)
            on = self._happened_on(deciding, is_promise)
        else:
            kind = Kind.PASSED
            on = self._passed_on(key)
        return Difference(kind, *key, was.value, now.value, on, tuple(entries))

    def _fields(self) -> Iterator[Difference]:
        """Yield what was declared, changed or taken back of things that have no other facts."""
        before = self.before.record
        after = self.after.record
        if before is after:  # only the day differs
            return
        for what in ThingKind:
            then = before.in_force(what)
            now = after.in_force(what)
            for thing in {**now, **then}:
                if then.get(thing) != now.get(thing):
                    yield from self._fields_of(then.get(thing), now.get(thing))

    def _fields_of(self, was: Any, now: Any) -> Iterator[Difference]:
        """Yield the fields in which two versions of a thing differ; without one, only its name."""
        record = self.after.record
        last = record.entries[max(row.entry_id for row in (was, now) if row)]
        if not self.after.shows(last):
            return
        old = record.declares(was.entry_id) if was else {}
        new = record.declares(now.entry_id) if now else {}
        entry = self._retraction(last)
        kind = Kind.DECLARED if entry is last else Kind.CORRECTED
        for name, values in differing(old, new).items():
            if (was and now) or name in NAMES:
                key = Key(What.FIELD, last.subject, name)
                yield Difference(kind, *key, *values, entry.effective_on, (entry,))

    def _entries(self, key: Key, was: Fact, now: Fact) -> list[Entry]:
        """Return the entries that made a difference, the deciding one last."""
        then_by = _decided_by(self.before, key, was)
        now_by = _decided_by(self.after, key, now)
        is_same = (
            then_by is not None and now_by is not None and then_by.entry == now_by.entry
        )
        entries = self._making(key)
        if (is_same or not entries) and key.what in (What.STATE, What.OUTCOME):
            entries = self._moves_under(key.subject) or entries
        if not entries and now is NO_FACT and then_by:
            return [self._retraction(then_by)]
        if now_by and not is_same:
            entries.pop(now_by.entry, None)
            entries[now_by.entry] = now_by
        return [*entries.values()]

    def _moves_under(self, subject: str) -> dict[int, Entry]:
        """Return the entries that moved the days on which a state or an outcome rests."""
        slugs = [subject]
        slugs += [
            position.deadline.slug for position in self.after.owned.get(subject, ())
        ]
        term = self.after.terms.get(subject)
        if term and term.deadline:
            slugs.append(term.deadline)
        moves = dict[int, Entry]()
        for slug in dict.fromkeys(slugs):
            if _days_of(self.before, slug) != _days_of(self.after, slug):
                moves |= self._making(Key(What.DAY, slug))
        return moves

    def _making(self, key: Key) -> dict[int, Entry]:
        """Return the new entries about a fact, and what took old ones back, by their numbers."""
        if (
            key.what is What.NOTE
        ):  # its own entry makes it; a concession may have thousands
            return {}
        if key.what is What.FIGURE:  # of one deadline there may be very many series
            series = (key.subject, key.part.counted_by, key.part.basis, key.part.unit)
            entries = self._counts.get(series, [])
        else:
            about = [*self.new[key.subject], *self.gone[key.subject]]
            entries = [entry for entry in about if _says(entry, key)]
        return {entry.entry: entry for entry in map(self._retraction, entries)}

    def _retraction(self, entry: Entry) -> Entry:
        """Return what took an entry back, or the entry itself if nothing did."""
        record = self.after.record
        retraction = record.retracted.get(entry.entry)
        return record.entries[retraction] if retraction else entry

    def _kind(self, key: Key, was: Fact, now: Fact, entry: Entry) -> Kind:
        record = self.before.record
        was_known = entry.entry in record.rows
        was_there = was is not NO_FACT and self.before.counts(entry)
        is_again = was_there or entry.entry in record.retracted
        replaces = replaced(self.after.record, entry) in record.rows
        if entry.kind is EntryKind.RETRACTION or is_again or replaces:
            return Kind.CORRECTED
        if entry.kind is EntryKind.DECLARATION:
            is_promise = was is NO_FACT and key.what is What.STATE
            return Kind.HAPPENED if was_known and is_promise else Kind.DECLARED
        has_both = key.what is What.FIGURE and was.value and now.value
        if has_both and was.value.through == now.value.through:
            return Kind.RESTATED
        public_on = self.after.record.made_public(entry)
        return (
            Kind.HAPPENED
            if was_known or public_on > self.before.clocks.as_of
            else Kind.LATE
        )

    def _happened_on(self, entry: Entry, is_promise: bool) -> Period:
        """Return the day of an entry; of the declaration of a concession, that of its promise.

        Another entry on a new promise has the day of the promise, too, if that is earlier.
        """
        concession = value_of(self.after.concessions, entry.concession)
        is_declared = entry.kind is EntryKind.DECLARATION and entry.deadline is None
        if concession and (is_declared or is_promise):
            promised_on = self.after.promised_on(concession)
            return promised_on if is_declared else min(promised_on, entry.effective_on)
        return entry.effective_on

    def _passed_on(self, key: Key) -> Period:
        """Return the day that passed: that of a deadline, or the last one of a term."""
        ends_on = None
        if deadline := self.after.due.get(key.subject):
            ends_on = deadline.due_on
        elif term := self.after.terms.get(key.subject):
            ends_on = term.term_ends_on
        return exactly(ends_on.last if ends_on else self.after.clocks.as_of)


def replaced(record: Record, entry: Entry) -> int | None:
    """Return what an amendment took back to write an entry."""
    if entry.command is not Command.AMEND or entry.kind is EntryKind.RETRACTION:
        return None
    before = record.entries.get(entry.entry - 1)
    if before is None or before.batch != entry.batch:
        return None
    return before.refers_to


def _only_in(state: State, other: State) -> Mapping[str, list[Entry]]:
    """Return the entries that count in one state and not in another, by their subject."""
    return by_key(
        (entry.subject, entry)
        for number, entry in state.counting.items()
        if number not in other.counting
        and (entry.kind is EntryKind.TEXT or state.shows(entry))
    )


def _by_series(lists: Iterable[list[Entry]]) -> Mapping[tuple[Any, ...], list[Entry]]:
    """Return some entries by what they are about and, if they count, the series."""
    return by_key(
        ((entry.subject, entry.counted_by, entry.basis, entry.unit), entry)
        for entries in lists
        for entry in entries
    )


def _says(entry: Entry, key: Key) -> bool:
    """Return whether an entry says something of a fact that is not a figure."""
    match key.what:
        case What.STATE | What.CLAIM:
            return entry.kind is EntryKind.STAGE and key.part in ("", entry.says)
        case What.OUTCOME:
            return entry.outcome is not None
        case What.DAY | What.TARGET:
            return entry.due_on is not None and key.part in ("", entry.says)
        case (
            What.FIGURE | What.NOTE | What.TEXT | What.FIELD
        ):  # it is found without asking
            return False


def _differ(was: Any, now: Any) -> bool:
    """Return whether the values of two facts differ: figures, in quantity or day."""
    if isinstance(was, Series) and isinstance(now, Series):
        return was.value != now.value or was.through != now.through
    return bool(was != now)


def _days_of(state: State, slug: str) -> tuple[date | None, Period | None] | None:
    """Return the first and the last day of a deadline, if it is declared."""
    deadline = state.due.get(slug)
    return (deadline.opens_on, deadline.due_on) if deadline else None


def _decided_by(state: State, key: Key, fact: Fact) -> Entry | None:
    """Return the entry that decides a fact: without another one, the declaration."""
    if fact is NO_FACT or fact.entry or key.part or key.what not in DECLARED:
        return fact.entry
    record = state.record
    return record.entries[record.live_declarations(key.subject)[-1]]


def _grounds(state: State) -> dict[str, tuple[object, ...]]:
    """Return what decides all facts about each concession and deadline."""
    grounds = dict[str, tuple[object, ...]]()
    for slug, position in state.positions.items():
        grounds[slug] = (position.stage, position.state, state.stages.get(slug))
    for slug, deadline in state.due.items():
        grounds[slug] = (
            deadline.deadline,
            deadline.target,
            deadline.opens_on,
            deadline.due_on,
            deadline.ahead,
            state.window(deadline) if deadline.is_limit else None,
            state.reported(deadline).verdict,
            state.moves.get(slug),
            state.readings.get(slug),
        )
    return grounds


def _of_concessions(state: State, slugs: Set[str]) -> Iterator[tuple[Key, Fact]]:
    for slug in filter(slugs.__contains__, state.positions):
        position = state.positions[slug]
        yield (
            Key(What.STATE, slug),
            Fact((position.stage, position.state), position.decided_by),
        )
        for party, claim in latest_by_party(state.claims(slug)).items():
            yield Key(What.CLAIM, slug, party), Fact(claim.stage, claim)


def _of_deadlines(state: State, slugs: Set[str]) -> Iterator[tuple[Key, Fact]]:
    for slug in filter(slugs.__contains__, state.due):
        position = state.due[slug]
        day = position.due_on
        if position.deadline.awaits_first_day:
            day = exactly(position.opens_on) if position.opens_on else None
        yield Key(What.DAY, slug), Fact(day, position.last_move)
        if position.target is not None:
            yield Key(What.TARGET, slug), Fact(position.target, position.restated_by)
        outcome = state.reported(position).verdict
        closing = state.closings.get(slug)
        owner = value_of(state.positions, position.deadline.concession)
        if owner and closing is None and outcome in BY_STAGE:
            closing = owner.decided_by
        yield Key(What.OUTCOME, slug), Fact(outcome, closing)
        moves = state.moves.get(slug, ())
        for party, move in latest_by_party(moves).items():
            if move.value is None or move.due_on != day:  # not only another target
                yield Key(What.DAY, slug, party), Fact(move.due_on, move)
        restated = (move for move in moves if move.value is not None)
        for party, move in latest_by_party(restated).items():
            yield Key(What.TARGET, slug, party), Fact(move.value, move)


def _of_figures(state: State, slugs: Set[str]) -> Iterator[tuple[Key, Fact]]:
    """Yield what each series has reached, and what it had by a day that has passed."""
    for slug in filter(slugs.__contains__, state.due):
        progress = state.progress_of(state.due[slug])
        figures = [(series, False) for series in progress.early]
        for count in progress.counts:
            figures.append((count.latest, False))
            if count.series and count.series is not count.latest:
                figures.append((count.series, True))
        for series, by_then in figures:
            part = FigurePart(series.counted_by, series.basis, series.unit, by_then)
            entry = state.record.updates[series.entry]
            yield Key(What.FIGURE, slug, part), Fact(series, entry)


def _told(
    state: State, entries: Iterable[Entry], with_notes: bool
) -> Iterator[tuple[Key, Fact]]:
    """Yield kept texts and, if wanted, the notes of entries, also of what decides something."""
    for entry in entries:
        is_text = entry.kind is EntryKind.TEXT
        if is_text and (state.agreement is None or entry.subject in state.stated):
            yield (
                Key(What.TEXT, entry.subject, entry.entry),
                Fact(entry.note or entry.entry, entry),
            )
        elif with_notes and entry.kind in NOTED and entry.note and state.shows(entry):
            part = NotePart(entry.says, entry.effective_on, entry.note, entry.headline)
            yield Key(What.NOTE, entry.subject, part), Fact(entry.note, entry)

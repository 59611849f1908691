"""What differs between two states of the book, and which entries made the difference."""

from collections.abc import Iterable, Iterator, Mapping, Set
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from tracker.dates import Period, exactly
from tracker.declared import by_key, value_of
from tracker.entry import Entry
from tracker.judged import Judged
from tracker.record import Record
from tracker.rules.progress import Series
from tracker.rules.stages import latest_by_party
from tracker.state import State
from tracker.things import differing
from tracker.vocabulary import Command, ConcessionState, DeadlineVerdict, EntryKind, ThingKind


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


class Key(NamedTuple):
    """What a fact is about; `part` is a party, a series, an entry or a field."""

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


def compare(before: Judged, after: Judged, with_notes: bool = True) -> list[Difference]:
    """Return what differs between two states of one book, by what it is about."""
    return [*_Comparison(before, after, with_notes).differences()]


class _Comparison:
    """Two states, and the entries that count in only one of them."""

    def __init__(self, before: Judged, after: Judged, with_notes: bool) -> None:
        self.before = before
        self.after = after
        self.with_notes = with_notes
        self.new = _only_in(after.state, before.state)
        self.gone = _only_in(before.state, after.state)

    def differences(self) -> Iterator[Difference]:
        """Yield each fact that differs, with notes if wanted, then each declared field."""
        then, done = self._facts(self.before, self.gone), set[int]()
        now = self._facts(self.after, self.new)
        for key in [key for key in then if key.what is What.FIGURE and key not in now]:
            due = self.after.deadlines.get(key.subject)
            if key.part[3] and due and not due.past:  # its day is ahead again: it is its latest
                del then[key]
        triples = ((key, then.get(key, NO_FACT), now.get(key, NO_FACT)) for key in {**now, **then})
        changed = [triple for triple in triples if _differ(triple[1].value, triple[2].value)]
        # The note of what makes another difference is not one by itself.
        for key, old, new in sorted(changed, key=lambda triple: triple[0].what is What.NOTE):
            difference = self._difference(key, old, new)
            numbers = {entry.entry for entry in difference.entries}
            if key.what is not What.NOTE or done.isdisjoint(numbers):
                yield difference
            done |= numbers
        yield from self._fields()

    @cached_property
    def _unlike(self) -> set[str]:
        """The concessions and deadlines of which a fact may differ."""
        then, now = _grounds(self.before), _grounds(self.after)
        return {slug for slug in {**then, **now} if then.get(slug) != now.get(slug)}

    def _facts(self, judged: Judged, news: Mapping[str, list[Entry]]) -> dict[Key, Fact]:
        """Return the facts of a state that may differ, with the notes of its `news`."""
        notes = _told(judged.state, chain.from_iterable(news.values()), self.with_notes)
        kinds = (_of_concessions, _of_deadlines, _of_figures)
        return dict(chain(*(facts(judged, self._unlike) for facts in kinds), notes))

    def _difference(self, key: Key, was: Fact, now: Fact) -> Difference:
        if entries := self._entries(key, was, now):
            deciding = entries[-1]
            is_new = key.what is What.STATE and was is NO_FACT
            is_promise = is_new and now.value[1] is ConcessionState.PROMISED
            on, kind = self._happened_on(deciding, is_promise), self._kind(key, was, now, deciding)
        else:
            on, kind = self._passed_on(key), Kind.PASSED
        return Difference(kind, *key, was.value, now.value, on, tuple(entries))

    def _fields(self) -> Iterator[Difference]:
        """Yield what was declared, changed or taken back of things that have no other facts."""
        before, after = (judged.state.record for judged in (self.before, self.after))
        for what in ThingKind if before is not after else ():  # else only the day differs
            then, now = before.in_force(what), after.in_force(what)
            for thing in {**now, **then}:
                if then.get(thing) != now.get(thing):
                    yield from self._fields_of(then.get(thing), now.get(thing))

    def _fields_of(self, was: Any, now: Any) -> Iterator[Difference]:
        """Yield the fields in which two versions of a thing differ; without one, only its name."""
        state, record = self.after.state, self.after.state.record
        last = record.entries[max(row.entry_id for row in (was, now) if row)]
        old, new = (record.declares(row.entry_id) if row else {} for row in (was, now))
        entry = self._retraction(last)
        kind = Kind.DECLARED if entry is last else Kind.CORRECTED
        for name, values in differing(old, new).items():
            if state.shows(last) and ((was and now) or name in NAMES):
                key = Key(What.FIELD, last.subject, name)
                yield Difference(kind, *key, *values, entry.effective_on, (entry,))

    def _entries(self, key: Key, was: Fact, now: Fact) -> list[Entry]:
        """Return the entries that made a difference, the deciding one last."""
        then_by, now_by = _decided_by(self.before, key, was), _decided_by(self.after, key, now)
        entries = self._making(key)
        is_as_before = not entries or (then_by and now_by and then_by.entry == now_by.entry)
        if is_as_before and key.what in (What.STATE, What.OUTCOME):  # they rest on days, too
            term, moved = self.after.terms.get(key.subject), dict[int, Entry]()
            slugs = [position.deadline.slug for position in self.after.owned.get(key.subject, ())]
            for slug in filter(None, dict.fromkeys([key.subject, *slugs, term and term.deadline])):
                days = (value_of(judged.deadlines, slug) for judged in (self.before, self.after))
                if len({day and (day.opens_on, day.due_on) for day in days}) > 1:
                    moved |= self._making(Key(What.DAY, slug))
            entries = moved or entries
        if not entries and now is NO_FACT and then_by:
            return [self._retraction(then_by)]
        if now_by and (then_by is None or then_by.entry != now_by.entry):
            entries.pop(now_by.entry, None)
            entries[now_by.entry] = now_by
        return [*entries.values()]

    def _making(self, key: Key) -> dict[int, Entry]:
        """Return the new entries about a fact, and what took old ones back, by their numbers."""
        if key.what in (What.NOTE, What.TEXT):  # an entry is a fact of its own; a file has many
            return {}
        new = [entry for entry in self.new[key.subject] if _says(entry, key)]
        gone = [self._retraction(entry) for entry in self.gone[key.subject] if _says(entry, key)]
        return {entry.entry: entry for entry in (*new, *gone)}

    def _retraction(self, entry: Entry) -> Entry:
        """Return what took an entry back, or the entry itself if its day is still to come."""
        by = self.after.state.record.retracted.get(entry.entry)
        return self.after.state.record.entries[by] if by else entry

    def _kind(self, key: Key, was: Fact, now: Fact, entry: Entry) -> Kind:
        record = self.before.state.record
        was_known = entry.entry in record.rows
        was_there = was is not NO_FACT and self.before.state.counts(entry)
        is_again = was_there or entry.entry in record.retracted
        replaces = replaced(self.after.state.record, entry) in record.rows
        if entry.kind is EntryKind.RETRACTION or is_again or replaces:
            return Kind.CORRECTED
        if entry.kind is EntryKind.DECLARATION:
            is_promise = was is NO_FACT and key.what is What.STATE
            return Kind.HAPPENED if was_known and is_promise else Kind.DECLARED
        figures = (was.value, now.value) if key.what is What.FIGURE else ()
        if all(figures) and len({series.through for series in figures}) == 1:
            return Kind.RESTATED
        public_on = self.after.state.record.made_public(entry)
        return Kind.HAPPENED if was_known or public_on > self.before.as_of else Kind.LATE

    def _happened_on(self, entry: Entry, is_promise: bool) -> Period:
        """Return the day of an entry; of the declaration of a concession, that of its promise.

        Another entry on a new promise has the day of the promise, too, if that is earlier.
        """
        concession = value_of(self.after.state.concessions, entry.concession)
        is_declared = entry.kind is EntryKind.DECLARATION and entry.deadline is None
        if concession and (is_declared or is_promise):
            promised_on = self.after.promised_on(concession)
            return promised_on if is_declared else min(promised_on, entry.effective_on)
        return entry.effective_on

    def _passed_on(self, key: Key) -> Period:
        """Return the day that passed: that of a deadline, or the last one of a term."""
        deadline, term = self.after.deadlines.get(key.subject), self.after.terms.get(key.subject)
        ends_on = deadline.due_on if deadline else term.term_ends_on if term else None
        return exactly(ends_on.last if ends_on else self.after.as_of)


def replaced(record: Record, entry: Entry) -> int | None:
    """Return what an amendment took back to write an entry."""
    before = record.entries.get(entry.entry - 1)
    is_pair = before is not None and before.batch == entry.batch
    amends = entry.command is Command.AMEND and entry.kind is not EntryKind.RETRACTION
    return before.refers_to if before and is_pair and amends else None


def _only_in(state: State, other: State) -> Mapping[str, list[Entry]]:
    """Return the entries that count in one state and not in another, by their subject."""
    here, there = state.counting, other.counting
    lacking = (here[number] for number in here if number not in there)
    shown = (entry for entry in lacking if entry.kind is EntryKind.TEXT or state.shows(entry))
    return by_key((entry.subject, entry) for entry in shown)


def _says(entry: Entry, key: Key) -> bool:
    """Return whether an entry says something of a fact."""
    match key.what:
        case What.STATE | What.CLAIM:
            return entry.kind is EntryKind.STAGE and key.part in ("", entry.says)
        case What.FIGURE:
            return bool((entry.counted_by, entry.basis, entry.unit) == key.part[:3])
        case What.OUTCOME:
            return entry.outcome is not None
    return entry.due_on is not None and key.part in ("", entry.says)


def _differ(was: Any, now: Any) -> bool:
    """Return whether the values of two facts differ: figures, in quantity or day."""
    are_figures = isinstance(was, Series) and isinstance(now, Series)
    return bool((was.value, was.through) != (now.value, now.through) if are_figures else was != now)


def _decided_by(judged: Judged, key: Key, fact: Fact) -> Entry | None:
    """Return the entry that decides a fact: without another one, the declaration."""
    if fact is NO_FACT or fact.entry or key.part or key.what not in DECLARED:
        return fact.entry
    record = judged.state.record
    return record.entries[record.live_declarations(key.subject)[-1]]


def _grounds(judged: Judged) -> dict[str, tuple[object, ...]]:
    """Return what decides all facts about each concession and deadline."""
    state, grounds = judged.state, dict[str, tuple[object, ...]]()
    for slug, position in judged.positions.items():
        grounds[slug] = position.stage, position.state, state.stages.get(slug)
    for slug, due in judged.deadlines.items():
        days = due.opens_on, due.due_on, due.ahead, judged.window(due) if due.is_limit else None
        said = judged.reported(due).verdict, state.moves.get(slug), state.readings.get(slug)
        grounds[slug] = due.deadline, due.target, days, said
    return grounds


def _of_concessions(judged: Judged, slugs: Set[str]) -> Iterator[tuple[Key, Fact]]:
    for slug in filter(slugs.__contains__, judged.positions):
        position = judged.positions[slug]
        yield Key(What.STATE, slug), Fact((position.stage, position.state), position.decided_by)
        for party, claim in latest_by_party(judged.state.claims(slug)).items():
            yield Key(What.CLAIM, slug, party), Fact(claim.stage, claim)


def _of_deadlines(judged: Judged, slugs: Set[str]) -> Iterator[tuple[Key, Fact]]:
    for slug in filter(slugs.__contains__, judged.deadlines):
        position = judged.deadlines[slug]
        closing, day = judged.state.closings.get(slug), position.due_on
        owner = value_of(judged.positions, position.deadline.concession)
        if position.deadline.awaits_first_day:
            day = exactly(position.opens_on) if position.opens_on else None
        yield Key(What.DAY, slug), Fact(day, position.last_move)
        if position.target is not None:
            yield Key(What.TARGET, slug), Fact(position.target, position.restated_by)
        outcome = judged.reported(position).verdict
        if owner and closing is None and outcome in BY_STAGE:
            closing = owner.decided_by
        yield Key(What.OUTCOME, slug), Fact(outcome, closing)
        if not (moves := judged.state.moves.get(slug)):
            continue
        for party, move in latest_by_party(moves).items():
            if move.value is None or move.due_on != day:  # not only another target
                yield Key(What.DAY, slug, party), Fact(move.due_on, move)
        restated = (move for move in moves if move.value is not None)
        for party, move in latest_by_party(restated).items():
            yield Key(What.TARGET, slug, party), Fact(move.value, move)


def _of_figures(judged: Judged, slugs: Set[str]) -> Iterator[tuple[Key, Fact]]:
    """Yield what each series has reached, and what it had by a day that has passed."""
    for slug in filter(slugs.__contains__, judged.deadlines):
        progress = judged.progress_of(judged.deadlines[slug])
        figures = [(series, False) for series in progress.early]
        for count in progress.counts:
            figures.append((count.latest, False))
            if count.series and count.series is not count.latest:
                figures.append((count.series, True))
        for series, by_then in figures:
            part = series.counted_by, series.basis, series.unit, by_then
            entry = judged.state.record.updates[series.entry]
            yield Key(What.FIGURE, slug, part), Fact(series, entry)


def _told(state: State, entries: Iterable[Entry], with_notes: bool) -> Iterator[tuple[Key, Fact]]:
    """Yield kept texts and, if wanted, the notes of entries, also of what decides something."""
    for entry in entries:
        is_text = entry.kind is EntryKind.TEXT
        if is_text and (state.agreement is None or entry.subject in state.stated):
            yield Key(What.TEXT, entry.subject, entry.entry), Fact(entry.note or entry.entry, entry)
        elif with_notes and entry.kind in NOTED and entry.note and state.shows(entry):
            part = entry.says, entry.effective_on, entry.note, entry.headline
            yield Key(What.NOTE, entry.subject, part), Fact(entry.note, entry)

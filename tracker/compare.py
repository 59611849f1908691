"""What differs between two states of the book, and which entries made the difference."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from copy import copy
from datetime import date
from typing import Any, assert_never

from tracker.dates import Period, exactly
from tracker.differences import (
    ClaimChange,
    DayChange,
    Difference,
    Fact,
    FieldChange,
    FigureChange,
    Kind,
    NoteChange,
    OutcomeChange,
    StatusChange,
    TargetChange,
    TextChange,
    facts_of_concession,
    facts_of_deadline,
    facts_of_entry,
    figures_of,
)
from tracker.entry import Entry
from tracker.mappings import value_of
from tracker.rules.progress import series_key
from tracker.state import State
from tracker.things import differing
from tracker.vocabulary import EntryKind, ThingKind

NAMES = ("name", "title", "label")
"""The field that names a thing which is declared only in one of the states."""


def compare(before: State, after: State, with_notes: bool = True) -> list[Difference]:
    """Return what differs between two states of one book, by what it is about.

    Notes come after the other facts, if they are wanted, and declared fields last.
    """
    comparison = _Comparison(before, after, with_notes)
    facts = [fact for fact in comparison.facts() if fact.differs]
    facts.sort(key=lambda fact: isinstance(fact, NoteChange))
    differences: list[Difference] = []
    told = set[int]()
    for fact in facts:
        comparison.explain(fact)
        numbers = {entry.entry for entry in fact.entries}
        if isinstance(fact, NoteChange) and told & numbers:
            continue  # the note of what makes another difference is not one by itself
        differences.append(fact)
        told |= numbers
    differences += comparison.fields()
    return differences


class _Comparison:
    """Two states, and the entries that count in only one of them, by what they are about."""

    def __init__(self, before: State, after: State, with_notes: bool) -> None:
        self.before = before
        self.after = after
        self.with_notes = with_notes
        self.new = _only_in(after, before)
        self.gone = _only_in(before, after)
        slugs = {*before.positions, *before.due, *after.positions, *after.due}
        self.unlike = {
            slug for slug in slugs if _grounds(before, slug) != _grounds(after, slug)
        }

    def facts(self) -> Iterator[Difference]:
        """Yield the facts that may differ, each with its values in both states."""
        then = self._facts(self.before, self.gone)
        now = self._facts(self.after, self.new)
        for key in {**now, **then}:
            fact = copy(
                now.get(key) or then[key]
            )  # one that held itself would stay in memory
            fact.set_beside(then.get(key), now.get(key))
            yield fact

    def _facts(
        self, state: State, news: Mapping[str, list[Entry]]
    ) -> dict[Hashable, Difference]:
        """Return the facts of a state that may differ, with the notes and texts of its `news`."""
        deadlines = [slug for slug in state.due if slug in self.unlike]
        facts: list[Difference] = []
        for slug in state.positions:
            if slug in self.unlike:
                facts += facts_of_concession(state, slug)
        for slug in deadlines:
            facts += facts_of_deadline(state, slug)
        for slug in deadlines:
            facts += figures_of(state, slug)
        for entries in news.values():
            for entry in entries:
                facts += facts_of_entry(state, entry, self.with_notes)
        return {fact.key: fact for fact in facts}

    def fields(self) -> Iterator[FieldChange]:
        """Yield the fields of things that were declared, changed or taken back.

        Of a thing that is declared only in one of the states, it is the name.
        """
        before = self.before.record
        after = self.after.record
        if before is after:  # only the day differs
            return
        for what in ThingKind:
            then = before.in_force(what)
            now = after.in_force(what)
            for thing in {**now, **then}:
                was = then.get(thing)
                version = now.get(thing)
                if was == version:
                    continue
                last = after.entries[max(row.entry_id for row in (was, version) if row)]
                old = after.declares(was.entry_id) if was else {}
                new = after.declares(version.entry_id) if version else {}
                for name, (value_before, value) in differing(old, new).items():
                    if self.after.shows(last) and ((was and version) or name in NAMES):
                        yield self._field(last, name, value_before, value)

    def _field(
        self, last: Entry, name: str, before: object, after: object
    ) -> FieldChange:
        entry = self._retraction(last)
        field = FieldChange(last.subject, name, last)
        field.before = before
        field.after = after
        field.entries = (entry,)
        field.kind = Kind.DECLARED if entry is last else Kind.CORRECTED
        field.on = entry.effective_on
        field.state = self._declaring(last.subject)
        return field

    # --- how they came about ----------------------------------------------------------------------

    def explain(self, change: Difference) -> None:
        """Say of a difference how it came about, when, and which entries made it."""
        entries = self._entries(change)
        change.entries = tuple(entries)
        change.state = self._declaring(change.subject)
        if entries:
            change.kind = self._kind(change, entries[-1])
            change.on = self._happened_on(change, entries[-1])
        else:
            change.kind = Kind.PASSED
            change.on = self._passed_on(change.subject)

    def _declaring(self, slug: str) -> State:
        """Return the later state, unless only the earlier one has what a slug names in view."""
        for state in (self.after, self.before):
            if any(
                slug in things
                for things in (state.concessions, state.deadlines, state.agreements)
            ):
                return state
        return self.after

    def _entries(self, change: Difference) -> list[Entry]:
        """Return the entries that made a difference, the deciding one last."""
        if isinstance(change, FigureChange):
            return self._counting(change)
        then_by = _decided_by(self.before, change.was)
        now_by = _decided_by(self.after, change.now)
        is_same = (
            then_by is not None and now_by is not None and then_by.entry == now_by.entry
        )
        entries = self._saying(change)
        if isinstance(change, StatusChange | OutcomeChange) and (is_same or not entries):
            entries = self._moves_under(change.subject) or entries
        if not entries and change.now is None and then_by:
            return [self._retraction(then_by)]
        if now_by and not is_same:
            entries.pop(now_by.entry, None)
            entries[now_by.entry] = now_by
        return [*entries.values()]

    def _saying(self, change: Difference) -> dict[int, Entry]:
        """Return the new entries about a fact, and what took old ones back, by their numbers."""
        entries = [*self.new[change.subject], *self.gone[change.subject]]
        match change:
            case NoteChange() | TextChange() | FieldChange() | FigureChange():
                entries = []  # its own entry makes it, or readings do
            case StatusChange():
                fact = change.now or change.was
                by_verdict = fact and fact.entry and fact.entry.is_verdict
                entries = [
                    entry
                    for entry in entries
                    if entry.stage and (entry.is_verdict or not by_verdict)
                ]
            case ClaimChange():
                entries = [
                    entry
                    for entry in entries
                    if entry.stage and entry.says == change.party
                ]
            case OutcomeChange():
                entries = [entry for entry in entries if entry.outcome]
            case DayChange() | TargetChange():
                moves = [entry for entry in entries if entry.due_on]
                entries = [move for move in moves if change.party in (None, move.says)]
            case _:
                assert_never(change)
        return {entry.entry: entry for entry in map(self._retraction, entries)}

    def _counting(self, change: FigureChange) -> list[Entry]:
        """Return the readings that made another figure, else what changed its deadline."""
        slug = change.subject
        keys = {fact.value.key for fact in (change.was, change.now) if fact}
        readings = [
            entry
            for entry in (*self.new[slug], *self.gone[slug])
            if entry.kind is EntryKind.READING
        ]
        counted = [entry for entry in readings if series_key(entry) in keys]
        entries = counted or readings[-1:] or [*self._moves_under(slug).values()]
        if not entries and change.now:
            record = self.after.record
            entries = [record.entries[record.live_declarations(slug)[-1]]]
        last = _decided_by(self.after, change.now) or _decided_by(
            self.before, change.was
        )
        if not entries and last:
            entries = [last]
        entries.sort(key=lambda entry: entry.entry == (last and last.entry))
        taken = map(self._retraction, entries)
        return [*{entry.entry: entry for entry in taken}.values()]

    def _moves_under(self, subject: str) -> dict[int, Entry]:
        """Return the entries that moved the days on which a status or an outcome rests."""
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
                moves |= self._saying(DayChange(slug, None, None))  # by anybody
        return moves

    def _retraction(self, entry: Entry) -> Entry:
        """Return what took an entry back, or the entry itself if nothing did."""
        record = self.after.record
        retraction = record.retracted.get(entry.entry)
        return record.entries[retraction] if retraction else entry

    def _kind(self, change: Difference, entry: Entry) -> Kind:
        """Return how a difference came about, by the entry that decides."""
        record = self.before.record
        was_known = entry.entry in record.rows
        was_counted = change.was is not None and self.before.counts(entry)
        is_again = was_counted or entry.entry in record.retracted
        replaces = self.after.record.replaced(entry) in record.rows
        if entry.kind is EntryKind.RETRACTION or is_again or replaces:
            return Kind.CORRECTED
        if entry.kind is EntryKind.DECLARATION:
            is_promise = isinstance(change, StatusChange) and change.is_new
            return Kind.HAPPENED if was_known and is_promise else Kind.DECLARED
        if isinstance(change, FigureChange) and change.is_restated:
            return Kind.RESTATED
        is_late = (
            not was_known
            and self.after.record.made_public(entry) <= self.before.clocks.as_of
        )
        return Kind.LATE if is_late else Kind.HAPPENED

    def _happened_on(self, change: Difference, entry: Entry) -> Period:
        """Return the day of an entry; of the declaration of a concession, that of its promise.

        Another entry on a new promise has the day of the promise, too, if that is earlier.
        """
        concession = value_of(self.after.concessions, entry.concession)
        if concession is None:
            return entry.effective_on
        promised_on = self.after.promised_on(concession)
        if entry.kind is EntryKind.DECLARATION and entry.deadline is None:
            return promised_on
        if isinstance(change, StatusChange) and change.is_merely_promised:
            return min(promised_on, entry.effective_on)
        return entry.effective_on

    def _passed_on(self, subject: str) -> Period:
        """Return the day that passed: that of a deadline, or the last one of a term."""
        deadline = self.after.due.get(subject)
        term = self.after.terms.get(subject)
        ends_on = deadline.due_on if deadline else term and term.term_ends_on
        return exactly(ends_on.last if ends_on else self.after.clocks.as_of)


def _only_in(state: State, other: State) -> Mapping[str, list[Entry]]:
    """Return the entries that count in one state and not in another, by their subject."""
    found = defaultdict[str, list[Entry]](list)
    for kind, by_slug in state.of_kind.items():
        others = other.of_kind[kind]
        for slug, entries in by_slug.items():
            there = others.get(slug, [])
            if entries == there[: len(entries)]:  # true of most in a large book
                continue
            known = {entry.entry for entry in there}
            for entry in entries:
                is_shown = kind is EntryKind.TEXT or state.shows(entry)
                if is_shown and entry.entry not in known:
                    found[slug].append(entry)
    return found


def _decided_by(state: State, fact: Fact[Any] | None) -> Entry | None:
    """Return the entry that decides a fact: without another one, the declaration."""
    if fact is None:
        return None
    if fact.entry or fact.party:
        return fact.entry
    if not isinstance(fact, StatusChange | DayChange | TargetChange):
        return None
    record = state.record
    return record.entries[record.live_declarations(fact.subject)[-1]]


def _days_of(state: State, slug: str) -> tuple[date | None, Period | None] | None:
    """Return the first and the last day of a deadline, if it is declared."""
    deadline = state.due.get(slug)
    return (deadline.opens_on, deadline.due_on) if deadline else None


def _grounds(state: State, slug: str) -> object:
    """Return what decides all facts about a concession or a deadline."""
    if status := state.positions.get(slug):
        return status.status, state.stages.get(slug)
    if deadline := state.due.get(slug):
        judged = deadline._replace(days_left=None)
        window = state.window(deadline) if deadline.is_limit else None
        return judged, deadline.ahead, window, state.readings.get(slug)
    return None

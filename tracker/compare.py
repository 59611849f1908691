"""What differs between two states of the book: facts, and which entries made the difference."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from copy import copy
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from tracker.dates import Period, exactly
from tracker.entry import Entry
from tracker.record import BySlug, value_of
from tracker.rules.progress import Series, series_key
from tracker.rules.statuses import latest_by_party, stated_by
from tracker.state import State
from tracker.things import differing
from tracker.vocabulary import (
    EVENTS,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
    Status,
    ThingKind,
)

Compared = TypeVar("Compared")
NAMES = ("name", "title", "label")
"""The field that names a thing which is declared only in one of the states."""
NOTED = (EntryKind.NOTE, EntryKind.STAGE, EntryKind.DEADLINE)
"""The kinds of entries whose notes are news, even if nothing else differs."""


class What(StrEnum):
    """What can differ, in the words of the JSON contract."""

    STATUS = "status"
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


class Place(NamedTuple):
    """What a difference is about, with its owners."""

    agreement: str | None
    concession: str | None
    deadline: str | None
    givers: tuple[str, ...]
    receivers: tuple[str, ...]
    title: str
    """The title, label or name of what it is about."""


def place(state: State, slug: str) -> Place:
    """Return what a slug names, with its owners."""
    deadline = state.deadlines.get(slug)
    promise = value_of(state.concessions, deadline.concession if deadline else slug)
    concession = promise.slug if promise else None
    givers = promise.giver if promise else ()
    receivers = promise.receiver if promise else ()
    if deadline:
        title = deadline.label
        return Place(deadline.agreement, concession, slug, givers, receivers, title)
    if promise:
        return Place(promise.agreement, slug, None, givers, receivers, promise.title)
    if slug in state.agreements:
        return Place(slug, None, None, (), (), state.agreements[slug].title)
    title = slug
    if party := state.parties.get(slug):
        title = party.name
    elif source := state.sources.get(slug):
        title = source.title or source.publisher or slug
    return Place(None, None, None, (), (), title)


def title_of(state: State, slug: str) -> str:
    """Return the title of a concession, with the label of one of its several deliveries.

    A meeting has only its label; an agreement's own end has the agreement's title.
    """
    named = place(state, slug)
    deadline = state.deadlines.get(slug)
    promise = value_of(state.concessions, named.concession)
    if deadline is None or deadline.kind in EVENTS:
        return named.title
    if promise is None:
        is_end = deadline.kind is DeadlineKind.EXPIRY
        return state.agreements[deadline.agreement].title if is_end else named.title
    deliveries = [
        position for position in state.owned[promise.slug] if position.is_delivery
    ]
    if deadline.kind is DeadlineKind.DELIVERY and len(deliveries) > 1:
        return f"{promise.title} ({deadline.label})"
    return promise.title


class Fact(Generic[Compared]):
    """A fact about a thing in one state; beside that of another state, a difference."""

    what: ClassVar[What]
    was: "Fact[Any] | None"
    """The fact in the earlier state."""
    now: "Fact[Any] | None"
    """The fact in the later state."""
    before: Compared | None
    """Its value before; None if it was not there."""
    after: Compared | None
    """Its value now; None if it is not there any more."""
    kind: Kind
    on: Period
    """The day of the entry that decides, or the day that passed."""
    entries: tuple[Entry, ...]
    """The entries that made the difference, the deciding one last."""
    state: State
    """The state that declares its subject: the later one, unless only the earlier one does."""

    def __init__(
        self,
        subject: str,
        value: Compared,
        entry: Entry | None,
        party: str | None = None,
    ) -> None:
        self.subject = subject
        self.value = value
        self.entry = entry
        """The entry that decides it, if one does."""
        self.party = party
        """Who says so, or counted; None if it is what holds."""

    @property
    def key(self) -> Hashable:
        """What makes it the same fact in two states."""
        return self.what, self.subject, self.party

    def set_beside(self, was: "Fact[Any] | None", now: "Fact[Any] | None") -> None:
        """Say what it was before, and what it is now."""
        self.was = was
        self.now = now
        self.before = was.value if was else None
        self.after = now.value if now else None

    @property
    def differs(self) -> bool:
        """Whether its value is another one."""
        return self.before != self.after

    def is_made_by(self, entry: Entry) -> bool:  # noqa: ARG002
        """Whether an entry about its subject can make it; some follow from one of their own."""
        return False

    @property
    def place(self) -> Place:
        """What it is about, with its owners."""
        return place(self.state, self.subject)


class StatusChange(Fact[Status]):
    """The status of a concession."""

    what = What.STATUS

    def is_made_by(self, entry: Entry) -> bool:
        """Whether it is a status; if a verdict decides, a verdict."""
        fact = self.now or self.was
        by_verdict = fact and fact.entry and fact.entry.is_verdict
        return entry.stage is not None and (entry.is_verdict or not by_verdict)

    @property
    def is_new(self) -> bool:
        """Whether it is a new promise."""
        return self.was is None

    @property
    def is_merely_promised(self) -> bool:
        """Whether it is a new promise of which nothing else is said yet."""
        return self.is_new and self.value is Status.PROMISED


class ClaimChange(Fact[Status]):
    """The status of a concession that a party claims."""

    what = What.CLAIM

    def is_made_by(self, entry: Entry) -> bool:
        """Whether it is a claim of that party."""
        return entry.stage is not None and entry.says == self.party

    @property
    def differs(self) -> bool:
        """Whether another status is claimed, or the same one later in another source."""
        was = self.was.entry if self.was else None
        now = self.now.entry if self.now else None
        if was is None or now is None or self.before != self.after:
            return True
        return now.entry > was.entry and not {*now.source} <= {*was.source}


class AimChange(Fact[Compared]):
    """What a deadline asks, or what a party says that it asks."""

    def is_made_by(self, entry: Entry) -> bool:
        """Whether it is a move by that party; if nobody is named, by anybody."""
        return entry.due_on is not None and self.party in (None, entry.says)


class DayChange(AimChange[Period | None]):
    """The day of a deadline, or the day that a party names."""

    what = What.DAY


class TargetChange(AimChange[Decimal | None]):
    """The target of a deadline, or the target that a party names."""

    what = What.TARGET


class OutcomeChange(Fact[DeadlineVerdict]):
    """How a deadline ended."""

    what = What.OUTCOME

    def is_made_by(self, entry: Entry) -> bool:
        """Whether it closes the deadline."""
        return entry.outcome is not None


class FigureChange(Fact[Series]):
    """The figure of a deadline, or a count of another series that is above its limit."""

    what = What.FIGURE

    def __init__(
        self, subject: str, count: Series, entry: Entry, *, is_figure: bool = True
    ) -> None:
        super().__init__(subject, count, entry, count.counted_by)
        self.is_figure = is_figure

    @property
    def key(self) -> Hashable:
        """Its deadline; of another series that, too."""
        return self.what, self.subject, None if self.is_figure else self.value.key

    @property
    def is_restated(self) -> bool:
        """Whether both counts are of the same series and day."""
        before = self.before
        after = self.after
        if before is None or after is None:
            return False
        return (before.key, before.through) == (after.key, after.through)

    @property
    def differs(self) -> bool:
        """Whether the quantity, its day or the series is another one, whatever entry says so."""
        is_same = self.before and self.after and self.before.value == self.after.value
        return not (is_same and self.is_restated)


class NoteChange(Fact[str]):
    """The note of an entry."""

    what = What.NOTE

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.subject, str(entry.note), entry, entry.says)
        self.part = (entry.effective_on, entry.headline)

    @property
    def key(self) -> Hashable:
        """All that makes two notes the same."""
        return self.what, self.subject, self.party, self.value, self.part


class TextChange(Fact[Entry]):
    """A kept text of a source."""

    what = What.TEXT

    @property
    def key(self) -> Hashable:
        """Its entry."""
        return self.what, self.value.entry

    @property
    def is_reworded(self) -> bool:
        """Whether it has other words than the text before it."""
        for before, text in pairwise(self.state.texts_of(self.subject)):
            if text.entry == self.value.entry:
                return before.fingerprint.words_sha256 != text.fingerprint.words_sha256
        return False


class FieldChange(Fact[object]):
    """A declared field of a thing."""

    what = What.FIELD

    def __init__(self, subject: str, field: str, entry: Entry) -> None:
        super().__init__(subject, None, entry)
        self.field = field


Difference = (
    StatusChange
    | FigureChange
    | DayChange
    | TargetChange
    | OutcomeChange
    | ClaimChange
    | NoteChange
    | TextChange
    | FieldChange
)


# --- two states ---------------------------------------------------------------------------------


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
            # One that held itself would stay in memory.
            fact = copy(now.get(key) or then[key])
            fact.set_beside(then.get(key), now.get(key))
            yield fact

    def _facts(self, state: State, news: BySlug) -> dict[Hashable, Difference]:
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
        is_gone = self.before.sees(slug) and not self.after.sees(slug)
        return self.before if is_gone else self.after

    def _entries(self, change: Difference) -> list[Entry]:
        """Return the entries that made a difference, the deciding one last."""
        if isinstance(change, FigureChange):
            return self._counting(change)
        if isinstance(change, StatusChange) and self._has_run_out(change):
            return [*self._moves_under(change.subject).values()]
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

    def _has_run_out(self, change: StatusChange) -> bool:
        """Return whether a term ended in between without a word: no verdict made it unknown."""
        if change.after is not Status.UNKNOWN:
            return False
        ends_on = self.after.terms[change.subject].term_ends_on
        return ends_on is not None and self.before.as_of <= ends_on.last

    def _saying(self, change: Difference) -> dict[int, Entry]:
        """Return the new entries about a fact, and what took old ones back, by their numbers."""
        entries = {}
        for entry in (*self.new[change.subject], *self.gone[change.subject]):
            if change.is_made_by(entry):
                made_by = self._retraction(entry)
                entries[made_by.entry] = made_by
        return entries

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
        slugs += [position.slug for position in self.after.owned.get(subject, ())]
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
            not was_known and self.after.record.made_public(entry) <= self.before.as_of
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
        return exactly(ends_on.last if ends_on else self.after.as_of)


def _only_in(state: State, other: State) -> BySlug:
    """Return the entries that count in one state and not in another, by their subject."""
    found = defaultdict[str, list[Entry]](list)
    for kind, by_slug in state.of_kind.items():
        others = other.of_kind[kind]
        for slug, entries in by_slug.items():
            there = others.get(slug, [])
            if entries == there:  # true of most in a large book
                continue
            known = {entry.entry for entry in there}
            for entry in entries:
                if entry.entry in known:
                    continue
                if kind is EntryKind.TEXT or state.shows(entry):
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


# --- the facts of one state -----------------------------------------------------------------------


def facts_of_concession(state: State, slug: str) -> Iterator[Difference]:
    """Yield the status of a concession in view, and what parties claim."""
    if position := state.positions.get(slug):
        yield StatusChange(slug, position.status, position.decided_by)
        for party, claim in latest_by_party(state.claims(slug)).items():
            yield ClaimChange(slug, stated_by(claim), claim, party)


def facts_of_deadline(state: State, slug: str) -> Iterator[Difference]:
    """Yield the day, the target and the outcome of a deadline, then what parties name."""
    position = state.due[slug]
    day = position.due_on
    if position.deadline.awaits_first_day:
        day = exactly(position.opens_on) if position.opens_on else None
    yield DayChange(slug, day, position.last_move)
    if position.target is not None:
        yield TargetChange(slug, position.target, position.restated_by)
    yield OutcomeChange(slug, position.verdict, position.settled_by)
    moves = state.moves.get(slug, ())
    for party, move in latest_by_party(moves).items():
        if move.value is None or move.due_on != day:  # not only another target
            yield DayChange(slug, move.due_on, move, party)
    restated = [move for move in moves if move.value is not None]
    for party, move in latest_by_party(restated).items():
        yield TargetChange(slug, move.value, move, party)


def figures_of(state: State, slug: str) -> Iterator[FigureChange]:
    """Yield the figure of a deadline, and the other counts that are above its limit."""
    position = state.due[slug]
    readings = state.record.updates
    figure = state.figure(position)
    if figure:
        yield FigureChange(slug, figure.series, readings[figure.series.entry])
    for other in state.excesses(position):
        count = other.series
        if figure is None or count.key != figure.series.key:
            yield FigureChange(slug, count, readings[count.entry], is_figure=False)


def facts_of_entry(state: State, entry: Entry, with_notes: bool) -> Iterator[Difference]:
    """Yield the text that an entry in view keeps, or its note if it is wanted."""
    if entry.kind is EntryKind.TEXT:
        if state.agreement is None or entry.subject in state.stated:
            yield TextChange(entry.subject, entry, entry)
    elif with_notes and entry.note and entry.kind in NOTED and state.shows(entry):
        yield NoteChange(entry)

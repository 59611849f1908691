"""What differs between two views of the book, for people and for programs."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.compare import Difference, Kind, What, compare
from tracker.quantities import in_words as quantity
from tracker.quantities import plain
from tracker.reports.counts import (
    NO_DATA,
    against_target,
    basis_in_words,
    furthest_in_words,
    reached,
)
from tracker.reports.frame import amount, says, verdict_in_words
from tracker.reports.view import View
from tracker.rules.progress import Series
from tracker.state import State
from tracker.tables import NOTHING, TIE, keys_of
from tracker.things import Deadline, change_in_words
from tracker.vocabulary import (
    EVENTS,
    Basis,
    ConcessionState,
    DeadlineKind,
    DeadlineVerdict,
    Stage,
)


class Place(NamedTuple):
    """What a difference is about, with its owners."""

    agreement: str | None
    concession: str | None
    deadline: str | None
    givers: tuple[str, ...]
    receivers: tuple[str, ...]
    title: str
    """The title, label or name of what it is about."""


class ChangeRow(NamedTuple):
    """One fact that differs, in the words of the JSON contract."""

    kind: Kind
    """How it came about."""
    place_: Place
    """What it is about, with its owners."""
    on: date
    """The day of the entry that decides, or the day that passed."""
    what: What
    """What differs."""
    before: str | None
    """Its value before; null if there was none."""
    after: str | None
    """Its value now; null if there is none any more."""
    stage_before: Stage | None
    """For a state, the stage before."""
    stage: Stage | None
    """For a state, the stage now."""
    unit: str | None
    """For a figure or a target, its unit."""
    basis: Basis | None
    """For a figure, its basis."""
    party: str | None
    """Who says so; for a figure, who counted."""
    note: str | None
    """The note of the entry that decides."""
    sources: tuple[str, ...]
    """The sources of the entries."""
    entries: tuple[int, ...]
    """The entries that made the difference, the deciding one last."""
    difference: Difference

    @property
    def agreement(self) -> str:
        """Its agreement, by which tables are grouped; a party has none."""
        return self.place_.agreement or ""


CHANGE = keys_of(ChangeRow, flat={"place_": keys_of(Place)}, hidden=["difference"])


class Between:
    """Two views of the book, and what differs between them: as rows, and in words."""

    def __init__(self, before: View, view: View) -> None:
        self.before = before
        self.view = view
        self.with_notes = True
        """Whether what is only noted is wanted, too."""

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs; with a filter, of the concessions that reports list."""
        changes = compare(self.before.state, self.view.state, self.with_notes)
        if not self.view.choice.narrows:
            return changes
        listed = self.view.listed_positions
        return [
            change
            for change in changes
            if self.place(change.subject).concession in listed
        ]

    @property
    def states_before(self) -> dict[str, ConcessionState | None]:
        """The earlier states of concessions whose state differs; None of one that is new."""
        states = {}
        for change in self.differences:
            if change.what is What.STATE:
                was = change.before and change.before[1]
                now = change.after and change.after[1]
                if was is not now:
                    states[change.subject] = was
        return states

    @property
    def rows(self) -> list[ChangeRow]:
        """The rows of the differences."""
        return [*map(self._row, self.differences)]

    def _row(self, change: Difference) -> ChangeRow:
        before = now = basis = unit = None
        match change.what:
            case What.STATE:
                before = change.before and change.before[0]
                now = change.after and change.after[0]
            case What.FIGURE:
                basis = change.part.basis
                unit = change.part.unit
            case What.TARGET:
                unit = self.state_with(change.subject).due[change.subject].unit
        sources = dict.fromkeys(key for entry in change.entries for key in entry.source)
        return ChangeRow(
            change.kind,
            self.place(change.subject),
            change.on.last,
            change.what,
            _plain(change.before),
            _plain(change.after),
            before,
            now,
            unit,
            basis,
            party_of(change),
            change.entries[-1].note if change.entries else None,
            tuple(sources),
            tuple(entry.entry for entry in change.entries),
            change,
        )

    # --- what differences are about ---------------------------------------------------------------

    def state_with(self, slug: str) -> State:
        """Return the rules' answers about a concession or a deadline: now, else before."""
        state = self.view.state
        is_declared = slug in state.concessions or slug in state.deadlines
        view = self.view if is_declared or slug in state.agreements else self.before
        return view.state

    def place(self, slug: str) -> Place:
        """Return what a slug names now or, if it is not declared any more, named before."""
        state = self.state_with(slug)
        deadline = state.deadlines.get(slug)
        concession = state.concessions.get(
            deadline.concession or "" if deadline else slug
        )
        sides = (concession.giver, concession.receiver) if concession else ((), ())
        if deadline:
            return Place(
                deadline.agreement, deadline.concession, slug, *sides, deadline.label
            )
        if concession:
            return Place(concession.agreement, slug, None, *sides, concession.title)
        if slug in state.agreements:
            return Place(slug, None, None, (), (), state.agreements[slug].title)
        title = None
        if party := self.view.state.parties.get(slug):
            title = party.name
        elif source := self.view.state.sources.get(slug):
            title = source.title or source.publisher
        return Place(None, None, None, (), (), title or slug)

    def title(self, slug: str) -> str:
        """Return the title of a concession, with the label of one of its several deliveries.

        A meeting has only its label; an agreement's own end has the agreement's title.
        """
        state = self.state_with(slug)
        concession = self.place(slug).concession
        deadline = state.deadlines.get(slug)
        if deadline and concession is None and deadline.kind is DeadlineKind.EXPIRY:
            return self.place(deadline.agreement).title
        if concession is None or (deadline and deadline.kind in EVENTS):
            return self.place(slug).title
        title = state.concessions[concession].title
        deliveries = [
            position for position in state.owned[concession] if position.is_delivery
        ]
        if deadline and deadline.kind is DeadlineKind.DELIVERY and len(deliveries) > 1:
            return f"{title} ({deadline.label})"
        return title

    # --- in words ---------------------------------------------------------------------------------

    def in_words(self, change: Difference, *, brief: bool = False) -> str:
        """Return what differs: `in force → over`, `US says met`, `deadline moved 28 Feb → 31 Mar`.

        In `brief`, a note is not mentioned, and a figure is a share.
        """
        match change.what:
            case What.STATE:
                return _state(change)
            case What.FIGURE:
                return self._figure(change, brief)
            case What.DAY:
                return self._day(change)
            case What.TARGET:
                was = NOTHING if change.before is None else quantity(change.before)
                deadlines = self.state_with(change.subject).due
                now = amount(change.after, deadlines[change.subject].unit)
                return self._said(change, f"target {was} → {now}", f"target {now}")
            case What.OUTCOME:
                return self._outcome(change, brief)
            case What.CLAIM:
                return self._said(change, "", str(change.after))
            case What.NOTE:
                words = "note" if change.after else "note retracted"
                return "" if brief else self._said(change, words, "").rstrip()
            case What.TEXT if change.after is None:
                return "text retracted"
            case What.TEXT:
                return "its words changed" if self.is_reworded(change) else "text kept"
        return change_in_words(str(change.part), change.before, change.after)

    def _outcome(self, change: Difference, brief: bool) -> str:
        """Return how a deadline ended; without an outcome, what was counted."""
        if change.after is None:
            return "no longer declared"
        position = self.view.state.reported(self.view.state.due[change.subject])
        kind = position.deadline.kind
        if change.after is DeadlineVerdict.OVERDUE and kind not in EVENTS:
            count = furthest_in_words(self.view, position)
            return f"day passed: {count}" if count else "day passed, no outcome recorded"
        is_called_off = (
            kind is DeadlineKind.EXPIRY and change.after is DeadlineVerdict.CANCELLED
        )
        verdict = verdict_in_words(kind, change.after, position.late_days)
        is_closed = position.is_delivery and change.subject in self.view.state.closings
        if brief and is_closed and position.deadline.concession:
            verdict = f"delivery closed as {verdict}"
        return f"end {verdict}" if is_called_off else verdict

    def _day(self, change: Difference) -> str:
        """Return the day that a party names, or from which day to which a deadline moved."""
        view = self.view
        position = self.state_with(change.subject).due[change.subject]
        was = change.before
        now = change.after
        noun, verb = _verb(position.deadline)
        if change.part:
            is_later = now and position.due_on and now.last > position.due_on.last
            if is_later and noun == "end":
                verb = "it runs on to"
            return self._said(change, "", f"{verb} {view.period(now)}")
        if now is None:
            return f"{noun} not set any more"
        if was:
            step = f"moved {view.period(was, now)} → {view.period(now, was)}"
        else:
            step = f"set for {view.period(now)}"
        movers = () if change.kind is Kind.CORRECTED else position.moved_by
        return f"{noun} {step} ({view.shorts(movers)})" if movers else f"{noun} {step}"

    def _said(self, change: Difference, plain_words: str, now: str) -> str:
        """Return what differs, or what a party says now."""
        party = party_of(change)
        if not party:
            return plain_words
        if change.after is None:
            return f"{self.view.short(party)} no longer says so"
        return f"{says(self.view, party)} {now}"

    def _figure(self, change: Difference, brief: bool) -> str:
        """Return a count before and now: `10.36 → 10.43 MMT sold (USDA), 87% of 12 MMT`.

        In brief it is a share: `86% → 87% sold (USDA)`; for a limit, it says on which side it is.
        """
        series = change.part
        position = self.state_with(change.subject).due[change.subject]
        counts = [count for count in (change.before, change.after) if count]
        what = basis_in_words(series.basis)
        if brief:
            steps = [reached(position, count) for count in counts]
            if position.is_cut and not position.is_limit:
                what = " of the cut"
        else:
            steps = [quantity(count.value) for count in counts]
            steps[-1] = amount(counts[-1].value, series.unit)
        by_its_day = " by its day" if series.by_its_day else ""
        counted = (
            f"{' → '.join(dict.fromkeys(steps))}{what}{by_its_day} ({series.counted_by})"
        )
        if not change.after:
            return f"{counted} → {NO_DATA}"
        mark = self._mark(change, brief)
        return f"{counted}, {mark}" if mark else counted

    def _mark(self, change: Difference, brief: bool) -> str:
        """Return on which side of its target a count is, or why that is not said."""
        state = self.state_with(change.subject)
        position = state.due[change.subject]
        progress = state.progress_of(position)
        if change.after in progress.early:
            return "before it binds"
        if brief and progress.disputed:
            return "disputed"
        if position.is_limit or not brief:
            return against_target(position, change.after)
        return ""

    def is_reworded(self, change: Difference) -> bool:
        """Return whether a kept text has other words than the one before it."""
        pairs = pairwise(self.view.state.texts_of(change.subject))
        before = next(
            (text for text, later in pairs if later.entry == change.part), None
        )
        words = self.view.state.record.texts[change.part].words_sha256
        return before is not None and before.fingerprint.words_sha256 != words


def party_of(change: Difference) -> str | None:
    """Return who says what differs, or who counted it."""
    match change.what:
        case What.FIGURE:
            return str(change.part.counted_by)
        case What.NOTE:
            return change.part.says  # type: ignore[no-any-return]
        case What.CLAIM | What.DAY | What.TARGET:
            return change.part or None
        case What.STATE | What.OUTCOME | What.TEXT | What.FIELD:
            return None


def _plain(value: Any) -> str | None:
    """Return a value as text for programs."""
    match value:
        case None:
            return None
        case (Stage(), ConcessionState() as state):
            return state.value
        case Series():
            return plain(value.value)
        case Decimal():
            return plain(value)
        case list():
            return ", ".join(map(str, value))
    return str(value)


def _state(change: Difference) -> str:
    """Return the states before and now; a step within a state has no arrow."""
    if change.after is None:
        return "no longer declared"
    stage, state = change.after
    if change.before is None:
        return "new" if state is ConcessionState.PROMISED else f"new, {state}"
    state_before = change.before[1]
    words = str(stage) if state_before is state else f"{state_before} → {state}"
    return words.replace(" ", TIE)


def _verb(deadline: Deadline) -> tuple[str, str]:
    """Return what the day of a deadline is called, and what happens on it."""
    if deadline.kind is DeadlineKind.EXPIRY:
        return "end", "it ends"
    if deadline.kind in EVENTS:
        return "day", "it is on"
    if deadline.awaits_first_day:
        return "first day", "it binds from"
    return "deadline", "it binds until" if deadline.is_limit else "it is due"

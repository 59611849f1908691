"""What differs between two views of the book, for people and for programs."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

from tracker.compare import Difference, Kind, What, compare
from tracker.judged import Judged
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
from tracker.tables import NOTHING, TIE, Flattened
from tracker.things import Deadline, change_in_words
from tracker.vocabulary import (
    EVENTS,
    HIDDEN,
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
    place_: Flattened[Place]
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
    difference: Annotated[Difference, HIDDEN]

    @property
    def agreement(self) -> str:
        """Its agreement, by which tables are grouped; a party has none."""
        return self.place_.agreement or ""


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
        changes = compare(self.before.judged, self.view.judged, self.with_notes)
        if not self.view.choice.narrows:
            return changes
        listed = self.view.listed_positions
        return [change for change in changes if self.place(change.subject).concession in listed]

    @property
    def states_before(self) -> dict[str, ConcessionState | None]:
        """The earlier states of concessions whose state differs; None of one that is new."""
        steps = [step for step in self.differences if step.what is What.STATE]
        pairs = {step.subject: [at and at[1] for at in (step.before, step.after)] for step in steps}
        return {slug: was for slug, (was, now) in pairs.items() if was is not now}

    @property
    def rows(self) -> list[ChangeRow]:
        """The rows of the differences."""
        return [*map(self._row, self.differences)]

    def _row(self, change: Difference) -> ChangeRow:
        states = (change.before, change.after) if change.what is What.STATE else ()
        before, now = [state and state[0] for state in states] or (None, None)
        _, basis, unit, _ = change.part if change.what is What.FIGURE else (None, None, None, None)
        if change.what is What.TARGET:
            unit = self.judged(change.subject).deadlines[change.subject].unit
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

    def judged(self, slug: str) -> Judged:
        """Return the rules' answers about a concession or a deadline: now, else before."""
        state = self.view.state
        declared = (state.concessions, state.deadlines, state.agreements)
        return (self.view if any(slug in things for things in declared) else self.before).judged

    def place(self, slug: str) -> Place:
        """Return what a slug names now or, if it is not declared any more, named before."""
        state = self.judged(slug).state
        deadline = state.deadlines.get(slug)
        concession = state.concessions.get(deadline.concession or "" if deadline else slug)
        sides = (concession.giver, concession.receiver) if concession else ((), ())
        if deadline:
            return Place(deadline.agreement, deadline.concession, slug, *sides, deadline.label)
        if concession:
            return Place(concession.agreement, slug, None, *sides, concession.title)
        if slug in state.agreements:
            return Place(slug, None, None, (), (), state.agreements[slug].title)
        parties, source = self.view.state.parties, self.view.state.sources.get(slug)
        title = source and (source.title or source.publisher)
        title = parties[slug].name if slug in parties else title
        return Place(None, None, None, (), (), title or slug)

    def title(self, slug: str) -> str:
        """Return the title of a concession, with the label of one of its several deliveries.

        A meeting has only its label; an agreement's own end has the agreement's title.
        """
        concession, judged = self.place(slug).concession, self.judged(slug)
        deadline = judged.state.deadlines.get(slug)
        if concession is None or (deadline and deadline.kind in EVENTS):
            is_end = deadline and deadline.kind is DeadlineKind.EXPIRY
            return self.place(deadline.agreement if deadline and is_end else slug).title
        title, positions = judged.state.concessions[concession].title, judged.owned[concession]
        is_one_of = deadline and deadline.kind is DeadlineKind.DELIVERY
        is_one_of = is_one_of and sum(position.is_delivery for position in positions) > 1
        return f"{title} ({deadline.label})" if deadline and is_one_of else title

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
                deadlines = self.judged(change.subject).deadlines
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
        position = self.view.judged.reported(self.view.judged.deadlines[change.subject])
        kind = position.deadline.kind
        if change.after is DeadlineVerdict.OVERDUE and kind not in EVENTS:
            count = furthest_in_words(self.view, position)
            return f"day passed: {count}" if count else "day passed, no outcome recorded"
        is_called_off = kind is DeadlineKind.EXPIRY and change.after is DeadlineVerdict.CANCELLED
        verdict = verdict_in_words(kind, change.after, position.late_days)
        is_closed = position.is_delivery and change.subject in self.view.state.closings
        if brief and is_closed and position.deadline.concession:
            verdict = f"delivery closed as {verdict}"
        return f"end {verdict}" if is_called_off else verdict

    def _day(self, change: Difference) -> str:
        """Return the day that a party names, or from which day to which a deadline moved."""
        view, position = self.view, self.judged(change.subject).deadlines[change.subject]
        was, now, (noun, verb) = change.before, change.after, _verb(position.deadline)
        if change.part:
            is_later = now and position.due_on and now.last > position.due_on.last
            verb = "it runs on to" if is_later and noun == "end" else verb
            return self._said(change, "", f"{verb} {view.period(now)}")
        if now is None:
            return f"{noun} not set any more"
        movers = () if change.kind is Kind.CORRECTED else position.moved_by
        by = f" ({view.shorts(movers)})" if movers else ""
        step = f"moved {view.period(was, now)} → {view.period(now, was)}"
        return f"{noun} {step if was else f'set for {view.period(now)}'}{by}"

    def _said(self, change: Difference, plain_words: str, now: str) -> str:
        """Return what differs, or what a party says now."""
        if not (party := party_of(change)):
            return plain_words
        if change.after is None:
            return f"{self.view.short(party)} no longer says so"
        return f"{says(self.view, party)} {now}"

    def _figure(self, change: Difference, brief: bool) -> str:
        """Return a count before and now: `10.36 → 10.43 MMT sold (USDA), 87% of 12 MMT`.

        In brief it is a share: `86% → 87% sold (USDA)`; for a limit, it says on which side it is.
        """
        counter, basis, unit, by_then = change.part
        judged = self.judged(change.subject)
        position, mark = judged.deadlines[change.subject], ""
        progress = judged.progress_of(position)
        what, counts = basis_in_words(basis), [*filter(None, (change.before, change.after))]
        if brief:
            steps = [reached(position, count) for count in counts]
            what = " of the cut" if position.is_cut and not position.is_limit else what
        else:
            steps = [quantity(count.value) for count in counts]
            steps[-1] = amount(counts[-1].value, unit)
        if change.after in progress.early:
            mark = "before it binds"
        elif change.after and brief and progress.disputed:
            mark = "disputed"
        elif change.after and (position.is_limit or not brief):
            mark = against_target(position, change.after)
        by_its_day, gone = " by its day" if by_then else "", "" if change.after else f" → {NO_DATA}"
        counted = f"{' → '.join(dict.fromkeys(steps))}{what}{by_its_day} ({counter}){gone}"
        return f"{counted}, {mark}" if mark else counted

    def is_reworded(self, change: Difference) -> bool:
        """Return whether a kept text has other words than the one before it."""
        pairs = pairwise(self.view.state.texts_of(change.subject))
        before = next((text for text, later in pairs if later.entry == change.part), None)
        words = self.view.state.record.texts[change.part].words_sha256
        return before is not None and before.fingerprint.words_sha256 != words


def party_of(change: Difference) -> str | None:
    """Return who says what differs, or who counted it."""
    if change.what in (What.FIGURE, What.NOTE):
        return change.part[0]  # type: ignore[no-any-return]
    return change.part or None if change.what in (What.CLAIM, What.DAY, What.TARGET) else None


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
    words = f"{change.before[1]} → {state}" if change.before[1] is not state else str(stage)
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

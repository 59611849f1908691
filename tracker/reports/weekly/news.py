"""What a week learnt: the book before it, the differences that are news, and their lines."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple

from tracker.compare import Difference, FigurePart, Kind, What
from tracker.dates import Week, shifted
from tracker.entry import Entry
from tracker.mappings import by_key
from tracker.record import SEED_AUTHOR, Record
from tracker.reports.changes import Between
from tracker.reports.frame import announced_in_words, says, sentence
from tracker.reports.view import HORIZON_DAYS, Risk, View
from tracker.rules.deadlines import DECIDED, DeadlinePosition, is_due_within
from tracker.state import State
from tracker.vocabulary import NEWS, UNDATED, Command, DeadlineVerdict, EntryKind

KEPT = ("party", "source", "agreement")
"""The kinds of things whose declaration is in both states: it is not news by itself."""

Due = tuple[DeadlinePosition, str | None]
"""A deadline, and the concession that is delivered or ends with it; None if none does."""


class Learnt(Between):
    """A week: the views before and now, and what differs between them."""

    def __init__(self, view: View, of: Week) -> None:
        self.of = of
        self.record = view.state.record
        rows = _rows_of(self.record, of)
        self.came = [self.record.entries[row.id] for row in rows if row.kind in UNDATED]
        left_out = _left_out(self.record, rows)
        record = _without(self.record, left_out) if left_out else self.record
        eve = view.clocks._replace(as_of=shifted(of.start, -1))
        super().__init__(View(State(record, eve, view.state.agreement)), view)

    def about(self, change: Difference) -> str:
        """Return the concession that a difference is about, else its own subject."""
        return self.place(change.subject).concession or change.subject

    def quoted(self, entry: Entry, note: str) -> str:
        """Return a note, or its opening, after the party that says so, if it does not name it."""
        is_named = entry.says is None or self.view.short(entry.says) in note
        return note if is_named else f"{says(self.view, str(entry.says))}: {note}"

    @cached_property
    def new_risks(self) -> list[Risk]:
        """What is at risk since this week, as what it was given for failed."""
        known = {(risk.concession, risk.counterpart) for risk in self.before.risks}
        risks = (risk for risk in self.view.at_risk if risk.counterpart)
        return [
            risk for risk in risks if (risk.concession, risk.counterpart) not in known
        ]

    @cached_property
    def near(self) -> list[Due]:
        """What is due in the next 30 days."""
        near = [
            position
            for position in self.view.coming
            if is_due_within(position, HORIZON_DAYS)
        ]
        return [(position, position.deadline.concession) for position in near]

    @cached_property
    def passed(self) -> list[Due]:
        """What has passed without an outcome."""
        overdue = [
            (position, position.deadline.concession) for position in self.view.overdue
        ]
        return [*overdue, *self.view.expired]

    @cached_property
    def headline(self) -> Entry | None:
        """The note that is the headline of the week: the latest recorded of those of its days."""
        state = self.view.state
        headlines = [
            entry
            for entry in state.counting.values()
            if entry.headline
            and self.of.start <= entry.on <= self.of.end
            and entry.agreement in state.agreements
        ]
        return max(headlines, key=lambda entry: entry.entry, default=None)

    @property
    def corrected(self) -> list[Entry]:
        """What was recorded in the week to correct the book, and still does.

        To take back a retraction of the week corrects nothing.
        """
        retractions = {entry.entry for entry in self.came if entry.refers_to}
        return [
            entry
            for entry in self.came
            if entry.retracted_by is None
            and (entry.refers_to or self.record.before(entry.entry))
            and entry.refers_to not in retractions
            and self.view.lists(entry)
        ]

    @property
    def added(self) -> list[str]:
        """The concessions that files declared in the week; those of a new book are not named."""
        return [
            entry.subject
            for entry in self.came
            if entry.command is Command.APPLY
            and entry.batch > 1
            and entry.author != SEED_AUTHOR
            and not self.record.before(entry.entry)
            and entry.subject in self.view.listed_positions
        ]


def _rows_of(record: Record, week: Week) -> list[Any]:
    """Return the rows that came into this book in a week, by the writer's clock."""
    batches = set()
    for batch in record.batches.values():
        came_on = (batch.recorded_at + timedelta(minutes=batch.utc_offset)).date()
        if week.start <= came_on <= week.end:
            batches.add(batch.id)
    return (
        [row for row in record.rows.values() if row.batch in batches] if batches else []
    )


def _left_out(record: Record, rows: Sequence[Any]) -> set[int]:
    """Return the entries of a week, but for what counts as if it had been there before.

    That is what a file declares for the first time, with its updates, and a first import. What was
    taken back leaves no trace.
    """
    batches = {row.batch for row in rows}
    whole = {number for number in batches if _is_whole(record, number)}

    def was_there(row: Any) -> bool:
        if row.id in record.undone or row.kind == EntryKind.RETRACTION:
            return False
        if row.kind != EntryKind.DECLARATION:
            return row.batch in whole
        is_known = row.batch in whole or record.declares(row.id)["what"] in KEPT
        return is_known and not record.before(row.id)

    return {row.id for row in rows if not was_there(row)}


def _is_whole(record: Record, number: int) -> bool:
    """Return whether a batch is of a file, or an import into a book that had no updates."""
    batch = record.batches[number]
    if batch.command in (None, Command.APPLY):
        return True
    if batch.command != Command.IMPORT and not batch.merged_by:
        return False
    first = next((row for row in record.rows.values() if row.kind in NEWS), None)
    return first is None or _import_of(record.batches[first.batch]) == _import_of(batch)


def _import_of(batch: Any) -> Any:
    """Return what the batches of one command have in common: an import's, their moment."""
    return batch.recorded_at if batch.merged_by else batch.id


def _without(record: Record, left_out: Iterable[int]) -> Record:
    """Return a record without some entries, and without what is about things so left out."""
    tables = record.tables
    gone = {*left_out}
    declared = [*tables["concession"], *tables["deadline"]]
    still_declared = {row.thing_id for row in declared if row.entry_id not in gone}
    lost = {row.thing_id for row in declared} - still_declared
    for row in tables["entry"]:
        if row.subject_id in lost or row.concession_id in lost:
            gone.add(row.id)
    left = {}
    for name, rows in tables.items():
        if name in ("thing", "batch"):
            left[name] = rows
        elif name == "entry":
            left[name] = [row for row in rows if row.id not in gone]
        else:
            left[name] = [row for row in rows if row.entry_id not in gone]
    left["exchange"] = [
        row for row in left["exchange"] if row.in_return_for_id not in lost
    ]
    return Record(left, record.book, record.known)


class Line(NamedTuple):
    """A line of the page: a concession with all its news, or something else that was said."""

    about: tuple[str, ...]
    """The slugs that it is about."""
    day: str
    givers: str
    words: str
    """The title of the concession, or what was said."""
    change: str = ""
    note: str | None = None
    sources: tuple[str, ...] = ()


# --- which differences are news -------------------------------------------------------------------


class _Changed:
    """What changed of the things themselves, whoever says it, and which entries decided states."""

    def __init__(self, changes: Iterable[Difference]) -> None:
        self.with_states = set[str]()
        self.deciding = set[int]()
        self.holding = set[tuple[str, Any]]()
        """The stage of each new promise, and each day and target that moved."""
        self.counted = set[tuple[str, FigurePart]]()
        for change in changes:
            if change.what is What.STATE:
                self.with_states.add(change.subject)
                self.deciding.update(entry.entry for entry in change.entries[-1:])
                if not change.before and change.after:
                    self.holding.add((change.subject, change.after[0]))
            elif change.what in (What.DAY, What.TARGET) and not change.part:
                self.holding.add((change.subject, change.after))
            elif change.what is What.FIGURE:
                self.counted.add((change.subject, change.part))

    def has_later_figure(self, change: Difference) -> bool:
        """Return whether a figure is that of a deadline's day, and its series has a later one."""
        latest = change.part._replace(by_its_day=False)
        return change.part.by_its_day and (change.subject, latest) in self.counted

    def is_confirmed_by(self, change: Difference) -> bool:
        """Return whether a party says what holds now anyhow, or its word made a state change."""
        holds = (change.subject, change.after) in self.holding
        return holds or change.entries[-1].entry in self.deciding


def news_of(learnt: Learnt) -> list[Difference]:
    """Return the differences that the page prints: each fact once, by what decides it."""
    changed = _Changed(learnt.differences)
    return [change for change in learnt.differences if _is_news(learnt, changed, change)]


def _is_news(learnt: Learnt, changed: _Changed, change: Difference) -> bool:
    match change.what:
        case What.STATE:
            return True
        case What.FIELD:
            return False
        case What.FIGURE:
            return not changed.has_later_figure(change)
        case What.NOTE:  # a corrected one is news of its own week only
            is_left_out = (
                change.kind is Kind.CORRECTED or learnt.headline in change.entries
            )
            return change.after is not None and not is_left_out
        case What.TEXT:
            return change.after is not None and learnt.is_reworded(change)
        case What.OUTCOME:
            is_overdue = (
                change.kind is Kind.PASSED and change.after is DeadlineVerdict.OVERDUE
            )
            has_state = learnt.place(change.subject).concession in changed.with_states
            return not has_state and (change.after in DECIDED or is_overdue)
        case What.CLAIM | What.DAY | What.TARGET:
            if change.after is None or (change.part and changed.is_confirmed_by(change)):
                return False
            is_declared = (
                not change.entries or change.entries[-1].kind is EntryKind.DECLARATION
            )
            return change.before is not None or not is_declared


# --- their lines ----------------------------------------------------------------------------------


def changed_lines(learnt: Learnt, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each concession with news, in the order of the most important one.

    So have the days and the meetings of agreements.
    """
    changes = (change for change in news if not _is_beside(learnt, change))
    groups = by_key((learnt.about(change), change) for change in changes)
    lines = [_line(learnt, slug, group) for slug, group in groups.items()]
    return together(lines, lambda line: bool(line.note) and not line.change)


def _is_beside(learnt: Learnt, change: Difference) -> bool:
    """Return whether news is listed beside the changes: what parties say, notes of agreements."""
    if change.what in (What.NOTE, What.TEXT):
        return not learnt.place(change.subject).concession
    return change.what in (What.CLAIM, What.DAY, What.TARGET) and bool(change.part)


def together(lines: Iterable[Line], can_join: Callable[[Line], bool]) -> list[Line]:
    """Return lines; what is said alike of several promises of one giver is one line."""

    def key(line: Line) -> object:
        shared = line.day, line.givers, line.change, line.note, line.sources
        return shared if can_join(line) else id(line)

    merged = []
    for alike in by_key((key(line), line) for line in lines).values():
        about = tuple(slug for line in alike for slug in line.about)
        words = "; ".join(line.words for line in alike)
        words = f"{len(alike)} promises: {words}" if len(alike) > 1 else words
        merged.append(alike[0]._replace(about=about, words=words))
    return merged


def _line(learnt: Learnt, concession: str, news: Sequence[Difference]) -> Line:
    first = news[0]
    shown = learnt.view.period
    notes = {id(piece): note for piece in news if (note := _note(learnt, piece, first))}
    deadlines = {piece.subject for piece in news} - {concession}

    def change(piece: Difference) -> str:
        words = learnt.in_words(piece, brief=True)
        if len(deadlines) > 1 and piece.subject in deadlines:
            words = f"{learnt.place(piece.subject).title}: {words}"
        if (
            shown(piece.on) == shown(first.on) or id(piece) in notes
        ):  # a note has its day
            return words
        return f"{words}, {shown(piece.on)}"

    changes = [change(piece) for piece in news if piece.what is not What.NOTE]
    return Line(
        (concession,),
        shown(first.on),
        givers_of(learnt, concession),
        learnt.title(first.subject if len(news) == 1 else concession),
        "\n".join(changes),
        "\n".join(dict.fromkeys(notes.values())) or None,
        tuple(dict.fromkeys(key for piece in news for key in sources_of(learnt, piece))),
    )


def sources_of(learnt: Learnt, change: Difference) -> tuple[str, ...]:
    """Return the sources of news; a new promise has that of its declaration, too."""
    promise = learnt.view.state.concessions.get(change.subject)
    is_new = promise and change.what is What.STATE and change.before is None
    declared = [promise.source] if promise and is_new else []
    return *declared, *(key for entry in stating(change) for key in entry.source)


def stating(change: Difference) -> Sequence[Entry]:
    """Return the entries of which the page tells: of a state or a claim, the one that decides."""
    return (
        change.entries[-1:]
        if change.what in (What.STATE, What.CLAIM)
        else change.entries
    )


def other_lines(learnt: Learnt, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each other piece of news, by day: of agreements, and what parties say.

    A note of an agreement is the line itself.
    """
    beside = [change for change in news if _is_beside(learnt, change)]
    beside.sort(key=lambda change: change.on.last)
    lines = []
    for change in beside:
        line = _line(learnt, learnt.about(change), [change])
        if not line.change:
            line = line._replace(words=str(line.note), note=None)
        lines.append(line)
    return together(lines, lambda line: bool(line.note and line.change and line.givers))


def givers_of(learnt: Learnt, slug: str) -> str:
    """Return who gives a concession; with several agreements, also who gets it."""
    if len(learnt.view.state.agreements) > 1 and slug in learnt.view.state.concessions:
        return learnt.view.parties_line(slug)
    return learnt.view.shorts(learnt.place(slug).givers)


def _note(learnt: Learnt, change: Difference, first: Difference) -> str | None:
    """Return what is below a line: the note of the entry that decides.

    Before it is its day, if that is not the one of the line, and how late it became known. If a
    term ended without a word, it is what was announced.
    """
    if change.kind is Kind.PASSED:
        if change.what is not What.STATE:
            return None
        announced = announced_in_words(learnt.view, change.subject)
        return "; ".join(["Its term ended; no word since", *announced]) + "."
    entries = [entry for entry in change.entries if _states(change, entry)]
    if not entries:
        return None
    entry = entries[-1]
    day = learnt.view.period(change.on)
    marks = [day] if day != learnt.view.period(first.on) else []
    public_on = learnt.record.made_public(entry)
    if change.kind in (Kind.LATE, Kind.RESTATED):
        marks.append("recorded late" if change.kind is Kind.LATE else "restated")
    elif entry.on < learnt.of.start <= public_on:
        marks.append(f"public on {learnt.view.day(public_on)}")
    head = sentence(", ".join(marks))
    if not entry.note:
        return f"{head}." if head and change is first else None
    note = learnt.quoted(entry, entry.note) if change.what is What.NOTE else entry.note
    return f"{head} – {note}" if head else note


def _states(change: Difference, entry: Entry) -> bool:
    """Return whether an entry states a difference; of a new promise, what confirms it."""
    if (
        change.what is What.STATE
        and change.before is None
        and change.after
        and entry.says
    ):
        return entry.stage is change.after[0]
    return entry.kind is not EntryKind.DECLARATION

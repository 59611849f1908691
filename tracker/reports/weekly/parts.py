"""The parts of the weekly page, in the order in which people read them."""

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tracker.dates import Span, shifted
from tracker.differences import Difference, Kind, NoteChange, title_of
from tracker.mappings import by_key
from tracker.reports.changes import differences, statuses_before
from tracker.reports.frame import how_we_know, number, said_of_the_whole
from tracker.reports.gains import (
    GainsRow,
    distribution,
    gained,
    gains_rows,
)
from tracker.reports.history import entries_section, in_full
from tracker.reports.sources import Citations, published, source_column, sources_of
from tracker.reports.view import HORIZON_DAYS, Risk, View
from tracker.reports.weekly.eve import added, corrections, eve_of, rows_of
from tracker.reports.weekly.lines import (
    Due,
    Line,
    about,
    changed_lines,
    due_line,
    givers_of,
    other_lines,
    together,
)
from tracker.reports.weekly.news import (
    Headline,
    headline_note,
    headline_of,
    in_order,
    news_of,
    nothing_new,
    quoted,
)
from tracker.rules.deadlines import is_due_within
from tracker.tables import Column, Section, counted
from tracker.vocabulary import UNDATED, Grouping

LATE = 5
"""How many changes recorded late a page lists; it counts the others."""
LOOKED_AT_DAYS = 30
"""For how many days a concession counts as looked at after its last update or check."""
BRIEF_CHANGES = 8
"""How many changes a brief page lists."""
Height = Callable[[Sequence[Section], int], int]
"""Measures how many lines some sections take on a terminal of some width."""
BRIEF_ROWS = 3
"""How many risks a brief page lists, and how much that is due."""
WIDTH, ROOM = 80, 24 - 8
"""How wide a brief page is, and how many lines its tables have under the headline."""


class Coverage(NamedTuple):
    """How much of the book the week's news rests on."""

    concessions: int
    """How many concessions there are."""
    updated: int
    """How many of them changed, or had news."""
    looked_at: int
    """How many had an update or a check in the week, or in the 30 days to its end."""
    evidence_on: date | None
    """The latest day of which the book says anything."""


class Parts:
    """The parts of one week's page: what changed since its eve, and what follows.

    `everything` lists what is else only counted.
    """

    def __init__(self, view: View, week: Span, *, everything: bool) -> None:
        self.view = view
        self.week = week
        record = view.state.record
        rows = rows_of(record, week)
        recorded = [record.entries[row.id] for row in rows if row.kind in UNDATED]
        self.corrections = corrections(view, recorded)
        """The entries that correct the book."""
        self.added = added(view, recorded)
        """The concessions that were added to the book."""
        self.before = eve_of(view, week, rows)
        self.changes = differences(self.before, view)
        """What differs from what was known before the week."""
        self.note = headline_note(view, week)
        """The note that is the headline."""
        self.groups = in_order(view, news_of(self.changes, self.note))
        self.news = [change for group in self.groups for change in group]
        """What the page tells, in order."""
        self.listed = self.news if everything else self._first_late()
        self.changed = changed_lines(view, week, self.listed)
        self.others = other_lines(view, week, self.listed)
        self.corrected = in_full(record, self.corrections) if everything else []
        sources = sources_of(view, [self.note] if self.note else [])
        for line in (*self.changed, *self.others):
            sources += published(view, line.sources)
        self.citations = Citations(view, [*sources, *sources_of(view, self.corrected)])

    def _first_late(self) -> list[Difference]:
        """Return the news, but of what was recorded late only the first changes.

        A row that is printed keeps all its changes, but not all its notes.
        """
        late = [change for change in self.news if change.kind is Kind.LATE]
        beyond = {*late[LATE:]}
        printed = {about(change) for change in self.news if change not in beyond}
        listed = []
        for change in self.news:
            is_of_row = about(change) in printed and not isinstance(change, NoteChange)
            if change not in beyond or is_of_row:
                listed.append(change)
        return listed

    @cached_property
    def headline(self) -> Headline:
        """The news in one line: a note that is marked so, else the leading change."""
        if self.note:
            text = quoted(self.view, self.note, str(self.note.note))
            return Headline(text, self.note.entry)
        nothing = nothing_new(self.view, self.week, is_added=bool(self.added))
        return headline_of(self.view, self.groups, nothing)

    @cached_property
    def risks(self) -> list[Risk]:
        """What is at risk since this week, as what it was given for failed."""
        known = {(risk.concession, risk.counterpart) for risk in self.before.risks}
        return [
            risk
            for risk in self.view.at_risk
            if (risk.concession, risk.counterpart) not in known
        ]

    @cached_property
    def near(self) -> list[Due]:
        """What is due in the next 30 days."""
        near = [due for due in self.view.coming if is_due_within(due, HORIZON_DAYS)]
        return [(due, due.deadline.concession) for due in near]

    @cached_property
    def passed(self) -> list[Due]:
        """What has passed without an outcome."""
        overdue = [(due, due.deadline.concession) for due in self.view.overdue]
        return [*overdue, *self.view.expired]

    @cached_property
    def promised(self) -> list[GainsRow]:
        """How many concessions each side has in each status, and had before the week."""
        return gains_rows(self.view, gained(self.view), statuses_before(self.changes))

    @cached_property
    def coverage(self) -> Coverage:
        """How much of the book the news rests on."""
        view = self.view
        listed = view.listed_positions
        updated = {change.place.concession for change in self.changes}
        told = {
            about(change) for change in self.changes if change.kind is not Kind.PASSED
        }
        since = shifted(view.clocks.as_of, -LOOKED_AT_DAYS)
        looked_at_on = view.state.looked_at_on
        looked_at = [
            slug for slug in listed if slug in told or looked_at_on(slug) > since
        ]
        evidence_on = view.state.book.evidence_on
        return Coverage(
            len(listed), len(updated & {*listed}), len(looked_at), evidence_on
        )

    # --- the page ---------------------------------------------------------------------------------

    def whole(self) -> Iterator[Section]:
        """Yield the parts of the whole page."""
        yield self._beneath([*self.changed, *self.others])
        yield self._origin()
        yield self._table("Changed", self.changed)
        yield self._table("Also", self.others)
        yield self._counted()
        yield from self._risks()
        said = said_of_the_whole(self.view, [due for due, _ in self.passed])
        said_next = said_of_the_whole(self.view, [due for due, _ in self.near])
        yield self._days("Next", self.near, said=() if said else said_next)
        passed = {change.subject for change in self.news if change.kind is Kind.PASSED}
        yield self._days("Overdue or outcome unknown", self.passed, passed, said=said)
        yield self._corrections()
        yield self._promised()
        yield self._covered()
        yield self.citations.section(briefly=True)

    def brief(self, height: Height) -> Iterator[Section]:
        """Yield the parts of a brief page: the first changes, without notes or marks.

        Many risks are only counted, by the line of consequence. The table follows if it fits.
        """
        changes = [line for line in self.changed if line.change]
        lines = [line._replace(note=None, sources=()) for line in changes]
        parts = [self._table("Changed", lines[:BRIEF_CHANGES]), self._counted()]
        if len(lines) > BRIEF_CHANGES:
            more = f"The first {BRIEF_CHANGES} of {len(lines)}; see 'tracker week {self.week}'."
            parts[0] = parts[0]._replace(lines=(more,))
        if len(self.risks) <= BRIEF_ROWS:
            parts += self._risks()
        parts.append(self._days("Next", self.near, most=BRIEF_ROWS))
        yield self._beneath(lines)
        yield from parts
        promised = self._promised()
        if (
            height([part for part in (*parts, promised) if not part.is_empty], WIDTH)
            <= ROOM
        ):
            yield promised

    def _beneath(self, below: Sequence[Line]) -> Section:
        """Return the sentence under the headline, and how much is at risk since this week.

        It is left out if the note of a line below is that sentence, perhaps after a remark.
        """
        beneath = self.headline.beneath
        is_below = any(
            f"{(line.note or '').rstrip('.')}.".endswith(beneath) for line in below
        )
        lines = [beneath] if beneath and not is_below else []
        many = len({risk.concession for risk in self.risks})
        if many == 1:
            lines.append("One concession given in return is now at risk.")
        elif many:
            lines.append(
                f"{number(many).capitalize()} concessions given in return are now at risk."
            )
        return Section(lines=tuple(lines))

    def _origin(self) -> Section:
        """Return the day and the sources of a headline that somebody wrote, if they are cited."""
        note = self.note
        if note is None or not sources_of(self.view, [note]):
            return Section()
        day = self.view.period(note.effective_on)
        line = Line(
            (note.subject,), day, "", "Sources of the headline", sources=note.source
        )
        return self._table("", [line])

    def _table(
        self, title: str, lines: Sequence[Line], change: str = "Change"
    ) -> Section:
        """Return a table of lines; columns that are empty in every row are left out."""
        view = self.view

        def linked(line: Line) -> str | None:
            (first, *others) = line.about
            return first if first not in view.state.agreements and not others else None

        columns = [
            Column("Day", lambda line: line.day, right=True),
            Column("Gives", lambda line: line.givers, wraps=True),
            Column(
                "What",
                lambda line: line.words,
                wraps=True,
                about=linked,
                below=lambda line: line.note,
            ),
            Column(change, lambda line: line.change, wraps=True),
            source_column(
                lambda line: self.citations.marks(published(view, line.sources))
            ),
        ]
        return Section(columns, lines, title, bare=True, in_groups=True)

    def _risks(self) -> list[Section]:
        """Return what is at risk since this week, by what it was given for."""
        state = self.view.state
        by_failed = by_key((risk.counterpart, risk.concession) for risk in self.risks)
        sections = []
        for failed, slugs in by_failed.items():
            lines = []
            for slug in slugs:
                givers = givers_of(self.view, state, slug)
                now = state.positions[slug].status
                lines.append(
                    Line((slug,), "", givers, title_of(state, slug), change=now)
                )
            promise = state.record.concessions[failed].title
            failed_as = self.view.counterparts[failed].status
            title = f"New at risk: given for {promise}, now {failed_as}"
            sections.append(self._table(title, lines, change="Now"))
        return sections

    def _days(
        self,
        title: str,
        deadlines: Sequence[Due],
        changed: Set[str] = frozenset(),
        most: int | None = None,
        said: Sequence[str] = (),
    ) -> Section:
        """Return deadlines by day, but for those that are among the changes; at most so many.

        A giver's terms that end on one day are together.
        """
        ordered = sorted(deadlines, key=lambda due: (due[0].last, due[0].deadline.slug))
        lines = [due_line(self.view, due) for due in ordered]
        left = [line for line in lines if changed.isdisjoint(line.about)]
        promises = self.view.state.concessions
        lines = together(left, lambda line: line.about[0] in promises)
        table = self._table(title, lines[:most], change="Left")
        return table._replace(lines=tuple(said if lines else ()))

    def _counted(self) -> Section:
        """Return what is only counted: what was recorded late, and what was added to the book."""
        lines = []
        if late := len(self.news) - len(self.listed):
            lines.append(
                f"{counted(late, 'more change')} recorded late, listed with '--all'."
            )
        if self.added:
            lines.append(f"Added to the book: {counted(len(self.added), 'concession')}.")
        return Section(lines=tuple(lines))

    def _corrections(self) -> Section:
        """Return how many entries corrected the book, or a table of them."""
        if self.corrected:
            return entries_section(
                self.view, self.citations, self.corrected, "Corrected"
            )
        if not self.corrections:
            return Section()
        many = counted(len(self.corrections), "entry", "entries")
        return Section(lines=(f"Corrected: {many}, listed with '--all'.",))

    def _promised(self) -> Section:
        """Return how many concessions each side has in each status, with changes in brackets."""
        return distribution(self.view, self.promised, Grouping.RECEIVER, "Who has what")

    def _covered(self) -> Section:
        """Return how many concessions no row names, and how much of the book was looked at."""
        updates = {
            about(change) for change in self.listed if change.kind is not Kind.PASSED
        }
        others = len(self.view.listed_positions.keys() - updates)
        coverage = self.coverage
        words = (
            f"Counted, not weighed. {others} without an update; {coverage.looked_at} of "
            f"{coverage.concessions} looked at in {LOOKED_AT_DAYS} days."
        )
        decided = [entry for change in self.listed for entry in change.entries[-1:]]
        marks = [line for section in how_we_know(decided) for line in section.lines]
        return Section(lines=(words, *marks))

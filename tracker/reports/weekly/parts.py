"""The parts of the weekly page, in the order in which people read them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.compare import Difference, Kind
from tracker.dates import shifted
from tracker.groups import by_key
from tracker.reports.counts import furthest_in_words
from tracker.reports.frame import (
    announced_in_words,
    counted,
    how_far,
    number,
    plural,
    said_in_words,
)
from tracker.reports.gains import GainsRow, listed_sides, state_columns
from tracker.reports.history import entries_section, with_declared
from tracker.reports.sources import Citations, source_column
from tracker.reports.status import TONES
from tracker.reports.view import View
from tracker.reports.weekly.lines import (
    Line,
    changed_lines,
    givers_of,
    other_lines,
    title_of,
)
from tracker.reports.weekly.then import Due, Learnt
from tracker.rules.deadlines import DeadlinePosition
from tracker.tables import NOTHING, Column, Section, table
from tracker.tables.text import TextWriter
from tracker.vocabulary import DeadlineKind, Precision

if TYPE_CHECKING:
    from tracker.reports.weekly.page import WeekDocument

LATE = 5
"""How many changes recorded late a page lists before it only counts them."""
LOOKED_AT_DAYS = 30
"""For how many days a concession counts as looked at after its last update or check."""
BRIEF_ROWS = 3
"""How many risks a brief page lists, and how much that is due."""
WIDTH, ROOM = 80, 24 - 8
"""How wide a brief page is, and how many lines its tables have under the headline."""


class Parts(NamedTuple):
    """The parts of one week's page."""

    learnt: Learnt
    news: Sequence[Difference]
    """What the page prints, in order."""
    found: "WeekDocument"
    citations: Citations

    def whole(self, *, everything: bool) -> Iterator[Section]:
        """Yield the parts of the whole page; `everything` lists what is else only counted."""
        late = [one for one in self.news if one.kind is Kind.LATE]
        too_many = len(late) > LATE and not everything
        listed = [one for one in self.news if not (too_many and one.kind is Kind.LATE)]
        changed, others = changed_lines(self.learnt, listed), other_lines(self.learnt, listed)
        yield self._beneath()
        yield self._news("Changed", changed)
        yield self._news("Also", others)
        first = min(one.entries[0].entry for one in late) if too_many else 0
        yield Section(lines=(*self._counted(len(late), first),))
        yield from risk_sections(self.learnt)
        yield coming_section(self.learnt)
        passed = {one.subject for one in self.news if one.kind is Kind.PASSED}
        yield overdue_section(self.learnt, passed)
        yield self._corrections(everything=everything)
        yield self._promised_section()
        yield self._covered({line.about for line in (*changed, *others)})
        yield self.citations.section(briefly=True)

    def brief(self) -> Iterator[Section]:
        """Yield the parts of a brief page, as far as they fit it: the changes without notes.

        Many risks are only counted, by the line of consequence.
        """
        lines = [line._replace(note=None) for line in changed_lines(self.learnt, self.news)]
        risks = risk_sections(self.learnt) if len(self.learnt.new_risks) <= BRIEF_ROWS else []
        others = [*risks, coming_section(self.learnt, BRIEF_ROWS)]
        shown = len(lines)
        while shown and _height([self._news("Changed", lines[:shown]), *others]) > ROOM:
            shown -= 1
        changed = self._news("Changed", lines[:shown])
        if left := len(lines) - shown:
            more = f"The first {shown}; {left} more are on the whole page: 'tracker week'."
            changed = changed._replace(lines=(more,))
        parts, promised = [changed, *others], self._promised_section()
        yield self._beneath()
        yield from parts
        if _height([*parts, promised]) <= ROOM:
            yield promised

    def _beneath(self) -> Section:
        """Return the sentence under the headline, and how much is at risk since this week.

        Under a headline that somebody wrote stand its day and its sources, if sources are cited.
        """
        lines = [self.found.headline.beneath] if self.found.headline.beneath else []
        if (note := self.learnt.headline) and (marks := self.citations.of([note])):
            lines.append(f"{self.learnt.view.period(note.effective_on)} {marks.strip()}")
        if many := len({one.concession for one in self.learnt.new_risks}):
            are = plural(many, "concession given in return is", "concessions given in return are")
            lines.append(f"{number(many).capitalize()} {are} now at risk.")
        return Section(lines=tuple(lines))

    def _news(self, title: str, lines: Sequence[Line]) -> Section:
        """Return a table of news; columns that are empty in every row are left out."""
        marks = {id(line): self._cited(line) for line in lines}
        promises = self.learnt.view.state.concessions
        columns = [
            Column("Day", lambda line: line.day, right=True),
            Column("Gives", lambda line: line.givers, wraps=True),
            Column(
                "What",
                lambda line: line.words,
                wraps=True,
                about=lambda line: line.about if line.about in promises else None,
                below=lambda line: line.note,
            ),
            Column("Change", lambda line: line.change, wraps=True),
            source_column(lambda line: marks[id(line)]),
        ]
        return table(columns, lines, title)._replace(bare=True, in_groups=True)

    def _cited(self, line: Line) -> str:
        """Return the marks of a line's sources; a new promise has that of its declaration."""
        promise = self.learnt.view.state.concessions.get(line.about)
        new = [promise.source] if promise and line.is_new else []
        return self.citations.of(line.entries, *new).replace(" ", "")

    def _counted(self, late: int, first: int) -> Iterator[str]:
        """Yield what is only counted: what was recorded late, and what was added to the book."""
        if first:
            eve, known = shifted(self.learnt.of.start, -1), first - 1
            span = f"'{eve}#{known}' {self.learnt.view.clocks.as_of}"
            yield f"{late} changes were recorded late. To list them: tracker diff {span}"
        if many := len(self.learnt.added):
            yield f"Added to the book: {many} {plural(many, 'concession', 'concessions')}."

    def _corrections(self, *, everything: bool) -> Section:
        """Return how many entries corrected the book, or a table of them."""
        view, corrected = self.learnt.view, self.learnt.corrected
        if everything and corrected:
            rows = with_declared(view, corrected)
            return entries_section(view, self.citations, rows, "Corrected")
        many = counted(len(corrected), "entry", "entries")
        return Section(lines=(f"Corrected: {many}; '--all' lists them.",) if corrected else ())

    def _promised_section(self) -> Section:
        """Return how many concessions each side has in each state, with changes in brackets."""
        rows = listed_sides(self.learnt.view, self.found.promised)

        def cell(key: str, row: GainsRow) -> str:
            now = row.counts[key]
            more = now - (row.before or row.counts)[key]
            step = f" ({'+' if more > 0 else '−'}{abs(more)})" if more else ""
            return f"{now or NOTHING}{step}"

        named = Column("", lambda row: self.learnt.view.short(row.party), key="party")
        columns = [named, *state_columns(rows, cell)]
        return table(columns, rows, "Promised to")

    def _covered(self, named: set[str]) -> Section:
        """Return how many concessions no row names, and how much of the book was looked at."""
        coverage = self.found.coverage
        others = len({*self.learnt.view.listed_positions} - named)
        looked_at = f"{coverage.looked_at} of {coverage.concessions} looked at"
        words = f"{others} without an update; {looked_at} in {LOOKED_AT_DAYS} days."
        return Section(lines=(f"Counted, not weighed. {words}",))


def _height(sections: Sequence[Section]) -> int:
    """Return how many lines some sections take, with those between them."""
    writer = TextWriter(WIDTH)
    return sum(writer.section(one).count("\n") + 2 for one in sections if not one.is_empty)


def risk_sections(learnt: Learnt) -> list[Section]:
    """Return what is at risk since this week, by what it was given for."""
    view = learnt.view
    columns = [
        Column("Gives", lambda slug: givers_of(learnt, slug)),
        Column("Concession", lambda slug: title_of(learnt, slug), wraps=True, about=str),
        Column(
            "Now",
            lambda slug: view.judged.positions[slug].state,
            tone=lambda slug: TONES.get(view.judged.positions[slug].state),
        ),
    ]
    found = by_key((str(one.counterpart), one.concession) for one in learnt.new_risks)
    return [
        table(columns, own, f"New at risk: given for {_failed(view, of)}")._replace(bare=True)
        for of, own in found.items()
    ]


def _failed(view: View, slug: str) -> str:
    title = view.state.record.concessions[slug].title
    return f"{title}, now {view.judged.counterparts[slug].state}"


def coming_section(learnt: Learnt, most: int | None = None) -> Section:
    """Return what is due in the next 30 days, or the first few of it."""
    return _section(learnt, _together(learnt, learnt.near)[:most], "Next")


def overdue_section(learnt: Learnt, changed: Collection[str]) -> Section:
    """Return what has passed without an outcome, but for what is among the changes of this week."""
    left = (one for one in learnt.passed if _thing(one) not in changed)
    return _section(learnt, _together(learnt, left), "Overdue or outcome unknown")


def _thing(due: Due) -> str:
    """Return the slug of what passed: the concession whose term ended, or a deadline."""
    return due.concession if _ends(due) and due.concession else due.position.deadline.slug


def _ends(due: Due) -> bool:
    return due.position.deadline.kind is DeadlineKind.EXPIRY


def _together(learnt: Learnt, found: Iterable[Due]) -> list[list[Due]]:
    """Return deadlines by day; a giver's terms that end on one day are together."""

    def key(due: Due) -> tuple[object, ...]:
        is_term = _ends(due) and due.concession
        by = givers_of(learnt, due.concession) if is_term and due.concession else None
        return due.position.due_on, by or due.position.deadline.slug

    ordered = sorted(found, key=lambda due: (due.position.last, due.position.deadline.slug))
    return [*by_key((key(due), due) for due in ordered).values()]


def _section(learnt: Learnt, rows: Sequence[Sequence[Due]], title: str) -> Section:
    view = learnt.view

    def givers(row: Sequence[Due]) -> str:
        return givers_of(learnt, row[0].concession) if row[0].concession else ""

    columns = [
        Column("Day", lambda row: view.period(row[0].position.due_on), right=True),
        Column("Gives", givers, wraps=True),
        Column(
            "What",
            partial(_what, learnt),
            wraps=True,
            about=lambda row: row[0].position.deadline.slug,
            below=lambda row: "; ".join(_said(view, row[0])),
        ),
        Column("Left", lambda row: _left(view, row[0].position), right=True),
    ]
    return table(columns, rows, title)._replace(bare=True, in_groups=True)


def _said(view: View, due: Due) -> list[str]:
    """Return the other days that parties name."""
    if due.concession and _ends(due):
        return announced_in_words(view, due.concession)
    return said_in_words(view, due.position)


def _what(learnt: Learnt, row: Sequence[Due]) -> str:
    """Return what is due, with its count; or which terms end."""
    (position, concession), view = row[0], learnt.view
    slug, is_ahead = position.deadline.slug, position.ahead
    if len(row) > 1:
        titles = "; ".join(title_of(learnt, str(due.concession)) for due in row)
        return f"{len(row)} promises {'end' if is_ahead else 'ended'}: {titles}"
    if _ends(row[0]):
        many = len(view.ending_with.get(slug, ())) if is_ahead and not concession else 0
        with_it = f", with {many} {plural(many, 'promise', 'promises')}" if many else ""
        verb = "ends" if is_ahead else "ended"
        return f"{title_of(learnt, concession or slug)}: {verb}{with_it}"
    figure = furthest_in_words(view, position)
    return f"{title_of(learnt, slug)}: {figure}" if figure else title_of(learnt, slug)


def _left(view: View, position: DeadlinePosition) -> str:
    """Return how far away a day is; of the current month or year, only that it is current."""
    due_on = position.due_on
    is_running = due_on is not None and due_on.first <= view.clocks.as_of <= due_on.last
    if due_on and is_running and due_on.precision is not Precision.DAY:
        return f"this {due_on.precision}"
    return how_far(position.days_left or 0)

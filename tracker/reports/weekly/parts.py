"""The parts of the weekly page, in the order in which people read them."""

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date
from typing import NamedTuple

from tracker.compare import Difference, Kind, What
from tracker.mappings import by_key
from tracker.reports.counts import furthest_in_words
from tracker.reports.frame import how_far, number, said_in_words
from tracker.reports.gains import GainsRow, listed_sides, state_columns
from tracker.reports.history import entries_section, in_full
from tracker.reports.sources import Citations, published, source_column, sources_of
from tracker.reports.weekly.news import (
    Due,
    Learnt,
    Line,
    changed_lines,
    givers_of,
    other_lines,
    together,
)
from tracker.tables import NOTHING, TIE, Column, Section, counted
from tracker.vocabulary import DeadlineKind

LATE = 5
"""How many changes recorded late a page lists; it counts the others."""
LOOKED_AT_DAYS = 30
"""For how many days a concession counts as looked at after its last update or check."""
BRIEF_CHANGES, BRIEF_ROWS = 8, 3
"""How many changes a brief page lists; how many risks, and how much that is due."""
Height = Callable[[Sequence[Section], int], int]
"""Measures how many lines some sections take on a terminal of some width."""
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
    """The parts of one week's page.

    `news` is what it prints, in order, and `beneath` what is under its headline; `everything` lists
    what is else only counted.
    """

    def __init__(
        self,
        learnt: Learnt,
        news: Sequence[Difference],
        beneath: str,
        promised: Sequence[GainsRow],
        coverage: Coverage,
        *,
        everything: bool,
    ) -> None:
        self.learnt = learnt
        self.news = news
        self.beneath = beneath
        self.promised = promised
        self.coverage = coverage
        self.listed = news if everything else self._first_late()
        self.changed = changed_lines(learnt, self.listed)
        self.others = other_lines(learnt, self.listed)
        self.corrected = in_full(learnt.record, learnt.corrected) if everything else []
        lines = (*self.changed, *self.others)
        view = learnt.view
        headline = [learnt.headline] if learnt.headline else []
        cited = sources_of(view, headline)
        cited += published(view, [key for line in lines for key in line.sources])
        self.citations = Citations(view, [*cited, *sources_of(view, self.corrected)])

    def _first_late(self) -> Sequence[Difference]:
        """Return the news, but of what was recorded late only the first changes.

        A row that is printed keeps all its changes, but not all its notes.
        """
        late = [change for change in self.news if change.kind is Kind.LATE]
        beyond = {id(change) for change in late[LATE:]}
        about = self.learnt.about
        printed = {about(change) for change in self.news if id(change) not in beyond}

        def is_listed(change: Difference) -> bool:
            if id(change) not in beyond:
                return True
            return change.what is not What.NOTE and about(change) in printed

        return [change for change in self.news if is_listed(change)]

    def whole(self) -> Iterator[Section]:
        """Yield the parts of the whole page."""
        yield self._beneath([*self.changed, *self.others])
        yield self._origin()
        yield self._news("Changed", self.changed)
        yield self._news("Also", self.others)
        yield self._counted()
        yield from self._risks()
        yield self._days("Next", self.learnt.near)
        passed = {news.subject for news in self.news if news.kind is Kind.PASSED}
        yield self._days("Overdue or outcome unknown", self.learnt.passed, passed)
        yield self._corrections()
        yield self._promised_section()
        updates = (change for change in self.listed if change.kind is not Kind.PASSED)
        yield self._covered({self.learnt.about(change) for change in updates})
        yield self.citations.section(briefly=True)

    def brief(self, height: Height) -> Iterator[Section]:
        """Yield the parts of a brief page: the first changes, without notes or marks.

        Many risks are only counted, by the line of consequence. The table follows if it fits.
        """
        changes = [line for line in self.changed if line.change]
        lines = [line._replace(note=None, sources=()) for line in changes]
        parts = [self._news("Changed", lines[:BRIEF_CHANGES]), self._counted()]
        if (many := len(lines)) > BRIEF_CHANGES:
            more = f"The first {BRIEF_CHANGES} of {many}; see 'tracker week {self.learnt.of}'."
            parts[0] = parts[0]._replace(lines=(more,))
        parts += self._risks() if len(self.learnt.new_risks) <= BRIEF_ROWS else []
        parts.append(self._days("Next", self.learnt.near, most=BRIEF_ROWS))
        yield self._beneath(lines)
        yield from parts
        promised = self._promised_section()
        if (
            height([part for part in (*parts, promised) if not part.is_empty], WIDTH)
            <= ROOM
        ):
            yield promised

    def _beneath(self, below: Sequence[Line]) -> Section:
        """Return the sentence under the headline, and how much is at risk since this week.

        It is left out if the note of a line below is that sentence, perhaps after a remark.
        """
        beneath = self.beneath
        is_below = any(
            f"{(line.note or '').rstrip('.')}.".endswith(beneath) for line in below
        )
        lines = [beneath] if beneath and not is_below else []
        if many := len({risk.concession for risk in self.learnt.new_risks}):
            noun, verb = ("concession", "is") if many == 1 else ("concessions", "are")
            lines.append(
                f"{number(many).capitalize()} {noun} given in return {verb} now at risk."
            )
        return Section(lines=tuple(lines))

    def _origin(self) -> Section:
        """Return the day and the sources of a headline that somebody wrote, if they are cited."""
        note = self.learnt.headline
        if note is None or not sources_of(self.learnt.view, [note]):
            return Section()
        day = self.learnt.view.period(note.effective_on)
        line = Line(
            (note.subject,), day, "", "Sources of the headline", sources=note.source
        )
        return self._news("", [line])

    def _news(
        self, title: str, lines: Sequence[Line], change: str = "Change"
    ) -> Section:
        """Return a table of lines; columns that are empty in every row are left out."""
        view = self.learnt.view

        def about(line: Line) -> str | None:
            (first, *others) = line.about
            return first if first not in view.state.agreements and not others else None

        columns = [
            Column("Day", lambda line: line.day, right=True),
            Column("Gives", lambda line: line.givers, wraps=True),
            Column("What", lambda line: line.words, wraps=True, about=about,
                   below=lambda line: line.note),
            Column(change, lambda line: line.change, wraps=True),
            source_column(lambda line: self.citations.marks(published(view, line.sources))),
        ]  # fmt: skip
        return Section(columns, lines, title)._replace(bare=True, in_groups=True)

    def _risks(self) -> list[Section]:
        """Return what is at risk since this week, by what it was given for."""
        learnt = self.learnt
        state = learnt.view.state
        by_failed = by_key(
            (str(risk.counterpart), risk.concession) for risk in learnt.new_risks
        )
        sections = []
        for failed, slugs in by_failed.items():
            lines = []
            for slug in slugs:
                lines.append(
                    Line(
                        (slug,),
                        "",
                        givers_of(learnt, slug),
                        learnt.title(slug),
                        change=state.positions[slug].state,
                    )
                )
            promise = learnt.record.concessions[failed]
            now = learnt.view.counterparts[failed].state
            title = f"New at risk: given for {promise.title}, now {now}"
            sections.append(self._news(title, lines, change="Now"))
        return sections

    def _days(
        self,
        title: str,
        deadlines: Sequence[Due],
        changed: Set[str] = frozenset(),
        most: int | None = None,
    ) -> Section:
        """Return deadlines by day, but for those that are among the changes; at most so many.

        A giver's terms that end on one day are together.
        """
        ordered = sorted(deadlines, key=lambda due: (due[0].last, due[0].deadline.slug))
        lines = [due_line(self.learnt, due) for due in ordered]
        left = [line for line in lines if changed.isdisjoint(line.about)]
        promises = self.learnt.view.state.concessions
        lines = together(left, lambda line: line.about[0] in promises)[:most]
        return self._news(title, lines, change="Left")

    def _counted(self) -> Section:
        """Return what is only counted: what was recorded late, and what was added to the book."""
        lines = []
        if late := len(self.news) - len(self.listed):
            lines.append(
                f"{counted(late, 'more change')} recorded late, listed with '--all'."
            )
        if many := len(self.learnt.added):
            lines.append(f"Added to the book: {counted(many, 'concession')}.")
        return Section(lines=tuple(lines))

    def _corrections(self) -> Section:
        """Return how many entries corrected the book, or a table of them."""
        if self.corrected:
            return entries_section(
                self.learnt.view, self.citations, self.corrected, "Corrected"
            )
        corrected = self.learnt.corrected
        if not corrected:
            return Section()
        many = counted(len(corrected), "entry", "entries")
        return Section(lines=(f"Corrected: {many}, listed with '--all'.",))

    def _promised_section(self) -> Section:
        """Return how many concessions each side has in each state, with changes in brackets."""
        rows = listed_sides(self.learnt.view, self.promised)

        def cell(place: int, row: GainsRow) -> str:
            now = row.counts[place]
            text = str(now or NOTHING)
            more = now - row.before[place] if row.before else 0
            if not more:
                return text
            sign = "+" if more > 0 else "−"
            return f"{text} ({sign}{abs(more)})"

        party = Column("", lambda row: self.learnt.view.short(row.party), key="party")
        columns = [party, *state_columns(rows, cell)]
        return Section(columns, rows, "Promised to")

    def _covered(self, slugs: set[str]) -> Section:
        """Return how many concessions no row names, and how much of the book was looked at."""
        coverage = self.coverage
        others = len(self.learnt.view.listed_positions.keys() - slugs)
        return Section(
            lines=(
                f"Counted, not weighed. {others} without an update; {coverage.looked_at} of "
                f"{coverage.concessions} looked at in {LOOKED_AT_DAYS} days.",
            )
        )


def due_line(learnt: Learnt, due: Due) -> Line:
    """Return the line of a deadline that is due or has passed, or of a term that ends with it."""
    view = learnt.view
    position, concession = due
    slug = position.deadline.slug
    is_end = position.deadline.kind is DeadlineKind.EXPIRY
    about = concession if is_end and concession else slug
    words = learnt.title(about)
    if (
        is_end
        and position.ahead
        and not concession
        and (ending := view.ending_with.get(slug))
    ):
        words = f"{words}, with {counted(len(ending), 'promise')}"
    if figure := furthest_in_words(view, position):
        words = f"{words}: {figure}"
    left = view.running(position.due_on) or how_far(position.days_left or 0)
    left = left.replace(" ", TIE)
    if is_end:
        verb = "ends" if position.ahead else "ended"
        left = f"term{TIE}{verb} {left}"
    return Line(
        about=(about,),
        day=view.period(position.due_on),
        givers=givers_of(learnt, concession or ""),
        words=words,
        change=left,
        note="; ".join(said_in_words(view, position)) or None,
    )

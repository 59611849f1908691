"""The parts of the weekly page, in the order in which people read them."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.compare import Difference, Kind
from tracker.dates import shifted
from tracker.reports.frame import plural
from tracker.reports.history import entries_section
from tracker.reports.prose import number
from tracker.reports.sources import Citations, source_column
from tracker.reports.tally import COUNTS
from tracker.reports.versions import with_declared
from tracker.reports.weekly.coming import coming_section, overdue_section, risk_sections
from tracker.reports.weekly.lines import Line, changed_lines, other_lines
from tracker.reports.weekly.then import Learnt
from tracker.tables import NOTHING, Column, Section, table
from tracker.tables.text import TextWriter
from tracker.vocabulary import ConcessionState

if TYPE_CHECKING:
    from tracker.reports.weekly.page import PromisedTo, WeekDocument

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

        Under a headline that somebody wrote stand its day and its source.
        """
        lines = [self.found.headline.beneath] if self.found.headline.beneath else []
        if note := self.learnt.headline:
            day = self.learnt.view.period(note.effective_on)
            lines.append(f"{day} {self.citations.of([note])}".strip())
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
        corrected = self.learnt.corrected
        if everything or not corrected:
            rows = with_declared(self.learnt.view, corrected)
            return entries_section(self.learnt.view, self.citations, rows, "Corrected")
        many = len(corrected)
        entries = plural(many, "entry", "entries")
        return Section(lines=(f"Corrected: {many} {entries}; '--all' lists them.",))

    def _promised_section(self) -> Section:
        """Return how many concessions each side has in each state, with changes in brackets."""

        def cell(key: str, row: "PromisedTo") -> str:
            was, now = row.before[key], row.gains_.counts[key]
            step = f" ({'+' if now > was else '−'}{abs(now - was)})" if was != now else ""
            return f"{now or NOTHING}{step}"

        view, part_of = self.learnt.view, self.learnt.record.part_of
        rows = [
            row
            for row in self.found.promised
            if any(row.gains_.states) or not part_of[row.gains_.party]
        ]
        columns = [
            Column("", lambda row: view.short(row.gains_.party), key="party"),
            *(
                Column(state, partial(cell, key), right=True)
                for key, state in zip(COUNTS, ConcessionState, strict=True)
                if any(row.before[key] or row.gains_.counts[key] for row in rows)
            ),
        ]
        return table(columns, rows, "Promised to")._replace(bars="")

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

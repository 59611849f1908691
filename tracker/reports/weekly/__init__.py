"""The weekly page as a value: the same blocks in the same order in every format."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.compare import Kind
from tracker.dates import Span, shifted, span_in_words, week_of
from tracker.entry import Entry
from tracker.errors import WrongUsage
from tracker.record import by_key
from tracker.reports.changes import (
    ChangeRow,
    change_row,
    differences,
    statuses_before,
)
from tracker.reports.frame import (
    Citations,
    Contract,
    DeadlineRow,
    SourceRow,
    deadline_row,
    heading,
    how_we_know,
    in_order,
    report,
)
from tracker.reports.gains import GainsRow, distribution, gained, gains_rows
from tracker.reports.view import HORIZON_DAYS, Risk, View
from tracker.reports.weekly.headline import Headline, headline_of, leading_of
from tracker.reports.weekly.lines import (
    Due,
    Line,
    also_lines,
    changed_lines,
    due_lines,
    risk_lines,
    said_of_the_whole,
    since_passed,
    time_left,
)
from tracker.reports.weekly.news import about, headline_note, news_of
from tracker.reports.weekly.recorded import (
    CorrectedRow,
    added,
    corrections,
    eve_of,
    recorded_in,
)
from tracker.rules.deadlines import DeadlinePosition, is_due_within
from tracker.tables import Cell, Column, Report, Section, cited, counted
from tracker.vocabulary import EntryKind, Grouping

LOOKED_AT_DAYS = 30
"""For how many days a concession counts as looked at after its last update or check."""
PAST = "Past their day or term"
MOST_SIDES = 10
"""How many parties a page lists with what they have; it counts the others."""
MOST_CORRECTED = 5
"""How many corrections a page lists; it counts more."""
BRIEF_CHANGES = 8
"""How many changes a brief page lists at most."""
WIDTH, HEIGHT = 80, 24
"""How wide a brief page is, and how high."""
Height = Callable[[Report, int], int]
"""Measures how many lines a report takes on a terminal of some width."""


class PeriodRow(NamedTuple):
    """The days of the report."""

    name: str
    """The week, month or quarter: `2026-W02`, `2026-11` or `2026-Q3`."""
    start: date
    """Its first day."""
    end: date
    """Its last day."""


class Coverage(NamedTuple):
    """How much of the book the week's news rests on."""

    concessions: int
    """How many concessions there are."""
    updated: int
    """How many of them had news."""
    looked_at: int
    """How many had an update or a check in the week, or in the 30 days to its end."""
    evidence_on: date | None
    """The latest day of which the book says anything."""


class WeekDocument(NamedTuple):
    """The document of `week`."""

    period: PeriodRow
    """The week, month or quarter of the report."""
    headline: Headline
    """The news in one line, and what follows."""
    rows: list[ChangeRow]
    """What changed in value, in the order of the page."""
    also: list[ChangeRow]
    """What parties say, and notes, in the order of their days."""
    corrected: list[CorrectedRow]
    """What was wrong in this book."""
    new_at_risk: list[Risk]
    """What is at risk since this week, as what it was given for failed."""
    due: list[DeadlineRow]
    """What is due in the next 30 days."""
    past: list[DeadlineRow]
    """What is past its day or term without an outcome."""
    gains: list[GainsRow]
    """The rows of `gains`."""
    coverage: Coverage
    """How much of the book the news rests on."""
    sources: list[SourceRow]
    """The sources of the week, numbered as they are cited."""


WEEK = Contract(
    "week",
    "What was learnt in a week, and where things stand at its end.",
    ChangeRow,
    WeekDocument,
)


def page(view: View, span: Span, brief: Height | None = None) -> Report:
    """Report what was learnt in a week; the view is as of its end, or as of today if it runs.

    It is brief, and fits a small terminal, if given what measures that.
    """
    as_of = view.as_of
    if as_of < span.start:
        raise WrongUsage(
            "outside week", week=str(span), start=str(span.start), as_of=str(as_of)
        )
    blocks = Blocks(view, span)
    document = blocks.document()
    made = report(view, WEEK, document, [])._replace(
        heading=heading(view, span_in_words(span), in_prose=True),
        headline=document.headline.text,
        deck=document.headline.deck,
    )
    if not brief:
        return made._replace(sections=_with_content(blocks.whole()))
    for many in range(BRIEF_CHANGES + 1, -1, -1):
        made = made._replace(sections=_with_content(blocks.brief(many)))
        if brief(made, WIDTH) <= HEIGHT:
            break
    longer = made._replace(sections=[*made.sections, blocks.who_has_what()])
    return longer if brief(longer, WIDTH) <= HEIGHT else made


def _with_content(sections: Iterable[Section]) -> list[Section]:
    return [section for section in sections if not section.is_empty]


class Blocks:
    """The blocks of one week's page: what changed since its eve, and what follows."""

    def __init__(self, view: View, span: Span) -> None:
        self.view = view
        self.span = span
        entries = recorded_in(view.record, span)
        self.corrected = corrections(view, entries)
        """What was wrong in this book."""
        self.added = added(view, entries)
        """How many concessions were added to the book."""
        before = eve_of(view, span, entries)
        changes = differences(before, view)
        note = headline_note(view, span) if span.is_week else None
        self.news = news_of(view, changes, note)
        self.note = note if span.is_week else self._note_of_what_leads()
        """The note that is the headline; a month has that of the week of what leads it."""
        self.changed = changed_lines(view, span, self.news.changed)
        self.also = also_lines(view, span, self.news.also)
        known = {(risk.concession, risk.counterpart) for risk in before.risks}
        self.risks = [
            risk
            for risk in view.at_risk
            if (risk.concession, risk.counterpart) not in known
        ]
        """What is at risk since this week, as what it was given for failed."""
        self.gains = gains_rows(view, gained(view), statuses_before(changes))
        """How many concessions each side has in each status, and had before the week."""
        near = [due for due in view.coming if is_due_within(due, HORIZON_DAYS)]
        self.near = [(due, due.deadline.concession) for due in near]
        """What is due in the next 30 days."""
        changed = {about(change) for change in self.news.changed}
        self.passed = [(due, slug) for due, slug in view.passed if slug not in changed]
        """What has passed without an outcome, but for what is among the changes."""
        self.next = due_lines(view, self.near, time_left)
        self.past = due_lines(view, self.passed, since_passed)
        self.coverage = self._coverage()
        self.citations = Citations(view)
        self.citations.public(self.note.source if self.note else ())
        for line in (*self.changed, *self.also):
            self.citations.public(line.sources)

    def _coverage(self) -> Coverage:
        """Return how much of the book the news rests on."""
        view = self.view
        listed = view.listed_positions.keys()
        changes = (*self.news.changed, *self.news.also)
        updated = {about(change) for change in changes} & listed
        since = shifted(view.as_of, -LOOKED_AT_DAYS)
        looked_at = {slug for slug in listed if view.looked_at_on(slug) > since}
        looked_at |= {about(change) for change in changes if change.entries} & listed
        return Coverage(len(listed), len(updated), len(looked_at), view.book.evidence_on)

    def _note_of_what_leads(self) -> Entry | None:
        """Return the headline that somebody wrote for the week of what matters most, if any."""
        leading = leading_of(self.view, self.news)
        if not leading:
            return None
        day = leading[0].on.last
        if leading[0].entries:
            day = self.view.record.made_public(leading[0].entries[-1])
        note = headline_note(self.view, week_of(day))
        return note if note and self.span.start <= note.on <= self.span.end else None

    def document(self) -> WeekDocument:
        """Return the page for programs."""
        headline = headline_of(
            self.view, self.note, self.news, self.risks, self.passed, len(self.corrected)
        )
        return WeekDocument(
            PeriodRow(str(self.span), *self.span),
            headline,
            [*map(change_row, self.news.changed)],
            [*map(change_row, self.news.also)],
            self.corrected,
            self.risks,
            _rows(self.view, self.near),
            _rows(self.view, self.passed),
            self.gains,
            self.coverage,
            self.citations.rows,
        )

    # --- the page ---------------------------------------------------------------------------------

    def whole(self) -> Iterator[Section]:
        """Yield the blocks of the whole page."""
        changed = self._table("Changed", self.changed)
        past = self._table(PAST, self.past, "Outcome")
        due = self._table("Next", self.next, "Left")
        # What parties named for the whole agreement is said where it is first about something.
        if said := said_of_the_whole(self.view, self._ended()):
            changed = changed._replace(lines=said)
        elif said := said_of_the_whole(self.view, [end for end, _ in self.passed]):
            past = past._replace(lines=said)
        elif said := said_of_the_whole(self.view, [end for end, _ in self.near]):
            due = due._replace(lines=said)
        yield changed
        yield self._also()
        yield self._corrected()
        yield self._table("New at risk", risk_lines(self.view, self.risks), "Now")
        yield from [due, past] if self.changed or self.also else [past, due]
        yield self.who_has_what()
        yield self._covered()
        yield from how_we_know(
            entry for change in self.news.changed for entry in change.entries[-1:]
        )
        yield self.citations.listed()

    def _ended(self) -> Iterator[DeadlinePosition]:
        """Yield the ends of the terms that are over without a word."""
        for change in self.news.changed:
            is_passed = change.kind is Kind.PASSED
            if is_passed and (end := self.view.term_end(change.subject)):
                yield end

    def brief(self, many: int) -> Iterator[Section]:
        """Yield a brief page: the first changes without their notes, and a line for each block.

        Up to the most that such a page has, several promises of a line are only counted.
        """
        shown = [line._replace(note=None, sources=()) for line in self.changed[:many]]
        if many <= BRIEF_CHANGES:
            shown = [_shortened(line) for line in shown]
        yield self._table("Changed", shown)
        counts = {
            "More changes": len(self.changed) - len(shown),
            "Also": len(self.also),
            "Corrected": len(self.corrected),
            "New at risk": len({risk.concession for risk in self.risks}),
        }
        words = [f"{name}: {many}" for name, many in counts.items() if many]
        lines = [
            " · ".join(words),
            self._in_a_line("Next", self.next),
            self._in_a_line(PAST, self.past),
        ]
        yield Section(lines=[*filter(None, lines)])

    def _in_a_line(self, title: str, lines: Sequence[Line]) -> str:
        """Return the first deadline of some, and how many there are; empty if there are none."""
        if not lines:
            return ""
        first = lines[0]
        more = sum(len(line.titles) for line in lines) - len(first.titles)
        what = _shortened(first).named
        others = f"; {more} more" if more else ""
        return f"{title}: {self.view.period(first.on)}, {what}, {first.change}{others}."

    def _table(
        self, title: str, lines: Sequence[Line], change: str = "Change"
    ) -> Section:
        """Return a table of lines; columns that are empty in every row are left out."""
        view = self.view
        givers_of = by_key((line.group, line.givers) for line in lines)
        shows_givers = change != "Change"  # of changes, only if those of a group differ
        for several in givers_of.values():
            shows_givers |= len({*several}) > 1

        def givers(line: Line) -> str:
            if len(line.givers) > MOST_NAMED:
                return counted(len(line.givers), "party", "parties")
            return view.shorts(line.givers) if shows_givers else ""

        columns = [
            Column("Gives", givers),
            Column(
                "What",
                lambda line: Cell(
                    line.what, below=line.note, links=line.links, value=line.named
                ),
            ),
            Column(change, lambda line: line.change),
        ]
        table = self._of_lines(title, lines, columns)
        return table._replace(group=lambda line: line.group)

    def _also(self) -> Section:
        """Return what parties say, and notes: each a sentence about something."""

        def words(line: Line) -> Cell:
            titles = "; ".join(title for title, _ in line.titles)
            if len(line.titles) > MOST_NAMED:
                titles = counted(len(line.titles), "promise")
            text = ": ".join(filter(None, [titles, line.change]))
            return Cell(text, links=line.links)

        what = Column("What", words)
        return self._of_lines("Also", self.also, [what])

    def _of_lines(
        self, title: str, lines: Sequence[Line], columns: Sequence[Column]
    ) -> Section:
        """Return a table of lines between their days and the marks of their sources."""
        view = self.view
        day = Column(
            "Day", lambda line: Cell(view.period(line.on), value=line.on), right=True
        )
        source = Column(
            "Source",
            lambda line: cited("", self.citations.public(line.sources)),
            cites=True,
            whole=True,
        )
        return Section([day, *columns, source], lines, title, bare=True)

    def _corrected(self) -> Section:
        """Return what was wrong in this book, and what was added to it; many are counted."""
        lines = []
        if self.added:
            lines.append(f"Added to the book: {counted(self.added, 'promise')}.")
        many = len(self.corrected)
        rows = self.corrected
        if many > MOST_CORRECTED:
            lines.append(f"{counted(many, 'entry', 'entries')} of this book.")
            rows = []
        columns = [
            Column(
                "Entry", lambda row: Cell(f"#{row.entry}", value=row.entry), whole=True
            ),
            Column("What", lambda row: Cell(_titled(row), below=row.reason)),
            Column("Change", _steps),
        ]
        title = "Corrected" if many else ""
        return Section(columns, rows, title, lines=lines, bare=True)

    def who_has_what(self) -> Section:
        """Return how many promises to each side have each status, with what changed.

        Of many sides, those with changes come first, then those with the most promises.
        """
        rows = self.gains
        others = len(rows) - MOST_SIDES
        lines = []
        if others > 0:
            rows = sorted(
                rows, key=lambda row: (row.before == row.counts, -sum(row.counts))
            )
            lines.append(f"And {counted(others, 'other party', 'other parties')}.")
        table = distribution(
            self.view, rows[:MOST_SIDES], Grouping.RECEIVER, "Who has what"
        )
        return table._replace(lines=lines)

    def _covered(self) -> Section:
        """Return how much of the book had news, and was looked at."""
        coverage = self.coverage
        if not coverage.concessions:
            return Section()
        words = (
            f"Promises are counted, not weighed. News on {coverage.updated or 'none'} of "
            f"{coverage.concessions}; {coverage.looked_at or 'none'} checked in the past "
            f"{LOOKED_AT_DAYS} days."
        )
        return Section(lines=[words])


MOST_NAMED = 3
"""How many promises a statement names, and how many givers a line; it counts more."""


def _steps(row: CorrectedRow) -> str:
    return " → ".join(filter(None, [row.before, row.after]))


def _titled(row: CorrectedRow) -> str:
    """Return the title of what was wrong, with the declared field."""
    is_field = row.what not in [*EntryKind]
    return f"{row.title}, {row.what.replace('_', ' ')}" if is_field else row.title


def _shortened(line: Line) -> Line:
    """Return a line of a brief page: of several promises or events, how many they are."""
    if len(line.titles) == 1:
        return line
    (_, slug), *_ = line.titles
    noun = "promise" if line.givers else "event"
    return line._replace(titles=((counted(len(line.titles), noun), slug),))


def _rows(view: View, due: Sequence[Due]) -> list[DeadlineRow]:
    positions = {position.slug: position for position, _ in due}
    return in_order(deadline_row(view, position) for position in positions.values())


def last_with_news(view: View) -> Span | None:
    """Return the week in which the latest update became public; None if there is no update."""
    owners = (*view.concessions, *view.agreements)
    words = [word for word in map(view.last_word, owners) if word]
    days = map(view.record.made_public, words)
    return week_of(max(days)) if words else None

"""The weekly page as a value: the same blocks in the same order in every format."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tracker.dates import Span, shifted, span_in_words, week_of
from tracker.differences import Kind
from tracker.errors import WrongUsage
from tracker.mappings import by_key
from tracker.reports.changes import (
    CHANGE,
    ChangeRow,
    change_row,
    differences,
    statuses_before,
)
from tracker.reports.deadlines import DEADLINE_ROW, DeadlineRow, deadline_row
from tracker.reports.deadlines import in_order as by_day
from tracker.reports.frame import (
    Contract,
    day_in_prose,
    how_we_know,
    report,
    said_of_the_whole,
    sentence,
    term_in_prose,
)
from tracker.reports.gains import GAINS_ROW, GainsRow, distribution, gained, gains_rows
from tracker.reports.sources import (
    NUMBERED,
    Citations,
    SourceRow,
    source_column,
)
from tracker.reports.view import HORIZON_DAYS, Risk, View
from tracker.reports.weekly import headline as headlines
from tracker.reports.weekly.corrections import CorrectedRow, corrections
from tracker.reports.weekly.eve import added, eve_of, rows_of
from tracker.reports.weekly.headline import Headline
from tracker.reports.weekly.lines import (
    Due,
    Line,
    also_lines,
    changed_lines,
    due_lines,
    is_end,
    risk_lines,
    since_passed,
    time_left,
)
from tracker.reports.weekly.news import about, headline_note, news_of
from tracker.rules.deadlines import is_due_within
from tracker.tables import Column, Holds, Report, Section, counted, keys_of
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
    {
        "rows": CHANGE,
        "also": CHANGE,
        "corrected": keys_of(CorrectedRow),
        "due": DEADLINE_ROW,
        "past": DEADLINE_ROW,
        "gains": GAINS_ROW,
        "sources": NUMBERED,
    },
    WeekDocument,
)


def page(view: View, span: Span, brief: Height | None = None) -> Report:
    """Report what was learnt in a week; the view is as of its end, or as of today if it runs.

    It is brief, and fits a small terminal, if given what measures that.
    """
    as_of = view.clocks.as_of
    if as_of < span.start:
        raise WrongUsage(
            "outside week", week=str(span), start=str(span.start), as_of=str(as_of)
        )
    blocks = Blocks(view, span)
    made = report(view, WEEK, blocks.document._asdict(), [])
    headline = blocks.headline
    made = made._replace(
        heading=heading(view, span), headline=headline.text, deck=headline.deck
    )
    if not brief:
        sections = [section for section in blocks.whole() if not section.is_empty]
        return made._replace(sections=sections)
    for many in range(BRIEF_CHANGES + 1, -1, -1):
        sections = [section for section in blocks.brief(many) if not section.is_empty]
        made = made._replace(sections=sections)
        if brief(made, WIDTH) <= HEIGHT:
            break
    longer = made._replace(sections=[*sections, blocks.who_has_what()])
    return longer if brief(longer, WIDTH) <= HEIGHT else made


def heading(view: View, span: Span) -> list[str]:
    """Return the title of a page, and under it the day, the end of the agreement, and filters."""
    agreements = view.state.agreements
    names = [agreement.title for agreement in agreements.values()]
    words = span_in_words(span)
    title = f"{names[0]} · {words}" if len(names) == 1 else words[:1].upper() + words[1:]
    clocks = [day_in_prose(view.clocks.as_of)]
    clocks += ["with hindsight"] if view.clocks.hindsight else []
    clocks += [view.choice.in_words()] if view.choice.narrows else []
    if len(names) == 1:
        clocks += term_in_prose(view, *agreements)
    return [title, " · ".join(clocks)]


class Blocks:
    """The blocks of one week's page: what changed since its eve, and what follows."""

    def __init__(self, view: View, span: Span) -> None:
        self.view = view
        self.span = span
        record = view.state.record
        rows = rows_of(record, span)
        self.corrected = corrections(view, rows)
        """What was wrong in this book."""
        self.added = added(view, rows)
        """The concessions that were added to the book."""
        self.before = eve_of(view, span, rows)
        self.differences = differences(self.before, view)
        """What differs from what was known before the week."""
        self.note = headline_note(view, span) if span.is_week else None
        """The note that is the headline; a month has those of its weeks among its notes."""
        self.news = news_of(view, self.differences, self.note)
        self.changed = changed_lines(view, span, self.news.changed)
        self.also = also_lines(view, span, self.news.also)
        self.citations = Citations(view)
        sources = [self.note.source if self.note else ()]
        sources += [line.sources for line in (*self.changed, *self.also)]
        for keys in sources:
            self.citations.public(keys)

    @cached_property
    def document(self) -> WeekDocument:
        """The page for programs."""
        view = self.view
        return WeekDocument(
            PeriodRow(str(self.span), *self.span),
            self.headline,
            [change_row(change) for change in self.news.changed],
            [change_row(change) for change in self.news.also],
            self.corrected,
            self.risks,
            _rows(view, self.near),
            _rows(view, self.passed),
            self.gains,
            self.coverage,
            self.citations.rows,
        )

    @cached_property
    def headline(self) -> Headline:
        """The news in one line: a note that is marked so, else the change that matters most."""
        follows = self._consequence()
        if self.note:
            return headlines.of_note(self.view, self.note, follows)
        of_news = headlines.of_news(self.view, self.news, follows)
        if of_news:
            return of_news
        ended = [slug for due, slug in self.passed if slug and is_end(due)]
        return headlines.of_silence(self.view, len(ended), len(self.corrected))

    def _consequence(self) -> str:
        """Return who holds how many promises that are at risk since this week."""
        slugs = dict.fromkeys(risk.concession for risk in self.risks)
        many = len(slugs)
        if not many:
            return ""
        concessions = self.view.state.concessions
        givers = [party for slug in slugs for party in concessions[slug].giver]
        what = f"{headlines.promises(many)} by {headlines.by_whom(self.view, givers)}"
        return sentence(
            f"{what}, given in return, {'is' if many == 1 else 'are'} now at risk."
        )

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
        """What has passed without an outcome, but for what is among the changes."""
        changed = {about(change) for change in self.news.changed}
        overdue = [(due, due.deadline.concession) for due in self.view.overdue]
        return [
            (due, slug)
            for due, slug in (*overdue, *self.view.expired)
            if slug not in changed
        ]

    @cached_property
    def gains(self) -> list[GainsRow]:
        """How many concessions each side has in each status, and had before the week."""
        return gains_rows(
            self.view, gained(self.view), statuses_before(self.differences)
        )

    @cached_property
    def coverage(self) -> Coverage:
        """How much of the book the news rests on."""
        view = self.view
        listed = view.listed_positions
        since = shifted(view.clocks.as_of, -LOOKED_AT_DAYS)
        told = {about(change) for change in (*self.news.changed, *self.news.also)}
        looked_at = [slug for slug in listed if view.state.looked_at_on(slug) > since]
        return Coverage(
            len(listed),
            len(told & listed.keys()),
            len({*looked_at} | (told & listed.keys())),
            view.state.book.evidence_on,
        )

    # --- the page ---------------------------------------------------------------------------------

    def whole(self) -> Iterator[Section]:
        """Yield the blocks of the whole page."""
        changed = self._table("Changed", self.changed)
        past = self._table(PAST, self._past(), "Outcome")
        due = self._table("Next", self._next(), "Left")
        changed, past, due = self._with_what_was_said(changed, past, due)
        yield changed
        yield self._also()
        yield self._corrected()
        yield self._at_risk()
        yield from [due, past] if self.changed or self.also else [past, due]
        yield self.who_has_what()
        yield self._covered()
        yield from how_we_know(
            entry for change in self.news.changed for entry in change.entries[-1:]
        )
        yield self.citations.listed()

    def brief(self, many: int) -> Iterator[Section]:
        """Yield a brief page: the first changes without their notes, and a line for each block.

        Up to the most that such a page has, several promises of a line are only counted.
        """
        lines = [line._replace(note=None, sources=()) for line in self.changed]
        shown = lines[:many]
        if many <= BRIEF_CHANGES:
            shown = [_shortened(line) for line in shown]
        yield self._table("Changed", shown)
        at_risk = len({risk.concession for risk in self.risks})
        counts = {
            "More changes": len(lines) - len(shown),
            "Also": len(self.also),
            "Corrected": len(self.corrected),
            "New at risk": at_risk,
        }
        words = [f"{name}: {many}" for name, many in counts.items() if many]
        days = [_in_a_line("Next", self._next()), _in_a_line(PAST, self._past())]
        parts = [" · ".join(words), *days]
        yield Section(lines=tuple(part for part in parts if part))

    def _with_what_was_said(self, *blocks: Section) -> list[Section]:
        """Return blocks, the first of them with what parties named for the agreement as a whole.

        It is said where it is first about something: what changed, has passed, or is due.
        """
        ended = [
            self.view.term_end(change.subject)
            for change in self.news.changed
            if change.kind is Kind.PASSED
        ]
        passed = [due for due, _ in self.passed]
        near = [due for due, _ in self.near]
        about_each = ([end for end in ended if end], passed, near)
        for at, positions in enumerate(about_each):
            said = said_of_the_whole(self.view, positions)
            if said:
                with_it = blocks[at]._replace(lines=tuple(said))
                return [*blocks[:at], with_it, *blocks[at + 1 :]]
        return [*blocks]

    def _next(self) -> list[Line]:
        return due_lines(self.view, self.near, time_left)

    def _past(self) -> list[Line]:
        return due_lines(self.view, self.passed, since_passed)

    def _table(
        self, title: str, lines: Sequence[Line], change: str = "Change"
    ) -> Section:
        """Return a table of lines; columns that are empty in every row are left out."""
        view = self.view
        of_group = by_key((line.group, line.givers) for line in lines)
        differ = any(len({*givers}) > 1 for givers in of_group.values())
        shows_givers = differ or change != "Change"

        def givers(line: Line) -> str:
            if len(line.givers) > MOST_NAMED:
                return counted(len(line.givers), "party", "parties")
            return view.shorts(line.givers) if shows_givers else ""

        columns = [
            Column(
                "Day", lambda line: line.day, right=True, value=lambda line: line.last
            ),
            Column("Gives", givers, wraps=True),
            Column(
                "What",
                lambda line: line.what,
                wraps=True,
                links=lambda line: line.links,
                below=lambda line: line.note,
                value=lambda line: line.named,
            ),
            Column(change, lambda line: line.change, wraps=True),
            source_column(lambda line: self.citations.public(line.sources)),
        ]
        return Section(columns, lines, title, bare=True, group=lambda line: line.group)

    def _also(self) -> Section:
        """Return what parties say, and notes: each a sentence about something."""

        def words(line: Line) -> str:
            if len(line.titles) > MOST_NAMED:
                return f"{counted(len(line.titles), 'promise')}: {line.change}"
            titles = "; ".join(title for title, _ in line.titles)
            return ": ".join(filter(None, [titles, line.change]))

        columns = [
            Column(
                "Day", lambda line: line.day, right=True, value=lambda line: line.last
            ),
            Column("What", words, wraps=True, links=lambda line: line.links),
            source_column(lambda line: self.citations.public(line.sources)),
        ]
        return Section(columns, self.also, "Also", bare=True)

    def _corrected(self) -> Section:
        """Return what was wrong in this book, and what was added to it; many are counted."""
        lines = []
        if self.added:
            lines.append(f"Added to the book: {counted(len(self.added), 'promise')}.")
        many = len(self.corrected)
        if many > MOST_CORRECTED:
            lines.append(f"{counted(many, 'entry', 'entries')} of this book.")
        columns = [
            Column("Entry", lambda row: f"#{row.entry}", value=lambda row: row.entry),
            Column("What", _titled, wraps=True, below=lambda row: row.reason),
            Column("Change", lambda row: _steps(row.before, row.after), wraps=True),
        ]
        rows = self.corrected if many <= MOST_CORRECTED else []
        title = "Corrected" if many else ""
        return Section(columns, rows, title, lines=tuple(lines), bare=True)

    def _at_risk(self) -> Section:
        """Return what is at risk since this week, by what it was given for."""
        slugs = by_key((risk.counterpart, risk.concession) for risk in self.risks)
        return self._table("New at risk", risk_lines(self.view, slugs), "Now")

    def who_has_what(self) -> Section:
        """Return how many promises to each side have each status, with what changed.

        Of many sides, those with changes come first, then those with the most promises.
        """
        rows = [*self.gains]
        others = len(rows) - MOST_SIDES
        if others > 0:
            rows.sort(key=lambda row: (row.before == row.counts, -sum(row.counts)))
        table = distribution(
            self.view, rows[:MOST_SIDES], Grouping.RECEIVER, "Who has what"
        )
        more = counted(others, "other party", "other parties")
        lines = (f"And {more}.",) if others > 0 else ()
        return table._replace(lines=lines, holds=Holds.OTHERS)

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
        return Section(lines=(words,))


MOST_NAMED = 3
"""How many promises a statement names, and how many givers a line; it counts more."""


def _steps(before: str | None, after: str | None) -> str:
    return " → ".join(filter(None, [before, after]))


def _titled(row: CorrectedRow) -> str:
    """Return the title of what was wrong, with the declared field."""
    is_field = row.what not in [*EntryKind]
    return f"{row.title}, {row.what.replace('_', ' ')}" if is_field else row.title


def _shortened(line: Line) -> Line:
    """Return a line of a brief page: of several promises, how many they are."""
    if len(line.titles) == 1:
        return line
    (_, slug), *_ = line.titles
    return line._replace(titles=((counted(len(line.titles), "promise"), slug),))


def _in_a_line(title: str, lines: Sequence[Line]) -> str:
    """Return the first deadline of some, and how many there are; empty if there are none."""
    if not lines:
        return ""
    first = lines[0]
    many = sum(len(line.titles) for line in lines)
    what = _shortened(first).what.split("\n")[0]
    others = f"; {many - len(first.titles)} more" if many > len(first.titles) else ""
    return f"{title}: {first.day}, {what}, {first.change}{others}."


def _rows(view: View, due: Sequence[Due]) -> list[DeadlineRow]:
    positions = {position.deadline.slug: position for position, _ in due}
    return by_day(deadline_row(view, position) for position in positions.values())


def last_with_news(view: View) -> Span | None:
    """Return the week in which the latest update became public; None if there is no update."""
    owners = (*view.state.concessions, *view.state.agreements)
    words = [word for word in map(view.state.last_word, owners) if word]
    days = map(view.state.record.made_public, words)
    return week_of(max(days)) if words else None

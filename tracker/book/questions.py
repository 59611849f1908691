"""The reports: each method asks the book a question and returns one answer."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Unpack

from tracker import dates
from tracker.book.access import Access, Asked, Narrowed
from tracker.book.answer import Answer
from tracker.book.values import Day, day_or_week_of, point_of
from tracker.errors import BackwardSpan, OptionUnfit
from tracker.vocabulary import Grouping, Role, parse_word

if TYPE_CHECKING:
    from tracker.reports import View
    from tracker.tables import Report
    from tracker.tables.html import HtmlWriter, Markup


class Questions(Access):
    """Asks a book; every report takes the options of `Asked`.

    Those that list concessions also take filters, the options of `Narrowed`.
    """

    def status(self, *concessions: str, **asked: Unpack[Narrowed]) -> Answer:
        """Return how far each concession has come, or those that are named."""
        from tracker.reports.status import status as report

        return self._answer(lambda view: report(view, concessions), asked)

    def week(
        self,
        week: Day | None = None,
        *,
        brief: bool = False,
        **asked: Unpack[Narrowed],
    ) -> Answer:
        """Return the weekly page: of `2026-W02`, a day in it, or `last`; by default, of this week.

        A past week is shown as of its Sunday. A `brief` one leaves out sources and most notes.
        """
        from tracker.reports.bulletin import bulletin

        as_of = self.day(asked.get("as_of"))
        words = week.isoformat() if isinstance(week, date) else week
        of = dates.parse_week(words or as_of.isoformat(), self.today)
        return self._answer(lambda view: bulletin(view, of, brief=brief), asked, min(as_of, of.end))

    def gains(
        self, *, by: str = Role.RECEIVER, since: Day | None = None, **asked: Unpack[Narrowed]
    ) -> Answer:
        """Return which side gained what, or gave it; the list is `data["concessions"]`.

        With `since`, each also has its state on that day, if it was another one.
        """
        from tracker.reports.gains import gains as report

        role = parse_word("side", by, Role)
        first = None if since is None else self.day(since)
        if first and first > (last := self.day(asked.get("as_of"))):
            raise BackwardSpan(start=str(first), end=str(last))
        return self._answer(lambda view: report(view, role, first), asked)

    def show(self, slug: str, **asked: Unpack[Asked]) -> Answer:
        """Return everything about one concession, deadline or source, in one row."""
        from tracker.reports.show import deadline, show, source

        def report(view: "View") -> "Report":
            if slug in view.state.deadlines:
                return deadline(view, slug)
            is_source = slug not in view.state.concessions and slug in view.state.sources
            return source(view, slug) if is_source else show(view, slug)

        return self._answer(report, asked, charts=slug)

    def history(
        self,
        slug: str | None = None,
        *,
        since: Day | None = None,
        until: Day | None = None,
        everything: bool = False,
        **asked: Unpack[Asked],
    ) -> Answer:
        """Return the journal of one thing or of all; with `everything`, retracted entries too."""
        from tracker.reports.history import history as report

        as_of = self.day(asked.get("as_of"))
        first = None if since is None else self.day(since)
        last = as_of if until is None else min(as_of, self.day(until))
        if first and until is not None and first > last:
            raise BackwardSpan(start=str(since), end=str(until))
        return self._answer(lambda view: report(view, slug, first, everything), asked, last)

    def deadlines(self, *, within: int | None = None, **asked: Unpack[Narrowed]) -> Answer:
        """Return what is due and what ends, or what is open and due within this many days."""
        from tracker.reports.deadlines import deadlines as report

        return self._answer(lambda view: report(view, within), asked)

    def pace(self, slug: str | None = None, **asked: Unpack[Narrowed]) -> Answer:
        """Return progress towards each target, or those of `slug`, by everyone who counts."""
        from tracker.reports.pace import pace as report

        return self._answer(lambda view: report(view, slug), asked, charts=slug or "")

    def claims(self, concession: str | None = None, **asked: Unpack[Narrowed]) -> Answer:
        """Return what each side says, beside your verdict."""
        from tracker.reports.claims import claims as report

        return self._answer(lambda view: report(view, concession), asked)

    def diff(self, start: Day, end: Day | None = None, **asked: Unpack[Narrowed]) -> Answer:
        """Return what changed between two points, up to today by default.

        A point is a day or a week, which means its Sunday, an entry, or both: `2026-02-22#415`.
        """
        from tracker.reports.diff import diff as report

        if asked.get("as_of") is not None:
            reason = "which reports as of its second point"
            raise OptionUnfit(option="--as-of", other="'diff'", reason=reason)
        (first, known), (last, number) = map(point_of, (start, end))

        def between(view: "View") -> "Report":
            before = view.known_by(known) if known else view
            day = day_or_week_of(first, self.today) if first else before.state.record.recorded_on
            if day > view.clocks.as_of:
                raise BackwardSpan(start=str(start), end=str(end or view.clocks.as_of))
            return report(before.at(day), view)

        point: Day = number if last is None and number else self.today
        if last is not None:
            point = f"{day_or_week_of(last, self.today)}{number or ''}"
        return self._answer(between, {**asked, "as_of": point})

    def reliability(self, *, by: str = Grouping.GIVER, **asked: Unpack[Narrowed]) -> Answer:
        """Return how reliably promises were kept, by giver, instrument, kind, sector, agreement."""
        from tracker.reports.reliability import reliability as report

        grouping = parse_word("grouping", by, Grouping)
        return self._answer(lambda view: report(view, grouping), asked)

    def sources(self, **asked: Unpack[Asked]) -> Answer:
        """Return every source, and how many entries rest on it."""
        from tracker.reports.sources import sources as report

        return self._answer(report, asked)

    def check(self, *, stale: int = 30, **asked: Unpack[Narrowed]) -> Answer:
        """Return what needs attention; `stale` is a number of days without news or a check."""
        from tracker.reports.check import check as report

        return self._answer(lambda view: report(view, stale), asked)

    def _answer(
        self,
        report: "Callable[[View], Report]",
        asked: Asked | Narrowed,
        until: date | None = None,
        charts: str | None = None,
    ) -> Answer:
        """Return an answer; on a page it has the charts of one thing's targets, or of all."""
        found = self.ask(report, until, **asked)
        if charts is None:
            return Answer(found)
        # Charts show what the report knew, however late they are drawn.
        again = {**asked, "known_by": found.document["known_by"]}
        ask = partial(self.ask, until=until, **again)

        def figures(writer: "HtmlWriter") -> "Iterable[Markup]":
            from tracker.publish.progress import illustrations

            return illustrations(ask, writer, charts or None)

        return Answer(found._replace(figures=figures))

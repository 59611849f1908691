"""The reports: each method asks the book a question and returns one answer."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Unpack

from tracker import dates
from tracker.book.access import Access, Answer, command, point_of, several, text_of
from tracker.book.options import Asked, Day, LooseDay, Narrowed, OneOrMore, Values
from tracker.dates import Span
from tracker.errors import BadInput, WrongUsage
from tracker.forms import parse_word
from tracker.vocabulary import Finding, Grouping

if TYPE_CHECKING:
    from tracker.reports import View
    from tracker.tables import Report

MANY_DAYS = 100_000
ENTRY = re.compile("#?[0-9]{1,10}", re.ASCII)
"""The number of an entry; pages print it with the mark, which shells need in quotes."""


TheseConcessions = Annotated[str, "[CONCESSION]...  These concessions only."]
When = Annotated[
    Day | None,
    "[PERIOD]  2026-W02, W02, 'last' or a day in it; a month, 2026-11; a quarter, 2026-Q3.",
]
Brief = Annotated[bool, "--brief  Only the news and what is next, on one screen."]
Before = Annotated[
    Day | None,
    "--since DATE  Also show the statuses on this day, or before a week, month or quarter.",
]
By = Annotated[
    str,
    "--by WHAT  By receiver, giver, sector, kind, instrument, agreement, or evidence: what each"
    " status rests on.",
    Values(Grouping),
]
AtRisk = Annotated[
    bool, "--at-risk  Only what was given in return for something that is failing."
]
Shown = Annotated[
    str,
    "SLUG  A concession, a deadline, a source's key, or an entry's number.",
    Values("agreement concession deadline source"),
]
About = Annotated[
    str | None, "[SLUG]  An agreement, a concession or a deadline; by default, all."
]
Since = Annotated[LooseDay | None, "--since DATE  From this day on, inclusive."]
Until = Annotated[LooseDay | None, "--until DATE  Up to this day, inclusive."]
TextFound = Annotated[
    str | None,
    "--find TEXT  Only entries with this text in their note, title, slug or sources.",
]
WithRetracted = Annotated[bool, "--all  Include retracted entries, struck through."]
Within = Annotated[
    int | None,
    "--within DAYS  Only what is open or past without an outcome, and due within this many days.",
    Values(bounds=(0, MANY_DAYS)),
]
DueBy = Annotated[
    LooseDay | None,
    "--until DATE  Only what is open or past without an outcome, and due by then.",
]
DueOrOf = Annotated[
    str | None, "[SLUG|MONTH]  An agreement or a concession; 2026-12, or a day."
]
Counted = Annotated[
    str | None, "[SLUG]  A concession or a deadline; by default, every target."
]
Claimed = Annotated[str | None, "[CONCESSION]  This concession only."]
From = Annotated[Day, "FROM  Show changes after this point: 2026-01-31, W05, '#415'."]
To = Annotated[Day | None, "[TO]  Up to this point; by default, up to today."]
Stale = Annotated[
    int,
    "--stale DAYS  Call a concession stale after this many days without news or a check.",
    Values(bounds=(1, MANY_DAYS)),
]


OnlyFindings = Annotated[
    OneOrMore | None,
    "--only FINDING  Only this kind of finding; repeat it for several.",
    Values(Finding),
]
NewSince = Annotated[Day | None, "--since DATE  Only what was not found on this day."]


class Reports(Access):
    """Asks a book; every report takes its clocks, and a list of concessions takes filters."""

    @command("table")
    def status(
        self, *concessions: TheseConcessions, **asked: Unpack[Narrowed]
    ) -> Answer:
        """How far each concession has come, one line each.

        Example: tracker status soybeans tiktok --as-of 2026-01-07
        """
        from tracker.reports.status import status as report

        return Answer(self.ask(lambda view: report(view, concessions), **asked))

    @command("page")
    def week(
        self,
        period: When = None,
        *,
        brief: Brief = False,
        **asked: Unpack[Narrowed],
    ) -> Answer:
        """What was learnt this week, or in any week, month or quarter.

        The news first; then what changed, what is at risk, due or overdue, and how many promises
        to each side have which status. A past one is shown as of its last day, with what was
        public by then.

        Example: tracker week 2026-W02 -f markdown
        """
        from tracker.reports.weekly import page
        from tracker.tables.text import height

        chosen = dates.parse_span(text_of(period), self.today) if period else None

        def report(view: "View") -> "Report":
            shown = chosen or dates.week_of(view.as_of)
            return page(view, shown, height if brief else None)

        return Answer(self.ask(report, chosen and chosen.end, **asked))

    @command("table")
    def gains(
        self,
        *,
        since: Before = None,
        by: By = "receiver",
        at_risk: AtRisk = False,
        **asked: Unpack[Narrowed],
    ) -> Answer:
        """Which side gained what.

        The distribution for each side or other group, then the list; never one net score. How sure
        it is: --by evidence.

        Example: tracker gains --as-of 2026-03-31
        """
        from tracker.reports.gains import gains as report

        hint = "A party goes after --giver or --receiver. "
        grouping = parse_word("grouping", by, Grouping, hint)
        day = self._eve(since)
        return Answer(
            self.ask(lambda view: report(view, grouping, day, at_risk), **asked)
        )

    @command("page")
    def show(self, slug: Shown, **asked: Unpack[Asked]) -> Answer:
        """Everything about one concession, deadline, source or entry.

        For a concession: terms, test, claims, deadlines, pace, exchange, history and sources. For a
        deadline: its moves, its counts and restated figures. For a source: its kept texts. For an
        entry, such as 301: who said or counted it, where, who recorded it, what corrected it.

        Example: tracker show soybeans
        """
        from tracker.reports.show import deadline, entry, show
        from tracker.reports.sources import source

        def report(view: "View") -> "Report":
            if ENTRY.fullmatch(slug):
                return entry(view, int(slug.removeprefix("#")))
            full_slug = slug
            if not any(slug in things for things in (view.concessions, view.sources)):
                full_slug = view.named(slug, "concession", "deadline", "source")
            if full_slug in view.deadlines:
                return deadline(view, full_slug)
            return (show if full_slug in view.concessions else source)(view, full_slug)

        return Answer(self.ask(report, **asked))

    @command("table")
    def history(
        self,
        slug: About = None,
        *,
        since: Since = None,
        until: Until = None,
        find: TextFound = None,
        everything: WithRetracted = False,
        **asked: Unpack[Asked],
    ) -> Answer:
        """The journal: every update, dated and sourced.

        Example: tracker history soybeans --since 2026-01-01 --all
        """
        from tracker.reports.history import history as report

        first = None if since is None else self.span(since).start
        last = None if until is None else self.span(until).end
        if first and last and first > last:
            raise WrongUsage("backward span", start=str(since), end=str(until))
        return Answer(
            self.ask(
                lambda view: report(view, slug, first, everything, find or ""),
                last,
                **asked,
            )
        )

    @command("table")
    def deadlines(
        self,
        what: DueOrOf = None,
        *,
        within: Within = None,
        until: DueBy = None,
        **asked: Unpack[Narrowed],
    ) -> Answer:
        """Deadlines by day, with their verdicts.

        An expiry also says what ends with it, and who loses if it is not renewed. With -f ics, a
        file for calendar programs; importing it again updates earlier imports.

        Example: tracker deadlines --within 60
        """
        from tracker.reports.deadlines import deadlines as report

        due = self._due_or_none(what) if what else None
        slug = what if due is None else None
        if until is not None:
            end = self.span(until, ahead=True).end
            left = (end - self.last_day(asked.get("as_of"))).days
            within = left if within is None else min(left, within)
        return Answer(self.ask(lambda view: report(view, slug, due, within), **asked))

    def _due_or_none(self, word: str) -> Span | None:
        """Return the days that a word names; None if it names none, as a slug does."""
        try:
            return self.span(word, ahead=True)
        except BadInput as error:
            if error.problem == "year needed":
                raise
            return None

    @command("table")
    def pace(self, slug: Counted = None, **asked: Unpack[Narrowed]) -> Answer:
        """Progress towards each target, by everyone who counts.

        Example: tracker pace soybeans -f csv
        """
        from tracker.reports.pace import pace as report

        return Answer(self.ask(lambda view: report(view, slug), **asked))

    @command("table")
    def claims(self, concession: Claimed = None, **asked: Unpack[Narrowed]) -> Answer:
        """What each side says, beside your verdict.

        Example: tracker claims soybeans
        """
        from tracker.reports.claims import claims as report

        return Answer(self.ask(lambda view: report(view, concession), **asked))

    @command("table")
    def diff(self, start: From, end: To = None, **asked: Unpack[Narrowed]) -> Answer:
        """What changed between two points, and how it came about.

        A point is a day, or the last one of a week, month or quarter; an entry; or both, such as
        '2026-02-22#415': that day as the book held it at that entry.

        Example: tracker diff 2025-12-31 2026-02-01
        """
        from tracker.reports.changes import diff as report

        if asked.get("as_of") is not None:
            reason = "which reports as of its second point"
            raise WrongUsage(
                "option unfit", option="--as-of", other="'diff'", reason=reason
            )
        first, known = point_of(start)
        last, number = point_of(end)

        def between(view: "View") -> "Report":
            before = view.known_by(known) if known else view
            day = before.record.recorded_on if first is None else self.last_day(first)
            if day > view.as_of:
                raise WrongUsage(
                    "backward span", start=str(start), end=str(end or view.as_of)
                )
            return report(view, before.at(day))

        asked["as_of"] = (
            number if last is None else f"{self.last_day(last)}{number or ''}"
        )
        return Answer(self.ask(between, **asked))

    def _eve(self, value: Day | None) -> date | None:
        """Return the day to compare with: a day itself, or the one before a longer time."""
        if value is None:
            return None
        span = self.span(value)
        return span.start if span.start == span.end else dates.shifted(span.start, -1)

    @command("table")
    def sources(self, **asked: Unpack[Asked]) -> Answer:
        """Every source, and how many entries rest on it.

        Example: tracker sources -f csv
        """
        from tracker.reports.sources import sources as report

        return Answer(self.ask(report, **asked))

    @command("table")
    def check(
        self,
        *,
        only: OnlyFindings = None,
        since: NewSince = None,
        stale: Stale = 30,
        in_full: bool = True,
        **asked: Unpack[Narrowed],
    ) -> Answer:
        """What needs your attention.

        Prints nothing and exits with 0 if nothing does; otherwise exits with 1. What cannot be
        corrected, such as a promise at risk, is settled by `checked SLUG` until something changes.

        Example: tracker check --only overdue --only stale
        """
        from tracker.reports.check import check as report

        first = self._eve(since)
        wanted = [parse_word("finding", word, Finding) for word in several(only)]
        findings = self.ask(
            lambda view: report(view, stale, wanted, first, in_full=in_full),
            **asked,
        )
        return Answer(
            findings, 1 if findings.rows else 0, for_programs=not findings.rows
        )

"""The weekly page as a value, and its JSON document."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.compare import Difference
from tracker.dates import Week, days_of, shifted, week_of
from tracker.dates import in_words as day_in_words
from tracker.errors import WrongUsage
from tracker.judged import Risk
from tracker.reports.changes import ChangeRow, change_rows, states_before
from tracker.reports.deadlines import DeadlineRow, deadline_row
from tracker.reports.deadlines import in_order as by_day
from tracker.reports.frame import how_far, report, sentence
from tracker.reports.gains import GainsRow, gained, gains_rows
from tracker.reports.sources import Citations, SourceRow
from tracker.reports.status import StatusRow, status_rows
from tracker.reports.view import View
from tracker.reports.weekly.lines import news_of
from tracker.reports.weekly.parts import LOOKED_AT_DAYS, Parts
from tracker.reports.weekly.ranks import Headline, headline, in_order
from tracker.reports.weekly.then import Due, Learnt
from tracker.tables import Report, counted


class WeekSpan(NamedTuple):
    """The week of the report, both days inclusive."""

    week: str
    """The week: `2026-W02`."""
    start: date
    """Its Monday."""
    end: date
    """Its Sunday."""


class Coverage(NamedTuple):
    """How much of the book the week's news rests on."""

    concessions: int
    """How many concessions there are."""
    updated: int
    """How many of them changed, or had news."""
    looked_at: int
    """How many had an update or a check in the 30 days to the day of the report."""
    evidence_on: date | None
    """The latest day of which the book says anything."""


class WeekDocument(NamedTuple):
    """What was learnt in a week, and where things stand at its end."""

    rows: list[StatusRow]
    period: WeekSpan
    """The week, from Monday to Sunday."""
    headline: Headline
    """The news of the week in one line."""
    changes: list[ChangeRow]
    """What differs from what was known before the week."""
    new_at_risk: list[Risk]
    """What is at risk since this week, as what it was given for failed."""
    due: list[DeadlineRow]
    """What is due in the next 30 days."""
    overdue: list[DeadlineRow]
    """What has passed without an outcome."""
    promised: list[GainsRow]
    """The rows of `gains`."""
    corrected: list[int]
    """The entries that corrected the book in the week."""
    coverage: Coverage
    """How much of the book the news rests on."""
    sources: list[SourceRow]
    """The sources of the week, numbered as they are cited."""


def page(
    view: View, of: Week, *, brief: bool = False, everything: bool = False, in_full: bool = True
) -> Report:
    """Report what was learnt in a week; the view is as of its end, or as of today if it runs.

    A brief page fits 24 lines; `everything` lists what was corrected and all that was recorded
    late. The data has the status of concessions and of deadlines only if it is wanted `in_full`.
    """
    if view.clocks.as_of < of.start:
        start, as_of = of.start.isoformat(), view.clocks.as_of.isoformat()
        raise WrongUsage("outside week", week=str(of), start=start, as_of=as_of)
    learnt = Learnt(view, of)
    news = in_order(learnt, news_of(learnt))
    found = _document(learnt, news)
    if in_full:
        due, overdue = _by_day(view, learnt.near), _by_day(view, learnt.passed)
        found = found._replace(rows=status_rows(view), due=due, overdue=overdue)
    citations = Citations(learnt.view, marks=not brief)
    parts = Parts(learnt, news, found, citations)
    sections = [*(parts.brief() if brief else parts.whole(everything=everything))]
    found = found._replace(sources=citations.rows)
    made = report(learnt.view, found, [one for one in sections if not one.is_empty])
    return made._replace(heading=_heading(learnt), headline=found.headline.text)


def _document(learnt: Learnt, news: Sequence[Difference]) -> WeekDocument:
    """Return the data of a week; its rows, deadlines and sources are added later."""
    view, of = learnt.view, learnt.of
    return WeekDocument(
        rows=[],
        period=WeekSpan(str(of), of.start, of.end),
        headline=headline(learnt, news),
        changes=change_rows(learnt.before, view, learnt.differences),
        new_at_risk=learnt.new_risks,
        due=[],
        overdue=[],
        promised=gains_rows(view, gained(view), states_before(learnt.differences)),
        corrected=[one.entry for one in learnt.corrected],
        coverage=_coverage(learnt),
        sources=[],
    )


def _by_day(view: View, found: Sequence[Due]) -> list[DeadlineRow]:
    positions = {position.deadline.slug: position for position, _ in found}
    return by_day(deadline_row(view, one) for one in positions.values())


def _coverage(learnt: Learnt) -> Coverage:
    view, listed = learnt.view, learnt.view.listed_positions
    updated = {learnt.concession_of(one.subject) for one in learnt.differences}
    since = shifted(view.clocks.as_of, -LOOKED_AT_DAYS)
    looked_at = [slug for slug in listed if _looked_at_on(view, slug) > since]
    return Coverage(
        len(listed), len(updated & {*listed}), len(looked_at), view.state.book.evidence_on
    )


def _looked_at_on(view: View, slug: str) -> date:
    word = view.state.last_word(slug)
    return max(view.state.checked_on(slug) or date.min, word.on if word else date.min)


def last_week(view: View, week: Week) -> Week:
    """Return a week that is over or, if nobody had kept the book up by then, the last with news.

    A book that is kept up has quiet weeks; any other is shown as it was left.
    """
    since, evidence_on = shifted(week.end, -LOOKED_AT_DAYS), view.state.book.evidence_on
    is_kept_up = any(_looked_at_on(view, slug) > since for slug in view.listed_positions)
    if evidence_on is None or evidence_on > since or is_kept_up:
        return week
    owners = (*view.state.concessions, *view.state.agreements)
    words = filter(None, map(view.state.last_word, owners))
    return week_of(max(map(view.state.record.made_public, words)))


def _heading(learnt: Learnt) -> list[str]:
    """Return the agreement and the week, then when it ends, and clocks that are not the week's."""
    view, of = learnt.view, learnt.of
    agreements = [*view.state.agreements.values()]
    title, marks = f"week {of}, {days_of(of)}", list[str]()
    if len(agreements) == 1:
        title = f"{agreements[0].title} · {title}"
        end = view.end_of(agreements[0].slug)
        if end and end.due_on:
            verb = "Ends" if (left := end.days_left or 0) >= 0 else "Ended"
            away = counted(left, "day") if left >= 0 else how_far(left)
            marks.append(f"{verb} {view.period(end.due_on)}, {away}")
    if view.clocks.as_of != of.end or view.clocks.to_come:
        marks.append(f"as of {day_in_words(view.clocks.as_of)}{view.clocks.to_come}")
    if view.choice.narrows:
        marks.append(view.choice.in_words())
    return [title[:1].upper() + title[1:], *([sentence(" · ".join(marks))] if marks else [])]

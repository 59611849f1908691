"""The weekly page as a value, and its JSON document."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.dates import Span, span_in_words, week_of
from tracker.errors import WrongUsage
from tracker.reports.changes import CHANGE, ChangeRow, change_row
from tracker.reports.deadlines import DEADLINE_ROW, DeadlineRow, deadline_row
from tracker.reports.deadlines import in_order as by_day
from tracker.reports.frame import Contract, report
from tracker.reports.gains import GAINS_ROW, GainsRow
from tracker.reports.sources import NUMBERED, SourceRow
from tracker.reports.status import STATUS_ROW, StatusRow, status_rows
from tracker.reports.view import Risk, View
from tracker.reports.weekly.lines import Due
from tracker.reports.weekly.news import Headline
from tracker.reports.weekly.parts import Coverage, Height, Parts
from tracker.tables import Report


class WeekSpan(NamedTuple):
    """The week of the report, both days inclusive."""

    week: str
    """The week: `2026-W02`."""
    start: date
    """Its Monday."""
    end: date
    """Its Sunday."""


class WeekDocument(NamedTuple):
    """The document of `week`."""

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


WEEK = Contract(
    "week",
    "What was learnt in a week, and where things stand at its end.",
    {
        "rows": STATUS_ROW,
        "changes": CHANGE,
        "due": DEADLINE_ROW,
        "overdue": DEADLINE_ROW,
        "promised": GAINS_ROW,
        "sources": NUMBERED,
    },
    WeekDocument,
)


def page(
    view: View,
    week: Span,
    *,
    brief: Height | None = None,
    everything: bool = False,
    in_full: bool = True,
) -> Report:
    """Report what was learnt in a week; the view is as of its end, or as of today if it runs.

    It is `brief`, and fits 24 lines, if given what measures that; `everything` also lists what was
    corrected or recorded late. The data is about concessions and deadlines only if `in_full`.
    """
    as_of = view.clocks.as_of
    if as_of < week.start:
        raise WrongUsage(
            "outside week", week=str(week), start=str(week.start), as_of=str(as_of)
        )
    parts = Parts(view, week, everything=everything)
    sections = parts.brief(brief) if brief else parts.whole()
    document = WeekDocument(
        rows=status_rows(view) if in_full else [],
        period=WeekSpan(str(week), week.start, week.end),
        headline=parts.headline,
        changes=[change_row(change) for change in parts.changes],
        new_at_risk=parts.risks,
        due=_by_day(view, parts.near) if in_full else [],
        overdue=_by_day(view, parts.passed) if in_full else [],
        promised=parts.promised,
        corrected=[entry.entry for entry in parts.corrections],
        coverage=parts.coverage,
        sources=[] if brief else parts.citations.rows,
    )
    shown = [section for section in sections if not section.is_empty]
    made = report(view, WEEK, document._asdict(), shown, title=span_in_words(week))
    return made._replace(headline=parts.headline.text)


def _by_day(view: View, due: Sequence[Due]) -> list[DeadlineRow]:
    positions = {position.deadline.slug: position for position, _ in due}
    return by_day(deadline_row(view, position) for position in positions.values())


def last_with_news(view: View) -> Span | None:
    """Return the week in which the latest update became public; None if there is no update."""
    owners = (*view.state.concessions, *view.state.agreements)
    words = [word for word in map(view.state.last_word, owners) if word]
    days = map(view.state.record.made_public, words)
    return week_of(max(days)) if words else None

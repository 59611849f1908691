"""The weekly page: the news first, then what is at risk or due, who gained what, and the rest."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from tracker.dates import Week
from tracker.dates import in_words as day_in_words
from tracker.reports.ahead import at_risk_section, coming_section, overdue_section
from tracker.reports.changed import LISTED, also_section, changed_section
from tracker.reports.corrections import Corrections, corrections_section
from tracker.reports.frame import plural, report, term
from tracker.reports.history import entries_section, title_of
from tracker.reports.news import headline
from tracker.reports.prose import sentence
from tracker.reports.reworded import reworded_section
from tracker.reports.sources import Citations
from tracker.reports.tally import Before, tally_section
from tracker.reports.view import View
from tracker.reports.week import WeekDocument, gathered
from tracker.rules.risk import HORIZON_DAYS
from tracker.tables import Report, Section
from tracker.vocabulary import DeadlineKind

UNITS = {"MMT": "million metric tons"}
"""Abbreviated units that need an explanation on the page."""


def bulletin(view: View, of: Week, *, brief: bool = False) -> Report:
    """Report one week; the view is as of its end, or as of today in the current week.

    A brief one leaves out the sources and notes beside other news, and counts many late updates.
    """
    found, corrections = gathered(view, of)
    citations = Citations(view, marks=not brief)
    parts = [*_parts(view, found, corrections, citations, brief=brief)]
    if brief:
        changed, *others = parts
        parts = [changed, *map(_noteless, others)]
    rest = [] if brief else [_others(found), citations.section(briefly=True)]
    sections = [*parts, _gains_section(view, found), *rest]
    shown = [one for one in sections if not one.is_empty]
    found = found._replace(headline=headline(view, found, corrections), sources=citations.rows)
    heading = [_title(view, of), *map(sentence, _term(view))]
    return report(view, found, shown)._replace(heading=heading, headline=found.headline)


def _parts(
    view: View, found: WeekDocument, corrections: Corrections, citations: Citations, *, brief: bool
) -> Iterator[Section]:
    """Yield what is new, at risk, due, overdue, corrected or recorded late."""
    yield changed_section(view, found, citations, brief=brief)
    yield also_section(view, found, citations, brief=brief)
    yield reworded_section(view, found.reworded, citations)
    yield at_risk_section(view, view.at_risk)
    yield coming_section(view, found.due, found.begin, f"Due within {HORIZON_DAYS} days")
    changed, ends = found.changed, DeadlineKind.EXPIRY
    passed = [one for one in found.overdue if one.kind is not ends or one.concession not in changed]
    yield overdue_section(view, passed)
    yield corrections_section(view, corrections)
    yield _late_section(view, found, citations, brief=brief)


def _late_section(view: View, found: WeekDocument, citations: Citations, *, brief: bool) -> Section:
    """Return what was recorded late; a brief section only counts more than a few updates."""
    many = len(found.late)
    if brief and many > LISTED:
        return Section(lines=(f"Recorded late: {many} updates; 'tracker week' lists them.",))
    about = partial(title_of, view)
    return entries_section(view, citations, found.late, "Recorded late", about=about)


def _gains_section(view: View, found: WeekDocument) -> Section:
    """Return who gained what, with the meanings of the units' abbreviations."""
    tally = [row.gains_ for row in found.gains]
    before = Before({row.gains_.party: row.before for row in found.gains}, "since last week")
    made = tally_section(view, tally, "Who gained what", before)
    measured = {one.unit for row in found.rows for one in row.status_.figures}
    units = [f"{unit}: {words}." for unit, words in UNITS.items() if unit in measured]
    return made._replace(bars=" ".join([str(made.bars), *units]))


def _others(found: WeekDocument) -> Section:
    """Return how many concessions are in no row above."""
    entries = (*found.changes, *found.late, *found.corrections)
    days = (*found.due, *found.begin, *found.overdue)
    above = found.changed | {one.concession for one in found.at_risk}
    above |= {one.concession for one in entries if one.concession}
    above |= {one.concession for one in days if one.concession}
    others = sum(row.status_.concession not in above for row in found.rows)
    said = f"{others} {'other ' if above else ''}{plural(others, 'concession', 'concessions')}"
    return Section(lines=(f"{said} without an update.",) if others else ())


def _noteless(section: Section) -> Section:
    """Return a section without what is below its cells."""
    cells = (tuple(cell._replace(below=None) for cell in row) for row in section.cells)
    return section._replace(cells=tuple(cells))


def _title(view: View, of: Week) -> str:
    """Return the week and the agreement, and the clocks if they are not those of its Sunday."""
    as_of, public_by, to_come = view.clocks.as_of, view.clocks.public_by, view.clocks.to_come
    titles = [one.title for one in view.state.agreements.values()]
    parts = [*(titles if len(titles) == 1 else ()), f"week {of}, {days_of(of)}"]
    is_marked = as_of != of.end or to_come
    parts += [f"as of {day_in_words(as_of, date.min)}{to_come}"] if is_marked else []
    parts += [f"as public by {day_in_words(public_by, date.min)}"] if public_by else []
    parts += [view.choice.in_words()] if view.choice.narrows else []
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]


def _term(view: View) -> list[str]:
    """Return how long the only agreement in view still runs, if that is known."""
    agreements = [*view.state.agreements]
    return term(view, agreements[0], "the agreement ") if len(agreements) == 1 else []


def days_of(of: Week) -> str:
    """Return a week's days: `16–22 Feb 2026`, `29 Dec 2025 – 4 Jan 2026`."""
    start, end = of.start, of.end
    if start.month == end.month:
        return f"{start.day}–{day_in_words(end, date.min)}"
    return f"{day_in_words(start, end)} – {day_in_words(end, date.min)}"

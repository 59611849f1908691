"""The weekly page: the news first, then what is at risk or due, who gained what, and the rest."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tracker.dates import Week, in_words
from tracker.reports.ahead import at_risk_section, due_section, overdue_section
from tracker.reports.changed import ALSO, also_section, changed_section
from tracker.reports.citations import SOURCE, Citations
from tracker.reports.corrections import Corrections, corrections_section
from tracker.reports.frame import report
from tracker.reports.gains import COUNTS
from tracker.reports.history import entries_section
from tracker.reports.lead import headline, lead
from tracker.reports.unchanged import unchanged_section
from tracker.reports.view import View
from tracker.reports.week import HORIZON_DAYS, WeekDocument, WeekGains, gathered
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.vocabulary import Bucket


def bulletin(view: View, of: Week, *, brief: bool = False, every_source: bool = False) -> Report:
    """Report one week; the view is as of its end, or as of today in the current week.

    A brief one leaves out notes and what did not change. Sources are those of what is new; or of
    all.
    """
    found, corrections = gathered(view, of)
    found = found._replace(headline=headline(view, found), lead=lead(view, found))
    citations = Citations(view)
    news = [*_news(view, found, corrections, citations)]
    gains = gains_section(view, found.gains)
    if every_source:
        for row in found.rows:
            citations.cite(view.last_words[row.status_.concession].source)
    if brief:
        sections = [*(_brief(one) for one in news if one.title != ALSO), gains]
    else:
        rest = unchanged_section(view, found)
        sections = [*news, gains, rest, citations.section(briefly=True)]
    made = report(
        view, found._replace(sources=citations.rows), [one for one in sections if not one.is_empty]
    )
    return made._replace(
        heading=[_title(view, of)], headline=found.headline, lead=" ".join(found.lead)
    )


def _brief(section: Section) -> Section:
    """Return a section without notes, and without the marks of sources that are not listed."""
    kept = [at for at, header in enumerate(section.headers) if header.text != SOURCE]
    return section._replace(
        headers=tuple(section.headers[at] for at in kept),
        cells=tuple(tuple(row[at]._replace(below=None) for at in kept) for row in section.cells),
    )


def _title(view: View, of: Week) -> str:
    """Return which week of which agreement, and the clocks where these are not its Sunday's."""
    as_of, _, public_by = view.clocks
    titles = [one.title for one in view.agreements.values()]
    parts = [*(titles if len(titles) == 1 else ()), f"week {of}, {days_of(of)}"]
    parts += [f"as of {in_words(as_of, date.min)}"] if as_of != of.end else []
    parts += [f"as public by {in_words(public_by, date.min)}"] if public_by else []
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]


def days_of(of: Week) -> str:
    """Return a week's days: `16–22 Feb 2026`, `29 Dec 2025 – 4 Jan 2026`."""
    start, end = of.start, of.end
    if start.month == end.month:
        return f"{start.day}–{in_words(end, date.min)}"
    return f"{in_words(start, end)} – {in_words(end, date.min)}"


def _news(
    view: View, found: WeekDocument, corrections: Corrections, citations: Citations
) -> Iterator[Section]:
    """Yield what is new, at risk or due, and what was corrected or came late."""
    yield changed_section(view, found, citations)
    yield also_section(view, found, citations)
    yield at_risk_section(view, found.at_risk)
    yield due_section(view, found.due, f"Due within {HORIZON_DAYS} days")
    yield overdue_section(view, found.overdue)
    yield corrections_section(view, corrections, "Corrections")
    yield entries_section(view, found.late, citations, "Recorded late")


# --- who gained what ----------------------------------------------------------------------------


def gains_section(view: View, tally: Sequence[WeekGains]) -> Section:
    """Return how many concessions each side has in each bucket, and what changed in the week."""
    columns = [
        Column(
            "",
            lambda row: view.parties[row.gains_.party].name,
            below=lambda row: _since(row) or None,
        ),
        *(
            Column(bucket, _count(at), right=True)
            for at, bucket in enumerate(Bucket, 1)
            if any(row.gains_[at] for row in tally)
        ),
    ]
    shown = [row for row in tally if any(row.gains_[1:]) or not view.part_of[row.gains_.party]]
    return table(columns, shown, "Who gained what")


def _count(at: int) -> Callable[[WeekGains], str]:
    return lambda row: str(row.gains_[at] or NOTHING)


def _since(row: WeekGains) -> str:
    now = dict(zip(COUNTS, row.gains_[1:], strict=True))
    words = dict(zip(COUNTS, Bucket, strict=True))
    changes = [
        f"{words[name]} {row.before[name]} → {count}"
        for name, count in now.items()
        if row.before[name] != count
    ]
    return f"since last week: {', '.join(changes)}" if changes else ""

"""Progress towards each target, series by series, and the band of all counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from tracker.quantities import Derived, Percent
from tracker.quantities import in_words as quantity
from tracker.reports.counts import (
    band_in_words,
    counts_of,
    early_of,
    progress_of,
    target_in_words,
)
from tracker.reports.deadlines import bound_of
from tracker.reports.frame import amount, document_of, late_in_words, report
from tracker.reports.sources import Citations
from tracker.reports.status import Older, older_rows
from tracker.reports.view import View
from tracker.rules import pace as rules
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import Series
from tracker.tables import NOTHING, TIE, Column, Flattened, Report, Section, table
from tracker.vocabulary import Basis, Bound, DeadlineKind, DeadlineVerdict, Precision

PRO_RATED = (
    "What is due by a day is the target spread evenly over the days of its window: an illustration"
    " only."
)


class PaceRow(NamedTuple):
    """One series of one deadline, in the words of the JSON contract."""

    deadline: str
    concession: str | None
    counted_by: str | None = None
    basis: Basis | None = None
    delivered: Decimal | None = None
    """How much was delivered, by this count."""
    unit: str | None = None
    bound: Bound | None = None
    target: Decimal | None = None
    base: Decimal | None = None
    pace_: Flattened[rules.Pace] = rules.Pace()
    over_since: date | None = None
    data_through: date | None = None
    """The last day that the series covers."""
    public_on: date | None = None
    """The day on which its latest reading was made public, if recorded."""
    in_band: bool = False
    """Whether it is one of the recent counts that are compared."""
    reached_on: date | None = None
    late_days: int | None = None
    early: bool = False
    """Whether it was only counted before the limit binds, and counts for nothing."""


class PaceBand(NamedTuple):
    """The lowest and the highest percentage of a target."""

    deadline: str
    low: Percent | None
    """The lowest count, in percent of the target; a limit has none."""
    high: Percent | None
    """The highest count, in percent of the target; a limit has none."""
    through: date
    older: tuple[Older, ...]


@document_of("pace")
class PaceDocument(NamedTuple):
    """Progress towards each target, one row for each series of counts."""

    rows: list[PaceRow]
    bands: list[PaceBand]
    """Progress towards each target by its lowest and its highest count."""


def pace(view: View, slug: str | None = None) -> Report:
    """Report every target, or those of one concession or deadline."""
    positions = measured(view, slug)
    bands = [
        PaceBand(slug, *band[2:], older_rows(view.judged.progress[slug].older))
        for slug in (position.deadline.slug for position in positions)
        if slug in view.judged.progress and (band := view.judged.progress[slug].band)
    ]
    citations = Citations(view)
    rows, sections = pace_sections(view, positions, citations)
    if any(row.pace_.due_by_then is not None for row in rows):
        sections.append(Section(lines=(PRO_RATED,)))
    if not sections:
        sections.append(Section("Targets"))
    sections.append(citations.section())
    return report(view, PaceDocument(rows, bands), sections)._replace(cites_on_request=True)


def measured(view: View, slug: str | None) -> list[DeadlinePosition]:
    """Return the deliveries with a target or a reading, of one concession or of all."""
    slug = slug and view.named(slug, "concession", "deadline")
    return [
        position
        for position in view.listed_deadlines
        if position.deadline.kind is DeadlineKind.DELIVERY
        and (position.target is not None or position.deadline.slug in view.judged.progress)
        and (slug is None or slug in (position.deadline.slug, position.deadline.concession))
    ]


def _rows(view: View, position: DeadlinePosition) -> list[PaceRow]:
    """Return a row for each series of a deadline; without readings, one row without figures."""
    deadline, as_of = position.deadline, view.clocks.as_of
    empty = PaceRow(
        deadline=deadline.slug,
        concession=deadline.concession,
        unit=position.unit,
        bound=bound_of(position),
        target=position.target,
        base=position.base,
    )
    rows = []
    for count in counts_of(view, position):
        row = empty._replace(
            over_since=count.over_since,
            in_band=count.in_band,
            reached_on=count.reached_on,
            late_days=count.late_days,
        )
        if series := count.series:
            rows.append(_counted(row, series)._replace(pace_=rules.pace(position, series, as_of)))
        else:  # nothing had been counted by the deadline
            row = _counted(row, count.latest)
            rows.append(row._replace(delivered=None, data_through=None, public_on=None))
    rows += [_counted(empty, series)._replace(early=True) for series in early_of(view, position)]
    return rows or [empty._replace(pace_=rules.Pace(due_now=rules.due_by(position, as_of)))]


def _counted(row: PaceRow, series: Series) -> PaceRow:
    return row._replace(
        counted_by=series.counted_by,
        basis=series.basis,
        delivered=series.delivered,
        unit=series.unit,
        data_through=series.through,
        public_on=series.public_on,
    )


def pace_sections(
    view: View, positions: Iterable[DeadlinePosition], citations: Citations
) -> tuple[list[PaceRow], list[Section]]:
    """Return the rows of deadlines, and the table of each."""
    found = [(position, _rows(view, position)) for position in positions]
    without = {position.deadline.slug: position for position, own in found if not own[0].counted_by}
    sections = [
        _section(view, position, citations, own) for position, own in found if own[0].counted_by
    ]
    rows = [row for _, own in found for row in own]
    if without:
        sections.append(_uncounted(view, without, rows))
    return rows, sections


def _uncounted(
    view: View, positions: Mapping[str, DeadlinePosition], rows: Iterable[PaceRow]
) -> Section:
    """Return the table of the targets that nobody has counted yet."""

    def due(row: PaceRow) -> str:
        position = positions[row.deadline]
        awaits = position.deadline.awaits
        return _due_in_words(view, position) or (f"awaits {awaits}" if awaits else NOTHING)

    def agreement(row: PaceRow) -> str:
        return view.state.agreements[positions[row.deadline].deadline.agreement].title

    columns = [
        Column("Agreement", agreement, wraps=True, varying=True),
        Column("Target", lambda row: positions[row.deadline].deadline.label, wraps=True,
               about=lambda row: row.deadline),
        Column("How much", lambda row: _target_in_full(positions[row.deadline]), wraps=True),
        Column("Due", due, wraps=True),
    ]  # fmt: skip
    return table(columns, [row for row in rows if row.deadline in positions], "No data yet")


def _section(
    view: View, position: DeadlinePosition, citations: Citations, rows: Sequence[PaceRow]
) -> Section:
    """Return the table of one deadline's series, with its target and its band as title."""
    series = [*(one.latest for one in counts_of(view, position)), *early_of(view, position)]
    marks = (citations.of([], *one.sources) for one in series)
    cited = dict(zip(map(id, rows), marks, strict=True))
    who = [
        Column(
            "Counted by",
            lambda row: f"{row.counted_by}{cited[id(row)]}",
            wraps=True,
            cites=lambda row: cited[id(row)],
            below=partial(_reached, view),
        ),
        Column("Basis", lambda row: row.basis),
    ]
    return table([*who, *_figures(view, position)], rows, pace_title(view, position))


def _figures(view: View, position: DeadlinePosition) -> list[Column]:
    """Return the columns of figures: against a limit, or towards a target."""
    read = Column("Delivered", lambda row: _read(row, position), right=True)
    through = Column("Through", partial(_through, view), right=True)
    if position.is_limit:
        return [
            read._replace(header="Read"),
            Column("Room left", lambda row: figure(row.pace_.left), right=True),
            Column("Over by", lambda row: figure(row.pace_.over_by), right=True),
            Column("Since", lambda row: view.day(row.over_since), right=True),
            through,
        ]
    change = "Of cut" if position.is_cut else "Of increase"
    return [
        read,
        Column("Of target", lambda row: share(row.pace_.percent_of_target), right=True),
        Column(change, lambda row: share(row.pace_.percent_of_increase), right=True),
        Column("Due then", lambda row: figure(row.pace_.due_by_then), right=True, spare=True),
        Column("Of due", lambda row: share(row.pace_.percent_of_due), right=True),
        Column("Left", lambda row: figure(row.pace_.left), right=True, spare=True),
        Column("Per week", lambda row: figure(row.pace_.needed_per_week), right=True),
        through,
    ]


def _through(view: View, row: PaceRow) -> str:
    return f"{view.day(row.data_through)}{', before it binds' if row.early else ''}"


def _read(row: PaceRow, position: DeadlinePosition) -> str:
    if row.delivered is None:
        return NOTHING
    same = row.unit == position.unit
    return quantity(row.delivered) if same else amount(row.delivered, row.unit)


def _reached(view: View, row: PaceRow) -> str | None:
    if row.reached_on is None:
        return None
    late = f", {late_in_words(row.late_days)}" if row.late_days else ""
    return f"reached {view.day(row.reached_on)}{late}"


def pace_title(view: View, position: DeadlinePosition) -> str:
    """Return the target, its day and the band: `… by 28 Feb: 0–83%, depending on who counts`."""
    label, due = position.deadline.label, _due_in_words(view, position)
    if len(view.state.agreements) > 1:
        label = f"{view.state.agreements[position.deadline.agreement].title} · {label}"
    if position.target is None:
        return f"{label} · no target, by {due}"
    title = f"{label} · {_target_in_full(position)}{f' by {due}' if due else ''}"
    if position.verdict is DeadlineVerdict.WAITING:
        title = f"{title}; awaits {position.deadline.awaits}"
    words = _band_in_words(view, position)
    return f"{title} · {words}" if words else title


def _band_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the span of recent counts; for a limit, whether it is exceeded."""
    progress = progress_of(view, position)
    if progress is None or progress.band is None:
        return ""
    if progress.exceeded or progress.disputed:
        return "exceeded" if progress.exceeded else "disputed"
    if position.is_limit:
        return "kept so far" if view.judged.window(position).last >= view.clocks.as_of else "kept"
    words = band_in_words(progress.band, position.unit)
    return f"{words}{', depending on who counts' if '–' in words else ''}"


def _target_in_full(position: DeadlinePosition) -> str:
    """Return the target, the first one if it was restated and, unless it is a cut, the base."""
    first, base, noted = position.deadline.target, position.base, []
    if first is not None and position.target != first:
        noted.append(f"first{TIE}{quantity(first)}")
    if base is not None and (position.is_limit or not position.is_cut):
        noted.append(f"before: {quantity(base)}")
    words = target_in_words(position)
    return f"{words} ({', '.join(noted)})" if noted else words


def _due_in_words(view: View, position: DeadlinePosition) -> str:
    """Return a deadline's current day and its slip; empty if it has no day."""
    if position.due_on is None:
        return ""
    moved = f" (moved {position.slip_days:+} d)" if position.slip_days else ""
    end = "" if position.due_on.precision is Precision.DAY else "the end of "
    return f"{end}{view.period(position.due_on)}{moved}"


def share(value: Percent | None) -> str:
    """Return a percentage for people."""
    return NOTHING if value is None else f"{value.words}%"


def figure(value: Derived | None) -> str:
    """Return a derived quantity, rounded for people."""
    return NOTHING if value is None else quantity(value.rounded)

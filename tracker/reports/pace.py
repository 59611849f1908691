"""How far each target is, series by series, and the span that depends on who counts."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import period_in_words
from tracker.errors import NoSuch
from tracker.quantities import in_words as quantity
from tracker.reports.citations import Citations
from tracker.reports.contract import document_of
from tracker.reports.frame import band_in_words, day, first_target, report
from tracker.reports.view import View
from tracker.rules import pace as rules
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import Series
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.vocabulary import Basis, DeadlineKind

PRO_RATED = "“Due” is the target spread evenly over the days of its window: an illustration only."


class PaceRow(NamedTuple):
    """One series of one deadline, in the words of the JSON contract."""

    deadline: str
    concession: str | None
    counted_by: str | None
    basis: Basis | None
    delivered: Decimal | None
    """How much was delivered, by this count."""
    unit: str | None
    target: Decimal | None
    percent_of_target: Decimal | None
    """`delivered` in percent of the target."""
    due_by_then: Decimal | None
    """The target spread evenly up to `data_through`, as an illustration."""
    percent_of_due: Decimal | None
    """`delivered` in percent of `due_by_then`."""
    due_now: Decimal | None
    """The target spread evenly up to the as-of day, as an illustration."""
    left: Decimal | None
    """What is left to reach the target."""
    needed_per_week: Decimal | None
    """What is needed each week to reach the target in time."""
    data_through: date | None
    """The last day that the series covers."""


class PaceBand(NamedTuple):
    """The lowest and the highest percentage of a target."""

    deadline: str
    low: Decimal
    """The lowest count, in percent of the target."""
    high: Decimal
    """The highest count, in percent of the target."""


@document_of("pace")
class PaceDocument(NamedTuple):
    """How far each target is, one row for each series of counts."""

    rows: list[PaceRow]
    bands: list[PaceBand]
    """How far each target is by its lowest and its highest count."""


def pace(view: View, slug: str | None = None) -> Report:
    """Report every target, or those of one concession or deadline."""
    positions = measured(view, slug)
    rows = [row for position in positions for row in pace_rows(view, position)]
    bands = [
        PaceBand(slug, band.percent_low, band.percent_high)
        for slug in (position.deadline.slug for position in positions)
        if (band := view.bands.get(slug))
    ]
    citations = Citations(view)
    sections = [pace_section(view, position, citations) for position in positions]
    if sections:
        sections.append(Section(lines=(PRO_RATED,)))
    else:
        sections.append(Section("Targets"))
    sections.append(citations.section())
    return report(view, PaceDocument(rows, bands), sections)


def measured(view: View, slug: str | None) -> list[DeadlinePosition]:
    """Return the deliveries that have a target or a reading, of one concession or of all."""
    return [
        position
        for position in _positions(view, slug)
        if position.deadline.kind is DeadlineKind.DELIVERY
        and (position.target is not None or position.deadline.slug in view.series)
    ]


def _positions(view: View, slug: str | None) -> Iterable[DeadlinePosition]:
    if slug is None:
        return view.deadline_positions.values()
    match view.require(slug):
        case "concession":
            return view.owned.get(slug, ())
        case "deadline":
            return [view.deadline_positions[slug]]
    raise NoSuch(
        kind="concession or deadline", name=slug, known=[*view.concessions, *view.deadlines]
    )


def pace_rows(view: View, position: DeadlinePosition) -> Iterator[PaceRow]:
    """Yield a row for each series of a deadline; one without figures where nobody counted."""
    deadline = position.deadline
    counted = view.series.get(deadline.slug, ())
    for one in counted:
        found = rules.pace(position, one, view.clocks.as_of)
        yield PaceRow(
            deadline=deadline.slug,
            concession=deadline.concession,
            counted_by=one.counted_by,
            basis=one.basis,
            delivered=one.delivered,
            unit=one.unit,
            target=position.target,
            percent_of_target=found.percent_of_target,
            due_by_then=found.due_by_then,
            percent_of_due=found.percent_of_due,
            due_now=found.due_now,
            left=found.left,
            needed_per_week=found.needed_per_week,
            data_through=one.through,
        )
    if not counted:
        due_now = rules.due_by(position, view.clocks.as_of)
        yield PaceRow(
            deadline.slug,
            deadline.concession,
            *(None, None, None),
            position.unit,
            position.target,
            *(None, None, None),
            due_now,
            *(None, None, None),
        )


# --- for people -------------------------------------------------------------------------------


def pace_section(view: View, position: DeadlinePosition, citations: Citations) -> Section:
    """Return the table of one deadline's series, under its target and its band."""
    near = view.clocks.as_of
    title = pace_title(view, position)
    counted = view.series.get(position.deadline.slug, [])
    if not counted:
        return Section(title, empty="no data")
    cited = {(one.basis, one.counted_by): citations.cite(one.source) for one in counted}
    rows = list(zip(pace_rows(view, position), counted, strict=True))

    def source(pair: tuple[PaceRow, Series]) -> str:
        return cited[pair[1].basis, pair[1].counted_by]

    columns = [
        Column("Counted by", lambda pair: f"{pair[1].counted_by}{source(pair)}", wraps=True),
        Column("Basis", lambda pair: pair[1].basis),
        Column("Delivered", lambda pair: quantity(pair[1].delivered), right=True),
        Column("Of target", lambda pair: share(pair[0].percent_of_target), right=True),
        Column("Due then", lambda pair: amount(pair[0].due_by_then), right=True),
        Column("Of due", lambda pair: share(pair[0].percent_of_due), right=True),
        Column("Left", lambda pair: amount(pair[0].left), right=True),
        Column("Per week", lambda pair: amount(pair[0].needed_per_week), right=True),
        Column("Through", lambda pair: day(pair[1].through, near), right=True),
    ]
    return table(columns, rows, title)


def pace_title(view: View, position: DeadlinePosition) -> str:
    """Return the target, its day and the band: `… by 28 Feb: 0–83 %, depending on who counts`."""
    near = view.clocks.as_of
    slug, due = position.deadline.slug, due_in_words(position, near)
    if len(view.agreements) > 1:
        slug = f"{view.agreements[position.deadline.agreement].title} · {slug}"
    if position.target is None:
        return f"{slug} · no target, by {due}"
    title = f"{slug} · {target_in_words(position)} by {due}"
    band = view.bands.get(position.deadline.slug)
    if band is None:
        return title
    words = band_in_words(band.percent_low, band.percent_high)
    return f"{title} · {words}{', depending on who counts' if '–' in words else ''}"


def target_in_words(position: DeadlinePosition) -> str:
    """Return the target with its unit, and what it first was where it was restated."""
    words = f"{quantity(position.target or Decimal())} {position.unit}"
    first = first_target(position)
    return f"{words} ({first})" if first else words


def due_in_words(position: DeadlinePosition, near: date) -> str:
    """Return a deadline's current day, and by how much it slipped."""
    moved = f" (moved {position.slip_days:+} d)" if position.slip_days else ""
    return f"{period_in_words(position.due_on, near)}{moved}"


def share(value: Decimal | None) -> str:
    """Return a percentage with its one decimal."""
    return NOTHING if value is None else f"{value} %"


def amount(value: Decimal | None) -> str:
    """Return a quantity, rounded for reading."""
    return NOTHING if value is None else quantity(value.quantize(Decimal("0.01")))

"""Progress towards each target, series by series, and the range of all counts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.quantities import EXACT, Derived, Percent, percent
from tracker.quantities import in_words as quantity
from tracker.record import by_key
from tracker.reports.frame import Citations, Contract, report
from tracker.reports.view import View
from tracker.reports.wording import amount, target_title
from tracker.rules.deadlines import DeadlinePosition, late_days
from tracker.rules.progress import (
    FRESH_DAYS,
    Track,
    change_done,
    due_by,
    fits,
    fresh,
    over_by,
    reaches,
    share,
)
from tracker.state import Figure
from tracker.tables import (
    NOTHING,
    Cell,
    Column,
    Report,
    Section,
    cited,
    counted,
    keys_of,
)
from tracker.vocabulary import Basis, Bound, DeadlineKind

PRO_RATED = (
    "What is due by a day is the target spread evenly over the days of its window: an illustration"
    " only."
)


DAYS_A_WEEK = 7


class PaceRow(NamedTuple):
    """One series of one deadline, in the words of the JSON contract."""

    deadline: str
    concession: str | None
    position: DeadlinePosition
    bound: Bound | None
    target: Decimal | None
    base: Decimal | None
    unit: str | None
    counted_by: str | None = None
    basis: Basis | None = None
    delivered: Decimal | None = None
    """How much was delivered, by this count."""
    data_through: date | None = None
    """The last day that the series covers."""
    public_on: date | None = None
    """The day on which its latest reading was made public, if recorded."""
    percent_of_target: Percent | None = None
    """`delivered` in percent of the target."""
    percent_of_increase: Percent | None = None
    """How much of the change from `base` to the target is done, in percent.

    It is null for a total that has to grow and is below `base`, until the deadline has passed.
    """
    due_by_then: Derived | None = None
    """The target spread evenly up to `through`, as an illustration; null for a level."""
    percent_of_due: Percent | None = None
    """`delivered` in percent of `due_by_then`."""
    due_now: Derived | None = None
    """The target spread evenly up to the as-of day, as an illustration; null for a level."""
    left: Derived | None = None
    """What is left to reach the target, or until the limit is reached."""
    needed_per_week: Derived | None = None
    """What is needed each week from `data_through` to the due day to reach the target in time.

    It is null for a level, in the last week, and if the count was made public more than 35 days
    ago.
    """
    over_by: Derived | None = None
    is_figure: bool = False
    """Whether it is what counts for the target or the limit."""
    by_due: Decimal | None = None
    """What it had counted by the day in force, once that has passed."""
    by_first_due: Decimal | None = None
    """What it had counted by the day first declared, once that has passed."""
    reached_on: date | None = None
    """The first day of its present run at or beyond the target."""
    late_days: int | None = None
    """How many days after the day in force that is; 0 if in time."""
    over_since: date | None = None
    early: bool = False
    """Whether it was only counted before the limit binds, and counts for nothing."""
    sources: tuple[str, ...] = ()


class PaceRange(NamedTuple):
    """The lowest and the highest of the fresh counts for a target, in percent of it."""

    deadline: str
    low: Percent | None
    """The lowest count, in percent of the target; a limit has none."""
    high: Percent | None
    """The highest count, in percent of the target; a limit has none."""
    through: date
    """The last day that the freshest count covers."""


class PaceDocument(NamedTuple):
    """The document of `pace`."""

    rows: list[PaceRow]
    range: list[PaceRange]
    """The range of the counts for each target that are no more than 35 days behind the freshest."""


keys_of(PaceRow, hidden=["position", "sources"])
PACE = Contract(
    "pace",
    "Progress towards each target, one row for each series of counts.",
    PaceRow,
    PaceDocument,
)


def pace(view: View, slug: str | None = None) -> Report:
    """Report every target, or those of one concession or deadline."""
    ranges = [found for due in measured(view, slug) if (found := range_of(view, due))]
    rows = pace_rows(view, slug)
    citations = Citations(view)
    sections = pace_sections(view, rows, citations) or [Section(title="Targets")]
    if any(row.due_by_then is not None for row in rows):
        sections.append(Section(lines=[PRO_RATED]))
    document = PaceDocument(rows, ranges)
    return report(view, PACE, document, citations.of(sections))._replace(
        cites_on_sites=True
    )


def measured(view: View, slug: str | None) -> list[DeadlinePosition]:
    """Return the deliveries with a target or a reading, of one concession or of all."""
    listed = view.listed_deadlines
    if slug in view.listed_positions:
        listed = view.owned.get(slug, [])
    elif slug:
        slug = view.named(slug, "concession", "deadline")
    return [
        position
        for position in listed
        if position.deadline.kind is DeadlineKind.DELIVERY
        and (position.target is not None or position.slug in view.readings)
        and (slug is None or slug in (position.slug, position.deadline.concession))
    ]


def range_of(view: View, position: DeadlinePosition) -> PaceRange | None:
    """Return the range of the fresh counts for a target, if there is any."""
    tracks = view.tracks(position)
    fitting = [track for track in tracks if fits(position, track[-1])]
    counts = [track[-1] for track in fresh(fitting)]
    if not counts:
        return None
    shares = [share(position, count.value) for count in counts]
    known = [percent for percent in shares if percent is not None]
    through = max(count.through for count in counts)
    low = min(known, default=None)
    return PaceRange(position.slug, low, max(known, default=None), through)


def _rows(view: View, position: DeadlinePosition) -> list[PaceRow]:
    """Return a row for each series of a deadline; without readings, one row without figures."""
    deadline = position.deadline
    as_of = view.as_of
    target = (position.bound, position.target, position.base, position.unit)
    empty = PaceRow(deadline.slug, deadline.concession, position, *target)
    tracks = view.tracks(position)
    early = [[series] for series in view.early(position)]
    rows = []
    for track in (*tracks, *early):
        figure = view.latest_of(position, track)
        series = figure.series
        since = None if track in early else figure.reached_on
        reached_on = None if position.is_limit else since
        row = empty._replace(
            unit=series.unit,
            counted_by=series.counted_by,
            basis=series.basis,
            delivered=series.value,
            data_through=series.through,
            public_on=figure.public_on,
            is_figure=figure == view.figure(position),
            by_due=_counted_by(track, position.due_on, as_of),
            by_first_due=_counted_by(track, position.original_due_on, as_of),
            reached_on=reached_on,
            late_days=late_days(position.due_on, reached_on),
            over_since=since if position.is_limit else None,
            early=track in early,
            sources=series.sources,
        )
        if not row.early:
            row = paced(row, figure, as_of)
        rows.append(row)
    return rows or [empty._replace(due_now=due_by(position, as_of))]


def paced(row: PaceRow, figure: Figure, as_of: date) -> PaceRow:
    """Measure the series of a row against the deadline's current target, day and window."""
    position = row.position
    series = figure.series
    target = position.target
    if target is None or not fits(position, series):
        return row
    is_reached = reaches(position, series)
    is_level = series.basis is Basis.LEVEL
    missing = Derived(abs(EXACT.subtract(target, series.value)))
    if position.is_limit:
        excess = over_by(position, series)
        return row._replace(over_by=excess) if excess else row._replace(left=missing)
    left = Derived(0) if is_reached else missing
    per_week = None
    is_recent = (as_of - figure.public_on).days <= FRESH_DAYS
    if is_recent and (position.days_left or 0) >= DAYS_A_WEEK and not is_level:
        days = (position.last - series.through).days
        per_week = Derived(EXACT.divide(EXACT.multiply(left, DAYS_A_WEEK), days))
    done = change_done(position, series.value)
    if (
        not (is_level or position.past or position.is_cut)
        and done is not None
        and done < 0
    ):
        done = None  # a total that has to grow
    due_by_then = due_by(position, series.through, series.basis)
    return row._replace(
        percent_of_target=None if position.is_cut else share(position, series.value),
        percent_of_increase=done,
        due_by_then=due_by_then,
        percent_of_due=percent(series.value, due_by_then) if due_by_then else None,
        due_now=due_by(position, as_of, series.basis),
        left=left,
        needed_per_week=per_week,
    )


def _counted_by(track: Track, due_on: Period | None, as_of: date) -> Decimal | None:
    """Return what a series had counted by a day, once that has passed."""
    if due_on is None or as_of <= due_on.last:
        return None
    counted = [series.value for series in track if series.through <= due_on.last]
    return counted[-1] if counted else None


def pace_rows(view: View, slug: str | None) -> list[PaceRow]:
    """Return the rows of one concession or deadline, or of all."""
    return [row for position in measured(view, slug) for row in _rows(view, position)]


def pace_sections(
    view: View, rows: Sequence[PaceRow], citations: Citations
) -> list[Section]:
    """Return the table of each deadline."""
    counted_rows = [row for row in rows if row.counted_by]
    by_deadline = by_key((row.deadline, row) for row in counted_rows)
    sections = [_section(view, citations, series) for series in by_deadline.values()]
    if without := [row for row in rows if not row.counted_by]:
        target = Column(
            "Target",
            lambda row: Cell(target_title(view, row.position), about=row.deadline),
            key="target",
        )
        sections.append(Section([target], without, "No data yet"))
    return sections


def _section(view: View, citations: Citations, rows: Sequence[PaceRow]) -> Section:
    """Return the table of one deadline's series, with its target and its band as title.

    A limit and a target leave different columns of figures empty.
    """
    position = rows[0].position
    is_limit = position.is_limit

    def delivered(row: PaceRow) -> str:
        if row.delivered is None or row.unit != position.unit:
            return amount(row.delivered, row.unit)
        return quantity(row.delivered)

    def through(row: PaceRow) -> str:
        return f"{view.day(row.data_through)}{', before it binds' if row.early else ''}"

    columns = [
        Column(
            "Counted by",
            lambda row: cited(
                row.counted_by, citations.public(row.sources), below=_besides(view, row)
            ),
            key="counted_by",
            cites=True,
        ),
        Column("Basis", lambda row: row.basis, key="basis", whole=True),
        Column(
            "Read" if is_limit else "Delivered",
            delivered,
            right=True,
            key="" if is_limit else "delivered",
        ),
        Column(
            "Of target",
            lambda row: figure(row.percent_of_target),
            right=True,
            key="percent_of_target",
        ),
        Column(
            "Of cut" if position.is_cut else "Of increase",
            lambda row: figure(row.percent_of_increase),
            right=True,
        ),
        Column("Due then", lambda row: figure(row.due_by_then), right=True, spare=True),
        Column(
            "Room left" if is_limit else "Left",
            lambda row: figure(row.left),
            right=True,
            spare=not is_limit,
            key="" if is_limit else "left",
        ),
        Column("Per week", lambda row: figure(row.needed_per_week), right=True),
        Column("Over by", lambda row: figure(row.over_by), right=True, key="over_by"),
        Column("Since", lambda row: view.day(row.over_since), right=True),
        Column("Through", through, right=True, key="data_through"),
    ]
    title = target_title(view, position)
    counts = range_of(view, position)
    if counts and counts.low is not None and counts.high not in (None, counts.low):
        low, high = sorted([counts.low, counts.high])
        title = f"{title} · range {low.words}–{high.words}%"
    return Section(columns, rows, title)


def _besides(view: View, row: PaceRow) -> str | None:
    """Return what a count was on the days due, when it reached the target, and how late."""
    position = row.position
    parts = []
    days = [(row.by_due, position.due_on)]
    if position.original_due_on != position.due_on:
        days.append((row.by_first_due, position.original_due_on))
    for value, day in days:
        if value is not None and (value != row.delivered or len(days) > 1):
            words = figure(share(position, value)) if row.unit == position.unit else ""
            parts.append(f"by {view.period(day)} {words or amount(value, row.unit)}")
    if row.reached_on:
        late = f", {counted(row.late_days, 'day')} late" if row.late_days else ""
        parts.append(f"reached {view.day(row.reached_on)}{late}")
    return "; ".join(parts) or None


def figure(value: Percent | Derived | None) -> str:
    """Return a derived figure, rounded for people."""
    if value is None:
        return NOTHING
    return f"{value.words}%" if isinstance(value, Percent) else quantity(value.rounded)

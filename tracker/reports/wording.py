"""How parties, days, verdicts and figures are worded, whatever report prints them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import exactly, period_in_prose
from tracker.entry import Entry
from tracker.quantities import FULL, Derived, Percent
from tracker.quantities import in_words as quantity
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition, Naming
from tracker.rules.progress import Series, fits, over_by, reaches, share
from tracker.tables import NOTHING, TIE, counted
from tracker.things import Source
from tracker.vocabulary import (
    EVENTS,
    Basis,
    Bound,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
)


def day_in_prose(day: date) -> str:
    """Return a day for a sentence: `2 December 2026`."""
    return period_in_prose(exactly(day), date.min).removeprefix("on ")


def says(view: View, party: str) -> str:
    """Return who says something, for a table: `US says`, `EU firms say`."""
    name = view.short(party)
    is_plural = name.endswith("s") and name.split(" ")[-1].islower()
    return f"{name} {'say' if is_plural else 'says'}"


def said_in_words(view: View, position: DeadlinePosition) -> list[str]:
    """Return the other days and targets that parties name: `US says 10 Jan 2027`."""

    def named(said: Naming) -> Iterator[str]:
        if not position.has(said.due_on):
            yield view.period(said.due_on, position.due_on)
        if said.target is not None:
            yield amount(said.target, position.unit)

    return [
        f"{says(view, said.party)} {', '.join(named(said))}" for said in position.said
    ]


def how_far(days_left: int) -> str:
    """Return how far away a day is, for a sentence: `in 5 days`, `today`, `1 day ago`."""
    if days_left == 0:
        return "today"
    left = counted(abs(days_left), "day")
    return f"in {left}" if days_left > 0 else f"{left} ago"


def amount(value: Decimal | None, unit: str | None) -> str:
    """Return a quantity with its unit: `12 MMT`, `15%`."""
    if value is None:
        return NOTHING
    return f"{quantity(value)}{'' if unit == '%' else TIE}{unit}"


OF_EVENTS = {DeadlineVerdict.MET: "held", DeadlineVerdict.OVERDUE: "outcome unknown"}
"""The words for verdicts on meetings and reviews."""


def verdict_in_words(
    kind: DeadlineKind, verdict: DeadlineVerdict, late_days: int | None = None
) -> str:
    """Return the verdict, and how late it was met.

    A meeting or a review is held, or its outcome is unknown: it is neither met nor overdue.
    """
    if kind in EVENTS and verdict in OF_EVENTS:
        return OF_EVENTS[verdict]
    return f"{verdict}, {counted(late_days, 'day')} late" if late_days else str(verdict)


NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def number(count: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def the(view: View, slug: str) -> str:
    """Return a party for a sentence: `the US`, if its short name is the initials of its name.

    Longer ones than three letters, such as ASEAN, have no article.
    """
    short = view.short(slug)
    words = view.parties[slug].name.split()
    initials = "".join(word[0] for word in words if word[0].isupper())
    return f"the {short}" if 1 < len(short) < 4 and short == initials else short


def listing(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence: `soybeans, coal and beef`."""
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def opening(note: str) -> str:
    """Return the first sentence of a note, without its full stop."""
    words = " ".join(note.split())
    return re.split(r"(?<=[^\WA-Z]|[%)”])\. (?=[^\W\d_a-z])", words, maxsplit=1)[
        0
    ].rstrip(".")


def sentence(words: str) -> str:
    """Return words with a capital letter and plain spaces, to begin a sentence."""
    plain = words.replace(TIE, " ")
    return plain[:1].upper() + plain[1:]


def opened_pages(view: View, entry: Entry) -> list[Source]:
    """Return the sources of an entry whose pages somebody opened."""
    sources = [view.sources[key] for key in entry.source]
    return [source for source in sources if source.read]


def is_unread(view: View, entry: Entry) -> bool:
    """Return whether an entry rests only on pages that nobody opened."""
    return bool(entry.source) and not opened_pages(view, entry)


# --- what counts for a target ---------------------------------------------------------------------

NO_DATA = "no data"
REPORTED = "reported, not counted"
"""What stands for a count that is only known from pages that nobody opened."""


class FigureRow(NamedTuple):
    """What counts for a target or a limit: the latest count of one series."""

    deadline: str
    counted_by: str | None = None
    basis: Basis | None = None
    value: Decimal | None = None
    """The total, or the level; null without a count in the target's unit."""
    unit: str | None = None
    target: Decimal | None = None
    bound: Bound | None = None
    percent: Percent | None = None
    """The value in percent of the target, or of a cut: one decimal, no sign; a limit has none."""
    through: date | None = None
    """The last day that the count covers."""
    public_on: date | None = None
    """The day on which the count was made public."""
    over_by: Derived | None = None
    """By how much a limit is exceeded."""
    over_since: date | None = None
    """The day since which it has been exceeded."""


def figure_row(view: View, position: DeadlinePosition) -> FigureRow:
    """Return the figure of a target or a limit for programs."""
    row = FigureRow(
        position.slug,
        unit=position.unit,
        target=position.target,
        bound=position.bound,
    )
    figure = view.figure(position)
    if figure is None:
        return row
    series = figure.series
    return row._replace(
        counted_by=series.counted_by,
        basis=series.basis,
        value=series.value,
        percent=share(position, series.value),
        through=series.through,
        public_on=figure.public_on,
        over_by=over_by(position, series),
        over_since=figure.reached_on if position.is_limit else None,
    )


# --- a target and one count -----------------------------------------------------------------------


def target_in_words(position: DeadlinePosition) -> str:
    """Return what is to be reached: `12 MMT`, `at most 15%`, `the cut from 27.5 to 15%`."""
    target = amount(position.target, position.unit)
    if position.is_limit:
        return f"at most {target}"
    if position.is_cut and position.base is not None:
        return f"the cut from {quantity(position.base)} to {target}"
    return target


def basis_in_words(basis: Basis) -> str:
    """Return what was counted, after the count: ` sold`; nothing for a level."""
    return "" if basis in (Basis.OTHER, Basis.LEVEL) else f" {basis}"


def reached(position: DeadlinePosition, series: Series) -> str:
    """Return one count: in percent of a target, or its level below a limit."""
    percent = share(position, series.value) if fits(position, series) else None
    if percent is None:
        return amount(series.value, series.unit)
    return f"{percent.words}%" if percent else "none"


def against_target(position: DeadlinePosition, series: Series) -> str:
    """Return how a count compares with its target: `67% of 12 MMT`, `above the limit of 15%`.

    It is empty for a count in another unit.
    """
    if not fits(position, series):
        return ""
    if position.is_limit:
        where = "above" if reaches(position, series) else "within"
        return f"{where} the limit of {amount(position.target, position.unit)}"
    percent = share(position, series.value)
    return (
        f"{percent.words}% of {target_in_words(position)}" if percent is not None else ""
    )


def counter_in_words(view: View, series: Series) -> str:
    """Return who counted, and through which day: `USDA, 26 Feb`."""
    return f"{series.counted_by}, {view.day(series.through)}"


# --- the figure of a target -----------------------------------------------------------------------


def falls_short(view: View, position: DeadlinePosition) -> str | None:
    """Return what the figure is, if that is below the target."""
    figure = view.figure(position)
    percent = share(position, figure.series.value) if figure else None
    if figure is None or percent is None or percent >= FULL:
        return None
    return f"its figure is {figure_in_words(view, position)}"


def without_figure(view: View, position: DeadlinePosition) -> str:
    """Return what stands for a figure: `no data`, or a count in another unit, with who counted.

    A note of a count may rest on pages that nobody opened.
    """
    others = view.latest(position)
    if others:
        last = max((other.series for other in others), key=lambda series: series.through)
        counted = f"{amount(last.value, last.unit)}, {counter_in_words(view, last)}"
        return f"no count in {position.unit}; {counted}"
    notes = view.of_kind[EntryKind.NOTE].get(position.slug, ())
    return REPORTED if any(is_unread(view, note) for note in notes) else NO_DATA


def figure_in_brief(view: View, position: DeadlinePosition) -> str:
    """Return a figure for a column: `88%`; of a limit, `12% (max 10%)`. `no data` is never 0%."""
    figure = view.figure(position)
    words = (
        reached(position, figure.series) if figure else without_figure(view, position)
    )
    if position.is_limit:
        words += f" (max {amount(position.target, position.unit)})"
    return words


def figure_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the figure of a target: `87% of 12 MMT sold (USDA, 1 Feb)`, `14% (…), limit 15%`."""
    if position.target is None:
        return ""
    target = target_in_words(position)
    figure = view.figure(position)
    if figure is None:
        return f"{without_figure(view, position)} ({target})"
    series = figure.series
    words = reached(position, series)
    who = f"{basis_in_words(series.basis)} ({counter_in_words(view, series)})"
    if not position.is_limit:
        return f"{words} of {target}{who}"
    return f"{words}{who}, {against_target(position, series)}"


def excess_in_words(view: View, position: DeadlinePosition) -> str:
    """Return by how much a limit is exceeded, if it is: `over since 8 May, now by 10`."""
    row = figure_row(view, position)
    if row.over_by is None:
        return ""
    return (
        f"over since {view.day(row.over_since)}, now by {quantity(row.over_by.rounded)}"
    )


def target_title(view: View, position: DeadlinePosition) -> str:
    """Return the target, its day and its figure: `… by 28 Feb · 88%, USDA, 26 Feb`."""
    deadline = position.deadline
    agreements = view.agreements
    parts = [agreements[deadline.agreement].title] if len(agreements) > 1 else []
    target = "no target" if position.target is None else target_in_words(position)
    if position.due_on:
        target += f" by {view.period(position.due_on)}"
    if position.verdict is DeadlineVerdict.WAITING:
        target += f"; awaits {deadline.awaits}"
    parts += [deadline.label, target]
    figure = view.figure(position)
    if figure:
        above = ", above the limit" if over_by(position, figure.series) else ""
        who = counter_in_words(view, figure.series)
        parts.append(f"{reached(position, figure.series)}{above}, {who}")
    return " · ".join(parts)

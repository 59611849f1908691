"""The chart of who gained what over time: for each side a stack of weekly steps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from tracker.dates import MONTHS, Week, in_words, shifted
from tracker.publish.drawing import Drawing
from tracker.publish.figures import Offer, captioned, data_of, ticks
from tracker.reports.gains import GainsRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.tables.bars import WIDTHS, colour
from tracker.tables.html import HtmlWriter
from tracker.tables.markup import Markup, element, join
from tracker.vocabulary import Bucket

TITLE = "Who gained what, over time"
NOTHING_YET = (0,) * len(Bucket)
CAPTION = (
    "The concessions promised to each side, in each bucket, at the end of each week: counted, not"
    " weighed. The data has a line for each week that changed a side's counts."
)
SIDES = 8
"""The most sides that are drawn: those that were promised most."""
PLOT, LINE, NAME, TOP, AXIS = 120, 17, 30, 18, 26
"""The heights of the highest steps, a line of text, a side's name, today's label and the axis."""
LABELS, LETTER = 108, 9
"""The widths of the labels at the ends of the steps, and of a letter of a side's name."""


class Panel(NamedTuple):
    """One side: its name, and its count in each bucket, week by week."""

    name: str
    counts: Sequence[Sequence[int]]

    @property
    def most(self) -> int:
        """The greatest number of concessions that it was promised."""
        return max(map(sum, self.counts))

    @property
    def buckets(self) -> list[int]:
        """The buckets that it ever had anything in, from the bottom."""
        return [at for at, counts in enumerate(zip(*self.counts, strict=True)) if any(counts)]

    @property
    def labels(self) -> list[str]:
        """The label of what it has now in each of these buckets; empty for none."""
        names, now = [*Bucket], self.counts[-1]
        return [f"{now[at]} {names[at]}" if now[at] else "" for at in self.buckets]


class Trend(NamedTuple):
    """What each side had at the end of each week, up to today."""

    weeks: Sequence[Week]
    today: date
    panels: Sequence[Panel]
    data: Section
    drawings: Mapping[str, Drawing] = MappingProxyType({})
    """The drawings, by screen."""

    @property
    def description(self) -> str:
        """What the chart shows, in words."""
        first, last = in_words(self.weeks[0].start), in_words(self.today)
        now = " ".join(
            f"{one.name}: {', '.join(filter(None, one.labels)) or 'nothing'}."
            for one in self.panels
        )
        return f"From {first} to {last}, week by week. In the end, {now}"

    def shown(self, writer: HtmlWriter, offer: Offer | None = None) -> Markup:
        """Return the figure for a page, with links to its separate files."""
        drawings = [
            drawing.shown(f"trend-{screen}", TITLE, self.description, screen)
            for screen, drawing in self.drawings.items()
        ]
        return captioned(TITLE, CAPTION, drawings, data_of(self.data, writer), offer)

    def picture(self) -> bytes:
        """Return the drawing as a file of its own."""
        return self.drawings["wide"].alone(TITLE, self.description).encode()

    def drawing(self, screen: str) -> Drawing:
        """Return the drawing for a kind of screen."""
        width, top, parts = WIDTHS[screen], TOP, []
        most = max(panel.most for panel in self.panels)
        ends = [self._across(day, width) for day in self._days]
        for panel in self.panels:
            steep = PLOT / most
            high = max(round(panel.most * steep), LINE * len(panel.buckets))
            top += NAME + high
            parts += [_name(panel.name, top - high, width), *_steps(panel, ends, top, steep)]
        return Drawing(str(width), str(top + AXIS), join([*parts, *self._axis(width, top)]))

    @property
    def _days(self) -> list[date]:
        """The first day of each step, and the day after the last."""
        return [*(week.start for week in self.weeks), shifted(self.today, 1)]

    def _across(self, on: date, width: int) -> float:
        first, *_, end = self._days
        return (on - first).days * (width - LABELS) / (end - first).days

    def _axis(self, width: int, top: int) -> Iterator[Markup]:
        """Yield the months below the steps, and the labelled line of today."""
        right = width - LABELS
        yield element("line", x1=0, x2=right, y1=top, y2=top, stroke="var(--soft)")
        for day in ticks(self.weeks[0].start, self.today, width):
            x = self._across(day, width)
            month = f"{MONTHS[day.month - 1]} {day.year % 100:02}"
            words = month if day.day == 1 else in_words(day)
            side = "start" if x < LINE else "end" if x > right - LINE else "middle"
            yield element("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=top, y2=top + 5,
                          stroke="var(--soft)")  # fmt: skip
            yield _words(words, x, top + 19, text_anchor=side, fill="var(--ink)")
        yield element("line", x1=right, x2=right, y1=0, y2=top + 5, stroke="var(--mark)",
                      stroke_width=2)  # fmt: skip
        today = f"today, {in_words(self.today)}"
        yield _words(today, right - 5, 12, text_anchor="end", fill="var(--mark)")


def trend(view: View, tallies: Mapping[Week, Sequence[GainsRow]]) -> Trend | None:
    """Return the trend of each week's tally; None for less than two weeks."""
    weeks = sorted(week for week, rows in tallies.items() if any(any(row[1:]) for row in rows))
    if len(weeks) < 2:
        return None
    rows_of = {week: {row.party: row for row in tallies[week]} for week in weeks}
    parties = [party for party in view.parties if any(party in own for own in rows_of.values())]
    panels = [
        Panel(
            view.parties[party].name,
            [own[party][1:] if party in own else NOTHING_YET for own in rows_of.values()],
        )
        for party in parties
    ]
    panels = [one for one in panels if one.most]
    drawn = sorted(panels, key=lambda one: -one.most)[:SIDES]
    kept = [one for one in panels if one in drawn]
    found = Trend(weeks, view.clocks.as_of, kept, _data(weeks, panels))
    return found._replace(drawings={screen: found.drawing(screen) for screen in WIDTHS})


class Change(NamedTuple):
    """A week in which a side's counts changed."""

    week: Week
    side: str
    counts: Sequence[int]


def _data(weeks: Sequence[Week], panels: Sequence[Panel]) -> Section:
    changes = [
        Change(week, panel.name, now)
        for panel in panels
        for week, (before, now) in zip(weeks, pairwise([NOTHING_YET, *panel.counts]), strict=True)
        if now != before
    ]
    columns = [
        Column("Week", lambda one: str(one.week)),
        Column("Side", lambda one: one.side, wraps=True),
        *(Column(bucket, _count(at), right=True, sparse=True) for at, bucket in enumerate(Bucket)),
    ]
    return table(columns, sorted(changes), TITLE)


def _count(at: int) -> Callable[[Change], str]:
    return lambda one: str(one.counts[at] or NOTHING)


def _name(name: str, base: int, width: int) -> Markup:
    room = (width - LABELS) // LETTER
    words = name if len(name) <= room else f"{name[: room - 1]}…"
    return _words(words, 0, base - 10, 15, fill="var(--ink)", font_weight="600")


def _steps(panel: Panel, ends: Sequence[float], base: int, steep: float) -> Iterator[Markup]:
    """Yield the stacked steps of each bucket, with labels at their ends."""
    below = [0] * len(panel.counts)
    middles: list[tuple[int, str, float]] = []
    for at in panel.buckets:
        above = [under + counts[at] for under, counts in zip(below, panel.counts, strict=True)]
        path = _path(ends, [base - steep * one for one in below],
                     [base - steep * one for one in above])  # fmt: skip
        yield element("path", d=path, fill=colour([*Bucket][at]), stroke="var(--paper)",
                      stroke_width="0.75")  # fmt: skip
        if label := panel.labels[panel.buckets.index(at)]:
            middles.append((at, label, base - steep * (below[-1] + above[-1]) / 2))
        below = above
    levels = _apart([level for _, _, level in middles], base)
    for (at, words, _), y in zip(middles, levels, strict=True):
        yield element("rect", x=f"{ends[-1] + 8:.1f}", y=f"{y - 5:.1f}", width=10, height=10,
                      fill=colour([*Bucket][at]))  # fmt: skip
        yield _words(words, ends[-1] + 23, y + 4.5, fill="var(--ink)")


def _apart(levels: Sequence[float], base: float) -> list[float]:
    """Return levels, from the bottom, so far apart that each has room for a line of text."""
    found: list[float] = []
    for level in levels:
        found.append(min(level, (found[-1] if found else base + LINE / 2) - LINE))
    return found


def _path(ends: Sequence[float], below: Sequence[float], above: Sequence[float]) -> str:
    """Return the outline of steps: along their upper edges, and back along their lower ones."""
    parts = [f"M{ends[0]:.1f} {below[0]:.1f}"]
    for level, end in zip(above, ends[1:], strict=True):
        parts.append(f"V{level:.1f}H{end:.1f}")
    for level, start in zip(reversed(below), reversed(ends[:-1]), strict=True):
        parts.append(f"V{level:.1f}H{start:.1f}")
    return f"{''.join(parts)}Z"


def _words(words: str, x: float, y: float, size: int = 13, **attributes: str) -> Markup:
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", font_size=size, **attributes)

"""Charts: Vega-Lite specifications with the data of a book, and their drawings as SVG.

What does not depend on a book is in `charts.json`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast

from tracker import settings
from tracker.dates import in_words
from tracker.quantities import in_words as quantity
from tracker.reports.pace import PRO_RATED, measured
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import FRESH_DAYS, Series, Track, due_by
from tracker.tables import Section, visible
from tracker.tables.html import HtmlWriter, Markup, element, style
from tracker.vocabulary import Basis

Spec = dict[str, Any]
AxisValue = date | int | float
"""A place on the axis from left to right: a day, or a number."""
LETTERS = {"in force": "F", "stalled": "!", "unknown": "?", "promised": ""}
"""The letters of statuses in a drawing, if these are not their first ones."""


class Picture(NamedTuple):
    """One chart: what it shows, its drawings, the wide one first, and its numbers as a table."""

    title: str
    description: str
    specs: tuple[str, ...]
    table: Section = Section()
    statuses: tuple[str, ...] = ()
    """The statuses that it shows, for the key."""

    def section(self, writer: HtmlWriter) -> Markup:
        """Return the picture under its title, with its key and its table."""
        parts = [self.picture()]
        if self.statuses:
            parts.append(key_of(self.statuses))
        if self.description:
            parts.insert(0, element("figcaption", self.description))
        if not self.table.is_empty:
            summary = element("summary", "As a table")
            parts.append(element("details", summary, writer.table(self.table)))
        return element("section", element("h2", self.title), element("figure", *parts))

    def picture(self) -> Markup:
        """Return the drawings alone, of which a browser shows the one that fits."""
        wide, *narrow = self.specs
        images = [
            element("source", srcset=file_of(spec), media="(max-width: 56rem)")
            for spec in narrow
        ]
        alt = f"{self.title}. {self.description}"
        images.append(element("img", src=file_of(wide), alt=alt))
        return element("picture", *images)


def key_of(statuses: Iterable[str]) -> Markup:
    """Return what the colours and the letters of statuses mean."""
    items = []
    for status in statuses:
        swatch = element("i", letter_of(status), class_=status.replace(" ", "-"))
        items.append(element("li", swatch, status))
    return element("ul", *items, class_="key")


def letter_of(status: str) -> str:
    """Return the letter that is beside a status's colour."""
    return LETTERS.get(status, status[0].upper())


@cache
def colours() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the colours of the style by their names, for light and for dark screens."""
    light, _, dark = style().partition("@media (prefers-color-scheme: dark)")
    first, second = (
        dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+)", block.split("}")[0]))
        for block in (light, dark)
    )
    return first, second


def template(name: str) -> Spec:
    """Return a specification without its data, in the colours of light screens."""
    text = Path(__file__).with_name("charts.json").read_text("utf-8")
    light, _ = colours()
    specs = json.loads(re.sub(r"\$([a-z0-9-]+)", lambda match: light[match[1]], text))
    return cast("Spec", specs["shared"] | specs[name])


def legible(text: str, room: int = 1000) -> str:
    """Return text of the book as one line that a chart can hold, in at most so many letters.

    A control character would make the library end the process.
    """
    line = visible(text).replace("\n", " ")
    return line if len(line) <= room else f"{line[: room - 1].rstrip()}…"


def file_of(spec: str) -> str:
    """Return the name of a chart's file: a hash of all that decides what the drawing looks like."""
    made_from = f"{converter().__version__}\n{spec}\n{screens()}"
    return f"chart-{sha256(made_from.encode()).hexdigest()[:20]}.svg"


def drawn(spec: str) -> bytes:
    """Return the drawing of a chart, which is transparent and fits dark and narrow screens."""
    svg: str = converter().vegalite_to_svg(spec, allowed_base_urls=[])
    start, _, rest = svg.partition(">")
    return f"{start}><style>{screens()}</style>{rest}".encode()


@cache
def screens() -> str:
    """Return the style of a drawing: the size of its words, and the colours of dark screens.

    Words have no size in its specification: to measure them would take ten times as long as all
    the rest. If a drawing for wide screens is shown on a narrow one, they are larger.
    """
    light, dark = colours()
    rules = []
    for name, colour in dark.items():
        for part in ("fill", "stroke"):
            rules.append(f'[{part}="{light[name]}"]{{{part}:{colour}}}')
    larger = '@media (max-width:500px){[width="640"] text{font-size:19px}}'
    dark_screens = f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
    words = f'text{{paint-order:stroke;font-size:13px}}[fill="{light["soft"]}"]{{font-size:12px}}'
    return words + dark_screens + larger


def drawings(specs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of charts, each once."""
    for spec in sorted({*specs}):
        yield file_of(spec), drawn(spec)


def converter() -> Any:
    """Return the library that draws, which is an optional extra."""
    return settings.library("vl_convert", "publish", "site")


def _at(place: AxisValue) -> str | float:
    """Return a place for a chart: a moment, or a number."""
    return f"{place.isoformat()}T00:00:00Z" if isinstance(place, date) else place


# --- rows: each has a label, and marks along one axis ------------------------------------------


class Bar(NamedTuple):
    """A bar in a row, from one place to another."""

    start: AxisValue
    end: AxisValue
    status: str
    """What decides its colour."""
    words: str = ""
    """What is written in it where there is room."""
    brief: str = ""
    """What is written in it where there is less room."""


class Point(NamedTuple):
    """A mark in a row: a circle with words beside it, or a tick."""

    at: AxisValue
    words: str = ""
    is_ahead: bool = False
    """Whether it is still to come: then it is hollow."""


class PictureRow(NamedTuple):
    """A row of a chart: bars, and a point; one without either is a heading."""

    label: str
    note: str = ""
    bars: Sequence[Bar] = ()
    point: Point | None = None


class MarkedDay(NamedTuple):
    """A line across all rows."""

    on: date
    words: str
    is_today: bool = False


LINE, BAR, MARGIN = 17, 18, 20
"""The height of a line of words and of a bar, and what is left at the right, in pixels."""


def framed(
    name: str,
    domain: tuple[AxisValue, AxisValue],
    size: tuple[int, int],
    beside: int,
    days: Sequence[MarkedDay],
) -> Spec:
    """Return a specification without its marks, of some size, with room `beside` its plot.

    The words of each day have a line of their own above the plot.
    """
    spec = template(name)
    width, height = size
    spec["width"] = width - beside - MARGIN
    spec["height"] = height
    above = 6 + 15 * len(days)
    below = 26 if isinstance(domain[0], date) else 4
    spec["padding"] = {"left": beside, "right": MARGIN, "top": above, "bottom": below}
    spec["encoding"]["x"]["scale"]["domain"] = [*map(_at, domain)]
    lines = [
        {"x": _at(on), "words": legible(words), "today": is_today, "y": -6 - 15 * place}
        for place, (on, words, is_today) in enumerate(days)
    ]
    spec["datasets"] = {"days": lines}
    return spec


def plotted(
    first: AxisValue,
    last: AxisValue,
    rows: Sequence[PictureRow],
    days: Sequence[MarkedDay] = (),
) -> tuple[str, ...]:
    """Return the specifications of a wide and a narrow drawing of rows.

    The labels of the wide one are beside the bars, those of the other one above them.
    """
    specs = []
    # Half of the first year, in words below the axis, is to the left of the narrow plot.
    for width, beside in ((1100, 450), (380, 14)):
        height, marks = _laid_out(rows, width > WIDTH)
        spec = framed("rows", (first, last), (width, height), beside, days)
        spec["encoding"]["y"]["scale"]["domain"] = [height, 0]
        if isinstance(first, date):
            axis = spec["encoding"]["x"]
            axis["type"] = "temporal"
            axis["scale"]["type"] = "utc"
            axis["axis"] = {"tickCount": spec["width"] // 80}
        spec["datasets"] |= marks
        specs.append(json.dumps(spec))
    return tuple(specs)


def _laid_out(
    rows: Sequence[PictureRow], is_wide: bool
) -> tuple[int, dict[str, list[Spec]]]:
    """Return how high rows are in all, and their marks, from the top to the bottom."""
    bars = list[Spec]()
    points = list[Spec]()
    labels = list[Spec]()
    bottom = 0
    for row in rows:
        is_heading = not (row.bars or row.point)
        bottom += LINE if is_heading else 6
        top = bottom
        for kind, words in (
            ("heading" if is_heading else "label", row.label),
            ("note", row.note),
        ):
            if words:
                line = legible(words, 70 if is_wide else 57)
                labels.append({"y": bottom + 14, "words": line, "kind": kind})
                bottom += LINE
        if is_heading:
            continue
        top = top if is_wide else bottom
        bottom = max(top + BAR, bottom)
        for bar in row.bars:
            corners = {
                "x": _at(bar.start),
                "x2": _at(bar.end),
                "y": top,
                "y2": top + BAR,
            }
            bars.append(
                corners | {"status": bar.status, "words": bar.words, "brief": bar.brief}
            )
        if row.point:
            place = {"x": _at(row.point.at), "y": top + BAR // 2}
            points.append(
                place | {"words": row.point.words, "ahead": row.point.is_ahead}
            )
    return bottom, {"bars": bars, "points": points, "labels": labels}


# --- a target over time: a line for each series, and the target spread over its window -----------

LINES = 6
"""How many colours lines have."""
MANY = 100
"""How many counts of a series are drawn at most, if there are several in a week."""
WIDTH, HEIGHT, LETTER_OF_NAME = 640, 240, 9
"""How wide a drawing is, how high its plot, and about how wide a letter of a name."""


def progresses(view: View) -> dict[str, Picture]:
    """Return a picture for each target with counts of several days, by its deadline.

    A chart has one axis: it shows the series in the unit of the target, or of the first one.
    """
    pictures = {}
    for position in measured(view, None):
        tracks = view.tracks(position)
        unit = position.unit or next((track[0].unit for track in tracks), None)
        shown = [track for track in tracks if track[0].unit == unit]
        if len({series.through for track in shown for series in track}) > 1:
            pictures[position.slug] = _progress(view, position, shown)
    return pictures


def _progress(
    view: View, position: DeadlinePosition, tracks: Sequence[Track]
) -> Picture:
    as_of = view.as_of
    shown = [series.through for track in tracks for series in track]
    marked = list[MarkedDay]()
    if position.opens_on:
        shown.append(position.opens_on)
    if position.due_on:
        shown.append(position.last)
        marked.append(MarkedDay(position.last, f"due {in_words(position.last)}"))
    first = min(shown)
    if position.ahead:
        shown.append(as_of)
    last = max(shown)
    if as_of <= last:
        marked.append(MarkedDay(as_of, f"today, {in_words(as_of)}", is_today=True))
    target = list[Spec]()
    if position.target is not None:
        kind = "limit" if position.is_limit else "target"
        words = f"{kind} of {quantity(position.target)}"
        target.append(_point(first, position.target, words=words))
        target.append(_point(last, position.target, words=""))
    counts = list[Spec]()
    for place, track in enumerate(tracks):
        counts += _line(track, place)
    highest = max(point["y"] for point in (*counts, *target)) or 1
    beside = 14 + LETTER_OF_NAME * len(f"{highest:,.1f}")
    spec = framed("counts", (first, last), (WIDTH, HEIGHT), beside, marked)
    spec["encoding"]["y"]["scale"] = {"domainMax": highest * 1.1}
    due = _due(position, tracks)
    spec["datasets"] |= {
        "counts": counts,
        "names": _names(tracks, first, last, highest),
        "due": due,
        "target": target,
    }
    about = f"The dotted line is what was due by each day. {PRO_RATED}" if due else ""
    title = f"{position.deadline.label}, day by day, in {tracks[0][0].unit}"
    return Picture(title, about, (json.dumps(spec),))


def _point(on: date, value: Decimal, **more: object) -> Spec:
    return {"x": _at(on), "y": float(value), **more}


def _line(track: Track, place: int) -> list[Spec]:
    """Return the points of a series in parts: one that crosses a long gap is dashed.

    Of very many, the last of each week are drawn.
    """
    of_week = {series.through.isocalendar()[:2]: series for series in track}
    shown = [*of_week.values()] if len(track) > MANY else track
    points = list[Spec]()
    part = 0
    before: Series | None = None
    for series in shown:
        if before and (series.through - before.through).days > FRESH_DAYS:
            for end in (before, series):
                gap = {"line": place % LINES, "part": f"{place}-{part}-gap", "gap": True}
                points.append(_point(end.through, end.value, **gap))
            part += 1
        here = {"line": place % LINES, "part": f"{place}-{part}", "gap": False}
        points.append(_point(series.through, series.value, **here))
        before = series
    return points


def _names(
    tracks: Sequence[Track], first: date, last: date, highest: float
) -> list[Spec]:
    """Return the names of series, each beside its last count, where it meets no other name."""
    names = list[Spec]()
    taken = list[float]()
    for place, track in enumerate(tracks):
        latest = track[-1]
        words = legible(f"{latest.counted_by}, {latest.basis}")
        x = (latest.through - first) / (last - first) * (WIDTH - 80)
        is_left = x + len(words) * LETTER_OF_NAME > WIDTH - 80
        y = HEIGHT - float(latest.value) / highest * HEIGHT
        down = -8
        while any(abs(y + down - other) < LINE for other in taken):
            down += 5
        taken.append(y + down)
        more = {
            "words": words,
            "line": place % LINES,
            "side": -1 if is_left else 1,
            "dy": down,
        }
        names.append(_point(latest.through, latest.value, **more))
    return names


def _due(position: DeadlinePosition, tracks: Sequence[Track]) -> list[Spec]:
    """Return the line that rises to a target; none if it does not, or from where is not known."""
    if position.opens_on is None or position.due_on is None:
        return []
    is_level = all(track[0].basis is Basis.LEVEL for track in tracks)
    line = []
    for day in (position.opens_on, position.last):
        due = due_by(position, day, Basis.LEVEL if is_level else None)
        if due is not None:
            line.append(_point(day, due))
    return line

"""Charts: how far each target has come, who gained what over time, and their drawings as SVG.

Vega-Lite draws them; what does not depend on a book is in `charts.json`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast

from tracker import settings
from tracker.dates import in_words
from tracker.quantities import in_words as quantity
from tracker.reports.counts import target_title
from tracker.reports.pace import PRO_RATED, measured
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import Series, due_by
from tracker.tables import visible
from tracker.tables.html import Markup, element, scrolling, style
from tracker.vocabulary import Basis

Spec = dict[str, Any]


class Figure(NamedTuple):
    """One chart: what it shows, and its whole specification."""

    title: str
    description: str
    spec: str

    @property
    def markup(self) -> Markup:
        """The figure on a page of the site."""
        caption = element(
            "figcaption", self.title, " ", element("span", self.description)
        )
        image = element("img", src=file_of(self.spec), alt=self.title)
        return element("figure", caption, scrolling(image, self.title))


def template(name: str) -> Spec:
    """Return a specification without its data, in the colours that the style names.

    They are those for light screens; a dark page inverts charts.
    """
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+)", style().split("}")[0]))
    text = Path(__file__).with_name("charts.json").read_text("utf-8")
    specs = json.loads(re.sub(r"\$([a-z0-9-]+)", lambda match: colours[match[1]], text))
    return cast("Spec", specs["shared"] | specs[name])


def figure(
    title: str, description: str, spec: Spec, **datasets: Iterable[Spec]
) -> Figure:
    """Return a figure with the data of its chart."""
    data = {name: [*rows] for name, rows in datasets.items()}
    return Figure(title, description, json.dumps(spec | {"datasets": data}))


def legible(text: str) -> str:
    """Return text of the book as one line that a chart can hold.

    A control character would make the library end the process.
    """
    return visible(text).replace("\n", " ")


def file_of(spec: str) -> str:
    """Return the name of a chart's file: a hash of all that decides what the drawing looks like."""
    made_from = f"{converter().__version__}\n{spec}"
    return f"chart-{sha256(made_from.encode()).hexdigest()[:20]}.svg"


def drawn(spec: str) -> bytes:
    """Return the drawing of a chart."""
    svg: str = converter().vegalite_to_svg(spec, allowed_base_urls=[])
    return svg.encode()


def drawings(figures: Iterable[Figure]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of charts, each once."""
    for spec in sorted({chart.spec for chart in figures}):
        yield file_of(spec), drawn(spec)


def converter() -> Any:
    """Return the library that draws, which is an optional extra."""
    return settings.library("vl_convert", "publish", "site")


def _point(on: date, value: Decimal, **more: str) -> Spec:
    return {"on": _moment(on), "value": float(value), **more}


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


# --- targets: a line for each series, and the target spread over its window -------------------

Due = list[tuple[date, Decimal]]
"""What is due by each of some days."""


def progresses(view: View, slug: str | None = None) -> dict[str, Figure]:
    """Return a figure for each target with readings that count, of all or of one thing.

    A chart has one axis: it shows the series in the unit of the target, or of the first one.
    """
    figures = {}
    for position in measured(view, slug):
        tracks = view.state.tracks(position)
        unit = position.unit or next((track[0].unit for track in tracks), None)
        if shown := [track for track in tracks if track[0].unit == unit]:
            figures[position.deadline.slug] = _progress(view, position, shown)
    return figures


def _progress(
    view: View, position: DeadlinePosition, tracks: list[list[Series]]
) -> Figure:
    last = position.due_on and position.last
    as_of = view.clocks.as_of
    days = [day for day in (position.opens_on, last) if day]
    days += [series.through for track in tracks for series in track]
    first = min(days)
    end = max(days)
    due = _due(position, tracks)
    line = list[Spec]()
    if (target := position.target) is not None:
        words = f"{'limit' if position.is_limit else 'target'} of {quantity(target)}"
        line = [_point(first, target, words=words), _point(end, target, words="")]
    labels = [(last, "due")] if last else []
    if first <= as_of <= end:
        labels.append((as_of, "today,"))
    marked = (
        {
            "on": _moment(day),
            "words": f"{label} {in_words(day)}",
            "is_today": label != "due",
        }
        for day, label in labels
    )
    spec = template("target")
    spec["encoding"]["y"]["axis"]["title"] = legible(tracks[0][0].unit)
    counts = (
        _point(
            series.through,
            series.value,
            series=legible(f"{series.counted_by}, {series.basis}"),
        )
        for track in tracks
        for series in track
    )
    points = [_point(day, value) for day, value in due]
    about = f"The dashed line is what was due by each day. {PRO_RATED}" if due else ""
    title = target_title(view, position)
    return figure(
        title, about, spec, counts=counts, due=points, target=line, days=marked
    )


def _due(position: DeadlinePosition, tracks: list[list[Series]]) -> Due:
    """Return the line that rises to a target; none if it does not, or from where is not known."""
    is_level = all(track[0].basis is Basis.LEVEL for track in tracks)
    line: Due = []
    for day in (position.opens_on, position.due_on and position.last):
        due = due_by(position, day, Basis.LEVEL if is_level else None) if day else None
        if day and due is not None:
            line.append((day, due))
    return line

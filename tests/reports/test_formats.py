from datetime import date
from pathlib import Path

from tracker.database import Target, open_book
from tracker.dates import week_of
from tracker.formats import FORMATS
from tracker.reports import (
    View,
    claims,
    deadlines,
    gains,
    history,
    show,
    sources,
    status,
)
from tracker.reports.weekly.page import page
from tracker.state import Clocks
from tracker.tables import Report, Surface, render

ON = date(2026, 1, 11)


def every_report(book: Path) -> list[Report]:
    """Read the book afresh for each report."""
    opened = open_book(Target("sqlite", str(book)))
    made = [
        report(View.read(opened, Clocks(ON)))
        for report in (
            status.status,
            gains.gains,
            deadlines.deadlines,
            claims.claims,
            sources.sources,
            lambda view: page(view, week_of(ON)),
            lambda view: show.show(view, "soybeans"),
            lambda view: history.history(view, everything=True),
        )
    ]
    opened.close()
    return made


def test_a_report_gives_the_same_bytes_twice_in_every_format(told: Path) -> None:
    """The last three have sections of every sort."""
    for first, second in list(zip(every_report(told), every_report(told), strict=True))[-3:]:
        for name in FORMATS:
            text = render(first, name, Surface())
            assert text == render(second, name, Surface())
            assert text.endswith("\n")

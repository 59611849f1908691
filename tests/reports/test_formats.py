from datetime import date
from pathlib import Path

from tests.conftest import book_at
from tracker.dates import week_of
from tracker.reports import View, history, show
from tracker.reports.weekly.page import page
from tracker.settings import FORMATS
from tracker.state import Clocks
from tracker.tables import Report, Surface, render

ON = date(2026, 1, 11)


def reports(book: Path) -> list[Report]:
    """Make the reports that have sections of every sort, from a book read afresh for each."""
    with book_at(book) as opened:
        return [
            page(View.read(opened, Clocks(ON)), week_of(ON)),
            show.show(View.read(opened, Clocks(ON)), "soybeans"),
            history.history(View.read(opened, Clocks(ON)), everything=True),
        ]


def test_a_report_gives_the_same_bytes_twice_in_every_format(told: Path) -> None:
    for first, second in zip(reports(told), reports(told), strict=True):
        for name in FORMATS:
            text = render(first, name, Surface())
            assert text == render(second, name, Surface())
            assert text.endswith("\n")

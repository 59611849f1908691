"""Once a day is named, no report, calendar or site depends on today."""

from pathlib import Path

import pytest

from tracker import Book
from tracker.publish import files_of
from tracker.settings import EXTRAS
from tracker.tables import Report, Surface, content, render

DAYS = (
    "2026-03-22",
    pytest.param("2025-12-31", marks=pytest.mark.slow),
    pytest.param("2027-02-01", marks=pytest.mark.slow),
)
"""Days of the truce: before, on and after which a page is made."""
TODAYS = ("2025-11-15", "2026-03-22", "2028-07-01")
FORMATS = ("text", "markdown", "csv", "json", "html", *EXTRAS)
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "show": ("cn-soy-2026",),
    "source_diff": ("article",),
    "week": ("2025-W52",),
}


def reports() -> list[str]:
    """Return the name of each method of a book that is a report."""
    methods = {name: getattr(Book, name) for name in dir(Book)}
    return [name for name in methods if getattr(methods[name], "writes", "") in ("table", "page")]


def written(report: Report) -> dict[str, str | bytes]:
    return {name: content(report, name, Surface()) for name in FORMATS}


@pytest.fixture
def kept(busan: Path, tmp_path: Path) -> Path:
    """The book of public facts, with two texts of a source."""
    book = Book(busan, today="2026-12-02")
    book.add_source("article", publisher="Reuters", title="Soybeans")
    for day, text in (("2025-12-01", "China buys 12 MMT"), ("2025-12-20", "China buys 8 MMT")):
        (tmp_path / "text.txt").write_text(text, "utf-8")
        book.source_keep("article", tmp_path / "text.txt", seen=day)
    return busan


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("report", reports())
def test_a_report_as_of_a_day_has_the_same_bytes_on_every_day(
    kept: Path, report: str, day: str
) -> None:
    words = ARGUMENTS.get(report, ())
    asked = {"as_of": day}
    if report == "diff":  # its second point is its day
        words, asked = ("2025-11-10", day), {}

    made = [getattr(Book(kept, today=today), report)(*words, **asked) for today in TODAYS]

    first, *others = [written(answer.report) for answer in made]
    for other in others:
        assert other == first


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_a_week_that_no_word_names_is_that_of_the_day(busan: Path, day: str) -> None:
    first, *others = [Book(busan, today=today).week(as_of=day) for today in TODAYS]

    for other in others:
        assert written(other.report) == written(first.report)


@pytest.mark.slow
def test_a_site_and_a_calendar_as_of_a_day_have_the_same_bytes_on_every_day(book: Path) -> None:
    made = []
    for today in TODAYS:
        opened = Book(book, today=today)
        files = dict(opened.ask(files_of, as_of="2026-11-30"))
        made.append((files, render(opened.deadlines(as_of="2026-11-30").report, "ics", Surface())))

    first, *others = made
    for other in others:
        assert other == first

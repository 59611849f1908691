"""Three agreements and all that can happen to them, told on the days before, of and after."""

import io
import json
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import book_at, make_book
from tracker import settings
from tracker.cli.running import run
from tracker.database import Connection
from tracker.dates import shifted, week_of
from tracker.facts import Clocks
from tracker.reports import View
from tracker.reports.at_risk import at_risk
from tracker.reports.bulletin import bulletin
from tracker.reports.check import check
from tracker.reports.choice import Choice
from tracker.reports.claims import claims
from tracker.reports.cliff import cliff
from tracker.reports.deadline import deadline
from tracker.reports.deadlines import deadlines
from tracker.reports.diff import diff
from tracker.reports.gains import gains
from tracker.reports.history import history
from tracker.reports.pace import pace
from tracker.reports.reliability import reliability
from tracker.reports.rewording import rewording
from tracker.reports.shelved import shelved
from tracker.reports.show import show
from tracker.reports.sources import source, sources
from tracker.reports.status import status
from tracker.tables import Report
from tracker.tables.rendering import FULL_WIDTH, Surface, render
from tracker.vocabulary import Grouping, Role

FOLDER = Path(__file__).parent
SESSION = (FOLDER / "accord.session").read_text("utf-8")
"""What is recorded, one command per line, with its day and who is at the keyboard."""
DAYS = [
    *("2026-01-16", "2026-01-17", "2026-02-15", "2026-04-01", "2026-05-01", "2026-05-14"),
    *("2026-05-15", "2026-05-16", "2026-05-17", "2026-05-24", "2026-05-31", "2026-06-01"),
    *("2026-06-02", "2026-06-07", "2026-06-14", "2026-06-15", "2026-06-30", "2026-07-01"),
    *("2026-06-21", "2026-07-05", "2026-09-30", "2026-10-01"),
]
"""The day of the accord, the days of its deadlines, and the days around these."""
FULL = ["2026-05-24", "2026-05-31", "2026-06-01"]
"""The days of which every report is read."""
TO_EU = Choice(receivers=("eu",), sectors=("agriculture", "steel"))
TEXT = (
    "Article 1. The parties cut their duties.\n"
    "Article 2. The European Union buys one hundred thousand tonnes of beef.\n"
    "Article 3. Brazil sends at most 450 thousand tonnes of ethanol.\n"
)
EDITED = (
    TEXT.replace("one hundred thousand", "up to 100,000") + "Article 4. Wines keep their names."
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edges") / "accord.db"


@pytest.fixture
def receipts(book: Path) -> list[str]:
    """What the session says, which takes place once, in the surroundings of a test."""
    return recorded(book)


@cache
def recorded(book: Path) -> list[str]:
    return [*session(book)]


def session(book: Path) -> Iterator[str]:
    """Make the book of all agreements, each command on its day at nine, and yield its output."""
    make_book(book, None)
    for name, text in (("accord", TEXT), ("edited", EDITED), ("final", EDITED.upper())):
        book.with_name(f"{name}.txt").write_bytes(text.encode())
    for line in SESSION.splitlines():
        if line.startswith("#"):
            continue
        day, author, *words = shlex.split(
            line.replace("FOLDER", FOLDER.as_posix()).replace("PLACE", book.parent.as_posix())
        )
        said = io.TextIOWrapper(raw := io.BytesIO(), "utf-8")
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
            moment = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)
            patch.setattr(settings, "now", lambda moment=moment: moment)
            run(["--db", str(book), "--author", author, "--today", day, *words])
            said.flush()
        yield f"$ {line}\n{raw.getvalue().decode()}"


def plain(report: Report, form: str = "text", width: int = FULL_WIDTH) -> str:
    """Return what a report prints, without what differs from book to book."""
    words = render(report, form, Surface(width))
    return re.sub(r"(head |\"head\": \")[0-9a-f]{12,}", r"\1…", words)


def rows_of(report: Report) -> Iterator[str]:
    """Yield the data of a report, each row on a line."""
    for key, value in json.loads(plain(report, "json")).items():
        rows = value if isinstance(value, list) else []
        yield f"{key}: {'' if rows else json.dumps(value, ensure_ascii=False)}"
        yield from (f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)


def pages(connection: Connection, day: str) -> Iterator[str]:
    """Yield the page of all agreements, the brief one of one, and others in full."""
    of = date.fromisoformat(day)
    week, whole = week_of(of), View(connection, Clocks(of))
    yield plain(bulletin(whole, week))
    one = bulletin(View(connection, Clocks(of), "accord"), week, brief=True)
    yield plain(one if day in FULL else one._replace(sections=[]))
    if day in FULL:
        yield plain(bulletin(View(connection, Clocks(of), choice=TO_EU), week))
        yield plain(status(View(connection, Clocks(of, public_by=of))))


def every(view: View) -> Iterator[Report]:
    """Yield every report, those with a horizon at several."""
    yield gains(view, Role.GIVER, date(2026, 5, 15))
    yield from (deadlines(view, within) for within in (None, 14, 15))
    yield from (pace(view), cliff(view), claims(view), sources(view))
    yield from (check(view, 14), check(view, 15))
    yield from (at_risk(view, within) for within in (13, 14, 30))
    yield reliability(view, Grouping.GIVER)
    yield diff(view, shifted(view.clocks.as_of, -15))


def test_each_receipt_reads_as_reviewed(receipts: list[str], snapshot: SnapshotAssertion) -> None:
    assert "\n".join(receipts) == snapshot


@pytest.mark.usefixtures("receipts")
@pytest.mark.parametrize("day", DAYS)
def test_a_page_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion, day: str) -> None:
    with book_at(book) as connection:
        assert "\n\n".join(pages(connection, day)) == snapshot


@pytest.mark.usefixtures("receipts")
@pytest.mark.parametrize("day", FULL)
def test_every_report_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion, day: str) -> None:
    with book_at(book) as connection:
        view = View(connection, Clocks(date.fromisoformat(day)))
        assert "\n\n".join(map(plain, every(view))) == snapshot


@pytest.mark.usefixtures("receipts")
def test_every_thing_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion) -> None:
    with book_at(book) as connection:
        view = View(connection, Clocks(date(2026, 6, 15)))
        shown = [show(view, slug) for slug in view.concessions]
        dated = [deadline(view, slug) for slug in view.deadlines]
        view = View(connection, Clocks(date(2026, 7, 1)))
        stated = [source(view, key) for key in ("text", "valor", "unused")]
        stated += [rewording(view, "text"), rewording(view, "text", "#205", date(2026, 2, 1))]
        stated += [shelved(view), check(view, 30)]
        journal = history(view, everything=True)
        assert "\n\n".join(map(plain, [*shown, *dated, *stated, journal])) == snapshot


@pytest.mark.usefixtures("receipts")
def test_the_data_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion) -> None:
    with book_at(book) as connection:
        view = View(connection, Clocks(day := date(2026, 6, 1)))
        found = (bulletin(view, week_of(day)), *every(view))
        assert "\n".join(line for one in found for line in rows_of(one)) == snapshot


@pytest.mark.usefixtures("receipts")
def test_each_group_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion) -> None:
    with book_at(book) as connection:
        view = View(connection, Clocks(date(2026, 10, 1)))
        found = (reliability(view, by) for by in Grouping)
        assert (
            "\n\n".join(plain(one._replace(sections=one.sections[:1])) for one in found) == snapshot
        )


@pytest.mark.usefixtures("receipts")
def test_a_narrow_window_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion) -> None:
    with book_at(book) as connection:
        view = View(connection, Clocks(day := date(2026, 5, 24)))
        found = (bulletin(view, week_of(day)), status(view), *every(view), show(view, "beef"))
        assert "\n\n".join(plain(one, width=48) for one in found) == snapshot

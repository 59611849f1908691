"""Three agreements and all that can happen to them, told on the days before, of and after."""

import io
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
from tracker.cli import run
from tracker.dates import shifted, week_of
from tracker.reports import View
from tracker.reports.changes import diff
from tracker.reports.check import check
from tracker.reports.claims import claims
from tracker.reports.deadlines import deadline, deadlines
from tracker.reports.gains import gains
from tracker.reports.pace import pace
from tracker.reports.reliability import reliability
from tracker.reports.rewording import rewording
from tracker.reports.show import show
from tracker.reports.sources import source, sources
from tracker.reports.status import status
from tracker.reports.weekly.page import page
from tracker.state import Clocks
from tracker.tables import FULL_WIDTH, Report, Surface, render
from tracker.vocabulary import Grouping, Role

FOLDER = Path(__file__).parent
SESSION = (FOLDER / "accord.session").read_text("utf-8")
"""What is recorded, one command per line, with its day and who is at the keyboard."""
DAY = date(2026, 5, 24)
"""A Sunday on which most of what can happen has happened."""
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
    return re.sub(r"(head\s|\"head\": \")[0-9a-f]{32,}", r"\1…", words)


def every(view: View) -> Iterator[Report]:
    """Yield every report, those with a horizon at several."""
    yield gains(view, Role.GIVER, date(2026, 5, 15))
    yield from (deadlines(view, within=within) for within in (None, 14, 15))
    yield from (pace(view), claims(view), sources(view))
    yield from (check(view, 14), check(view, 15))
    yield reliability(view, Grouping.GIVER)
    yield diff(view.at(shifted(view.clocks.as_of, -15)), view)


def test_no_command_of_the_session_ends_in_a_bug(receipts: list[str]) -> None:
    assert not [receipt for receipt in receipts if "A bug" in receipt]


@pytest.mark.usefixtures("receipts")
def test_the_page_of_a_week_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion) -> None:
    with book_at(book) as connection:
        assert plain(page(View.read(connection, Clocks(DAY)), week_of(DAY))) == snapshot


@pytest.mark.usefixtures("receipts")
def test_a_thing_reads_as_reviewed(book: Path, snapshot: SnapshotAssertion) -> None:
    with book_at(book) as connection:
        view = View.read(connection, Clocks(date(2026, 7, 1)))
        found = [show(view, "beef"), deadline(view, "beef-2026"), source(view, "text")]
        found.append(rewording(view, "text"))
        assert "\n\n".join(map(plain, found)) == snapshot


@pytest.mark.slow
@pytest.mark.usefixtures("receipts")
@pytest.mark.parametrize("width", [40, 100])
def test_every_report_can_be_printed(book: Path, width: int) -> None:
    with book_at(book) as connection:
        view = View.read(connection, Clocks(DAY))
        for found in (page(view, week_of(DAY)), status(view), *every(view)):
            assert plain(found, width=width).rstrip().endswith("…")

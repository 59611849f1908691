from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.bench.books import write_agreements
from tests.conftest import Run
from tests.publish.conftest import Made, site_of
from tracker.database import Target, open_book
from tracker.errors import NotOurFolder
from tracker.facts import Clocks
from tracker.publish import Laid, drawing, publish
from tracker.publish.folder import MARKER
from tracker.reports import View

DAY = date(2026, 1, 8)


def published(book: Path, folder: Path, day: date = DAY) -> Laid:
    """Publish a book as of a day."""
    laid, _ = counted(book, folder, day)
    return laid


def counted(book: Path, folder: Path, day: date = DAY) -> tuple[Laid, int]:
    """Publish a book; return also how many statements that took."""
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        before = connection.executed

        def ask(about: Callable[[View], Any]) -> Any:
            return about(View(connection, Clocks(day)))

        return publish(folder, ask), connection.executed - before


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MARKER}


def test_an_unchanged_book_is_neither_read_nor_drawn_again(
    book: Path, tmp_path: Path, made: Made
) -> None:
    first = published(book, tmp_path / "site")
    made.clear()

    again, statements = counted(book, tmp_path / "site")

    assert again == Laid(first.files, written=False)
    assert statements == 1
    assert made == []


@pytest.mark.slow
def test_after_an_entry_only_the_charts_that_show_it_are_drawn(
    tracker: Run, busan: Path, tmp_path: Path, made: Made
) -> None:
    published(busan, tmp_path / "site")
    drawn_at_first = len(made)
    made.clear()
    assert tracker("log", "cn-soy-2025", "partial", "-m", "8 MMT sold", db=busan).code == 0

    laid = published(busan, tmp_path / "site")

    assert laid.written
    assert drawn_at_first > 50
    of_the_entry, of_all, of_both_sides = 2, 2, 2
    assert len(made) <= of_the_entry + of_all + of_both_sides
    assert files(tmp_path / "site") == site_of(busan, DAY)


@pytest.mark.slow
def test_on_another_day_the_site_is_the_one_that_is_made_afresh(book: Path, tmp_path: Path) -> None:
    for day in (DAY, date(2026, 3, 1), date(2025, 11, 10), DAY):
        published(book, tmp_path / "site", day)

        assert files(tmp_path / "site") == site_of(book, day)


def test_a_page_that_somebody_edited_is_neither_trusted_nor_lost(
    book: Path, tmp_path: Path
) -> None:
    published(book, tmp_path / "site")
    page = tmp_path / "site" / "deadlines.html"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"<text", b"<text><script>alert(1)</script></text><text", 1))

    with pytest.raises(NotOurFolder, match="deadlines"):
        published(book, tmp_path / "site")
    page.unlink()
    assert published(book, tmp_path / "site").written
    assert page.read_bytes() == whole


def test_charts_of_a_marker_and_a_page_that_were_forged_are_drawn_anew(
    tracker: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digests match: the content of a page must be harmless anyway."""
    forged = b"<script>alert(1)</script></svg>"
    with monkeypatch.context() as patched:
        shown = drawing.Drawing.shown

        def with_script(*given: Any) -> Any:
            return type(shown(*given))(shown(*given).replace("</svg>", forged.decode()))

        patched.setattr(drawing.Drawing, "shown", with_script)
        published(book, tmp_path / "site")
    assert forged in (tmp_path / "site" / "deadlines.html").read_bytes()
    assert tracker("log", "soybeans", "partial").code == 0

    published(book, tmp_path / "site")

    assert files(tmp_path / "site") == site_of(book, DAY)
    assert forged not in b"".join(files(tmp_path / "site").values())


def test_what_another_program_made_is_made_again(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Made
) -> None:
    published(book, tmp_path / "site")
    before = files(tmp_path / "site")
    made.clear()
    monkeypatch.setattr("tracker.publish.origin.program", lambda: "another program")

    _, statements = counted(book, tmp_path / "site")

    assert statements > 1
    assert made == []
    assert files(tmp_path / "site") == before


def test_a_site_is_of_a_year_ahead_at_most(tracker: Run, tmp_path: Path) -> None:
    empty, folder = tmp_path / "empty.db", tmp_path / "site"
    assert tracker("init", "--empty", db=empty).code == 0

    assert tracker("publish", folder, "--as-of", "2027-01-09", db=empty).code == 0
    far = tracker("publish", folder, "--as-of", "2027-01-10", db=empty)
    assert (far.code, "2027-01-10 is more than a year ahead" in far.err) == (2, True)


# --- at size ------------------------------------------------------------------------------------


def wide_book(tracker: Run, folder: Path, concessions: int) -> Path:
    """Make a book of two agreements with a number of concessions, some of which were changed."""
    paths = write_agreements(folder / f"wide-{concessions}", 2, concessions)
    book = folder / f"wide-{concessions}.db"
    assert tracker("init", "--empty", db=book).code == 0
    assert tracker("apply", *paths, db=book).code == 0
    for number in range(0, concessions, 14):
        named = f"promise-0-{number}"
        change = ("change", named, "--title", f"Pledge {number}", "--reason", "Its own words")
        assert tracker(*change, db=book).code == 0
    return book


def test_a_site_takes_as_many_statements_of_many_concessions_as_of_few(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0,0h9"/></svg>'
    monkeypatch.setattr(drawing, "_converted", lambda _: svg)

    few, many = (
        counted(wide_book(tracker, tmp_path, concessions), tmp_path / f"site-{concessions}")
        for concessions in (28, 56)
    )

    of_ten_weeks, of_the_rest = 10 * 13, 70
    assert few[1] == many[1] <= of_ten_weeks + of_the_rest
    assert many[0].files - few[0].files == 2 * 28

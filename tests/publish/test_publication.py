"""A site is the same each time, whatever was in its folder, and its cost grows in proportion."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.bench.books import write_agreements
from tests.conftest import Run, book_at, counting
from tests.publish.conftest import site_of
from tests.refusals import raises
from tracker.publish import MARKER, publish
from tracker.reports import View
from tracker.state import Clocks

DAY = date(2026, 1, 8)


def published(book: Path, folder: Path, day: date = DAY) -> tuple[int, bool]:
    """Publish a book as of a day."""
    laid, _ = counted(book, folder, day)
    return laid


def counted(book: Path, folder: Path, day: date = DAY) -> tuple[tuple[int, bool], int]:
    """Publish a book; return also how many statements that took."""
    with book_at(book) as connection, counting(connection) as statements:
        view = View.read(connection, Clocks(day))
        return publish(folder, view), len(statements)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MARKER}


@pytest.mark.slow
def test_on_another_day_the_site_is_the_one_that_is_made_afresh(book: Path, tmp_path: Path) -> None:
    for day in (DAY, date(2026, 3, 1), date(2025, 11, 10), DAY):
        published(book, tmp_path / "site", day)

        assert files(tmp_path / "site") == site_of(book, day)


@pytest.mark.usefixtures("undrawn")
def test_an_update_changes_only_the_files_that_show_it(tracker: Run, busan: Path) -> None:
    day = date(2026, 3, 1)
    before = site_of(busan, day)
    entry = ("log", "cn-soy-2026", "stalled", "--on", "2026-02-28", "--note", "A first cargo")
    assert tracker("--today", day, *entry, db=busan).code == 0
    after = site_of(busan, day)

    pages = {name for name in after if name.endswith(".html") and after[name] != before.get(name)}
    assert pages == {
        *("index.html", "data.html", "agreement-busan-truce.html", "gains.html"),
        *("concession-cn-soy-2026.html", "week-2026-W09.html"),
    }


def test_a_page_that_somebody_edited_is_neither_trusted_nor_lost(
    book: Path, tmp_path: Path
) -> None:
    published(book, tmp_path / "site")
    page = tmp_path / "site" / "deadlines.html"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"</main>", b"<script>alert(1)</script></main>", 1))

    with raises("not our folder", match="deadlines"):
        published(book, tmp_path / "site")
    page.unlink()
    assert published(book, tmp_path / "site")[1]
    assert page.read_bytes() == whole


@pytest.mark.parametrize("kind", ["html", "svg"])
def test_nothing_of_the_last_site_is_taken_over_even_if_its_marker_was_forged_too(
    farm_goods: Path, tmp_path: Path, kind: str
) -> None:
    """Whoever can write in the folder can also write digests that fit."""
    folder, day = tmp_path / "site", date(2021, 12, 27)
    published(farm_goods, folder, day)
    whole = files(folder)
    marker = (folder / MARKER).read_text()
    for path in folder.glob(f"*.{kind}"):
        old = path.read_bytes()
        path.write_bytes(old.replace(b"USDA", b"Nobody"))
        marker = marker.replace(sha256(old).hexdigest(), sha256(path.read_bytes()).hexdigest())
    (folder / MARKER).write_text(marker)
    assert files(folder) != whole

    assert published(farm_goods, folder, day)[1]

    assert files(folder) == whole


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


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_a_site_takes_as_many_statements_of_many_concessions_as_of_few(
    tracker: Run, tmp_path: Path
) -> None:
    few, many = (
        counted(wide_book(tracker, tmp_path, concessions), tmp_path / f"site-{concessions}")
        for concessions in (28, 56)
    )

    of_ten_weeks, of_the_rest = 10 * 13, 70
    assert few[1] == many[1] <= of_ten_weeks + of_the_rest
    of_pages = 2 * 28  # a chart needs counts of two days, and these have one
    assert many[0][0] - few[0][0] == of_pages

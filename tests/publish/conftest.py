"""A book with a target, a move and two counters, and its site, built once for all tests."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import make_book
from tests.test_calendar import TARGET
from tracker.cli import run
from tracker.database import Target, open_book
from tracker.publish import charts, files_of
from tracker.reports import View
from tracker.state import Clocks

DAY = date(2021, 12, 27)
COMMANDS = (
    "measure farm-goods-2021 10.5 --by USDA --basis shipped --on 2021-06-30",
    "measure farm-goods-2021 21 --by USDA --basis shipped --on 2021-11-30",
    "measure farm-goods-2021 4 --by Customs --basis arrived --on 2021-10-31 --flow",
    "measure farm-goods-2021 3 --by Customs --basis arrived --on 2021-11-30 --flow",
    "log farm-goods partial --on 2021-12-20 --source https://usda.example/sales?a=1&b=2",
    "log farm-goods met --says cn --on 2021-12-21",
    "move farm-goods-2021 2022-02-28 --on 2021-12-22",
)


@pytest.fixture(autouse=True, scope="session")
def drawn_once() -> Iterator[None]:
    """Let this process convert each chart once: most tests draw the same few, 40 ms each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "drawn", cache(charts.drawn))
        yield


@pytest.fixture(scope="session")
def farm_goods(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book."""
    folder = tmp_path_factory.mktemp("farm-goods")
    book = make_book(folder / "book.db", None)
    (folder / "phase-one.toml").write_text(TARGET)
    before = ["--db", str(book), "--today", DAY.isoformat(), "--author", "analyst"]
    assert run([*before, "apply", str(folder / "phase-one.toml")]) == 0
    for command in COMMANDS:
        assert run([*before, *command.split()]) == 0
    return book


@pytest.fixture(scope="session")
def farm_site(farm_goods: Path) -> Mapping[str, bytes]:
    """Its site."""
    return site_of(farm_goods, DAY)


def site_of(book: Path, day: date, base: str = "") -> Mapping[str, bytes]:
    """Return the files of a book's site, perhaps at an address."""
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        return dict(files_of(View.read(connection, Clocks(day)), base))

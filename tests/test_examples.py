"""The example files: each makes a book, and names a source for each of its facts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES, PHASE_ONE, Run, data

pytestmark = pytest.mark.on("sqlite")

FILES = sorted(EXAMPLES.glob("*.toml"))


@pytest.fixture
def phase_one(tracker: Run, tmp_path: Path) -> Path:
    """A book of the Phase One agreement."""
    book = tmp_path / "p1.db"
    made = tracker("init", PHASE_ONE, db=book)
    assert (made.code, made.err) == (0, "")
    return book


def rows(tracker: Run, book: Path, *command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(tracker, *command, db=book)["rows"]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_is_whole_and_applied_twice_changes_nothing(
    file: Path, tracker: Run, tmp_path: Path
) -> None:
    book = tmp_path / "book.db"

    assert tracker("init", file, db=book).code == 0
    assert tracker("apply", file, db=book).out == "0 changes and 0 entries written.\n"
    assert tracker("db", "check", db=book).code == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_entry_of_an_example_names_its_source(file: Path) -> None:
    tables = tomllib.loads(file.read_text("utf-8"))
    cited = {entry["source"] for entry in tables["entry"]}
    cited |= {concession["source"] for concession in tables["concession"]}

    assert all("locator" in concession for concession in tables["concession"])
    assert all(source["url"] for source in tables["source"] if source["key"] in cited)


def test_each_counter_of_phase_one_has_its_own_target(tracker: Run, phase_one: Path) -> None:
    found = {
        row["deadline"]: row
        for row in rows(
            tracker, phase_one, "pace", "farm-goods", "--as-of", "2020-10-31", "--hindsight"
        )
    }

    by_us, by_china = found["farm-2020-us"], found["farm-2020-customs"]
    assert (by_us["percent_of_target"], by_us["percent_of_due"]) == (52.4, 62.9)
    assert (by_china["percent_of_target"], by_china["percent_of_due"]) == (42.6, 51.1)


def test_phase_one_at_its_end_and_as_it_was_judged(tracker: Run, phase_one: Path) -> None:
    def worth(day: str) -> dict[str, Any]:
        return {row["group"]: row for row in rows(tracker, phase_one, "gains", "--as-of", day)}

    assert (worth("2021-12-31")["us"]["partly"], worth("2021-12-31")["us"]["missed"]) == (2, 0)
    assert (worth("2022-02-08")["us"]["missed"], worth("2022-02-08")["cn"]["kept"]) == (5, 2)
    (purchases,) = rows(tracker, phase_one, "status", "purchases")
    assert purchases["figure"]["percent"] == 57.5

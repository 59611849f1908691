"""What version 0.2 exported comes into a book of this version."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run, data

EXPORT = Path(__file__).parent / "version-0.2.jsonl"
"""A small book that version 0.2 wrote, with a command of each kind that this one no longer has."""


@pytest.mark.on("sqlite")
def test_an_export_of_version_0_2_is_taken_by_import_and_by_init(
    tracker: Run, tmp_path: Path
) -> None:
    empty, restored = tmp_path / "empty.db", tmp_path / "restored.db"
    tracker("init", "--empty", db=empty)

    came = tracker("import", EXPORT, db=empty)
    again = tracker("import", EXPORT, db=empty)
    made = tracker("init", EXPORT, db=restored)

    assert came.out.startswith("17 entries written, #1 to #17.\nAuthors: chen 17.\n"), came.err
    assert again.out == "0 entries written; 17 were there already.\n"
    assert (made.code, made.err) == (0, "")
    for db in (empty, restored):
        assert tracker("db", "check", db=db).code == 0
        (row,) = data(tracker, "pace", db=db)["rows"]
        assert row["delivered"] == 8.25
        told = [
            (row["entry"], row["kind"], row["command"], row["source"], row["note"])
            for row in data(tracker, "history", "--all", "--since", "2026-01-06", db=db)["rows"]
            if row["kind"] != "declaration"
        ]
        assert sorted(told) == [
            (9, "reading", "measure", ["https://www.usda.gov/sales"], None),
            (10, "retraction", "amend", [], "Misread"),
            (11, "reading", "amend", ["https://www.usda.gov/sales"], None),
            (12, "note", "amend", ["https://www.usda.gov/atlas"],
             "This source was added to entry 11 of the old book."),
            (13, "deadline", "move", [], None),
            (14, "note", "note", [], "Quiet"),
            (15, "retraction", "undo", [], None),
            (16, "retraction", "retract", [], "Never promised"),
        ]  # fmt: skip
        assert [row["concession"] for row in data(tracker, "status", db=db)["rows"]] == ["soybeans"]


@pytest.mark.parametrize(("old", "new"), [('"8.25"', '"8.2"'), ('"author":"chen"', '"by":"li"')])
def test_an_altered_export_of_version_0_2_is_refused(
    tracker: Run, tmp_path: Path, old: str, new: str
) -> None:
    text = EXPORT.read_text("utf-8")
    assert old in text
    (altered := tmp_path / "altered.jsonl").write_text(text.replace(old, new, 1), "utf-8")

    ran = tracker("import", altered)

    assert (ran.code, ran.out) == (5, "")
    assert "it is not what version 0.2 wrote" in ran.err


@pytest.mark.on("sqlite")
def test_a_database_of_version_0_2_is_not_taken_for_a_damaged_book(
    tracker: Run, book: Path, tmp_path: Path
) -> None:
    """It has no table for the sources of entries."""
    with closing(sqlite3.connect(book)) as driver:
        driver.execute("DROP TABLE entry_source")
    tracker("init", "--empty", db=(other := tmp_path / "other.db"))

    for ran in (tracker("status"), tracker("import", book, db=other)):
        assert (ran.code, ran.out) == (6, "")
        assert "is not a book of this program" in ran.err

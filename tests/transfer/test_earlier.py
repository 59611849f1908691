"""What version 0.2 left behind is not called damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run


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


@pytest.mark.on("sqlite")
def test_an_export_of_version_0_2_is_left_to_version_0_3(tracker: Run, tmp_path: Path) -> None:
    """0.3 reads it, and makes a book that can be upgraded."""
    (old := tmp_path / "old.jsonl").write_text(
        '{"type":"book","format":"truce-tracker","schema":2,"entries":1}\n{"type":"entry"}\n'
    )
    made = tmp_path / "made.db"

    for ran in (tracker("init", old, db=made), tracker("import", old)):
        assert (ran.code, ran.out) == (6, "")
        assert "was exported by version 0.2. Make a book of it with truce-tracker 0.3" in ran.err
    assert not made.exists()

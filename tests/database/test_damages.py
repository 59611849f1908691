"""What each kind of damage to a book is called, by the commands that look for it."""

import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run

DAMAGES = """\
UPDATE entry SET note = 'as if' WHERE id = 25; UPDATE entry SET note = 'as if' WHERE id = 26
UPDATE entry SET effective_on_precision = 'year' WHERE id = 26
UPDATE entry SET batch = 4 WHERE id = 26
DELETE FROM entry WHERE id = 30
DELETE FROM batch WHERE id = 3
UPDATE batch SET author = 'ben' WHERE id = 4
UPDATE batch SET seal = zeroblob(32) WHERE id = 9
UPDATE concession SET title = 'Buy corn' WHERE entry_id = 9
DELETE FROM concession_party WHERE role = 'giver'
DELETE FROM party
INSERT INTO exchange VALUES (9, 99)
INSERT INTO party VALUES (99, 'declaration', 1, 'Japan', 'Japan', NULL)
DELETE FROM alembic_version
UPDATE alembic_version SET version_num = '0000'
DROP TABLE alembic_version
DROP TABLE exchange
DROP VIEW journal; CREATE VIEW journal AS SELECT 1
DROP INDEX ix_entry_subject_id; DROP TRIGGER party_no_update; DROP TRIGGER batch_no_replace
CREATE TRIGGER spy AFTER INSERT ON entry BEGIN SELECT 1; END
ALTER TABLE source ADD COLUMN stars INTEGER
"""
"""Statements behind the program's back."""


def damaged(book: Path, statements: str) -> None:
    """Run statements on a book without its guards, and put these back."""
    with closing(sqlite3.connect(book, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = raw.execute(made).fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        alone = statements.startswith(("DROP", "CREATE"))
        for _, sql in guards if alone else ():
            raw.execute(sql)
        raw.executescript(statements)
        for _, sql in () if alone else guards:
            raw.execute(sql)


@pytest.mark.slow
def test_each_damage_is_told_as_reviewed(
    tracker: Run, told: Path, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    book, found = tmp_path / "book.db", []
    for statements in DAMAGES.splitlines():
        book.write_bytes(told.read_bytes())
        damaged(book, statements)
        found.append(f"-- {statements}")
        ran = tracker("db", "check", db=book)
        found.append(f"{ran.code}\n{ran.out}{ran.err}".replace(str(book), "BOOK"))

    assert "\n".join(found) == snapshot


def test_a_large_value_that_cannot_be_read_is_held_once(
    tracker: Run, told: Path, tmp_path: Path
) -> None:
    """The halves of a book that hold it were all kept: of 60 MB, import took 3.8 GB."""
    book = tmp_path / "book.db"
    book.write_bytes(told.read_bytes())
    damaged(book, "UPDATE entry SET note = zeroblob(4000000) WHERE id = 26")
    tracemalloc.start()
    try:
        ran = tracker("export", "-", db=book)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert ran.code == 7
    assert "the chain breaks at entry 26: it cannot be read" in ran.err
    assert peak < 40_000_000

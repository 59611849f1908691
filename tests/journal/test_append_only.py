"""The guards in the database itself: no program, ours or another, changes what was recorded."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

COLUMNS = (
    "kind, agreement_id, concession_id, deadline_id, effective_on, recorded_at, author, says_id,"
    " source_id, stage, batch, digest"
)
CHANGES = [
    "UPDATE entry SET note = 'never said'",
    "UPDATE entry SET author = author WHERE id = 1",
    "UPDATE OR REPLACE entry SET id = 2 WHERE id = 1",
    "DELETE FROM entry",
    "DELETE FROM entry WHERE id = 12",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE id = 1",
    f"REPLACE INTO entry (id, note, {COLUMNS}) SELECT 1, 'no', {COLUMNS} FROM entry WHERE id = 1",
    f"INSERT OR REPLACE INTO entry (id, import_key, note, {COLUMNS})"
    f" SELECT 99, import_key, 'never said', {COLUMNS} FROM entry WHERE id = 1",
    f"INSERT INTO entry (id, note, {COLUMNS}) SELECT 1, 'never said', {COLUMNS} FROM entry"
    " WHERE id = 1 ON CONFLICT (id) DO UPDATE SET note = excluded.note",
]


@pytest.mark.parametrize("change", CHANGES)
def test_another_program_with_default_settings_is_refused(book: Path, change: str) -> None:
    driver = sqlite3.connect(book)
    before = driver.execute("SELECT * FROM entry").fetchall()

    with pytest.raises(sqlite3.IntegrityError, match="append-only: log a new entry, or retract"):
        driver.execute(change)

    assert driver.execute("SELECT * FROM entry").fetchall() == before
    driver.close()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell")
@pytest.mark.parametrize("change", CHANGES)
def test_the_sqlite3_shell_is_refused(book: Path, change: str) -> None:
    before = book.read_bytes()

    shell = subprocess.run(
        ["sqlite3", str(book), change], capture_output=True, text=True, check=False
    )

    assert shell.returncode != 0
    assert "append-only: log a new entry, or retract" in shell.stderr
    assert book.read_bytes() == before

"""Databases that are not books, are not there, or were made by a newer program."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import code_of


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "command", [["status"], ["log", "soybeans", "met"], ["db", "backup", "copy.db"]]
)
@pytest.mark.parametrize("content", [b"", b"soybeans,partial\n" * 400], ids=["empty", "text"])
def test_a_file_that_is_no_book_is_refused_and_left_alone(
    tracker: Run, tmp_path: Path, command: list[str], content: bytes
) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(content)

    ran = tracker(*command, db=path)

    assert (ran.code, ran.out) == (code_of("not a book"), "")
    assert ran.err == (
        f"tracker: {path} is not a book of this program. Name another one, or make a book at a new"
        " path with 'tracker --db PATH init'\n"
    )
    assert path.read_bytes() == content


@pytest.mark.on("sqlite")
def test_a_missing_book_is_not_made(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "trcue.db"

    ran = tracker("status", db=path)

    remedy = (
        f"Make one with 'tracker --db {path} init', with 'init FILE.toml' from your own file, or"
        " with 'init --empty'"
    )
    assert ran.code == code_of("no such book")
    assert ran.err == f"tracker: There is no book at {path}. {remedy}\n"
    assert not path.exists()


def test_a_book_made_by_a_newer_tracker_is_refused(tracker: Run, book: Path) -> None:
    with sqlite3.connect(book) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '0123'")
    driver.close()
    before = digest(book)

    for command in (["status"], ["log", "soybeans", "met"], ["db", "upgrade"]):
        ran = tracker(*command)
        complaint = (
            f"{book} was made by a newer version of this program (schema 0123) than this one,"
            " version 0.4. Upgrade truce-tracker: pip install --upgrade truce-tracker"
        )
        assert (ran.code, ran.err) == (code_of("schema ahead"), f"tracker: {complaint}\n")
    assert digest(book) == before

"""Mistakes on the command line: one line, the right exit code, nothing written."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker import errors
from tracker.database import sqlite


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "8 MMT\0sold"])
@pytest.mark.parametrize("words", [["note", "tiktok"], ["log", "tiktok", "met", "-m"]])
def test_a_note_without_text_or_with_a_nul_is_refused(
    tracker: Run, book: Path, words: list[str], text: str
) -> None:
    before = digest(book)

    ran = tracker(*words, text)

    reason = "holds a NUL character" if "\0" in text else "is empty"
    assert ran.code == errors.BadText.exit_code
    assert ran.err == f"tracker: The note {reason}. Correct it and try again\n"
    assert digest(book) == before


def test_an_entry_is_not_retracted_twice_nor_a_retraction_at_all(tracker: Run, book: Path) -> None:
    tracker("retract", 16, "--reason", "Misread")
    before = digest(book)

    again, retraction = (tracker("retract", entry, "--reason", "Misread") for entry in (16, 25))

    assert again.code == errors.AlreadyRetracted.exit_code
    assert retraction.code == errors.RetractionStands.exit_code
    assert again.err == (
        "tracker: Entry 16 is already retracted, by entry 25. See 'tracker history' for what holds"
        " now\n"
    )
    assert retraction.err == (
        "tracker: Entry 25 is a retraction and cannot be corrected itself. Log what holds now as"
        " a new entry\n"
    )
    assert digest(book) == before


# --- the database -------------------------------------------------------------------------------


def no_book(path: Path) -> str:
    return (
        f"{path} is not a book of this program. Name another --db, or make a book at a new path"
        " with 'tracker --db PATH init'"
    )


@pytest.mark.parametrize("command", [["status"], ["log", "soybeans", "met"], ["db", "verify"]])
@pytest.mark.parametrize("content", [b"", b"soybeans,partial\n" * 400], ids=["empty", "text"])
def test_a_file_that_is_no_book_is_refused_and_left_alone(
    tracker: Run, tmp_path: Path, command: list[str], content: bytes
) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(content)

    ran = tracker(*command, db=path)

    assert (ran.code, ran.out, ran.err) == (
        errors.NotABook.exit_code,
        "",
        f"tracker: {no_book(path)}\n",
    )
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left_alone(
    tracker: Run, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.db"
    with sqlite3.connect(path) as driver:
        driver.execute("CREATE TABLE contact (name TEXT)")
    driver.close()
    before = digest(path)

    ran = tracker("log", "soybeans", "met", db=path)

    assert (ran.code, ran.err) == (errors.NotABook.exit_code, f"tracker: {no_book(path)}\n")
    assert digest(path) == before


def test_a_missing_book_is_not_made(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "trcue.db"

    ran = tracker("status", db=path)

    remedy = (
        f"Make one with 'tracker --db {path} init', with 'init FILE.toml' from your own file, or"
        " with 'init --empty'"
    )
    assert ran.code == errors.NoSuchBook.exit_code
    assert ran.err == f"tracker: There is no book at {path}. {remedy}\n"
    assert not path.exists()


def test_a_book_made_by_a_newer_tracker_is_refused(tracker: Run, book: Path) -> None:
    with sqlite3.connect(book) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '0123'")
    driver.close()
    before = digest(book)

    for command in (["status"], ["log", "soybeans", "met"], ["db", "upgrade"]):
        ran = tracker(*command)
        complaint = f"{book} was made by a newer tracker (schema 0123). Upgrade truce-tracker"
        assert (ran.code, ran.err) == (errors.SchemaAhead.exit_code, f"tracker: {complaint}\n")
    assert digest(book) == before


def test_a_book_that_stays_locked_is_told_of(
    tracker: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = sqlite.SETTINGS.replace(str(sqlite.BUSY_MILLISECONDS), "30")
    monkeypatch.setattr(sqlite, "SETTINGS", impatient)
    holder = sqlite3.connect(book, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    before = digest(book)

    told = [tracker(*command) for command in (["log", "soybeans", "met"], ["status"])]

    holder.close()
    complaint = (
        f"tracker: {book} is locked by another process. Try again in a moment; if nobody else"
        " uses it, its disk may not support locks\n"
    )
    assert [(ran.code, ran.err) for ran in told] == [(errors.BookLocked.exit_code, complaint)] * 2
    assert digest(book) == before


def test_a_damaged_book_is_told_of(tracker: Run, book: Path) -> None:
    content = bytearray(book.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    book.write_bytes(content)

    ran = tracker("status")

    assert ran.code == errors.BookDamaged.exit_code
    assert ran.err.startswith(f"tracker: {book} is damaged: ")
    assert ran.err.endswith(". Restore it from a backup\n")
    assert ran.err.count("\n") == 1


NOBODY = 65534


@pytest.fixture
def shared(article_template: Path, tracker: Run) -> Iterator[Path]:
    """A book in somebody else's folder, and a test without the rights of root."""
    folder = Path(tempfile.mkdtemp())
    shared = Path(shutil.copy(article_template, folder / "truce.db"))
    for command in (["log", "soybeans", "met"], ["status"]):
        tracker(*command, db=shared)  # loads what nobody else may read
    shared.chmod(0o444)
    folder.chmod(0o555)
    if as_root := os.geteuid() == 0:
        os.seteuid(NOBODY)
    yield shared
    if as_root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_book_can_be_read_and_not_written(tracker: Run, shared: Path) -> None:
    before = digest(shared)

    read, written = tracker("status", db=shared), tracker("log", "soybeans", "partial", db=shared)

    refused = f"tracker: {shared} is read-only, or its folder is; nothing was written. "
    complaint = f"{refused}Ask for write access\n"
    assert (read.code, read.err) == (0, "")
    assert (written.code, written.err) == (errors.BookReadOnly.exit_code, complaint)
    assert digest(shared) == before


def test_a_book_that_may_not_be_read_says_so(tracker: Run, shared: Path) -> None:
    user = os.geteuid()
    os.seteuid(os.getuid())
    shared.chmod(0)
    os.seteuid(user)

    ran = tracker("status", db=shared)

    assert (ran.code, ran.err) == (
        errors.BookUnreachable.exit_code,
        f"tracker: Cannot open {shared}: no permission to read it."
        " Check the path and its permissions\n",
    )


def test_no_book_is_made_in_a_read_only_folder(tracker: Run, shared: Path) -> None:
    path = shared.with_name("another.db")

    ran = tracker("init", db=path)

    assert ran.code == errors.BookUnreachable.exit_code
    assert ran.err.endswith(
        ": no permission to write in its folder. Check the path and its permissions\n"
    )
    assert [each.name for each in shared.parent.iterdir()] == ["truce.db"]


def test_an_author_is_one_line(tracker: Run, book: Path) -> None:
    before = book.read_bytes()

    ran = tracker("--author", "ana\nlyst", "checked")

    assert ran.code == errors.BadText.exit_code
    assert "The author holds a line break" in ran.err
    assert book.read_bytes() == before

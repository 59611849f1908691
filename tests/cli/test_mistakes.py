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
from tracker.errors import TrackerError

DAY = "Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'"
CONCESSIONS = "Known: soybeans, rare-earths, chip-sales, tiktok"
STAGES = (
    "Known: negotiating, announced, started, partial, met, stalled, missed, broken, reversed,"
    " lapsed, moot"
)
NOTHING_TO_MISS = (
    "cannot be missed: it has no delivery day and no term that ends."
    " Log 'stalled' or 'broken', or declare a deadline"
)
OR_A_STAGE = "move it, or log a stage of its concession"

MISTAKES: list[tuple[str, type[TrackerError], str]] = [
    (
        "log soybean partial",
        errors.NoSuch,
        "No concession 'soybean' in this book. Did you mean 'soybeans'?",
    ),
    (
        "log SOYBEANS partial",
        errors.NoSuch,
        "No concession 'SOYBEANS' in this book. Did you mean 'soybeans'?",
    ),
    (
        "log truce-year lapsed",
        errors.NoSuch,
        f"No concession 'truce-year' in this book. {CONCESSIONS}",
    ),
    (
        "status china-visit-2026",
        errors.NoSuch,
        f"No concession 'china-visit-2026' in this book. {CONCESSIONS}",
    ),
    (
        "measure soybeans 8 MMT",
        errors.OtherKind,
        "'soybeans' is a concession, not a deadline."
        " It has no deadline; declare one with 'tracker add deadline'",
    ),
    ("log soybeans delivered", errors.UnknownWord, f"'delivered' is not a stage. {STAGES}"),
    (
        "week --db other.db",
        errors.WrongUsage,
        "No such option: --db. Write --db before the command.",
    ),
    (
        "diff 2026-01-01 2026-01-08 --as-of 2026-01-02",
        errors.DayTwice,
        "diff reports as of its second day, 2026-01-08, and takes no as-of day. Leave --as-of out",
    ),
    (
        "log soybeans met --source www.usda.gov",
        errors.BadUrl,
        "'www.usda.gov' is not a web address."
        " Write a whole http:// or https:// address without spaces",
    ),
    ("show tik-tok", errors.NoSuch, "No concession 'tik-tok' in this book. Did you mean 'tiktok'?"),
    ("status steel", errors.NoSuch, f"No concession 'steel' in this book. {CONCESSIONS}"),
    (
        "history chips",
        errors.NoSuch,
        "No agreement, concession or deadline 'chips' in this book. Did you mean 'chip-sales'?",
    ),
    (
        "week --agreement phase-one",
        errors.NoSuch,
        "No agreement 'phase-one' in this book. Known: busan-2025",
    ),
    (
        "log soybeans partail",
        errors.UnknownWord,
        "'partail' is not a stage. Did you mean 'partial'?",
    ),
    (
        "measure truce-year 8 --basis eaten",
        errors.UnknownWord,
        "'eaten' is not a basis."
        " Known: contracted, sold, shipped, arrived, paid, issued, level, other",
    ),
    ("log soybeans met --on 2026-02-30", errors.BadDay, f"'2026-02-30' is not a valid date. {DAY}"),
    ("log soybeans met --on 0", errors.BadDay, f"'0' is not a valid date. {DAY}"),
    ("log soybeans met --on 1767225600", errors.BadDay, f"'1767225600' is not a valid date. {DAY}"),
    (
        "log soybeans met --on 2026-01",
        errors.FutureDay,
        "2026-01 is not over yet (today is 2026-01-08). An update records what has happened;"
        " correct --on",
    ),
    (
        "log soybeans met --on 2026-01-09",
        errors.FutureDay,
        "2026-01-09 is still to come (today is 2026-01-08). An update records what has happened;"
        " correct --on",
    ),
    ("--today 0 status", errors.BadDay, f"'0' is not a valid date. {DAY}"),
    ("status --as-of 2026-02-30", errors.BadDay, f"'2026-02-30' is not a valid date. {DAY}"),
    (
        "week 2026-W54",
        errors.BadDay,
        "'2026-W54' is not a valid week. "
        "Write 2026-W02, W02 (the latest one), a day in it, 'last' or 'this'",
    ),
    (
        "gains --known-by 2026-02-30",
        errors.BadDay,
        "'2026-02-30' is not a valid date or time. "
        "Write 2026-01-07 or 'yesterday' (their end, UTC), 2026-01-07T16:30:00Z, or an entry such"
        " as #88",
    ),
    (
        "gains --known-by #25",
        errors.NoSuchEntry,
        "No entry 25 in this book. The last one is 24; see 'tracker history'",
    ),
    (
        "gains --known-by 1767225600",
        errors.NoSuchEntry,
        "No entry 1767225600 in this book. The last one is 24; see 'tracker history'",
    ),
    (
        "log soybeans met --says japan",
        errors.NoSuch,
        "No party 'japan' in this book. Known: us, cn",
    ),
    (
        "log soybeans met --source usda",
        errors.NoSuchSource,
        "No source 'usda' in this book. Give a whole web address, or a key. Known: article",
    ),
    (
        "log soybeans met --source file:///etc/passwd",
        errors.BadUrl,
        "'file:///etc/passwd' is not a web address. Write a whole http:// or https:// address"
        " without spaces",
    ),
    (
        "log soybeans missed",
        errors.NothingToMiss,
        f"'soybeans' {NOTHING_TO_MISS}",
    ),
    (
        "amend 13 --stage missed",
        errors.NothingToMiss,
        f"'soybeans' {NOTHING_TO_MISS}",
    ),
    (
        "close truce-year met",
        errors.OtherOutcome,
        "'truce-year' is an expiry, which cannot be closed as met."
        f" Close it as cancelled, {OR_A_STAGE}",
    ),
    (
        "close apec-2026 missed",
        errors.OtherOutcome,
        "'apec-2026' is a meeting, which cannot be closed as missed."
        f" Close it as met or cancelled, {OR_A_STAGE}",
    ),
    (
        "week --limit 3",
        errors.NoMainTable,
        "'week' is made of several parts and takes no --columns, --sort or --limit."
        " Use them on a report with one main table, such as 'status'",
    ),
    ("status --columns stag", errors.UnknownWord, "'stag' is not a column. Did you mean 'stage'?"),
    (
        "move --ending 2026-11-10 2027-11-10",
        errors.NothingEnds,
        "No open expiry ends on 2026-11-10. Known: 2026-10",
    ),
    (
        "week -o week.ics",
        errors.UnknownSuffix,
        "Cannot write 'week.ics': '.ics' is not a known format. End the name in .txt, .md,"
        " .csv, .tsv,"
        " .json, .html, .htm or .xlsx, or choose a format with -f",
    ),
    (
        "week -f csv --section claims",
        errors.UnknownWord,
        "'claims' is not a section of this report. Known: rows, gains, changes, late, at_risk,"
        " due, overdue, corrections, silent, sources",
    ),
    (
        "week -o week.html --section changes",
        errors.SectionNeedsTable,
        "--section chooses one table for CSV or TSV, but 'html' contains all of them. Add -f csv,"
        " or leave --section out",
    ),
    (
        "status -f csv --section delivered --columns concession",
        errors.SectionHasColumns,
        "--columns chooses from the rows of a report, but --section delivered writes another list."
        " Leave one of them out",
    ),
    ("gains --by sector", errors.UnknownWord, "'sector' is not a side. Known: giver, receiver"),
    (
        "reliability --by party",
        errors.UnknownWord,
        "'party' is not a grouping. Known: giver, instrument, kind, sector, agreement",
    ),
    ("gains --since 2026-02-30", errors.BadDay, f"'2026-02-30' is not a valid date. {DAY}"),
    (
        "retract 99999999999999999999 --reason Misread",
        errors.NoSuchEntry,
        "No entry 99999999999999999999 in this book. The last one is 24; see 'tracker history'",
    ),
    (
        "undo",
        errors.NothingToUndo,
        "Nothing to undo: 'analyst' has no command left to take back. Undo takes back your own"
        " commands; use --author NAME or 'tracker retract ENTRY'",
    ),
    (
        "retract one --reason Misread",
        errors.BadEntryNumber,
        "'one' is not an entry number. Write it as 'tracker history' does, such as 13",
    ),
    ("retract 1", errors.WrongUsage, "Missing option '--reason'. See 'tracker retract --help'."),
    ("status -f jsn", errors.UnknownWord, "'jsn' is not a format. Did you mean 'json'?"),
    (
        "satus",
        errors.WrongUsage,
        "No such command 'satus'. Did you mean 'status'? See 'tracker --help'.",
    ),
    (
        "status --format",
        errors.WrongUsage,
        "Option '--format' requires an argument. See 'tracker --help'.",
    ),
    (
        "deadlines --within -1",
        errors.WrongUsage,
        "Invalid value for '--within': -1 is not in the range 0<=x<=100000. See 'tracker deadlines"
        " --help'.",
    ),
    (
        "init mars",
        errors.NoSuchShipped,
        "No seed and no file 'mars'. Known: article, busan-truce, us-eu, us-japan, us-korea",
    ),
    (
        "init --empty article",
        errors.WrongUsage,
        "Invalid value: --empty takes no seed. See 'tracker init --help'.",
    ),
]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("line", "kind", "complaint"), MISTAKES, ids=[one[0] for one in MISTAKES])
def test_a_mistake_is_told_in_one_line_and_writes_nothing(
    tracker: Run, book: Path, line: str, kind: type[TrackerError], complaint: str
) -> None:
    before = digest(book)

    ran = tracker(*line.split())

    assert (ran.code, ran.out, ran.err) == (kind.exit_code, "", f"tracker: {complaint}\n")
    assert digest(book) == before


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

    remedy = f"Make one with 'tracker --db {path} init'"
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

    complaint = f"tracker: {shared} is read-only; nothing was written. Ask for write access\n"
    assert (read.code, read.err) == (0, "")
    assert (written.code, written.err) == (errors.BookReadOnly.exit_code, complaint)
    assert digest(shared) == before


def test_no_book_is_made_in_a_read_only_folder(tracker: Run, shared: Path) -> None:
    path = shared.with_name("another.db")

    ran = tracker("init", db=path)

    assert ran.code == errors.BookUnreachable.exit_code
    assert ran.err.endswith(
        ": no permission to write in its folder. Check the path or the server\n"
    )
    assert [each.name for each in shared.parent.iterdir()] == ["truce.db"]


def test_an_author_is_one_line(tracker: Run, book: Path) -> None:
    before = book.read_bytes()

    ran = tracker("--author", "ana\nlyst", "checked")

    assert ran.code == errors.BadText.exit_code
    assert "The author holds a line break" in ran.err
    assert book.read_bytes() == before

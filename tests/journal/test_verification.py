import multiprocessing
import os
import signal
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.database import Connection, Target, open_book
from tracker.journal import Circumstances, Writer, log, verification
from tracker.journal.verification import Verification, verify
from tracker.vocabulary import Stage

HEAD = "SELECT digest FROM entry WHERE id = {}"


def tamper(book: Path, statement: str, cores: int = 1) -> Verification:
    """Drop the guards, edit the journal behind the program's back, and walk the chain."""
    with sqlite3.connect(book) as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        for guard in ("update", "delete", "replace"):
            driver.execute(f"DROP TRIGGER IF EXISTS entry_no_{guard}")
        driver.execute(statement)
    driver.close()
    opened = open_book(Target("sqlite", str(book)))
    try:
        return walked(opened) if cores == 1 else verify(opened, cores)
    finally:
        opened.close()


def walked(connection: Connection) -> Verification:
    """Walk the chain as one span, by fours and entry by entry: all find the same."""
    found = []
    for entries in (verification.SPAN, 4, 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(verification, "SPAN", entries)
            found.append(verify(connection))
    assert found[1:] == found[:1] * 2
    return found[0]


def test_an_edit_that_cannot_be_read_is_found_all_the_same(book: Path) -> None:
    for edit in ("note = x'41'", "note = CAST(x'ff' AS TEXT)"):
        found = tamper(book, f"UPDATE entry SET {edit} WHERE id = 3")

        assert found == Verification(2, None, 3, "it cannot be read")


def test_a_digest_turned_into_text_does_not_fit(book: Path) -> None:
    found = tamper(book, f"UPDATE entry SET digest = '{'0' * 32}' WHERE id = 3")

    assert found == Verification(2, None, 3, "its digest does not fit")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET note = 'never said' WHERE id = 3",
        "UPDATE entry SET effective_on = '2025-12-29' WHERE id = 3",
        "UPDATE entry SET recorded_at = '2025-12-30T00:00:00.000000Z' WHERE id = 3",
        "UPDATE entry SET recorded_at = 'yesterday' WHERE id = 3",
        "UPDATE entry SET recorded_at = '' WHERE id = 3",
        "UPDATE entry SET author = 'somebody' WHERE id = 3",
        "UPDATE entry SET stage = 'met' WHERE id = 3",
        "UPDATE entry SET says_id = 1 WHERE id = 3",
        "UPDATE entry SET source_id = NULL WHERE id = 3",
        "UPDATE entry SET concession_id = 4 WHERE id = 3",
        "UPDATE entry SET import_key = NULL WHERE id = 3",
        "UPDATE entry SET batch = 3 WHERE id = 3",
        "UPDATE entry SET digest = zeroblob(32) WHERE id = 3",
        "UPDATE concession SET slug = 'chips' WHERE slug = 'chip-sales'",
    ],
)
def test_an_edit_behind_the_programs_back_is_found_at_its_entry(book: Path, statement: str) -> None:
    assert tamper(book, statement) == Verification(2, None, 3, "its digest does not fit")


@pytest.mark.parametrize("missing", [1, 7, 11])
def test_a_removed_entry_is_missed(book: Path, missing: int) -> None:
    found = tamper(book, f"DELETE FROM entry WHERE id = {missing}")

    assert found == Verification(missing - 1, None, missing, "it is missing")


def test_of_several_broken_entries_the_first_is_named(book: Path) -> None:
    found = tamper(book, "UPDATE entry SET note = 'never said' WHERE id IN (5, 2, 9)")

    assert (found.entries, found.broken) == (1, 2)


def test_an_entry_forged_with_a_digest_of_its_own_breaks_the_one_after(book: Path) -> None:
    with sqlite3.connect(book) as driver:
        (forged,) = driver.execute(HEAD.format(4)).fetchone()
    driver.close()

    found = tamper(book, f"UPDATE entry SET digest = x'{forged.hex()}' WHERE id = 3")

    assert (found.entries, found.broken) == (2, 3)


def test_an_entry_with_a_moment_before_the_last_ones_is_found(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tracker.journal.writer.iso_moment", lambda _: "2025-12-01T00:00:00.000000Z"
    )
    with connection.writing():
        log(
            Writer(connection, "analyst", date(2026, 1, 8), datetime.now(UTC)),
            "soybeans",
            Stage.MET,
            Circumstances(date(2026, 1, 7)),
        )

    assert walked(connection) == Verification(
        12, None, 13, "its moment is before that of the entry before it"
    )


@pytest.mark.on("sqlite")
def test_an_empty_journal_is_whole(connection: Connection) -> None:
    for guard in ("update", "delete"):
        connection.text(f"DROP TRIGGER entry_no_{guard}")
    connection.text("DELETE FROM entry")

    assert walked(connection) == Verification(0, None)


def test_the_seeded_chain_is_whole(connection: Connection) -> None:
    found = walked(connection)

    assert (found.entries, found.broken) == (12, None)
    assert connection.text(HEAD.format(12)) == [(bytes.fromhex(str(found.head)),)]


@pytest.mark.parametrize("number", [0, -7])
def test_an_entry_put_before_the_first_is_found(book: Path, number: int) -> None:
    found = tamper(
        book,
        "INSERT INTO entry (id, kind, agreement_id, effective_on, recorded_at, author, note,"
        f" batch, digest) SELECT {number}, 'note', agreement_id, effective_on, recorded_at, author,"
        " 'Never said', batch, digest FROM entry WHERE id = 1",
    )

    assert (found.entries, found.broken) == (0, 1)


@pytest.mark.parametrize("beyond", [13, 10**12])
def test_a_number_left_out_is_missed_however_far_the_next_one_is(book: Path, beyond: int) -> None:
    found = tamper(book, f"UPDATE entry SET id = {beyond} WHERE id = 11")

    assert found == Verification(10, None, 11, "it is missing")


# --- on several cores ---------------------------------------------------------------------------


@pytest.fixture
def short_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the article's twelve entries four spans, and worth two processes."""
    monkeypatch.setattr(verification, "SPAN", 3)
    monkeypatch.setattr(verification, "WORTH_IT", 2)


def walk_nothing(*_: object) -> Verification:
    """Fail if this process walks, where others are to."""
    raise AssertionError("walked in this process")


@pytest.mark.usefixtures("short_spans")
def test_two_cores_find_what_one_finds(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = verify(connection)
    monkeypatch.setattr(verification, "_walk", walk_nothing)

    assert verify(connection, cores=2) == alone
    assert not multiprocessing.active_children()


def test_a_chain_of_few_spans_is_walked_here(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "SPAN", 3)
    monkeypatch.setattr(verification, "_on_cores", walk_nothing)

    assert verify(connection, cores=2).entries == 12


@pytest.mark.usefixtures("short_spans")
def test_of_breaks_in_several_spans_two_cores_name_the_first(book: Path) -> None:
    edit = "UPDATE entry SET note = 'never said' WHERE id IN (5, 8, 11)"

    assert tamper(book, edit, 2) == Verification(4, None, 5, "its digest does not fit")
    assert not multiprocessing.active_children()


def fall_over(*_: object) -> None:
    """Do what a process does that the system kills."""
    os._exit(9)


@pytest.mark.usefixtures("short_spans")
def test_what_a_killed_process_left_is_walked_here(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_walk_apart", fall_over)

    assert verify(connection, cores=2) == verify(connection)


@pytest.mark.usefixtures("short_spans")
def test_where_no_process_can_be_made_the_chain_is_walked_here(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)

    assert verify(connection, cores=2) == verify(connection)


@pytest.mark.usefixtures("short_spans")
def test_what_a_process_cannot_open_is_walked_here_without_a_word(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    alone = verify(connection)
    monkeypatch.setattr(connection, "target", Target("sqlite", "/nowhere/truce.db"))

    assert verify(connection, cores=2) == alone
    assert capfd.readouterr().err == ""


@pytest.mark.on("sqlite")
@pytest.mark.usefixtures("short_spans")
def test_a_failure_that_nobody_foresaw_is_told_once(
    connection: Connection, capfd: pytest.CaptureFixture[str]
) -> None:
    connection.text("ALTER TABLE party RENAME COLUMN slug TO handle")

    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        verify(connection, cores=2)
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("short_spans")
def test_ctrl_c_while_processes_begin_is_heard_here_and_nowhere_else(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    start = multiprocessing.context.SpawnProcess.start

    def interrupted(process: multiprocessing.context.SpawnProcess) -> None:
        start(process)
        for one in (process.pid, os.getpid()):
            os.kill(int(one or 0), signal.SIGINT)

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", interrupted)

    with pytest.raises(KeyboardInterrupt):
        verify(connection, cores=2)
    assert not multiprocessing.active_children()
    assert capfd.readouterr().err == ""

import hashlib
import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.database import Connection, Target, open_book
from tracker.journal import Circumstances, Verification, Writer, log, verify
from tracker.vocabulary import Stage

HEAD = "SELECT digest FROM entry WHERE id = {}"


def tamper(book: Path, statement: str) -> Verification:
    """Drop the guards, edit the journal behind the program's back, and walk the chain."""
    with sqlite3.connect(book) as driver:
        for guard in ("update", "delete", "replace"):
            driver.execute(f"DROP TRIGGER IF EXISTS entry_no_{guard}")
        driver.execute(statement)
    driver.close()
    opened = open_book(Target("sqlite", str(book)))
    try:
        return verify(opened)
    finally:
        opened.close()


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

    assert verify(connection) == Verification(
        12, None, 13, "its moment is before that of the entry before it"
    )


@pytest.mark.on("sqlite")
def test_an_empty_journal_is_whole(connection: Connection) -> None:
    for guard in ("update", "delete"):
        connection.text(f"DROP TRIGGER entry_no_{guard}")
    connection.text("DELETE FROM entry")

    assert verify(connection) == Verification(0, None)


def test_the_digest_is_sha_256_over_the_digest_before_and_the_canonical_json(
    connection: Connection, writer: Writer
) -> None:
    ((before,),) = connection.text(HEAD.format(12))
    with connection.writing():
        circumstances = Circumstances(writer.today, "cn", "article", "“不会让步” | =1+1")
        log(writer, "tiktok", Stage.STALLED, circumstances)
    words = {
        "agreement": "busan-2025",
        "author": "analyst",
        "batch": 13,
        "concession": "tiktok",
        "effective_on": "2026-01-08",
        "entry": 13,
        "kind": "stage",
        "note": "“不会让步” | =1+1",
        "recorded_at": f"{writer.now:%Y-%m-%dT%H:%M:%S.%fZ}",
        "says": "cn",
        "source": "article",
        "stage": "stalled",
    }

    told = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    expected = hashlib.sha256(before + told.encode("utf-8")).digest()
    assert connection.text(HEAD.format(13)) == [(expected,)]


@pytest.mark.on("sqlite")
def test_the_first_entry_follows_32_zero_bytes(connection: Connection) -> None:
    query = "SELECT author, lower(hex(import_key)), note, recorded_at, digest FROM entry LIMIT 1"
    ((author, import_key, note, recorded_at, digest),) = connection.text(query)
    told = (
        f'{{"agreement":"busan-2025","author":"{author}","batch":1,"concession":"soybeans",'
        f'"effective_on":"2025-12-30","entry":1,"import_key":"{import_key}","kind":"stage",'
        f'"note":"{note}","recorded_at":"{recorded_at}","source":"article","stage":"started"}}'
    )

    assert hashlib.sha256(bytes(32) + told.encode("utf-8")).digest() == digest


def test_the_seeded_chain_is_whole(connection: Connection) -> None:
    found = verify(connection)

    assert (found.entries, found.broken) == (12, None)
    assert connection.text(HEAD.format(12)) == [(bytes.fromhex(str(found.head)),)]

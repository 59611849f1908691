import sqlite3
from pathlib import Path

import pytest

from tracker.database import Target, open_book
from tracker.journal import Verification, verify


def tamper(book: Path, statement: str) -> Verification:
    """Drop the guards, edit the journal behind the program's back, and walk the chain."""
    with sqlite3.connect(book) as driver:
        for guard in ("update", "delete", "replace"):
            driver.execute(f"DROP TRIGGER entry_no_{guard}")
        driver.execute(statement)
    driver.close()
    opened = open_book(Target("sqlite", str(book)))
    try:
        return verify(opened)
    finally:
        opened.close()


@pytest.mark.parametrize(
    "edit",
    [
        "recorded_at = 'yesterday'",
        "recorded_at = ''",
        "note = x'41'",
        "note = CAST(x'ff' AS TEXT)",
    ],
)
def test_an_edit_that_cannot_be_read_is_found_all_the_same(book: Path, edit: str) -> None:
    found = tamper(book, f"UPDATE entry SET {edit} WHERE id = 3")

    assert found == Verification(2, None, 3, "it cannot be read")


def test_a_digest_turned_into_text_does_not_fit(book: Path) -> None:
    found = tamper(book, f"UPDATE entry SET digest = '{'0' * 32}' WHERE id = 3")

    assert found == Verification(2, None, 3, "its digest does not fit")

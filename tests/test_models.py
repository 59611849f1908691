"""The constraints of the journal's table, which have the last word on what an entry may be."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PLAIN = {
    "id": 13,
    "agreement_id": 1,
    "effective_on": "2026-01-07",
    "recorded_at": "2026-01-08T09:00:00.000000Z",
    "author": "analyst",
    "batch": 13,
    "digest": bytes(32),
}
KINDS: dict[str, dict[str, Any]] = {
    "stage": {"kind": "stage", "concession_id": 1, "stage": "partial", "says_id": 1},
    "reading": {
        "kind": "reading",
        "deadline_id": 1,
        "value": "8.50",
        "unit": "MMT",
        "counted_by": "USDA",
        "basis": "sold",
        "flow": 0,
    },
    "move": {
        "kind": "deadline",
        "deadline_id": 1,
        "due_on": "2026-02-28",
        "due_on_precision": "month",
        "value": "12",
        "unit": "MMT",
        "says_id": 1,
    },
    "closing": {"kind": "deadline", "deadline_id": 1, "outcome": "met"},
    "note": {"kind": "note", "note": "Approval pending", "says_id": 2, "import_key": bytes(16)},
    "check": {"kind": "check", "concession_id": 4},
    "retraction": {"kind": "retraction", "retracts": 1},
}

REFUSED = [
    ("check", {"kind": "rumour"}, "kind"),
    ("check", {"kind": "Check"}, "kind"),
    ("stage", {"stage": "done"}, "stage"),
    ("stage", {"stage": "PARTIAL"}, "stage"),
    ("stage", {"stage": None}, "stage_of_kind"),
    ("note", {"stage": "met", "concession_id": 1}, "stage_of_kind"),
    ("stage", {"concession_id": None}, "stage_of_what"),
    ("stage", {"deadline_id": 1}, "stage_of_concession"),
    ("reading", {"basis": "promised"}, "basis"),
    ("reading", {"basis": None}, "basis_of_kind"),
    ("check", {"basis": "sold"}, "basis_of_kind"),
    ("reading", {"counted_by": None}, "counted_by_of_kind"),
    ("note", {"counted_by": "USDA"}, "counted_by_of_kind"),
    ("reading", {"flow": None}, "flow_of_kind"),
    ("stage", {"flow": 1}, "flow_of_kind"),
    ("reading", {"value": None, "unit": None}, "reading_has_value"),
    ("reading", {"unit": None}, "value_has_unit"),
    ("move", {"unit": None}, "value_has_unit"),
    ("note", {"unit": "MMT"}, "value_has_unit"),
    ("note", {"value": "8", "unit": "MMT"}, "value_of_kind"),
    *(
        ("reading", {"value": value}, "value_is_decimal")
        for value in ("", "-", ".", "8e3", "NaN", "8,5", "1-2", "1.2.3", " 8", "٨")
    ),
    ("reading", {"deadline_id": None}, "of_deadline"),
    ("closing", {"deadline_id": None}, "of_deadline"),
    ("move", {"outcome": "met", "value": None, "unit": None, "says_id": None}, "move_or_outcome"),
    ("closing", {"outcome": None}, "move_or_outcome"),
    ("move", {"due_on": "2026-02-30"}, "due_on_is_day"),
    ("move", {"due_on_precision": None}, "due_on_has_precision"),
    ("move", {"due_on_precision": "week"}, "due_on_precision"),
    ("note", {"due_on": "2026-02-28", "due_on_precision": "day"}, "due_on_of_kind"),
    ("closing", {"outcome": "kept"}, "outcome"),
    ("note", {"outcome": "met"}, "outcome_of_kind"),
    ("closing", {"says_id": 1}, "outcome_is_ours"),
    ("closing", {"value": "12", "unit": "MMT"}, "outcome_has_no_target"),
    ("note", {"note": None}, "note_has_text"),
    ("note", {"note": ""}, "note_has_text"),
    ("check", {"says_id": 1}, "says_id_of_kind"),
    ("reading", {"says_id": 1}, "says_id_of_kind"),
    ("retraction", {"retracts": None}, "retracts_of_kind"),
    ("note", {"retracts": 1}, "retracts_of_kind"),
    ("retraction", {"retracts": 13}, "retracts_earlier"),
    ("retraction", {"retracts": 14}, "retracts_earlier"),
    ("stage", {"effective_on": "2026-02-30"}, "effective_on_is_day"),
    ("stage", {"effective_on": "2026-1-7"}, "effective_on_is_day"),
    ("stage", {"effective_on": "yesterday"}, "effective_on_is_day"),
    ("stage", {"author": ""}, "author_is_named"),
    ("stage", {"id": 0, "batch": 0}, "numbers"),
    ("stage", {"batch": 14}, "numbers"),
    ("stage", {"digest": bytes(31)}, "digest_length"),
    ("note", {"import_key": bytes(15)}, "import_key_length"),
]


@pytest.fixture
def driver(book: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(book)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


def insert(driver: sqlite3.Connection, row: dict[str, Any]) -> None:
    columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
    driver.execute(f"INSERT INTO entry ({columns}) VALUES ({values})", row)


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_each_kind_is_taken(driver: sqlite3.Connection, kind: str) -> None:
    insert(driver, PLAIN | KINDS[kind])

    assert driver.execute("SELECT MAX(id) FROM entry").fetchone() == (13,)


@pytest.mark.parametrize(("kind", "changes", "constraint"), REFUSED)
def test_an_entry_is_refused_by_the_constraint_that_it_breaks(
    driver: sqlite3.Connection, kind: str, changes: dict[str, Any], constraint: str
) -> None:
    refusal = rf"CHECK constraint failed: ck_entry_{constraint}$"
    with pytest.raises(sqlite3.IntegrityError, match=refusal):
        insert(driver, PLAIN | KINDS[kind] | changes)


def test_every_check_of_an_entry_refuses_something(driver: sqlite3.Connection) -> None:
    (ddl,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'entry'").fetchone()

    declared = set(re.findall(r"CONSTRAINT ck_entry_(\w+)", ddl))

    assert declared == {constraint for _, _, constraint in REFUSED}


@pytest.mark.parametrize(
    "column", ["agreement_id", "concession_id", "deadline_id", "says_id", "source_id"]
)
def test_an_entry_names_only_what_the_book_holds(driver: sqlite3.Connection, column: str) -> None:
    of_deadline = column == "deadline_id"
    row = PLAIN | KINDS["check" if of_deadline else "stage"] | {column: 99}

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
        insert(driver, row)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE concession SET receiver_id = giver_id", "concession_two_parties"),
        ("UPDATE concession SET kind = 'gift'", "concession_kind"),
        ("UPDATE concession SET instrument = 'handshake'", "concession_instrument"),
        ("UPDATE exchange SET in_return_for_id = concession_id", "exchange_two_concessions"),
        ("UPDATE deadline SET kind = 'someday'", "deadline_kind"),
        ("UPDATE deadline SET due_on = '2026-10'", "deadline_due_on_is_day"),
        ("UPDATE deadline SET opens_on = '2027-01-01'", "deadline_opens_before_due"),
        ("UPDATE deadline SET target = '12', unit = 'MMT'", "deadline_target_of_delivery"),
        ("UPDATE deadline SET unit = 'MMT'", "deadline_target_has_unit"),
        (
            "UPDATE deadline SET kind = 'delivery', target = '12 MMT', unit = 'MMT'",
            "deadline_target_is_decimal",
        ),
        ("UPDATE agreement SET agreed_on = '2025-10'", "agreement_agreed_on_is_day"),
        ("UPDATE source SET published_on = '30 December'", "source_published_on_is_day"),
    ],
)
def test_the_catalog_is_held_to_its_words_and_days(
    driver: sqlite3.Connection, statement: str, constraint: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=rf"failed: ck_{constraint}$"):
        driver.execute(statement)

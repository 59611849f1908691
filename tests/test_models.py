"""The constraints of the tables, the last check on what the book may hold."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.server import Server
from tracker.database import Connection, Target, open_book
from tracker.dates import iso_moment
from tracker.quantities import parse_quantity, plain
from tracker.vocabulary import (
    Basis,
    Command,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Namespace,
    Outcome,
    Precision,
    Role,
    Stage,
)

Row = dict[str, Any]

US, CHINA, ARTICLE, BUSAN, TRUCE_YEAR, SOYBEANS, TIKTOK = 1, 2, 3, 4, 5, 9, 12
"""Things of the article's book."""
PLAIN = {
    "id": 25,
    "batch": 2,
    "subject_id": SOYBEANS,
    "concession_id": SOYBEANS,
    "effective_on": "2026-01-07",
    "key": b"sixteen bytes ok",
    "nth": 1,
    "digest": bytes(32),
}
OF_DEADLINE = {"subject_id": TRUCE_YEAR, "concession_id": None}
MONTH = {"due_on": "2026-02-28", "due_on_precision": "month"}
ENTRIES: dict[str, Row] = {
    "declaration": {"kind": "declaration"},
    "stage": {"kind": "stage", "stage": "partial", "says_id": US},
    "reading": {
        "kind": "reading",
        **OF_DEADLINE,
        "value": "8.50",
        "unit": "MMT",
        "counted_by": "USDA",
        "basis": "sold",
        "flow": False,
    },
    "move": {"kind": "deadline", **OF_DEADLINE, **MONTH, "value": "12", "unit": "MMT"},
    "claimed move": {"kind": "deadline", **OF_DEADLINE, **MONTH, "says_id": US},
    "outcome": {"kind": "deadline", **OF_DEADLINE, "outcome": "met"},
    "note": {"kind": "note", "note": "Approval pending", "says_id": US},
    "check": {"kind": "check"},
    "text": {"kind": "text", "subject_id": ARTICLE, "concession_id": None},
    "retraction": {"kind": "retraction", "refers_to": 13, "origin": 13},
}
BATCH = {
    "id": 2,
    "command": "log",
    "author": "analyst",
    "recorded_at": "2036-01-08T09:00:00.000000Z",
    "utc_offset": 480,
    "first_entry": 25,
    "seal": bytes(32),
}
MERGED = {"origin": "9f3c", "origin_at": "2026-01-08T09:00:00.000000Z", "merged_by": "li"}
VERSION = {"entry_id": 25, "entry_kind": "declaration"}
DELIVERY = {"kind": "delivery", "target": "12", "unit": "MMT"}
COUNTED = DELIVERY | {"counted_by": "USDA", "basis": "sold"}
LIMIT = DELIVERY | {"target": "15", "unit": "%", "bound": "at-most"}
NO_DAY = {"due_on": None, "due_on_precision": None}
ROWS: dict[str, Row] = {
    "thing": {"namespace": "party", "slug": "eu"},
    "batch": BATCH,
    "party": VERSION | {"thing_id": US, "name": "United States", "short": "USA"},
    "source": VERSION | {"thing_id": ARTICLE, "published_on": "2025-12-30", "official": False},
    "source_text": {
        "entry_id": 25,
        "entry_kind": "text",
        "thing_id": ARTICLE,
        "file_sha256": bytes(32),
        "words_sha256": bytes(32),
        "words": 398,
        "media": "html",
        "reader": "html 1",
    },
    "agreement": VERSION
    | {
        "thing_id": BUSAN,
        "title": "US–China trade truce",
        "agreed_on": "2025-10-31",
        "agreed_on_precision": "month",
        "source_id": ARTICLE,
    },
    "concession": VERSION
    | {
        "thing_id": SOYBEANS,
        "agreement_id": BUSAN,
        "title": "Resume soybean purchases",
        "sector": "agriculture",
        "kind": "purchase",
        "instrument": "statement",
        "test": "Chinese buyers buy US soybeans again.",
        "promised_on": "2025-11-01",
        "promised_on_precision": "day",
        "source_id": ARTICLE,
    },
    "entry_source": {"entry_id": 25, "place": 1, "source_id": ARTICLE},
    "concession_party": {"entry_id": 25, "role": "giver", "place": 2, "party_id": US},
    "exchange": {"entry_id": 25, "in_return_for_id": TIKTOK},
    "deadline": VERSION
    | {
        "thing_id": TRUCE_YEAR,
        "agreement_id": BUSAN,
        "kind": "expiry",
        "label": "One-year truce ends",
        "opens_on": "2025-11-10",
        "due_on": "2026-10-31",
        "due_on_precision": "month",
        "source_id": ARTICLE,
    },
}


class Case(NamedTuple):
    """A row, what is wrong with it, and the constraint that refuses it."""

    row: str
    changes: Row
    constraint: str


REFUSED = [
    Case("check", {"kind": "rumour"}, "entry_kind"),
    Case("check", {"kind": "Check"}, "entry_kind"),
    Case("stage", {"stage": "done"}, "entry_stage"),
    Case("stage", {"stage": "PARTIAL"}, "entry_stage"),
    Case("stage", {"stage": None}, "entry_stage_of_kind"),
    Case("note", {"stage": "met"}, "entry_stage_of_kind"),
    Case("stage", {"concession_id": TIKTOK}, "entry_stage_of_concession"),
    Case("reading", {"basis": "promised"}, "entry_basis"),
    Case("reading", {"basis": None}, "entry_basis_of_kind"),
    Case("check", {"basis": "sold"}, "entry_basis_of_kind"),
    Case("reading", {"counted_by": None}, "entry_counted_by_of_kind"),
    Case("note", {"counted_by": "USDA"}, "entry_counted_by_of_kind"),
    Case("reading", {"flow": None}, "entry_flow_of_kind"),
    Case("stage", {"flow": True}, "entry_flow_of_kind"),
    Case("reading", {"value": None, "unit": None}, "entry_reading_has_value"),
    Case("reading", {"unit": None}, "entry_value_has_unit"),
    Case("move", {"unit": None}, "entry_value_has_unit"),
    Case("note", {"unit": "MMT"}, "entry_value_has_unit"),
    Case("reading", {"base": "2"}, "entry_base_of_target"),
    Case("note", {"value": "8", "unit": "MMT"}, "entry_value_of_kind"),
    Case("move", {"outcome": "met", "value": None, "unit": None}, "entry_move_or_outcome"),
    Case("outcome", {"outcome": None}, "entry_move_or_outcome"),
    Case("move", {"due_on_precision": None}, "entry_due_on_has_precision"),
    Case("move", {"due_on_precision": "week"}, "entry_due_on_precision"),
    Case("note", {"effective_on_precision": "day"}, "entry_effective_on_precision"),
    Case("note", MONTH, "entry_due_on_of_kind"),
    Case("outcome", {"outcome": "kept"}, "entry_outcome"),
    Case("check", {"outcome": "met"}, "entry_outcome_of_kind"),
    Case("outcome", {"says_id": US}, "entry_outcome_is_ours"),
    Case("outcome", {"value": "12", "unit": "MMT"}, "entry_outcome_has_no_target"),
    Case("note", {"note": None}, "entry_note_has_text"),
    Case("note", {"note": ""}, "entry_note_has_text"),
    Case("check", {"note": ""}, "entry_note_has_text"),
    Case("check", {"says_id": US}, "entry_says_id_of_kind"),
    Case("stage", {"headline": True}, "entry_headline_of_kind"),
    Case("check", {"inferred": True}, "entry_inferred_of_kind"),
    Case("claimed move", {"inferred": True}, "entry_inferred_is_ours"),
    Case("reading", {"says_id": US}, "entry_says_id_of_kind"),
    Case("retraction", {"refers_to": None}, "entry_refers_to_of_kind"),
    Case("retraction", {"refers_to": None}, "entry_refers_to_of_kind"),
    Case("note", {"refers_to": 1}, "entry_refers_to_of_kind"),
    Case("retraction", {"refers_to": 25}, "entry_refers_to_earlier"),
    Case("retraction", {"refers_to": 26}, "entry_refers_to_earlier"),
    Case("stage", {"id": 0, "batch": 0, "nth": 0}, "entry_numbers"),
    Case("stage", {"batch": 26}, "entry_numbers"),
    Case("stage", {"batch": 0}, "entry_numbers"),
    Case("stage", {"nth": 0}, "entry_numbers"),
    Case("stage", {"nth": 26}, "entry_numbers"),
    Case("stage", {"digest": bytes(31)}, "entry_digest_length"),
    Case("note", {"key": bytes(15)}, "entry_key_length"),
    Case("thing", {"namespace": "deadline"}, "thing_namespace"),
    Case("thing", {"slug": ""}, "thing_slug_is_named"),
    Case("batch", {"command": "init"}, "batch_command"),
    Case("batch", {"author": ""}, "batch_author_is_named"),
    Case("batch", {"id": 0}, "batch_numbers"),
    Case("batch", {"utc_offset": 1441}, "batch_utc_offset_of_a_day"),
    Case("batch", {"utc_offset": -1441}, "batch_utc_offset_of_a_day"),
    Case("batch", {"seal": b""}, "batch_seal_length"),
    Case("batch", {"origin": "9f3c", "merged_by": "li"}, "batch_origin_has_moment"),
    Case("batch", MERGED | {"merged_by": None}, "batch_origin_was_merged"),
    Case("batch", MERGED | {"merged_by": ""}, "batch_merger_is_named"),
    *(
        Case(table, {"entry_kind": "note"}, f"{table}_entry_kind")
        for table in ("party", "source", "agreement", "concession", "deadline", "source_text")
    ),
    Case("text", {"concession_id": SOYBEANS}, "entry_text_is_of_source"),
    Case("text", {"public_on": "2026-01-08"}, "entry_text_is_of_source"),
    Case("text", {"effective_on_precision": "month"}, "entry_text_is_of_source"),
    Case("source_text", {"file_sha256": bytes(31)}, "source_text_hash_length"),
    Case("source_text", {"words_sha256": bytes(33)}, "source_text_hash_length"),
    Case("source_text", {"words": 0}, "source_text_words"),
    Case("source_text", {"media": "docx"}, "source_text_media"),
    Case("source_text", {"reader": ""}, "source_text_reader_is_named"),
    Case("agreement", {"agreed_on_precision": "quarter"}, "agreement_agreed_on_precision"),
    Case("entry_source", {"place": 0}, "entry_source_place"),
    Case("concession", {"kind": "gift"}, "concession_kind"),
    Case("concession", {"term": "short"}, "concession_term"),
    Case("concession", {"instrument": "handshake"}, "concession_instrument"),
    Case("concession_party", {"role": "broker"}, "concession_party_role"),
    Case("concession_party", {"place": 0}, "concession_party_place"),
    Case("concession_party", {"place": 1001}, "concession_party_place"),
    Case("deadline", {"kind": "someday"}, "deadline_kind"),
    Case("deadline", {"due_on_precision": "week"}, "deadline_due_on_precision"),
    Case("deadline", {"opens_on": "2026-11-01"}, "deadline_opens_before_due"),
    Case("deadline", {"agreement_id": None}, "deadline_one_parent"),
    Case("deadline", {"concession_id": SOYBEANS}, "deadline_one_parent"),
    Case("deadline", {"target": "12", "unit": "MMT"}, "deadline_target_of_delivery"),
    Case("deadline", {"unit": "MMT"}, "deadline_target_has_unit"),
    Case("deadline", DELIVERY | {"unit": None}, "deadline_target_has_unit"),
    Case("deadline", DELIVERY | {"bound": "about"}, "deadline_bound"),
    Case("deadline", {"bound": "at-most"}, "deadline_bound_of_target"),
    Case("deadline", {"counted_by": "USDA"}, "deadline_counted_by_of_target"),
    Case("deadline", DELIVERY | {"basis": "sold"}, "deadline_basis_of_counter"),
    Case("deadline", COUNTED | {"basis": "promised"}, "deadline_basis"),
    Case("deadline", {"base": "27.5"}, "deadline_bound_of_target"),
    Case("deadline", NO_DAY | {"awaits": "the vote"}, "deadline_awaits_of_delivery"),
    Case("deadline", NO_DAY, "deadline_day_is_known_or_awaited"),
    Case("deadline", DELIVERY | {"awaits": "the vote"}, "deadline_awaits_in_place"),
    Case("deadline", LIMIT | {"awaits": "the vote"}, "deadline_awaits_in_place"),
    Case("deadline", {"due_on_precision": None}, "deadline_due_on_has_precision"),
    Case("concession", {"promised_on_precision": None}, "concession_promised_on_has_precision"),
    Case("concession", {"promised_on_precision": "week"}, "concession_promised_on_precision"),
]


QUANTITIES: list[tuple[str, Row, str, str]] = [
    ("reading", {}, "entry", "value"),
    ("move", {"value": "12", "unit": "MMT"}, "entry", "base"),
    ("deadline", DELIVERY, "deadline", "target"),
    ("deadline", LIMIT, "deadline", "base"),
]
DAYS = [
    ("stage", "entry", "effective_on"),
    ("move", "entry", "due_on"),
    ("note", "entry", "public_on"),
    ("source", "source", "published_on"),
    ("agreement", "agreement", "agreed_on"),
    ("concession", "concession", "promised_on"),
    ("deadline", "deadline", "due_on"),
]
BAD_DAYS = ("2026-02-30", "2026-1-7", "2026-10", "0000-12-31", "10000-01-01")
BAD_QUANTITIES = (
    *("NaN", "", "-", ".", ".5", "5.", "8e3", "Infinity", "8,5", "1-2", "1.2.3", "--5"),
    *("+5", " 8", "٨", "1" + "0" * 18, "-1" + "0" * 18, "1" + "0" * 18 + ".5"),
    *("0.0000000001", "-999999999999999999.9999999999"),
)
"""Every column of a kind has the same check: all are tried on one column, the first on each."""
REFUSED_BY_SQLITE = [
    # A server numbers the rows itself.
    Case("stage", {"id": 2**31 - 1}, "entry_numbers"),
    Case("batch", {"id": 26}, "batch_numbers"),
    *(
        Case(row, {column: text}, f"{table}_{column}_is_day")
        for row, table, column in [*DAYS, ("deadline", "deadline", "opens_on")]
        for text in (BAD_DAYS if row == "stage" else BAD_DAYS[:1])
    ),
    Case("deadline", {"due_on": "yesterday"}, "deadline_due_on_is_day"),
    *(
        Case(row, known | {column: text}, f"{table}_{column}_is_finite")
        for row, known, table, column in QUANTITIES
        for text in (BAD_QUANTITIES if row == "reading" else BAD_QUANTITIES[:1])
    ),
    *(
        Case("batch", MERGED | {column: text}, f"batch_{column}_is_moment")
        for column in ("recorded_at", "origin_at")
        for text in (
            *("now", "2026-01-08", "2026-01-08T09:00:00Z", "2026-01-08T09:00:00.000000+00:00"),
            *("2026-02-30T09:00:00.000000Z", "2026-13-08T09:00:00.000000Z"),
            *("2026-01-08T24:00:00.000000Z", "2026-01-08T09:60:00.000000Z"),
            *("2026-01-08T09:00:60.000000Z", "2026-01-08T09:00:00.00000aZ"),
            "0000-12-31T09:00:00.000000Z",
        )
    ),
    Case("reading", {"flow": 2}, "entry_flow"),
    Case("note", {"headline": 2}, "entry_headline"),
    Case("reading", {"inferred": 2}, "entry_inferred"),
    Case("source", {"official": 2}, "source_official"),
    Case("source", {"read": 2}, "source_read"),
    Case("batch", {"role": "tracker_writer"}, "batch_role_of_server"),
    Case("concession", {"hold": 2}, "concession_hold"),
]
"""SQLite has no types for days, moments, exact decimals and flags."""
REFUSED_BY_POSTGRESQL = [
    *(
        Case(
            row,
            {column: text, "opens_on": None} if row == "deadline" else {column: text},
            f"{table}_{column}_is_day",
        )
        for row, table, column in DAYS
        for text in ("infinity", "-infinity", "0044-03-15 BC", "10000-01-01")
    ),
    *(
        Case("deadline", {"opens_on": text}, "deadline_opens_on_is_day")
        for text in ("-infinity", "0044-03-15 BC")
    ),
    *(
        Case(row, known | {column: text}, f"{table}_{column}_is_finite")
        for row, known, table, column in QUANTITIES
        for text in (
            *("NaN", "Infinity", "-Infinity", "1e18", "-1e18", "1000000000000000000.5"),
            "0.0000000001",
        )
    ),
    *(
        Case("batch", MERGED | {column: text}, f"batch_{column}_is_moment")
        for column in ("recorded_at", "origin_at")
        for text in ("infinity", "-infinity", "0044-03-15 09:00 BC", "10000-01-01 00:00+00")
    ),
]
"""PostgreSQL's types hold days, moments and numbers that no report can print."""

# --- the two databases --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def books(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Connection]]:
    """The article's book in each database, made when it is first asked for."""
    opened: dict[str, Connection] = {}

    def find(database: str) -> Connection:
        if database not in opened and database == "sqlite":
            template: Path = request.getfixturevalue("article_template")
            copy = shutil.copy(template, tmp_path_factory.mktemp("models") / "truce.db")
            opened[database] = open_book(Target("sqlite", str(copy)))
        elif database not in opened:
            server: Server = request.getfixturevalue("server")
            name = server.create(template=request.getfixturevalue("article_on_server"))
            opened[database] = open_book(Target.parse(server.url(name)))
        return opened[database]

    yield find
    for connection in opened.values():
        connection.close()


@pytest.fixture
def held(books: Callable[[str], Connection], database: str) -> Iterator[Connection]:
    """The article's book, in which nothing that a test writes is kept."""
    connection = books(database)
    connection.text("BEGIN")
    yield connection
    connection.text("ROLLBACK")


def insert(held: Connection, row: str, changes: Row | None = None) -> None:
    """Insert an entry of a kind, or a row of another table after the entry that it needs."""
    if row in ENTRIES:
        write(held, "entry", PLAIN | ENTRIES[row] | (changes or {}))
        return
    whole = ROWS[row] | (changes or {})
    if row in ("concession_party", "exchange"):
        insert(held, "concession")
    elif row == "entry_source":
        insert(held, "check")
    elif "entry_kind" in whole or row == "batch":
        declared = {"subject_id": whole.get("thing_id", SOYBEANS)}
        above = whole.get("thing_id" if row == "concession" else "concession_id")
        kind = ENTRIES["text" if row == "source_text" else "declaration"]
        write(held, "entry", PLAIN | kind | declared | {"concession_id": above})
    write(held, row, whole)


def write(held: Connection, table: str, row: Row) -> None:
    form = ":{0}" if held.target.dialect == "sqlite" else "%({0})s"
    values = ", ".join(form.format(column) for column in row)
    held.driver.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", row)


@contextmanager
def tried(held: Connection, row: str, changes: Row | None = None) -> Iterator[None]:
    """Insert a row, which is there for the block only."""
    held.text("SAVEPOINT one")
    try:
        insert(held, row, changes)
        yield
    finally:
        held.text("ROLLBACK TO one")


def refused_by(held: Connection, row: str, changes: Row) -> str:
    """Return the CHECK that refuses a row, or what happened instead."""
    try:
        with tried(held, row, changes):
            return "it was taken"
    except (sqlite3.IntegrityError, psycopg.IntegrityError) as error:
        found = re.search(r"CHECK constraint (?:failed: |\")ck_(\w+)", str(error), re.IGNORECASE)
        return found[1] if found else str(error)


def checks(held: Connection) -> set[str]:
    """Return the names of all CHECKs that the database holds."""
    if held.target.dialect == "sqlite":
        tables = held.text("SELECT sql FROM sqlite_master WHERE type = 'table'")
        return {name for (ddl,) in tables for name in re.findall(r"CONSTRAINT ck_(\w+)", ddl)}
    rows = held.text("SELECT conname FROM pg_constraint WHERE conname LIKE 'ck_%'")
    return {name.removeprefix("ck_") for (name,) in rows}


# --- what is taken ----------------------------------------------------------------------------


def test_a_row_of_each_kind_and_table_is_taken(held: Connection) -> None:
    for row in (*ENTRIES, *ROWS):
        count = f"SELECT COUNT(*) FROM {'entry' if row in ENTRIES else row}"
        ((before,),) = held.text(count)
        with tried(held, row):
            assert held.text(count) == [(before + 1,)], row


def test_every_quantity_that_can_be_written_is_kept_to_its_last_digit(held: Connection) -> None:
    for value in (
        *("0", "-4.20", "12", "0.000000001", "999999999999999999", "-999999999999999999"),
        *("999999999999999999.999999999", "-999999999999999999.999999999"),
    ):
        with tried(held, "reading", {"value": plain(parse_quantity(value))}):
            ((kept,),) = held.text("SELECT value FROM entry WHERE id = 25")
        assert format(Decimal(kept), "f") == value


def test_every_day_of_the_calendar_is_taken(held: Connection) -> None:
    for (row, table, column), day in product(DAYS, ("0001-01-01", "2024-02-29", "9999-12-31")):
        with tried(held, row, {column: day} | ({"opens_on": day} if row == "deadline" else {})):
            key = "id" if table == "entry" else "entry_id"
            ((kept,),) = held.text(f"SELECT {column} FROM {table} WHERE {key} = 25")
        assert str(kept) == day, (row, column)


def test_every_moment_of_the_calendar_is_taken(held: Connection) -> None:
    for moment in (datetime.min, datetime(2026, 2, 28, 23, 59, 59, 999999), datetime.max):
        with tried(held, "batch", {"recorded_at": iso_moment(moment)}):
            assert held.text("SELECT COUNT(*) FROM batch") == [(2,)]


WORDS = [
    ("stage", "stage", Stage),
    ("reading", "basis", Basis),
    ("outcome", "outcome", Outcome),
    ("move", "due_on_precision", Precision),
    ("thing", "namespace", Namespace),
    ("batch", "command", Command),
    ("agreement", "agreed_on_precision", Precision),
    ("concession", "kind", ConcessionKind),
    ("concession", "instrument", Instrument),
    ("concession_party", "role", Role),
    ("deadline", "kind", DeadlineKind),
    ("deadline", "due_on_precision", Precision),
]


def test_every_word_of_a_vocabulary_is_taken(held: Connection) -> None:
    for row, column, words in WORDS:
        for word in words:
            other = {"party_id": CHINA} if word == Role.RECEIVER else {}
            with tried(held, row, {column: word.value} | other):
                pass


def test_there_is_an_entry_of_every_kind() -> None:
    assert {row["kind"] for row in ENTRIES.values()} == set(EntryKind)


# --- what is refused --------------------------------------------------------------------------


def test_a_row_is_refused_by_the_constraint_that_it_breaks(held: Connection) -> None:
    own = REFUSED_BY_SQLITE if held.target.dialect == "sqlite" else REFUSED_BY_POSTGRESQL
    cases = [*REFUSED, *own]

    refusals = [(one, refused_by(held, one.row, one.changes)) for one in cases]
    assert [(one, by) for one, by in refusals if by != one.constraint] == []
    assert checks(held) == {case.constraint for case in cases}


def test_a_row_names_only_what_the_book_holds(held: Connection) -> None:
    for row, column in (
        *(("check", name) for name in ("subject_id", "concession_id")),
        *(("stage", "says_id"), ("batch", "first_entry")),
        *((table, "thing_id") for table in ("party", "source", "agreement", "concession")),
        *((table, "source_id") for table in ("agreement", "concession", "deadline")),
        *(("concession", "agreement_id"), ("deadline", "agreement_id"), ("deadline", "thing_id")),
        *(("concession_party", "party_id"), ("concession_party", "entry_id")),
        *(("entry_source", "source_id"), ("entry_source", "entry_id")),
        *(("exchange", "in_return_for_id"), ("exchange", "entry_id"), ("party", "entry_id")),
    ):
        assert "foreign key" in refused_by(held, row, {column: 999}).lower(), (row, column)


@pytest.mark.on("sqlite")
def test_a_retraction_names_an_entry_of_the_book(held: Connection) -> None:
    """A server numbers entries itself, so that all earlier ones are there."""
    assert "FOREIGN KEY" in refused_by(held, "retraction", {"refers_to": 98, "id": 99})


@pytest.mark.parametrize(
    ("thing", "kind"),
    [(CHINA, "declaration"), (SOYBEANS, "note")],
    ids=["another thing's declaration", "an entry that declares nothing"],
)
def test_a_version_is_of_the_thing_that_its_entry_declares(
    held: Connection, thing: int, kind: str
) -> None:
    of_us = {"subject_id": US, "concession_id": None} if kind == "declaration" else {}
    write(held, "entry", PLAIN | ENTRIES[kind] | of_us)

    with pytest.raises(
        (sqlite3.IntegrityError, psycopg.errors.ForeignKeyViolation), match=r"(?i)foreign key"
    ):
        write(held, "party", ROWS["party"] | {"thing_id": thing, "entry_id": 25})


def test_the_same_content_and_the_same_number_of_it_are_taken_once(held: Connection) -> None:
    insert(held, "note")

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
        insert(held, "note", {"id": 26})
